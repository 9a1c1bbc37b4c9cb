"""What a machine makes of the translation in English has the numbers and "not" of the original."""

import re
from collections import Counter

from generator.base.literals import ascii_digits
from generator.base.message_text import without_markup
from generator.checks import Findings, Rule, Severity, Subject
from generator.checks.negation import NO_WORDS

_NO = re.compile(rf"\b(?:{NO_WORDS})\b", re.IGNORECASE)


@Rule(
    why="A number that changed, or a not that is gone, on the way there and back was perhaps lost "
    "on the way there.",
    hint="compare the translation with the English; a back-translation is a guess and may be "
    "wrong itself",
    passes=(("fr", "You must not sign.", "Ne signez pas."), ("fr", "Come.", "Venez.")),
    fails=(("fr", "Do not open.", "Ouvrez."), ("fr", "Wait 2 weeks.", "Attendez 2 semaines.")),
    severity=Severity.WARNING,
    given={
        "backs": {
            ("You must not sign.", "Ne signez pas."): "Don't sign.",
            ("Do not open.", "Ouvrez."): "Open up.",
            ("Wait 2 weeks.", "Attendez 2 semaines."): "Wait 3 weeks.",
        }
    },
)
def back_translation(subject: Subject) -> Findings:
    """Do numbers and negations come back?"""
    if not subject.back:
        return
    english, back = (
        Counter(re.findall(r"\d+", ascii_digits(without_markup(text))))
        for text in (subject.msgid, subject.back)
    )
    if english != back:
        numbers = sorted(back.elements())
        yield f"a machine reads the numbers {numbers} in it: “{subject.back}”"
    if _NO.search(subject.msgid) and not _NO.search(subject.back):
        yield f"a machine reads no “not” in it: “{subject.back}”"
