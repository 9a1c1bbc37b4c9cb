"""Draw papers that are no leaflets (labels, orders, notices) with the machinery of the editions: same fonts, same proof."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path

from generator.edges import fonts
from generator.edges.pool import WorkerLost, Workers
from generator.edges.press import Job, Print, start, work
from generator.edges.project import Project, shipped
from generator.edges.render import Setup
from generator.problem import LeafletsError, Problem

LAYOUT_SECONDS, PAPER_SECONDS = 60, 180
"""Wall clock for one layout, and for one paper with its proof."""
JOBS = 2


def drawn(project: Project, jobs: Iterable[Job], theme: bool = False) -> dict[str, bytes]:
    """Return the PDF of each job by its name, in the papers' own style or in that of the campaign's theme.

    Raises LeafletsError with everything that is wrong with any of them.
    """
    jobs = list(jobs)
    if not jobs:
        return {}
    languages = list(dict.fromkeys([project.languages["en"], *(job.language for job in jobs)]))
    faces = fonts.faces(languages, project.languages)
    folder = project.theme if theme else shipped("templates") / "paper"
    style = fonts.css(languages, faces) + (folder / "style.css").read_text("utf-8")
    assets = fonts.files(faces) | {path.name: path for path in folder.glob("*.svg")}
    workdir = Path(tempfile.mkdtemp(prefix="leaflets-"))
    try:
        with Workers(min(JOBS, len(jobs)), start, (Setup(workdir, assets, style, LAYOUT_SECONDS),), PAPER_SECONDS) as pool:
            results = {job.name: _result(job.name, future) for job, future in [(job, pool.submit(work, job)) for job in jobs]}
    finally:
        shutil.rmtree(workdir, ignore_errors=True)
    if wrong := [problem.at(where=name) for name, result in results.items() for problem in result.problems]:
        raise LeafletsError(*wrong)
    return {name: result.pdf for name, result in results.items()}


def _result(name: str, future: Future[Print]) -> Print:
    try:
        return future.result()
    except WorkerLost as error:
        hint = "run the command again; if it happens again, free some memory"
        return Print(problems=(Problem("worker-lost", f"the process that drew {name} was lost: {error}", hint=hint),))
    except LeafletsError as error:
        return Print(problems=error.problems)
