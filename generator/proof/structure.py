"""What a finished PDF is made of: boxes, fonts, links and everything it must not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.campaign.sheets import Sheet
from generator.layout.expected import Expected
from generator.problem import Problem
from generator.proof.cid_fonts import font_number_problems
from generator.proof.near import beside_problems

MM = 72 / 25.4
"""Points in a millimetre."""
_CLIP = re.compile(rb"W\*?( n)?")
_TEXT_BEGINS = re.compile(rb"\bBT\b")
"""The operator with which text begins."""
_FORBIDDEN_NAMES = (
    "/JavaScript",
    "/JS",
    "/EmbeddedFiles",
    "/FileAttachment",
    "/Launch",
    "/OpenAction",
    "/AA",
    "/AcroForm",
    "/RichMedia",
)
_FORM_NAMES = ("/AcroForm",)
"""What a sheet may hold that is filled in on a screen."""
_MACHINE_PATH = re.compile(r"file:|/home/|/Users/|\b[A-Z]:\\|/tmp/", re.IGNORECASE)


def structure_problems(
    reader: Any, found: list[dict[str, Any]], sheet: Sheet, expected: Expected
) -> Iterator[Problem]:
    """Yield what is wrong with the file itself: boxes, clips, fonts, actions, attachments, paths, links, metadata, tags.

    `found` is every dictionary of the file.
    """
    yield from _boxes(reader, sheet)
    yield from _clipped(reader)
    yield from _drawn_aside(found)
    yield from content_problems(found, _FORM_NAMES if sheet.fields else ())
    if foreign := sorted(set(_links(reader)) - set(expected.links)):
        yield Problem("proof-link", f"a link that is no fact of the leaflet: {foreign[:3]}")
    yield from beside_problems(reader, found, expected)
    yield from _tagged(reader, expected)


def _boxes(reader: Any, sheet: Sheet) -> Iterator[Problem]:
    for number, page in enumerate(reader.pages, 1):
        wanted = tuple(round(length * MM, 1) for length in sheet.page_size(number))
        for name in ("mediabox", "trimbox"):
            box = getattr(page, name)
            if any(
                abs(a - float(b)) > 0.2
                for a, b in zip(wanted, (box.width, box.height), strict=True)
            ):
                yield Problem(
                    "proof-box",
                    f"page {number}: the {name} is {box.width} × {box.height} pt, not {wanted}",
                )


def content_problems(found: list[dict[str, Any]], allowed: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield what a file must not hold among its dictionaries: fonts of the machine, actions, attachments, paths."""
    for item in found:
        if item.get("/Type") == "/FontDescriptor" and not {"/FontFile2", "/FontFile3"} & set(item):
            yield Problem("proof-font", f"the font {item.get('/FontName')} is not embedded")
    yield from font_number_problems(found)
    names = {
        str(name)
        for item in found
        for pair in item.items()
        for name in pair
        if isinstance(name, str)
    }
    if active := sorted(names & set(_FORBIDDEN_NAMES) - set(allowed)):
        yield Problem("proof-active", f"the file holds {', '.join(active)}")
    if path := next(filter(None, map(_MACHINE_PATH.search, sorted(names))), None):
        yield Problem("proof-path", f"the file holds {path[0]!r}, a path of a machine")


def _drawn_aside(found: Iterable[dict[str, Any]]) -> Iterator[Problem]:
    """Yield a problem if text is drawn anywhere but in the content of a page, where no other proof would see it: in groups and patterns."""
    asides = (
        item for item in found if item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1
    )
    if any(_TEXT_BEGINS.search(item.get_data()) for item in asides if hasattr(item, "get_data")):
        hint = "take opacity, patterns and text in pictures out of the theme"
        yield Problem(
            "proof-aside", "text is drawn apart from the page, where it cannot be proved", hint=hint
        )


def _tagged(reader: Any, expected: Expected) -> Iterator[Problem]:
    root = reader.root_object
    if not root.get("/MarkInfo", {}).get("/Marked") or root.get("/Lang") != expected.language:
        yield Problem(
            "proof-tags", f"the file is not tagged, or its language is not {expected.language}"
        )


def pdf_dictionaries(reader: Any) -> Iterator[dict[str, Any]]:
    """Yield every dictionary of the file, also those in object streams and inside other objects."""
    for number in sorted({*reader.xref.get(0, ()), *reader.xref_objStm}):
        yield from _inside(reader.get_object(number))


def _inside(item: Any) -> Iterator[dict[str, Any]]:
    if isinstance(item, dict):
        yield item
    parts = dict.values(item) if isinstance(item, dict) else item if isinstance(item, list) else ()
    for part in parts:
        if isinstance(part, dict | list):
            yield from _inside(part)


def _links(reader: Any) -> Iterator[str]:
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A", {})
            if "/URI" in action:
                yield str(action["/URI"])


def _clipped(reader: Any) -> Iterator[Problem]:
    """Yield a problem for each page on which text is drawn inside a clip, where a part of it may be cut away."""
    for number, page in enumerate(reader.pages, 1):
        clips = [False]
        for line in page.get_contents().get_data().split(b"\n"):
            if line == b"q":
                clips.append(clips[-1])
            elif line == b"Q":
                clips.pop()
            elif _CLIP.fullmatch(line):
                clips[-1] = True
            elif line == b"BT" and clips[-1]:
                yield Problem(
                    "proof-clipped",
                    f"page {number}: text may be cut away",
                    hint="take `overflow: hidden` out of the theme",
                )
                break
