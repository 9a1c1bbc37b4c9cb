"""Look at the finished PDF: pages, boxes, fonts, links, facts at their glyph positions, QR codes, every word."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from generator.core.sheets import Sheet
from generator.edges.glyphs import Shaper, drawn
from generator.edges.page import Expected
from generator.edges.structure import MM, structure
from generator.problem import Problem

QR_DPI = 150
THUMBNAIL_PIXELS = 240
EDGE = 3 * MM
"""White border at the sides that no letter may enter, in pt."""
INK = 60
"""Least difference between the darkest and the lightest point of a letter, of 255."""
UNSEEN = 5
"""Letters in a row without ink that are a fault; single ones are signs that leave none."""
GAP = 0.5
"""Distance at which a line of text is cut, in heights of its letters; a no-break space is 0.2."""
SPACE = 0.1


@dataclass(frozen=True)
class Proof:
    """What was found wrong with a PDF, and a small picture of its first page (PNG)."""

    problems: tuple[Problem, ...]
    thumbnail: bytes


def prove(pdf: bytes, sheet: Sheet, expected: Expected, shaper: Shaper) -> Proof:
    """Return the proof of one edition: facts, words and codes are read back from the file and compared."""
    import pypdf
    import pypdfium2

    reader = pypdf.PdfReader(BytesIO(pdf))
    document = pypdfium2.PdfDocument(pdf)
    try:
        pictures = [page.render(scale=QR_DPI / 72 if sheet.height < 300 else 1, grayscale=True).to_pil() for page in document]
        problems = (
            *structure(reader, sheet, expected),
            *_outside(document),
            *_hidden(document, pictures),
            *_facts(document, sheet, expected),
            *_codes(pictures, expected),
            *_words(reader, expected, shaper),
        )
    finally:
        document.close()
    return Proof(problems, _thumbnail(pictures[0]))


def _outside(document: Any) -> Iterator[Problem]:
    """Yield a problem for each page on which a letter reaches over the sides, or stands above or below the paper."""
    for number, page in enumerate(document, 1):
        right_edge, height = page.get_width() - EDGE, page.get_height()
        if any(left < EDGE or right > right_edge or not 0 < (bottom + top) / 2 < height for _, left, bottom, right, top in _chars(page)):
            hint = "shorten the word that does not fit, or give the block more room in the theme"
            yield Problem("proof-outside", f"page {number}: text runs off the page", hint=hint)


def _hidden(document: Any, pictures: list[Any]) -> Iterator[Problem]:
    """Yield a problem for each page on which letters in a row leave no ink: cut away, covered, or white on white."""
    for number, (page, picture) in enumerate(zip(document, pictures, strict=True), 1):
        scale, height = picture.height / page.get_height(), page.get_height()
        row = longest = 0
        for _, left, bottom, right, top in _chars(page):
            box = (int(left * scale), int((height - top) * scale), int(right * scale) + 1, int((height - bottom) * scale) + 1)
            darkest, lightest = picture.crop(box).getextrema()
            row = row + 1 if lightest - darkest < INK else 0
            longest = max(longest, row)
        if longest >= UNSEEN:
            hint = "look at the page; the theme must not cut or cover text"
            yield Problem("proof-hidden", f"page {number}: {longest} letters in a row cannot be seen", hint=hint)


def _facts(document: Any, sheet: Sheet, expected: Expected) -> Iterator[Problem]:
    runs = [run for page in document for run in visual_runs(page, sheet.margin * MM)]
    for printed, wanted in expected.facts:
        parts = [printed] if re.fullmatch(r"\S+|[\d\u00a0+]+", printed) else printed.split()
        for part in parts:
            found = sum(_occurrences(part, run) for run in runs)
            exact = part == printed and not re.search("[a-z]", part)
            if found != wanted if exact else found < wanted:
                what = f"{printed!r} stands {found} times left to right on the pages, not {wanted} times"
                yield Problem("proof-fact", what, hint="look at the page: the value is missing or printed in another order")


def _occurrences(value: str, run: str) -> int:
    """Return how often a value stands in a run, its letters and digits in order, touched by no other digit or plus."""
    parts = "[^\\w+]*".join(re.escape(char) for char in value if char.isalnum() or char == "+")
    return len(re.findall(rf"(?<![\d+]){parts}(?!\d)", run))


def visual_runs(page: Any, margin: float) -> Iterator[str]:
    """Yield the Latin letters and digits of a pdfium page as the eye meets them: by line, left to right, cut at gaps.

    Only glyph positions tell the truth about numbers in right-to-left text: text extraction says the opposite
    (safety.md, section 6). `margin` (pt) above and below is left out: strip and band stand there.
    """
    low, high = margin, page.get_height() - margin
    lines: dict[int, list[tuple[float, float, float, str]]] = {}
    for char, left, bottom, right, top in _chars(page):
        if low <= (bottom + top) / 2 <= high and (char.isascii() or char == "\u2013" or unicodedata.category(char) == "Nd"):
            key = next((near for near in (round(bottom) + step for step in (0, 1, -1)) if near in lines), round(bottom))
            lines.setdefault(key, []).append((left, right, top - bottom, ascii_digit(char)))
    for _, line in sorted(lines.items(), reverse=True):
        line.sort()
        run, end = line[0][3], line[0][1]
        for left, right, height, char in line[1:]:
            if left - end > GAP * height:
                yield run
                run = ""
            space = " " if left - end > SPACE * height else ""
            run, end = run + space + char, right
        yield run


def ascii_digit(char: str) -> str:
    """Return a decimal digit of any script as ASCII, any other character as it is."""
    return str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char


def _chars(page: Any) -> Iterator[tuple[str, float, float, float, float]]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not char.isspace() and pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            yield char, box.left, box.bottom, box.right, box.top
    text.close()


def _codes(pictures: Iterable[Any], expected: Expected) -> Iterator[Problem]:
    import zxingcpp

    found = Counter(code.text for picture in pictures for code in zxingcpp.read_barcodes(picture))
    if found != Counter(expected.codes):
        hint = "the code would lead somewhere else: do not print"
        yield Problem("proof-qr", f"the QR codes say {sorted(found)}, not {list(expected.codes)}", hint=hint)


def _words(reader: Any, expected: Expected, shaper: Shaper) -> Iterator[Problem]:
    missing = shaper.missing(expected.pieces, drawn(reader, shaper.spaces))
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
