"""The text is in the language of its file, not in one that shares its letters."""

from collections.abc import Sequence
from itertools import islice

from generator.base.sentences import split_sentences
from generator.checks import Doubt, Finding, Findings, Rule, Subject, is_well_known
from generator.model import Language

# Fewer letters than this say nothing about a language.
_SHORT = 20
# A text of so many letters has one of its language's own.
_LONG = 32
# Least number of words that speak for another language.
_SIGNS = 3

# Least number of different words among them.
_LEAST = 2
# How many times as many words must speak against the language as for it.
_TIMES = 2


def word_tokens(words: Sequence[str], spaced: bool) -> list[str]:
    """Return the words in lower case; where words are not parted, the single letters."""
    return [part for word in words for part in ([word.lower()] if spaced else word)]


@Rule(
    why="Two languages of one script look alike to whoever copies the files; nobody reads the "
    "leaflet, or half of it is understood.",
    hint="put the sentence into the right language's file; if it is right, ask a reader and type "
    "it with the language's own keyboard",
    passes=(
        ("ar", "Stay inside. Keep your door closed.", "ابقوا في الداخل، وأبقوا الباب مغلقًا."),
        (
            "fa",
            "Stay inside. Keep your door closed.",
            "داخل بمانید و در اتاقتان را بسته نگه دارید.",
        ),
        ("fa_AF", "You are not alone. We are with you.", "شما تنها نیستید. ما در کنار شما هستیم."),
        ("uk", "You are not alone. We are with you.", "Ви не самотні. Ми завжди поруч із вами."),
        (
            "fr",
            "You are not alone. We are with you.",
            "Vous n’êtes pas seuls. Nous sommes avec vous.",
        ),
        (
            "fr",
            "Ask him first. He knows, and he helps.",
            "Demandez Núñez, Núñez sait tout, Núñez aide.",
        ),
        (
            "fr",
            "They are with us.",
            "Les familles Núñez, Muñoz et Peña sont avec nous dans la rue et vous aident.",
        ),
        ("fr", "Call", "Llame"),
    ),
    fails=(
        (
            "ar",
            "Stay inside. Keep your door closed.",
            "داخل بمانید و در اتاقتان را بسته نگه دارید.",
        ),
        ("fa", "Stay inside. Keep your door closed.", "ابقوا في الداخل، وأبقوا باب الغرفة مغلقًا."),
        (
            "ps",
            "You can take this leaflet to your room.",
            "شما می‌توانید این برگه را به اتاق خود ببرید.",
        ),
        (
            "ur",
            "You can take this leaflet to your room.",
            "شما می‌توانید این برگه را به اتاق خود ببرید.",
        ),
        (
            "fa",
            "You can take this leaflet to your room.",
            "آپ یہ پرچہ اپنے کمرے میں لے جا سکتے ہیں۔",
        ),
        (
            "uk",
            "You can take this leaflet to your room.",
            "Вы можете взять эту листовку в свою комнату, если это нужно.",
        ),
        (
            "ru",
            "You can take this leaflet to your room.",
            "Ви можете взяти цю листівку до своєї кімнати, якщо це потрібно.",
        ),
        (
            "ru",
            "All are born free and equal.",
            "Хүн бүр төрж мэндлэхэд эрх чөлөөтэй, адилхан нэр төртэй, ижил эрхтэй байдаг.",
        ),
        (
            "fr",
            "Many people wait for years. They cannot plan their lives.",
            "Muitas pessoas esperam durante anos. Não podem fazer planos.",
        ),
        (
            "ar",
            "I read your article about the hotel in our town.",
            "من مقالهٔ شما را دربارهٔ هتل شهرمان خواندم.",
        ),
        (
            "tr",
            "Stay. Keep it closed. Do not open.",
            "İçeride kalın. Kapınızı kapalı tutun. Derî ji kesên nenas re venekin.",
        ),
        (
            "fr",
            "Please tell us on which date it will work.",
            "Ju lutemi, na njoftoni se në cilën datë do të punojë.",
        ),
        (
            "es",
            "You are not alone. We are with you.",
            "Vous n’êtes pas seuls. Nous sommes avec vous et votre famille.",
        ),
        (
            "pt",
            "Nobody can make you leave with no reason.",
            "Nadie puede obligarle a usted a salir del hotel y es su derecho.",
        ),
        (
            "ku",
            "You are not alone. We are with you.",
            "Siz yalnız değilsiniz. Biz sizin için buradayız ve yanınızdayız.",
        ),
        ("zh_Hans", "Please call us if you need help.", "如果您需要幫助，請給我們打電話。"),
        ("am", "You are not alone. We are with you.", "በይንኹም ኣይኮንኩምን። ንሕና ኣብ ጎድንኹም ኣለና።"),
    ),
)
def wrong_language(subject: Subject) -> Findings:
    """Do letters and common words of the text, or of one sentence, speak for another language?"""
    parts = split_sentences(subject.msgstr, subject.language)
    texts = (subject.msgstr, *(parts if len(parts) > 1 else ()))
    yield from islice(filter(None, (signs_of_other(subject, text) for text in texts)), 1)


def signs_of_other(subject: Subject, text: str) -> Finding:
    """Return which language a text looks like and by which words, "" if like its own."""
    own = subject.language
    found = word_tokens(subject.own_words(text), own.spaced)
    letters = sum(map(len, found))
    if letters < (_SHORT if own.spaced else _SHORT // 2):
        return ""
    strange = {word for word in found if not set(own.foreign).isdisjoint(word)}
    for like, other in rated_neighbours(subject, found) or [(0, own)]:
        if not like and len(strange) < _LEAST:
            break  # nothing speaks for this one, nor for those that come after it
        common = other.common - own.common
        against = [word for word in found if word in strange or word in common]
        if len(set(against)) < _LEAST:
            continue
        known = [word for word in found if word not in against and speaks_for_own(word, own, other)]
        signs = len(against) + (0 if known else letters // _LONG)
        if signs >= _SIGNS and signs > _TIMES * len(known):
            return language_verdict(own, other, like, against)
    return ""


def rated_neighbours(subject: Subject, found: Sequence[str]) -> list[tuple[int, Language]]:
    """Return the languages that share letters with this one, the likest first."""
    own = subject.language
    rated = [
        (likeness_to(found, own, other), other)
        for other in subject.languages
        if other.code != own.code and not set(own.unicode_scripts).isdisjoint(other.unicode_scripts)
    ]
    return sorted(rated, key=lambda one: -one[0])


def language_verdict(own: Language, other: Language, like: int, against: Sequence[str]) -> Finding:
    """Return what the words say; it is an error only by words of both rows."""
    name = f"looks like {other.english}" if like > 1 else f"does not look like {own.english}"
    what = f"{name}: {', '.join(dict.fromkeys(against))}"
    return what if like > 1 and is_well_known(own) and is_well_known(other) else Doubt(what)


def speaks_for_own(word: str, own: Language, other: Language) -> bool:
    """Tell whether a word is common in the language alone, or has a letter the other lacks."""
    letters = set(word) & set(own.own) & (set(other.foreign) or set(own.own))
    return bool(letters) or (word in own.common and word not in other.common)


def likeness_to(found: Sequence[str], own: Language, other: Language) -> int:
    """Return how many words are common in the other language alone, or have its letters alone."""
    letters = set(other.own).intersection(own.foreign)
    if not letters and other.common.isdisjoint(found):
        return 0
    common = other.common - own.common
    return sum(word in common or not letters.isdisjoint(word) for word in found)
