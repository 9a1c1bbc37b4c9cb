"""Draw how a leaflet comes out of the printer and how it is folded: sides with page numbers, steps, what is seen together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from generator.campaign.sheets import Sheet
from generator.imposition.geometry import Side, direction_suffix, seen_together
from generator.imposition.impose import flip_in_words
from generator.model import Direction

_PICTURE_WIDTH = 1500
"""Of the picture, in pixels."""
_SIDE_WIDTH, _ALONE_WIDTH, _PAGE_SIZE = 705, 1050, 330
"""Widest side of a paper beside another and alone, and highest page below it."""
_GAP = 30
_HEADED_WIDTH = 150
"""Width of a page, in pixels, that holds the words for where its head is."""
_MOST_SIDES = 4
"""Sides shown of a thick booklet: the others follow the same order."""
_ACCENT, _GREY, _PAPER, _TABLE = "#0b4a5e", "#555555", "#ffffff", "#dfe3e6"
_HEAD_SIDES = {0: "up", 90: "left", 180: "down", 270: "right"}
"""Where the head of a page is, by its rotation."""


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

    def words(
        self,
        text: str,
        x: int,
        y: int,
        size: int = 17,
        heavy: bool = False,
        fill: str = "#111111",
        anchor: str = "la",
    ) -> None:
        """Write text with its anchor at a place."""
        self.pen.text((x, y), text, font=self.fonts[size, heavy], fill=fill, anchor=anchor)

    def line(self, text: str, size: int = 17, heavy: bool = False) -> None:
        """Write one more line."""
        self.words(text, _GAP, self.y, size, heavy)
        self.y += round(size * 1.6)

    def paste(self, picture: Any, x: int, y: int) -> None:
        """Lay a picture with a thin edge on the table."""
        self.image.paste(picture, (x, y))
        self.pen.rectangle((x, y, x + picture.width - 1, y + picture.height - 1), outline=_GREY)

    def badge(self, number: int, x: int, y: int) -> None:
        """Put the number of a page into a disc."""
        self.pen.ellipse((x - 22, y - 22, x + 22, y + 22), fill=_ACCENT, outline=_PAPER, width=3)
        self.words(str(number), x, y, 22, True, _PAPER, "mm")

    def head(self, where: str, x: int, y: int) -> None:
        """Say to the right of a disc where the head of its page is, on ground of its own."""
        text = f"head {where}"
        width = round(self.fonts[17, True].getlength(text))
        self.pen.rectangle(
            (x + 22, y - 15, x + 40 + width, y + 15), fill=_PAPER, outline=_ACCENT, width=2
        )
        self.words(text, x + 31, y, 17, True, _ACCENT, "lm")

    def done(self) -> bytes:
        """Return the picture as PNG."""
        data = BytesIO()
        self.image.crop((0, 0, _PICTURE_WIDTH, self.y + _GAP)).quantize(64).save(
            data, "PNG", optimize=True
        )
        return data.getvalue()


def fold_picture(folding: FoldedLeaflet, font: Path, bold: Path) -> bytes:
    """Return the picture as PNG, written with a regular and a bold font file."""
    canvas = Canvas(font, bold)
    canvas.line(folding.title, 30, True)
    canvas.line(
        f"{folding.sheet.name}: {folding.sheet.about}. Print at 100 %, {flip_in_words(folding.sheet, folding.sides)}."
    )
    _sides(canvas, folding)
    canvas.y += _GAP
    for number, step in enumerate(folding.sheet.layout.steps, 1):
        canvas.line(f"{number}.  {step}", 22)
    _views(canvas, folding)
    return canvas.done()


def _sides(canvas: Canvas, folding: FoldedLeaflet) -> None:
    """Draw the sides of the papers, two beside each other, with the numbers of their pages."""
    widest = _SIDE_WIDTH if len(folding.sides) > 1 else _ALONE_WIDTH
    pictures = _pictures(folding.printed, widest, widest)
    for start in range(0, min(len(folding.sides), _MOST_SIDES), 2):
        top, low = canvas.y + 34, 0
        for column, (side, picture) in enumerate(
            zip(folding.sides[start : start + 2], pictures[start : start + 2], strict=False)
        ):
            x = _GAP + column * (_SIDE_WIDTH + _GAP)
            canvas.words(
                f"Paper {side.paper}, {'back' if side.back else 'front'}", x, canvas.y, 22, True
            )
            canvas.paste(picture, x, top)
            _numbers(canvas, folding, side, picture, x, top)
            low = max(low, picture.height)
        canvas.y = top + low + _GAP
    if len(folding.sides) > _MOST_SIDES:
        canvas.line(f"and {len(folding.sides) - _MOST_SIDES} sides more, in the same way")


def _numbers(
    canvas: Canvas, folding: FoldedLeaflet, side: Side, picture: Any, x: int, top: int
) -> None:
    scale = picture.width / folding.sheet.layout.paper[0]
    for place in side.placements:
        middle = x + round((place.x + place.width / 2) * scale)
        foot = top + picture.height - round(place.y * scale) - 26
        if place.page and min(place.width, place.height) * scale > 50:
            if place.rotation and place.width * scale > _HEADED_WIDTH:
                canvas.head(_HEAD_SIDES[place.rotation], middle, foot)
            canvas.badge(place.page, middle, foot)


def _views(canvas: Canvas, folding: FoldedLeaflet) -> None:
    """Draw what is seen together, from the closed leaflet to its back, in the order of the hands."""
    pictures = _pictures(folding.read, _PAGE_SIZE, _PAGE_SIZE)
    rtl = folding.direction == "rtl"
    spine = (
        f"; the spine is on the {'right' if rtl else 'left'}"
        if direction_suffix(folding.sheet, Direction.RTL)
        else ""
    )
    canvas.y += _GAP
    canvas.line(
        f"In the hand: it reads from {'right to left' if rtl else 'left to right'}{spine}", 22, True
    )
    x = _GAP
    shown = seen_together(folding.sheet, folding.pages, folding.direction)
    for number, view in enumerate(shown):
        seen = [
            pictures[page - 1] if page <= len(pictures) else _blank(folding.sheet, page)
            for page in view
        ]
        width = sum(picture.width for picture in seen)
        if x + width > _PICTURE_WIDTH - _GAP:
            x, canvas.y = _GAP, canvas.y + _PAGE_SIZE + 90
        canvas.words(_name(folding.sheet, number, len(shown)), x, canvas.y + 6, 17, True)
        for page, picture in zip(view, seen, strict=True):
            canvas.paste(picture, x, canvas.y + 34)
            canvas.badge(page, x + picture.width // 2, canvas.y + 34 + picture.height)
            x += picture.width
        x += _GAP
    canvas.y += _PAGE_SIZE + 70


def _name(sheet: Sheet, number: int, views: int) -> str:
    """Return the name of a view, counted from 0: how far a fold is open, or which page of what is cut."""
    if not sheet.layout.folds:
        return f"page {number + 1}"
    return "closed" if number == 0 else "back" if number == views - 1 else f"open {number}"


def _blank(sheet: Sheet, page: int) -> Any:
    from PIL import Image

    width, height = sheet.page_size(page)
    scale = min(_PAGE_SIZE / width, _PAGE_SIZE / height)
    return Image.new("RGB", (round(width * scale), round(height * scale)), _PAPER)


def _pictures(pdf: bytes, width: int, height: int) -> Sequence[Any]:
    """Return the pages of a PDF as pictures within a width and a height."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            page.render(scale=min(width / page.get_width(), height / page.get_height()))
            .to_pil()
            .convert("RGB")
            for page in document
        ]
    finally:
        document.close()
