"""Prove an edition made from a template.

Each value is read at its place and each link followed; all else is the shared part byte for byte.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from typing import Any

from generator.base.words import count_words
from generator.problem import Problem
from generator.proof.edition_proof import WHITE_EDGE
from generator.sitemerge.merge_slots import Slot
from generator.sitemerge.merge_template import MergeTemplate, SlotValue

# Points in a CSS pixel.
_PT_PER_PX = 0.75

# How far a letter may stand outside its slot, in pt: side bearings.
_SIDE_BEARING = 0.6
_PICTURE_DPI = 110

# Most difference of a point, of 255, between two pictures that look the same.
#
# Kerning is rounded to a thousandth of the type size.
SAME_SHADE = 24
_MERGE_HINT = "look at the page; build this edition alone with `leaflets build --site`"


def same_picture(one: bytes, other: bytes) -> bool:
    """Tell whether two PDFs look the same but for the edges of letters.

    They are a template with its own values, and what it was cut from.
    """
    from PIL import ImageChops

    first, second = _pictures(one), _pictures(other)
    if len(first) != len(second):
        return False
    differences: Iterator[Any] = map(ImageChops.difference, first, second)
    # The second extreme of a grey picture is its lightest point.
    return all(difference.getextrema()[1] <= SAME_SHADE for difference in differences)


def _pictures(pdf: bytes) -> list[Any]:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=_PICTURE_DPI / 72, grayscale=True).to_pil() for page in document]


def prove_merged(
    pdf: bytes, template: MergeTemplate, values: Mapping[str, SlotValue]
) -> tuple[Problem, ...]:
    """Return what is wrong with one edition made from a proved template, in a few milliseconds.

    The shared part was proved when the template was cut: here it must be there byte for byte.
    Each value must be read by PDFium in its slot, letter after letter from left to right: text
    extraction alone says nothing about right-to-left pages.
    """
    import pypdfium2

    if not pdf.startswith(template.head):
        what = "the shared part is not the one that was proved"
        return (Problem("proof-shared", what, hint=_MERGE_HINT),)
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(_problems(document, template, values))


def _problems(
    document: Any, template: MergeTemplate, values: Mapping[str, SlotValue]
) -> Iterator[Problem]:
    if len(document) != template.pages:
        what = f"{count_words(len(document), 'page')} instead of {template.pages}"
        yield Problem("proof-pages", what, hint=_MERGE_HINT)
        return
    for number, page in enumerate(document):
        text, place = page.get_textpage(), f"page {number + 1}"
        for slot in template.slots:
            if slot.page == number and not _reads(text, page, slot, values[slot.name].text):
                what = f"{place}: {slot.name} does not stand where it must"
                yield Problem("proof-fact", what, hint=_MERGE_HINT)
        text.close()
        for name, box in template.links_on(number):
            if _target(document, page, box) != values[name].link:
                what = f"{place}: the link of {name} leads somewhere else"
                yield Problem("proof-link", what, hint=_MERGE_HINT)


def _reads(text: Any, page: Any, slot: Slot, value: str) -> bool:
    """Tell whether a value is in its slot, its letters from left to right, inside the page."""
    import pypdfium2.raw as pdfium

    left, baseline = slot.x * _PT_PER_PX, page.get_height() - slot.y * _PT_PER_PX
    high = slot.size * _PT_PER_PX
    place = pdfium.FPDFText_GetCharIndexAtPos(
        text, left + high * 0.2, baseline + high * 0.3, high * 0.3, high * 0.4
    )
    end, box = left - _SIDE_BEARING, pdfium.FS_RECTF()
    for letter in value:
        if letter.isspace():
            continue
        while place >= 0 and chr(pdfium.FPDFText_GetUnicode(text, place)).isspace():
            place += 1
        if place < 0 or chr(pdfium.FPDFText_GetUnicode(text, place)) != letter:
            return False
        pdfium.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box))
        if box.left < end - _SIDE_BEARING or not box.bottom <= baseline + high * 0.3 <= box.top:
            return False
        end, place = box.right, place + 1
    return bool(end <= page.get_width() - WHITE_EDGE)


def _target(document: Any, page: Any, box: tuple[float, ...]) -> str:
    """Return the address of the link in the middle of a box (pt)."""
    import pypdfium2.raw as pdfium

    link = pdfium.FPDFLink_GetLinkAtPoint(page, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    buffer = ctypes.create_string_buffer(600)
    length = pdfium.FPDFAction_GetURIPath(document, action, buffer, len(buffer)) if action else 0
    return buffer.value.decode("ascii", "replace") if 0 < length <= len(buffer) else ""
