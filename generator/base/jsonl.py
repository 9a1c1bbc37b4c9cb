"""Files of one JSON object a line, to which lines are only ever added."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator.base.files import ANY_END, read_text, write_file
from generator.problem import LeafletsError, Problem

T = TypeVar("T")
ROW_ERRORS = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
LIMIT = 200_000_000


class JsonLines(NamedTuple):
    """The lines of a file that are not empty."""

    texts: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    numbers: Sequence[int]
    """The place of each in the file, counted from 1."""


def read_rows(path: Path, parse: Callable[[Mapping[str, Any]], T], damaged: Problem) -> list[T]:
    """Return what `parse` makes of each line; no file means none.

    Raises LeafletsError: `damaged` with the line that is no JSON, or that `parse` cannot take.
    """
    return read_lines(path, parse, damaged)[1]


def read_lines(
    path: Path, parse: Callable[[Mapping[str, Any]], T], damaged: Problem
) -> tuple[JsonLines, list[T]]:
    """Return the lines of a file, and what `parse` makes of each; no file means none.

    Raises LeafletsError as `read_rows` does.
    """
    if not path.exists():
        return JsonLines([], [], []), []
    lines = read_text(path, LIMIT, ANY_END).split("\n")
    texts = [text for text in lines if text.strip()]
    places: Sequence[int] = range(1, len(texts) + 1)
    if len(texts) + (not lines[-1]) != len(lines):
        places = [place for place, text in enumerate(lines, 1) if text.strip()]
    with suppress(*ROW_ERRORS):
        rows = _rows_at_once(texts)
        return JsonLines(texts, rows, places), [parse(row) for row in rows]
    for place, text in zip(places, texts, strict=True):
        try:
            parse(_written(json.loads(text), text))
        except ROW_ERRORS:
            raise LeafletsError(damaged.at(where=f"{path}:{place}")) from None
    raise LeafletsError(damaged.at(where=str(path)))


def _rows_at_once(texts: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return what lines hold, twice as fast as line by line; raise ValueError unless one each.

    A mark that nobody can foresee stands between the lines. So a line that holds two objects, or a
    part of one, can never pass for its neighbour.
    """
    mark = secrets.token_hex(8)
    found = json.loads(f'["{mark}",' + f',"{mark}",'.join(texts) + "]") if texts else []
    if len(found) != 2 * len(texts) or any(one != mark for one in found[::2]):
        raise ValueError(len(found))
    return [_written(row, text) for row, text in zip(found[1::2], texts, strict=True)]


def _written(row: Mapping[str, Any], text: str) -> Mapping[str, Any]:
    """Return what a line holds; raise ValueError for half a letter, which nothing can write."""
    if "\\u" in text:
        json.dumps(row, ensure_ascii=False).encode()
    return row


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
    """Add rows at the end as lines, as `append_lines` does."""
    return append_lines(path, (json_line(row)[:-1] for row in rows))


def append_lines(path: Path, lines: Iterable[str]) -> bool:
    """Add lines, each without its end, all or none; return False if there are none.

    Call it under the lock of the folder.
    """
    added = "".join(f"{line}\n" for line in lines)
    if not added:
        return False
    text = read_text(path, LIMIT, ANY_END) if path.exists() else ""
    text += "" if text.endswith("\n") or not text else "\n"
    return write_file(path, text + added)
