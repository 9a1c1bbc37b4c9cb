"""One check a file: what a sentence must not do, why, and examples that prove it.

Copy one file to add a check. Its examples are its tests; its id is its file's name and never changes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from generator.model import Language, Message, Risk
from generator.problem import Problem, Severity

Finding = str
"""What is wrong, in words; the check's hint says what to do."""


class Doubt(str):
    """A finding for which the language table knows too little: it warns, and never stops an edition."""

    __slots__ = ()


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
    terms: tuple[tuple[str, str], ...] = ()
    """English terms and the word that people agreed on."""
    avoid: tuple[tuple[str, str], ...] = ()
    """Words not to use, and the better ones."""
    elsewhere: tuple[str, ...] = ()
    """Other translations of the same English in the campaign."""
    languages: tuple[Language, ...] = ()
    """All rows of the language table, to tell one from another."""
    back: str = ""
    """What a machine makes of the translation in English, if one was asked."""


@dataclass(frozen=True)
class CheckContext:
    """What the sentences of one language are looked at with; the fields are `Subject`'s."""

    language: Language
    names: tuple[str, ...] = ()
    covers: frozenset[int] | None = None
    terms: tuple[tuple[str, str], ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()
    languages: tuple[Language, ...] = ()
    translations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Every translation in the campaign by its English."""
    backs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Back-translations by English and translation."""

    def subject(self, msgid: str, msgstr: str) -> Subject:
        """Return one sentence of the language, ready to be looked at."""
        elsewhere = tuple(sorted(self.translations.get(msgid, frozenset()) - {msgstr}))
        back = self.backs.get((msgid, msgstr), "")
        return Subject(
            msgid,
            msgstr,
            self.language,
            self.names,
            self.covers,
            self.terms,
            self.avoid,
            elsewhere,
            self.languages,
            back,
        )


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
    risky: Severity
    """Severity where a wrong sentence can hurt: rights, medical, safety."""
    asks: bool
    """Whether it is a question to the reader who signs, not a finding: `leaflets check` leaves it out."""
    given: Mapping[str, Any]
    """Fields of Context that the examples need: terms, avoid, translations, backs."""
    find: Callable[[Subject], Iterator[Finding]]

    def problems(self, subject: Subject, risk: Risk = Risk.PLAIN) -> Iterator[Problem]:
        """Yield what is wrong with a sentence."""
        full = self.severity if risk is Risk.PLAIN else self.risky
        for finding in self.find(subject):
            yield Problem(
                self.id,
                str(finding),
                hint=self.hint,
                severity=Severity.WARNING if isinstance(finding, Doubt) else full,
            )


def check(
    why: str,
    hint: str,
    passes: tuple[Example, ...],
    fails: tuple[Example, ...],
    on: Literal["source", "translation", "both"] = "translation",
    severity: Severity = Severity.ERROR,
    risky: Severity | None = None,
    asks: bool = False,
    given: Mapping[str, Any] | None = None,
) -> Callable[[Callable[[Subject], Iterator[Finding]]], Check]:
    """Make a Check of a function that yields findings; its id is the name of its file."""

    def decorate(find: Callable[[Subject], Iterator[Finding]]) -> Check:
        name = find.__module__.rpartition(".")[2].replace("_", "-")
        return Check(
            name, why, hint, passes, fails, on, severity, risky or severity, asks, given or {}, find
        )

    return decorate


@cache
def all_checks() -> tuple[Check, ...]:
    """Return every check of this folder, by id."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    )
    return tuple(
        value for module in modules for value in vars(module).values() if isinstance(value, Check)
    )


def check_source(
    message: Message,
    source: Language,
    avoid: tuple[tuple[str, str], ...] = (),
    languages: Iterable[Language] = (),
    names: tuple[str, ...] = (),
) -> list[Problem]:
    """Return what is wrong with a sentence of the source, before anyone translates it; `languages` is the language table."""
    subject = Subject(
        message.msgid, message.msgid, source, names=names, avoid=avoid, languages=tuple(languages)
    )
    found = [
        problem
        for rule in all_checks()
        if rule.on != "translation"
        for problem in rule.problems(subject, message.risk)
    ]
    return [problem.at(where=message.where, msgctxt=message.msgctxt) for problem in found]


def check_translation(
    message: Message, msgstr: str, context: CheckContext, asks: bool = False
) -> list[Problem]:
    """Return what is wrong with a translation, with `asks` the questions to its reader too; an empty one is not looked at."""
    if not msgstr:
        return []
    subject = context.subject(message.msgid, msgstr)
    rules = [rule for rule in all_checks() if rule.on != "source" and (asks or not rule.asks)]
    found = [problem for rule in rules for problem in rule.problems(subject, message.risk)]
    return [
        problem.at(language=context.language.code, msgctxt=message.msgctxt) for problem in found
    ]
