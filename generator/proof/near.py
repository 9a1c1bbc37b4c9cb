"""Check what a file says beside its pages: title, outline, description, fields of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from generator.layout.expected import Expected
from generator.problem import Problem

# What the description of a document may tell (ISO 32000-2, 14.3.3).
_TOLD_KEYS = {"/Title"}
# What else an XMP packet could tell (ISO 16684-1), in attributes.
_PRIVATE_XMP = re.compile(r"\b(pdf|xmp|xmpMM|photoshop):(?!//)\w+")
_XMP_NAMESPACE = re.compile(r'xmlns:\w+="[^"]*"')
_ANY_TAG = re.compile(r"<[^>]*>")
# Fields of the theme that have no words of their own.
_NAMELESS_FIELD = re.compile(r"((sender|signature)-\d+|letter-(date|name))")
# What a field could hold besides its name (ISO 32000-2, 12.7).
_FIELD_KEYS = ("/FT", "/V", "/DV", "/RV", "/Opt", "/A", "/AA", "/MK")
_EMPTY_FIELD = {"/FT": "/Tx", "/V": ""}


def beside_problems(
    reader: Any, found: Iterable[dict[str, Any]], expected: Expected
) -> Iterator[Problem]:
    """Yield what a file says beside its pages that is no text of the edition.

    `found` is every dictionary of the file.
    """
    marks = (mark.text for mark in expected.marks)
    known = {_visible(text) for text in (expected.title, *expected.spoken, *marks)}
    yield from _description_problems(reader, expected)
    titles = _outline_titles(reader.outline)
    if foreign := [title for title in titles if not _made_of(_visible(title), known)]:
        yield Problem(
            "proof-title",
            f"the outline says {foreign[0]!r}, which is no text of the leaflet",
            hint="take bookmarks out of the theme",
        )
    for item in found:
        if item.get("/Subtype") == "/Widget" or "/FT" in item:
            yield from _field_problems(item, known)


def _description_problems(reader: Any, expected: Expected) -> Iterator[Problem]:
    info, packet = reader.metadata or {}, reader.root_object.get("/Metadata")
    text = packet.get_object().get_data().decode("utf-8", "replace") if packet else ""
    told = set(info) - _TOLD_KEYS
    told |= {match[0] for match in _PRIVATE_XMP.finditer(_XMP_NAMESPACE.sub("", text))}
    if told:
        yield Problem(
            "proof-metadata",
            f"the file tells {', '.join(sorted(told))}",
            hint="take `<meta>` out of the theme",
        )
    title = info.get("/Title")
    alone = not text or _visible(unescape(_ANY_TAG.sub("", text))) == _visible(expected.title)
    if title != expected.title or not alone:
        yield Problem("proof-title", f"the title is {title!r}, not {expected.title!r} alone")


def _outline_titles(items: Iterable[Any]) -> Iterator[str]:
    """Yield the title of every bookmark, from a list with lists in it."""
    for item in items:
        if isinstance(item, list):
            yield from _outline_titles(item)
        else:
            yield str(item.title)


def _field_problems(item: dict[str, Any], known: set[str]) -> Iterator[Problem]:
    """Yield a problem for a field that is not an empty one to write in, or has a strange label."""
    held = {key: str(item[key]) for key in _FIELD_KEYS if key in item}
    label = str(item.get("/TU", ""))
    named = _NAMELESS_FIELD.fullmatch(label) or _made_of(_visible(label), known)
    if held != _EMPTY_FIELD or not named:
        yield Problem(
            "proof-field",
            f"a field says {label!r} and holds {held}",
            hint="a theme must print fields as templates/themes/community does:"
            " empty, each with its label",
        )


def _visible(text: str) -> str:
    """Return a text without what does not show."""
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def _made_of(text: str, known: set[str]) -> bool:
    """Tell whether a text is one or more whole texts in a row."""
    ends = {0}
    for place in range(len(text)):
        if place in ends:
            ends |= {place + len(part) for part in known if part and text.startswith(part, place)}
    return bool(text) and len(text) in ends
