"""Look whether people can read what stands on a page: dark enough, large enough, upright, and not one on the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.campaign.sheets import Sheet
from generator.layout.expected import Expected
from generator.problem import Problem
from generator.proof.overprint import heaped_letters
from generator.proof.page_view import Letter, PageView, letter_contrast, page_words
from generator.proof.structure import MM

_LEAST_INK = 60
"""Least difference between the darkest and the lightest point of a letter, of 255; shipped pages have 75 and more."""
_LEAST_CONTRAST = 120
"""The same for the darkest letter of a word: thin letters are grey where they are small, but never all of them; shipped pages have 150."""
_MOST_UNSEEN = 5
"""Signs in a row without a place of their own for ink that are a fault; single ones are drawn as a part of their neighbour."""
_BODY_SIZE = 0.5
"""Least size of the leaflet's own text, in parts of the least size of its sheet; shipped pages have 0.53."""
_LEGIBLE_HINT = "look at the page; the theme must not cover text, or print it pale, tiny, turned or one over the other"


def legibility_problems(
    pages: Sequence[PageView], sheet: Sheet, expected: Expected
) -> Iterator[Problem]:
    """Yield a problem for each page with letters that nobody can read."""
    for number, page in enumerate(pages, 1):
        words = page_words(page)
        for what, found in (
            ("cannot be seen", _hidden(page, words)),
            (
                "is too small, or does not stand upright",
                _small(page, words, sheet, number, expected),
            ),
            ("stands on other words", heaped_letters(page)),
        ):
            if found:
                read = " · ".join("".join(letter.char for letter in word) for word in found[:5])
                yield Problem(
                    "proof-hidden", f"page {number}: this {what}: {read}", hint=_LEGIBLE_HINT
                )


def _hidden(page: PageView, words: list[list[Letter]]) -> list[list[Letter]]:
    """Return the words with a letter that leaves no ink, and pale ones: covered, or white on white."""
    found, row = [], list[Letter]()
    for word in words:
        shades = [letter_contrast(page, letter) for letter in word]
        pale = max(shades) < _LEAST_CONTRAST and any(letter.char.isalnum() for letter in word)
        faint = [letter for letter, shade in zip(word, shades, strict=True) if shade < _LEAST_INK]
        row = [*row, *faint] if len(faint) == len(word) else faint
        if (
            pale
            or len(row) >= _MOST_UNSEEN
            or any(letter.inked or letter.char.isdigit() for letter in faint)
        ):
            found.append(word)
    return found


def _small(
    page: PageView, words: list[list[Letter]], sheet: Sheet, number: int, expected: Expected
) -> list[list[Letter]]:
    """Return the words in type smaller than people can read; the printed address of a code is as large as its code."""
    above, below = (length * MM for length in sheet.borders(number))
    above += sheet.band * MM if above and expected.stamp else 0
    text = max(sheet.least(number), _BODY_SIZE * sheet.sizes[-1] if above else 0)

    def least(word: list[Letter]) -> float:
        inside = below <= word[0].middle <= page.height - above
        printed = "".join(
            letter.char for letter in sorted(word, key=lambda letter: letter.left)
        )  # PDFium may turn its parts round
        return (
            text
            if inside and not any(printed in code for code in expected.codes)
            else sheet.least(number)
        )

    return [word for word in words if min(letter.size for letter in word) < least(word) - 0.05]
