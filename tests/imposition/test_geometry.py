"""Geometry: every page once, in its place and the right way up, for any number of pages and both directions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.campaign.sheets import Sheet
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.imposition.geometry import (
    Placement,
    Side,
    clip_box,
    directed_layout,
    impose_sides,
    mirror_layout,
    paper_count,
    seen_together,
    tick_lines,
    turns_upright,
)
from generator.imposition.side_content import placement_matrix
from generator.model import Direction
from generator.proof.structure import MM

ANY = settings(database=None, deadline=None, max_examples=100)
BOTH = st.sampled_from(["ltr", "rtl"])
SHEET = st.sampled_from(sorted(SHIPPED_SHEETS))
ONCE = ("a5", "a4", "a4-fold", "trifold", "a5-booklet", "mini-zine", "large-print")
"""Sheets that show each page once; the others show the same page in every cell."""

LEAVES = {"trifold": [(1, 2), (3, 6), (4, 5)]}
"""Pages on the two sides of one panel where that is not 1 and 2, 3 and 4, and so on."""


def pages_of(sheet: Sheet, pages: int) -> int:
    """Return a page count the sheet can have: booklets and leaves any, folds at most what they hold."""
    return min(pages, sheet.pages) if sheet.panels or sheet.tab else pages


def rectangle(place: Placement) -> tuple[float, float, float, float]:
    return (place.x, place.y, place.x + place.width, place.y + place.height)


def overlap(one: Placement, other: Placement) -> bool:
    left, bottom, right, top = rectangle(one)
    l2, b2, r2, t2 = rectangle(other)
    return left < r2 - 0.01 and l2 < right - 0.01 and bottom < t2 - 0.01 and b2 < top - 0.01


def behind(place: Placement, sheet: Sheet) -> tuple[float, float]:
    """Return the middle of a place as it lies on the other side of the paper, once the paper was turned over its edge."""
    width, height = sheet.layout.paper
    x, y = place.x + place.width / 2, place.y + place.height / 2
    return (width - x, y) if turns_upright(sheet.layout) else (x, height - y)


def middle(place: Placement) -> tuple[float, float]:
    return (place.x + place.width / 2, place.y + place.height / 2)


@ANY
@given(SHEET, st.integers(1, 70), BOTH)
def test_every_page_is_printed(name: str, pages: int, direction: Direction) -> None:
    """Every page stands on the paper, each as often as its layout has it, and none besides."""
    sheet = SHIPPED_SHEETS[name]
    pages = pages_of(sheet, pages)
    found = Counter(place.page for side in impose_sides(sheet, pages, direction) for place in side.placements if place.page)
    cells = Counter(int(cell.rstrip("^<>")) for row in (*sheet.layout.front, *sheet.layout.back) for cell in row.split())

    assert set(found) == set(range(1, pages + 1))
    assert all(count == (1 if name in ONCE else cells[(page - 1) % sheet.layout.pages + 1]) for page, count in found.items())


@ANY
@given(SHEET, st.integers(1, 70), BOTH)
def test_pages_lie_on_the_paper_and_not_on_each_other(name: str, pages: int, direction: Direction) -> None:
    sheet = SHIPPED_SHEETS[name]
    width, height = sheet.layout.paper
    for side in impose_sides(sheet, pages_of(sheet, pages), direction):
        for number, place in enumerate(side.placements):
            assert place.x >= 0
            assert place.y >= 0
            assert place.x + place.width <= width + 0.01
            assert place.y + place.height <= height + 0.01
            assert not any(overlap(place, other) for other in side.placements[:number])


@ANY
@given(SHEET, st.integers(1, 70), BOTH, st.sampled_from(["long", "short"]))
def test_a_page_lies_behind_its_other_side(name: str, pages: int, direction: Direction, flip: str) -> None:
    """Pages 1 and 2 are the two sides of one leaf, and so on, over whichever edge the printer turns the paper."""
    sheet = replace(SHIPPED_SHEETS[name], layout=replace(SHIPPED_SHEETS[name].layout, flip=flip))
    sides = {(side.paper, side.back): side for side in impose_sides(sheet, pages_of(sheet, pages), direction)}
    for (paper, back), side in sides.items():
        if not back:
            continue
        fronts = {behind(place, sheet): place for place in sides[paper, False].placements}
        for place in side.placements:
            front = next(one for spot, one in fronts.items() if spot == pytest.approx(middle(place), abs=0.01))
            pair = tuple(sorted({front.page, place.page} - {0}))
            assert len(pair) < 2 or pair in LEAVES.get(name, [(pair[0], pair[0] + 1)])
            assert len(pair) < 2 or name in LEAVES or pair[0] % 2 == 1
            upright = turns_upright(sheet.layout)
            assert (place.rotation - front.rotation) % 360 == (0 if upright else 180)


@ANY
@given(SHEET, st.integers(1, 70))
def test_right_to_left_is_the_mirror_of_left_to_right(name: str, pages: int) -> None:
    sheet = SHIPPED_SHEETS[name]
    pages = pages_of(sheet, pages)
    assert mirror_layout(mirror_layout(sheet.layout)) == sheet.layout
    assert directed_layout(sheet.layout, "ltr") == sheet.layout
    for left, right in zip(impose_sides(sheet, pages, "ltr"), impose_sides(sheet, pages, "rtl"), strict=True):
        width = sheet.layout.paper[0]
        mirrored = sorted(
            (round(width - place.x - place.width, 3), round(place.y, 3), place.page, place.rotation) for place in left.placements
        )
        assert sorted((round(place.x, 3), round(place.y, 3), place.page, place.rotation) for place in right.placements) == mirrored


@ANY
@given(st.integers(1, 70), BOTH)
def test_a_booklet_opens_on_pages_that_follow_each_other(pages: int, direction: Direction) -> None:
    """In a stitched booklet the two pages of a side are neighbours: together they make one more than all pages."""
    sides = impose_sides(SHIPPED_SHEETS["a5-booklet"], pages, direction)
    total = paper_count(SHIPPED_SHEETS["a5-booklet"].layout, pages) * 4
    for side in sides:
        left, right = (place.page for place in side.placements)
        assert 0 in (left, right) or left + right == total + 1
        first, last = (left, right) if direction == "rtl" else (right, left)
        assert side.back or 0 in (first, last) or first < last


def test_orders_that_people_know() -> None:
    """The orders of the trade, written out: booklet, roll fold, and a zine with its upper row on its head."""
    booklet, trifold, zine = (SHIPPED_SHEETS[name] for name in ("a5-booklet", "trifold", "mini-zine"))

    def order(sheet: Sheet, pages: int, direction: Direction) -> list[list[int]]:
        return [[place.page for place in side.placements] for side in impose_sides(sheet, pages, direction)]

    assert order(booklet, 8, "ltr") == [[8, 1], [2, 7], [6, 3], [4, 5]]
    assert order(booklet, 8, "rtl") == [[1, 8], [7, 2], [3, 6], [5, 4]]
    assert order(trifold, 6, "ltr") == [[5, 6, 1], [2, 3, 4]]
    assert order(trifold, 6, "rtl") == [[1, 6, 5], [4, 3, 2]]
    assert [place.width for place in impose_sides(trifold, 6, "ltr")[0].placements] == [97, 100, 100]
    assert [place.width for place in impose_sides(trifold, 6, "rtl")[1].placements] == [97, 100, 100]
    assert order(zine, 8, "ltr") == [[7, 6, 5, 4, 8, 1, 2, 3]]
    assert [place.rotation for place in impose_sides(zine, 8, "ltr")[0].placements] == [180] * 4 + [0] * 4


def test_two_and_four_to_a_paper_lie_in_its_middle() -> None:
    places = impose_sides(SHIPPED_SHEETS["2-up"], 2, "ltr")[0].placements
    assert [(place.x, place.y) for place in places] == [(0.5, 0), (148.5, 0)]
    places = impose_sides(SHIPPED_SHEETS["4-up"], 2, "ltr")[0].placements
    assert [(place.x, place.y) for place in places] == [(0, 148.5), (105, 148.5), (0, 0.5), (105, 0.5)]


@ANY
@given(st.floats(0, 500), st.floats(0, 500), st.sampled_from([0, 90, 180, 270]))
def test_a_matrix_brings_a_page_onto_its_place(x: float, y: float, rotation: int) -> None:
    """The corners of the page land on the corners of its place, the foot of the page where the rotation says."""
    width, height = (100.0, 40.0) if rotation in (0, 180) else (40.0, 100.0)
    place = Placement(1, x, y, width, height, rotation)
    a, b, c, d, e, f = placement_matrix(place)
    corners = [(a * u + c * v + e, b * u + d * v + f) for u in (0, 100 * MM) for v in (0, 40 * MM)]
    wanted = [(x * MM, y * MM), ((x + width) * MM, (y + height) * MM)]

    assert (min(u for u, _ in corners), min(v for _, v in corners)) == pytest.approx(wanted[0], abs=0.01)
    assert (max(u for u, _ in corners), max(v for _, v in corners)) == pytest.approx(wanted[1], abs=0.01)
    foot = (corners[0][0] + corners[2][0]) / 2 / MM, (corners[0][1] + corners[2][1]) / 2 / MM
    below = {0: (x + width / 2, y), 90: (x + width, y + height / 2), 180: (x + width / 2, y + height), 270: (x, y + height / 2)}
    assert foot == pytest.approx(below[rotation], abs=0.01)


@ANY
@given(SHEET, st.floats(0, 5), BOTH)
def test_the_bleed_goes_over_the_trim_and_over_no_other_page(name: str, bleed: float, direction: Direction) -> None:
    sheet = SHIPPED_SHEETS[name]
    for side in impose_sides(sheet, sheet.pages, direction):
        boxes = [
            Placement(0, box[0], box[1], box[2] - box[0], box[3] - box[1])
            for box in (clip_box(place, side.placements, bleed) for place in side.placements)
        ]
        for place, box in zip(side.placements, boxes, strict=True):
            assert rectangle(box)[:2] <= rectangle(place)[:2]
            assert not any(overlap(box, other) for other in side.placements if other is not place)


def test_every_fold_and_cut_is_marked() -> None:
    side = Side(1, False, impose_sides(SHIPPED_SHEETS["trifold"], 6, "rtl")[0].placements)
    assert sorted({x for x, _, to, _ in tick_lines(side, (297, 210), 5) if x == to}) == [100, 200]


def test_pages_meet_in_a_fold_or_in_a_cut() -> None:
    meet = {
        name: sheet.layout.folds
        for name, sheet in SHIPPED_SHEETS.items()
        if len(" ".join(sheet.layout.front).split()) > 1 and not sheet.tab
    }
    assert {name for name, folds in meet.items() if folds} == {"a4-fold", "trifold", "a5-booklet", "mini-zine"}
    assert {name for name, folds in meet.items() if not folds} == {"dl", "wallet", "2-up", "4-up"}


def test_what_is_seen_together() -> None:
    """What a reader sees from the closed leaflet to its back, as it lies on the table from left to right."""
    assert seen_together(SHIPPED_SHEETS["trifold"], 6, "ltr") == [(1,), (2, 5), (2, 3, 4), (6,)]
    assert seen_together(SHIPPED_SHEETS["trifold"], 6, "rtl") == [(1,), (5, 2), (4, 3, 2), (6,)]
    assert seen_together(SHIPPED_SHEETS["a5-booklet"], 7, "rtl") == [(1,), (3, 2), (5, 4), (7, 6), (0,)]
    assert seen_together(SHIPPED_SHEETS["a3-poster"], 1, "ltr") == [(1,)]


@pytest.mark.parametrize("sheet", SHIPPED_SHEETS.values(), ids=list(SHIPPED_SHEETS))
def test_a_row_of_the_table_makes_sense(sheet: Sheet) -> None:
    assert list(sheet.sizes) == sorted(sheet.sizes, reverse=True)
    assert sheet.pages % sheet.unit == 0
    assert sheet.panels == () or len(sheet.panels) == sheet.pages
    assert sheet.pages % sheet.layout.pages == 0
    assert sheet.budget(1) == sheet.unit
    seen = {page for view in seen_together(sheet, sheet.pages, "ltr") for page in view}
    assert seen == set(range(1, sheet.pages + 1)) or not sheet.layout.views
