"""Turn the colours of a finished PDF into inks: grey plates for a stencil printer, CMYK for offset.

Only the operators that choose a colour are rewritten; glyphs, places and tags stay as they were
proved.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from generator.imposition.pdf_objects import clone_pdf, pdf_bytes, pdf_title
from generator.problem import LeafletsError, Problem

# A choice of colour for areas (small letters) or lines (capitals), in DeviceRGB or DeviceGray
# (ISO 32000-2, table 73).
_COLOUR_CHOICE = re.compile(
    rb"(?<![\w./<-])(\d*\.?\d+) (\d*\.?\d+) (\d*\.?\d+) (rg|RG)(?![\w])"
    rb"|(?<![\w./<-])(\d*\.?\d+) (g|G)(?![\w])"
)
Colour = tuple[float, float, float]
# Red, green and blue that differ less than this are a grey.
_GREY_TOLERANCE = 0.02


def is_grey(colour: Colour) -> bool:
    """Tell whether a colour is black, white or between."""
    return max(colour) - min(colour) < _GREY_TOLERANCE


def plate_lightness(ink: str, colour: Colour) -> float:
    """Return how light a colour is on the plate of an ink, from 0 (full ink) to 1 (none).

    Greys are printed in black ink, all other colours in the second.

    >>> plate_lightness("black", (0, 0, 0)), plate_lightness("colour", (0, 0, 0))
    (0, 1)
    >>> plate_lightness("colour", (0.04, 0.29, 0.37))
    0
    """
    if is_grey(colour):
        return colour[0] if ink == "black" else 1
    return 1 if ink == "black" else 0


def separate_ink(pdf: bytes, ink: str) -> bytes:
    """Return the plate of one ink as a grey PDF.

    What the ink does not print stays as white text, so that the text of the plate is whole.
    """

    def say(colour: Colour, line: bool) -> bytes:
        return b"%g %s" % (plate_lightness(ink, colour), b"G" if line else b"g")

    # What chooses no colour is black, and so nothing on the plate of the other ink.
    start = b"" if ink == "black" else b"1 g 1 G\n"
    return pdf_bytes(recolour_pdf(pdf, say, start))


def recolour_pdf(pdf: bytes, say: Callable[[Colour, bool], bytes], start: bytes = b"") -> Any:
    """Return a pypdf writer of a PDF in which `say` words every choice of colour.

    `start` stands before the content of each page.
    """
    from pypdf.generic import StreamObject

    def reword(match: re.Match[bytes]) -> bytes:
        if match[4]:
            return say((float(match[1]), float(match[2]), float(match[3])), match[4] == b"RG")
        grey = float(match[5])
        return say((grey, grey, grey), match[6] == b"G")

    writer = clone_pdf(pdf)
    pages = {page["/Contents"].indirect_reference.idnum for page in writer.pages}
    for number, item in enumerate(list(writer._objects), 1):
        page = number in pages
        if isinstance(item, StreamObject) and (page or item.get("/Subtype") == "/Form"):
            content = _COLOUR_CHOICE.sub(reword, item.get_data())
            _replace_content(writer, item, start + content if page else content)
    writer.metadata = {"/Title": pdf_title(writer)}
    return writer


def _replace_content(writer: Any, stream: Any, data: bytes) -> None:
    """Give a stream another content, keeping what is said about it."""
    from pypdf.generic import StreamObject

    packing = ("/Filter", "/DecodeParms", "/Length")
    fresh = StreamObject()
    # Through `dict`, so that references stay references.
    fresh.update({key: value for key, value in dict.items(stream) if key not in packing})
    fresh.set_data(data)
    packed = fresh.flate_encode()
    packed.indirect_reference = stream.indirect_reference
    writer._objects[stream.indirect_reference.idnum - 1] = packed


def cmyk_converter(profile: bytes) -> Callable[[Colour], tuple[float, ...]]:
    """Return a function from a colour of the screen to the inks of an ICC profile, 0 to 1.

    The inks are cyan, magenta, yellow and black. Raises LeafletsError if the profile is not one for
    CMYK.
    """
    from PIL import Image, ImageCms

    try:
        target = ImageCms.ImageCmsProfile(BytesIO(profile))
        if target.profile.xcolor_space.strip() != "CMYK":
            raise ValueError(target.profile.xcolor_space)
        turn = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), target, "RGB", "CMYK")
    except (OSError, ValueError, ImageCms.PyCMSError) as error:
        raise LeafletsError(
            Problem(
                "icc",
                f"this is no CMYK colour profile: {error}",
                hint="ask the print shop for the ICC profile of its paper, such as PSO coated v3",
            )
        ) from None

    def convert(colour: Colour) -> tuple[float, ...]:
        if is_grey(colour):  # black ink alone, so that small type stays sharp
            return (0, 0, 0, round(1 - colour[0], 4))
        pixel = Image.new("RGB", (1, 1), tuple(round(255 * part) for part in colour))
        inks: Any = ImageCms.applyTransform(pixel, turn).getpixel((0, 0))  # type: ignore[union-attr]
        return tuple(round(ink / 255, 4) for ink in inks)

    return convert
