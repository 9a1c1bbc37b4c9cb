"""What the theme's template gets: texts, rows and blocks, ready to be laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from markupsafe import Markup

from generator.campaign.long_values import LETTER_WIDTH, LINE_INDENT
from generator.campaign.sheets import Sheet
from generator.model import BlockKind, Language
from generator.problem import LeafletsError, Problem

_PRINTED_VALUE = re.compile("<bdi[^>]*>(.*)</bdi>")
"""A value as `core.facts` marks it."""
_LABEL_LETTER = 0.5
"""Width of a letter of a label, in parts of the size of the text."""
ROWS = {BlockKind.TABLE: 4}
"""Empty lines of a block that says nothing about them."""


@dataclass(frozen=True)
class PartText:
    """One message as markup; `english` if it stands in English because its translation is missing."""

    markup: Markup
    english: bool = False
    name: str = ""
    """Its msgctxt; the template writes it on the element that holds the text."""

    @property
    def plain(self) -> str:
        """The text without tags, to name a field."""
        return self.markup.striptags()


@dataclass(frozen=True)
class FactRow:
    """One line of contacts or of an event."""

    icon: str
    label: PartText
    value: Markup
    detail: PartText | None = None
    day: tuple[str, ...] = ()
    """Weekday, number and month of a date, to be seen from afar."""
    under: bool = False
    """Whether its value is too long to stand beside its label."""

    @property
    def letters(self) -> int:
        """How many letters its value has."""
        return len(self.value.striptags())


@dataclass(frozen=True)
class BlockPart:
    """A block as the template sees it."""

    kind: BlockKind
    texts: tuple[PartText, ...] = ()
    entries: tuple[FactRow, ...] = ()
    rows: int = 0
    pictures: tuple[Markup, ...] = ()
    value: Markup | None = None
    """What stands after its text, if it is known; else there is a line to write on."""

    @property
    def loose(self) -> bool:
        """Whether a value stands under its label: then each row is laid out alone."""
        return any(row.under for row in self.entries)


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
    hint = "add the kind to the theme's leaflet.html and to templates/site/parts.html, as the shipped ones have it"
    raise LeafletsError(
        Problem("block-kind", f"the template does not know a block of {part.kind}", hint=hint)
    )
