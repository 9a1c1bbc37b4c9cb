"""Draw papers that are no leaflets (labels, orders, notices, worksheets) with the machinery of the editions: same fonts, same proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.campaign.project import Project
from generator.campaign.shipped import shipped_templates
from generator.campaign.state_sentences import vouched_text
from generator.editions.executors import job_result, local_workers
from generator.editions.papers import PaperLine, paper_line
from generator.editions.worker import EditionJob, run_job
from generator.layout import fonts
from generator.layout.render import RenderSetup
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot

SECONDS = 180
"""Wall clock for one paper and its proof."""
JOBS = 2
AGAIN = "run the command again; if it happens again, free some memory or make fewer pages"


@dataclass(frozen=True)
class PaperLook:
    """The rules of some papers besides those of the languages, and the files the rules name."""

    css: str
    assets: Mapping[str, Path] = field(default_factory=dict)


def paper_look(folder: Path) -> PaperLook:
    """Return the look that a folder holds: `style.css` and its pictures."""
    return PaperLook(
        (folder / "style.css").read_text("utf-8"),
        {path.name: path for path in folder.glob("*.svg")},
    )


@dataclass(frozen=True)
class DrawnPapers:
    """The PDFs of some papers by name, and what is wrong with the others: a paper, its language, why, what to do."""

    pdfs: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class WrittenPapers:
    """Where papers were written, by name; and why the others were not."""

    paths: Mapping[str, Path]
    problems: tuple[Problem, ...] = ()


def draw_papers(
    project: Project,
    jobs: Iterable[EditionJob],
    look: PaperLook | None = None,
    seconds: float = SECONDS,
) -> DrawnPapers:
    """Return the papers in their own look if no other is given; one that cannot be drawn or proved costs no other."""
    wanted = list(jobs)
    lost = [
        _of(job, problem) for job in wanted for problem in fonts.missing_fonts([job.language.face])
    ]
    jobs = [job for job in wanted if not fonts.missing_fonts([job.language.face])]
    if not jobs:
        return DrawnPapers({}, tuple(lost))
    look = look or paper_look(shipped_templates("paper"))
    languages = list(dict.fromkeys([project.languages["en"], *(job.language for job in jobs)]))
    faces = fonts.needed_faces(languages, project.languages)
    files, css = (
        {**fonts.font_files(faces), **look.assets},
        fonts.font_css(languages, faces) + look.css,
    )
    with local_workers(
        min(JOBS, len(jobs)), seconds, lambda folder: RenderSetup(folder, files, css, seconds)
    ) as pool:
        running = [(job, pool.submit(run_job, job)) for job in jobs]
        results = [(job, job_result(future, job.name, AGAIN)) for job, future in running]
    wrong = [_of(job, problem) for job, result in results for problem in result.problems]
    return DrawnPapers(
        {job.name: result.pdf for job, result in results if not result.problems}, (*lost, *wrong)
    )


def _of(job: EditionJob, problem: Problem) -> Problem:
    return problem.at(where=f"{job.name} ({job.language.english})", language=job.language.code)


def message_line(snapshot: Snapshot, language: str, domain: str, name: str) -> PaperLine:
    """Return a message as a line of a paper; in English alone where the catalogue cannot be read."""
    try:
        return paper_line(vouched_text(snapshot.texts(language, domain)[name], language, domain))
    except LeafletsError:
        return PaperLine("", snapshot.texts("en", domain)[name].message.msgid)
