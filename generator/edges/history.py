"""Every English wording a message ever had: `locales/sources.jsonl`, append-only, so that old text is known as old."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from generator.edges.files import read_text, write
from generator.edges.ledger import LIMIT, WHOLE
from generator.problem import LeafletsError, Problem

Wording = tuple[str, str, str]
"""Domain, msgctxt, msgid."""


def read(path: Path) -> list[Wording]:
    """Return the wordings, oldest first; no file means none. Raises LeafletsError with the line of a damaged one."""
    if not path.exists():
        return []
    lines = read_text(path, LIMIT, WHOLE).split("\n")
    return [_wording(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _wording(line: str, where: str) -> Wording:
    try:
        row = json.loads(line)
        found: Wording = (row["d"], row["c"], row["s"])
    except (ValueError, KeyError, TypeError, RecursionError):
        found = ("", "", "")
    if not all(isinstance(value, str) and value for value in found):
        hint = "the line was damaged or cut off: get the file back from git"
        raise LeafletsError(Problem("history", "not a wording of the history", where, hint))
    return found


def older(path: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return all wordings by domain and msgctxt, newest first."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for domain, msgctxt, msgid in read(path):
        messages = found.setdefault(domain, {})
        messages[msgctxt] = (msgid, *messages.get(msgctxt, ()))
    return found


def append(path: Path, wordings: Iterable[Wording]) -> bool:
    """Add the wordings that are not there yet, all or none; call it under the lock of the locales folder."""
    known = set(read(path))
    new = [wording for wording in dict.fromkeys(wordings) if wording not in known]
    if not new:
        return False
    text = read_text(path, LIMIT, WHOLE) if path.exists() else ""
    text += "" if text.endswith("\n") or not text else "\n"
    rows = (json.dumps({"d": domain, "c": msgctxt, "s": msgid}, ensure_ascii=False) + "\n" for domain, msgctxt, msgid in new)
    return write(path, text + "".join(rows))
