"""Read values that several files of a campaign hold: yes and no, counts, lengths."""

from __future__ import annotations

import re

from generator.base.yaml import YamlValue

MILLIMETRES = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,2})?) ?mm")


def yes_or_no(value: YamlValue) -> bool:
    """Return whether a value says yes; raise LeafletsError for anything but yes and no."""
    return value.choice(("yes", "no")) == "yes"


def positive_number(text: str) -> int:
    """Return a whole number above zero; raise ValueError."""
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def read_length(value: YamlValue, least: float, most: float) -> float:
    """Return a length in mm; raise LeafletsError where the unit is missing or another one."""
    found = MILLIMETRES.fullmatch(value.text())
    if not found:
        hint = f"write it in millimetres, such as {least:g}mm"
        raise value.fail(f"{value.text()!r} is no length", hint, "length-unit")
    return in_range(value, float(found[1]), (least, most), "mm")


def in_range(value: YamlValue, number: float, limits: tuple[float, float], unit: str) -> float:
    """Return a number; raise LeafletsError for one that is too small or too large."""
    least, most = limits
    if not least <= number <= most:
        hint = f"write {least:g}{unit} to {most:g}{unit}"
        raise value.fail(f"{number:g}{unit} is not possible here", hint, "row-range")
    return number
