"""Look for words that are printed on top of other words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain, product

from generator.proof.page_view import Letter, PageView, page_words

_Box = tuple[float, float, float, float]
_MOST_COVERED = 0.5
"""Part of the smaller one of two letters that may lie under the other."""
_MOST_LOOSE = 0.1
"""Letters among all of an Arabic page that may do so: words in Nastaliq hang over each other, on shipped pages 1 in 20.

A form's page has no text layer: some of its Arabic glyphs are read as other signs, so that any pair but Latin ones may."""


def heaped_letters(page: PageView) -> list[list[Letter]]:
    """Return the letters, in pairs, of which one covers more than half of another word's.

    Letters of one word may: signs are drawn on and under their letters.
    """
    pairs = list(
        _covering(
            [
                letters
                for word in page_words(page)
                if (letters := [one for one in word if one.inked and one.char.isalnum()])
            ]
        )
    )
    arabic = any(unicodedata.bidirectional(letter.char) == "AL" for letter in page.letters)
    loose = [pair for pair in pairs if arabic and not all(letter.char.isascii() for letter in pair)]
    return pairs if len(pairs) > len(loose) or len(loose) > _MOST_LOOSE * len(page.letters) else []


def _covering(words: list[list[Letter]]) -> Iterator[list[Letter]]:
    """Yield the pairs; words are gone through from left to right, with those that are not over yet."""
    near: list[tuple[_Box, list[Letter]]] = []
    for box, word in sorted(((_box(word), word) for word in words), key=lambda row: row[0]):
        left, bottom, _, top = box
        near = [row for row in near if row[0][2] > left]
        level = [other for (_, low, _, high), other in near if low < top and bottom < high]
        for one, two in chain.from_iterable(product(word, other) for other in level):
            if _shared(one, two) > _MOST_COVERED * min(map(_area, (one, two))):
                yield [one, two]
        near.append((box, word))


def _box(word: list[Letter]) -> _Box:
    left, bottom, right, top = zip(*(letter.ink for letter in word), strict=True)
    return min(left), min(bottom), max(right), max(top)


def _shared(one: Letter, two: Letter) -> float:
    (left, bottom, right, top), (start, low, end, high) = one.ink, two.ink
    wide, tall = min(right, end) - max(left, start), min(top, high) - max(bottom, low)
    return wide * tall if wide > 0 and tall > 0 else 0


def _area(letter: Letter) -> float:
    left, bottom, right, top = letter.ink
    return (right - left) * (top - bottom)
