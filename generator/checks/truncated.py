"""No text that breaks off in the middle."""

import re

from generator.base.message_text import INLINE_TAG, MARKUP_PART
from generator.base.words import count_words
from generator.checks import Findings, Rule, Severity, Subject

# Marks after which a sentence goes on, unless one ends it, as ; does in Greek.
_OPEN_ENDS = ",;:،؛、，；：፣፤፥-–—־([{（「『¿¡/&"
_PAIRS = (("(", ")"), ("[", "]"), ("（", "）"), ("「", "」"), ("『", "』"), ("《", "》"))
_QUOTES = re.compile('["“”„‟«»「」『』《》]')
# A quote inside a Hebrew word marks an acronym, or opens a quotation after a preposition.
_INSIDE = re.compile('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')
_CLAUSE = re.compile(r"[,;:،؛、，；：፣፤።.!?؟۔।。！？…၊။៖—–]+(?=\s|$|\W)|[、，；：。！？，]")
_DOTS = re.compile(r"…|\.\.\.")
# English clauses from which their number says something.
_MANY = 4


def is_balanced(text: str) -> bool:
    """Tell whether every bracket and every double quote of a text has its other half."""
    even = any(len(_QUOTES.findall(part)) % 2 == 0 for part in (text, _INSIDE.sub("", text)))
    return even and all(text.count(left) == text.count(right) for left, right in _PAIRS)


def clause_count(text: str) -> int:
    """Return how many parts the marks of a text make.

    >>> clause_count("Come, eat, and sing.")
    3
    """
    return sum(any(map(str.isalnum, part)) for part in _CLAUSE.split(MARKUP_PART.sub("x", text)))


@Rule(
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
def truncated(subject: Subject) -> Findings:
    """Does the text break off?"""
    language = subject.language
    english, own = (
        INLINE_TAG.sub("", text).rstrip(' \u00a0\u202f"”“»«')
        for text in (subject.msgid, subject.msgstr)
    )
    open_end = own[-1:] in _OPEN_ENDS and own[-1:] not in language.ends
    parted = language.spaced or "。" in language.ends
    parts, own_parts = clause_count(subject.msgid), clause_count(subject.msgstr)
    if open_end and english[-1:] not in _OPEN_ENDS:
        yield f"the text ends in {own[-1:]!r}"
    elif is_balanced(subject.msgid) and not is_balanced(subject.msgstr):
        yield "a bracket or a quotation mark has no other half"
    elif _DOTS.search(own) and not _DOTS.search(english):
        yield "dots stand for left out words that the English has"
    elif parted and parts >= _MANY and own_parts * 3 <= parts:
        yield f"{count_words(own_parts, 'part')}, in the English {parts}"
