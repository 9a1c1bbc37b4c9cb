"""Turn a form into an answer: the same rules as `leaflets sign`, a reason for every warning, an answer to every question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.base.clock import today
from generator.base.message_text import on_one_line
from generator.campaign.respell import respelt_text
from generator.model import Language
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot
from generator.review.state import LedgerEvent
from generator.signing import comments, pace, undo, unsaved
from generator.signing.sign import (
    QUESTION_CHECKS,
    SentenceTask,
    correct_wording,
    corrected_task,
    reject_wording,
    sign_wording,
)
from generator.signing.unsaved import TypedText
from generator.web.desk import server_state

LONGEST_TYPED = 8_000
"""Characters of a typed text that are kept: far more than a sentence."""
WORDING_ACTIONS = ("sign", "wrote", "correct", "reject")
"""Buttons that say something about the exact wording on the screen."""
WHY_PREFIX = "why-"
"""First letters of the fields with reasons; the id of the check follows."""


@dataclass(frozen=True)
class SentenceForm:
    """What a reader sent: which button, the wording that was on the screen, and what was typed."""

    language: str
    domain: str
    msgctxt: str
    do: str
    key: str
    seen: str
    english: str
    text: str
    at: str = ""
    """When it was shown (`web/stamp`)."""
    reason: str = ""
    comment: str = ""
    why: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, sent: Mapping[str, str], language: str, domain: str, msgctxt: str) -> SentenceForm:
        """Return the form of a request; line ends of browsers become spaces."""
        fields = {
            name: sent.get(name, "")[:LONGEST_TYPED]
            for name in ("do", "key", "seen", "english", "at", "reason", "comment")
        }
        why = {
            name.removeprefix(WHY_PREFIX): value.strip()
            for name, value in sent.items()
            if name.startswith(WHY_PREFIX) and value.strip()
        }
        seen = fields["seen"] if "text" not in sent else sent["text"]
        return cls(
            language, domain, msgctxt, text=on_one_line(seen)[:LONGEST_TYPED], why=why, **fields
        )


@dataclass(frozen=True)
class ProblemGroup:
    """What one check finds in a sentence: `kind` is error, warning or question."""

    code: str
    kind: str
    problems: tuple[Problem, ...]


def problem_groups(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Return the problems by check, errors first and questions last."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.code, []).append(problem)
    kinds = {
        code: "question"
        if code in QUESTION_CHECKS
        else max(one.severity == "error" for one in some)
        for code, some in found.items()
    }
    rows = [
        ProblemGroup(
            code,
            kind if isinstance(kind, str) else "error" if kind else "warning",
            tuple(found[code]),
        )
        for code, kind in kinds.items()
    ]
    return sorted(rows, key=lambda group: ("error", "warning", "question").index(group.kind))


def keep_typed(form: SentenceForm, who: str, text: str) -> None:
    """Keep a typed text for this reader, or forget it if it is empty or what stands there anyway."""
    place = undo.typed_key(form.language, form.domain, form.msgctxt)
    with unsaved.change_desk(server_state().root, who) as mine:
        mine.texts.pop(place, None)
        if text.strip() and text != on_one_line(form.seen):
            mine.texts[place] = TypedText(text, form.seen, form.english)


def perform_action(snapshot: Snapshot, task: SentenceTask, form: SentenceForm, who: str) -> str:
    """Do what a form says; return a notice if it was not done for another reason than a problem.

    Raises LeafletsError with what stands against it.
    """
    if form.do == "skip":
        return ""
    if form.do in ("sign", "wrote") and task.text.msgstr and differs_from(form.text, task):
        return "changed"
    before, after, events = _record(snapshot, task, form, who)
    if form.do == "ask" and not events:
        return ""  # sent twice
    undo.remember_answer(snapshot.project, who, form.do, before, after, events)
    return ""


def seconds_before(do: str, task: SentenceTask) -> float:
    """Return for how many seconds a sentence must have been shown before a button may be pressed."""
    if do in WORDING_ACTIONS:
        return pace.reading_pause(task.message.msgid, task.text.msgstr)
    return pace.SHORTEST_PAUSE if do in ("drop", "skip") else 0.0


def meant_text(text: str, row: Language) -> str:
    """Return the text in the letters that were meant, where another keyboard certainly typed others; else nothing."""
    found = respelt_text(text, row)
    return found if found != text else ""


def differs_from(text: str, task: SentenceTask) -> bool:
    """Tell whether a typed text is another one than the sentence has; spaces at its ends are none of the reader's doing."""
    return on_one_line(text) != on_one_line(task.text.msgstr)


def _record(
    snapshot: Snapshot, task: SentenceTask, form: SentenceForm, who: str
) -> tuple[SentenceTask, SentenceTask, list[LedgerEvent]]:
    project, day = snapshot.project, today()
    if form.do == "ask":
        return (
            task,
            task,
            comments.add_comment(
                project, form.language, form.domain, form.msgctxt, who, day, form.comment
            ),
        )
    if form.do == "reject":
        return task, task, reject_wording(project, task, who, day, form.reason)
    if form.do in ("sign", "wrote", "correct") and not differs_from(form.text, task):
        return (
            task,
            task,
            sign_wording(project, task, who, day, _reasons(task, form), wrote=form.do == "wrote"),
        )
    if form.do in ("sign", "correct"):
        after = corrected_task(snapshot, task, form.text, who)
        return task, after, correct_wording(project, task, after, who, day, _reasons(after, form))
    raise LeafletsError(
        Problem("unknown-name", f"no button {form.do!r}", hint="load the page again")
    )


def _reasons(task: SentenceTask, form: SentenceForm) -> dict[str, str]:
    """Return the reader's reasons for the warnings that there are; an answer to anything else is not kept."""
    return {
        problem.code: form.why[problem.code]
        for problem in task.problems
        if form.why.get(problem.code)
    }
