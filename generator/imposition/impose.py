"""Put the pages of a finished PDF on the paper they are printed on; text, tags and language stay.

Each page becomes one form, drawn wherever the geometry places it. Its content is not touched, not
even unpacked, so what was proved on the page holds on the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from generator.imposition.geometry import Imposition, Side
from generator.imposition.pdf_objects import (
    clone_pdf,
    pdf_bytes,
    pdf_dictionary,
    pdf_names,
    pdf_title,
    set_xmp,
)
from generator.imposition.retag import move_tags
from generator.imposition.side_content import MARKS_ROOM, side_content
from generator.model import Direction
from generator.proof.structure import MM

_TITLE_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def impose_pages(read: bytes, imposition: Imposition, notes: Sequence[bytes] = ()) -> bytes:
    """Return the file to print of an edition whose pages are `read`.

    `notes` holds a page to lay over each side. With crop marks there is room for them around the
    bleed.
    """
    writer = clone_pdf(read)
    pages = list(writer.pages)
    forms = [_page_form(writer, page, imposition.printer.bleed) for page in pages]
    blanks = [b""] * len(imposition.sides)
    papers = [
        _add_side(writer, imposition, side, forms, note)
        for side, note in zip(imposition.sides, notes or blanks, strict=True)
    ]
    references = [page.indirect_reference for page in pages]
    move_tags(writer, forms, references, papers, imposition.sides)

    for key in ("/Outlines", "/PageMode"):  # bookmarks would lead to pages that are gone
        writer.root_object.pop(key, None)
    for _ in pages:
        writer.remove_page(0)
    _set_viewing(writer, imposition)
    _label_sides(writer, imposition.sides)
    title = pdf_title(writer)
    writer.metadata = {"/Title": title}
    set_xmp(writer, _TITLE_XMP.format(title=escape(title)))
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    return pdf_bytes(writer)


def trim_pages(pdf: bytes) -> bytes:
    """Return a PDF as it looks after trimming: its pages without their bleed."""
    writer = clone_pdf(pdf)
    for page in writer.pages:
        page.mediabox = page.bleedbox = page.trimbox
    writer.metadata = {"/Title": pdf_title(writer)}
    return pdf_bytes(writer)


def _page_form(writer: Any, page: Any, bleed: float) -> Any:
    """Return a reference to the form that a page's own content stream becomes."""
    from pypdf.generic import ArrayObject, FloatObject, NumberObject, StreamObject

    stream = page["/Contents"].get_object()
    if not isinstance(stream, StreamObject):  # several streams: one page drawn in parts
        whole = StreamObject()
        whole.set_data(page.get_contents().get_data())
        stream = writer._add_object(whole.flate_encode()).get_object()
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    grow = bleed * MM
    box = (left - grow, bottom - grow, right + grow, top + grow)
    entries = {
        "/Type": "/XObject",
        "/Subtype": "/Form",
        "/BBox": ArrayObject(FloatObject(round(edge, 4)) for edge in box),
        "/Resources": page.raw_get("/Resources"),
    }
    if "/StructParents" in page:
        entries["/StructParents"] = NumberObject(page["/StructParents"])
    stream.update(pdf_names(entries))
    return stream.indirect_reference


def _add_side(
    writer: Any, imposition: Imposition, side: Side, forms: list[Any], note: bytes
) -> Any:
    """Add one side of a paper and return its page; `note` is a PDF of one page to lay over it."""
    import pypdf
    from pypdf.generic import DecodedStreamObject

    width, height = imposition.sheet.layout.paper
    page = writer.add_blank_page(width * MM, height * MM)
    used = sorted({place.page for place in side.placements if place.page})
    drawn = pdf_dictionary({f"/P{number}": forms[number - 1] for number in used})
    if note:
        words = pypdf.PdfReader(BytesIO(note)).pages[0].clone(writer)
        drawn.update(pdf_names({"/Note": _page_form(writer, words, 0)}))
    content = DecodedStreamObject()
    content.set_data(side_content(imposition, side, bool(note)))
    entries = {
        "/Contents": writer._add_object(content),
        "/Resources": pdf_dictionary({"/XObject": drawn}),
        "/Tabs": "/S",
    }
    page.update(pdf_names(entries))
    _set_boxes(page, imposition, side)
    return page


def _set_boxes(page: Any, imposition: Imposition, side: Side) -> None:
    """Set the boxes of a side: a bleed around what stays after trimming, or the paper as it is."""
    from pypdf.generic import RectangleObject

    bleed, room = imposition.printer.bleed, MARKS_ROOM if imposition.marks else 0
    paper = (0, 0, *imposition.sheet.layout.paper)
    left, bottom, right, top = side.bounds if bleed else paper
    for name, grow in (("trimbox", 0.0), ("bleedbox", bleed), ("mediabox", bleed + room)):
        edges = (left - grow, bottom - grow, right + grow, top + grow)
        setattr(page, name, RectangleObject(tuple(round(edge * MM, 4) for edge in edges)))


def _set_viewing(writer: Any, imposition: Imposition) -> None:
    """Tell the print dialogue how to turn the paper, and not to scale (ISO 32000-2, table 147)."""
    preferences = writer.create_viewer_preferences()
    long_edge = imposition.sheet.layout.flip == "long"
    edge = "/DuplexFlipLongEdge" if long_edge else "/DuplexFlipShortEdge"
    preferences.duplex = edge if any(side.back for side in imposition.sides) else "/Simplex"
    preferences.direction = "/R2L" if imposition.direction == Direction.RTL else "/L2R"
    preferences.print_scaling = "/None"
    preferences.display_doctitle = True


def _label_sides(writer: Any, sides: Sequence[Side]) -> None:
    """Label each side with its paper and pages: what a viewer shows beside the page number."""
    from pypdf.generic import ArrayObject, NumberObject, TextStringObject

    rows = ArrayObject()
    for number, side in enumerate(sides):
        rows += [NumberObject(number), pdf_dictionary({"/P": TextStringObject(side.name)})]
    labels = pdf_dictionary({"/Nums": rows})
    writer.root_object.update(pdf_names({"/PageLabels": labels}))
