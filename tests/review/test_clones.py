"""Two people work in two clones: git and `leaflets extract` bring everything together, and nobody has to look into a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from generator.overview.check import check_campaign
from generator.overview.status import campaign_status
from generator.problem import LeafletsError
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerAction
from generator.review.merge_driver import driver_command, register_driver
from generator.trust.readers_edge import campaign_registry
from tests.support.clones import DAY, FIRST, LANGUAGE, SECOND, Computer, Work, bring_together, clone, make_origin

PLAIN, RISKY = "help", "safe"
T, U, V = "Notre aide pour vous", "Ce que nous faisons pour vous", "Nous pouvons vous aider"
Pair = Callable[..., tuple[Computer, Computer]]


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a campaign in git with two admitted computers; for cloning only."""
    with pytest.MonkeyPatch.context() as patch:
        yield make_origin(tmp_path_factory.mktemp("origin"), patch)


@pytest.fixture
def pair(origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """Give a function that makes two clones, with or without the merge driver."""

    def make(driver: bool = True, *options: str) -> tuple[Computer, Computer]:
        one, other = (clone(origin, tmp_path, number, monkeypatch, driver, *options) for number in (1, 2))
        return one, other

    return make


def new_sentence(before: str) -> Work:
    """Return what writes a new sentence into the leaflet, before a block, and extracts it."""

    def work(computer: Computer) -> None:
        added = f"  - id: added-{computer.who}\n    heading: We are near\n"
        computer.replace("leaflets/not-alone.yaml", f"  - id: {before}\n", f"{added}  - id: {before}\n")
        assert computer.extract() == []

    return work


def changed_source(computer: Computer) -> None:
    """Change a sentence of the source and extract it."""
    computer.replace("leaflets/not-alone.yaml", "What we can do", "What we can all do")
    assert computer.extract() == []


def new_leaflet(computer: Computer) -> None:
    """Add a leaflet."""
    from generator.overview.new import add_leaflet

    add_leaflet(computer.wake(), f"from-{computer.who}", DAY)


def signed_twice(computer: Computer, text: str = T) -> None:
    """Let two people at one computer sign a text."""
    computer.correct(PLAIN, text)
    computer.sign(PLAIN, "r43")


PAIRS: dict[str, tuple[Work, Work]] = {
    "two signatures": (lambda one: one.sign(RISKY), lambda other: other.sign(RISKY)),
    "signature, correction": (lambda one: one.sign(PLAIN), lambda other: other.correct(PLAIN, U)),
    "correction, correction": (lambda one: one.correct(PLAIN, T), lambda other: other.correct(PLAIN, U)),
    "two people, correction": (signed_twice, lambda other: other.correct(PLAIN, U)),
    "rejection, signature": (lambda one: one.reject(PLAIN), lambda other: other.sign(PLAIN)),
    "rejection, correction": (lambda one: one.reject(PLAIN), lambda other: other.correct(PLAIN, U)),
    "comments": (lambda one: one.comment(PLAIN, "is this right?"), lambda other: other.comment(PLAIN, "we say it so")),
    "changed source, signature": (changed_source, lambda other: other.sign(PLAIN)),
    "changed source, correction": (changed_source, lambda other: other.correct(PLAIN, U)),
    "changed source and signed, correction": (
        lambda one: (changed_source(one), one.correct(PLAIN, T)),
        lambda other: other.correct(PLAIN, U),
    ),
    "new sentences": (new_sentence("help"), new_sentence("lines")),
    "new leaflets": (new_leaflet, new_leaflet),
    "same text": (lambda one: one.correct(PLAIN, T), lambda other: other.correct(PLAIN, T)),
    "editor, signature": (lambda one: one.type_in(PLAIN, T), lambda other: other.sign(PLAIN)),
    "editor, correction": (lambda one: one.type_in(PLAIN, T), lambda other: other.correct(PLAIN, U)),
    "editor, editor": (
        lambda one: one.type_in(PLAIN, T),
        lambda other: other.type_in(PLAIN, U, "Lokalize 24.02", "2026-11-23 11:00+0000"),
    ),
}
QUICK = ("signature, correction", "correction, correction", "changed source and signed, correction", "editor, editor")
"""What is tried in every run; the others with the long ones."""


def sweep() -> list[ParameterSet]:
    """Return each pair of works, by merge and rebase, with the driver and without."""
    found = []
    for name in PAIRS:
        for how in ("merge", "rebase"):
            for driver in (True, False):
                quick = name in QUICK and how == "merge"
                marks = () if quick else pytest.mark.long
                found.append(pytest.param(name, how, driver, marks=marks, id=f"{name}-{how}-{'driver' if driver else 'text'}"))
    return found


@pytest.mark.parametrize(("name", "how", "driver"), sweep())
def test_both_clones_end_alike_and_nothing_is_lost(name: str, how: str, driver: bool, pair: Pair) -> None:
    one, other = pair(driver)
    for computer, work in zip((one, other), PAIRS[name], strict=True):
        work(computer)
    bring_together(one, other, how)
    assert one.catalogues() == other.catalogues()
    assert one.status() == other.status()
    assert one.lost() == other.lost() == []
    for computer in (one, other):
        assert "<<<<<<<" not in "".join(path.read_text("utf-8") for path in computer.root.rglob("*.jsonl"))
        assert computer.git("status", "--porcelain").stdout == ""
        assert "# @other" not in b"".join(computer.catalogues().values()).decode()


def new_number(computer: Computer) -> None:
    """Put another number into the facts, as both people were told on the phone."""
    computer.replace("leaflets/facts.yaml", "0946 0123", "0946 0124")
    computer.replace("leaflets/facts.yaml", "09460123", "09460124")


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_a_number_that_both_looked_up_is_ready_on_both_sides(how: str, pair: Pair) -> None:
    one, other = pair()
    for computer in (one, other):
        new_number(computer)
        computer.look_up("campaign_phone")
        assert computer.fact_state("campaign_phone") == "read"
    bring_together(one, other, how)
    assert one.fact_state("campaign_phone") == other.fact_state("campaign_phone") == "ready"
    assert one.status() == other.status()


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_a_number_that_one_found_wrong_is_a_draft_on_both_sides(how: str, pair: Pair) -> None:
    one, other = pair()
    for computer in (one, other):
        new_number(computer)
    one.look_up("campaign_phone")
    other.look_up("campaign_phone", LedgerAction.REJECT)
    bring_together(one, other, how)
    assert one.fact_state("campaign_phone") == other.fact_state("campaign_phone") == "draft"
    assert one.status() == other.status()


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_a_source_that_both_signed_is_ready_on_both_sides(how: str, pair: Pair) -> None:
    one, other = pair()
    for computer in (one, other):
        computer.replace("leaflets/not-alone.yaml", "Nobody may ask you for money", "Nobody must ask you for money")
        assert computer.extract() == []
        computer.sign_source("@leaflet")
        assert (computer.source_state("@leaflet"), computer.source_state(RISKY)) == ("read", "read")
    bring_together(one, other, how)
    for computer in (one, other):
        assert (computer.source_state("@leaflet"), computer.source_state(RISKY)) == ("ready", "ready")
    assert one.status() == other.status()


@pytest.mark.parametrize("driver", [True, False], ids=["driver", "text"])
def test_a_correction_stands_over_the_wording_it_was_written_over(driver: bool, pair: Pair) -> None:
    """One person signs what stands, another corrects it: the correction stands, and one reader more decides."""
    one, other = pair(driver)
    first = one.says(PLAIN)
    one.sign(PLAIN)
    other.correct(PLAIN, U)
    bring_together(one, other, "merge")
    assert (one.says(PLAIN), one.state_of(PLAIN)) == (U, "read")
    assert [(rival.msgstr, rival.signers) for rival in one.task(PLAIN).rivals] == [(first, (FIRST,))]
    one.sign(PLAIN)
    assert (one.state_of(PLAIN), one.task(PLAIN).rivals, one.task(PLAIN).support.signers) == ("ready", (), {FIRST, SECOND})


@pytest.mark.parametrize("driver", [True, False], ids=["driver", "text"])
@pytest.mark.parametrize(("most", "least"), [(T, U), (U, T)])
def test_more_people_win_over_a_correction(driver: bool, most: str, least: str, pair: Pair) -> None:
    one, other = pair(driver)
    signed_twice(one, most)
    other.correct(PLAIN, least)
    bring_together(one, other, "merge")
    assert (other.says(PLAIN), other.state_of(PLAIN)) == (most, "ready")
    assert [rival.msgstr for rival in other.task(PLAIN).rivals] == [least]


@pytest.mark.parametrize("driver", [True, False], ids=["driver", "text"])
def test_a_rejected_wording_does_not_stand_beside_another(driver: bool, pair: Pair) -> None:
    one, other = pair(driver)
    one.sign(PLAIN, "r43")
    one.reject(PLAIN)
    other.correct(PLAIN, U)
    bring_together(one, other, "merge")
    assert (one.says(PLAIN), one.state_of(PLAIN)) == (U, "ready")


@pytest.mark.parametrize("driver", [True, False], ids=["driver", "text"])
def test_of_two_texts_nobody_signed_one_stands_as_a_draft_and_the_other_is_kept(driver: bool, pair: Pair) -> None:
    one, other = pair(driver)
    one.type_in(PLAIN, T)
    other.type_in(PLAIN, U, "Lokalize 24.02", "2026-11-23 11:00+0000")
    bring_together(one, other, "merge")
    kept = [json.loads(line)["t"] for line in (one.root / f"locales/{LANGUAGE}/wordings.jsonl").read_text("utf-8").splitlines()]
    assert one.state_of(PLAIN) == "draft"
    assert {T, U} <= {*kept, one.says(PLAIN)}


@pytest.mark.parametrize("style", ["diff3", "zdiff3", "merge"])
def test_what_only_one_side_changed_is_taken_whatever_git_writes_down(style: str, pair: Pair) -> None:
    """Without the driver, in the lines next to each other: a new text on one side, a comment and a flag on the other."""
    one, other = pair(False)
    for computer in (one, other):
        computer.git("config", "merge.conflictStyle", style)
    one.sign(PLAIN)
    other.type_in(PLAIN, U)
    bring_together(one, other, "merge")
    assert (one.says(PLAIN), other.says(PLAIN)) == (U, U)
    assert one.state_of(PLAIN) == "draft"


def test_line_files_are_joined_where_nobody_told_git_how(pair: Pair) -> None:
    """An older campaign has no `merge=union`: git marks both versions, and extract takes all lines."""
    one, other = pair(False)
    for computer, work in ((one, lambda: one.sign(RISKY)), (other, lambda: other.sign(RISKY))):
        (computer.root / ".gitattributes").write_text("")
        work()
    bring_together(one, other, "merge")
    assert one.task(RISKY).support.signers == other.task(RISKY).support.signers == {FIRST, SECOND}
    assert one.catalogues() == other.catalogues()


def test_marks_are_refused_elsewhere_with_the_command_that_settles_them(pair: Pair) -> None:
    one, other = pair(False)
    one.correct(PLAIN, T)
    other.correct(PLAIN, U)
    head = other.commit()
    one.commit()
    one.git("fetch", "-q", str(other.root), head)
    assert one.git("merge", "-q", "--no-edit", "FETCH_HEAD").returncode == 1
    with pytest.raises(LeafletsError) as error:
        one.task(PLAIN)
    assert [(problem.code, "leaflets extract" in problem.hint) for problem in error.value.problems] == [("file-merge", True)]
    assert "file-merge" in [problem.code for problem in extract_messages(one.wake(), check=True).problems]
    one.settle()
    assert one.says(PLAIN) in (T, U)


def test_nobody_signs_between_the_merge_and_extract(pair: Pair) -> None:
    """The driver joins without the ledgers, which git may not have merged yet; extract decides by them."""
    one, other = pair()
    signed_twice(one)
    other.correct(PLAIN, U)
    head = other.commit()
    one.commit()
    one.git("fetch", "-q", str(other.root), head)
    assert one.git("merge", "-q", "--no-edit", "FETCH_HEAD").returncode == 0
    assert "# @other" in "\n".join(one.entry(PLAIN).comments)
    with pytest.raises(LeafletsError) as error:
        one.task(PLAIN)
    assert [problem.code for problem in error.value.problems] == ["extract-first"]
    assert campaign_status(one.wake()).next_step == "leaflets extract"
    assert "extract-first" in [problem.code for problem in check_campaign(one.wake(), DAY)]
    one.settle()
    assert one.says(PLAIN) == T


def test_a_shallow_clone_with_windows_line_ends(pair: Pair) -> None:
    one, other = pair(True, "--depth=1", "--config=core.autocrlf=true")
    for computer, text in ((one, T), (other, U)):
        for path in computer.root.rglob("*.po"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        computer.correct(PLAIN, text)
    bring_together(one, other, "merge")
    assert one.catalogues() == other.catalogues()
    assert one.lost() == other.lost() == []


def test_the_driver_falls_back_to_a_text_merge_when_the_program_is_gone(pair: Pair) -> None:
    one, other = pair()
    for computer in (one, other):
        gone = driver_command().replace(sys.executable, "/nowhere/python")
        computer.git("config", "merge.leaflets.driver", gone)
    one.correct(PLAIN, T)
    other.correct(PLAIN, U)
    bring_together(one, other, "merge")
    assert one.catalogues() == other.catalogues()
    assert one.lost() == other.lost() == []


def test_the_driver_is_registered_once_and_only_where_the_campaign_asks(pair: Pair, tmp_path: Path) -> None:
    one, _ = pair(False)
    assert [register_driver(one.root), register_driver(one.root)] == [True, False]
    assert one.git("config", "--local", "--get", "merge.leaflets.driver").stdout.strip() == driver_command()
    bare = tmp_path / "no-clone"
    bare.mkdir()
    assert not register_driver(bare)
    (bare / ".gitattributes").write_text("*.po merge=leaflets\n")
    assert not register_driver(bare)
    one.git("config", "--unset", "merge.leaflets.driver")
    (one.root / ".gitattributes").write_text("*.jsonl merge=union\n")
    assert not register_driver(one.root)


def test_the_driver_is_not_written_through_a_link(pair: Pair, tmp_path: Path) -> None:
    """A folder from a stranger may hold a link where git keeps its settings."""
    one, _ = pair(False)
    config, outside = one.root / ".git/config", tmp_path / "outside"
    outside.write_bytes(config.read_bytes())
    config.unlink()
    config.symlink_to(outside)
    before = outside.read_bytes()
    assert not register_driver(one.root)
    assert outside.read_bytes() == before


def test_a_command_registers_the_driver_and_no_folder_of_the_campaign_is_python(pair: Pair) -> None:
    one, other = pair(False)
    for computer in (one, other):
        (computer.root / "generator").mkdir()
        (computer.root / "generator/__init__.py").write_text("open('ran', 'w')\n")
        environment = os.environ | {"XDG_STATE_HOME": str(computer.state)}
        command = [sys.executable, "-P", "-m", "generator", "status", "--json"]
        subprocess.run(command, cwd=computer.root, env=environment, capture_output=True, check=False)
        assert computer.git("config", "merge.leaflets.driver").stdout.strip() == driver_command()
    one.correct(PLAIN, T)
    other.correct(PLAIN, U)
    bring_together(one, other, "merge")
    assert not (one.root / "ran").exists()
    assert one.catalogues() == other.catalogues()


def test_two_computers_that_ask_to_be_admitted_stand_both_in_the_file(pair: Pair) -> None:
    one, other = pair()
    for computer in (one, other):
        computer.state = computer.root.with_name(f"new-{computer.who}")
        computer.sign(PLAIN, f"r5{computer.who[-1]}")
    bring_together(one, other, "merge")
    waiting = {computer.who: {ask.code for ask in campaign_registry(computer.root).waiting} for computer in (one, other)}
    assert waiting == {FIRST: {"r51", "r52"}, SECOND: {"r51", "r52"}}


@pytest.mark.tools
@pytest.mark.parametrize("driver", [True, False], ids=["driver", "text"])
def test_a_file_that_an_editor_wrapped_anew_is_joined(driver: bool, pair: Pair) -> None:
    """`msgcat` wraps every line as other programs do."""
    one, other = pair(driver)
    path = other.root / f"locales/{LANGUAGE}/LC_MESSAGES/not-alone.po"
    subprocess.run(["msgcat", "--width=50", "-o", str(path), str(path)], check=True)
    one.correct(PLAIN, T)
    one.sign(RISKY)
    bring_together(one, other, "merge")
    assert one.catalogues() == other.catalogues()
    assert one.says(PLAIN) == T
