"""Check what a finished PDF is made of: boxes, fonts, links and everything it must not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.campaign.sheets import Sheet
from generator.layout.expected import Expected
from generator.problem import Problem
from generator.proof.cid_fonts import font_number_problems
from generator.proof.near import beside_problems

# Points in a millimetre.
MM = 72 / 25.4
_CLIP = re.compile(rb"W\*?( n)?")
# The operator with which text begins.
_TEXT_BEGINS = re.compile(rb"\bBT\b")
# What a sheet may hold that is filled in on a screen.
_FORM_NAMES = {"/AcroForm"}
_FORBIDDEN_NAMES = _FORM_NAMES | {
    "/JavaScript",
    "/JS",
    "/EmbeddedFiles",
    "/FileAttachment",
    "/Launch",
    "/OpenAction",
    "/AA",
    "/RichMedia",
}
_MACHINE_PATH = re.compile(r"file:|/home/|/Users/|\b[A-Z]:\\|/tmp/", re.IGNORECASE)


def structure_problems(
    reader: Any, found: list[dict[str, Any]], sheet: Sheet, expected: Expected
) -> Iterator[Problem]:
    """Yield what is wrong with the file itself, whatever its pages look like.

    `found` is every dictionary of the file.
    """
    yield from _box_problems(reader, sheet)
    yield from _clip_problems(reader)
    yield from _aside_problems(found)
    yield from content_problems(found, _FORM_NAMES if sheet.fields else ())
    if foreign := sorted(set(_link_addresses(reader)) - set(expected.links)):
        yield Problem("proof-link", f"a link that is no fact of the leaflet: {foreign[:3]}")
    yield from beside_problems(reader, found, expected)
    root = reader.root_object
    if not root.get("/MarkInfo", {}).get("/Marked") or root.get("/Lang") != expected.language:
        yield Problem(
            "proof-tags",
            f"the file is not tagged, or its language is not {expected.language}",
        )


def _box_problems(reader: Any, sheet: Sheet) -> Iterator[Problem]:
    for number, page in enumerate(reader.pages, 1):
        wanted = tuple(round(length * MM, 1) for length in sheet.page_size(number))
        for name in ("mediabox", "trimbox"):
            box = getattr(page, name)
            pairs = zip(wanted, (box.width, box.height), strict=True)
            if any(abs(one - float(two)) > 0.2 for one, two in pairs):
                size = f"{box.width} × {box.height} pt"
                yield Problem("proof-box", f"page {number}: the {name} is {size}, not {wanted}")


def _clip_problems(reader: Any) -> Iterator[Problem]:
    """Yield a problem for each page with text in a clip, where a part of it may be cut away."""
    for number, page in enumerate(reader.pages, 1):
        if _has_clipped_text(page.get_contents().get_data()):
            yield Problem(
                "proof-clipped",
                f"page {number}: text may be cut away",
                hint="take `overflow: hidden` out of the theme",
            )


def _has_clipped_text(content: bytes) -> bool:
    """Tell whether text begins while a clip holds; the operators q and Q save and restore it."""
    clips = [False]
    for line in content.split(b"\n"):
        if line == b"q":
            clips.append(clips[-1])
        elif line == b"Q":
            clips.pop()
        elif _CLIP.fullmatch(line):
            clips[-1] = True
        elif line == b"BT" and clips[-1]:
            return True
    return False


def _aside_problems(found: Iterable[dict[str, Any]]) -> Iterator[Problem]:
    """Yield a problem if text is drawn in a group or pattern, where no other proof would see it."""
    asides = (
        item for item in found if item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1
    )
    if any(_TEXT_BEGINS.search(item.get_data()) for item in asides if hasattr(item, "get_data")):
        yield Problem(
            "proof-aside",
            "text is drawn apart from the page, where it cannot be proved",
            hint="take opacity, patterns and text in pictures out of the theme",
        )


def content_problems(found: list[dict[str, Any]], allowed: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield what a file must not hold: fonts of the machine, actions, attachments, paths."""
    for item in found:
        if item.get("/Type") == "/FontDescriptor" and not {"/FontFile2", "/FontFile3"} & set(item):
            yield Problem("proof-font", f"the font {item.get('/FontName')} is not embedded")
    yield from font_number_problems(found)
    texts = (part for item in found for pair in item.items() for part in pair)
    names = {str(text) for text in texts if isinstance(text, str)}
    if active := sorted(names & _FORBIDDEN_NAMES - set(allowed)):
        yield Problem("proof-active", f"the file holds {', '.join(active)}")
    if path := next(filter(None, map(_MACHINE_PATH.search, sorted(names))), None):
        yield Problem("proof-path", f"the file holds {path[0]!r}, a path of a machine")


def _link_addresses(reader: Any) -> Iterator[str]:
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A", {})
            if "/URI" in action:
                yield str(action["/URI"])


def pdf_dictionaries(reader: Any) -> Iterator[dict[str, Any]]:
    """Yield every dictionary of the file, also those in object streams and in other objects."""
    for number in sorted({*reader.xref.get(0, ()), *reader.xref_objStm}):
        yield from _dictionaries_in([reader.get_object(number)])


def _dictionaries_in(parts: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for part in parts:
        if isinstance(part, dict):
            yield part
            yield from _dictionaries_in(dict.values(part))
        elif isinstance(part, list):
            yield from _dictionaries_in(part)
