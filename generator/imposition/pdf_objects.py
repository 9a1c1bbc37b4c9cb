"""What the modules here do with pypdf: open and write a PDF, build its objects, say its title."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any


def clone_pdf(pdf: bytes) -> Any:
    """Return a pypdf writer that holds a whole PDF."""
    import pypdf

    return pypdf.PdfWriter(clone_from=BytesIO(pdf))


def pdf_bytes(writer: Any) -> bytes:
    """Return the bytes of a pypdf writer."""
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def pdf_title(document: Any) -> str:
    """Return the title of a pypdf reader or writer, or an empty text."""
    return str((document.metadata or {}).get("/Title", ""))


def pdf_names(entries: Mapping[str, Any]) -> dict[Any, Any]:
    """Return entries of a PDF dictionary with their keys, and texts such as `/Form`, as names."""
    from pypdf.generic import NameObject

    return {
        NameObject(key): NameObject(value) if type(value) is str else value
        for key, value in entries.items()
    }


def pdf_dictionary(entries: Mapping[str, Any]) -> Any:
    """Return a PDF dictionary of these entries."""
    from pypdf.generic import DictionaryObject

    return DictionaryObject(pdf_names(entries))


def set_xmp(writer: Any, xmp: str) -> None:
    """Make an XMP packet the metadata of a PDF."""
    from pypdf.generic import StreamObject

    stream = StreamObject()
    stream.set_data(xmp.encode())
    stream.update(pdf_names({"/Type": "/Metadata", "/Subtype": "/XML"}))
    writer.root_object.update(pdf_names({"/Metadata": writer._add_object(stream)}))
