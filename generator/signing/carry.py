"""Carry signatures over a cosmetic change of the English, by one person's recorded decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.base.digests import wording_key
from generator.base.files import locked
from generator.base.names import pick
from generator.campaign.project import Project
from generator.catalogue.change import Kind, classify
from generator.model import State
from generator.problem import LeafletsError, Problem
from generator.review import ledger
from generator.review.behind import behind
from generator.review.extract import extract
from generator.review.snapshot import Snapshot
from generator.review.state import Event, standing
from generator.signing.sign import FEWEST


@dataclass(frozen=True)
class Carried:
    """One message whose signatures go on to the new English."""

    language: str
    domain: str
    msgctxt: str
    old: str
    new: str


def cosmetic(project: Project, languages: Iterable[str], domains: Iterable[str]) -> list[Carried]:
    """Return what can be carried over: text that people signed for an English which differs in case and punctuation only."""
    snapshot = Snapshot(project)
    if behind(snapshot, domains := list(domains)):
        what = "the English has changed since the last extract, which says what each change is"
        raise LeafletsError(Problem("extract-first", what, hint="leaflets extract"))
    found = []
    for language in pick("language", languages, project.campaign.languages):
        for domain in domains if language != "en" else ():
            for name, text in snapshot.texts(language, domain).items():
                stale = (
                    text.state is State.STALE
                    and classify(text.old, text.message.msgid).kind is Kind.COSMETIC
                )
                if (
                    stale
                    and standing(
                        snapshot.ledger(language), language, name, text.old, text.msgstr
                    ).known
                ):
                    found.append(Carried(language, domain, name, text.old, text.message.msgid))
    return found


def carry(project: Project, found: Iterable[Carried], who: str, day: date, why: str) -> int:
    """Record the decision for each message and update the catalogues; return how many. Raises LeafletsError without a reason."""
    if len(why.strip()) < FEWEST:
        raise LeafletsError(
            Problem(
                "sign-reason",
                "no reason",
                hint='say why nothing changes for a reader: --why "a comma"',
            )
        )
    snapshot, count = Snapshot(project), 0
    events: dict[str, list[Event]] = {}
    for one in found:
        text = snapshot.texts(one.language, one.domain)[one.msgctxt]
        key = wording_key(one.language, one.msgctxt, one.new, text.msgstr)
        events.setdefault(one.language, []).append(
            Event(key, "carry", who, str(day), " ".join(why.split()), one.old)
        )
        count += 1
    for language, rows in events.items():
        path = project.ledger(language)
        with locked(path.parent):
            ledger.append(path, rows)
    extract(Project(project.root))
    return count
