"""No text that breaks off in the middle."""

import re
from collections.abc import Iterator

from generator.base.message_text import INLINE_TAG, MARKUP_PART
from generator.checks import Finding, Subject, check
from generator.problem import Severity

OPEN_ENDS = ",;:،؛、，；：፣፤፥-–—־([{（「『¿¡/&"
"""Marks after which a sentence goes on, unless one ends a sentence of the language, as ; does in Greek."""
PAIRS = (("(", ")"), ("[", "]"), ("（", "）"), ("「", "」"), ("『", "』"), ("《", "》"))
QUOTES = re.compile('["“”„‟«»「」『』《》]')
INSIDE = re.compile('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')
"""A quote inside a Hebrew word marks an acronym, or opens a quotation after a preposition."""
CLAUSE = re.compile(r"[,;:،؛、，；：፣፤።.!?؟۔।。！？…၊။៖—–]+(?=\s|$|\W)|[、，；：。！？，]")
MANY = 4
"""English clauses from which their number says something."""


def is_balanced(text: str) -> bool:
    """Tell whether every bracket and every double quote of a text has its other half."""
    even = any(len(QUOTES.findall(part)) % 2 == 0 for part in (text, INSIDE.sub("", text)))
    return even and all(text.count(left) == text.count(right) for left, right in PAIRS)


def clause_count(text: str) -> int:
    """Return how many parts the marks of a text make.

    >>> clause_count("Come, eat, and sing.")
    3
    """
    return sum(any(map(str.isalnum, part)) for part in CLAUSE.split(MARKUP_PART.sub("x", text)))


@check(
    why="A sentence that was cut off loses its condition: “you may leave, but”.",
    hint="compare the end with the English, and write what is missing",
    passes=(
        ("fr", "Stay inside (all of you).", "Restez à l'intérieur (vous tous)."),
        ("fr", "You can ask us to:", "Vous pouvez nous demander de :"),
        ("ar", "Say “police”.", "قولوا ”شرطة“."),
        ("fr", "Wait …", "Attendez…"),
        ("fr", "a) clothes", "a) vêtements"),
        ("da", "Say “police”", "Sig »politi«"),
        ("he", "In the USA", 'בארה"ב'),
        ("he", "Say “police”.", 'אמרו "משטרה".'),
        ("el", "Do you need help?", "Χρειάζεστε βοήθεια;"),
        (
            "zh_Hans",
            "Stay inside, close the door, and call us.",
            "待在室内，关好门，打电话给我们。",
        ),
    ),
    fails=(
        ("fr", "You may leave, but not alone.", "Vous pouvez partir,"),
        ("ar", "Come and eat.", "تعالوا،"),
        ("am", "Come and eat.", "ይምጡ፣"),
        ("fr", "Come and eat.", "Venez et -"),
        ("fr", "Come and eat.", "Venez «"),
        ("he", "Say “police”.", 'אמרו "משטרה.'),
        ("fr", "<b>Come</b> (all of you).", "<b>Venez</b> (vous tous."),
        ("fr", "Say “police”.", "Dites « police."),
        ("fr", "Come and eat with us.", "Venez manger…"),
        ("fr", "Come and eat with us.", "Venez manger ..."),
        (
            "fr",
            "Stay inside, close the door, do not film, do not argue. Then call us.",
            "Restez à l'intérieur.",
        ),
    ),
    severity=Severity.WARNING,
    risky=Severity.ERROR,
)
def truncated(subject: Subject) -> Iterator[Finding]:
    """Does the text break off?"""
    english, own = (
        INLINE_TAG.sub("", text).rstrip(' \u00a0\u202f"”“»«')
        for text in (subject.msgid, subject.msgstr)
    )
    if (
        own[-1:] in OPEN_ENDS
        and own[-1:] not in subject.language.ends
        and english[-1:] not in OPEN_ENDS
    ):
        yield f"the text ends in {own[-1:]!r}"
    elif is_balanced(subject.msgid) and not is_balanced(subject.msgstr):
        yield "a bracket or a quotation mark has no other half"
    elif re.search(r"…|\.\.\.", own) and not re.search(r"…|\.\.\.", english):
        yield "dots stand for left out words that the English has"
    elif (
        (subject.language.spaced or "。" in subject.language.ends)
        and clause_count(subject.msgid) >= MANY
        and clause_count(subject.msgstr) * 3 <= clause_count(subject.msgid)
    ):
        yield f"{clause_count(subject.msgstr)} parts, in the English {clause_count(subject.msgid)}"
