"""The print desk and the signing of finished pages: what an organiser sees, prints and takes away, and what nobody else does."""

from __future__ import annotations

import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from generator.base.digests import layout_key
from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.catalogue import pofile
from generator.editions import manifest, print_jobs
from generator.editions.build import build_editions
from generator.editions.content import printed_messages
from generator.editions.layouts import signed_layouts
from generator.editions.plan import BuildRequest
from generator.editions.print_jobs import PrintJob, PrintQueue
from generator.layout.compose import PageRequest, compose_page
from generator.layout.composer import Composer
from generator.model import Edition, State
from generator.overview.matrix import leaflet_matrix, matrix_cell, withheld_reasons
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.paper_keys import paper_keys
from generator.review.snapshot import Snapshot
from generator.review.support import support_by_key
from generator.signing.sign_layout import finished_pdf, sign_layout, withdraw_layout
from tests.conftest import copy_campaign
from tests.editions.test_build import sign_everything
from tests.support.visitor import page_over, visitor

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

LEAFLET = "not-alone"
SITE = "example"


@pytest.fixture
def app(campaign: Path) -> Iterator[Flask]:
    """Give the page over a fresh copy of the campaign."""
    app = page_over(campaign)
    yield app
    app.extensions["state"].studio.close()


@pytest.fixture
def organiser(app: Flask) -> FlaskClient:
    """Give the organiser's browser."""
    return visitor(app, "r2", "organiser")


@pytest.fixture(scope="session")
def printed_campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign in which Spanish is signed and printed, and Arabic printed as a draft; for reading only."""
    root = copy_campaign(tmp_path_factory.mktemp("printed") / "campaign")
    sign_everything(root, "es")
    report = build_editions(Project(root), BuildRequest((LEAFLET,), ("es", "ar"), ("a5",)), jobs=1)
    assert {outcome.record.language: outcome.record.state for outcome in report.outcomes} == {"es": "ready", "ar": "draft"}
    return root


@pytest.fixture(scope="session")
def looking(printed_campaign: Path) -> FlaskClient:
    """Give the organiser's browser over the printed campaign."""
    return visitor(page_over(printed_campaign), "r2", "organiser")


def waited(client: FlaskClient, address: str, seconds: float = 120) -> str:
    """Return the screen of a job once it has ended."""
    end = time.monotonic() + seconds
    while client.get(f"{address}/progress").json["running"]:
        assert time.monotonic() < end
        time.sleep(0.2)
    return client.get(address).text


def inside(data: bytes) -> list[str]:
    return zipfile.ZipFile(BytesIO(data)).namelist()


# The matrix


def test_the_sentences_of_a_cell_are_those_its_page_prints(shipped: Project) -> None:
    snapshot = Snapshot(shipped)
    for slug, leaflet in shipped.leaflets.items():
        made: list[Composer] = []

        def composer(*arguments: object, kept: list[Composer] = made) -> Composer:
            kept.append(Composer(*arguments))  # type: ignore[arg-type]
            return kept[0]

        edition = Edition(slug, "en", "a5")
        texts = snapshot.edition_texts(edition)
        compose_page(
            PageRequest(
                edition,
                leaflet,
                shipped.languages["en"],
                SHIPPED_SHEETS["a5"],
                shipped.campaign,
                snapshot.facts,
                texts,
                shipped.theme,
                paper_keys(snapshot),
                composer=composer,
            )
        )
        assert set(made[0].used) == set(printed_messages(leaflet, texts))


def test_a_cell_is_as_far_as_its_least_sentence_and_says_who_is_needed(campaign: Path) -> None:
    def look() -> tuple[str, int, int, bool]:
        snapshot = Snapshot(Project(campaign))
        found = matrix_cell(snapshot, snapshot.project.leaflets[LEAFLET], "es", ())
        return str(found.state), found.sentences.readers, found.sentences.seconds, found.printable

    state, readers, seconds, _ = look()
    assert (state, readers) == ("draft", 2)
    sign_everything(campaign, "es")
    assert look() == ("ready", 0, 0, True)
    path = Project(campaign).catalogue("es", LEAFLET)
    entries = pofile.read_catalogue(path, Project(campaign).languages["es"])
    pofile.save_catalogue(path, [entry.changed(msgstr=f"{entry.msgstr} ") if entry.msgctxt == "title" else entry for entry in entries])
    assert look()[:2] == ("draft", 1)
    assert 0 < look()[2] < seconds


def test_what_a_build_calls_ready_the_matrix_calls_ready(printed_campaign: Path) -> None:
    found = {one.language: one for one in leaflet_matrix(Snapshot(Project(printed_campaign)), [LEAFLET], ["es", "ar", "en"])}
    assert found["es"].printable
    assert found["en"].state is State.READY
    assert not found["ar"].printable
    assert [record.state for record in found["es"].records] == ["ready"]


def test_the_table_shows_every_leaflet_in_every_language_with_its_state_in_words(looking: FlaskClient, shipped: Project) -> None:
    text = looking.get("/desk").text
    cells = re.findall(r'href="/desk/leaflet/([\w-]+)/(\w+)"', text)
    assert len(cells) == len(shipped.leaflets) * len(shipped.campaign.languages)
    assert re.search(r'class="unseen"><[^>]*>?ready|class="unseen">ready', text)
    assert 'lang="ur" dir="rtl">اردو' in text
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("language=es&language=ar&leaflet=not-alone", {("not-alone", "es"), ("not-alone", "ar")}),
        ("language=es&state=ready", {("not-alone", "es")}),
        ("leaflet=not-alone&state=stale", set()),
    ],
)
def test_the_table_is_filtered(looking: FlaskClient, query: str, wanted: set[tuple[str, str]]) -> None:
    text = looking.get(f"/desk?{query}").text
    assert set(re.findall(r'href="/desk/leaflet/([\w-]+)/(\w+)"', text)) == wanted


def test_a_name_that_does_not_exist_is_refused_with_the_near_ones(looking: FlaskClient) -> None:
    answer = looking.get("/desk?leaflet=not-alon")
    assert answer.status_code == 404
    assert "did you mean not-alone?" in answer.text


def test_a_cell_says_why_something_is_withheld_and_who_is_needed(looking: FlaskClient) -> None:
    text = looking.get(f"/desk/leaflet/{LEAFLET}/ar").text
    assert re.search(r"Still needed: <bdi>2</bdi> people who read this language, about <bdi>\d+</bdi> minutes", text)
    assert "that nobody has checked" in text
    ready = looking.get(f"/desk/leaflet/{LEAFLET}/es").text
    assert "Enough people stand behind every sentence." in ready
    assert f"{LEAFLET}_es_a5.pdf" in ready
    assert "not printed yet" in ready


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("xlsx", b"PK"), ("csv", "\ufeff".encode()), ("html", b"<!")])
def test_a_worksheet_is_taken_from_the_desk(looking: FlaskClient, form: str, start: bytes) -> None:
    answer = looking.get(f"/desk/worksheet/{LEAFLET}/ar/{form}")
    assert answer.data[: len(start)].lower() == start.lower()
    assert re.fullmatch(rf'attachment; filename="ar_{LEAFLET}_[\w-]+\.{form}"', answer.headers["Content-Disposition"])
    assert f"/desk/worksheet/{LEAFLET}/ar/{form}" in looking.get(f"/desk/leaflet/{LEAFLET}/ar").text
    assert "nothing is left to read" in looking.get(f"/desk/worksheet/{LEAFLET}/es/{form}").text


def test_an_error_of_a_check_is_told_before_anything_is_printed(campaign: Path) -> None:
    path = Project(campaign).catalogue("es", LEAFLET)
    entries = pofile.read_catalogue(path, Project(campaign).languages["es"])
    pofile.save_catalogue(
        path, [entry.changed(msgstr="Llame al 020 0946 0000") if entry.msgctxt == "title" else entry for entry in entries]
    )
    snapshot = Snapshot(Project(campaign))
    (found,) = leaflet_matrix(snapshot, [LEAFLET], ["es"])
    assert "literal-fact" in {problem.code for problem in withheld_reasons(snapshot, found)}
    assert "020 0946 0000" in visitor(page_over(campaign), "r2", "organiser").get(f"/desk/leaflet/{LEAFLET}/es").text


def test_a_broken_catalogue_costs_its_own_cell_only(campaign: Path) -> None:
    Project(campaign).catalogue("es", LEAFLET).write_bytes(b"\xff\xfe")
    client = visitor(page_over(campaign), "r2", "organiser")
    assert client.get("/desk").status_code == 200
    assert "UTF-16" in client.get(f"/desk/leaflet/{LEAFLET}/es").text


# Printing


def test_one_edition_is_printed_and_taken_away(organiser: FlaskClient, campaign: Path) -> None:
    answer = organiser.post("/desk/print", data={"leaflet": LEAFLET, "language": "es", "sheet": "a5", "drafts": "yes"})
    assert answer.status_code == 303
    text = waited(organiser, answer.location)
    assert "Done: <bdi>0</bdi> ready, <bdi>1</bdi> drafts, <bdi>0</bdi> withheld." in text
    pdf = organiser.get(f"/desk/pdf/{LEAFLET}_es_a5?drafts=yes")
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="{LEAFLET}_es_a5_DRAFT.pdf"'
    assert pdf.data == (campaign / "output" / LEAFLET / f"{LEAFLET}_es_a5_DRAFT.pdf").read_bytes()
    assert inside(organiser.get(f"{answer.location}/zip").data) == [f"{LEAFLET}/{LEAFLET}_es_a5_DRAFT.pdf"]
    assert (campaign / "output" / "index.html").exists()


def test_drafts_are_taken_away_only_by_name(looking: FlaskClient) -> None:
    assert looking.get(f"/desk/pdf/{LEAFLET}_ar_a5").status_code == 404
    assert looking.get(f"/desk/pdf/{LEAFLET}_es_a5").status_code == 200
    assert inside(looking.get("/desk/zip").data) == [f"{LEAFLET}/{LEAFLET}_es_a5.pdf"]
    both = inside(looking.get("/desk/zip?drafts=yes").data)
    assert both == [f"{LEAFLET}/{LEAFLET}_ar_a5_DRAFT.pdf", f"{LEAFLET}/{LEAFLET}_es_a5.pdf"]
    assert inside(looking.get("/desk/zip?drafts=yes&language=ar").data) == both[:1]
    assert looking.get("/desk/zip?language=ar").status_code == 404


def test_what_is_in_a_zip_can_be_read_and_is_always_the_same(looking: FlaskClient) -> None:
    data = looking.get("/desk/zip").data
    archive = zipfile.ZipFile(BytesIO(data))
    assert len(pypdf.PdfReader(BytesIO(archive.read(archive.namelist()[0]))).pages) == 2
    assert looking.get("/desk/zip").data == data


def test_a_pdf_that_was_altered_on_the_disk_is_not_handed_out(app: Flask, organiser: FlaskClient, campaign: Path) -> None:
    sign_everything(campaign, "es")
    build_editions(Project(campaign), BuildRequest((LEAFLET,), ("es",), ("a5",)), jobs=1)
    path = campaign / "output" / LEAFLET / f"{LEAFLET}_es_a5.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    assert organiser.get(f"/desk/pdf/{LEAFLET}_es_a5").status_code == 404
    assert organiser.get("/desk/zip").status_code == 404


def test_a_leaflet_nobody_translated_is_not_printed(organiser: FlaskClient) -> None:
    cells = [one for one in leaflet_matrix(Snapshot(Project(organiser.application.extensions["state"].root))) if not one.started]
    answer = organiser.post("/desk/print", data={"leaflet": cells[0].leaflet.slug, "language": cells[0].language})
    assert answer.status_code == 404
    assert "nobody has translated any of these" in answer.text


def test_drafts_are_printed_only_when_they_are_asked_for(organiser: FlaskClient, campaign: Path) -> None:
    refused = organiser.post("/desk/print", data={"leaflet": LEAFLET, "language": "es"})
    assert refused.status_code == 404
    assert "none of these is ready" in refused.text
    sign_everything(campaign, "es")
    answer = organiser.post("/desk/print", data={"leaflet": LEAFLET, "language": ["es", "ar"], "sheet": "a5"})
    waited(organiser, answer.location)
    assert [path.name for path in (campaign / "output" / LEAFLET).glob("*.pdf")] == [f"{LEAFLET}_es_a5.pdf"]


def test_printing_goes_on_while_readers_look_and_can_be_stopped(app: Flask, organiser: FlaskClient, campaign: Path) -> None:
    answer = organiser.post("/desk/print", data={"leaflet": LEAFLET, "sheet": "a5", "drafts": "yes"})
    again = organiser.post("/desk/print", data={"leaflet": LEAFLET, "drafts": "yes"})
    assert again.location == answer.location
    end = time.monotonic() + 60
    while not (progress := organiser.get(f"{answer.location}/progress").json)["done"]:
        assert progress["running"]
        assert time.monotonic() < end
        assert visitor(app).get("/").status_code == 200
        time.sleep(0.05)
    running = organiser.get(answer.location).text
    assert 'http-equiv="refresh"' in running
    assert organiser.post(f"{answer.location}/stop").status_code == 303
    assert "Stopped. What was finished is kept." in waited(organiser, answer.location)
    made = len(list((campaign / "output" / LEAFLET).glob("*.pdf")))
    assert 0 < made < 21
    after = organiser.post("/desk/print", data={"leaflet": LEAFLET, "language": "es", "sheet": "a5", "drafts": "yes"})
    assert "Done:" in waited(organiser, after.location)


def test_an_error_in_a_job_is_told_on_its_screen(organiser: FlaskClient, campaign: Path) -> None:
    (campaign / "output").write_text("a file where the folder should be")
    answer = organiser.post("/desk/print", data={"leaflet": LEAFLET, "language": "es", "drafts": "yes"})
    assert "Nothing was printed:" in waited(organiser, answer.location)


def test_the_print_room_forgets_old_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_jobs, "REMEMBERED_JOBS", 2)
    room = PrintQueue(tmp_path)
    for _ in range(4):
        job = room.start(BuildRequest((LEAFLET,), ("es",)))
        while job.running:
            time.sleep(0.01)
    assert [problem.code for problem in job.problems] == ["no-campaign"]
    assert len(room.jobs) == 2
    assert job.id in room.jobs


# Sites


def site_values(root: Path) -> list[str]:
    return [fact.display or fact.value for fact in Project(root).own_facts(SITE).values()]


def test_the_facts_of_a_site_stand_on_its_own_screen_alone(organiser: FlaskClient, campaign: Path) -> None:
    values = site_values(campaign)
    answer = organiser.post(f"/desk/sites/{SITE}/print", data={"leaflet": "phone-tree", "language": "es", "sheet": "a5", "drafts": "yes"})
    job = waited(organiser, answer.location)
    record = next(record for record in manifest.read_manifest(campaign / "output").values() if record.site)
    own = organiser.get(f"/desk/sites/{SITE}").text
    assert all(value in own for value in values)
    assert record.edition in own
    assert organiser.get(f"/desk/sites/{SITE}/pdf/{record.edition}").status_code == 200
    others = {path: organiser.get(path).text for path in ("/desk", "/desk/leaflet/phone-tree/es", "/")} | {answer.location: job}
    for path, text in others.items():
        assert not any(value in text for value in values), path
    assert record.edition not in others["/desk/leaflet/phone-tree/es"]
    assert organiser.get(f"/desk/pdf/{record.edition}?drafts=yes").status_code == 404
    assert organiser.get(f"/layout/{record.edition}").status_code == 404
    titles = re.findall("<title>(.*?)</title>", "".join([own, *others.values()]))
    assert not any(SITE in title for title in titles)
    with pytest.raises(zipfile.BadZipFile):
        inside(organiser.get("/desk/zip?drafts=yes").data)


ORGANISERS = (
    "/desk",
    f"/desk/leaflet/{LEAFLET}/es",
    f"/desk/pdf/{LEAFLET}_es_a5",
    "/desk/zip",
    f"/desk/worksheet/{LEAFLET}/ar/csv",
    f"/desk/sites/{SITE}",
    "/desk/print/x",
)


@pytest.mark.parametrize("path", ORGANISERS)
def test_readers_see_nothing_of_the_desk(app: Flask, path: str) -> None:
    assert visitor(app).get(path).status_code == 403
    assert app.test_client().get(path).status_code == 401


def test_readers_and_other_pages_print_nothing(app: Flask, organiser: FlaskClient, campaign: Path) -> None:
    assert visitor(app).post("/desk/print", data={"leaflet": LEAFLET}).status_code == 403
    assert visitor(app).post(f"/desk/sites/{SITE}/print").status_code == 403
    assert organiser.post("/desk/print", data={"leaflet": LEAFLET}, headers={"Origin": "http://evil.example"}).status_code == 403
    assert not (campaign / "output").exists()


def test_there_is_no_way_to_a_file_that_is_no_edition(looking: FlaskClient) -> None:
    for name in ("manifest.jsonl", "..", "index.html", "not-alone_es_a6", "x_es_a5", f"{LEAFLET}_xx_a5"):
        assert looking.get(f"/desk/pdf/{name}?drafts=yes").status_code in (400, 404)
        assert looking.get(f"/layout/{name}").status_code in (400, 404)
    assert looking.get("/desk/sites/nowhere").status_code == 404


# Signing a finished page


def test_a_person_stands_behind_the_bytes_of_one_pdf(campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    project, name = Project(campaign), f"{LEAFLET}_es_a5"
    build_editions(project, BuildRequest((LEAFLET,), ("es",), ("a5",)), jobs=1)
    app = page_over(campaign)
    reader = visitor(app)
    text = reader.get(f"/layout/{name}").text
    assert text.count("<img") == 2
    assert "Nobody has signed the finished page yet." in text
    sha256 = re.search('name="sha256" value="([0-9a-f]+)"', text)[1]  # type: ignore[index]
    assert reader.post(f"/layout/{name}/sign", data={"sha256": sha256}).status_code == 303
    events = ledger.read_ledger(project.ledger("es"))
    assert (events[-1].key, events[-1].file_action, events[-1].who) == (layout_key(name, sha256), "approve", "r17")
    assert "Every page looked at by <bdi>r17</bdi>" in reader.get(f"/layout/{name}").text
    assert "looked at by r17" in (campaign / "output" / "index.html").read_text("utf-8")
    assert "looked at by <bdi>r17</bdi>" in visitor(app, "r2", "organiser").get(f"/desk/leaflet/{LEAFLET}/es").text
    assert "looked at by <bdi>r17</bdi>" in reader.get(f"/done/es/{LEAFLET}").text
    _, out, _ = leaflets_command("status", "--json", "-l", "es", cwd=campaign)
    assert json.loads(out)["layouts"] == [{"edition": name, "sha256": sha256, "state": "draft", "people": ["r17"]}]
    assert reader.post(f"/layout/{name}/withdraw", data={"sha256": sha256}).status_code == 303
    assert "looked at by" not in (campaign / "output" / "index.html").read_text("utf-8")
    assert reader.post(f"/layout/{name}/sign", data={"sha256": sha256}).status_code == 303
    assert support_by_key(ledger.read_ledger(project.ledger("es")))[layout_key(name, sha256)].signers == {"r17"}
    app.extensions["state"].studio.close()


def test_nobody_signs_a_page_without_saying_which(campaign: Path) -> None:
    project, name = Project(campaign), f"{LEAFLET}_es_a5"
    build_editions(project, BuildRequest((LEAFLET,), ("es",), ("a5",)), jobs=1)
    before = ledger.read_ledger(project.ledger("es"))

    assert visitor(page_over(campaign)).post(f"/layout/{name}/sign", data={}).status_code == 409
    assert ledger.read_ledger(project.ledger("es")) == before


def test_a_job_may_begin_while_somebody_looks_for_one(tmp_path: Path) -> None:
    room = PrintQueue(tmp_path)

    class Seen(PrintJob):
        @property
        def running(self) -> bool:
            room.jobs["another"] = PrintJob(BuildRequest(), stopped=True)
            return False

    room.jobs["first"] = Seen(BuildRequest())

    assert room.running is None


def test_new_bytes_end_a_signature_and_old_ones_bring_it_back(campaign: Path) -> None:
    project, name = Project(campaign), f"{LEAFLET}_es_a5"
    wish = BuildRequest((LEAFLET,), ("es",), ("a5",))
    build_editions(project, wish, jobs=1)
    record, _ = finished_pdf(project, name)
    sign_layout(project, name, record.sha256, "r17", Snapshot(project).today)
    path = project.catalogue("es", LEAFLET)
    before = path.read_bytes()
    entries = pofile.read_catalogue(path, project.languages["es"])
    pofile.save_catalogue(path, [entry.changed(msgstr="No está solo hoy") if entry.msgctxt == "title" else entry for entry in entries])
    build_editions(Project(campaign), wish, jobs=1)
    assert signed_layouts(project, manifest.read_manifest(project.output).values())[name].people == ()
    with pytest.raises(LeafletsError, match="built anew"):
        sign_layout(project, name, record.sha256, "r18", Snapshot(project).today)
    path.write_bytes(before)
    build_editions(Project(campaign), wish, jobs=1)
    assert signed_layouts(project, manifest.read_manifest(project.output).values())[name].people == ("r17",)


def test_a_layout_says_nothing_about_sentences(campaign: Path) -> None:
    project, name = Project(campaign), f"{LEAFLET}_es_a5"
    build_editions(project, BuildRequest((LEAFLET,), ("es",), ("a5",)), jobs=1)
    record, _ = finished_pdf(project, name)
    before = [text.state for text in Snapshot(project).texts("es", LEAFLET).values()]
    sign_layout(project, name, record.sha256, "r17", Snapshot(project).today)
    assert [text.state for text in Snapshot(project).texts("es", LEAFLET).values()] == before
    assert withdraw_layout(project, name, record.sha256, "r18") == []


def test_a_page_that_is_not_printed_says_who_prints_it(app: Flask) -> None:
    answer = visitor(app).get(f"/layout/{LEAFLET}_es_a5")
    assert "The organiser prints it at the print desk." in answer.text


def test_a_damaged_ledger_does_not_stop_the_overview(campaign: Path) -> None:
    project = Project(campaign)
    build_editions(project, BuildRequest((LEAFLET,), ("es", "fr"), ("a5",)), jobs=1)
    project.ledger("fr").parent.mkdir(parents=True, exist_ok=True)
    with project.ledger("fr").open("a") as file:
        file.write("{broken\n")
    assert signed_layouts(project, manifest.read_manifest(project.output).values())[f"{LEAFLET}_fr_a5"].people == ()
