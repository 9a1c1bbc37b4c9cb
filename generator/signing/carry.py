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
from generator.problem import LeafletsError, Problem
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.needs_extract import needs_extract
from generator.review.snapshot import Snapshot
from generator.review.state import LedgerEvent, wording_support
from generator.signing.sign import SHORTEST_REASON


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
    """Return what can be carried over: text that people signed for an English which differs in case and punctuation only."""
    snapshot = Snapshot(project)
    if needs_extract(snapshot, domains := list(domains)):
        what = "the English has changed since the last extract, which says what each change is"
        raise LeafletsError(Problem("extract-first", what, hint="leaflets extract"))
    found = []
    for language in pick_names("language", languages, project.campaign.languages):
        for domain in domains if language != "en" else ():
            for name, text in snapshot.texts(language, domain).items():
                stale = (
                    text.state is State.STALE
                    and classify_change(text.old, text.message.msgid).kind is ChangeKind.COSMETIC
                )
                if (
                    stale
                    and wording_support(
                        snapshot.ledger(language), language, name, text.old, text.msgstr
                    ).known
                ):
                    found.append(
                        CarriedMessage(language, domain, name, text.old, text.message.msgid)
                    )
    return found


def carry_signatures(
    project: Project, found: Iterable[CarriedMessage], who: str, day: date, why: str
) -> int:
    """Record the decision for each message and update the catalogues; return how many. Raises LeafletsError without a reason."""
    if len(why.strip()) < SHORTEST_REASON:
        raise LeafletsError(
            Problem(
                "sign-reason",
                "no reason",
                hint='say why nothing changes for a reader: --why "a comma"',
            )
        )
    snapshot, count = Snapshot(project), 0
    events: dict[str, list[LedgerEvent]] = {}
    for one in found:
        text = snapshot.texts(one.language, one.domain)[one.msgctxt]
        key = wording_key(one.language, one.msgctxt, one.new, text.msgstr)
        events.setdefault(one.language, []).append(
            LedgerEvent(key, "carry", who, str(day), " ".join(why.split()), one.old)
        )
        count += 1
    for language, rows in events.items():
        path = project.ledger(language)
        with locked_folder(path.parent):
            ledger.append_events(path, rows)
    extract_messages(Project(project.root))
    return count
