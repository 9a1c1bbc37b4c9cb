"""Find each fact and the code on a drawn page, down to the operators that draw them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.problem import LeafletsError, Problem
from generator.sitemerge.merge_glyphs import MergeGlyphs, TypeLine

# How WeasyPrint draws a run of text in one font: place of its baseline in px, size, glyphs.
_TEXT_RUN = re.compile(
    rb"BT\n1 0 0 -1 (?P<x>[\d.]+) (?P<y>[\d.]+) Tm\n"
    rb"/(?P<font>\w+) (?P<size>[\d.]+) Tf\n\[(?P<glyphs>[^\]\n]*)\] TJ\nET\n"
)
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")

# Distance in CSS px at which two places are the same.
_SAME_PLACE = 0.01


@dataclass(frozen=True)
class Slot:
    """One value on one page, in CSS px from the upper left corner to where its baseline begins."""

    page: int
    """Counted from 0."""
    name: str
    text: str
    x: float
    y: float
    width: float
    size: float
    bold: bool


@dataclass(frozen=True)
class SlotCut:
    """A slot in the content of its page: the bytes from `start` to `end` draw it."""

    slot: Slot
    start: int
    end: int
    place: bytes
    size: bytes


def refuse_merge(what: str) -> LeafletsError:
    """Return the error of an edition that cannot be made from a shared one.

    It is laid out whole, and nothing is lost but time.
    """
    return LeafletsError(Problem("no-stencil", what, hint="this edition is laid out whole"))


def find_slots(layout: Any, names: Mapping[str, str]) -> list[Slot]:
    """Return where the values of `names` (name to text) stand in a WeasyPrint document.

    Raises LeafletsError if one of them stands nowhere, or is broken over two lines.
    """
    found: list[Slot] = []
    for number, page in enumerate(layout.pages):
        found += _slots_below(page._page_box, number, names)
    if broken := sorted({slot.name for slot in found if slot.text != names[slot.name]}):
        raise refuse_merge(f"values over more than one line: {', '.join(broken)}")
    if missing := sorted(names.keys() - {slot.name for slot in found}):
        raise refuse_merge(f"values that stand nowhere: {', '.join(missing)}")
    return found


def _slots_below(box: Any, number: int, names: Mapping[str, str], name: str = "") -> Iterator[Slot]:
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
        yield from _slots_below(child, number, names, name)


def find_cuts(content: bytes, slots: list[Slot], glyphs: MergeGlyphs) -> list[SlotCut]:
    """Return the slots of one page in the order of its content.

    Raises LeafletsError if one of them is not drawn as expected.
    """
    runs = list(_TEXT_RUN.finditer(content))
    found = []
    for slot in slots:
        line = glyphs.line(slot.text, slot.bold)
        fits = [run for run in runs if line and _draws(run, slot, line)]
        if len(fits) != 1:
            raise refuse_merge(f"{slot.name} is drawn in a way nobody expected")
        (run,) = fits
        place = b"%b %b" % (run["x"], run["y"])
        found.append(SlotCut(slot, run.start(), run.end(), place, run["size"]))
    return sorted(found, key=lambda cut: cut.start)


def _draws(run: re.Match[bytes], slot: Slot, line: TypeLine) -> bool:
    """Tell whether a run of text draws a line at the place of a slot."""
    x, y = float(run["x"]), float(run["y"])
    if abs(x - slot.x) >= _SAME_PLACE or abs(y - slot.y) >= _SAME_PLACE:
        return False
    hexes = b"".join(_GLYPHS.findall(run["glyphs"]))
    return hexes == b"".join(b"%04x" % glyph for glyph in line.glyphs)
