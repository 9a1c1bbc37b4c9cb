"""The fonts inside a PDF call each glyph by its own number: the one way in which all viewers agree on what to draw.

A page names characters by CID. Some viewers take a CID as the number of a glyph, others look it up in the font's own list of CIDs
(ISO 32000-2, 9.7.4.2): where both differ, one of them shows blanks or other characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from generator.problem import Problem

_COMPOSITE_FONTS = ("/CIDFontType0", "/CIDFontType2")


def font_number_problems(found: Iterable[dict[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each font of a file that calls glyphs by other numbers; `found` is every dictionary of the file."""
    for item in found:
        wrong = item.get("/Subtype") == "/Type0" and item.get("/Encoding") != "/Identity-H"
        if wrong or (item.get("/Subtype") in _COMPOSITE_FONTS and not _plain(item)):
            name = str(item.get("/BaseFont")).rpartition("+")[2].lstrip("/")
            what = f"the font {name} calls its glyphs by other numbers: some viewers show blanks or other characters"
            yield Problem(
                "proof-font-numbers",
                what,
                hint="do not print it; run `leaflets doctor`, and tell the developers what it says",
            )


def _plain(font: dict[str, Any]) -> bool:
    """Tell whether the CIDs of a font are the numbers of its glyphs."""
    if font.get("/Subtype") == "/CIDFontType2":
        return bool(font.get("/CIDToGIDMap", "/Identity") == "/Identity")
    program = font["/FontDescriptor"].get("/FontFile3")
    return program is None or _identity(program.get_object().get_data())


def _identity(data: bytes) -> bool:
    """Tell whether a CFF font, bare or as OpenType, has no CIDs of its own, or has them in the order of its glyphs."""
    from fontTools import cffLib, ttLib

    if data[:4] == b"OTTO":
        cff = ttLib.TTFont(BytesIO(data), lazy=True)["CFF "].cff
    else:
        cff = cffLib.CFFFontSet()
        cff.decompile(BytesIO(data), None)
    top = cff.topDictIndex[0]
    return not hasattr(top, "ROS") or all(
        name == f"cid{number:05d}" for number, name in enumerate(top.charset) if number
    )
