"""Give the words of a PDF that readers would copy, search or read aloud wrongly their text: /ActualText and /Lang.

A glyph's text is the first text it was drawn for, so shared, split and reordered glyphs extract wrongly (Bengali, Burmese,
Nastaliq ...). Whether a word needs help is measured, not listed: what its glyphs would give is compared with what
was meant. Three rules:

* Never on digits and Latin letters. A number printed backwards would be read forwards.
* In the page, right-to-left words stand as the eye meets them, from left to right: so do all letters of such pages, and poppler
  and PDFium turn both round. The structure element holds the same run in reading order, for those who read the structure.
* A run that follows a number or a Latin word begins with U+200F; without it poppler glues the word after to the number.

Knows WeasyPrint 70; look again at `draw_first_line` and at the order of glyphs before an upgrade.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

RLM = "\u200f"
ZERO_WIDTH = "\u200b"
JOINERS = "\u200c\u200d"
SHOWN = re.compile(r"<([0-9a-f]*)>|([^<>]+)")
"""The parts of a TJ array as WeasyPrint writes it: glyph numbers in hexadecimal, and movements."""


class Run(NamedTuple):
    """One box of text on a page: its language, its text, and whether its reading order must be told."""

    language: str
    text: str
    spoken: bool


class Glyph(NamedTuple):
    """One drawn glyph: where the letters of its cluster stand in the text, its direction, whether it leaves the baseline."""

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
class Span:
    """Glyphs from `first` to before `end`, counted in the box, and the text that a reader shall find there."""

    first: int
    end: int
    text: str
    rtl: bool = False


@cache
def latin_or_digit(char: str) -> bool:
    """Tell whether a character must never have a replacement text."""
    return unicodedata.category(char)[0] == "N" or "LATIN" in unicodedata.name(char, "")


@cache
def needy(char: str) -> bool:
    """Tell whether a character may need a replacement text: a letter, a mark, a stop of a right-to-left script."""
    part = unicodedata.category(char)[0] in "LM" or char in JOINERS or unicodedata.bidirectional(char) == "AL"
    return part and not latin_or_digit(char)


def right_to_left(text: str) -> bool:
    """Tell whether a text has a letter that is written from right to left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def as_read(text: str) -> str:
    """Return letters that stand from left to right as poppler and PDFium read them; and the other way round.

    They know the right-to-left letters of the basic plane only, not those of Hanifi Rohingya.
    """
    return text[::-1] if right_to_left(text) and max(text) < "\U00010000" else text


def words(text: str) -> Iterator[tuple[int, int]]:
    """Yield beginning and end of each word that may need help."""
    begin = None
    for place, char in enumerate(text):
        if not needy(char):
            if begin is not None:
                yield begin, place
            begin = None
        elif begin is None:
            begin = place
    if begin is not None:
        yield begin, len(text)


def spans(text: str, glyphs: list[Glyph]) -> list[Span]:
    """Return the spans of a box in the order of its glyphs: what would be misread, and beginnings after a number."""
    word_at = {place: (begin, end) for begin, end in words(text) for place in range(begin, end)}
    found: list[Span] = []
    first = 0
    for (word, rtl), group in groupby(glyphs, key=lambda glyph: (word_at.get(glyph.start), glyph.rtl)):
        part = list(group)
        end = first + len(part)
        if not word:
            found += [Span(place, place + 1, text[glyphs[place].start] + RLM) for place in range(first, end) if begins(text, glyphs[place])]
        elif rtl and misread(kept(text[slice(*word)]), part):
            found.append(Span(first, end, as_read(kept(text[slice(*word)])), True))
        elif not rtl and misread(text[slice(*word)], part):
            spaced = end < len(glyphs) and text[glyphs[end].start] == " "
            found.append(Span(first, end + spaced, text[slice(*word)] + " " * spaced))
        first = end
    return found


def kept(word: str) -> str:
    """Return a right-to-left word without joiners: they are no glyphs, and readers would put them elsewhere."""
    return "".join(char for char in word if char not in JOINERS)


def misread(word: str, glyphs: list[Glyph]) -> bool:
    """Tell whether readers would take the glyphs of a word for another text.

    Marks of left-to-right scripts are put in order by their places, and glyphs off the baseline are taken for another line.
    """
    parts = [glyph.readings.get(glyph.number, "") for glyph in glyphs]
    if not all(parts) or any(glyph.raised for glyph in glyphs):
        return True
    if glyphs[0].rtl:
        return unicodedata.normalize("NFKC", as_read("".join(parts))) != unicodedata.normalize("NFKC", word)
    return "".join(parts) != word or any(unicodedata.category(char)[0] == "M" for char in word)


def teach(text: str, glyphs: list[Glyph]) -> None:
    """Say what right-to-left glyphs stand for before they are drawn, where nothing is known yet.

    A ligature stands for one character, and each of as many glyphs as letters for its own; a part of a letter for that letter,
    since PDFium takes a word whose first glyph stands for nothing for left-to-right text.
    """
    for (start, end, rtl), group in groupby(glyphs, key=lambda glyph: (glyph.start, glyph.end, glyph.rtl)):
        part, letters = [glyph for glyph in group if glyph.number >= 0], kept(text[start:end])
        if not rtl or not letters:
            continue
        if len(part) == len(letters):
            texts = list(reversed(letters))
        else:
            texts = [ligatures().get(letters, letters)] if len(part) == 1 else [letters[0]] * len(part)
        for glyph, reading in zip(part, texts, strict=True):
            glyph.readings.setdefault(glyph.number, reading)


@cache
def ligatures() -> dict[str, str]:
    """Return Unicode's presentation forms of Arabic ligatures by their letters: readers know which way they run."""
    forms = [chr(code) for block in (range(0xFEF5, 0xFEFD), range(0xFC00, 0xFDC8)) for code in block]
    found: dict[str, str] = {}
    for form in forms:
        if unicodedata.decomposition(form).startswith("<isolated>"):
            found.setdefault(unicodedata.normalize("NFKC", form), form)
    return found


def begins(text: str, glyph: Glyph) -> bool:
    """Tell whether a right-to-left glyph is the mark or space after a number or Latin word, or the first of its box."""
    before = text[glyph.start - 1] if glyph.start else "0"
    here = text[glyph.start]
    return (
        glyph.rtl
        and before.isalnum()
        and unicodedata.bidirectional(before) in ("L", "EN", "AN")
        and not (here.isalnum() or unicodedata.mirrored(here))
    )


def lone_spaces(text: str, glyphs: list[Glyph], wanted: list[Span]) -> dict[int, int]:
    """Return the spaces between right-to-left spans with their widths in thousandths of the size.

    PDFium drops what is drawn without width, and does not find each gap again: such a space is drawn twice in its own width.
    """
    ends, firsts = {span.end for span in wanted if span.rtl}, {span.first for span in wanted if span.rtl}
    return {
        place: glyph.widths[glyph.number]
        for place, glyph in enumerate(glyphs)
        if text[glyph.start] == " " and (place in ends or place + 1 in firsts)
    }


def rewritten(items: list[bytes], wanted: list[Span], doubled: dict[int, int]) -> Iterator[bytes]:
    """Yield the operators of a box with the spans around their glyphs; a movement belongs to the glyph before it."""
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
                yield b"/Span<</ActualText<feff%s>>>BDC" % opens[number].encode("utf-16-be").hex().encode()
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
    for part in SHOWN.finditer(item.removesuffix(b"] TJ").removeprefix(b"[").decode()):
        yield from ((part[1][place : place + 4], "") for place in range(0, len(part[1] or ""), 4))
        if not part[1]:
            yield "", part[0]


def _show(shown: str) -> Iterator[bytes]:
    if shown:
        yield f"[{shown}] TJ".encode()


def install() -> None:
    """Make WeasyPrint write the spans; once a process, after the import."""
    from weasyprint.draw import text as module

    original = module.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        start, text = len(stream.stream), textbox.pango_layout.text
        glyphs = list(_glyphs(stream, textbox, text)) if any(map(needy, text)) else []
        teach(text, glyphs)
        emojis = original(stream, textbox, *rest)
        found = spans(text, glyphs)
        if found:
            stream.stream[start:] = rewritten(stream.stream[start:], found, lone_spaces(text, glyphs, found))
        if stream._tags and textbox in stream._tags:
            spoken = any(span.rtl for span in found)
            runs = stream.__dict__.setdefault("runs", {})
            runs[stream._tags[textbox]["mcid"]] = Run(textbox.style["lang"] or "", text.replace(ZERO_WIDTH, ""), spoken)
        return emojis

    module.draw_first_line = draw_first_line


def _glyphs(stream: Any, textbox: Any, text: str) -> Iterator[Glyph]:
    """Yield the glyphs of a box from left to right, as `draw_first_line` draws them."""
    from weasyprint.text.ffi import ffi, pango

    place = {offset: number for number, offset in enumerate(_offsets(text))}
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)  # as there, so that Pango need not lay out twice
    run = textbox.pango_layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        font, rtl = stream.add_font(item.analysis.font)[0], bool(item.analysis.level % 2)
        clusters = [item.offset + offset for offset in string.log_clusters[0 : string.num_glyphs]]
        after = dict(pairwise([*sorted(set(clusters)), item.offset + item.length]))
        for info, start in zip(string.glyphs[0 : string.num_glyphs], clusters, strict=True):
            if info.glyph != pango.PANGO_GLYPH_EMPTY:
                number = -1 if info.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG else info.glyph
                yield Glyph(number, place[start], place[after[start]], rtl, info.geometry.y_offset != 0, font.to_unicode, font.widths)


def _offsets(text: str) -> Iterator[int]:
    """Yield the place of each character in UTF-8, and that of the end."""
    offset = 0
    for char in text:
        yield offset
        offset += len(char.encode())
    yield offset


def finish(document: Any, pdf: Any) -> None:
    """Finisher: give each run of another language its /Lang, and each right-to-left run its text in reading order.

    Empty dictionaries of patterns and shadings go: nothing uses them, and validators of PDF/A stop at them.
    """
    import pydyf

    runs = {page: _referred(pdf, _referred(pdf, page)["Contents"]).__dict__.get("runs", {}) for page in pdf.page_references}
    for item in pdf.objects:
        if not isinstance(item, dict):
            continue
        for key in ("Pattern", "Shading"):
            if item.get(key) == {}:
                del item[key]
        if item.get("Type") != "/StructElem" or len(item["K"]) != 1 or not isinstance(item["K"][0], int):
            continue
        run = runs.get(item.get("Pg"), {}).get(item["K"][0])
        if run and run.language != document.metadata.lang:
            item["Lang"] = pydyf.String(run.language)
        if run and run.spoken:
            item["ActualText"] = pydyf.String(run.text)


def _referred(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference such as `12 0 R` means."""
    return pdf.objects[int(reference.split()[0])]
