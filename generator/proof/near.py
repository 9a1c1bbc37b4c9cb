"""Look at what a file says beside its pages: title, outline, description, and the fields of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from generator.layout.expected import Expected
from generator.problem import Problem

_TOLD_KEYS = ("/Title",)
"""What the description of a document may tell (ISO 32000-2, 14.3.3)."""
_ANY_TAG = re.compile(r"<[^>]*>")
_PRIVATE_XMP = re.compile(r"\b(pdf|xmp|xmpMM|photoshop):(?!//)\w+")
"""What else an XMP packet could tell (ISO 16684-1), in attributes."""
_NAMELESS_FIELD = re.compile(r"((sender|signature)-\d+|letter-(date|name))")
"""Fields of the theme that have no words of their own."""
_FIELD_KEYS = ("/FT", "/V", "/DV", "/RV", "/Opt", "/A", "/AA", "/MK")
"""What a field could hold besides its name (ISO 32000-2, 12.7)."""
_EMPTY_FIELD = {"/FT": "/Tx", "/V": ""}


def beside_problems(
    reader: Any, found: Iterable[dict[str, Any]], expected: Expected
) -> Iterator[Problem]:
    """Yield what a file says beside its pages that is no text of the edition; `found` is every dictionary of the file."""
    known = {
        _bare(text)
        for text in (expected.title, *expected.spoken, *(mark.text for mark in expected.marks))
    }
    yield from _described(reader, expected)
    if foreign := [
        title for title in _outline(reader.outline) if not _made_of(_bare(title), known)
    ]:
        yield Problem(
            "proof-title",
            f"the outline says {foreign[0]!r}, which is no text of the leaflet",
            hint="take bookmarks out of the theme",
        )
    for item in found:
        if item.get("/Subtype") == "/Widget" or "/FT" in item:
            yield from _field(item, known)


def _described(reader: Any, expected: Expected) -> Iterator[Problem]:
    info = reader.metadata or {}
    packet = reader.root_object.get("/Metadata")
    text = packet.get_object().get_data().decode("utf-8", "replace") if packet else ""
    told = {
        *sorted(set(info) - set(_TOLD_KEYS)),
        *(match[0] for match in _PRIVATE_XMP.finditer(re.sub(r'xmlns:\w+="[^"]*"', "", text))),
    }
    if told:
        yield Problem(
            "proof-metadata",
            f"the file tells {', '.join(sorted(told))}",
            hint="take `<meta>` out of the theme",
        )
    alone = not text or _bare(unescape(_ANY_TAG.sub("", text))) == _bare(expected.title)
    if info.get("/Title") != expected.title or not alone:
        yield Problem(
            "proof-title", f"the title is {info.get('/Title')!r}, not {expected.title!r} alone"
        )


def _outline(items: Iterable[Any]) -> Iterator[str]:
    """Yield the title of every bookmark, from a list with lists in it."""
    for item in items:
        if isinstance(item, list):
            yield from _outline(item)
        else:
            yield str(item.title)


def _field(item: dict[str, Any], known: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with a field: it must be empty, to write in, and be called by a label of the leaflet."""
    held = {key: str(item[key]) for key in _FIELD_KEYS if key in item}
    label = str(item.get("/TU", ""))
    if held != _EMPTY_FIELD or not (
        _NAMELESS_FIELD.fullmatch(label) or _made_of(_bare(label), known)
    ):
        hint = "a theme must print fields as templates/themes/community does: empty, each with its label"
        yield Problem("proof-field", f"a field says {label!r} and holds {held}", hint=hint)


def _bare(text: str) -> str:
    """Return a text without what does not show."""
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def _made_of(text: str, known: set[str]) -> bool:
    """Tell whether a text is one or more whole texts in a row."""
    ends = {0}
    for place in range(len(text)):
        if place in ends:
            ends |= {place + len(part) for part in known if part and text.startswith(part, place)}
    return bool(text) and len(text) in ends
