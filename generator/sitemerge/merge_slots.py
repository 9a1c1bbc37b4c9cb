"""Find on a drawn page where each fact and the edition's code stand, down to the operators that draw them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.problem import LeafletsError, Problem
from generator.sitemerge.merge_glyphs import MergeGlyphs

RUN = re.compile(
    rb"BT\n1 0 0 -1 (?P<x>[\d.]+) (?P<y>[\d.]+) Tm\n/(?P<font>\w+) (?P<size>[\d.]+) Tf\n\[(?P<glyphs>[^\]\n]*)\] TJ\nET\n"
)
"""How WeasyPrint draws one run of text in one font: place of its baseline in CSS px, size, glyphs."""
GLYPH = re.compile(rb"<([0-9a-f]+)>")
NEAR = 0.01
"""Distance in CSS px at which two places are the same."""


@dataclass(frozen=True)
class Slot:
    """One value on one page (counted from 0): its name and text, where its baseline begins, how wide and large it is, in CSS px."""

    page: int
    name: str
    text: str
    x: float
    y: float
    width: float
    size: float
    bold: bool


@dataclass(frozen=True)
class SlotCut:
    """A slot in the content of its page: the bytes from `start` to `end` draw it, in type of `size`."""

    slot: Slot
    start: int
    end: int
    place: bytes
    size: bytes


def refuse_merge(what: str) -> LeafletsError:
    """Return the error of an edition that cannot be made from a shared one: it is laid out whole, and nothing is lost but time."""
    return LeafletsError(Problem("no-stencil", what, hint="this edition is laid out whole"))


def find_slots(layout: Any, names: Mapping[str, str]) -> list[Slot]:
    """Return where the values of `names` (name to text) stand in a WeasyPrint document.

    Raises LeafletsError if one of them stands nowhere, or is broken over two lines.
    """
    found = [
        slot
        for number, page in enumerate(layout.pages)
        for slot in _on_page(page._page_box, number, names)
    ]
    if broken := sorted({slot.name for slot in found if slot.text != names[slot.name]}):
        raise refuse_merge(f"values over more than one line: {', '.join(broken)}")
    if missing := sorted(names.keys() - {slot.name for slot in found}):
        raise refuse_merge(f"values that stand nowhere: {', '.join(missing)}")
    return found


def _on_page(box: Any, number: int, names: Mapping[str, str], name: str = "") -> Iterator[Slot]:
    element = getattr(box, "element", None)
    if element is not None:
        name = element.get("data-fact", name)
    if name in names and getattr(box, "text", None):
        style = box.style
        yield Slot(
            number,
            name,
            box.text,
            box.position_x,
            box.position_y + box.baseline,
            box.width,
            style["font_size"],
            style["font_weight"] > 500,
        )
    for child in box.all_children():
        yield from _on_page(child, number, names, name)


def find_cuts(content: bytes, slots: list[Slot], case: MergeGlyphs) -> list[SlotCut]:
    """Return the slots of one page in the order of its content; raise LeafletsError if one of them is not drawn as expected."""
    runs = list(RUN.finditer(content))
    found = []
    for slot in slots:
        line = case.line(slot.text, slot.bold)
        fits = [run for run in runs if _near(run, slot) and line and _glyphs(run) == line.glyphs]
        if len(fits) != 1:
            raise refuse_merge(f"{slot.name} is drawn in a way nobody expected")
        (run,) = fits
        found.append(
            SlotCut(slot, run.start(), run.end(), b"%b %b" % (run["x"], run["y"]), run["size"])
        )
    return sorted(found, key=lambda cut: cut.start)


def _near(run: re.Match[bytes], slot: Slot) -> bool:
    return abs(float(run["x"]) - slot.x) < NEAR and abs(float(run["y"]) - slot.y) < NEAR


def _glyphs(run: re.Match[bytes]) -> tuple[int, ...]:
    return tuple(int(glyph, 16) for part in GLYPH.findall(run["glyphs"]) for glyph in _quads(part))


def _quads(part: bytes) -> list[bytes]:
    return [part[place : place + 4] for place in range(0, len(part), 4)]
