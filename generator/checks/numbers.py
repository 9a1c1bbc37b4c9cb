"""The same numbers as in the English, in any script's digits."""

import re
from collections import Counter
from collections.abc import Iterator

from generator.checks import Finding, Subject, check
from generator.checks.literal_fact import ascii_digits


@check(
    why="Two weeks must not become three.",
    hint="write the same digits as the English",
    passes=(("fr", "In 2 weeks", "Dans 2 semaines"), ("fa", "In 2 weeks", "تا ۲ هفته")),
    fails=(("fr", "In 2 weeks", "Dans 3 semaines"), ("fr", "In 2 weeks", "Dans deux semaines"), ("ar", "Come.", "تعالوا ٧.")),
)
def numbers(subject: Subject) -> Iterator[Finding]:
    """Are the numbers the same?"""
    english, own = (Counter(re.findall(r"\d+", ascii_digits(text))) for text in (subject.msgid, subject.msgstr))
    if english != own:
        yield f"the numbers are {sorted(own.elements())}, in the English {sorted(english.elements())}"
