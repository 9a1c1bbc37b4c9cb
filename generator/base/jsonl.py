"""Files of one JSON object a line, to which lines are only ever added."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from generator.base.files import ANY_END, read_text, write_file
from generator.problem import LeafletsError, Problem

T = TypeVar("T")
ROW_ERRORS = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
LIMIT = 50_000_000


def read_rows(path: Path, parse: Callable[[Mapping[str, Any]], T], damaged: Problem) -> list[T]:
    """Return what `parse` makes of each line; no file means none.

    Raises LeafletsError: `damaged` with the line that is no JSON, or that `parse` cannot take.
    """
    if not path.exists():
        return []
    lines = read_text(path, LIMIT, ANY_END).split("\n")
    full = [text.strip() for text in lines if text.strip()]
    with suppress(*ROW_ERRORS):
        if all(text.startswith("{") and text.endswith("}") for text in full):
            rows = json.loads(f"[{','.join(full)}]")  # twice as fast as line by line
            if len(rows) == len(full):
                return [parse(row) for row in rows]
    for number, text in enumerate(lines, 1):
        try:
            _ = parse(json.loads(text)) if text.strip() else None
        except ROW_ERRORS:
            raise LeafletsError(damaged.at(where=f"{path}:{number}")) from None
    raise LeafletsError(damaged.at(where=str(path)))


def text_fields(row: Mapping[str, Any], *names: str) -> list[str]:
    """Return the values of `names`, each a text that is not empty; raise KeyError or ValueError."""
    found = [row[name] for name in names]
    if not all(isinstance(value, str) and value for value in found):
        raise ValueError(names)
    return found


def json_line(row: Mapping[str, Any]) -> str:
    """Return one object as its line."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def append_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Add lines at the end, all or none; return False if there are none.

    Call it under the lock of the folder.
    """
    lines = "".join(map(json_line, rows))
    if not lines:
        return False
    text = read_text(path, LIMIT, ANY_END) if path.exists() else ""
    text += "" if text.endswith("\n") or not text else "\n"
    return write_file(path, text + lines)
