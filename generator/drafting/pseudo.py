"""Make fake text for designers: longer than English, in the letters and direction of a language, and no translation."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from generator import __version__
from generator.drafting.engine import EngineSetup, Guess, Origin
from generator.model import Language
from generator.problem import LeafletsError, Problem

SOURCE = "en"
LONGER = 1.4
"""How much longer than the English the text is, unless the language's row says that its texts are never so long."""
KEPT = re.compile(r"\{[^{}\s]*\}|<[^<>]*>|&\w+;|%\(\w+\)\w|%\w|https?://\S+|\S+@\S+|X\d+|Q\d+Q|\d+")
"""What stays as it is: placeholders, tags, addresses, numbers, and the masks that stand for such."""
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LOWER, VOWELS = "abcdefghijklmnopqrstuvwxyz", "aeiou"
LETTERS = {
    "Latn": "åƀçđéƒĝħîĵķļɱñöþǫŕšţûṽŵẋýž",
    "Cyrl": "абцдефгхийклмнопярстувшжыз",
    "Arab": "ابجدهفغحيژكلمنوپقرستوفوخيز",
}
"""For each of a to z a letter of the script that looks or sounds like it."""
LETTER = "Lo"
"""The Unicode category of letters without case, which stand well alone."""


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
        return [(SOURCE, code) for code in self.languages if code != SOURCE]

    def origin(self, source: str, target: str) -> Origin:
        """Return that the text is fake; raise LeafletsError for another source than English."""
        self._language(source, target)
        return Origin(
            f"{self.name}-{self.version}",
            "fake",
            settings="fake text to look at a layout, no translation",
        )

    def translate(self, batch: Sequence[str], source: str, target: str) -> list[Guess]:
        """Return fake text for each text, the same every time; raise LeafletsError for another source than English."""
        language = self._language(source, target)
        return [
            Guess(fake_text(text, language))
            if text.strip()
            else Guess(fault="there is nothing to translate")
            for text in batch
        ]

    def _language(self, source: str, target: str) -> Language:
        if (source, target) not in self.pairs():
            hint = "the fake texts are made from English, for every other language of locales/languages.yaml"
            raise LeafletsError(
                Problem("model-missing", f"no fake text from {source} to {target}", hint=hint)
            )
        return self.languages[target]


def fake_text(text: str, language: Language) -> str:
    """Return a text as long as a long translation, with the marks, digits, placeholders and tags of the English."""
    alphabet = LETTERS.get(
        language.unicode_scripts[0], "" if language.words else script_letters(language.endonym)
    )
    glue = " " if language.spaced else language.joiners
    parts = []
    vowels = count()
    for kept, plain in _cut(text):
        new = _spelled(plain, alphabet, vowels) if alphabet else _replaced(plain, language, glue)
        parts += [kept, new if language.spaced else re.sub(" +", glue, new)]
    return "".join(parts)


def _cut(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is kept and the plain text after it, in order."""
    end, kept = 0, ""
    for match in KEPT.finditer(text):
        yield kept, text[end : match.start()]
        end, kept = match.end(), match[0]
    yield kept, text[end:]


def _spelled(text: str, alphabet: str, vowels: Iterator[int]) -> str:
    """Return the text in other letters, with vowels two and three times in turn: the words can still be recognised."""
    table = str.maketrans(LOWER + LOWER.upper(), alphabet + alphabet.upper())
    return "".join(
        char.translate(table) * (2 + next(vowels) % 2 if char in VOWELS else 1) for char in text
    )


def _replaced(text: str, language: Language, glue: str) -> str:
    """Return the text with common words of the language in place of its own, the same one each time."""
    times = min(LONGER, language.length[1])
    return WORD.sub(
        lambda match: _sample(match[0].lower(), len(match[0]) * times, language.words, glue), text
    )


def _sample(word: str, length: float, words: Sequence[str], glue: str) -> str:
    start = zlib.crc32(word.encode())
    found = words[start % len(words)]
    for step in count(1):
        if len(found) + len(glue) >= length:
            return found
        found += glue + words[(start + step) % len(words)]
    raise AssertionError


def script_letters(sample: str) -> str:
    """Return 26 letters of the script of a sample: of its Unicode block, those that fonts have had for long.

    >>> script_letters("ไทย")[:3]
    'กขฃ'
    """
    start = ord(max(sample, key=lambda char: unicodedata.category(char) == LETTER)) & ~0x7F
    for category in (unicodedata.ucd_3_2_0.category, unicodedata.category):
        found = "".join(
            chr(code) for code in range(start, start + 0x80) if category(chr(code)) == LETTER
        )
        if len(found) >= len(LOWER):
            break
    return found[: len(LOWER)]
