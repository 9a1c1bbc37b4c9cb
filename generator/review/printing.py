"""One edition as it was printed once, and how printings of it follow each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.base.digests import same_key
from generator.base.short_codes import typed_letters
from generator.model import Edition

# Before the name of a print, where the fact is who stands on a phone tree.
#
# No fact of a file has such a name.
PHONE_TREE_FACT = "phone-tree:"


@dataclass(frozen=True)
class Printing:
    """What the pages of an edition said when it was printed.

    It holds keys alone, so that no number and no place can be read in it.
    """

    code: str
    leaflet: str
    language: str
    sheet: str
    site: str
    state: str
    built: str
    """The day, as 2026-11-22."""
    dated: str
    """The day of the English text."""
    sentences: Mapping[str, str]
    """`wording_key` by catalogue and id, such as not-alone/title; in an English box of no text."""
    facts: Mapping[str, str]
    """`fact_key` by name."""
    sha256: str
    english: Mapping[str, str] = field(default_factory=dict)
    """`source_key` of the English that each sentence was made for."""
    shape: str = ""
    """A digest of the order on the page; lines of earlier versions do not have it."""
    turn: int = 0
    """1 for the first printing of an edition, then one more than any that its computer knew."""
    secret: str = ""
    """Which secret hides the private facts of a site's printing: its `secret_mark`."""

    @property
    def edition(self) -> Edition:
        """The edition that this was a printing of."""
        return Edition(self.leaflet, self.language, self.sheet, self.site)

    @property
    def lists_people(self) -> bool:
        """Whether it is a phone tree with its people."""
        return any(name.startswith(PHONE_TREE_FACT) for name in self.facts)


def printings_by_edition(records: Iterable[Printing]) -> dict[Edition, list[Printing]]:
    """Return the printings of each edition, in the order of the records."""
    found: dict[Edition, list[Printing]] = {}
    for record in records:
        found.setdefault(record.edition, []).append(record)
    return found


def newest_run(printings: Sequence[Printing]) -> list[Printing]:
    """Return the printings of an edition since which none had another code.

    None where two computers that did not know of each other printed different ones last.
    """
    newest = max(printings, key=lambda one: one.turn, default=None)
    if newest is None:
        return []
    others = max((one.turn for one in printings if one.code != newest.code), default=0)
    return [one for one in printings if one.code == newest.code and one.turn > others]


def printings_with_code(records: Iterable[Printing], typed: str) -> list[Printing]:
    """Return the printings with a code that somebody typed, the last of each edition.

    Letters that are easily misread are understood.
    """
    wanted = typed_letters(typed)
    matching = (record for record in records if typed_letters(record.code) == wanted)
    return list({(record.edition, record.code): record for record in matching}.values())


def same_content(one: Printing, other: Printing) -> bool:
    """Tell whether two printings of an edition say the same and are equally far.

    Where both lines know the order on the page, it must be the same too.
    """
    return (
        one.state == other.state
        and len({one.shape, other.shape} - {""}) < 2
        and _same_keys(one.sentences, other.sentences)
        and _same_keys(one.facts, other.facts)
    )


def _same_keys(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    same = (same_key(key, other[name]) for name, key in one.items() if name in other)
    return one.keys() == other.keys() and all(same)


def last_of_codes(printings: Iterable[Printing]) -> dict[str, Printing]:
    """Return the last printing of each code, among those of one edition."""
    return {one.code: one for one in sorted(printings, key=lambda one: one.turn)}
