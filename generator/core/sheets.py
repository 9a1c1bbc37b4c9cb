"""The sheets a leaflet is laid out for: one row each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """Paper and type of an edition; lengths in mm, sizes in pt for Latin script, before the language's factor."""

    name: str
    width: float
    height: float
    margin: float
    pages: int
    """Most pages an edition may have."""
    sizes: tuple[float, ...]
    """Sizes in order, largest first; the last is the floor (UKAAF G003: clear print is at least 12 pt, large print 18)."""
    qr: float
    """Side of the QR code with its quiet zone."""
    band: float
    """Height kept above the text for the draft band."""
    about: str


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet("a5", 148, 210, 10, 2, (14, 13.5, 13, 12.5, 12), 27, 13, "A5 portrait, one leaf; the default"),
        Sheet("a4", 210, 297, 18, 2, (17, 16, 15, 14, 13, 12), 32, 12, "A4 portrait, one leaf"),
        Sheet("large-print", 210, 297, 20, 6, (18,), 34, 16, "A4 set at 18 pt for people with low vision (UKAAF G003)"),
        Sheet("a3-poster", 297, 420, 26, 1, (32, 30, 28, 26, 24, 22, 20, 18, 16, 14), 60, 18, "A3 poster, one side"),
    )
}
WORKSHEET = Sheet("worksheet", 210, 297, 12, 400, (10.5,), 26, 0, "A4 portrait, to read and to write on; no sheet of a leaflet")
NOTICE = Sheet("notice", 210, 297, 18, 2, (22, 20, 18, 16, 14), 0, 0, "A4, to hang up where papers are asked back; no sheet of a leaflet")
DESK = Sheet("desk", 210, 297, 15, 60, (10.5,), 0, 0, "A4, for lists and orders; no sheet of a leaflet")
LABEL = Sheet("label", 148, 105, 7, 1, (20, 18, 16, 14, 12), 0, 0, "A6 across, on a bundle; no sheet of a leaflet")
BOX_LABEL = Sheet("box-label", 210, 148, 9, 6, (12, 11), 0, 0, "A5 across, on a box; no sheet of a leaflet")
PEOPLE = Sheet("people", 210, 297, 15, 12, (13, 12), 30, 12, "A4, a phone tree with its people; no sheet of a leaflet")
