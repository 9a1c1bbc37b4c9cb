"""Keys as people meet them: two computers, one lost, one stolen, an organiser who leaves, a sheet of paper."""

from __future__ import annotations

import json
import re
import shutil
import stat
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from generator.campaign.facts import fact_key
from generator.problem import LeafletsError, refusal
from generator.review.fact_snapshot import FactSnapshot
from generator.review.ledger import append_events, read_ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.trust.memory import remember_heads
from generator.trust.readers_edge import campaign_registry
from generator.trust.taken_back import remember_taken
from tests.conftest import copy_campaign
from tests.trust.computers import LANGUAGE, SLUG, Computer

SPOKEN = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
NAMES = ("welcome", "title", "safe")


def computer(folder: Path, name: str) -> Computer:
    home = folder / name
    home.mkdir()
    return Computer(home)


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    """Give the computer on which the campaign began, to be copied."""
    found = computer(tmp_path_factory.mktemp("beginning"), "organiser")
    with found.here(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.conftest.RECOVERY_SHEET", "another-sheet.html")  # this one is read here
        copy_campaign(found.root, leaflets=(SLUG,), languages=("en", LANGUAGE))
    return found


@pytest.fixture
def organiser(tmp_path: Path, beginning: Computer) -> Computer:
    """Give that computer."""
    return Computer(Path(shutil.copytree(beginning.home, tmp_path / "organiser")))


@pytest.fixture
def reader(tmp_path: Path, organiser: Computer) -> Computer:
    """Give a reader's computer with a copy of it."""
    found = computer(tmp_path, "reader")
    found.take_from(organiser)
    return found


def letters(found: Computer) -> str:
    """Return what a computer's reader reads out."""
    return SPOKEN.findall(found.run("readers"))[-1]


def key_of(found: Computer) -> str:
    return str(json.loads(found.run("readers", "--json"))["this"]["key"])


def folder_name(found: Computer) -> str:
    """Return under which name a computer remembers its folder."""
    return sha256(str(found.root.resolve()).encode()).hexdigest()[:32]


def sheet_letters(found: Computer) -> str:
    """Return the groups that stand on the recovery sheet, line by line."""
    page = (found.root / "recovery-sheet.html").read_text("utf-8")
    return "\n".join(re.findall(r"<span>([0-9A-Z]{4})</span>", page)) + "\n"


def admitted(organiser: Computer, reader: Computer, who: str = "r17", name: str = "welcome") -> Computer:
    """Let a reader sign a sentence and be admitted; both computers know it."""
    reader.sign(who, name)
    organiser.take_from(reader)
    organiser.run("readers", "admit", who, letters(reader))
    reader.take_from(organiser)
    return reader


def test_a_reader_counts_once_an_organiser_heard_the_letters(organiser: Computer, reader: Computer) -> None:
    reader.sign("r17", "welcome")
    organiser.take_from(reader)
    assert organiser.signers("welcome") == set()
    waits = "Your answers count once an organiser has admitted this computer."
    said = reader.run("sign", LANGUAGE, SLUG, "--as", "r17", typed="q\n")
    assert waits in said
    assert f"as r17 read out: {letters(reader)}." in said
    facts = reader.run("sign", "facts", typed="q\n")
    assert waits in facts
    assert "must look each one up" not in facts
    assert [problem.code for problem in organiser.problems()] == ["reader-waits"]
    assert "Next: leaflets readers admit r17" in organiser.run("readers")

    organiser.run("readers", "admit", "r17", letters(reader).lower().replace("-", " ").replace("0", "o"))

    assert organiser.signers("welcome") == {"r17"}
    assert organiser.problems() == []
    reader.take_from(organiser)
    assert reader.signers("welcome") == {"r17"}
    assert "This computer signs for r17." in reader.run("readers")
    assert waits not in reader.run("sign", LANGUAGE, SLUG, "--as", "r17", typed="q\n")


@pytest.mark.parametrize(("given", "typed", "code"), [("AAAA-BBBB-CCCC", "", 1), ("", "n\n", 1), ("", "\n", 130)])
def test_nobody_is_admitted_without_the_right_letters(organiser: Computer, reader: Computer, given: str, typed: str, code: int) -> None:
    reader.sign("r17", "welcome")
    organiser.take_from(reader)

    said = organiser.run("readers", "admit", "r17", *filter(None, [given]), typed=typed, code=code)

    assert ("[spoken-other]" in said) == bool(given)
    assert organiser.signers("welcome") == set()


def test_two_computers_that_ask_under_one_code_are_told_apart(tmp_path: Path, organiser: Computer, reader: Computer) -> None:
    """Whoever asks in a reader's name has other letters than the reader reads out."""
    reader.sign("r17", "welcome")
    organiser.take_from(reader)
    thief = computer(tmp_path, "thief")
    thief.take_from(organiser)
    thief.sign("r17", "title")
    organiser.take_from(thief)

    said = organiser.run("readers", "admit", "r17", typed="y\n")

    assert "2 computers ask" in said
    assert letters(reader) in said
    assert organiser.signers("welcome") == {"r17"}
    assert organiser.signers("title") == set()


def test_one_reader_may_have_two_computers_and_is_one_person(tmp_path: Path, organiser: Computer, reader: Computer) -> None:
    admitted(organiser, reader)
    second = computer(tmp_path, "second")
    second.take_from(organiser)
    second.sign("r17", "welcome", "title")
    organiser.take_from(second)
    organiser.run("readers", "admit", "r17", letters(second))

    assert organiser.signers("welcome") == {"r17"}
    assert organiser.signers("title") == {"r17"}
    assert organiser.run("readers").count("r17          computer") == 2


def test_one_computer_is_never_two_readers(organiser: Computer, reader: Computer) -> None:
    """A key that signs for r17 and asks for r18 is refused, also where its first line was written before."""
    reader.sign("r17", "welcome")
    reader.sign("r18", "title")
    organiser.take_from(reader)
    both = SPOKEN.findall(reader.run("readers"))
    organiser.run("readers", "admit", "r17", both[0])

    assert "[second-code]" in organiser.run("readers", "admit", "r18", both[1], code=1)
    assert organiser.signers("title") == set()
    assert organiser.signers("welcome") == {"r17"}


def test_what_a_lost_computer_signed_counts_on_and_nothing_new(organiser: Computer, reader: Computer) -> None:
    admitted(organiser, reader)
    organiser.run("readers", "retire", "r17", "--yes")
    assert organiser.signers("welcome") == {"r17"}

    reader.sign("r17", "title")  # whoever found it signs on in the old copy
    assert reader.signers("title") == {"r17"}
    readers = (organiser.root / "locales/readers.jsonl").read_bytes()
    organiser.take_from(reader)
    (organiser.root / "locales/readers.jsonl").write_bytes(readers)

    assert organiser.signers("welcome") == {"r17"}
    assert organiser.signers("title") == set()
    assert [(problem.code, problem.severity) for problem in organiser.problems()] == [("line-retired", "warning")]
    reader.take_from(organiser)
    with pytest.raises(Exception, match="key-retired"):
        reader.sign("r17", "safe")
    assert "retired" in reader.run("readers")


def test_a_retired_key_counts_in_no_ledger_that_came_later(organiser: Computer, reader: Computer) -> None:
    """The site's facts had no ledger when the key was retired: nothing of it counts there."""
    admitted(organiser, reader)
    organiser.run("readers", "retire", "r17", "--yes")
    row = json.loads((organiser.root / "locales/readers.jsonl").read_text("utf-8").splitlines()[-1])
    assert "sites" not in row["last"]
    assert (LANGUAGE in row["last"], len(row["last"][LANGUAGE])) == (True, 1)

    with reader.here():
        path = reader.project.fact_ledger("example")
        append_events(path, [LedgerEvent("a" * 64, "approve", "r17", "2026-11-23")])
        assert len(read_ledger(path)) == 1
        (reader.root / "locales/readers.jsonl").write_bytes((organiser.root / "locales/readers.jsonl").read_bytes())
        assert read_ledger(path) == []


def test_what_a_thief_signed_counts_for_nothing_once_the_key_is_revoked(organiser: Computer, reader: Computer) -> None:
    admitted(organiser, reader)
    reader.sign("r17", "title", day="2026-11-20")  # the thief, who sets the clock back
    organiser.take_from(reader)
    assert organiser.signers("title") == {"r17"}

    said = organiser.run("readers", "revoke", "r17", code=1)
    newest, before = re.findall(r"(?m)^  ([0-9a-f]{12})  (\S+)  r17 approve", said)
    assert (newest[1], before[1]) == ("2026-11-20", "2026-11-23")
    assert "[line-unknown]" in organiser.run("readers", "revoke", "r17", "--last-good", "0123", "--yes", code=2)
    organiser.run("readers", "revoke", "r17", "--last-good", before[0], "--yes")

    assert organiser.signers("welcome") == {"r17"}
    assert organiser.signers("title") == set()


def test_a_line_put_before_the_last_good_one_counts_for_nothing_even_if_adopted(
    organiser: Computer, reader: Computer, tmp_path: Path
) -> None:
    """The thief has a backup of the reader's computer, and signs there once more what came after it."""
    admitted(organiser, reader)
    thief = Computer(Path(shutil.copytree(reader.home, tmp_path / "thief")))
    memories = [found.home / "state/solidarity-leaflets/folders" / f"{folder_name(found)}.json" for found in (reader, thief)]
    shutil.copy(*memories)
    reader.sign("r17", "title")
    organiser.take_from(reader)
    newest = re.findall(r"(?m)^  ([0-9a-f]{12})  \S+  r17", organiser.run("readers", "revoke", "r17", code=1))[0]
    organiser.run("readers", "revoke", "r17", "--last-good", newest, "--yes")
    thief.sign("r17", "safe")
    path, stolen = (found.root / "locales" / LANGUAGE / "reviews.jsonl" for found in (organiser, thief))
    kept = path.read_text("utf-8")
    path.write_text(kept + "".join(line for line in stolen.read_text("utf-8").splitlines(keepends=True) if line not in kept), "utf-8")
    assert {problem.code for problem in organiser.problems()} >= {"line-twice"}

    organiser.run("adopt", "--yes")

    assert organiser.signers("safe") == set()
    assert organiser.signers("title") == organiser.signers("welcome") == {"r17"}


def test_a_key_that_cannot_be_read_just_now_is_not_written_over(organiser: Computer, reader: Computer) -> None:
    admitted(organiser, reader)
    (path,) = (reader.home / "state").rglob("*.key")
    path.write_bytes(kept := path.read_bytes()[:-1])  # as if another program held it

    with pytest.raises(LeafletsError, match="key-unreadable"):
        reader.sign("r17", "title")

    assert path.read_bytes() == kept


def test_a_memory_that_cannot_be_read_just_now_is_not_written_over(organiser: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the newest lines of all ledgers would be forgotten, and those who were cut out could come back."""
    with organiser.here():
        campaign = campaign_registry(organiser.root).campaign
        remember_taken(campaign, LANGUAGE, {"2" * 32: {}})
    files = [*(organiser.home / "state").rglob("*.json")]
    before = {path: path.read_bytes() for path in files}
    assert {"folders", "newest", "taken-back"} <= {path.parent.name for path in files}

    def held(path: Path, _limit: int) -> bytes:
        raise refusal("file", "cannot read", path)

    with organiser.here():
        monkeypatch.setattr("generator.trust.newest.read_bytes", held)
        remember_heads(organiser.root, campaign, LANGUAGE, {f"{'0' * 32}.00000000": (7, "1" * 32)})
        remember_taken(campaign, LANGUAGE, {"3" * 32: {}})

    assert {path: path.read_bytes() for path in files} == before


def test_a_fact_that_a_thief_signed_is_listed_by_name_beside_what_it_was(organiser: Computer) -> None:
    path = organiser.root / "leaflets" / "facts.yaml"
    with organiser.here():
        fact = FactSnapshot(organiser.project).facts["campaign_phone"]
    text = path.read_text("utf-8")
    for end in "89":  # the second by the thief
        path.write_text(text.replace(fact.value, fact.value[:-1] + end).replace(fact.display, fact.display[:-1] + end), "utf-8")
        organiser.run("sign", "facts", "--as", "r1", typed="s\n" * 40)

    said = organiser.run("readers", "revoke", "organiser", code=1).partition("facts, newest first:")[2]

    assert said.index(f"campaign_phone: {fact.display[:-1]}9\n") < said.index(f"campaign_phone: {fact.display[:-1]}8\n")


def test_nothing_of_a_key_counts_if_an_organiser_says_so(organiser: Computer, reader: Computer) -> None:
    admitted(organiser, reader)

    organiser.run("readers", "revoke", "r17", "--all", "--yes")

    assert organiser.signers("welcome") == set()


def test_a_computer_that_is_no_organisers_decides_nothing_and_says_whom_to_ask(organiser: Computer, reader: Computer) -> None:
    reader.sign("r17", "welcome")
    before = (reader.root / "locales/readers.jsonl").read_bytes()

    for command in (("admit", "r17", letters(reader)), ("retire", "r17", "--yes"), ("revoke", "r17", "--all", "--yes")):
        said = reader.run("readers", *command, code=1)
        assert "[not-organiser]" in said
        assert letters(reader) in said

    assert (reader.root / "locales/readers.jsonl").read_bytes() == before
    assert "[reader-unknown]" in organiser.run("readers", "retire", "r99", "--yes", code=2)
    assert "[reader-none]" in organiser.run("readers", "admit", "r99", code=2)


def second_organiser(organiser: Computer, other: Computer) -> None:
    """Make another computer an organiser's; both know it."""
    said = other.run("readers", "ask")
    organiser.take_from(other)
    organiser.run("readers", "admit", "--organiser", SPOKEN.findall(said)[0])
    other.take_from(organiser)


def test_an_organiser_who_leaves_decides_nothing_more(organiser: Computer, reader: Computer, tmp_path: Path) -> None:
    second_organiser(organiser, reader)
    assert "This computer is an organiser's" in reader.run("readers")
    third = computer(tmp_path, "third")
    third.take_from(organiser)
    admitted(organiser, third)
    reader.take_from(organiser)

    reader.run("readers", "retire", "organiser", key_of(organiser)[:8], "--yes")
    organiser.take_from(reader)

    assert reader.signers("welcome") == {"r17"}  # whom the organiser admitted before
    assert "[not-organiser]" in organiser.run("readers", "retire", "r17", "--yes", code=1)
    assert "[last-organiser]" in reader.run("readers", "retire", "organiser", key_of(reader)[:8], "--yes", code=1)


def test_several_computers_of_one_code_are_named_by_their_keys(organiser: Computer, reader: Computer) -> None:
    second_organiser(organiser, reader)

    said = organiser.run("readers", "retire", "organiser", "--yes", code=1)

    assert "[reader-keys]" in said
    assert key_of(reader)[:8] in said
    assert "[organiser-already]" in reader.run("readers", "ask", code=1)


def test_the_sheet_wins_over_whoever_stole_the_only_organisers_computer(organiser: Computer, reader: Computer, tmp_path: Path) -> None:
    assert "<code>leaflets readers recover --stolen SIGNS</code>" in (organiser.root / "recovery-sheet.html").read_text("utf-8")
    sheet = sheet_letters(organiser)
    admitted(organiser, reader)
    stolen = key_of(organiser)
    accomplice = computer(tmp_path, "accomplice")
    accomplice.take_from(organiser)
    accomplice.sign("r23", "title")
    organiser.take_from(accomplice)
    organiser.run("readers", "admit", "r23", letters(accomplice))  # the thief, on the stolen computer
    organiser.run("readers", "retire", "r17", "--yes")
    fresh = computer(tmp_path, "fresh")
    fresh.take_from(organiser)
    assert fresh.signers("title") == {"r23"}

    shown = fresh.run("readers", "recover", "--stolen", stolen[:8], code=1)
    lines = re.findall(r"(?m)^  ([0-9a-f]{12})\s+(admit r17|admit r23|retire)", shown)
    assert [did for _, did in lines] == ["retire", "admit r23", "admit r17"]
    facts = re.findall(r"(?m)^  ([0-9a-f]{12})  2026", shown.partition("facts")[2])
    typed = sheet.lower().replace("0", "o").replace("1", "l")
    said = fresh.run("readers", "recover", "--stolen", stolen[:8], "--last-good", lines[2][0], "--last-good", facts[0], typed=typed)

    assert "is an organiser's now" in said
    assert fresh.signers("title") == set()  # whom the thief admitted
    assert fresh.signers("welcome") == {"r17"}  # whom the thief retired
    assert f"computer {stolen[:8]}  retired" in fresh.run("readers")

    # The thief retires the new organiser: that stands behind the sheet's line, and counts for nothing.
    organiser.take_from(fresh)
    assert "[not-organiser]" in organiser.run("readers", "retire", "organiser", key_of(fresh)[:8], "--yes", code=1)
    fresh.run("readers", "retire", "r17", "--yes")


def test_a_wrong_sheet_changes_nothing(organiser: Computer, reader: Computer) -> None:
    before = (reader.root / "locales/readers.jsonl").read_bytes()
    right = sheet_letters(organiser).replace("\n", "")
    slip = ("A" if right[0] != "A" else "B") + right[1:]
    (organiser.home / "other").mkdir()
    other = Computer(organiser.home / "other")
    other.run("new", str(other.root))

    assert "[sheet-letters]" in reader.run("readers", "recover", typed=f"{slip}\n", code=1)
    assert "[sheet-other]" in reader.run("readers", "recover", typed=sheet_letters(other), code=1)
    assert (reader.root / "locales/readers.jsonl").read_bytes() == before


@pytest.mark.parametrize("option", [("--all",), ("--last-good", "5c01aa93e2f7")])
def test_what_counts_of_a_theft_is_not_asked_without_the_stolen_key(organiser: Computer, option: tuple[str, ...]) -> None:
    """Otherwise somebody who forgets the key believes that the thief is shut out."""
    before = (organiser.root / "locales/readers.jsonl").read_bytes()

    said = organiser.run("readers", "recover", *option, typed=sheet_letters(organiser), code=2)

    assert "go with --stolen KEY" in said
    assert (organiser.root / "locales/readers.jsonl").read_bytes() == before


def test_forgetting_destroys_the_key_and_what_was_not_sent(organiser: Computer, reader: Computer) -> None:
    admitted(organiser, reader)
    desk = reader.root / ".leaflets-desk"
    desk.mkdir()
    (desk / "r17.json").write_text("{}")
    (reader.root / ".leaflets.reader").write_text("r17\n")
    keys = [*(reader.home / "state").rglob("*.key")]
    assert [stat.S_IMODE(path.stat().st_mode) for path in keys] == [0o600]

    reader.run("readers", "forget", typed="n\n", code=130)
    assert keys[0].exists()
    said = reader.run("readers", "forget", typed="y\n")

    assert "What stays: what you signed" in said
    assert [*(reader.home / "state").rglob("*.key")] == []
    assert [path for path in (desk, reader.root / ".leaflets.reader") if path.exists()] == []
    assert reader.signers("welcome") == {"r17"}
    assert "no key yet" in reader.run("readers")
    assert "last organiser's computer" in organiser.run("readers", "forget", typed="n\n", code=130)


def test_a_campaign_of_one_person_is_ready_with_one_signature(tmp_path: Path) -> None:
    alone = computer(tmp_path, "alone")
    alone.run("new", str(alone.root), "--alone")
    alone.sign("r17", *NAMES)

    assert {alone.state(name) for name in NAMES} == {"ready"}


def test_a_new_campaign_needs_two_people_where_it_matters(tmp_path: Path) -> None:
    first = computer(tmp_path, "first")
    said = first.run("new", str(first.root))
    sheet = first.root / "recovery-sheet.html"

    assert "recovery-sheet.html" in said
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert len(sheet_letters(first).split()) == 14
    assert "[recovery-sheet]" in first.run("check", "-l", "fr")
    sheet.unlink()
    assert "[recovery-sheet]" not in first.run("check", "-l", "fr")
    assert "This computer is an organiser's" in first.run("readers")
    assert "[trust-begun]" not in said


def test_the_first_signature_begins_the_trust_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = computer(tmp_path, "first")
    monkeypatch.setattr("tests.conftest.RECOVERY_SHEET", "another-sheet.html")
    with first.here():
        copy_campaign(first.root, leaflets=(SLUG,), languages=("en", LANGUAGE))

    assert "Print" in caplog.text
    assert (first.root / "recovery-sheet.html").exists()


def test_a_wrong_clock_makes_no_fact_unreadable_and_is_said(organiser: Computer) -> None:
    facts = organiser.root / "leaflets/facts.yaml"
    facts.write_text(re.sub(r"(?m)^  verified: .*\n", "", facts.read_text("utf-8")), "utf-8")
    with organiser.here():
        fact = organiser.project.facts["campaign_phone"]
        append_events(organiser.project.fact_ledger(), [LedgerEvent(fact_key(fact), "approve", "r41", "2036-01-01")])
        day = FactSnapshot(organiser.project, today=date(2026, 11, 23)).facts["campaign_phone"].verified

    assert day == date(2026, 11, 22)
    said = organiser.run("check", "-l", "en")
    assert "[fact-verified]" not in said
    assert "one line has a day after today, 2026-11-23; the newest is 2036-01-01" in said
    assert "[clock]" in said


def test_a_readers_key_signs_for_no_other_reader(organiser: Computer, reader: Computer) -> None:
    admitted(organiser, reader)
    reader.sign("r18", "title")

    assert reader.signers("title") == set()
    assert [problem.code for problem in reader.problems()] == ["line-other-code"]


def test_a_damaged_line_about_readers_is_named(organiser: Computer) -> None:
    path = organiser.root / "locales/readers.jsonl"
    path.write_text(path.read_text("utf-8") + '{"do": "admit"}\n', "utf-8")

    said = organiser.run("readers", code=1)

    assert "locales/readers.jsonl:2" in said
    assert "[readers-file]" in said


def test_what_readers_sign_on_an_organisers_page_has_the_organisers_key(organiser: Computer, reader: Computer) -> None:
    """Whoever comes with a link signs under their own code, by the key of the computer that serves the page."""
    organiser.sign("r31", "welcome")
    organiser.sign("r32", "welcome")
    reader.take_from(organiser)

    assert reader.signers("welcome") == {"r31", "r32"}
    assert reader.problems() == []
    with reader.here():
        snapshot = Snapshot(reader.project)
        assert len(snapshot.support(LANGUAGE, snapshot.texts(LANGUAGE, SLUG)["welcome"]).keys) == 1
