"""What lies on a reader's desk: texts not signed yet, and answers that can be taken back.

It is one private file a reader, which stays on this computer: git ignores the folder, and nothing
in it counts for anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from generator.base.files import forget_time, locked_folder, read_text, write_file
from generator.problem import refusal
from generator.review.ledger import READER_CODE
from generator.signing.sign import ReaderAction

DESK_FOLDER = ".leaflets-desk"

# More bytes than all kept texts can have, so that what was written can always be read.
LIMIT = 64_000_000

# What the file calls the action of an answer.
ACTION_KEY = "deed"

# How many of each are kept, the newest.
ANSWERS, TEXTS = 40, 400


@dataclass(frozen=True)
class TypedText:
    """A text that somebody typed, and the English and translation that stood there then."""

    text: str
    seen: str = ""
    english: str = ""


@dataclass(frozen=True)
class UndoableAnswer:
    """What a reader did with a sentence: wording before and after, and lines in the ledger."""

    language: str
    domain: str
    msgctxt: str
    action: ReaderAction
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


def _desk_file(root: Path, who: str) -> Path:
    if not READER_CODE.fullmatch(who):
        hint = "ask your organiser for a code such as r17"
        raise refusal("reader-code", f"{who!r} is no reader's code", hint=hint)
    return root / DESK_FOLDER / f"{who}.json"


def read_desk(root: Path, who: str) -> ReaderDesk:
    """Return what is on the desk of a reader; no file means nothing.

    Raise LeafletsError if the file is damaged.
    """
    path = _desk_file(root, who)
    if not path.exists():
        return ReaderDesk()
    try:
        rows = json.loads(read_text(path, LIMIT))
        return ReaderDesk(
            {name: TypedText(**row) for name, row in rows["texts"].items()},
            [_answer_from_row(row) for row in rows["answers"]],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "rename this file and go on; it held only what was typed and not signed"
        raise refusal("desk-file", "the file is damaged", path, hint) from None


def _answer_from_row(row: dict[str, Any]) -> UndoableAnswer:
    action = ReaderAction(row.pop(ACTION_KEY))
    return UndoableAnswer(**{**row, "events": tuple(row["events"])}, action=action)


def _answer_row(answer: UndoableAnswer) -> dict[str, Any]:
    return {ACTION_KEY if key == "action" else key: it for key, it in asdict(answer).items()}


@contextmanager
def change_desk(root: Path, who: str) -> Iterator[ReaderDesk]:
    """Yield the desk of a reader to change; nothing is written if the block raises."""
    path = _desk_file(root, who)
    with locked_folder(path.parent):
        # Nobody else who uses this computer reads what a reader has not signed.
        path.parent.chmod(0o700)
        desk = read_desk(root, who)
        yield desk
        texts = list(desk.texts.items())[-TEXTS:]
        rows = {
            "texts": {name: asdict(typed) for name, typed in texts},
            "answers": [_answer_row(answer) for answer in desk.answers[-ANSWERS:]],
        }
        write_file(path, json.dumps(rows, ensure_ascii=False, indent=0) + "\n", private=True)
        forget_time(path)
