"""Measure the review page with many readers at once: sentences and signatures a second, and whether any signature was lost.

The page runs in a process of its own, as `leaflets review` starts it; the readers are threads of this one and share its computer.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from generator.campaign.project import Project
from generator.review import ledger
from tests.conftest import copy_campaign
from tests.support.browser import serving
from tests.support.volunteers import Volunteer
from tests.web.test_many_readers import LANGUAGE, codes, everybody, look, sentences


def main() -> None:
    """Run the measurement and print one figure a line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--readers", type=int, default=50)
    arguments.add_argument("--sentences", type=int, default=20, help="how many each reader opens before anybody signs")
    options = arguments.parse_args()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", end=", ")
    print(", ".join(f"{name} {version(name)}" for name in ("flask", "waitress")))
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as folder:
        campaign = copy_campaign(Path(folder) / "campaign")
        started = time.perf_counter()
        with serving(campaign, *codes(options.readers)) as served, everybody(served) as people:
            print(f"from the start until all {len(people)} are in: {time.perf_counter() - started:.2f} s")
            alone(people[0], sentences(campaign)[:60])
            together(campaign, people, options.sentences, served.process.pid)
        look(campaign, people)
        events = [event for event in ledger.read_ledger(Project(campaign).ledger(LANGUAGE)) if event.file_action == "approve"]
        signed = sum(len(one.signed) for one in people)
        print(f"signatures answered {signed}, in the ledger {len(events)}, lost {signed - len({(e.who, e.key) for e in events})}, ", end="")
        print(f"double {len(events) - len(set(events))}")


def alone(reader: Volunteer, paths: list[str]) -> None:
    """Print how long one reader waits for a sentence when nobody else is there."""
    reader.read(paths[0])
    _, times = timed([reader], lambda one: paths, lambda one, path: one.read(path) and 200)
    print(f"one reader alone: a sentence in {median(times) * 1000:.0f} ms (median)")


def together(campaign: Path, people: list[Volunteer], count: int, page: int) -> None:
    """Print what all readers together get, opening sentences first, then opening and signing each its own."""
    paths = sentences(campaign)
    number = {one.code: place for place, one in enumerate(people)}
    before = cpu(page)
    opened = timed(people, lambda one: mixed(paths, number[one.code], count), lambda one, path: one.read(path) and 200)
    report("sentences opened", *opened, cpu(page) - before)
    before = cpu(page)
    signed = timed(people, lambda one: paths[number[one.code] :: len(people)], Volunteer.sign)
    report("sentences opened and signed", *signed, cpu(page) - before)


def mixed(paths: list[str], start: int, count: int) -> list[str]:
    """Return some sentences, others for each reader."""
    return [paths[(start * 7 + place * 3) % len(paths)] for place in range(count)]


def timed(
    people: list[Volunteer], todo: Callable[[Volunteer], list[str]], work: Callable[[Volunteer, str], int]
) -> tuple[float, list[float]]:
    """Let all readers work at the same time; return the seconds of all together, and of each piece that was done."""

    def one(reader: Volunteer) -> list[tuple[int, float]]:
        found = []
        for path in todo(reader):
            began = time.perf_counter()
            status = work(reader, path)
            found.append((status, time.perf_counter() - began))
        return found

    began = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        done = [row for rows in pool.map(one, people) for row in rows]
    seconds = time.perf_counter() - began
    refused = Counter(status for status, _ in done if status not in (200, 303))
    if refused:
        print(f"({refused.total()} were not signed because a check found an error in the draft)")
    return seconds, [took for status, took in done if status in (200, 303)]


def cpu(process: int) -> float:
    """Return the seconds of CPU that a process has had; what else runs on the computer does not count in them (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(what: str, seconds: float, times: list[float], busy: float) -> None:
    """Print one figure; `busy` are the seconds of CPU of the page."""
    print(
        f"{what}: {len(times)} in {seconds:.1f} s, {len(times) / seconds:.0f} a second, {busy / len(times) * 1000:.0f} ms of CPU each; ",
        end="",
    )
    print(f"half waited less than {median(times) * 1000:.0f} ms, 95 of 100 less than {quantiles(times, n=20)[-1] * 1000:.0f} ms")


if __name__ == "__main__":
    main()
