"""Ask the reader whether each number still counts the same thing, where one of them moved."""

import re

from generator.base.literals import ascii_digits
from generator.base.message_text import MARKUP_PART
from generator.base.sentences import has_full_stop
from generator.checks import Findings, Rule, Severity, Subject
from generator.checks.fact_order import Spot, find_spots, has_moved, quoted_around
from generator.checks.numbers import GROUPED, NUMBER_WORDS
from generator.model import Language

_DIGITS = re.compile(r"(?<![\d_a-z{])\d+")
_SPOKEN = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
_WRITTEN = re.compile(rf"{_DIGITS.pattern}|{_SPOKEN.pattern}", re.IGNORECASE)


def number_spots(text: str, language: Language | None = None) -> tuple[list[Spot], int]:
    """Return the numbers of a text with their sentences, in digits of any script.

    >>> number_spots("۲ of 1,000. 3")
    ([('2', 0), ('1000', 0), ('3', 1)], 2)
    """
    untagged = MARKUP_PART.sub(lambda part: part[0] if part[0][0] == "{" else "", text)
    return find_spots(GROUPED.sub("", ascii_digits(untagged)), _DIGITS, language)


@Rule(
    why="“14 weeks, 2 days” has the same numbers as “2 weeks, 14 days”, and “17 to 9” the same as "
    "“9 to 17”.",
    hint="see what each number counts in both, and sign only if it is the same",
    passes=(
        ("fr", "2 weeks, 14 days", "2 semaines, 14 jours"),
        ("fa", "From 9 to 17", "از ۹ تا ۱۷"),
        ("fr", "2 weeks", "3 semaines"),
        ("fr", "Two people, 2 days.", "2 personnes, 2 jours."),
        ("fr", "Two weeks, 14 days.", "2 semaines, 14 jours."),
        ("zh_Hans", "2 of 1,000 homes. 3 are empty.", "2/1000的房子。3个是空的。"),
        ("fr", "Call {line2} in 2 days.", "Dans 2 jours, appelez {line2}."),
    ),
    fails=(
        ("fr", "2 weeks, 14 days", "14 semaines, 2 jours"),
        ("fa", "From 9 to 17", "از ۱۷ تا ۹"),
        ("fr", "Two weeks, 14 days.", "14 semaines, 2 jours."),
        ("es", "1,000 homes, 2 of 3 empty", "De 3, 2 vacías: 1.000 casas"),
        ("ar", "Come in 2 days. Stay.", "تعالوا. ابقوا 2 أيام."),
    ),
    severity=Severity.WARNING,
    asks=True,
)
def number_order(subject: Subject) -> Findings:
    """Do the numbers stand in another order or sentence than in the English?"""
    own = number_spots(subject.msgstr, subject.language)
    spelt = _SPOKEN.sub(lambda word: str(NUMBER_WORDS.index(word[0].lower())), subject.msgid)
    stops = has_full_stop(subject.language)
    if any(has_moved(number_spots(english), own, stops) for english in (subject.msgid, spelt)):
        yield f"the English says {quoted_around(subject.msgid, _WRITTEN)}"
