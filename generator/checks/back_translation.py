"""What a machine makes of the translation in English has the numbers and the "not" of the original."""

import re
from collections import Counter
from collections.abc import Iterator

from generator.base.literals import ascii_digits
from generator.base.message_text import MARKUP_PART
from generator.checks import Finding, Subject, check
from generator.problem import Severity

NOT = re.compile(
    r"\b(?:not|\w+n['’]t|cannot|never|no|no one|nobody|nothing|nowhere|none|neither|nor|without|refuse[sd]?|avoid)\b",
    re.IGNORECASE,
)
"""Words that say no."""


@check(
    why="A number that changed, or a not that is gone, on the way there and back was perhaps lost on the way there.",
    hint="compare the translation with the English; a back-translation is a guess and may be wrong itself",
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
def back_translation(subject: Subject) -> Iterator[Finding]:
    """Do numbers and negations come back?"""
    if not subject.back:
        return
    there, back = (
        Counter(re.findall(r"\d+", ascii_digits(MARKUP_PART.sub(" ", text))))
        for text in (subject.msgid, subject.back)
    )
    if there != back:
        yield f"a machine reads the numbers {sorted(back.elements())} in it: “{subject.back}”"
    if NOT.search(subject.msgid) and not NOT.search(subject.back):
        yield f"a machine reads no “not” in it: “{subject.back}”"
