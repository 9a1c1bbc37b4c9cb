"""Make a file to print into PDF/X-4 (ISO 15930-7): colours of the profile's inks, the profile itself, and what must be said of it."""

from __future__ import annotations

import hashlib
from typing import Any

from generator.imposition.separations import Colour, cmyk_converter, pdf_bytes, recolour_pdf

_PDFX_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{mark}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def make_pdfx(pdf: bytes, profile: bytes, dated: str) -> bytes:
    """Return a PDF as PDF/X-4 for an ICC profile; `dated` (2026-11-22) is the day it says, never the clock's.

    Raises LeafletsError if the profile is none of CMYK.
    """
    convert = cmyk_converter(profile)

    def say(colour: Colour, line: bool) -> bytes:
        return b" ".join(b"%g" % ink for ink in convert(colour)) + (b" K" if line else b" k")

    writer = recolour_pdf(pdf, say)
    _groups(writer)
    _intend(writer, profile)
    _describe(writer, hashlib.sha256(pdf + profile).hexdigest()[:32], dated)
    writer.pdf_header = "%PDF-1.6"
    return pdf_bytes(writer)


def _groups(writer: Any) -> None:
    """Let transparent groups blend in the inks that are printed."""
    from pypdf.generic import NameObject

    for item in writer._objects:
        group = (
            item.get("/Group", {}).get_object()
            if isinstance(item, dict) and "/Group" in item
            else {}
        )
        if "/CS" in group:
            group[NameObject("/CS")] = NameObject("/DeviceCMYK")


def _intend(writer: Any, profile: bytes) -> None:
    """Put the profile in as the output intent."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        StreamObject,
        TextStringObject,
    )

    stream = StreamObject()
    stream.set_data(profile)
    stream[NameObject("/N")] = NumberObject(4)
    name = TextStringObject(profile_name(profile))
    intent = {
        "/Type": NameObject("/OutputIntent"), "/S": NameObject("/GTS_PDFX"), "/OutputConditionIdentifier": name,
        "/OutputCondition": name, "/Info": name, "/DestOutputProfile": writer._add_object(stream.flate_encode()),
    }  # fmt: skip
    row = DictionaryObject({NameObject(key): value for key, value in intent.items()})
    writer.root_object[NameObject("/OutputIntents")] = ArrayObject([writer._add_object(row)])


def profile_name(profile: bytes) -> str:
    """Return what an ICC profile calls itself."""
    from io import BytesIO

    from PIL import ImageCms

    return (
        ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).strip()
        or "Custom"
    )


def _describe(writer: Any, mark: str, dated: str) -> None:
    """Write title, dates and identifiers, in the file's old and its new way."""
    from xml.sax.saxutils import escape

    from pypdf.generic import ArrayObject, ByteStringObject, NameObject, StreamObject

    title = str((writer.metadata or {}).get("/Title", ""))
    day = dated.replace("-", "")
    writer.metadata = {
        "/Title": title,
        "/CreationDate": f"D:{day}000000Z",
        "/ModDate": f"D:{day}000000Z",
        "/GTS_PDFXVersion": "PDF/X-4",
    }
    writer._info[NameObject("/Trapped")] = NameObject("/False")
    uuid = "-".join((mark[:8], mark[8:12], mark[12:16], mark[16:20], mark[20:]))
    stream = StreamObject()
    stream.set_data(
        _PDFX_XMP.format(title=escape(title), date=f"{dated}T00:00:00Z", mark=uuid).encode()
    )
    stream.update(
        {NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")}
    )
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    identifier = ByteStringObject(bytes.fromhex(mark))
    writer._ID = ArrayObject((identifier, identifier))
