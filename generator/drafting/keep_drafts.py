"""Keep drafts: write them into catalogue and ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.base.digests import source_key, wording_key
from generator.base.files import locked_folder
from generator.campaign.project import Project
from generator.catalogue.entry import Entry
from generator.catalogue.pofile import read_catalogue, save_catalogue
from generator.drafting.engine import Origin
from generator.drafting.verify import Draft
from generator.model import Message
from generator.review.ledger import append_effective, ledger_reading
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.merge import REFUSED_MARK, annotate_entries
from generator.review.support import support_by_key

# Mean log-probability per token under which a draft is marked as unsure.
UNSURE_SCORE = -1.5

# Letters of a comment that says why a draft was refused.
REASON_LETTERS = 70


@dataclass(frozen=True)
class DraftItem:
    """One missing message, and what became of it."""

    language: str
    domain: str
    message: Message
    draft: Draft | None = None
    origin: Origin | None = None
    skipped: str = ""
    """Why nobody tried."""


def keep_drafts(project: Project, language: str, items: list[DraftItem], day: date) -> None:
    """Write the drafts whose messages are still empty."""
    if not items:
        return
    ledger = project.ledger(language)
    with locked_folder(ledger.parent):
        for domain in dict.fromkeys(item.domain for item in items):
            path = project.catalogue(language, domain)
            entries = read_catalogue(path, project.languages[language])
            empty = {
                entry.msgctxt: entry.msgid
                for entry in entries
                if not entry.obsolete and not entry.msgstr
            }
            found = {
                item.message.msgctxt: item
                for item in items
                if item.domain == domain and empty.get(item.message.msgctxt) == item.message.msgid
            }
            old = ledger_reading(ledger)
            made = (one for one in found.values() if one.draft and one.draft.msgstr)
            # The ledger first: no text of a machine may stand there as if a person had written it.
            added = append_effective(ledger, [machine_event(item, day) for item in made], old)
            support = support_by_key([*old.events, *added])
            filled = [
                entry if entry.obsolete else _filled(entry, found.get(entry.msgctxt))
                for entry in entries
            ]
            messages = [item.message for item in found.values()]
            save_catalogue(
                path,
                list(
                    annotate_entries(
                        filled, messages, language, support, project.campaign.rules, {}
                    )
                ),
            )


def _filled(entry: Entry, item: DraftItem | None) -> Entry:
    """Return an entry with its draft, or with why there is none."""
    if not item or not item.draft:
        return entry
    if item.draft.msgstr:
        return entry.changed(msgstr=item.draft.msgstr, previous="")
    kept = tuple(line for line in entry.comments if not line.startswith(REFUSED_MARK))
    refused = f"{REFUSED_MARK}{'; '.join(item.draft.reasons)}"
    return entry.changed(comments=(*kept, refused[:REASON_LETTERS]))


def machine_event(item: DraftItem, day: date) -> LedgerEvent:
    """Return the ledger's line on a draft: which machine and package, how, and how sure."""
    assert item.draft
    assert item.origin
    message, origin = item.message, item.origin
    return LedgerEvent(
        wording_key(item.language, message.msgctxt, message.msgid, item.draft.msgstr),
        LedgerAction.MACHINE,
        " ".join(filter(None, (origin.engine, origin.package))),
        str(day),
        "; ".join(filter(None, _details(item.draft, origin))),
        src=source_key(message.msgctxt, message.msgid),
    )


def _details(draft: Draft, origin: Origin) -> Iterator[str]:
    yield origin.settings
    if draft.path != "memory":
        yield draft.path
    if draft.score is not None:
        yield f"log-probability {draft.score:.2f}{', unsure' if draft.score < UNSURE_SCORE else ''}"
    if origin.sha256:
        yield f"sha256 {origin.sha256}"
