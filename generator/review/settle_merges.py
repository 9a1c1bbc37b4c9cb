"""Settle what git's text merge could not join in catalogues and line files; an edge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.base import jsonl
from generator.base.files import locked_folder, read_bytes, write_file
from generator.base.git import ask_git
from generator.campaign.project import Project
from generator.catalogue.conflict_marks import Sides, joined_lines, split_sides
from generator.catalogue.entry import Entry, dump_catalogue
from generator.catalogue.parser import parse_catalogue
from generator.catalogue.two_sides import join_catalogues
from generator.problem import LeafletsError

_START = b"<<<<<<<"
_LINES = ".jsonl"


def settle_merges(project: Project) -> list[Path]:
    """Write every file of which git left two versions, joined; return those files.

    What stands between two signed texts is decided afterwards, by the ledgers. A file that cannot
    be read even so is left as it is: whoever needs it is told.
    """
    found = []
    for path in _shared_files(project):
        folder = path.parents[1] if path.parent.name == "LC_MESSAGES" else path.parent
        if _START not in read_bytes(path, jsonl.LIMIT):
            continue
        with locked_folder(folder, deep=False):
            text = _plain_text(read_bytes(path, jsonl.LIMIT))
            if (sides := split_sides(text)) and (joined := _joined(path, sides)):
                write_file(path, _as_read(joined))
                found.append(path)
    return found


def settle_versions(base: Path, one: Path, other: Path) -> None:
    """Write into the file `one` what joins two versions of a catalogue, for git's merge.

    Raise LeafletsError if a version cannot be read; then nothing was written.
    """
    texts = [_plain_text(read_bytes(path, jsonl.LIMIT)) for path in (one, other, base)]
    write_file(one, _as_read(_joined_catalogue(one, Sides(*texts))))


def _shared_files(project: Project) -> Iterator[Path]:
    for folder in (project.leaflets_folder, project.locales, project.root / "sites"):
        for end in (_LINES, ".pot", ".po"):
            yield from sorted(path for path in folder.rglob(f"*{end}") if path.is_file())


def _as_read(text: str) -> bytes:
    """Return a text as bytes, with those that are no UTF-8 as they were."""
    return text.encode("utf-8", "surrogateescape")


def _plain_text(data: bytes) -> str:
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return text.replace("\r\n", "\n")


def _joined(path: Path, sides: Sides) -> str:
    """Return the text of a file that was left in two versions, "" where one cannot be read."""
    if path.suffix == _LINES:
        return joined_lines(sides)
    if sides.base is None:
        known = ask_git(path.parent, "cat-file", "blob", f":1:./{path.name}")
        sides = sides._replace(base=None if known is None else _plain_text(known))
    try:
        return _joined_catalogue(path, sides)
    except LeafletsError:
        return ""


def _joined_catalogue(path: Path, sides: Sides) -> str:
    one, other = (parse_catalogue(text, str(path)) for text in (sides.one, sides.other))
    base: list[Entry] | None = None
    if sides.base and sides.base.strip():
        base = parse_catalogue(sides.base, str(path))
    return dump_catalogue(join_catalogues(base, one, other))
