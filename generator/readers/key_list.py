"""List who may sign: readers' codes, their computers, and those of organisers; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.problem import LeafletsError, Problem, UsageError
from generator.readers.own_key import Standing, short_name, standing_of
from generator.trust.readers_file import ORGANISER_CODE, Registry


@dataclass(frozen=True)
class ListedKey:
    """One computer and whom it signs for; an organiser's signs for everybody."""

    code: str
    key: str
    standing: Standing


def listed_keys(registry: Registry) -> list[ListedKey]:
    """Return all keys by code, those of organisers last; the recovery key is none of them."""
    recovery = registry.founders[1:]
    readers = {*registry.admitted, *registry.waiting}
    found = [
        ListedKey(one.code, one.key, standing_of(registry, one.key))
        for one in sorted(readers, key=lambda one: (one.code, one.key))
        if one.key not in registry.organisers
    ]
    return found + [
        ListedKey(ORGANISER_CODE, key, standing_of(registry, key))
        for key in sorted(registry.organisers)
        if key not in recovery
    ]


def meant_key(registry: Registry, code: str, typed: str = "") -> str:
    """Return the key that is meant by a code and the first letters of its name.

    Raise UsageError where there is none, LeafletsError where there are several.
    """
    keys = list(_live_keys(registry, code))
    if not keys:
        known = sorted({one.code for one in listed_keys(registry)})
        hint = f"known are: {', '.join(known)}; to see all: leaflets readers"
        raise UsageError(Problem("reader-unknown", f"{code} has no computer here", hint=hint))
    found = [key for key in keys if key.startswith(typed.strip().casefold())]
    if len(found) == 1:
        return found[0]
    what = f"{code} has {len(keys)} computers" if not typed else f"{typed} names none of them"
    hint = (
        f"name one after the code: {', '.join(map(short_name, keys))}; "
        "leaflets readers says which is this computer's"
    )
    raise LeafletsError(Problem("reader-keys", what, hint=hint))


def _live_keys(registry: Registry, code: str) -> Iterator[str]:
    """Yield the keys of a code, one that was retired only after the others."""
    found = [one for one in listed_keys(registry) if one.code == code.strip().casefold()]
    live = [one.key for one in found if one.standing is not Standing.RETIRED]
    yield from live or [one.key for one in found]
