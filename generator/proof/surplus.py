"""Explain every drawn word by a text of the edition: what is left over, nobody wrote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from generator.campaign.long_values import has_break_places
from generator.layout.fonts import FAMILY_PREFIX, LATIN_FAMILY
from generator.proof.glyphs import (
    BREAK_ANYWHERE,
    FONT_WEIGHTS,
    NO_SPACES,
    DrawnWord,
    Shaper,
    font_name,
    harfbuzz_font,
    separated_words,
)

# The family of facts, numbers and the foot in every language.
_ROMAN_FAMILY = FAMILY_PREFIX + LATIN_FAMILY
# Over how many lines a word may be broken that finds no room in one, as long addresses are.
_MOST_LINES = 8
# The language of the foot, for fonts that draw letters differently by language.
_FOOT_LANGUAGE = "en"


class WordPlace(NamedTuple):
    """Where a word may be drawn: by which shaper, in which family, between which neighbours."""

    word: str
    shaper: Shaper
    family: str
    context: str


class PageWords(NamedTuple):
    """What stands on some pages: the words of each as often as they stand there, and the rest."""

    pages: tuple[Counter[str], ...]
    strange: tuple[DrawnWord, ...]
    """What is no word of any text."""
    torn: tuple[str, ...] = ()
    """Words of sentences that are broken over lines between two letters."""


class ExplainedWords:
    """The words that may stand on the pages of an edition, how often, and in which glyphs."""

    def __init__(self, texts: Iterable[tuple[Shaper, str, int]]) -> None:
        """Take texts, each with its shaper and how often it may stand on the pages."""
        self.allowed: Counter[str] = Counter()
        self.places: dict[str, set[WordPlace]] = defaultdict(set)
        self.forms: dict[DrawnWord, set[str]] = defaultdict(set)
        self.shapers: dict[str, Shaper] = {}
        in_addresses: set[str] = set()
        for shaper, text, times in texts:
            self.shapers |= {font_name(*key): shaper for key in shaper.paths}
            most: Counter[str] = Counter()
            for way in ways_to_set(shaper, text):
                most |= Counter(place.word for place in way)
                for place in way:
                    self.places[place.word].add(place)
            self.allowed.update({word: found * times for word, found in most.items()})
            if has_break_places(text):
                in_addresses |= most.keys()
        self.whole = self.places.keys() - in_addresses
        """Words that must not be broken over lines: those that stand in no address."""

    def words(self, pages: Sequence[Sequence[DrawnWord]]) -> PageWords:
        """Return the words of each page, and what no text explains."""
        self._learn({drawn.font for page in pages for drawn in page}, beside=False)
        # What is drawn beside other words is shaped only where that is not enough.
        unknown = {drawn.font for page in pages for drawn in page if drawn not in self.forms}
        self._learn(unknown, beside=True)

        found, strange, torn = [], list[DrawnWord](), list[str]()
        for page in pages:
            words: Counter[str] = Counter()
            for drawn, lines in self._joined(page):
                parts = [drawn] if drawn in self.forms else self._cut(drawn)
                words.update(word for part in parts for word in self.forms[part])
                if not parts:
                    strange.append(drawn)
                elif lines > 1 and self.forms[drawn] <= self.whole:
                    torn += sorted(self.forms[drawn])
            found.append(words)
        return PageWords(tuple(found), tuple(strange), tuple(torn))

    def often(self, words: PageWords) -> list[str]:
        """Return the words that stand on the pages more often than the texts have them."""
        rivals: dict[str, set[str]] = defaultdict(set)
        for owners in self.forms.values():
            for word in owners:
                rivals[word] |= owners
        found = sum(words.pages, Counter[str]())
        return [
            word
            for word, times in found.items()
            if times > sum(self.allowed[one] for one in rivals[word]) and self._is_countable(word)
        ]

    def _is_countable(self, word: str) -> bool:
        """Tell whether a word can be counted.

        Where words follow each other without a space, only numbers can.
        """
        loose = NO_SPACES - BREAK_ANYWHERE
        return any(char.isdigit() for char in word) or not any(
            place.shaper.scripts & loose for place in self.places[word]
        )

    def _learn(self, fonts: set[str], beside: bool) -> None:
        """Learn the glyphs of all words in some fonts: alone, or also `beside` their neighbours.

        Those beside their neighbours are learned in the language of the foot too.
        """
        for word, shaper, family, context in (row for rows in self.places.values() for row in rows):
            for weight in FONT_WEIGHTS:
                if (name := font_name(family, weight)) not in fonts:
                    continue
                forms = {shaper.shape(family, weight, word)}
                if beside:
                    forms |= {*shaper.forms(family, weight, context, word)}
                    forms.add(shaper.shape(family, weight, word, _FOOT_LANGUAGE))
                for form in forms:
                    self.forms[DrawnWord(name, form)].add(word)

    def _joined(self, page: Sequence[DrawnWord]) -> Iterator[tuple[DrawnWord, int]]:
        """Yield the words of a page, each with the number of its lines.

        The parts of a word that was broken over lines are put together.
        """
        place = 0
        while place < len(page):
            whole, size = page[place], 1
            for lines in range(2, _MOST_LINES + 1) if whole not in self.forms else ():
                part = page[place : place + lines]
                joined = DrawnWord(whole.font, "".join(one.glyphs for one in part))
                if joined in self.forms and {one.font for one in part} == {joined.font}:
                    whole, size = joined, lines
            yield whole, size
            place += size

    def _cut(self, drawn: DrawnWord) -> list[DrawnWord]:
        """Return the words of a run in a script without spaces, as long as they can be.

        There are none if the run is not made of known words.
        """
        shaper = self.shapers.get(drawn.font)
        if not shaper or not shaper.scripts & NO_SPACES:
            return []
        size, first = len(drawn.glyphs), dict[int, list[DrawnWord]]()
        first[size] = []
        # From the back: the words of which the rest of the run is made, longest first.
        for start in reversed(range(size)):
            for end in (end for end in range(size, start, -1) if end in first):
                part = DrawnWord(drawn.font, drawn.glyphs[start:end])
                if part in self.forms:
                    first[start] = [part, *first[end]]
                    break
        return first.get(0, [])

    def read(self, drawn: DrawnWord) -> str:
        """Return what glyphs look like, to name them to somebody."""
        shaper = self.shapers.get(drawn.font)
        if not shaper:
            return f"(in {drawn.font})"
        paths = {font_name(*key): path for key, path in shaper.paths.items()}
        font = harfbuzz_font(paths[drawn.font])
        codes = sorted(font.face.unicodes, reverse=True)
        letters = {font.get_nominal_glyph(code): chr(code) for code in codes}
        return "".join(letters.get(ord(glyph), "□") for glyph in drawn.glyphs)


@cache
def ways_to_set(shaper: Shaper, text: str) -> list[list[WordPlace]]:
    """Return the words of a text with their places, in each way it may be set.

    It may be in the language's fonts, or all in Roman type.
    """
    own = [
        WordPlace(word, shaper, family, context) for family, word, context in shaper.expected(text)
    ]
    words = separated_words(text)
    roman = shaper.covers.get(_ROMAN_FAMILY, frozenset())
    if {place.family for place in own} <= {_ROMAN_FAMILY} or not roman.issuperset(
        map(ord, "".join(words))
    ):
        return [own]
    return [own, [WordPlace(word, shaper, _ROMAN_FAMILY, word) for word in words]]
