"""What became of an answer from paper, spreadsheet or phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.base.short_codes import code_as_printed
from generator.problem import Problem, Severity
from generator.review.ledger_event import LedgerEvent
from generator.signing.sentence_task import QUESTION_CHECKS, SentenceTask
from generator.signing.sign import ReaderAction
from generator.worksheet.rows import SheetAnswer


class AnswerOutcome(StrEnum):
    """What became of an answer."""

    TAKEN = "taken"
    ALREADY = "already"
    EMPTY = "empty"
    REFUSED = "refused"


@dataclass(frozen=True)
class AnswerVerdict:
    """What became of one answer, and why it was refused."""

    answer: SheetAnswer
    outcome: AnswerOutcome
    action: ReaderAction | None = None
    before: SentenceTask | None = None
    after: SentenceTask | None = None
    problems: tuple[Problem, ...] = ()
    events: tuple[LedgerEvent, ...] = ()

    def row(self) -> dict[str, object]:
        """Return the verdict as the JSON object that `--json` promises."""
        task = self.after or self.before
        return {
            "code": code_as_printed(self.answer.code) or self.answer.code,
            "place": self.answer.place,
            "outcome": self.outcome,
            "deed": self.action or "",
            "leaflet": task.domain if task else "",
            "msgctxt": task.message.msgctxt if task else "",
            "problems": [problem.row() for problem in self.problems],
        }

    def refused(self, problems: Iterable[Problem]) -> AnswerVerdict:
        """Return the verdict that an answer cannot count, with the reasons and where it stands."""
        unasked = (
            "the question on the sheet was not answered with yes: ask the reader, do not answer "
            "it yourself"
        )
        reasons = (
            replace(problem, hint=unasked) if problem.code in QUESTION_CHECKS else problem
            for problem in problems
        )
        placed = tuple(problem.at(where=self.answer.place) for problem in reasons)
        return replace(self, outcome=AnswerOutcome.REFUSED, problems=placed)


def given_reasons(task: SentenceTask, answer: SheetAnswer) -> dict[str, str]:
    """Return what a reader answered to each open warning and question of a sentence."""
    seen, reason = "seen" if answer.seen else "", " ".join(answer.reason.split())
    return {
        problem.code: seen if problem.code in QUESTION_CHECKS else reason
        for problem in task.problems
        if problem.severity != Severity.ERROR
    }


def repeated_codes(answers: Sequence[SheetAnswer]) -> dict[int, AnswerVerdict]:
    """Return verdicts, by number, for codes that were answered more than once.

    All are refused if they contradict each other, else all but the first.
    """
    numbers_by_code: dict[str, list[int]] = {}
    for number, answer in enumerate(answers, 1):
        if not answer.empty and (code := code_as_printed(answer.code)):
            numbers_by_code.setdefault(code, []).append(number)
    found = {}
    for code, numbers in numbers_by_code.items():
        same = len({answers[number - 1].said for number in numbers}) == 1
        hint = "" if same else "the answers differ: ask the reader, and "
        for number in numbers[same:] if len(numbers) > 1 else ():
            others = ", ".join(
                answers[other - 1].place or str(other) for other in numbers if other != number
            )
            what = f"{code} is answered twice, also in {others}"
            answer = answers[number - 1]
            problem = Problem("sheet-twice", what, answer.place, f"{hint}keep one of them")
            found[number] = AnswerVerdict(answer, AnswerOutcome.REFUSED, problems=(problem,))
    return found
