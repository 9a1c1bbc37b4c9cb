"""Put two editions into one PDF, one language after the other, with the tags of both; each part says its language."""

from __future__ import annotations

from io import BytesIO
from typing import Any


def join_languages(first: bytes, second: bytes) -> bytes:
    """Return the pages of both PDFs in order; the titles stand beside each other, the tags under one root (ISO 32000-2, 14.7)."""
    import pypdf

    writer: Any = pypdf.PdfWriter(clone_from=BytesIO(first))
    reader: Any = pypdf.PdfReader(BytesIO(second))
    titles = [str((part.metadata or {}).get("/Title", "")) for part in (writer, reader)]
    own = len(writer.pages)
    writer.append(reader, import_outline=False)
    _join_tags(writer, reader, own)
    writer.metadata = {"/Title": " · ".join(titles)}
    writer.root_object.pop("/Metadata", None)  # it speaks of the first part alone
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def _join_tags(writer: Any, reader: Any, own: int) -> None:
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    root, other = (
        writer.root_object["/StructTreeRoot"],
        reader.root_object["/StructTreeRoot"].clone(writer),
    )
    numbers = root["/ParentTree"]["/Nums"]
    offset = max(numbers[::2], default=-1) + 1
    for page in writer.pages[own:]:
        _shift(page, "/StructParents", offset)
        for note in page.get("/Annots", ()):
            _shift(note.get_object(), "/StructParent", offset)
    added = other["/ParentTree"]["/Nums"]
    numbers += [
        NumberObject(item + offset) if place % 2 == 0 else item for place, item in enumerate(added)
    ]
    kids = ArrayObject()
    row = {
        "/Type": NameObject("/StructElem"),
        "/S": NameObject("/Document"),
        "/P": root.indirect_reference,
        "/K": kids,
    }
    document = writer._add_object(
        DictionaryObject({NameObject(key): value for key, value in row.items()})
    )
    for tree, language in (
        (root, writer.root_object["/Lang"]),
        (other, reader.root_object["/Lang"]),
    ):
        for kid in tree["/K"] if isinstance(tree["/K"], list) else [tree.raw_get("/K")]:
            part = {"/Lang": TextStringObject(language), "/S": NameObject("/Part"), "/P": document}
            kid.get_object().update({NameObject(key): value for key, value in part.items()})
            kids.append(kid)
    root[NameObject("/K")] = ArrayObject([document])


def _shift(item: Any, key: str, offset: int) -> None:
    from pypdf.generic import NameObject, NumberObject

    if key in item:
        item[NameObject(key)] = NumberObject(item[key] + offset)
