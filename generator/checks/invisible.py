"""No invisible character but those the language's spelling needs, where it needs them."""

import re
import unicodedata

from generator.base.spaces import SPACES
from generator.base.words import code_points, is_word_char
from generator.checks import Findings, Rule, Subject
from generator.checks.bidi_control import DIRECTION_CONTROLS, DIRECTION_MARKS

# Letters, marks, signs and separators that print nothing.
_BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2028\u2029\u2800\u3164\uffa0")
# Variation selectors ask for another shape of the character before them, and can hide text.
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINER = re.compile("[\u200b-\u200d]")


def takes_joiner(char: str) -> bool:
    """Tell whether a joiner may stand beside a character: a word's, a placeholder or a tag."""
    return char in "{}<>" or is_word_char(char)


def misplaced_joiners(text: str) -> set[str]:
    """Return the joiners that stand twice in a row or at the edge of a word.

    After a virama one may end a word.
    """
    found = set()
    for match in _JOINER.finditer(text):
        before, after = text[: match.start()][-1:] or " ", text[match.end() :][:1] or " "
        virama = unicodedata.combining(before) == 9
        inside = takes_joiner(before) and (takes_joiner(after) or virama)
        at_edge = match[0] != "\u200b" and not inside and not _JOINER.match(before)
        if at_edge or _JOINER.match(after):
            found.add(match[0])
    return found


def place_after(text: str, found: set[str]) -> str:
    """Return after which letters the first of some characters stands."""
    before = text[: min(text.index(char) for char in found)]
    return f" after {before[-12:]!r}" if before.strip() else " at the beginning"


@Rule(
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
def invisible(subject: Subject) -> Findings:
    """Does the text hold a character nobody can see?"""
    text = subject.msgstr
    allowed = {*subject.language.joiners, *DIRECTION_MARKS, *DIRECTION_CONTROLS, *SPACES}
    unprinted = ("Cf", "Cc", "Co", "Cn", "Cs")
    hidden = {char for char in text if unicodedata.category(char) in unprinted} - allowed
    hidden |= _BLANK & set(text) | set(_SELECTOR.findall(text))
    if hidden:
        yield f"an invisible character: {code_points(hidden)}{place_after(text, hidden)}"
    if found := misplaced_joiners(text) - hidden:
        where = place_after(text, found)
        yield f"a joiner at the edge of a word, or twice: {code_points(found)}{where}"
