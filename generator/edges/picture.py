"""Pages of a finished PDF as pictures, for people who share pictures."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

WIDTH = 1080
"""Pixels: the width at which messengers show a picture without making it smaller."""
GREYS = 16
FORM = f"{WIDTH} {GREYS}"
"""What the bytes of a picture depend on besides the PDF."""


def pictures(pdf: bytes) -> Iterator[bytes]:
    """Yield each page as a small grey PNG without any metadata."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            image = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil().quantize(GREYS)
            data = BytesIO()
            image.save(data, "PNG")  # optimize=True takes ten times as long for 5 %
            yield data.getvalue()
    finally:
        document.close()
