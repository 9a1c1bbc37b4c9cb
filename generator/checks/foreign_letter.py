"""Every letter is one of the language's own, not the one that looks like it on a neighbour's keyboard."""

from collections.abc import Iterator

from generator.campaign.respell import QUOTATION, respelt_words
from generator.checks import Finding, Subject, check
from generator.checks.script import own_words, words_of
from generator.checks.sentence_count import split_sentences
from generator.problem import Severity

TWINS = ("كکڪ", "يیى", "هہە")
"""Letters that readers take for one another; in scripts without capitals any other strange letter may stand in a foreign name."""


def has_strange_letter(word: str, foreign: set[str]) -> bool:
    """Tell whether a word has a letter that the language never uses: of scripts without capitals, in the place of its twin.

    >>> has_strange_letter("konușuyor", {"ș"}), has_strange_letter("یك", {"ك"}), has_strange_letter("ڤيديو", {"ڤ"})
    (True, True, False)
    """
    letters = {char for char in set(word.lower()) & foreign if not char.isascii()}
    return any(
        char != char.upper() or any(char in row and not set(row) <= foreign for row in TWINS)
        for char in letters
    )


def name_words(subject: Subject) -> set[str]:
    """Return the words that begin with a capital and open no sentence: names, which keep their letters."""
    found: set[str] = set()
    for sentence in split_sentences(subject.msgstr, subject.language.ends, subject.language.spaced):
        found |= {word for word in words_of(sentence)[1:] if word[0].isupper() and len(word) > 1}
    return found


@check(
    why="The word looks right and is another one for every program: it cannot be searched, and is read out wrongly.",
    hint="type the word again with the language's own keyboard; put a foreign word into brackets",
    passes=(
        ("fr", "They are with us.", "La famille Núñez est avec nous."),
        ("fr", "Ask for a room.", "Demandez une chambre (habitación)."),
        ("ar", "A video", "ڤيديو"),
        ("fa", "An effect, an approval", "تأثیر، تأیید"),
        ("ps", "He has a book.", "دی یو کتاب لري، چې ښه دی."),
        ("tr", "Still", "Hâlâ"),
    ),
    fails=(
        ("fa", "Do not open it.", "نكنة"),
        ("ur", "Us", "همیں"),
        ("fr", "Plan with us", "Faıtes des projets avec nous"),
        ("fr", "How it works", "Comment ça marcheá"),
        ("tr", "Ask first", "Ínce bize sorun"),
        ("uk", "You and we", "Ви ы ми"),
    ),
    severity=Severity.WARNING,
)
def foreign_letter(subject: Subject) -> Iterator[Finding]:
    """Does a letter of a neighbour stand in a word of the language?"""
    kept = {
        *words_of(subject.msgid),
        *name_words(subject),
        *respelt_words(subject.msgstr, subject.language),
    }
    text = (
        QUOTATION.sub(" ", subject.msgstr)
        if "Latn" in subject.language.unicode_scripts
        else subject.msgstr
    )
    found = [word for word in own_words(subject, text) if word not in kept]
    foreign = set(subject.language.foreign)
    if wrong := [word for word in dict.fromkeys(found) if has_strange_letter(word, foreign)]:
        yield f"letters that {subject.language.english} has not: {', '.join(wrong)}"
