"""Processes of tests start from one that has read the libraries already, and draw for a build after the other: seconds for each build.

Each is a process of its own as in the program, with its own press and fonts, and may be killed; it goes on where the next build has the
very same fonts, style and environment. `LEAFLETS_COLD=1` starts and ends them as the program does.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Executor, Future
from dataclasses import replace
from importlib import import_module
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from generator.layout.pool import WorkerPool
from generator.layout.render import RenderSetup

ROOT = Path(__file__).resolve().parent.parent.parent
METHOD = "forkserver"
LOCK = threading.Lock()
STARTED: list[bool] = []
"""Whether there is a warm process."""
KEPT = 3
"""How many pools wait for the next build."""
LIBRARIES = (
    *("fontTools.ttLib", "PIL.Image", "pypdf", "pypdfium2", "uharfbuzz", "zxingcpp"),
    "generator.proof.glyphs",
    "generator.proof.edition_proof",
    "generator.imposition.impose",
    "generator.sitemerge.merge_worker",
)
"""What processes that draw and prove read."""


def preload() -> None:
    """Read the libraries in the process that others are forked from; it has no fonts and no threads."""
    from generator.layout import isolation, render

    for name in LIBRARIES:
        import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        isolation.load_weasyprint(Path(folder))
    render.load_weasyprint = isolation.shut_out_fonts  # type: ignore[attr-defined]


def as_there(environment: dict[str, str], folder: str, target: Callable[..., None], *arguments: Any) -> None:
    """Do what a process is for, with the environment and in the folder of who asked for it."""
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    os.chdir(folder)
    target(*arguments)


class Warm:
    """What the pool asks for a process and its pipe; a context of multiprocessing to it."""

    def __init__(self) -> None:
        self.context = multiprocessing.get_context(METHOD)
        self.Pipe = self.context.Pipe

    def Process(self, target: Callable[..., None], args: tuple[Any, ...], daemon: bool) -> BaseProcess:  # noqa: N802 - its name there
        """Return a process that is forked from the warm one."""
        with LOCK:  # several threads of a pool ask at once
            environment = dict(os.environ)
            if not STARTED:
                self._start()
        return self.context.Process(target=as_there, args=(environment, str(Path.cwd()), target, *args), daemon=daemon)

    def _start(self) -> None:
        """Start the warm process, once; only while it starts, Python looks for modules in the checkout."""
        from multiprocessing.forkserver import ensure_running

        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", str(ROOT))
            self.context.set_forkserver_preload(["tests.support.warmed"])
            ensure_running()
        STARTED.append(True)


def get_context(method: str) -> BaseContext | Warm:
    """Return what starts processes: the warm one where the system can fork."""
    cold = os.environ.get("LEAFLETS_COLD") or METHOD not in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context(method) if cold else Warm()


class Lent(Executor):
    """A pool that one build uses, and that the next may use after it."""

    def __init__(self, pool: WorkerPool, spoilt: Callable[[], None]) -> None:
        self.pool, self.spoilt, self.futures = pool, spoilt, list[Future[Any]]()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Queue a call."""
        self.futures.append(self.pool.submit(function, *arguments, **named))
        return self.futures[-1]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Give the pool back; one that has still something to do is ended."""
        if cancel_futures and not all(future.done() for future in self.futures):
            self.spoilt()
            self.pool.shutdown(cancel_futures=True)
        elif wait:
            futures.wait(future for future in self.futures if not future.cancelled())


class Lender:
    """Keeps a few pools, each for one setup and environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pools: dict[Any, WorkerPool] = {}

    def __call__(self, count: int, start: Callable[..., object], arguments: tuple[RenderSetup], seconds: float) -> Lent:
        """Return a pool as `Workers` does, a new one or one that has drawn before."""
        (setup,) = arguments
        setup = replace(setup, workdir=self.folder / "draws", assets={name: twin(name, path) for name, path in setup.assets.items()})
        environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        key = (count, start, seconds, *(tuple(sorted(table.items())) for table in (setup.assets, environment)), repr(setup))
        pool = self.pools.pop(key, None) or WorkerPool(count, start, (setup,), seconds)
        self.pools[key] = pool
        for oldest in list(self.pools)[:-KEPT]:
            self.pools.pop(oldest).shutdown(wait=False)
        return Lent(pool, lambda: self.pools.pop(key, None) and None)

    def end(self) -> None:
        """End all processes."""
        for pool in self.pools.values():
            pool.shutdown(cancel_futures=True)


def twin(name: str, path: Path) -> Path:
    """Return the shipped picture that is a campaign's own byte for byte, or this one."""
    shipped = ROOT / "templates" / "themes" / "community" / name
    return shipped if shipped.is_file() and path.read_bytes() == shipped.read_bytes() else path


def lender(folder: Path) -> Callable[..., Executor]:
    """Return what takes the place of `Workers` for builds."""
    return WorkerPool if os.environ.get("LEAFLETS_COLD") else Lender(folder)
