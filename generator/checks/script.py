"""The text is written in the script of its language."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from generator.base.message_text import CACHED_TEXTS, MARKUP_PART
from generator.checks import Finding, Subject, check

LEAST = 0.6
"""Least share of letters in the language's script."""
LEAST_HAN = 0.3
SHARED = ("Zyyy", "Zinh")
"""Unicode's scripts of characters that many scripts use."""
NAMED = re.compile(r"(?<=[a-z,] )[A-Z]\w+|\b\w+[A-Z]\w*")
"""A word of the English that is a name or an acronym: a capital that opens no sentence."""


@cache
def script_of(char: str) -> str:
    """Return the Unicode script of a character, such as Arab."""
    from fontTools.unicodedata import script

    return str(script(char))


@cache
def scripts_of(char: str) -> frozenset[str]:
    """Return every script that uses a character: a digit or mark can belong to several."""
    from fontTools.unicodedata import script_extension

    return frozenset(script_extension(char))


@lru_cache(CACHED_TEXTS)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, letters with their marks; placeholders and tags are no words.

    >>> words_of("<b>Wê</b> were: {line}")
    ('Wê', 'were')
    """
    composed = unicodedata.normalize("NFC", MARKUP_PART.sub(" ", text))
    return tuple(
        "".join(char if unicodedata.category(char)[0] in "LM" else " " for char in composed).split()
    )


def own_words(subject: Subject, text: str) -> list[str]:
    """Return the words of a text that somebody had to translate: names, and acronyms of the English, stay as they are."""
    for name in sorted(subject.names, key=len, reverse=True):
        text = text.replace(name, " ")
    kept = set(NAMED.findall(MARKUP_PART.sub(" ", subject.msgid)))
    return [word for word in words_of(text) if word not in kept]


@check(
    why="A text in another script stands in the wrong file, or was never translated.",
    hint="check that this is the right language's file, and translate the sentence",
    passes=(
        ("ar", "Call Migrant Help.", "اتصلوا بمنظمة Migrant Help."),
        ("ar", "Ask the Samaritans, or write on WhatsApp.", "Samaritans, WhatsApp: اسألوا."),
        ("zh_Hans", "Come.", "请来。"),
        ("zh_Hans", "Call the police.", "请报警 (police)。"),
        ("ar", "Ask Refugee Action today.", "اسألوا Refugee Action."),
        ("ar", "Migrant Help is free.", "Migrant Help مجانية"),
        ("ar", "WhatsApp", "WhatsApp"),
        ("fr", "{line}", "{line}"),
        ("ckb", "Call the police.", "پەیوەندی بە پۆلیسەوە بکەن (police)."),
    ),
    fails=(
        ("ar", "Come to us.", "Venez chez nous."),
        ("ckb", "Come to us now.", "Niha werin cem me."),
        ("fr", "Come to us.", "تعالوا إلينا."),
        ("uk", "Come here now.", "Idit syudy zaraz."),
        ("bn", "Stay inside and keep your door closed.", "ভিতরে থাকুন এবং आपका দরজা বন্ধ রাখুন।"),
        ("zh_Hans", "Please come with your friend.", "请和您的친구一起来这里。"),
    ),
)
def script(subject: Subject) -> Iterator[Finding]:
    """Are most letters of the language's script, and the others Latin?"""
    own = {*subject.language.unicode_scripts, *SHARED}
    letters = [
        char for word in own_words(subject, subject.msgstr) for char in word if char.isalpha()
    ]
    count = sum(script_of(char) in own for char in letters)
    least = LEAST_HAN if "Hani" in own else LEAST
    if letters and count < least * len(letters):
        yield f"only {100 * count // len(letters)} % of the letters are of the script {subject.language.script}"
    elif third := {char for char in letters if script_of(char) not in {*own, "Latn"}} - set(
        subject.msgid
    ):
        yield f"letters of another script: {' '.join(sorted(third))}"
