"""No acronym without its words."""

import re

from generator.checks import Findings, Rule, Subject

# Names that stand on signs and packets just so.
_KNOWN = {"NHS", "SIM", "UK", "QR", "DRAFT", "EXAMPLE"}
_ACRONYM = re.compile(r"\b[A-Z]{2,}s?\b")


@Rule(
    why="A newcomer does not know what MP or ESOL stands for, and a translator may guess.",
    hint="write the words out",
    passes=(("en", "Write to your member of parliament.", ""), ("en", "NHS: health advice", "")),
    fails=(("en", "Write to your MP.", ""), ("en", "Join an ESOL class.", "")),
    on="source",
)
def acronym(subject: Subject) -> Findings:
    """Does the sentence hold an acronym?"""
    if found := sorted(set(_ACRONYM.findall(subject.msgid)) - _KNOWN):
        yield f"an acronym: {', '.join(found)}"
