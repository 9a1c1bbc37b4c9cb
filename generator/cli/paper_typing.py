"""The dialogue of `leaflets enter` without a file: codes typed from paper."""

from dataclasses import dataclass, field, replace

import click

from generator.base.clock import today
from generator.campaign.project import Project
from generator.cli.dialogue import REASONS_ARE_PUBLIC, ask_key, ask_line, kept_words, show_field
from generator.cli.output import note_problems, write_note, write_text
from generator.problem import LeafletsError, errors_among
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import QUESTION_CHECKS, SentenceTask, corrected_task
from generator.signing.sign import undo_events
from generator.worksheet.answer_verdict import AnswerVerdict
from generator.worksheet.enter import EntryBatch
from generator.worksheet.refusals import UNKNOWN_SHEET
from generator.worksheet.rows import AnswerMark, SheetAnswer, read_mark, sheet_language

TYPING_HELP = (
    "Type the code of a sentence, then t for a tick or c for a cross: a3kd9qfx t. "
    "u takes the last one back, Enter alone ends."
)


@dataclass
class PaperTyping:
    """One reader's paper in front of somebody who types it."""

    project: Project
    language: str
    who: str
    version: str = ""
    """What stands below the square of the sheet."""
    done: list[AnswerVerdict] = field(default_factory=list)

    def go(self) -> None:
        """Ask for codes until an empty line; say at the end what was kept."""
        try:
            while not (self.language and self.version):
                self.language = self.asked()
            write_note(TYPING_HELP)
            write_note(REASONS_ARE_PUBLIC)
            while typed := ask_line(f"{self.who}, {self.language}: code", default=""):
                self.take(typed)
        except click.Abort:
            write_note("")
        write_note(kept_words(len(self.done), self.who))

    def asked(self) -> str:
        """Ask for the version of the sheet; return the language that it names."""
        typed = ask_line("Version of the sheet (below the square)")
        known = [self.language]
        if not self.language:
            known = list(self.project.campaign.languages)
        found = sheet_language(typed, known)
        if not found:
            write_note(f"No language of this campaign: it begins with {', '.join(known)}")
        elif EntryBatch(Snapshot(self.project), found, self.who, today(), typed).on_sheet:
            self.version = typed
        else:
            write_note(UNKNOWN_SHEET.at(where=typed).line())
        return found or self.language

    def take(self, typed: str) -> None:
        """Enter one answer; say what the sentence is, and why it is refused."""
        if typed.casefold() in ("u", "undo"):
            self.undo()
            return
        code, mark, text = split_typed(typed)
        try:
            entering = self.entering()
            task = entering.seen(SheetAnswer(code))
            self.show(task)
            verdict = entering.keep(entering.judge(self.answer(entering, task, code, mark, text)))
        except LeafletsError as error:
            note_problems(error.problems)
            return
        self.tell(verdict)

    def entering(self) -> EntryBatch:
        """Return what answers are judged against: the files as they are now."""
        # Read anew for each answer, because others may sign meanwhile.
        return EntryBatch(Snapshot(self.project), self.language, self.who, today(), self.version)

    def show(self, task: SentenceTask) -> None:
        """Show the sentence that was named, to be compared with the paper."""
        write_text(f"  {task.domain} / {task.message.msgctxt}")
        show_field("English", task.message.msgid)
        language = self.project.languages[self.language].english[:10]
        show_field(language, task.text.msgstr or "(not translated yet)")

    def answer(
        self, entering: EntryBatch, task: SentenceTask, code: str, mark: AnswerMark, text: str
    ) -> SheetAnswer:
        """Ask for what is not said yet: the mark, the words, reasons and questions."""
        while not mark:
            mark = read_mark(ask_line("tick or cross? t/c")) or AnswerMark.NONE
        if mark is AnswerMark.SIGN:
            return self.doubts(task, SheetAnswer(code, mark))
        words = "The words on the lines, if they are a better translation (Enter: they are not)"
        text = text or ask_line(words, default="")
        if not text:
            return SheetAnswer(code, mark, reason=ask_line("What is wrong with it", default=""))
        after = corrected_task(entering.snapshot, task, text, self.who)
        return self.doubts(after, SheetAnswer(code, text=text))

    def doubts(self, task: SentenceTask, answer: SheetAnswer) -> SheetAnswer:
        """Ask the questions and the reasons that a signature needs; an error has none."""
        if errors_among(task.problems):
            return answer
        answer = replace(answer, seen=True)
        for problem in task.problems:
            if problem.code in QUESTION_CHECKS:
                yes = ask_key(f"{problem.what}: is the box on the sheet ticked? y/n", default="n")
                answer = replace(answer, seen=answer.seen and yes == "y")
            elif not answer.reason:
                why = "why does the sheet say it is right? (Enter: it does not)"
                answer = replace(answer, reason=ask_line(f"{problem.what}: {why}", default=""))
        return answer

    def tell(self, verdict: AnswerVerdict) -> None:
        """Say what became of an answer."""
        for problem in verdict.problems:
            write_note(problem.line())
        if verdict.outcome == "taken":
            self.done.append(verdict)
        words = {
            "taken": f"kept: {verdict.action or ''}",
            "already": "known already; nothing was added",
            "refused": "not taken",
            "empty": "no answer",
        }
        write_note(words[verdict.outcome])

    def undo(self) -> None:
        """Take back the last answer, as often as there is one."""
        if not self.done:
            write_note("There is nothing to take back.")
            return
        last = self.done[-1]
        try:
            if last.before and last.after:
                undo_events(self.project, last.before, last.after, last.events)
        except LeafletsError as error:
            note_problems(error.problems)
            return
        self.done.pop()
        write_note(f"Taken back: {last.answer.code}.")


def split_typed(typed: str) -> tuple[str, AnswerMark, str]:
    """Return code, mark and new text of one typed line.

    >>> split_typed("a3kd 9qfx c Vous n'êtes pas seul")
    ('a3kd 9qfx', <AnswerMark.WRONG: 'wrong'>, "Vous n'êtes pas seul")
    >>> split_typed("A3KD-9QFX")
    ('A3KD-9QFX', <AnswerMark.NONE: ''>, '')
    """
    words = typed.split()
    for count in (1, 2):
        mark = read_mark(words[count]) if len(words) > count else None
        if mark and len("".join(words[:count]).replace("-", "")) >= 8:
            return " ".join(words[:count]), mark, " ".join(words[count + 1 :])
    return typed.strip(), AnswerMark.NONE, ""
