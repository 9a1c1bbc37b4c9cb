"""Use files of the last website again: pictures and fonts that this computer drew, and no others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from generator.edges import vouch
from generator.edges.files import read_bytes, write
from generator.edges.project import Project
from generator.edges.sitefolder import MARK
from generator.problem import LeafletsError

NAME = "published.json"
"""Says which site this computer made last; it stays in the output folder."""
LIMIT = 200_000_000
"""Bytes of one file of a site."""


def remember(project: Project, folder: Path, listed: bytes) -> None:
    """Note that this computer made the site in `folder`, by its list of files."""
    write(project.output / NAME, json.dumps({vouch.MARK: vouch.vouch(folder, _row(listed))}) + "\n")


def kept_of(project: Project, folder: Path) -> Callable[[str], list[tuple[str, bytes]]]:
    """Return what gives files of the site as this computer made it, by a pattern of their names."""
    sums = _made(project, folder)

    def kept(pattern: str) -> list[tuple[str, bytes]]:
        there = [(path.relative_to(folder).as_posix(), read_bytes(path, LIMIT)) for path in sorted(folder.glob(pattern))]
        return [(name, data) for name, data in there if hashlib.sha256(data).hexdigest() == sums.get(name)]

    return kept


def _made(project: Project, folder: Path) -> dict[str, str]:
    """Return the sha256 of each file of the site in `folder`, by path; nothing if it is not the one this computer made last."""
    with suppress(LeafletsError, ValueError, KeyError, TypeError, AttributeError):
        listed = read_bytes(folder / MARK, LIMIT)
        claimed = json.loads(read_bytes(project.output / NAME))[vouch.MARK]
        if vouch.vouched(folder, _row(listed), claimed):
            return {name: row["sha256"] for name, row in json.loads(listed)["files"].items()}
    return {}


def _row(listed: bytes) -> dict[str, str]:
    return {"site": hashlib.sha256(listed).hexdigest()}
