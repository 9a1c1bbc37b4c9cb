"""What is said of a code: that this computer does not know it, never anything about another paper; and which sentence is meant."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.base.digests import source_key, wording_key
from generator.campaign.project import Project
from generator.editions import record as editions_record
from generator.review import ledger
from generator.review.printing import Printing
from generator.review.snapshot import Snapshot

Run = Callable[..., tuple[int, str, str]]
CODE = "AR-P5PR7"
EMPTY = ("look", "EN-P5PR6"), ("report", "EN-P5PR6"), ("recall", "--leaflet", "not-alone")


@pytest.fixture
def root(small: Path, tmp_path: Path) -> Path:
    """Give a campaign with the record of one Arabic page: its sentences as they are, one in a box, one that changed, one that is gone."""
    root = Path(shutil.copytree(small, tmp_path / "campaign"))
    texts = Snapshot(Project(root)).texts("ar", "not-alone")
    held = {name: wording_key("ar", name, text.message.msgid, text.msgstr) for name, text in texts.items()}
    held |= {"safe": wording_key("ar", "safe", texts["safe"].message.msgid, ""), "say": "0" * 20, "gone": "1" * 20}
    sentences = {f"not-alone/{name}": key for name, key in held.items()}
    english = {f"not-alone/{name}": source_key(name, text.message.msgid) for name, text in texts.items()}
    record = Printing(CODE, "not-alone", "ar", "a5", "", "draft", "2026-11-23", "2026-11-22", sentences, {}, "f" * 64, english)
    (root / "output").mkdir(exist_ok=True)
    editions_record.append_printing(Project(root), record)
    return root


def listed(out: str) -> dict[str, str]:
    """Return what the list of sentences says, by number."""
    lines = [line.strip().split("  ", 1) for line in out.splitlines() if line.strip()[:1].isdigit()]
    return {line[0]: line[1] for line in lines}


@pytest.mark.parametrize("typed", ["AR-P5PR6", "EN-00000", "AR-P5PR", "nonsense"])
def test_an_unknown_code_is_unknown_to_this_computer_and_no_other_is_offered(root: Path, leaflets_command: Run, typed: str) -> None:
    code, out, err = leaflets_command("look", typed, cwd=root)

    assert (code, out) == (2, "")
    assert f"this computer does not know the code {typed!r}" in err
    assert CODE not in err
    assert "did you mean" not in err
    assert "was printed here" not in err


def test_a_draft_is_called_a_draft_first(root: Path, leaflets_command: Run) -> None:
    assert "still right" not in leaflets_command("look", CODE, cwd=root)[1].splitlines()[0]


def test_a_page_that_was_printed_to_be_kept_is_known(root: Path, leaflets_command: Run) -> None:
    before = leaflets_command("look", CODE, cwd=root)
    (root / "output" / "archive").mkdir()
    (root / "leaflets" / "editions.jsonl").rename(root / "output" / "archive" / "editions.jsonl")

    assert leaflets_command("look", CODE, cwd=root) == before
    assert CODE in before[1]


def test_the_code_of_a_sentence_is_told_from_that_of_a_page(root: Path, leaflets_command: Run) -> None:
    assert "leaflets report" in leaflets_command("look", "2880-JZJC", cwd=root)[2]


@pytest.mark.parametrize("command", EMPTY, ids=" ".join)
def test_a_folder_that_is_no_campaign_says_so(tmp_path: Path, leaflets_command: Run, command: tuple[str, ...]) -> None:
    code, _, err = leaflets_command(*command, cwd=tmp_path)

    assert (code, "[no-campaign]" in err) == (2, True)


def test_the_sentences_of_a_page_are_listed_by_number(root: Path, leaflets_command: Run) -> None:
    code, out, err = leaflets_command("report", CODE.lower(), cwd=root)
    texts = Snapshot(Project(root)).texts("ar", "not-alone")

    lines = listed(out)
    assert code == 0
    assert next(iter(lines.values())) == texts["title"].msgstr
    assert len(lines) == len(texts) + 1
    assert texts["safe"].message.msgid in lines.values()
    assert [text for text in lines.values() if text.endswith("(says something else since)")] != []
    assert [text for text in lines.values() if text.startswith("not-alone/gone")] != []
    assert f"Next: leaflets report {CODE.lower()} --sentence N --says" in err


def test_a_sentence_is_reported_by_its_number_on_a_page(root: Path, leaflets_command: Run) -> None:
    text = Snapshot(Project(root)).texts("ar", "not-alone")["welcome"]
    number = next(number for number, shown in listed(leaflets_command("report", CODE, cwd=root)[1]).items() if shown == text.msgstr)

    unsaid = leaflets_command("report", CODE, "--says", "a word is missing", "--as", "r2", cwd=root)
    assert not [event for event in ledger.read_ledger(Project(root).ledger("ar")) if event.action == "doubt"]
    said = leaflets_command("report", CODE, "--sentence", number, "--says", "a word is missing", "--as", "r2", cwd=root)

    doubts = [event for event in ledger.read_ledger(Project(root).ledger("ar")) if event.action == "doubt"]
    assert (unsaid[0], f"leaflets report {CODE} --sentence N" in unsaid[2]) == (2, True)
    assert (said[0], CODE in said[1]) == (0, True)
    assert [event.key for event in doubts] == [wording_key("ar", "welcome", text.message.msgid, text.msgstr)]


def test_a_sentence_in_a_box_is_one_of_the_source_language(root: Path, leaflets_command: Run) -> None:
    code, _, err = leaflets_command("report", CODE, "--sentence", "not-alone/safe", "--says", "a word is missing", "--as", "r2", cwd=root)

    assert (code, "correct the English" in err) == (0, True)
    said = [event for event in ledger.read_ledger(Project(root).ledger("en")) if event.who == "r2"]
    assert [event.action for event in said] == ["doubt"]


@pytest.mark.parametrize(("wanted", "exit_code"), [("not-alone/say", 1), ("not-alone/gone", 1), ("99", 2), ("no such", 2)])
def test_what_the_page_does_not_say_today_is_not_reported(root: Path, leaflets_command: Run, wanted: str, exit_code: int) -> None:
    code, _, err = leaflets_command("report", CODE, "--sentence", wanted, "--says", "a word is missing", "--as", "r2", cwd=root)

    assert (code, "leaflets " in err) == (exit_code, True)
    assert not [event for event in ledger.read_ledger(Project(root).ledger("ar")) if event.action == "doubt"]
