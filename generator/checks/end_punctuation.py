"""A question stays a question, a statement a statement, a heading a heading."""

from collections.abc import Iterator

from generator.base.text import TAG
from generator.checks import Finding, Subject, check
from generator.checks.sentence_count import CLOSERS, ENGLISH, QUESTIONS, has_stop

FOREIGN = QUESTIONS + ".!。।॥።۔։！…"
"""Marks that end a sentence in some script."""


def kind(text: str, ends: str) -> str:
    """Return what the last mark of a text makes of it.

    >>> kind("<b>Are you safe?</b>", ENGLISH), kind("Free.", ENGLISH), kind("Our help", ENGLISH), kind("مفت.", "۔؟")
    ('a question mark', 'the mark of a statement', 'no end mark', 'a mark of another script')
    """
    last = TAG.sub("", text).rstrip().rstrip(CLOSERS).rstrip()[-1:]
    if last not in ends or not last:
        return "a mark of another script" if last and last in FOREIGN else "no end mark"
    return "a question mark" if last in QUESTIONS else "the mark of a statement"


def questions(text: str) -> int:
    """Return how many question marks of any script a text has."""
    return sum(char in QUESTIONS for char in text)


@check(
    why="A lost question mark turns a question into a claim; a missing full stop is often a missing end.",
    hint="end the text with the mark of your language that the English has: question mark, full stop or none",
    passes=(
        ("ar", "Do you need a phone?", "هل تحتاجون إلى هاتف؟"),
        ("fr", "<b>Free!</b>", "<b>Gratuit.</b>"),
        ("fr", "Say “yes”.", "Dites « oui »."),
        ("ur", "Come to us.", "ہمارے پاس آئیں۔"),
        ("zh_Hans", "Come to us.", "请来找我们。"),
        ("am", "Come to us.", "ወደ እኛ ይምጡ።"),
        ("fr", "Our help", "Notre aide"),
        ("es", "Are you safe?", "¿Está a salvo?"),
        ("th", "Come to us.", "มาหาเรา"),
        ("hy", "Are you safe?", "Ապահո՞վ եք։"),
    ),
    fails=(
        ("fr", "Do you need a phone?", "Vous avez besoin d'un téléphone."),
        ("fr", "You need a phone.", "Avez-vous besoin d'un téléphone ?"),
        ("fr", "Our help", "Notre aide."),
        ("fr", "<b>Our help is free.</b>", "<b>Notre aide est gratuite</b>"),
        ("fr", "Are you safe? Call us.", "Vous êtes en sécurité. Appelez-nous."),
        ("ur", "Come to us.", "ہمارے پاس آئیں"),
        ("ur", "Come to us.", "ہمارے پاس آئیں."),
        ("ar", "Are you safe?", "هل أنتم بأمان?"),
        ("hy", "Come to us.", "Եկեք մեզ մոտ"),
    ),
    severity="warning",
)
def end_punctuation(subject: Subject) -> Iterator[Finding]:
    """Do English and translation end alike, and ask as often?"""
    ends = subject.language.ends
    english, own = kind(subject.msgid, ENGLISH), kind(subject.msgstr, ends)
    asks = bool(set(QUESTIONS) & set(ends))
    if english != own and has_stop(ends) and (asks or english != "a question mark"):
        yield f"at the end: {own}, in the English {english}"
    elif asks and questions(subject.msgid) != questions(subject.msgstr):
        yield f"{questions(subject.msgstr)} question marks, in the English {questions(subject.msgid)}"
