"""Find the names in a campaign's private files, to keep them out of shared ones."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from generator.base.yaml import YamlValue, load_yaml
from generator.campaign.free_names import PrivateNames
from generator.problem import LeafletsError

# The one file of a site that everybody has.
PUBLIC_SITE = "example.yaml"
# Finds a name or a place also in a file that cannot be read: a slip must not tell it to
# everybody.
LOOSE_NAME = re.compile(
    r"""(?m)(?:^|[\s{,-])["']?(name|value)["']?[ \t]*:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^"'\s#{}\[\]][^,}\n]*))"""
)
# What has fewer letters is a number or a time, not a place.
SHORTEST_PLACE = 3


def private_names(path: Path) -> PrivateNames:
    """Return the names that stand in the files of the sites, for any file of the campaign; also those in a file with a slip."""
    sites = next(
        (folder / "sites" for folder in path.resolve().parents if (folder / "leaflets").is_dir()),
        None,
    )
    files = (
        [one for one in sorted(sites.glob("*.y*ml")) if one.name != PUBLIC_SITE] if sites else []
    )
    found = [_of(one, one.stat().st_mtime_ns, one.stat().st_size) for one in files if one.is_file()]
    none = frozenset[str]()
    return PrivateNames(
        none.union(*(one.people for one in found)), none.union(*(one.places for one in found))
    )


@lru_cache(4_096)
def _of(path: Path, changed: int, size: int) -> PrivateNames:
    """Return the names of one file, as it is at a time and size."""
    loose = _loosely(path)
    try:
        keys = load_yaml(path).mapping(optional=None)
        people = (
            [one.mapping(["name"], optional=None)["name"].text() for one in keys["people"].items()]
            if "people" in keys
            else []
        )
        places = (
            [text for one in keys["facts"].mapping(optional=None).values() for text in _place(one)]
            if "facts" in keys
            else []
        )
        return PrivateNames(loose.people.union(people), frozenset(places))
    except LeafletsError:
        return loose


def _loosely(path: Path) -> PrivateNames:
    """Return what looks like a name or a place, whatever the rest of the file looks like."""
    found: dict[str, set[str]] = {"name": set(), "value": set()}
    with suppress(OSError):
        for key, *texts in LOOSE_NAME.findall(path.read_bytes().decode("utf-8", "replace")):
            found[key].add("".join(texts).strip())
    places = {
        text
        for text in found["value"]
        if sum(map(str.isalpha, text)) >= SHORTEST_PLACE and "://" not in text
    }
    return PrivateNames(frozenset(found["name"]), frozenset(places))


def _place(fact: YamlValue) -> list[str]:
    """Return the text of an address."""
    keys = fact.mapping(optional=None)
    kind = keys["kind"].text() if "kind" in keys else ""
    return [keys["value"].text()] if kind == "address" and "value" in keys else []
