"""Where editions are drawn: processes of this computer, or a Dask cluster; and how jobs ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path

from generator.base.work_folder import work_folder
from generator.campaign.project import Project
from generator.editions.jobs import JobResult
from generator.editions.render_setup import render_setup
from generator.editions.worker import start_worker
from generator.layout.pool import WorkerLost, WorkerPool
from generator.layout.render import RenderSetup
from generator.model import Edition
from generator.problem import LeafletsError, Problem, UsageError

# Wall clock for one edition, all sizes and its proof; after that its process is ended.
EDITION_SECONDS = 90
BUILD_ALONE = (
    "build it alone with -j 1; if it happens again, shorten the leaflet or free some memory"
)


def job_result(
    future: Future[JobResult], what: str = "this edition", hint: str = BUILD_ALONE
) -> JobResult:
    """Return what became of a job, also if its process died; `hint` says what to do then."""
    try:
        return future.result()
    except WorkerLost as error:
        lost = f"the process that drew {what} was lost: {error}"
        return JobResult(problems=(Problem("worker-lost", lost, hint=hint),))
    except LeafletsError as error:
        return JobResult(problems=error.problems)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, it costs this job only
        return JobResult(problems=(Problem("crash", f"{type(error).__name__}: {error}"),))


@contextmanager
def edition_workers(
    project: Project, wanted: list[Edition], count: int, executor: str
) -> Iterator[Executor]:
    """Yield a pool set up for the languages wanted; its temporary folder is gone afterwards."""
    codes = dict.fromkeys(half.language for edition in wanted for half in edition.halves)
    languages = [project.languages[code] for code in codes]
    with work_folder() as folder:
        setup = render_setup(project, languages, folder)
        pool = make_executor(executor, min(count, len(wanted)), setup)
        try:
            yield pool
            pool.shutdown()
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def local_workers(
    count: int, seconds: float, setup: Callable[[Path], RenderSetup]
) -> Iterator[Executor]:
    """Yield processes of this computer, set up for a temporary folder that is gone afterwards.

    Each job has `seconds` of wall clock.
    """
    with (
        work_folder() as folder,
        WorkerPool(count, start_worker, (setup(folder),), seconds) as pool,
    ):
        yield pool


def _make_cluster(place: str, count: int, setup: RenderSetup) -> Executor:
    # Dask is imported only where somebody asks for it.
    from generator.editions.cluster import Cluster

    return Cluster(place, setup, EDITION_SECONDS)


# Where editions are drawn, by what stands before `://`; any concurrent.futures executor fits.
EXECUTORS: dict[str, Callable[[str, int, RenderSetup], Executor]] = {
    "processes": lambda place, count, setup: WorkerPool(
        count, start_worker, (setup,), EDITION_SECONDS
    ),
    "dask": _make_cluster,
}


def make_executor(name: str, count: int, setup: RenderSetup) -> Executor:
    """Return the executor called `processes` or `dask://HOST:PORT`.

    Raises UsageError for another name.
    """
    kind, _, place = name.partition("://")
    if kind not in EXECUTORS or bool(place) != (kind == "dask"):
        hint = "processes, or dask://HOST:PORT"
        raise UsageError(Problem("executor", f"no executor {name!r}", hint=hint))
    return EXECUTORS[kind](place, count, setup)
