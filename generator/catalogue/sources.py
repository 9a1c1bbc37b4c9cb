"""Every English wording that a message ever had: `locales/sources.jsonl`.

Lines are only added, so that old text is known as old for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.base import jsonl
from generator.base.files import write_file
from generator.problem import Problem

# Domain, msgctxt, msgid.
Wording = tuple[str, str, str]
_DAMAGED = Problem(
    "history",
    "not a wording of the history",
    hint="the line was damaged or cut off: get the file back from git",
)


def read_sources(path: Path) -> list[Wording]:
    """Return the wordings, oldest first; no file means none.

    Raises LeafletsError with the line of a damaged one.
    """
    return jsonl.read_rows(path, _wording, _DAMAGED)


def _wording(row: Mapping[str, Any]) -> Wording:
    domain, msgctxt, msgid = jsonl.text_fields(row, "d", "c", "s")
    return domain, msgctxt, msgid


def older_wordings(path: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return all wordings by domain and msgctxt, newest first."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for domain, msgctxt, msgid in read_sources(path):
        messages = found.setdefault(domain, {})
        messages[msgctxt] = (msgid, *messages.get(msgctxt, ()))
    return found


def append_sources(path: Path, wordings: Iterable[Wording]) -> bool:
    """Add the wordings that are not there yet, all or none.

    Call it under the lock of the locales folder.
    """
    known = set(read_sources(path))
    new = [wording for wording in dict.fromkeys(wordings) if wording not in known]
    return jsonl.append_rows(path, map(_row, new))


def delete_sources(path: Path, gone: Collection[Wording]) -> bool:
    """Take out wordings; call it under the lock of the locales folder.

    Return whether any stood there.
    """
    known = read_sources(path) if gone else []
    kept = [one for one in known if one not in gone]
    if len(kept) == len(known):
        return False
    return write_file(path, "".join(map(jsonl.json_line, map(_row, kept))))


def _row(wording: Wording) -> dict[str, str]:
    return dict(zip("dcs", wording, strict=True))
