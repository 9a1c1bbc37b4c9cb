"""Sign a finished page: a signature holds for the bytes of one PDF and lapses with the next."""

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
from generator.problem import LeafletsError, Problem, refusal
from generator.review.ledger import append_effective, read_ledger
from generator.review.ledger_event import LedgerAction, LedgerEvent, withdrawn_ids

CHANGED = Problem(
    "sign-conflict",
    "this PDF was built anew meanwhile, or removed",
    hint="load the page again and look at the new one",
)


def finished_pdf(project: Project, edition: str, sha256: str = "") -> tuple[EditionRecord, bytes]:
    """Return the record and the PDF of a public edition.

    Raise LeafletsError if there is none, or none with the bytes of `sha256`.
    """
    record = manifest.read_manifest(project.output).get(edition)
    if record is None or not record.path or record.site:
        what = f"{edition} is not built"
        raise refusal("layout-none", what, hint="build it first")
    with suppress(OSError):
        pdf = (project.output / record.path).read_bytes()
        if hashlib.sha256(pdf).hexdigest() == record.sha256 and sha256 in ("", record.sha256):
            return record, pdf
    raise LeafletsError(CHANGED)


def sign_layout(
    project: Project, edition: str, sha256: str, who: str, day: date
) -> list[LedgerEvent]:
    """Record that a person looked at every page of a PDF and signs it; return the events.

    Raise LeafletsError if the PDF is not the one that was looked at.
    """
    record = _seen_record(project, edition, sha256)
    event = LedgerEvent(layout_key_of(record), LedgerAction.SIGN, who, str(day))
    return _add(project, record, [event])


def withdraw_layout(project: Project, edition: str, sha256: str, who: str) -> list[LedgerEvent]:
    """Take back one's own signature of a PDF; nothing is erased from the ledger."""
    record = _seen_record(project, edition, sha256)
    known = read_ledger(project.ledger(record.language))
    gone, signature = withdrawn_ids(known), (layout_key_of(record), LedgerAction.SIGN, who)
    own = [
        event
        for event in known
        if (event.key, event.action, event.person) == signature and event.id not in gone
    ]
    return _add(project, record, [event.withdrawal() for event in own])


def _seen_record(project: Project, edition: str, sha256: str) -> EditionRecord:
    """Return the record of a PDF by the digest that was on the screen.

    Raise LeafletsError without a digest, or if the PDF has other bytes now.
    """
    if not sha256:
        raise LeafletsError(CHANGED)
    return finished_pdf(project, edition, sha256)[0]


def _add(project: Project, record: EditionRecord, events: list[LedgerEvent]) -> list[LedgerEvent]:
    path = project.ledger(record.language)
    with locked_folder(path.parent):
        added = append_effective(path, events)
    # A build that runs now holds the folder; it reads the ledger again for the overview it writes.
    with suppress(LeafletsError):
        refresh_overview(project)
    return added


def refresh_overview(project: Project) -> None:
    """Write the overview again; raise LeafletsError if somebody else holds the output folder."""
    with locked_folder(project.output, seconds=0.5):
        write_index(project, manifest.read_manifest(project.output))
