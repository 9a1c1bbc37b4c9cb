"""No invisible character but those the language's spelling needs."""

import unicodedata
from collections.abc import Iterator

from generator.checks import Finding, Subject, check
from generator.checks.bidi_control import MARKS, REFUSED


@check(
    why="Invisible characters split words, hide text and make two equal-looking sentences differ.",
    hint="delete the invisible character; type the word again if you cannot find it",
    passes=(("fa", "You come", "می\u200cآیید"), ("fr", "Come!", "Venez\u00a0!"), ("km", "Help us", "ជួយ\u200bយើង")),
    fails=(
        ("fr", "Come.", "Ve\u200bnez."),
        ("fr", "Come.", "Ve\u00adnez."),
        ("ar", "Come.", "تعا\ufeffلوا."),
        ("fr", "Come.", "Venez.\U000e0041"),
        ("fr", "Come.", "Ve\u200dnez."),
        ("fr", "Come.", "Venez\ue000."),
        ("fr", "Come.", "Venez\nvite"),
    ),
    on="both",
)
def invisible(subject: Subject) -> Iterator[Finding]:
    """Does the text hold a character nobody can see?"""
    allowed = set(subject.language.joiners) | MARKS | REFUSED
    found = {char for char in subject.msgstr if unicodedata.category(char) in ("Cf", "Cc", "Co", "Cn", "Cs")} - allowed
    if found:
        yield "an invisible character: " + ", ".join(f"U+{ord(char):04X}" for char in sorted(found))
