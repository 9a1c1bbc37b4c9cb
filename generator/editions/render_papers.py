"""Draw papers that are no leaflets (labels, orders, notices, worksheets) with the machinery of the editions: same fonts, same proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.campaign.project import Project, shipped_templates
from generator.campaign.told import vouched
from generator.editions.executors import processes, result_of
from generator.editions.papers import Word, word
from generator.editions.worker import Job, work
from generator.layout import fonts
from generator.layout.render import Setup
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot

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
    return Look(
        (folder / "style.css").read_text("utf-8"),
        {path.name: path for path in folder.glob("*.svg")},
    )


@dataclass(frozen=True)
class Sheaf:
    """The PDFs of some papers by name, and what is wrong with the others: a paper, its language, why, what to do."""

    pdfs: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Papers:
    """Where papers were written, by name; and why the others were not."""

    paths: Mapping[str, Path]
    problems: tuple[Problem, ...] = ()


def drawn(
    project: Project, jobs: Iterable[Job], look: Look | None = None, seconds: float = SECONDS
) -> Sheaf:
    """Return the papers in their own look if no other is given; one that cannot be drawn or proved costs no other."""
    wanted = list(jobs)
    lost = [_of(job, problem) for job in wanted for problem in fonts.missing([job.language.face])]
    jobs = [job for job in wanted if not fonts.missing([job.language.face])]
    if not jobs:
        return Sheaf({}, tuple(lost))
    look = look or look_of(shipped_templates("paper"))
    languages = list(dict.fromkeys([project.languages["en"], *(job.language for job in jobs)]))
    faces = fonts.faces(languages, project.languages)
    files, css = {**fonts.files(faces), **look.assets}, fonts.css(languages, faces) + look.css
    with processes(
        min(JOBS, len(jobs)), seconds, lambda folder: Setup(folder, files, css, seconds)
    ) as pool:
        running = [(job, pool.submit(work, job)) for job in jobs]
        results = [(job, result_of(future, job.name, AGAIN)) for job, future in running]
    wrong = [_of(job, problem) for job, result in results for problem in result.problems]
    return Sheaf(
        {job.name: result.pdf for job, result in results if not result.problems}, (*lost, *wrong)
    )


def _of(job: Job, problem: Problem) -> Problem:
    return problem.at(where=f"{job.name} ({job.language.english})", language=job.language.code)


def said(snapshot: Snapshot, language: str, domain: str, name: str) -> Word:
    """Return a message as a line of a paper; in English alone where the catalogue cannot be read."""
    try:
        return word(vouched(snapshot.texts(language, domain)[name], language, domain))
    except LeafletsError:
        return Word("", snapshot.texts("en", domain)[name].message.msgid)
