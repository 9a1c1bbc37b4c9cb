"""Read a finished PDF back, and compare it with what it must say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
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

# Resolution at which pages are looked at; a poster's QR code is large.
PROOF_DPI, _POSTER_DPI = 150, 72
_THUMBNAIL_PIXELS = 240
# White border at the sides that no letter may enter, in pt.
WHITE_EDGE = 3 * MM


@dataclass(frozen=True)
class EditionProof:
    """What is wrong with a PDF, and a small picture of its first page (PNG)."""

    problems: tuple[Problem, ...]
    thumbnail: bytes
    codes: tuple[tuple[str, ...], ...] = ()
    """What the QR codes of each page say."""


def prove_edition(pdf: bytes, sheet: Sheet, expected: Expected, shaper: Shaper) -> EditionProof:
    """Return the proof of one edition: what the file says, compared with what it must say."""
    reader, found, pages = open_pdf(pdf, sheet)
    codes = tuple(tuple(read_qr_codes(page)) for page in pages)
    words = drawn_words(reader, shaper.spaces)
    problems = (
        *unseen_problems(reader, found, pages, sheet, expected),
        *text_layer_problems(reader, found, expected, shaper),
        *_fact_problems(pages, sheet, expected),
        *row_problems(reader, expected, shaper),
        *_code_problems(codes, expected),
        *word_problems(words, expected, shaper),
        *mark_problems(words, sheet, expected, shaper),
        *stamp_problems(pages, sheet, expected, shaper),
    )
    return EditionProof(problems, _thumbnail(pages[0].picture), codes)


def open_pdf(pdf: bytes, sheet: Sheet) -> tuple[Any, list[dict[str, Any]], list[PageView]]:
    """Return a PDF opened by pypdf, every dictionary in it, and its pages as PDFium shows them."""
    import pypdf
    import pypdfium2

    reader = pypdf.PdfReader(BytesIO(pdf))
    dpi = PROOF_DPI if sheet.height < 300 else _POSTER_DPI
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return reader, list(pdf_dictionaries(reader)), [view_page(page, dpi) for page in document]


def unseen_problems(
    reader: Any,
    found: list[dict[str, Any]],
    pages: list[PageView],
    sheet: Sheet,
    expected: Expected,
) -> Iterator[Problem]:
    """Yield what is wrong with the file itself, and text that nobody can see."""
    yield from structure_problems(reader, found, sheet, expected)
    yield from _outside_problems(pages)
    yield from legibility_problems(pages, sheet, expected)


def _outside_problems(pages: list[PageView]) -> Iterator[Problem]:
    """Yield a problem for each page with a letter too near the sides, or off the paper."""
    for number, page in enumerate(pages, 1):
        right = page.width - WHITE_EDGE
        if any(
            letter.left < WHITE_EDGE or letter.right > right or not 0 < letter.middle < page.height
            for letter in page.letters
        ):
            yield Problem(
                "proof-outside",
                f"page {number}: text runs off the page",
                hint="shorten the word that does not fit, or give the block more room in the theme",
            )


def _fact_problems(pages: list[PageView], sheet: Sheet, expected: Expected) -> Iterator[Problem]:
    """Yield a problem for each fact that does not stand on the pages as often as it must."""
    runs: list[str] = []
    for number, page in enumerate(pages, 1):
        above, below = sheet.borders(number)
        runs += visual_runs(page, above * MM, below * MM)

    for printed, wanted in expected.facts:
        # A number stands in one line and is counted exactly. What has small letters or spaces may
        # be broken over lines.
        exact = not re.search(r"[a-z]|\s", printed.replace(NBSP, ""))
        found = sum(value_occurrences(printed, run) for run in runs)
        if not exact:
            found += occurrences_over_lines(printed, runs)
        if found < wanted or (exact and found > wanted):
            yield Problem(
                "proof-fact",
                f"{printed!r} stands {found} times left to right on the pages, not {wanted} times",
                hint="look at the page: the value is missing or printed in another order",
            )


def read_qr_codes(page: PageView) -> list[str]:
    """Return what the QR codes of a page say."""
    import zxingcpp

    wanted: Any = zxingcpp.BarcodeFormat.QRCode
    return [code.text for code in zxingcpp.read_barcodes(page.picture, formats=wanted)]


def _code_problems(codes: tuple[tuple[str, ...], ...], expected: Expected) -> Iterator[Problem]:
    found = Counter(text for page in codes for text in page)
    if found != Counter(expected.codes):
        yield Problem(
            "proof-qr",
            f"the QR codes say {sorted(found)}, not {list(expected.codes)}",
            hint="the code would lead somewhere else: do not print",
        )


def word_problems(
    pages: Sequence[Sequence[DrawnWord]], expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield a problem for words that are not on the pages."""
    on_page = word_counts(pages)
    missing = shaper.missing(expected.pieces, on_page)
    missing += shaper.roman.missing(expected.roman, on_page)
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
