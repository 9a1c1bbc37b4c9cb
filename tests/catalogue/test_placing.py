"""Catalogues of others: a text without our msgctxt finds its sentence by reference or exact words, or stops the extraction unharmed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.catalogue.placing import FoundBy, PlacedCatalogue, StrayReason, place_entries, placing_problems
from generator.model import Message, State
from generator.overview.check import check_campaign
from generator.problem import errors_among
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerEvent
from generator.review.merge import merge_catalogue
from generator.review.snapshot import Snapshot
from tests.conftest import copy_campaign

BIN = Path(sys.executable).parent
MESSAGES = [
    Message("title", "You are not alone"),
    Message("safe", "Do not open the door."),
    Message("steps.1", "Call us"),
    Message("steps.2", "Call us"),
    Message("who", "It's “free” – for all."),
]
HISTORY = {
    "door": {"title": ("You are not alone",), "safe": ("Do not open the door.", "Keep the door shut."), "gone": ("Sing with us.",)},
    "food": {"title": ("Food that helps",), "eat": ("Eat with us.",)},
}


def placed(*entries: Entry, known: Callable[[Entry], bool] = lambda entry: False) -> PlacedCatalogue:
    """Place entries in the leaflet `door`."""
    return place_entries(entries, MESSAGES, "door", HISTORY, known)


def ids(found: PlacedCatalogue) -> list[tuple[str, str]]:
    return [(entry.msgctxt, entry.msgstr) for entry in found.entries if not entry.obsolete]


def why(found: PlacedCatalogue) -> list[tuple[StrayReason, str]]:
    return [(reason, name) for _, reason, name in found.strays]


def text(msgid: str, msgctxt: str = "", reference: str = "", **more: object) -> Entry:
    """Return an entry of somebody else's."""
    return Entry(msgid, f"[{msgid}]", msgctxt, references=(reference,) if reference else (), **more)  # type: ignore[arg-type]


def test_a_reference_finds_its_sentence_even_among_two_that_say_the_same() -> None:
    found = placed(text("Call us", reference="door:steps.2"), text("Do not open the door.", reference="src/a.c:7 door:safe"))
    assert ids(found) == [("steps.2", "[Call us]"), ("safe", "[Do not open the door.]")]
    assert (found.found, found.strays) == ({FoundBy.REFERENCE: 2}, ())


def test_a_text_that_a_tool_put_together_goes_to_all_its_sentences() -> None:
    assert ids(placed(text("Call us", reference="door:steps.1 door:steps.2"))) == [("steps.1", "[Call us]"), ("steps.2", "[Call us]")]


def test_exact_words_find_the_one_sentence_that_says_them() -> None:
    found = placed(text("Do not open the door."))
    assert (ids(found), found.found) == ([("safe", "[Do not open the door.]")], {FoundBy.WORDS: 1})


def test_an_older_wording_finds_its_sentence_and_becomes_a_stale_text() -> None:
    found = placed(text("Keep the door shut."))
    (entry,) = [entry for entry in merge_catalogue(MESSAGES, found.entries, "door") if entry.msgctxt == "safe"]
    assert (entry.msgid, entry.previous, entry.msgstr) == ("Do not open the door.", "Keep the door shut.", "[Keep the door shut.]")


def test_an_older_wording_under_our_id_goes_todays_way() -> None:
    assert why(placed(text("Keep the door shut.", "safe"), text("Words of a branch that nobody remembers", "title"))) == []


def test_a_removed_sentence_is_retired_as_ever() -> None:
    entries = placed(text("Sing with us.", "gone"), text("Sing with us.", reference="door:gone")).entries
    assert [(entry.msgctxt, entry.obsolete) for entry in merge_catalogue(MESSAGES, entries, "door") if entry.msgid == "Sing with us."] == [
        ("gone", True)
    ]


def test_a_reference_counts_only_with_words_that_its_sentence_had() -> None:
    """A reference of the day before yesterday must not put a text under another sentence."""
    assert why(placed(text("Open the door.", reference="door:safe"))) == [(StrayReason.UNKNOWN, "")]


def test_an_empty_entry_gives_its_place_and_is_no_stray() -> None:
    found = placed(Entry("Do not open the door.", "", "safe"), text("Do not open the door."), Entry("Whatever"))
    assert [pair for pair in ids(found) if pair[0]] == [("safe", "[Do not open the door.]")]
    assert found.strays == ()


def test_the_same_text_twice_is_one() -> None:
    found = placed(text("Do not open the door.", "safe"), text("Do not open the door."))
    assert (ids(found), found.strays) == ([("safe", "[Do not open the door.]")], ())


STRAYS = {
    "words that stand twice": (text("Call us"), StrayReason.OFTEN, ""),
    "no-break space": (text("Do not\u00a0open the door."), StrayReason.ALIKE, ""),
    "two spaces": (text("Do not open  the door."), StrayReason.ALIKE, ""),
    "a space at the end": (text("Do not open the door. "), StrayReason.ALIKE, ""),
    "other quotes": (text('It’s "free" – for all.'), StrayReason.ALIKE, ""),
    "another dash": (text("It's “free” - for all."), StrayReason.ALIKE, ""),
    "nearly the same words": (text("Do not open the doors."), StrayReason.UNKNOWN, ""),
    "another separator": (text("Call us", "steps/2"), StrayReason.FOREIGN, ""),
    "the leaflet before the id": (text("Do not open the door.", "door.safe"), StrayReason.FOREIGN, ""),
    "another prefix": (text("Do not open the door.", "door:safe"), StrayReason.FOREIGN, ""),
    "the whole msgid as msgctxt": (text("Do not open the door.", "Do not open the door."), StrayReason.FOREIGN, ""),
    "another leaflet's words": (text("Eat with us."), StrayReason.ELSEWHERE, "food"),
    "another leaflet's id": (text("Eat with us.", "eat"), StrayReason.ELSEWHERE, "food"),
    "another leaflet's words under an id that all have": (text("Food that helps", "title"), StrayReason.ELSEWHERE, "food"),
    "another leaflet's reference": (text("Eat with us.", reference="food:eat"), StrayReason.ELSEWHERE, "food"),
    "a plural": (Entry("day", msgctxt="safe", plural=True, msgid_plural="days", forms=("jour", "jours")), StrayReason.PLURAL, ""),
}


@pytest.mark.parametrize("name", STRAYS)
def test_what_is_not_exact_is_told_and_never_guessed(name: str) -> None:
    entry, reason, leaflet = STRAYS[name]
    found = placed(entry)
    assert why(found) == [(reason, leaflet)]
    assert found.entries == [entry]
    (problem,) = placing_problems(found, "door")
    assert problem.what.startswith("1 of 1 texts ")
    assert "--retire" in problem.hint


def test_another_separator_with_our_reference_is_certain() -> None:
    assert ids(placed(text("Call us", "steps/2", "door:steps.2"))) == [("steps.2", "[Call us]")]


def test_a_second_text_for_a_sentence_is_told_and_the_newer_words_win() -> None:
    found = placed(text("Keep the door shut."), text("Do not open the door."))
    assert found.found == {FoundBy.WORDS: 1}
    assert [(entry.msgid, reason) for entry, reason, _ in found.strays] == [("Keep the door shut.", StrayReason.SECOND)]


def test_the_ledger_knows_a_sentence_of_a_campaign_without_history() -> None:
    entry = text("Long gone.", "old")
    assert why(placed(entry)) == [(StrayReason.FOREIGN, "")]
    assert why(placed(entry, known=lambda one: True)) == []


def test_a_text_that_was_retired_for_want_of_an_id_comes_back() -> None:
    found = placed(text("Do not open the door.", obsolete=True), text("Call us", obsolete=True), text("Eat with us.", obsolete=True))
    assert (ids(found), found.found, found.strays) == ([("safe", "[Do not open the door.]")], {FoundBy.OBSOLETE: 1}, ())


def test_of_two_retired_texts_the_one_for_these_words_comes_back() -> None:
    old = [text("Do not open the door.", "safe", obsolete=True), text("Keep the door shut.", "safe", obsolete=True)]
    for entries in (old, old[::-1]):
        merged = {entry.msgctxt: entry for entry in merge_catalogue(MESSAGES, entries, "door") if not entry.obsolete}
        assert (merged["safe"].msgstr, merged["safe"].previous) == ("[Do not open the door.]", "")


# in a campaign


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign in French, with Arabic beside it; each test puts the catalogue back."""
    root = copy_campaign(tmp_path_factory.mktemp("two") / "campaign")
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("languages: [en, ar,", "languages: [en, ar, fr]\n#", 1), "utf-8")
    extract_messages(Project(root))
    return root


@pytest.fixture
def catalogue(two: Path) -> Iterator[Path]:
    """Give the French catalogue, signed by two, as it is; afterwards it is put back."""
    path = Project(two).catalogue("fr", "not-alone")
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def states(root: Path) -> dict[str, State]:
    return {name: text.state for name, text in Snapshot(Project(root)).texts("fr", "not-alone").items()}


def without_ids(path: Path, references: bool = True) -> None:
    """Save a catalogue as a converter does, with polib: no msgctxt, and perhaps no references."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for entry in catalogue:
        entry.msgctxt = None
        if not references:
            entry.occurrences = []
    catalogue.save()


@pytest.mark.parametrize("references", [True, False])
def test_a_catalogue_without_ids_comes_back_with_all_texts_and_signatures(two: Path, catalogue: Path, references: bool) -> None:
    entry = next(entry for entry in pofile.read_catalogue(catalogue) if entry.msgctxt == "safe")
    key = wording_key("fr", "safe", entry.msgid, entry.msgstr)
    ledger.append_events(Project(two).ledger("fr"), [LedgerEvent(key, "approve", who, "2026-11-22") for who in ("r901", "r902")])
    extract_messages(Project(two))
    before, known = catalogue.read_bytes(), states(two)
    assert known["safe"] is State.READY
    without_ids(catalogue, references)

    report = extract_messages(Project(two))

    (problem,) = report.problems
    assert (problem.severity, problem.code) == ("warning", "po-place")
    assert f"{len(known)} texts" in problem.what
    assert (FoundBy.REFERENCE if references else FoundBy.WORDS) in problem.what
    assert states(two) == known
    assert catalogue.read_bytes().removeprefix(b"#\n") == before  # polib begins with an empty comment


def test_one_strange_text_leaves_the_file_untouched_and_the_command_fails(
    two: Path, catalogue: Path, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    count = len(states(two))
    without_ids(catalogue, references=False)
    catalogue.write_text(catalogue.read_text("utf-8").replace('msgid "You are not alone"', 'msgid "You are never alone"'), "utf-8")
    before = catalogue.read_bytes()
    code, said_, _ = leaflets_command("extract", cwd=two)
    assert (code, catalogue.read_bytes() == before) == (1, True)
    assert f"1 of {count} texts are for no sentence" in said_
    assert "not-alone.pot" in said_

    assert leaflets_command("extract", "--retire", cwd=two)[0] == 0

    retired = [entry.msgid for entry in pofile.read_catalogue(catalogue) if entry.obsolete and entry.msgid]
    assert retired == ["You are never alone"]
    assert leaflets_command("extract", cwd=two)[0] == 0


def test_check_says_the_same_and_changes_nothing(two: Path, catalogue: Path, shipped: Project) -> None:
    without_ids(catalogue)
    before = catalogue.read_bytes()
    found = [problem for problem in check_campaign(Project(two), Snapshot(Project(two)).today, ["fr"]) if problem.code == "po-place"]
    assert [(problem.severity, "leaflets extract" in problem.hint) for problem in found] == [("warning", True), ("error", True)]
    assert catalogue.read_bytes() == before


def test_nobody_takes_texts_without_ids_for_missing_ones(
    two: Path, catalogue: Path, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    """Before `extract` has run, a leaflet with such a file is not "not translated yet": reading it is refused."""
    count = len(states(two))
    without_ids(catalogue)
    for words in (("status",), ("sign", "fr", "not-alone", "--as", "r41"), ("build", "not-alone", "-l", "fr", "-s", "a5")):
        code, out, err = leaflets_command(*words, cwd=two)
        assert (f"{count} texts without msgctxt" in out + err, code) == (True, 1), words


def test_the_file_of_another_leaflet_is_named(two: Path, catalogue: Path) -> None:
    other = Project(two).catalogue("fr", "food-that-helps").read_bytes()
    catalogue.write_bytes(other)
    (problem,) = errors_among(extract_messages(Project(two)).problems)
    assert "belong to the leaflet food-that-helps" in problem.what
    assert "move it to food-that-helps.po" in problem.hint
    assert catalogue.read_bytes() == other


CONVERTERS = {
    "a spreadsheet": (("po2csv", "a.po", "a.csv"), ("csv2po", "a.csv", "b.po")),
    "XLIFF": (("po2xliff", "a.po", "a.xlf"), ("xliff2po", "a.xlf", "b.po")),
    "a template without ids": (("msgmerge", "-q", "a.po", "bare.pot", "-o", "b.po"),),
}
"""Ways through programs of others; each loses every msgctxt."""


@pytest.mark.tools
@pytest.mark.parametrize("name", CONVERTERS)
def test_what_comes_back_from_other_programs_finds_its_sentences(two: Path, catalogue: Path, tmp_path: Path, name: str) -> None:
    """translate-toolkit and GNU gettext are no code of ours."""
    known = states(two)
    (tmp_path / "a.po").write_bytes(catalogue.read_bytes())
    template = (two / "locales" / "not-alone.pot").read_text("utf-8")
    (tmp_path / "bare.pot").write_text("\n".join(line for line in template.split("\n") if not line.startswith("msgctxt")), "utf-8")
    for program, *words in CONVERTERS[name]:
        found = shutil.which(program, path=f"{BIN}:{os.environ['PATH']}")
        assert found, program
        done = subprocess.run([found, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    back = (tmp_path / "b.po").read_text("utf-8")
    assert "msgctxt" not in back.partition("#~")[0]
    catalogue.write_text(back, "utf-8")

    report = extract_messages(Project(two))

    assert [(problem.severity, f"{len(known)} texts" in problem.what) for problem in report.problems] == [("warning", True)]
    assert {place for place, state in states(two).items() if state is not State.MISSING} == known.keys()
