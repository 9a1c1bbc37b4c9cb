"""No weekday typed into a sentence, and none that the source does not have."""

import re
from functools import cache, lru_cache

from generator.base.literals import simple_text
from generator.base.message_text import CACHED_TEXTS
from generator.base.words import is_caseless
from generator.campaign.dates import weekday_words
from generator.checks import Findings, Rule, Subject

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_SHORT = r"(?-i:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?"
# A weekday of the source; a short one beside another, or before a number.
_SOURCE = re.compile(
    rf"\b{_DAY}\b(?!\s(?:school|best|roast|lunch|service|paper|name)s?\b)"
    rf"|\b{_SHORT}\s?(?:to|and|until|till|&|[-–/])\s?(?:{_SHORT}|{_DAY})(?!\w)|\b{_SHORT},?\s(?:at\s|from\s)?\d",
    re.IGNORECASE,
)
_ANOTHER = (
    "ہفتہ پیر منگل بدھ pazar الأحد الاثنين திங்கள் வெள்ளி செவ்வாய் ஞாயிறு சனி புதன் ሰንበት "
    "星期日 星期一 星期二 星期三 星期四 星期五 星期六"
)
# Weekdays that are another word too, or begin one: a week, a market, silver, once a week.
_OTHER_WORDS = frozenset(_ANOTHER.split())
# How these are written where only the day can be meant.
_SURE = (
    "(?:پیر|منگل|بدھ|ہفتہ|ہفتے) (?:کے (?:دن|روز)|کو)(?!\\w)",
    "\\bpazar (?:günü|günleri|sabahı|akşamı)",
    "يوم(?:ي)? (?:الأحد|الاثنين)",
    "க்கிழமை",
    "(?:星期|礼拜|禮拜)[一二三四五六日天](?![次个個天回名位周])",
)


@lru_cache(CACHED_TEXTS)
def first_weekday(text: str, locales: tuple[str, ...]) -> str:
    """Return the first weekday of some locales in a text, "" for none.

    >>> first_weekday("Venez samedi.", ("fr",)), first_weekday("Samediser", ("fr",))
    ('samedi', '')
    """
    found = _pattern(*locales).search(simple_text(text))
    return found[0] if found else ""


@cache
def _pattern(*locales: str) -> re.Pattern[str]:
    words = sorted(word for word in weekday_words(*locales) if word.lower() not in _OTHER_WORDS)
    return re.compile(
        "|".join([*(_written(simple_text(word)) for word in words), *_SURE]), re.IGNORECASE
    )


def _written(word: str) -> str:
    """Return how a weekday may stand in a text.

    Where all its words begin with a capital, only so: a second is no Monday.
    """
    if is_caseless(word) and len(word) >= 4:
        tail = ""
    else:
        tail = r"\w{0,2}(?!\w)" if len(word) > 5 else r"(?!\w)"
    first, _, last = word.partition(" ")
    capital = rf"{re.escape(first)} (?-i:{re.escape(last)})"
    return rf"(?<!\w){capital if last[:1].isupper() else re.escape(word)}{tail}"


@Rule(
    why="A weekday typed into a sentence stays when the meeting moves; another one in a "
    "translation brings people on the wrong day.",
    hint="put the date into facts.yaml and write its name in braces; the days of a telephone line "
    "go into the `detail:` of its fact",
    passes=(
        ("en", "Sunday school is fun. The sun shone, we sat, and they wed. Come on {day}.", ""),
        ("en", "Sat with us, Wed or not, 3 of them", ""),
        ("fr", "Open Monday to Friday.", "Ouvert du lundi au vendredi."),
        ("ur", "Come for a week.", "ایک ہفتہ رہیں۔"),
        ("tr", "There is a market.", "Bir pazar var."),
        ("zh_Hans", "Once a week", "每星期一次"),
        ("vi", "The second letter", "Lá thư thứ hai"),
        ("ta", "Silver", "வெள்ளி"),
        ("ar", "One of the two", "أحد الاثنين"),
    ),
    fails=(
        ("en", "Come on Saturday.", ""),
        ("en", "We meet every saturday.", ""),
        ("en", "Open Mon to Fri.", ""),
        ("en", "Open Mon-Fri.", ""),
        ("en", "Come on Sat 3.", ""),
        ("fr", "Come on {day}.", "Venez samedi, {day}."),
        ("es", "Come.", "Vengan los sábados."),
        ("ar", "Come.", "تعالوا يوم السبت."),
        ("ar", "Come.", "تعالوا يوم الأحد."),
        ("ur", "Come.", "جمعرات کو آئیں۔"),
        ("ur", "Come.", "پیر کے دن آئیں۔"),
        ("tr", "Come.", "Cumartesi günü gelin."),
        ("tr", "Come.", "Pazar günü gelin."),
        ("zh_Hans", "Come.", "星期六请来。"),
        ("vi", "Come.", "Hãy đến vào Thứ Bảy."),
        ("ta", "Come.", "சனிக்கிழமை வாருங்கள்."),
        ("fa", "Come.", "شنبه بیایید."),
        ("bn", "Come.", "শনিবারে আসুন।"),
        ("pt", "Come.", "Venham na segunda-feira."),
        ("ti", "Come.", "ቀዳም ንዑ።"),
    ),
    on="both",
)
def weekdays(subject: Subject) -> Findings:
    """Does a weekday stand in the text that no fact has put there?"""
    source = _SOURCE.search(simple_text(subject.msgid))
    if source and subject.is_source:
        yield f"a weekday stands in the text: {source[0]!r}"
        return
    if source or subject.is_source:
        return
    if own := first_weekday(subject.msgstr, subject.language.calendars):
        yield f"a weekday stands in the text that the source does not have: {own!r}"
