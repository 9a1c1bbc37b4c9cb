"""Say the colours of a finished PDF in other inks: one grey file for each drum of a stencil printer, or CMYK for offset.

Only the operators that choose a colour are written anew; glyphs, places and tags stay as they were proved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from generator.problem import LeafletsError, Problem

_COLOUR_CHOICE = re.compile(
    rb"(?<![\w./<-])(\d*\.?\d+) (\d*\.?\d+) (\d*\.?\d+) (rg|RG)(?![\w])|(?<![\w./<-])(\d*\.?\d+) (g|G)(?![\w])"
)
"""A choice of colour for areas (small letters) or lines (capitals): DeviceRGB or DeviceGray (ISO 32000-2, table 73)."""
Colour = tuple[float, float, float]
_GREY_TOLERANCE = 0.02
"""Red, green and blue that differ less than this are a grey."""


def is_grey(colour: Colour) -> bool:
    """Tell whether a colour is black, white or between."""
    return max(colour) - min(colour) < _GREY_TOLERANCE


def plate_lightness(ink: str, colour: Colour) -> float:
    """Return how light a colour is on the plate of an ink, 0 full ink to 1 none: greys are black ink, all others the second.

    >>> plate_lightness("black", (0, 0, 0)), plate_lightness("colour", (0, 0, 0)), plate_lightness("colour", (0.04, 0.29, 0.37))
    (0, 1, 0)
    """
    if ink == "black":
        return colour[0] if is_grey(colour) else 1
    return 1 if is_grey(colour) else 0


def separate_ink(pdf: bytes, ink: str) -> bytes:
    """Return the plate of one ink as a grey PDF; what is no ink of it stays as white text, so that the text is whole."""

    def say(colour: Colour, line: bool) -> bytes:
        return b"%g %s" % (plate_lightness(ink, colour), b"G" if line else b"g")

    start = b"" if ink == "black" else b"1 g 1 G\n"
    writer = recolour_pdf(pdf, say, start)
    return pdf_bytes(writer)


def recolour_pdf(pdf: bytes, say: Callable[[Colour, bool], bytes], start: bytes = b"") -> Any:
    """Return a pypdf writer of a PDF in which `say` words every choice of colour; `start` stands before each page's content."""
    import pypdf

    writer: Any = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    pages = {page["/Contents"].indirect_reference.idnum for page in writer.pages}
    for stream in list(_drawings(writer, pages)):
        before = start if stream.indirect_reference.idnum in pages else b""
        _set(
            writer,
            stream,
            before + _COLOUR_CHOICE.sub(lambda match: _said(match, say), stream.get_data()),
        )
    writer.metadata = {"/Title": (writer.metadata or {}).get("/Title", "")}
    return writer


def _said(match: re.Match[bytes], say: Callable[[Colour, bool], bytes]) -> bytes:
    if match[4]:
        return say((float(match[1]), float(match[2]), float(match[3])), match[4] == b"RG")
    grey = float(match[5])
    return say((grey, grey, grey), match[6] == b"G")


def _drawings(writer: Any, pages: set[int]) -> Iterator[Any]:
    """Yield every stream that draws: contents of pages, and forms."""
    from pypdf.generic import StreamObject

    for number, item in enumerate(writer._objects, 1):
        if isinstance(item, StreamObject) and (number in pages or item.get("/Subtype") == "/Form"):
            yield item


def _set(writer: Any, stream: Any, data: bytes) -> None:
    """Give a stream another content, keeping what is said about it."""
    from pypdf.generic import StreamObject

    fresh = StreamObject()
    fresh.update(
        {
            key: value
            for key, value in dict.items(stream)
            if key not in ("/Filter", "/DecodeParms", "/Length")
        }
    )
    fresh.set_data(data)
    packed = fresh.flate_encode()
    packed.indirect_reference = stream.indirect_reference
    writer._objects[stream.indirect_reference.idnum - 1] = packed


def pdf_bytes(writer: Any) -> bytes:
    """Return the bytes of a pypdf writer."""
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def cmyk_converter(profile: bytes) -> Callable[[Colour], tuple[float, ...]]:
    """Return a function from a colour of the screen to cyan, magenta, yellow and black, 0 to 1, of an ICC profile.

    Greys are black ink alone, so that small type stays sharp. Raises LeafletsError if the profile is none of CMYK.
    """
    from PIL import Image, ImageCms

    try:
        target = ImageCms.ImageCmsProfile(BytesIO(profile))
        if target.profile.xcolor_space.strip() != "CMYK":
            raise ValueError(target.profile.xcolor_space)
        turn = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), target, "RGB", "CMYK")
    except (OSError, ValueError, ImageCms.PyCMSError) as error:
        hint = "ask the print shop for the ICC profile of its paper, such as PSO coated v3"
        raise LeafletsError(
            Problem("icc", f"this is no CMYK colour profile: {error}", hint=hint)
        ) from None

    def convert(colour: Colour) -> tuple[float, ...]:
        if is_grey(colour):
            return (0, 0, 0, round(1 - colour[0], 4))
        pixel = Image.new("RGB", (1, 1), tuple(round(255 * part) for part in colour))
        inks: Any = ImageCms.applyTransform(pixel, turn).getpixel((0, 0))  # type: ignore[union-attr]
        return tuple(round(ink / 255, 4) for ink in inks)

    return convert
