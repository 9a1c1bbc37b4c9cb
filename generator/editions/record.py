"""What every printed edition says: `output/editions.jsonl`, to which lines are only ever added.

A line is written before its PDF counts as printed, and no command removes it: paper outlives files.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generator.base.files import break_hard_link, file_error, read_bytes
from generator.base.jsonl import ROW_ERRORS, text_fields
from generator.base.names import LANGUAGE_CODE, SLUG
from generator.problem import LeafletsError, Problem
from generator.review.printing import Printing

PRINTINGS_FILE = "editions.jsonl"
LIMIT = 500_000_000
TEXTS = ("code", "leaflet", "language", "sheet", "state", "built", "dated", "sha256")

# The form of what becomes part of a file's name: anybody can write a line.
PRINTING_FORMS = {
    "code": re.compile(r"[A-Z]{2,3}-[0-9A-Z]{5,12}"),
    "leaflet": SLUG,
    "language": LANGUAGE_CODE,
    "sheet": SLUG,
}
MAPS = ("sentences", "facts", "english")
DAMAGED = Problem(
    "editions",
    "not a record of a printed edition",
    hint="get the file back from a backup; without one, delete this line, "
    "and trust no code of its edition",
)


def read_printings(output: Path) -> list[Printing]:
    """Return every printing, oldest first; no file means none.

    A last line that a kill cut off counts as never written.
    Raises LeafletsError with the line of a damaged record.
    """
    path = output / PRINTINGS_FILE
    lines = read_bytes(path, LIMIT).split(b"\n") if path.exists() else [b""]
    found = []
    for number, text in enumerate(lines[:-1], 1):
        try:
            found += [_printing(json.loads(text))] if text.strip() else []
        except ROW_ERRORS:
            raise LeafletsError(DAMAGED.at(where=f"{path}:{number}")) from None
    return found


def _printing(row: Mapping[str, Any]) -> Printing:
    texts: dict[str, Any] = dict(zip(TEXTS, text_fields(row, *TEXTS), strict=True))
    maps = {name: row[name] for name in MAPS}
    every = [
        row["site"],
        row.get("shape", ""),
        *(text for found in maps.values() for pair in found.items() for text in pair),
    ]
    formed = all(form.fullmatch(texts[name]) for name, form in PRINTING_FORMS.items())
    if (
        not formed
        or not all(isinstance(text, str) for text in every)
        or (row["site"] and not SLUG.fullmatch(row["site"]))
    ):
        raise ValueError(row)
    return Printing(**texts, site=row["site"], **maps, shape=row.get("shape", ""))


def append_printing(output: Path, record: Printing) -> None:
    """Add one printing; call it under the lock of the output folder.

    Raises LeafletsError if that is impossible; then nothing was added.
    """
    path = output / PRINTINGS_FILE
    line = json.dumps(asdict(record), ensure_ascii=False, sort_keys=True).encode() + b"\n"
    break_hard_link(path)
    try:
        with path.open("ab") as file:
            # What a kill cut off was never written: the new line takes its place.
            whole = _whole(path)
            file.truncate(whole)
            try:
                file.write(line)
                file.flush()
            except OSError:
                # A full disk keeps part of a line; the next printing must not be joined to it.
                os.truncate(path, whole)
                raise
    except OSError as error:
        raise file_error(path, error, "write") from None


def _whole(path: Path) -> int:
    """Return the length of the file up to its last whole line, in bytes."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - 8192)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            end = start
    return 0
