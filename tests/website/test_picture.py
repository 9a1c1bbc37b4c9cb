"""Pictures of pages keep the greys of the page: read back by another library from a page that another library made."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from generator.website.picture import PICTURE_GREYS, PICTURE_WIDTH, page_pictures


def test_a_picture_is_as_dark_as_its_page() -> None:
    page, data = Image.linear_gradient("L"), BytesIO()
    page.save(data, "PDF")

    (found,) = (Image.open(BytesIO(part)) for part in page_pictures(data.getvalue()))

    assert found.size[0] == PICTURE_WIDTH
    assert len(found.getcolors() or ()) == PICTURE_GREYS
    assert not found.info
    grey = found.convert("L").resize(page.size)
    for y in range(4, 252, 8):
        assert abs(int(grey.getpixel((128, y))) - y) <= 255 / PICTURE_GREYS
