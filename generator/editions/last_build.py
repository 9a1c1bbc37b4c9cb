"""What an earlier build left that still holds: all of it, where nothing was touched since, or single editions.

Whether something was touched is what the file system says: size, times and inode. Whatever differs, the build looks at everything itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
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
from generator.editions import plan
from generator.editions.manifest import EditionRecord
from generator.editions.plan import BuildRequest, content_digest, edition_errors
from generator.layout import fonts
from generator.layout.stage import EditionState
from generator.model import Edition
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot

READ = ("leaflets", "locales", "sites", "templates", "audio")
"""The folders of a campaign that a build reads."""
LIBRARIES = (*plan.LIBRARIES, "pypdf", "pypdfium2", "uharfbuzz", "zxing-cpp")
"""Packages whose versions change the bytes of a PDF, or what a proof finds in it."""
OURS = ".leaflets"
"""How the names of locks and temporary files begin."""


class LastBuild:
    """The last build of the same wish on this computer; taken before anything is read, so that no later change is missed."""

    def __init__(self, project: Project, wish: BuildRequest) -> None:
        self.project, self.kept = project, ResultCache("builds")
        self.key = digest(str(project.output.resolve()), repr(wish))
        self.usable = not (
            wish.site or wish.profile
        )  # what is private is not kept, and a profile stands anywhere
        self.inputs = digest(
            str(today()),
            *map(version, LIBRARIES),
            *_stamps(self._folders()),
            *_files(fonts.installed_fonts().values()),
        )

    def _folders(self) -> Iterator[Path]:
        yield from (self.project.root / name for name in READ)
        yield from (PACKAGE_FOLDER, shipped_folder("templates"), shipped_folder("locales"))

    def outputs(self) -> str:
        """Return a digest of how everything in the output folder stands there."""
        return digest(*_stamps([self.project.output]))

    def result(self) -> dict[str, Any] | None:
        """Return what that build gave if nothing was touched since: names of editions, those not begun, names of made-up facts."""
        row = self.kept.get(self.key) if self.usable else None
        return (
            row
            if row and (row["inputs"], row["outputs"]) == (self.inputs, self.outputs())
            else None
        )

    def keep(
        self, editions: Iterable[str], waiting: Iterable[Edition], made_up: Iterable[str]
    ) -> None:
        """Write down what a build gave that left nothing to mend."""
        if self.usable:
            row = {
                "editions": list(editions),
                "waiting": [astuple(edition) for edition in waiting],
                "made_up": list(made_up),
            }
            self.kept.keep(self.key, row | {"inputs": self.inputs, "outputs": self.outputs()})
            self.kept.save()


class CurrentCheck:
    """Tells whether an edition of an earlier build still says what the campaign says today."""

    def __init__(self, project: Project, snapshot: Snapshot) -> None:
        self.project = project
        self.sources = {snapshot.site: snapshot}

    def holds(self, record: EditionRecord) -> bool:
        """Tell whether the edition of a record does."""
        edition = record.of
        known = (
            record.leaflet in self.project.leaflets
            and record.language in self.project.campaign.languages
            and record.sheet in self.project.sheets
        )
        if not known:
            return False
        snapshot = self.sources.setdefault(record.site, Snapshot(self.project, record.site))
        try:
            if not has_started(snapshot, edition):
                return False
            return record.state is EditionState.FAILED or (
                record.content == content_digest(snapshot, edition)
                and not edition_errors(snapshot, edition)
            )
        except (
            LeafletsError
        ):  # its site is gone, or its catalogue cannot be read: nobody knows whether it still holds
            return False


def has_started(snapshot: Snapshot, edition: Edition) -> bool:
    """Tell whether anybody has begun to translate every language of an edition."""
    return all(snapshot.started(half.language, half.leaflet) for half in edition.halves)


def _stamps(folders: Iterable[Path]) -> Iterator[str]:
    """Yield one line a file below the folders; without locks and temporary files, and without what Python compiled."""
    for folder in folders:
        for place, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name != "__pycache__")
            yield from _files(
                Path(place, name) for name in sorted(names) if not name.startswith(OURS)
            )


def _files(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with suppress(OSError):  # gone at this moment: the line is missing, which is another digest
            status = path.lstat()
            yield f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
