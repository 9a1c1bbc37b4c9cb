"""The conversation of `leaflets sign`: one sentence or fact after the other, each answer kept at once."""

from __future__ import annotations

from dataclasses import dataclass

import click

from generator.base.clock import today
from generator.base.text import tidy
from generator.campaign.facts import printed
from generator.campaign.project import Project
from generator.campaign.respell import respelt
from generator.catalogue.change import classify, marked, reading_seconds
from generator.cli import show
from generator.model import Risk, State
from generator.problem import LeafletsError, Problem, errors
from generator.review.extract import refresh
from generator.review.snapshot import Snapshot
from generator.review.state import Event
from generator.signing.sign import QUESTIONS, Task, correct, corrected, reject, sign, tasks, undo
from generator.signing.sign_facts import FactTask, fact_tasks, sign_fact, undo_fact

KEYS = "[s]ign  [c]orrect  [r]eject  s[k]ip  [u]ndo the last  [q]uit"
OPEN = "Everybody who has the campaign can read your reasons, with your code: no names, no numbers."
WROTE = "[w] sign as its writer  "


class Quit(Exception):
    """The reader wants to stop."""


def ask(question: str, default: str | None = None) -> str:
    """Return an answer from the terminal, without control characters and spaces around it."""
    return show.plain(click.prompt(question, default=default, show_default=False, err=True)).strip()


def field(name: str, text: str) -> None:
    """Show one line of a sentence, the name in a column of its own."""
    if text:
        show.result(show.plain(f"  {name:10} {text}"))


@dataclass
class Sentences:
    """The sentences of one language in front of one reader."""

    project: Project
    language: str
    domains: list[str]
    who: str
    last: tuple[Task, Task, list[Event]] | None = None
    done: int = 0

    def go(self) -> None:
        """Go through all sentences the reader can still do something about; say at the end what was done."""
        self.snapshot = Snapshot(self.project)
        todo = list(tasks(self.snapshot, self.language, self.domains, self.who))
        minutes = sum(reading_seconds(task.message.msgid) for task in todo) / 60
        show.note(
            f"{len(todo)} sentences for {self.who}, about {minutes:.0f} minutes. Stop when you like: each answer is kept at once."
        )
        show.note(OPEN)
        try:
            for number, task in enumerate(todo, 1):
                self.show(task, f"{number} of {len(todo)}")
                self.answer(task)
        except (Quit, click.Abort):
            pass
        if (
            self.done or not todo
        ):  # a run before this one may have been killed between ledger and catalogue
            refresh(self.project, self.language)
        show.note(f"{self.done} answers by {self.who} are kept.")

    def show(self, task: Task, place: str) -> None:
        """Show one sentence with everything needed to judge it."""
        count = (
            f"{len(task.standing.people)} of {task.needed} people"
            if task.text.state is not State.MISSING
            else "not translated"
        )
        show.result(
            show.plain(
                f"\n{task.domain} / {task.message.msgctxt}   {place}   risk: {task.message.risk}, {count}"
            )
        )
        field("English", task.message.msgid)
        field("note", task.message.note)
        if task.text.old:
            field(
                "changed",
                f"{marked(task.text.old, task.message.msgid)}   ({classify(task.text.old, task.message.msgid).kind})",
            )
        field(self.project.languages[self.language].english[:10], task.text.msgstr)
        field("origin", task.origin)
        if (
            task.standing.engines
            and not task.standing.people
            and task.message.risk is not Risk.PLAIN
        ):
            field(
                "careful",
                f"a machine wrote this, and a wrong {task.message.risk} sentence can hurt: compare word by word",
            )
        field("rejected", "; ".join(task.standing.reasons))
        field("doubted", "; ".join(says for _, says in task.standing.doubts))
        field("in English", f"{task.back}   (a machine's guess)" if task.back else "")
        for term, word, state in task.terms:
            field("glossary", f"{term} = {word} ({state})")
        field("meant", self.meant(task) + "   (m: sign it so)" if self.meant(task) else "")
        for problem in task.problems if task.text.msgstr else ():
            field(
                "problem" if problem.severity == "error" else "look",
                f"{problem.what} → {problem.hint} [{problem.code}]",
            )

    def answer(self, task: Task) -> None:
        """Ask until the sentence is signed, corrected, rejected or skipped."""
        wrote = not task.standing.known and bool(task.text.msgstr)
        while True:
            key = ask((WROTE if wrote else "") + KEYS, default="k")[:1].lower()
            try:
                if self.act(key, task):
                    return
            except LeafletsError as error:
                for problem in error.problems:
                    show.note(problem.line())

    def act(self, key: str, task: Task) -> bool:
        """Do what one key says; return whether the sentence is done with."""
        if key in ("s", "w"):
            events = sign(
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
                reject(
                    self.project, task, self.who, today(), ask("What is wrong with it", default="")
                ),
            )
        if key == "u":
            self.undo()
        elif key == "q":
            raise Quit
        return key == "k"

    def reasons(self, task: Task) -> dict[str, str]:
        """Return why each warning is none, in the reader's words; an error has no reason."""
        if errors(task.problems):
            return {}
        answers: dict[str, list[str]] = {}
        for problem in task.problems:
            answers.setdefault(problem.code, []).append(
                self.reason(problem, problem.code in QUESTIONS)
            )
        return {check: "; ".join(found) if all(found) else "" for check, found in answers.items()}

    def reason(self, problem: Problem, question: bool) -> str:
        """Return a reader's answer to one warning; an empty one means that it is right."""
        if question:
            return (
                "seen"
                if ask(f"{problem.what}: is it so? y/n", default="n")[:1].lower() == "y"
                else ""
            )
        return ask(f"{problem.what}: why is it right all the same? (Enter: it is not)", default="")

    def correct(self, task: Task) -> bool:
        """Let the reader edit the text until it is free of errors, or left alone."""
        text = task.text.msgstr
        while True:
            written = click.edit(text or task.message.msgid, extension=".txt")
            if not written or not written.strip() or tidy(written) == task.text.msgstr:
                show.note("Nothing was changed.")
                return False
            text = written
            try:
                return self.write(task, text)
            except LeafletsError as error:
                for problem in error.problems:
                    show.note(problem.line())
                if ask("Edit again? y/n", default="y")[:1].lower() != "y":
                    return False

    def meant(self, task: Task) -> str:
        """Return the text in the letters that were certainly meant, nothing where they stand there already."""
        found = respelt(task.text.msgstr, self.project.languages[self.language])
        return found if found != task.text.msgstr else ""

    def write(self, task: Task, text: str) -> bool:
        """Put another wording in the place of a sentence's, and stand behind it."""
        after = corrected(self.snapshot, task, text, self.who)
        return self.keep(
            task, after, correct(self.project, task, after, self.who, today(), self.reasons(after))
        )

    def keep(self, before: Task, after: Task, events: list[Event]) -> bool:
        """Remember the last answer, to take it back if asked."""
        self.last, self.done = (before, after, events), self.done + 1
        return True

    def undo(self) -> None:
        """Take back the last answer."""
        if not self.last:
            show.note("There is nothing to take back.")
            return
        before, after, events = self.last
        undo(self.project, before, after, events)
        self.last, self.done = None, self.done - 1
        show.note(
            f"Taken back: {before.domain} / {before.message.msgctxt}. It comes again when you start the command again."
        )


@dataclass
class Facts:
    """The facts in front of one person, who looks each up where it is published."""

    project: Project
    site: str
    who: str
    last: tuple[FactTask, list[Event]] | None = None
    done: int = 0

    def go(self) -> None:
        """Go through all facts the person has not signed."""
        todo = list(fact_tasks(self.project, self.site, self.who, today()))
        show.note(
            f"{len(todo)} facts for {self.who}. Look each one up where it is published, then sign it."
        )
        show.note(OPEN)
        try:
            for number, task in enumerate(todo, 1):
                self.show(task, f"{number} of {len(todo)}")
                while not self.act(
                    ask("[s]ign  [r]eject  s[k]ip  [u]ndo the last  [q]uit", default="k")[
                        :1
                    ].lower(),
                    task,
                ):
                    pass
        except (Quit, click.Abort):
            pass
        show.note(f"{self.done} answers by {self.who} are kept.")

    def show(self, task: FactTask, place: str) -> None:
        """Show one fact with its source."""
        fact = task.fact
        baseline = (
            ", counts as it is" if task.standing.baseline and not task.standing.rejected else ""
        )
        show.result(
            show.plain(
                f"\n{fact.name}   {place}   {len(task.standing.people)} of {task.needed} people{baseline}"
            )
        )
        field(fact.kind, fact.value)
        field("printed", printed(fact))
        field("what", " ".join((fact.label, fact.detail)).strip())
        field("source", f"{fact.source}, looked up {fact.verified or 'never'}")
        field("rejected", "; ".join(task.standing.reasons))
        for problem in task.problems:
            field(
                "problem" if problem.severity == "error" else "look",
                f"{problem.what} → {problem.hint} [{problem.code}]",
            )

    def act(self, key: str, task: FactTask) -> bool:
        """Do what one key says; return whether the fact is done with."""
        try:
            if key == "s":
                return self.keep(task, sign_fact(self.project, task, self.who, today()))
            if key == "r":
                why = ask("What is wrong with it", default="")
                return bool(why) and self.keep(
                    task, sign_fact(self.project, task, self.who, today(), "reject", why)
                )
        except LeafletsError as error:
            for problem in error.problems:
                show.note(problem.line())
        if key == "u" and not self.last:
            show.note("There is nothing to take back.")
        elif key == "u" and self.last:
            undo_fact(self.project, *self.last)
            show.note(f"Taken back: {self.last[0].fact.name}.")
            self.last, self.done = None, self.done - 1
        elif key == "q":
            raise Quit
        return key == "k"

    def keep(self, task: FactTask, events: list[Event]) -> bool:
        """Remember the last answer, to take it back if asked."""
        self.last, self.done = (task, events), self.done + 1
        return True
