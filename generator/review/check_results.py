"""What the checks find in the sentences of a language, each wording looked at once: its result is remembered on this computer.

A result depends on the rules (the code of the checks and of what they use), on what all sentences of the language are looked at with,
and on the wording with its risk. All of it is in the key: nothing has to be thrown away when one of them changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, cached_property
from importlib.metadata import version

from generator.base.digests import digest
from generator.base.result_cache import ResultCache
from generator.campaign.shipped import program_texts
from generator.checks import CheckContext, check_source, check_translation
from generator.layout import fonts
from generator.model import Language, Message, Translation
from generator.problem import Problem

CHECKING_ROOMS = ("model.py", "problem.py", "base", "catalogue", "campaign", "layout", "checks")
"""The code on which a result of a check depends."""
DETAIL = re.compile(r"fact\..+\.detail")
"""The words under a fact's value, such as when somebody answers; they stand in facts.yaml beside it."""
LIBRARIES = ("babel", "fonttools")
"""The libraries whose data the checks use."""


@cache
def rules_digest() -> str:
    """Return a digest of all that decides what the checks find, whatever they look at."""
    code = program_texts(CHECKING_ROOMS)
    return digest(unicodedata.unidata_version, *map(version, LIBRARIES), *code)


@cache
def _rows(languages: tuple[Language, ...]) -> str:
    return digest(*map(repr, languages))


class TranslationFindings:
    """What the checks find in translations of one language."""

    def __init__(
        self,
        context: CheckContext,
        files: str = "",
        covers: Callable[[], frozenset[int] | None] = lambda: None,
    ) -> None:
        """Take what all sentences are looked at with; `covers` gives what the fonts can print, and `files` stands for it in the keys."""
        parts = (
            repr(context.language),
            _rows(context.languages),
            repr((context.names, context.terms, context.avoid)),
            files,
        )
        self._context, self._covers = context, covers
        self._kept = ResultCache(f"checks-{digest(rules_digest(), *parts)[:20]}")

    @cached_property
    def context(self) -> CheckContext:
        """What the sentences are looked at with, and what the fonts can print."""
        return replace(self._context, covers=self._covers())

    def of(self, text: Translation) -> list[Problem]:
        """Return what is wrong with a translation."""
        subject = self._context.subject(text.message.msgid, text.msgstr)
        key = digest(
            text.message.risk, subject.msgid, subject.msgstr, subject.back, *subject.elsewhere
        )
        found = self._kept.worked(
            key, lambda: _kept(check_translation(text.message, text.msgstr, self.context))
        )
        return [
            Problem(*row).at(language=self._context.language.code, msgctxt=text.message.msgctxt)
            for row in found
        ]

    def save(self) -> None:
        """Write down what was found for the next run."""
        self._kept.save()


def findings_with_fonts(context: CheckContext, table: dict[str, Language]) -> TranslationFindings:
    """Return what the checks find, with what the language's fonts can print; fonts still to be cut, a minute's work, say nothing."""
    faces = fonts.needed_faces([context.language], table)
    if not all(map(fonts.is_face_ready, faces)):
        return TranslationFindings(context)
    files = digest(*map(fonts.font_digest, fonts.font_files(faces).values()))
    return TranslationFindings(
        context, files, lambda: fonts.printable_characters(context.language, table)
    )


class SourceFindings:
    """What the checks find in sentences of the source language."""

    def __init__(
        self,
        language: Language,
        avoid: tuple[tuple[str, str], ...],
        languages: tuple[Language, ...],
        names: tuple[str, ...],
    ) -> None:
        """Take what `check_source` takes besides the sentence."""
        self._given = language, avoid, languages, names
        parts = (repr(language), repr((avoid, names)), _rows(languages))
        self._kept = ResultCache(f"checks-{digest(rules_digest(), 'source', *parts)[:20]}")

    def of(self, message: Message) -> list[Problem]:
        """Return what is wrong with a sentence before anybody translates it."""
        key = digest(message.risk, message.msgid)
        found = self._kept.worked(key, lambda: _kept(check_source(message, *self._given)))
        wrong = [Problem(*row).at(where=message.where, msgctxt=message.msgctxt) for row in found]
        # The detail of a fact is data, and the one place for the days of a telephone line.
        return [
            problem
            for problem in wrong
            if not (problem.code == "weekdays" and DETAIL.fullmatch(message.msgctxt))
        ]

    def save(self) -> None:
        """Write down what was found for the next run."""
        self._kept.save()


def _kept(problems: Iterable[Problem]) -> list[tuple[str, str, str, str, str]]:
    """Return the problems without their places, in the order of Problem's fields."""
    return [
        (problem.code, problem.what, "", problem.hint, problem.severity) for problem in problems
    ]
