"""Prove that a finished page of the website shows every message and every value that it must show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from generator.core.facts import markup as fact_markup
from generator.core.text import fill, names
from generator.edges.page import Composer

INLINE = frozenset(["a", "abbr", "audio", "b", "bdi", "bdo", "code", "em", "i", "small", "span", "strong", "title"])
"""Elements inside a line; every other one begins a new line."""
UNSEEN = frozenset(["script", "style", "template"])
ON_PAPER = frozenset(("word.online",))
"""What only paper says: beside the code that leads to the website."""


class Visible(HTMLParser):
    """The text of a page line by line, what its pictures show included, without what is hidden."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.unseen = "", ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, unless the element stands inside one."""
        self.text += "" if tag in INLINE else "\n"
        if tag in UNSEEN:
            self.unseen = tag

    def handle_endtag(self, tag: str) -> None:
        """End a line, unless the element stands inside one."""
        self.handle_starttag(tag, [])
        self.unseen = ""

    def handle_data(self, data: str) -> None:
        """Keep what can be seen."""
        self.text += "" if self.unseen else one_line(data, keep=True)


def one_line(text: str, keep: bool = False) -> str:
    """Return a text with single spaces; `keep` leaves one at either end."""
    line = " ".join(text.split())
    before, after = (" " if keep and end.isspace() else "" for end in (text[:1], text[-1:]))
    return before + line + after if line else before


@dataclass(frozen=True)
class Said:
    """What a page must show: messages with their facts filled in, and values as often as they were placed."""

    messages: tuple[str, ...] = ()
    values: Mapping[str, int] = field(default_factory=dict)


def said(composer: Composer) -> Said:
    """Return all that was composed."""
    return Said(tuple(_messages(composer)), {one_line(value): times for value, times in composer.placed.items()})


def _messages(composer: Composer) -> Iterator[str]:
    for name, found in composer.used.items():
        if name not in ON_PAPER:
            text = found.msgstr or found.message.msgid
            facts = {fact: fact_markup(composer.fact(fact), composer.language) for fact in names(text)}
            yield one_line(fill(found.message.msgid, text, facts).striptags())


def lost(html: str, wanted: Said) -> list[str]:
    """Return what a page does not show, or less often than it must: words inside other words count as often as these stand there."""
    lines = "\n".join(one_line(line) for line in Visible(html).text.split("\n"))
    times = {text: sum(other.count(text) for other in wanted.messages) for text in wanted.messages if text}
    return [text for needed in (times, wanted.values) for text, count in needed.items() if lines.count(text) < count]
