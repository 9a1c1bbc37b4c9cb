"""Measure the build: editions per second, memory of a worker, and the `weasyprint` command beside it.

Run it with `make bench`. Every ratio compares two figures of the same run; wall times of a shared machine do not
compare with another day's. Layout is measured at one fixed size, so that one edition is one layout everywhere.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.catalogue import pofile
from generator.catalogue.entry import dump_catalogue
from generator.editions.build import build_editions
from generator.editions.build_run import BuildRun
from generator.editions.jobs import EditionJob
from generator.editions.plan import BuildRequest
from generator.editions.worker import run_job, start_worker
from generator.layout import fonts
from generator.layout.pool import WorkerPool
from generator.layout.render import RenderSetup
from generator.layout.sheet_css import sheet_css
from generator.model import Edition
from generator.review.snapshot import Snapshot

LEAFLETS = ("not-alone", "if-strangers-come", "come-to-the-rally")
SHEET = replace(SHIPPED_SHEETS["a5"], sizes=(12,))


def main() -> None:
    """Run the whole benchmark and print one figure a line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--memory", type=int, default=1200, help="editions for the memory measurement")
    arguments.add_argument("--loop", type=int, default=21, help="editions for the loop of the weasyprint command")
    options = arguments.parse_args()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    print(f"Python {platform.python_version()}, WeasyPrint {version('weasyprint')}")
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as folder:
        root = campaign(Path(folder) / "campaign")
        project = Project(root)
        jobs, setup = prepare(project, Path(folder) / "work")
        loop = weasyprint_loop(jobs[: options.loop], setup, Path(folder))
        layouts(jobs, setup, loop)
        memory(jobs, setup, options.memory)
        whole_builds(root)


def campaign(folder: Path) -> Path:
    """Copy the campaign of this checkout."""
    here = Path(__file__).resolve().parent.parent.parent
    for name in ("leaflets", "locales"):
        shutil.copytree(here / name, folder / name, ignore=shutil.ignore_patterns(".leaflets*"))
    return folder


def prepare(project: Project, workdir: Path) -> tuple[list[EditionJob], RenderSetup]:
    """Compose three leaflets in all 21 languages, at one size."""
    run = BuildRun(project, Snapshot(project), {})
    editions = [Edition(leaflet, language, "a5") for leaflet in LEAFLETS for language in project.campaign.languages]
    jobs = [replace(run.compose(edition)[0], sheet=SHEET) for edition in editions]
    languages = [project.languages[code] for code in project.campaign.languages]
    faces = fonts.needed_faces(languages, project.languages)
    assets = fonts.font_files(faces) | {path.name: path for path in project.theme.glob("*.svg")}
    css = fonts.font_css(languages, faces) + (project.theme / "style.css").read_text("utf-8")
    return jobs, RenderSetup(workdir, assets, css)


def weasyprint_loop(jobs: list[EditionJob], setup: RenderSetup, folder: Path) -> float:
    """Return editions per second of the plain command, one process an edition, same HTML, same fonts."""
    css = setup.css + sheet_css(SHEET, 12)
    for name, path in setup.assets.items():
        css = css.replace(f"asset:{name})", f"{path.as_uri()})")
    style = folder / "style.css"
    style.write_text(css, "utf-8")
    began = time.perf_counter()
    for job in jobs:
        (folder / "page.html").write_text(job.html, "utf-8")
        command = [
            str(Path(sys.executable).with_name("weasyprint")),
            "-q",
            "-s",
            str(style),
            "--pdf-variant",
            "pdf/ua-1",
            str(folder / "page.html"),
            str(folder / "page.pdf"),
        ]
        subprocess.run(command, check=True)
    rate = len(jobs) / (time.perf_counter() - began)
    say("weasyprint command, one process an edition", rate, 1)
    return rate


def layouts(jobs: list[EditionJob], setup: RenderSetup, loop: float) -> None:
    """Print editions per second on one core and on all, layout alone and with the proof, cold and warm."""
    cores = os.cpu_count() or 1
    for count in dict.fromkeys((1, cores)):
        pool = WorkerPool(count, start_worker, (setup,), 120)
        many = jobs * (3 * count)
        cold = timed(lambda pool=pool: run(pool, jobs, False))
        say(f"layout alone, {count} core(s), start included, {len(jobs)} editions", len(jobs) / cold, len(jobs) / cold / loop)
        warm = timed(lambda pool=pool, many=many: run(pool, many, False))
        say(f"layout alone, {count} core(s), warm", len(many) / warm, len(many) / warm / loop)
        proved = timed(lambda pool=pool, many=many: run(pool, many, True))
        say(f"with the proof, {count} core(s), warm", len(many) / proved, len(many) / proved / loop)
        pool.shutdown()


def run(pool: WorkerPool, jobs: Iterable[EditionJob], prove: bool) -> None:
    """Run jobs and insist that each is right."""
    for future in [pool.submit(run_job, job, prove) for job in jobs]:
        assert not future.result().problems, future.result().problems


def resident() -> int:
    """Return this process's resident memory in kB."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def memory(jobs: list[EditionJob], setup: RenderSetup, editions: int) -> None:
    """Print the resident memory of one worker along many editions, with the proof."""
    pool = WorkerPool(1, start_worker, (setup,), 120)
    marks = {round(editions * part) for part in (0.1, 0.25, 0.5, 0.75, 1)}
    for number in range(1, editions + 1):
        pool.submit(run_job, jobs[number % len(jobs)]).result()
        if number in marks:
            print(f"worker memory after {number} editions: {pool.submit(resident).result() / 1024:.0f} MB")
    pool.shutdown()


def whole_builds(root: Path) -> None:
    """Print seconds of the whole command: everything, nothing changed, one sentence changed."""
    command = [str(Path(sys.executable).with_name("leaflets")), "-C", str(root), "build"]

    def leaflets() -> None:
        subprocess.run(command, check=True, capture_output=True)

    print(f"leaflets build, everything: {timed(leaflets):.1f} s")
    print(f"leaflets build, unchanged: {timed(leaflets):.2f} s, {used(leaflets):.2f} s of CPU")
    check = [*command[:-1], "check"]
    print(f"leaflets check, the first: {used(lambda: subprocess.run(check, check=True, capture_output=True)):.2f} s of CPU")
    print(f"leaflets check, unchanged: {used(lambda: subprocess.run(check, check=True, capture_output=True)):.2f} s of CPU")
    project = Project(root)
    path = project.catalogue("ar", "not-alone")
    entries = [entry.changed(msgstr="مرحبًا بكم") if entry.msgctxt == "help" else entry for entry in pofile.read_catalogue(path)]
    path.write_text(dump_catalogue(entries), "utf-8")
    print(f"leaflets build, one changed sentence (three sheets): {timed(leaflets):.2f} s")
    report = build_editions(project, BuildRequest())
    assert report.ok


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def used(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that the processes use which a call starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def say(what: str, rate: float, ratio: float) -> None:
    """Print one figure."""
    print(f"{what}: {rate:.1f} editions a second, {ratio:.1f} times the loop")


if __name__ == "__main__":
    main()
