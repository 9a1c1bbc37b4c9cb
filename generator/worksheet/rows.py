"""A worksheet: sentences of one language as rows, to be answered away from the computer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.base.digests import digest, short_code
from generator.base.short_codes import typed_letters
from generator.model import Language, Risk, State


class AnswerMark(StrEnum):
    """What a reader says about a sentence as it stands."""

    NONE = ""
    SIGN = "agree"
    """A tick, by the word that files of the phone and of earlier versions have."""
    WRONG = "wrong"


# What people write for a tick and for a cross, in small letters.
_MARKS: Mapping[str, AnswerMark] = {
    sign: mark
    for mark, signs in {
        AnswerMark.SIGN: "✓ ✔ ☑ t tick y yes ok agree a",
        AnswerMark.WRONG: "✗ ✘ × ☒ c cross x n no wrong w",
    }.items()
    for sign in signs.split()
}

# The marks on sheets and in drop-downs; they need no language.
TICK, CROSS = "✓", "✗"

# What the file that a phone gives back says it is.
ANSWERS_KIND = "leaflets-answers"

# Letters of a sheet's version, after its language.
_VERSION_LETTERS = 12

# What people write where a question is answered.
_YES = frozenset(("✓", "✔", "☑", "x", "y", "yes", "t", "true", "1"))


@dataclass(frozen=True)
class WorksheetRow:
    """One sentence of a worksheet."""

    code: str
    """`row_code`'s: names the sentence, and finds its wording."""
    digest: str
    """`row_digest`'s: binds to exactly this wording."""
    domain: str
    msgctxt: str
    msgid: str
    msgstr: str
    note: str
    risk: Risk
    state: State
    signed: int
    """How many people signed it."""
    needed: int
    old: str = ""
    """The English that the text was made for, where that is another one."""
    errors: tuple[str, ...] = ()
    """For which nobody can sign it; it can be corrected."""
    warnings: tuple[str, ...] = ()
    """For which signing needs a reason."""
    questions: tuple[str, ...] = ()
    """What every reader answers."""
    source: bool = False
    """Whether it is a text of the source, which is shown once and corrected in its file."""

    @property
    def texts(self) -> list[str]:
        """The lines of its text as a sheet shows them; a whole leaflet has many."""
        return self.msgstr.split("\n") if self.source else [self.msgstr]


@dataclass(frozen=True)
class Worksheet:
    """The rows of one language; `who` is empty until somebody writes their code on it."""

    language: Language
    rows: tuple[WorksheetRow, ...]
    who: str = ""

    @property
    def version(self) -> str:
        """The code of exactly these rows in this order and wording; it begins with the language."""
        return sheet_version(self.language.code, [row.digest for row in self.rows])


@dataclass(frozen=True)
class SheetAnswer:
    """What a reader answered to one row, on whatever it was written."""

    code: str
    mark: AnswerMark = AnswerMark.NONE
    text: str = ""
    """Another wording; empty if the old one stays."""
    reason: str = ""
    """Why it is wrong, or why what a check doubts is right."""
    seen: bool = False
    """Whether all questions of the row were answered with yes."""
    place: str = ""
    """Where it stands in the file, such as `row 12`."""
    digest: str = ""
    """The digest of the row, if what it is written on holds it; paper does not."""
    shown: tuple[str, str] | None = None
    """English and translation as the file shows them, if it does."""
    fault: str = ""
    """What is wrong with a cell, so that the row cannot be believed."""

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        return not (self.mark or self.text or self.reason or self.fault)

    @property
    def said(self) -> tuple[AnswerMark, str, str, bool]:
        """What was answered, wherever it stands."""
        return self.mark, self.text, self.reason, self.seen


@dataclass(frozen=True)
class FilledWorksheet:
    """A filled-in worksheet: whose it is, of which version, and its answers."""

    version: str
    who: str
    rows: tuple[SheetAnswer, ...]


def read_mark(typed: str) -> AnswerMark | None:
    """Return what a mark means; None if nobody can tell.

    >>> read_mark(" X "), read_mark("✓"), read_mark("?")
    (<AnswerMark.WRONG: 'wrong'>, <AnswerMark.SIGN: 'agree'>, None)
    """
    kept = (char for char in typed if unicodedata.category(char) not in ("Cf", "Cc", "Mn"))
    sign = "".join(kept).strip().casefold()
    return _MARKS.get(sign) if sign else AnswerMark.NONE


def read_yes(typed: str) -> bool:
    """Tell whether a question was answered with yes."""
    return typed.strip().casefold() in _YES


def sheet_version(language: str, digests: Iterable[str]) -> str:
    """Return the version of a sheet with these rows.

    It has 60 bits, so that no other rows can be found for it.

    >>> sheet_version("ti", ["w0", "w1"])
    'TI-QPDG-0DYJ-QJ8Z'
    """
    code = short_code(_plain(language), digest(language, *digests), _VERSION_LETTERS)
    tag, _, letters = code.partition("-")
    groups = (letters[place : place + 4] for place in range(0, _VERSION_LETTERS, 4))
    return "-".join((tag, *groups))


def same_version(typed: str, version: str) -> bool:
    """Tell whether somebody typed a version, however they wrote its letters and hyphens.

    >>> same_version("ti qpdg odyjqj8z", "TI-QPDG-0DYJ-QJ8Z")
    True
    """
    return typed_letters(typed) == typed_letters(version)


def sheet_language(version: str, languages: Iterable[str]) -> str:
    """Return the language whose worksheets have a version like this, "" if there is none.

    >>> sheet_language("zhhans-7k3m-q", ["zh_Hans", "zh_Hant"])
    'zh_Hans'
    >>> sheet_language("ZHHANS 7K3M", ["zh_Hans"])
    'zh_Hans'
    """
    named = version.replace("-", " ").strip().partition(" ")[0].casefold()
    return next((code for code in languages if _plain(code).casefold() == named), "")


def _plain(code: str) -> str:
    return code.replace("_", "")
