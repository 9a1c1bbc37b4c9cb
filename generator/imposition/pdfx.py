"""Turn a file to print into PDF/X-4 (ISO 15930-7).

Its colours become inks of a profile; the profile goes into the file, with the entries the standard
demands.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from generator.imposition.pdf_objects import (
    pdf_bytes,
    pdf_dictionary,
    pdf_names,
    pdf_title,
    set_xmp,
)
from generator.imposition.separations import Colour, cmyk_converter, recolour_pdf

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
    """Return a PDF as PDF/X-4 for an ICC profile, dated as given (2026-11-22).

    Raises LeafletsError if the profile is not one for CMYK.
    """
    convert = cmyk_converter(profile)

    def say(colour: Colour, line: bool) -> bytes:
        return b" ".join(b"%g" % ink for ink in convert(colour)) + (b" K" if line else b" k")

    writer = recolour_pdf(pdf, say)
    for item in writer._objects:
        group = item["/Group"].get_object() if isinstance(item, dict) and "/Group" in item else {}
        if "/CS" in group:  # transparent groups must blend in the inks that are printed
            group.update(pdf_names({"/CS": "/DeviceCMYK"}))
    _set_output_intent(writer, profile)
    # The identifier follows from the content, and the day is given, not the clock's: the same pages
    # make the same file.
    _describe(writer, hashlib.sha256(pdf + profile).hexdigest()[:32], dated)
    writer.pdf_header = "%PDF-1.6"
    return pdf_bytes(writer)


def _set_output_intent(writer: Any, profile: bytes) -> None:
    """Put the profile in as the output intent."""
    from PIL import ImageCms
    from pypdf.generic import ArrayObject, NumberObject, StreamObject, TextStringObject

    stream = StreamObject()
    stream.set_data(profile)
    stream.update(pdf_names({"/N": NumberObject(4)}))
    described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    name = TextStringObject(described.strip() or "Custom")
    intent = {
        "/Type": "/OutputIntent",
        "/S": "/GTS_PDFX",
        "/OutputConditionIdentifier": name,
        "/OutputCondition": name,
        "/Info": name,
        "/DestOutputProfile": writer._add_object(stream.flate_encode()),
    }
    intents = ArrayObject([writer._add_object(pdf_dictionary(intent))])
    writer.root_object.update(pdf_names({"/OutputIntents": intents}))


def _describe(writer: Any, mark: str, dated: str) -> None:
    """Write title, dates and identifiers, both as document information and as XMP."""
    from pypdf.generic import ArrayObject, ByteStringObject

    title = pdf_title(writer)
    day = f"D:{dated.replace('-', '')}000000Z"
    writer.metadata = {
        "/Title": title,
        "/CreationDate": day,
        "/ModDate": day,
        "/GTS_PDFXVersion": "PDF/X-4",
    }
    writer._info.update(pdf_names({"/Trapped": "/False"}))
    date = f"{dated}T00:00:00Z"
    set_xmp(writer, _PDFX_XMP.format(title=escape(title), date=date, mark=UUID(mark)))
    identifier = ByteStringObject(bytes.fromhex(mark))
    writer._ID = ArrayObject((identifier, identifier))
