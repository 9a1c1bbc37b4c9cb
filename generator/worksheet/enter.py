"""Take answers from paper, spreadsheet or phone into the ledger, each by its code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from generator.base.message_text import on_one_line
from generator.base.short_codes import code_as_printed, name_code
from generator.campaign.free_text import refuse_private
from generator.campaign.private_names import private_names
from generator.campaign.project import Project
from generator.model import State, Translation
from generator.problem import LeafletsError, refusal
from generator.review.catalogue_update import refresh_hints
from generator.review.ledger import read_ledger
from generator.review.ledger_event import LedgerAction, withdrawn_ids
from generator.review.snapshot import Snapshot
from generator.signing.reading import readable_catalogues
from generator.signing.sentence_task import (
    SentenceTask,
    corrected_task,
    refuse_outdated,
    task_for,
)
from generator.signing.sign import (
    ReaderAction,
    correct_wording,
    refuse_correction,
    refuse_unsignable,
    reject_wording,
    require_reason,
    sign_wording,
    undo_events,
)
from generator.worksheet import versions
from generator.worksheet.answer_verdict import (
    AnswerOutcome,
    AnswerVerdict,
    given_reasons,
    repeated_codes,
)
from generator.worksheet.refusals import (
    OTHER_WORDS,
    UNKNOWN_SHEET,
    changed_problem,
    refuse_edited,
    refuse_unclear,
    task_code,
    task_digest,
    text_code,
)
from generator.worksheet.rows import AnswerMark, SheetAnswer


@dataclass
class EntryBatch:
    """Answers of one reader for one language, judged against the catalogues as they are now."""

    snapshot: Snapshot
    language: str
    who: str
    day: date
    version: str = ""
    """What somebody read below the square of the sheet; a file holds each row's digest besides."""

    @property
    def project(self) -> Project:
        """The campaign's folder."""
        return self.snapshot.project

    @cached_property
    def places(self) -> dict[str, list[tuple[str, Translation]]]:
        """The sentences of the language by the half of their code that no edit changes.

        Two may share one by chance.
        """
        found: dict[str, list[tuple[str, Translation]]] = {}
        for domain in readable_catalogues(self.project, self.language):
            for msgctxt, text in self.snapshot.texts(self.language, domain).items():
                name = name_code(self.language, domain, msgctxt)
                found.setdefault(name, []).append((domain, text))
        return found

    @cached_property
    def on_sheet(self) -> frozenset[str]:
        """The digests of the rows that stood on the sheet.

        Nothing if no sheet of this version was made here.
        """
        path = self.project.worksheet_versions(self.language)
        return versions.rows_of_version(path, self.language, self.version)

    def seen(self, answer: SheetAnswer) -> SentenceTask:
        """Return the sentence that an answer is about.

        Raise LeafletsError unless its words are those that stood on the sheet.
        """
        task = self.task(answer.code)
        if not (answer.digest or self.on_sheet):
            raise LeafletsError(UNKNOWN_SHEET.at(where=self.version))
        if task_digest(task) not in ({answer.digest} if answer.digest else self.on_sheet):
            place = {"leaflet": task.domain, "msgctxt": task.message.msgctxt}
            raise LeafletsError(OTHER_WORDS.at(language=self.language, **place))
        return task

    def task(self, typed: str) -> SentenceTask:
        """Return the sentence that a code names.

        Raise LeafletsError if it was mistyped, is unknown, or the sentence has changed.
        """
        code = code_as_printed(typed)
        if not code:
            what = f"the code {typed.strip()[:20]!r} is mistyped"
            hint = "look at the sheet again: letters and digits in two groups of four"
            raise refusal("sheet-mistyped", what, hint=hint)
        near = self.places.get(code[:4], [])
        for domain, text in near:
            if text_code(self.language, domain, text) == code:
                refuse_outdated(self.snapshot, self.language, domain)
                return task_for(self.snapshot, self.language, domain, text, self.who)
        if not near:
            name = self.project.languages[self.language].english
            hint = (
                "is the sheet for another language or another campaign? Print a new one: "
                f"leaflets worksheet {self.language}"
            )
            what = f"no sentence of the {name} catalogues has the code {code}"
            raise refusal("sheet-unknown", what, hint=hint)
        raise LeafletsError(
            *(changed_problem(self.language, code, domain, text) for domain, text in near)
        )

    def judge(self, answer: SheetAnswer) -> AnswerVerdict:
        """Return what would become of one answer; nothing is written."""
        task = None
        try:
            if answer.fault:
                hint = "type the words themselves into the cell"
                raise refusal("sheet-cell", answer.fault, hint=hint)
            if answer.empty:
                return AnswerVerdict(answer, AnswerOutcome.EMPTY)
            if done := self._corrected_before(answer):
                return done
            task = self.seen(answer)
            return self._judge_seen(answer, task)
        except LeafletsError as error:
            found = AnswerVerdict(answer, AnswerOutcome.REFUSED, before=task, after=task)
            return found.refused(error.problems)

    def _corrected_before(self, answer: SheetAnswer) -> AnswerVerdict | None:
        """Return the verdict on a correction that was taken before.

        The sentence has the new text already, while the code is that of the old.
        """
        text, code = on_one_line(answer.text), code_as_printed(answer.code)
        for domain, found in self.places.get(code[:4], []) if text else ():
            if found.msgstr == text:
                task = task_for(self.snapshot, self.language, domain, found, self.who)
                if self.who in task.support.signers:
                    already = AnswerOutcome.ALREADY
                    return AnswerVerdict(answer, already, ReaderAction.CORRECT, task, task)
        return None

    def _judge_seen(self, answer: SheetAnswer, task: SentenceTask) -> AnswerVerdict:
        """Return the verdict on an answer to a sentence that is as it was on the sheet."""
        text = on_one_line(answer.text)
        text = "" if text == on_one_line(task.text.msgstr) else text
        # Whoever writes the text that stands there anyway says that it is right.
        mark = answer.mark or (AnswerMark.SIGN if answer.text and not text else AnswerMark.NONE)
        refuse_edited(answer, task)
        refuse_unclear(mark, text, answer)
        refuse_private(answer.reason, private_names(self.project.locales))

        action, after, already = ReaderAction.SIGN, task, self.who in task.support.signers
        if text:
            refuse_correction(self.project, task)
            after = corrected_task(self.snapshot, task, text, self.who)
            action, already = ReaderAction.CORRECT, False
        elif mark is AnswerMark.WRONG:
            require_reason(answer.reason)
            action, already = ReaderAction.REJECT, self._has_rejected(task)
        if action is not ReaderAction.REJECT and not already:
            refuse_unsignable(after, given_reasons(after, answer))
        outcome = AnswerOutcome.ALREADY if already else AnswerOutcome.TAKEN
        return AnswerVerdict(answer, outcome, action, task, after)

    def _has_rejected(self, task: SentenceTask) -> bool:
        """Tell whether this reader rejected this wording before, and did not take it back."""
        events = read_ledger(self.project.ledger(self.language))
        gone, rejection = withdrawn_ids(events), (task.key, LedgerAction.REJECT, self.who)
        return any(
            (event.key, event.action, event.person) == rejection and event.id not in gone
            for event in events
        )

    def keep(self, verdict: AnswerVerdict) -> AnswerVerdict:
        """Write what a verdict takes, and return it with its events.

        It is refused if somebody changed the sentence meanwhile.
        """
        before, after, answer = verdict.before, verdict.after, verdict.answer
        if verdict.outcome != AnswerOutcome.TAKEN or not before or not after:
            return verdict
        project, who, day, reasons = self.project, self.who, self.day, given_reasons(after, answer)
        try:
            if verdict.action is ReaderAction.CORRECT:
                events = correct_wording(project, before, after, who, day, reasons)
            elif verdict.action is ReaderAction.REJECT:
                events = reject_wording(project, before, who, day, answer.reason)
            else:
                events = sign_wording(project, before, who, day, reasons)
        except LeafletsError as error:
            return verdict.refused(error.problems)
        return replace(verdict, events=tuple(events))


def take_back_entry(
    batch: EntryBatch, code: str, before: str, after: str, events: Collection[str]
) -> None:
    """Take back what a verdict kept, by the ids of its `events`.

    `code` and `before` are the old wording, `after` is the code now. Raise LeafletsError if the
    sentence has changed since, or if these are not this reader's events.
    """
    task = old = batch.task(after)
    known = read_ledger(batch.project.ledger(batch.language))
    found = [event for event in known if event.id in events]
    if any(event.action == LedgerAction.WRITE for event in found):
        old = replace(task, text=replace(task.text, msgstr=before, state=State.DRAFT))
    # What the reader had signed before was withdrawn with the answer, and had another wording.
    own = all(
        event.person == batch.who
        and (event.key == task.key or event.action == LedgerAction.WITHDRAW)
        for event in found
    )
    if not found or not own or task_code(old) != code_as_printed(code):
        what = "this is no answer of this reader"
        raise refusal("sheet-undo", what, hint="look at the sentence again")
    undo_events(batch.project, old, task, found)


def enter_answers(
    batch: EntryBatch,
    answers: Sequence[SheetAnswer],
    apply: bool,
    progress: Callable[[int, int], None] | None = None,
) -> list[AnswerVerdict]:
    """Return the verdict on every answer, in order; `apply` writes what is taken, one by one."""
    repeated = repeated_codes(answers)
    verdicts = []
    for number, answer in enumerate(answers, 1):
        verdict = repeated.get(number) or batch.judge(answer)
        verdicts.append(batch.keep(verdict) if apply else verdict)
        if progress:
            progress(number, len(answers))
    # What is there already was entered before, perhaps by a run that was killed before its end.
    if apply and any(verdict.outcome == AnswerOutcome.ALREADY for verdict in verdicts):
        refresh_hints(batch.project, batch.language)
    return verdicts


def outcome_counts(verdicts: Iterable[AnswerVerdict]) -> Counter[str]:
    """Return how many answers had each outcome."""
    return Counter(verdict.outcome for verdict in verdicts)
