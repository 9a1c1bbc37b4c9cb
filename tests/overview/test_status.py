"""Status never merges two numbers: what is translated, by whomever, and what people have read and signed."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.change import reading_seconds
from generator.cli.commands import status as cli
from generator.model import State
from generator.overview.chart import status_markdown, svg
from generator.overview.status import campaign_status
from generator.review import ledger
from generator.review.counts import SentenceCount, sum_by_language
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.source_states import source_messages
from tests.conftest import TIER_ONE, copy_campaign, sign_source
from tests.support.remembered import take_for_true

ANNA, BILAL = "r41", "r42"
"""Reader codes of nobody: they say themselves that they are examples."""
SVG = "{http://www.w3.org/2000/svg}"
KEYS = {"leaflet", "language", "total", "missing", "stale", "draft", "read", "ready", "translated", "minutes"}

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Give a campaign in four languages with French in every state: missing, stale, draft, read, ready."""
    campaign = copy_campaign(tmp_path / "campaign", languages=("en", "ar", "fr", "vi"))
    french = Project(campaign).catalogue("fr", "not-alone")
    edit(french, 'msgstr "Comment nous joindre"', 'msgstr ""')
    edit(campaign / "leaflets" / "not-alone.yaml", "What we can do", "What you must do")
    extract_messages(Project(campaign))
    for msgctxt, people in (("welcome", [ANNA]), ("title", [ANNA]), ("safe", [ANNA]), ("free", [ANNA, BILAL])):
        approve(campaign, msgctxt, *people)
    extract_messages(Project(campaign))
    return campaign


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def approve(campaign: Path, msgctxt: str, *people: str) -> None:
    project = Project(campaign)
    (entry,) = [found for found in pofile.read_catalogue(project.catalogue("fr", "not-alone")) if found.msgctxt == msgctxt]
    key = wording_key("fr", msgctxt, entry.msgid, entry.msgstr)
    ledger.append_events(project.ledger("fr"), [LedgerEvent(key, "approve", who, "2026-11-23") for who in people])


def rows(command: Command, campaign: Path, *arguments: str) -> list[dict[str, object]]:
    code, out, _ = command("status", "--json", *arguments, cwd=campaign)
    assert code == 0
    found: list[dict[str, object]] = json.loads(out)["catalogues"]
    return found


def test_json_has_the_promised_keys_and_counts_every_state(mixed: Path, leaflets_command: Command) -> None:
    (row,) = rows(leaflets_command, mixed, "not-alone", "-l", "fr")
    assert set(row) >= KEYS
    total = len(Project(mixed).leaflets["not-alone"].messages)
    assert {key: row[key] for key in KEYS - {"minutes"}} == {
        "leaflet": "not-alone",
        "language": "fr",
        "total": total,
        "missing": 1,
        "stale": 1,
        "draft": total - 6,
        "read": 1,
        "ready": 3,
        "translated": total - 1,
    }


def test_minutes_are_those_of_the_people_who_are_still_needed(mixed: Path, leaflets_command: Command) -> None:
    """Nothing for a ready sentence, two people for a safety sentence that nobody has read, one more where one has."""
    (row,) = rows(leaflets_command, mixed, "not-alone", "-l", "fr")
    ready = {"welcome", "title", "free"}
    messages = [message for message in Project(mixed).leaflets["not-alone"].messages if message.msgctxt not in ready]
    messages += [message for message in messages if message.msgctxt == "private"]
    assert row["minutes"] == round(sum(reading_seconds(message.msgid) for message in messages) / 60, 1)
    approve(mixed, "safe", BILAL)
    (less,) = rows(leaflets_command, mixed, "not-alone", "-l", "fr")
    safe = next(message for message in messages if message.msgctxt == "safe")
    assert less["minutes"] == round(sum(reading_seconds(message.msgid) for message in messages if message is not safe) / 60, 1)


def test_every_catalogue_has_one_row_and_its_states_add_up(campaign: Path, leaflets_command: Command) -> None:
    project = Project(campaign)
    found = rows(leaflets_command, campaign)
    assert Counter((row["leaflet"], row["language"]) for row in found) == Counter(
        [*((domain, code) for domain in project.leaflet_domains for code in TIER_ONE), ("campaign", "en")]
    )
    for row in found:
        numbers = {key: int(str(row[key])) for key in KEYS - {"leaflet", "language", "minutes"}}
        assert sum(numbers[state] for state in ("missing", "stale", "draft", "read", "ready")) == numbers["total"]
        assert numbers["translated"] == numbers["total"] - numbers["missing"]
        domain = str(row["leaflet"])
        assert numbers["total"] == len(source_messages(project, domain) if row["language"] == "en" else project.domain(domain))


def test_json_names_the_state_of_every_fact(campaign: Path, leaflets_command: Command) -> None:
    (campaign / "leaflets" / "reviews.jsonl").unlink()
    take_for_true(campaign)
    _, out, _ = leaflets_command("status", "-l", "fr", "--json", cwd=campaign)
    assert json.loads(out)["facts"] == [{"name": name, "state": "draft"} for name in Project(campaign).facts]


def test_table_shows_two_numbers_a_language(mixed: Path, leaflets_command: Command) -> None:
    code, out, err = leaflets_command("status", cwd=mixed)
    lines = out.splitlines()
    counts = {one.language: one for one in sum_by_language(campaign_status(Project(mixed)).counts)}
    assert (code, lines[0].split()) == (0, ["language", "translated", "ready", "to", "read"])
    assert [line.split()[0] for line in lines[1:]] == ["Arabic", "English", "French", "Vietnamese", "facts"]
    french = counts["fr"]
    line = lines[3]
    assert (
        line.index(f"{french.translated} of {french.total}") < line.index(f"3 of {french.total}"),
        "1 changed in the source" in line,
    ) == (
        True,
        True,
    )
    assert f"{round(french.seconds / 60)} min" in line
    assert f"0 of {counts['ar'].total}" in lines[1]
    assert err.splitlines()[-1].startswith("Next: leaflets sign")


def test_table_of_a_language_has_a_line_a_leaflet(mixed: Path, leaflets_command: Command) -> None:
    _, out, _ = leaflets_command("status", "-l", "fr", cwd=mixed)
    lines = out.splitlines()
    assert lines[0].split()[:2] == ["language", "leaflet"]
    assert [line[25:].split()[0] for line in lines[1:-1]] == sorted(Project(mixed).leaflet_domains)
    (line,) = [line for line in lines if " not-alone " in line]
    total = len(Project(mixed).leaflets["not-alone"].messages)
    assert (f"{total - 1} of {total}" in line, f"3 of {total}" in line) == (True, True)


@pytest.mark.parametrize("arguments", [("-l", "fx"), ("not-alon",), ("-l", "fr", "nothing")])
def test_unknown_names_are_wrong_use_with_near_ones(campaign: Path, leaflets_command: Command, arguments: tuple[str, ...]) -> None:
    code, out, err = leaflets_command("status", *arguments, cwd=campaign)
    assert (code, out, "→" in err) == (2, "", True)


def test_markdown_is_a_table_with_both_numbers(mixed: Path, leaflets_command: Command) -> None:
    code, out, _ = leaflets_command("status", "--markdown", cwd=mixed)
    lines = out.splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    counts = {one.language: one for one in sum_by_language(campaign_status(Project(mixed)).counts)}
    known = Project(mixed).languages
    assert (code, {len(row) for row in cells[2:]}) == (0, {4})
    assert [row[0] for row in cells[2:]] == [f"{known[code].english} · {known[code].endonym}" for code in ("ar", "fr", "vi")]
    one = counts["fr"]
    assert cells[3][1:] == [f"{one.translated} of {one.total}", f"3 of {one.total}", "1"]
    assert cells[2][2] == f"0 of {counts['ar'].total}"


def test_markdown_of_a_name_with_a_bar_keeps_its_cells() -> None:
    one = SentenceCount("a", "xx", Counter([State.MISSING, State.DRAFT]))
    assert status_markdown([one], {"xx": "A|B"}).splitlines()[2] == "| A\\|B | 1 of 2 | 0 of 2 |  |"


def chart(folder: Path, command: Command, *arguments: str) -> ET.Element:
    code, _, err = command("status", "--chart", "status.svg", *arguments, cwd=folder)
    assert (code, "drawn: status.svg" in err) == (0, True)
    return ET.fromstring((folder / "status.svg").read_text("utf-8"))  # noqa: S314 - our own file


def test_chart_is_well_formed_and_names_every_language_and_leaflet(campaign: Path, leaflets_command: Command) -> None:
    root = chart(campaign, leaflets_command)
    project = Project(campaign)
    assert (root.tag, root[0].tag, root[0].text) == (
        f"{SVG}svg",
        f"{SVG}title",
        "Leaflets by language: how much is translated, how much is ready",
    )
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    for code in TIER_ONE:
        named = [text for text in texts if project.languages[code].english in text and project.languages[code].endonym in text]
        assert bool(named) == (code != "en"), code
    assert set(project.leaflet_domains) <= set(texts)
    assert len(list(root.iter(f"{SVG}g"))) == 20 * len(project.leaflet_domains)


def test_chart_draws_two_bars_for_two_numbers(mixed: Path, leaflets_command: Command) -> None:
    root = chart(mixed, leaflets_command, "not-alone", "-l", "fr")
    (cell,) = root.iter(f"{SVG}g")
    total = len(Project(mixed).leaflets["not-alone"].messages)
    assert cell[0].text == f"not-alone: {total - 1} translated, 3 ready, of {total}"
    widths = {bar.get("class"): float(bar.get("width", "")) for bar in cell.iter(f"{SVG}rect") if bar.get("class") != "b"}
    full = next(float(bar.get("width", "")) for bar in cell.iter(f"{SVG}rect") if bar.get("class") == "b")
    assert widths == {"t": pytest.approx(full * (total - 1) / total, abs=0.1), "r": pytest.approx(full * 3 / total, abs=0.1)}


def test_chart_keeps_inside_its_picture_and_escapes_names() -> None:
    states = Counter([State.MISSING, State.DRAFT, State.DRAFT, State.READY])
    counts = [SentenceCount(leaflet, language, states) for language in ("xx", "yy") for leaflet in ("a<b", "c&d")]
    root = ET.fromstring(svg(counts, {"xx": 'X "<&>', "yy": "Y"}))  # noqa: S314 - our own text
    width, height = (float(root.get(name, "")) for name in ("width", "height"))
    assert root.get("viewBox") == f"0 0 {width:.0f} {height:.0f}"
    for bar in root.iter(f"{SVG}rect"):
        x, y, long, high = (float(bar.get(name, "")) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + long <= width
        assert 0 <= y <= y + high <= height
    assert {"a<b", "c&d", 'X "<&>'} <= {text.text for text in root.iter(f"{SVG}text")}


def test_names_of_languages_are_not_covered_by_the_bars(campaign: Path, leaflets_command: Command) -> None:
    """At 12 px a letter is 5.5 px wide or more; the longest name ends before the first bar."""
    root = chart(campaign, leaflets_command)
    left = min(float(bar.get("x", "")) for bar in root.iter(f"{SVG}rect") if bar.get("class") == "b")
    names = [text.text or "" for text in root.iter(f"{SVG}text") if text.get("x") == "0"]
    assert len(names) == 20
    assert max(len(name) for name in names) * 5.5 <= left, max(names, key=len)


class Terminal(io.TextIOWrapper):
    """A terminal that somebody looks at, in an encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, write_through=True)

    def isatty(self) -> bool:
        """Say yes."""
        return True


@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_no_color_is_heeded(mixed: Path, monkeypatch: pytest.MonkeyPatch, no_colour: str, coloured: bool) -> None:
    terminal = Terminal("utf-8")
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setattr(sys, "stdout", terminal)
    cli._table(campaign_status(Project(mixed), ["fr"]), True, Project(mixed).languages)
    out = terminal.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert ("\x1b[" in out) is coloured
    assert "3 of " in out


@pytest.mark.parametrize(("encoding", "full"), [("utf-8", "█"), ("ascii", "#"), ("latin-1", "#"), ("cp1252", "#")])
def test_bars_are_ascii_where_the_terminal_knows_no_others(mixed: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, full: str) -> None:
    terminal = Terminal(encoding)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", terminal)
    cli._table(campaign_status(Project(mixed), ["fr"]), True, Project(mixed).languages)
    out = terminal.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]
    assert full * 8 in out
    assert encoding == "utf-8" or out.isascii()


@pytest.mark.parametrize(("part", "total", "bar"), [(0, 0, "··········"), (0, 9, "··········"), (8, 9, "████████··"), (9, 9, "██████████")])
def test_bar_is_full_only_when_everything_is_done(monkeypatch: pytest.MonkeyPatch, part: int, total: int, bar: str) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal("utf-8"))
    assert cli._bar(part, total) == f"{bar} {part} of {total}".ljust(26)
    assert len(cli._bar(part, total)) == 26


def test_next_step_follows_the_work(mixed: Path) -> None:
    project = Project(mixed)
    assert campaign_status(project).next_step == "leaflets sign en not-alone --as YOUR-CODE"  # its English changed, so it comes first
    sign_source(mixed)
    project = Project(mixed)
    assert campaign_status(project).next_step == "leaflets sign ar not-alone --as YOUR-CODE"
    assert campaign_status(project, ["ar"], ["phone-tree"]).next_step == "leaflets sign ar phone-tree --as YOUR-CODE"


def test_the_source_is_signed_before_its_translations(mixed: Path) -> None:
    """Readers of a source that changes once more read for nothing; a leaflet that is not asked for does not hold them up."""
    edit(mixed / "leaflets" / "not-alone.yaml", "We are your neighbours.", "We are the people next door.")
    extract_messages(Project(mixed))
    project = Project(mixed)
    assert campaign_status(project).next_step == "leaflets sign en not-alone --as YOUR-CODE"
    assert campaign_status(project, ["ar"], ["phone-tree"]).next_step == "leaflets sign ar phone-tree --as YOUR-CODE"


def test_after_extract_the_next_step_is_to_sign_what_changed(mixed: Path) -> None:
    """Extract was run and changes nothing any more: to name it again leads nowhere."""
    assert extract_messages(Project(mixed)).written == ()
    assert campaign_status(Project(mixed)).next_step != "leaflets extract"


def test_next_step_for_facts_and_for_a_finished_campaign(mixed: Path) -> None:
    project = Project(mixed)
    texts = Snapshot(project).texts("fr", "phone-tree")
    keys = [wording_key("fr", name, text.message.msgid, text.msgstr) for name, text in texts.items()]
    ledger.append_events(project.ledger("fr"), [LedgerEvent(key, "approve", who, "2026-11-23") for key in keys for who in (ANNA, BILAL)])
    facts = mixed / "leaflets" / "reviews.jsonl"
    facts.unlink()
    take_for_true(mixed)
    assert campaign_status(Project(mixed), ["fr"], ["phone-tree"]).next_step == "leaflets sign fr shared --as YOUR-CODE"
    labels = Snapshot(project).texts("fr", "shared")
    keys = [wording_key("fr", name, text.message.msgid, text.msgstr) for name, text in labels.items()]
    ledger.append_events(project.ledger("fr"), [LedgerEvent(key, "approve", who, "2026-11-23") for key in keys for who in (ANNA, BILAL)])
    assert campaign_status(Project(mixed), ["fr"], ["phone-tree"]).next_step == "leaflets sign facts --as YOUR-CODE"
    from generator.campaign.facts import fact_key

    keys = [fact_key(fact) for fact in project.facts.values()]
    ledger.append_events(project.fact_ledger(), [LedgerEvent(key, "approve", who, "2026-11-23") for key in keys for who in (ANNA, BILAL)])
    report = campaign_status(Project(mixed), ["fr"], ["phone-tree"])
    assert (report.next_step, set(report.facts.values())) == ("leaflets build", {State.READY})


def test_english_that_was_never_extracted_comes_first(mixed: Path) -> None:
    path = mixed / "leaflets" / "not-alone.yaml"
    path.write_text(path.read_text("utf-8").replace("We are your neighbours.", "We are the people next door."), "utf-8")
    assert campaign_status(Project(mixed)).next_step == "leaflets extract"
