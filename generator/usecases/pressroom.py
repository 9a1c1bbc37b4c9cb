"""Draw papers that are no leaflets (labels, orders, notices, worksheets) with the machinery of the editions: same fonts, same proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.edges import fonts
from generator.edges.press import Job, work
from generator.edges.project import Project, shipped
from generator.edges.render import Setup
from generator.problem import LeafletsError
from generator.usecases.executors import processes, result_of

SECONDS = 180
"""Wall clock for one paper and its proof."""
JOBS = 2
AGAIN = "run the command again; if it happens again, free some memory or make fewer pages"


@dataclass(frozen=True)
class Look:
    """The rules of some papers besides those of the languages, and the files the rules name."""

    css: str
    assets: Mapping[str, Path] = field(default_factory=dict)


def look_of(folder: Path) -> Look:
    """Return the look that a folder holds: `style.css` and its pictures."""
    return Look((folder / "style.css").read_text("utf-8"), {path.name: path for path in folder.glob("*.svg")})


def drawn(project: Project, jobs: Iterable[Job], look: Look | None = None, seconds: float = SECONDS) -> dict[str, bytes]:
    """Return the PDF of each job by its name, in the papers' own look if no other is given.

    Raises LeafletsError with everything that is wrong with any of them.
    """
    jobs = list(jobs)
    if not jobs:
        return {}
    look = look or look_of(shipped("templates") / "paper")
    languages = list(dict.fromkeys([project.languages["en"], *(job.language for job in jobs)]))
    faces = fonts.faces(languages, project.languages)
    files, css = {**fonts.files(faces), **look.assets}, fonts.css(languages, faces) + look.css
    with processes(min(JOBS, len(jobs)), seconds, lambda folder: Setup(folder, files, css, seconds)) as pool:
        running = [(job.name, pool.submit(work, job)) for job in jobs]
        results = {name: result_of(future, name, AGAIN) for name, future in running}
    if wrong := [problem.at(where=name) for name, result in results.items() for problem in result.problems]:
        raise LeafletsError(*wrong)
    return {name: result.pdf for name, result in results.items()}
