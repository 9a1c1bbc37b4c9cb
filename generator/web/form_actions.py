"""Turn a form into an answer: the same rules as `leaflets sign`, a reason for every warning, an answer to every question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.base.clock import today
from generator.base.text import tidy
from generator.campaign.respell import respelt
from generator.model import Language
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot
from generator.review.state import Event
from generator.signing import comments, pace, undo, unsaved
from generator.signing.sign import QUESTIONS, Task, correct, corrected, reject, sign
from generator.signing.unsaved import Typed
from generator.web.desk import desk

LONGEST = 8_000
"""Characters of a typed text that are kept: far more than a sentence."""
WORDING = ("sign", "wrote", "correct", "reject")
"""Buttons that say something about the exact wording on the screen."""
WHY = "why-"
"""First letters of the fields with reasons; the id of the check follows."""


@dataclass(frozen=True)
class Form:
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
    def of(cls, sent: Mapping[str, str], language: str, domain: str, msgctxt: str) -> Form:
        """Return the form of a request; line ends of browsers become spaces."""
        fields = {
            name: sent.get(name, "")[:LONGEST]
            for name in ("do", "key", "seen", "english", "at", "reason", "comment")
        }
        why = {
            name.removeprefix(WHY): value.strip()
            for name, value in sent.items()
            if name.startswith(WHY) and value.strip()
        }
        seen = fields["seen"] if "text" not in sent else sent["text"]
        return cls(language, domain, msgctxt, text=tidy(seen)[:LONGEST], why=why, **fields)


@dataclass(frozen=True)
class Group:
    """What one check finds in a sentence: `kind` is error, warning or question."""

    code: str
    kind: str
    problems: tuple[Problem, ...]


def groups(problems: Iterable[Problem]) -> list[Group]:
    """Return the problems by check, errors first and questions last."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.code, []).append(problem)
    kinds = {
        code: "question" if code in QUESTIONS else max(one.severity == "error" for one in some)
        for code, some in found.items()
    }
    rows = [
        Group(
            code,
            kind if isinstance(kind, str) else "error" if kind else "warning",
            tuple(found[code]),
        )
        for code, kind in kinds.items()
    ]
    return sorted(rows, key=lambda group: ("error", "warning", "question").index(group.kind))


def keep(form: Form, who: str, text: str) -> None:
    """Keep a typed text for this reader, or forget it if it is empty or what stands there anyway."""
    place = undo.place(form.language, form.domain, form.msgctxt)
    with unsaved.changing(desk().root, who) as mine:
        mine.texts.pop(place, None)
        if text.strip() and text != tidy(form.seen):
            mine.texts[place] = Typed(text, form.seen, form.english)


def do(snapshot: Snapshot, task: Task, form: Form, who: str) -> str:
    """Do what a form says; return a notice if it was not done for another reason than a problem.

    Raises LeafletsError with what stands against it.
    """
    if form.do == "skip":
        return ""
    if form.do in ("sign", "wrote") and task.text.msgstr and changed(form.text, task):
        return "changed"
    before, after, events = _record(snapshot, task, form, who)
    if form.do == "ask" and not events:
        return ""  # sent twice
    undo.remember(snapshot.project, who, form.do, before, after, events)
    return ""


def pause(do: str, task: Task) -> float:
    """Return for how many seconds a sentence must have been shown before a button may be pressed."""
    if do in WORDING:
        return pace.pause(task.message.msgid, task.text.msgstr)
    return pace.SHORTEST if do in ("drop", "skip") else 0.0


def meant(text: str, row: Language) -> str:
    """Return the text in the letters that were meant, where another keyboard certainly typed others; else nothing."""
    found = respelt(text, row)
    return found if found != text else ""


def changed(text: str, task: Task) -> bool:
    """Tell whether a typed text is another one than the sentence has; spaces at its ends are none of the reader's doing."""
    return tidy(text) != tidy(task.text.msgstr)


def _record(snapshot: Snapshot, task: Task, form: Form, who: str) -> tuple[Task, Task, list[Event]]:
    project, day = snapshot.project, today()
    if form.do == "ask":
        return (
            task,
            task,
            comments.comment(
                project, form.language, form.domain, form.msgctxt, who, day, form.comment
            ),
        )
    if form.do == "reject":
        return task, task, reject(project, task, who, day, form.reason)
    if form.do in ("sign", "wrote", "correct") and not changed(form.text, task):
        return (
            task,
            task,
            sign(project, task, who, day, _reasons(task, form), wrote=form.do == "wrote"),
        )
    if form.do in ("sign", "correct"):
        after = corrected(snapshot, task, form.text, who)
        return task, after, correct(project, task, after, who, day, _reasons(after, form))
    raise LeafletsError(
        Problem("unknown-name", f"no button {form.do!r}", hint="load the page again")
    )


def _reasons(task: Task, form: Form) -> dict[str, str]:
    """Return the reader's reasons for the warnings that there are; an answer to anything else is not kept."""
    return {
        problem.code: form.why[problem.code]
        for problem in task.problems
        if form.why.get(problem.code)
    }
