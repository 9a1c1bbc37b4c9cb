"""Turn the lines of an earlier version into events of today: longer keys, other ids; pure.

Earlier lines carried no keys of computers, named wordings by 20 hex digits and each other by 12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.base.digests import digest
from generator.review.ledger_event import OLD_ID, LedgerAction, LedgerEvent

# What names another event by its id: the field that does.
_TARGETED = (LedgerAction.WITHDRAW, LedgerAction.ANSWER)


@dataclass(frozen=True)
class KnownText:
    """What stands behind an earlier key of 20 digits."""

    key: str
    src: str = ""
    """The `sentence_key` of the sentence; "" for what is no wording."""
    replaced: bool = False
    """Whether another text stands there by now."""


def old_id(event: LedgerEvent) -> str:
    """Return the 12 digits by which earlier lines named an event."""
    parts = (event.key, event.file_action, event.who, event.at, event.why, event.old)
    return digest(*parts)[:OLD_ID]


def machine_ids(events: Iterable[LedgerEvent]) -> set[str]:
    """Return the earlier ids of what machines did and took back: it stays as it is."""
    events = list(events)
    found = {old_id(event) for event in events if event.action == LedgerAction.MACHINE}
    left = [event for event in events if event.action == LedgerAction.WITHDRAW]
    while more := {old_id(event) for event in left if event.target in found} - found:
        found |= more
    return found


def converted_events(
    events: Sequence[LedgerEvent],
    known: Mapping[str, KnownText],
    src_of: Callable[[str], str],
) -> list[LedgerEvent]:
    """Return people's events with today's keys and ids, in their order.

    `known` says what is behind earlier keys; a key that is not in it stays, and is found by its
    first digits. `src_of` gives the `sentence_key` for an earlier name of a sentence.
    """
    by_id = {old_id(event): event for event in events}
    done: dict[str, LedgerEvent] = {}
    todo = list(by_id)[::-1]
    # A stack, because a conversation may be long; ids are digests of what they name: no circle.
    while todo:
        event = by_id[todo[-1]]
        named = _named(event)
        if named in by_id and named not in done:
            todo.append(named)
            continue
        found = _converted(event, known.get(event.key), src_of)
        done[todo.pop()] = _renamed(found, done[named].id) if named in done else found
    return [done[name] for name in by_id]


def _named(event: LedgerEvent) -> str:
    """Return the id of the event that another is about, "" for none."""
    if event.action in _TARGETED:
        return event.target
    return event.old if event.action == LedgerAction.COMMENT else ""


def _renamed(event: LedgerEvent, name: str) -> LedgerEvent:
    """Return an event that names the one it is about by today's id."""
    if event.action in _TARGETED:
        return replace(event, target=name)
    return replace(event, old=name)


def _converted(
    event: LedgerEvent, text: KnownText | None, src_of: Callable[[str], str]
) -> LedgerEvent:
    if text is None:
        return replace(event, src=src_of(event.src))
    # A text that was replaced is no rival of the one that stands there: nobody chose between them.
    return replace(event, key=text.key, src="" if text.replaced else text.src)
