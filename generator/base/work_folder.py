"""Folders for the work of one process, among the computer's temporary files.

Those of killed processes go when the next is made.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.base.files import hold_lock

# First letters of a work folder's name.
WORK_PREFIX = "leaflets-"
# The file in it that its process keeps locked: the lock ends when the process does.
WORK_LOCK = ".held"

# The work folders of this process, and what lets go of each.
_held: dict[Path, Callable[[], None]] = {}


@contextmanager
def work_folder() -> Iterator[Path]:
    """Yield a folder for the work of this process; it is gone afterwards."""
    folder = new_work_folder()
    try:
        yield folder
    finally:
        end_work_folder(folder)


def new_work_folder() -> Path:
    """Make a work folder that this process holds until `end_work_folder`."""
    _sweep()
    while True:
        folder = Path(tempfile.mkdtemp(prefix=WORK_PREFIX))
        with suppress(OSError):  # somebody swept it before it was held
            release = hold_lock(folder / WORK_LOCK)
            if release and (folder / WORK_LOCK).exists():
                _held[folder] = release
                return folder


def end_work_folder(folder: Path) -> None:
    """Remove a work folder of this process."""
    if release := _held.pop(folder, None):
        release()
    shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove the work folders whose processes are dead.

    One without a lock is not ours, or was made this moment.
    """
    for held in Path(tempfile.gettempdir()).glob(f"{WORK_PREFIX}*/{WORK_LOCK}"):
        with suppress(OSError):
            if held.parent not in _held and (release := hold_lock(held)):
                shutil.rmtree(held.parent, ignore_errors=True)
                release()
