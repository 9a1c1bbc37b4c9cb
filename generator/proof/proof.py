"""Look at the finished PDF: pages, boxes, fonts, links, facts at their glyph positions, QR codes, every word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from generator.campaign.facts import NBSP
from generator.campaign.sheets import Sheet
from generator.layout.expected import Expected
from generator.problem import Problem
from generator.proof.broken_values import occurrences, over_lines
from generator.proof.glyphs import Drawn, Shaper, counted, drawn
from generator.proof.legible import legible
from generator.proof.marks import marks
from generator.proof.page_view import Sight, look, visual_runs
from generator.proof.rows import rows
from generator.proof.stamp import stamps
from generator.proof.structure import MM, objects, structure
from generator.proof.text_layer import text_layer

DPI, DPI_POSTER = 150, 72
"""Resolution at which pages are looked at; a poster's QR code is large."""
THUMBNAIL_PIXELS = 240
EDGE = 3 * MM
"""White border at the sides that no letter may enter, in pt."""


@dataclass(frozen=True)
class Proof:
    """What was found wrong with a PDF, and a small picture of its first page (PNG)."""

    problems: tuple[Problem, ...]
    thumbnail: bytes
    codes: tuple[tuple[str, ...], ...] = ()
    """What the QR codes of each page say."""


def prove(pdf: bytes, sheet: Sheet, expected: Expected, shaper: Shaper) -> Proof:
    """Return the proof of one edition: facts, words and codes are read back from the file and compared."""
    reader, found, pages = sights(pdf, sheet)
    codes = tuple(tuple(read_codes(page)) for page in pages)
    said = drawn(reader, shaper.spaces)
    problems = (
        *unseen(reader, found, pages, sheet, expected),
        *text_layer(reader, found, expected, shaper),
        *_facts(pages, sheet, expected),
        *rows(reader, expected, shaper),
        *_codes(codes, expected),
        *words(said, expected, shaper),
        *marks(said, sheet, expected, shaper),
        *stamps(pages, sheet, expected, shaper),
    )
    return Proof(problems, _thumbnail(pages[0].picture), codes)


def sights(pdf: bytes, sheet: Sheet) -> tuple[Any, list[dict[str, Any]], list[Sight]]:
    """Return a PDF opened by pypdf, every dictionary in it, and its pages as PDFium shows them."""
    import pypdf
    import pypdfium2

    reader = pypdf.PdfReader(BytesIO(pdf))
    document = pypdfium2.PdfDocument(pdf)
    try:
        return (
            reader,
            list(objects(reader)),
            [look(page, DPI if sheet.height < 300 else DPI_POSTER) for page in document],
        )
    finally:
        document.close()


def unseen(
    reader: Any, found: list[dict[str, Any]], pages: list[Sight], sheet: Sheet, expected: Expected
) -> Iterator[Problem]:
    """Yield what is wrong with the file itself, and text that nobody can see."""
    yield from structure(reader, found, sheet, expected)
    yield from _outside(pages)
    yield from legible(pages, sheet, expected)


def _outside(pages: list[Sight]) -> Iterator[Problem]:
    """Yield a problem for each page on which a letter reaches over the sides, or stands above or below the paper."""
    for number, page in enumerate(pages, 1):
        right = page.width - EDGE
        if any(
            letter.left < EDGE or letter.right > right or not 0 < letter.middle < page.height
            for letter in page.letters
        ):
            hint = "shorten the word that does not fit, or give the block more room in the theme"
            yield Problem("proof-outside", f"page {number}: text runs off the page", hint=hint)


def _facts(pages: list[Sight], sheet: Sheet, expected: Expected) -> Iterator[Problem]:
    borders = [sheet.borders(number) for number in range(1, len(pages) + 1)]
    runs = [
        run
        for page, (above, below) in zip(pages, borders, strict=True)
        for run in visual_runs(page, above * MM, below * MM)
    ]
    for printed, wanted in expected.facts:
        exact = not re.search(r"[a-z]|\s", printed.replace(NBSP, ""))
        found = sum(occurrences(printed, run) for run in runs) + (
            0 if exact else over_lines(printed, runs)
        )
        if found != wanted if exact else found < wanted:
            what = (
                f"{printed!r} stands {found} times left to right on the pages, not {wanted} times"
            )
            yield Problem(
                "proof-fact",
                what,
                hint="look at the page: the value is missing or printed in another order",
            )


def read_codes(page: Sight) -> list[str]:
    """Return what the QR codes of a page say."""
    import zxingcpp

    wanted: Any = zxingcpp.BarcodeFormat.QRCode
    return [code.text for code in zxingcpp.read_barcodes(page.picture, formats=wanted)]


def _codes(codes: tuple[tuple[str, ...], ...], expected: Expected) -> Iterator[Problem]:
    found = Counter(text for page in codes for text in page)
    if found != Counter(expected.codes):
        hint = "the code would lead somewhere else: do not print"
        yield Problem(
            "proof-qr", f"the QR codes say {sorted(found)}, not {list(expected.codes)}", hint=hint
        )


def words(
    pages: Sequence[Sequence[Drawn]], expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield a problem for words that are not on the pages."""
    on_page = counted(pages)
    missing = shaper.missing(expected.pieces, on_page) + shaper.roman.missing(
        expected.roman, on_page
    )
    if missing:
        yield Problem(
            "proof-words",
            f"words of the leaflet are not on the pages: {' · '.join(missing[:5])}",
            hint="look at the page: text is cut off or hidden",
        )


def _thumbnail(picture: Any) -> bytes:
    small = picture.convert("L")
    small.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS * 2))
    data = BytesIO()
    small.save(data, "PNG", optimize=True)
    return data.getvalue()
