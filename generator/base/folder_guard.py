"""Keep to the campaign's folder: follow no link in it, and no name that leads out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePosixPath

from generator.base.files import LINK_FOUND, LINK_HINT, NO_FILE, NO_FILE_HINT
from generator.problem import LeafletsError, Problem, refusal

# Everything of a campaign; other files beside them, such as a programmer's, are left alone.
_FOLDERS = ("leaflets", "locales", "templates", "sites", "audio", "output")
# First letters of the program's own files beside them.
_OWN = ".leaflets"
# Strange files that are named at once.
_NAMED_AT_ONCE = 5


def refuse_strange_files(root: Path) -> None:
    """Raise LeafletsError for links, pipes and devices in a campaign.

    The campaign's own folder may be reached through links.
    """
    if found := list(islice(_strange_files(root), _NAMED_AT_ONCE)):
        raise LeafletsError(*found)


def _strange_files(root: Path) -> Iterator[Problem]:
    folders = [root]
    while folders:
        folder = folders.pop()
        for entry in _entries(folder):
            ours = entry.name in _FOLDERS or entry.name.startswith(_OWN)
            if folder == root and not ours:
                continue
            if entry.is_symlink() or (hasattr(entry, "is_junction") and entry.is_junction()):
                yield Problem("link", LINK_FOUND, entry.path, LINK_HINT)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif not entry.is_file(follow_symlinks=False):
                yield Problem("file-kind", NO_FILE, entry.path, NO_FILE_HINT)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    # A folder that cannot be read is told by whoever needs it.
    with suppress(OSError), os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)
    return []


def path_inside(folder: Path, name: str) -> Path:
    """Return the place of a name that stands in a file, such as `not-alone/x.pdf`.

    Raises LeafletsError if it leads out of `folder`.
    """
    parts = PurePosixPath(name)
    if not parts.parts or parts.is_absolute() or ".." in parts.parts or set(name) & set("\\:\0"):
        what = f"{name[:80]!r} leads out of this folder"
        raise refusal("outside", what, folder, "correct the name, or delete its line")
    return folder / parts
