"""Read rows that a campaign adds to a shipped table, such as sheets of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from generator.base.names import SLUG
from generator.base.yaml import YamlValue, load_yaml

Row = TypeVar("Row")


def own_rows(
    path: Path, shipped: Mapping[str, Row], read_row: Callable[[str, YamlValue], Row]
) -> dict[str, Row]:
    """Return the shipped rows, then those in `path`; no file means that there are none.

    Raises LeafletsError for a name that cannot stand in file names, or that a shipped row has.
    """
    own: dict[str, Row] = {}
    for name, value in load_yaml(path).mapping(optional=None).items() if path.exists() else ():
        if not SLUG.fullmatch(name):
            hint = "small letters, digits and hyphens, such as our-card"
            raise value.fail("this cannot be a name", hint, "row-name")
        if name in shipped:
            # Recipes, hints and other campaigns mean the shipped row by this name.
            hint = f"give yours another name, such as our-{name}; `like: {name}` takes all from it"
            raise value.fail("a shipped row has this name", hint, "row-name")
        own[name] = read_row(name, value)
    return {**shipped, **own}
