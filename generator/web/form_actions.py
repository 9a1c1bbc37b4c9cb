"""Turn a form into an answer, by the rules of `leaflets sign`.

Every warning needs a reason, and every question an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.base.clock import today
from generator.base.message_text import on_one_line
from generator.campaign.respell import respelt_text
from generator.model import Language
from generator.problem import LeafletsError, Problem, errors_among
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.signing import comments, pace, undo, unsaved
from generator.signing.sentence_task import QUESTION_CHECKS, SentenceTask, corrected_task
from generator.signing.sign import ReaderAction, correct_wording, reject_wording, sign_wording
from generator.signing.unsaved import TypedText
from generator.web.server_state import server_state


class Button(StrEnum):
    """What a button of the sentence's screen asks for."""

    SIGN = "sign"
    WROTE = "wrote"
    CORRECT = "correct"
    REJECT = "reject"
    ASK = "ask"
    SKIP = "skip"
    DROP = "drop"
    LOOK = "look"
    MEND = "mend"
    CHOOSE = "choose"
    """Put another text that people signed into the field; its key follows."""


# Characters of a typed text that are kept: far more than a sentence.
LONGEST_TYPED = 8_000

# Buttons that say something about the exact wording on the screen.
WORDING_BUTTONS = (Button.SIGN, Button.WROTE, Button.CORRECT, Button.REJECT)

# How the fields with reasons begin; the id of the check follows.
WHY_PREFIX = "why-"


@dataclass(frozen=True)
class SentenceForm:
    """What a reader sent: the button, the wording that was on the screen, and what was typed."""

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
        names = ("do", "key", "seen", "english", "at", "reason", "comment")
        fields = {name: sent.get(name, "")[:LONGEST_TYPED] for name in names}
        text = on_one_line(sent.get("text", fields["seen"]))[:LONGEST_TYPED]
        why = {
            name.removeprefix(WHY_PREFIX): value.strip()
            for name, value in sent.items()
            if name.startswith(WHY_PREFIX) and value.strip()
        }
        return cls(language, domain, msgctxt, text=text, why=why, **fields)


class GroupKind(StrEnum):
    """What a reader does about a finding, in the order of the screen."""

    ERROR = "error"
    WARNING = "warning"
    QUESTION = "question"


@dataclass(frozen=True)
class ProblemGroup:
    """What one check finds in a sentence."""

    code: str
    kind: GroupKind
    problems: tuple[Problem, ...]


def problem_groups(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Return the problems by check, errors first and questions last."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.code, []).append(problem)
    groups = [ProblemGroup(code, _kind_of(code, some), tuple(some)) for code, some in found.items()]
    return sorted(groups, key=lambda group: list(GroupKind).index(group.kind))


def _kind_of(code: str, problems: list[Problem]) -> GroupKind:
    if code in QUESTION_CHECKS:
        return GroupKind.QUESTION
    return GroupKind.ERROR if errors_among(problems) else GroupKind.WARNING


def keep_typed(form: SentenceForm, who: str, text: str) -> None:
    """Keep a typed text for this reader; forget it if it is empty or what stands there anyway."""
    place = undo.typed_key(form.language, form.domain, form.msgctxt)
    with unsaved.change_desk(server_state().root, who) as mine:
        mine.texts.pop(place, None)
        if text.strip() and text != on_one_line(form.seen):
            mine.texts[place] = TypedText(text, form.seen, form.english)


def seconds_before(do: str, task: SentenceTask) -> float:
    """Return for how many seconds a sentence must be on the screen before a button works."""
    if do in WORDING_BUTTONS:
        return pace.reading_pause(task.message.msgid, task.text.msgstr)
    return pace.SHORTEST_PAUSE if do in (Button.DROP, Button.SKIP) else 0.0


def meant_text(text: str, row: Language) -> str:
    """Return the text in the letters that another keyboard certainly missed; "" if it has them."""
    found = respelt_text(text, row)
    return found if found != text else ""


def chosen_text(form: SentenceForm, task: SentenceTask) -> str:
    """Return the other text that a button puts into the field; "" for other buttons."""
    name, _, key = form.do.partition(" ")
    texts = {rival.key: rival.msgstr for rival in task.rivals}
    return texts.get(key, "") if name == Button.CHOOSE else ""


def differs_from(text: str, task: SentenceTask) -> bool:
    """Tell whether a typed text is another one than the sentence has, spaces at its ends aside."""
    return on_one_line(text) != on_one_line(task.text.msgstr)


def perform_action(snapshot: Snapshot, task: SentenceTask, form: SentenceForm, who: str) -> str:
    """Do what a form says; return a notice if it was not done for another reason than a problem.

    Raises LeafletsError with what stands against it.
    """
    if form.do == Button.SKIP:
        return ""
    signs = form.do in (Button.SIGN, Button.WROTE)
    if signs and task.text.msgstr and differs_from(form.text, task):
        return "changed"
    after, events = _record(snapshot, task, form, who)
    # A comment that arrives twice is written once, and there is nothing new to take back.
    sent_twice = form.do == Button.ASK and not events
    if not sent_twice:
        undo.remember_answer(snapshot.project, who, ReaderAction(form.do), task, after, events)
    return ""


def _record(
    snapshot: Snapshot, task: SentenceTask, form: SentenceForm, who: str
) -> tuple[SentenceTask, list[LedgerEvent]]:
    """Write the answer; return the sentence as it is now, and the events written."""
    project, day = snapshot.project, today()
    if form.do == Button.ASK:
        return task, comments.add_comment(project, task, who, day, form.comment)
    if form.do == Button.REJECT:
        return task, reject_wording(project, task, who, day, form.reason)
    if form.do in WORDING_BUTTONS and not differs_from(form.text, task):
        wrote = form.do == Button.WROTE
        return task, sign_wording(project, task, who, day, _reasons(task, form), wrote=wrote)
    if form.do in (Button.SIGN, Button.CORRECT):
        after = corrected_task(snapshot, task, form.text, who)
        return after, correct_wording(project, task, after, who, day, _reasons(after, form))
    raise LeafletsError(
        Problem("unknown-name", f"no button {form.do!r}", hint="load the page again")
    )


def _reasons(task: SentenceTask, form: SentenceForm) -> dict[str, str]:
    """Return the reader's reasons for the warnings that there are; other reasons are dropped."""
    codes = {problem.code for problem in task.problems}
    return {code: why for code, why in form.why.items() if code in codes}
