"""Who may sign for whom, from the lines of `locales/readers.jsonl`; pure.

The first line names the first organiser's key and that of the recovery sheet; its link is the
campaign's name. An organiser admits keys of readers and of other organisers, and retires them.
Codes and keys stand there, no days, no names; an organiser's key is linked to no code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from generator.base.jsonl import JsonLines
from generator.trust.chain import (
    HEAD_LOST,
    MISSING,
    ORDER,
    TWICE,
    ChainFault,
    ChainReading,
    Heads,
    read_chains,
)
from generator.trust.keys import key_name

# The name of the file's own lines in their signatures.
READERS_LEDGER = "readers"
# In the place of a code where a computer asks to be an organiser's, which belongs to no code.
ORGANISER_CODE = "organiser"
ROOT_TWICE, SECOND_CODE = "other-root", "second-code"
# What may have been done on purpose, if an organiser says so.
SETTLED_CODES = (HEAD_LOST, MISSING, ORDER, TWICE)
Row = Mapping[str, Any]


class ReaderDeed(StrEnum):
    """What a line of the file does."""

    FOUND = "found"
    ASK = "ask"
    """A new key asks to be admitted; it signs the line itself."""
    ADMIT = "admit"
    ORGANISER = "organiser"
    """Another computer may do all that an organiser may."""
    RETIRE = "retire"
    """A key signs no more: what it signed up to the named lines goes on counting."""
    ADOPT = "adopt"
    """What stands in the files counts, though the named lines are gone or stand twice."""


@dataclass(frozen=True)
class Admission:
    """A reader's code and the name of a key that signs, or wants to sign, for it."""

    code: str
    key: str


# The newest lines that count by ledger, once for each time that a key was retired. In a ledger
# that is not named nothing counts: whoever stole a key could sign in a language added later.
Cuts = tuple[Mapping[str, frozenset[str]], ...]


@dataclass(frozen=True)
class ChainEnd:
    """The line after which a chain may go on, because an organiser took out what followed."""

    ledger: str
    by: str
    link: str
    """The line; "" where nothing of the chain is left."""
    decided: str
    """The link of the line that says so: each computer follows it once."""


@dataclass(frozen=True)
class Registry:
    """Who may sign for whom, and what is wrong with the lines that say so."""

    campaign: str = ""
    """The link of the first organiser's line; "" where nobody has begun."""
    founders: tuple[str, ...] = ()
    """Names of the first organiser's key and of the recovery key."""
    publics: Mapping[str, str] = field(default_factory=dict)
    """Public keys by name."""
    organisers: frozenset[str] = frozenset()
    """Names of all keys that are or were an organiser's."""
    admitted: frozenset[Admission] = frozenset()
    waiting: tuple[Admission, ...] = ()
    retired: Mapping[str, Cuts] = field(default_factory=dict)
    """Retired keys by name, with where they end."""
    settled: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By ledger the links of lines that organisers took out, or let stand twice, on purpose."""
    ends: tuple[ChainEnd, ...] = ()
    """Where organisers let chains go on of which newer lines are gone."""
    reading: ChainReading = field(default_factory=ChainReading)
    numbers: Sequence[int] = ()
    """The place of each line in the file."""

    def may_sign(self, key: str, person: str) -> bool:
        """Tell whether lines of a key count for a reader's code."""
        return key in self.organisers or Admission(person, key) in self.admitted

    def public_of(self, key: str) -> str:
        """Return the public key of a name, "" for one that nobody named."""
        return self.publics.get(key, "")

    def settles(self, ledger: str, fault: ChainFault) -> bool:
        """Tell whether organisers said of what is wrong that it was done on purpose.

        A line that no key has signed can never be settled.
        """
        settled = self.settled.get(ledger, frozenset())
        return fault.code in SETTLED_CODES and bool(fault.links) and settled >= {*fault.links}

    def is_known(self, key: str) -> bool:
        """Tell whether a key was ever admitted."""
        return key in self.organisers or any(one.key == key for one in self.admitted)

    def known_heads(self, heads: Heads) -> Heads:
        """Return the newest lines of keys that were admitted: those of others may be deleted."""
        keys = {by: by.partition(".")[0] for by in heads}
        return {by: head for by, head in heads.items() if self.is_known(keys[by])}

    @property
    def codes(self) -> frozenset[str]:
        """The codes of readers who have a key."""
        return frozenset(one.code for one in self.admitted)

    @property
    def live_organisers(self) -> frozenset[str]:
        """Organisers' keys that may still sign, without the recovery key."""
        return self.organisers - self.retired.keys() - {*self.founders[1:]}


def key_of(row: Row) -> str:
    """Return the name of the key that signed a row."""
    return str(row["by"]).partition(".")[0]


def stands_before(
    place: int, cuts: Cuts, ledger: str, reading: ChainReading, rows: Sequence[Row]
) -> bool:
    """Tell whether a line is among those of its key that count, `rows` being all of its file."""
    return all(
        any(reading.is_before(place, link, rows) for link in cut.get(ledger, frozenset()))
        for cut in cuts
    )


def read_registry(lines: JsonLines) -> Registry:
    """Return what the lines of the file say."""
    texts, rows, numbers = lines
    named = (row[name] for row in rows for name in ("key", "recovery") if name in row)
    publics = {key_name(public): public for public in named}
    reading = read_chains(texts, rows, lambda name: publics.get(name, ""), READERS_LEDGER)
    roots = [place for place in reading.sound if rows[place]["do"] == ReaderDeed.FOUND]
    if not roots:
        return Registry(publics=publics, reading=reading, numbers=numbers)
    reading.faults += [ChainFault(ROOT_TWICE, place, rows[place]["by"]) for place in roots[1:]]
    found = _Decisions(rows, reading, roots[0]).registry(publics)
    return replace(found, numbers=numbers)


@dataclass(frozen=True)
class _Decisions:
    """The lines of the file, to be weighed: only those of organisers' keys decide."""

    rows: Sequence[Row]
    reading: ChainReading
    root: int

    def registry(self, publics: Mapping[str, str]) -> Registry:
        """Return who may sign for whom.

        What the recovery key says comes first, so a thief cannot shut it out. Two organisers who
        retire each other are both retired; then the recovery sheet decides.
        """
        sound = [self.rows[place] for place in self.reading.sound]
        founders = tuple(key_name(self.rows[self.root][name]) for name in ("key", "recovery"))
        first = _retirements(row for row in sound if key_of(row) == founders[1])
        rows = self._counting(first)
        organisers = _organisers(founders, rows)
        later = _retirements(
            row
            for row in rows
            if key_of(row) in organisers and row.get("key") != self.rows[self.root]["recovery"]
        )
        retired = {name: first.get(name, ()) + later.get(name, ()) for name in {**first, **later}}
        rows = self._counting(retired)
        organisers = _organisers(founders, rows)
        admitted = self._admitted(organisers, rows)
        asked = dict.fromkeys(
            Admission(row["code"], key_of(row))
            for row in sound
            if row["do"] == ReaderDeed.ASK and key_name(row["key"]) == key_of(row)
        )
        waiting = (
            one for one in asked if one not in admitted and one.key not in {*organisers, *retired}
        )
        links = {place: link for link, place in self.reading.links.items()}
        adopted = {
            links[place]: row
            for place, row in zip(self.reading.sound, sound, strict=True)
            if row["do"] == ReaderDeed.ADOPT and key_of(row) in organisers and row in rows
        }
        return Registry(
            campaign=links[self.root],
            founders=founders,
            publics=publics,
            organisers=organisers,
            admitted=admitted,
            waiting=tuple(waiting),
            retired=retired,
            settled=_settled(adopted.values()),
            ends=tuple(_ends(adopted.items())),
            reading=self.reading,
        )

    def _admitted(self, organisers: frozenset[str], rows: Sequence[Row]) -> frozenset[Admission]:
        """Return who was admitted; a key that has a code gets no second one."""
        found: dict[str, str] = {}
        for row in rows:
            if row["do"] == ReaderDeed.ADMIT and key_of(row) in organisers:
                name = key_name(row["key"])
                if found.setdefault(name, row["code"]) != row["code"]:
                    place = self.rows.index(row)
                    self.reading.faults.append(ChainFault(SECOND_CODE, place, row["by"]))
        return frozenset(Admission(code, name) for name, code in found.items())

    def _counting(self, retired: Mapping[str, Cuts]) -> list[Row]:
        """Return the rows that stand before the cuts of their keys."""
        return [
            self.rows[place]
            for place in self.reading.sound
            if stands_before(
                place,
                retired.get(key_of(self.rows[place]), ()),
                READERS_LEDGER,
                self.reading,
                self.rows,
            )
        ]


def _organisers(founders: tuple[str, ...], rows: Sequence[Row]) -> frozenset[str]:
    """Return the founders and whom they made organisers, step by step."""
    found = set(founders)
    made = [row for row in rows if row["do"] == ReaderDeed.ORGANISER]
    while new := {key_name(row["key"]) for row in made if key_of(row) in found} - found:
        found |= new
    return frozenset(found)


def _retirements(rows: Iterable[Row]) -> dict[str, Cuts]:
    """Return the cuts that rows make, by key."""
    found: dict[str, Cuts] = {}
    for row in rows:
        if row["do"] == ReaderDeed.RETIRE:
            name = key_name(row["key"])
            cut = {ledger: frozenset(links) for ledger, links in row["last"].items()}
            found[name] = (*found.get(name, ()), cut)
    return found


def _settled(rows: Iterable[Row]) -> dict[str, frozenset[str]]:
    """Return the links that rows name as taken out, or as standing twice, by ledger."""
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        for ledger, links in row["settled"].items():
            found[ledger] = found.get(ledger, frozenset()) | frozenset(links)
    return found


def _ends(rows: Iterable[tuple[str, Row]]) -> Iterator[ChainEnd]:
    """Yield where rows, each with its link, let chains go on."""
    for decided, row in rows:
        for ledger, chains in row["ends"].items():
            for by, link in chains.items():
                yield ChainEnd(ledger, by, link, decided)
