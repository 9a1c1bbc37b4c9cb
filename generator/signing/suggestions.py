"""Show a reader what people signed for the same or nearly the same English elsewhere; nothing of it is ever put in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue.change import word_diff
from generator.catalogue.similarity import LEAST_SIMILAR, word_similarity
from generator.model import Message, State, Translation
from generator.review.snapshot import Snapshot
from generator.review.state import wording_support
from generator.signing.sign import SentenceTask

MOST = 3
"""Neighbours to show: more are not read."""


@dataclass(frozen=True)
class Suggestion:
    """A signed sentence elsewhere; `diff` tells its English from the one in front of the reader."""

    domain: str
    text: Translation
    likeness: float
    people: tuple[str, ...]
    diff: tuple[tuple[str, str], ...]

    @property
    def same(self) -> bool:
        """Whether the English is the same, letter by letter."""
        return all(mark == "=" for mark, _ in self.diff)


@dataclass(frozen=True)
class FormerWording:
    """The wording that people signed for an older English."""

    english: str
    msgstr: str
    people: tuple[str, ...]


def similar_signed(
    snapshot: Snapshot, language: str, domain: str, message: Message
) -> list[Suggestion]:
    """Return the signed sentences whose English is the same or most alike, the most alike first."""
    found = list(_signed(snapshot, language, domain, message))
    return sorted(found, key=lambda one: (-one.likeness, one.domain, one.text.message.msgctxt))[
        :MOST
    ]


def _signed(
    snapshot: Snapshot, language: str, domain: str, message: Message
) -> Iterator[Suggestion]:
    ledger = snapshot.ledger(language)
    for name, text in snapshot.readable(language):
        other = text.message
        if text.state not in (State.READ, State.READY) or (name, other.msgctxt) == (
            domain,
            message.msgctxt,
        ):
            continue
        alike = 1.0 if other.msgid == message.msgid else word_similarity(other.msgid, message.msgid)
        if alike >= LEAST_SIMILAR:
            people = wording_support(
                ledger, language, other.msgctxt, other.msgid, text.msgstr
            ).people
            yield Suggestion(
                name,
                text,
                alike,
                tuple(sorted(people)),
                tuple(word_diff(other.msgid, message.msgid)),
            )


def former_wording(snapshot: Snapshot, task: SentenceTask) -> FormerWording | None:
    """Return the wording that was made for the older English, and who signed it; None if the English is the same."""
    text = task.text
    if not text.old or not text.msgstr:
        return None
    found = wording_support(
        snapshot.ledger(task.language), task.language, text.message.msgctxt, text.old, text.msgstr
    )
    return FormerWording(text.old, text.msgstr, tuple(sorted(found.people)))
