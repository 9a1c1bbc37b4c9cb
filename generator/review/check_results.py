"""What the checks find in the sentences of a language; results are remembered on this computer.

A result depends on the rules (the code of the checks and of what they use), on what all sentences
of the language are compared with, and on the wording with its risk. All of it is in the key, so
nothing has to be thrown away when one of them changes.
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

# The code on which a result of a check depends.
CHECKING_ROOMS = (
    *("model.py", "problem.py", "base", "catalogue"),
    *("blocks", "campaign", "layout", "checks"),
)

# Ids of the words under a fact's value, such as when somebody answers.
DETAIL = re.compile(r"fact\..+\.detail")

# The libraries whose data the checks use.
LIBRARIES = ("babel", "fonttools")


@cache
def rules_digest() -> str:
    """Return a digest of all that decides what the checks find, whatever they look at."""
    code = program_texts(CHECKING_ROOMS)
    return digest(unicodedata.unidata_version, *map(version, LIBRARIES), *code)


@cache
def _rows(languages: tuple[Language, ...]) -> str:
    return digest(*map(repr, languages))


class _RememberedFindings:
    """What the checks find in sentences of one kind."""

    def __init__(self, *parts: str) -> None:
        self._cache = ResultCache(f"checks-{digest(rules_digest(), *parts)[:20]}")

    def _remembered(self, key: str, check: Callable[[], Iterable[Problem]]) -> list[Problem]:
        """Return the problems, without their places, that `check` finds or once found."""
        rows = self._cache.worked(
            key, lambda: [(one.code, one.what, "", one.hint, one.severity) for one in check()]
        )
        return [Problem(*row) for row in rows]

    def save(self) -> None:
        """Write down what was found for the next run."""
        self._cache.save()


class TranslationFindings(_RememberedFindings):
    """What the checks find in translations of one language."""

    def __init__(
        self,
        context: CheckContext,
        files: str = "",
        covers: Callable[[], frozenset[int] | None] = lambda: None,
    ) -> None:
        """Take what all sentences are compared with, and the fonts.

        `covers` gives what the fonts can print; `files` stands for it in the keys.
        """
        super().__init__(
            repr(context.language),
            _rows(context.languages),
            repr((context.names, context.terms, context.avoid)),
            files,
        )
        self._context, self._covers = context, covers

    @cached_property
    def context(self) -> CheckContext:
        """What the sentences are compared with, and what the fonts can print."""
        return replace(self._context, covers=self._covers())

    def of(self, text: Translation) -> list[Problem]:
        """Return what is wrong with a translation."""
        message, context = text.message, self._context
        subject = context.subject(message.msgid, text.msgstr)
        key = digest(message.risk, subject.msgid, subject.msgstr, subject.back, *subject.elsewhere)
        found = self._remembered(key, lambda: check_translation(message, text.msgstr, self.context))
        language = context.language.code
        return [problem.at(language=language, msgctxt=message.msgctxt) for problem in found]


def findings_with_fonts(context: CheckContext, table: dict[str, Language]) -> TranslationFindings:
    """Return what the checks find, with what the language's fonts can print.

    Fonts still to be cut, a minute's work, say nothing.
    """
    faces = fonts.needed_faces([context.language], table)
    if not all(map(fonts.is_face_ready, faces)):
        return TranslationFindings(context)
    files = digest(*map(fonts.font_digest, fonts.font_files(faces).values()))
    return TranslationFindings(
        context, files, lambda: fonts.printable_characters(context.language, table)
    )


class SourceFindings(_RememberedFindings):
    """What the checks find in sentences of the source language."""

    def __init__(
        self,
        language: Language,
        avoid: tuple[tuple[str, str], ...],
        languages: tuple[Language, ...],
        names: tuple[str, ...],
    ) -> None:
        """Take what `check_source` takes besides the sentence."""
        super().__init__("source", repr(language), repr((avoid, names)), _rows(languages))
        self._given = language, avoid, languages, names

    def of(self, message: Message) -> list[Problem]:
        """Return what is wrong with a sentence before anybody translates it."""
        key = digest(message.risk, message.msgid)
        found = self._remembered(key, lambda: check_source(message, *self._given))
        # The detail of a fact is data, and the one place for the days of a telephone line.
        passed = "weekdays" if DETAIL.fullmatch(message.msgctxt) else ""
        return [
            problem.at(where=message.where, msgctxt=message.msgctxt)
            for problem in found
            if problem.code != passed
        ]
