"""No words, syllables or letters that a machine repeated without end."""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator

from generator.base.message_text import MARKUP_PART
from generator.checks import Finding, Subject, check

TIMES = 3
LONGEST = 10
"""Words of a phrase that is looked for in a row; longer ones are found by their beginnings."""
STUTTER = re.compile(r"(\S|\S.{1,19}?)\1{4,}")
LETTERS = 4
"""Letters of a phrase that is no word said twice, where words are not parted."""
DENSE = 2.2
"""How much better than the English the text may compress."""
LEAST = 60
"""Letters below which compression says nothing."""


def repeat_tokens(text: str, spaced: bool) -> list[str]:
    """Return the words of a text, or its letters where words are not parted; vowel signs belong to their letter."""
    simple = unicodedata.normalize("NFC", MARKUP_PART.sub(" ", text)).casefold()
    kept = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in simple)
    return kept.split() if spaced else re.findall(r"[a-z\d]+|[^a-z\d\s]", kept)


def top_phrase(words: list[str], least: int) -> tuple[int, str]:
    """Return the highest count of one phrase of at least `least` words, and the phrase."""
    grams = Counter(tuple(words[start : start + least]) for start in range(len(words) - least + 1))
    phrase, count = grams.most_common(1)[0] if grams else ((), 0)
    return count, " ".join(phrase)


def phrase_in_a_row(words: list[str], least: int) -> str:
    """Return a phrase that stands three times in a row, or nothing."""
    for size in range(least, min(LONGEST, len(words) // TIMES) + 1):
        for start in range(len(words) - TIMES * size + 1):
            phrase = words[start : start + size]
            if words[start : start + TIMES * size] == phrase * TIMES:
                return " ".join(phrase)
    return ""


def doubled_half(words: list[str]) -> list[str]:
    """Return the half of a text that says one phrase twice and nothing else, or nothing.

    >>> doubled_half(["what", "now", "what", "now"])
    ['what', 'now']
    """
    half = words[: len(words) // 2]
    return half if half * 2 == words else []


def compression_ratio(text: str) -> float:
    """Return how many times smaller the text gets when it is compressed, one byte a letter in every script."""
    data = bytes(ord(char) & 0xFF for char in text)
    return len(data) / len(zlib.compress(data, 9)) if len(data) >= LEAST else 0


@check(
    why="A machine that lost the thread says the same words again and again.",
    hint="delete the repeated words, and look whether something is missing after them",
    passes=(
        ("fr", "Come, come, come!", "Venez, venez, venez !"),
        ("vi", "We are always there.", "Chúng tôi luôn luôn ở đó."),
        ("vi", "Always", "Luôn luôn"),
        ("zh_Hans", "Have a rest", "休息休息"),
        ("my", "Simple", "ရိုးရိုး"),
        ("fr", "Come to us, come to us!", "Venez chez nous, venez chez nous !"),
        ("bn", "Each of you", "আপনারা প্রত্যেকেই প্রত্যেকের"),
        (
            "fr",
            "We ask for safe homes. We ask for safe work. We ask for safe schools.",
            "Nous demandons des logements sûrs. Nous demandons un travail sûr. Nous demandons des écoles sûres.",
        ),
    ),
    fails=(
        ("fr", "Stay inside.", "Restez restez restez à l'intérieur."),
        (
            "fr",
            "Stay inside and call us.",
            "Restez à la maison, restez à la maison et puis restez à la maison.",
        ),
        ("ar", "Come to us.", "تعالوا إلينا تعالوا إلينا تعالوا إلينا"),
        ("bn", "Help", "সাহাহাহাহাহাহায্য"),
        ("tr", "Help", "Yardımımımımımımım"),
        ("zh_Hans", "Stay inside.", "请待在请待在请待在室内。"),
        ("fr", "What to do", "Ce qu’il faut faire Ce qu’il faut faire"),
        (
            "ar",
            "change how we do something",
            "نغير طريقتنا في عمل شيء ما نغير طريقتنا في عمل شيء ما",
        ),
        ("tr", "Where we stand", "Tutumumuz Tutumumuz"),
        ("zh_Hans", "How to write it", "怎样写信怎样写信"),
        ("pa", "Come to the meeting.", "ਮੀਟਿੰਗ ਵਿੱਚ ਆਓ ਮੀਟਿੰਗ ਵਿੱਚ ਆਓ ਮੀਟਿੰਗ ਵਿੱਚ ਆਓ।"),
    ),
)
def repetition(subject: Subject) -> Iterator[Finding]:
    """Does the text repeat what the English does not?"""
    spaced = subject.language.spaced
    english, own = repeat_tokens(subject.msgid, True), repeat_tokens(subject.msgstr, spaced)
    stutter = STUTTER.search(subject.msgstr)
    count, phrase = top_phrase(own, 4 if spaced else 10)
    half = doubled_half(own)
    if (
        half
        and not doubled_half(english)
        and len(half) + (len(english) >= TIMES) >= (2 if spaced else LETTERS)
        and (spaced or english[1:])
    ):
        yield f"the whole text stands there twice: {' '.join(half)!r}"
    elif (said := phrase_in_a_row(own, 1 if spaced else 2)) and not phrase_in_a_row(english, 1):
        yield f"three times in a row: {said!r}"
    elif stutter and not STUTTER.search(subject.msgid):
        yield f"five times or more: {stutter[1]!r}"
    elif count >= TIMES and count > top_phrase(english, 2)[0]:
        yield f"{count} times: {phrase!r}"
    elif compression_ratio(subject.msgstr) > DENSE * max(compression_ratio(subject.msgid), 1):
        yield "the text repeats itself far more than the English"
