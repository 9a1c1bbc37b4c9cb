"""Find the names in a campaign's private files, to keep them out of shared ones."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from generator.base.yaml import load_yaml
from generator.campaign.free_names import PrivateNames
from generator.problem import LeafletsError

# The one file of a site that everybody has.
PUBLIC_SITE = "example.yaml"
# Finds a name or a place also in a file that cannot be read: a slip must not tell it to
# everybody.
LOOSE_NAME = re.compile(
    r"""(?m)(?:^|[\s{,-])["']?(name|value)["']?[ \t]*:[ \t]*"""
    r"""(?:"([^"\n]+)"|'([^'\n]+)'|([^"'\s#{}\[\]][^,}\n]*))"""
)
# What has fewer letters is a number or a time, not a place.
SHORTEST_PLACE = 3


def private_names(path: Path) -> PrivateNames:
    """Return the names in the files of the sites; `path` is any file of the campaign.

    Names in a file with a slip are among them.
    """
    roots = (folder for folder in path.resolve().parents if (folder / "leaflets").is_dir())
    root = next(roots, None)
    files = [one for one in sorted(root.glob("sites/*.y*ml")) if one.is_file()] if root else []
    stats = {one: one.stat() for one in files if one.name != PUBLIC_SITE}
    found = [_names_of(one, stat.st_mtime_ns, stat.st_size) for one, stat in stats.items()]
    return PrivateNames(
        frozenset(name for one in found for name in one.people),
        frozenset(name for one in found for name in one.places),
    )


@lru_cache(4_096)
def _names_of(path: Path, changed: int, size: int) -> PrivateNames:
    """Return the names of one file, as it is at a time and size."""
    loose = _loose_names(path)
    try:
        keys = load_yaml(path).mapping(optional=None)
        people = keys["people"].items() if "people" in keys else []
        names = [one.mapping(["name"], optional=None)["name"].text() for one in people]
        facts = keys["facts"].mapping(optional=None).values() if "facts" in keys else ()
        values = [fact.mapping(optional=None) for fact in facts]
        places = [
            value["value"].text()
            for value in values
            if "kind" in value and value["kind"].text() == "address" and "value" in value
        ]
        return PrivateNames(loose.people.union(names), frozenset(places))
    except LeafletsError:
        return loose


def _loose_names(path: Path) -> PrivateNames:
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
