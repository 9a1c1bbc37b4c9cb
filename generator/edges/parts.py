"""What the theme's template gets: texts, rows and blocks, ready to be laid out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

ROWS = {"table": 4}
"""Empty lines of a block that says nothing about them."""


@dataclass(frozen=True)
class Text:
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
class Row:
    """One line of contacts or of an event."""

    icon: str
    label: Text
    value: Markup
    detail: Text | None = None
    day: tuple[str, ...] = ()
    """Weekday, number and month of a date, to be seen from afar."""


@dataclass(frozen=True)
class Part:
    """A block as the template sees it."""

    kind: str
    texts: tuple[Text, ...] = ()
    entries: tuple[Row, ...] = ()
    rows: int = 0
    pictures: tuple[Markup, ...] = ()
