"""What changed in the source since people signed it, line by line, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.base.digests import sentence_key
from generator.model import Message, Translation
from generator.review.ledger_event import SIGNING_ACTIONS
from generator.review.snapshot import Snapshot
from generator.review.source_texts import (
    POLICY_ID,
    WHOLE_ID,
    SourceLine,
    policy_lines,
    whole_lines,
)
from generator.review.support import support_at

# Lines that did not change and are shown before and after one that did.
_CONTEXT = 1


class ChangedLine(NamedTuple):
    """One line beside another form of the same text."""

    mark: str
    """`+` new, `-` gone, "" the same, `…` lines in between that are the same."""
    text: str
    where: str

    @property
    def part(self) -> str:
        """The part of a leaflet, or the rule, that the line is about."""
        return self.text.partition(":")[0].partition(" (")[0]


@dataclass(frozen=True)
class SignedSource:
    """A form of a source text that people signed before."""

    text: str
    people: tuple[str, ...]
    day: str
    """The day of the newest signature."""


def signed_before(snapshot: Snapshot, domain: str, text: Translation) -> SignedSource | None:
    """Return the newest form of a source text that people signed and that is not today's.

    None if there is none, or if its words are not known here.
    """
    source, message = snapshot.project.campaign.source, text.message
    known = snapshot.support_by_key(source)
    forms = {
        key: kept.msgid
        for key, kept in snapshot.ledger(source).wordings.texts.items()
        if kept.msgctxt == message.msgctxt and kept.msgid != message.msgid
    }
    found: SignedSource | None = None
    for event in snapshot.events(source):
        form = forms.get(event.key)
        if form is None or event.action not in SIGNING_ACTIONS:
            continue
        people = support_at(known, event.key).signers
        # The line itself says of which leaflet it is: many have a title.
        ours = event.src == sentence_key(domain, message.msgctxt, form)
        if ours and people and (found is None or event.at >= found.day):
            found = SignedSource(form, tuple(sorted(people)), event.at)
    return found


def source_lines(snapshot: Snapshot, domain: str, message: Message) -> list[SourceLine]:
    """Return the lines of a source text as it is today, each with its place."""
    if message.msgctxt == POLICY_ID:
        return policy_lines(snapshot.project)
    if message.msgctxt == WHOLE_ID:
        return whole_lines(snapshot.project.leaflets[domain])
    return [SourceLine(message.msgid, message.where)]


def changed_lines(before: str, now: Sequence[SourceLine]) -> list[ChangedLine]:
    """Return the lines that changed since `before`, each with a line of what stands around it.

    What is gone has the place of the line before which it stood.

    >>> now = [SourceLine("a: One", "x:1"), SourceLine("c: Three", "x:2")]
    >>> [tuple(line) for line in changed_lines("a: One\\nb: Two\\nc: Three", now)]
    [('', 'a: One', 'x:1'), ('-', 'b: Two', 'x:2'), ('', 'c: Three', 'x:2')]
    """
    return list(_folded(list(_all_lines(before.split("\n"), now))))


def _all_lines(old: list[str], now: Sequence[SourceLine]) -> Iterator[ChangedLine]:
    new = [line.text for line in now]
    for tag, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            yield from (ChangedLine("", *line) for line in now[first:last])
            continue
        place = now[min(first, len(now) - 1)].where
        yield from (ChangedLine("-", text, place) for text in old[start:end])
        yield from (ChangedLine("+", *line) for line in now[first:last])


def _folded(lines: list[ChangedLine]) -> Iterator[ChangedLine]:
    """Yield the lines, those that are the same and far from a change as one `…`."""
    changed = [number for number, line in enumerate(lines) if line.mark]
    near = {at for number in changed for at in range(number - _CONTEXT, number + _CONTEXT + 1)}
    skipping = False
    for number, line in enumerate(lines):
        if number in near:
            yield line
        elif not skipping:
            yield ChangedLine("…", "", "")
        skipping = number not in near
