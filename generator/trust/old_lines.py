"""Find signatures of an earlier version, which carry no keys; an edge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.base.files import ANY_END, read_text, write_file
from generator.base.jsonl import LIMIT, ROW_ERRORS
from generator.problem import LeafletsError

# What machines did needs no signature.
_MACHINE = ("machine", "withdraw")


def ledger_files(root: Path) -> list[Path]:
    """Return the ledgers of a campaign that are there."""
    named = (root / folder / "reviews.jsonl" for folder in ("leaflets", "sites"))
    found = [*sorted(root.glob("locales/*/reviews.jsonl")), *named]
    return [path for path in found if path.is_file()]


def has_old_signatures(root: Path) -> bool:
    """Tell whether people signed something in a campaign before lines carried keys."""
    return any(any(_old_deeds(path)) for path in ledger_files(root))


def _old_deeds(path: Path) -> Iterator[bool]:
    with suppress(LeafletsError):
        for text in read_text(path, LIMIT, ANY_END).split("\n"):
            with suppress(*ROW_ERRORS):
                row = json.loads(text)
                yield "by" not in row and row["do"].partition(":")[0] not in _MACHINE


def keep_machine_lines(path: Path) -> None:
    """Take out of a copied ledger what people did: it was done in another campaign."""
    lines = filter(str.strip, read_text(path, LIMIT, ANY_END).split("\n"))
    kept = [line for line in lines if "by" not in json.loads(line) and _is_machines(line)]
    if kept:
        write_file(path, "".join(f"{line}\n" for line in kept))
    else:
        path.unlink()


def _is_machines(line: str) -> bool:
    return str(json.loads(line)["do"]).partition(":")[0] in _MACHINE
