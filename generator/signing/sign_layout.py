"""Stand behind a finished page: a signature that holds for the bytes of one PDF and lapses with the next ones."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date

from generator.base.files import locked_folder
from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions.index import write_index
from generator.editions.layouts import layout_key_of
from generator.editions.manifest import EditionRecord
from generator.problem import LeafletsError, Problem
from generator.review import ledger
from generator.review.state import LedgerEvent, effective_events, withdrawn_ids

CHANGED = Problem(
    "sign-conflict",
    "this PDF was built anew meanwhile, or removed",
    hint="load the page again and look at the new one",
)


def finished_pdf(project: Project, edition: str, sha256: str = "") -> tuple[EditionRecord, bytes]:
    """Return the record and the PDF of a public edition; raise LeafletsError if there is none, or none with these bytes."""
    record = manifest.read_manifest(project.output).get(edition)
    if record is None or not record.path or record.site:
        raise LeafletsError(
            Problem("layout-none", f"{edition} is not built", hint="build it first")
        )
    with suppress(OSError):
        pdf = (project.output / record.path).read_bytes()
        if hashlib.sha256(pdf).hexdigest() == record.sha256 and sha256 in ("", record.sha256):
            return record, pdf
    raise LeafletsError(CHANGED)


def sign_layout(
    project: Project, edition: str, sha256: str, who: str, day: date
) -> list[LedgerEvent]:
    """Record that a person looked at every page of a PDF and stands behind it; return the events.

    Raises LeafletsError if the PDF is not the one that was looked at.
    """
    record = _looked_at(project, edition, sha256)
    return _add(project, record, [LedgerEvent(layout_key_of(record), "approve", who, str(day))])


def withdraw_layout(project: Project, edition: str, sha256: str, who: str) -> list[LedgerEvent]:
    """Take back one's own signature of a PDF; nothing is erased from the ledger."""
    record = _looked_at(project, edition, sha256)
    known = ledger.read_ledger(project.ledger(record.language))
    gone = withdrawn_ids(known)
    own = [
        event
        for event in known
        if (event.key, event.deed, event.person) == (layout_key_of(record), "approve", who)
        and event.id not in gone
    ]
    return _add(
        project,
        record,
        [LedgerEvent(event.key, f"withdraw:{event.id}", event.who, event.at) for event in own],
    )


def _looked_at(project: Project, edition: str, sha256: str) -> EditionRecord:
    """Return the record of a PDF by the sum that was on the screen; raise LeafletsError without one, or if it has other bytes now."""
    if not sha256:
        raise LeafletsError(CHANGED)
    return finished_pdf(project, edition, sha256)[0]


def _add(project: Project, record: EditionRecord, events: list[LedgerEvent]) -> list[LedgerEvent]:
    path = project.ledger(record.language)
    with locked_folder(path.parent):
        added = effective_events(ledger.read_ledger(path), events)
        ledger.append_events(path, added)
    with suppress(
        LeafletsError
    ):  # a build that runs now writes the overview itself, and reads the ledger again for it
        refresh_overview(project)
    return added


def refresh_overview(project: Project) -> None:
    """Write the overview again; raise LeafletsError if somebody else holds the output folder."""
    with locked_folder(project.output, seconds=0.5):
        write_index(project, manifest.read_manifest(project.output))
