"""Make WeasyPrint write a true text layer: /ActualText around misread words, and /Lang.

The structure elements hold right-to-left runs in reading order, for those who read the structure.
Written for WeasyPrint 70: compare `draw_first_line` and the order of glyphs before an upgrade.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from generator.layout.text_spans import (
    ZERO_WIDTH,
    DrawnGlyph,
    lone_spaces,
    may_be_misread,
    rewritten_operators,
    teach_readings,
    text_spans,
)


class TextRun(NamedTuple):
    """One box of text: its language, its text, and whether its reading order must be told."""

    language: str
    text: str
    spoken: bool


def install_text_layer() -> None:
    """Make WeasyPrint write the spans; once a process, after the import."""
    from weasyprint.draw import text as module

    original = module.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        start, text = len(stream.stream), textbox.pango_layout.text
        glyphs = list(_glyphs(stream, textbox, text)) if any(map(may_be_misread, text)) else []
        teach_readings(text, glyphs)
        emojis = original(stream, textbox, *rest)
        found = text_spans(text, glyphs)
        if found:
            stream.stream[start:] = rewritten_operators(
                stream.stream[start:], found, lone_spaces(text, glyphs, found)
            )
        if stream._tags and textbox in stream._tags:
            spoken = any(span.rtl for span in found)
            runs = stream.__dict__.setdefault("runs", {})
            runs[stream._tags[textbox]["mcid"]] = TextRun(
                textbox.style["lang"] or "", text.replace(ZERO_WIDTH, ""), spoken
            )
        return emojis

    module.draw_first_line = draw_first_line


def _glyphs(stream: Any, textbox: Any, text: str) -> Iterator[DrawnGlyph]:
    """Yield the glyphs of a box from left to right, as `draw_first_line` draws them."""
    from weasyprint.text.ffi import ffi, pango

    place = {offset: number for number, offset in enumerate(_offsets(text))}
    pango.pango_layout_set_single_paragraph_mode(
        textbox.pango_layout.layout, True
    )  # as there, so that Pango need not lay out twice
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
                yield DrawnGlyph(
                    number,
                    place[start],
                    place[after[start]],
                    rtl,
                    info.geometry.y_offset != 0,
                    font.to_unicode,
                    font.widths,
                )


def _offsets(text: str) -> Iterator[int]:
    """Yield the place of each character in UTF-8, and that of the end."""
    offset = 0
    for char in text:
        yield offset
        offset += len(char.encode())
    yield offset


def finish_text_layer(document: Any, pdf: Any) -> None:
    """Finisher: tag runs of another language, and right-to-left runs with their reading order.

    Empty dictionaries of patterns and shadings go: nothing uses them, and validators of PDF/A stop
    at them.
    """
    import pydyf

    runs = {
        page: _referred(pdf, _referred(pdf, page)["Contents"]).__dict__.get("runs", {})
        for page in pdf.page_references
    }
    for item in pdf.objects:
        if not isinstance(item, dict):
            continue
        for key in ("Pattern", "Shading"):
            if item.get(key) == {}:
                del item[key]
        if (
            item.get("Type") != "/StructElem"
            or len(item["K"]) != 1
            or not isinstance(item["K"][0], int)
        ):
            continue
        run = runs.get(item.get("Pg"), {}).get(item["K"][0])
        if run and run.language != document.metadata.lang:
            item["Lang"] = pydyf.String(run.language)
        if run and run.spoken:
            item["ActualText"] = pydyf.String(run.text)


def _referred(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference such as `12 0 R` means."""
    return pdf.objects[int(reference.split()[0])]
