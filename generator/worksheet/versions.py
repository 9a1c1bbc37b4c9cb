"""What stands on the worksheets that were made, in `locales/LANG/worksheets.jsonl`.

A line holds a version and the digests of its rows. Nothing in it can be changed without giving
another version, so lines of two computers merge by union, and a wrong one is found by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.base import jsonl
from generator.problem import Problem
from generator.worksheet.rows import same_version, sheet_version

DAMAGED = Problem(
    "worksheets", "not a line about a worksheet", hint="delete this line, and print its sheet again"
)

# The version of a sheet, and the digests of its rows in their order.
SheetVersion = tuple[str, tuple[str, ...]]


def read_versions(path: Path, language: str) -> list[SheetVersion]:
    """Return every sheet of a language whose version proves its rows.

    Raise LeafletsError with the line of a damaged one.
    """
    return [
        (version, rows)
        for version, rows in jsonl.read_rows(path, _sheet, DAMAGED)
        if version == sheet_version(language, rows)
    ]


def add_version(path: Path, version: str, digests: Sequence[str]) -> None:
    """Note a sheet, unless it is known; call it under the lock of the folder."""
    if (version, tuple(digests)) not in jsonl.read_rows(path, _sheet, DAMAGED):
        jsonl.append_rows(path, [{"sheet": version, "rows": list(digests)}])


def rows_of_version(path: Path, language: str, typed: str) -> frozenset[str]:
    """Return the digests on the sheet whose version somebody typed; nothing if none is known."""
    return frozenset(
        row
        for version, rows in read_versions(path, language)
        if same_version(typed, version)
        for row in rows
    )


def _sheet(row: Mapping[str, Any]) -> SheetVersion:
    (version,) = jsonl.text_fields(row, "sheet")
    rows = row["rows"]
    if not all(isinstance(digest, str) for digest in rows):
        raise ValueError(rows)
    return version, tuple(rows)
