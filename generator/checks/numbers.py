"""The same numbers as in the English, in any script's digits."""

import re
from collections import Counter

from generator.base.literals import ascii_digits
from generator.base.message_text import without_markup
from generator.base.words import words_of
from generator.checks import Findings, Rule, Severity, Subject

_TO_TWELVE = "zero one two three four five six seven eight nine ten eleven twelve"

# English words in whose place a translation may write digits.
NUMBER_WORDS = _TO_TWELVE.split()
GROUPED = re.compile(r"(?<=\d)[.,'’٬\u00a0\u202f ](?=\d{3}(?!\d))")


def digit_runs(text: str) -> Counter[str]:
    """Return the digit runs of a text; 1,000 and 1.000 are one number.

    >>> sorted(digit_runs("۲ of 1,000"))
    ['1000', '2']
    """
    return Counter(re.findall(r"\d+", GROUPED.sub("", ascii_digits(without_markup(text)))))


@Rule(
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
def numbers(subject: Subject) -> Findings:
    """Are the numbers the same?"""
    english, own = digit_runs(subject.msgid), digit_runs(subject.msgstr)
    # Some languages say two by the form of a word alone, as Arabic does.
    duals = sum(word in subject.language.twos for word in words_of(subject.msgstr))
    own |= Counter({"2": duals})
    words = re.findall(r"[a-z]+", subject.msgid.lower())
    spoken = Counter(str(NUMBER_WORDS.index(word)) for word in words if word in NUMBER_WORDS)
    if english - own or own - english - spoken:
        numbers, expected = sorted(own.elements()), sorted(english.elements())
        yield f"the numbers are {numbers}, in the English {expected}"
