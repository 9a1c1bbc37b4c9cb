"""Find a printed value among the lines of a page: in one line, or over several with all its parts in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NEXT_RUNS = 5
"""How many runs further the next part may stand: what stands beside it in another column comes between."""


def value_occurrences(value: str, run: str) -> int:
    """Return how often a value stands in a run, its letters and digits in order, touched by no other digit or plus.

    >>> value_occurrences("020 7946 0123", "Call 020 7946 0123 now"), value_occurrences("101", "1010")
    (1, 0)
    """
    parts = "[^\\w+]*".join(re.escape(char) for char in letters_and_digits(value))
    return len(re.findall(rf"(?<![\d+]){parts}(?!\d)", run))


def occurrences_over_lines(value: str, runs: Sequence[str]) -> int:
    """Return how often a value stands over two lines or more: the end of one, whole lines, and the beginning of another.

    >>> occurrences_over_lines("help@example.org", ["Write to help@", "example.org now"]), occurrences_over_lines("help@example.org", ["example.org", "help@"])
    (1, 0)
    """
    wanted, lines = letters_and_digits(value), [letters_and_digits(run) for run in runs]
    return sum(_begins(wanted, lines, place) for place in range(len(lines)))


def letters_and_digits(text: str) -> str:
    """Return the letters, digits and pluses of a text."""
    return "".join(char for char in text if char.isalnum() or char == "+")


def _begins(wanted: str, lines: Sequence[str], place: int) -> bool:
    """Tell whether a value begins at the end of a line, and goes on below."""
    line = lines[place]
    sizes = (
        size
        for size in range(1, min(len(line), len(wanted) - 1) + 1)
        if line.endswith(wanted[:size])
    )
    return any(
        _apart(line[:-size], wanted) and _goes_on(wanted[size:], lines, place + 1) for size in sizes
    )


def _goes_on(rest: str, lines: Sequence[str], start: int) -> bool:
    """Tell whether the rest of a value stands at the beginning of one of the next lines, or fills it and goes on."""
    for place in range(start, min(start + _NEXT_RUNS, len(lines))):
        line = lines[place]
        if line.startswith(rest) and not (rest[-1:].isdigit() and line[len(rest) :][:1].isdigit()):
            return True
        if line and rest.startswith(line) and _goes_on(rest[len(line) :], lines, place + 1):
            return True
    return False


def _apart(before: str, wanted: str) -> bool:
    """Tell whether no digit or plus touches a value from before."""
    return not (before[-1:].isdigit() or before[-1:] == "+") or not wanted[:1].isdigit()
