"""The translation is neither far shorter nor far longer than the English."""

from collections.abc import Iterator

from generator.checks import Finding, Subject, check
from generator.problem import Severity

SHORT = 25
"""English shorter than this, in code points, says nothing about the ratio."""
TIMES, MORE = 4, 20
"""A translation of short English has at most so many times its letters, and so many more."""


@check(
    why="A sentence was lost, or something was added.",
    hint="compare with the English, sentence by sentence",
    passes=(
        (
            "fr",
            "Stay inside. Keep your door closed.",
            "Restez à l'intérieur. Gardez la porte fermée.",
        ),
        ("zh_Hans", "Stay inside. Keep your door closed.", "请待在室内，把门关好。"),
        ("fr", "NHS", "NHS (service de santé)"),
    ),
    fails=(
        ("fr", "Stay inside. Keep your door closed.", "Restez."),
        ("fr", "Tell the hotel staff at once.", "Dites-le " * 12),
        ("fr", "Place", "Le lieu est écrit au dos de la feuille, en bas à droite."),
    ),
    severity=Severity.WARNING,
)
def length(subject: Subject) -> Iterator[Finding]:
    """Is the length plausible for the language?"""
    low, high = subject.language.length
    ratio = len(subject.msgstr) / len(subject.msgid)
    if len(subject.msgid) >= SHORT and not low <= ratio <= high:
        yield f"{ratio:.1f} times as long as the English; usual is {low} to {high}"
    elif len(subject.msgid) < SHORT and len(subject.msgstr) > TIMES * len(subject.msgid) + MORE:
        yield f"{len(subject.msgstr)} letters for the {len(subject.msgid)} of the English"
