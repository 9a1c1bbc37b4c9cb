"""How many copies of each edition packs asked for: `sites/packs.jsonl`, private like the sites.

Lines are only ever added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.base import jsonl
from generator.problem import Problem

PACKS_FILE = "packs.jsonl"
DAMAGED = Problem(
    "packs",
    "not a line of the packs",
    hint="the line was damaged or cut off: get the file back from a backup, or delete the line",
)


@dataclass(frozen=True)
class PackedEdition:
    """Copies of one edition in one print run of a site; runs count from 1."""

    run: int
    site: str
    edition: str
    code: str
    copies: int
    made: str
    """The day, as 2026-11-22."""

    @property
    def key(self) -> tuple[int, str, str, str]:
        """What the copies are of: a later line of the same key replaces an earlier one."""
        return self.run, self.site, self.edition, self.code


def read_packs(sites: Path) -> list[PackedEdition]:
    """Return the lines that hold, oldest first; no file means none.

    Raises LeafletsError with a damaged line.
    """
    lines = jsonl.read_rows(sites / PACKS_FILE, _packed, DAMAGED)
    return list({line.key: line for line in lines}.values())


def _packed(row: Mapping[str, Any]) -> PackedEdition:
    site, edition, code, made = jsonl.text_fields(row, "site", "edition", "code", "made")
    if not isinstance(row["copies"], int) or not isinstance(row["run"], int):
        raise TypeError(row)
    return PackedEdition(row["run"], site, edition, code, row["copies"], made)


def append_packs(sites: Path, lines: Iterable[PackedEdition]) -> bool:
    """Add what is not there yet; call it under the lock of the sites."""
    known = {line.key: line.copies for line in read_packs(sites)}
    return jsonl.append_rows(
        sites / PACKS_FILE, (asdict(line) for line in lines if known.get(line.key) != line.copies)
    )


def packed_copies(lines: Iterable[PackedEdition]) -> Counter[tuple[str, str]]:
    """Return how many copies there may be out there, by edition name and code."""
    found: Counter[tuple[str, str]] = Counter()
    for line in lines:
        found[line.edition, line.code] += line.copies
    return found
