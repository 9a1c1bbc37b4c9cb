"""Put a whole folder in the place of the old one, all or nothing; only what changed is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from generator.base.files import file_error
from generator.base.folder_guard import path_inside
from generator.base.leftovers import TEMPORARY
from generator.problem import LeafletsError, Problem

# A folder without it was not made by us, and is not replaced.
FILE_LIST = "manifest.json"


def refuse_other_files(folder: Path) -> None:
    """Raise LeafletsError if something stands at `folder` that this program did not put there."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / FILE_LIST).is_file():
        what = "there are other files in this folder, and they would be lost"
        hint = "name a folder that does not exist yet, or an older copy of the website"
        raise LeafletsError(Problem("site-folder", what, str(folder), hint))
    if folder.exists() and not folder.is_dir():
        raise LeafletsError(Problem("site-folder", "this is a file", str(folder), "name a folder"))


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> int:
    """Put exactly `files` (by path) at `folder`, and return how many of them are new or changed.

    They are written beside it first; unchanged ones are linked, so that whoever copies the folder
    sees what changed. A kill leaves the old folder or the new one. Raises LeafletsError for a path
    that leads out of the folder.
    """
    refuse_other_files(folder)
    for path in files:
        path_inside(folder, path)
    repair_folder(folder)
    new, old = _beside(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        changed = [path for path, data in files.items() if not _same(folder / path, data)]
        if not changed and _paths(folder) == set(files):
            return 0
        for path in files.keys() - set(changed):
            _link(folder / path, new / path)
        for path in changed:
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(files[path])
        os.sync()  # else a power cut after the renames could leave files without their bytes
        _swap(folder, new, old)
    except OSError as error:
        raise file_error(folder, error, "write") from None
    return len(changed)


def repair_folder(folder: Path) -> None:
    """Put the old folder back after a kill between the two renames, and remove what it left."""
    new, old = _beside(folder)
    try:
        if old.is_dir() and not folder.exists():
            old.rename(folder)
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise file_error(folder, error, "write") from None


def _beside(folder: Path) -> tuple[Path, Path]:
    """Return where the new folder is written, and where the old one waits meanwhile."""
    return (
        folder.parent / f"{TEMPORARY}new-{folder.name}",
        folder.parent / f"{TEMPORARY}old-{folder.name}",
    )


def _swap(folder: Path, new: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _same(path: Path, data: bytes) -> bool:
    with suppress(OSError):
        return path.stat().st_size == len(data) and path.read_bytes() == data
    return False


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without links, such as that of most USB sticks
        shutil.copy2(source, target)


def _paths(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
