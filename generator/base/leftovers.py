"""Temporary files beside what they become, named after the process that made them.

What a killed process left goes with the next command.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# First letters of temporary files: a later run knows them and removes them.
TEMPORARY = ".leaflets-"
_MAKER = re.compile(rf"{re.escape(TEMPORARY)}([0-9]+)-.*")


def temporary_prefix() -> str:
    """Return the first letters of this process's temporary files and folders."""
    return f"{TEMPORARY}{os.getpid()}-"


def sweep_leftovers(folder: Path, deep: bool = True) -> None:
    """Remove what killed writers left in `folder`, and below it if `deep`."""
    for path, maker in _leftovers(folder, deep):
        _remove(path, folders=bool(maker))


def sweep_dead_leftovers(folder: Path, deep: bool = False) -> None:
    """Remove what names a dead process in `folder`, which nobody need have locked."""
    for path, maker in _leftovers(folder, deep):
        if maker:
            _remove(path, folders=True)


def _leftovers(folder: Path, deep: bool) -> Iterator[tuple[Path, re.Match[str] | None]]:
    """Yield temporary files of no living process, with the match that names the dead one."""
    for path in (folder.rglob if deep else folder.glob)(f"{TEMPORARY}*"):
        maker = _MAKER.fullmatch(path.name)
        if not maker or not process_runs(int(maker[1])):
            yield path, maker


def _remove(path: Path, folders: bool) -> None:
    with suppress(OSError):
        if not path.is_dir() or path.is_symlink():
            path.unlink()
        elif folders:
            shutil.rmtree(path, ignore_errors=True)


def process_runs(process: int) -> bool:
    """Tell whether a process runs on this computer.

    On Windows `os.kill` would end it, so there all are taken to run.
    """
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
