"""Every kind of block stands on paper, on the website and in its text file, message by message; a kind nobody knows stops."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest

from generator.base.message_text import text_pieces
from generator.blocks import BlockPart, all_kinds
from generator.blocks.place import RESIDENCE
from generator.campaign.facts import printed_value
from generator.campaign.project import Project
from generator.campaign.shipped import shipped_templates
from generator.editions import manifest
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.editions.recall import RecallJudge
from generator.layout.parts import unknown_kind
from generator.overview.check import check_campaign
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot
from generator.website.privacy import squash
from tests.conftest import copy_campaign, sign_source
from tests.support.site import publish_at, small_campaign

EVERY = """\
title: Every kind of block
audience: residents
dated: 2026-11-22
sheets: [a5, wallet]
blocks:
  - {id: opening, lead: The opening says why.}
  - {id: where, place: "We are at:", short: yes}
  - {id: head, heading: A heading stands here, picture: phone}
  - id: words
    text: Plain words call <b>{migrant_help}</b> today.
    short: yes
  - {id: beware, warning: Beware of the warning.}
  - {id: dots, list: {one: The first dot., two: The second dot.}}
  - {id: deeds, steps: {first: Take the first step., second: Take the second step.}}
  - {id: post, rows: "3", letter: {dear: Dear neighbour, body: We write this letter.}}
  - {id: sheet, form: {name: Your own name, day: Your own day}}
  - {id: rows, table: {left: Left column, right: Right column}}
  - {id: lines, contacts: [migrant_help, campaign_phone]}
  - {id: meet, event: {date: meeting_date, time: meeting_time, place: meeting_place}}
"""
WRITTEN = tuple(name for name, kind in all_kinds().items() if kind.read)
"""The kinds that a leaflet can ask for."""
OLDER = Path(__file__).parent / "older"
"""Templates as campaigns copied them when each kind was a branch in one file."""
HOTEL = "The Example Hotel, 1 Sample Street, Exampleton"


class Words(HTMLParser):
    """The words of a page, whatever its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found = ""
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.found += data


def plain(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def pdf_text(path: Path) -> str:
    """Return what PDFium reads on all pages."""
    with pypdfium2.PdfDocument(path) as document:
        return plain(" ".join(page.get_textpage().get_text_range() for page in document))


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign with a leaflet of every kind of block, printed for everybody and for a site, and published."""
    root = small_campaign(tmp_path_factory.mktemp("kinds") / "campaign")
    (root / "leaflets" / "every.yaml").write_text(EVERY, "utf-8")
    sign_source(root)
    for site in ("", "example"):
        report = build_editions(Project(root), BuildRequest(("every",), ("en",), ("a5", "wallet"), site), 1)
        assert [problem.line() for outcome in report.outcomes for problem in outcome.record.problems if problem.severity == "error"] == []
    publish_at(root)
    return root


def wanted(root: Path) -> list[str]:
    """Return what a page must say: every run of words of every message, labels and facts."""
    project = Project(root)
    leaflet, facts = project.leaflets["every"], project.facts
    texts = [run for message in leaflet.messages for run in text_pieces(message.msgid)]
    for name in ("migrant_help", "campaign_phone"):
        texts += [facts[name].label, printed_value(facts[name]), *text_pieces(facts[name].detail)]
    texts += [printed_value(facts[name]) for name in ("meeting_date", "meeting_time", "meeting_place", "line_hours")]
    return [plain(text) for text in [*texts, "Date", "Time", "Place", "UK time"] if plain(text)]


def test_the_leaflet_of_the_test_has_every_kind_of_block(every: Path) -> None:
    assert {block.kind for block in Project(every).leaflets["every"].blocks} == set(WRITTEN) == set(all_kinds()) - {"people"}


def test_every_message_of_every_kind_stands_on_paper(every: Path) -> None:
    for site in ("", "_example_DRAFT"):
        path = every / "output" / "every" / f"every_en_a5{site}.pdf"
        text = pdf_text(path)
        own = {printed_value(fact) for fact in Project(every).site("example").facts.values()} if site else set()
        shared = {plain(printed_value(Project(every).facts[name])) for name in ("campaign_phone", "meeting_place")} if site else set()
        assert [run for run in {*wanted(every), *own} - shared if run not in text and squash(run) not in squash(text)] == []


@pytest.mark.parametrize("name", ["index.html", "leaflet.txt", "wrong/index.html"])
def test_every_message_of_every_kind_stands_on_the_website(every: Path, name: str) -> None:
    text = (every / "output" / "site" / "every" / "en" / name).read_text("utf-8")
    words = plain(Words(text).found)

    assert [run for run in wanted(every) if run not in words] == []


def test_a_kind_that_a_template_does_not_know_is_refused_by_name() -> None:
    with pytest.raises(LeafletsError, match="a block of table"):
        unknown_kind(BlockPart("table"))


def refused_kinds(root: Path) -> list[str]:
    """Build the leaflet of every kind and return what the template does not know."""
    report = build_editions(Project(root), BuildRequest(("every",), ("en",), ("a5",)), 1)
    problems = [problem for outcome in report.outcomes for problem in outcome.record.problems]
    return [problem.what for problem in problems if problem.code == "block-kind"]


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_theme_that_cannot_draw_a_kind_prints_nothing_rather_than_less(every: Path, tmp_path: Path, kind: str) -> None:
    root = copy_campaign(tmp_path / "campaign", every)
    path = root / "templates" / "community" / f"block-{kind}.html"
    path.write_text("{% macro paper(block) %}{{ unknown_kind(block) }}{% endmacro %}", "utf-8")

    assert bool(refused_kinds(root)) == (kind != "lead")  # the opening of a page is no block of the template


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_older_theme_without_a_kind_prints_nothing_rather_than_less(every: Path, tmp_path: Path, kind: str) -> None:
    root = copy_campaign(tmp_path / "campaign", every)
    text = (OLDER / "leaflet.html").read_text("utf-8").replace(f'block.kind == "{kind}"', 'block.kind == "other"')
    (root / "templates" / "community" / "leaflet.html").write_text(text, "utf-8")

    assert bool(refused_kinds(root)) == (kind != "lead")


def test_an_older_theme_prints_the_same_bytes(every: Path, tmp_path: Path) -> None:
    root = copy_campaign(tmp_path / "campaign", every)
    shutil.copy(OLDER / "leaflet.html", root / "templates" / "community" / "leaflet.html")
    shutil.copy(OLDER / "parts.html", root / "templates" / "site" / "parts.html")
    for path in (root / "templates").rglob("block-*.html"):
        path.unlink()
    sign_source(root)  # organisers sign their theme, too

    assert refused_kinds(root) == []
    publish_at(root)

    assert (root / "output/every/every_en_a5.pdf").read_bytes() == (every / "output/every/every_en_a5.pdf").read_bytes()
    pages = [(folder / "output/site/every/en/index.html").read_text("utf-8") for folder in (root, every)]
    leaflets = [page.partition("<article>")[2].partition("</article>")[0] for page in pages]
    assert "The second dot." in leaflets[0]
    assert leaflets[0] == leaflets[1]


def test_a_theme_without_templates_for_blocks_uses_the_shipped_ones(every: Path, tmp_path: Path) -> None:
    root = copy_campaign(tmp_path / "campaign", every)
    for path in (root / "templates").rglob("block-*.html"):
        path.unlink()
    sign_source(root)  # organisers sign their theme, too

    assert refused_kinds(root) == []
    assert (root / "output/every/every_en_a5.pdf").read_bytes() == (every / "output/every/every_en_a5.pdf").read_bytes()


def test_every_kind_is_called_as_its_module_and_has_a_template() -> None:
    for name, kind in all_kinds().items():
        assert kind.name == name
        assert (shipped_templates("community") / f"block-{name}.html").is_file()


def test_where_people_live_stands_on_the_papers_of_their_site_alone(every: Path) -> None:
    for sheet in ("a5", "wallet"):
        own, shared = (next((every / "output" / "every").glob(f"every_en_{sheet}{site}.pdf")) for site in ("_example_DRAFT", ""))
        assert squash(HOTEL) in squash(pdf_text(own))
        assert "Example Hotel" not in pdf_text(shared)
        assert "We are at:" in pdf_text(shared)
    assert b"Example Hotel" not in b"".join(path.read_bytes() for path in (every / "output" / "site").rglob("*.*") if path.suffix != ".pdf")
    assert "Example Hotel" not in (every / "sites" / "editions.jsonl").read_text("utf-8")
    assert "Example Hotel" not in (every / "output" / manifest.MANIFEST_FILE).read_text("utf-8")


def test_a_place_that_changed_destroys_its_papers_by_a_hidden_key(every: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(every, tmp_path / "campaign"))
    before = [record for record in RecallJudge(Project(root)).records if record.site and record.sheet == "a5"]
    path = root / "sites" / "example.yaml"
    path.write_text(path.read_text("utf-8").replace(HOTEL, "The Other Hotel"), "utf-8")

    assert [record.facts[RESIDENCE] for record in before] != [Snapshot(Project(root), "example").fact_keys[RESIDENCE]]
    (verdict,) = [RecallJudge(Project(root)).verdict(record) for record in before]
    assert (verdict.disposition, [reason.name for reason in verdict.reasons]) == ("destroy", [RESIDENCE])


def test_nobody_can_print_a_place_for_everybody(every: Path, tmp_path: Path) -> None:
    root = copy_campaign(tmp_path / "campaign", every)
    path = root / "leaflets" / "facts.yaml"
    block = f"{RESIDENCE}:\n  kind: address\n  value: {HOTEL}\n  source: us\n  verified: 2026-11-22\n"
    path.write_text(path.read_text("utf-8") + block, "utf-8")

    with pytest.raises(LeafletsError, match="fact-residence"):
        _ = Project(root).facts


@pytest.mark.parametrize("line", ["kind: phone", "label: We live at"])
def test_a_place_is_an_address_without_a_label(every: Path, tmp_path: Path, line: str) -> None:
    root = copy_campaign(tmp_path / "campaign", every)
    kind, value = ("phone", '"999"') if "phone" in line else ("address", HOTEL)
    label = f"\n    {line}" if "label" in line else ""
    fact = f"facts:\n  {RESIDENCE}:\n    kind: {kind}\n    value: {value}{label}\n    source: us\n    verified: 2026-11-22\n"
    (root / "sites" / "house.yaml").write_text(fact, "utf-8")

    with pytest.raises(LeafletsError, match="site-kind" if "phone" in line else "site-label"):
        Project(root).site("house")


def test_a_place_is_no_unknown_fact_but_in_a_sentence_it_is(every: Path, tmp_path: Path) -> None:
    root = copy_campaign(tmp_path / "campaign", every)
    today = Snapshot(Project(root)).today
    assert [
        problem.line() for problem in check_campaign(Project(root), today, ("en",)) if problem.code in ("fact-unknown", "site-fact")
    ] == []
    path = root / "leaflets" / "every.yaml"
    path.write_text(path.read_text("utf-8").replace("Plain words call", "We live at {residence}. Call"), "utf-8")

    assert [problem.code for problem in check_campaign(Project(root), today, ("en",)) if problem.code == "fact-unknown"] == ["fact-unknown"]
