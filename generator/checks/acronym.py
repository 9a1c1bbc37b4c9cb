"""No acronym without its words."""

import re
from collections.abc import Iterator

from generator.checks import Finding, Subject, check

KNOWN = {"NHS", "SIM", "UK", "QR", "DRAFT", "EXAMPLE"}
"""Names that stand on signs and packets just so."""
ACRONYM = re.compile(r"\b[A-Z]{2,}s?\b")


@check(
    why="A newcomer does not know what MP or ESOL stands for, and a translator may guess.",
    hint="write the words out",
    passes=(("en", "Write to your member of parliament.", ""), ("en", "NHS: health advice", "")),
    fails=(("en", "Write to your MP.", ""), ("en", "Join an ESOL class.", "")),
    on="source",
)
def acronym(subject: Subject) -> Iterator[Finding]:
    """Does the sentence hold an acronym?"""
    if found := sorted(set(ACRONYM.findall(subject.msgid)) - KNOWN):
        yield f"an acronym: {', '.join(found)}"
