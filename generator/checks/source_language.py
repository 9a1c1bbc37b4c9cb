"""The source is written in its own language, with no sentence of another copied into it."""

from dataclasses import replace
from itertools import islice

from generator.base.sentences import split_sentences
from generator.base.words import scripts_of, words_of
from generator.checks import Finding, Findings, Rule, Subject
from generator.checks.wrong_language import signs_of_other

# So many words in another script are a piece of a sentence, where half of the words are.
_LEAST = 3
# Common words of English that few other languages have.
#
# With them, a foreign name inside a sentence stays a name.
_ENGLISH = """
a about after again all also always am an and another any anybody anyone are as at away back be
because been before best better between both but by call called can cannot come could day days did
do does don done down each else even ever every everybody family few find first for free friend
friends from get give go good had has have he help her here him his home house how i if in into is
it its just keep know last leave less let like little live long look lot make many may me meet men
more most much must my name near need never new next no nobody none not nothing now of off often
old on once one only open or other our out over own pay people person phone place please put read
right room s safe said same say see she should show so some somebody something speak stay stop
sure t take talk tell than thank that the their them then there these they thing things this those
time to today together too town under until up us use very wait want was way we week well went
were what when where which while who whose why will with without woman women word words work would
write wrong year years yes yet you young your yours
"""


@Rule(
    why="Everybody translates from the source: a sentence in another language is lost on them, "
    "and stands on each page as it is.",
    hint="write the sentence in the source language; the other language's text goes into locales, "
    "into its catalogue",
    passes=(
        ("en", "Stay inside. Keep your door closed.", ""),
        ("en", "Ask for Núñez, Muñoz or Peña in the rue de la Paix.", ""),
        ("en", "The café is naïve.", ""),
        ("en", "Bon appétit", ""),
        ("en", "Ask the Comité de solidarité avec les réfugiés for help.", ""),
        ("en", "Choose your language: English, العربية, فارسی, اردو, Tiếng Việt", ""),
        ("en", "Show this to the manager: لا", ""),
        ("en", "{line}", ""),
    ),
    fails=(
        ("en", "Restez à l’intérieur et gardez votre porte fermée si vous êtes seuls.", ""),
        (
            "en",
            "You are not alone. Nous sommes avec vous et nous vous aidons dans votre langue.",
            "",
        ),
        ("en", "Ustedes no están solos. Estamos con ustedes.", ""),
        ("en", "Hiç kimse pasaportunuzu isteğiniz dışında elinde tutamaz.", ""),
        ("en", "Bạn không đơn độc. Chúng tôi ở bên bạn.", ""),
        ("en", "ابقوا في الداخل، وأبقوا الباب مغلقًا.", ""),
        ("en", "Stay inside. ابقوا في الداخل، وأبقوا الباب مغلقًا.", ""),
        ("en", "待在室内。关上门。", ""),
        ("en", "Ви не самотні. Ми завжди поруч із вами.", ""),
    ),
    on="source",
)
def source_language(subject: Subject) -> Findings:
    """Do common words or letters of another language make up a sentence of the source?"""
    parts = split_sentences(subject.msgid, subject.language)
    strict = _strict(subject)
    texts = dict.fromkeys((subject.msgid, *parts))
    found = (foreign_piece(subject, text) or signs_of_other(strict, text) for text in texts)
    yield from islice(filter(None, found), 1)


def foreign_piece(subject: Subject, text: str) -> Finding:
    """Return what to say of a text in other letters, "" for a word or two.

    The names of languages, which stand in their own script, are left out.
    """
    for row in subject.languages:
        text = text.replace(row.endonym, " ") if row.code != subject.language.code else text
    own, words = set(subject.language.unicode_scripts), words_of(text)
    other = [word for word in words if not own & scripts_of(word[0])]
    enough = len(other) >= _LEAST or sum(map(len, other)) >= 2 * _LEAST
    if not enough or 2 * len(other) < len(words):
        return ""
    return f"in letters of another language: {' '.join(other)[:40]}"


def _strict(subject: Subject) -> Subject:
    """Return the same sentence with a row of its language that knows more.

    It has more common words, and the letters that only other languages write count as foreign.
    """
    own = subject.language
    others = {
        char
        for row in subject.languages
        if row.unicode_scripts == own.unicode_scripts
        for char in row.own + row.foreign
    }
    foreign = "".join(sorted(char for char in others - set(own.own) if not char.isascii()))
    common = tuple(dict.fromkeys((*own.words, *_ENGLISH.split())))
    return replace(subject, language=replace(own, foreign=own.foreign or foreign, words=common))
