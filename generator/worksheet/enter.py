"""Take answers from paper, spreadsheet or phone into the ledger: each by its code, refused with the reason where it cannot count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from generator.base.message_text import on_one_line
from generator.base.short_codes import code_as_printed, name_code, row_code
from generator.campaign.free_text import refuse_private
from generator.campaign.glossary import GLOSSARY
from generator.campaign.private_names import private_names
from generator.campaign.project import Project
from generator.model import State, Translation
from generator.problem import LeafletsError, Problem, refusal
from generator.review import ledger
from generator.review.catalogue_update import refresh_hints
from generator.review.ledger_event import LedgerAction, LedgerEvent, withdrawn_ids
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import (
    QUESTION_CHECKS,
    SentenceTask,
    corrected_task,
    refuse_outdated,
    task_for,
)
from generator.signing.sign import (
    correct_wording,
    refuse_unsignable,
    reject_wording,
    require_reason,
    sign_wording,
    undo_events,
)
from generator.worksheet import versions
from generator.worksheet.refusals import (
    OTHER_WORDS,
    UNKNOWN_SHEET,
    changed_problem,
    refuse_edited,
    refuse_unclear,
    task_code,
    task_digest,
)
from generator.worksheet.rows import AnswerMark, SheetAnswer

AnswerAction = Literal["", "sign", "correct", "reject"]


@dataclass(frozen=True)
class AnswerVerdict:
    """What became of one answer: taken, already there, empty, or refused with the reasons."""

    answer: SheetAnswer
    outcome: Literal["taken", "already", "empty", "refused"]
    deed: AnswerAction = ""
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
            "deed": self.deed,
            "leaflet": task.domain if task else "",
            "msgctxt": task.message.msgctxt if task else "",
            "problems": [problem.row() for problem in self.problems],
        }


@dataclass
class EntryBatch:
    """Answers of one reader for one language, judged against the catalogues as they are now."""

    snapshot: Snapshot
    language: str
    who: str
    day: date
    version: str = ""
    """What somebody read below the square of the sheet; a file holds the digest of each row besides."""
    verdicts: list[AnswerVerdict] = field(default_factory=list)

    @property
    def project(self) -> Project:
        """The campaign's folder."""
        return self.snapshot.project

    @cached_property
    def places(self) -> dict[str, list[tuple[str, Translation]]]:
        """The sentences of the language by the half of their code that no edit changes; two may share one by chance."""
        found: dict[str, list[tuple[str, Translation]]] = {}
        for domain in [*self.project.domains, GLOSSARY]:
            for text in self.snapshot.texts(self.language, domain).values():
                found.setdefault(name_code(self.language, domain, text.message.msgctxt), []).append(
                    (domain, text)
                )
        return found

    @cached_property
    def on_sheet(self) -> frozenset[str]:
        """The digests of the rows that stood on the sheet; nothing if no sheet of this version was made here."""
        return versions.rows_of_version(
            self.project.worksheet_versions(self.language), self.language, self.version
        )

    def seen(self, answer: SheetAnswer) -> SentenceTask:
        """Return the sentence that an answer is about; raise LeafletsError unless its words are those that stood on the sheet."""
        task = self.task(answer.code)
        if not (answer.digest or self.on_sheet):
            raise LeafletsError(UNKNOWN_SHEET.at(where=self.version))
        if task_digest(task) not in ({answer.digest} if answer.digest else self.on_sheet):
            raise LeafletsError(
                OTHER_WORDS.at(
                    language=self.language, leaflet=task.domain, msgctxt=task.message.msgctxt
                )
            )
        return task

    def task(self, typed: str) -> SentenceTask:
        """Return the sentence that a code names; raise LeafletsError if it was mistyped, is unknown, or the sentence has changed."""
        code = code_as_printed(typed)
        if not code:
            hint = "look at the sheet again: letters and digits in two groups of four"
            raise refusal(
                "sheet-mistyped", f"the code {typed.strip()[:20]!r} is mistyped", hint=hint
            )
        near = self.places.get(code[:4], [])
        for domain, text in near:
            if (
                row_code(
                    self.language, domain, text.message.msgctxt, text.message.msgid, text.msgstr
                )
                == code
            ):
                refuse_outdated(self.snapshot, self.language, domain)
                return task_for(self.snapshot, self.language, domain, text, self.who)
        if not near:
            name = self.project.languages[self.language].english
            hint = (
                "is the sheet for another language or another campaign? Print a new one: leaflets worksheet "
                + self.language
            )
            raise refusal(
                "sheet-unknown",
                f"no sentence of the {name} catalogues has the code {code}",
                hint=hint,
            )
        raise LeafletsError(
            *(changed_problem(self.language, code, domain, text) for domain, text in near)
        )

    def judge(self, answer: SheetAnswer) -> AnswerVerdict:
        """Return what would become of one answer; nothing is written."""
        task = None
        try:
            if answer.fault:
                raise refusal(
                    "sheet-cell", answer.fault, hint="type the words themselves into the cell"
                )
            if answer.empty:
                return AnswerVerdict(answer, "empty")
            if done := self.corrected_before(answer):
                return done
            task = self.seen(answer)
            return self.judged(answer, task)
        except LeafletsError as error:
            return _refused(AnswerVerdict(answer, "refused", before=task, after=task), error)

    def corrected_before(self, answer: SheetAnswer) -> AnswerVerdict | None:
        """Return the verdict on a correction that was taken before: the sentence has the new text already, the code is the old."""
        text, code = on_one_line(answer.text), code_as_printed(answer.code)
        for domain, found in self.places.get(code[:4], []) if text else ():
            if found.msgstr == text:
                task = task_for(self.snapshot, self.language, domain, found, self.who)
                if self.who in task.support.signers:
                    return AnswerVerdict(answer, "already", "correct", task, task)
        return None

    def judged(self, answer: SheetAnswer, task: SentenceTask) -> AnswerVerdict:
        """Return the verdict on an answer to a sentence that is as it was on the sheet."""
        text = on_one_line(answer.text)
        text = "" if text == task.text.msgstr else text
        mark = answer.mark or (AnswerMark.AGREE if answer.text and not text else AnswerMark.NONE)
        refuse_edited(answer, task)
        refuse_unclear(mark, text, answer)
        refuse_private(answer.reason, private_names(self.project.locales))
        if text:
            after = corrected_task(self.snapshot, task, text, self.who)
            refuse_unsignable(after, given_reasons(after, answer))
            return AnswerVerdict(answer, "taken", "correct", task, after)
        if mark is AnswerMark.WRONG:
            require_reason(answer.reason)
            return AnswerVerdict(
                answer, "already" if self.rejected(task) else "taken", "reject", task, task
            )
        if self.who in task.support.signers:
            return AnswerVerdict(answer, "already", "sign", task, task)
        refuse_unsignable(task, given_reasons(task, answer))
        return AnswerVerdict(answer, "taken", "sign", task, task)

    def rejected(self, task: SentenceTask) -> bool:
        """Tell whether this reader rejected this wording before, and did not take it back."""
        events = ledger.read_ledger(self.project.ledger(self.language))
        gone = withdrawn_ids(events)
        return any(
            event.key == task.key
            and event.action == LedgerAction.REJECT
            and event.person == self.who
            and event.id not in gone
            for event in events
        )

    def keep(self, verdict: AnswerVerdict) -> AnswerVerdict:
        """Write what a verdict takes, and return it with its events; refused if somebody changed the sentence meanwhile."""
        before, after, answer = verdict.before, verdict.after, verdict.answer
        if verdict.outcome != "taken" or not before or not after:
            return verdict
        try:
            if verdict.deed == "correct":
                events = correct_wording(
                    self.project, before, after, self.who, self.day, given_reasons(after, answer)
                )
            elif verdict.deed == "reject":
                events = reject_wording(self.project, before, self.who, self.day, answer.reason)
            else:
                events = sign_wording(
                    self.project, before, self.who, self.day, given_reasons(before, answer)
                )
        except LeafletsError as error:
            return _refused(verdict, error)
        return replace(verdict, events=tuple(events))


def take_back_entry(
    entering: EntryBatch, code: str, before: str, after: str, events: Collection[str]
) -> None:
    """Take back what a verdict kept: `code` and `before` are the old wording, `after` is the code now, `events` are the ids.

    Raises LeafletsError if the sentence has changed since, or if these are not this reader's events.
    """
    task = entering.task(after)
    found = [
        event
        for event in ledger.read_ledger(entering.project.ledger(entering.language))
        if event.id in events
    ]
    wrote = any(event.action == LedgerAction.WRITE for event in found)
    old = (
        replace(task, text=replace(task.text, msgstr=before, state=State.DRAFT)) if wrote else task
    )
    own = all((event.person, event.key) == (entering.who, task.key) for event in found)
    if not found or not own or task_code(old) != code_as_printed(code):
        raise refusal(
            "sheet-undo", "this is no answer of this reader", hint="look at the sentence again"
        )
    undo_events(entering.project, old, task, found)


def enter_answers(
    entering: EntryBatch,
    answers: Sequence[SheetAnswer],
    apply: bool,
    progress: Callable[[int, int], None] | None = None,
) -> list[AnswerVerdict]:
    """Return the verdict on every answer, in order; with `apply` what is taken is written, one by one."""
    twice = _twice(answers)
    verdicts = []
    for number, answer in enumerate(answers, 1):
        verdict = twice.get(number) or entering.judge(answer)
        verdicts.append(entering.keep(verdict) if apply else verdict)
        if progress:
            progress(number, len(answers))
    if apply and any(
        verdict.outcome == "already" for verdict in verdicts
    ):  # entered before, perhaps not to the end
        refresh_hints(entering.project, entering.language)
    return verdicts


def given_reasons(task: SentenceTask, answer: SheetAnswer) -> dict[str, str]:
    """Return what a reader answered to each open warning and question of a sentence."""
    return {
        problem.code: ("seen" if answer.seen else "")
        if problem.code in QUESTION_CHECKS
        else " ".join(answer.reason.split())
        for problem in task.problems
        if problem.severity != "error"
    }


def _refused(verdict: AnswerVerdict, error: LeafletsError) -> AnswerVerdict:
    unasked = "the question on the sheet was not answered with yes: ask the reader, do not answer it yourself"
    problems = (
        replace(problem, hint=unasked) if problem.code in QUESTION_CHECKS else problem
        for problem in error.problems
    )
    return replace(
        verdict,
        outcome="refused",
        problems=tuple(problem.at(where=verdict.answer.place) for problem in problems),
    )


def _twice(answers: Sequence[SheetAnswer]) -> dict[int, AnswerVerdict]:
    """Return verdicts by number for codes that were answered more than once: all refused if they contradict each other."""
    places: dict[str, list[int]] = {}
    for number, answer in enumerate(answers, 1):
        if not answer.empty and (code := code_as_printed(answer.code)):
            places.setdefault(code, []).append(number)
    found = {}
    for code, numbers in places.items():
        same = len({answers[number - 1].said for number in numbers}) == 1
        for number in numbers[same:] if len(numbers) > 1 else ():
            answer = answers[number - 1]
            others = ", ".join(
                answers[other - 1].place or str(other) for other in numbers if other != number
            )
            what = f"{code} is answered twice, also in {others}"
            hint = (
                "keep one of them"
                if same
                else "the answers differ: ask the reader, and keep one of them"
            )
            found[number] = AnswerVerdict(
                answer, "refused", problems=(Problem("sheet-twice", what, answer.place, hint),)
            )
    return found


def outcome_counts(verdicts: Iterable[AnswerVerdict]) -> Counter[str]:
    """Return how many answers had each outcome."""
    return Counter(verdict.outcome for verdict in verdicts)
