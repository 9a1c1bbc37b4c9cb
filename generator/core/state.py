"""The state of a message, computed from the ledger: who stands behind exactly this wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.core.digest import wording_key
from generator.core.po import Entry
from generator.model import Message, Risk, State, Translation


@dataclass(frozen=True)
class Event:
    """One line of the ledger: who did what to which exact wording; `key` is `wording_key`'s."""

    key: str
    deed: str
    """machine, write, approve, reject, or dismiss: and the id of a check."""
    who: str
    at: str
    why: str = ""


@dataclass(frozen=True)
class Standing:
    """What the ledger says about one wording."""

    people: frozenset[str] = frozenset()
    """Codes of those who wrote or approved it; a machine counts as nobody."""
    engines: frozenset[str] = frozenset()
    rejected: bool = False


def standings(events: Iterable[Event]) -> dict[str, Standing]:
    """Return what the ledger says by wording key; the order of the events does not matter."""
    people: dict[str, set[str]] = {}
    engines: dict[str, set[str]] = {}
    rejected = set()
    for event in events:
        if event.deed in ("write", "approve"):
            people.setdefault(event.key, set()).add(event.who)
        elif event.deed == "machine":
            engines.setdefault(event.key, set()).add(event.who)
        elif event.deed == "reject":
            rejected.add(event.key)
    keys = people.keys() | engines.keys() | rejected
    empty: set[str] = set()
    return {key: Standing(frozenset(people.get(key, empty)), frozenset(engines.get(key, empty)), key in rejected) for key in keys}


def state(entry: Entry | None, standing: Standing, needed: int) -> State:
    """Return the state of one entry that `needed` people must stand behind."""
    if entry is None or not entry.msgstr.strip():
        return State.MISSING
    if entry.previous:
        return State.STALE
    if standing.rejected or not standing.people:
        return State.DRAFT
    return State.READY if len(standing.people) >= needed else State.READ


def translations(
    messages: Iterable[Message],
    entries: Iterable[Entry],
    ledger: Mapping[str, Standing],
    language: str,
    readers: Mapping[Risk, int],
) -> list[Translation]:
    """Return the translation of each message, by id; text for an older English counts as stale or missing."""
    by_id = {entry.msgctxt: entry for entry in entries if not entry.obsolete and not entry.plural}
    found = []
    for message in messages:
        entry = by_id.get(message.msgctxt)
        if entry and entry.msgid != message.msgid:  # `leaflets extract` has not run since the English changed
            found.append(Translation(message, entry.msgstr, State.STALE if entry.msgstr.strip() else State.MISSING))
            continue
        msgstr = entry.msgstr if entry else ""
        standing = ledger.get(wording_key(language, message.msgctxt, message.msgid, msgstr), Standing())
        found.append(Translation(message, msgstr, state(entry, standing, readers[message.risk])))
    return found
