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

# A value as `campaign/facts` marks it.
_PRINTED_VALUE = re.compile("<bdi[^>]*>(.*)</bdi>")
# Width of a letter of a label, in parts of the size of the text.
_LABEL_LETTER = 0.5


def labelled_values(parts: Iterable[BlockPart]) -> Iterator[tuple[str, str]]:
    """Yield label and printed value of each line of contacts or of an event."""
    for entry in (entry for part in parts for entry in part.entries):
        if found := _PRINTED_VALUE.search(entry.value):
            yield entry.label.plain, Markup(found[1]).striptags()  # noqa: S704 - cut from markup


def with_values_under(part: BlockPart, sheet: Sheet, language: Language) -> BlockPart:
    """Return a part with the values under their labels that find no room beside them."""
    room = sheet.room(language.size) - LINE_INDENT
    return replace(
        part,
        entries=tuple(replace(row, under=_needs(row, language) > room) for row in part.entries),
    )


def _needs(row: FactRow, language: Language) -> float:
    """Return the room of a row, in type sizes: its value and the longest word of its label."""
    label = (
        max((len(word) for word in row.label.plain.split()), default=0) if language.spaced else 0
    )
    return LETTER_WIDTH * row.letters + _LABEL_LETTER * label


def unknown_kind(part: BlockPart) -> NoReturn:
    """Raise LeafletsError for a block that a template cannot draw: it must not just vanish."""
    hint = "let leaflet.html and site/parts.html print each kind by its block-….html, as shipped"
    raise LeafletsError(
        Problem("block-kind", f"the template does not know a block of {part.kind}", hint=hint)
    )
