"""Measure the text layer: words found again in PDFium and poppler, before and after it, for each language; time and bytes.

Run it with `make bench`. The leaflet of the campaign in its 21 languages, and sample sentences of others; before and after are drawn
in the same run by the same processes' code, the layout being the same. How a word is counted stands in `tests/support/recall.py`.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from generator.campaign.project import Project
from generator.editions import worker
from generator.editions.build_run import BuildRun
from generator.editions.jobs import EditionJob, JobResult
from generator.editions.worker import run_job
from generator.layout import fonts, text_layer
from generator.layout.pool import WorkerPool
from generator.layout.render import RenderSetup
from generator.model import Edition
from generator.review.snapshot import Snapshot
from tests.support.recall import SAMPLES, pdfium_text, poppler_text, recall, sample_job

ROUNDS = 3


def start_without(setup: RenderSetup) -> None:
    """Make a press that leaves the text layer as WeasyPrint writes it."""
    text_layer.install_text_layer = lambda: None
    text_layer.finish_text_layer = lambda document, pdf: None
    worker.start_worker(setup)


def main() -> None:
    """Draw everything twice and print one line a language."""
    poppler = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, check=True).stderr.split("\n")[0]
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"WeasyPrint {version('weasyprint')}, pypdfium2 {version('pypdfium2')}, {poppler}")
    project = Project(Path(__file__).resolve().parent.parent.parent)
    run = BuildRun(project, Snapshot(project), {})
    jobs = [run.compose(Edition("not-alone", code, "a5"))[0] for code in project.campaign.languages]
    jobs += [sample_job(project.languages[code]) for code in SAMPLES]
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as folder:
        before, slow = draw(project, jobs, start_without, Path(folder) / "before")
        after, quick = draw(project, jobs, worker.start_worker, Path(folder) / "after")
        print("words found again            PDFium          poppler         bytes")
        for job, one, two in zip(jobs, before, after, strict=True):
            line(job, one.pdf, two.pdf, Path(folder))
    print(f"layout of {len(jobs)} pages, best of {ROUNDS}: {slow:.2f} s of CPU before, {quick:.2f} s after ({quick / slow:.2f} times)")


def draw(project: Project, jobs: list[EditionJob], start: Callable[[RenderSetup], None], workdir: Path) -> tuple[list[JobResult], float]:
    """Return the pages, drawn without the proof, and the least CPU time for all of them in one process, in seconds."""
    languages = [job.language for job in jobs]
    faces = fonts.needed_faces(languages, project.languages)
    assets = fonts.font_files(faces) | {path.name: path for path in project.theme.glob("*.svg")}
    css = fonts.font_css(languages, faces) + (project.theme / "style.css").read_text("utf-8")
    with WorkerPool(1, start, (RenderSetup(workdir, assets, css),), 120) as pool:
        rounds = []
        for _ in range(ROUNDS):
            began = pool.submit(time.process_time).result()
            prints = [pool.submit(run_job, job, False).result() for job in jobs]
            rounds.append(pool.submit(time.process_time).result() - began)
    return prints, min(rounds)


def line(job: EditionJob, before: bytes, after: bytes, folder: Path) -> None:
    """Print one language: share of words before and after in each reader, and how much larger the file is."""
    shares = [
        recall(job.expected.pieces, text, job.language)
        for text in (pdfium_text(before), pdfium_text(after), poppler_text(before, folder), poppler_text(after, folder))
    ]
    name = f"{job.language.english} ({job.language.code})"
    print("{:26} {:.2f} to {:.2f}    {:.2f} to {:.2f}    {:+.1%}".format(name, *shares, len(after) / len(before) - 1))


if __name__ == "__main__":
    main()
