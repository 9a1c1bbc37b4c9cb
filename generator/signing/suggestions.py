"""Show what people signed for the same or nearly the same English elsewhere.

Nothing of it is ever put into a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalogue.change import word_diff
from generator.catalogue.similarity import LEAST_SIMILAR, word_similarity
from generator.model import Message, State, Translation
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import SentenceTask

# Suggestions: nobody reads more.
_MOST_SHOWN = 3


@dataclass(frozen=True)
class Suggestion:
    """A signed sentence elsewhere; `diff` tells its English from the one in front of the reader."""

    domain: str
    text: Translation
    likeness: float
    signers: tuple[str, ...]
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
    signers: tuple[str, ...]


def similar_signed(
    snapshot: Snapshot, language: str, domain: str, message: Message
) -> list[Suggestion]:
    """Return the signed sentences whose English is the same or most alike, the most alike first."""
    found = []
    for name, text in snapshot.readable(language):
        other = text.message
        itself = (name, other.msgctxt) == (domain, message.msgctxt)
        if itself or text.state not in (State.READ, State.READY):
            continue
        alike = 1.0 if other.msgid == message.msgid else word_similarity(other.msgid, message.msgid)
        if alike >= LEAST_SIMILAR:
            signers = tuple(sorted(snapshot.support(language, text).signers))
            diff = tuple(word_diff(other.msgid, message.msgid))
            found.append(Suggestion(name, text, alike, signers, diff))
    found.sort(key=lambda one: (-one.likeness, one.domain, one.text.message.msgctxt))
    return found[:_MOST_SHOWN]


def former_wording(snapshot: Snapshot, task: SentenceTask) -> FormerWording | None:
    """Return the wording that was made for the older English, and who signed it.

    None if the English is the same.
    """
    text = task.text
    if not text.old or not text.msgstr:
        return None
    signers = snapshot.support(task.language, text, text.old).signers
    return FormerWording(text.old, text.msgstr, tuple(sorted(signers)))
