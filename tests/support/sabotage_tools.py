"""A shipped sentence, a way to harm it, and the small tools that harmful edits are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from generator.base.message_text import INLINE_TAG, MARKUP_PART, PLACEHOLDER
from generator.checks import CheckContext, check_translation
from generator.model import Language, Message
from tests.support.sabotage_words import SIX


@dataclass(frozen=True)
class Sentence:
    """One shipped translation, with what a saboteur can copy from."""

    message: Message
    msgstr: str
    context: CheckContext
    abroad: Mapping[str, str]
    """The same English in the campaign's other languages."""
    book: tuple[tuple[str, str], ...]
    """English and translation of every sentence of the language."""

    @property
    def language(self) -> Language:
        """The row of the language table."""
        return self.context.language

    @property
    def parts(self) -> list[str]:
        """The sentences of the text, as they stand there; one if tags or too few marks forbid to cut."""
        found = re.split(rf"(?<=[{re.escape(self.language.ends)}])\s*(?=\S)(?![{re.escape(self.language.ends)}»”])", self.msgstr)
        return found if not INLINE_TAG.search(self.msgstr) else [self.msgstr]

    @cached_property
    def before(self) -> frozenset[str]:
        """The checks that find something in the text as it ships."""
        return self.problems(self.msgstr)

    def problems(self, msgstr: str, asks: bool = False) -> frozenset[str]:
        """Return the ids of the checks that find something in a text for this English, with `asks` the questions too."""
        return frozenset(problem.code for problem in check_translation(self.message, msgstr, self.context, asks))

    def joined(self, parts: list[str]) -> str:
        """Return sentences as one text."""
        return (" " if self.language.spaced else "").join(parts)

    def of(self, words: Mapping[str, str]) -> str | None:
        """Return the language's own word, None if the table has none."""
        return words.get(self.language.code)


Change = Callable[[Sentence, Random], str | None]


@dataclass(frozen=True)
class Kind:
    """One way to harm a translation; `change` gives None for a sentence that it cannot be done to."""

    name: str
    harm: str
    change: Change
    languages: tuple[str, ...] = SIX
    """Where it can be done at all."""


def ended(text: str, ends: str) -> tuple[str, str]:
    """Return a text without its last mark, and that mark with what follows it."""
    found = re.search(rf"[{re.escape(ends)}]+[»”\"']?(?:</(?:b|em)>)?\Z", text)
    return (text[: found.start()], found[0]) if found else (text, "")


def add(words: str | Mapping[str, str]) -> Change:
    """Return a change that writes words into the sentence, before its last mark."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        new = words if isinstance(words, str) else sentence.of(words)
        text, end = ended(sentence.msgstr, sentence.language.ends)
        return f"{text.rstrip()}{' ' if sentence.language.spaced else ''}{new}{end}" if new else None

    return change


def swap(pattern: str | Mapping[str, tuple[str, str]], new: str | Callable[[re.Match[str]], str] = "") -> Change:
    """Return a change that replaces the first match; with a table, pattern and text are the language's."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        old, put = (pattern, new) if isinstance(pattern, str) else pattern.get(sentence.language.code, ("(?!)", ""))
        return re.sub(old, put, sentence.msgstr, count=1)

    return change


def inside(char: str) -> Change:
    """Return a change that puts a character between two letters of a word."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        places = spots(sentence.msgstr)
        at = chance.choice(places) if places else 0
        return sentence.msgstr[:at] + char + sentence.msgstr[at:] if at else None

    return change


def spots(text: str) -> list[int]:
    """Return the places between two letters, outside of placeholders and tags."""
    masked = MARKUP_PART.sub(lambda cut: " " * len(cut[0]), text)
    return [at for at in range(1, len(masked)) if masked[at - 1].isalpha() and masked[at].isalpha()]


def letter(table: Callable[[Sentence], Mapping[str, str]], whole: bool = False) -> Change:
    """Return a change that replaces one letter by the table's, or every letter of a word that the table has all of."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        swaps, text = table(sentence), MARKUP_PART.sub(lambda cut: " " * len(cut[0]), sentence.msgstr)
        pattern = rf"(?<!\w)[{''.join(swaps)}]{{3,}}(?!\w)" if whole else f"[{''.join(swaps)}]"
        found = list(re.finditer(pattern, text)) if swaps else []
        if not found:
            return None
        place = chance.choice(found)
        return sentence.msgstr[: place.start()] + "".join(swaps[char] for char in place[0]) + sentence.msgstr[place.end() :]

    return change


def untagged(change: Callable[[Sentence], str | None]) -> Change:
    """Return a change of a sentence that has no tags."""
    return lambda sentence, chance: None if INLINE_TAG.search(sentence.msgstr) else change(sentence)


def wrap(before: str, after: str = "") -> Change:
    """Return a change that puts something before and after the text."""
    return lambda sentence, chance: before + sentence.msgstr + after


def tagged(pattern: str, new: str) -> Change:
    """Return a change of a sentence that has tags."""
    return lambda sentence, chance: re.sub(pattern, new, sentence.msgstr, count=1) if INLINE_TAG.search(sentence.msgstr) else None


def named(change: Callable[[str], str]) -> Change:
    """Return a change of the first placeholder's name, braces and all."""
    return swap(PLACEHOLDER.pattern, lambda found: change(found[1]))


def number(change: Callable[[str], str]) -> Change:
    """Return a change of the first number."""
    return swap(r"(?<![\da-z_])\d+", lambda found: change(found[0]))


def digits(text: str, zero: str) -> str:
    """Return a number in another row of digits."""
    return "".join(chr(ord(zero) + int(char)) for char in text)


def next_number(text: str) -> str:
    """Return another number: each digit is one higher."""
    return "".join(str((int(char) + 1) % 10) for char in text)


def forms(start: int, end: int) -> dict[str, str]:
    """Return letters of a block of disguised forms by the plain letter."""
    found = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(start, end)}
    return {plain: form for plain, form in found.items() if len(plain) == 1 and plain != form and plain.isalpha()}


def alike(sentence: Sentence) -> dict[str, str]:
    """Return look-alikes by letter: Cyrillic for Latin, old forms for Arabic, radicals for Chinese."""
    latin = dict(["aа", "eе", "oо", "pр", "cс", "xх", "yу", "iі", "sѕ", "jј", "AА", "EЕ", "OО", "CС", "TТ", "HН", "MМ"])
    rows = {"Latn": latin, "Arab": forms(0xFB50, 0xFEFD), "Hani": forms(0x2F00, 0x2FD6)}
    return rows.get(sentence.language.unicode_scripts[0], {})


def kind(name: str, harm: str, change: Change, languages: tuple[str, ...] = SIX) -> Kind:
    """Make a row of the table."""
    return Kind(name, harm, change, languages)
