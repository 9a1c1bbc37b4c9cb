"""The ledger of a language: an append-only file of who did what to which wording, one JSON line an event."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.base import jsonl
from generator.campaign.free_names import PrivateNames
from generator.campaign.free_text import NO_NAMES, refuse_private
from generator.campaign.private_names import private_names
from generator.problem import LeafletsError, Problem
from generator.review.state import LedgerEvent

LEDGER_ACTIONS = (
    "machine",
    "write",
    "approve",
    "reject",
    "dismiss",
    "carry",
    "withdraw",
    "baseline",
    "comment",
    "doubt",
    "answer",
)
READER_CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")
"""A reader: a code that an organiser hands out, never a name."""
AIMED = ("dismiss", "withdraw", "answer")
"""Deeds that name what they are done to."""
MACHINE_ACTIONS = ("machine", "withdraw")
"""Deeds of machines; they take back nothing but their own."""
PRIVATE = {"comment": "comment-private"}
"""Codes of the problem with what somebody wrote; of all other deeds it is `text-private`."""
OPTIONAL = ("why", "old", "src")
SOURCE = re.compile(r"[0-9a-f]{0,64}")
"""A `source_key`, or nothing."""
HINT = (
    "the line was damaged or cut off: get the file back from git; each line stands for a signature"
)
DAMAGED = Problem("ledger", "not an event of the ledger", hint=HINT)


def read_ledger(path: Path) -> list[LedgerEvent]:
    """Return the events; no file means none. Raises LeafletsError with the line of a damaged event."""
    return jsonl.read_rows(path, event_from_row, DAMAGED)


def event_from_row(row: Mapping[str, Any]) -> LedgerEvent:
    """Return the event of one line; raise ValueError, KeyError or TypeError if it is none."""
    texts = [row.get(name, "") for name in OPTIONAL]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(texts)
    found = LedgerEvent(*jsonl.text_fields(row, "k", "do", "who", "at"), *texts)
    if found.verb not in LEDGER_ACTIONS or (":" in found.deed) != (found.verb in AIMED):
        raise ValueError(found.deed)
    if found.verb not in MACHINE_ACTIONS and not READER_CODE.fullmatch(found.person):
        raise ValueError(found.who)
    date.fromisoformat(found.at)
    return found


def append_events(
    path: Path, events: Iterable[LedgerEvent], known: Collection[LedgerEvent] | None = None
) -> bool:
    """Add the events that are not there yet, all or none; call it under the lock of the language.

    `known` are the events that stand there, from whoever read them under the same lock.
    Raises LeafletsError where words hold a number, an address or a name: a ledger is read by everybody and keeps everything.
    """
    known = set(read_ledger(path) if known is None else known)
    new = [event for event in dict.fromkeys(events) if event not in known]
    names = private_names(path) if any(event.why for event in new) else NO_NAMES
    for event in new:
        _refuse(event, names)
    return jsonl.append_rows(path, map(event_row, new))


def _refuse(event: LedgerEvent, names: PrivateNames) -> None:
    """Raise LeafletsError for words that are private, and for words where none belong."""
    if (event.verb == "withdraw" and event.why) or not SOURCE.fullmatch(event.src):
        raise LeafletsError(
            Problem(
                "ledger", "words stand in a line that holds none", hint="write them as a comment"
            )
        )
    refuse_private(
        event.why,
        NO_NAMES if event.verb == "machine" else names,
        PRIVATE.get(event.verb, "text-private"),
    )


def event_line(event: LedgerEvent) -> str:
    """Return one event as its line."""
    return jsonl.json_line(event_row(event))


def event_row(event: LedgerEvent) -> dict[str, str]:
    """Return one event as the object of its line."""
    fixed = {"k": event.key, "do": event.deed, "who": event.who, "at": event.at}
    return fixed | {name: text for name in OPTIONAL if (text := getattr(event, name))}
