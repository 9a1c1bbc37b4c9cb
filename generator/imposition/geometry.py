"""Where each page lies on the paper: pure geometry, for any number of pages and both directions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.campaign.printers import Printer
from generator.campaign.sheets import PaperLayout, Sheet
from generator.model import Direction

# From x, y to x, y: mm from the lower left corner of the paper.
Line = tuple[float, float, float, float]
# Length of a line that shows where to cut or fold, mm.
_TICK_LENGTH = 2.5
# Pages nearer than this adjoin, mm: sums of rounded numbers seldom meet exactly.
TOUCH = 0.01


@dataclass(frozen=True)
class Placement:
    """One page on one side of a paper, turned; mm from the lower left corner of the paper."""

    page: int
    """Counted from 1 in reading order; 0 is a page without print."""
    x: float
    y: float
    width: float
    height: float
    rotation: int = 0
    """Degrees against the clock: 0, 90, 180 or 270."""


@dataclass(frozen=True)
class Side:
    """One side of one paper as it is seen, pages from the upper left to the lower right."""

    paper: int
    """Which paper, from 1."""
    back: bool
    placements: tuple[Placement, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not any(place.page for place in self.placements)

    @property
    def name(self) -> str:
        """The name of this side: which paper, front or back, which pages."""
        pages = " ".join(str(place.page or "-") for place in self.placements)
        return f"paper {self.paper} {'back' if self.back else 'front'}: {pages}"

    @property
    def edges(self) -> tuple[list[float], list[float]]:
        """Where pages begin and end, from the left to the right and from the foot to the head."""
        places = self.placements
        across = {edge for place in places for edge in (place.x, place.x + place.width)}
        upwards = {edge for place in places for edge in (place.y, place.y + place.height)}
        return sorted(across), sorted(upwards)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of all its pages."""
        across, upwards = self.edges
        return across[0], upwards[0], across[-1], upwards[-1]


@dataclass(frozen=True)
class Imposition:
    """How the pages of an edition go through a printer."""

    sheet: Sheet
    sides: tuple[Side, ...]
    direction: Direction
    printer: Printer
    marks: bool = False
    """Whether there are crop marks around the bleed."""


def mirror_layout(layout: PaperLayout) -> PaperLayout:
    """Return the layout for the other direction of reading: every row reversed.

    >>> mirror_layout(PaperLayout((297, 210), ("5 6 1",), ("2 3 4",))).front
    ('1 6 5',)
    """
    front, back, views = (
        tuple(" ".join(reversed(row.split())) for row in rows)
        for rows in (layout.front, layout.back, layout.views)
    )
    return replace(layout, front=front, back=back, views=views)


def directed_layout(layout: PaperLayout, direction: Direction) -> PaperLayout:
    """Return the layout as it is for a direction of reading."""
    return mirror_layout(layout) if direction == Direction.RTL else layout


def direction_suffix(sheet: Sheet, direction: Direction) -> str:
    """Return the part of a print file's name that says it opens from the other side."""
    bound = mirror_layout(sheet.layout) != sheet.layout
    return "RTL" if direction == Direction.RTL and bound else ""


def paper_count(layout: PaperLayout, pages: int) -> int:
    """Return how many papers these pages take."""
    return -(-pages // layout.pages)


def impose_sides(sheet: Sheet, pages: int, direction: Direction) -> tuple[Side, ...]:
    """Return the sides to print, front and back of each paper in turn, without blank backs.

    The paper is turned over `sheet.layout.flip`; where that is not its upright axis, the backs
    stand on their heads.
    """
    sheet = replace(sheet, layout=directed_layout(sheet.layout, direction))
    upright = turns_upright(sheet.layout)
    sides = []
    for paper in range(paper_count(sheet.layout, pages)):
        for back, rows in ((False, sheet.layout.front), (True, sheet.layout.back)):
            places = tuple(_placements(sheet, rows, pages, paper))
            if back and not upright:
                places = _turn_over(places, sheet.layout.paper)
            sides.append(Side(paper + 1, back, places))
    return tuple(side for side in sides if not (side.back and side.blank))


def turns_upright(layout: PaperLayout) -> bool:
    """Tell whether front and back stand the same way up: the paper turns about its upright axis."""
    width, height = layout.paper
    return (layout.flip == "long") == (height >= width)


def _placements(sheet: Sheet, rows: tuple[str, ...], pages: int, paper: int) -> Iterator[Placement]:
    """Yield the pages of one side: rows under each other, each in the middle of the paper."""
    paper_width, paper_height = sheet.layout.paper
    grid = [[sheet.turned_page(cell) for cell in row.split()] for row in rows]
    heights = [max(height for _, _, height, _ in row) for row in grid]
    top = (paper_height + sum(heights)) / 2
    for row, tall in zip(grid, heights, strict=True):
        left = (paper_width - sum(width for _, width, _, _ in row)) / 2
        for number, width, height, rotation in row:
            page = _page_at(sheet.layout, number, pages, paper)
            x, y = round(left, 4), round(top - height, 4)
            yield Placement(page, x, y, width, height, rotation)
            left += width
        top -= tall


def _page_at(layout: PaperLayout, number: int, pages: int, paper: int) -> int:
    """Return the page on a paper (from 0) where the layout has `number`; 0 if there is none."""
    total, half = paper_count(layout, pages) * layout.pages, layout.pages // 2
    if not layout.nested:
        page = number + paper * layout.pages
    # Of papers inside each other, each holds the next pages from both ends of the booklet.
    elif number <= half:
        page = number + paper * half
    else:
        page = number + total - layout.pages - paper * half
    return page if page <= pages else 0


def _turn_over(places: tuple[Placement, ...], paper: tuple[float, float]) -> tuple[Placement, ...]:
    """Return the pages of a side that stands on its head."""
    width, height = paper
    return tuple(
        replace(
            place,
            x=round(width - place.x - place.width, 4),
            y=round(height - place.y - place.height, 4),
            rotation=(place.rotation + 180) % 360,
        )
        for place in reversed(places)
    )


def flip_in_words(sheet: Sheet, sides: Sequence[Side]) -> str:
    """Return how a printer must turn the paper, in words."""
    if not any(side.back for side in sides):
        return "one side only"
    stand = "" if turns_upright(sheet.layout) else ", the back on its head"
    return f"both sides, flip on the {sheet.layout.flip.upper()} edge{stand}"


def seen_together(sheet: Sheet, pages: int, direction: Direction) -> list[tuple[int, ...]]:
    """Return the pages seen together, from the closed leaflet to its back; 0 is not printed."""
    total = paper_count(sheet.layout, pages) * sheet.layout.pages
    pairs = [f"{page} {page + 1}" for page in range(2, total, 2)]
    rows = sheet.layout.views or tuple(dict.fromkeys(("1", *pairs, str(total))))
    layout = directed_layout(replace(sheet.layout, views=rows), direction)
    return [
        tuple(int(page) if int(page) <= pages else 0 for page in row.split())
        for row in layout.views
    ]


def clip_box(
    place: Placement, places: tuple[Placement, ...], bleed: float
) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of what may be printed of a page.

    That is its trim, and the bleed where no other page adjoins.
    """
    left, bottom, right, top = place.x, place.y, place.x + place.width, place.y + place.height
    beside = [other for other in places if other.y < top and bottom < other.y + other.height]
    along = [other for other in places if other.x < right and left < other.x + other.width]
    return (
        left if any(_same(other.x + other.width, left) for other in beside) else left - bleed,
        bottom if any(_same(other.y + other.height, bottom) for other in along) else bottom - bleed,
        right if any(_same(other.x, right) for other in beside) else right + bleed,
        top if any(_same(other.y, top) for other in along) else top + bleed,
    )


def _same(one: float, other: float) -> bool:
    return abs(one - other) < TOUCH


def tick_lines(side: Side, paper: tuple[float, float], clear: float, drop: float = 0) -> list[Line]:
    """Return short lines at the edge of the paper where pages meet or end: there to cut or fold.

    `clear` is the border that the machine leaves without print; `drop` moves the lines at the upper
    edge down.
    """
    (across, upwards), (width, height) = side.edges, paper
    upright = [
        (x, y, x, y + _TICK_LENGTH)
        for x in across
        if clear < x < width - clear
        for y in (clear, height - clear - _TICK_LENGTH - drop)
    ]
    level = [
        (x, y, x + _TICK_LENGTH, y)
        for y in upwards
        if clear < y < height - clear
        for x in (clear, width - clear - _TICK_LENGTH)
    ]
    return upright + level
