"""Build editions while the page stays open: one job at a time, with progress, until stopped."""

from __future__ import annotations

import os
import secrets
import time
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Lock, Thread

from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions.build import BuildReport, build_editions
from generator.editions.manifest import EditionRecord, editions_by_state
from generator.editions.plan import BuildRequest
from generator.layout.stage import EditionState
from generator.problem import LeafletsError, Problem

# Jobs that are remembered; the oldest are forgotten.
REMEMBERED_JOBS = 20


class JobStopped(Exception):
    """Somebody stopped the job."""


@dataclass
class PrintJob:
    """One build that an organiser asked for."""

    request: BuildRequest
    drafts: bool = False
    """Whether drafts were asked for by name, and belong into what can be taken away."""
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    began: float = field(default_factory=time.monotonic)
    done: int = 0
    total: int = 0
    """Editions that are drawn; 0 until that is known, and where nothing changed."""
    seconds: float = 0
    """How long it took, once it ended."""
    report: BuildReport | None = None
    problems: tuple[Problem, ...] = ()
    """Why nothing could be built at all."""
    stopped: bool = False
    wanted: bool = True
    """False once somebody asked to stop it; the edition in work is finished first."""

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return not (self.report or self.problems or self.stopped)

    @property
    def left(self) -> int:
        """About how many seconds it will take; 0 while nobody can tell."""
        if not (self.done and self.running):
            return 0
        passed = time.monotonic() - self.began
        return round(passed / self.done * (self.total - self.done))

    @property
    def counts(self) -> Counter[EditionState]:
        """How many editions are ready, draft or withheld."""
        outcomes = self.report.outcomes if self.report else ()
        return editions_by_state(outcome.record for outcome in outcomes)

    def progress(self, done: int, total: int) -> None:
        """Note how far it is; raise JobStopped where somebody wants it to end."""
        self.done, self.total = done, total
        if not self.wanted:
            raise JobStopped


class PrintQueue:
    """The jobs of one running page.

    Each holds the lock of the output folder, so that it and a command wait for each other.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = Lock()
        self.jobs: dict[str, PrintJob] = {}

    @property
    def running(self) -> PrintJob | None:
        """The job that goes on now."""
        jobs = list(self.jobs.values())  # another thread may begin one meanwhile
        return next((job for job in jobs if job.running), None)

    def start(self, request: BuildRequest, drafts: bool = False) -> PrintJob:
        """Begin a job and return it; raise LeafletsError while another one runs."""
        with self.lock:
            if self.running:
                what, hint = "leaflets are being printed already", "wait until it ends, or stop it"
                raise LeafletsError(Problem("print-busy", what, hint=hint))
            job = PrintJob(request, drafts)
            self.jobs[job.id] = job
            for old in list(self.jobs)[:-REMEMBERED_JOBS]:
                del self.jobs[old]
        Thread(target=self._run, args=(job,), daemon=True).start()
        return job

    def _run(self, job: PrintJob) -> None:
        """Build in this thread; one process fewer than cores draws, so that readers are served."""
        processes = max(1, (os.cpu_count() or 2) - 1)
        try:
            job.report = build_editions(
                Project(self.root), job.request, processes, progress=job.progress
            )
        except JobStopped:
            job.stopped = True
        except LeafletsError as error:
            job.problems = error.problems
        except Exception as error:  # noqa: BLE001 - nobody would hear of it in a thread
            # The message of the error may be private, its kind is not.
            what = f"the build ended with {type(error).__name__}"
            job.problems = (Problem("crash", what, hint="run `leaflets build` in a terminal"),)
        finally:
            job.seconds = time.monotonic() - job.began


def zip_editions(project: Project, records: Iterable[EditionRecord]) -> bytes:
    """Return a zip of finished PDFs under the names they have in output/.

    What is no longer on the disk as it was built is left out.
    Raises LeafletsError if there is none.
    """
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in records:
            for path in record.paths if manifest.is_intact(project.output, record) else ():
                entry = zipfile.ZipInfo(path)  # without a date: the same PDFs give the same bytes
                archive.writestr(entry, (project.output / path).read_bytes(), zipfile.ZIP_DEFLATED)
        if not archive.namelist():
            hint = "build them first, or ask for drafts too"
            raise LeafletsError(
                Problem("print-nothing", "none of these is ready and built", hint=hint)
            )
    return data.getvalue()
