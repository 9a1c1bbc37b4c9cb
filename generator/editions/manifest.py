"""What was built from which input: one JSON line an edition, so that unchanged ones are skipped.

A line counts only on the computer that wrote it: nobody here has proved what another one printed.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.base.files import ANY_END, append_text, read_text, write_file
from generator.base.folder_guard import path_inside
from generator.base.origin import ORIGIN_FIELD, is_made_here, origin_hash
from generator.layout.stage import EditionState
from generator.model import Edition
from generator.problem import LeafletsError, Problem

MANIFEST_FILE = "manifest.jsonl"
LIMIT = 200_000_000
DAMAGED_LINE = (LeafletsError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class EditionRecord:
    """One edition as it was built; `path` is relative to the output folder, empty if it failed."""

    edition: str
    leaflet: str
    language: str
    sheet: str
    site: str
    input: str
    state: EditionState
    path: str = ""
    sha256: str = ""
    code: str = ""
    pages: int = 0
    size: float = 0
    filled: float = 0
    bytes: int = 0
    seconds: float = 0
    problems: tuple[Problem, ...] = ()
    content: str = ""
    """Digest of its words, facts and states: a PDF with others must not be handed out any more."""
    printer: str = "office"
    other: str = ""
    layout: str = ""
    prints: tuple[tuple[str, str, int], ...] = ()
    """Path, sha256 and papers of each file to print; none where the edition itself is printed."""
    picture: str = ""
    """The sha256 of its small picture."""
    example: bool = False
    """Whether its pages say that their numbers are made up."""

    @classmethod
    def for_edition(cls, edition: Edition, **built: Any) -> EditionRecord:
        """Return the record of an edition, with what was `built` of it."""
        return cls(
            edition.name,
            edition.leaflet,
            edition.language,
            edition.sheet,
            edition.site,
            printer=edition.printer,
            other=edition.other,
            layout=edition.layout,
            **built,
        )

    @property
    def of(self) -> Edition:
        """The edition it is about."""
        return Edition(
            self.leaflet,
            self.language,
            self.sheet,
            self.site,
            self.printer,
            self.other,
            self.layout,
        )

    @property
    def paths(self) -> tuple[str, ...]:
        """Every PDF of the edition, relative to the output folder."""
        return (*([self.path] if self.path else []), *(path for path, _, _ in self.prints))


def read_manifest(output: Path) -> dict[str, EditionRecord]:
    """Return the last record of each edition.

    A line that a kill cut off, or that another computer wrote, counts as never written.
    """
    records: dict[str, EditionRecord] = {}
    with suppress(LeafletsError):
        for line in read_text(output / MANIFEST_FILE, LIMIT, ANY_END).split("\n"):
            with suppress(*DAMAGED_LINE):
                row = json.loads(line)
                if is_made_here(output, row, row.pop(ORIGIN_FIELD, "")):
                    record = _record(output, row)
                    records[record.edition] = record
    return records


def _record(output: Path, row: dict[str, Any]) -> EditionRecord:
    row["state"] = EditionState(row["state"])
    row["problems"] = tuple(Problem(**problem) for problem in row["problems"])
    row["prints"] = tuple((path, sha256, papers) for path, sha256, papers in row.get("prints", ()))
    record = EditionRecord(**row)
    # Anybody can write a line: none of its paths may lead out of the output folder.
    for path in (record.edition, *record.paths):
        path_inside(output, path)
    return record


def editions_by_state(records: Iterable[EditionRecord]) -> Counter[EditionState]:
    """Count editions by their state."""
    return Counter(record.state for record in records)


def manifest_codes(output: Path) -> set[str]:
    """Return the codes of all printed editions in a manifest, whichever computer wrote it."""
    found: set[str] = set()
    with suppress(LeafletsError):
        for text in read_text(output / MANIFEST_FILE, LIMIT, ANY_END).split("\n"):
            with suppress(*DAMAGED_LINE):
                row = json.loads(text)
                found |= {str(row["code"])} if row["path"] and row["code"] else set()
    return found


def manifest_line(output: Path, record: EditionRecord) -> str:
    """Return a record as its line in the manifest of `output`."""
    row = asdict(record)
    return json.dumps(row | {ORIGIN_FIELD: origin_hash(output, row)}, ensure_ascii=False) + "\n"


def append_record(output: Path, record: EditionRecord) -> None:
    """Append a record at once, so that an interrupted build can go on after it."""
    append_text(output / MANIFEST_FILE, manifest_line(output, record))


def save_manifest(output: Path, records: Iterable[EditionRecord]) -> None:
    """Write the manifest anew, one line an edition, in order."""
    in_order = sorted(records, key=lambda record: record.edition)
    write_file(
        output / MANIFEST_FILE, "".join(manifest_line(output, record) for record in in_order)
    )


def is_intact(output: Path, record: EditionRecord) -> bool:
    """Tell whether the PDFs of a record and its picture stand on the disk, byte for byte."""
    if not record.path:
        return False
    wanted = {output / path: sha256 for path, sha256, _ in record.prints}
    wanted |= {
        output / record.path: record.sha256,
        thumbnail_path(output, record): record.picture,
    }
    try:
        return all(
            hashlib.sha256(path.read_bytes()).hexdigest() == sha256
            for path, sha256 in wanted.items()
        )
    except OSError:
        return False


def thumbnail_path(output: Path, record: EditionRecord) -> Path:
    """Return where the small picture of an edition is kept."""
    return output / "thumbnails" / f"{record.edition}.png"
