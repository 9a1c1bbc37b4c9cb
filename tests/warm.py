"""Processes of tests start from one that has read the libraries already: half a second in place of two for each build.

All else is as in the program: each process is one of its own, with its own press and fonts, may be killed, and ends with its pool.
`LEAFLETS_COLD=1` starts them as the program does.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable
from importlib import import_module
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
METHOD = "forkserver"
LOCK = threading.Lock()
LIBRARIES = (
    *("fontTools.ttLib", "PIL.Image", "pypdf", "pypdfium2", "uharfbuzz", "zxingcpp"),
    *(f"generator.edges.{name}" for name in ("glyphs", "imposition", "proof", "stencilpress")),
)
"""What processes that draw and prove read."""


def preload() -> None:
    """Read the libraries in the process that others are forked from; it has no fonts and no threads."""
    from generator.edges import render

    for name in LIBRARIES:
        import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        render.load_weasyprint(Path(folder))
    render.load_weasyprint = render.shut_out_fonts


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
        self._start()
        return self.context.Process(target=as_there, args=(dict(os.environ), str(Path.cwd()), target, *args), daemon=daemon)

    def _start(self) -> None:
        """Start the warm process, once; only while it starts, Python looks for modules in the checkout."""
        from multiprocessing.forkserver import ensure_running

        with LOCK, pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", str(ROOT))
            self.context.set_forkserver_preload(["tests.warmed"])
            ensure_running()


def get_context(method: str) -> BaseContext | Warm:
    """Return what starts processes: the warm one where the system can fork."""
    cold = os.environ.get("LEAFLETS_COLD") or METHOD not in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context(method) if cold else Warm()
