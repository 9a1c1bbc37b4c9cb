"""Pages of a finished PDF as pictures, for people who share pictures."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

# Pixels: the width at which messengers show a picture without making it smaller.
PICTURE_WIDTH = 1080

# Shades from black to white, evenly apart: half a byte for each pixel.
PICTURE_GREYS = 16

# What the bytes of a picture depend on besides the PDF.
PICTURE_FORM = f"{PICTURE_WIDTH} {PICTURE_GREYS} even"


def page_pictures(pdf: bytes) -> Iterator[bytes]:
    """Yield each page as a small grey PNG without any metadata."""
    import pypdfium2
    from PIL import Image

    steps = [round(shade * (PICTURE_GREYS - 1) / 255) for shade in range(256)]
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            grey = (
                page.render(scale=PICTURE_WIDTH / page.get_width(), grayscale=True)
                .to_pil()
                .point(steps)
            )
            image = Image.frombytes("P", grey.size, grey.tobytes())
            image.putpalette(
                bytes(
                    255 * step // (PICTURE_GREYS - 1)
                    for step in range(PICTURE_GREYS)
                    for _ in "rgb"
                )
            )
            data = BytesIO()
            image.save(data, "PNG", bits=4)  # optimize=True takes ten times as long for 5 %
            yield data.getvalue()
    finally:
        document.close()
