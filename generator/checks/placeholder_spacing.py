"""A space between a word and a placeholder where the English has one."""

import unicodedata
from collections.abc import Iterator
from itertools import takewhile

from generator.base.message_text import INLINE_TAG, PLACEHOLDER
from generator.base.words import is_caseless, is_word_char
from generator.checks import Findings, Rule, Severity, Subject

# Letters that scripts without capitals write onto the next word, and onto the word before.
_PREFIX, _SUFFIX = 2, 3


def leading_letters(text: str) -> str:
    """Return the letters at the beginning of a text, up to the first that is none."""
    return "".join(takewhile(is_word_char, text))


def touched(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each placeholder with the letters that touch it on both sides."""
    untagged = INLINE_TAG.sub("", text)
    for found in PLACEHOLDER.finditer(untagged):
        before = leading_letters(untagged[: found.start()][::-1])[::-1]
        yield found[0], before, leading_letters(untagged[found.end() :])


def is_affix(word: str, most: int) -> bool:
    """Tell whether a few letters are a prefix or suffix rather than a word whose space is lost."""
    letters = [char for char in word if unicodedata.category(char)[0] != "M"]
    return is_caseless(word) and len(letters) <= most


@Rule(
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
def placeholder_spacing(subject: Subject) -> Findings:
    """Does a word touch a placeholder?"""
    if not subject.language.spaced:
        return
    glued = {found for found, before, after in touched(subject.msgid) if before or after}
    for found, before, after in touched(subject.msgstr):
        affixes = is_affix(before, _PREFIX) and is_affix(after, _SUFFIX)
        if found not in glued and not affixes:
            yield f"a word touches a placeholder: {before + found + after!r}"
