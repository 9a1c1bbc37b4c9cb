"""Back-translations: what a machine makes of a draft in English, for readers, never counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from generator.base import jsonl
from generator.base.files import write_file
from generator.problem import Problem

DAMAGED = Problem(
    "back", "not a back-translation", hint="delete this line; `leaflets draft` makes it again"
)


def read_back_translations(path: Path) -> dict[str, str]:
    """Return the back-translations by wording key; no file means none.

    Raise LeafletsError with the damaged line.
    """
    return dict(jsonl.read_rows(path, _row, DAMAGED))


def _row(row: Mapping[str, Any]) -> tuple[str, str]:
    key, text = jsonl.text_fields(row, "k", "text")
    return key, text


def save_back_translations(path: Path, texts: Mapping[str, str]) -> bool:
    """Write the back-translations by wording key; return False if nothing differs."""
    return write_file(
        path,
        "".join(jsonl.json_line({"k": key, "text": text}) for key, text in sorted(texts.items())),
    )


def drop_back_translations(path: Path, keys: Collection[str], text: str = "") -> bool:
    """Take out those of some wordings, and those that say a text.

    Call it under the lock of the folder. Return False if nothing differs.
    """
    known = read_back_translations(path) if keys else {}
    kept = {key: back for key, back in known.items() if key not in keys and back != text}
    return len(kept) < len(known) and save_back_translations(path, kept)
