"""One check a file: what a sentence must not do, why, and examples that prove it.

Copy one file to add a check. Its examples are its tests; its id is the name of its file and never
changes.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from generator.base.message_text import without_markup
from generator.base.words import words_of
from generator.model import Language, Message, Risk
from generator.problem import Problem, Severity

__all__ = [
    "Check",
    "CheckContext",
    "Doubt",
    "Example",
    "Finding",
    "Findings",
    "Rule",
    "Severity",
    "Subject",
    "all_checks",
    "check_source",
    "check_translation",
    "is_well_known",
]

# What is wrong, in words; the check's hint says what to do.
Finding = str

# What a check yields.
Findings = Iterator[Finding]

# Language code, English, translation.
Example = tuple[str, str, str]

# A word of the English that is a name or an acronym: a capital that opens no sentence.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w+|\b\w+[A-Z]\w*")
_FEWEST_COMMON_WORDS = 20


class Doubt(str):
    """A finding for which the language table knows too little: it warns, and stops no edition."""

    __slots__ = ()


@dataclass(frozen=True)
class CheckContext:
    """What the sentences of one language are checked with."""

    language: Language
    names: tuple[str, ...] = ()
    """Names that are never translated; the campaign's stand in locales/glossary.yaml."""
    covers: frozenset[int] | None = None
    """Code points that the language's fonts can print, if they are known."""
    terms: tuple[tuple[str, str], ...] = ()
    """English terms and the word that people agreed on."""
    avoid: tuple[tuple[str, str], ...] = ()
    """Words not to use, and the better ones."""
    languages: tuple[Language, ...] = ()
    """All rows of the language table, to tell one from another."""
    translations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Every translation in the campaign by its English."""
    backs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What a machine makes of translations in English, by English and translation."""

    def subject(self, msgid: str, msgstr: str) -> Subject:
        """Return one sentence of the language, ready to be checked."""
        return Subject(**vars(self), msgid=msgid, msgstr=msgstr)


@dataclass(frozen=True, kw_only=True)
class Subject(CheckContext):
    """One sentence to check; for the English original `msgstr` is the msgid itself."""

    msgid: str
    msgstr: str

    @property
    def is_source(self) -> bool:
        """Whether this is the original, which nobody translated."""
        return self.msgid == self.msgstr

    @property
    def elsewhere(self) -> list[str]:
        """Other translations of the same English in the campaign."""
        return sorted(self.translations.get(self.msgid, frozenset()) - {self.msgstr})

    @property
    def back(self) -> str:
        """What a machine makes of the translation in English, if one was asked."""
        return self.backs.get((self.msgid, self.msgstr), "")

    def own_words(self, text: str) -> list[str]:
        """Return the words of a text that somebody had to translate.

        Names, and acronyms of the English, stay as they are.
        """
        for name in sorted(self.names, key=len, reverse=True):
            text = text.replace(name, " ")
        kept = set(_NAME.findall(without_markup(self.msgid)))
        return [word for word in words_of(text) if word not in kept]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a check is for, and its examples; it makes a Check of a function."""

    why: str
    hint: str
    passes: tuple[Example, ...]
    fails: tuple[Example, ...]
    on: Literal["source", "translation", "both"] = "translation"
    severity: Severity = Severity.ERROR
    risky: Severity | None = None
    """Severity where a wrong sentence can hurt (rights, medical, safety), if it is another."""
    asks: bool = False
    """Whether it is a question to the reader who signs: `leaflets check` leaves it out."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """Fields of CheckContext that the examples need: terms, avoid, translations, backs."""

    def __call__(self, find: Callable[[Subject], Findings]) -> Check:
        """Return the check whose id is the name of the function's file."""
        name = find.__module__.rpartition(".")[2].replace("_", "-")
        return Check(**vars(self), id=name, find=find)


@dataclass(frozen=True, kw_only=True)
class Check(Rule):
    """A rule and the function that finds what breaks it."""

    id: str
    find: Callable[[Subject], Findings]

    def problems(self, subject: Subject, risk: Risk = Risk.PLAIN) -> Iterator[Problem]:
        """Yield what is wrong with a sentence."""
        full = self.severity if risk is Risk.PLAIN else self.risky or self.severity
        for finding in self.find(subject):
            severity = Severity.WARNING if isinstance(finding, Doubt) else full
            yield Problem(self.id, str(finding), hint=self.hint, severity=severity)


@cache
def all_checks() -> tuple[Check, ...]:
    """Return every check of this folder, by id."""
    names = (f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__))
    values = (value for name in names for value in vars(importlib.import_module(name)).values())
    return tuple(value for value in values if isinstance(value, Check))


def is_well_known(language: Language) -> bool:
    """Tell whether the row of a language has words enough to say what is none of its own.

    What looks strange in a language that is hardly known is a Doubt.
    """
    return len(language.words) >= _FEWEST_COMMON_WORDS


def check_source(
    message: Message,
    source: Language,
    avoid: tuple[tuple[str, str], ...] = (),
    languages: Iterable[Language] = (),
    names: tuple[str, ...] = (),
) -> list[Problem]:
    """Return what is wrong with a sentence of the source, before anyone translates it.

    `languages` is the language table.
    """
    context = CheckContext(source, names, avoid=avoid, languages=tuple(languages))
    subject = context.subject(message.msgid, message.msgid)
    return [
        problem.at(where=message.where, msgctxt=message.msgctxt)
        for rule in all_checks()
        if rule.on != "translation"
        for problem in rule.problems(subject, message.risk)
    ]


def check_translation(
    message: Message, msgstr: str, context: CheckContext, asks: bool = False
) -> list[Problem]:
    """Return what is wrong with a translation, nothing for an empty one.

    With `asks` the questions to its reader are among it.
    """
    if not msgstr:
        return []
    subject = context.subject(message.msgid, msgstr)
    return [
        problem.at(language=context.language.code, msgctxt=message.msgctxt)
        for rule in all_checks()
        if rule.on != "source" and (asks or not rule.asks)
        for problem in rule.problems(subject, message.risk)
    ]
