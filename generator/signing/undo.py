"""Take back what a reader did on the page, also after the page was closed or the computer restarted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.base.digests import digest
from generator.campaign.project import Project
from generator.model import State
from generator.problem import LeafletsError, Problem
from generator.review import ledger
from generator.review.snapshot import Snapshot
from generator.review.state import LedgerEvent
from generator.signing import comments, unsaved
from generator.signing.sign import SentenceTask, task_for, undo_events
from generator.signing.unsaved import UndoableAnswer

OVER = ("sign-conflict", "undo-late", "sentence-gone")
"""Why an answer cannot be taken back any more."""
SIGNING = ("sign", "wrote", "correct")
"""Answers after which nothing of the reader's own waits: whoever rejects a wording or asks about it keeps what they typed."""


def remember_answer(
    project: Project,
    who: str,
    deed: str,
    before: SentenceTask,
    after: SentenceTask,
    events: Iterable[LedgerEvent],
) -> None:
    """Keep an answer so that it can be taken back, and forget what was typed once it is signed."""
    rows = tuple(ledger.event_row(event) for event in events)
    one = UndoableAnswer(
        before.language,
        before.domain,
        before.message.msgctxt,
        deed,
        before.text.msgstr,
        after.text.msgstr,
        before.text.old,
        rows,
    )
    with unsaved.change_desk(project.root, who) as desk:
        desk.answers.append(one)
        if deed in SIGNING:
            desk.texts.pop(typed_key(before.language, before.domain, before.message.msgctxt), None)


def typed_key(language: str, domain: str, msgctxt: str) -> str:
    """Return under which name a typed text is kept."""
    return f"{language}/{domain}/{msgctxt}"


def last_answer(project: Project, who: str) -> UndoableAnswer | None:
    """Return the answer that would be taken back."""
    answers = unsaved.read_desk(project.root, who).answers
    return answers[-1] if answers else None


def overwritten_answers(
    snapshot: Snapshot, who: str, language: str, domain: str
) -> dict[str, UndoableAnswer]:
    """Return this reader's corrections that another program put back, by sentence: an editor that had the file open saved it over them."""
    mine = [
        one
        for one in unsaved.read_desk(snapshot.project.root, who).answers
        if (one.language, one.domain) == (language, domain)
    ]
    newest = {one.msgctxt: one for one in mine if one.after != one.before}
    texts = snapshot.texts(language, domain)
    return {
        name: one
        for name, one in newest.items()
        if name in texts and texts[name].msgstr == one.before
    }


def answer_mark(answer: UndoableAnswer) -> str:
    """Return a short name of an answer: a button to take it back means this one and no other."""
    return digest(repr(answer))[:16]


def take_back_answer(snapshot: Snapshot, who: str, which: str) -> UndoableAnswer:
    """Take back the last answer, whose `answer_mark` is `which`, and return it.

    Raises LeafletsError if there is none, if it is another one, or if somebody built on it meanwhile; then the next time means the
    answer before.
    """
    over: LeafletsError | None = None
    with unsaved.change_desk(snapshot.project.root, who) as desk:
        if not desk.answers:
            raise LeafletsError(
                Problem("undo-nothing", "there is nothing to take back", hint="go on reading")
            )
        if answer_mark(desk.answers[-1]) != which:
            hint = "go back to the leaflet; it offers what can be taken back now"
            raise LeafletsError(
                Problem(
                    "undo-other",
                    "this was taken back already, or you did something after it",
                    hint=hint,
                )
            )
        answer = desk.answers.pop()
        try:
            _take_back(snapshot, who, answer)
        except LeafletsError as error:
            if error.problems[0].code not in OVER:
                raise
            over = error
        if (
            answer.deed != "ask"
        ):  # the same text may have been signed again, after another program had put the older one back
            desk.answers[:] = [
                one for one in desk.answers if replace(one, events=()) != replace(answer, events=())
            ]
    if over:
        raise over
    return answer


def _take_back(snapshot: Snapshot, who: str, answer: UndoableAnswer) -> None:
    events = [ledger.event_from_row(row) for row in answer.events]
    if answer.deed == "ask":
        comments.withdraw_comments(snapshot.project, answer.language, events)
        return
    text = snapshot.texts(answer.language, answer.domain).get(answer.msgctxt)
    if text is None:
        raise LeafletsError(
            Problem(
                "sentence-gone",
                "this sentence is no longer in the leaflet",
                hint="there is nothing to take back",
            )
        )
    sides = (
        replace(text, msgstr=answer.before, old=answer.old, state=State.DRAFT),
        replace(text, msgstr=answer.after, old="", state=State.DRAFT),
    )
    before, after = (
        task_for(snapshot, answer.language, answer.domain, side, who) for side in sides
    )
    others = sorted(after.standing.people - {who})
    if answer.before != answer.after and others:
        hint = "change the sentence again if it is wrong, or ask them"
        raise LeafletsError(
            Problem("undo-late", f"{', '.join(others)} signed your wording meanwhile", hint=hint)
        )
    undo_events(snapshot.project, before, after, events)
