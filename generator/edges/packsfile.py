"""How many copies of each edition a pack asked for: `sites/packs.jsonl`, private like the sites; lines are only ever added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.edges import jsonl
from generator.problem import Problem

NAME = "packs.jsonl"
DAMAGED = Problem(
    "packs", "not a line of the packs", hint="the line was damaged or cut off: get the file back from a backup, or delete the line"
)


@dataclass(frozen=True)
class Packed:
    """One edition in one pack; `pack` names the pack, so that the same pack made again counts once."""

    pack: str
    site: str
    edition: str
    code: str
    copies: int
    made: str
    """The day, as 2026-11-22."""


def read(sites: Path) -> list[Packed]:
    """Return the lines, oldest first; no file means none. Raises LeafletsError with a damaged line."""
    return jsonl.read(sites / NAME, _packed, DAMAGED)


def _packed(row: Mapping[str, Any]) -> Packed:
    texts = jsonl.strings(row, "pack", "site", "edition", "code", "made")
    if not isinstance(row["copies"], int):
        raise TypeError(row["copies"])
    pack, site, edition, code, made = texts
    return Packed(pack, site, edition, code, row["copies"], made)


def append(sites: Path, lines: Iterable[Packed]) -> bool:
    """Add the editions of a pack unless this very pack is there already; call it under the lock of the sites."""
    lines, known = list(lines), {(line.pack, line.edition) for line in read(sites)}
    return jsonl.append(sites / NAME, (asdict(line) for line in lines if (line.pack, line.edition) not in known))


def copies(lines: Iterable[Packed]) -> Counter[tuple[str, str]]:
    """Return how many copies of an edition there may be out there, by edition name and code."""
    found: Counter[tuple[str, str]] = Counter()
    for line in lines:
        found[line.edition, line.code] += line.copies
    return found
