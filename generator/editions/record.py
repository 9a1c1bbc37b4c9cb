"""What every printed edition says: one file in git, and a private one of the sites; edges to both.

`leaflets/editions.jsonl` is shared like a ledger, `sites/editions.jsonl` never leaves the computer.
A line is on the disk before its PDF counts as printed, and no command removes it: paper outlives
files. Git keeps the lines of both sides of a merge, so nothing rests on their order.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from generator.base.files import (
    break_hard_link,
    file_error,
    locked_folder,
    read_bytes,
    sync_folder,
)
from generator.base.jsonl import ROW_ERRORS, text_fields
from generator.base.names import LANGUAGE_CODE, SLUG
from generator.campaign.project import PRINTINGS_FILE, Project
from generator.model import Edition
from generator.problem import LeafletsError, Problem
from generator.review.printing import Printing

LIMIT = 500_000_000
TEXTS = ("code", "leaflet", "language", "sheet", "state", "built", "dated", "sha256")

# The form of what becomes part of a file's name: anybody can write a line.
PRINTING_FORMS = {
    "code": re.compile(r"[A-Z]{2,3}-[0-9A-Z]{5,12}"),
    "leaflet": SLUG,
    "language": LANGUAGE_CODE,
    "sheet": SLUG,
}
MAPS = ("sentences", "facts", "english")
OPTIONAL = ("shape", "secret")
# More printings of one edition than anybody makes: a line that claims more was not written here.
MOST_TURNS = 1_000_000
DAMAGED = Problem(
    "editions",
    "not a record of a printed edition",
    hint="get the file back from git or a backup; without one, delete this line, and trust no code "
    "of its edition. Where git left lines of < = or >, delete these alone and keep all others",
)


def read_printings(project: Project) -> list[Printing]:
    """Return every printing that this computer knows, in an order that no merge changes.

    What an older campaign keeps in `output/` counts too. Raises LeafletsError with the line of a
    damaged record.
    """
    found = [
        record
        for site in (False, True)
        for record in read_record(project.printings_file("any" if site else ""))
    ]
    return sorted([*found, *old_printings(project, found)], key=_order)


def _order(printed: Printing) -> tuple[str | int, ...]:
    """Return the place of a printing: lines with the same place say the same."""
    names = (printed.leaflet, printed.language, printed.sheet, printed.site)
    content = (printed.code, printed.state, printed.sha256, printed.dated, printed.shape)
    return (printed.turn, printed.built, *content, *names)


def old_record_files(project: Project) -> list[Path]:
    """Return the records that earlier versions kept beside the PDFs, as far as they are there."""
    found = [folder / PRINTINGS_FILE for folder in project.outputs]
    return [path for path in found if path.exists()]


def old_printings(project: Project, known: Iterable[Printing]) -> list[Printing]:
    """Return the printings in records of earlier versions that are not `known`, by day.

    Their turns follow those of the known ones.
    """
    old = [record for path in old_record_files(project) for record in _read_lines(path)]
    if not old:
        return []
    known = list(known)
    taken = {_bare(record) for record in known}
    return _numbered(
        (one for one in sorted(old, key=lambda one: one.built) if _bare(one) not in taken), known
    )


def _bare(printed: Printing) -> str:
    """Return what a line says, without what taking it over adds."""
    return json.dumps(asdict(replace(printed, turn=0, secret="")), sort_keys=True)


def read_record(path: Path) -> list[Printing]:
    """Return the printings in one file, each once; no file means none.

    Lines without a turn, as earlier versions wrote them, follow each other in the file.
    Raises LeafletsError with a damaged line.
    """
    return _numbered(_read_lines(path), ())


def _numbered(records: Iterable[Printing], known: Iterable[Printing]) -> list[Printing]:
    """Return the records, each with its turn."""
    last = Counter[Edition]()
    for one in known:
        last[one.edition] = max(last[one.edition], one.turn)
    found = []
    for record in records:
        if not record.turn:
            last[record.edition] += 1
            record = replace(record, turn=last[record.edition])
        found.append(record)
    return found


def _read_lines(path: Path) -> Iterator[Printing]:
    """Yield the printing of each line, once where a merge doubled it.

    A last line that a kill cut off counts as never written.
    """
    data = read_bytes(path, LIMIT) if path.exists() else b""
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    seen = set[bytes]()
    for number, text in enumerate(map(bytes.strip, lines), 1):
        if not text or text in seen or (number == len(lines) and not _is_whole(text)):
            continue
        try:
            record = _printing(json.loads(text))
        except ROW_ERRORS:
            raise LeafletsError(DAMAGED.at(where=f"{path}:{number}")) from None
        seen.update([text] if record.turn else [])
        yield record


def _is_whole(line: bytes) -> bool:
    """Tell whether a line without an end is whole, as an editor leaves it, and not cut off."""
    try:
        return isinstance(json.loads(line), dict)
    except ROW_ERRORS:
        return False


def _printing(row: Mapping[str, Any]) -> Printing:
    texts: dict[str, Any] = dict(zip(TEXTS, text_fields(row, *TEXTS), strict=True))
    maps = {name: row[name] for name in MAPS}
    optional = {name: row.get(name, "") for name in OPTIONAL}
    turn = row.get("turn", 0)
    every = [
        row["site"],
        *optional.values(),
        *(text for found in maps.values() for pair in found.items() for text in pair),
    ]
    formed = all(form.fullmatch(texts[name]) for name, form in PRINTING_FORMS.items())
    counted = type(turn) is int and 0 <= turn <= MOST_TURNS
    if (
        not (formed and counted)
        or not all(isinstance(text, str) for text in every)
        or (row["site"] and not SLUG.fullmatch(row["site"]))
    ):
        raise ValueError(row)
    return Printing(**texts, site=row["site"], **maps, **optional, turn=turn)


def printing_line(record: Printing) -> bytes:
    """Return a printing as its line."""
    return json.dumps(asdict(record), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def append_printing(project: Project, record: Printing) -> None:
    """Add one printing to the record it belongs to; it is on the disk when this returns.

    Raises LeafletsError if that is impossible; then nothing was added.
    """
    path = project.printings_file(record.site)
    with locked_folder(path.parent, deep=False):
        break_hard_link(path)
        new = not path.exists()
        try:
            _append(path, printing_line(record))
        except OSError as error:
            raise file_error(path, error, "write") from None
        if new:
            sync_folder(path.parent)


def _append(path: Path, line: bytes) -> None:
    with path.open("ab") as file:
        if path.parent.name == "sites":
            path.chmod(0o600)
        # What a kill cut off was never written: the new line takes its place.
        whole, between = whole_length(path)
        file.truncate(whole)
        try:
            file.write(between + line)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            # A full disk keeps part of a line; the next printing must not be joined to it.
            os.truncate(path, whole)
            raise


def whole_length(path: Path) -> tuple[int, bytes]:
    """Return how many bytes of a file are whole lines, and what must stand before the next one."""
    with path.open("rb") as file:
        end = size = file.seek(0, os.SEEK_END)
        tail = b""
        while end and b"\n" not in tail:
            start = max(0, end - 8192)
            file.seek(start)
            tail = file.read(end - start) + tail
            end = start
    last = tail.rpartition(b"\n")[2]
    if last and _is_whole(last):
        return size, b"\n"
    return size - len(last), b""
