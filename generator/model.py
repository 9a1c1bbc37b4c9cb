"""The nouns of the project: small immutable values without behaviour of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Direction(StrEnum):
    """Where lines begin."""

    LTR = "ltr"
    RTL = "rtl"


class Fallback(StrEnum):
    """What is printed where no translation of today's English stands."""

    WITHHOLD = "withhold"
    ENGLISH = "english"
    DRAFT = "draft"


class State(StrEnum):
    """How far a translation of a message is, from missing to signed by enough people."""

    MISSING = "missing"
    STALE = "stale"
    DRAFT = "draft"
    READ = "read"
    READY = "ready"


class Risk(StrEnum):
    """What a wrong sentence can do; it decides how many people must sign it."""

    PLAIN = "plain"
    RIGHTS = "rights"
    MEDICAL = "medical"
    SAFETY = "safety"


class SigningRule(NamedTuple):
    """How many people must stand behind a text, how many keys, and `among` which one, if any."""

    people: int = 1
    keys: int = 1
    among: frozenset[str] = frozenset()


# No number of people makes a text ready while lines of its ledger are missing.
NEVER_READY = SigningRule(1_000_000, 1_000_000)


@dataclass(frozen=True)
class FontFace:
    """The two font files of one family; line heights are multiples of the font size."""

    family: str
    regular: str
    bold: str
    package: str
    cut: str = ""
    """Characters kept of a collection font, by a Python codec such as gb2312; empty keeps all."""


@dataclass(frozen=True)
class Language:
    """One row of `locales/languages.yaml`."""

    code: str
    tag: str
    babel: str
    english: str
    endonym: str
    script: str
    unicode_scripts: tuple[str, ...]
    direction: Direction
    face: FontFace
    line_height: float
    heading_line_height: float
    size: float
    joiners: str = ""
    """Invisible characters the orthography needs, such as U+200C."""
    length: tuple[float, float] = (0.4, 2.4)
    """Shortest and longest translation, as multiples of the English in code points."""
    months: str = ""
    """Babel locale whose month name is printed in brackets after the date, such as ar_SY."""
    date: str = ""
    """CLDR date pattern that replaces Babel's own."""
    ends: str = ".!?…"
    """Marks that may end a sentence."""
    spaced: bool = True
    """Whether words are parted by spaces."""
    joins: bool = False
    """Whether one word often says what takes English three."""
    run: int = 0
    """Most letters in a row without a line break; 0 where the typesetter knows the words."""
    own: str = ""
    foreign: str = ""
    """Letters that it never uses; its `own` stand in every longer text and in no neighbour's."""
    meant: tuple[tuple[str, str], ...] = ()
    """What another keyboard types, and the letter that is certainly meant."""
    words: tuple[str, ...] = ()
    """Its most common short words, in lower case."""
    aliases: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    """Codes of its other rows, as fa_AF beside fa; `aliases` are those of translation tools."""
    on_phones: bool = True
    """Whether nearly every phone has a font for its script; if not, the site sends one."""
    argos: str = ""
    """The code of Argos translation packages for the language; empty if there is no package."""
    voice: str = ""
    """The machine's voice for the language; empty if there is none."""
    twos: tuple[str, ...] = ()
    """Words that say "two" by their form alone, as Arabic duals do."""
    plurals: tuple[str, ...] = ()
    """Plural-Forms that are right in its catalogues, the first for new ones."""
    common = cached_property[frozenset[str]](lambda self: frozenset(self.words))

    @property
    def calendars(self) -> tuple[str, str]:
        """The Babel locales whose months and weekdays its texts use."""
        return self.babel, self.months or self.babel


@dataclass(frozen=True)
class Fact:
    """A phone number, link, address, date or time: data that no translator ever types."""

    name: str
    kind: str
    value: str
    display: str
    source: str
    verified: date | None
    """The day on which somebody looked it up last; None where nobody ever did."""
    recheck: int
    """Days after `verified` until somebody must look it up again."""
    label: str = ""
    detail: str = ""
    where: str = ""
    example: bool = False
    """Whether its file says that it is made up."""
    label_places: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Message:
    """One sentence or short paragraph to translate; `msgctxt` is its stable id."""

    msgctxt: str
    msgid: str
    risk: Risk = Risk.PLAIN
    note: str = ""
    where: str = ""


@dataclass(frozen=True)
class Block:
    """One part of a leaflet; `messages` in page order, `facts` by their role in it."""

    id: str
    kind: str
    """The name of a module of `generator/blocks`."""
    messages: tuple[Message, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    short: bool = False
    """Whether it is printed where there is room for a few words only."""
    pictures: tuple[str, ...] = ()
    """Names of the theme's pictures that stand before its text."""
    where: str = ""


@dataclass(frozen=True)
class Leaflet:
    """One leaflet as it was written in English."""

    slug: str
    title: Message
    audience: str
    dated: date
    sheets: tuple[str, ...]
    note: str
    blocks: tuple[Block, ...]
    where: str = ""

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages of the leaflet in page order, title first."""
        return (self.title, *(message for block in self.blocks for message in block.messages))


@dataclass(frozen=True)
class PublishSettings:
    """What the website for residents shows and does."""

    drafts: bool = False
    """Whether leaflets that nobody has read are published, with a notice."""
    offline: bool = False
    """Whether phones may keep the pages they opened."""
    hear: Mapping[str, str] = field(default_factory=dict)
    """How people say what is wrong: sms, whatsapp, email or phone, each with the name of a fact."""


@dataclass(frozen=True)
class Campaign:
    """What all leaflets share."""

    name: str
    address: str
    languages: tuple[str, ...]
    theme: str
    sheets: tuple[str, ...]
    readers: Mapping[Risk, int]
    missing: Fallback
    """What is printed of a sentence without a translation: nothing at all, or the English."""
    changed: Mapping[str, Fallback] = field(default_factory=dict)
    """What happens to a text for an older English, by kind of change."""
    drafts: tuple[Risk, ...] = (Risk.PLAIN,)
    """The risks of sentences that a machine may draft."""
    fact_readers: int = 2
    """How many people must sign a fact."""
    keys: int = 2
    """How many different keys must stand behind what can hurt; one where one person does all."""
    source: str = "en"
    """The language in which the campaign writes."""
    printer: str = "office"
    """The machine that leaflets are printed on, a row of `project.printers`."""
    publish: PublishSettings = PublishSettings()
    audio: bool = False
    """Whether a leaflet that was read aloud prints a QR code that leads to its voice."""
    example: bool = False
    """Whether it says of itself that its facts are made up."""

    @property
    def rules(self) -> Mapping[Risk, SigningRule]:
        """Who must sign a sentence, by its risk; a plain one needs no second key."""
        keys = {risk: 1 if risk is Risk.PLAIN else self.keys for risk in Risk}
        return {risk: SigningRule(people, keys[risk]) for risk, people in self.readers.items()}

    @property
    def fact_rule(self) -> SigningRule:
        """Who must sign a fact."""
        return SigningRule(self.fact_readers, self.keys)


@dataclass(frozen=True)
class Translation:
    """What a catalogue holds for one message, and the state that follows from the ledger."""

    message: Message
    msgstr: str
    state: State
    old: str = ""
    """The English that the text was made for, where that is another one."""
    doubted: bool = False
    """Whether somebody who holds the leaflet says it is wrong, and no reader has answered."""
    rejected: bool = False
    """Whether a reader rejected this wording."""
    machine: bool = False
    """Whether the ledger knows that a machine made it; else people did, or nobody knows who."""
    one_key: bool = False
    """Whether enough people signed it, and too few different keys stand behind them."""
    contested: bool = False
    """Whether people stand behind another wording of the same sentence too."""


@dataclass(frozen=True)
class Edition:
    """One PDF: leaflet × language × sheet × site, made for a printer."""

    leaflet: str
    language: str
    sheet: str
    site: str = ""
    printer: str = "office"
    other: str = ""
    """A second language on the same sheet."""
    layout: str = ""
    """How two languages share the sheet, where it is not back to back."""

    @property
    def name(self) -> str:
        """The file name without state and suffix; unique in a campaign."""
        languages = "+".join(filter(None, (self.language, self.other)))
        printer = "" if self.printer == "office" else self.printer
        parts = (self.leaflet, languages, self.sheet, self.layout, self.site, printer)
        return "_".join(filter(None, parts))

    @property
    def halves(self) -> tuple[Edition, ...]:
        """The edition of each language on it."""
        both = (self.language, self.other) if self.other else ()
        return tuple(replace(self, language=code, other="", layout="") for code in both) or (self,)
