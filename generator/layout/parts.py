"""Make the parts of a page ready for its sheet, and pair labels with values for the proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NoReturn

from markupsafe import Markup

from generator.blocks import BlockPart, FactRow
from generator.campaign.long_values import LETTER_WIDTH, LINE_INDENT
from generator.campaign.sheets import Sheet
from generator.model import Language
from generator.problem import LeafletsError, Problem

_PRINTED_VALUE = re.compile("<bdi[^>]*>(.*)</bdi>")
"""A value as `core.facts` marks it."""
_LABEL_LETTER = 0.5
"""Width of a letter of a label, in parts of the size of the text."""


def labelled_values(parts: Iterable[BlockPart]) -> Iterator[tuple[str, str]]:
    """Yield label and printed value of each line of contacts or of an event."""
    for entry in (entry for part in parts for entry in part.entries):
        if found := _PRINTED_VALUE.search(entry.value):
            yield entry.label.plain, Markup(found[1]).striptags()  # noqa: S704 - cut from markup


def with_values_under(part: BlockPart, sheet: Sheet, language: Language) -> BlockPart:
    """Return a part with the values that are too long to stand beside their labels on a sheet put under them."""
    room = sheet.room(language.size) - LINE_INDENT
    return replace(
        part,
        entries=tuple(replace(row, under=_needs(row, language) > room) for row in part.entries),
    )


def _needs(row: FactRow, language: Language) -> float:
    """Return the room that a row needs, in parts of its type size: for the value, and for the longest word of its label."""
    label = (
        max((len(word) for word in row.label.plain.split()), default=0) if language.spaced else 0
    )
    return LETTER_WIDTH * row.letters + _LABEL_LETTER * label


def unknown_kind(part: BlockPart) -> NoReturn:
    """Raise LeafletsError for a block that a template cannot draw: it must not vanish in silence."""
    hint = "print other kinds as the shipped leaflet.html and site/parts.html do: each by its block-….html"
    raise LeafletsError(
        Problem("block-kind", f"the template does not know a block of {part.kind}", hint=hint)
    )
