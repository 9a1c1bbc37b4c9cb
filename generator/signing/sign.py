"""Sign, correct, reject and take back: each binds to the exact wording that the reader saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem, errors_among, refusal
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.signing.record_answer import record_answer
from generator.signing.sentence_task import SentenceTask

# Letters of a reason: fewer are a slip of the finger.
SHORTEST_REASON = 3
NO_REASON = Problem(
    "sign-reason", "no reason", hint="say in a few words what is wrong, for whoever corrects it"
)
NO_WORDS = Problem(
    "report-says",
    "no words",
    hint='say what the person said: --says "the number does not answer"',
)


class ReaderAction(StrEnum):
    """What a reader does with a sentence, by the words that buttons, files and `--json` use."""

    SIGN = "sign"
    WROTE = "wrote"
    """Sign a text of unknown origin as its writer."""
    CORRECT = "correct"
    REJECT = "reject"
    ASK = "ask"
    """Say something to the other readers, in a comment."""


def sign_wording(
    project: Project,
    task: SentenceTask,
    who: str,
    day: date,
    dismissed: Mapping[str, str],
    wrote: bool = False,
) -> list[LedgerEvent]:
    """Record a signature, and why the warnings in `dismissed` are wrong; return the events.

    It answers whoever said that the wording is wrong. Raise LeafletsError over an error, over a
    warning without a reason, and if the text is not the one that was seen.
    """
    refuse_unsignable(task, dismissed)
    action = LedgerAction.WRITE if wrote else LedgerAction.SIGN
    events = _signature(task, task, action, who, day, dismissed)
    return record_answer(project, task, task, events + doubt_answers(task, who, day))


def correct_wording(
    project: Project,
    before: SentenceTask,
    after: SentenceTask,
    who: str,
    day: date,
    dismissed: Mapping[str, str],
) -> list[LedgerEvent]:
    """Sign the wording of `after` instead of `before`; return the events.

    It stands in the catalogue unless more people are behind another one (`text_instead` says so);
    then it is kept as a suggestion. Raise LeafletsError as `sign_wording` does; then nothing was
    written.
    """
    refuse_correction(project, before)
    refuse_unsignable(after, dismissed)
    # Whoever chooses a wording that others signed is no writer of it.
    action = LedgerAction.SIGN if after.support.signers else LedgerAction.WRITE
    events = _signature(before, after, action, who, day, dismissed)
    return record_answer(project, before, after, events)


def refuse_correction(project: Project, task: SentenceTask) -> None:
    """Raise LeafletsError for a text of the source, which is written in its file alone."""
    if task.language == project.campaign.source:
        hint = f"change it in {task.message.where}, then sign it"
        raise refusal("source-correct", "the source is written in its file", hint=hint)


def _signature(
    seen: SentenceTask,
    task: SentenceTask,
    action: LedgerAction,
    who: str,
    day: date,
    dismissed: Mapping[str, str],
) -> list[LedgerEvent]:
    """Return the events of a signature, which names the wordings that it was chosen over."""
    over = {seen.key} if seen.text.msgstr else set()
    over |= {rival.key for rival in (*seen.rivals, *task.rivals)}
    reasons = sorted(dismissed.items())
    return [
        replace(task.event(action, who, day), over=" ".join(sorted(over - {task.key}))),
        *(part.event(action, who, day) for part in task.parts),
        *(task.event(LedgerAction.DISMISS, who, day, why, check) for check, why in reasons),
    ]


def reject_wording(
    project: Project, task: SentenceTask, who: str, day: date, why: str
) -> list[LedgerEvent]:
    """Record that a wording must not be used; raise LeafletsError without a reason."""
    event = task.event(LedgerAction.REJECT, who, day, require_reason(why))
    return record_answer(project, task, task, [event])


def doubt_answers(task: SentenceTask, who: str, day: date, why: str = "") -> list[LedgerEvent]:
    """Return the events that answer everybody who said that a wording is wrong."""
    return [
        task.event(LedgerAction.ANSWER, who, day, why, doubt) for doubt, _ in task.support.doubts
    ]


def record_doubt(
    project: Project, task: SentenceTask, who: str, day: date, says: str
) -> list[LedgerEvent]:
    """Record what somebody who holds the leaflet says is wrong; `who` entered it.

    The sentence is not ready until a reader answers. Raise LeafletsError without words.
    """
    words = require_reason(says, NO_WORDS)
    return record_events(project, task, [task.event(LedgerAction.DOUBT, who, day, words)])


def record_events(
    project: Project, task: SentenceTask, events: list[LedgerEvent]
) -> list[LedgerEvent]:
    """Add events about a wording that stays as it is, and return what was added."""
    return record_answer(project, task, task, events)


def undo_events(
    project: Project, before: SentenceTask, after: SentenceTask, events: Iterable[LedgerEvent]
) -> None:
    """Take back one's own events, and the wording too if it was corrected.

    Nothing is erased from the ledger.
    """
    record_answer(project, after, before, [event.withdrawal() for event in events], undoes=True)


def refuse_unsignable(task: SentenceTask, dismissed: Mapping[str, str]) -> None:
    """Raise LeafletsError over what nobody can sign.

    That is no text, fake text, an error, and a warning or question without an answer.
    """
    if not task.text.msgstr.strip():
        hint = "write the translation, or skip the sentence"
        raise refusal("sign-missing", "there is no text to sign", hint=hint)
    if any(engine.startswith("pseudo-") for engine in task.support.engines):
        what = "this is fake text for designers, no translation"
        hint = f"leaflets draft {task.language} --engine pseudo --clear takes all of it back"
        raise refusal("sign-fake", what, hint=hint)

    wrong, advice = errors_among(task.problems), "nobody can sign over an error"
    if not wrong:
        advice = "or say why it is right"
        wrong = [
            problem
            for problem in task.problems
            if len(dismissed.get(problem.code, "").strip()) < SHORTEST_REASON
        ]
    if wrong:
        raise LeafletsError(
            *(replace(problem, hint=f"{problem.hint}; {advice}") for problem in wrong)
        )


def require_reason(why: str, refusal: Problem = NO_REASON) -> str:
    """Return a reason on one line; raise LeafletsError with `refusal` where it says nothing."""
    if len(why.strip()) < SHORTEST_REASON:
        raise LeafletsError(refusal)
    return " ".join(why.split())
