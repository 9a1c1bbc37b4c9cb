"""A worker that dies or hangs costs its own job only, and an interrupted build goes on where it stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdf
import pytest

from generator.base.leftovers import TEMPORARY
from generator.campaign.project import Project
from generator.editions.build import BuildReport
from generator.editions.build import build_editions as build_editions
from generator.editions.plan import BuildRequest
from generator.layout.pool import WorkerLost, WorkerPool
from generator.problem import LeafletsError, Problem
from tests.conftest import copy_campaign

MEGABYTE = 1 << 20
LANGUAGES = ("en", "ar", "ckb", "es", "fr", "ku", "pt", "so", "tr", "vi")
FIVE = ("en", "es", "fr", "so", "tr")
WISH = BuildRequest(("not-alone",), FIVE, ("a5",))
PATIENCE = 60
"""Seconds after which something that must happen counts as never happening."""


class Twofold(Exception):
    """An error that pickle cannot rebuild: it wants two arguments and keeps one."""

    def __init__(self, what: str, number: int) -> None:
        super().__init__(what)
        self.number = number


_word = ""


def remember(word: str) -> None:
    global _word
    _word = word


def recall(number: int) -> tuple[str, int, int]:
    return _word, number * number, os.getpid()


def die(*arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def refuse(*problems: Problem) -> None:
    raise LeafletsError(*problems)


def divide(number: int) -> float:
    return 1 / number


def twofold() -> None:
    raise Twofold("no", 2)


def unpicklable() -> object:
    return lambda: None


def fill_memory(megabytes: int) -> int:
    return len(bytearray(megabytes * MEGABYTE))


def leave() -> None:
    sys.exit(3)


def named(first: int, *, second: int = 0) -> tuple[int, int]:
    return first, second


@pytest.fixture
def workers() -> Iterator[Callable[..., WorkerPool]]:
    """Give a function that makes pools; they are ended after the test, whatever happened."""
    made: list[WorkerPool] = []

    def make(
        count: int = 2, start: Callable[..., object] = remember, arguments: tuple[object, ...] = ("ready",), **limits: Any
    ) -> WorkerPool:
        made.append(WorkerPool(count, start, arguments, **({"seconds": PATIENCE} | limits)))
        return made[-1]

    yield make
    for pool in made:
        pool.shutdown(cancel_futures=True)


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that ended and was not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true: Callable[[], object], what: str) -> None:
    """Wait until something is true; fail after PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def test_results_come_back_from_set_up_processes(workers: Callable[..., WorkerPool]) -> None:
    with workers() as pool:
        answers = list(pool.map(recall, range(20)))
    assert [number for _, number, _ in answers] == [number * number for number in range(20)]
    assert {word for word, _, _ in answers} == {"ready"}
    assert os.getpid() not in {pid for _, _, pid in answers}


def test_arguments_by_name_arrive(workers: Callable[..., WorkerPool]) -> None:
    assert workers(1).submit(named, 1, second=2).result() == (1, 2)


@pytest.mark.parametrize(
    ("function", "arguments", "error"),
    [(divide, (0,), ZeroDivisionError), (twofold, (), Exception), (unpicklable, (), Exception), (leave, (), SystemExit)],
)
def test_an_error_travels_back_and_the_next_job_is_done(
    workers: Callable[..., WorkerPool], function: Callable[..., object], arguments: tuple[object, ...], error: type[BaseException]
) -> None:
    pool = workers(1)
    failing, next_job = pool.submit(function, *arguments), pool.submit(recall, 3)
    wait([failing, next_job], 15)
    assert failing.done()
    assert isinstance(failing.exception(), error)
    assert next_job.done()
    assert next_job.result()[1] == 9


def test_a_job_that_cannot_be_sent_fails_alone(workers: Callable[..., WorkerPool]) -> None:
    pool = workers(1)
    failing, next_job = pool.submit(lambda: None), pool.submit(recall, 3)
    wait([failing, next_job], 15)
    assert failing.done()
    assert failing.exception()
    assert next_job.done()
    assert next_job.result()[1] == 9


def test_problems_travel_back_whole(workers: Callable[..., WorkerPool]) -> None:
    problems = (Problem("overflow", "too long", "here:1", "shorten it"), Problem("glyph-missing", "no glyph", severity="warning"))
    error = workers(1).submit(refuse, *problems).exception()
    assert isinstance(error, LeafletsError)
    assert error.problems == problems


@pytest.mark.parametrize("count", [1, 2])
def test_a_killed_worker_costs_its_own_job_only(workers: Callable[..., WorkerPool], count: int) -> None:
    pool = workers(count)
    futures = [pool.submit(*((die,) if place == 5 else (recall, place))) for place in range(12)]
    wait(futures, PATIENCE)
    errors = [future.exception() for future in futures]
    assert [place for place, error in enumerate(errors) if error] == [5]
    assert isinstance(errors[5], WorkerLost)


def test_a_worker_killed_between_two_jobs_costs_at_most_one(workers: Callable[..., WorkerPool]) -> None:
    pool = workers(1)
    pid = pool.submit(recall, 1).result()[2]
    os.kill(pid, signal.SIGKILL)
    until(lambda: not alive(pid), "the worker lives on")
    errors = [pool.submit(recall, place).exception() for place in range(3)]
    assert [type(error) for error in errors[1:]] == [type(None)] * 2
    assert errors[0] is None or isinstance(errors[0], WorkerLost)


def test_a_hanging_job_is_ended_and_the_others_are_done(workers: Callable[..., WorkerPool]) -> None:
    pool = workers(2, seconds=5)
    futures = [pool.submit(sleep, 3600), *(pool.submit(recall, place) for place in range(6))]
    error = futures[0].exception(PATIENCE)
    assert isinstance(error, WorkerLost)
    assert "5 seconds" in str(error)
    assert [future.result()[1] for future in futures[1:]] == [0, 1, 4, 9, 16, 25]
    assert pool.submit(recall, 7).result()[1] == 49


def test_too_much_memory_fails_one_job_and_the_worker_lives_on(workers: Callable[..., WorkerPool]) -> None:
    pool = workers(1, memory=700 * MEGABYTE)
    before = pool.submit(recall, 1).result()[2]
    assert isinstance(pool.submit(fill_memory, 2000).exception(), MemoryError)
    assert pool.submit(fill_memory, 100).result() == 100 * MEGABYTE
    assert pool.submit(recall, 1).result()[2] == before


def test_a_failing_start_fails_each_job_with_its_reason(workers: Callable[..., WorkerPool]) -> None:
    pool = workers(2, start=refuse, arguments=(Problem("font-missing", "no font"),))
    for future in [pool.submit(recall, place) for place in range(4)]:
        assert "no font" in str(future.exception(PATIENCE))


def test_a_start_that_dies_fails_each_job(workers: Callable[..., WorkerPool]) -> None:
    pool = workers(1, start=die)
    assert [type(pool.submit(recall, place).exception(PATIENCE)) for place in range(2)] == [WorkerLost] * 2


@pytest.mark.parametrize("cancel", [False, True])
def test_shutdown_leaves_no_process_behind(workers: Callable[..., WorkerPool], cancel: bool) -> None:
    pool = workers()
    futures = [pool.submit(recall, place) for place in range(8)]
    pids = {future.result()[2] for future in futures}
    hanging = pool.submit(sleep, 3600) if cancel else pool.submit(recall, 1)
    until(lambda: hanging.running() or hanging.done(), "the last job was not begun")
    pool.shutdown(cancel_futures=cancel)
    assert pids
    assert not [pid for pid in pids if alive(pid)]
    assert hanging.done()


def test_jobs_not_begun_are_cancelled(workers: Callable[..., WorkerPool]) -> None:
    pool = workers(1)
    running = pool.submit(sleep, 3600)
    until(running.running, "the job was not begun")
    waiting = [pool.submit(recall, place) for place in range(3)]
    pool.shutdown(cancel_futures=True)
    assert isinstance(running.exception(PATIENCE), WorkerLost)
    assert [future.cancelled() for future in waiting] == [True] * 3


# A real build.


class Build:
    """A `leaflets build` that runs in a process group of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output, self.temporary = folder, folder / "output", folder / "tmp"
        self.temporary.mkdir(exist_ok=True)
        command = [
            sys.executable,
            "-m",
            "generator",
            "build",
            "not-alone",
            "-s",
            "a5",
            "--json",
            "-j",
            "2",
            *(word for code in LANGUAGES for word in ("-l", code)),
        ]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | {"TMPDIR": str(self.temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def editions(self) -> list[dict[str, Any]]:
        """Return what the build says when it has ended."""
        rows: list[dict[str, Any]] = json.loads(self.process.communicate(timeout=PATIENCE)[0])["editions"]
        return rows

    def workers(self) -> list[int]:
        """Return the processes that draw."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        pids = [int(pid) for file in children for pid in file.read_text().split()]
        return [pid for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def halfway(self) -> list[int]:
        """Wait until both workers draw and some editions are finished; return the workers."""
        until(lambda: len(self.finished()) >= 2 and len(self.workers()) == 2, "nothing was drawn")
        assert self.process.poll() is None
        return self.workers()

    def finished(self) -> list[Path]:
        return sorted(self.output.rglob("*.pdf"))

    def end(self) -> None:
        """End all that is left of the build; only its own process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Callable[[], Build]]:
    """Give a function that starts builds in one copy of the campaign."""
    folder = copy_campaign(tmp_path / "campaign")
    started: list[Build] = []

    def begin() -> Build:
        started.append(Build(folder))
        return started[-1]

    yield begin
    for process in started:
        process.end()


def all_open(files: list[Path]) -> bool:
    return all(len(pypdf.PdfReader(file).pages) > 0 for file in files)


def complete(begin: Callable[[], Build]) -> list[dict[str, Any]]:
    """Return the editions of a build that must find everything well."""
    build = begin()
    rows = build.editions()
    assert build.process.returncode == 0
    assert [row["language"] for row in rows if row["state"] != "failed"] == list(LANGUAGES)
    assert len(build.finished()) == len(LANGUAGES)
    assert all_open(build.finished())
    assert list(build.output.rglob(f"{TEMPORARY}*")) == []
    return rows


def few(folder: Path) -> Path:
    """Copy one leaflet in five languages."""
    return copy_campaign(folder, leaflets=("not-alone",), languages=FIVE)


def drawn(report: BuildReport, cached: bool = False) -> list[str]:
    """Return the languages whose editions were drawn, or found as they were."""
    return [row.record.language for row in report.outcomes if row.record.state != "failed" and row.cached == cached]


def test_a_worker_killed_while_it_draws_costs_one_edition_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is killed when it has the job of one language in hand."""
    folder, ask = few(tmp_path / "campaign"), WorkerPool._ask

    def killed(self: WorkerPool, pipe: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
        if arguments[0].language.code == "fr":
            os.kill(self.processes[0].pid or 0, signal.SIGKILL)
        return ask(self, pipe, function, arguments)

    with monkeypatch.context() as patch:
        patch.setattr(WorkerPool, "_ask", killed)
        report = build_editions(Project(folder), WISH, jobs=1)

    lost = [row.record for row in report.outcomes if row.record.state == "failed"]
    assert [(row.language, problem.code, problem.language) for row in lost for problem in row.problems] == [("fr", "worker-lost", "fr")]
    assert drawn(report) == [code for code in FIVE if code != "fr"]
    assert drawn(build_editions(Project(folder), WISH, jobs=1)) == ["fr"]
    assert all_open(sorted(folder.rglob("*.pdf")))


def test_an_interrupted_build_leaves_whole_files_and_the_next_goes_on(tmp_path: Path) -> None:
    folder = few(tmp_path / "campaign")

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_editions(Project(folder), WISH, 1, progress=interrupt)

    whole = sorted(folder.rglob("*.pdf"))
    assert 2 <= len(whole) < len(FIVE)
    assert all_open(whole)
    assert list(folder.rglob(f"{TEMPORARY}*")) == []
    report = build_editions(Project(folder), WISH, 1)
    assert len(drawn(report, cached=True)) >= len(whole) - 1  # one may stand on the disk and not yet in the manifest
    assert sorted(drawn(report, cached=True) + drawn(report)) == sorted(FIVE)


@pytest.mark.long
def test_a_worker_killed_during_a_build_costs_one_edition_that_is_named(build: Callable[[], Build]) -> None:
    first = build()
    os.kill(first.halfway()[0], signal.SIGKILL)
    rows = first.editions()
    lost = [row for row in rows if row["state"] == "failed"]
    assert first.process.returncode == 1
    assert [[problem["code"] for problem in row["problems"]] for row in lost] == [["worker-lost"]]
    assert lost[0]["problems"][0]["language"] == lost[0]["language"]
    assert len(first.finished()) == len(LANGUAGES) - 1
    assert all_open(first.finished())
    drawn = [row["language"] for row in complete(build) if not row["cached"]]
    assert drawn == [lost[0]["language"]]


@pytest.mark.long
def test_ctrl_c_leaves_whole_files_and_the_next_build_goes_on(build: Callable[[], Build]) -> None:
    first = build()
    pids = first.halfway()
    os.killpg(first.process.pid, signal.SIGINT)
    _, told = first.process.communicate(timeout=PATIENCE)
    assert first.process.returncode == 130
    assert b"Interrupted" in told
    assert b"Traceback" not in told
    done = first.finished()
    assert 2 <= len(done) < len(LANGUAGES)
    assert all_open(done)
    assert list(first.output.rglob(f"{TEMPORARY}*")) == []
    assert list(first.temporary.iterdir()) == []
    assert not [pid for pid in pids if alive(pid)]
    assert sum(row["cached"] for row in complete(build)) >= len(done) - 1  # one may stand on the disk and not yet in the manifest


@pytest.mark.long
def test_a_killed_build_leaves_whole_files_and_no_process(build: Callable[[], Build]) -> None:
    first = build()
    pids = first.halfway()
    first.process.kill()
    first.process.communicate()
    until(lambda: not [pid for pid in pids if alive(pid)], "a worker outlives its build")
    done = first.finished()
    assert 2 <= len(done) < len(LANGUAGES)
    assert all_open(done)
    assert sum(row["cached"] for row in complete(build)) >= len(done) - 1
