"""Two languages on one sheet: back to back, or side by side; pure geometry."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.campaign.sheets import PaperLayout, Sheet
from generator.imposition.geometry import Placement, Side, impose_sides
from generator.model import Direction
from generator.problem import Problem, UsageError

BACK_TO_BACK = "back-to-back"
SIDE_BY_SIDE = "side-by-side"
# The sheet of two languages if none is named: large enough for one page each.
PAIR_SHEET = "a4"
PAIR_LAYOUTS = (BACK_TO_BACK, SIDE_BY_SIDE)
# A5, A4 and A3 across: the paper for two pages side by side.
_PAIR_PAPERS = ((210, 148), (297, 210), (420, 297))


@dataclass(frozen=True)
class SheetPair:
    """How two languages share a sheet: the sheet that each is set for, and the one both lie on."""

    half: Sheet
    whole: Sheet


def sheet_pair(sheet: Sheet, layout: str) -> SheetPair:
    """Return how two languages share a sheet; raise UsageError where they cannot."""
    wide_enough = (
        (width, height)
        for width, height in _PAIR_PAPERS
        if width >= 2 * sheet.width and height >= sheet.height
    )
    paper = next(wide_enough, None) if layout == SIDE_BY_SIDE else sheet.layout.paper
    if sheet.unit > 1 or sheet.pages < 2 or not paper:
        raise UsageError(
            Problem(
                "pair",
                f"two languages do not go {layout} on {sheet.name}",
                hint="choose a sheet of one leaf: -s a5, a4, a6-card, dl, 2-up or 4-up",
            )
        )
    if layout == BACK_TO_BACK:
        return SheetPair(replace(sheet, pages=sheet.pages // 2), sheet)
    across = PaperLayout(
        paper,
        ("1 2",),
        ("4 3",),
        steps=("Fold or cut it in half.",),
        views=("1 2", "4 3"),
    )
    return SheetPair(sheet, replace(sheet, pages=2 * sheet.pages, layout=across))


def impose_pair(pair: SheetPair, pages: tuple[int, int], direction: Direction) -> tuple[Side, ...]:
    """Return the sides of a pair; `pages` says how many pages each language has.

    The file holds all pages of the first language before all of the second. Odd places are the
    first language's, even ones the second's: front and back, or half beside half. `direction` is
    that of the first language: it stands where its readers begin.
    """
    sides = impose_sides(pair.whole, 2 * max(pages), direction)
    return tuple(
        replace(side, placements=tuple(_in_joined_file(place, pages) for place in side.placements))
        for side in sides
    )


def _in_joined_file(place: Placement, pages: tuple[int, int]) -> Placement:
    """Return a place with its page in the joined file; 0 for a page without print."""
    number, second = (place.page + 1) // 2, place.page % 2 == 0
    if not place.page or number > pages[second]:
        return replace(place, page=0)
    return replace(place, page=number + (pages[0] if second else 0))
