"""Long values: they break after their signs, the proof reads them over lines, and what has no room is named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from generator.campaign.contact_ways import contact_link
from generator.campaign.facts import check_fact, contact_markup, fact_link, fact_markup, printed_value
from generator.campaign.long_values import LONG_ADDRESS, WORD_JOINER, ZERO_WIDTH_SPACE, address_parts, has_break_places, on_paper
from generator.campaign.made_up import is_reserved
from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions.build import build_editions
from generator.editions.build_run import BuildRun
from generator.editions.jobs import EditionJob, JobResult
from generator.editions.overflow import long_fact_warnings
from generator.editions.plan import BuildRequest
from generator.editions.render_setup import render_setup
from generator.editions.worker import current_worker, run_job, start_worker
from generator.layout import fonts
from generator.layout.no_room import printed_values
from generator.layout.pool import WorkerPool
from generator.model import Edition, Fact
from generator.overview.check import check_campaign
from generator.proof.broken_values import occurrences_over_lines
from generator.review.snapshot import Snapshot
from tests.editions.test_build import retranslate
from tests.support.strange import ADDRESS, EMAIL, EMAILS, LINK, NAME, PLACE, lengthen

LEAFLET = "not-alone"
LINES = ["Write to neighbours.and.friends.", "of.the.old.hotel@good", "-neighbours.internal today"]
TODAY = date(2026, 11, 23)


def fact(kind: str, value: str) -> Fact:
    return Fact("f", kind, value, "", "", TODAY, 180)


@pytest.mark.parametrize("value", [EMAIL, LINK, ADDRESS, *EMAILS.values(), "a@b.org", "x" * 80])
def test_the_parts_of_a_value_are_the_value_and_none_ends_with_a_hyphen(value: str) -> None:
    """A viewer takes a hyphen at the end of a line for one that parts a word, and copies the address without it."""
    assert "".join(address_parts(value)) == value
    assert not any(part.endswith("-") for part in address_parts(value))


@pytest.mark.parametrize(("kind", "value"), [("email", EMAIL), ("url", LINK), ("email", EMAILS[34])])
def test_a_long_address_may_break_and_is_copied_as_it_is(kind: str, value: str, languages: dict) -> None:  # type: ignore[type-arg]
    one = fact(kind, value)
    for shown in (contact_markup(one), fact_markup(one, languages["ar"])):
        assert "<wbr>" in shown
        assert 'class="ltr long"' in shown
        assert shown.striptags() == printed_value(one)
        paper = re.sub("<[^>]*>", "", on_paper(shown))
        assert ZERO_WIDTH_SPACE in paper
        assert paper.replace(ZERO_WIDTH_SPACE, "").replace(WORD_JOINER, "") == printed_value(one)


@pytest.mark.parametrize("one", [fact("email", "hi@example.org"), fact("phone", "+442079460123"), fact("address", PLACE)])
def test_nothing_else_breaks_inside_a_word(one: Fact) -> None:
    assert "<wbr>" not in contact_markup(one)


def test_which_texts_have_places_to_break() -> None:
    assert has_break_places(EMAIL)
    assert has_break_places("example.org")
    assert not any(map(has_break_places, (PLACE, "Good Neighbours", "020 7946 0123", "18:00–21:00", "20/03/2027."[:3])))


def test_a_value_over_lines_is_found_once_in_order() -> None:
    assert occurrences_over_lines(EMAIL, LINES) == 1
    assert occurrences_over_lines(EMAIL, [LINES[0], "Send us an e-mail", LINES[1], LINES[2]]) == 1


@pytest.mark.parametrize(
    "lines",
    [
        [LINES[1], LINES[0], LINES[2]],
        [LINES[0], LINES[2], LINES[1]],
        [LINES[0], LINES[2]],
        [LINES[0], LINES[1]],
        [LINES[1], LINES[2]],
        [LINES[0].replace("friends", "friend"), *LINES[1:]],
        [*LINES[:2], LINES[2].replace("neighbours", "neighbour")],
        [LINES[0], LINES[1].replace("old", "odl"), LINES[2]],
    ],
)
def test_a_part_that_is_lost_altered_or_in_another_place_is_missed(lines: list[str]) -> None:
    assert occurrences_over_lines(EMAIL, lines) == 0


def test_a_place_over_lines_keeps_its_order() -> None:
    one, two = PLACE[:40], PLACE[40:]
    assert occurrences_over_lines(PLACE, [one, two]) == 1
    assert occurrences_over_lines(PLACE, [two, one]) == 0
    assert occurrences_over_lines("1 Sample Road", ["at 1 Sample", "Road 5"]) == 1
    assert occurrences_over_lines("20 Sample Road 1", ["20 Sample", "Road 12"]) == 0


@dataclass
class Pages:
    """Composes and draws editions of a campaign with long values."""

    run: BuildRun
    pool: Executor

    def job(self, language: str, sheet: str = "a5", slug: str = LEAFLET) -> EditionJob:
        return self.run.compose(Edition(slug, language, sheet))[0]

    def print(self, job: EditionJob) -> JobResult:
        return self.pool.submit(run_job, job).result()

    def codes(self, job: EditionJob) -> set[str]:
        return {problem.code for problem in self.print(job).problems}


@pytest.fixture(scope="module")
def strange(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small campaign with long values, and an Arabic and an Urdu title with a long word; for reading only."""
    root = tmp_path_factory.mktemp("strange") / "campaign"
    shutil.copytree(small, root)
    return lengthen(root)


@pytest.fixture(scope="module")
def pages(strange: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Give pages of that campaign, drawn by one process."""
    project = Project(strange)
    setup = render_setup(project, [project.languages[code] for code in project.campaign.languages], tmp_path_factory.mktemp("press"))
    with WorkerPool(1, start_worker, (setup,), 120) as pool:
        yield Pages(BuildRun(project, Snapshot(project), {}), pool)


@pytest.mark.parametrize(("language", "sheet"), [("en", "a5"), ("ar", "trifold"), ("ti", "a6-card"), ("zh_Hans", "wallet")])
def test_long_values_are_printed_proved_linked_and_copied(pages: Pages, language: str, sheet: str) -> None:
    result = pages.print(pages.job(language, sheet))

    assert not result.problems
    document = pypdfium2.PdfDocument(result.pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert EMAIL in re.sub(r"\s", "", text), "what is copied is another address"
    assert ADDRESS.removeprefix("https://") in re.sub(r"\s", "", text)
    actions = (note.get_object().get("/A", {}) for page in pypdf.PdfReader(BytesIO(result.pdf)).pages for note in page.get("/Annots", ()))
    assert f"mailto:{EMAIL}" in {action.get("/URI") for action in actions}


def swapped(html: str) -> str:
    return html.replace(f"of.{ZERO_WIDTH_SPACE}the.{ZERO_WIDTH_SPACE}old.", f"of.{ZERO_WIDTH_SPACE}old.{ZERO_WIDTH_SPACE}the.")


SABOTAGE: dict[str, tuple[str, Callable[[str], str]]] = {
    "a part lost": ("proof-fact", lambda html: html.replace(f"old.{ZERO_WIDTH_SPACE}", "")),
    "a letter altered": ("proof-fact", lambda html: html.replace(f"{ZERO_WIDTH_SPACE}hotel@", f"{ZERO_WIDTH_SPACE}hostel@")),
    "parts swapped": ("proof-fact", swapped),
    "lines swapped": ("proof-fact", lambda html: re.sub(r"(friends\.)\u200b(.*?)(\u200bhotel@)", r"\1<br>\3<br>\2", html)),
    "another link": ("proof-link", lambda html: html.replace(f"mailto:{EMAIL}", "mailto:x@nb.internal")),
}


@pytest.mark.parametrize(("found", "plant"), SABOTAGE.values(), ids=list(SABOTAGE))
def test_a_spoilt_long_value_is_found(pages: Pages, found: str, plant: Callable[[str], str]) -> None:
    job = pages.job("ar")
    html = plant(job.html)
    assert html != job.html
    assert found in pages.codes(replace(job, html=html))


def test_a_value_without_room_is_named_with_its_length_and_what_to_do(pages: Pages) -> None:
    """The Urdu page is full but for the last line: with a short e-mail it fits."""
    result = pages.print(pages.job("ur"))

    assert [problem.code for problem in result.problems] == ["overflow-fact"]
    (problem,) = result.problems
    assert problem.what == f"the fact campaign_email has {len(EMAIL)} letters: no room on a5 at 12 pt"
    assert "put in a shorter one" in problem.hint


def test_build_and_check_say_the_same(strange: Path, tmp_path: Path) -> None:
    root = tmp_path / "campaign"
    shutil.copytree(strange, root)
    before = [problem for problem in long_fact_warnings(Snapshot(Project(root))) if problem.severity == "warning"]
    assert before == []  # nobody knows yet that this leaflet is full
    report = build_editions(Project(root), BuildRequest((LEAFLET,), ("ur",), ("a5",)), 1)
    (problem,) = report.outcomes[0].record.problems
    assert problem.code == "overflow-fact"
    assert problem.what in [found.what for found in check_campaign(Project(root), TODAY, ("ur",)) if found.severity == "warning"]


def test_check_names_a_link_of_many_lines_before_anything_is_built(small: Path, tmp_path: Path) -> None:
    root = tmp_path / "campaign"
    shutil.copytree(small, root)
    leaflet = root / "leaflets" / f"{LEAFLET}.yaml"
    leaflet.write_text(leaflet.read_text("utf-8").replace("campaign_text, campaign_email]", "campaign_text, campaign_web]"), "utf-8")
    assert not list(long_fact_warnings(Snapshot(Project(root))))

    lengthen(root)
    found = list(long_fact_warnings(Snapshot(Project(root))))
    assert {problem.code for problem in found} == {"overflow-fact"}
    assert all("the fact campaign_web has" in problem.what and "facts.yaml:" in problem.where for problem in found)


WORD = "Responsibilitiesandrightsof"


def torn(job: EditionJob) -> JobResult:
    """Return what the proof says of a page on which a word is torn: the press would have stopped before."""
    press, size = current_worker(), job.sheet.sizes[-1]
    return press.prove(job, press.renderer.attempt(job.html, job.sheet, size, fonts.font_stack(job.language)), size)


def titled(root: Path, word: str) -> Project:
    """Put a word into the title of the leaflet and into a point of a list."""
    path = root / "leaflets" / f"{LEAFLET}.yaml"
    text = re.sub("(?m)^title: .*", f"title: {word}", path.read_text("utf-8"))
    path.write_text(text.replace("a lawyer (solicitor)", f"a {word}"), "utf-8")
    return Project(root)


@pytest.fixture
def words(small: Path, tmp_path: Path) -> Path:
    """Give a small campaign to put words in."""
    shutil.copytree(small, tmp_path / "campaign")
    return tmp_path / "campaign"


@pytest.mark.parametrize("sheet", ["wallet", "large-print", "tear-off"])
def test_a_heading_gets_smaller_before_a_word_is_torn(pages: Pages, words: Path, sheet: str) -> None:
    project = titled(words, WORD)
    job = BuildRun(project, Snapshot(project), {}).compose(Edition(LEAFLET, "en", sheet))[0]
    result = pages.print(job)

    assert not result.problems
    document = pypdfium2.PdfDocument(result.pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert WORD in text.split()
    assert result.size >= SHIPPED_SHEETS[sheet].sizes[-1]


WIDE = {
    "en": WORD * 2,
    "ti": "ኢትዮጵያውያንንናሌሎችስደተኞችንየሚመለከትመረጃዎችሁሉንም",
    "ar": "والمستشفياتوالمدارسوالمسؤولياتوالحقوقوالواجبات",
}


@pytest.mark.parametrize(("language", "word"), WIDE.items(), ids=list(WIDE))
def test_a_word_wider_than_any_line_is_named(pages: Pages, words: Path, language: str, word: str) -> None:
    project = titled(words, word) if language == "en" else Project(words)
    if language != "en":
        retranslate(words, language, "title", word)
    job = BuildRun(project, Snapshot(project), {}).compose(Edition(LEAFLET, language, "wallet"))[0]
    found = pages.print(job).problems

    assert {problem.code for problem in found} == {"overflow-word"}
    assert word in found[0].what
    assert found[0].msgctxt == "title"


@pytest.mark.parametrize("place", ["<h1", "<li"])
def test_the_proof_finds_a_torn_word_too(pages: Pages, words: Path, place: str) -> None:
    """The English title stands at the foot as well, whole: that does not make up for the torn one."""
    project = titled(words, WORD)
    job = BuildRun(project, Snapshot(project), {}).compose(Edition(LEAFLET, "en", "a5"))[0]
    narrow = replace(job, html=job.html.replace(place, f'{place} style="width: 25mm"'))

    assert "proof-torn" in {problem.code for problem in pages.pool.submit(torn, narrow).result().problems}
    assert "overflow-word" in pages.codes(narrow)
    assert not pages.pool.submit(torn, job).result().problems


def test_values_of_a_page_by_name(pages: Pages) -> None:
    found = printed_values(pages.job("ar").html)
    assert found["campaign_email"] == EMAIL
    assert found["name"] == NAME
    assert found["address"] == f"{ADDRESS.removeprefix('https://')}/{LEAFLET}"
    assert len(found["campaign_phone"]) < LONG_ADDRESS


EXTENSIONS = {
    "020 7946 0123 x412": True,
    "+44 20 7946 0123 ext. 412": True,
    "020 7946 0123 #412": True,
    "020 7946 0123": False,
    "020 7946 0123 x413": False,
}


@pytest.mark.parametrize(("display", "same"), EXTENSIONS.items(), ids=list(EXTENSIONS))
def test_a_phone_may_have_an_extension(display: str, same: bool) -> None:
    one = replace(fact("phone", "+442079460123;ext=412"), display=display, verified=TODAY)
    assert ([problem.code for problem in check_fact(one, TODAY)] == []) is same
    assert fact_link(one) == "tel:+442079460123;ext=412"
    assert is_reserved("phone", one.value)
    assert printed_value(replace(one, display="")) == "+442079460123\u00a0x412"
    assert contact_link("whatsapp", one, "") == "https://wa.me/442079460123?text="


def test_an_extension_that_the_value_lacks_is_another_number() -> None:
    assert check_fact(replace(fact("phone", "+442079460123"), display="020 7946 0123 x412", verified=TODAY), TODAY)
