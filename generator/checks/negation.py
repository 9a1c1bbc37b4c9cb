"""Ask the reader whether every "not", "only" and "unless" of the English is still there."""

import re

from generator.checks import Findings, Rule, Severity, Subject

# How English says no.
NO_WORDS = (
    r"cannot|\w+n['’]t|not|never|no one|nobody|nothing|nowhere|none|neither|nor|no|without"
    r"|refuse[sd]?|avoid"
)

# Words that turn or limit what a sentence says.
TURNING = re.compile(
    r"\b(?:(?:must|may|can|do|does|did|will|is|are|was|were|need|have|has|shall|should|could|would)"
    rf" not|{NO_WORDS}|unless|except|only|hardly|instead of|rather than|until|at least|at most)\b",
    re.IGNORECASE,
)


@Rule(
    why="No program can tell whether “not” was kept, and “you must sign” for “you must not sign” "
    "costs somebody a home.",
    hint="read both, and sign only if the translation says the same",
    passes=(("fr", "Come with friends. Note the time.", "Venez avec des amis. Notez l'heure."),),
    fails=(
        ("fr", "You do not have to sign.", "Vous devez signer."),
        ("fr", "Nobody may keep your passport.", "Personne ne peut garder votre passeport."),
        ("fr", "We do nothing unless you agree.", "Nous ne faisons rien sans votre accord."),
        ("ar", "Only in an emergency", "في الطوارئ فقط"),
        ("fr", "You cannot be sent away.", "On ne peut pas vous renvoyer."),
        ("fr", "Come without your papers.", "Venez sans vos papiers."),
    ),
    severity=Severity.WARNING,
    asks=True,
)
def negation(subject: Subject) -> Findings:
    """Which words of the English turn or limit its meaning?"""
    if found := dict.fromkeys(word.lower() for word in TURNING.findall(subject.msgid)):
        yield "the English says " + ", ".join(f"“{word}”" for word in found)
