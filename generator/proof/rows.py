"""Prove that a label and its value stand in one row.

A right number under another name would be a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from generator.layout.expected import Expected
from generator.problem import Problem
from generator.proof.glyphs import (
    FONT_WEIGHTS,
    Shaper,
    decoded_glyphs,
    font_name,
    page_fonts,
    without_spaces,
)

_LINE_OPERATOR = re.compile(
    rb"(?<!\S)(?:(?P<save>q)|(?P<back>Q)|(?P<matrix>(?:-?[\d.]+ ){6})(?P<kind>cm|Tm)"
    rb"|/(?P<font>\w+) (?P<size>[\d.]+) Tf)(?!\S)"
    rb"|(?<!<)<(?P<hex>[0-9a-f]+)>(?!>)|\b(?P<end>ET)\b"
)
# Height of letters above their line, in parts of their size.
_LETTER_HEIGHT = 0.7
# How far above its label a value may stand, in heights of the label: both are in the middle of a
# row, and the value has a line under it.
_ABOVE_LABEL = 0.5
# Most pieces in which a label may be drawn: a piece ends with a line or a font.
_MOST_PIECES = 12

_Matrix = tuple[float, ...]
# The name of a font, and glyphs.
_FontGlyphs = tuple[str, str]


class DrawnLine(NamedTuple):
    """What is drawn in one line and one font, and its height on the page in pt.

    Its glyphs are those of words alone.
    """

    page: int
    font: str
    glyphs: str
    bottom: float
    top: float


def row_problems(reader: Any, expected: Expected, shaper: Shaper) -> Iterator[Problem]:
    """Yield a problem for each label whose value stands elsewhere; `expected.rows` pairs them."""
    if not expected.rows:
        return
    runs = [
        run
        for number, page in enumerate(reader.pages)
        for run in _drawn_lines(number, page, shaper)
    ]
    labels = {
        label: _places(runs, label, shaper) or _places(runs, label, shaper.roman)
        for label, _ in expected.rows
    }
    for label, value in expected.rows:
        others = [place for other, places in labels.items() if other != label for place in places]
        pairs = ((one, two) for one in labels[label] for two in _places(runs, value, shaper.roman))
        if not any(_belongs_to(one, two, others) for one, two in pairs):
            yield Problem(
                "proof-fact",
                f"{value!r} does not stand in the row of {label!r}",
                hint="a theme must print each value beside or under its own label,"
                " as templates/themes/community does",
            )


def _belongs_to(label: DrawnLine, value: DrawnLine, others: Sequence[DrawnLine]) -> bool:
    """Tell whether a value is under its label or level with it, and no other label is nearer."""
    if label.page != value.page:
        return False
    near = [other for other in others if other.page == value.page]
    under = value.bottom <= label.top and not any(
        other.top > value.bottom and other.bottom < label.bottom for other in near
    )
    gap = _gap(label, value)
    level = gap <= _ABOVE_LABEL * (label.top - label.bottom)
    return under or (level and all(_gap(other, value) > gap for other in near))


def _gap(one: DrawnLine, two: DrawnLine) -> float:
    """Return how far two things stand from each other in height; 0 if they share some."""
    return max(0, one.bottom - two.top, two.bottom - one.top)


def _places(runs: Sequence[DrawnLine], text: str, shaper: Shaper) -> list[DrawnLine]:
    """Return where a text is drawn: runs in a row that hold its words and nothing else."""
    words = [
        {
            (font_name(family, weight), form)
            for weight in FONT_WEIGHTS
            for form in shaper.forms(family, weight, context, word)
        }
        for family, word, context in shaper.expected(text)
    ]
    most = sum(max(len(form) for _, form in forms) for forms in words)
    starts = (runs[start : start + _MOST_PIECES] for start in range(len(runs)))
    return [place for pieces in starts if (place := _first_place(pieces, words, most))]


def _first_place(
    runs: Sequence[DrawnLine], words: Sequence[set[_FontGlyphs]], most: int
) -> DrawnLine | None:
    """Return the place of words, `most` glyphs or fewer, that begin with the first of some runs."""
    totals = accumulate(len(run.glyphs) for run in runs)
    windows = (runs[:size] for size, total in enumerate(totals, 1) if total <= most)
    for window in windows:
        if _hold_words(window, words):
            bottom, top = min(run.bottom for run in window), max(run.top for run in window)
            return window[0]._replace(bottom=bottom, top=top)
    return None


def _hold_words(runs: Sequence[DrawnLine], words: Sequence[set[_FontGlyphs]]) -> bool:
    """Tell whether runs are the words and nothing else, in whatever order the script draws them."""
    left = sum(len(run.glyphs) for run in runs)
    drawn = {run.font: "".join(one.glyphs for one in runs if one.font == run.font) for run in runs}
    for forms in words:
        size = max((len(form) for font, form in forms if form in drawn.get(font, "")), default=0)
        if not size or size > left:
            return False
        left -= size
    return not left


def _drawn_lines(number: int, page: Any, shaper: Shaper) -> Iterator[DrawnLine]:
    """Yield the lines of a page, each placed by the matrices in force where it is drawn."""
    fonts, stack = page_fonts(page), list[_Matrix]([(1, 0, 0, 1, 0, 0)])
    line, font, size, glyphs = stack[0], "", 0.0, ""
    for match in _LINE_OPERATOR.finditer(page.get_contents().get_data()):
        if match["hex"]:
            glyphs += decoded_glyphs(match["hex"])
            continue
        spaces = shaper.spaces.get(font, "") or shaper.roman.spaces.get(font, "")
        if drawn := without_spaces(glyphs, spaces):
            _, _, _, scale, _, bottom = _times(line, stack[-1])
            top = bottom + _LETTER_HEIGHT * size * scale
            yield DrawnLine(number, font, drawn, bottom, top)
        glyphs = ""
        if match["save"]:
            stack.append(stack[-1])
        elif match["back"]:
            stack.pop()
        elif match["font"]:
            font, size = fonts[match["font"].decode()], float(match["size"])
        elif match["kind"]:
            matrix = tuple(map(float, match["matrix"].split()))
            if match["kind"] == b"Tm":
                line = matrix
            else:
                stack[-1] = _times(matrix, stack[-1])


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    """Return two transformations after one another (ISO 32000-2, 8.3.4)."""
    (a, b, c, d, e, f), (g, h, i, j, k, m) = one, two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
