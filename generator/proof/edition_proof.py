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
from generator.proof.broken_values import occurrences_over_lines, value_occurrences
from generator.proof.glyphs import DrawnWord, Shaper, drawn_words, word_counts
from generator.proof.legible import legibility_problems
from generator.proof.marks import mark_problems
from generator.proof.page_view import PageView, view_page, visual_runs
from generator.proof.rows import row_problems
from generator.proof.stamp import stamp_problems
from generator.proof.structure import MM, pdf_dictionaries, structure_problems
from generator.proof.text_layer import text_layer_problems

PROOF_DPI, _POSTER_DPI = 150, 72
"""Resolution at which pages are looked at; a poster's QR code is large."""
_THUMBNAIL_PIXELS = 240
_WHITE_EDGE = 3 * MM
"""White border at the sides that no letter may enter, in pt."""


@dataclass(frozen=True)
class EditionProof:
    """What was found wrong with a PDF, and a small picture of its first page (PNG)."""

    problems: tuple[Problem, ...]
    thumbnail: bytes
    codes: tuple[tuple[str, ...], ...] = ()
    """What the QR codes of each page say."""


def prove_edition(pdf: bytes, sheet: Sheet, expected: Expected, shaper: Shaper) -> EditionProof:
    """Return the proof of one edition: facts, words and codes are read back from the file and compared."""
    reader, found, pages = open_pdf(pdf, sheet)
    codes = tuple(tuple(read_qr_codes(page)) for page in pages)
    said = drawn_words(reader, shaper.spaces)
    problems = (
        *unseen_problems(reader, found, pages, sheet, expected),
        *text_layer_problems(reader, found, expected, shaper),
        *_facts(pages, sheet, expected),
        *row_problems(reader, expected, shaper),
        *_codes(codes, expected),
        *word_problems(said, expected, shaper),
        *mark_problems(said, sheet, expected, shaper),
        *stamp_problems(pages, sheet, expected, shaper),
    )
    return EditionProof(problems, _thumbnail(pages[0].picture), codes)


def open_pdf(pdf: bytes, sheet: Sheet) -> tuple[Any, list[dict[str, Any]], list[PageView]]:
    """Return a PDF opened by pypdf, every dictionary in it, and its pages as PDFium shows them."""
    import pypdf
    import pypdfium2

    reader = pypdf.PdfReader(BytesIO(pdf))
    document = pypdfium2.PdfDocument(pdf)
    try:
        return (
            reader,
            list(pdf_dictionaries(reader)),
            [
                view_page(page, PROOF_DPI if sheet.height < 300 else _POSTER_DPI)
                for page in document
            ],
        )
    finally:
        document.close()


def unseen_problems(
    reader: Any,
    found: list[dict[str, Any]],
    pages: list[PageView],
    sheet: Sheet,
    expected: Expected,
) -> Iterator[Problem]:
    """Yield what is wrong with the file itself, and text that nobody can see."""
    yield from structure_problems(reader, found, sheet, expected)
    yield from _outside(pages)
    yield from legibility_problems(pages, sheet, expected)


def _outside(pages: list[PageView]) -> Iterator[Problem]:
    """Yield a problem for each page on which a letter reaches over the sides, or stands above or below the paper."""
    for number, page in enumerate(pages, 1):
        right = page.width - _WHITE_EDGE
        if any(
            letter.left < _WHITE_EDGE or letter.right > right or not 0 < letter.middle < page.height
            for letter in page.letters
        ):
            hint = "shorten the word that does not fit, or give the block more room in the theme"
            yield Problem("proof-outside", f"page {number}: text runs off the page", hint=hint)


def _facts(pages: list[PageView], sheet: Sheet, expected: Expected) -> Iterator[Problem]:
    borders = [sheet.borders(number) for number in range(1, len(pages) + 1)]
    runs = [
        run
        for page, (above, below) in zip(pages, borders, strict=True)
        for run in visual_runs(page, above * MM, below * MM)
    ]
    for printed, wanted in expected.facts:
        exact = not re.search(r"[a-z]|\s", printed.replace(NBSP, ""))
        found = sum(value_occurrences(printed, run) for run in runs) + (
            0 if exact else occurrences_over_lines(printed, runs)
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


def read_qr_codes(page: PageView) -> list[str]:
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


def word_problems(
    pages: Sequence[Sequence[DrawnWord]], expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield a problem for words that are not on the pages."""
    on_page = word_counts(pages)
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
    small.thumbnail((_THUMBNAIL_PIXELS, _THUMBNAIL_PIXELS * 2))
    data = BytesIO()
    small.save(data, "PNG", optimize=True)
    return data.getvalue()
