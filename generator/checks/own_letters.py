"""The text keeps the letters that plain English keyboards lack."""

import unicodedata

from generator.checks import Findings, Rule, Severity, Subject

# A text of so many letters has one of its language's own.
_LONG = 60
_PLAIN = str.maketrans("ıđøłæœß", "idolaos")
_SHORTEST = 3


def without_accents(word: str) -> str:
    """Return a word without accents, as an old telephone writes it.

    >>> without_accents("için"), without_accents("được")
    ('icin', 'duoc')
    """
    parts = unicodedata.normalize("NFD", word)
    return "".join(char for char in parts if unicodedata.category(char) != "Mn").translate(_PLAIN)


@Rule(
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
def own_letters(subject: Subject) -> Findings:
    """Has the text lost its accents?"""
    language = subject.language
    found = [word.lower() for word in subject.own_words(subject.msgstr)]
    if not all(map(str.isascii, found)):
        return
    accented = {without_accents(word): word for word in language.words if not word.isascii()}
    lost = [
        f"{word} for {accented[word]}"
        for word in dict.fromkeys(found)
        if len(word) >= _SHORTEST and word in accented and word not in language.words
    ]
    if lost:
        yield f"words without their accents: {', '.join(lost)}"
    elif language.own and sum(map(len, found)) >= _LONG:
        letters = " ".join(language.own[:8])
        yield f"not one of the letters that {language.english} has and English lacks: {letters}"
