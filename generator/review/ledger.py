"""The ledger of a language: a file that only grows, a JSON line for each thing that was done.

Lines of people are signed by keys. What no admitted key has signed counts for nothing, and where
a line is gone, nothing in the file is ready until it is back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from generator.base import jsonl
from generator.base.bulk import bulk_work
from generator.base.digests import words_key
from generator.campaign.free_names import PrivateNames
from generator.campaign.free_text import NO_NAMES, refuse_private
from generator.campaign.private_names import private_names
from generator.problem import Problem, refusal
from generator.review import wordings
from generator.review.ledger_event import (
    MACHINE_ACTIONS,
    TARGETED_ACTIONS,
    LedgerAction,
    LedgerEvent,
    carried_hash,
    effective_events,
    signed_keys,
)
from generator.review.signed_events import CountedLines, counted_lines
from generator.review.signed_lines import ledger_place
from generator.trust.readers_edge import check_chain_fields
from generator.trust.signer import campaign_signer

# A reader: a code that an organiser hands out, never a name.
READER_CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")

# What `source_key` gives, or nothing.
SOURCE_KEY = re.compile(r"[0-9a-f]{0,64}")
HINT = (
    "the line was damaged or cut off: get the file back from git; each line stands for a signature"
)
DAMAGED = Problem("ledger", "not an event of the ledger", hint=HINT)


@dataclass(frozen=True)
class LedgerReading:
    """What stands in a ledger."""

    events: list[LedgerEvent]
    """Those that count."""
    counted: CountedLines
    path: Path

    @cached_property
    def wordings(self) -> wordings.Wordings:
        """The texts beside the ledger; raise LeafletsError if they cannot be read."""
        return wordings.read_wordings(wordings.wordings_path(self.path))

    @cached_property
    def sentences(self) -> Mapping[str, frozenset[str]]:
        """The keys of all wordings that people ever signed, by `sentence_key`."""
        return signed_keys(self.events)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with lines, each with file and line."""
        return self.counted.problems

    @property
    def sound(self) -> bool:
        """Whether no line is missing or changed; else nothing in this file is ready."""
        return self.counted.sound


def read_ledger(path: Path) -> list[LedgerEvent]:
    """Return the events that count; no file means none.

    Raise LeafletsError with the line of a damaged one.
    """
    return ledger_reading(path).events


def written_events(path: Path) -> list[LedgerEvent]:
    """Return all events that stand in a ledger, also those that count for nothing.

    Raise LeafletsError with the line of a damaged one.
    """
    return jsonl.read_lines(path, event_from_row, DAMAGED)[1]


def ledger_reading(path: Path) -> LedgerReading:
    """Return the events that count, and what is wrong with lines; no file means none.

    Raise LeafletsError with the line of a damaged one.
    """
    counted = _counted(path)
    return LedgerReading(_with_words(path, counted.events), counted, path)


@bulk_work()
def _counted(path: Path) -> CountedLines:
    lines, events = jsonl.read_lines(path, event_from_row, DAMAGED)
    return counted_lines(*ledger_place(path), path, lines, events)


def _with_words(path: Path, events: list[LedgerEvent]) -> list[LedgerEvent]:
    """Return the events with the words that their hashes stand for; deleted ones stay empty."""
    if not any(event.says for event in events):
        return events
    words = wordings.read_wordings(wordings.wordings_path(path)).words
    return [
        replace(event, why=words.get(event.says, ""), old=words.get(event.old, event.old))
        if event.says
        else event
        for event in events
    ]


def event_from_row(row: Mapping[str, Any]) -> LedgerEvent:
    """Return the event of one line; raise ValueError, KeyError or TypeError if it is none."""
    get, by = row.get, ""
    if "by" in row:
        check_chain_fields(row)
        by = row["by"].partition(".")[0]
    key, who = row["k"], row["who"]
    why, old, src = get("why", ""), get("old", ""), get("src", "")
    over, says = get("over", ""), get("says", "")
    if not type(key) is type(why) is type(old) is type(src) is type(over) is type(says) is str:
        raise ValueError(row)
    action, target = _action(row["do"])
    _check_day(row["at"])
    if not key or not (_is_code(who) or (action in MACHINE_ACTIONS and who)):
        raise ValueError(row)
    return LedgerEvent(key, action, who, row["at"], why, old, src, target, over, says, by)


@lru_cache(4096)
def _action(word: str) -> tuple[LedgerAction, str]:
    """Return what a line's `do` says; raise ValueError."""
    name, colon, target = word.partition(":")
    action = LedgerAction(name)
    if bool(colon) != (action in TARGETED_ACTIONS):
        raise ValueError(word)
    return action, target


@lru_cache(4096)
def _check_day(text: str) -> None:
    date.fromisoformat(text)


@lru_cache(4096)
def _is_code(who: str) -> bool:
    return bool(READER_CODE.fullmatch(who.strip().casefold()))


def append_events(
    path: Path, events: Iterable[LedgerEvent], known: LedgerReading | None = None
) -> bool:
    """Add the events that are not there yet, all or none; call it under the lock of the language.

    `known` is what stands there, from whoever read it under the same lock.
    This computer's key signs what people did; an event that another key has signed is added too,
    since it is another computer that stands behind it. Raise LeafletsError where words hold a
    number, an address or a name, and where this computer cannot sign.
    """
    counted = known.counted if known else _counted(path)
    return bool(_append(path, dict.fromkeys(events), counted))


def append_effective(
    path: Path, events: Iterable[LedgerEvent], known: LedgerReading | None = None
) -> list[LedgerEvent]:
    """Make events count as `append_events` adds them; what was withdrawn is not added twice.

    Return the lines that were added.
    """
    counted = known.counted if known else _counted(path)
    return _append(path, dict.fromkeys(effective_events(counted.events, events)), counted)


def _append(path: Path, events: Iterable[LedgerEvent], counted: CountedLines) -> list[LedgerEvent]:
    there: dict[str, set[str]] = {}
    keys = {event.key for event in events}
    for event in counted.signed:
        if event.key in keys:
            there.setdefault(event.id, set()).add(event.by)
    by_machine = {event.id for event in counted.events if not event.by and event.key in keys}
    machines = {event for event in events if _is_machines(event, by_machine)}
    made = [event for event in events if event in machines and event.id not in by_machine]
    people = [event for event in events if event not in machines]
    names = private_names(path) if any(event.why for event in (*made, *people)) else NO_NAMES
    for event in (*made, *people):
        _refuse_words(event, names)
    signed: list[LedgerEvent] = []
    lines = [jsonl.json_line(event_row(event))[:-1] for event in made]
    if people:
        root, ledger = ledger_place(path)
        signer = campaign_signer(root, people[0].person, ledger, counted.reading)
        signed = [
            replace(event, by=signer.key)
            for event in people
            if signer.key not in there.get(event.id, ())
        ]
        words = [text for event in signed for text in words_of(event)]
        # The words first: killed between the two, a text stands there that no line names.
        wordings.remember_words(wordings.wordings_path(path), words)
        lines += signer.lines(ledger, counted.reading, map(event_row, signed))
    jsonl.append_lines(path, lines)
    return [*made, *signed]


def _is_machines(event: LedgerEvent, by_machine: Collection[str]) -> bool:
    """Tell whether an event is about what a machine did, which no key signs."""
    withdrawn = event.action == LedgerAction.WITHDRAW and event.target in by_machine
    return withdrawn or event.action == LedgerAction.MACHINE


def words_of(event: LedgerEvent) -> list[str]:
    """Return the texts of an event that stand beside the ledger."""
    return [event.why, event.old] if event.action == LedgerAction.CARRY else [event.why]


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
    """Return one event as the object of its line; people's words stand beside the ledger."""
    fixed = {"k": event.key, "do": event.file_action, "who": event.who, "at": event.at}
    if event.action == LedgerAction.MACHINE:
        rest = {"why": event.why, "old": event.old, "src": event.src}
    else:
        old = carried_hash(event.old) if event.action == LedgerAction.CARRY else event.old
        says = event.says or words_key(event.why)
        rest = {"says": says, "old": old, "src": event.src, "over": event.over}
    return fixed | {name: text for name, text in rest.items() if text}
