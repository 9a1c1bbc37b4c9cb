"""Chains of signed lines: each names the signer's line before it, so none can be taken out; pure.

A line is one JSON object whose last field is `sig`, an Ed25519 signature of everything before it.
`by` names key and folder, `n` counts, `prev` is the link of the signer's line before, and `seen`
are links of other signers' newest lines. Only the newest line of a chain is verified by its
signature, the older ones by their links.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from generator.trust.keys import is_signed_by, sign_bytes

# What stands between a line's body and its signature.
SIGNATURE_MARK = ', "sig": "'
# Hex digits of a link: 128 bits, which nobody finds a second line for.
LINK_LENGTH = 32

# The names of what can be wrong with a line, also the codes of the problems.
MISSING, TWICE, FORGED, ORDER = "line-missing", "line-twice", "line-forged", "line-order"
HEAD_LOST = "line-lost"

# Number and link of the newest line of each chain.
Heads = Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class ChainFault:
    """What is wrong with one line, by its place in the file, the first line being 0."""

    code: str
    place: int
    by: str = ""
    links: tuple[str, ...] = ()
    """Links of the lines that are gone, or of the one that stands twice."""


@dataclass
class ChainReading:
    """What the lines of one file prove."""

    sound: list[int] = field(default_factory=list)
    """Places of lines that the key they name has signed; a line that stands twice counts once."""
    unsigned: list[int] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)
    """Places of lines whose key nobody named, so that nothing can be verified."""
    faults: list[ChainFault] = field(default_factory=list)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Number and link of the newest line of each chain."""
    links: dict[str, int] = field(default_factory=dict)
    """The place of each signed line by its link."""
    seen: dict[str, set[str]] = field(default_factory=dict)
    """Links of others that each chain has named."""
    broken: set[str] = field(default_factory=set)
    """Chains with a fault."""

    _led_to: dict[str, frozenset[int]] = field(default_factory=dict)

    def is_before(self, place: int, link: str, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Tell whether a line is one that a chain's line with this link stands on, or that line.

        In a chain with a fault it is one that the links lead to: a number can be given twice.
        """
        if link not in self.links:
            return False
        row, last = rows[place], rows[self.links[link]]
        if last["by"] != row["by"] or row["n"] > last["n"]:
            return False
        if row["by"] not in self.broken:
            return True
        if link not in self._led_to:
            self._led_to[link] = self._lines_under(link, rows)
        return place in self._led_to[link]

    def _lines_under(self, link: str, rows: Sequence[Mapping[str, Any]]) -> frozenset[int]:
        """Return the places of the lines that links lead to, from one on.

        Below a line that is gone they are those whose numbers stand once.
        """
        found, row = set[int](), rows[self.links[link]]
        while (place := self.links.get(link)) is not None:
            found.add(place)
            row, link = rows[place], rows[place]["prev"]
        if not link:
            return frozenset(found)
        same = [place for place in self.links.values() if rows[place]["by"] == row["by"]]
        count = Counter(rows[place]["n"] for place in same)
        lower = (place for place in same if rows[place]["n"] < row["n"] - 1)
        return frozenset(found.union(place for place in lower if count[rows[place]["n"]] == 1))


def signed_bytes(scope: str, body: str) -> bytes:
    """Return what is signed of a line; `scope` names campaign and file, so it counts nowhere else.

    Source of the form: RFC 8032 signs bytes of any length, so body and scope are not digested.
    """
    return f"leaflets line\0{scope}\0{body}".encode()


def link_of(body: str) -> str:
    """Return the link of a line: what the signer's next line names as `prev`."""
    return sha256(body.encode()).hexdigest()[:LINK_LENGTH]


def _signed_body(text: str, row: Mapping[str, Any]) -> str:
    """Return what a line's signature is of: all before it.

    Where anything but the signature stands at the end, that is the whole line, which nobody signed.
    """
    body, _, rest = text.rpartition(SIGNATURE_MARK)
    return body if rest == f'{row["sig"]}"}}' else text


def signed_line(seed: bytes, scope: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """Return a row as a signed line without its end, and its link."""
    body = json.dumps(row, ensure_ascii=False)[:-1]
    return f'{body}{SIGNATURE_MARK}{sign_bytes(seed, signed_bytes(scope, body))}"}}', link_of(body)


def read_chains(
    texts: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    public_of: Callable[[str], str],
    scope: str,
) -> ChainReading:
    """Return what lines prove; `rows` are the JSON objects of `texts`.

    `public_of` gives the public key that a chain's name begins with, "" for an unknown one, whose
    lines count for nothing.
    """
    found = ChainReading()
    links, heads, mentions = found.links, found.heads, []
    odd: set[str] = set()
    for place, row in enumerate(rows):
        by = row.get("by")
        if by is None:
            found.unsigned.append(place)
            continue
        text = texts[place]
        link = link_of(_signed_body(text, row))
        if link in links:
            continue
        links[link] = place
        number, before = heads.get(by, (0, ""))
        if row["n"] != number + 1 or row["prev"] != before:
            odd.add(by)
        heads[by] = (row["n"], link)
        if "seen" in row:
            mentions.append(place)
    _judge(found, texts, rows, _Keys(public_of, scope, odd))
    _find_unseen(found, rows, mentions)
    return found


@dataclass(frozen=True)
class _Keys:
    """What signatures are verified with, and the chains whose lines do not follow each other."""

    public_of: Callable[[str], str]
    scope: str
    odd: set[str]

    def verifies(self, text: str, row: Mapping[str, Any]) -> bool:
        """Tell whether a line is signed by the key that its chain names."""
        public = self.public_of(row["by"].partition(".")[0])
        message = signed_bytes(self.scope, _signed_body(text, row))
        return bool(public) and is_signed_by(public, message, row["sig"])


def _judge(
    found: ChainReading, texts: Sequence[str], rows: Sequence[Mapping[str, Any]], keys: _Keys
) -> None:
    """Verify the newest line of each chain, and look closely at those that are not in order."""
    wrong = {
        by
        for by, (_, link) in found.heads.items()
        if by in keys.odd or not keys.verifies(texts[found.links[link]], rows[found.links[link]])
    }
    if not wrong:
        found.sound = sorted(found.links.values())
        return
    groups: dict[str, list[int]] = {by: [] for by in found.heads}
    for place in found.links.values():
        groups[rows[place]["by"]].append(place)
    for by, places in groups.items():
        found.sound += _sound_lines(found, texts, rows, places, keys) if by in wrong else places
    found.sound.sort()


def _sound_lines(
    found: ChainReading,
    texts: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    places: list[int],
    keys: _Keys,
) -> list[int]:
    """Return the lines of a broken chain that are signed themselves, and note what is wrong."""
    by = rows[places[0]]["by"]
    found.broken.add(by)
    if not keys.public_of(by.partition(".")[0]):
        # Nothing proves that this chain was ever longer, so its end is nothing to remember.
        del found.heads[by]
        found.strange += places
        return []
    sound = [place for place in places if keys.verifies(texts[place], rows[place])]
    forged = set(places) - set(sound)
    found.faults += [ChainFault(FORGED, place, by) for place in places if place in forged]
    link_at = {place: link for link, place in found.links.items()}
    numbers: dict[int, int] = {}
    known = {"", *(link_at[place] for place in sound)}
    last = 0
    for place in sound:
        row = rows[place]
        if row["n"] in numbers:
            found.faults.append(ChainFault(TWICE, place, by, (link_at[place],)))
        elif row["prev"] not in known or (row["prev"] == "") != (row["n"] == 1):
            found.faults.append(ChainFault(MISSING, place, by, (row["prev"],)))
        elif row["n"] < last:
            found.faults.append(ChainFault(ORDER, place, by, (link_at[place],)))
        numbers[row["n"]] = place
        last = max(last, row["n"])
    if numbers:
        newest = numbers[last]
        found.heads[by] = (last, link_at[newest])
    else:
        del found.heads[by]
    return sound


def _find_unseen(
    found: ChainReading, rows: Sequence[Mapping[str, Any]], mentions: Iterable[int]
) -> None:
    """Note what chains say they have seen, and lines that somebody had seen and that are gone."""
    sound = set(found.sound)
    for place in mentions:
        row = rows[place]
        if place not in sound:
            continue
        found.seen.setdefault(row["by"], set()).update(row["seen"])
        if gone := tuple(link for link in row["seen"] if link not in found.links):
            found.faults.append(ChainFault(MISSING, place, row["by"], gone))
