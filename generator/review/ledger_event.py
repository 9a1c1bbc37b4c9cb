"""One line of a ledger as a value: who did what to which exact wording, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.base.digests import digest


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
    """The `source_key` of the English: a text that somebody emptied is not drafted again."""
    target: str = ""
    """What the action is done to, where that is a check or another event."""

    @property
    def file_action(self) -> str:
        """The action as the file holds it, with its target, such as `dismiss:numbers`."""
        # Ids are digests of this, so it must stay what earlier versions wrote.
        targeted = self.action in TARGETED_ACTIONS
        return f"{self.action}:{self.target}" if targeted else str(self.action)

    @property
    def id(self) -> str:
        """Twelve hex digits that name this event for a withdrawal."""
        return digest(self.key, self.file_action, self.who, self.at, self.why, self.old)[:12]

    @property
    def person(self) -> str:
        """The reader's code in one spelling: R17 and r17 are one person."""
        return self.who.strip().casefold()

    def withdrawal(self, day: str = "") -> LedgerEvent:
        """Return the event that takes this one back."""
        return LedgerEvent(
            self.key, LedgerAction.WITHDRAW, self.who, day or self.at, target=self.id
        )


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
    gone: dict[str, bool] = {}
    todo = list(known.values())
    # A stack instead of recursion, because a chain of withdrawals may be long. Ids are digests
    # of what they name, so there is no circle.
    while todo:
        event = todo[-1]
        own = [other for other in by_target.get(event.id, ()) if other.person == event.person]
        if waiting := [other for other in own if other.id not in gone]:
            todo += waiting
            continue
        gone[event.id] = any(not gone[other.id] for other in own)
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


def signing_days(events: Sequence[LedgerEvent]) -> dict[str, date]:
    """Return the day on which each key was signed last, by key."""
    gone = withdrawn_ids(events)
    found: dict[str, date] = {}
    for event in events:
        if event.action == LedgerAction.SIGN and event.id not in gone:
            found[event.key] = max(found.get(event.key, date.min), date.fromisoformat(event.at))
    return found
