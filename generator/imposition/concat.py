"""Put finished PDFs one behind the other, each beginning on the front of a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO


def concat_pdfs(parts: Iterable[tuple[str, bytes]], title: str, fronts: bool = False) -> bytes:
    """Return one PDF of all parts with a bookmark for each; with `fronts` an empty page follows an odd number of pages.

    Tags do not travel: this is for printers, the parts are for readers.
    """
    import pypdf

    writer = pypdf.PdfWriter()
    for name, pdf in parts:
        start = len(writer.pages)
        writer.append(pypdf.PdfReader(BytesIO(pdf)), outline_item=name, import_outline=False)
        if fronts and (len(writer.pages) - start) % 2:
            last = writer.pages[-1].mediabox
            writer.add_blank_page(float(last.width), float(last.height))
    writer.metadata = {"/Title": title}
    data = BytesIO()
    writer.write(data)
    return data.getvalue()
