"""Use files of the last website again: pictures and fonts that this computer drew, and no others."""

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
from generator.website.addresses import RESERVED_NAMES
from generator.website.folder import FILE_LIST

WEBSITE_RECORD = "published.json"
"""Says which site this computer made last; it stays in the output folder."""
BEFORE = "before"
"""Where the same is noted of the site before that."""
LIMIT = 200_000_000
"""Bytes of one file of a site."""
TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?")
"""The last folder of a leaflet's address: the tag of a language in small letters."""
HIDDEN_MARK = b'content="noindex"'
"""What a page says that is a draft, or no leaflet."""


def remember_website(project: Project, folder: Path, listed: bytes) -> None:
    """Note that this computer makes the site in `folder`, by its list of files, before it stands there.

    The site that stands there until then stays noted: a kill leaves the one or the other.
    """
    before = (
        {BEFORE: origin.origin_hash(folder, _row(read_bytes(folder / FILE_LIST, LIMIT)))}
        if _made(project, folder)
        else {}
    )
    write_file(
        project.output / WEBSITE_RECORD,
        json.dumps({origin.ORIGIN_FIELD: origin.origin_hash(folder, _row(listed)), **before})
        + "\n",
    )


def reusable_files(project: Project, folder: Path) -> Callable[[str], list[tuple[str, bytes]]]:
    """Return what gives files of the site as this computer made it, by a pattern of their names."""
    sums = _made(project, folder)

    def kept(pattern: str) -> list[tuple[str, bytes]]:
        there = [
            (path.relative_to(folder).as_posix(), read_bytes(path, LIMIT))
            for path in sorted(folder.glob(pattern))
        ]
        return [
            (name, data)
            for name, data in there
            if hashlib.sha256(data).hexdigest() == sums.get(name)
        ]

    return kept


def published_addresses(
    kept: Callable[[str], list[tuple[str, bytes]]],
) -> Iterator[tuple[str, str]]:
    """Yield the leaflets, each with its tag, that the last site showed as ready or kept a page for.

    Beside a leaflet stands its text, beside a kept page nothing; a draft is hidden from search.
    """
    texts = {name.rpartition("/")[0] for name, _ in kept("*/*/leaflet.txt")}
    for name, data in kept("*/*/index.html"):
        slug, tag, _ = name.split("/")
        promised = HIDDEN_MARK not in data or f"{slug}/{tag}" not in texts
        if promised and SLUG.fullmatch(slug) and TAG.fullmatch(tag) and slug not in RESERVED_NAMES:
            yield slug, tag


def _made(project: Project, folder: Path) -> dict[str, str]:
    """Return the sha256 of each file of the site in `folder`, by path; nothing if it is not the one this computer made last."""
    with suppress(LeafletsError, ValueError, KeyError, TypeError, AttributeError):
        listed = read_bytes(folder / FILE_LIST, LIMIT)
        noted = json.loads(read_bytes(project.output / WEBSITE_RECORD))
        if any(
            origin.is_made_here(folder, _row(listed), noted.get(mark))
            for mark in (origin.ORIGIN_FIELD, BEFORE)
        ):
            return {name: row["sha256"] for name, row in json.loads(listed)["files"].items()}
    return {}


def _row(listed: bytes) -> dict[str, str]:
    return {"site": hashlib.sha256(listed).hexdigest()}
