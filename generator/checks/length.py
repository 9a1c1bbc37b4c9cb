"""The translation is neither far shorter nor far longer than the English."""

from collections.abc import Iterator

from generator.checks import Finding, Subject, check

SHORT = 25
"""English shorter than this, in code points, says nothing about length."""


@check(
    why="A sentence was lost, or something was added.",
    hint="compare with the English, sentence by sentence",
    passes=(
        ("fr", "Stay inside. Keep your door closed.", "Restez à l'intérieur. Gardez la porte fermée."),
        ("zh_Hans", "Stay inside. Keep your door closed.", "请待在室内，把门关好。"),
    ),
    fails=(("fr", "Stay inside. Keep your door closed.", "Restez."), ("fr", "Tell the hotel staff at once.", "Dites-le " * 12)),
    severity="warning",
)
def length(subject: Subject) -> Iterator[Finding]:
    """Is the length plausible for the language?"""
    low, high = subject.language.length
    ratio = len(subject.msgstr) / len(subject.msgid)
    if len(subject.msgid) >= SHORT and not low <= ratio <= high:
        yield f"{ratio:.1f} times as long as the English; usual is {low} to {high}"
