"""Check that the fonts in a PDF name each glyph by its own number.

A page names characters by CID. Some viewers take a CID as the number of a glyph, others look it up
in the font's own list of CIDs (ISO 32000-2, 9.7.4.2). Where the two differ, one of the viewers
shows blanks or other characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from generator.problem import Problem

_COMPOSITE_FONTS = ("/CIDFontType0", "/CIDFontType2")


def font_number_problems(found: Iterable[dict[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each font that names glyphs by other numbers than their own.

    `found` is every dictionary of the file.
    """
    for item in found:
        wrong = item.get("/Subtype") == "/Type0" and item.get("/Encoding") != "/Identity-H"
        if wrong or (item.get("/Subtype") in _COMPOSITE_FONTS and not _has_plain_cids(item)):
            name = str(item.get("/BaseFont")).rpartition("+")[2].lstrip("/")
            yield Problem(
                "proof-font-numbers",
                f"the font {name} calls its glyphs by other numbers:"
                " some viewers show blanks or other characters",
                hint="do not print it; run `leaflets doctor`, and tell the developers what it says",
            )


def _has_plain_cids(font: dict[str, Any]) -> bool:
    """Tell whether the CIDs of a font are the numbers of its glyphs.

    A CFF font, bare or as OpenType, has no CIDs of its own, or has them in the order of its glyphs.
    """
    if font.get("/Subtype") == "/CIDFontType2":
        return bool(font.get("/CIDToGIDMap", "/Identity") == "/Identity")
    program = font["/FontDescriptor"].get("/FontFile3")
    if program is None:
        return True
    top = _cff_font(program.get_object().get_data()).topDictIndex[0]
    return not hasattr(top, "ROS") or all(
        name == f"cid{number:05d}" for number, name in enumerate(top.charset) if number
    )


def _cff_font(data: bytes) -> Any:
    from fontTools import cffLib, ttLib

    if data[:4] == b"OTTO":
        return ttLib.TTFont(BytesIO(data), lazy=True)["CFF "].cff
    fonts = cffLib.CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    return fonts
