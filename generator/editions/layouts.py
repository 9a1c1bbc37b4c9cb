"""Who stands behind how each finished PDF looks."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from generator.base.digests import layout_key
from generator.campaign.project import Project
from generator.editions.manifest import Record
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.state import NOBODY, Standing, standings


@dataclass(frozen=True)
class Layout:
    """A finished PDF, and who stands behind how it looks."""

    record: Record
    people: tuple[str, ...]


def layouts(project: Project, records: Iterable[Record]) -> dict[str, Layout]:
    """Return who stands behind each finished public PDF, by the name of its edition: nobody where a ledger is damaged.

    The ledgers are read anew, since a build may have begun before somebody signed.
    """
    finished = [record for record in records if record.sha256 and not record.site]
    known: dict[str, dict[str, Standing]] = {record.language: {} for record in finished}
    for language in known:
        with suppress(LeafletsError):
            known[language] = standings(ledger.read(project.ledger(language)))
    people = {
        record.edition: known[record.language].get(key_of(record), NOBODY).people
        for record in finished
    }
    return {
        record.edition: Layout(record, tuple(sorted(people[record.edition]))) for record in finished
    }


def key_of(record: Record) -> str:
    """Return what a signature of a finished PDF binds to."""
    return layout_key(record.edition, record.sha256)
