"""Builds of the shipped campaign, with every PDF read back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from generator.base.digests import wording_key
from generator.base.jsonl import json_line
from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.catalogue import pofile
from generator.editions import manifest
from generator.editions.build import BuildReport, build_editions
from generator.editions.build_run import Outcome
from generator.editions.plan import BuildRequest
from generator.layout import fonts
from generator.model import Language
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerEvent
from tests.conftest import SCRIPTS, TIER_ONE, copy_campaign, sign_source, sweep

MM = 72 / 25.4
BAND = "Draft: a machine translated this page. Nobody has checked it yet. Please do not hand it out."
UNKNOWN = "Draft: nobody here has checked this page yet. Please do not hand it out."
PRIVATE = (b"/home/", b"/tmp/", b"/usr/", b"/Users/", b"file:")
SPANISH = ("es",)


def run(folder: Path, *leaflets: str, languages: tuple[str, ...] = (), sheets: tuple[str, ...] = ("a5",), site: str = "") -> BuildReport:
    """Build in one process unless all languages are wanted."""
    return build_editions(Project(folder), BuildRequest(leaflets or ("not-alone",), languages, sheets, site), jobs=1 if languages else 2)


def only(report: BuildReport) -> Outcome:
    (outcome,) = report.outcomes
    return outcome


def codes(report: BuildReport) -> dict[str, list[str]]:
    """Return what is wrong by language."""
    return {outcome.record.language: [problem.code for problem in outcome.record.problems] for outcome in report.outcomes}


def pdfs(folder: Path) -> dict[str, bytes]:
    """Return the PDFs of a campaign by name."""
    return {path.name: path.read_bytes() for path in sorted((folder / "output").rglob("*.pdf"))}


def page_texts(path: Path) -> list[str]:
    """Return the text of each page, white space as single spaces."""
    document = pypdfium2.PdfDocument(path)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return texts


def inside(path: Path) -> bytes:
    """Return everything a PDF holds besides its glyphs: every dictionary and string, unpacked."""
    writer = pypdf.PdfWriter(clone_from=path)
    return b"\n".join(repr(item).encode() for item in writer._objects)


def edit(path: Path, old: str, new: str) -> None:
    """Replace text that stands in a file exactly once or more; fail if it does not."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def retranslate(folder: Path, language: str, msgctxt: str, msgstr: str, domain: str = "not-alone") -> str:
    """Put another wording into a catalogue and return the one that stood there."""
    path = Project(folder).catalogue(language, domain)
    entries = pofile.read_catalogue(path)
    (old,) = [entry.msgstr for entry in entries if entry.msgctxt == msgctxt and not entry.obsolete]
    pofile.save_catalogue(path, [entry.changed(msgstr=msgstr) if entry.msgctxt == msgctxt else entry for entry in entries])
    return old


def sign_everything(folder: Path, language: str, domains: tuple[str, ...] = ("not-alone", "shared")) -> None:
    """Let the example readers x1 and x2 approve every wording of the catalogues."""
    project = Project(folder)
    entries = [entry for domain in domains for entry in pofile.read_catalogue(project.catalogue(language, domain)) if not entry.header]
    keys = [wording_key(language, entry.msgctxt, entry.msgid, entry.msgstr) for entry in entries]
    events = [LedgerEvent(key, "approve", who, "2026-11-23") for key in keys for who in ("x1", "x2")]
    assert ledger.append_events(project.ledger(language), events)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """Give a campaign with `not-alone` printed on A5 in each script; for reading only."""
    folder = copy_campaign(tmp_path_factory.mktemp("built") / "campaign", languages=SCRIPTS)
    return folder, run(folder)


@pytest.fixture(scope="session")
def built_whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """Give the same in all languages."""
    folder = copy_campaign(tmp_path_factory.mktemp("built-whole") / "campaign")
    return folder, run(folder)


@pytest.fixture
def editions(request: pytest.FixtureRequest) -> dict[str, Path]:
    """Give the PDF of each language, of the few unless the test is about another."""
    few = not hasattr(request.node, "callspec") or request.node.callspec.params.get("code", "en") in SCRIPTS
    folder, report = request.getfixturevalue("built" if few else "built_whole")
    return {outcome.record.language: folder / "output" / outcome.record.path for outcome in report.outcomes}


@pytest.mark.parametrize(
    ("fixture", "wanted"),
    [("built", SCRIPTS), pytest.param("built_whole", TIER_ONE, marks=pytest.mark.tools)],
    ids=["scripts", "languages"],
)
def test_every_language_is_printed(request: pytest.FixtureRequest, fixture: str, wanted: tuple[str, ...]) -> None:
    folder, report = request.getfixturevalue(fixture)
    assert codes(report) == {code: [] for code in wanted}
    assert report.ok
    assert report.problems == report.waiting == ()
    assert len(pdfs(folder)) == len(wanted)
    assert list((folder / "output").rglob(".leaflets-*")) == []


@pytest.mark.parametrize("code", sweep(TIER_ONE))
def test_a_finished_file_is_as_its_sheet_and_its_language_say(
    editions: dict[str, Path], languages: dict[str, Language], shipped: Project, code: str
) -> None:
    reader = pypdf.PdfReader(editions[code])
    root = reader.root_object
    assert len(reader.pages) in (1, 2)
    for page in reader.pages:
        assert [float(page.mediabox.width), float(page.mediabox.height)] == pytest.approx([148 * MM, 210 * MM], abs=0.1)
    entries = pofile.read_catalogue(shipped.catalogue(code, "not-alone")) if code != "en" else []
    title = next((entry.msgstr for entry in entries if entry.msgctxt == "title"), "You are not alone")
    assert dict(reader.metadata or {}) == {"/Title": title}  # and so no producer, author or date
    assert root["/Lang"] == languages[code].tag
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    # With /Direction /R2L PDFium would read Latin words and numbers backwards.
    assert dict(root["/ViewerPreferences"]) == {"/DisplayDocTitle": True}


@pytest.mark.parametrize("code", sweep(TIER_ONE))
def test_a_finished_file_holds_its_own_fonts_and_no_trace_of_this_machine(
    editions: dict[str, Path], languages: dict[str, Language], code: str
) -> None:
    writer = pypdf.PdfWriter(clone_from=editions[code])
    dictionaries = [item for item in writer._objects if isinstance(item, dict)]
    descriptors = [item for item in dictionaries if item.get("/Type") == "/FontDescriptor"]
    allowed = {family.replace(" ", "-") for family in fonts.font_stack(languages[code])}
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & item.keys() for item in descriptors)
    assert {item["/FontName"].partition("+")[2].removesuffix("-Bold") for item in descriptors} <= allowed
    raw = editions[code].read_bytes() + inside(editions[code])
    metadata = b"".join(item.get_data() for item in dictionaries if item.get("/Type") == "/Metadata")
    assert metadata
    assert [trace for trace in PRIVATE if trace in raw + metadata] == []
    assert not re.search(rb"WeasyPrint|pydyf|Producer|CreateDate|ModifyDate|dc:creator", raw + metadata)


@pytest.mark.parametrize("code", sweep(TIER_ONE))
def test_a_draft_says_so_in_its_name_and_on_every_page(editions: dict[str, Path], code: str) -> None:
    draft = code != "en"
    assert editions[code].name == f"not-alone_{code}_a5{'_DRAFT' if draft else ''}.pdf"
    texts = page_texts(editions[code])
    assert [(BAND in text, "DRAFT" in text) for text in texts] == [(draft, draft)] * len(texts)


@pytest.mark.parametrize("code", sweep(["es", "fr", "vi", "ti", "zh_Hans", "tr"]))
def test_the_band_stands_there_in_the_readers_language_too(editions: dict[str, Path], shipped: Project, code: str) -> None:
    entries = pofile.read_catalogue(shipped.catalogue(code, "shared"))
    own = next(entry.msgstr for entry in entries if entry.msgctxt == "word.draft")
    assert all(bare(own) in bare(text) for text in page_texts(editions[code]))


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


# Readers


def test_a_signed_catalogue_gives_a_file_without_band_and_a_changed_sentence_lapses_it(campaign: Path) -> None:
    run(campaign, languages=SPANISH)
    assert list(pdfs(campaign)) == ["not-alone_es_a5_DRAFT.pdf"]
    sign_everything(campaign, "es")
    outcome = only(run(campaign, languages=SPANISH))
    assert outcome.record.state == "ready"
    assert list(pdfs(campaign)) == ["not-alone_es_a5.pdf"]
    assert not any("DRAFT" in text or BAND in text for text in page_texts(campaign / "output" / outcome.record.path))
    ready = pdfs(campaign)

    old = retranslate(campaign, "es", "help", "Lo que podemos hacer por usted")
    assert only(run(campaign, languages=SPANISH)).record.state == "draft"
    assert list(pdfs(campaign)) == ["not-alone_es_a5_DRAFT.pdf"]
    assert all(UNKNOWN in text for text in page_texts(campaign / "output" / "not-alone" / "not-alone_es_a5_DRAFT.pdf"))

    retranslate(campaign, "es", "help", old)
    assert only(run(campaign, languages=SPANISH)).record.state == "ready"
    assert pdfs(campaign) == ready


@pytest.mark.parametrize("who", [("x1",), ("x1", "x1")])
def test_one_reader_is_not_enough_for_a_sentence_of_safety(campaign: Path, who: tuple[str, ...]) -> None:
    sign_everything(campaign, "es")
    path = Project(campaign).ledger("es")
    entries = pofile.read_catalogue(Project(campaign).catalogue("es", "not-alone"))
    (key,) = [wording_key("es", entry.msgctxt, entry.msgid, entry.msgstr) for entry in entries if entry.msgctxt == "safe"]
    kept = [line for line in path.read_text("utf-8").splitlines() if key not in line]
    signed = [json_line(ledger.event_row(LedgerEvent(key, "approve", name, f"2026-11-2{day}"))) for day, name in enumerate(who)]
    path.write_text("\n".join(kept) + "\n" + "".join(signed), "utf-8")
    assert only(run(campaign, languages=SPANISH)).record.state == "draft"


@pytest.mark.parametrize("code", ["es", "ar"])
def test_a_missing_sentence_withholds_or_stands_there_in_english_in_a_box(campaign: Path, code: str) -> None:
    run(campaign, languages=(code,))
    path = campaign / "output" / "not-alone" / f"not-alone_{code}_a5_DRAFT.pdf"
    assert dashes(path) == 0
    retranslate(campaign, code, "offers.go", "")
    report = run(campaign, languages=(code,))
    assert codes(report) == {code: ["translation-missing"]}
    assert not report.ok
    assert pdfs(campaign) == {}
    assert only(report).record.problems[0].msgctxt == "offers.go"

    edit(campaign / "leaflets" / "campaign.yaml", "missing: withhold", "missing: english")
    assert only(run(campaign, languages=(code,))).record.state == "draft"
    assert "Go with you to a doctor, a school or a meeting." in " ".join(page_texts(path))
    assert dashes(path) > 0


def test_the_box_says_in_the_readers_language_that_it_is_not_translated(campaign: Path) -> None:
    retranslate(campaign, "es", "offers.go", "")
    (own,) = [
        entry.msgstr for entry in pofile.read_catalogue(Project(campaign).catalogue("es", "shared")) if entry.msgctxt == "word.english"
    ]
    edit(campaign / "leaflets" / "campaign.yaml", "missing: withhold", "missing: english")
    path = campaign / "output" / only(run(campaign, languages=SPANISH)).record.path
    assert " ".join(page_texts(path)).count(own) == 1


def dashes(path: Path) -> int:
    """Return how often a page draws with a dashed line, as only the box around English does."""
    contents = [page.get_contents() for page in pypdf.PdfReader(path).pages]
    return sum(len(re.findall(rb"\[ *[\d.]+[\d. ]*\] +[\d.-]+ d\b", content.get_data())) for content in contents if content is not None)


@pytest.mark.parametrize("extracted", [False, True])
def test_changed_english_withholds_every_translation_of_it(campaign: Path, extracted: bool) -> None:
    run(campaign, languages=("en", "es"))
    edit(campaign / "leaflets" / "not-alone.yaml", "title: You are not alone", "title: You are never alone")
    if extracted:
        extract_messages(Project(campaign))
    report = run(campaign, languages=("en", "es"))
    assert codes(report)["es"] == ["english-changed"]
    assert list(pdfs(campaign)) == ["not-alone_en_a5_DRAFT.pdf"], "nobody has signed the new source text"

    sign_source(campaign)
    report = run(campaign, languages=("en", "es"))
    assert codes(report) == {"en": [], "es": ["english-changed"]}
    assert list(pdfs(campaign)) == ["not-alone_en_a5.pdf"]
    assert "You are never alone" in page_texts(campaign / "output" / "not-alone" / "not-alone_en_a5.pdf")[0]


# Nothing twice, nothing forgotten


def test_what_did_not_change_is_not_drawn_again(campaign: Path) -> None:
    run(campaign, languages=("en", "es"))
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in (campaign / "output").rglob("*") if path.is_file()}
    report = run(campaign, languages=("en", "es"))
    assert [outcome.cached for outcome in report.outcomes] == [True, True]
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in (campaign / "output").rglob("*") if path.is_file()}
    lock = {path for path in before if path.name.endswith(".lock")}
    assert {path: after[path] for path in after if path not in lock} == {path: before[path] for path in before if path not in lock}


def truncate(output: Path) -> None:
    path = output / manifest.MANIFEST_FILE
    path.write_text(path.read_text("utf-8")[:-40], "utf-8")


HARM: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "deleted PDF": (lambda output: next(output.rglob("*_es_*.pdf")).unlink(), ["es"]),
    "altered PDF": (lambda output: next(output.rglob("*_es_*.pdf")).write_bytes(b"%PDF-1.7"), ["es"]),
    "one byte more": (lambda output: next(output.rglob("*_en_*.pdf")).open("ab").write(b"\n"), ["en"]),
    "deleted picture": (lambda output: (output / "thumbnails" / "not-alone_es_a5.png").unlink(), ["es"]),
    "cut off manifest": (truncate, ["es"]),
    "manifest with rubbish": (lambda output: (output / manifest.MANIFEST_FILE).open("ab").write(b'{"edition": "x"}\n[]\n\n7\n{'), []),
    "no manifest": (lambda output: (output / manifest.MANIFEST_FILE).unlink(), ["en", "es"]),
}


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Give a campaign with two PDFs that are harmed and mended, and these PDFs as they were."""
    folder = copy_campaign(tmp_path_factory.mktemp("pair") / "campaign")
    run(folder, languages=("en", "es"))
    return folder, pdfs(folder)


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize(("harm", "drawn"), HARM.values(), ids=list(HARM))
def test_what_was_lost_or_altered_is_built_again(
    pair: tuple[Path, dict[str, bytes]], harm: Callable[[Path], object], drawn: list[str]
) -> None:
    folder, before = pair
    harm(folder / "output")
    report = run(folder, languages=("en", "es"))
    assert [outcome.record.language for outcome in report.outcomes if not outcome.cached] == drawn
    assert pdfs(folder) == before
    assert all(outcome.cached for outcome in run(folder, languages=("en", "es")).outcomes)


def test_a_changed_fact_builds_only_the_leaflets_that_print_it(campaign: Path) -> None:
    wanted = ("not-alone", "if-strangers-come")
    run(campaign, *wanted, languages=SPANISH)
    edit(campaign / "leaflets" / "facts.yaml", '"+441632570142"', '"+441632570143"')
    edit(campaign / "leaflets" / "facts.yaml", "0163 257 0142", "0163 257 0143")
    report = run(campaign, *wanted, languages=SPANISH)
    assert {outcome.record.leaflet: outcome.cached for outcome in report.outcomes} == {"not-alone": True, "if-strangers-come": False}
    assert "0163 257 0143" in " ".join(page_texts(next((campaign / "output" / "if-strangers-come").glob("*.pdf"))))
    edit(campaign / "leaflets" / "facts.yaml", "18:00-21:00", "18:00-20:00")
    report = run(campaign, *wanted, languages=SPANISH)
    assert {outcome.record.leaflet: outcome.cached for outcome in report.outcomes} == {"not-alone": False, "if-strangers-come": True}


# The same bytes everywhere

SURROUNDINGS = {
    "C, one process": ({"LC_ALL": "C", "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}, "1", ("ur", "en", "zh_Hans")),
    "Egypt, two processes": (
        {"LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar", "PANGO_LANGUAGE": "ar", "PYTHONHASHSEED": "77", "TZ": "America/New_York"},
        "2",
        ("ar", "zh_Hans"),
    ),
}


@pytest.mark.parametrize(
    ("environment", "jobs", "order"),
    [pytest.param(*SURROUNDINGS["C, one process"], marks=pytest.mark.tools), SURROUNDINGS["Egypt, two processes"]],
    ids=list(SURROUNDINGS),
)
def test_another_folder_locale_time_zone_order_and_number_of_processes_give_the_same_bytes(
    editions: dict[str, Path], tmp_path: Path, environment: dict[str, str], jobs: str, order: tuple[str, ...]
) -> None:
    folder = copy_campaign(tmp_path / "another folder é")
    command = [sys.executable, "-m", "generator", "build", "not-alone", "-s", "a5", "-j", jobs, "--json"]
    command += [word for code in order for word in ("-l", code)]
    done = subprocess.run(command, cwd=folder, env=os.environ | environment, capture_output=True, check=True)
    rows = json.loads(done.stdout.decode())["editions"]
    assert sorted(row["language"] for row in rows) == sorted(order)
    assert {row["language"]: (folder / "output" / row["path"]).read_bytes() for row in rows} == {
        code: editions[code].read_bytes() for code in order
    }


# The overview


class Overview(HTMLParser):
    """Collects the cards of the overview, all tags, and the text of each card."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[dict[str, str]] = []
        self.tags: set[str] = set()
        self.now = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        if tag == "li":
            self.cards.append({"class": given["class"]})
        if self.cards and tag in ("a", "img"):
            self.cards[-1].setdefault(tag, given.get("href") or given.get("src", ""))
        self.now = given.get("class", "")

    def handle_data(self, data: str) -> None:
        if self.cards and data.strip():
            self.cards[-1].setdefault(self.now or "plain", data.strip())


def overview(output: Path) -> Overview:
    found = Overview()
    found.feed((output / "index.html").read_text("utf-8"))
    return found


def test_the_overview_lists_every_edition_with_state_and_picture(built: tuple[Path, BuildReport], languages: dict[str, Language]) -> None:
    output = built[0] / "output"
    cards = overview(output).cards
    assert [card["name"] for card in cards] == [languages[code].endonym for code in SCRIPTS]
    assert [card["class"] for card in cards] == ["ready"] + ["draft"] * (len(SCRIPTS) - 1)
    assert [card["state"] for card in cards] == ["Ready"] + ["Draft"] * (len(SCRIPTS) - 1)
    for card in cards:
        assert (output / card["a"]).read_bytes().startswith(b"%PDF-")
        assert (output / card["img"]).read_bytes().startswith(b"\x89PNG")


def test_the_overview_says_why_an_edition_is_withheld_and_escapes_titles(campaign: Path) -> None:
    edit(campaign / "leaflets" / "not-alone.yaml", "title: You are not alone", 'title: "<script>alert(x)</script> & you"')
    edit(campaign / "leaflets" / "campaign.yaml", "name: Good Neighbours", 'name: "Good <i>Neighbours</i> {{ 7 * 7 }}"')
    sign_source(campaign)
    report = run(campaign, languages=("en", "es"))
    assert codes(report) == {"en": [], "es": ["english-changed"]}
    page = (campaign / "output" / "index.html").read_text("utf-8")
    found = overview(campaign / "output")
    assert not {"script", "i"} & found.tags
    assert "&lt;script&gt;alert(x)&lt;/script&gt; &amp; you" in page
    assert "49" not in re.sub(r"<style>.*?</style>|<!--.*?-->", "", page.partition("</table>")[0], flags=re.DOTALL)
    (withheld,) = [card for card in found.cards if card["class"] == "failed"]
    assert "the source changed after this was translated" in withheld["why"]
    assert "a" not in withheld
    text = page_texts(campaign / "output" / "not-alone" / "not-alone_en_a5.pdf")[0]
    assert "<script>alert(x)</script> & you" in text
    assert "Good <i>Neighbours</i> {{ 7 * 7 }}" in text


# Sites

SECRET_PHONE, SECRET_PLACE = "01632 060987", "The blue house"
SITE = f"""facts:
  campaign_phone:
    kind: phone
    value: "+44{SECRET_PHONE[1:].replace(" ", "")}"
    display: {SECRET_PHONE}
    source: somebody at {SECRET_PLACE}
    verified: 2026-11-22
"""


def leaks(output: Path) -> list[str]:
    """Return the private words that stand in a text file, a title or a public PDF of the output folder."""
    texts = {path.name: path.read_text("utf-8") for path in output.rglob("*") if path.suffix in (".html", ".jsonl", ".json")}
    for path in output.rglob("*.pdf"):
        texts[f"title of {path.name}"] = str(pypdf.PdfReader(path).metadata)
        if not re.search("oak7|example", path.name):
            texts[path.name] = " ".join(page_texts(path)) + inside(path).decode()
    private = [unspaced(word) for word in (SECRET_PHONE, SECRET_PHONE.replace(" ", "")[1:], SECRET_PLACE, "blue house")]
    return [f"{word!r} in {name}" for name, text in texts.items() for word in private if word in unspaced(text)]


def unspaced(text: str) -> str:
    """Return text without spaces of any kind, written out or escaped."""
    return re.sub(r"\\+(?:xa0|u00a0)|\s", "", text)


def test_a_site_prints_its_own_number_and_tells_it_nobody_else(campaign: Path) -> None:
    (campaign / "sites" / "oak7.yaml").write_text(SITE, "utf-8")
    run(campaign, languages=("en", "ar"))
    for site, phone in (("oak7", SECRET_PHONE), ("example", "01632 060123")):
        report = run(campaign, languages=("en", "ar"), site=site)
        assert codes(report) == {"en": [], "ar": []}
        paths = [campaign / "output" / outcome.record.path for outcome in report.outcomes]
        assert [path.name for path in paths] == [f"not-alone_{code}_a5_{site}_DRAFT.pdf" for code in ("en", "ar")]
        text = " ".join(page_texts(paths[0])).replace("\u00a0", " ")
        assert text.count(phone) == 2
        assert "020 0946 0123" not in text
    run(campaign, languages=("en", "ar"))
    assert leaks(campaign / "output") == []
    page = (campaign / "output" / "index.html").read_text("utf-8")
    assert "oak7" not in page
    assert len(overview(campaign / "output").cards) == 2
    public = [page_texts(path) for path in (campaign / "output").rglob("*_a5*.pdf") if not re.search("oak7|example", path.name)]
    assert len(public) == 2


def test_a_site_whose_page_is_withheld_tells_its_number_nobody_else(campaign: Path) -> None:
    (campaign / "sites" / "oak7.yaml").write_text(SITE, "utf-8")
    css = (campaign / "templates" / "community" / "style.css").read_text("utf-8")
    (campaign / "templates" / "community" / "style.css").write_text(css + ".contacts .value { display: none }\n", "utf-8")
    report = run(campaign, languages=("en",), site="oak7")
    assert set(codes(report)["en"]) == {"proof-fact"}
    assert leaks(campaign / "output") == []


def test_a_mistake_in_a_site_file_is_not_copied_into_the_output(
    campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    (campaign / "sites" / "oak7.yaml").write_text(SITE.replace('"+44', '"0'), "utf-8")
    run(campaign, languages=("en",))
    code, _, _ = leaflets_command("build", "not-alone", "-l", "en", "-s", "a5", "--site", "oak7", cwd=campaign)
    assert code != 0
    assert leaks(campaign / "output") == []


@pytest.mark.parametrize("sheet", ["a5", *(pytest.param(sheet, marks=pytest.mark.tools) for sheet in ("trifold", "mini-zine"))])
def test_a_long_name_of_a_campaign_breaks_beside_the_label_of_the_language(campaign: Path, sheet: str) -> None:
    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("Good Neighbours", "Leeds Together With Refugees and Friends"), "utf-8")
    report = build_editions(Project(campaign), BuildRequest(("not-alone",), ("ckb", "ur"), (sheet,)))
    assert [outcome.record.state for outcome in report.outcomes] == ["draft", "draft"]


def test_an_unknown_site_is_refused(campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    code, _, told = leaflets_command("build", "not-alone", "--site", "../facts", cwd=campaign)
    assert code == 2
    assert told.count("no site") == 1
    assert not (campaign / "output" / manifest.MANIFEST_FILE).exists()


# Other sheets


@pytest.mark.parametrize(
    ("leaflet", "sheet", "size", "most"),
    [
        ("not-alone", "a4", (210, 297), 2),
        ("not-alone", "large-print", (210, 297), 6),
        ("if-strangers-come", "a3-poster", (297, 420), 1),
    ],
)
def test_other_sheets_have_their_size_in_millimetres(campaign: Path, leaflet: str, sheet: str, size: tuple[int, int], most: int) -> None:
    report = run(campaign, leaflet, languages=("en", "ar"), sheets=(sheet,))
    assert codes(report) == {"en": [], "ar": []}
    for outcome in report.outcomes:
        pages = pypdf.PdfReader(campaign / "output" / outcome.record.path).pages
        assert 1 <= len(pages) <= most
        assert outcome.record.size in SHIPPED_SHEETS[sheet].sizes
        for page in pages:
            assert [float(page.mediabox.width) / MM, float(page.mediabox.height) / MM] == pytest.approx(size, abs=0.1)
        assert sheet in outcome.record.path


def test_an_edition_whose_catalogue_is_gone_is_removed(tmp_path: Path) -> None:
    campaign = copy_campaign(tmp_path / "campaign", languages=("en", "es"))
    run(campaign, languages=SPANISH)
    assert list(pdfs(campaign)) == ["not-alone_es_a5_DRAFT.pdf"]
    Project(campaign).catalogue("es", "not-alone").unlink()
    build_editions(Project(campaign), BuildRequest(("not-alone",), (), ("a5",)), jobs=2)
    assert not list((campaign / "output").rglob("*_es_*.pdf"))


def test_no_file_of_an_earlier_build_goes_on_with_an_old_number(campaign: Path) -> None:
    """A shared number changes: every PDF that prints the old one goes, of sites and of other languages too; the others stay."""
    (campaign / "sites" / "oak7.yaml").write_text(SITE, "utf-8")
    run(campaign, "not-alone", languages=("en", "ar"))
    run(campaign, "food-that-helps", languages=("en",))
    run(campaign, "not-alone", languages=("en",), site="oak7")
    run(campaign, "not-alone", languages=("en",), site="example")
    facts = campaign / "leaflets" / "facts.yaml"
    facts.write_text(
        facts.read_text("utf-8").replace('"+448088010503"', '"+441632570001"').replace("0808 8010 503", "0163 257 0001"), "utf-8"
    )

    run(campaign, "not-alone", languages=("en",))

    assert sorted(pdfs(campaign)) == ["food-that-helps_en_a5.pdf", "not-alone_en_a5_DRAFT.pdf"]


def test_when_a_site_is_gone_its_files_go_too(campaign: Path) -> None:
    (campaign / "sites" / "oak7.yaml").write_text(SITE, "utf-8")
    run(campaign, languages=("en",), site="oak7")
    (campaign / "sites" / "oak7.yaml").unlink()

    run(campaign, languages=("en",))

    assert sorted(pdfs(campaign)) == ["not-alone_en_a5.pdf"]
