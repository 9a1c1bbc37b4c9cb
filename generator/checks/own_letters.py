"""The text keeps the letters that plain English keyboards lack."""

import unicodedata
from collections.abc import Iterator

from generator.checks import Finding, Subject, check
from generator.checks.script import own_words
from generator.problem import Severity

LONG = 60
"""A text of so many letters has one of its language's own."""
PLAIN = str.maketrans("ıđøłæœß", "idolaos")
SHORTEST = 3


def without_accents(word: str) -> str:
    """Return a word without accents, as an old telephone writes it.

    >>> without_accents("için"), without_accents("được")
    ('icin', 'duoc')
    """
    parts = unicodedata.normalize("NFD", word)
    return "".join(char for char in parts if unicodedata.category(char) != "Mn").translate(PLAIN)


@check(
    why="Without its accents a word is hard to read, read out wrongly, or another word.",
    hint="type the sentence again with the language's own keyboard",
    passes=(
        ("tr", "You are not alone.", "Siz yalnız değilsiniz."),
        ("tr", "Ask him", "Ona sorun"),
        ("fr", "Come to the hotel and ask for a room.", "Venez chez nous et demandez une chambre."),
        (
            "so",
            "We stand with you and with your family, all of us.",
            "Waan idin garab taagannahay adiga iyo qoyskaaga dhammaantiin.",
        ),
        ("sq", "We are with you.", "Ne jemi me ty."),
    ),
    fails=(
        ("tr", "It is for you.", "Bu sizin icin."),
        (
            "tr",
            "You may join a union whatever your visa says.",
            "Vizenizde ne yazarsa yazsin, bu sendikaya uye olabilirsiniz, korkmayin, katilin.",
        ),
        ("vi", "You are not alone.", "Ban khong co don."),
        ("fr", "It is the same for everyone.", "C’est la meme chose pour tous."),
        ("sq", "What do you want?", "Cfare doni ju?"),
    ),
    severity=Severity.WARNING,
)
def own_letters(subject: Subject) -> Iterator[Finding]:
    """Has the text lost its accents?"""
    language = subject.language
    found = [word.lower() for word in own_words(subject, subject.msgstr)]
    if not all(map(str.isascii, found)):
        return
    lost = {without_accents(word): word for word in language.words if not word.isascii()}
    known = [
        word
        for word in dict.fromkeys(found)
        if len(word) >= SHORTEST and word in lost and word not in language.words
    ]
    if known:
        yield "words without their accents: " + ", ".join(
            f"{word} for {lost[word]}" for word in known
        )
    elif language.own and sum(map(len, found)) >= LONG:
        yield f"not one of the letters that {language.english} has and English lacks: {' '.join(language.own[:8])}"
