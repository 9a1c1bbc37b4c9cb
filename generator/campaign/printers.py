"""The machines leaflets are printed on: one row each, with what it needs of a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Printer:
    """What a machine, or the people who run it, need; lengths in mm."""

    name: str
    about: str
    clear: float = 0
    """Border of the paper on which the machine leaves no ink."""
    notes: bool = False
    """Whether a line at the edge of each side says how to print and fold."""
    ticks: bool = False
    """Whether short lines at the edge show where to cut and fold."""
    bleed: float = 0
    """How far the print goes over the trim."""
    inks: tuple[str, ...] = ("",)
    """One file for each ink; a single one without a name holds them all."""
    singles: bool = False
    """Whether single leaves get a file to print too; else the edition itself is printed."""


SHIPPED_PRINTERS = {
    printer.name: printer
    for printer in (
        Printer("office", "an office printer or a photocopier", clear=5, notes=True, ticks=True),
        Printer(
            "copyshop", "people with a good machine and a cutter", clear=4, ticks=True, singles=True
        ),
        Printer(
            "shop",
            "a print shop: bleed, and PDF/X-4 with its colour profile",
            bleed=3,
            singles=True,
        ),
        Printer(
            "riso",
            "a stencil printer: one grey file for each ink",
            clear=5,
            ticks=True,
            inks=("black", "colour"),
            singles=True,
        ),
    )
}
DEFAULT_PRINTER = "office"


@dataclass(frozen=True)
class PrintOrder:
    """What a file to print is made for: the machine, and what its people asked for."""

    printer: Printer = SHIPPED_PRINTERS[DEFAULT_PRINTER]
    marks: bool = False
    """Whether crop marks stand outside the bleed."""
    profile: str = ""
    """File of the ICC profile that makes it PDF/X-4; empty makes an ordinary PDF."""
    dated: str = "2026-01-01"
    """The day a PDF/X file says it was made.

    It is that of the English text, so that equal input gives equal bytes.
    """


OFFICE_ORDER = PrintOrder()
