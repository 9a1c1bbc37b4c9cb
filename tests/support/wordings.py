"""A French catalogue whose sentences are read, typed over and signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.base.result_cache import ResultCache
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.review.snapshot import Snapshot
from generator.review.wordings import language_wordings
from generator.signing.sentence_task import SentenceTask, task_for

DAY = date(2026, 11, 23)


class Results(ResultCache):
    """A cache of second readings that is empty and never written."""

    def __init__(self) -> None:
        super().__init__("of-a-test")
        self.rows = {}


def french(campaign: Path) -> Path:
    """Return the path of the French catalogue."""
    return Project(campaign).catalogue("fr", "not-alone")


def kept(campaign: Path) -> set[str]:
    """Return the French texts that are kept."""
    return {one.msgstr for one in language_wordings(Project(campaign), "fr").texts.values()}


def task(campaign: Path, name: str, who: str = "r41") -> SentenceTask:
    """Return a French sentence as a reader sees it now."""
    snapshot = Snapshot(Project(campaign))
    return task_for(snapshot, "fr", "not-alone", snapshot.texts("fr", "not-alone")[name], who)


def put(campaign: Path, name: str, **fields: object) -> None:
    """Change an entry of the French catalogue as another program does."""
    path = french(campaign)
    entries = pofile.read_catalogue(path)
    pofile.save_catalogue(path, [one.changed(**fields) if one.msgctxt == name and not one.obsolete else one for one in entries])


def typed(campaign: Path, name: str, text: str) -> None:
    """Type another text in an editor, which leaves comments and flags as they are."""
    put(campaign, name, msgstr=text)
