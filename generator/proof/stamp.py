"""Check that each page of a draft is stamped where everybody sees it, in undistorted letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from generator.campaign.sheets import Sheet
from generator.layout.expected import Expected
from generator.problem import Problem
from generator.proof.glyphs import FONT_WEIGHTS, Shaper
from generator.proof.page_view import Letter, PageView, letter_contrast, spelled
from generator.proof.structure import MM

# Height of a line of Noto Sans in multiples of its size: the loose box of a letter in PDFium.
_LINE_HEIGHT = 1.362
# Least difference between the darkest and the lightest point of each letter of a stamp, of 255.
_STAMP_CONTRAST = 130
# How wide a stamp may be, in parts of its width as the font has it.
_LEAST_WIDTH, _MOST_WIDTH = 0.8, 1.25
# Most difference between a letter and the same drawn alone, as the mean of its points, of 255:
# shipped pages have 34, mirrored ones 60.
_MOST_DIFFERENCE = 48
# Width and height of a letter, in points, where both are compared: coarse, since each viewer places
# the edges of letters otherwise.
_LETTER_CELLS = (6, 8)
# How far a letter may stand beside its box, in points, the likeliest first: PDFium draws letters at
# whole points.
_PLACES_BESIDE = sorted(
    product((-1, 0, 1), repeat=2), key=lambda place: (abs(place[0]) + abs(place[1]), place)
)
# Size in points of the letters drawn alone.
_ALONE_SIZE = 128


def stamp_problems(
    pages: Sequence[PageView], sheet: Sheet, expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield a problem for each page whose stamp is misplaced, too small, too pale, or distorted."""
    if not expected.stamp:
        return
    family = shaper.roman.families[-1]
    fonts = [shaper.roman.paths[family, weight] for weight in reversed(FONT_WEIGHTS)]
    for number, page in enumerate(pages, 1):
        if not any(
            _is_stamp(page, letters, sheet, number) and _is_undistorted(page, letters, fonts)
            for letters in _spellings(page, expected.stamp)
        ):
            yield Problem(
                "proof-stamp",
                f"page {number}: no {expected.stamp} of {sheet.stamp(number):g} pt or more,"
                " dark and undistorted, in the band at the top",
                hint="look at the band at the top of the page; a theme must print it"
                " as templates/themes/community does, and nothing over it",
            )


def _spellings(page: PageView, stamp: str) -> Iterator[tuple[Letter, ...]]:
    """Yield the letters of each place where a page says a word."""
    for match in re.finditer(f"(?={re.escape(stamp)})", spelled(page.letters)):
        yield page.letters[match.start() : match.start() + len(stamp)]


def _is_stamp(page: PageView, letters: tuple[Letter, ...], sheet: Sheet, number: int) -> bool:
    """Tell whether letters are large and dark, and in the band if the page has one."""
    strip = sheet.tab and number == sheet.pages
    lowest = 0 if strip else page.height - (sheet.margin + sheet.band) * MM
    height = sheet.stamp(number) * _LINE_HEIGHT * 0.99
    return all(
        letter.top - letter.bottom >= height and letter.bottom >= lowest for letter in letters
    ) and all(letter_contrast(page, letter) >= _STAMP_CONTRAST for letter in letters)


def _is_undistorted(page: PageView, letters: tuple[Letter, ...], fonts: Sequence[Path]) -> bool:
    """Tell whether letters look like themselves drawn alone in one of the fonts.

    They are neither stretched, heaped, turned nor mirrored, and under nothing else.
    """
    shape = (letters[-1].ink[2] - letters[0].ink[0]) / (letters[0].ink[3] - letters[0].ink[1])
    for font in fonts:
        word = _drawn_alone(font, spelled(letters))
        if _LEAST_WIDTH <= shape * word.height / word.width <= _MOST_WIDTH and all(
            _looks_like(page, letter, _drawn_alone(font, letter.char)) for letter in letters
        ):
            return True
    return False


def _looks_like(page: PageView, letter: Letter, alone: Any) -> bool:
    """Tell whether a letter looks like its own picture, dark on light or light on dark."""
    from PIL import ImageChops, ImageOps, ImageStat

    left, bottom, right, top = letter.ink
    across, along = page.picture.width / page.width, page.picture.height / page.height
    x, y = int(left * across), int((page.height - top) * along)
    wide, high = round((right - left) * across), round((top - bottom) * along)
    wanted = alone.resize(_LETTER_CELLS)
    ways = (wanted, ImageChops.invert(wanted))
    for dx, dy in _PLACES_BESIDE:
        shown = page.picture.crop((x + dx, y + dy, x + dx + wide, y + dy + high))
        cells = ImageOps.autocontrast(shown).resize(_LETTER_CELLS)
        differences = (ImageStat.Stat(ImageChops.difference(cells, way)).mean[0] for way in ways)
        if min(differences) <= _MOST_DIFFERENCE:
            return True
    return False


@cache
def _drawn_alone(font: Path, word: str) -> Any:
    """Return a picture of a word in black on white, cut to its ink."""
    from PIL import Image, ImageDraw, ImageFont, ImageOps

    drawn = ImageFont.truetype(str(font), _ALONE_SIZE)
    left, top, right, bottom = map(int, drawn.getbbox(word))
    picture = Image.new("L", (right - left + 8, bottom - top + 8), 255)
    ImageDraw.Draw(picture).text((4 - left, 4 - top), word, fill=0, font=drawn)
    return picture.crop(ImageOps.invert(picture).getbbox())
