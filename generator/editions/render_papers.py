"""Draw papers that are no leaflets: labels, orders, notices, worksheets.

The machinery is that of the editions: the same fonts, the same proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.campaign.project import Project
from generator.campaign.shipped import shipped_templates
from generator.campaign.state_sentences import vouched_text
from generator.editions.executors import job_result, local_workers
from generator.editions.jobs import EditionJob
from generator.editions.papers import PaperLine, paper_line
from generator.editions.worker import run_job
from generator.layout import fonts
from generator.layout.render import RenderSetup
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot

# Wall clock for one paper and its proof.
PAPER_SECONDS = 180
PAPER_PROCESSES = 2
RUN_AGAIN = "run the command again; if it happens again, free some memory or make fewer pages"


@dataclass(frozen=True)
class PaperLook:
    """The rules of some papers besides those of the languages, and the files the rules name."""

    css: str
    assets: Mapping[str, Path] = field(default_factory=dict)


def paper_look(folder: Path) -> PaperLook:
    """Return the look that a folder holds: `style.css` and its pictures."""
    pictures = {path.name: path for path in folder.glob("*.svg")}
    return PaperLook((folder / "style.css").read_text("utf-8"), pictures)


@dataclass(frozen=True)
class DrawnPapers:
    """The PDFs of some papers by name, and what is wrong with the others."""

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
    seconds: float = PAPER_SECONDS,
) -> DrawnPapers:
    """Return the papers, in their own look unless another is given; a failure costs no other."""
    problems: list[Problem] = []
    drawable: list[EditionJob] = []
    for job in jobs:
        missing = fonts.missing_fonts([job.language.face])
        problems += _placed(job, missing)
        drawable += [] if missing else [job]
    if not drawable:
        return DrawnPapers({}, tuple(problems))

    look = look or paper_look(shipped_templates("paper"))
    languages = list(dict.fromkeys([project.languages["en"], *(job.language for job in drawable)]))
    faces = fonts.needed_faces(languages, project.languages)
    files = {**fonts.font_files(faces), **look.assets}
    css = fonts.font_css(languages, faces) + look.css

    pdfs = {}
    count = min(PAPER_PROCESSES, len(drawable))
    with local_workers(
        count, seconds, lambda folder: RenderSetup(folder, files, css, seconds)
    ) as pool:
        running = [(job, pool.submit(run_job, job)) for job in drawable]
        for job, future in running:
            result = job_result(future, job.name, RUN_AGAIN)
            problems += _placed(job, result.problems)
            if not result.problems:
                pdfs[job.name] = result.pdf
    return DrawnPapers(pdfs, tuple(problems))


def _placed(job: EditionJob, problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with the paper and the language they are about."""
    where = f"{job.name} ({job.language.english})"
    return [problem.at(where=where, language=job.language.code) for problem in problems]


def message_line(snapshot: Snapshot, language: str, domain: str, name: str) -> PaperLine:
    """Return a message as a line of a paper, in English alone where the catalogue is unreadable."""
    try:
        return paper_line(vouched_text(snapshot.texts(language, domain)[name], language, domain))
    except LeafletsError:
        return PaperLine("", snapshot.texts("en", domain)[name].message.msgid)
