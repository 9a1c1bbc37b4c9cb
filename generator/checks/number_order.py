"""Ask the reader whether each number still counts the same thing where their order, or their sentence, is another one."""

import re
from collections.abc import Iterator

from generator.base.literals import ascii_digits
from generator.base.message_text import MARKUP_PART
from generator.checks import Finding, Subject, check
from generator.checks.fact_order import Spot, find_spots, has_moved, quoted_around
from generator.checks.numbers import GROUPED, WORDS
from generator.checks.sentence_count import ENGLISH_ENDS, has_full_stop
from generator.problem import Severity

DIGITS = re.compile(r"(?<![\d_a-z{])\d+")
SPOKEN = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)


def number_spots(
    text: str, ends: str = ENGLISH_ENDS, spaced: bool = True
) -> tuple[list[Spot], int]:
    """Return the numbers of a text with their sentences, as `spots` does, in digits of any script.

    >>> number_spots("۲ of 1,000. 3")
    ([('2', 0), ('1000', 0), ('3', 1)], 2)
    """
    return find_spots(_plain(text), DIGITS, ends, spaced)


def _plain(text: str) -> str:
    return GROUPED.sub(
        "", ascii_digits(MARKUP_PART.sub(lambda cut: cut[0] if cut[0][0] == "{" else "", text))
    )


@check(
    why="“14 weeks, 2 days” has the same numbers as “2 weeks, 14 days”, and “17 to 9” the same as “9 to 17”.",
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
def number_order(subject: Subject) -> Iterator[Finding]:
    """Do the numbers stand in another order or sentence than in the English?"""
    language = subject.language
    own = number_spots(subject.msgstr, language.ends, language.spaced)
    said = SPOKEN.sub(lambda word: str(WORDS.index(word[0].lower())), subject.msgid)
    stops = has_full_stop(language.ends)
    if has_moved(number_spots(subject.msgid), own, stops) or has_moved(
        number_spots(said), own, stops
    ):
        yield f"the English says {quoted_around(subject.msgid, re.compile(f'{DIGITS.pattern}|{SPOKEN.pattern}', re.IGNORECASE))}"
