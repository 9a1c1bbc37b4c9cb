"""Look at what everybody who has the campaign can read.

Words in ledgers and catalogues, and what git would take along.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from generator.base import jsonl
from generator.base.files import ANY_END, read_bytes, read_text
from generator.campaign.free_names import PrivateNames
from generator.campaign.free_text import private_kinds
from generator.campaign.ignored import lacking
from generator.campaign.private_names import private_names
from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem, Severity
from generator.review import ledger

# First letters of the lines in which people, or their programs, write about themselves.
_BY_PEOPLE = ("# ", '"Last-Translator:', '"Language-Team:')
_OUR_COMMENT = "# @"
_LEDGER_HINT = (
    'empty the text after "why" in this line, in every copy of the campaign, '
    "and tell whoever it belongs to"
)
_CATALOGUE_HINT = "take it out here, and out of the settings of the program that wrote it"


def sharing_problems(project: Project) -> Iterator[Problem]:
    """Yield a warning for each private thing in what is shared, and each that git would take."""
    names = private_names(project.locales)
    for path in (*sorted(project.locales.glob("*/reviews.jsonl")), project.fact_ledger()):
        with suppress(LeafletsError):  # a damaged ledger is told where it is read
            yield from _in_ledger(path, names)
    for path in sorted(project.locales.glob("*/LC_MESSAGES/*.po")):
        yield from _in_catalogue(path, names)

    ignored = project.root / ".gitignore"
    # A campaign without one is in no repository of ours.
    if ignored.is_file() and not ignored.is_symlink() and (missing := lacking(_text(ignored))):
        what = f"git would take along what is private or made by the program: {', '.join(missing)}"
        hint = "add these lines, one below the other"
        yield Problem("ignore-lines", what, str(ignored), hint, Severity.WARNING)


def _in_ledger(path: Path, names: PrivateNames) -> Iterator[Problem]:
    text = read_text(path, jsonl.LIMIT, ANY_END) if path.exists() else ""
    for number, line in enumerate(text.split("\n"), 1):
        if '"why"' in line:
            with suppress(*jsonl.ROW_ERRORS):
                why = ledger.event_from_row(json.loads(line)).why
                yield from _warning(private_kinds(why, names), f"{path}:{number}", _LEDGER_HINT)


def _in_catalogue(path: Path, names: PrivateNames) -> Iterator[Problem]:
    """Yield where an editor of PO files left in a comment or header who its user is."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.startswith(_BY_PEOPLE) and not line.startswith(_OUR_COMMENT):
            found = private_kinds(line.lstrip('#" '), names)
            yield from _warning(found, f"{path}:{number}", _CATALOGUE_HINT)


def _warning(found: Collection[str], where: str, hint: str) -> Iterator[Problem]:
    """Yield where something private stands, and never what it says."""
    if found:
        what = f"there is {' and '.join(found)} in it"
        yield Problem("text-private", what, where, hint, Severity.WARNING)


def _text(path: Path) -> str:
    """Return a file's text; none where it cannot be read, which is told where it is used."""
    with suppress(LeafletsError):
        return read_bytes(path, jsonl.LIMIT).decode("utf-8", "replace")
    return ""
