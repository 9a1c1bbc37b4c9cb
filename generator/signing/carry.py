"""Carry signatures over a cosmetic change of the English, by one person's recorded decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.base.digests import wording_key
from generator.base.files import locked_folder
from generator.base.names import pick_names
from generator.campaign.project import Project
from generator.catalogue.change import ChangeKind, classify_change
from generator.model import State
from generator.problem import Problem, refusal
from generator.review.extract import extract_messages
from generator.review.ledger import append_events
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.needs_extract import needs_extract
from generator.review.snapshot import Snapshot
from generator.signing.sign import require_reason

NO_REASON_TO_CARRY = Problem(
    "sign-reason", "no reason", hint='say why nothing changes for a reader: --why "a comma"'
)


@dataclass(frozen=True)
class CarriedMessage:
    """One message whose signatures go on to the new English."""

    language: str
    domain: str
    msgctxt: str
    old: str
    new: str


def cosmetic_changes(
    project: Project, languages: Iterable[str], domains: Iterable[str]
) -> list[CarriedMessage]:
    """Return what can be carried over.

    That is text that people signed for an English which differs in case and punctuation only.
    """
    snapshot = Snapshot(project)
    if needs_extract(snapshot, domains := list(domains)):
        what = "the English has changed since the last extract, which says what each change is"
        raise refusal("extract-first", what, hint="leaflets extract")
    chosen = pick_names("language", languages, project.campaign.languages)
    return [
        CarriedMessage(language, domain, name, text.old, text.message.msgid)
        for language in chosen
        if language != "en"
        for domain in domains
        for name, text in snapshot.texts(language, domain).items()
        if text.state is State.STALE
        and classify_change(text.old, text.message.msgid).kind is ChangeKind.COSMETIC
        and snapshot.support(language, text, text.old).known
    ]


def carry_signatures(
    project: Project, found: Iterable[CarriedMessage], who: str, day: date, why: str
) -> int:
    """Record the decision for each message and update the catalogues; return how many.

    Raise LeafletsError without a reason.
    """
    why = require_reason(why, NO_REASON_TO_CARRY)
    snapshot = Snapshot(project)
    events: dict[str, list[LedgerEvent]] = {}
    for one in found:
        text = snapshot.texts(one.language, one.domain)[one.msgctxt]
        key = wording_key(one.language, one.msgctxt, one.new, text.msgstr)
        event = LedgerEvent(key, LedgerAction.CARRY, who, str(day), why, one.old)
        events.setdefault(one.language, []).append(event)
    # Nothing is proved here: whenever states are computed, only cosmetic changes count.
    for language, rows in events.items():
        path = project.ledger(language)
        with locked_folder(path.parent):
            append_events(path, rows)
    extract_messages(Project(project.root))
    return sum(map(len, events.values()))
