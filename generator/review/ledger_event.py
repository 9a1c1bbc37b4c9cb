"""One line of a ledger as a value: who did what to which exact wording, and what was taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from generator.base.digests import digest, words_key


class LedgerAction(StrEnum):
    """What somebody did to a wording; the values are the words that the files have always held."""

    MACHINE = "machine"
    WRITE = "write"
    SIGN = "approve"
    REJECT = "reject"
    DISMISS = "dismiss"
    """The target is the id of a check whose warning is wrong, or whose question is answered."""
    CARRY = "carry"
    """Signatures given for an older English, which `old` holds, count for this one too."""
    WITHDRAW = "withdraw"
    """The target is the id of one's own event that no longer counts."""
    BASELINE = "baseline"
    """A fact that stood there when signing began; nobody signed it, nobody changed it."""
    COMMENT = "comment"
    """Said about a sentence whatever its wording: the key is `comment_key`'s, `why` the text."""
    DOUBT = "doubt"
    """Somebody who holds the leaflet says that it is wrong."""
    ANSWER = "answer"
    """A reader looked at a doubt, whose id is the target."""


# What makes somebody a signer: whoever writes a wording signs it by that.
SIGNING_ACTIONS = frozenset((LedgerAction.SIGN, LedgerAction.WRITE))

# What is done to a check or to another event.
TARGETED_ACTIONS = frozenset((LedgerAction.DISMISS, LedgerAction.WITHDRAW, LedgerAction.ANSWER))

# What machines do; they take back nothing but their own.
MACHINE_ACTIONS = frozenset((LedgerAction.MACHINE, LedgerAction.WITHDRAW))

# Hex digits of an event's name in earlier versions.
OLD_ID = 12
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One line of the ledger; `key` is `wording_key`'s."""

    key: str
    action: LedgerAction
    who: str
    at: str
    why: str = ""
    old: str = ""
    """For carry the English that was signed, for a comment the id of the comment before it."""
    src: str = ""
    """The sentence: its `sentence_key`, for what machines did its `source_key`."""
    target: str = ""
    """What the action is done to, where that is a check or another event."""
    over: str = ""
    """Keys of the wordings that the signer saw and chose this one instead of, with blanks."""
    says: str = ""
    """The hash of `why`, which alone stands in the ledger; known also after `why` was deleted."""
    by: str = ""
    """The name of the key that signed the line; "" for what a machine did."""

    @property
    def file_action(self) -> str:
        """The action as the file holds it, with its target, such as `dismiss:numbers`."""
        # Ids are digests of this, so it must stay what earlier versions wrote.
        targeted = self.action in TARGETED_ACTIONS
        return f"{self.action}:{self.target}" if targeted else str(self.action)

    @property
    def id(self) -> str:
        """The 64 hex digits that name this event for a withdrawal, whoever's key signed it."""
        parts = (self.key, self.file_action, self.who, self.at)
        if self.action == LedgerAction.MACHINE:
            return digest(*parts, self.why, self.old)
        old = carried_hash(self.old) if self.action == LedgerAction.CARRY else self.old
        return digest("event", *parts, self.says or words_key(self.why), old, self.over)

    @property
    def person(self) -> str:
        """The reader's code in one spelling: R17 and r17 are one person."""
        return _one_spelling(self.who)

    def withdrawal(self, day: str = "") -> LedgerEvent:
        """Return the event that takes this one back."""
        return LedgerEvent(
            self.key, LedgerAction.WITHDRAW, self.who, day or self.at, target=self.id
        )


@lru_cache(4096)
def _one_spelling(who: str) -> str:
    return who.strip().casefold()


def carried_hash(old: str) -> str:
    """Return what stands for the source text of a carry, which may be its hash already."""
    return old if _HASH.fullmatch(old) else words_key(old)


def withdrawn_ids(events: Sequence[LedgerEvent]) -> frozenset[str]:
    """Return the ids of events that their own author withdrew; withdrawals count as events here."""
    by_target: dict[str, list[LedgerEvent]] = {}
    for event in events:
        if event.action == LedgerAction.WITHDRAW:
            by_target.setdefault(event.target, []).append(event)
    if not by_target:
        return frozenset()

    keys = {event.key for withdrawals in by_target.values() for event in withdrawals}
    known = {event.id: event for event in events if event.key in keys}
    # Lines of machines from earlier versions name twelve digits.
    for name in [name for name, one in known.items() if not one.by and name[:OLD_ID] in by_target]:
        by_target.setdefault(name, []).extend(by_target[name[:OLD_ID]])
    gone: dict[str, bool] = {}
    todo = list(known.values())
    begun: set[str] = set()
    # A stack instead of recursion, because a chain of withdrawals may be long. Ids are digests of
    # what they name, but twelve digits of them are few enough to make a circle of.
    while todo:
        event = todo[-1]
        begun.add(event.id)
        own = [other for other in by_target.get(event.id, ()) if other.person == event.person]
        if waiting := [one for one in own if one.id not in gone and one.id not in begun]:
            todo += waiting
            continue
        gone[event.id] = any(not gone.get(other.id, False) for other in own)
        todo.pop()
    return frozenset(name for name in known if gone[name])


def effective_events(
    old: Sequence[LedgerEvent], events: Iterable[LedgerEvent]
) -> list[LedgerEvent]:
    """Return the events to add: one that was withdrawn returns by withdrawing the withdrawal."""
    gone = withdrawn_ids(old)
    found = []
    for event in events:
        while event.id in gone:
            event = next(
                other.withdrawal()
                for other in old
                if (other.action, other.target, other.person)
                == (LedgerAction.WITHDRAW, event.id, event.person)
                and other.id not in gone
            )
        found.append(event)
    return found


def signed_keys(events: Iterable[LedgerEvent]) -> dict[str, frozenset[str]]:
    """Return the keys of all wordings that people ever signed, by sentence."""
    found: dict[str, set[str]] = {}
    for event in events:
        if event.action in SIGNING_ACTIONS and event.src:
            found.setdefault(event.src, set()).add(event.key)
    return {src: frozenset(keys) for src, keys in found.items()}


def signing_days(events: Sequence[LedgerEvent], today: date) -> dict[str, date]:
    """Return the day on which each key was signed last, by key.

    A day that has not come was written by a computer whose clock is ahead: it counts only where
    nothing else says when, and then as today.
    """
    gone = withdrawn_ids(events)
    found: dict[str, date] = {}
    ahead = set()
    for event in events:
        if event.action == LedgerAction.SIGN and event.id not in gone:
            day = date.fromisoformat(event.at)
            if day > today:
                ahead.add(event.key)
            else:
                found[event.key] = max(found.get(event.key, date.min), day)
    return dict.fromkeys(ahead, today) | found
