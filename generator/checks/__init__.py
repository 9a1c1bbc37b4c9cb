"""One check a file: what a sentence must not do, why, and examples that prove it.

Copy one file to add a check. Its examples are its tests; its id is its file's name and never changes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from generator.model import Language, Message
from generator.problem import Problem, Severity

Finding = str
"""What is wrong, in words; the check's hint says what to do."""
Example = tuple[str, str, str]
"""Language code, English, translation."""


@dataclass(frozen=True)
class Subject:
    """One sentence to look at; for the English original `msgstr` is the msgid itself."""

    msgid: str
    msgstr: str
    language: Language
    names: tuple[str, ...] = ()
    """Names that are never translated; the campaign's stand in locales/glossary.yaml."""
    covers: frozenset[int] | None = None
    """Code points that the language's fonts can print, if they are known."""


@dataclass(frozen=True)
class Check:
    """A rule with its reason, its advice and its examples."""

    id: str
    why: str
    hint: str
    passes: tuple[Example, ...]
    fails: tuple[Example, ...]
    on: Literal["source", "translation", "both"]
    severity: Severity
    find: Callable[[Subject], Iterator[Finding]]

    def problems(self, subject: Subject) -> Iterator[Problem]:
        """Yield what is wrong with a sentence."""
        for finding in self.find(subject):
            yield Problem(self.id, finding, hint=self.hint, severity=self.severity)


def check(
    why: str,
    hint: str,
    passes: tuple[Example, ...],
    fails: tuple[Example, ...],
    on: Literal["source", "translation", "both"] = "translation",
    severity: Severity = "error",
) -> Callable[[Callable[[Subject], Iterator[Finding]]], Check]:
    """Make a Check of a function that yields findings; its id is the name of its file."""

    def decorate(find: Callable[[Subject], Iterator[Finding]]) -> Check:
        name = find.__module__.rpartition(".")[2].replace("_", "-")
        return Check(name, why, hint, passes, fails, on, severity, find)

    return decorate


@cache
def all_checks() -> tuple[Check, ...]:
    """Return every check of this folder, by id."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Check))


def check_source(message: Message, english: Language) -> list[Problem]:
    """Return what is wrong with an English sentence, before anyone translates it."""
    subject = Subject(message.msgid, message.msgid, english)
    found = [problem for rule in all_checks() if rule.on != "translation" for problem in rule.problems(subject)]
    return [problem.at(where=message.where, msgctxt=message.msgctxt) for problem in found]


def check_translation(
    message: Message, msgstr: str, language: Language, names: tuple[str, ...] = (), covers: frozenset[int] | None = None
) -> list[Problem]:
    """Return what is wrong with a translation; an empty one is not looked at."""
    if not msgstr:
        return []
    subject = Subject(message.msgid, msgstr, language, names, covers)
    found = [problem for rule in all_checks() if rule.on != "source" for problem in rule.problems(subject)]
    return [problem.at(language=language.code, msgctxt=message.msgctxt) for problem in found]
