"""Let the tags of a PDF point to the forms that its pages have become (ISO 32000-2, 14.7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from generator.imposition.geometry import Side
from generator.imposition.pdf_objects import pdf_dictionary, pdf_names


def move_tags(
    writer: Any, forms: list[Any], pages: list[Any], papers: list[Any], sides: Sequence[Side]
) -> None:
    """Move the tags of each page to its form on paper; `pages` and `forms` are references.

    All tags are dropped where a page is drawn twice.
    """
    times = Counter(place.page for side in sides for place in side.placements if place.page)
    # Marked content may appear only once: a form drawn twice cannot be tagged (14.7.5.2).
    if any(count > 1 for count in times.values()) or "/StructTreeRoot" not in writer.root_object:
        for key in ("/StructTreeRoot", "/MarkInfo"):
            writer.root_object.pop(key, None)
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
        for number, (page, form) in enumerate(zip(pages, forms, strict=True), 1)
    }
    root = writer.root_object["/StructTreeRoot"]
    _move_element(root, targets, None)
    _drop_links(root["/ParentTree"])


def _move_element(element: Any, targets: dict[int, tuple[Any, Any]], page: Any) -> None:
    """Turn the marked contents of an element and all below it into references into forms."""
    from pypdf.generic import ArrayObject

    if "/Pg" in element:
        page = element.raw_get("/Pg")
        element.update(pdf_names({"/Pg": targets[page.idnum][1].indirect_reference}))
    kids = element.get("/K", [])
    moved = ArrayObject()
    for kid in kids if isinstance(kids, list) else [kids]:
        item = kid.get_object()
        if isinstance(item, int):
            form, paper = targets[page.idnum]
            entries = {
                "/Type": "/MCR",
                "/Pg": paper.indirect_reference,
                "/Stm": form,
                "/MCID": item,
            }
            moved.append(pdf_dictionary(entries))
        elif item.get("/Type") != "/OBJR":  # a link has no use on paper
            _move_element(item, targets, page)
            moved.append(kid)
    element.update(pdf_names({"/K": moved}))


def _drop_links(tree: Any) -> None:
    """Take the links out of the parent tree."""
    from pypdf.generic import ArrayObject

    numbers = tree["/Nums"]
    # The entry of a page is a list, that of a link is a single element (14.7.5.4).
    kept = [
        item
        for entry in zip(numbers[::2], numbers[1::2], strict=True)
        if isinstance(entry[1].get_object(), list)
        for item in entry
    ]
    tree.update(pdf_names({"/Nums": ArrayObject(kept)}))
