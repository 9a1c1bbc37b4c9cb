"""Join two versions of a catalogue message by message; pure.

Which side is one's own makes no difference, so two people who merge each other's work get the
same file. Where both sides changed a text, neither is lost: the one that does not stand is noted
in a comment, until `leaflets extract` has asked the ledger and filed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from generator.base.digests import digest
from generator.catalogue.entry import (
    STRING_PART,
    Entry,
    header_entry,
    header_fields,
    quote_string,
    unquote_string,
)
from generator.catalogue.header_rules import LANGUAGES_FIELD
from generator.problem import Problem

# How the comment begins that holds the other text: its source and itself, both quoted.
OTHER_MARK = "# @other "
MERGED = Problem(
    "extract-first",
    "git joined two versions of this catalogue",
    hint="leaflets extract decides which texts stand, and keeps the others",
)
_SIGNED_MARK, _REJECTED_MARK = "# @ok ", "# @no "
_NEWEST = "PO-Revision-Date"

_Place = tuple[str, str]
_Loose = dict[tuple[str, ...], Entry]
_T = TypeVar("_T")


class MadeText(NamedTuple):
    """A translation with the source text that it was made for."""

    msgid: str
    msgstr: str


def made_text(entry: Entry) -> MadeText:
    """Return the text of an entry, with the source text that it was made for."""
    return MadeText(entry.previous or entry.msgid, entry.msgstr)


def other_texts(entry: Entry) -> list[MadeText]:
    """Return the texts of other versions that a merge noted in an entry."""
    found = []
    for line in entry.comments:
        if line.startswith(OTHER_MARK):
            parts = STRING_PART.findall(line)
            if len(parts) == len(MadeText._fields):
                found.append(MadeText(*map(unquote_string, parts)))
    return found


def without_others(entry: Entry) -> Entry:
    """Return an entry without what a merge noted in it."""
    left = tuple(line for line in entry.comments if not line.startswith(OTHER_MARK))
    return entry.changed(comments=left)


@dataclass
class _Side:
    """One version of a catalogue."""

    header: Entry | None = None
    live: dict[_Place, Entry] = field(default_factory=dict)
    """By id; a text without id by its source text."""
    retired: dict[_Place, Entry] = field(default_factory=dict)
    """Obsolete ones, by id and source text."""
    loose: _Loose = field(default_factory=dict)
    """What is kept as it is: plural entries and blocks of comments, by their lines."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> _Side:
        """Sort entries; of two for one sentence, which a merge can leave, one is made."""
        side = cls()
        for entry in entries:
            if entry.plural or entry.remark:
                side.loose[entry.lines] = entry
            elif entry.header:
                side.header = side.header or entry
            else:
                place = entry.msgctxt, entry.msgid if entry.obsolete or not entry.msgctxt else ""
                table = side.retired if entry.obsolete else side.live
                table[place] = _joined(None, table[place], entry) if place in table else entry
        return side

    def take(self, place: _Place, msgids: Iterable[str]) -> Entry | None:
        """Return the entry of a sentence, also where this side has retired it."""
        old = [self.retired.pop((place[0], msgid), None) for msgid in msgids]
        return self.live.get(place) or next((entry for entry in old if entry), None)


def join_catalogues(
    base: Iterable[Entry] | None, one: Iterable[Entry], other: Iterable[Entry]
) -> list[Entry]:
    """Return the entries of both versions; `base` is what both began with, None if unknown."""
    before, first, second = _Side.of(base or ()), _Side.of(one), _Side.of(other)
    sides = (before, first, second)
    found = [_header(before.header, first.header, second.header)]
    for place in _order(list(first.live), list(second.live)):
        msgids = {side.live[place].msgid for side in sides if place in side.live}
        found.append(_kept(*(side.take(place, sorted(msgids)) for side in sides)))
    for place in sorted(first.retired | second.retired):
        found.append(_kept(*(side.retired.get(place) for side in sides)))
    found += _loose(before.loose, first.loose, second.loose)
    return [entry for entry in found if entry]


def _order(one: list[_Place], other: list[_Place]) -> list[_Place]:
    """Return the places of both sides, each after the one before it."""
    result, more = sorted((one, other))
    last = 0
    for place in more:
        if place in result:
            last = result.index(place) + 1
        else:
            result.insert(last, place)
            last += 1
    return result


def _loose(base: _Loose, one: _Loose, other: _Loose) -> Iterator[Entry]:
    both = one | other
    for lines in sorted(both):
        if lines not in base or (lines in one and lines in other):
            yield both[lines]


def _kept(base: Entry | None, one: Entry | None, other: Entry | None) -> Entry | None:
    """Return an entry that one side may lack: what it deleted stays away unless it was changed."""
    if one and other:
        return _joined(base, one, other)
    left = one or other
    return None if base and left and made_text(left) == made_text(base) else left


def _joined(base: Entry | None, one: Entry, other: Entry) -> Entry:
    """Return one entry of two versions."""
    made, lost = _texts(base, one, other)
    noted = [f"{OTHER_MARK}{quote_string(lost.msgid)} {quote_string(lost.msgstr)}"] if lost else []

    def part(name: str, both: Callable[[Any, Any], Any] = min) -> Any:
        start = getattr(base, name) if base else None
        return _three_way(start, getattr(one, name), getattr(other, name), both)

    found = Entry(
        msgid := part("msgid"),
        made.msgstr,
        one.msgctxt,
        comments=(*part("comments", _both), *noted),
        extracted=part("extracted"),
        references=part("references"),
        flags=part("flags", _both),
        previous=made.msgid if made.msgid != msgid else "",
        obsolete=one.obsolete and other.obsolete,
    )
    if found == one == other:
        return replace(found, lines=part("lines", lambda *_: ()))
    # In the lines of the side that says the same, where one does.
    return next((side for side in (one, other) if side == found), found)


def _texts(base: Entry | None, one: Entry, other: Entry) -> tuple[MadeText, MadeText | None]:
    """Return the text that stands, and the one that both sides would lose otherwise."""
    sides = {made_text(side): side for side in (one, other)}
    start = made_text(base) if base else None
    if len(sides) == 1 or start in sides:
        return next((made for made in sides if made != start), made_text(one)), None
    full = sorted((made for made in sides if made.msgstr), key=lambda made: _rank(sides[made]))
    if len(full) < len(sides):
        return (full or list(sides))[0], None
    return full[0], full[1]


def _rank(side: Entry) -> tuple[bool, bool, str]:
    """Return which of two texts stands before the ledger is asked: a hint and no promise."""
    signed = any(line.startswith(_SIGNED_MARK) for line in side.comments)
    rejected = any(line.startswith(_REJECTED_MARK) for line in side.comments)
    return rejected, not signed, digest(*made_text(side))


def _three_way(base: _T | None, one: _T, other: _T, both: Callable[[_T, _T], _T]) -> _T:
    """Return what one side changed, or what `both` makes of two changes."""
    if one == other or other == base:
        return one
    return other if one == base else both(one, other)


def _both(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    first, second = sorted((tuple(one), tuple(other)))
    return tuple(dict.fromkeys((*first, *second)))


def _header(base: Entry | None, one: Entry | None, other: Entry | None) -> Entry | None:
    """Return one header: a field that both sides changed is the one of whoever saved last."""
    if not one or not other:
        return one or other
    if one.msgstr == other.msgstr:
        return _joined(base, one, other)
    older, newer = sorted((one, other), key=_saved)
    start, old, new = (header_fields([side]) if side else {} for side in (base, older, newer))

    def last(name: str) -> str:
        return _three_way(start.get(name), new.get(name, ""), old.get(name, ""), lambda new, _: new)

    if LANGUAGES_FIELD in new and LANGUAGES_FIELD in old:
        named = {*new[LANGUAGES_FIELD].split(), *old[LANGUAGES_FIELD].split()}
        new[LANGUAGES_FIELD] = old[LANGUAGES_FIELD] = " ".join(sorted(named))
    fields = {name: last(name) for name in {**new, **old}}
    found = header_entry({name: text for name, text in fields.items() if text or name in new})
    comments = _three_way(base.comments if base else None, one.comments, other.comments, _both)
    return replace(found, comments=comments, lines=(*comments, *found.lines))


def _saved(header: Entry) -> tuple[str, tuple[str, ...]]:
    return header_fields([header]).get(_NEWEST, ""), header.lines
