"""Back-translations: what a machine makes of a draft in English, kept beside the ledger for readers, never counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from generator.edges.files import read_text, write
from generator.edges.ledger import LIMIT, WHOLE
from generator.problem import LeafletsError, Problem


def read(path: Path) -> dict[str, str]:
    """Return the back-translations by wording key; no file means none. Raises LeafletsError with the damaged line."""
    if not path.exists():
        return {}
    lines = read_text(path, LIMIT, WHOLE).split("\n")
    return dict(_row(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def _row(line: str, where: str) -> tuple[str, str]:
    try:
        row = json.loads(line)
        found = (row["k"], row["text"])
    except (ValueError, KeyError, TypeError, RecursionError):
        found = ("", "")
    if not all(isinstance(value, str) and value for value in found):
        raise LeafletsError(Problem("back", "not a back-translation", where, "delete this line; `leaflets draft` makes it again"))
    return found


def save(path: Path, texts: Mapping[str, str]) -> bool:
    """Write the back-translations by wording key; return False if nothing differs."""
    rows = (json.dumps({"k": key, "text": text}, ensure_ascii=False) + "\n" for key, text in sorted(texts.items()))
    return write(path, "".join(rows))
