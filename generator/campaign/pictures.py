"""The theme's pictures: which there are, and each as inline SVG that says what it shows."""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

from generator.base.files import ANY_END, read_text

# Before the name of a picture, in the name of its file and of the word that says what it shows.
PICTURE_PREFIX = "picture-"


def picture_names(theme: Path) -> list[str]:
    """Return the names of a theme's pictures."""
    return sorted(
        path.stem.removeprefix(PICTURE_PREFIX) for path in theme.glob(f"{PICTURE_PREFIX}*.svg")
    )


def picture_markup(theme: Path, name: str, shows: str) -> Markup:
    """Return the picture in the file `name`.svg as inline SVG that says what it shows.

    That is the PDF's /Alt, and what a screen reader says. Lines are black and at least half a point
    thick. A picture of class `mirrored` is turned round on right-to-left pages.
    """
    drawing = read_text(theme / f"{name}.svg", whole=ANY_END).strip()
    opening, rest = re.split(r"(?<=>)", drawing, maxsplit=1)
    return Markup("{}<title>{}</title>{}").format(Markup(opening), shows, Markup(rest))  # noqa: S704 - the theme's own file
