"""Check that people can read what stands on a page: dark, large, upright, and not overprinted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.campaign.sheets import Sheet
from generator.layout.expected import Expected
from generator.problem import Problem
from generator.proof.overprint import heaped_letters
from generator.proof.page_view import Letter, PageView, letter_contrast, page_words, spelled
from generator.proof.structure import MM

# Least difference between the darkest and the lightest point of a letter, of 255; shipped pages
# have 75 and more.
_LEAST_INK = 60
# The same for the darkest letter of a word: small thin letters are grey, but never all of a word.
# Shipped pages have 150.
_LEAST_CONTRAST = 120
# So many signs in a row without a place of their own for ink are a fault; single ones are drawn as
# a part of their neighbour.
_MOST_UNSEEN = 5
# Least size of the leaflet's own text, in parts of the least size of its sheet; shipped pages have
# 0.53.
_BODY_SIZE = 0.5
_LEGIBLE_HINT = (
    "look at the page; the theme must not cover text,"
    " or print it pale, tiny, turned or one over the other"
)


def legibility_problems(
    pages: Sequence[PageView], sheet: Sheet, expected: Expected
) -> Iterator[Problem]:
    """Yield a problem for each page with letters that nobody can read."""
    for number, page in enumerate(pages, 1):
        words = page_words(page)
        small = _small_words(page, words, sheet, number, expected)
        for what, found in (
            ("cannot be seen", _hidden_words(page, words)),
            ("is too small, or does not stand upright", small),
            ("stands on other words", heaped_letters(page)),
        ):
            if found:
                yield Problem(
                    "proof-hidden",
                    f"page {number}: this {what}: {' · '.join(map(spelled, found[:5]))}",
                    hint=_LEGIBLE_HINT,
                )


def _hidden_words(page: PageView, words: list[list[Letter]]) -> list[list[Letter]]:
    """Return words with a letter that leaves no ink, and pale words: covered, or white on white."""
    found, row = [], list[Letter]()
    for word in words:
        shades = [letter_contrast(page, letter) for letter in word]
        pale = max(shades) < _LEAST_CONTRAST and any(letter.char.isalnum() for letter in word)
        faint = [letter for letter, shade in zip(word, shades, strict=True) if shade < _LEAST_INK]
        lost = any(letter.inked or letter.char.isdigit() for letter in faint)
        row = [*row, *faint] if len(faint) == len(word) else faint
        if pale or lost or len(row) >= _MOST_UNSEEN:
            found.append(word)
    return found


def _small_words(
    page: PageView, words: list[list[Letter]], sheet: Sheet, number: int, expected: Expected
) -> list[list[Letter]]:
    """Return the words in type smaller than people can read.

    The printed address of a code may be as small as the code allows.
    """
    above, below = (length * MM for length in sheet.borders(number))
    above += sheet.band * MM if above and expected.stamp else 0
    small = sheet.least(number)
    body = max(small, _BODY_SIZE * sheet.sizes[-1] if above else 0)

    def least_size(word: list[Letter]) -> float:
        inside = below <= word[0].middle <= page.height - above
        # PDFium may turn the parts of an address round.
        printed = spelled(sorted(word, key=lambda letter: letter.left))
        return body if inside and not any(printed in code for code in expected.codes) else small

    return [word for word in words if min(letter.size for letter in word) < least_size(word) - 0.05]
