"""Look at an edition made from a stencil: each value read at its place, each link followed, all else the shared part byte for byte."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from typing import Any

from generator.problem import Problem
from generator.proof.edition_proof import _WHITE_EDGE
from generator.sitemerge.merge_slots import Slot
from generator.sitemerge.merge_template import MergeTemplate, SlotValue

PT = 0.75
"""Points in a CSS pixel."""
SLACK = 0.6
"""How far a letter may stand outside its slot, in pt: side bearings."""
DPI = 110
SHADE = 24
"""Most difference of a point of 255 between two pictures that look the same: kerning is rounded to a thousandth of the type size."""
HINT = "look at the page; build this edition alone with `leaflets build --site`"


def same_picture(one: bytes, other: bytes) -> bool:
    """Tell whether two PDFs look the same but for the edges of letters: the stencil with its own values, and what it was cut from."""
    from PIL import ImageChops

    first, second = _pictures(one), _pictures(other)
    pairs = zip(first, second, strict=False)
    return len(first) == len(second) and all(
        _most(ImageChops.difference(*pair)) <= SHADE for pair in pairs
    )


def _most(picture: Any) -> int:
    """Return the lightest point of a grey picture."""
    return int(picture.getextrema()[1])


def _pictures(pdf: bytes) -> list[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def prove_merged(
    pdf: bytes, stencil: MergeTemplate, values: Mapping[str, SlotValue]
) -> tuple[Problem, ...]:
    """Return what is wrong with one edition made from a proved stencil; it costs a few milliseconds.

    The shared part was proved when the stencil was cut: here it must be there byte for byte, and each value must be read by PDFium in
    its slot, letter after letter from left to right (text extraction alone says nothing about right-to-left pages).
    """
    import pypdfium2

    if not pdf.startswith(stencil.head):
        return (
            Problem("proof-shared", "the shared part is not the one that was proved", hint=HINT),
        )
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_problems(document, stencil, values))
    finally:
        document.close()


def _problems(
    document: Any, stencil: MergeTemplate, values: Mapping[str, SlotValue]
) -> Iterator[Problem]:
    if len(document) != stencil.pages:
        yield Problem("proof-pages", f"{len(document)} pages instead of {stencil.pages}", hint=HINT)
        return
    for number in range(stencil.pages):
        page = document[number]
        text = page.get_textpage()
        for slot in (slot for slot in stencil.slots if slot.page == number):
            if not _reads(text, page, slot, values[slot.name].text):
                yield Problem(
                    "proof-fact",
                    f"page {number + 1}: {slot.name} does not stand where it must",
                    hint=HINT,
                )
        text.close()
        for name, box in stencil.links_on(number):
            if _target(document, page, box) != values[name].link:
                yield Problem(
                    "proof-link",
                    f"page {number + 1}: the link of {name} leads somewhere else",
                    hint=HINT,
                )


def _reads(text: Any, page: Any, slot: Slot, value: str) -> bool:
    """Tell whether a value stands in its slot, its letters from left to right, and inside the page."""
    import pypdfium2.raw as pdfium

    left, baseline = slot.x * PT, page.get_height() - slot.y * PT
    high = slot.size * PT
    place = pdfium.FPDFText_GetCharIndexAtPos(
        text, left + high * 0.2, baseline + high * 0.3, high * 0.3, high * 0.4
    )
    end, box = left - SLACK, pdfium.FS_RECTF()
    for letter in value:
        if letter.isspace():
            continue
        while place >= 0 and chr(pdfium.FPDFText_GetUnicode(text, place)).isspace():
            place += 1
        if place < 0 or chr(pdfium.FPDFText_GetUnicode(text, place)) != letter:
            return False
        pdfium.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box))
        if box.left < end - SLACK or not box.bottom <= baseline + high * 0.3 <= box.top:
            return False
        end, place = box.right, place + 1
    return bool(end <= page.get_width() - _WHITE_EDGE)


def _target(document: Any, page: Any, box: tuple[float, ...]) -> str:
    """Return the address of the link in the middle of a box (pt)."""
    import pypdfium2.raw as pdfium

    link = pdfium.FPDFLink_GetLinkAtPoint(page, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    buffer = ctypes.create_string_buffer(600)
    length = pdfium.FPDFAction_GetURIPath(document, action, buffer, len(buffer)) if action else 0
    return buffer.value.decode("ascii", "replace") if 0 < length <= len(buffer) else ""
