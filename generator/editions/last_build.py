"""What an earlier build left that still holds: all of it where nothing changed, or some editions.

The file system says whether something changed: size, times and inode of each file.
Where anything differs, the build looks at everything itself.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.base.clock import today
from generator.base.digests import digest
from generator.base.result_cache import ResultCache
from generator.campaign.project import Project
from generator.campaign.shipped import PACKAGE_FOLDER, shipped_folder
from generator.editions.fingerprint import LIBRARIES, content_digest
from generator.editions.manifest import EditionRecord
from generator.editions.obstacles import edition_errors
from generator.editions.plan import BuildRequest
from generator.layout import fonts
from generator.layout.stage import EditionState
from generator.model import Edition
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot

# The folders of a campaign that a build reads.
CAMPAIGN_FOLDERS = ("leaflets", "locales", "sites", "templates", "audio")

# Packages whose versions change the bytes of a PDF, or what a proof finds in it.
PROVING_LIBRARIES = (*LIBRARIES, "pypdf", "pypdfium2", "uharfbuzz", "zxing-cpp")

# How the names of locks and temporary files begin.
OWN_PREFIX = ".leaflets"


class LastBuild:
    """The last build of the same request on this computer.

    Make it before anything is read, so that it misses no later change.
    """

    def __init__(self, project: Project, request: BuildRequest) -> None:
        self.output, self.cache = project.output, ResultCache("builds")
        self.records = [project.printings_file(site) for site in ("", "any")]
        self.key = digest(str(project.output.resolve()), repr(request))
        # What is private is not kept, and a colour profile may be outside the folders below.
        self.usable = not (request.site or request.profile)
        folders = (
            *(project.root / name for name in CAMPAIGN_FOLDERS),
            *(PACKAGE_FOLDER, shipped_folder("templates"), shipped_folder("locales")),
        )
        self.inputs = digest(
            str(today()),
            *map(version, PROVING_LIBRARIES),
            *_folder_stamps(folders, self.records),
            *_file_stamps(fonts.installed_fonts().values()),
        )

    def outputs(self) -> str:
        """Return a digest of everything in the output folder, and of the record of printings."""
        return digest(*_folder_stamps([self.output]), *_file_stamps(self.records))

    def result(self) -> dict[str, Any] | None:
        """Return what that build gave, if nothing changed since.

        Its keys are `editions` (names), `waiting` (editions not begun), `made_up` (facts),
        `remarks` (problems) and `why` (problems of drafts, by name).
        """
        row: dict[str, Any] | None = self.cache.get(self.key) if self.usable else None
        if row and (row["inputs"], row["outputs"]) == (self.inputs, self.outputs()):
            return row
        return None

    def keep(
        self,
        editions: Iterable[str],
        waiting: Iterable[Edition],
        made_up: Iterable[str],
        remarks: Collection[Problem],
        why: Mapping[str, Collection[Problem]],
    ) -> None:
        """Remember what a build gave that left nothing to mend.

        Not where it names former texts: they may be deleted for good, here too.
        """
        told = [*remarks, *(one for found in why.values() for one in found)]
        if self.usable and not any(one.code == "source-changed" for one in told):
            row = {
                "editions": list(editions),
                "waiting": [astuple(edition) for edition in waiting],
                "made_up": list(made_up),
                "remarks": [problem.row() for problem in remarks],
                "why": {name: [one.row() for one in found] for name, found in why.items()},
            }
            self.cache.keep(self.key, row | {"inputs": self.inputs, "outputs": self.outputs()})
            self.cache.save()


class CurrentCheck:
    """Tells whether an edition of an earlier build still says what the campaign says today."""

    def __init__(self, project: Project, snapshot: Snapshot) -> None:
        self.project = project
        self.snapshots = {snapshot.site: snapshot}

    def holds(self, record: EditionRecord) -> bool:
        """Tell whether the edition of a record does."""
        if not is_known(self.project, record) or record.sheet not in self.project.sheets:
            return False
        edition = record.of
        snapshot = self.snapshots.setdefault(record.site, Snapshot(self.project, record.site))
        try:
            if not has_started(snapshot, edition):
                return False
            return record.state is EditionState.FAILED or (
                record.content == content_digest(snapshot, edition)
                and not edition_errors(snapshot, edition)
            )
        except LeafletsError:
            # Its site is gone, or its catalogue cannot be read: nobody knows whether it holds.
            return False


def is_known(project: Project, record: EditionRecord) -> bool:
    """Tell whether the campaign still has the leaflet and the language of a record."""
    return record.leaflet in project.leaflets and record.language in project.campaign.languages


def has_started(snapshot: Snapshot, edition: Edition) -> bool:
    """Tell whether anybody has begun to translate every language of an edition."""
    return all(snapshot.started(half.language, half.leaflet) for half in edition.halves)


def _folder_stamps(folders: Iterable[Path], but: Iterable[Path] = ()) -> Iterator[str]:
    """Yield one line a file below the folders, but for some, locks, temporary and compiled ones."""
    left = set(but)
    for folder in folders:
        for place, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name != "__pycache__")
            own = (name for name in sorted(names) if not name.startswith(OWN_PREFIX))
            paths = (Path(place, name) for name in own)
            yield from _file_stamps(path for path in paths if path not in left)


def _file_stamps(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with suppress(
            OSError
        ):  # gone at this moment: the line is missing, which changes the digest
            stat = path.lstat()
            yield f"{path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
