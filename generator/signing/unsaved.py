"""What one reader has on the desk: texts typed and not signed yet, and answers that can be taken back; one private file a reader.

It stays on this computer: git ignores the folder, and nothing in it counts for anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from generator.base.files import locked_folder, read_text, write_file
from generator.problem import LeafletsError, Problem
from generator.review.ledger import READER_CODE

DESK_FOLDER = ".leaflets-desk"
LIMIT = 64_000_000
"""More bytes than the texts kept can have, each as long as a form allows: what was written can always be read."""
ANSWERS, TEXTS = 40, 400
"""How many of each are kept, the newest."""


@dataclass(frozen=True)
class TypedText:
    """A text that somebody typed, and the English and translation that stood there then."""

    text: str
    seen: str = ""
    english: str = ""


@dataclass(frozen=True)
class UndoableAnswer:
    """What a reader did with a sentence: the wording before and after, and its lines in the ledger."""

    language: str
    domain: str
    msgctxt: str
    deed: str
    before: str
    after: str
    old: str = ""
    """The older English that the wording before was made for."""
    events: tuple[Mapping[str, str], ...] = ()


@dataclass
class ReaderDesk:
    """The content of the file; typed texts by `language/domain/msgctxt`."""

    texts: dict[str, TypedText] = field(default_factory=dict)
    answers: list[UndoableAnswer] = field(default_factory=list)


def _path(root: Path, who: str) -> Path:
    if not READER_CODE.fullmatch(who):
        raise LeafletsError(
            Problem(
                "reader-code",
                f"{who!r} is no reader's code",
                hint="ask your organiser for a code such as r17",
            )
        )
    return root / DESK_FOLDER / f"{who}.json"


def read_desk(root: Path, who: str) -> ReaderDesk:
    """Return what is on the desk of a reader; no file means nothing. Raises LeafletsError if the file is damaged."""
    path = _path(root, who)
    if not path.exists():
        return ReaderDesk()
    try:
        rows = json.loads(read_text(path, LIMIT))
        return ReaderDesk(
            {name: TypedText(**row) for name, row in rows["texts"].items()},
            [_answer(row) for row in rows["answers"]],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "rename this file and go on; it held only what was typed and not signed"
        raise LeafletsError(Problem("desk-file", "the file is damaged", str(path), hint)) from None


def _answer(row: dict[str, Any]) -> UndoableAnswer:
    return UndoableAnswer(**{**row, "events": tuple(row["events"])})


@contextmanager
def change_desk(root: Path, who: str) -> Iterator[ReaderDesk]:
    """Yield the desk of a reader to change; it is written whole afterwards, or left alone if the block raises."""
    path = _path(root, who)
    with locked_folder(path.parent):
        path.parent.chmod(0o700)
        desk = read_desk(root, who)
        yield desk
        texts = list(desk.texts.items())[-TEXTS:]
        rows = {
            "texts": {name: asdict(typed) for name, typed in texts},
            "answers": [asdict(one) for one in desk.answers[-ANSWERS:]],
        }
        write_file(path, json.dumps(rows, ensure_ascii=False, indent=0) + "\n")
