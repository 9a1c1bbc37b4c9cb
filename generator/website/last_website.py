"""Use pictures and fonts of the last website again: those that this computer drew, no others."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from generator.base import origin
from generator.base.files import read_bytes, write_file
from generator.base.names import SLUG
from generator.campaign.project import Project
from generator.problem import LeafletsError
from generator.website.folder import FILE_LIST
from generator.website.page_templates import WebsiteFile
from generator.website.pages import reserved_folders

# Says which website this computer made last; it stays in the output folder.
WEBSITE_RECORD = "published.json"

# Where the same is noted of the website before that.
_BEFORE = "before"

# Bytes of one file of a website.
_LIMIT = 200_000_000

# The last folder of a leaflet's address: the tag of a language in small letters.
_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?")

# What a page says that is a draft, or no leaflet.
HIDDEN_MARK = b'content="noindex"'


def remember_website(project: Project, folder: Path, listed: bytes) -> None:
    """Note, before it stands in `folder`, that this computer makes the website with these files.

    The one that stands there until then stays noted: a kill leaves the one or the other.
    """
    noted = {origin.ORIGIN_FIELD: _origin(folder, listed)}
    if _made_here(project, folder):
        noted[_BEFORE] = _origin(folder, read_bytes(folder / FILE_LIST, _LIMIT))
    write_file(project.output / WEBSITE_RECORD, json.dumps(noted) + "\n")


def reusable_files(project: Project, folder: Path) -> Callable[[str], list[WebsiteFile]]:
    """Return what finds files of the website as this computer made it, by a pattern of names."""
    sums = _made_here(project, folder)

    def reusable(pattern: str) -> list[WebsiteFile]:
        there = [
            (path.relative_to(folder).as_posix(), read_bytes(path, _LIMIT))
            for path in sorted(folder.glob(pattern))
        ]
        return [
            (name, data)
            for name, data in there
            if hashlib.sha256(data).hexdigest() == sums.get(name)
        ]

    return reusable


def published_addresses(
    reusable: Callable[[str], list[WebsiteFile]],
) -> Iterator[tuple[str, str]]:
    """Yield leaflet and tag of each page that the last website showed as ready, or kept.

    Beside a leaflet stands its text, beside a kept page nothing; a draft is hidden from search.
    """
    texts = {name.rpartition("/")[0] for name, _ in reusable("*/*/leaflet.txt")}
    for name, data in reusable("*/*/index.html"):
        slug, tag, _ = name.split("/")
        leaflet = SLUG.fullmatch(slug) and slug not in reserved_folders() and _TAG.fullmatch(tag)
        if leaflet and (HIDDEN_MARK not in data or f"{slug}/{tag}" not in texts):
            yield slug, tag


def _made_here(project: Project, folder: Path) -> dict[str, str]:
    """Return the sha256 of each file of the website in `folder`, by path.

    Nothing if it is not the one that this computer made last.
    """
    with suppress(LeafletsError, ValueError, KeyError, TypeError, AttributeError):
        listed = read_bytes(folder / FILE_LIST, _LIMIT)
        noted = json.loads(read_bytes(project.output / WEBSITE_RECORD))
        if any(
            origin.is_made_here(folder, _row(listed), noted.get(mark))
            for mark in (origin.ORIGIN_FIELD, _BEFORE)
        ):
            return {name: row["sha256"] for name, row in json.loads(listed)["files"].items()}
    return {}


def _origin(folder: Path, listed: bytes) -> str:
    return origin.origin_hash(folder, _row(listed))


def _row(listed: bytes) -> dict[str, str]:
    return {"site": hashlib.sha256(listed).hexdigest()}
