"""No invisible character but those the language's spelling needs, and those only where it needs them."""

import re
import unicodedata
from collections.abc import Iterator

from generator.base.spaces import SPACES
from generator.checks import Finding, Subject, check
from generator.checks.bidi_control import MARKS, REFUSED

BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2028\u2029\u2800\u3164\uffa0")
"""Letters, marks, signs and separators that print nothing."""
SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors: they ask for another shape of the character before them, and can hide text."""
JOINER = re.compile("[\u200b-\u200d]")


def takes_joiner(char: str) -> bool:
    """Tell whether a joiner may stand beside a character: a letter, mark or digit, a placeholder or a tag."""
    return char in "{}<>" or unicodedata.category(char)[0] in "LMN"


def misplaced_joiners(text: str) -> set[str]:
    """Return the joiners that stand twice in a row or at the edge of a word; after a virama one may end a word."""
    found = set()
    for match in JOINER.finditer(text):
        before, after = text[: match.start()][-1:] or " ", text[match.end() :][:1] or " "
        inside = takes_joiner(before) and (
            takes_joiner(after) or unicodedata.combining(before) == 9
        )
        if JOINER.match(after) or (
            match[0] != "\u200b" and not inside and not JOINER.match(before)
        ):
            found.add(match[0])
    return found


def code_points(found: set[str]) -> str:
    """Return characters that cannot be shown by their numbers."""
    return ", ".join(f"U+{ord(char):04X}" for char in sorted(found))


def place_after(text: str, found: set[str]) -> str:
    """Return after which letters the first of some characters stands."""
    before = text[: min(text.index(char) for char in found)]
    return f" after {before[-12:]!r}" if before.strip() else " at the beginning"


@check(
    why="Invisible characters split words, hide text and make two equal-looking sentences differ.",
    hint="delete the invisible character; type the word again if you cannot find it",
    passes=(
        ("fa", "You come", "می\u200cآیید"),
        ("fa", "The {names}", "{names}\u200cها"),
        ("fr", "Come!", "Venez\u00a0!"),
        ("fr", "Come!", "Venez\n\tvite"),
        ("km", "Help us", "ជួយ\u200bយើង"),
        ("ml", "He", "അവന്\u200d"),
        ("si", "Sri Lanka", "ශ්\u200dරී ලංකා"),
    ),
    fails=(
        ("fr", "Come.", "Ve\u200bnez."),
        ("fr", "Come.", "Ve\u00adnez."),
        ("ar", "Come.", "تعا\ufeffلوا."),
        ("fr", "Come.", "Venez.\U000e0041"),
        ("fr", "Come.", "Ve\u200dnez."),
        ("fr", "Come.", "Venez\ue000."),
        ("fr", "Come.", "Venez\x0bvite"),
        ("fr", "Come.", "Venez\ufe0f."),
        ("fr", "Come.", "Venez\u3164."),
        ("fr", "Come.", "Venez\u2028vite"),
        ("ar", "Come.", "تعا\u200cلوا."),
        ("fa", "You come", "می\u200c\u200cآیید"),
        ("fa", "You come", "آیید\u200c می"),
        ("fa", "You come", "\u200cمی آیید"),
        ("km", "Help us", "ជួយ\u200b\u200bយើង"),
    ),
    on="both",
)
def invisible(subject: Subject) -> Iterator[Finding]:
    """Does the text hold a character nobody can see?"""
    allowed = set(subject.language.joiners) | MARKS | REFUSED | set(SPACES)
    hidden = {
        char
        for char in subject.msgstr
        if unicodedata.category(char) in ("Cf", "Cc", "Co", "Cn", "Cs")
    } - allowed
    hidden |= BLANK & set(subject.msgstr) | set(SELECTOR.findall(subject.msgstr))
    if hidden:
        yield f"an invisible character: {code_points(hidden)}{place_after(subject.msgstr, hidden)}"
    if found := misplaced_joiners(subject.msgstr) - hidden:
        yield f"a joiner at the edge of a word, or twice: {code_points(found)}{place_after(subject.msgstr, found)}"
