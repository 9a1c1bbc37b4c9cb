"""One proved PDF kept as a template: its bytes stay, and the values of a place fill its slots.

A thousand places differ in a few phone numbers. Where these are as wide as those of the edition
that was laid out, nothing else moves (Noto's digits all have one width): the page's content is cut
at the slots, and the same operators with other glyphs go in between. Tags, reading order and text
layer stay whole.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from generator.sitemerge.merge_glyphs import MergeGlyphs
from generator.sitemerge.merge_slots import Slot, SlotCut, find_cuts, refuse_merge

_SLOT_FONTS = (b"/SlotRegular", b"/SlotBold")

# One row of the cross-reference stream (ISO 32000-1, 7.5.8).
#
# Its kind, where the object is, and its place there.
_XREF_ROW = struct.Struct(">BIH")

# The kinds of rows: no object, one by itself, one in an object stream.
_FREE, _PLAIN, _PACKED = 0, 1, 2
_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


@dataclass(frozen=True)
class SlotValue:
    """What fills the slots of one name: the text as it is printed, and the address it links to."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class TemplatePart:
    """An object of the file that differs from place to place, made from a cut or a link."""

    number: int
    page: int
    name: str
    cut: SlotCut | None = None
    link: Any = None


class MergeTemplate:
    """A PDF cut at its slots.

    `fill` gives the bytes for other values; it neither parses nor compresses anything.
    """

    def __init__(
        self,
        pdf: bytes,
        slots: Iterable[Slot],
        values: Mapping[str, SlotValue],
        glyphs: MergeGlyphs,
    ) -> None:
        """Take the PDF of an edition with `values` in its `slots`.

        Raises LeafletsError if it cannot be cut.
        """
        import pypdf

        self.glyphs, self.slots = glyphs, tuple(slots)
        reader = pypdf.PdfReader(BytesIO(pdf))
        numbers = sorted({*reader.xref.get(0, ()), *reader.xref_objStm})
        objects: dict[int, Any] = {number: reader.get_object(number) for number in numbers}
        self.objects = {number: item for number, item in objects.items() if not _is_container(item)}
        self.parts: list[TemplatePart] = []
        taken: dict[int, Any] = {}
        fonts = [self._adopt(font, taken) for font in glyphs.fonts]
        self.pages = len(reader.pages)
        references: list[Any] = [page.indirect_reference for page in reader.pages]
        for number, reference in enumerate(references):
            on_page = [slot for slot in self.slots if slot.page == number]
            self._cut_page(self.objects[reference.idnum], on_page, fonts)
        self._find_links(reader, values)
        trailer, kept = reader.trailer, ("/Root", "/Info")
        self._write({key: trailer.raw_get(key) for key in kept if key in trailer})

    def _adopt(self, item: Any, taken: dict[int, Any]) -> Any:
        """Bring an object of the glyphs' PDF into this one, with all it refers to."""
        from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

        if isinstance(item, IndirectObject):
            if item.idnum not in taken:
                taken[item.idnum] = self._add(None)
                self.objects[taken[item.idnum].idnum] = self._adopt(item.get_object(), taken)
            return taken[item.idnum]
        if isinstance(item, DictionaryObject):
            new = copy(item)
            new.update({key: self._adopt(item.raw_get(key), taken) for key in item})
            return new
        if isinstance(item, ArrayObject):  # its own iterator would resolve references
            return ArrayObject(self._adopt(part, taken) for part in list.__iter__(item))
        return item

    def _add(self, item: Any) -> Any:
        from pypdf.generic import IndirectObject

        number = max(self.objects) + 1
        self.objects[number] = item
        return IndirectObject(number, 0, None)

    def _cut_page(self, page: Any, slots: list[Slot], fonts: list[Any]) -> None:
        from pypdf.generic import ArrayObject, NameObject

        content, pieces, start = page["/Contents"].get_data(), ArrayObject(), 0
        for cut in find_cuts(content, slots, self.glyphs):
            pieces += [self._stream(content[start : cut.start]), self._add(None)]
            self.parts.append(TemplatePart(pieces[-1].idnum, cut.slot.page, cut.slot.name, cut=cut))
            start = cut.end
        if not pieces:
            return
        self.objects.pop(page.raw_get("/Contents").idnum)
        pieces.append(self._stream(content[start:]))
        page[NameObject("/Contents")] = pieces
        resources = _copied(page["/Resources"])
        page_fonts = _copied(resources["/Font"])
        for name, font in zip(_SLOT_FONTS, fonts, strict=True):
            page_fonts[NameObject(name.decode())] = font
        resources[NameObject("/Font")] = page_fonts
        page[NameObject("/Resources")] = resources

    def _stream(self, data: bytes) -> Any:
        from pypdf.generic import EncodedStreamObject, NameObject

        stream = EncodedStreamObject()
        stream._data = zlib.compress(data)
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        return self._add(stream)

    def _find_links(self, reader: Any, values: Mapping[str, SlotValue]) -> None:
        """Note the links that lead to one of the values.

        Two values with one address could not be told apart.
        """
        # Only the address in the file tells which value a link belongs to.
        names = {value.link: name for name, value in values.items() if value.link}
        if len(names) < sum(bool(value.link) for value in values.values()):
            raise refuse_merge("two values have the same address")
        for number, page in enumerate(reader.pages):
            for reference in page.get("/Annots", ()):
                link = reference.get_object()
                if name := names.get(link.get("/A", {}).get("/URI", "")):
                    self.parts.append(TemplatePart(reference.idnum, number, name, link=link))

    def links_on(self, page: int) -> list[tuple[str, tuple[float, ...]]]:
        """Return the values that are linked on a page, each with the box of its link in pt."""
        return [
            (part.name, tuple(map(float, part.link["/Rect"])))
            for part in self.parts
            if part.link and part.page == page
        ]

    def _write(self, trailer: dict[str, Any]) -> None:
        """Write everything that all places share, once.

        Streams stay as they are; all other objects are compressed in one.
        """
        from pypdf.generic import StreamObject

        varying = {part.number for part in self.parts}
        packed: dict[int, bytes] = {}
        streams: dict[int, bytes] = {}
        for number, item in self.objects.items():
            if item is not None and number not in varying:
                kind = streams if isinstance(item, StreamObject) else packed
                kind[number] = dump_object(item)
        box, self.size = max(self.objects) + 1, max(self.objects) + 3
        streams[box] = _object_stream(packed)

        self.rows = [_XREF_ROW.pack(_FREE, 0, 0)] * self.size
        for place, number in enumerate(packed):
            self.rows[number] = _XREF_ROW.pack(_PACKED, box, place)
        head = bytearray(_HEADER)
        for number, body in streams.items():
            self.rows[number] = _XREF_ROW.pack(_PLAIN, len(head), 0)
            head += _numbered(number, body)
        self.head = bytes(head)
        entries = b" ".join(
            b"%b %b" % (key.encode(), dump_object(value)) for key, value in trailer.items()
        )
        self.table = b"/Type /XRef /W [1 4 2] /Size %d %b" % (self.size, entries)
        self.objects.clear()

    def fill(self, values: Mapping[str, SlotValue]) -> bytes:
        """Return the PDF with other values; raise LeafletsError if a letter has no glyph."""
        pdf, rows = bytearray(self.head), self.rows.copy()
        for part in self.parts:
            rows[part.number] = _XREF_ROW.pack(_PLAIN, len(pdf), 0)
            pdf += _numbered(part.number, self._body(part, values[part.name]))
        start = len(pdf)
        rows[-1] = _XREF_ROW.pack(_PLAIN, start, 0)
        pdf += _numbered(self.size - 1, _stream(self.table, b"".join(rows)))
        pdf += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(pdf)

    def _body(self, part: TemplatePart, value: SlotValue) -> bytes:
        if part.cut is None:
            return dump_object(_relinked(part.link, value.link))
        line = self.glyphs.line(value.text, part.cut.slot.bold)
        if line is None:
            raise refuse_merge(f"a letter of {part.name} is not in the glyphs")
        cut, font = part.cut, _SLOT_FONTS[part.cut.slot.bold]
        run = (cut.place, font, cut.size, line.setting)
        return _stream(b"", b"BT\n1 0 0 -1 %b Tm\n%b %b Tf\n[%b] TJ\nET\n" % run)


def _numbered(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def _object_stream(objects: dict[int, bytes]) -> bytes:
    """Return an object stream (ISO 32000-1, 7.5.7) with all objects that are no streams."""
    index, place = [], 0
    for number, body in objects.items():
        index.append(b"%d %d" % (number, place))
        place += len(body) + 1
    first = b" ".join(index) + b"\n"
    data = zlib.compress(first + b"\n".join(objects.values()))
    entries = b"/Type /ObjStm /Filter /FlateDecode /N %d /First %d" % (len(objects), len(first))
    return _stream(entries, data)


def _is_container(item: Any) -> bool:
    """Tell whether an object only holds others, which are written anew."""
    return isinstance(item, dict) and item.get("/Type") in ("/ObjStm", "/XRef")


def _relinked(link: Any, address: str) -> Any:
    """Return a link that leads to another address."""
    from pypdf.generic import NameObject, TextStringObject

    action, text, new = _copied(link["/A"]), TextStringObject(address), _copied(link)
    action[NameObject("/URI")] = text
    new.update({NameObject("/A"): action, NameObject("/Contents"): text})
    return new


def _copied(item: Any) -> Any:
    """Return a dictionary with the same entries, its references unresolved."""
    from pypdf.generic import DictionaryObject

    return DictionaryObject({key: item.raw_get(key) for key in item})


def dump_object(item: Any) -> bytes:
    """Return one object of a PDF as it is written."""
    out = BytesIO()
    item.write_to_stream(out)
    return out.getvalue()
