"""Draw editions on the computers of a Dask cluster: jobs, fonts and PDFs travel as bytes.

The only module that imports distributed. Each worker of the cluster keeps drawing processes, as
this computer does; a job of a worker that dies is given to another one.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from generator import __version__
from generator.base.digests import digest
from generator.base.work_folder import end_work_folder, new_work_folder
from generator.editions.worker import start_worker
from generator.layout.pool import WorkerPool
from generator.layout.render import RenderSetup
from generator.problem import Problem, UsageError

T = TypeVar("T")

# Packages that decide about the bytes of a PDF and its proof: every worker must have the same.
CLUSTER_LIBRARIES = ("weasyprint", "pydyf", "pypdf", "pypdfium2", "uharfbuzz")
CONNECT_SECONDS = 10

# How often a job is given to another worker after its own was lost.
RETRIES = 3


@dataclass(frozen=True)
class ClusterSetup:
    """What a worker of the cluster needs for one run.

    The files come by name, with suffix and bytes: the setup's own paths mean nothing there.
    """

    key: str
    files: dict[str, tuple[str, bytes]]
    setup: RenderSetup
    seconds: float


class Cluster(Executor):
    """An executor whose processes are the workers of a Dask cluster."""

    def __init__(self, address: str, setup: RenderSetup, seconds: float) -> None:
        """Connect to the scheduler at `address` (HOST:PORT); give each job `seconds` of wall clock.

        Raises UsageError if nobody answers, nobody works there, or a worker has other versions.
        """
        self.client = _connect(address)
        try:
            _refuse_other_versions(self.client, address)
            self.pool = self.client.get_executor(pure=False, retries=RETRIES)
            found = _cluster_setup(setup, seconds)
            self.setup = self.client.scatter(found, broadcast=True, hash=False)
        except BaseException:
            self.client.close()
            raise

    def submit(self, function: Callable[..., T], /, *arguments: Any, **named: Any) -> Future[T]:
        """Send a call to the cluster; function and arguments must be picklable."""
        future: Future[T] = self.pool.submit(run_on_worker, self.setup, function, arguments, named)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; its workers go on waiting for others."""
        with suppress(Exception):
            self.pool.shutdown(wait=wait and not cancel_futures)
        self.client.close()


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        hint = "pip install 'solidarity-leaflets[dask]', here and on the workers"
        raise UsageError(Problem("dask-missing", "Dask is not installed", hint=hint)) from None
    try:
        connect: Any = Client
        return connect(f"tcp://{address}", timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        hint = "start one: dask scheduler --host 127.0.0.1, then dask worker HOST:PORT --no-nanny"
        what = f"no Dask scheduler answers at {address}: {error}"
        raise UsageError(Problem("dask-address", what, hint=hint)) from None


def library_versions() -> dict[str, str]:
    """Return the versions that must be the same everywhere."""
    return {"leaflets": __version__} | {name: version(name) for name in CLUSTER_LIBRARIES}


def _refuse_other_versions(client: Any, address: str) -> None:
    found = client.run(library_versions)
    if not found:
        hint = f"on each computer that shall help: dask worker {address} --no-nanny"
        raise UsageError(
            Problem("dask-empty", f"nobody works for the scheduler at {address}", hint=hint)
        )
    ours = library_versions()
    for worker, theirs in found.items():
        if other := [
            f"{name} {theirs.get(name)}, here {mine}"
            for name, mine in ours.items()
            if theirs.get(name) != mine
        ]:
            what = f"the worker at {worker} has {', '.join(other)}"
            hint = "install the same versions there: the same input must give the same bytes"
            raise UsageError(Problem("dask-version", what, hint=hint))


def _cluster_setup(setup: RenderSetup, seconds: float) -> ClusterSetup:
    files = {name: (path.suffix, path.read_bytes()) for name, path in sorted(setup.assets.items())}
    sums = (
        text
        for name, (suffix, data) in files.items()
        for text in (name, suffix, sha256(data).hexdigest())
    )
    key = digest(setup.css, str(setup.seconds), str(seconds), *sums)
    return ClusterSetup(key, files, setup, seconds)


_open_runs: dict[str, tuple[WorkerPool, Path]] = {}
_runs_lock = threading.Lock()


def run_on_worker(
    run: ClusterSetup,
    function: Callable[..., T],
    arguments: tuple[Any, ...],
    named: dict[str, Any],
) -> T:
    """Run a job in the processes of this worker; on the worker's side."""
    # Each thread of a Dask worker runs jobs: one of them starts the processes for all.
    with _runs_lock:
        if run.key not in _open_runs:
            end_runs()
            _open_runs[run.key] = _start_run(run)
        workers = _open_runs[run.key][0]
    return workers.submit(function, *arguments, **named).result()


def _start_run(run: ClusterSetup) -> tuple[WorkerPool, Path]:
    """Write the fonts to this computer and start a process for each thread of the worker."""
    from distributed import get_worker

    folder = new_work_folder()
    assets = {}
    for number, (name, (suffix, data)) in enumerate(sorted(run.files.items())):
        assets[name] = folder / f"{number}{suffix}"
        assets[name].write_bytes(data)
    setup = replace(run.setup, workdir=folder / "work", assets=assets)
    return WorkerPool(get_worker().state.nthreads, start_worker, (setup,), run.seconds), folder


@atexit.register
def end_runs() -> None:
    """End the processes of earlier runs and remove their files."""
    while _open_runs:
        workers, folder = _open_runs.popitem()[1]
        workers.shutdown(wait=False, cancel_futures=True)
        end_work_folder(folder)
