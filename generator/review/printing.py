"""One edition as it was printed once, and which later printing takes its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.base.short_codes import typed_letters
from generator.model import Edition, State

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

    @property
    def edition(self) -> Edition:
        """The edition that this was a printing of."""
        return Edition(self.leaflet, self.language, self.sheet, self.site)

    @property
    def lists_people(self) -> bool:
        """Whether it is a phone tree with its people."""
        return any(name.startswith(PHONE_TREE_FACT) for name in self.facts)


def newest_printings(records: Iterable[Printing]) -> dict[Edition, Printing]:
    """Return the last printing of each edition; the records come in the order of the file."""
    return {record.edition: record for record in records}


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
    shapes = {one.shape, other.shape} - {""}
    contents = [(each.sentences, each.facts, each.state) for each in (one, other)]
    return contents[0] == contents[1] and len(shapes) < 2


def successor(printed: Printing, printings: Sequence[Printing]) -> Printing:
    """Return what takes the place of a printing, or the printing itself where nothing does.

    `printings` are those of its edition, oldest first. A ready paper gives way only to a later
    ready one; a draft also to a later draft.
    """
    places = [place for place, one in enumerate(printings) if one.code == printed.code]
    later = printings[places[-1] + 1 :] if places else ()
    ready = [one for one in later if one.state == State.READY]
    drafts = later if printed.state != State.READY else ()
    return (ready or drafts or [printed])[-1]
