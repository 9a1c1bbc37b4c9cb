"""Look whether each page of a draft is stamped where everybody sees it, in letters that look like those of the font."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from generator.campaign.sheets import Sheet
from generator.layout.expected import Expected
from generator.problem import Problem
from generator.proof.glyphs import FONT_WEIGHTS, Shaper
from generator.proof.page_view import Letter, PageView, letter_contrast
from generator.proof.structure import MM

_LINE_HEIGHT = 1.362
"""Height of a line of Noto Sans in multiples of its size: the loose box of a letter in PDFium."""
_STAMP_CONTRAST = 130
"""Least difference between the darkest and the lightest point of each letter of a stamp, of 255."""
_STAMP_WIDTHS = (0.8, 1.25)
"""How wide a stamp may be, in parts of its width as the font has it."""
_MOST_DIFFERENCE = 48
"""Most difference between a letter and the same drawn alone, as the mean of its points, of 255: shipped pages have 34, mirrored ones 60."""
_LETTER_CELLS = (6, 8)
"""Width and height of a letter, in points, where both are compared: coarse, since each viewer places the edges of letters otherwise."""
_PLACES_BESIDE = sorted(
    product((-1, 0, 1), repeat=2), key=lambda place: (abs(place[0]) + abs(place[1]), place)
)
"""How far a letter may stand beside its box, in points: PDFium draws letters at whole points. The likeliest first."""
_ALONE_SIZE = 128
"""Size in points of the letters drawn alone."""
_STAMP_HINT = "look at the band at the top of the page; a theme must print it as templates/themes/community does, and nothing over it"


def stamp_problems(
    pages: Sequence[PageView], sheet: Sheet, expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield a problem for each page on which the stamp is not where it must be, too small, too pale, or distorted."""
    fonts = [
        shaper.roman.paths[shaper.roman.families[-1], weight] for weight in reversed(FONT_WEIGHTS)
    ]
    for number, page in enumerate(pages, 1):
        spelled = list(_spelled(page, expected.stamp)) if expected.stamp else []
        if expected.stamp and not any(
            _stamped(page, letters, sheet, number) and _alike(page, letters, fonts)
            for letters in spelled
        ):
            what = f"page {number}: no {expected.stamp} of {sheet.stamp(number):g} pt or more, dark and undistorted, in the band at the top"
            yield Problem("proof-stamp", what, hint=_STAMP_HINT)


def _spelled(page: PageView, stamp: str) -> Iterator[tuple[Letter, ...]]:
    """Yield the letters of each place where a page says a word."""
    text = "".join(letter.char for letter in page.letters)
    place = text.find(stamp)
    while place >= 0:
        yield page.letters[place : place + len(stamp)]
        place = text.find(stamp, place + 1)


def _stamped(page: PageView, letters: tuple[Letter, ...], sheet: Sheet, number: int) -> bool:
    strip = sheet.tab and number == sheet.pages
    lowest = 0 if strip else page.height - (sheet.margin + sheet.band) * MM
    large = (
        min(letter.top - letter.bottom for letter in letters)
        >= sheet.stamp(number) * _LINE_HEIGHT * 0.99
    )
    placed = min(letter.bottom for letter in letters) >= lowest
    return (
        large
        and placed
        and min(letter_contrast(page, letter) for letter in letters) >= _STAMP_CONTRAST
    )


def _alike(page: PageView, letters: tuple[Letter, ...], fonts: Sequence[Path]) -> bool:
    """Tell whether letters look like themselves drawn alone: neither stretched, heaped, turned nor mirrored, and under nothing else."""
    word = "".join(letter.char for letter in letters)
    shape = (letters[-1].ink[2] - letters[0].ink[0]) / (letters[0].ink[3] - letters[0].ink[1])
    return any(
        _STAMP_WIDTHS[0]
        <= shape * _alone(font, word).height / _alone(font, word).width
        <= _STAMP_WIDTHS[1]
        and all(_looks(page, letter, _alone(font, letter.char)) for letter in letters)
        for font in fonts
    )


def _looks(page: PageView, letter: Letter, alone: Any) -> bool:
    """Tell whether a letter looks like its own picture, whether it is printed dark on light or light on dark."""
    from PIL import ImageChops, ImageOps, ImageStat

    left, bottom, right, top = letter.ink
    across, along = page.picture.width / page.width, page.picture.height / page.height
    x, y = int(left * across), int((page.height - top) * along)
    wide, high = round((right - left) * across), round((top - bottom) * along)
    wanted = alone.resize(_LETTER_CELLS)
    for dx, dy in _PLACES_BESIDE:
        shown = ImageOps.autocontrast(
            page.picture.crop((x + dx, y + dy, x + dx + wide, y + dy + high))
        ).resize(_LETTER_CELLS)
        if any(
            ImageStat.Stat(ImageChops.difference(shown, way)).mean[0] <= _MOST_DIFFERENCE
            for way in (wanted, ImageChops.invert(wanted))
        ):
            return True
    return False


@cache
def _alone(font: Path, word: str) -> Any:
    """Return a picture of a word in black on white, cut to its ink."""
    from PIL import Image, ImageDraw, ImageFont, ImageOps

    drawn = ImageFont.truetype(str(font), _ALONE_SIZE)
    left, top, right, bottom = map(int, drawn.getbbox(word))
    picture = Image.new("L", (right - left + 8, bottom - top + 8), 255)
    ImageDraw.Draw(picture).text((4 - left, 4 - top), word, fill=0, font=drawn)
    return picture.crop(ImageOps.invert(picture).getbbox())
