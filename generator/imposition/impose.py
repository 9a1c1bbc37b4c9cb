"""Put the pages of a finished PDF on the paper they are printed on; text stays text, tags and language stay.

Each page becomes one form, drawn wherever the geometry places it: its content is not touched, not even unpacked, so
what was proved on the page holds on the paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any
from xml.sax.saxutils import escape

from generator.campaign.printers import Printer
from generator.campaign.sheets import Sheet
from generator.imposition.geometry import (
    TOUCH,
    Placement,
    Side,
    clip_box,
    impose_sides,
    tick_lines,
    turns_upright,
)
from generator.model import Direction
from generator.proof.structure import MM

_ROTATIONS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""How a point of the page is turned, by degrees against the clock (ISO 32000-2, 8.3.3)."""
_MARKS_ROOM = 7
"""Room outside the bleed for crop marks, mm."""
_NOTE_HEIGHT = 2.3
"""Height of the line of words at the upper edge, mm."""
_TITLE_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_HAIRLINE = "0.35 w 0.4 G"


def impose_pages(
    read: bytes,
    sheet: Sheet,
    direction: Direction,
    printer: Printer,
    notes: Sequence[bytes] = (),
    marks: bool = False,
    sides: Sequence[Side] | None = None,
) -> bytes:
    """Return the file to print of an edition whose pages are `read`; `notes` holds a page to lay over each side.

    `sides` places the pages otherwise than the sheet does. With `marks` there is room for crop marks around the bleed.
    """
    import pypdf
    from pypdf.generic import NameObject

    writer: Any = pypdf.PdfWriter(clone_from=BytesIO(read))
    old = list(writer.pages)
    sides = sides if sides is not None else impose_sides(sheet, len(old), direction)
    forms = [_form(writer, page, printer.bleed) for page in old]
    papers = [
        _paper(writer, side, sheet, printer, forms, note, marks)
        for side, note in zip_longest(sides, notes, fillvalue=b"")
    ]
    _retag(writer, forms, [page.indirect_reference for page in old], papers, sides)
    for key in ("/Outlines", "/PageMode"):
        writer.root_object.pop(NameObject(key), None)
    for _ in old:
        writer.remove_page(0)
    _prefer(writer, sheet, direction, sides)
    _name(writer, sides)
    _title(writer, str((writer.metadata or {}).get("/Title", "")))
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def trim_pages(pdf: bytes) -> bytes:
    """Return a PDF as it looks after trimming: its pages without their bleed."""
    import pypdf

    writer: Any = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        page.mediabox = page.bleedbox = page.trimbox
    writer.metadata = {"/Title": (writer.metadata or {}).get("/Title", "")}
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def _form(writer: Any, page: Any, bleed: float) -> Any:
    """Return a reference to the form that a page's own content stream becomes."""
    from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, StreamObject

    stream = page["/Contents"].get_object()
    if not isinstance(stream, StreamObject):  # several streams: one page drawn in parts
        whole = StreamObject()
        whole.set_data(page.get_contents().get_data())
        stream = writer._add_object(whole.flate_encode()).get_object()
    trim, grow = page.trimbox, bleed * MM
    box = (
        float(trim.left) - grow,
        float(trim.bottom) - grow,
        float(trim.right) + grow,
        float(trim.top) + grow,
    )
    stream.update({
        NameObject("/Type"): NameObject("/XObject"),
        NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject(FloatObject(round(side, 4)) for side in box),
        NameObject("/Resources"): page.raw_get("/Resources"),
    })  # fmt: skip
    if "/StructParents" in page:
        stream[NameObject("/StructParents")] = NumberObject(page["/StructParents"])
    return stream.indirect_reference


def _paper(
    writer: Any, side: Any, sheet: Sheet, printer: Printer, forms: list[Any], note: Any, marks: bool
) -> Any:
    """Add one side of a paper and return its page."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    width, height = (length * MM for length in sheet.layout.paper)
    page = writer.add_blank_page(width, height)
    used = sorted({place.page for place in side.placements if place.page})
    drawn = DictionaryObject({NameObject(f"/P{number}"): forms[number - 1] for number in used})
    parts = [_draw(place, side, printer.bleed) for place in side.placements if place.page]
    parts += [_lines(side, sheet, printer, marks)]
    if note:
        drawn[NameObject("/Note")] = _overlay(writer, note)
        parts.append("/Artifact BMC q /Note Do Q EMC")
    content = DecodedStreamObject()
    content.set_data("\n".join(part for part in parts if part).encode() + b"\n")
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    page[NameObject("/Tabs")] = NameObject("/S")
    _set_boxes(page, side, sheet, printer.bleed, _MARKS_ROOM if marks else 0)
    return page


def _set_boxes(page: Any, side: Side, sheet: Sheet, bleed: float, room: float) -> None:
    """Set the boxes of a side, mm: with a bleed around what stays after trimming, else the paper as it is."""
    from pypdf.generic import RectangleObject

    paper = (0, 0, *sheet.layout.paper)
    left, bottom, right, top = _bounds(side) if bleed else paper
    for name, grow in (("trimbox", 0.0), ("bleedbox", bleed), ("mediabox", bleed + room)):
        edges = (left - grow, bottom - grow, right + grow, top + grow)
        setattr(page, name, RectangleObject(tuple(round(edge * MM, 4) for edge in edges)))


def _bounds(side: Side) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of all pages of a side, in mm."""
    places = side.placements
    return (
        min(place.x for place in places),
        min(place.y for place in places),
        max(place.x + place.width for place in places),
        max(place.y + place.height for place in places),
    )


def placement_matrix(place: Placement) -> tuple[float, ...]:
    """Return the matrix that brings a page whose lower left corner is the origin to its place, in pt."""
    a, b, c, d = _ROTATIONS[place.rotation]
    right, top = place.rotation in (90, 180), place.rotation in (180, 270)
    x, y = place.x + (place.width if right else 0), place.y + (place.height if top else 0)
    return (a, b, c, d, round(x * MM, 4), round(y * MM, 4))


def _draw(place: Placement, side: Side, bleed: float) -> str:
    left, bottom, right, top = (edge * MM for edge in clip_box(place, side.placements, bleed))
    box = f"{left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n" if bleed else ""
    turn = " ".join(
        f"{number:g}" if number in (-1, 0, 1) else f"{number:.4f}"
        for number in placement_matrix(place)
    )
    return " ".join(filter(None, ("q", box, turn, f"cm /P{place.page} Do Q")))


def _lines(side: Side, sheet: Sheet, printer: Printer, marks: bool) -> str:
    """Return the lines to cut and fold along, as an artifact."""
    found = [] if side.back else [(*line, True) for line in sheet.layout.cuts]
    found += (
        [
            (*line, False)
            for line in tick_lines(
                side, sheet.layout.paper, printer.clear, _NOTE_HEIGHT if printer.notes else 0
            )
        ]
        if printer.ticks and not sheet.tab
        else []
    )
    found += (
        [(*line, inner and sheet.layout.folds) for line, inner in _crop_marks(side, printer.bleed)]
        if marks
        else []
    )
    drawn = [
        f"[{'2 2' if dashed else ''}] 0 d {x1 * MM:.2f} {y1 * MM:.2f} m {x2 * MM:.2f} {y2 * MM:.2f} l S"
        for x1, y1, x2, y2, dashed in found
    ]
    return " ".join(["/Artifact BMC q", _HAIRLINE, *drawn, "Q EMC"]) if drawn else ""


def _crop_marks(
    side: Side, bleed: float
) -> Iterator[tuple[tuple[float, float, float, float], bool]]:
    """Yield a short line outside the bleed at both ends of each edge of a page, and whether pages meet there."""
    left, bottom, right, top = _bounds(side)
    near, far = bleed + 1, bleed + _MARKS_ROOM - 1
    for x in sorted(
        {round(edge, 3) for place in side.placements for edge in (place.x, place.x + place.width)}
    ):
        yield from (
            ((x, y + out * near, x, y + out * far), left + TOUCH < x < right - TOUCH)
            for y, out in ((bottom, -1), (top, 1))
        )
    for y in sorted(
        {round(edge, 3) for place in side.placements for edge in (place.y, place.y + place.height)}
    ):
        yield from (
            ((x + out * near, y, x + out * far, y), bottom + TOUCH < y < top - TOUCH)
            for x, out in ((left, -1), (right, 1))
        )


def _overlay(writer: Any, note: bytes) -> Any:
    """Return a reference to the form made of the one page of another PDF."""
    import pypdf

    return _form(writer, pypdf.PdfReader(BytesIO(note)).pages[0].clone(writer), 0)


def _retag(
    writer: Any, forms: list[Any], old: list[Any], papers: list[Any], sides: Sequence[Side]
) -> None:
    """Let the tags point to the pages' new places; a page that is drawn twice cannot be tagged (ISO 32000-2, 14.7.5.2)."""
    from pypdf.generic import NameObject

    times = Counter(place.page for side in sides for place in side.placements if place.page)
    if any(count > 1 for count in times.values()) or "/StructTreeRoot" not in writer.root_object:
        for key in ("/StructTreeRoot", "/MarkInfo"):
            writer.root_object.pop(NameObject(key), None)
        for form in forms:
            form.get_object().pop("/StructParents", None)
        return
    paper_of = {
        place.page: paper
        for paper, side in zip(papers, sides, strict=True)
        for place in side.placements
    }
    targets = {
        page.idnum: (form, paper_of[number])
        for number, (page, form) in enumerate(zip(old, forms, strict=True), 1)
    }
    root = writer.root_object["/StructTreeRoot"]
    _move(root, targets, None)
    _forget_links(root["/ParentTree"])


def _move(element: Any, targets: dict[int, tuple[Any, Any]], page: Any) -> None:
    """Turn the marked contents of an element and all below it into references into forms."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    if "/Pg" in element:
        page = element.raw_get("/Pg")
        element[NameObject("/Pg")] = targets[page.idnum][1].indirect_reference
    kids = element.get("/K", [])
    moved = ArrayObject()
    for kid in kids if isinstance(kids, list) else [kids]:
        item = kid.get_object()
        if isinstance(item, int):
            form, paper = targets[page.idnum]
            row = {
                "/Type": NameObject("/MCR"),
                "/Pg": paper.indirect_reference,
                "/Stm": form,
                "/MCID": item,
            }
            moved.append(DictionaryObject({NameObject(key): value for key, value in row.items()}))
        elif item.get("/Type") != "/OBJR":  # a link is nothing to print
            _move(item, targets, page)
            moved.append(kid)
    element[NameObject("/K")] = moved


def _forget_links(tree: Any) -> None:
    """Take the annotations out of the parent tree: their entries are single elements, those of pages are lists."""
    from pypdf.generic import ArrayObject, NameObject

    numbers = tree["/Nums"]
    pairs = [(numbers[place], numbers[place + 1]) for place in range(0, len(numbers), 2)]
    kept = [
        item
        for key, value in pairs
        if isinstance(value.get_object(), list)
        for item in (key, value)
    ]
    tree[NameObject("/Nums")] = ArrayObject(kept)


def _prefer(writer: Any, sheet: Sheet, direction: Direction, sides: Sequence[Side]) -> None:
    """Tell the print dialogue how to turn the paper, and not to scale it (ISO 32000-2, table 147)."""
    preferences = writer.create_viewer_preferences()
    edge = "/DuplexFlipLongEdge" if sheet.layout.flip == "long" else "/DuplexFlipShortEdge"
    preferences.duplex = edge if any(side.back for side in sides) else "/Simplex"
    preferences.direction = "/R2L" if direction == "rtl" else "/L2R"
    preferences.print_scaling = "/None"
    preferences.display_doctitle = True


def _title(writer: Any, title: str) -> None:
    """Say the title in the file's old and its new way, and nothing else."""
    from pypdf.generic import NameObject, StreamObject

    writer.metadata = {"/Title": title}
    stream = StreamObject()
    stream.set_data(_TITLE_XMP.format(title=escape(title)).encode())
    stream.update(
        {NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")}
    )
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)


def _name(writer: Any, sides: Sequence[Side]) -> None:
    """Name the pages after paper, side and the pages on it: what a reader shows beside the number."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    rows = ArrayObject()
    for number, side in enumerate(sides):
        rows += [
            NumberObject(number),
            DictionaryObject({NameObject("/P"): TextStringObject(side.name)}),
        ]
    writer.root_object[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): rows})


def flip_in_words(sheet: Sheet, sides: Sequence[Side]) -> str:
    """Return how a printer must turn the paper, in words."""
    if not any(side.back for side in sides):
        return "one side only"
    stand = "" if turns_upright(sheet.layout) else ", the back on its head"
    return f"both sides, flip on the {sheet.layout.flip.upper()} edge{stand}"
