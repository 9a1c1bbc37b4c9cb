"""Show a text with its placeholders and tags as chips, and every invisible character in words."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.base.message_text import MARKUP_PART

# The word of the page for each tag.
TAG_WORDS = {"<b>": "chip-bold", "</b>": "chip-bold-end", "<em>": "chip-em", "</em>": "chip-em-end"}

# Invisible letters of some spellings: a chip in their place would tear the word apart.
INVISIBLE_JOINERS = "\u200c\u200d"
CHIP_PIECE = re.compile(f"({MARKUP_PART.pattern})")
CHIP_MARKUP = Markup('<bdi class="chip" lang="{}" dir="{}">{}</bdi>')
HIDDEN_SIGN = Markup('<span class="chip hidden-sign" dir="ltr">U+{:04X}</span>')

# The words for tags: text and BCP 47 tag by tag.
TagWords = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Chip:
    """A placeholder or tag that may be placed but not altered: as written, and as shown."""

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
    """Return a text as markup in which nothing is invisible, or can be taken for markup."""
    markup = Markup("")
    for number, piece in enumerate(CHIP_PIECE.split(text)):
        if number % 2:
            chip = chip_of(piece, facts, words)
            markup += CHIP_MARKUP.format(chip.lang, chip.direction, chip.shown)
        else:
            markup += Markup("").join(map(_visible, piece))
    return markup


def _visible(char: str) -> Markup:
    hidden = unicodedata.category(char) in ("Cc", "Cf", "Co", "Zl", "Zp")
    if hidden and char not in INVISIBLE_JOINERS:
        return HIDDEN_SIGN.format(ord(char))
    return escape(char)
