"""Explain every drawn word by a text of the edition: what is left over, nobody wrote for this page."""

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
    is_separator,
)

_ROMAN_FAMILY = FAMILY_PREFIX + LATIN_FAMILY
"""The family of facts, numbers and the foot in every language."""
_MOST_LINES = 8
"""Over how many lines a word may be broken that finds no room in one, as long addresses are."""
_FOOT_LANGUAGE = "en"
"""The language of the foot, for fonts that draw letters differently by language."""


class WordPlace(NamedTuple):
    """Where a word may be drawn: by which shaper, in which family, between which neighbours."""

    shaper: Shaper
    family: str
    context: str


class PageWords(NamedTuple):
    """What stands on some pages: the words of each as often as they stand there, and what is none of them."""

    pages: tuple[Counter[str], ...]
    strange: tuple[DrawnWord, ...]
    torn: tuple[str, ...] = ()
    """Words of sentences that are broken over lines between two letters."""


class ExplainedWords:
    """The words that may stand on the pages of an edition, each so many times, and the glyphs they may be drawn in."""

    def __init__(self, texts: Iterable[tuple[Shaper, str, int]]) -> None:
        """Take texts, each with the shaper of its language and how often it may stand on the pages."""
        self.allowed: Counter[str] = Counter()
        self.places: dict[str, set[WordPlace]] = defaultdict(set)
        self.forms: dict[DrawnWord, set[str]] = defaultdict(set)
        self.shapers: dict[str, Shaper] = {}
        self.whole: set[str] = set()
        """Words that must not be broken over lines: those that stand in no address."""
        addresses: set[str] = set()
        for shaper, text, times in texts:
            self.shapers |= {
                font_name(family, weight): shaper
                for family in shaper.families
                for weight in FONT_WEIGHTS
            }
            most: Counter[str] = Counter()
            for way in ways_to_set(shaper, text):
                most |= Counter(word for word, _ in way)
                addresses.update(word for word, _ in way if has_break_places(text))
                for word, place in way:
                    self.places[word].add(place)
            self.allowed.update({word: found * times for word, found in most.items()})
        self.whole = {word for word in self.places if word not in addresses}

    def words(self, pages: Sequence[Sequence[DrawnWord]]) -> PageWords:
        """Return the words of each page, and what no text explains."""
        self._learn({drawn.font for page in pages for drawn in page}, beside=False)
        unknown = {drawn.font for page in pages for drawn in page if drawn not in self.forms}
        self._learn(unknown, beside=True)
        found, strange, torn = [], list[DrawnWord](), list[str]()
        for page in pages:
            words: Counter[str] = Counter()
            for drawn, lines in self._joined(page):
                parts = [drawn] if drawn in self.forms else self._cut(drawn)
                words.update(word for part in parts for word in self.forms[part])
                strange += [] if parts else [drawn]
                torn += (
                    sorted(self.forms[drawn])
                    if lines > 1 and self.forms[drawn] <= self.whole
                    else []
                )
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
            if times > sum(self.allowed[one] for one in rivals[word]) and self._counts(word)
        ]

    def _counts(self, word: str) -> bool:
        """Tell whether a word can be counted: where words follow each other without a space, only numbers can."""
        loose = any(
            place.shaper.scripts & (NO_SPACES - BREAK_ANYWHERE) for place in self.places[word]
        )
        return not loose or any(char.isdigit() for char in word)

    def _learn(self, fonts: set[str], beside: bool) -> None:
        """Learn the glyphs of all words in some fonts: alone, or also `beside` their neighbours and in the source's language."""
        for word, places in self.places.items():
            for shaper, family, context in places:
                for weight in FONT_WEIGHTS:
                    if (name := font_name(family, weight)) in fonts:
                        forms = (
                            self._beside(shaper, family, weight, context, word)
                            if beside
                            else (shaper.shape(family, weight, word),)
                        )
                        for form in forms:
                            self.forms[DrawnWord(name, form)].add(word)

    @staticmethod
    def _beside(shaper: Shaper, family: str, weight: str, context: str, word: str) -> Iterator[str]:
        yield from shaper.forms(family, weight, context, word)
        yield shaper.shape(family, weight, word, _FOOT_LANGUAGE)

    def _joined(self, page: Sequence[DrawnWord]) -> Iterator[tuple[DrawnWord, int]]:
        """Yield the words of a page, those put together that were broken over lines, each with the number of its lines."""
        place = 0
        while place < len(page):
            whole = page[place]
            size = 1
            if whole not in self.forms:
                for lines in range(2, _MOST_LINES + 1):
                    part = page[place : place + lines]
                    joined = DrawnWord(whole.font, "".join(one.glyphs for one in part))
                    if joined in self.forms and {one.font for one in part} == {whole.font}:
                        whole, size = joined, lines
            yield whole, size
            place += size

    def _cut(self, drawn: DrawnWord) -> list[DrawnWord]:
        """Return the words of a run in a script without spaces; nothing if it is not made of known ones."""
        shaper = self.shapers.get(drawn.font)
        if not shaper or not shaper.scripts & NO_SPACES:
            return []
        ends: dict[int, int] = {}
        size = len(drawn.glyphs)
        for start in range(size - 1, -1, -1):
            known = (
                end
                for end in range(size, start, -1)
                if (end == size or end in ends) and self._part(drawn, start, end) in self.forms
            )
            if end := next(known, 0):
                ends[start] = end
        found, start = [], 0
        while start in ends:
            found.append(self._part(drawn, start, ends[start]))
            start = ends[start]
        return found if start == size else []

    @staticmethod
    def _part(drawn: DrawnWord, start: int, end: int) -> DrawnWord:
        return DrawnWord(drawn.font, drawn.glyphs[start:end])

    def read(self, drawn: DrawnWord) -> str:
        """Return what glyphs look like, to name them to somebody."""
        shaper = self.shapers.get(drawn.font)
        if not shaper:
            return f"(in {drawn.font})"
        path = next(
            path
            for (family, weight), path in shaper.paths.items()
            if font_name(family, weight) == drawn.font
        )
        letters = {
            harfbuzz_font(path).get_nominal_glyph(code): chr(code)
            for code in sorted(harfbuzz_font(path).face.unicodes, reverse=True)
        }
        return "".join(letters.get(ord(glyph), "□") for glyph in drawn.glyphs)


def ways_to_set(shaper: Shaper, text: str) -> list[list[tuple[str, WordPlace]]]:
    """Return the words of a text with their places, in each way it may be set: in the language's fonts, or all in Roman type."""
    return [
        [(word, WordPlace(shaper, family, context)) for word, family, context in way]
        for way in _ways(shaper, text)
    ]


@cache
def _ways(shaper: Shaper, text: str) -> list[list[tuple[str, str, str]]]:
    own = [(word, family, context) for family, word, context in shaper.expected(text)]
    words = "".join(" " if is_separator(char) else char for char in text).split()
    roman = shaper.covers.get(_ROMAN_FAMILY, frozenset())
    if {family for _, family, _ in own} <= {_ROMAN_FAMILY} or not all(
        ord(char) in roman for word in words for char in word
    ):
        return [own]
    return [own, [(word, _ROMAN_FAMILY, word) for word in words]]
