"""A space between a word and a placeholder where the English has one."""

import unicodedata
from collections.abc import Iterator

from generator.base.message_text import INLINE_TAG, PLACEHOLDER
from generator.checks import Finding, Subject, check
from generator.problem import Severity

PREFIX, SUFFIX = 2, 3
"""Letters that scripts without capitals write onto the next word, and onto the word before."""


def is_word_char(char: str) -> bool:
    """Tell whether a character is part of a word: a letter, a mark or a digit."""
    return unicodedata.category(char)[0] in "LMN"


def leading_letters(text: str) -> str:
    """Return the letters at the beginning of a text, up to the first that is none."""
    return text[
        : next((index for index, char in enumerate(text) if not is_word_char(char)), len(text))
    ]


def is_affix(word: str, most: int) -> bool:
    """Tell whether a few letters are rather a prefix or suffix than a word whose space was lost."""
    letters = [char for char in word if unicodedata.category(char)[0] != "M"]
    return word.upper() == word.lower() and len(letters) <= most


@check(
    why="A number that touches a word cannot be read, and cannot be told from a longer one.",
    hint="put a space between the word and the braces",
    passes=(
        ("fr", "Call {line} now.", "Appelez {line} maintenant."),
        ("fr", "From {line}", "D'{line}"),
        ("ar", "On {line}", "بـ{line} و{line}"),
        ("am", "On {line}", "በ{line}"),
        ("tr", "On {line}", "{line}'de"),
        ("bn", "On {line}", "{line}-এ, {line}এ"),
        ("zh_Hans", "Call {line} now.", "请拨打{line}联系我们。"),
    ),
    fails=(
        ("fr", "Call {line} now.", "Appelez{line} maintenant."),
        ("fr", "Call {line} now.", "Appelez {line}maintenant."),
        ("ar", "Call {line} now.", "اتصلوا{line} الآن."),
        ("bn", "Call {line} now.", "{line}নম্বরে ফোন করুন।"),
        ("fr", "Call {line}, now.", "Appelez <b>{line}</b>, ou{line}."),
    ),
    severity=Severity.WARNING,
)
def placeholder_spacing(subject: Subject) -> Iterator[Finding]:
    """Does a word touch a placeholder?"""
    if not subject.language.spaced:
        return
    english, own = INLINE_TAG.sub("", subject.msgid), INLINE_TAG.sub("", subject.msgstr)
    sides = {
        (
            found[0],
            leading_letters(english[: found.start()][::-1]),
            leading_letters(english[found.end() :]),
        )
        for found in PLACEHOLDER.finditer(english)
    }
    glued = {name for name, before, after in sides if before or after}
    for found in PLACEHOLDER.finditer(own):
        before, after = (
            leading_letters(own[: found.start()][::-1])[::-1],
            leading_letters(own[found.end() :]),
        )
        if found[0] not in glued and not (is_affix(before, PREFIX) and is_affix(after, SUFFIX)):
            yield f"a word touches a placeholder: {before + found[0] + after!r}"
