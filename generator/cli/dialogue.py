"""Questions on the terminal, one task after the other; each answer is kept at once."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

import click

from generator.base.words import count_words
from generator.cli.output import note_problems, printable, write_note, write_text
from generator.problem import LeafletsError, Problem

REASONS_ARE_PUBLIC = (
    "Everybody who has the campaign can read your reasons, with your code: no names, no numbers."
)
ANSWER_KEYS = "[r]eject  s[k]ip  [u]ndo the last  [q]uit"

_Task = TypeVar("_Task")


class QuitReading(Exception):
    """The reader wants to stop."""


def ask_line(question: str, default: str | None = None) -> str:
    """Return an answer from the terminal, without control characters and spaces around it."""
    return printable(click.prompt(question, default=default, show_default=False, err=True)).strip()


def ask_key(question: str, default: str) -> str:
    """Return the first letter of an answer, small."""
    return ask_line(question, default=default)[:1].lower()


def show_field(name: str, text: str) -> None:
    """Show one line of a task, the name in a column of its own."""
    if text:
        write_text(f"  {name:10} {text}")


def doubts_shown(doubts: Iterable[tuple[str, str]]) -> str:
    """Return what people said is wrong, also where a remark was deleted since."""
    return "; ".join(says or "(this remark was deleted)" for _, says in doubts)


def show_findings(problems: Iterable[Problem]) -> None:
    """Show what looks wrong with a task."""
    for problem in problems:
        name = "problem" if problem.severity == "error" else "look"
        show_field(name, f"{problem.what} → {problem.hint} [{problem.code}]")


class SigningDialogue(ABC, Generic[_Task]):
    """Sentences or facts in front of one reader, who signs them."""

    who: str
    done: int = 0
    last: tuple[str, Callable[[], object]] | None = None
    """The last answer: what it was about, and what takes it back."""
    stopped: bool = False
    """Whether the reader wants no more questions."""

    @abstractmethod
    def show(self, task: _Task, place: str) -> None:
        """Show a task with everything needed to judge it."""

    @abstractmethod
    def keys(self, task: _Task) -> str:
        """Return the keys that may be typed."""

    @abstractmethod
    def act(self, key: str, task: _Task) -> bool:
        """Do what one key says; return whether the task is done with."""

    def go_through(self, tasks: Sequence[_Task]) -> None:
        """Show each task and ask until it is done with, or the reader stops."""
        write_note(REASONS_ARE_PUBLIC)
        try:
            for number, task in enumerate(tasks, 1):
                self.show(task, f"{number} of {len(tasks)}")
                while not self.answered(task):
                    pass
        except (QuitReading, click.Abort):  # Ctrl-C and a closed terminal end it as [q] does
            self.stopped = True

    def answered(self, task: _Task) -> bool:
        """Ask for a key and do what it says; return whether the task is done with."""
        key = ask_key(self.keys(task), default="k")
        try:
            if key == "u":
                self.undo()
            elif key == "q":
                raise QuitReading
            known = key in re.findall(r"\[(\w)\]", self.keys(task)) or key == "m"
            if not known:
                write_note(f"{key} is no answer here. Type one of the letters in brackets.")
            return key == "k" or (known and self.act(key, task))
        except LeafletsError as error:
            note_problems(error.problems)
            return False

    def kept(self) -> str:
        """Return how many answers were kept, in words."""
        return kept_words(self.done, self.who)

    def keep(self, name: str, take_back: Callable[[], object]) -> bool:
        """Remember the last answer, to take it back if asked; return that the task is done with."""
        self.last, self.done = (name, take_back), self.done + 1
        return True

    def undo(self) -> None:
        """Take back the last answer."""
        if not self.last:
            write_note("There is nothing to take back.")
            return
        name, take_back = self.last
        take_back()
        self.last, self.done = None, self.done - 1
        write_note(f"Taken back: {name}. It comes again when you start the command again.")


def kept_words(count: int, who: str) -> str:
    """Return how many answers of a reader were kept, in words."""
    answers = count_words(count, f"answer by {who} is", f"answers by {who} are")
    return f"{answers} kept."
