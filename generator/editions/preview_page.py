"""Draw a page that nobody has saved yet, find its sentences on it, and mark one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from generator.editions.fitting import fit_with_values_moved, fits_sheet, largest_fit, room_problems
from generator.editions.jobs import EditionJob
from generator.layout import fonts
from generator.layout.render import DrawnDocument, Renderer, RenderSetup
from generator.problem import LeafletsError, Problem

# Pixels, whatever the sheet: sharp enough to read, small enough to send on every keystroke.
PICTURE_WIDTH = 900
PT_PER_PX = 0.75

# How far letters may lean over the sides of their box, in parts of the space between lines.
#
# Nastaliq does, and its lines are high.
LEAN = 0.4

# Distance of the mark from the letters, in pt.
AIR = 2

# The frame, dark enough beside black text, and the tint inside it.
#
# The frame alone is enough for whoever sees no colours.
INK, TINT = (176, 0, 90), (255, 240, 140)

# Left, top, right, bottom.
Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class MessagePlace:
    """Where the letters of a message are on one page, in pt from the upper left corner."""

    name: str
    page: int
    """Counted from 1."""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PagePicture:
    """An edition as it would be printed: its PDF, where each message is, and what is wrong."""

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
        """Return the picture of a job at `size` pt if that fits, else at the largest that does.

        A size of 0 is none yet.
        """
        try:
            drawn, size = self._fit(job, size)
        except LeafletsError as error:
            return PagePicture(problems=error.problems)
        # The log only repeats what the other doubts say.
        doubts = [one for one in drawn.doubts if one.code != "layout-log"] or drawn.doubts
        problems = (*doubts, *room_problems(job, drawn, size, self._draw))
        places = tuple(message_places(drawn.layout))
        return PagePicture(drawn.pdf, drawn.pages, places, size, problems)

    def _fit(self, job: EditionJob, size: float) -> tuple[DrawnDocument, float]:
        if size and fits_sheet(job.sheet, drawn := self._draw(job, size), job.sheet.pages):
            return drawn, size
        return fit_with_values_moved(
            job, lambda job: largest_fit(job.sheet, lambda size: self._draw(job, size))
        )

    def _draw(self, job: EditionJob, size: float) -> DrawnDocument:
        return self.renderer.attempt(job.html, job.sheet, size, fonts.font_stack(job.language))


def picture_of_pdf(pdf: bytes) -> PagePicture:
    """Return the picture of a finished PDF; nobody knows where its messages are."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return PagePicture(pdf, len(document))


def paint_page(pdf: bytes, number: int, places: Sequence[MessagePlace]) -> bytes:
    """Return page `number` of a PDF as PNG, as PDFium sees it, with a frame around each place.

    The file is written quickly rather than small.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number - 1]
        scale = (PICTURE_WIDTH - 0.1) / page.get_width()  # PDFium rounds up to whole pixels
        boxes = []
        for place in places:
            left, top = place.x - AIR, place.y - AIR
            right, bottom = place.x + place.width + AIR, place.y + place.height + AIR
            boxes.append((left * scale, top * scale, right * scale, bottom * scale))
        picture = frame_boxes(page.render(scale=scale).to_pil(), boxes)
    data = BytesIO()
    picture.save(data, "PNG", compress_level=1)
    return data.getvalue()


def message_places(layout: Any) -> Iterator[MessagePlace]:
    """Yield where each message is on each page of a WeasyPrint document, by `data-message`."""
    for number, page in enumerate(layout.pages, 1):
        found: dict[str, list[Corners]] = {}
        for name, corners in _text_runs(page._page_box, "", None):
            found.setdefault(name, []).append(corners)
        for name, boxes in found.items():
            lefts, tops, rights, bottoms = zip(*boxes, strict=True)
            x, y = min(lefts), min(tops)
            sides = (x, y, max(rights) - x, max(bottoms) - y)
            yield MessagePlace(name, number, *(side * PT_PER_PX for side in sides))


def _text_runs(box: Any, name: str, line: Any) -> Iterator[tuple[str, Corners]]:
    """Yield the corners of every run of text below a box, as high as its line.

    With each comes the message of the nearest element around it.
    """
    element = getattr(box, "element", None)
    if element is not None:
        name = element.get("data-message", name)
    if name and getattr(box, "text", None):
        lean = LEAN * max(0, line.height - box.style["font_size"])
        left, right = box.position_x - lean, box.position_x + box.width + lean
        yield name, (left, line.position_y, right, line.position_y + line.height)
    line = box if type(box).__name__ == "LineBox" else line
    for child in box.all_children():
        yield from _text_runs(child, name, line)


def frame_boxes(picture: Any, boxes: Iterable[Corners]) -> Any:
    """Return a picture with a frame around each box (in pixels), tinted inside."""
    from PIL import Image, ImageChops, ImageDraw

    for box in boxes:
        corners = tuple(round(side) for side in box)
        inside = picture.crop(corners)
        tinted = ImageChops.multiply(inside, Image.new("RGB", inside.size, TINT))
        picture.paste(tinted, corners[:2])
        ImageDraw.Draw(picture).rounded_rectangle(corners, 6, outline=INK, width=4)
    return picture


_renderer: PreviewRenderer | None = None


def start_preview(setup: RenderSetup) -> None:
    """Make this process's renderer; once, before any `draw_preview`."""
    global _renderer
    _renderer = PreviewRenderer(setup)


def draw_preview(job: EditionJob, size: float) -> PagePicture:
    """Draw one job on this process's renderer."""
    if _renderer is None:
        raise RuntimeError("start_preview() has not run in this process")
    return _renderer.run(job, size)
