"""Make fake text for designers: longer than English, in the letters of a language, untranslated."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from generator import __version__
from generator.drafting.engine import EMPTY_TEXT, EngineSetup, Guess, Origin
from generator.model import Language
from generator.problem import LeafletsError, Problem

_SOURCE = "en"

# How much longer than the English the text is, unless texts of the language never are.
_GROWTH = 1.4

# What stays as it is: placeholders, tags, addresses, numbers, and the masks of such.
_KEPT = re.compile(
    r"\{[^{}\s]*\}|<[^<>]*>|&\w+;|%\(\w+\)\w|%\w|https?://\S+|\S+@\S+|X\d+|Q\d+Q|\d+"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LOWER, _VOWELS = "abcdefghijklmnopqrstuvwxyz", "aeiou"

# For each of a to z a letter of the script that looks or sounds like it.
_SCRIPT_LETTERS = {
    "Latn": "åƀçđéƒĝħîĵķļɱñöþǫŕšţûṽŵẋýž",
    "Cyrl": "абцдефгхийклмнопярстувшжыз",
    "Arab": "ابجدهفغحيژكلمنوپقرستوفوخيز",
}

# The Unicode category of letters without case, which stand well alone.
_CASELESS = "Lo"


@dataclass(frozen=True)
class Pseudo:
    """The engine; it speaks every language of the table `languages`."""

    languages: Mapping[str, Language]
    name: str = field(default="pseudo", init=False)
    offline: bool = field(default=True, init=False)
    fake: bool = field(default=True, init=False)
    version: str = field(default=__version__, init=False)

    @classmethod
    def set_up(cls, setup: EngineSetup) -> Pseudo:
        """Return the engine for the language table."""
        return cls(setup.languages)

    def pairs(self) -> list[tuple[str, str]]:
        """Return English with every other language."""
        return [(_SOURCE, code) for code in self.languages if code != _SOURCE]

    def origin(self, source: str, target: str) -> Origin:
        """Return that the text is fake; raise LeafletsError for a source other than English."""
        self._language(source, target)
        return Origin(
            f"{self.name}-{self.version}",
            "fake",
            settings="fake text to look at a layout, no translation",
        )

    def translate(self, batch: Sequence[str], source: str, target: str) -> list[Guess]:
        """Return fake text for each text, the same every time.

        Raises LeafletsError for another source than English.
        """
        language = self._language(source, target)
        return [Guess(fake_text(text, language)) if text.strip() else EMPTY_TEXT for text in batch]

    def _language(self, source: str, target: str) -> Language:
        if (source, target) not in self.pairs():
            what = f"no fake text from {source} to {target}"
            hint = (
                "the fake texts are made from English, "
                "for every other language of locales/languages.yaml"
            )
            raise LeafletsError(Problem("model-missing", what, hint=hint))
        return self.languages[target]


def fake_text(text: str, language: Language) -> str:
    """Return a text as long as a long translation.

    It keeps the marks, digits, placeholders and tags of the English.
    """
    known = "" if language.words else script_letters(language.endonym)
    alphabet = _SCRIPT_LETTERS.get(language.unicode_scripts[0], known)
    glue = " " if language.spaced else language.joiners
    parts, end, vowels = [], 0, count()
    for kept in [*_KEPT.finditer(text), None]:
        plain = text[end : kept.start() if kept else None]
        new = _spelled(plain, alphabet, vowels) if alphabet else _replaced(plain, language, glue)
        parts += [new if language.spaced else re.sub(" +", glue, new), kept[0] if kept else ""]
        end = kept.end() if kept else end
    return "".join(parts)


def _spelled(text: str, alphabet: str, vowels: Iterator[int]) -> str:
    """Return the text in other letters: the words can still be recognised.

    Vowels stand two and three times in turn.
    """
    table = str.maketrans(_LOWER + _LOWER.upper(), alphabet + alphabet.upper())
    return "".join(
        char.translate(table) * (2 + next(vowels) % 2 if char in _VOWELS else 1) for char in text
    )


def _replaced(text: str, language: Language, glue: str) -> str:
    """Return the text with common words of the language, the same one for a word each time."""
    words, growth = language.words, min(_GROWTH, language.length[1])

    def replaced(match: re.Match[str]) -> str:
        number = zlib.crc32(match[0].lower().encode())
        found = words[number % len(words)]
        while len(found) + len(glue) < len(match[0]) * growth:
            number += 1
            found += glue + words[number % len(words)]
        return found

    return _WORD.sub(replaced, text)


def script_letters(sample: str) -> str:
    """Return 26 letters of a sample's script: of its Unicode block, those that old fonts have too.

    >>> script_letters("ไทย")[:3]
    'กขฃ'
    """
    start = ord(max(sample, key=lambda char: unicodedata.category(char) == _CASELESS)) & ~0x7F
    # Letters of Unicode 3.2 (2002) come first: newer ones are missing from many fonts.
    for category in (unicodedata.ucd_3_2_0.category, unicodedata.category):
        found = "".join(
            chr(code) for code in range(start, start + 0x80) if category(chr(code)) == _CASELESS
        )
        if len(found) >= len(_LOWER):
            break
    return found[: len(_LOWER)]
