"""The rules of a sheet for WeasyPrint: page, type and headings."""

from __future__ import annotations

from generator.campaign.sheets import Sheet


def sheet_css(sheet: Sheet, size: float, bleed: float = 0, heads: float = 1) -> str:
    """Return the rules of a sheet: page and bleed in mm, type in pt, headings in parts."""
    margin = sheet.margin
    sizes = {number: sheet.page_size(number) for number in range(1, len(sheet.panels) + 1)}
    rules = [
        f"@page {{ size: {sheet.width}mm {sheet.height}mm; margin: {margin}mm;"
        f" margin-bottom: {margin + sheet.foot}mm }}",
        f"@page draft {{ margin-top: {margin + sheet.band}mm }}",
        f":root {{ --base: {size}pt; --qr: {sheet.qr}mm;"
        f" --margin: {margin}mm; --heads: {heads:g} }}",
        *(
            f"@page :nth({number}) {{ size: {width}mm {height}mm }}"
            for number, (width, height) in sizes.items()
        ),
    ]
    if sheet.tab:
        rules.append(f"@page tab {{ size: {sheet.tab[0]}mm {sheet.tab[1]}mm }}")
    if bleed:
        rules.append(f"@page {{ bleed: {bleed}mm }}")
    return "\n".join(rules)
