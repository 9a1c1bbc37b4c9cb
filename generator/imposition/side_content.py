"""The content stream of a printed side: pages in their place, lines to cut and fold along; pure."""

from __future__ import annotations

from collections.abc import Iterator

from generator.imposition.geometry import (
    TOUCH,
    Imposition,
    Line,
    Placement,
    Side,
    clip_box,
    tick_lines,
)
from generator.proof.structure import MM

# How a point of the page is turned, by degrees against the clock (ISO 32000-2, 8.3.3).
_ROTATIONS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
# Room outside the bleed for crop marks, mm.
MARKS_ROOM = 7
# Height of the line of words at the upper edge, mm.
_NOTE_HEIGHT = 2.3
_HAIRLINE = "0.35 w 0.4 G"


def side_content(imposition: Imposition, side: Side, note: bool) -> bytes:
    """Return what draws a side from the forms `/P1`, `/P2` … and, with `note`, `/Note`."""
    bleed = imposition.printer.bleed
    parts = [_draw_page(place, side, bleed) for place in side.placements if place.page]
    parts.append(_draw_lines(imposition, side))
    if note:
        parts.append("/Artifact BMC q /Note Do Q EMC")
    return "\n".join(filter(None, parts)).encode() + b"\n"


def placement_matrix(place: Placement) -> tuple[float, ...]:
    """Return the matrix that moves a page from the origin to its place, in pt."""
    x = place.x + (place.width if place.rotation in (90, 180) else 0)
    y = place.y + (place.height if place.rotation in (180, 270) else 0)
    return (*_ROTATIONS[place.rotation], round(x * MM, 4), round(y * MM, 4))


def _draw_page(place: Placement, side: Side, bleed: float) -> str:
    matrix = " ".join(
        f"{number:g}" if number in (-1, 0, 1) else f"{number:.4f}"
        for number in placement_matrix(place)
    )
    left, bottom, right, top = (edge * MM for edge in clip_box(place, side.placements, bleed))
    clip = f"{left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n " if bleed else ""
    return f"q {clip}{matrix} cm /P{place.page} Do Q"


def _draw_lines(imposition: Imposition, side: Side) -> str:
    """Return what draws the lines to cut and fold along, as an artifact."""
    drawn = []
    for line, dashed in _guide_lines(imposition, side):
        x1, y1, x2, y2 = (length * MM for length in line)
        dash = "2 2" if dashed else ""
        drawn.append(f"[{dash}] 0 d {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")
    return " ".join(["/Artifact BMC q", _HAIRLINE, *drawn, "Q EMC"]) if drawn else ""


def _guide_lines(imposition: Imposition, side: Side) -> Iterator[tuple[Line, bool]]:
    """Yield the lines to cut and fold along, each with whether it is dashed."""
    sheet, printer = imposition.sheet, imposition.printer
    if not side.back:
        yield from ((line, True) for line in sheet.layout.cuts)
    if printer.ticks and not sheet.tab:
        drop = _NOTE_HEIGHT if printer.notes else 0
        ticks = tick_lines(side, sheet.layout.paper, printer.clear, drop)
        yield from ((line, False) for line in ticks)
    if imposition.marks:
        for line, inner in _crop_marks(side, printer.bleed):
            yield line, inner and sheet.layout.folds


def _crop_marks(side: Side, bleed: float) -> Iterator[tuple[Line, bool]]:
    """Yield a line outside the bleed at both ends of each edge, and whether pages meet there."""
    left, bottom, right, top = side.bounds
    near, far = bleed + 1, bleed + MARKS_ROOM - 1
    across, upwards = (sorted({round(edge, 3) for edge in edges}) for edges in side.edges)
    for x in across:
        inner = left + TOUCH < x < right - TOUCH
        yield (x, bottom - near, x, bottom - far), inner
        yield (x, top + near, x, top + far), inner
    for y in upwards:
        inner = bottom + TOUCH < y < top - TOUCH
        yield (left - near, y, left - far, y), inner
        yield (right + near, y, right + far, y), inner
