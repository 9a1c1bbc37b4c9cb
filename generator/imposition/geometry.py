"""Where each page lies on the paper: pure geometry, for any number of pages and both directions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.campaign.sheets import PaperLayout, Sheet
from generator.model import Direction

_TICK_LENGTH = 2.5
"""Length of a line that shows where to cut or fold, mm."""
TOUCH = 0.01
"""Pages nearer than this adjoin, mm."""


@dataclass(frozen=True)
class Placement:
    """One page on one side of a paper; mm from the lower left corner of the paper, after turning."""

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


def mirror_layout(layout: PaperLayout) -> PaperLayout:
    """Return the layout for the other direction of reading: every row from the other end.

    >>> mirror_layout(Layout((297, 210), ("5 6 1",), ("2 3 4",))).front
    ('1 6 5',)
    """
    front, back, views = (
        tuple(" ".join(reversed(row.split())) for row in rows) for rows in (layout.front, layout.back, layout.views)
    )  # fmt: skip
    return replace(layout, front=front, back=back, views=views)


def directed_layout(layout: PaperLayout, direction: Direction) -> PaperLayout:
    """Return a layout as it is for a direction of reading."""
    return mirror_layout(layout) if direction == "rtl" else layout


def direction_suffix(sheet: Sheet, direction: Direction) -> str:
    """Return what a print file's name says besides PRINT: that it opens from the other side."""
    bound = mirror_layout(sheet.layout) != sheet.layout
    return "RTL" if direction == "rtl" and bound else ""


def paper_count(layout: PaperLayout, pages: int) -> int:
    """Return how many papers a number of pages takes."""
    return -(-pages // layout.pages)


def impose_sides(sheet: Sheet, pages: int, direction: Direction) -> tuple[Side, ...]:
    """Return the sides to print, front and back of each paper in turn; backs without any page are left out.

    The paper is turned over `sheet.layout.flip`; where that is not its upright axis, the backs stand on their heads.
    """
    layout = directed_layout(sheet.layout, direction)
    found = [
        side
        for paper in range(paper_count(layout, pages))
        for side in _sides(sheet, layout, pages, paper)
    ]
    return tuple(side for side in found if not (side.back and side.blank))


def _sides(sheet: Sheet, layout: PaperLayout, pages: int, paper: int) -> Iterator[Side]:
    for back, rows in enumerate((layout.front, layout.back)):
        if rows:
            places = tuple(_placements(sheet, layout, rows, pages, paper))
            yield Side(
                paper + 1,
                bool(back),
                _turned(places, layout) if back and not turns_upright(layout) else places,
            )


def turns_upright(layout: PaperLayout) -> bool:
    """Tell whether the paper turns about its upright axis, so that front and back stand the same way up."""
    width, height = layout.paper
    return (layout.flip == "long") == (height >= width)


def _placements(
    sheet: Sheet, layout: PaperLayout, rows: tuple[str, ...], pages: int, paper: int
) -> Iterator[Placement]:
    """Yield the pages of one side: rows under each other, each in the middle of the paper."""
    grid = [[sheet.turned_page(cell) for cell in row.split()] for row in rows]
    heights = [max(height for _, _, height, _ in row) for row in grid]
    top = (layout.paper[1] + sum(heights)) / 2
    for row, tall in zip(grid, heights, strict=True):
        left = (layout.paper[0] - sum(width for _, width, _, _ in row)) / 2
        for page, width, height, rotation in row:
            yield Placement(
                _page(layout, page, pages, paper),
                round(left, 4),
                round(top - height, 4),
                width,
                height,
                rotation,
            )
            left += width
        top -= tall


def _page(layout: PaperLayout, number: int, pages: int, paper: int) -> int:
    """Return the page that stands on a paper (from 0) where the layout has `number`; 0 if there is none."""
    total, half = paper_count(layout, pages) * layout.pages, layout.pages // 2
    if not layout.nested:
        page = number + paper * layout.pages
    elif number <= half:
        page = number + paper * half
    else:
        page = number + total - layout.pages - paper * half
    return page if page <= pages else 0


def _turned(places: tuple[Placement, ...], layout: PaperLayout) -> tuple[Placement, ...]:
    """Return a side that stands on its head."""
    return tuple(_on_its_head(place, *layout.paper) for place in reversed(places))


def _on_its_head(place: Placement, width: float, height: float) -> Placement:
    x, y = width - place.x - place.width, height - place.y - place.height
    return replace(place, x=round(x, 4), y=round(y, 4), rotation=(place.rotation + 180) % 360)


def seen_together(sheet: Sheet, pages: int, direction: Direction) -> list[tuple[int, ...]]:
    """Return the pages seen together, from the closed leaflet to its back; those without print are 0."""
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
    """Return left, bottom, right and top of what may be printed of a page: its trim, and the bleed where no other page adjoins."""
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


def tick_lines(
    side: Side, paper: tuple[float, float], clear: float, drop: float = 0
) -> list[tuple[float, float, float, float]]:
    """Return short lines at the edge of the paper, from x, y to x, y, where pages meet or end: there to cut or fold.

    `clear` is the border on which the machine prints nothing; `drop` moves those at the upper edge down.
    """
    width, height = paper
    across = sorted(
        {
            edge
            for place in side.placements
            for edge in (place.x, place.x + place.width)
            if clear < edge < width - clear
        }
    )
    along = sorted(
        {
            edge
            for place in side.placements
            for edge in (place.y, place.y + place.height)
            if clear < edge < height - clear
        }
    )
    up = [
        (x, y, x, y + _TICK_LENGTH)
        for x in across
        for y in (clear, height - clear - _TICK_LENGTH - drop)
    ]
    return up + [
        (x, y, x + _TICK_LENGTH, y) for y in along for x in (clear, width - clear - _TICK_LENGTH)
    ]
