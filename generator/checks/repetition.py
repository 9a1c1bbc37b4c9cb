"""No words, syllables or letters that a machine repeated without end."""

import re
import unicodedata
import zlib
from collections import Counter

from generator.base.message_text import without_markup
from generator.base.words import keep_categories
from generator.checks import Findings, Rule, Subject

_TIMES = 3
# Words of a phrase that is looked for in a row; longer ones are found by their beginnings.
_LONGEST = 10
_STUTTER = re.compile(r"(\S|\S.{1,19}?)\1{4,}")
# Letters of a phrase that is no word said twice, where words are not parted.
_LETTERS = 4
# How much better than the English the text may compress.
_DENSE = 2.2
# Letters below which compression says nothing.
_LEAST = 60


def repeat_tokens(text: str, spaced: bool) -> list[str]:
    """Return the words of a text, or its letters where no spaces part the words.

    Vowel signs belong to their letter.
    """
    simple = unicodedata.normalize("NFC", without_markup(text)).casefold()
    kept = keep_categories(simple, "LMN")
    return kept.split() if spaced else re.findall(r"[a-z\d]+|[^a-z\d\s]", kept)


def top_phrase(words: list[str], least: int) -> tuple[int, str]:
    """Return the highest count of one phrase of at least `least` words, and the phrase."""
    grams = Counter(tuple(words[start : start + least]) for start in range(len(words) - least + 1))
    phrase, count = grams.most_common(1)[0] if grams else ((), 0)
    return count, " ".join(phrase)


def phrase_in_a_row(words: list[str], least: int) -> str:
    """Return a phrase that stands three times in a row, or nothing."""
    for size in range(least, min(_LONGEST, len(words) // _TIMES) + 1):
        for start in range(len(words) - _TIMES * size + 1):
            phrase = words[start : start + size]
            if words[start : start + _TIMES * size] == phrase * _TIMES:
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
    """Return how many times smaller the text gets when it is compressed.

    One byte stands for a letter in every script.
    """
    data = bytes(ord(char) & 0xFF for char in text)
    return len(data) / len(zlib.compress(data, 9)) if len(data) >= _LEAST else 0


@Rule(
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
            "Nous demandons des logements sûrs. Nous demandons un travail sûr. "
            "Nous demandons des écoles sûres.",
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
def repetition(subject: Subject) -> Findings:
    """Does the text repeat what the English does not?"""
    spaced = subject.language.spaced
    english, own = repeat_tokens(subject.msgid, True), repeat_tokens(subject.msgstr, spaced)
    stutter = _STUTTER.search(subject.msgstr)
    count, phrase = top_phrase(own, 4 if spaced else 10)
    half = doubled_half(own)
    long_enough = len(half) + (len(english) >= _TIMES) >= (2 if spaced else _LETTERS)
    if half and long_enough and not doubled_half(english) and (spaced or english[1:]):
        yield f"the whole text stands there twice: {' '.join(half)!r}"
    elif (said := phrase_in_a_row(own, 1 if spaced else 2)) and not phrase_in_a_row(english, 1):
        yield f"three times in a row: {said!r}"
    elif stutter and not _STUTTER.search(subject.msgid):
        yield f"five times or more: {stutter[1]!r}"
    elif count >= _TIMES and count > top_phrase(english, 2)[0]:
        yield f"{count} times: {phrase!r}"
    elif compression_ratio(subject.msgstr) > _DENSE * max(compression_ratio(subject.msgid), 1):
        yield "the text repeats itself far more than the English"
