"""Prove a file to print: pages in place and untouched, readable QR codes, a clean border."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from generator.base.words import count_words
from generator.imposition.geometry import Imposition, Side
from generator.imposition.side_content import placement_matrix
from generator.problem import Problem
from generator.proof.edition_proof import PROOF_DPI, read_qr_codes
from generator.proof.page_view import PageView, view_page
from generator.proof.structure import MM, content_problems, pdf_dictionaries

_PLACED_PAGE = re.compile(rb"((?:-?[0-9.]+ ){6})cm /P([0-9]+) Do")
# Grey above which a point counts as paper, of 255.
_PAPER_WHITE = 200
# Blur of a picture at 150 dots an inch, mm.
_PICTURE_BLUR = 0.2


def prove_print_file(
    pdf: bytes, read: bytes, codes: Sequence[Sequence[str]], imposition: Imposition
) -> tuple[Problem, ...]:
    """Return what is wrong with a file to print of the proved pages `read`.

    `codes` are the texts of their QR codes, page by page. Each page was proved where it was drawn;
    here its content must be the same, byte for byte, and stand where the geometry says.
    """
    import pypdf
    import pypdfium2

    reader = pypdf.PdfReader(BytesIO(pdf))
    document = pypdfium2.PdfDocument(pdf)
    try:
        views = [view_page(page, PROOF_DPI) for page in document]
    finally:
        document.close()
    return (
        *content_problems(list(pdf_dictionaries(reader))),
        *_box_problems(reader, imposition),
        *_place_problems(reader, pypdf.PdfReader(BytesIO(read)), imposition.sides),
        *_code_problems(views, codes, imposition.sides),
        *_border_problems(views, imposition.printer.clear),
    )


def _box_problems(reader: Any, imposition: Imposition) -> Iterator[Problem]:
    widest, bleed = imposition.sheet.layout.paper[0] * MM, imposition.printer.bleed * MM
    for number, page in enumerate(reader.pages, 1):
        boxes = [
            [float(edge) for edge in box] for box in (page.trimbox, page.bleedbox, page.mediabox)
        ]
        inside = all(
            outer[0] <= inner[0] and outer[2] >= inner[2] for inner, outer in pairwise(boxes)
        )
        trim_width, bleed_width, _ = (box[2] - box[0] for box in boxes)
        fits = trim_width <= widest + 0.2
        if not inside or not fits or abs((bleed_width - trim_width) / 2 - bleed) > 0.1:
            yield Problem(
                "print-box",
                f"side {number}: TrimBox, BleedBox and MediaBox do not fit each other: {boxes}",
            )


def _place_problems(reader: Any, original: Any, sides: Sequence[Side]) -> Iterator[Problem]:
    proved = [_content_digest(page.get_contents()) for page in original.pages]
    if len(reader.pages) != len(sides):
        yield Problem(
            "print-place",
            f"the file has {count_words(len(reader.pages), 'side')}, not {len(sides)}",
        )
        return
    for number, (page, side) in enumerate(zip(reader.pages, sides, strict=True), 1):
        drawn = [
            (tuple(map(float, numbers.split())), int(name))
            for numbers, name in _PLACED_PAGE.findall(page.get_contents().get_data())
        ]
        if drawn != [
            (placement_matrix(place), place.page) for place in side.placements if place.page
        ]:
            yield Problem("print-place", f"side {number}: the pages do not stand where they belong")
        forms = page["/Resources"].get("/XObject", {})
        for _, name in drawn:
            if _content_digest(forms[f"/P{name}"].get_object()) != proved[name - 1]:
                yield Problem(
                    "print-page", f"side {number}: page {name} is not the page that was proved"
                )


def _content_digest(stream: Any) -> str:
    return hashlib.sha256(stream.get_data()).hexdigest()


def _code_problems(
    views: Sequence[PageView], codes: Sequence[Sequence[str]], sides: Sequence[Side]
) -> Iterator[Problem]:
    # A side too many or too few is a problem of places, already reported.
    for number, (view, side) in enumerate(zip(views, sides, strict=False), 1):
        wanted = Counter(
            text for place in side.placements if place.page for text in codes[place.page - 1]
        )
        if Counter(read_qr_codes(view)) != wanted:
            yield Problem(
                "print-qr",
                f"side {number}: not every QR code can be read from the paper",
                hint="choose a larger sheet",
            )


def _border_problems(views: Sequence[PageView], clear: float) -> Iterator[Problem]:
    """Yield a problem for each side with ink where the machine cannot print."""
    for number, view in enumerate(views, 1):
        picture = view.picture
        edge = int((clear - _PICTURE_BLUR) * picture.width / (view.width / MM))
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
                hint="where the line at the foot is long, shorten the title in the source language"
                " or `address:` in campaign.yaml; else give the theme wider margins",
            )
