"""The campaign as it is on the disk now, for a page that stays open while others write."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from generator.base.clock import today
from generator.base.files import refuse_link
from generator.campaign.project import Project
from generator.review.snapshot import Snapshot

# Size, time of change and inode of files, by path.
#
# One of them differs once a file was written, in place or by replacing it.
InodeStamps = dict[str, tuple[int, int, int]]


def folder_stamps(folder: Path, *ends: str) -> InodeStamps:
    """Return the stamps of the files in a folder whose names end so; no folder means none."""
    found = {}
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ends):
                refuse_link(Path(entry.path))
                with suppress(FileNotFoundError):  # replaced at this moment: the next look sees it
                    status = entry.stat()
                    found[entry.path] = status.st_size, status.st_mtime_ns, status.st_ino
    return found


@dataclass
class LiveSnapshot:
    """Hands out the inputs of a campaign; reads again what changed on the disk, and nothing else.

    Stamps are taken before anything is read, so a file that changes in between is read once more
    than needed, never once too seldom.
    """

    root: Path
    lock: Lock = field(default_factory=Lock)
    kept: Snapshot | None = None
    frame: object = None
    """What all languages share, and the day that facts are judged by."""
    signed: InodeStamps = field(default_factory=dict)
    """The ledger of the facts."""
    languages: dict[str, InodeStamps] = field(default_factory=dict)
    """Ledger, back-translations and catalogues of each language."""

    def snapshot(self, *languages: str) -> Snapshot:
        """Return the inputs as the files are now, for any number of threads.

        Files of other than the named languages are looked at when somebody asks for those; without
        a name all are. Raise LeafletsError if the campaign cannot be read.
        """
        with self.lock:
            frame = today(), *self._shared_stamps()
            if self.kept is None or frame != self.frame:
                self.kept, self.frame, self.languages = self._fresh(), frame, {}
            self.kept = self._renewed(self.kept, languages)
            return self.kept

    def _shared_stamps(self) -> list[InodeStamps]:
        """Return the stamps of what all languages share: the English, facts, tables, words."""
        words = sorted((self.root / "templates").rglob("words.yaml"))
        return [
            folder_stamps(self.root / "leaflets", ".yaml"),
            folder_stamps(self.root / "locales", ".yaml", "sources.jsonl", "readers.jsonl"),
            *(folder_stamps(path.parent, path.name) for path in words),
        ]

    def _fresh(self) -> Snapshot:
        """Return a snapshot whose shared parts are read: by one thread, and once."""
        project = Project(self.root)
        _ = project.campaign, project.leaflets, project.words, project.pages, project.glossary
        return Snapshot(project)

    def _renewed(self, snapshot: Snapshot, languages: Collection[str]) -> Snapshot:
        """Return the inputs without what changed on the disk.

        What was read of a language before its first look is read again.
        """
        signed = folder_stamps(self.root / "leaflets", ".jsonl")
        if signed != self.signed:
            self.signed, snapshot = signed, snapshot.renewed()
        known = snapshot.project.campaign.languages
        # What is signed of the source decides in each language who must sign.
        asked = {*languages, snapshot.project.campaign.source} if languages else known
        for code in [code for code in known if code in asked]:
            folder = self.root / "locales" / code
            now = folder_stamps(folder, ".jsonl") | folder_stamps(folder / "LC_MESSAGES", ".po")
            before = self.languages.get(code, {})
            changed = {Path(path) for path, _ in now.items() ^ before.items()}
            if changed:
                domains = {path.stem for path in changed if path.suffix == ".po"}
                snapshot = snapshot.renewed(code, domains)
            self.languages[code] = now
        return snapshot
