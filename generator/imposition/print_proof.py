"""Look at a file to print: every page in its place and untouched, QR codes that can be read, a clean border."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from generator.campaign.printers import Printer
from generator.campaign.sheets import Sheet
from generator.imposition.geometry import Side
from generator.imposition.impose import placement_matrix
from generator.problem import Problem
from generator.proof.edition_proof import PROOF_DPI, read_qr_codes
from generator.proof.page_view import PageView, view_page
from generator.proof.structure import MM, content_problems, pdf_dictionaries

_PLACED_PAGE = re.compile(rb"((?:-?[0-9.]+ ){6})cm /P([0-9]+) Do")
_PAPER_WHITE = 200
"""Grey above which a point counts as paper, of 255."""
_BORDER_HINT = (
    "where the line at the foot is long, shorten the title in the source language or `address:` in campaign.yaml;"
    " else give the theme wider margins"
)
_PICTURE_BLUR = 0.2
"""Blur of a picture at 150 dots an inch, mm."""


def prove_print_file(
    pdf: bytes,
    read: bytes,
    codes: Sequence[Sequence[str]],
    sheet: Sheet,
    sides: Sequence[Side],
    printer: Printer,
) -> tuple[Problem, ...]:
    """Return what is wrong with a file to print of the proved pages `read`, whose QR codes say `codes`, page by page.

    A page was proved where it was drawn; here its content must be the same, byte for byte, and stand where the geometry says.
    """
    import pypdf
    import pypdfium2

    reader = pypdf.PdfReader(BytesIO(pdf))
    document = pypdfium2.PdfDocument(pdf)
    try:
        sights = [view_page(page, PROOF_DPI) for page in document]
    finally:
        document.close()
    return (
        *content_problems(list(pdf_dictionaries(reader))),
        *_sizes(reader, sheet, printer),
        *_places(reader, pypdf.PdfReader(BytesIO(read)), sides),
        *_codes(sights, codes, sides),
        *_border(sights, printer.clear),
    )


def _sizes(reader: Any, sheet: Sheet, printer: Printer) -> Iterator[Problem]:
    for number, page in enumerate(reader.pages, 1):
        boxes = [
            [float(edge) for edge in box] for box in (page.trimbox, page.bleedbox, page.mediabox)
        ]
        inside = all(
            outer[0] <= inner[0] and outer[2] >= inner[2] for inner, outer in pairwise(boxes)
        )
        bleed = (boxes[1][2] - boxes[1][0] - boxes[0][2] + boxes[0][0]) / 2
        small = boxes[0][2] - boxes[0][0] <= sheet.layout.paper[0] * MM + 0.2
        if not inside or not small or abs(bleed - printer.bleed * MM) > 0.1:
            yield Problem(
                "print-box",
                f"side {number}: TrimBox, BleedBox and MediaBox do not fit each other: {boxes}",
            )


def _places(reader: Any, original: Any, sides: Sequence[Side]) -> Iterator[Problem]:
    marks = [_mark(page.get_contents()) for page in original.pages]
    if len(reader.pages) != len(sides):
        yield Problem("print-place", f"the file has {len(reader.pages)} sides, not {len(sides)}")
        return
    for number, (page, side) in enumerate(zip(reader.pages, sides, strict=True), 1):
        found = [
            (tuple(map(float, numbers.split())), int(name))
            for numbers, name in _PLACED_PAGE.findall(page.get_contents().get_data())
        ]
        if found != [
            (placement_matrix(place), place.page) for place in side.placements if place.page
        ]:
            yield Problem("print-place", f"side {number}: the pages do not stand where they belong")
        forms = page["/Resources"].get("/XObject", {})
        for _, name in found:
            if _mark(forms[f"/P{name}"].get_object()) != marks[name - 1]:
                yield Problem(
                    "print-page", f"side {number}: page {name} is not the page that was proved"
                )


def _mark(stream: Any) -> str:
    return hashlib.sha256(stream.get_data()).hexdigest()


def _codes(
    sights: Sequence[PageView], codes: Sequence[Sequence[str]], sides: Sequence[Side]
) -> Iterator[Problem]:
    for number, (sight, side) in enumerate(zip(sights, sides, strict=False), 1):
        wanted = Counter(
            text for place in side.placements if place.page for text in codes[place.page - 1]
        )
        if Counter(read_qr_codes(sight)) != wanted:
            yield Problem(
                "print-qr",
                f"side {number}: not every QR code can be read from the paper",
                hint="choose a larger sheet",
            )


def _border(sights: Sequence[PageView], clear: float) -> Iterator[Problem]:
    """Yield a problem for each side with ink where the machine cannot print."""
    for number, sight in enumerate(sights, 1):
        picture = sight.picture
        edge = int((clear - _PICTURE_BLUR) * picture.width / (sight.width / MM))
        if edge <= 0:
            continue
        width, height = picture.size
        frames = (
            (0, 0, width, edge),
            (0, height - edge, width, height),
            (0, 0, edge, height),
            (width - edge, 0, width, height),
        )
        if any(picture.crop(frame).getextrema()[0] < _PAPER_WHITE for frame in frames):
            yield Problem(
                "print-border",
                f"side {number}: ink within {clear:g} mm of the edge",
                hint=_BORDER_HINT,
            )
