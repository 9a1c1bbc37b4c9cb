"""Temporary files and folders: which process made them, and what becomes of those whose process was killed."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

TEMPORARY = ".leaflets-"
"""First letters of temporary files beside what they become: a later run knows them and removes them."""
WORK = "leaflets-"
"""First letters of work folders in the computer's folder for temporary files."""
HELD = ".held"
"""The file in a work folder that its process keeps locked; the lock ends with the process, however that ends."""
MAKER = re.compile(rf"{re.escape(TEMPORARY)}([0-9]+)-.*")


def prefix() -> str:
    """Return the first letters of this process's temporary files and folders."""
    return f"{TEMPORARY}{os.getpid()}-"


def sweep(folder: Path, deep: bool = True) -> None:
    """Remove what writers that were killed left in `folder`, and below it if `deep`; what a living process made stays."""
    for path in (folder.rglob if deep else folder.glob)(f"{TEMPORARY}*"):
        maker = MAKER.fullmatch(path.name)
        if not maker or not alive(int(maker[1])):
            _remove(path, folders=bool(maker))


def sweep_dead(folder: Path, deep: bool = False) -> None:
    """Remove in `folder`, without its lock, what processes that are dead made; what does not name its process stays."""
    for path in (folder.rglob if deep else folder.glob)(f"{TEMPORARY}*"):
        if (maker := MAKER.fullmatch(path.name)) and not alive(int(maker[1])):
            _remove(path, folders=True)


def _remove(path: Path, folders: bool) -> None:
    with suppress(OSError):
        if not path.is_dir() or path.is_symlink():
            path.unlink()
        elif folders:
            shutil.rmtree(path, ignore_errors=True)


def alive(process: int) -> bool:
    """Tell whether a process runs on this computer; where nobody can tell without harm, all do."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextmanager
def work_folder() -> Iterator[Path]:
    """Yield a folder for the work of this process, in the computer's folder for temporary files; it is gone afterwards.

    Those of processes that were killed go first: nobody holds their locks.
    """
    folder = new_work_folder()
    try:
        yield folder
    finally:
        end_work_folder(folder)


def new_work_folder() -> Path:
    """Make a work folder that this process holds until `end_work_folder`."""
    from filelock import FileLock

    _sweep_work()
    while True:
        folder = Path(tempfile.mkdtemp(prefix=WORK))
        lock = FileLock(folder / HELD, thread_local=False)
        with suppress(OSError):  # somebody swept it before it was held
            lock.acquire()
            if folder.is_dir() and (folder / HELD).exists():
                _held[folder] = lock
                return folder


def end_work_folder(folder: Path) -> None:
    """Remove a work folder of this process."""
    if lock := _held.pop(folder, None):
        lock.release()
    shutil.rmtree(folder, ignore_errors=True)


_held: dict[Path, Any] = {}
"""The locks of this process's work folders: one that nobody keeps would be let go."""


def _sweep_work() -> None:
    """Remove the work folders whose processes are dead; one without a lock is not ours, or was made this moment."""
    from filelock import FileLock, Timeout

    for held in Path(tempfile.gettempdir()).glob(f"{WORK}*/{HELD}"):
        if held.parent in _held:
            continue
        with suppress(OSError, Timeout), FileLock(held, timeout=0):
            shutil.rmtree(held.parent, ignore_errors=True)
