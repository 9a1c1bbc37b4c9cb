"""The state of a message, computed from the ledger: who stands behind exactly this wording, and for which English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.base.digests import digest, wording_key
from generator.catalogue.change import ChangeKind, classify_change
from generator.catalogue.entry import Entry
from generator.model import Message, Risk, State, Translation


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One line of the ledger: who did what to which exact wording; `key` is `wording_key`'s."""

    key: str
    deed: str
    """machine, write, approve, reject, carry, doubt, or dismiss: and the id of a check, or withdraw: or answer: and the id of an event.

    doubt: somebody who holds the leaflet says it is wrong; answer: a reader looked at that.

    baseline: a fact that stood there when signing began; no approval, but no change either.
    comment: what somebody says about a sentence whatever its wording; `key` is `core.talk.comment_key`'s, `why` the text.
    """
    who: str
    at: str
    why: str = ""
    old: str = ""
    """For carry: the English that the signatures were given for. For comment: the id of the comment before it."""
    src: str = ""
    """`source_key` of the English, so that a text which somebody emptied is not drafted again."""

    @property
    def id(self) -> str:
        """Twelve hex digits that name this event for a withdrawal."""
        return digest(self.key, self.deed, self.who, self.at, self.why, self.old)[:12]

    @property
    def verb(self) -> str:
        """The deed without what it is done to."""
        return self.deed.partition(":")[0]

    @property
    def person(self) -> str:
        """The code of the reader in one spelling: R17 and r17 are one person."""
        return self.who.strip().casefold()


@dataclass(frozen=True)
class Support:
    """What the ledger says about one wording."""

    people: frozenset[str] = frozenset()
    """Codes of those who wrote or approved it; a machine counts as nobody."""
    engines: frozenset[str] = frozenset()
    rejected: bool = False
    reasons: tuple[str, ...] = ()
    """Why it was rejected."""
    answers: frozenset[tuple[str, str]] = frozenset()
    """Ids of checks whose warning somebody found wrong or whose question they answered, each with the person."""
    carried: frozenset[str] = frozenset()
    """Older English wordings whose signatures somebody carried over, because the change was cosmetic."""
    baseline: bool = False
    """For facts: whether this value stood there when signing began."""
    doubts: tuple[tuple[str, str], ...] = ()
    """What people who hold the leaflet say is wrong and no reader has answered: ids of the events, and their words."""

    @property
    def dismissed(self) -> frozenset[str]:
        """Ids of checks whose warning somebody looked at and found wrong."""
        return frozenset(check for check, _ in self.answers)

    @property
    def known(self) -> bool:
        """Whether anybody or anything made or read this wording for this English."""
        return bool(self.people or self.engines)


NO_SUPPORT = Support()


def withdrawn_ids(events: Sequence[LedgerEvent]) -> frozenset[str]:
    """Return the ids of the events that their own author withdrew; a withdrawal can be withdrawn itself."""
    by_target: dict[str, list[LedgerEvent]] = {}
    for event in events:
        if event.deed.startswith("withdraw:"):
            by_target.setdefault(event.deed.partition(":")[2], []).append(event)
    if not by_target:
        return frozenset()
    keys = {event.key for found in by_target.values() for event in found}
    known = {event.id: event for event in events if event.key in keys}
    gone: dict[str, bool] = {}
    todo = list(known.values())
    while todo:  # no recursion: a chain of withdrawals may be long; ids are hashes of what they name, so there is no circle
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
    """Return the events to add: one that was withdrawn comes back by withdrawing the withdrawal."""
    gone = withdrawn_ids(old)
    found = []
    for event in events:
        while event.id in gone:
            event = next(
                LedgerEvent(other.key, f"withdraw:{other.id}", other.who, other.at)
                for other in old
                if other.deed == f"withdraw:{event.id}"
                and other.id not in gone
                and other.person == event.person
            )
        found.append(event)
    return found


def support_by_key(events: Iterable[LedgerEvent]) -> dict[str, Support]:
    """Return what the ledger says by wording key; neither the order nor the repetition of events matters."""
    events = list(events)
    gone = withdrawn_ids(events)
    engines = {event.person for event in events if event.deed == "machine"}
    answered = {
        event.deed.partition(":")[2]
        for event in events
        if event.verb == "answer" and event.id not in gone
    }
    by_key: dict[str, list[LedgerEvent]] = {}
    for event in events:
        if not gone or event.id not in gone:
            by_key.setdefault(event.key, []).append(event)
    return {key: _standing(found, engines, answered) for key, found in by_key.items()}


def _standing(events: list[LedgerEvent], engines: set[str], answered: set[str]) -> Support:
    people, machines, answers, rejects, carried = set(), set(), set(), set(), set()
    baseline = rejected = False
    for event in events:
        verb, _, what = event.deed.partition(":")
        if verb == "machine":
            machines.add(event.who)
        elif verb in ("write", "approve"):
            people.add(event.person)
        elif verb == "dismiss":
            answers.add((what, event.person))
        elif verb == "carry":
            carried.add(event.old)
        elif verb == "reject":
            rejected = True
            rejects.add(event.why)
        baseline = baseline or verb == "baseline"
    return Support(
        frozenset(people - engines),
        frozenset(machines),
        rejected,
        tuple(sorted(rejects - {""})),
        frozenset(answers),
        frozenset(carried - {""}),
        baseline,
        tuple(
            sorted(
                {
                    (event.id, event.why)
                    for event in events
                    if event.verb == "doubt" and event.id not in answered
                }
            )
        ),
    )


def signing_days(events: Sequence[LedgerEvent]) -> dict[str, date]:
    """Return the day on which each key was approved last, by key."""
    gone = withdrawn_ids(events)
    found: dict[str, date] = {}
    for event in events:
        if event.deed == "approve" and event.id not in gone:
            found[event.key] = max(found.get(event.key, date.min), date.fromisoformat(event.at))
    return found


def wording_support(
    ledger: Mapping[str, Support], language: str, msgctxt: str, msgid: str, msgstr: str
) -> Support:
    """Return who stands behind a wording, those included whose signatures were carried over from an older English.

    Carrying counts only where the two English wordings differ by case, spaces and punctuation: this is looked at again here,
    whatever the ledger says.
    """
    found = ledger.get(wording_key(language, msgctxt, msgid, msgstr), NO_SUPPORT)
    if not found.carried:
        return found
    people, engines, answers, doubts = (
        set(found.people),
        set(found.engines),
        set(found.answers),
        set(found.doubts),
    )
    todo, seen = [(msgid, found)], {msgid}
    while todo:
        newer, at = todo.pop()
        for old in at.carried - seen:
            if classify_change(old, newer).kind is ChangeKind.COSMETIC:
                seen.add(old)
                before = ledger.get(wording_key(language, msgctxt, old, msgstr), NO_SUPPORT)
                doubts |= set(before.doubts)
                if not before.rejected:
                    people |= before.people
                    engines |= before.engines
                    answers |= before.answers
                    todo.append((old, before))
    return replace(
        found,
        people=frozenset(people),
        engines=frozenset(engines),
        answers=frozenset(answers),
        doubts=tuple(sorted(doubts)),
    )


def wording_state(msgstr: str, standing: Support, needed: int, old: str = "") -> State:
    """Return the state of a wording that `needed` people must stand behind; `old` is another English it was made for."""
    if not msgstr.strip():
        return State.MISSING
    if old and (standing.rejected or not standing.known):
        return State.STALE
    if standing.rejected or not standing.people:
        return State.DRAFT
    return State.READY if len(standing.people) >= needed and not standing.doubts else State.READ


def fact_state(found: Support, needed: int) -> State:
    """Return the state of a fact: one that was changed or put in since signing began needs `needed` people."""
    if found.rejected:
        return State.DRAFT
    return State.READY if found.baseline else wording_state("fact", found, needed)


def older_english(
    entry: Entry,
    msgid: str,
    found: Support,
    ledger: Mapping[str, Support],
    language: str,
    older: Iterable[str],
) -> str:
    """Return the English that a text was made for, if that is not `msgid`; an empty string if nothing tells.

    What other tools write as `#| msgid` is believed. Where a tool dropped it, the ledger knows the text with its older English.
    """
    if not entry.msgstr.strip():
        return ""
    if entry.msgid != msgid:  # `leaflets extract` has not run since the English changed
        return entry.previous or entry.msgid
    if entry.previous and entry.previous != msgid:
        return entry.previous
    if found.known and not found.rejected:
        return ""
    keys = (
        (old, wording_key(language, entry.msgctxt, old, entry.msgstr))
        for old in older
        if old != msgid
    )
    return next(
        (
            old
            for old, key in keys
            if (there := ledger.get(key, NO_SUPPORT)).known or there.rejected
        ),
        "",
    )


def message_translation(
    message: Message,
    entry: Entry | None,
    ledger: Mapping[str, Support],
    language: str,
    needed: int,
    older: Iterable[str] = (),
) -> Translation:
    """Return the translation of one message with its state; `older` are its former English wordings, newest first."""
    if entry is None:
        return Translation(message, "", State.MISSING)
    found = wording_support(ledger, language, message.msgctxt, message.msgid, entry.msgstr)
    old = older_english(entry, message.msgid, found, ledger, language, older)
    made = (
        found
        if found.known or not old
        else wording_support(ledger, language, message.msgctxt, old, entry.msgstr)
    )
    now = wording_state(entry.msgstr, found, needed, old)
    return Translation(
        message, entry.msgstr, now, old, bool(found.doubts), found.rejected, bool(made.engines)
    )


def is_disputed(text: Translation) -> bool:
    """Tell whether anybody says that a text is wrong: somebody who holds the leaflet, or a reader."""
    return text.doubted or text.rejected


def source_translation(
    message: Message, ledger: Mapping[str, Support], language: str
) -> Translation:
    """Return the English of a message, which needs no reader but can be doubted."""
    found = wording_support(ledger, language, message.msgctxt, message.msgid, message.msgid)
    state_of = State.READ if found.doubts else State.READY
    return Translation(
        message, message.msgid, state_of, doubted=bool(found.doubts), rejected=found.rejected
    )


def catalogue_translations(
    messages: Iterable[Message],
    entries: Iterable[Entry],
    ledger: Mapping[str, Support],
    language: str,
    readers: Mapping[Risk, int],
    older: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Translation]:
    """Return the translation of each message, found by its id; `older` are former English wordings by id, newest first."""
    by_id = {entry.msgctxt: entry for entry in entries if not entry.obsolete and not entry.plural}
    older = older or {}
    return [
        message_translation(
            message,
            by_id.get(message.msgctxt),
            ledger,
            language,
            readers[message.risk],
            older.get(message.msgctxt, ()),
        )
        for message in messages
    ]
