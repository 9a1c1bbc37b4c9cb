"""Names of people and places that stand in a campaign's private files, so that they can be kept out of shared ones."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from generator.edges.yamlfile import Value, load
from generator.problem import LeafletsError

PUBLIC = "example.yaml"
"""The one file of a site that everybody has."""
FEWEST = 3
"""Letters of a name that is looked for; shorter ones are parts of words."""


def private_names(path: Path) -> frozenset[str]:
    """Return the names that stand in the files of the sites, for any file of the campaign; a file that cannot be read names nobody."""
    sites = next((folder / "sites" for folder in path.resolve().parents if (folder / "leaflets").is_dir()), None)
    files = [one for one in sorted(sites.glob("*.yaml")) if one.name != PUBLIC] if sites else []
    found = [_of(one, one.stat().st_mtime_ns, one.stat().st_size) for one in files if one.is_file()]
    return frozenset[str]().union(*found)


@lru_cache(4_096)
def _of(path: Path, changed: int, size: int) -> frozenset[str]:
    """Return the names of one file, as it is at a time and size."""
    with suppress(LeafletsError):
        keys = load(path).mapping(optional=None)
        people = [one.mapping(optional=None)["name"].text() for one in keys["people"].items()] if "people" in keys else []
        places = [text for one in keys["facts"].mapping(optional=None).values() for text in _place(one)] if "facts" in keys else []
        return frozenset(name.strip() for name in (*people, *places) if sum(map(str.isalpha, name)) >= FEWEST)
    return frozenset()


def _place(fact: Value) -> list[str]:
    """Return the text of an address."""
    keys = fact.mapping(optional=None)
    kind = keys["kind"].text() if "kind" in keys else ""
    return [keys["value"].text()] if kind == "address" and "value" in keys else []
