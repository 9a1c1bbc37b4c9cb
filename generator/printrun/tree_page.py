"""Fill the table of a leaflet with the people of a phone tree, and draw who calls whom.

Private, or blank to fill in by hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.blocks import BlockPart
from generator.blocks.people import PEOPLE_KIND
from generator.blocks.table import TABLE_KIND
from generator.campaign.call_tree import NO_CALLER, CallTree, people_on_print
from generator.campaign.long_values import LONG_ADDRESS
from generator.layout.composer import Composer
from generator.model import Block, Language

# How many each person of a blank tree calls, level by level.
_BLANK_LEVELS = (2, 2)
_BLANK_ROWS = 12


@dataclass(frozen=True)
class PersonBox:
    """One person in the drawing, and whom they call."""

    name: Markup
    phone: Markup
    calls: tuple[PersonBox, ...] = ()


@dataclass(frozen=True)
class TreePart(BlockPart):
    """The table of a phone tree: texts are its heads, each line has a cell for each of them."""

    lines: tuple[tuple[Markup, ...], ...] = ()
    boxes: tuple[PersonBox, ...] = ()
    long: bool = False
    """Whether somebody's name has a word so long that the lines are set smaller."""


class FilledTree(Composer):
    """Composes the leaflet with the people of one print in its table."""

    tree: CallTree
    print_: str
    names: Mapping[str, Language]

    def part(self, block: Block) -> BlockPart:
        """Return a block as the template sees it, a table with everybody on this print."""
        part = super().part(block)
        if block.kind != TABLE_KIND.name:
            return part
        places = people_on_print(self.tree, self.print_)
        roots = [place for place in places if self.tree.callers[place] not in places]
        boxes = tuple(
            self.box(place, places)
            for place in roots
            if self.tree.called(place) or self.tree.callers[place] != NO_CALLER
        )
        long = any(
            len(word) > LONG_ADDRESS
            for place in places
            for word in self.tree.people[place].name.split()
        )
        return TreePart(
            PEOPLE_KIND.name,
            part.texts,
            lines=tuple(self.line(place) for place in places),
            boxes=boxes,
            long=long,
        )

    def line(self, place: int) -> tuple[Markup, ...]:
        """Return name, languages, phone and calls of one person."""
        person = self.tree.people[place]
        spoken = " · ".join(self.names[code].english for code in person.languages)
        self.beside.append(spoken)
        calls = Markup(" · ").join(self.name(other) for other in self.tree.called(place))
        return (
            self.name(place),
            left_to_right(spoken, "ltr wrap"),
            self.phone(place),
            calls or Markup("–"),
        )

    def box(self, place: int, places: Iterable[int]) -> PersonBox:
        """Return one person in the drawing with all who are called through them."""
        calls = (other for other in self.tree.called(place) if other in places)
        return PersonBox(
            self.name(place), self.phone(place), tuple(self.box(other, places) for other in calls)
        )

    def name(self, place: int) -> Markup:
        """Return a name in its own direction."""
        name = self.tree.people[place].name
        self.pieces.append(name)
        self.spoken.append(name)
        return Markup('<bdi dir="{}">{}</bdi>').format(text_direction(name), name)

    def phone(self, place: int) -> Markup:
        """Return a number, left to right, its groups together."""
        number = self.tree.people[place].phone.replace(" ", "\u00a0")
        self.placed[number] += 1
        self.beside.append(number)
        return left_to_right(number)


class BlankTree(Composer):
    """Composes the leaflet with empty boxes and lines, to fill in by hand."""

    def part(self, block: Block) -> BlockPart:
        """Return a block as the template sees it, a table with empty lines and empty boxes."""
        part = super().part(block)
        if block.kind != TABLE_KIND.name:
            return part
        empty = tuple(Markup("") for _ in part.texts)
        return TreePart(
            PEOPLE_KIND.name,
            part.texts,
            lines=(empty,) * _BLANK_ROWS,
            boxes=(_blank(_BLANK_LEVELS),),
        )


def _blank(calls: tuple[int, ...]) -> PersonBox:
    under = _blank(calls[1:]) if calls else None
    return PersonBox(Markup("&nbsp;"), Markup(""), (under,) * calls[0] if under else ())


def fill_tree(
    tree: CallTree, print_: str, names: Mapping[str, Language]
) -> Callable[..., Composer]:
    """Return what makes the composer of one print."""
    return type("FilledWith", (FilledTree,), {"tree": tree, "print_": print_, "names": names})


def left_to_right(text: str, style: str = "ltr") -> Markup:
    """Return text that runs from left to right whatever stands around it."""
    return Markup('<bdi dir="ltr" class="{}">{}</bdi>').format(style, text)


def text_direction(text: str) -> str:
    """Return the direction of the first letter of a text that has one.

    >>> text_direction("1. أحمد"), text_direction("A. K.")
    ('rtl', 'ltr')
    """
    kinds = (unicodedata.bidirectional(char) for char in text)
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"
