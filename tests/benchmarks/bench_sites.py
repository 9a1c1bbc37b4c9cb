"""Measure the editions of many sites: made from a shared one, laid out one by one, and by the `weasyprint` command; all in one run.

Every edition made from a shared one is proved, as those laid out one by one are. Run it with `make bench`.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions.build import build_editions
from generator.editions.build_run import BuildRun, PendingEdition
from generator.editions.executors import edition_workers
from generator.editions.jobs import EditionJob
from generator.editions.plan import BuildRequest
from generator.editions.render_setup import render_setup
from generator.layout.sheet_css import sheet_css
from generator.model import Edition
from generator.review.snapshot import Snapshot
from generator.sitemerge.many_sites import _batches, build_sites, run_at_site
from generator.sitemerge.merge_worker import merge_batch

LANGUAGES = ("en", "ar", "ur", "fr", "ti")
LEAFLET, SHEET = "not-alone", "a5"
SITE = """\
facts:
  campaign_phone:
    kind: phone
    value: "+441632060{0:03}"
    display: 01632 060{0:03}
    label: Call us
    detail: "Every day, {{line_hours}}."
    source: the people of the house
    verified: 2026-11-22
"""


def main() -> None:
    """Run the whole benchmark and print one figure a line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sites", type=int, default=1000, help="most sites")
    arguments.add_argument("--languages", type=int, default=len(LANGUAGES), help="how many languages")
    options = arguments.parse_args()
    languages = LANGUAGES[: options.languages]
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}, WeasyPrint {version('weasyprint')}; {LEAFLET} on {SHEET} in {', '.join(languages)}")
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as folder:
        root = campaign(Path(folder) / "campaign", options.sites)
        command = loop(root, Path(folder), 10)
        alone = one_by_one(root, languages)
        made = composing(root, languages, options.sites)
        for name, rate in (("the weasyprint command", command), ("laid out one by one and proved", alone)):
            print(f"  {made / rate:6.1f} times {name}")
        for count in (10, 100, options.sites):
            whole(root, languages, count)


def campaign(folder: Path, sites: int) -> Path:
    """Copy the campaign of this checkout, with many sites."""
    here = Path(__file__).resolve().parent.parent.parent
    for name in ("leaflets", "locales"):
        shutil.copytree(here / name, folder / name, ignore=shutil.ignore_patterns(".leaflets*"))
    (folder / "sites").mkdir()
    for number in range(sites):
        (folder / "sites" / f"s{number:04}.yaml").write_text(SITE.format(number % 1000), "utf-8")
    return folder


def names(count: int) -> list[str]:
    return [f"s{number:04}" for number in range(count)]


def loop(root: Path, folder: Path, count: int) -> float:
    """Return the editions a second of the `weasyprint` command, one process an edition, over the same HTML, style and fonts."""
    project = Project(root)
    run = run_at_site(BuildRun(project, Snapshot(project), {}), "s0000")
    job: EditionJob = run.compose(Edition(LEAFLET, "en", SHEET, "s0000"))[0]
    setup = render_setup(project, [project.languages["en"]], folder / "work")
    style = setup.css + sheet_css(SHIPPED_SHEETS[SHEET], 12)
    for name, path in setup.assets.items():
        style = style.replace(f"asset:{name})", f"{path.as_uri()})")
    (folder / "style.css").write_text(style, "utf-8")
    (folder / "page.html").write_text(job.html, "utf-8")
    command = [str(Path(sys.executable).with_name("weasyprint")), "-q", "-s", str(folder / "style.css"), "--pdf-variant", "pdf/ua-1"]
    began = time.perf_counter()
    for _ in range(count):
        subprocess.run([*command, str(folder / "page.html"), str(folder / "out.pdf")], check=True)
    return told("weasyprint command, one process an edition, no proof", count, time.perf_counter() - began)


def one_by_one(root: Path, languages: tuple[str, ...]) -> float:
    """Return the editions a second of a warm build that lays each one out and proves it."""
    total, began = 0, time.perf_counter()
    for site in names(4):
        report = build_editions(Project(root), BuildRequest((LEAFLET,), languages, (SHEET,), site))
        assert report.ok
        total += len(report.outcomes)
    rate = told("laid out one by one, proved and written (processes started anew for each site)", total, time.perf_counter() - began)
    shutil.rmtree(root / "output")
    return rate


def composing(root: Path, languages: tuple[str, ...], sites: int) -> float:
    """Return the editions a second of the processes alone: filled and proved, the shared layouts included; and their memory."""
    project = Project(root)
    first = BuildRun(project, Snapshot(project), {})
    runs = {site: run_at_site(first, site) for site in names(sites)}
    batches = []
    for language in languages:
        flock = [PendingEdition(run, Edition(LEAFLET, language, SHEET, site), "") for site, run in runs.items()]
        batches += [batch for batch, _ in _batches(flock)]
    editions = [Edition(LEAFLET, language, SHEET, "s0000") for language in languages]
    with edition_workers(project, editions, os.cpu_count() or 1, "processes") as pool:
        began = time.perf_counter()
        count = 0
        for future in [pool.submit(merge_batch, batch) for batch in batches]:
            prints = future.result().values()
            assert not any(found.problems for found in prints)
            count += len(prints)
        rate = told(
            f"filled and proved, {sites} sites, {os.cpu_count()} processes, start and shared layouts included",
            count,
            time.perf_counter() - began,
        )
        print(f"         memory of a process at the end: {max(memory(process.pid) for process in pool.processes.values())} MB")  # type: ignore[attr-defined]
    return rate


def memory(pid: int | None) -> int:
    """Return the resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().split("\n"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def whole(root: Path, languages: tuple[str, ...], count: int) -> None:
    """Print the editions a second of the whole command, planning and writing included."""
    shutil.rmtree(root / "output", ignore_errors=True)
    began = time.perf_counter()
    report = build_sites(Project(root), dict.fromkeys(names(count), BuildRequest((LEAFLET,), languages, (SHEET,))))
    assert report.ok
    told(f"the whole build of {count} sites: planned, made, proved, written", len(report.outcomes), time.perf_counter() - began)


def told(what: str, count: int, seconds: float) -> float:
    """Print and return a rate."""
    print(f"{count / seconds:8.1f} editions a second, {count:5} editions: {what}")
    return count / seconds


if __name__ == "__main__":
    main()
