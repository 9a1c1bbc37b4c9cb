"""Move an older campaign's record of its papers from `output/` to where it is kept; an edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from generator.base.digests import same_key
from generator.base.files import file_error, locked_folder, read_bytes, sync_folder, write_file
from generator.base.words import count_words
from generator.campaign.project import Project
from generator.campaign.sites import secret_mark
from generator.editions.record import (
    LIMIT,
    old_printings,
    old_record_files,
    printing_line,
    read_record,
    whole_length,
)
from generator.problem import LeafletsError
from generator.review.paper_keys import hidden_keys
from generator.review.printing import Printing
from generator.review.snapshot import Snapshot


def take_over_printings(project: Project) -> list[str]:
    """Copy every line of an older campaign's record to its new place, once; return what to say.

    The old file gets another name when all of it is on the disk: a kill at any moment loses
    nothing, and the next call finishes. Raises LeafletsError if a record cannot be read or written.
    """
    if not project.leaflets_folder.is_dir() or not old_record_files(project):
        return []
    files = (project.printings_file(), project.printings_file("any"))
    with locked_folder(project.leaflets_folder, deep=False):
        known = [record for path in files for record in read_record(path)]
        found = old_printings(project, known)
        if private := [one for one in found if one.site]:
            with locked_folder(project.printings_file("any").parent, deep=False):
                _add(project.printings_file("any"), _marked(project, private), private=True)
        _add(project.printings_file(), (one for one in found if not one.site))
        for path in old_record_files(project):
            _put_aside(path)
    return [
        f"moved the record of {count_words(len(found), 'printed page')} "
        "from output/ to leaflets/editions.jsonl, which git keeps, "
        "and that of sites to sites/editions.jsonl, which stays private"
    ]


def _add(path: Path, records: Iterable[Printing], private: bool = False) -> None:
    """Add lines to a record, all or none."""
    lines = b"".join(map(printing_line, records))
    if not lines:
        return
    there = read_bytes(path, LIMIT) if path.exists() else b""
    whole, between = whole_length(path) if there else (0, b"")
    write_file(path, there[:whole] + between + lines, private)
    sync_folder(path.parent)


def _put_aside(path: Path) -> None:
    """Give an old record another name, over nothing that is there."""
    names = (path.with_name(f"{path.name}.old{number or ''}") for number in count())
    try:
        path.rename(next(name for name in names if not name.exists()))
    except OSError as error:
        raise file_error(path, error, "rename") from None
    sync_folder(path.parent)


def _marked(project: Project, records: Iterable[Printing]) -> Iterator[Printing]:
    """Yield the printings of sites, with the mark of this computer's secret where it made them.

    Lines of earlier versions have none, and may come from another computer. One private fact that
    has its name of today tells.
    """
    mark, known = secret_mark(project.root / "sites"), dict[str, dict[str, str]]()
    for one in records:
        if one.site not in known:
            known[one.site] = {}
            with suppress(LeafletsError):
                known[one.site] = hidden_keys(Snapshot(project, one.site))
        ours = any(same_key(one.facts.get(name, ""), key) for name, key in known[one.site].items())
        yield replace(one, secret=mark if ours else "")
