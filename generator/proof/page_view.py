"""A page as the eye meets it: its picture, and where each letter stands."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

# Distance at which a line of text is cut, in heights of its letters; a no-break space is 0.2.
_RUN_GAP = 0.5
# Distance that counts as a space.
_WORD_GAP = 0.1
# Lightest point, of 255, of a letter that fills its box with ink: a stem, or the Chinese one.
_LIGHTEST_INK = 200
# Width in points of a picture of a letter that may stand beside its box: PDFium draws letters at
# whole points.
_THIN_LETTER = 3
# How far a letter may lean, in parts of its width.
_MOST_SLANT = 0.02


class Letter(NamedTuple):
    """One visible character with its box in pt, from the lower left corner of the page."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    ink: tuple[float, float, float, float] = (0, 0, 0, 0)
    """Left, bottom, right and top of its ink alone; all equal where PDFium knows none."""
    word: int = 0
    """How many gaps stand before it on the page: letters of one word have the same number."""
    size: float = 0
    """Type size in pt as drawn, the lesser of width and height; 0 if it does not stand upright."""

    @property
    def inked(self) -> bool:
        """Whether PDFium knows where its ink is: a sign drawn as a part of another has none."""
        return self.ink[0] < self.ink[2] and self.ink[1] < self.ink[3]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True)
class PageView:
    """One page: size in pt, letters in the order of the file, and a grey picture."""

    width: float
    height: float
    letters: tuple[Letter, ...]
    picture: Any


def spelled(letters: Iterable[Letter]) -> str:
    """Return letters as text."""
    return "".join(letter.char for letter in letters)


def page_words(page: PageView) -> list[list[Letter]]:
    """Return the letters of a page by word, as PDFium parts words."""
    return [list(word) for _, word in groupby(page.letters, attrgetter("word"))]


def letter_contrast(page: PageView, letter: Letter) -> int:
    """Return the difference between the darkest and the lightest point of a letter, of 255."""
    darkest, lightest = _shades(page, letter, 0)
    width = (letter.ink[2] - letter.ink[0]) * page.picture.width / page.width
    thin = width < _THIN_LETTER and not letter.char.isdigit()
    if lightest < _LIGHTEST_INK or thin:
        darkest, lightest = _shades(page, letter, 1)
    return lightest - darkest


def _shades(page: PageView, letter: Letter, beside: int) -> tuple[int, int]:
    """Return the darkest and the lightest point of a letter, and of so many points around it."""
    left, bottom, right, top = letter.ink if letter.ink[0] < letter.ink[2] else letter[1:5]
    across, along = page.picture.width / page.width, page.picture.height / page.height
    box = (
        left * across - beside,
        (page.height - top) * along - beside,
        right * across + 1 + beside,
        (page.height - bottom) * along + 1 + beside,
    )
    darkest, lightest = page.picture.crop(tuple(map(int, box))).getextrema()
    return int(darkest), int(lightest)


def view_page(page: Any, dpi: float) -> PageView:
    """Return what a pdfium page looks like, drawn at `dpi` points an inch."""
    picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
    return PageView(page.get_width(), page.get_height(), tuple(page_letters(page)), picture)


def page_letters(page: Any) -> Iterator[Letter]:
    """Yield every visible character of a pdfium page."""
    import pypdfium2.raw as pdfium

    strip_actual_text(page)
    text, word = page.get_textpage(), 0
    # Made once: PDFium writes into them for every letter.
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    left, right, bottom, top = edges = [ctypes.c_double() for _ in range(4)]
    into_box, into_matrix = ctypes.byref(box), ctypes.byref(matrix)
    into_edges = [*map(ctypes.byref, edges)]

    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if char.isspace():
            word += 1
        elif pdfium.FPDFText_GetLooseCharBox(text, index, into_box):
            pdfium.FPDFText_GetCharBox(text, index, *into_edges)
            pdfium.FPDFText_GetMatrix(text, index, into_matrix)
            ink = (left.value, bottom.value, right.value, top.value)
            size = pdfium.FPDFText_GetFontSize(text, index) * _enlargement(matrix)
            yield Letter(char, box.left, box.bottom, box.right, box.top, ink, word, size)
    text.close()


def _enlargement(matrix: Any) -> float:
    """Return by how much a matrix enlarges letters, in the direction where it is less.

    It is 0 if the matrix turns, slants or mirrors them.
    """
    upright = matrix.a > 0 < matrix.d and max(abs(matrix.b), abs(matrix.c)) < _MOST_SLANT * matrix.a
    return float(min(matrix.a, matrix.d)) if upright else 0


def strip_actual_text(page: Any) -> None:
    """Take the replacement texts off a page's glyphs.

    PDFium spreads their letters evenly, in reading order, and would hide a number. They are gone
    only in memory, and this must be done before the first look at the page's text.
    """
    import pypdfium2.raw as pdfium

    for place in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, place)
        for number in range(pdfium.FPDFPageObj_CountMarks(item)):
            mark = pdfium.FPDFPageObj_GetMark(item, number)
            pdfium.FPDFPageObjMark_RemoveParam(item, mark, b"ActualText")


def visual_runs(page: PageView, above: float, below: float | None = None) -> Iterator[str]:
    """Yield the Latin letters and digits of a page by line, left to right, cut at gaps.

    Only glyph positions tell the truth about numbers in right-to-left text: text extraction says
    the opposite. The margins `above` and `below` (pt; below as above if it is not given) are left
    out: strip and band stand there.
    """
    for line in _latin_lines(page, above, above if below is None else below):
        run, end = "", line[0].left
        for letter in line:
            distance, height = letter.left - end, letter.top - letter.bottom
            if distance > _RUN_GAP * height:
                yield run
                run = ""
            run += (" " if distance > _WORD_GAP * height else "") + ascii_digit(letter.char)
            end = letter.right
        yield run


def _latin_lines(page: PageView, above: float, below: float) -> Iterator[list[Letter]]:
    lines: dict[int, list[Letter]] = {}
    for letter in page.letters:
        if below <= letter.middle <= page.height - above and _is_latin(letter.char):
            # Letters of one line may stand a point higher or lower than its first.
            bottom = round(letter.bottom)
            near = (place for place in (bottom, bottom + 1, bottom - 1) if place in lines)
            lines.setdefault(next(near, bottom), []).append(letter)
    for _, line in sorted(lines.items(), reverse=True):
        yield sorted(line, key=lambda letter: letter.left)


def _is_latin(char: str) -> bool:
    """Tell whether a value may hold a character: ASCII, an en dash, a digit of any script."""
    return char.isascii() or char == "\u2013" or unicodedata.category(char) == "Nd"


def ascii_digit(char: str) -> str:
    """Return a decimal digit of any script as ASCII, any other character as it is."""
    return str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char


def extracted_texts(pdf: bytes) -> Iterator[str]:
    """Yield the text of each page as readers extract it, and each of its lines as seen."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            with closing(page.get_textpage()) as text:
                yield text.get_text_range()
            letters = tuple(page_letters(page))
            yield from visual_runs(PageView(page.get_width(), page.get_height(), letters, None), 0)
