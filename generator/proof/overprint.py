"""Find words that are printed on top of other words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain, product

from generator.proof.page_view import Letter, PageView, page_words

_Box = tuple[float, float, float, float]
# Part of the smaller one of two letters that may lie under the other.
_MOST_COVERED = 0.5
# Pairs of letters, among all letters of an Arabic page, that may lie so: words in Nastaliq hang
# over each other, on shipped pages 1 in 20. A form's page has no text layer, and some of its Arabic
# glyphs are read as other signs, so any pair but Latin ones may.
_MOST_LOOSE = 0.1


def heaped_letters(page: PageView) -> list[list[Letter]]:
    """Return the letters, in pairs, of which one covers more than half of another word's.

    Letters of one word may: signs are drawn on and under their letters.
    """
    words = ([one for one in word if one.inked and one.char.isalnum()] for word in page_words(page))
    pairs = list(_heaped_pairs(filter(None, words)))
    arabic = any(unicodedata.bidirectional(letter.char) == "AL" for letter in page.letters)
    loose = [pair for pair in pairs if arabic and not all(letter.char.isascii() for letter in pair)]
    tolerated = len(pairs) == len(loose) <= _MOST_LOOSE * len(page.letters)
    return [] if tolerated else pairs


def _heaped_pairs(words: Iterator[list[Letter]]) -> Iterator[list[Letter]]:
    """Yield the pairs, going from left to right with the words that have not ended yet."""
    near: list[tuple[_Box, list[Letter]]] = []
    for box, word in sorted(((_ink_box(word), word) for word in words), key=lambda row: row[0]):
        left, bottom, _, top = box
        near = [row for row in near if row[0][2] > left]
        level = [other for (_, low, _, high), other in near if low < top and bottom < high]
        for one, two in chain.from_iterable(product(word, other) for other in level):
            if _is_covered(one, two):
                yield [one, two]
        near.append((box, word))


def _ink_box(word: list[Letter]) -> _Box:
    left, bottom, right, top = zip(*(letter.ink for letter in word), strict=True)
    return min(left), min(bottom), max(right), max(top)


def _is_covered(one: Letter, two: Letter) -> bool:
    """Tell whether two letters share too much of the smaller one's ink."""
    (left, bottom, right, top), (start, low, end, high) = one.ink, two.ink
    wide, tall = min(right, end) - max(left, start), min(top, high) - max(bottom, low)
    smaller = min((right - left) * (top - bottom), (end - start) * (high - low))
    return min(wide, tall) > 0 and wide * tall > _MOST_COVERED * smaller
