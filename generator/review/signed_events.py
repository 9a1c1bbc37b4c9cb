"""Which lines of a ledger count: those that a key has signed which may sign for the reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.digests import OLD_KEY
from generator.base.jsonl import JsonLines
from generator.base.words import count_words
from generator.problem import Problem, Severity
from generator.review.ledger_event import (
    MACHINE_ACTIONS,
    OLD_ID,
    LedgerAction,
    LedgerEvent,
)
from generator.review.signed_lines import read_settled
from generator.trust.chain import ChainFault, ChainReading
from generator.trust.faults import chain_problem
from generator.trust.readers_edge import registry_problems
from generator.trust.readers_file import Registry, stands_before

# Lines that are named one by one; of more, their number is told.
_NAMED = 20
_STRANGER = "an organiser admits the reader: leaflets readers admit; or delete the line"


@dataclass(frozen=True)
class CountedLines:
    """The lines of a ledger, weighed."""

    reading: ChainReading = field(default_factory=ChainReading)
    events: list[LedgerEvent] = field(default_factory=list)
    """Those that count."""
    signed: Sequence[LedgerEvent] = ()
    """Those that any key has signed, admitted or not."""
    problems: tuple[Problem, ...] = ()
    sound: bool = True
    faults: tuple[ChainFault, ...] = ()
    """What is wrong with chains, and no organiser has settled."""


def counted_lines(
    root: Path, ledger: str, path: Path, lines: JsonLines, events: Sequence[LedgerEvent]
) -> CountedLines:
    """Return which events of a ledger's lines count, one event a line.

    Raise LeafletsError if the file that says who may sign cannot be read.
    """
    read = read_settled(root, ledger, lines)
    registry, reading, faults, grave = read.registry, read.reading, read.faults, read.grave
    if not events:
        grave = bool(faults)
    weighed = _Weighing(registry, ledger, path, lines, events, reading)
    counting = weighed.counting()
    problems = [
        *(chain_problem(fault, path, lines.numbers) for fault in faults),
        *weighed.problems(),
    ]
    sound = not grave and not registry_problems(root)
    signed = [events[place] for place in reading.sound]
    return CountedLines(reading, counting, signed, tuple(problems), sound, faults)


@dataclass
class _Weighing:
    """The lines of a ledger and who may sign there."""

    registry: Registry
    ledger: str
    path: Path
    lines: JsonLines
    events: Sequence[LedgerEvent]
    reading: ChainReading
    strangers: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Places of lines that do not count, by key and reader."""
    short: list[int] = field(default_factory=list)
    """Places of lines under the first digits of a key, which an organiser alone takes over."""
    late: list[int] = field(default_factory=list)
    """Places of lines that a retired key signed after its end."""
    people: set[str] = field(default_factory=set)
    """Readers behind lines that count: no machine works under the code of one."""

    def counting(self) -> list[LedgerEvent]:
        """Return the events that count, in the order of the file."""
        events, allowed = self.events, {}
        found = []
        for place in self.reading.sound:
            event = events[place]
            pair = event.by, event.person
            if pair not in allowed:
                allowed[pair] = self.registry.may_sign(*pair)
            if not allowed[pair]:
                self.strangers.setdefault(pair, []).append(place)
            elif len(event.key) == OLD_KEY and event.by not in self.registry.organisers:
                self.short.append(place)
            elif event.by in self.registry.retired and not self._in_time(place):
                self.late.append(place)
            else:
                found.append(event)
        did = (event.person for event in found if event.action not in MACHINE_ACTIONS)
        self.people = {*self.registry.codes, *did}
        return [*self._machines(), *found]

    def _in_time(self, place: int) -> bool:
        cuts, rows = self.registry.retired[self.events[place].by], self.lines.rows
        return stands_before(place, cuts, self.ledger, self.reading, rows)

    def _machines(self) -> list[LedgerEvent]:
        """Return what machines did: no key signs it, and it makes nothing ready."""
        events = (self.events[place] for place in self.reading.unsigned)
        unsigned = [event for event in events if event.person not in self.people]
        made = [event for event in unsigned if event.action == LedgerAction.MACHINE]
        ids = {event.id for event in made} if len(made) < len(unsigned) else set()
        ids |= {name[:OLD_ID] for name in ids}
        # What took back a machine's draft may be taken back too, and so on.
        for event in (one for one in unsigned if one.action == LedgerAction.WITHDRAW):
            if event.target in ids:
                ids |= {event.id, event.id[:OLD_ID]}
                made.append(event)
        return made

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with lines that do not count."""
        yield from self._unsigned()
        for place in self.reading.strange:
            pair = self.events[place].by, self.events[place].person
            self.strangers.setdefault(pair, []).append(place)
        for (key, person), places in self.strangers.items():
            yield self._stranger(key, person, places)
        if self.short:
            what = f"{_lines(len(self.short))} with a key of earlier versions, which is too short"
            hint = "nothing counts by it; whoever stands behind the wording signs it again"
            yield self._at(self.short[0], Problem("line-short", what, hint=hint))
        if self.late:
            what = f"{_lines(len(self.late))} signed with a key that was retired before"
            hint = "nothing counts by it; whoever stands behind the wording signs it again"
            found = Problem("line-retired", what, hint=hint, severity=Severity.WARNING)
            yield self._at(self.late[0], found)

    def _unsigned(self) -> Iterator[Problem]:
        machines = set(self._machines())
        places = [place for place in self.reading.unsigned if self.events[place] not in machines]
        if places and not self.registry.campaign:
            what = f"{_lines(len(places))} of an earlier version, which carry no keys"
            hint = "nothing counts by it until an organiser types: leaflets upgrade"
            yield self._at(places[0], Problem("upgrade-first", what, hint=hint))
            return
        for place in places[:_NAMED]:
            what = "no key has signed this line, so it counts for nothing"
            hint = "delete it; whoever stands behind the wording signs it"
            yield self._at(place, Problem("line-unsigned", what, hint=hint))

    def _stranger(self, key: str, person: str, places: list[int]) -> Problem:
        """Return what to say of lines of a key that may not sign for a reader."""
        waits = any((one.code, one.key) == (person, key) for one in self.registry.waiting)
        if waits:
            what = f"{person} waits to be admitted: {_lines(len(places))} count for nothing yet"
            found = Problem("reader-waits", what, hint=_STRANGER, severity=Severity.WARNING)
        elif self.registry.is_known(key):
            what = f"this key may not sign for {person}: {_lines(len(places))} count for nothing"
            hint = "whoever stands behind the wording signs it with their own key"
            found = Problem("line-other-code", what, hint=hint)
        else:
            what = f"nobody admitted the key behind {_lines(len(places))} of {person}"
            found = Problem("line-stranger", what, hint=_STRANGER)
        return self._at(places[0], found)

    def _at(self, place: int, problem: Problem) -> Problem:
        return problem.at(where=f"{self.path}:{self.lines.numbers[place]}")


def _lines(count: int) -> str:
    return count_words(count, "line")
