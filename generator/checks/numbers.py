"""The same numbers as in the English, in any script's digits."""

import re
from collections import Counter
from collections.abc import Iterator

from generator.base.literals import ascii_digits
from generator.base.message_text import MARKUP_PART
from generator.checks import Finding, Subject, check
from generator.checks.script import words_of
from generator.problem import Severity

WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
"""English words in whose place a translation may write digits."""
GROUPED = re.compile(r"(?<=\d)[.,'’٬\u00a0\u202f ](?=\d{3}(?!\d))")


def digit_runs(text: str) -> Counter[str]:
    """Return the digit runs of a text; 1,000 and 1.000 are one number.

    >>> sorted(digit_runs("۲ of 1,000"))
    ['1000', '2']
    """
    return Counter(re.findall(r"\d+", GROUPED.sub("", ascii_digits(MARKUP_PART.sub(" ", text)))))


def dual_forms(subject: Subject) -> Counter[str]:
    """Return how often the translation says 2 by the form of a word alone."""
    duals = sum(word in subject.language.twos for word in words_of(subject.msgstr))
    return Counter({"2": duals})


@check(
    why="Two weeks must not become three.",
    hint="write the same digits as the English",
    passes=(
        ("fr", "In 2 weeks", "Dans 2 semaines"),
        ("fa", "In 2 weeks", "تا ۲ هفته"),
        ("es", "1,000 homes, 2 of 3 empty", "De 3, 2 vacías: 1.000 casas"),
        ("zh_Hans", "One person calls two more.", "1个人再打给2个人。"),
        ("ar", "In 2 weeks", "خلال أسبوعين"),
        ("ar", "He calls 2 people for 2 weeks.", "يتصل بشخصين لمدة أسبوعين."),
        ("ar", "He calls 2 people.", "يتصل بشخصين (2)."),
    ),
    fails=(
        ("fr", "In 2 weeks", "Dans 3 semaines"),
        ("fr", "In 2 weeks", "Dans deux semaines"),
        ("ar", "Come.", "تعالوا ٧."),
        ("ar", "In 3 weeks", "خلال أسبوعين"),
        ("ar", "In 1 week", "خلال أسبوعين"),
        ("ar", "In a week", "خلال أسبوعين"),
        ("ar", "In 2 weeks", "خلال أسابيع"),
        ("fr", "In 2 weeks", "Dans أسبوعين"),
        ("bn", "In 12 weeks", "২১ সপ্তাহে"),
        ("zh_Hans", "One person", "2个人"),
        ("fr", "2 of 3", "2 sur 3 ou 3"),
    ),
    severity=Severity.WARNING,
    risky=Severity.ERROR,
)
def numbers(subject: Subject) -> Iterator[Finding]:
    """Are the numbers the same?"""
    english, own = digit_runs(subject.msgid), digit_runs(subject.msgstr) | dual_forms(subject)
    spoken = Counter(
        str(WORDS.index(word))
        for word in re.findall(r"[a-z]+", subject.msgid.lower())
        if word in WORDS
    )
    if english - own or own - english - spoken:
        yield f"the numbers are {sorted(own.elements())}, in the English {sorted(english.elements())}"
