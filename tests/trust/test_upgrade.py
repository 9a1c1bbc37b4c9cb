"""A campaign as the first version left it: two languages, two readers, facts, a conversation; taken over once, by people.

`tests/support/campaigns/v1` was written by the program of that version itself.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.model import State
from generator.review.conversation import comment_key, comment_threads
from generator.review.ledger import read_ledger
from generator.review.snapshot import Snapshot
from generator.trust.old_lines import has_old_signatures, keep_machine_lines
from tests.conftest import ROOT
from tests.trust.computers import LANGUAGE, SLUG, Computer

V1 = ROOT / "tests" / "support" / "campaigns" / "v1"
SPOKEN = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
LEDGERS = ("locales/fr/reviews.jsonl", "locales/ar/reviews.jsonl", "leaflets/reviews.jsonl", "sites/reviews.jsonl")
KILLED = """
import os, signal, sys
from generator.readers import upgrade
from generator.cli import main
real, seen = upgrade.{name}, []
def killed(*arguments, **named):
    seen.append(1)
    if len(seen) == {count}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)
upgrade.{name} = killed
main(["upgrade", "--yes"])
"""
"""A run of the command that ends where it calls a function of its own for the nth time."""


@pytest.fixture
def old(tmp_path: Path) -> Computer:
    """Give a computer with a campaign of the first version."""
    found = Computer(tmp_path / "first")
    shutil.copytree(V1, found.root)
    (found.root / ".gitignore").write_text("/output/\n", "utf-8")
    (found.root / ".gitattributes").write_text("* text=auto\n", "utf-8")
    return found


def rows(found: Computer, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (found.root / name).read_text("utf-8").splitlines()]


def seen(found: Computer) -> dict[str, object]:
    """Return what people have made of the campaign, as the program of today reads it."""
    with found.here():
        snapshot = Snapshot(found.project)
        texts = snapshot.texts(LANGUAGE, SLUG)
        support = {name: snapshot.support(LANGUAGE, text) for name, text in texts.items()}
        talk = comment_threads(snapshot.events(LANGUAGE)).get(comment_key(LANGUAGE, SLUG, "offers.listen"), ())
        return {
            "signers": {name: sorted(one.signers) for name, one in support.items()},
            "states": {name: str(text.state) for name, text in texts.items()},
            "rejected": [name for name, one in support.items() if one.rejected],
            "reasons": [reason for one in support.values() for reason in one.reasons],
            "doubts": [doubt for one in support.values() for doubt in one.doubts],
            "dismissed": sorted(name for name, one in support.items() if "negation" in one.dismissed),
            "talk": [one.why for one in talk],
            "facts": {str(state) for state in snapshot.fact_states.values()},
        }


BOTH = ["r1", "r2"]
SIGNED = ("title", "welcome", "who", "offers.listen", "offers.go", "offers.find", "private", "reach", "say", "free")
EXPECTED = {
    "signers": {**dict.fromkeys(SIGNED, BOTH), "help": BOTH, "safe": ["r2"]},
    "rejected": ["help"],
    "reasons": ["this sounds like an order"],
    "doubts": [],
    "dismissed": ["private", "safe", "title", "who"],
    "talk": ["is this the word people use?", "yes, in my town", "then it stays"],
}
"""What the people of the fixture did, and did not take back."""


def test_before_it_everything_reads_as_drafts_and_one_line_says_what_to_type(old: Computer) -> None:
    before = {name: (old.root / name).read_bytes() for name in LEDGERS}

    found = seen(old)
    signers, states = found["signers"], found["states"]
    assert isinstance(signers, dict)
    assert isinstance(states, dict)
    assert [*signers.values()] == [[]] * 12
    assert {*states.values()} <= {"draft", "stale"}
    said = old.run("status", code=1)
    assert "leaflets upgrade [upgrade-first]" in said
    assert "[lost]" not in said
    assert "[not-begun]" in old.run("readers", "ask", code=1)
    assert "leaflets upgrade" in old.run("check", "-l", LANGUAGE, code=1)
    assert "[upgrade-first]" in old.run("sign", "facts", "--as", "r1", typed="s\nq\n")
    assert {name: (old.root / name).read_bytes() for name in LEDGERS} == before


def test_a_letter_that_ends_lines_elsewhere_hides_no_old_signature(tmp_path: Path) -> None:
    path = tmp_path / "locales" / "fr" / "reviews.jsonl"
    path.parent.mkdir(parents=True)
    row = '{"k": "1", "do": "%s", "who": "r17", "at": "2026-11-22", "why": "non\u2028pas"}\n'
    path.write_text(row % "reject" + "\n" + row % "machine", "utf-8")
    assert has_old_signatures(tmp_path)

    keep_machine_lines(path)

    assert path.read_text("utf-8") == row % "machine"


def test_a_dry_run_says_what_it_would_do_and_changes_nothing(old: Computer) -> None:
    before = {path: path.read_bytes() for path in old.root.rglob("*") if path.is_file() and ".leaflets" not in path.name}

    said = old.run("upgrade")

    assert "locales/fr/reviews.jsonl: sign 45 lines for r1, r2, r3" in said
    assert "leaflets/reviews.jsonl: 3 facts that nobody signed: draft from now on" in said
    assert "first organiser" in said
    assert {path: path.read_bytes() for path in old.root.rglob("*") if path.is_file() and ".leaflets" not in path.name} == before


def test_what_people_did_counts_again(old: Computer) -> None:
    said = old.run("upgrade", "--yes")
    found = seen(old)

    assert {name: found[name] for name in EXPECTED} == EXPECTED
    states = found["states"]
    assert isinstance(states, dict)
    assert {states[name] for name in SIGNED if name != "private"} == {"ready"}
    assert (states["private"], states["safe"], states["help"]) == ("read", "read", "draft")
    assert found["facts"] == {"read"}
    with old.here():
        assert Snapshot(old.project).texts(LANGUAGE, SLUG)["private"].one_key
        assert Snapshot(old.project).ledger(LANGUAGE).problems == ()
        assert {event.person for event in read_ledger(old.project.fact_ledger("example"))} == set(BOTH)
    assert "recovery-sheet.html" in said
    assert (old.root / "recovery-sheet.html").exists()


def test_what_was_printed_is_judged_as_before(old: Computer) -> None:
    """The version of the fixture said of this page: destroy it, and why."""
    assert "leaflets upgrade" in old.run("look", "FR-H1EG9")
    old.run("upgrade", "--yes")

    said = old.run("look", "FR-H1EG9", code=1)

    assert "FR-H1EG9 destroy it" in said
    assert "not-alone/help: readers rejected this wording: this sounds like an order" in said


def test_the_lines_of_before_are_kept_beside_and_gone_from_the_ledgers(old: Computer) -> None:
    old.run("upgrade", "--yes")

    for name in LEDGERS:
        assert (old.root / ".leaflets-before-upgrade" / name).read_bytes() == (V1 / name).read_bytes()
        people = [row for row in rows(old, name) if row["do"] != "machine"]
        assert people
        assert all("sig" in row and "why" not in row for row in people)
    machines = [row for row in rows(old, "locales/fr/reviews.jsonl") if row["do"] == "machine"]
    assert machines == [row for row in rows(old, ".leaflets-before-upgrade/locales/fr/reviews.jsonl") if row["do"] == "machine"]
    assert "this sounds like an order" in (old.root / "locales/fr/wordings.jsonl").read_text("utf-8")
    lengths = [len(str(row["k"])) for row in rows(old, "locales/fr/reviews.jsonl") if row["do"] != "machine"]
    assert (lengths.count(20), lengths.count(64)) == (2, 43)  # the wording that r2 corrected is nowhere any more
    assert {"recovery-sheet.html", "/sites/*"} <= {*(old.root / ".gitignore").read_text("utf-8").splitlines()}
    assert "*.jsonl merge=union" in (old.root / ".gitattributes").read_text("utf-8")


def test_a_second_run_has_nothing_to_do(old: Computer) -> None:
    old.run("upgrade", "--yes")
    before = {name: (old.root / name).read_bytes() for name in (*LEDGERS, "locales/readers.jsonl")}

    assert "nothing to take over" in old.run("upgrade", "--yes")
    assert {name: (old.root / name).read_bytes() for name in before} == before


@pytest.mark.parametrize(("name", "count"), [("_keep_copies", 1), ("_take_over", 1), ("_take_over", 3), ("_forget_answers", 1)])
def test_a_kill_loses_nothing_and_the_next_run_goes_on(old: Computer, name: str, count: int) -> None:
    code = KILLED.format(name=name, count=count)
    done = subprocess.run([sys.executable, "-c", code], cwd=old.root, env=os.environ | old.variables(), capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL

    old.run("upgrade", "--yes")

    found = seen(old)
    assert {name: found[name] for name in EXPECTED} == EXPECTED
    assert "nothing to take over" in old.run("upgrade", "--yes")
    for ledger in LEDGERS:
        assert (old.root / ".leaflets-before-upgrade" / ledger).read_bytes() == (V1 / ledger).read_bytes()


def test_a_second_organiser_makes_ready_what_needs_two_keys(old: Computer, tmp_path: Path) -> None:
    old.run("upgrade", "--yes")
    second = Computer(tmp_path / "second")
    second.home.mkdir()
    second.take_from(old)
    assert "[not-organiser]" in second.run("upgrade", code=1)
    spoken = SPOKEN.findall(second.run("readers", "ask"))[0]
    old.take_from(second)
    old.run("readers", "admit", "--organiser", spoken)
    second.take_from(old)

    assert "locales/fr/reviews.jsonl: sign 45 lines a second time" in second.run("upgrade")
    second.run("upgrade", "--yes")
    old.take_from(second)

    found = seen(old)
    assert {name: found[name] for name in EXPECTED} == EXPECTED
    states = found["states"]
    assert isinstance(states, dict)
    assert (states["private"], states["safe"]) == (State.READY, State.READ)
    assert found["facts"] == {"ready"}
    assert "nothing to take over" in second.run("upgrade")


def test_lines_without_a_key_that_come_later_are_never_taken_over(old: Computer) -> None:
    old.run("upgrade", "--yes")
    path = old.root / "locales/fr/reviews.jsonl"
    forged = (V1 / "locales/fr/reviews.jsonl").read_text("utf-8").replace('"r1"', '"r77"')
    path.write_text(path.read_text("utf-8") + forged, "utf-8")

    assert "[upgrade-late]" in old.run("upgrade", "--yes", code=1)

    assert seen(old)["signers"] == EXPECTED["signers"]
    assert "r77" in path.read_text("utf-8")


def test_without_it_every_edition_is_a_draft(old: Computer) -> None:
    said = old.run("build", SLUG, "-l", LANGUAGE, "-s", "a5", code=1)

    names = [path.name for path in (old.root / "output").rglob("*.pdf")]
    assert names == [f"{SLUG}_{LANGUAGE}_a5_DRAFT.pdf"]
    assert "leaflets upgrade" in said
