"""The text is written in the script of its language."""

from collections.abc import Iterator

from generator.checks import Finding, Subject, check
from generator.core.text import CUT

LEAST = 0.6
"""Least share of letters in the language's script."""
LEAST_HAN = 0.3


@check(
    why="A text in another script stands in the wrong file, or was never translated.",
    hint="check that this is the right language's file, and translate the sentence",
    passes=(
        ("ar", "Call Migrant Help.", "اتصلوا بمنظمة Migrant Help."),
        ("zh_Hans", "Come.", "请来。"),
        ("ar", "WhatsApp", "WhatsApp"),
        ("fr", "{line}", "{line}"),
    ),
    fails=(
        ("ar", "Come to us.", "Venez chez nous."),
        ("fr", "Come to us.", "تعالوا إلينا."),
        ("uk", "Come here now.", "Idit syudy zaraz."),
    ),
)
def script(subject: Subject) -> Iterator[Finding]:
    """Are most letters of the language's script?"""
    from fontTools.unicodedata import script as script_of

    names = {word.strip(".,:;!?()“”«»\"'") for word in CUT.sub(" ", subject.msgid).split()}
    words = [word for word in CUT.sub(" ", subject.msgstr).split() if word.strip(".,:;!?()“”«»\"'،؛؟") not in names]
    letters = [script_of(char) for word in words for char in word if char.isalpha()]
    own = sum(name in (*subject.language.unicode_scripts, "Zyyy", "Zinh") for name in letters)
    least = LEAST_HAN if "Hani" in subject.language.unicode_scripts else LEAST
    if letters and own < least * len(letters):
        yield f"only {100 * own // len(letters)} % of the letters are of the script {subject.language.script}"
