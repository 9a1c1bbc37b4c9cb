"""Digits are the everyday ones, or those of the language's script."""

import re
import unicodedata

from generator.base.message_text import PLACEHOLDER
from generator.base.words import code_points, scripts_of
from generator.checks import Findings, Rule, Subject

_NUMBER = re.compile(r"\d[\d.,:/٫٬' \u00a0\u202f-]*\d|\d")


@Rule(
    why="A reader must be able to dial and compare the number; circled and raised digits are lost "
    "on the way to paper.",
    hint="write 0 1 2 3 4 5 6 7 8 9, or the digits of the language, and never two kinds in one "
    "number",
    passes=(
        ("fr", "2 weeks", "2 semaines"),
        ("fa", "2 weeks", "۲ هفته"),
        ("ar", "24 hours", "٢٤ ساعة، 24"),
        ("ti", "1 day", "፩ መዓልቲ"),
        ("pt", "Floor 1", "1º piso"),
        ("fr", "5 m²", "5 m²"),
        ("hi", "2 weeks", "२ हफ़्ते"),
    ),
    fails=(
        ("fr", "2 weeks", "２ semaines"),
        ("fr", "Step 1", "Étape ①"),
        ("fr", "5 metres", "5 m²"),
        ("ar", "2 weeks", "أسبوعان: ۴"),
        ("ur", "2 weeks", "٢ ہفتے"),
        ("fa", "24 hours", "2۴ ساعت"),
        ("bn", "2 weeks", "२ সপ্তাহ"),
        ("fr", "2 weeks", "𝟐 semaines"),
    ),
)
def odd_digits(subject: Subject) -> Findings:
    """Is a digit not what a reader expects?"""
    text, language = PLACEHOLDER.sub(" ", subject.msgstr), subject.language
    digits = {
        char
        for char in text
        if unicodedata.category(char) in ("Nd", "No", "Nl") and not char.isascii()
    }
    everyday = digits - set(language.foreign)
    own = {char for char in everyday if scripts_of(char) & set(language.unicode_scripts)}
    if odd := digits - own - set(subject.msgid):
        yield f"unusual digits: {code_points(odd, shown=True)}"
    # Digits that belong together have the same zero.
    for number in _NUMBER.findall(text):
        if len({ord(char) - unicodedata.digit(char) for char in number if char.isdecimal()}) > 1:
            yield f"two kinds of digits in one number: {number}"
