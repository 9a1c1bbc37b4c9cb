"""The Latin letters of facts and codes, in two weights: drawn once, then set by the line."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from generator.proof.glyphs import harfbuzz_font

# The family in which every theme prints facts (class `ltr`), in all languages.
MERGE_FAMILY = "L Noto Sans"
MERGE_LETTERS = "".join(chr(code) for code in range(33, 127)) + "\u00a0\u2013"

# Letters side by side, so that joined ones are there too.
MERGE_PAIRS = " ".join(first + second for first in "fF" for second in string.ascii_lowercase)
MERGE_HTML = (
    '<!DOCTYPE html><html lang="en" dir="ltr"><head><title>type</title></head>'
    '<body class="ltr"><p>{0}</p><p>{1}</p><p><b>{0}</b></p><p><b>{1}</b></p></body></html>'
)


@dataclass(frozen=True)
class TypeLine:
    """One line of type."""

    setting: bytes
    """What stands in `[…] TJ`."""
    glyphs: tuple[int, ...]
    width: float
    """In thousandths of the type size."""


@dataclass(frozen=True)
class MergeGlyphs:
    """The PDF with the letters, and the font files they were cut from: regular and bold."""

    pdf: bytes
    files: tuple[Path, Path]

    @cached_property
    def reader(self) -> Any:
        """The PDF as pypdf reads it."""
        import pypdf

        return pypdf.PdfReader(BytesIO(self.pdf))

    @cached_property
    def fonts(self) -> tuple[Any, Any]:
        """The font objects, regular and bold, as pypdf references."""
        found = self.reader.pages[0]["/Resources"]["/Font"]
        by_weight = {
            found[name].get_object()["/BaseFont"].endswith("-Bold"): found.raw_get(name)
            for name in found
        }
        return by_weight[False], by_weight[True]

    @cached_property
    def widths(self) -> tuple[dict[int, float], dict[int, float]]:
        """The width of each glyph in the PDF's fonts, in thousandths of the type size."""
        regular, bold = (
            _widths(font.get_object()["/DescendantFonts"][0].get_object()["/W"])
            for font in self.fonts
        )
        return regular, bold

    def line(self, text: str, bold: bool) -> TypeLine | None:
        """Return a text set in one line, or nothing if it needs a letter that is not here."""
        widths = self.widths[bold]
        glyphs, advances = _shaped(self.files[bold], text)
        if any(glyph not in widths for glyph in glyphs):
            return None
        # A number in TJ moves the next glyph back (ISO 32000-1, 9.4.3): PDF width less advance.
        pairs = zip(glyphs, advances, strict=True)
        kerned = ((glyph, int(widths[glyph] - advance)) for glyph, advance in pairs)
        return TypeLine(b"".join(b"<%04x>%d" % one for one in kerned), glyphs, sum(advances))


def merge_font_files(assets: Mapping[str, Path]) -> tuple[Path, Path]:
    """Return the family's regular and bold file from the table of assets."""
    return assets["NotoSans-400"], assets["NotoSans-700"]


@lru_cache(maxsize=100_000)
def _shaped(path: Path, text: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Return glyph numbers and advances in thousandths of the type size."""
    import uharfbuzz as hb

    font = harfbuzz_font(path)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    scale = 1000 / font.face.upem
    glyphs = tuple(info.codepoint for info in buffer.glyph_infos)
    return glyphs, tuple(place.x_advance * scale for place in buffer.glyph_positions)


def text_width(files: tuple[Path, Path], text: str) -> tuple[float, float]:
    """Return how wide a text is in regular and in bold, in thousandths of the type size."""
    regular, bold = (round(sum(_shaped(path, text)[1]), 2) for path in files)
    return regular, bold


def _widths(found: Any) -> dict[int, float]:
    """Return the widths of a PDF font by glyph, from `first [width …]` groups."""
    widths: dict[int, float] = {}
    rest = list(found)
    while rest:
        first, group, *rest = rest
        widths |= {
            int(first) + place: float(value) for place, value in enumerate(group.get_object())
        }
    return widths
