"""One kind of block a file: what its YAML holds, and what of it is printed.

Copy one file to add a kind; its name is the key in a leaflet's YAML. What the kind looks like on
paper and on a phone stands in one template, `templates/themes/community/block-NAME.html`. All else
follows: extraction, worksheets, proofs, previews, plain text.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Protocol

from markupsafe import Markup

from generator.base.yaml import LONGEST_BLOCK, YamlValue
from generator.model import Block, Fact, Message, Risk

# The id of a block, and of a line in it: translations are found by it.
BLOCK_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class FactUse(StrEnum):
    """What the facts of a block are to it."""

    NONE = "none"
    EACH = "each"
    """Each has a row of its own with a label: without one of them, the others stay."""
    TOGETHER = "together"
    """They say something only together, as the day and the place of an event do."""
    OPTIONAL = "optional"
    """A site may have the value; where it has none, there is a line to write on."""


@dataclass(frozen=True)
class PartText:
    """One message as markup; `english` if it is in English for want of a translation."""

    markup: Markup
    english: bool = False
    name: str = ""
    """Its msgctxt; the template writes it on the element that holds the text."""

    @property
    def plain(self) -> str:
        """The text without tags, to name a field."""
        return self.markup.striptags()


@dataclass(frozen=True)
class FactRow:
    """One line of contacts or of an event."""

    icon: str
    label: PartText
    value: Markup
    detail: PartText | None = None
    day: tuple[str, ...] = ()
    """Weekday, number and month of a date, to be seen from afar."""
    under: bool = False
    """Whether its value is too long to stand beside its label."""

    @property
    def letters(self) -> int:
        """How many letters its value has."""
        return len(self.value.striptags())


@dataclass(frozen=True)
class BlockPart:
    """A block as its template sees it."""

    kind: str
    texts: tuple[PartText, ...] = ()
    entries: tuple[FactRow, ...] = ()
    rows: int = 0
    """Empty lines to write on."""
    pictures: tuple[Markup, ...] = ()
    value: Markup | None = None
    """What stands after its text, if it is known; else there is a line to write on."""

    @property
    def loose(self) -> bool:
        """Whether a value stands under its label: then each row is laid out alone."""
        return any(row.under for row in self.entries)


class PartMaker(Protocol):
    """What a kind may ask of the composer, which notes for the proof all that it hands out."""

    facts: Mapping[str, Fact]
    beside: list[str]
    """What stands on the page besides texts and facts, such as the numbers of steps."""

    def say(self, name: str) -> PartText:
        """Return a message with its facts."""

    def contact(self, name: str) -> FactRow:
        """Return a fact in a row, with its label and a link."""

    def event_row(self, role: str, name: str) -> FactRow:
        """Return the date, time or place of an event."""

    def own_value(self, name: str) -> Markup:
        """Return a fact that stands outside of any sentence."""


@dataclass(frozen=True)
class BlockHead:
    """What a leaflet's YAML says of a block besides its contents."""

    id: str
    risk: Risk = Risk.PLAIN
    note: str = ""

    def message(self, value: YamlValue, key: str = "") -> Message:
        """Return a text as a message; `key` tells it from the others of its block."""
        name = f"{self.id}.{key}" if key else self.id
        return Message(name, value.text(LONGEST_BLOCK), self.risk, self.note, value.where)


@dataclass(frozen=True)
class BlockContents:
    """What was read: messages in page order, and the names of facts by their role."""

    messages: tuple[Message, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


def one_text(value: YamlValue, head: BlockHead) -> BlockContents:
    """Read a block that is one text."""
    return BlockContents((head.message(value),))


def named_texts(value: YamlValue, head: BlockHead) -> BlockContents:
    """Read a block of several texts, each under a word of its own.

    So one of them can be moved, and the translations of all stay.
    """
    texts = value.mapping(optional=None)
    for key, text in texts.items():
        if not BLOCK_ID.fullmatch(key):
            hint = "small letters, digits and hyphens, such as `inside:`"
            raise text.fail("this key cannot name a line", hint)
    return BlockContents(tuple(head.message(text, key) for key, text in texts.items()))


def texts_part(maker: PartMaker, block: Block) -> BlockPart:
    """Return a block that prints its texts in their order."""
    texts = tuple(maker.say(message.msgctxt) for message in block.messages)
    return BlockPart(block.kind, texts, rows=block.rows)


def no_words(block: Block) -> Iterable[str]:
    """Return nothing: the block prints its own texts alone."""
    return ()


@dataclass(frozen=True)
class BlockKind:
    """What the program must know of a kind of block; most kinds need the first two fields only."""

    name: str
    """The key in a leaflet's YAML, and the name of the module."""
    read: Callable[[YamlValue, BlockHead], BlockContents] | None
    """How its YAML is read; None where no leaflet can ask for it."""
    part: Callable[[PartMaker, Block], BlockPart] = texts_part
    """What of it is printed."""
    words: Callable[[Block], Iterable[str]] = no_words
    """The messages that it prints besides its own: labels of facts, words of the theme."""
    facts: FactUse = FactUse.NONE
    pictures: bool = False
    """Whether pictures can stand before its text."""
    repeats: bool = False
    """Whether its texts are printed again on the next page, as the head of a table is."""
    mark: str = ""
    """What stands before each text in plain text: "- ", or "{}. " for its number."""
    open: bool = False
    """Whether a value, or a line to write on, stands after its text."""


@cache
def all_kinds() -> Mapping[str, BlockKind]:
    """Return every kind of this folder by its name, in the order of their names."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    )
    kinds = (
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, BlockKind)
    )
    return MappingProxyType({kind.name: kind for kind in kinds})


def kind_of(block: Block | BlockPart) -> BlockKind:
    """Return the kind of a block."""
    return all_kinds()[block.kind]
