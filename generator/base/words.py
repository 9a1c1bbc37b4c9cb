"""Words and letters in every script, as Unicode knows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from generator.base.message_text import CACHED_TEXTS, without_markup


@cache
def script_of(char: str) -> str:
    """Return the Unicode script of a character, such as Arab."""
    from fontTools.unicodedata import script

    return str(script(char))


@cache
def scripts_of(char: str) -> frozenset[str]:
    """Return every script that uses a character: a digit or mark can belong to several."""
    from fontTools.unicodedata import script_extension

    return frozenset(script_extension(char))


def is_word_char(char: str) -> bool:
    """Tell whether a character is part of a word: a letter, a mark or a digit."""
    return unicodedata.category(char)[0] in "LMN"


def is_caseless(word: str) -> bool:
    """Tell whether a word is of a script without capitals."""
    return word.upper() == word.lower()


def keep_categories(text: str, kinds: str) -> str:
    """Return a text with a space in place of every character that is of other kinds.

    Kinds are the first letters of Unicode's categories: L for letters, M for marks, N for digits.

    >>> keep_categories("Call 3 people.", "L").split()
    ['Call', 'people']
    """
    return "".join(char if unicodedata.category(char)[0] in kinds else " " for char in text)


@lru_cache(CACHED_TEXTS)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, letters with their marks; placeholders and tags are no words.

    >>> words_of("<b>Wê</b> were: {line}")
    ('Wê', 'were')
    """
    return tuple(keep_categories(unicodedata.normalize("NFC", without_markup(text)), "LM").split())


def code_points(chars: Iterable[str], shown: bool = False) -> str:
    """Return characters by their numbers, in order; with `shown` each stands before its own.

    >>> code_points("é\u200b"), code_points("é", shown=True)
    ('U+00E9, U+200B', 'é U+00E9')
    """
    return ", ".join(f"{f'{char} ' if shown else ''}U+{ord(char):04X}" for char in sorted(chars))


def screen_width(text: str) -> int:
    """Return how many columns of a terminal a text takes; wide letters take two, marks none.

    >>> screen_width("中文"), screen_width("हिन्दी"), screen_width("abc")
    (4, 5, 3)
    """
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
        if unicodedata.category(char) not in ("Mn", "Me", "Cf")
    )


def pad_columns(text: str, width: int) -> str:
    """Return a text with spaces up to a number of terminal columns.

    >>> pad_columns("中文", 6)
    '中文  '
    """
    return text + " " * (width - screen_width(text))


def count_words(count: int, one: str, more: str = "") -> str:
    """Return a count with its English word; without `more` the plural has an s.

    >>> count_words(1, "sheet"), count_words(2, "copy", "copies")
    ('1 sheet', '2 copies')
    """
    return f"{count} {one if count == 1 else more or one + 's'}"
