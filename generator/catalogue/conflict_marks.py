"""What git's text merge leaves in a file where two people changed the same lines; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# Seven letters and a name, or nothing: longer ones stand inside the base of a merge of merges.
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?")
_NEXT = {"<": "|=", "|": "=", "=": ">"}


class Sides(NamedTuple):
    """The two versions of a file that git could not join, and the one that both began with."""

    one: str
    other: str
    base: str | None = None
    """None where git did not write it down."""


def split_sides(text: str) -> Sides | None:
    """Return both versions of a file, each whole; None where no marks stand, or only some of them.

    >>> split_sides("a\\n<<<<<<< HEAD\\nb\\n=======\\nc\\n>>>>>>> them\\n")
    Sides(one='a\\nb\\n', other='a\\nc\\n', base=None)
    """
    parts: dict[str, list[str]] = {"<": [], "|": [], "=": []}
    place, with_base, found = "", True, False
    for line in text.splitlines(keepends=True):
        mark = _MARK.fullmatch(line.rstrip("\r\n"))
        name = mark[1][0] if mark else ""
        if name and name in _NEXT.get(place, "<"):
            with_base = with_base and not (name == "=" and place == "<")
            place, found = "" if name == ">" else name, True
        elif name in ("<", ">") and not (place == "|" and name != "|"):
            return None
        else:
            for side in place or parts:
                parts[side].append(line)
    if place or not found:
        return None
    one, base, other = ("".join(parts[name]) for name in "<|=")
    return Sides(one, other, base if with_base else None)


def joined_lines(sides: Sides) -> str:
    """Return a file whose lines are only ever added, with the lines of both versions."""
    return "".join(dict.fromkeys(_whole_lines(sides.one, sides.other)))


def _whole_lines(*texts: str) -> Iterable[str]:
    for text in texts:
        yield from (f"{line}\n" for line in text.split("\n") if line.strip())
