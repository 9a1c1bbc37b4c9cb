"""Temporary files beside what they become: which process made them, and what becomes of those whose process was killed."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".leaflets-"
"""First letters of temporary files beside what they become: a later run knows them and removes them."""
MAKER = re.compile(rf"{re.escape(TEMPORARY)}([0-9]+)-.*")


def temporary_prefix() -> str:
    """Return the first letters of this process's temporary files and folders."""
    return f"{TEMPORARY}{os.getpid()}-"


def sweep_leftovers(folder: Path, deep: bool = True) -> None:
    """Remove what writers that were killed left in `folder`, and below it if `deep`; what a living process made stays."""
    for path in (folder.rglob if deep else folder.glob)(f"{TEMPORARY}*"):
        maker = MAKER.fullmatch(path.name)
        if not maker or not process_runs(int(maker[1])):
            _remove(path, folders=bool(maker))


def sweep_dead_leftovers(folder: Path, deep: bool = False) -> None:
    """Remove in `folder`, without its lock, what processes that are dead made; what does not name its process stays."""
    for path in (folder.rglob if deep else folder.glob)(f"{TEMPORARY}*"):
        if (maker := MAKER.fullmatch(path.name)) and not process_runs(int(maker[1])):
            _remove(path, folders=True)


def _remove(path: Path, folders: bool) -> None:
    with suppress(OSError):
        if not path.is_dir() or path.is_symlink():
            path.unlink()
        elif folders:
            shutil.rmtree(path, ignore_errors=True)


def process_runs(process: int) -> bool:
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
