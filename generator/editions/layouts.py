"""Who signed how each finished PDF looks."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from generator.base.digests import layout_key
from generator.campaign.project import Project
from generator.editions.manifest import EditionRecord
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.support import Support, support_at, support_by_key


@dataclass(frozen=True)
class SignedLayout:
    """A finished PDF, and who signed how it looks."""

    record: EditionRecord
    people: tuple[str, ...]


def signed_layouts(project: Project, records: Iterable[EditionRecord]) -> dict[str, SignedLayout]:
    """Return who signed each finished public PDF: nobody where a ledger is damaged.

    The ledgers are read afresh, since a build may have begun before somebody signed.
    """
    finished = [record for record in records if record.sha256 and not record.site]
    known: dict[str, dict[str, Support]] = {record.language: {} for record in finished}
    for language in known:
        with suppress(LeafletsError):
            known[language] = support_by_key(ledger.read_ledger(project.ledger(language)))
    found = {}
    for record in finished:
        support = support_at(known[record.language], layout_key_of(record))
        found[record.edition] = SignedLayout(record, tuple(sorted(support.signers)))
    return found


def layout_key_of(record: EditionRecord) -> str:
    """Return what a signature of a finished PDF binds to."""
    return layout_key(record.edition, record.sha256)
