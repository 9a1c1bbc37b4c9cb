"""Find the drawn words that viewers would misread, and wrap them in the text that was meant.

A glyph's text is the first text it was drawn for, so shared, split and reordered glyphs extract
wrongly (Bengali, Burmese, Nastaliq ...). Whether a word needs help is measured, not listed: what
its glyphs would give is compared with what was meant. Three rules:

* Never on digits and Latin letters. A number printed backwards would be read forwards.
* Right-to-left words stand as the eye meets them, from left to right: so do all letters of such
  pages, and poppler and PDFium turn both round.
* A run that follows a number or a Latin word begins with U+200F; without it poppler glues the word
  after to the number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple

RLM = "\u200f"
ZERO_WIDTH = "\u200b"
JOINERS = "\u200c\u200d"
# The parts of a TJ array as WeasyPrint writes it: glyph numbers in hexadecimal, and movements.
_SHOWN_PART = re.compile(r"<([0-9a-f]*)>|([^<>]+)")


class DrawnGlyph(NamedTuple):
    """One drawn glyph: the letters of its cluster in the text, its direction, its place."""

    number: int
    """In its font; -1 where the font has none for the letter."""
    start: int
    end: int
    rtl: bool
    raised: bool
    readings: dict[int, str]
    """What readers take the glyphs of its font for, by number."""
    widths: dict[int, int]


@dataclass(frozen=True)
class TextSpan:
    """Glyphs from `first` to before `end` of a box, and the text that a viewer shall find."""

    first: int
    end: int
    text: str
    rtl: bool = False


@cache
def is_latin_or_digit(char: str) -> bool:
    """Tell whether a character must never have a replacement text."""
    return unicodedata.category(char)[0] == "N" or "LATIN" in unicodedata.name(char, "")


@cache
def may_be_misread(char: str) -> bool:
    """Tell whether a character may be misread: letters, marks, stops of right-to-left scripts."""
    part = (
        unicodedata.category(char)[0] in "LM"
        or char in JOINERS
        or unicodedata.bidirectional(char) == "AL"
    )
    return part and not is_latin_or_digit(char)


def is_right_to_left(text: str) -> bool:
    """Tell whether a text has a letter that is written from right to left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def as_viewers_read(text: str) -> str:
    """Return letters in their order on the page as viewers read them, and the other way round.

    Poppler and PDFium turn round the right-to-left letters of the basic plane only, not those of
    Hanifi Rohingya.
    """
    return text[::-1] if is_right_to_left(text) and max(text) < "\U00010000" else text


def word_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield beginning and end of each word that may need help."""
    begin = None
    for place, char in enumerate(text):
        if not may_be_misread(char):
            if begin is not None:
                yield begin, place
            begin = None
        elif begin is None:
            begin = place
    if begin is not None:
        yield begin, len(text)


def text_spans(text: str, glyphs: list[DrawnGlyph]) -> list[TextSpan]:
    """Return the spans of a box in glyph order: words misread, and beginnings after a number."""
    word_at = {
        place: (begin, end) for begin, end in word_places(text) for place in range(begin, end)
    }
    found: list[TextSpan] = []
    first = 0
    for (word, rtl), group in groupby(
        glyphs, key=lambda glyph: (word_at.get(glyph.start), glyph.rtl)
    ):
        part = list(group)
        end = first + len(part)
        if not word:
            found += [
                TextSpan(place, place + 1, text[glyphs[place].start] + RLM)
                for place in range(first, end)
                if begins_after_number(text, glyphs[place])
            ]
        elif rtl and is_misread(without_joiners(text[slice(*word)]), part):
            found.append(
                TextSpan(first, end, as_viewers_read(without_joiners(text[slice(*word)])), True)
            )
        elif not rtl and is_misread(text[slice(*word)], part):
            spaced = end < len(glyphs) and text[glyphs[end].start] == " "
            found.append(TextSpan(first, end + spaced, text[slice(*word)] + " " * spaced))
        first = end
    return found


def without_joiners(word: str) -> str:
    """Return a word without joiners: they have no glyphs, and viewers would misplace them."""
    return "".join(char for char in word if char not in JOINERS)


def is_misread(word: str, glyphs: list[DrawnGlyph]) -> bool:
    """Tell whether readers would take the glyphs of a word for another text.

    Viewers put marks of left-to-right scripts in order by their places, and take glyphs off the
    baseline for another line.
    """
    parts = [glyph.readings.get(glyph.number, "") for glyph in glyphs]
    if not all(parts) or any(glyph.raised for glyph in glyphs):
        return True
    if glyphs[0].rtl:
        return unicodedata.normalize(
            "NFKC", as_viewers_read("".join(parts))
        ) != unicodedata.normalize("NFKC", word)
    return "".join(parts) != word or any(unicodedata.category(char)[0] == "M" for char in word)


def teach_readings(text: str, glyphs: list[DrawnGlyph]) -> None:
    """Say what right-to-left glyphs stand for before they are drawn, where nothing is known yet.

    A ligature stands for one character, and each of as many glyphs as letters for its own. A part
    of a letter stands for that letter: PDFium takes a word whose first glyph stands for nothing for
    left-to-right text.
    """
    for (start, end, rtl), group in groupby(
        glyphs, key=lambda glyph: (glyph.start, glyph.end, glyph.rtl)
    ):
        part, letters = (
            [glyph for glyph in group if glyph.number >= 0],
            without_joiners(text[start:end]),
        )
        if not rtl or not letters:
            continue
        if len(part) == len(letters):
            texts = list(reversed(letters))
        else:
            texts = (
                [arabic_ligatures().get(letters, letters)]
                if len(part) == 1
                else [letters[0]] * len(part)
            )
        for glyph, reading in zip(part, texts, strict=True):
            glyph.readings.setdefault(glyph.number, reading)


@cache
def arabic_ligatures() -> dict[str, str]:
    """Return Unicode's Arabic ligatures by their letters: viewers know which way these run."""
    forms = [
        chr(code) for block in (range(0xFEF5, 0xFEFD), range(0xFC00, 0xFDC8)) for code in block
    ]
    found: dict[str, str] = {}
    for form in forms:
        if unicodedata.decomposition(form).startswith("<isolated>"):
            found.setdefault(unicodedata.normalize("NFKC", form), form)
    return found


def begins_after_number(text: str, glyph: DrawnGlyph) -> bool:
    """Tell whether a right-to-left glyph is a mark or space after a number, or the first one."""
    before = text[glyph.start - 1] if glyph.start else "0"
    here = text[glyph.start]
    return (
        glyph.rtl
        and before.isalnum()
        and unicodedata.bidirectional(before) in ("L", "EN", "AN")
        and not (here.isalnum() or unicodedata.mirrored(here))
    )


def lone_spaces(text: str, glyphs: list[DrawnGlyph], wanted: list[TextSpan]) -> dict[int, int]:
    """Return the spaces between right-to-left spans with their widths in thousandths of the size.

    PDFium drops what is drawn without width, and does not find each gap again: such a space is
    drawn twice in its own width.
    """
    ends, firsts = (
        {span.end for span in wanted if span.rtl},
        {span.first for span in wanted if span.rtl},
    )
    return {
        place: glyph.widths[glyph.number]
        for place, glyph in enumerate(glyphs)
        if text[glyph.start] == " " and (place in ends or place + 1 in firsts)
    }


def rewritten_operators(
    items: list[bytes], wanted: list[TextSpan], doubled: dict[int, int]
) -> Iterator[bytes]:
    """Yield a box's operators with the spans; a movement belongs to the glyph before it."""
    opens = {span.first: span.text for span in wanted}
    closes = {span.end for span in wanted}
    number, inside = 0, False
    for item in items:
        if not item.endswith(b"TJ"):
            yield item
            continue
        shown = ""
        for glyph, between in _parts(item):
            if glyph and inside and number in closes:
                yield from _show(shown)
                yield b"EMC"
                shown, inside = "", False
            if glyph and number in opens:
                yield from _show(shown)
                yield (
                    b"/Span<</ActualText<feff%s>>>BDC"
                    % opens[number].encode("utf-16-be").hex().encode()
                )
                shown, inside = "", True
            shown += f"<{glyph}>" if glyph else between
            if glyph and (width := doubled.get(number)):
                shown += f"{width // 2}<{glyph}>{width - width // 2} "
            number += bool(glyph)
        yield from _show(shown)
    if inside:
        yield b"EMC"


def _parts(item: bytes) -> Iterator[tuple[str, str]]:
    """Yield each glyph of a TJ operator, and what stands between glyphs."""
    for part in _SHOWN_PART.finditer(item.removesuffix(b"] TJ").removeprefix(b"[").decode()):
        yield from ((part[1][place : place + 4], "") for place in range(0, len(part[1] or ""), 4))
        if not part[1]:
            yield "", part[0]


def _show(shown: str) -> Iterator[bytes]:
    if shown:
        yield f"[{shown}] TJ".encode()
