"""What a print run counts: copies with spare ones, sheets of paper, bundles and boxes; pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from generator.core.sheets import SHEETS, Sheet
from generator.model import Edition

PAPERS = {(105, 148): "A6", (148, 210): "A5", (210, 297): "A4", (297, 420): "A3"}
"""ISO 216, in mm, short side first."""
BOX = 2500 * 210 * 297
"""Paper that one person can carry: five reams of A4, about 12 kg of 80 g paper, in mm²."""


@dataclass(frozen=True)
class Line:
    """One edition of a print run."""

    edition: Edition
    code: str
    state: str
    pages: int
    path: str
    """Its PDF, below the output folder."""
    sha256: str
    copies: int
    """With the spare ones."""
    spare: int

    @property
    def sheet(self) -> Sheet:
        """The row of its sheet."""
        return SHEETS[self.edition.sheet]

    @property
    def paper(self) -> str:
        """The name of the paper it is printed on."""
        size = tuple(sorted((round(self.sheet.width), round(self.sheet.height))))
        return PAPERS.get((size[0], size[1]), f"{size[0]} × {size[1]} mm")

    @property
    def leaves(self) -> int:
        """Sheets of paper for one copy, printed on both sides where there is a second page."""
        return ceil(self.pages / 2)

    @property
    def total(self) -> int:
        """Sheets of paper for all copies."""
        return self.copies * self.leaves

    @property
    def words(self) -> str:
        """What the shop is to do, in words."""
        sides = "both sides" if self.pages > 1 else "one side"
        each = "1 sheet" if self.leaves == 1 else f"{self.leaves} sheets, kept together"
        return f"{self.copies} copies on {self.paper}, {sides}, {each} a copy: {self.total} sheets of paper"


@dataclass(frozen=True)
class Bundle:
    """Copies of one edition that travel together, with the number of their box."""

    number: int
    line: Line
    copies: int
    box: int


def with_spare(copies: int, percent: int) -> int:
    """Return the copies to print, spare ones rounded up.

    >>> with_spare(9, 10)
    10
    """
    return copies + ceil(copies * percent / 100)


def bundles(lines: Iterable[Line]) -> Iterator[Bundle]:
    """Yield the bundles in order, boxes filled one after another; an edition that fits into no box is parted."""
    number, box, room = 0, 1, BOX
    for line in lines:
        size = round(line.leaves * line.sheet.width * line.sheet.height)
        left = line.copies
        while left:
            if size > room and room < BOX:
                box, room = box + 1, BOX
            part = min(left, max(1, room // size))
            number, left, room = number + 1, left - part, room - part * size
            yield Bundle(number, line, part, box)


def trays(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Return the lines by the paper they need, in order."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.paper, []).append(line)
    return found
