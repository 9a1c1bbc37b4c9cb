"""Look at what everybody who has the campaign can read: words in ledgers and catalogues, and what git would take along."""

from __future__ import annotations

import json
from collections.abc import Iterator
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

IGNORE = ".gitignore"
BY_PEOPLE = ("# ", '"Last-Translator:', '"Language-Team:')
"""First letters of the lines of a catalogue in which people, or their programs, write about themselves."""
OURS = "# @"


def sharing_problems(project: Project) -> Iterator[Problem]:
    """Yield a warning for each line of a shared ledger that holds something private, and for each private file git would take."""
    names = private_names(project.locales)
    for path in (*sorted(project.locales.glob("*/reviews.jsonl")), project.fact_ledger()):
        with suppress(LeafletsError):  # a damaged ledger is told where it is read
            yield from _told(path, names)
    for path in sorted(project.locales.glob("*/LC_MESSAGES/*.po")):
        yield from _signed(path, names)
    yield from _taken(project.root / IGNORE)


def _told(path: Path, names: PrivateNames) -> Iterator[Problem]:
    """Yield a warning for each line, which says where it is and never what it says."""
    if not path.exists():
        return
    hint = 'empty the text after "why" in this line, in every copy of the campaign, and tell whoever it belongs to'
    for number, line in enumerate(read_text(path, jsonl.LIMIT, ANY_END).split("\n"), 1):
        with suppress(*jsonl.ROW_ERRORS):
            if '"why"' in line and (
                found := private_kinds(ledger.event_from_row(json.loads(line)).why, names)
            ):
                yield Problem(
                    "text-private",
                    f"there is {' and '.join(found)} in it",
                    f"{path}:{number}",
                    hint,
                    Severity.WARNING,
                )


def _signed(path: Path, names: PrivateNames) -> Iterator[Problem]:
    """Yield a warning for each comment or header of a catalogue in which an editor of PO files left who its user is."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if (
            line.startswith(BY_PEOPLE)
            and not line.startswith(OURS)
            and (found := private_kinds(line.lstrip('#" '), names))
        ):
            hint = "take it out here, and out of the settings of the program that wrote it"
            yield Problem(
                "text-private",
                f"there is {' and '.join(found)} in it",
                f"{path}:{number}",
                hint,
                Severity.WARNING,
            )


def _taken(path: Path) -> Iterator[Problem]:
    """Yield a warning where the campaign's ignore file lacks a line; a campaign without one is in no repository of ours."""
    if path.is_file() and not path.is_symlink() and (missing := lacking(_text(path))):
        what = f"git would take along what is private or made by the program: {', '.join(missing)}"
        yield Problem(
            "ignore-lines",
            what,
            str(path),
            "add these lines, one below the other",
            Severity.WARNING,
        )


def _text(path: Path) -> str:
    """Return a file's text; none for one that is not there, is too large or cannot be read, which is told where it is used."""
    with suppress(LeafletsError):
        return read_bytes(path, jsonl.LIMIT).decode("utf-8", "replace")
    return ""
