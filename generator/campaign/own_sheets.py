"""Read the sheets that a campaign has of its own, `leaflets/sheets.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.base.yaml import YamlValue
from generator.campaign.own_rows import own_rows
from generator.campaign.sheets import PaperLayout, Sheet, single_leaf
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.campaign.value_forms import MILLIMETRES, in_range, read_length, yes_or_no

# Least and most mm. Office printers leave 5 mm white; the least code and band are the wallet's.
LENGTHS = {
    "width": (40, 1200),
    "height": (40, 1200),
    "margin": (5, 100),
    "foot": (0, 50),
    "qr": (19, 150),
    "band": (7, 60),
}
SHEET_SWITCHES = ("short", "cover", "fields", "terse")
PAPER_KEYS = ("paper", "front", "back", "flip", "steps")
# A row that is like no shipped one must say all of these.
NEEDED = ("width", "height", "margin", "pages", "sizes", "qr", "band")
GEOMETRY = ("width", "height", "pages", *PAPER_KEYS)
TYPE_SIZE = re.compile(r"([0-9]{1,2}(?:\.5)?) ?pt")
# In pt; the shipped wallet card goes down to 9.
SMALLEST_TYPE, LARGEST_TYPE = 9, 72
MOST_PAGES = 64
LAYOUT_ROW = re.compile(r"[1-9][0-9]?[<^>]?(?: [1-9][0-9]?[<^>]?)*")
# Lengths that differ by less mm are the same.
SAME_LENGTH = 0.01


def read_sheets(path: Path) -> dict[str, Sheet]:
    """Return the shipped sheets and those of a campaign's file by name; no file means none.

    Raises LeafletsError with file, line and advice, also for pages that do not fit on their paper.
    """
    return own_rows(path, SHIPPED_SHEETS, _read_sheet)


def _read_sheet(name: str, value: YamlValue) -> Sheet:
    optional = {"like", "about", *LENGTHS, "pages", "sizes", *SHEET_SWITCHES, *PAPER_KEYS}
    keys = value.mapping((), optional)
    if "like" in keys:
        like = SHIPPED_SHEETS[keys["like"].choice(SHIPPED_SHEETS)]
        _refuse_other_geometry(keys, like)
    else:
        keys = value.mapping(NEEDED, optional)
        like = Sheet(name, 0, 0, 0, 0, (), 0, 0, "", single_leaf(0, 0))
    sheet = replace(like, name=name, like=like.name, **_own_values(keys))
    sheet = replace(sheet, layout=_read_layout(keys, sheet, like))
    if "front" in keys:
        sheet = replace(sheet, unit=_filled_unit(sheet.layout))
    if "about" not in keys:
        size = f"{sheet.width:g} × {sheet.height:g} mm"
        about = f"{size}, like {like.name}" if "like" in keys else size
        sheet = replace(sheet, about=about)
    _refuse_misfit(value, sheet)
    return sheet


def _refuse_other_geometry(keys: Mapping[str, YamlValue], like: Sheet) -> None:
    """Raise LeafletsError where a row changes what panels, strips or cuts were measured for."""
    if not (like.panels or like.tab or like.layout.cuts):
        return
    for key in GEOMETRY:
        if key in keys:
            hint = f"take this line out, or start from another sheet than {like.name}"
            raise keys[key].fail(f"{like.name} is measured for its own paper", hint, "sheet-fit")


def _own_values(keys: Mapping[str, YamlValue]) -> dict[str, Any]:
    """Return what a row says of its pages and type."""
    found: dict[str, Any] = {
        key: read_length(keys[key], *limits) for key, limits in LENGTHS.items() if key in keys
    }
    found |= {key: yes_or_no(keys[key]) for key in SHEET_SWITCHES if key in keys}
    if "about" in keys:
        found["about"] = keys["about"].text(80)
    if "pages" in keys:
        pages = keys["pages"].parsed(int, "2")
        found["pages"] = int(in_range(keys["pages"], pages, (1, MOST_PAGES), ""))
    if "sizes" in keys:
        found["sizes"] = _read_sizes(keys["sizes"])
    return found


def _read_sizes(value: YamlValue) -> tuple[float, ...]:
    sizes = []
    for item in value.items():
        found = TYPE_SIZE.fullmatch(item.text())
        if not found:
            hint = "write it in points, such as 12pt or 12.5pt"
            raise item.fail(f"{item.text()!r} is no type size", hint, "length-unit")
        sizes.append(in_range(item, float(found[1]), (SMALLEST_TYPE, LARGEST_TYPE), "pt"))
    if not sizes or sizes != sorted(set(sizes), reverse=True):
        hint = "write them from the largest to the smallest, such as [14pt, 13pt, 12pt]"
        raise value.fail("the sizes are tried in order", hint, "sheet-sizes")
    return tuple(sizes)


def _read_layout(keys: Mapping[str, YamlValue], sheet: Sheet, like: Sheet) -> PaperLayout:
    """Return how the pages lie on the paper: as the row says, else as they do where it starts."""
    layout = like.layout
    if layout.paper == (like.width, like.height):
        layout = replace(layout, paper=(sheet.width, sheet.height))
    if "paper" in keys:
        layout = replace(layout, paper=_read_paper(keys["paper"]))
    if "back" in keys and "front" not in keys:
        raise keys["back"].fail("a back without a front", "add a line `front: …`", "sheet-fit")
    if "front" in keys:
        back = _read_rows(keys["back"]) if "back" in keys else ()
        layout = PaperLayout(layout.paper, _read_rows(keys["front"]), back)
    if "steps" in keys:
        layout = replace(layout, steps=tuple(step.text(120) for step in keys["steps"].items()))
    # The usual edge is the one over which front and back stand the same way up.
    usual = "long" if layout.paper[0] <= layout.paper[1] else "short"
    edge = keys["flip"].choice(("long", "short")) if "flip" in keys else usual
    return replace(layout, flip="long" if edge == "long" else "short")


def _read_paper(value: YamlValue) -> tuple[float, float]:
    width, by, height = value.text().partition("x" if "x" in value.text() else "×")
    sides = [MILLIMETRES.fullmatch(side.strip()) for side in (width, height)]
    if not by or not all(sides):
        hint = "write it in millimetres, as it lies in front of you, such as 297mm x 210mm"
        raise value.fail(f"{value.text()!r} is no size of paper", hint, "length-unit")
    across, up = (in_range(value, float(side[1]), LENGTHS["width"], "mm") for side in sides if side)
    return across, up


def _read_rows(value: YamlValue) -> tuple[str, ...]:
    return tuple(
        row.match(LAYOUT_ROW, '"4 1", page numbers from left to right') for row in value.items()
    )


def _filled_unit(layout: PaperLayout) -> int:
    """Return how many pages a fold has; 1 where copies of the same leaf lie on the paper."""
    different = {cell.rstrip("<^>") for row in layout.front for cell in row.split()}
    return layout.pages if len(different) > 1 else 1


def _refuse_misfit(value: YamlValue, sheet: Sheet) -> None:
    """Raise LeafletsError where pages are missing, or do not fit on the paper, or hold no text."""
    layout = sheet.layout
    cells = [cell for row in (*layout.front, *layout.back) for cell in row.split()]
    numbers = {int(cell.rstrip("<^>")) for cell in cells}
    if numbers != set(range(1, len(numbers) + 1)):
        hint = "front and back together need every page, from 1 on"
        raise value.fail(f"pages {sorted(numbers)} lie on the paper", hint, "sheet-fit")
    if sheet.pages % sheet.unit:
        hint = f"write a multiple of {sheet.unit}"
        raise value.fail(f"{sheet.pages} pages do not fill the fold", hint, "sheet-fit")
    for rows in filter(None, (layout.front, layout.back)):
        width, height = sheet.side_size(rows)
        if width > layout.paper[0] + SAME_LENGTH or height > layout.paper[1] + SAME_LENGTH:
            paper = f"{layout.paper[0]:g} × {layout.paper[1]:g} mm"
            what = f"the pages take {width:g} × {height:g} mm, the paper has {paper}"
            raise value.fail(what, "write another size of page or paper", "sheet-fit")
    room = min(sheet.width - 2 * sheet.margin, sheet.height - 2 * sheet.margin - sheet.foot)
    if room < sheet.qr:
        hint = "write a smaller margin, or a larger page"
        raise value.fail(f"{room:g} mm are left between the margins", hint, "sheet-fit")
