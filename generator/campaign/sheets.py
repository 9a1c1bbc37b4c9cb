"""The sheets a leaflet is laid out for: one row each, from a wallet card to a poster.

A row says how large a page is, how large the type, and how pages lie on the paper. Rows are
written for languages that run from left to right; `imposition.geometry` mirrors them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, inf
from typing import Literal

from generator.model import Leaflet

Flip = Literal["long", "short"]
# Degrees against the clock, by the mark of a page in a layout.
TURNS = {"": 0, "<": 90, "^": 180, ">": 270}
# Width in mm of a letter at the foot of a narrow page.
FOOT_LETTER = 1.0
# Millimetres in a point.
POINT = 25.4 / 72
# Pages below this width, in mm, count as small.
NARROW_WIDTH = 110
# The least size in pt of a draft's stamp, for pages narrower than so many mm.
STAMP_SIZES = ((NARROW_WIDTH, 8), (250, 12), (inf, 24))
# The least size in pt of any letter, for pages narrower than so many mm: what the shipped theme
# prints. Only the foot and the band are so small.
SMALLEST_SIZES = ((NARROW_WIDTH, 5), (250, 6), (inf, 10))


@dataclass(frozen=True)
class PaperLayout:
    """How pages lie on a sheet of paper; lengths in mm.

    Each row of `front` and `back` is one row of the paper as you see it, page numbers from left to
    right. After a number, `^` stands the page on its head, `<` lays it on its left side and `>` on
    its right.
    """

    paper: tuple[float, float]
    """Width and height of the paper as it is seen."""
    front: tuple[str, ...]
    back: tuple[str, ...] = ()
    flip: Flip = "short"
    """The edge over which the printer must turn the paper."""
    nested: bool = False
    """Whether papers lie inside each other, as in a stitched booklet; else one follows another."""
    steps: tuple[str, ...] = ()
    """What hands do after printing, in words."""
    cuts: tuple[tuple[float, float, float, float], ...] = ()
    """Dashed lines on the front, from x, y to x, y from the lower left corner."""
    views: tuple[str, ...] = ()
    """The pages seen together, from the closed leaflet to its back.

    Empty means the first page, pairs, and the last page.
    """

    @property
    def pages(self) -> int:
        """How many different pages one paper holds."""
        return max(
            int(cell.rstrip("^<>")) for row in (*self.front, *self.back) for cell in row.split()
        )

    @property
    def folds(self) -> bool:
        """Whether the pages of a side hang together: where they meet is a fold, not a cut."""
        cells = " ".join(self.front).split()
        return len(set(cells)) == len(cells)


@dataclass(frozen=True)
class Sheet:
    """Page and type of an edition; lengths in mm, sizes in pt before the language's factor."""

    name: str
    width: float
    height: float
    margin: float
    pages: int
    """Most pages an edition may have."""
    sizes: tuple[float, ...]
    """Largest first; the last is the floor (UKAAF G003: clear print from 12 pt, large print 18)."""
    qr: float
    """Side of the QR code with its quiet zone."""
    band: float
    """Height kept above the text for the draft band."""
    about: str
    layout: PaperLayout
    unit: int = 1
    """Pages are filled up to a multiple of this: a fold has them all, and type grows into them."""
    panels: tuple[float, ...] = ()
    """Width of each page in reading order, where they differ."""
    foot: float = 0
    """Room under the text besides the margin, to keep the line at the foot clear of the edge."""
    tab: tuple[float, float] | None = None
    """Width and height of the last page, a strip to tear off."""
    cover: bool = False
    """Whether the first page holds nothing but title, lead and QR code."""
    short: bool = False
    """Whether only the blocks marked `short: yes` are printed."""
    fields: bool = False
    """Whether forms are filled in on a screen: their lines become fields (ISO 32000-2, 12.7)."""
    terse: bool = False
    """Whether the band has room for its sentence in one language only."""
    like: str = ""
    """The shipped sheet that a campaign's own row starts from."""

    @property
    def classes(self) -> str:
        """The classes for the theme: rules for a shipped sheet hold for those that are like it."""
        return " ".join(
            f"sheet-{name}" for name in dict.fromkeys((self.like or self.name, self.name))
        )

    @property
    def narrow(self) -> bool:
        """Whether the foot has room for no more than title, address and code."""
        return self.width < NARROW_WIDTH

    def room(self, factor: float) -> float:
        """Return how wide a line is in parts of a middle type size; `factor` is the language's."""
        return (self.width - 2 * self.margin) / POINT / (self.sizes[len(self.sizes) // 2] * factor)

    def foot_lines(self, text: str) -> int:
        """Return about how many lines a text takes at the foot; a wide page has always room."""
        return ceil(len(text) * FOOT_LETTER / (self.width - 2 * self.margin)) if self.narrow else 1

    @property
    def least_room(self) -> float:
        """How wide a line is, in parts of the smallest type size."""
        return (self.width - 2 * self.margin) / POINT / self.sizes[-1]

    def stamp(self, number: int) -> float:
        """Return the least size in pt of the stamp of a draft on a page, counted from 1."""
        width = self.page_size(number)[0]
        return next(size for widest, size in STAMP_SIZES if width < widest)

    def least(self, number: int) -> float:
        """Return the least size in pt of any letter on a page, counted from 1."""
        width = self.page_size(number)[0]
        return next(size for widest, size in SMALLEST_SIZES if width < widest)

    def page_size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page, counted from 1."""
        if self.tab and number == self.pages:
            return self.tab
        return (self.panels[number - 1] if number <= len(self.panels) else self.width), self.height

    def turned_page(self, cell: str) -> tuple[int, float, float, int]:
        """Return page, width and height on the paper, and rotation of a cell such as `7^`."""
        number = cell.rstrip("".join(TURNS))
        rotation = TURNS[cell.removeprefix(number)]
        width, height = self.page_size(int(number))
        upright = rotation in (0, 180)
        return int(number), *((width, height) if upright else (height, width)), rotation

    def side_size(self, rows: tuple[str, ...]) -> tuple[float, float]:
        """Return width and height of all pages on one side of the paper."""
        sides = [[self.turned_page(cell) for cell in row.split()] for row in rows]
        widths = [sum(width for _, width, _, _ in row) for row in sides]
        heights = [max(height for _, _, height, _ in row) for row in sides]
        return max(widths), sum(heights)

    def borders(self, number: int) -> tuple[float, float]:
        """Return how much of a page, above and below, holds no text of the leaflet."""
        return (
            (0, 0) if self.tab and number == self.pages else (self.margin, self.margin + self.foot)
        )

    def budget(self, pages: int) -> int:
        """Return how many pages there are to fill if at least `pages` are needed."""
        return min(self.pages, -(-pages // self.unit) * self.unit) if pages <= self.pages else pages

    def printed(self, leaflet: Leaflet) -> Leaflet:
        """Return the part of a leaflet that this sheet prints."""
        return (
            replace(leaflet, blocks=tuple(block for block in leaflet.blocks if block.short))
            if self.short
            else leaflet
        )


def single_leaf(width: float, height: float) -> PaperLayout:
    """Return the layout of a single leaf that is printed on paper of its own size."""
    return PaperLayout((width, height), ("1",), ("2",), flip="long" if width <= height else "short")
