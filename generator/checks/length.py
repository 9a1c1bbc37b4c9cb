"""The translation is neither far shorter nor far longer than the English."""

from generator.base.words import count_words
from generator.checks import Findings, Rule, Severity, Subject

# English shorter than this, in code points, says nothing about the ratio.
_SHORT = 25
# A translation of short English has at most so many times its letters, and so many more.
_TIMES, _MORE = 4, 20


@Rule(
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
def length(subject: Subject) -> Findings:
    """Is the length plausible for the language?"""
    low, high = subject.language.length
    english, own = len(subject.msgid), len(subject.msgstr)
    if english >= _SHORT and not low <= own / english <= high:
        yield f"{own / english:.1f} times as long as the English; usual is {low} to {high}"
    elif english < _SHORT and own > _TIMES * english + _MORE:
        yield f"{count_words(own, 'letter')} for the {english} of the English"
