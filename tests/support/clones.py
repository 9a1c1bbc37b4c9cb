"""Two computers that work on one campaign through git: each has a clone, a state folder and a key of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.overview.status import campaign_status
from generator.problem import errors_among
from generator.review.extract import extract_messages
from generator.review.fact_snapshot import FactSnapshot
from generator.review.ledger import ledger_reading
from generator.review.ledger_event import LedgerAction
from generator.review.merge_driver import ATTRIBUTES, register_driver
from generator.review.snapshot import Snapshot
from generator.review.support import support_by_key
from generator.signing.comments import add_comment
from generator.signing.reading import find_line
from generator.signing.sentence_task import SentenceTask, corrected_task
from generator.signing.sign import correct_wording, reject_wording, sign_wording
from generator.signing.sign_facts import fact_tasks, sign_fact
from generator.trust.keys import new_seed, public_key
from generator.trust.memory import keep_key
from generator.trust.readers_edge import append_reader_line, campaign_registry, own_key
from tests.conftest import copy_campaign

GIT = (
    "git",
    "-c",
    "user.name=example",
    "-c",
    "user.email=example@example.org",
    "-c",
    "core.editor=true",
    "-c",
    "protocol.file.allow=always",
)
LANGUAGE, DOMAIN = "fr", "not-alone"
DAY = date(2026, 11, 23)
FIRST, SECOND = "r41", "r42"
"""The codes of whoever sits at the two computers."""


@dataclass
class Computer:
    """A clone, and the state folder of whoever works there."""

    root: Path
    state: Path
    who: str
    patch: pytest.MonkeyPatch

    def wake(self) -> Project:
        """Let this process be the computer from here on; return the campaign as it is now."""
        self.patch.setenv("XDG_STATE_HOME", str(self.state))
        return Project(self.root)

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run git in the clone."""
        return subprocess.run([*GIT, *arguments], cwd=self.root, capture_output=True, text=True, check=False)

    def commit(self, what: str = "work") -> str:
        """Commit everything, and return the commit."""
        self.git("add", "-A")
        self.git("commit", "-qm", what, "--allow-empty")
        return self.git("rev-parse", "HEAD").stdout.strip()

    def task(self, name: str, who: str = "") -> SentenceTask:
        """Return a sentence in front of the reader."""
        return find_line(Snapshot(self.wake()), LANGUAGE, DOMAIN, name, who or self.who).task

    def sign(self, name: str, who: str = "") -> None:
        """Sign the wording that stands."""
        task = self.task(name, who)
        sign_wording(self.wake(), task, who or self.who, DAY, _reasons(task))

    def correct(self, name: str, text: str, who: str = "") -> None:
        """Sign another wording."""
        task, snapshot = self.task(name, who), Snapshot(self.wake())
        after = corrected_task(snapshot, task, text, who or self.who)
        correct_wording(snapshot.project, task, after, who or self.who, DAY, _reasons(after))

    def reject(self, name: str) -> None:
        """Say that the wording that stands is wrong."""
        reject_wording(self.wake(), self.task(name), self.who, DAY, "nobody says this here")

    def look_up(self, name: str, action: LedgerAction = LedgerAction.SIGN) -> None:
        """Sign a fact, or say that it is wrong."""
        task = next(one for one in fact_tasks(self.wake(), "", self.who, DAY) if one.fact.name == name)
        sign_fact(self.wake(), task, self.who, DAY, action, "" if action == LedgerAction.SIGN else "nobody answers there")

    def fact_state(self, name: str) -> str:
        """Return the state of a fact."""
        return FactSnapshot(self.wake(), today=DAY).fact_states[name]

    def sign_source(self, name: str) -> None:
        """Sign a text of the source, or the whole leaflet."""
        task = find_line(Snapshot(self.wake()), "en", DOMAIN, name, self.who).task
        sign_wording(self.wake(), task, self.who, DAY, _reasons(task))

    def source_state(self, name: str) -> str:
        """Return the state of a text of the source."""
        return Snapshot(self.wake()).texts("en", DOMAIN)[name].state

    def comment(self, name: str, words: str) -> None:
        """Say something about a sentence."""
        add_comment(self.wake(), self.task(name), self.who, DAY, words)

    def replace(self, place: str, old: str, new: str) -> None:
        """Change a file as an editor does."""
        path = self.root / place
        text = path.read_text("utf-8")
        assert old in text, (place, old)
        path.write_text(text.replace(old, new), "utf-8")

    def type_in(self, name: str, text: str, editor: str = "Poedit 3.4", when: str = "2026-11-23 10:00+0000") -> None:
        """Change a text in an editor of PO files, which writes its name and the time into the header."""
        path = Project(self.root).catalogue(LANGUAGE, DOMAIN)
        entries = [entry.changed(msgstr=text) if entry.msgctxt == name else entry for entry in pofile.read_catalogue(path)]
        pofile.save_catalogue(path, entries)
        lines = path.read_text("utf-8").split("\n")
        lines = [f'"PO-Revision-Date: {when}\\n"' if line.startswith('"PO-Revision') else line for line in lines]
        place = next(number for number, line in enumerate(lines) if line.startswith('"Language:'))
        path.write_text("\n".join([*lines[:place], f'"X-Generator: {editor}\\n"', *lines[place:]]), "utf-8")

    def extract(self) -> list[str]:
        """Type `leaflets extract`; return the codes of errors."""
        return [problem.code for problem in errors_among(extract_messages(self.wake()).problems)]

    def settle(self) -> None:
        """End a merge or rebase: extract, add, go on; never look into a file."""
        for _ in range(20):
            assert self.extract() == []
            self.git("add", "-A")
            busy = [name for name in ("rebase-merge", "rebase-apply") if (self.root / ".git" / name).exists()]
            if not busy:
                break
            self.git("rebase", "--continue")
        assert self.extract() == []
        self.commit("together")

    def entry(self, name: str) -> Entry:
        """Return a sentence of the catalogue."""
        path = Project(self.root).catalogue(LANGUAGE, DOMAIN)
        return next(entry for entry in pofile.read_catalogue(path) if entry.msgctxt == name and not entry.obsolete)

    def says(self, name: str) -> str:
        """Return the text of a sentence."""
        return self.entry(name).msgstr

    def state_of(self, name: str) -> str:
        """Return the state of a sentence."""
        return Snapshot(self.wake()).texts(LANGUAGE, DOMAIN)[name].state

    def catalogues(self) -> dict[str, bytes]:
        """Return the bytes of every catalogue."""
        found = sorted([*self.root.rglob("*.po"), *self.root.rglob("*.pot")])
        return {str(path.relative_to(self.root)): path.read_bytes() for path in found}

    def status(self) -> str:
        """Return what `leaflets status` counts, and what it finds wrong."""
        report = campaign_status(self.wake())
        return f"{report.counts} {report.facts} {report.problems}"

    def lost(self) -> list[str]:
        """Return the keys of wordings that somebody signed and that stand nowhere."""
        project = self.wake()
        reading = ledger_reading(project.ledger(LANGUAGE))
        support = support_by_key(reading.events)
        keys = {key for all_ in reading.sentences.values() for key in all_}
        return [key for key in keys if support[key].signers and key not in reading.wordings.texts]


def _reasons(task: SentenceTask) -> dict[str, str]:
    return {problem.code: "I looked at it" for problem in task.problems}


def make_origin(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """Make a campaign in git, with two computers that may sign; `clone` gives each its own."""
    patch.setenv("XDG_STATE_HOME", str(folder / "state-1"))
    root = copy_campaign(folder / "origin", leaflets=(DOMAIN,), languages=("en", LANGUAGE))
    campaign = campaign_registry(root).campaign
    seed = own_key(root)
    assert seed
    patch.setenv("XDG_STATE_HOME", str(folder / "state-2"))
    keep_key(campaign, other := new_seed(), replacing=True)
    patch.setenv("XDG_STATE_HOME", str(folder / "state-1"))
    append_reader_line(root, seed, {"do": "admit", "code": SECOND, "key": public_key(other)})
    (root / ".gitattributes").write_text(ATTRIBUTES)
    (root / ".gitignore").write_text(".leaflets*\nrecovery*\n")
    extract_messages(Project(root))
    for arguments in (("init", "-qb", "main"), ("add", "-A"), ("commit", "-qm", "a campaign")):
        subprocess.run([*GIT, *arguments], cwd=root, check=True, capture_output=True)
    return root


def clone(origin: Path, folder: Path, number: int, patch: pytest.MonkeyPatch, driver: bool, *options: str) -> Computer:
    """Give a computer its clone."""
    root = folder / f"clone-{number}"
    subprocess.run([*GIT, "clone", "-q", *options, f"file://{origin}", str(root)], check=True, capture_output=True)
    # What a computer remembers of other tests' clones is nothing that it has seen in this one.
    state = shutil.copytree(origin.parent / f"state-{number}", folder / f"state-{number}", dirs_exist_ok=True)
    found = Computer(root, state, (FIRST, SECOND)[number - 1], patch)
    assert not driver or register_driver(root)
    return found


Work = Callable[[Computer], object]


def bring_together(one: Computer, other: Computer, how: str) -> None:
    """Let each of two computers take the other's work, by merge or rebase, at the same time."""
    heads = {computer.who: computer.commit() for computer in (one, other)}
    for mine, theirs in ((one, other), (other, one)):
        mine.git("fetch", "-q", str(theirs.root), heads[theirs.who])
        mine.git(how, *(("-q", "--no-edit") if how == "merge" else ()), "FETCH_HEAD")
    for computer in (one, other):
        computer.settle()
