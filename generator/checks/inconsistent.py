"""The same English has the same translation in every leaflet."""

import unicodedata

from generator.checks import Findings, Rule, Severity, Subject


def words_alone(text: str) -> str:
    """Return a text without case, spaces and marks, so that only words count."""
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", text).casefold()
        if char.isalnum() or unicodedata.category(char)[0] == "M"
    )


@Rule(
    why="Two leaflets that say the same thing in two ways look as if they meant two things.",
    hint="choose one of them for all leaflets, unless the place needs another word",
    passes=(("fr", "You choose", "vous choisissez !"),),
    fails=(("fr", "You choose", "C'est vous qui décidez"),),
    severity=Severity.WARNING,
    given={"translations": {"You choose": frozenset({"Vous choisissez"})}},
)
def inconsistent(subject: Subject) -> Findings:
    """Is the English translated otherwise elsewhere?"""
    if other := [
        text for text in subject.elsewhere if words_alone(text) != words_alone(subject.msgstr)
    ]:
        yield "elsewhere it is: " + "; ".join(f"“{text}”" for text in other)
