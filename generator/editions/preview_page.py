"""Draw a page that nobody has saved yet, find where each sentence stands on it, and mark one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from generator.editions.worker import (
    EditionJob,
    fit_with_values_moved,
    fits_sheet,
    largest_fit,
    room_problems,
)
from generator.layout import fonts
from generator.layout.render import DrawnDocument, Renderer, RenderSetup
from generator.problem import LeafletsError, Problem

WIDTH = 900
"""Width of a picture in pixels, whatever the sheet: sharp enough to read, small enough to send on every keystroke."""
PT = 0.75
"""Points in a CSS pixel."""
LEAN = 0.4
"""How far letters may lean over their box at the sides, in parts of the space between lines: Nastaliq does, and its lines are high."""
AIR = 2
"""Distance of the mark from the letters, in pt."""
INK, TINT = (176, 0, 90), (255, 240, 140)
"""The frame, dark enough beside black text, and the tint inside it; the frame alone is enough for whoever sees no colours."""


@dataclass(frozen=True)
class MessagePlace:
    """Where the letters of a message stand on one page: in pt, from the upper left corner; pages count from 1."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PagePicture:
    """An edition as it would be printed: the PDF, how many pages it has, where every message stands, and what is wrong."""

    pdf: bytes = b""
    pages: int = 0
    places: tuple[MessagePlace, ...] = ()
    size: float = 0
    """Type size used, in pt."""
    problems: tuple[Problem, ...] = ()


class PreviewRenderer:
    """The renderer of the one process that draws previews."""

    def __init__(self, setup: RenderSetup) -> None:
        self.renderer = Renderer(setup)
        self.renderer.freeze()

    def run(self, job: EditionJob, size: float) -> PagePicture:
        """Return the picture of a job at `size` pt if that fits, else at the largest size that does; 0 is no size yet."""
        try:
            drawn, size = self._fit(job, size)
        except LeafletsError as error:
            return PagePicture(problems=error.problems)
        doubts = [
            doubt for doubt in drawn.doubts if doubt.code != "layout-log"
        ] or drawn.doubts  # the log says the same again
        return PagePicture(
            drawn.pdf,
            drawn.pages,
            tuple(message_places(drawn.layout)),
            size,
            (*doubts, *room_problems(job, drawn, size, self._draw)),
        )

    def _fit(self, job: EditionJob, size: float) -> tuple[DrawnDocument, float]:
        if size and fits_sheet(job.sheet, drawn := self._draw(job, size), job.sheet.pages):
            return drawn, size
        return fit_with_values_moved(
            job, lambda job: largest_fit(job.sheet, lambda size: self._draw(job, size))
        )

    def _draw(self, job: EditionJob, size: float) -> DrawnDocument:
        return self.renderer.attempt(job.html, job.sheet, size, fonts.font_stack(job.language))


def picture_of_pdf(pdf: bytes) -> PagePicture:
    """Return the picture of a PDF that is finished; nobody knows where its messages stand."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = len(document)
    document.close()
    return PagePicture(pdf, pages)


def paint_page(pdf: bytes, number: int, places: Sequence[MessagePlace]) -> bytes:
    """Return page `number` of a PDF as PNG, as PDFium sees it, with a frame around each place.

    The file is written quickly rather than small.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1]
        scale = (WIDTH - 0.1) / page.get_width()  # rounded up to whole pixels
        picture = frame_boxes(
            page.render(scale=scale).to_pil(), [_corners(place, scale) for place in places]
        )
    finally:
        document.close()
    data = BytesIO()
    picture.save(data, "PNG", compress_level=1)
    return data.getvalue()


def message_places(layout: Any) -> Iterator[MessagePlace]:
    """Yield where each message stands on each page of a WeasyPrint document, by the data-message of the elements."""
    for number, page in enumerate(layout.pages, 1):
        found: dict[str, list[tuple[float, float, float, float]]] = {}
        for name, corners in _texts(page._page_box, "", None):
            found.setdefault(name, []).append(corners)
        for name, boxes in found.items():
            lefts, tops, rights, bottoms = zip(*boxes, strict=True)
            x, y = min(lefts), min(tops)
            yield MessagePlace(
                name, number, x * PT, y * PT, (max(rights) - x) * PT, (max(bottoms) - y) * PT
            )


def _texts(
    box: Any, name: str, line: Any
) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Yield the corners of every run of text below a box, as high as its line, with the message of the nearest element around it."""
    element = getattr(box, "element", None)
    if element is not None:
        name = element.get("data-message", name)
    if name and getattr(box, "text", None):
        lean = LEAN * max(0, line.height - box.style["font_size"])
        yield (
            name,
            (
                box.position_x - lean,
                line.position_y,
                box.position_x + box.width + lean,
                line.position_y + line.height,
            ),
        )
    line = box if type(box).__name__ == "LineBox" else line
    for child in box.all_children():
        yield from _texts(child, name, line)


def frame_boxes(picture: Any, boxes: Iterable[tuple[float, float, float, float]]) -> Any:
    """Return a picture with a frame around each box (left, top, right, bottom in pixels), tinted inside."""
    from PIL import Image, ImageChops, ImageDraw

    for box in boxes:
        left, top, right, bottom = (round(side) for side in box)
        inside = picture.crop((left, top, right, bottom))
        picture.paste(ImageChops.multiply(inside, Image.new("RGB", inside.size, TINT)), (left, top))
        ImageDraw.Draw(picture).rounded_rectangle(
            (left, top, right, bottom), 6, outline=INK, width=4
        )
    return picture


def _corners(place: MessagePlace, scale: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = (
        place.x - AIR,
        place.y - AIR,
        place.x + place.width + AIR,
        place.y + place.height + AIR,
    )
    return left * scale, top * scale, right * scale, bottom * scale


_easel: PreviewRenderer | None = None


def start_preview(setup: RenderSetup) -> None:
    """Make this process's easel; once, before any `draw_preview`."""
    global _easel
    _easel = PreviewRenderer(setup)


def draw_preview(job: EditionJob, size: float) -> PagePicture:
    """Draw one job on this process's easel."""
    if _easel is None:
        raise RuntimeError("start() has not run in this process")
    return _easel.run(job, size)
