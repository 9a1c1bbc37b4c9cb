"""Put finished PDFs one behind the other, each beginning on the front of a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from generator.imposition.pdf_objects import pdf_bytes


def concat_pdfs(parts: Iterable[tuple[str, bytes]], title: str, fronts: bool = False) -> bytes:
    """Return one PDF of all parts with a bookmark for each.

    With `fronts`, an empty page follows each part with an odd number of pages. Tags are lost: this
    file is for printers, its parts are for readers.
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
    return pdf_bytes(writer)
