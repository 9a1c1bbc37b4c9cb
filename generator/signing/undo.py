"""Take back what a reader did on the page, also after closing it or restarting the computer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.base.digests import digest
from generator.campaign.project import Project
from generator.model import State
from generator.problem import LeafletsError, refusal
from generator.review.ledger import event_from_row, event_row
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.signing import comments, unsaved
from generator.signing.sentence_task import SentenceTask, task_for
from generator.signing.sign import ReaderAction, undo_events
from generator.signing.unsaved import UndoableAnswer

# Why an answer cannot be taken back any more.
NOT_ANY_MORE = ("sign-conflict", "undo-late", "sentence-gone")

# Answers that settle what was typed; whoever rejects a wording or asks about it keeps it.
SIGNATURES = (ReaderAction.SIGN, ReaderAction.WROTE, ReaderAction.CORRECT)


def remember_answer(
    project: Project,
    who: str,
    action: ReaderAction,
    before: SentenceTask,
    after: SentenceTask,
    events: Iterable[LedgerEvent],
) -> None:
    """Keep an answer so that it can be taken back, and forget what was typed once it is signed."""
    language, domain, name = before.language, before.domain, before.message.msgctxt
    answer = UndoableAnswer(
        language,
        domain,
        name,
        action,
        before.text.msgstr,
        after.text.msgstr,
        before.text.old,
        tuple(map(event_row, events)),
    )
    with unsaved.change_desk(project.root, who) as desk:
        desk.answers.append(answer)
        if action in SIGNATURES:
            desk.texts.pop(typed_key(language, domain, name), None)


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
    """Return this reader's corrections that another program put back, by sentence.

    An editor that had the file open saved it over them. Where more people signed the text that
    stands, it was put there by the program, and rightly.
    """
    texts = snapshot.texts(language, domain)
    answers = unsaved.read_desk(snapshot.project.root, who).answers
    newest = {
        answer.msgctxt: answer
        for answer in answers
        if (answer.language, answer.domain) == (language, domain) and answer.after != answer.before
    }
    return {
        name: answer
        for name, answer in newest.items()
        if name in texts and texts[name].msgstr == answer.before and not texts[name].contested
    }


def answer_mark(answer: UndoableAnswer) -> str:
    """Return a short name of an answer: a button to take it back means this one and no other."""
    return digest(repr(answer))[:16]


def take_back_answer(snapshot: Snapshot, who: str, which: str) -> UndoableAnswer:
    """Take back the last answer, whose `answer_mark` is `which`, and return it.

    Raise LeafletsError if there is none, if it is another one, or if somebody built on it
    meanwhile; then the next time means the answer before.
    """
    too_late: LeafletsError | None = None
    with unsaved.change_desk(snapshot.project.root, who) as desk:
        if not desk.answers:
            what = "there is nothing to take back"
            raise refusal("undo-nothing", what, hint="go on reading")
        if answer_mark(desk.answers[-1]) != which:
            what = "this was taken back already, or you did something after it"
            hint = "go back to the leaflet; it offers what can be taken back now"
            raise refusal("undo-other", what, hint=hint)
        answer = desk.answers.pop()
        try:
            _take_back(snapshot, who, answer)
        except LeafletsError as error:
            if error.problems[0].code not in NOT_ANY_MORE:
                raise
            too_late = error
        # The same text may have been signed again, after another program had put the older back.
        if answer.action != ReaderAction.ASK:
            bare = replace(answer, events=())
            desk.answers[:] = [one for one in desk.answers if replace(one, events=()) != bare]
    if too_late:
        raise too_late
    return answer


def _take_back(snapshot: Snapshot, who: str, answer: UndoableAnswer) -> None:
    language, events = answer.language, [event_from_row(row) for row in answer.events]
    if answer.action == ReaderAction.ASK:
        comments.withdraw_comments(snapshot.project, language, events)
        return
    text = snapshot.texts(language, answer.domain).get(answer.msgctxt)
    if text is None:
        what = "this sentence is no longer in the leaflet"
        raise refusal("sentence-gone", what, hint="there is nothing to take back")

    before, after = (
        task_for(snapshot, language, answer.domain, side, who)
        for side in (
            replace(text, msgstr=answer.before, old=answer.old, state=State.DRAFT),
            replace(text, msgstr=answer.after, old="", state=State.DRAFT),
        )
    )
    others = sorted(after.support.signers - {who})
    if answer.before != answer.after and others:
        what = f"{', '.join(others)} signed your wording meanwhile"
        hint = "change the sentence again if it is wrong, or ask them"
        raise refusal("undo-late", what, hint=hint)
    undo_events(snapshot.project, before, after, events)
