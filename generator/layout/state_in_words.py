"""What every page must say of its own state: a stamp, a sentence in the band, words at the foot.

Double entry: `layout/leaflet_parts` and the theme choose what is printed, this table says what a
proof must find. So one wrong condition in either of them withholds the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.layout.stage import FactState
from generator.model import State, Translation


@dataclass(frozen=True)
class StateWords:
    """What the pages of one case say: stamp, the theme's word in the band, words at the foot.

    Stamp and band are both empty where a page has neither.
    """

    stamp: str
    band: str
    foot: str


# One row a case, the gravest first.
STATE_WORDS = {
    "example, unread": StateWords(
        "EXAMPLE", "word.example-draft", "example, nobody has checked it"
    ),
    "doubted": StateWords("DRAFT", "word.draft-doubt", "draft, somebody says that it is wrong"),
    "unknown": StateWords("DRAFT", "word.draft-unknown", "draft, nobody has checked it"),
    "unread": StateWords("DRAFT", "word.draft", "draft, nobody has checked it"),
    "example": StateWords("EXAMPLE", "word.example", "example, made-up numbers"),
    "made up": StateWords("DRAFT", "word.draft-facts", "draft, some of its numbers are made up"),
    "source": StateWords("DRAFT", "word.draft-unknown", "draft, its source text is not signed"),
    "facts": StateWords("DRAFT", "word.draft-facts", "draft, its numbers and dates are not signed"),
    "original": StateWords("", "", "original"),
    "ready": StateWords("", "", "read and signed by its readers"),
}


@dataclass(frozen=True)
class PageMark:
    """A line on every page, a strip to tear off excepted."""

    text: str
    must: bool = True
    """Whether a page without it is withheld; else it may stand there."""


def state_case(texts: Iterable[Translation], numbers: FactState, original: bool) -> str:
    """Return the case, a key of STATE_WORDS, of a page with these texts, `original` in English.

    >>> state_case([], FactState.SIGNED, original=False)
    'ready'
    """
    found = list(texts)
    unread = [text for text in found if text.state is not State.READY]
    by_machine = {text.machine for text in unread if text.msgstr} == {True}
    holds = {
        "example, unread": bool(unread) and numbers is FactState.EXAMPLE,
        "doubted": any(text.doubted for text in found),
        "unknown": bool(unread) and not by_machine,
        "unread": bool(unread),
        "example": numbers is FactState.EXAMPLE,
        "made up": numbers is FactState.MADE_UP,
        "source": numbers is FactState.UNAGREED,
        "facts": numbers is FactState.UNSIGNED,
        "original": original,
        "ready": True,
    }
    return next(name for name in STATE_WORDS if holds[name])
