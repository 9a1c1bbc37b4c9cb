"""The conversation of `leaflets sign`: one sentence or fact after the other, each answer kept at once."""

from __future__ import annotations

from dataclasses import dataclass

import click

from generator.base.clock import today
from generator.base.message_text import on_one_line
from generator.campaign.facts import printed_value
from generator.campaign.project import Project
from generator.campaign.respell import respelt_text
from generator.catalogue.change import classify_change, marked_diff, reading_seconds
from generator.cli.output import note_problems, printable, write_note, write_text
from generator.model import Risk, State
from generator.problem import LeafletsError, Problem, errors_among
from generator.review.catalogue_update import refresh_hints
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import (
    QUESTION_CHECKS,
    SentenceTask,
    corrected_task,
    sentence_tasks,
)
from generator.signing.sign import correct_wording, reject_wording, sign_wording, undo_events
from generator.signing.sign_facts import FactTask, fact_tasks, sign_fact, undo_fact

ANSWER_KEYS = "[s]ign  [c]orrect  [r]eject  s[k]ip  [u]ndo the last  [q]uit"
REASONS_ARE_PUBLIC = (
    "Everybody who has the campaign can read your reasons, with your code: no names, no numbers."
)
WRITER_KEY = "[w] sign as its writer  "


class QuitReading(Exception):
    """The reader wants to stop."""


def ask_line(question: str, default: str | None = None) -> str:
    """Return an answer from the terminal, without control characters and spaces around it."""
    return printable(click.prompt(question, default=default, show_default=False, err=True)).strip()


def show_field(name: str, text: str) -> None:
    """Show one line of a sentence, the name in a column of its own."""
    if text:
        write_text(f"  {name:10} {text}")


@dataclass
class SentenceSigning:
    """The sentences of one language in front of one reader."""

    project: Project
    language: str
    domains: list[str]
    who: str
    last: tuple[SentenceTask, SentenceTask, list[LedgerEvent]] | None = None
    done: int = 0

    def go(self) -> None:
        """Go through all sentences the reader can still do something about; say at the end what was done."""
        self.snapshot = Snapshot(self.project)
        todo = list(sentence_tasks(self.snapshot, self.language, self.domains, self.who))
        minutes = sum(reading_seconds(task.message.msgid) for task in todo) / 60
        write_note(
            f"{len(todo)} sentences for {self.who}, about {minutes:.0f} minutes. Stop when you like: each answer is kept at once."
        )
        write_note(REASONS_ARE_PUBLIC)
        try:
            for number, task in enumerate(todo, 1):
                self.show(task, f"{number} of {len(todo)}")
                self.answer(task)
        except (QuitReading, click.Abort):
            pass
        if (
            self.done or not todo
        ):  # a run before this one may have been killed between ledger and catalogue
            refresh_hints(self.project, self.language)
        write_note(f"{self.done} answers by {self.who} are kept.")

    def show(self, task: SentenceTask, place: str) -> None:
        """Show one sentence with everything needed to judge it."""
        count = (
            f"{len(task.support.signers)} of {task.needed} people"
            if task.text.state is not State.MISSING
            else "not translated"
        )
        write_text(
            f"\n{task.domain} / {task.message.msgctxt}   {place}   risk: {task.message.risk}, {count}"
        )
        show_field("English", task.message.msgid)
        show_field("note", task.message.note)
        if task.text.old:
            show_field(
                "changed",
                f"{marked_diff(task.text.old, task.message.msgid)}   ({classify_change(task.text.old, task.message.msgid).kind})",
            )
        show_field(self.project.languages[self.language].english[:10], task.text.msgstr)
        show_field("origin", task.origin)
        if (
            task.support.engines
            and not task.support.signers
            and task.message.risk is not Risk.PLAIN
        ):
            show_field(
                "careful",
                f"a machine wrote this, and a wrong {task.message.risk} sentence can hurt: compare word by word",
            )
        show_field("rejected", "; ".join(task.support.reasons))
        show_field("doubted", "; ".join(says for _, says in task.support.doubts))
        show_field("in English", f"{task.back}   (a machine's guess)" if task.back else "")
        for term, word, state in task.terms:
            show_field("glossary", f"{term} = {word} ({state})")
        show_field("meant", self.meant(task) + "   (m: sign it so)" if self.meant(task) else "")
        for problem in task.problems if task.text.msgstr else ():
            show_field(
                "problem" if problem.severity == "error" else "look",
                f"{problem.what} → {problem.hint} [{problem.code}]",
            )

    def answer(self, task: SentenceTask) -> None:
        """Ask until the sentence is signed, corrected, rejected or skipped."""
        wrote = not task.support.known and bool(task.text.msgstr)
        while True:
            key = ask_line((WRITER_KEY if wrote else "") + ANSWER_KEYS, default="k")[:1].lower()
            try:
                if self.act(key, task):
                    return
            except LeafletsError as error:
                note_problems(error.problems)

    def act(self, key: str, task: SentenceTask) -> bool:
        """Do what one key says; return whether the sentence is done with."""
        if key in ("s", "w"):
            events = sign_wording(
                self.project, task, self.who, today(), self.reasons(task), wrote=key == "w"
            )
            return self.keep(task, task, events)
        if key == "c":
            return self.correct(task)
        if key == "m" and self.meant(task):
            return self.write(task, self.meant(task))
        if key == "r":
            return self.keep(
                task,
                task,
                reject_wording(
                    self.project,
                    task,
                    self.who,
                    today(),
                    ask_line("What is wrong with it", default=""),
                ),
            )
        if key == "u":
            self.undo()
        elif key == "q":
            raise QuitReading
        return key == "k"

    def reasons(self, task: SentenceTask) -> dict[str, str]:
        """Return why each warning is none, in the reader's words; an error has no reason."""
        if errors_among(task.problems):
            return {}
        answers: dict[str, list[str]] = {}
        for problem in task.problems:
            answers.setdefault(problem.code, []).append(
                self.reason(problem, problem.code in QUESTION_CHECKS)
            )
        return {check: "; ".join(found) if all(found) else "" for check, found in answers.items()}

    def reason(self, problem: Problem, question: bool) -> str:
        """Return a reader's answer to one warning; an empty one means that it is right."""
        if question:
            return (
                "seen"
                if ask_line(f"{problem.what}: is it so? y/n", default="n")[:1].lower() == "y"
                else ""
            )
        return ask_line(
            f"{problem.what}: why is it right all the same? (Enter: it is not)", default=""
        )

    def correct(self, task: SentenceTask) -> bool:
        """Let the reader edit the text until it is free of errors, or left alone."""
        text = task.text.msgstr
        while True:
            written = click.edit(text or task.message.msgid, extension=".txt")
            if not written or not written.strip() or on_one_line(written) == task.text.msgstr:
                write_note("Nothing was changed.")
                return False
            text = written
            try:
                return self.write(task, text)
            except LeafletsError as error:
                note_problems(error.problems)
                if ask_line("Edit again? y/n", default="y")[:1].lower() != "y":
                    return False

    def meant(self, task: SentenceTask) -> str:
        """Return the text in the letters that were certainly meant, nothing where they stand there already."""
        found = respelt_text(task.text.msgstr, self.project.languages[self.language])
        return found if found != task.text.msgstr else ""

    def write(self, task: SentenceTask, text: str) -> bool:
        """Put another wording in the place of a sentence's, and sign it."""
        after = corrected_task(self.snapshot, task, text, self.who)
        return self.keep(
            task,
            after,
            correct_wording(self.project, task, after, self.who, today(), self.reasons(after)),
        )

    def keep(self, before: SentenceTask, after: SentenceTask, events: list[LedgerEvent]) -> bool:
        """Remember the last answer, to take it back if asked."""
        self.last, self.done = (before, after, events), self.done + 1
        return True

    def undo(self) -> None:
        """Take back the last answer."""
        if not self.last:
            write_note("There is nothing to take back.")
            return
        before, after, events = self.last
        undo_events(self.project, before, after, events)
        self.last, self.done = None, self.done - 1
        write_note(
            f"Taken back: {before.domain} / {before.message.msgctxt}. It comes again when you start the command again."
        )


@dataclass
class FactSigning:
    """The facts in front of one person, who looks each up where it is published."""

    project: Project
    site: str
    who: str
    last: tuple[FactTask, list[LedgerEvent]] | None = None
    done: int = 0

    def go(self) -> None:
        """Go through all facts the person has not signed."""
        todo = list(fact_tasks(self.project, self.site, self.who, today()))
        write_note(
            f"{len(todo)} facts for {self.who}. Look each one up where it is published, then sign it."
        )
        write_note(REASONS_ARE_PUBLIC)
        try:
            for number, task in enumerate(todo, 1):
                self.show(task, f"{number} of {len(todo)}")
                while not self.act(
                    ask_line("[s]ign  [r]eject  s[k]ip  [u]ndo the last  [q]uit", default="k")[
                        :1
                    ].lower(),
                    task,
                ):
                    pass
        except (QuitReading, click.Abort):
            pass
        write_note(f"{self.done} answers by {self.who} are kept.")

    def show(self, task: FactTask, place: str) -> None:
        """Show one fact with its source."""
        fact = task.fact
        baseline = (
            ", counts as it is" if task.support.baseline and not task.support.rejected else ""
        )
        write_text(
            f"\n{fact.name}   {place}   {len(task.support.signers)} of {task.needed} people{baseline}"
        )
        show_field(fact.kind, fact.value)
        show_field("printed", printed_value(fact))
        show_field("what", " ".join((fact.label, fact.detail)).strip())
        show_field("source", f"{fact.source}, looked up {fact.verified or 'never'}")
        show_field("rejected", "; ".join(task.support.reasons))
        for problem in task.problems:
            show_field(
                "problem" if problem.severity == "error" else "look",
                f"{problem.what} → {problem.hint} [{problem.code}]",
            )

    def act(self, key: str, task: FactTask) -> bool:
        """Do what one key says; return whether the fact is done with."""
        try:
            if key == "s":
                return self.keep(task, sign_fact(self.project, task, self.who, today()))
            if key == "r":
                why = ask_line("What is wrong with it", default="")
                return bool(why) and self.keep(
                    task, sign_fact(self.project, task, self.who, today(), LedgerAction.REJECT, why)
                )
        except LeafletsError as error:
            note_problems(error.problems)
        if key == "u" and not self.last:
            write_note("There is nothing to take back.")
        elif key == "u" and self.last:
            undo_fact(self.project, *self.last)
            write_note(f"Taken back: {self.last[0].fact.name}.")
            self.last, self.done = None, self.done - 1
        elif key == "q":
            raise QuitReading
        return key == "k"

    def keep(self, task: FactTask, events: list[LedgerEvent]) -> bool:
        """Remember the last answer, to take it back if asked."""
        self.last, self.done = (task, events), self.done + 1
        return True
