"""Show a text with its placeholders and tags as chips, and with every invisible sign made visible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.base.message_text import MARKUP_PART

TAG_WORDS = {"<b>": "chip-bold", "</b>": "chip-bold-end", "<em>": "chip-em", "</em>": "chip-em-end"}
"""The word of the page for each tag."""
INVISIBLE_JOINERS = "\u200c\u200d"
"""Invisible letters of some spellings: a chip in their place would tear the word apart."""
CHIP_PIECE = re.compile(f"({MARKUP_PART.pattern})")
CHIP_MARKUP = Markup('<bdi class="chip" lang="{}" dir="{}">{}</bdi>')
TagWords = Mapping[str, tuple[str, str]]
"""The words for tags: text and BCP 47 tag by tag."""


@dataclass(frozen=True)
class Chip:
    """A placeholder or tag that may be placed but not altered: as it is written, and as it is shown."""

    written: str
    shown: str
    lang: str = "en"
    direction: str = "ltr"
    """A fact is in Latin letters and reads from left to right in every language."""


def chip_of(written: str, facts: Mapping[str, str], words: TagWords) -> Chip:
    """Return a placeholder with the printed fact, or a tag with its word."""
    if written in TAG_WORDS:
        return Chip(written, *words[written], "auto")
    name = written.strip("{}")
    return Chip(written, facts.get(name, name))


def chips_of(msgid: str, facts: Mapping[str, str], words: TagWords) -> list[Chip]:
    """Return each placeholder and tag of an English sentence once, in order."""
    return [chip_of(written, facts, words) for written in dict.fromkeys(MARKUP_PART.findall(msgid))]


def with_chips(text: str, facts: Mapping[str, str], words: TagWords) -> Markup:
    """Return a text as markup for reading: nothing in it is invisible, and nothing can be taken for markup."""
    return Markup("").join(_pieces(text, facts, words))


def _pieces(text: str, facts: Mapping[str, str], words: TagWords) -> Iterator[Markup]:
    for number, piece in enumerate(CHIP_PIECE.split(text)):
        if number % 2:
            one = chip_of(piece, facts, words)
            yield CHIP_MARKUP.format(one.lang, one.direction, one.shown)
        else:
            yield Markup("").join(_letter(char) for char in piece)


def _letter(char: str) -> Markup:
    if char in INVISIBLE_JOINERS or unicodedata.category(char) not in (
        "Cc",
        "Cf",
        "Co",
        "Zl",
        "Zp",
    ):
        return escape(char)
    return Markup('<span class="chip hidden-sign" dir="ltr">U+{:04X}</span>').format(ord(char))
