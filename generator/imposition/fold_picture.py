"""Draw how a leaflet comes out of the printer and how it is folded.

The picture shows the sides with their page numbers, the steps, and the pages seen together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from generator.base.words import count_words
from generator.campaign.sheets import Sheet
from generator.imposition.geometry import Side, direction_suffix, flip_in_words, seen_together
from generator.model import Direction

# Lengths in pixels: the picture, a side of a paper beside another and alone, a page below them.
_PICTURE_WIDTH, _SIDE_WIDTH, _ALONE_WIDTH, _PAGE_SIZE = 1500, 705, 1050, 330
_GAP = 30
# The narrowest page with room for the words that say where its head is.
_HEADED_WIDTH = 150
# Sides shown of a thick booklet: the others follow the same order.
_MOST_SIDES = 4
_ACCENT, _GREY, _PAPER, _TABLE = "#0b4a5e", "#555555", "#ffffff", "#dfe3e6"
# Where the head of a page is, by its rotation.
_HEAD_SIDES = {0: "up", 90: "left", 180: "down", 270: "right"}


@dataclass(frozen=True)
class TextStyle:
    """How words of the picture look."""

    size: int = 17
    heavy: bool = False
    fill: str = "#111111"
    anchor: str = "la"
    """Which point of the text stands at its place, in Pillow's letters."""


_PLAIN, _LABEL = TextStyle(), TextStyle(heavy=True)
_TITLE, _HEADING, _STEP = TextStyle(30, True), TextStyle(22, True), TextStyle(22)
_BADGE = TextStyle(22, True, _PAPER, "mm")
_HEAD = TextStyle(17, True, _ACCENT, "lm")


@dataclass(frozen=True)
class FoldedLeaflet:
    """What is drawn: pages in reading order, and the sides they are printed on, each as a PDF."""

    title: str
    read: bytes
    printed: bytes
    sheet: Sheet
    sides: tuple[Side, ...]
    direction: Direction
    pages: int
    """All pages of the fold, also those without print."""


class Canvas:
    """A picture that grows downwards."""

    def __init__(self, font: Path, bold: Path) -> None:
        from PIL import Image, ImageDraw, ImageFont

        self.fonts = {
            (size, heavy): ImageFont.truetype(
                str(bold if heavy else font), size, layout_engine=ImageFont.Layout.BASIC
            )
            for size in (17, 22, 30)
            for heavy in (False, True)
        }
        self.image = Image.new("RGB", (_PICTURE_WIDTH, 8000), _TABLE)
        self.pen: Any = ImageDraw.Draw(self.image)
        self.y = _GAP

    def words(self, text: str, x: int, y: int, style: TextStyle = _PLAIN) -> None:
        """Write text with its anchor at a place."""
        font = self.fonts[style.size, style.heavy]
        self.pen.text((x, y), text, font=font, fill=style.fill, anchor=style.anchor)

    def line(self, text: str, style: TextStyle = _PLAIN) -> None:
        """Write one more line."""
        self.words(text, _GAP, self.y, style)
        self.y += round(style.size * 1.6)

    def paste(self, picture: Any, x: int, y: int) -> None:
        """Lay a picture with a thin edge on the table."""
        self.image.paste(picture, (x, y))
        self.pen.rectangle((x, y, x + picture.width - 1, y + picture.height - 1), outline=_GREY)

    def badge(self, number: int, x: int, y: int) -> None:
        """Put the number of a page into a disc."""
        self.pen.ellipse((x - 22, y - 22, x + 22, y + 22), fill=_ACCENT, outline=_PAPER, width=3)
        self.words(str(number), x, y, _BADGE)

    def head(self, where: str, x: int, y: int) -> None:
        """Say in a box to the right of a disc where the head of its page is."""
        text = f"head {where}"
        width = round(self.fonts[_HEAD.size, _HEAD.heavy].getlength(text))
        box = (x + 22, y - 15, x + 40 + width, y + 15)
        self.pen.rectangle(box, fill=_PAPER, outline=_ACCENT, width=2)
        self.words(text, x + 31, y, _HEAD)

    def png(self) -> bytes:
        """Return the picture as PNG."""
        data = BytesIO()
        picture = self.image.crop((0, 0, _PICTURE_WIDTH, self.y + _GAP)).quantize(64)
        picture.save(data, "PNG", optimize=True)
        return data.getvalue()


def fold_picture(folding: FoldedLeaflet, font: Path, bold: Path) -> bytes:
    """Return the picture as PNG, written with a regular and a bold font file."""
    sheet, canvas = folding.sheet, Canvas(font, bold)
    canvas.line(folding.title, _TITLE)
    flip = flip_in_words(sheet, folding.sides)
    canvas.line(f"{sheet.name}: {sheet.about}. Print at 100 %, {flip}.")
    _draw_sides(canvas, folding)
    canvas.y += _GAP
    for number, step in enumerate(sheet.layout.steps, 1):
        canvas.line(f"{number}.  {step}", _STEP)
    _draw_views(canvas, folding)
    return canvas.png()


def _draw_sides(canvas: Canvas, folding: FoldedLeaflet) -> None:
    """Draw the sides of the papers, two beside each other, with the numbers of their pages."""
    sides = folding.sides
    pictures = _page_pictures(folding.printed, _SIDE_WIDTH if len(sides) > 1 else _ALONE_WIDTH)
    drawn = list(zip(sides, pictures, strict=False))[:_MOST_SIDES]
    for start in range(0, len(drawn), 2):
        row = drawn[start : start + 2]
        top = canvas.y + 34
        for column, (side, picture) in enumerate(row):
            x = _GAP + column * (_SIDE_WIDTH + _GAP)
            name = f"Paper {side.paper}, {'back' if side.back else 'front'}"
            canvas.words(name, x, canvas.y, _HEADING)
            canvas.paste(picture, x, top)
            _number_pages(canvas, folding.sheet, side, picture, (x, top))
        canvas.y = top + max(picture.height for _, picture in row) + _GAP
    if len(sides) > _MOST_SIDES:
        canvas.line(f"and {count_words(len(sides) - _MOST_SIDES, 'side')} more, in the same way")


def _number_pages(
    canvas: Canvas, sheet: Sheet, side: Side, picture: Any, corner: tuple[int, int]
) -> None:
    """Number the pages of a side that lies with its upper left corner there."""
    scale = picture.width / sheet.layout.paper[0]
    for place in side.placements:
        middle = corner[0] + round((place.x + place.width / 2) * scale)
        foot = corner[1] + picture.height - round(place.y * scale) - 26
        if place.page and min(place.width, place.height) * scale > 50:
            if place.rotation and place.width * scale > _HEADED_WIDTH:
                canvas.head(_HEAD_SIDES[place.rotation], middle, foot)
            canvas.badge(place.page, middle, foot)


def _draw_views(canvas: Canvas, folding: FoldedLeaflet) -> None:
    """Draw the pages seen together, from the closed leaflet to its back, as hands open it."""
    rtl = folding.direction == Direction.RTL
    order = "right to left" if rtl else "left to right"
    spine = f"; the spine is on the {'right' if rtl else 'left'}"
    bound = direction_suffix(folding.sheet, Direction.RTL)
    canvas.y += _GAP
    canvas.line(f"In the hand: it reads from {order}{spine if bound else ''}", _HEADING)

    pictures = _page_pictures(folding.read, _PAGE_SIZE)
    views = seen_together(folding.sheet, folding.pages, folding.direction)
    x = _GAP
    for number, view in enumerate(views):
        seen = [
            pictures[page - 1] if page <= len(pictures) else _blank_page(folding.sheet, page)
            for page in view
        ]
        if x + sum(picture.width for picture in seen) > _PICTURE_WIDTH - _GAP:
            x, canvas.y = _GAP, canvas.y + _PAGE_SIZE + 90
        canvas.words(_view_name(folding.sheet, number, len(views)), x, canvas.y + 6, _LABEL)
        for page, picture in zip(view, seen, strict=True):
            canvas.paste(picture, x, canvas.y + 34)
            canvas.badge(page, x + picture.width // 2, canvas.y + 34 + picture.height)
            x += picture.width
        x += _GAP
    canvas.y += _PAGE_SIZE + 70


def _view_name(sheet: Sheet, number: int, views: int) -> str:
    """Return the name of a view, counted from 0: how far a fold is open, or which page it shows."""
    if not sheet.layout.folds:
        return f"page {number + 1}"
    return "closed" if number == 0 else "back" if number == views - 1 else f"open {number}"


def _blank_page(sheet: Sheet, page: int) -> Any:
    """Return the picture of a page without print."""
    from PIL import Image

    width, height = sheet.page_size(page)
    scale = min(_PAGE_SIZE / width, _PAGE_SIZE / height)
    return Image.new("RGB", (round(width * scale), round(height * scale)), _PAPER)


def _page_pictures(pdf: bytes, size: int) -> Sequence[Any]:
    """Return the pages of a PDF as pictures whose longer edge has this size."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            page.render(scale=min(size / page.get_width(), size / page.get_height()))
            .to_pil()
            .convert("RGB")
            for page in document
        ]
    finally:
        document.close()
