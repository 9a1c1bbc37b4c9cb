"""Find a printed value on a page: in one line, or broken over several with its parts in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

# How many runs further on the next part may stand: text of a neighbouring column comes between.
_NEXT_RUNS = 5


def value_occurrences(value: str, run: str) -> int:
    """Return how often a value stands in a run, its letters and digits in order.

    A digit or plus that touches it makes it another value.

    >>> value_occurrences("020 7946 0123", "Call 020 7946 0123 now")
    1
    >>> value_occurrences("101", "1010")
    0
    """
    parts = "[^\\w+]*".join(re.escape(char) for char in letters_and_digits(value))
    return len(re.findall(rf"(?<![\d+]){parts}(?!\d)", run))


def occurrences_over_lines(value: str, runs: Sequence[str]) -> int:
    """Return how often a value is broken over two lines or more.

    It is the end of one line, perhaps whole lines, and the beginning of another.

    >>> address = "help@example.org"
    >>> occurrences_over_lines(address, ["Write to help@", "example.org now"])
    1
    >>> occurrences_over_lines(address, ["example.org", "help@"])
    0
    """
    wanted, lines = letters_and_digits(value), [letters_and_digits(run) for run in runs]
    return sum(_begins(wanted, lines, place) for place in range(len(lines)))


def letters_and_digits(text: str) -> str:
    """Return the letters, digits and pluses of a text."""
    return "".join(char for char in text if char.isalnum() or char == "+")


def _begins(wanted: str, lines: Sequence[str], place: int) -> bool:
    """Tell whether a value begins at the end of a line and goes on below."""
    line = lines[place]
    return any(
        line.endswith(wanted[:size])
        and _stands_apart(wanted, line[:-size])
        and _goes_on(wanted[size:], lines, place + 1)
        for size in range(1, min(len(line), len(wanted) - 1) + 1)
    )


def _stands_apart(wanted: str, before: str) -> bool:
    """Tell whether no digit or plus before a number makes it another number."""
    return not wanted[:1].isdigit() or not (before[-1:].isdigit() or before[-1:] == "+")


def _goes_on(rest: str, lines: Sequence[str], start: int) -> bool:
    """Tell whether the rest of a value begins one of the next lines, or fills it and goes on."""
    for place, line in enumerate(lines[start : start + _NEXT_RUNS], start):
        if line.startswith(rest) and not (rest[-1:].isdigit() and line[len(rest) :][:1].isdigit()):
            return True
        if line and rest.startswith(line) and _goes_on(rest[len(line) :], lines, place + 1):
            return True
    return False
