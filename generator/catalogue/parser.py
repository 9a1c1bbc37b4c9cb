"""The text of a PO file as entries, stricter than GNU msgfmt where its leniency has lost text.

Every refusal names file and line, says what is wrong and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.catalogue.entry import SPACE, Entry
from generator.catalogue.entry_reader import EntryReader
from generator.problem import LeafletsError

# How many files are remembered: one command reads the same catalogue several times.
_CACHED_FILES = 512
_STARTS = ("msgctxt", "msgid", "msgstr")
# What may follow in the same entry, even after an empty line.
_FOLLOWS = {
    "msgctxt": ('"', "msgid"),
    "msgid": ('"', "msgid_plural", "msgstr"),
    "msgstr": ('"', "msgstr"),
}
# Comments that belong to the entry after them, even over an empty line: no fuzzy is lost.
_BINDING = ("#,", "#=", "#|", "#~|")


def parse_catalogue(text: str, where: str) -> list[Entry]:
    """Return the entries of a PO file; raise LeafletsError with `file:line` and what to do."""
    try:
        return list(_entries(text))
    except LeafletsError as error:
        raise error.under(where) from None


@lru_cache(_CACHED_FILES)
def _entries(text: str) -> tuple[Entry, ...]:
    return tuple(EntryReader(number, lines).entry() for number, lines in _blocks(text))


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cut a file into entries: at empty lines, and where one begins right after another."""
    block: list[str] = []
    gap: list[str] = []
    start, last, bound = 1, "", False
    for number, line in enumerate(text.split("\n"), 1):
        bare = _without_obsolete_mark(line)
        if not bare:
            gap.append(line)
            continue

        if block and _ends_before(bare, last, bool(gap), bound):
            yield start, block
            block, last, bound = [], "", False
        start = start if block else number
        block += [*gap, line] if block else [line]
        gap = []
        last = next((name for name in _STARTS if bare.startswith(name)), last)
        bound = bound or bare.startswith(_BINDING)
    if block:
        yield start, block


def _without_obsolete_mark(line: str) -> str:
    """Return a line without spaces around it and without the mark of obsolete entries."""
    line = line.strip(SPACE)
    obsolete = line.startswith("#~") and not line.startswith("#~|")
    return line[2:].lstrip(SPACE) or "#" if obsolete else line


def _ends_before(bare: str, last: str, gap: bool, bound: bool) -> bool:
    """Whether an entry is over before a line; an empty line does not end an unfinished one."""
    if bound and not last:
        return False
    goes_on = bare.startswith(_FOLLOWS.get(last, ()))
    return not goes_on or last == "msgstr" if gap else last == "msgstr" and not goes_on
