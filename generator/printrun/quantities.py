"""Count copies with spare ones, sheets of paper, bundles and boxes; pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from generator.base.words import count_words
from generator.campaign.sheets import Sheet
from generator.imposition.geometry import paper_count
from generator.model import Edition

# ISO 216, in mm, short side first.
PAPER_NAMES = {(105, 148): "A6", (148, 210): "A5", (210, 297): "A4", (297, 420): "A3"}

# Paper that one person can carry: five reams of A4, about 12 kg of 80 g paper, in mm².
BOX_AREA = 2500 * 210 * 297


@dataclass(frozen=True)
class PrintLine:
    """One edition of a print run."""

    edition: Edition
    sheet: Sheet
    code: str
    state: str
    pages: int
    path: str
    """Its PDF in reading order, below the output folder."""
    prints: tuple[str, ...]
    """The files to print, below the output folder: one for each ink, or the edition itself."""
    sha256: str
    copies: int
    """With the spare ones."""
    spare: int

    @property
    def paper(self) -> str:
        """The name of the paper it is printed on."""
        short, long = sorted(round(side) for side in self.sheet.layout.paper)
        return PAPER_NAMES.get((short, long), f"{short} × {long} mm")

    @property
    def ups(self) -> int:
        """How many copies lie on one paper."""
        return sum(
            cell.rstrip("^<>") == "1" for row in self.sheet.layout.front for cell in row.split()
        )

    @property
    def leaves(self) -> int:
        """Papers for one copy, or for as many copies as lie on one paper."""
        return paper_count(self.sheet.layout, self.pages)

    @property
    def total(self) -> int:
        """Papers for all copies."""
        return ceil(self.copies / self.ups) * self.leaves

    @property
    def words(self) -> str:
        """What the shop is to do, in words."""
        layout = self.sheet.layout
        sides = "one side"
        if layout.back and self.pages > 1:
            sides = f"both sides, turned over the {layout.flip} edge"
        each = f"{count_words(self.leaves, 'sheet')} a copy"
        if self.ups > 1:
            each = f"{self.ups} copies a sheet"
        copies = count_words(self.copies, "copy", "copies")
        sheets = count_words(self.total, "sheet")
        steps = "".join(f" {step}" for step in layout.steps)
        return f"{copies} on {self.paper}, {sides}, {each}: {sheets} of paper.{steps}"


@dataclass(frozen=True)
class Bundle:
    """Copies of one edition that travel together, with the number of their box."""

    number: int
    line: PrintLine
    copies: int
    box: int


def with_spare(copies: int, percent: int) -> int:
    """Return the copies to print, spare ones rounded up.

    >>> with_spare(9, 10)
    10
    """
    return copies + ceil(copies * percent / 100)


def packed_bundles(lines: Iterable[PrintLine]) -> Iterator[Bundle]:
    """Yield the bundles in order, box after box; an edition that fits into no box is parted."""
    number, box, room = 0, 1, BOX_AREA
    for line in lines:
        width, height = line.sheet.layout.paper
        size = ceil(line.leaves * width * height / line.ups)
        left = line.copies
        while left:
            # A box that is begun is closed only if the next copy does not fit any more.
            if size > room and room < BOX_AREA:
                box, room = box + 1, BOX_AREA
            part = min(left, max(1, room // size))
            number, left, room = number + 1, left - part, room - part * size
            yield Bundle(number, line, part, box)


def lines_by_paper(lines: Iterable[PrintLine]) -> dict[str, list[PrintLine]]:
    """Return the lines by the paper they need, in order."""
    found: dict[str, list[PrintLine]] = {}
    for line in lines:
        found.setdefault(line.paper, []).append(line)
    return found
