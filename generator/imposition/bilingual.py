"""Put two editions into one PDF, one language after the other, with the tags of both."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from generator.imposition.pdf_objects import (
    clone_pdf,
    pdf_bytes,
    pdf_dictionary,
    pdf_names,
    pdf_title,
)


def join_languages(first: bytes, second: bytes) -> bytes:
    """Return the pages of both PDFs in order, under a title made of both titles.

    The tags stand under one root (ISO 32000-2, 14.7), and each part says its language.
    """
    import pypdf

    writer = clone_pdf(first)
    reader: Any = pypdf.PdfReader(BytesIO(second))
    title = f"{pdf_title(writer)} · {pdf_title(reader)}"
    first_pages = len(writer.pages)
    writer.append(reader, import_outline=False)
    _join_tags(writer, reader, first_pages)
    writer.metadata = {"/Title": title}
    writer.root_object.pop("/Metadata", None)  # it speaks of the first part alone
    return pdf_bytes(writer)


def _join_tags(writer: Any, reader: Any, first_pages: int) -> None:
    """Put the tags of both parts under one document, the second numbered after the first."""
    from pypdf.generic import ArrayObject, NumberObject, TextStringObject

    root = writer.root_object["/StructTreeRoot"]
    other = reader.root_object["/StructTreeRoot"].clone(writer)
    numbers = root["/ParentTree"]["/Nums"]
    offset = max(numbers[::2], default=-1) + 1
    for page in writer.pages[first_pages:]:
        _shift_key(page, "/StructParents", offset)
        for note in page.get("/Annots", ()):
            _shift_key(note.get_object(), "/StructParent", offset)
    for place, item in enumerate(other["/ParentTree"]["/Nums"]):
        numbers.append(item if place % 2 else NumberObject(item + offset))

    kids = ArrayObject()
    entries = {
        "/Type": "/StructElem",
        "/S": "/Document",
        "/P": root.indirect_reference,
        "/K": kids,
    }
    document = writer._add_object(pdf_dictionary(entries))
    for tree, part in ((root, writer), (other, reader)):
        language = TextStringObject(part.root_object["/Lang"])
        for kid in tree["/K"] if isinstance(tree["/K"], list) else [tree.raw_get("/K")]:
            kid.get_object().update(pdf_names({"/Lang": language, "/S": "/Part", "/P": document}))
            kids.append(kid)
    root.update(pdf_names({"/K": ArrayObject([document])}))


def _shift_key(item: Any, key: str, offset: int) -> None:
    from pypdf.generic import NumberObject

    if key in item:
        item.update(pdf_names({key: NumberObject(item[key] + offset)}))
