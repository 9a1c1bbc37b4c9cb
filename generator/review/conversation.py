"""The conversation about one sentence, in an order that no merge of ledgers can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.base.digests import digest
from generator.review.ledger_event import LedgerAction, LedgerEvent, withdrawn_ids


def comment_key(language: str, domain: str, msgctxt: str) -> str:
    """Return what comments bind to: the sentence of a language, whatever its wording.

    >>> comment_key("ar", "not-alone", "title") == comment_key("ar", "phone-tree", "title")
    False
    """
    return digest("comment", language, domain, msgctxt)


def comment_threads(events: Iterable[LedgerEvent]) -> dict[str, tuple[LedgerEvent, ...]]:
    """Return the comments that nobody took back by key, each after the one it answers.

    That one's id is its `old`. Days alone do not order a conversation, and the order of lines is
    lost when git merges two ledgers.
    """
    events = list(events)
    gone = withdrawn_ids(events)
    by_key: dict[str, dict[str, LedgerEvent]] = {}
    for event in events:
        if event.action == LedgerAction.COMMENT:
            by_key.setdefault(event.key, {})[event.id] = event
    threads = {
        key: tuple(event for event in _in_order(comments) if event.id not in gone)
        for key, comments in by_key.items()
    }
    return {key: thread for key, thread in threads.items() if thread}


def _in_order(comments: Mapping[str, LedgerEvent]) -> list[LedgerEvent]:
    """Return comments by the latest day among those they follow, then by how many these are."""
    places: dict[str, tuple[str, int]] = {}
    for name in comments:
        chain = []
        while name in comments and name not in places:
            chain.append(name)
            name = comments[name].old
        for name in reversed(chain):
            day, depth = places.get(comments[name].old, ("", 0))
            places[name] = max(day, comments[name].at), depth + 1
    return sorted(comments.values(), key=lambda event: (*places[event.id], event.id))
