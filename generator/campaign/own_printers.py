"""Read the printers that a campaign has of its own, `leaflets/printers.yaml`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.base.yaml import YamlValue
from generator.campaign.own_rows import own_rows
from generator.campaign.printers import SHIPPED_PRINTERS, Printer
from generator.campaign.value_forms import read_length, yes_or_no
from generator.problem import LeafletsError, Problem

PRINTER_SWITCHES = ("notes", "ticks", "singles")
# In mm; a wider border would run into the text of the shipped sheets.
LONGEST_CLEAR, LONGEST_BLEED = 15, 10
# These words stand where the printer does in the name of a file.
TAKEN = ("side-by-side",)


def read_printers(path: Path, sites: Collection[str]) -> dict[str, Printer]:
    """Return the shipped printers and those of a campaign's file by name; no file means none.

    Raises LeafletsError with file, line and advice; `sites` are codes that no printer may have.
    """
    printers = own_rows(path, SHIPPED_PRINTERS, _read_printer)
    for name in printers.keys() - SHIPPED_PRINTERS.keys():
        if name in (*TAKEN, *sites):
            # not-alone_en_a5_oak.pdf would be the edition for a site and that for a printer.
            what = f"the printer {name!r} has the name of a site, or of a layout"
            raise LeafletsError(Problem("row-name", what, str(path), "give it another name"))
    return printers


def _read_printer(name: str, value: YamlValue) -> Printer:
    keys = value.mapping((), ("like", "about", "clear", "bleed", "separations", *PRINTER_SWITCHES))
    own: dict[str, Any] = {key: yes_or_no(keys[key]) for key in PRINTER_SWITCHES if key in keys}
    limits = {"clear": LONGEST_CLEAR, "bleed": LONGEST_BLEED}
    own |= {key: read_length(keys[key], 0, most) for key, most in limits.items() if key in keys}
    if "separations" in keys:
        inks = SHIPPED_PRINTERS["riso"].inks if yes_or_no(keys["separations"]) else ("",)
        own["inks"] = inks
    if "like" in keys:
        like = SHIPPED_PRINTERS[keys["like"].choice(SHIPPED_PRINTERS)]
        own["about"] = keys["about"].text(80) if "about" in keys else f"like {like.name}"
    else:
        like = Printer(name, "")
        own["about"] = value.mapping(("about",), optional=None)["about"].text(80)
    printer = replace(like, name=name, **own)
    if printer.bleed and (printer.clear or printer.notes or printer.ticks or any(printer.inks)):
        # The file ends at the bleed: words and lines at the edge would be printed into the page.
        hint = "take the line `bleed: …` out, or write `clear: 0mm`, `notes: no` and `ticks: no`"
        raise value.fail("with a bleed there is no border, and one file", hint, "printer-bleed")
    return printer
