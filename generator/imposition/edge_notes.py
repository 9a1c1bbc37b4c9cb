"""The line at the edge of a printed side that says how to print, turn and fold it."""

from __future__ import annotations

from html import escape

from generator.imposition.geometry import Imposition, Side, direction_suffix, flip_in_words

_NOTE_STYLE = """
@page { size: %smm %smm; margin: 0 }
html { font-family: "L Noto Sans"; font-size: 5pt; line-height: 1; color: #000 }
p { position: absolute; top: %smm; left: 8mm; margin: 0; white-space: nowrap }
"""


def edge_note_page(imposition: Imposition, side: Side) -> str:
    """Return the HTML of one side's line, on paper of its size."""
    sheet = imposition.sheet
    sentences = [
        f"Print at 100 %, {flip_in_words(sheet, imposition.sides)}.",
        f"Paper {side.paper}, {'back' if side.back else 'front'}.",
    ]
    if direction_suffix(sheet, imposition.direction):
        sentences.append("Right-to-left binding.")
    if not side.back:
        sentences += [f"{number}. {step}" for number, step in enumerate(sheet.layout.steps, 1)]
    style = _NOTE_STYLE % (*sheet.layout.paper, imposition.printer.clear + 0.3)
    return (
        f"<!DOCTYPE html><html lang=en><head><title>.</title><style>{style}</style></head>"
        f"<body><p>{escape(' '.join(sentences))}</p></body></html>"
    )
