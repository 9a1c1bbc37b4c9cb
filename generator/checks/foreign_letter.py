"""Every letter is one of the language's own, not its twin on a neighbour's keyboard."""

from generator.base.sentences import split_sentences
from generator.base.words import is_caseless, words_of
from generator.campaign.respell import QUOTATION, respelt_words
from generator.checks import Findings, Rule, Severity, Subject

# Letters that readers take for one another.
#
# In scripts without capitals any other strange letter may stand in a foreign name.
_TWINS = ("كکڪ", "يیى", "هہە")


def has_strange_letter(word: str, foreign: set[str]) -> bool:
    """Tell whether a word has a letter that the language never uses.

    In scripts without capitals it must stand in the place of its twin.

    >>> has_strange_letter("konușuyor", {"ș"}), has_strange_letter("ڤيديو", {"ڤ"})
    (True, False)
    """
    strange = {char for char in set(word.lower()) & foreign if not char.isascii()}
    twins = [row for row in _TWINS if not set(row) <= foreign]
    return any(not is_caseless(char) or any(char in row for row in twins) for char in strange)


def name_words(subject: Subject) -> set[str]:
    """Return the words that begin with a capital and open no sentence: names."""
    return {
        word
        for sentence in split_sentences(subject.msgstr, subject.language)
        for word in words_of(sentence)[1:]
        if word[0].isupper() and len(word) > 1
    }


@Rule(
    why="The word looks right and is another one for every program: it cannot be searched, and is "
    "read out wrongly.",
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
def foreign_letter(subject: Subject) -> Findings:
    """Does a letter of a neighbour stand in a word of the language?"""
    language = subject.language
    kept = {
        *words_of(subject.msgid),
        *name_words(subject),
        *respelt_words(subject.msgstr, language),
    }
    latin = "Latn" in language.unicode_scripts
    text = QUOTATION.sub(" ", subject.msgstr) if latin else subject.msgstr
    found = [word for word in subject.own_words(text) if word not in kept]
    foreign = set(language.foreign)
    if wrong := [word for word in dict.fromkeys(found) if has_strange_letter(word, foreign)]:
        yield f"letters that {language.english} has not: {', '.join(wrong)}"
