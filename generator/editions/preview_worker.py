"""The process that draws previews: one, started when it is first needed, and again when it died."""

from __future__ import annotations

import atexit
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.base.work_folder import end_work_folder, new_work_folder
from generator.campaign.project import Project
from generator.editions.jobs import EditionJob
from generator.editions.preview_page import (
    MessagePlace,
    PagePicture,
    draw_preview,
    paint_page,
    picture_of_pdf,
    start_preview,
)
from generator.editions.render_setup import render_setup
from generator.layout import fonts
from generator.layout.pool import WorkerLost, WorkerPool
from generator.layout.preview_composer import PREVIEW_CSS
from generator.model import Language
from generator.problem import LeafletsError, Problem

LOG = logging.getLogger("generator")

# Wall clock for one picture; after that the process is ended and the next one starts afresh.
PREVIEW_SECONDS = 30
T = TypeVar("T")


@dataclass(frozen=True)
class PreviewOrder:
    """A page to be drawn, or a finished PDF to be shown, named by its content."""

    token: str
    name: str
    """The edition's."""
    language: Language
    notes: tuple[Problem, ...] = ()
    job: EditionJob | None = None
    pdf: bytes = b""


class PreviewProcess:
    """The process: started when it is first needed, again when it died or a language was added."""

    def __init__(self) -> None:
        self.project: Project | None = None
        self.workers: WorkerPool | None = None
        self.languages: dict[str, Language] = {}
        self.workdir: Path | None = None

    def draw(self, order: PreviewOrder, size: float) -> PagePicture:
        """Draw one order, at `size` pt if that fits.

        Raises LeafletsError if its process was lost twice.
        """
        if order.job:
            return self._ask(order.language, draw_preview, order.job, size)
        return self._ask(order.language, picture_of_pdf, order.pdf)

    def paint(
        self, order: PreviewOrder, pdf: bytes, number: int, marks: tuple[MessagePlace, ...]
    ) -> bytes:
        """Return one page as PNG; raise LeafletsError if its process was lost twice."""
        return self._ask(order.language, paint_page, pdf, number, marks)

    def _ask(self, language: Language, function: Callable[..., T], *arguments: object) -> T:
        """Return the answer of the process; one that was lost is replaced and asked once more."""
        try:
            return self._ready(language).submit(function, *arguments).result()
        except WorkerLost:
            LOG.warning("The process that draws pictures was lost; a new one starts.")
        try:
            return self._ready(language).submit(function, *arguments).result()
        except WorkerLost as error:
            what = f"the process that draws was lost: {error}"
            hint = "change the text, or look at the page again in a moment"
            raise LeafletsError(Problem("worker-lost", what, hint=hint)) from None

    def _ready(self, language: Language) -> WorkerPool:
        """Return the running process, set up for this language and all whose fonts are there."""
        if self.workers and language.code in self.languages:
            return self.workers
        project = self.project
        if project is None:
            raise RuntimeError("nothing was ordered")
        rows = (project.languages[code] for code in project.campaign.languages)
        wanted = {row.code: row for row in rows if fonts.is_face_ready(row.face)}
        wanted[language.code] = language
        workdir = new_work_folder()
        try:
            setup = render_setup(project, wanted.values(), workdir, PREVIEW_CSS)
        except LeafletsError:
            end_work_folder(workdir)
            raise
        self.close()
        self.workers = WorkerPool(1, start_preview, (setup,), PREVIEW_SECONDS)
        self.languages, self.workdir = wanted, workdir
        atexit.register(self.close)
        return self.workers

    def close(self) -> None:
        """End the process, if there is one, and remove its files."""
        atexit.unregister(self.close)
        if self.workers:
            self.workers.shutdown(cancel_futures=True)
        if self.workdir:
            end_work_folder(self.workdir)
        self.workers, self.workdir, self.languages = None, None, {}
