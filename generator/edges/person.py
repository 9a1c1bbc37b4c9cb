"""Who signs in this folder: one code, kept beside the campaign and never in git, so that nobody signs as two people."""

from __future__ import annotations

from pathlib import Path

from generator.edges.files import read_text, write
from generator.edges.ledger import CODE
from generator.problem import LeafletsError, Problem, UsageError

NAME = ".leaflets.reader"


def admitted(wanted: str, machines: frozenset[str]) -> str:
    """Return a reader's code in its one spelling; raise UsageError for a wrong form, or for a code that a machine has."""
    wanted = wanted.strip().casefold()
    if not CODE.fullmatch(wanted):
        hint = "use the code your organiser gave you, such as r17: small letters, digits and hyphens, never a name"
        raise UsageError(Problem("reader-code", f"{wanted!r} is no reader's code", hint=hint))
    if wanted in machines:
        raise UsageError(Problem("reader-code", f"{wanted} is a machine in this campaign", hint="use a code of your own"))
    return wanted


def reader(root: Path, wanted: str = "", machines: frozenset[str] = frozenset()) -> str:
    """Return the code of the person who signs in the campaign folder `root`; the first `wanted` is kept.

    `machines` are codes that no person may have. Raises UsageError for a code of a wrong form, LeafletsError if somebody else signs here.
    """
    path, wanted = root / NAME, admitted(wanted, machines) if wanted.strip() else ""
    known = read_text(path).strip().casefold() if path.exists() else ""
    if known and (known in machines or not CODE.fullmatch(known)):
        raise LeafletsError(Problem("reader-code", f"{known!r} is no reader's code", str(path), f"delete {NAME} and use --as"))
    if not known and not wanted:
        raise UsageError(Problem("reader-code", "who are you?", hint="add --as and the code your organiser gave you, such as --as r17"))
    if known and wanted and wanted != known:
        hint = f"{wanted} signs on another computer or in a copy of the folder; if this is the copy made for {wanted}, delete {NAME} in it"
        raise LeafletsError(Problem("reader-other", f"{known} signs in this folder: one person cannot be two", str(path), hint))
    if not known:
        write(path, wanted + "\n")
    return known or wanted
