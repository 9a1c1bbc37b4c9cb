"""The line at the edge of a printed side that says how to print, turn and fold it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from generator.campaign.printers import Printer
from generator.campaign.sheets import Sheet
from generator.imposition.geometry import Side, direction_suffix
from generator.imposition.impose import flip_in_words
from generator.model import Direction

_NOTE_STYLE = """
@page { size: %smm %smm; margin: 0 }
html { font-family: "L Noto Sans"; font-size: 5pt; line-height: 1; color: #000 }
p { position: absolute; top: %smm; left: 8mm; margin: 0; white-space: nowrap }
"""


def edge_note_page(
    sheet: Sheet, side: Side, sides: Sequence[Side], direction: Direction, printer: Printer
) -> str:
    """Return the HTML of one side's line, on paper of its size."""
    width, height = sheet.layout.paper
    turned = "Right-to-left binding." if direction_suffix(sheet, direction) else ""
    steps = (
        " ".join(f"{number}. {step}" for number, step in enumerate(sheet.layout.steps, 1))
        if not side.back
        else ""
    )
    where = f"Paper {side.paper}, {'back' if side.back else 'front'}."
    words = " ".join(
        filter(None, (f"Print at 100 %, {flip_in_words(sheet, sides)}.", where, turned, steps))
    )
    style = _NOTE_STYLE % (width, height, printer.clear + 0.3)
    return f"<!DOCTYPE html><html lang=en><head><title>.</title><style>{style}</style></head><body><p>{escape(words)}</p></body></html>"
