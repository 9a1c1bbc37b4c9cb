"""Keep to the campaign's folder: no link in it is followed, and no name in its files leads out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePosixPath

from generator.base.files import LINK_FOUND, LINK_HINT
from generator.problem import LeafletsError, Problem

FOLDERS = ("leaflets", "locales", "templates", "sites", "audio", "output")
"""Everything of a campaign; what else lies beside them, such as a programmer's own files, is never touched."""
OWN = ".leaflets"
"""First letters of the program's own files beside them."""
TOLD = 5
"""Strange files that are named at once."""


def refuse_strange_files(root: Path) -> None:
    """Raise LeafletsError for links, pipes and devices anywhere in a campaign; its own folder may be reached through links."""
    if found := list(islice(_strange(root), TOLD)):
        raise LeafletsError(*found)


def _strange(root: Path) -> Iterator[Problem]:
    folders = [root]
    while folders:
        folder = folders.pop()
        for entry in _entries(folder):
            if folder == root and not (entry.name in FOLDERS or entry.name.startswith(OWN)):
                continue
            if entry.is_symlink() or (hasattr(entry, "is_junction") and entry.is_junction()):
                yield Problem("link", LINK_FOUND, entry.path, LINK_HINT)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif not entry.is_file(follow_symlinks=False):
                yield Problem(
                    "file-kind",
                    "this is no ordinary file",
                    entry.path,
                    "put a plain file there, or delete it",
                )


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with (
        suppress(OSError),
        os.scandir(folder) as entries,
    ):  # what cannot be read is told by whoever needs it
        return sorted(entries, key=lambda entry: entry.name)
    return []


def path_inside(folder: Path, name: str) -> Path:
    """Return the place of a name that stands in a file, such as `not-alone/x.pdf`; raise LeafletsError if it leads out of `folder`."""
    parts = PurePosixPath(name)
    if not parts.parts or parts.is_absolute() or ".." in parts.parts or set(name) & set("\\:\0"):
        what, hint = (
            f"{name[:80]!r} leads out of this folder",
            "correct the name, or delete its line",
        )
        raise LeafletsError(Problem("outside", what, str(folder), hint))
    return folder / parts
