"""Several computers with one campaign: each has a state folder of its own, and files go round as copies."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.problem import Problem
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import sentence_tasks
from generator.signing.sign import sign_wording

LEAFLETS = Path(sys.executable).parent / "leaflets"
SLUG, LANGUAGE = "not-alone", "fr"
DAY = "2026-11-23"
STAYS = shutil.ignore_patterns(".leaflets*", "output", "recovery-sheet.html")
"""What a copy of a campaign leaves on the computer that it is made on."""


@dataclass(frozen=True)
class Computer:
    """One computer: its own keys, and its own copy of the campaign."""

    home: Path

    @property
    def root(self) -> Path:
        return self.home / "town"

    @property
    def project(self) -> Project:
        return Project(self.root)

    def variables(self, day: str = DAY) -> dict[str, str]:
        """Return what makes a process one of this computer's, on a day."""
        noon = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
        state = str(self.home / "state")
        return {"XDG_STATE_HOME": state, "SOURCE_DATE_EPOCH": str(int(noon.timestamp())), "NO_COLOR": "1"}

    @contextmanager
    def here(self, day: str = DAY) -> Iterator[None]:
        """Let this process be one of this computer's."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.variables(day).items():
                patch.setenv(name, value)
            yield

    def run(self, *arguments: str, typed: str = "", day: str = DAY, code: int = 0) -> str:
        """Run a command in a process of its own and return all it says; `code` is how it must end."""
        command, environment = [str(LEAFLETS), *arguments], os.environ | self.variables(day)
        cwd = self.root if self.root.exists() else self.home
        done = subprocess.run(command, cwd=cwd, env=environment, input=typed, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert "Traceback" not in said, said
        return said

    def take_from(self, other: Computer) -> None:
        """Take the campaign over from another computer, as git or a memory stick would."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(other.root, self.root, ignore=STAYS)

    def sign(self, who: str, *names: str, day: str = DAY) -> None:
        """Sign sentences here for a reader."""
        with self.here(day):
            project = self.project
            tasks = {task.message.msgctxt: task for task in sentence_tasks(Snapshot(project), LANGUAGE, [SLUG], who, everything=True)}
            for name in names:
                reasons = {problem.code: "looked at it" for problem in tasks[name].problems}
                sign_wording(project, tasks[name], who, date.fromisoformat(day), reasons)

    def signers(self, name: str) -> set[str]:
        """Return whose signatures of a sentence count here."""
        with self.here():
            snapshot = Snapshot(self.project)
            return set(snapshot.support(LANGUAGE, snapshot.texts(LANGUAGE, SLUG)[name]).signers)

    def state(self, name: str) -> str:
        """Return the state of a sentence here."""
        with self.here():
            return str(Snapshot(self.project).texts(LANGUAGE, SLUG)[name].state)

    def problems(self) -> list[Problem]:
        """Return what is wrong with the lines of the language here."""
        with self.here():
            return list(Snapshot(self.project).ledger(LANGUAGE).problems)
