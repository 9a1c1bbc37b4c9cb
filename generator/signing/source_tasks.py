"""What an organiser reads and signs of the source: rules, leaflets as a whole, words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.campaign.project import Project
from generator.model import Risk, State
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.source_changes import signed_before
from generator.review.source_texts import POLICY_ID, WHOLE_ID
from generator.signing.record_answer import record_source
from generator.signing.sentence_task import SentenceTask, sentence_tasks
from generator.signing.sign import refuse_unsignable


def source_tasks(snapshot: Snapshot, domains: Iterable[str], who: str) -> list[SentenceTask]:
    """Return what `who` can still sign of the source.

    A leaflet as a whole stands for its sentences, but for those that somebody finds wrong.
    """
    source, found = snapshot.project.campaign.source, []
    for domain in domains:
        tasks = list(sentence_tasks(snapshot, source, [domain], who))
        whole = any(task.message.msgctxt == WHOLE_ID for task in tasks)
        found += [task for task in tasks if not whole or _stands_alone(task)]
    return found


def _stands_alone(task: SentenceTask) -> bool:
    disputed = task.support.rejected or bool(task.support.doubts)
    return task.message.msgctxt == WHOLE_ID or disputed


@dataclass(frozen=True)
class SourceLeft:
    """What of the source is not ready, and why."""

    mine: int = 0
    """Texts that this organiser can sign."""
    people: int = 0
    """Texts that they signed, and too few people besides."""
    keys: int = 0
    """Texts that enough people signed on one computer alone."""


def source_left(snapshot: Snapshot, domains: Iterable[str], who: str) -> SourceLeft:
    """Return what is left to sign; a leaflet whose whole waits counts as one."""
    source, found = snapshot.project.campaign.source, SourceLeft()
    for domain in domains:
        texts = snapshot.texts(source, domain)
        waiting = [text for text in texts.values() if text.state is not State.READY]
        if WHOLE_ID in texts and texts[WHOLE_ID] in waiting:
            waiting = [texts[WHOLE_ID]]
        for text in waiting:
            if text.one_key:
                found = replace(found, keys=found.keys + 1)
            elif who in snapshot.support(source, text).signers:
                found = replace(found, people=found.people + 1)
            else:
                found = replace(found, mine=found.mine + 1)
    return found


def sign_together(
    project: Project, tasks: Sequence[SentenceTask], who: str, day: date
) -> list[LedgerEvent]:
    """Sign texts of the source that were shown as one list; return the events, one a text.

    Raise LeafletsError if one says something else by now; then none is signed.
    """
    for task in tasks:
        refuse_unsignable(task, {})
    events = [task.event(LedgerAction.SIGN, who, day) for task in tasks]
    return record_source(project, tasks, events)


def take_back_together(
    project: Project, tasks: Sequence[SentenceTask], events: Iterable[LedgerEvent]
) -> None:
    """Take back one's own signatures of a list."""
    record_source(project, tasks, [event.withdrawal() for event in events])


def in_one_list(snapshot: Snapshot, tasks: Iterable[SentenceTask]) -> list[SentenceTask]:
    """Return the labels and words that can be signed together.

    Nothing is wrong with them, nobody is harmed by them, and people signed none in another form:
    what changed is shown by itself, with what it was.
    """
    return [
        task
        for task in tasks
        if task.message.msgctxt not in (WHOLE_ID, POLICY_ID)
        and task.message.risk is Risk.PLAIN
        and not (task.problems or task.support.rejected or task.support.doubts)
        and signed_before(snapshot, task.domain, task.text) is None
    ]
