"""What every page must say of its own state: a stamp, a sentence in the band, words at the foot.

Double entry: `layout/parts_of` and the theme choose what is printed, this table says what a proof must find. So a single wrong
condition in either of them withholds the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.layout.stage import Numbers
from generator.model import State, Translation


@dataclass(frozen=True)
class Telling:
    """What pages of one case say: the stamp, the theme's word in the band (both empty: neither stands there), the words at the foot."""

    stamp: str
    band: str
    foot: str


TELLINGS = {
    "example, unread": Telling("EXAMPLE", "word.example-draft", "example, nobody has checked it"),
    "doubted": Telling("DRAFT", "word.draft-doubt", "draft, somebody says that it is wrong"),
    "unknown": Telling("DRAFT", "word.draft-unknown", "draft, nobody has checked it"),
    "unread": Telling("DRAFT", "word.draft", "draft, nobody has checked it"),
    "example": Telling("EXAMPLE", "word.example", "example, made-up numbers"),
    "made up": Telling("DRAFT", "word.draft-facts", "draft, some of its numbers are made up"),
    "facts": Telling("DRAFT", "word.draft-facts", "draft, its numbers and dates are not signed"),
    "original": Telling("", "", "original"),
    "ready": Telling("", "", "read and signed by its readers"),
}
"""One row a case, the gravest first."""


@dataclass(frozen=True)
class Mark:
    """A line on every page, a strip to tear off excepted."""

    text: str
    must: bool = True
    """Whether a page without it is withheld; else it may stand there."""


def case(texts: Iterable[Translation], numbers: Numbers, original: bool) -> str:
    """Return the case, a key of TELLINGS, of a page that prints `texts`; `original` if it is in the source language.

    >>> case([], Numbers.SIGNED, original=False)
    'ready'
    """
    found = list(texts)
    origins = {text.machine for text in found if text.msgstr and text.state is not State.READY}
    unread = {text.state for text in found} - {State.READY} != set()
    holds = {
        "example, unread": unread and numbers is Numbers.EXAMPLE,
        "doubted": any(text.doubted for text in found),
        "unknown": unread and not (origins and all(origins)),
        "unread": unread,
        "example": numbers is Numbers.EXAMPLE,
        "made up": numbers is Numbers.MADE_UP,
        "facts": numbers is Numbers.UNSIGNED,
        "original": original,
        "ready": True,
    }
    return next(name for name in TELLINGS if holds[name])
