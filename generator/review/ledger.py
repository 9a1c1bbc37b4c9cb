"""The ledger of a language: a file that only grows, a JSON line for each thing that was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from generator.base import jsonl
from generator.campaign.free_names import PrivateNames
from generator.campaign.free_text import NO_NAMES, refuse_private
from generator.campaign.private_names import private_names
from generator.problem import Problem, refusal
from generator.review.ledger_event import (
    MACHINE_ACTIONS,
    TARGETED_ACTIONS,
    LedgerAction,
    LedgerEvent,
    effective_events,
)

# A reader: a code that an organiser hands out, never a name.
READER_CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")
OPTIONAL = ("why", "old", "src")

# What `source_key` gives, or nothing.
SOURCE_KEY = re.compile(r"[0-9a-f]{0,64}")
HINT = (
    "the line was damaged or cut off: get the file back from git; each line stands for a signature"
)
DAMAGED = Problem("ledger", "not an event of the ledger", hint=HINT)


def read_ledger(path: Path) -> list[LedgerEvent]:
    """Return the events; no file means none. Raise LeafletsError with the line of a damaged one."""
    return jsonl.read_rows(path, event_from_row, DAMAGED)


def event_from_row(row: Mapping[str, Any]) -> LedgerEvent:
    """Return the event of one line; raise ValueError, KeyError or TypeError if it is none."""
    why, old, src = texts = [row.get(name, "") for name in OPTIONAL]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(texts)
    key, do, who, at = jsonl.text_fields(row, "k", "do", "who", "at")
    word, colon, target = do.partition(":")
    found = LedgerEvent(key, LedgerAction(word), who, at, why, old, src, target)
    if bool(colon) != (found.action in TARGETED_ACTIONS):
        raise ValueError(do)
    if found.action not in MACHINE_ACTIONS and not READER_CODE.fullmatch(found.person):
        raise ValueError(who)
    date.fromisoformat(at)
    return found


def append_events(
    path: Path, events: Iterable[LedgerEvent], known: Sequence[LedgerEvent] | None = None
) -> bool:
    """Add the events that are not there yet, all or none; call it under the lock of the language.

    `known` are the events that stand there, from whoever read them under the same lock.
    Raise LeafletsError where words hold a number, an address or a name: everybody reads a ledger,
    and nothing in it is ever erased.
    """
    there = set(read_ledger(path) if known is None else known)
    new = [event for event in dict.fromkeys(events) if event not in there]
    names = private_names(path) if any(event.why for event in new) else NO_NAMES
    for event in new:
        _refuse_words(event, names)
    return jsonl.append_rows(path, map(event_row, new))


def append_effective(
    path: Path, events: Iterable[LedgerEvent], known: Sequence[LedgerEvent] | None = None
) -> list[LedgerEvent]:
    """Make events count as `append_events` adds them; what was withdrawn is not added twice.

    Return the lines that were added.
    """
    known = read_ledger(path) if known is None else known
    added = effective_events(known, events)
    append_events(path, added, known)
    return added


def _refuse_words(event: LedgerEvent, names: PrivateNames) -> None:
    """Raise LeafletsError for words that are private, and for words where none belong."""
    if (event.action == LedgerAction.WITHDRAW and event.why) or not SOURCE_KEY.fullmatch(event.src):
        what = "words stand in a line that holds none"
        raise refusal("ledger", what, hint="write them as a comment")
    # A machine's words are names of engines and packages, which may look like those of people.
    names = NO_NAMES if event.action == LedgerAction.MACHINE else names
    comment = event.action == LedgerAction.COMMENT
    refuse_private(event.why, names, "comment-private" if comment else "text-private")


def event_row(event: LedgerEvent) -> dict[str, str]:
    """Return one event as the object of its line."""
    fixed = {"k": event.key, "do": event.file_action, "who": event.who, "at": event.at}
    return fixed | {name: text for name in OPTIONAL if (text := getattr(event, name))}
