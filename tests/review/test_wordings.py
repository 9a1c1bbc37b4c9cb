"""Every wording is kept before anything replaces it, damage makes nothing ready, and what git lost comes back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.model import State
from generator.overview.check_catalogues import catalogue_problems
from generator.problem import LeafletsError, Problem
from generator.review.extract import extract_messages
from generator.review.settle_merges import settle_merges
from generator.review.snapshot import Snapshot
from generator.review.wordings import (
    KeptWording,
    delete_texts,
    drop_revived,
    read_wordings,
    remember_wordings,
    remember_words,
)
from generator.signing.sentence_task import SentenceTask, corrected_task
from generator.signing.sign import correct_wording, reject_wording, sign_wording
from tests.conftest import copy_campaign
from tests.support.wordings import DAY, Results, french, kept, put, task, typed

KILLED = """
import sys
from datetime import date
from pathlib import Path
import os
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.review.snapshot import Snapshot
from generator.signing import record_answer, sign
from generator.signing.sentence_task import corrected_task, task_for

where = sys.argv[2]
def die(*args, **kwargs):
    os.kill(os.getpid(), 9)
if where == "ledger":
    record_answer.append_effective = die
else:
    pofile.save_catalogue = die
project = Project(Path(sys.argv[1]))
snapshot = Snapshot(project)
text = snapshot.texts("fr", "not-alone")["help"]
before = task_for(snapshot, "fr", "not-alone", text, "r41")
after = corrected_task(snapshot, before, "Ce que l'on peut faire", "r41")
sign.correct_wording(project, before, after, "r41", date(2026, 11, 23), {})
"""


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a campaign of one leaflet in French."""
    return copy_campaign(tmp_path / "campaign", leaflets=("not-alone",), languages=("en", "fr"))


def test_what_a_reader_saw_and_what_they_wrote_are_both_kept(campaign: Path) -> None:
    """A correction keeps the machine's draft that stood there before; a rejected text stays too."""
    before = task(campaign, "help")
    draft = before.text.msgstr
    assert kept(campaign) == set()
    correct_wording(Project(campaign), before, corrected(campaign, before, "Notre aide"), "r41", DAY, {})
    assert kept(campaign) == {draft, "Notre aide"}
    title = task(campaign, "title")
    reject_wording(Project(campaign), title, "r41", DAY, "this is the wrong word")
    assert title.text.msgstr in kept(campaign)


def corrected(campaign: Path, before: SentenceTask, text: str) -> SentenceTask:
    return corrected_task(Snapshot(Project(campaign)), before, text, "r41")


@pytest.mark.parametrize("where", ["ledger", "catalogue"])
def test_a_kill_loses_no_text(campaign: Path, where: str) -> None:
    """Killed before the ledger or before the catalogue is written, both texts stand in the file already."""
    draft = task(campaign, "help").text.msgstr
    found = subprocess.run([sys.executable, "-c", KILLED, str(campaign), where], check=False, timeout=300)
    assert found.returncode == -9
    assert kept(campaign) == {draft, "Ce que l'on peut faire"}
    assert task(campaign, "help").text.msgstr == draft


def test_extract_keeps_what_was_typed_elsewhere_and_no_drafts(campaign: Path) -> None:
    """Texts of machines need no file; a text typed in an editor is kept, `--check` says so, and later programs may drop it."""
    extract_messages(Project(campaign))
    assert kept(campaign) == set()
    typed(campaign, "help", "Ce qu'on fait")
    assert "locales/fr/wordings.jsonl" in extract_messages(Project(campaign), check=True).written
    assert kept(campaign) == set()
    extract_messages(Project(campaign))
    assert kept(campaign) == {"Ce qu'on fait"}
    typed(campaign, "help", "Autre texte")
    extract_messages(Project(campaign))
    assert kept(campaign) == {"Ce qu'on fait", "Autre texte"}
    assert extract_messages(Project(campaign)).written == ()


def test_lines_may_be_doubled_damaged_and_end_as_in_windows(tmp_path: Path) -> None:
    """A damaged line is told with its number and hides no other; order and line ends do not matter."""
    path = tmp_path / "fr" / "wordings.jsonl"
    path.parent.mkdir()
    rows = [{"c": "title", "s": "Hello", "t": "Bonjour"}, {"w": "wrong word"}, {"c": "title", "s": "Hello", "t": "Salut"}]
    lines = [json.dumps(row) for row in rows]
    path.write_bytes("\r\n".join([lines[2], '{"c": "title", "s"', *lines, lines[0], "[1]", '{"w": 3}']).encode())
    found = read_wordings(path)
    assert {one.msgstr for one in found.texts.values()} == {"Bonjour", "Salut"}
    assert list(found.words.values()) == ["wrong word"]
    assert [(one.code, one.where) for one in found.problems] == [("wordings", f"{path}:{number}") for number in (2, 7, 8)]
    remember_wordings(path, [KeptWording("title", "Hello", "Coucou"), KeptWording("title", "Hello", "Salut")])
    assert [one.msgstr for one in read_wordings(path).texts.values()] == ["Salut", "Bonjour", "Coucou"]


def test_a_changed_line_makes_nothing_ready(campaign: Path) -> None:
    """Whoever changes the text under a signature only makes another text, which nobody signed."""
    for who in ("r41", "r42"):
        sign_wording(Project(campaign), task(campaign, "help", who), who, DAY, {})
    assert Snapshot(Project(campaign)).texts("fr", "not-alone")["help"].state is State.READY
    signed = task(campaign, "help").text.msgstr
    path = campaign / "locales" / "fr" / "wordings.jsonl"
    path.write_text(path.read_text("utf-8").replace(signed, "Payez d'abord"), "utf-8")
    typed(campaign, "help", "Payez d'abord")
    extract_messages(Project(campaign))
    text = Snapshot(Project(campaign)).texts("fr", "not-alone")["help"]
    assert (text.msgstr, text.state) == ("Payez d'abord", State.DRAFT)


def test_what_git_left_in_a_file_that_is_no_utf8_is_joined_byte_for_byte(campaign: Path) -> None:
    path = campaign / "locales" / "fr" / "wordings.jsonl"
    odd = b'{"w": "a\xff"}\n'
    path.write_bytes(b"<<<<<<< HEAD\n" + odd + b'=======\n{"w": "b"}\n>>>>>>> theirs\n')

    assert settle_merges(Project(campaign)) == [path]

    assert sorted(path.read_bytes().splitlines(keepends=True)) == sorted([odd, b'{"w": "b"}\n'])


def test_gone_wins_over_a_merge_and_nobody_says_it_again(tmp_path: Path) -> None:
    """The line of an older clone does not bring a text back; the next write takes it out, and the same words are refused."""
    path = tmp_path / "fr" / "wordings.jsonl"
    path.parent.mkdir()
    text = KeptWording("title", "Hello", "Bonjour")
    remember_wordings(path, [text])
    remember_words(path, ["his name is there"])
    old = path.read_text("utf-8")
    key = wording_key("fr", *text)
    delete_texts(path, [key, *read_wordings(path).words])
    assert "Bonjour" not in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8") + old, "utf-8")
    found = read_wordings(path)
    assert (found.texts, found.words, found.revived) == ({}, {}, True)
    assert drop_revived(path)
    assert "Bonjour" not in path.read_text("utf-8")
    assert "his name" not in path.read_text("utf-8")
    assert not drop_revived(path)
    remember_wordings(path, [text])
    assert read_wordings(path).texts == {}
    with pytest.raises(LeafletsError) as refused:
        remember_words(path, ["his name is there"])
    assert refused.value.problems[0].code == "text-gone"


def lost(campaign: Path, results: Results) -> list[Problem]:
    project = Project(campaign)
    found = catalogue_problems(Snapshot(project), project.languages["fr"], results)
    return [one for one in found if one.code == "wording-lost"]


def test_a_signed_wording_that_git_dropped_is_told_and_put_back(campaign: Path) -> None:
    """Somebody takes their own side of a merge: the machine's draft stands again, and the reader's words nowhere."""
    path = french(campaign)
    theirs = path.read_bytes()
    before = task(campaign, "help")
    correct_wording(Project(campaign), before, corrected(campaign, before, "Notre aide"), "r41", DAY, {})
    assert lost(campaign, Results()) == []
    path.write_bytes(theirs)
    (problem,) = lost(campaign, Results())
    assert "r41" in problem.what
    assert problem.where.startswith(f"{path}:")
    assert problem.hint == "leaflets extract puts it back"
    line = int(problem.where.rpartition(":")[2])
    assert "help" in "".join(path.read_text("utf-8").split("\n")[line - 1 : line + 8])
    extract_messages(Project(campaign))
    text = Snapshot(Project(campaign)).texts("fr", "not-alone")["help"]
    assert (text.msgstr, text.state) == ("Notre aide", State.READY)
    assert lost(campaign, Results()) == []


def test_an_empty_entry_is_filled_unless_somebody_emptied_it(campaign: Path) -> None:
    """Where nothing stood, the signed text returns; whoever takes it out in an editor leaves our comments, and is believed."""
    before = task(campaign, "help")
    correct_wording(Project(campaign), before, corrected(campaign, before, "Notre aide"), "r41", DAY, {})
    typed(campaign, "help", "")
    extract_messages(Project(campaign))
    assert task(campaign, "help").text.msgstr == ""
    put(campaign, "help", msgstr="", comments=(), flags=())
    extract_messages(Project(campaign))
    assert task(campaign, "help").text.msgstr == "Notre aide"


def test_a_correction_in_an_editor_is_told_and_left_alone(campaign: Path) -> None:
    """A text of unknown origin may be somebody's correction: `check` names both ways, and nothing is put back."""
    before = task(campaign, "help")
    correct_wording(Project(campaign), before, corrected(campaign, before, "Notre aide"), "r41", DAY, {})
    typed(campaign, "help", "Nos aides")
    (problem,) = lost(campaign, Results())
    assert "leaflets history fr not-alone help" in problem.hint
    extract_messages(Project(campaign))
    extract_messages(Project(campaign))
    assert task(campaign, "help").text.msgstr == "Nos aides"


def test_a_text_that_was_deleted_leaves_the_catalogue_too(campaign: Path) -> None:
    """An old clone brings the entry back: it counts as missing, nobody can write it again, and `extract` empties it."""
    before = task(campaign, "help")
    correct_wording(Project(campaign), before, corrected(campaign, before, "Notre aide"), "r41", DAY, {})
    delete_texts(campaign / "locales" / "fr" / "wordings.jsonl", [task(campaign, "help").key])
    again = task(campaign, "help", "r42")
    assert again.text.state is State.MISSING
    with pytest.raises(LeafletsError) as refused:
        correct_wording(Project(campaign), again, corrected(campaign, again, "Notre aide"), "r42", DAY, {})
    assert refused.value.problems[0].code == "text-gone"
    extract_messages(Project(campaign))
    assert task(campaign, "help").text.msgstr == ""
    assert '"Notre aide"' not in french(campaign).read_text("utf-8")
    assert pofile.read_catalogue(french(campaign))
    correct_wording(Project(campaign), again, corrected(campaign, again, "Autre texte"), "r42", DAY, {})
    assert task(campaign, "help").support.signers == {"r42"}
