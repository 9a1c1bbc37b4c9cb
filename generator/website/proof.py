"""Prove that a finished page of the website shows every message and value that it must show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from generator.base.message_text import fill_placeholders, placeholder_names
from generator.campaign.facts import fact_markup as fact_markup
from generator.layout.composer import Composer
from generator.problem import LeafletsError, Problem

# Elements inside a line; every other one begins a new line.
_INLINE = frozenset(
    (
        *("a", "abbr", "audio", "b", "bdi", "bdo", "code"),
        *("em", "i", "small", "span", "strong", "title", "wbr"),
    )
)
_UNSEEN = frozenset(
    (
        *("audio", "canvas", "datalist", "dialog", "head", "iframe", "noscript"),
        *("object", "script", "style", "template", "video"),
    )
)

# Elements that hold nothing and have no end.
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img"),
        *("input", "link", "meta", "source", "track", "wbr"),
    )
)

# Elements in which a tag may close itself, and a title is what a picture shows.
_DRAWN = frozenset(["svg", "math"])
_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)"
    r"|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0",
    re.IGNORECASE,
)

# What only paper says: beside the code that leads to the website.
_ON_PAPER = "word.online"
_TANGLED = Problem(
    "site-lost",
    "the markup of the page cannot be read",
    hint="compare templates/site of the campaign with the shipped one",
)
_LOST_HINT = (
    "compare templates/site/parts.html of the campaign with the shipped one; the page is left out"
)


class VisibleText(HTMLParser):
    """The text of a page line by line, what its pictures show included, without what is hidden."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.open: list[tuple[str, bool]] = []
        """The elements around, outermost first, each with whether it is hidden."""
        try:
            self.feed(html)
        except AssertionError:  # how the parser refuses a declaration that nobody can read
            raise LeafletsError(_TANGLED) from None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, unless the element stands inside one."""
        self.text += "" if tag in _INLINE else "\n"
        if tag not in _VOID:
            self.open.append((tag, self.hidden or self.hides(tag, dict(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; outside pictures one that closes itself stays open, as in a browser."""
        self.handle_starttag(tag, attrs)
        if self.drawing:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a line, unless the element stands inside one."""
        self.text += "" if tag in _INLINE else "\n"
        places = [place for place, (name, _) in enumerate(self.open) if name == tag]
        del self.open[places[-1] if places else len(self.open) :]

    def handle_data(self, data: str) -> None:
        """Keep what can be seen."""
        self.text += "" if self.hidden else one_line(data, keep=True)

    def hides(self, tag: str, attrs: dict[str, str | None]) -> bool:
        """Tell whether an element hides what it holds."""
        unseen = tag in _UNSEEN or (tag == "title" and not self.drawing)
        return unseen or "hidden" in attrs or bool(_INVISIBLE.search(attrs.get("style") or ""))

    @property
    def hidden(self) -> bool:
        """Whether what comes now is hidden."""
        return bool(self.open) and self.open[-1][1]

    @property
    def drawing(self) -> bool:
        """Whether what comes now stands in a picture."""
        return any(name in _DRAWN for name, _ in self.open)


def one_line(text: str, keep: bool = False) -> str:
    """Return a text with single spaces; `keep` leaves one at either end."""
    line = " ".join(text.split())
    before, after = (" " if keep and end.isspace() else "" for end in (text[:1], text[-1:]))
    return before + line + after if line else before


@dataclass(frozen=True)
class RequiredText:
    """What a page must show: messages with facts, and values as often as they were placed."""

    messages: tuple[str, ...] = ()
    values: Mapping[str, int] = field(default_factory=dict)

    def also(self, *texts: str) -> RequiredText:
        """Return the same and more messages; an empty one is none."""
        return RequiredText(
            (*self.messages, *(one_line(text) for text in texts if text)), self.values
        )


def required_text(composer: Composer) -> RequiredText:
    """Return all that was composed."""
    return RequiredText(
        tuple(_messages(composer)),
        {one_line(value): times for value, times in composer.placed.items()},
    )


def _messages(composer: Composer) -> Iterator[str]:
    for name, found in composer.used.items():
        if name != _ON_PAPER:
            text = found.msgstr or found.message.msgid
            facts = {
                fact: fact_markup(composer.fact(fact), composer.language)
                for fact in placeholder_names(text)
            }
            yield one_line(fill_placeholders(found.message.msgid, text, facts).striptags())


def prove_page(html: bytes, required: RequiredText) -> None:
    """Raise LeafletsError if a finished page does not show what it must show."""
    if missing := missing_text(html.decode(), required):
        what = f"the page does not show: {' · '.join(missing[:3])}"
        raise LeafletsError(Problem("site-lost", what, hint=_LOST_HINT))


def missing_text(html: str, wanted: RequiredText) -> list[str]:
    """Return what a page does not show, or less often than it must.

    A text that stands in another one counts as often as the other one must stand there too.
    """
    lines = "\n".join(one_line(line) for line in VisibleText(html).text.split("\n"))
    times = {
        text: sum(count_occurrences(text, other) for other in wanted.messages)
        for text in wanted.messages
        if text
    }
    return [
        text
        for needed in (times, wanted.values)
        for text, count in needed.items()
        if count_occurrences(text, lines) < count
    ]


def count_occurrences(text: str, lines: str) -> int:
    """Return how often a text stands in others, never inside a longer number.

    >>> count_occurrences("101", "call 101, not 0101 555 or 1010")
    1
    """
    before = r"(?<!\d)" if text[:1].isdigit() else ""
    after = r"(?!\d)" if text[-1:].isdigit() else ""
    return len(re.findall(before + re.escape(text) + after, lines))
