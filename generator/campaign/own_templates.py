"""Tell whether templates are the shipped ones; a campaign's own are named, and never trusted."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from generator.base.files import read_bytes
from generator.base.words import count_words
from generator.campaign.project import Project
from generator.campaign.shipped import shipped_templates

# The words of a theme are data, and each campaign has its own.
WORDS_FILE = "words.yaml"
WEBSITE_THEME = "site"
# The lines of a picture can be letters and numbers, and a proof reads text alone.
PICTURE_SUFFIX = ".svg"

FileStamps = tuple[tuple[str, int, int, int], ...]


def shipped_twin(folder: Path) -> Path | None:
    """Return the shipped folder that holds the same, byte for byte; None if there is none."""
    twin = shipped_templates(folder.name)
    return twin if folder == twin or not _differing(folder, twin, _stamps(folder)) else None


def own_template_notes(project: Project) -> list[str]:
    """Return, in words for people, which templates are the campaign's own."""
    found = []
    for name in (project.campaign.theme, WEBSITE_THEME):
        folder = project.root / "templates" / name
        if folder.is_dir() and not shipped_twin(folder):
            own = _differing(folder, shipped_templates(name), _stamps(folder))
            count = f"{count_words(len(own), 'file')} of its own"
            note = f"this campaign has a look of its own: templates/{name} ({count})"
            if any(file.endswith(PICTURE_SUFFIX) for file in own):
                note += "; pictures of this theme are not proved: look at them"
            found.append(note)
    return found


def _stamps(folder: Path) -> FileStamps:
    """Return name, size, time of change and inode of every file below a folder."""
    found = []
    for path, _, names in os.walk(folder):
        for name in sorted(names):
            file = os.path.join(path, name)  # noqa: PTH118 - a third of the time of a Path
            status = os.stat(file, follow_symlinks=False)  # noqa: PTH116
            found.append((file, status.st_size, status.st_mtime_ns, status.st_ino))
    return tuple(found)


@lru_cache(64)
def _differing(folder: Path, twin: Path, stamps: FileStamps) -> tuple[str, ...]:
    """Return the files that only one of two folders has, or that differ in their bytes."""
    own = {
        Path(path).relative_to(folder): read_bytes(Path(path))
        for path, *_ in stamps
        if Path(path).name != WORDS_FILE
    }
    theirs = {
        path.relative_to(twin): path.read_bytes()
        for path in twin.rglob("*")
        if path.is_file() and path.name != WORDS_FILE
    }
    differing = {path for path, _ in own.items() ^ theirs.items()}
    return tuple(sorted(map(str, differing)))
