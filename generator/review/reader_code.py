"""Who signs in this folder: one code, kept beside the campaign and never in git.

So nobody signs as two people.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from generator.base.files import read_text, write_file
from generator.problem import Problem, UsageError, refusal
from generator.review.ledger import READER_CODE

READER_FILE = ".leaflets.reader"

# What people type in the place of a code to have one drawn.
NEW_READER = "new"

# What drawn codes are made of: nothing that looks like something else in handwriting.
LETTERS = "2346789acdefhjkmnprtwxy"

# Letters and digits after the r.
LENGTH = 4

# A code without a digit, or with three letters in a row.
LIKE_A_NAME = re.compile(r"[^0-9]*|.*[a-z]{3}.*")

# What a new reader's code looks like: drawn, or r and a short number from an organiser.
FIRST = re.compile(rf"r[{LETTERS}]{{{LENGTH}}}|r[0-9]{{1,3}}")


@dataclass(frozen=True)
class KnownCodes:
    """The codes that a campaign knows: of machines, which no person may have, and of readers."""

    machines: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()


def draw_code(taken: Collection[str] = ()) -> str:
    """Return a code that nobody has, drawn at random so that it says nothing about anybody."""
    while True:
        code = "r" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if code not in taken and not LIKE_A_NAME.fullmatch(code):
            return code


def admit_code(wanted: str, codes: KnownCodes) -> str:
    """Return a reader's code in its one spelling, one that is drawn for `NEW_READER`.

    Raise UsageError for a wrong form, for a code that a machine has, and for a new one that was not
    drawn: it could be a name or a number.
    """
    wanted = wanted.strip().casefold()
    if wanted == NEW_READER and wanted not in codes.readers:
        return draw_code(codes.readers)
    if not READER_CODE.fullmatch(wanted):
        hint = (
            "use the code your organiser gave you, such as r17: small letters, digits and hyphens, "
            "never a name"
        )
        raise UsageError(Problem("reader-code", f"{wanted!r} is no reader's code", hint=hint))
    if wanted in codes.machines:
        what = f"{wanted} is a machine in this campaign"
        raise UsageError(Problem("reader-code", what, hint="use a code of your own"))
    drawn = FIRST.fullmatch(wanted) and not LIKE_A_NAME.fullmatch(wanted)
    if wanted not in codes.readers and not drawn:
        free = draw_code(codes.readers)
        hint = f"a new reader's code is drawn at random and says nothing about them: {free} is free"
        raise UsageError(Problem("reader-name", f"{wanted!r} could be somebody's name", hint=hint))
    return wanted


def signing_reader(root: Path, wanted: str = "", codes: KnownCodes | None = None) -> str:
    """Return the code of the person who signs in the campaign folder; the first `wanted` is kept.

    Raise UsageError for a code of a wrong form, LeafletsError if somebody else signs here.
    """
    path, codes, known = root / READER_FILE, codes or KnownCodes(), folder_reader(root)
    wanted = admit_code(wanted, codes) if wanted.strip().casefold() not in ("", known) else known
    if known and (known in codes.machines or not READER_CODE.fullmatch(known)):
        hint = f"delete {READER_FILE} and use --as"
        raise refusal("reader-code", f"{known!r} is no reader's code", path, hint)
    if not known and not wanted:
        hint = "add --as and the code your organiser gave you, such as --as r17; --as new draws one"
        raise UsageError(Problem("reader-code", "who are you?", hint=hint))
    if known and wanted and wanted != known:
        what = f"{known} signs in this folder: one person cannot be two"
        hint = (
            f"{wanted} signs on another computer or in a copy of the folder; if this is the copy "
            f"made for {wanted}, delete {READER_FILE} in it"
        )
        raise refusal("reader-other", what, path, hint)
    if not known:
        write_file(path, wanted + "\n")
    return known or wanted


def folder_reader(root: Path) -> str:
    """Return the code of whoever signs in a campaign's folder; an empty text if nobody did yet."""
    path = root / READER_FILE
    return read_text(path).strip().casefold() if path.exists() else ""
