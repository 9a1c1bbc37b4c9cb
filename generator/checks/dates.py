"""No day of a month and no weekday with a number that the English does not have."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain

from generator.base.literals import simple_text
from generator.base.message_text import CACHED_TEXTS
from generator.base.words import is_caseless
from generator.campaign.dates import calendar_words
from generator.checks import Findings, Rule, Subject

_NOTHING = "(?!)"
_OF = r"\s(?:(?:of|de|من|شهر|ê|î|da)\s)?"
# What may stand between a day and its month.
_BETWEEN = r"(?:\s?(?:st|nd|rd|th|er|ος)\b)?[\s.,،-]{0,2}(?:(?:of|de|ê|î|e)\s)?"
_ENGLISH = ("en_GB",)
# How the day of a month is said; the number one is left out, because it is also “a”.
_NUMBERS = unicodedata.normalize(
    "NFKC",
    r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|twentieth|first"
    "|ten|twelve|fifteen|twenty|thirty|premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|primero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w{3,5}|veinte|veinti\w{2,6}|treinta"
    r"|primeiro|dois|três|quatro|sete|oito|nove|dez|doze|treze|quinze|dezass?\w{3,4}|dez[eo]\w{3,5}|vinte|trinta"
    "|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|yirmi|otuz|sê|çar|pênc|şeş|heft|heşt|neh|deh|bîst|bîstê"
    "|dy|tre|katër|pesë|gjashtë|shtatë|tetë|nëntë|dhjetë|njëzet|tridhjetë|parë|laba|saddex|afar|shan|lix|toddoba|siddeed|sagaal|toban|labaatan|soddon"
    "|الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر|عشر|العشرين|الثلاثين|عشرين|ثلاثين"
    "|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|نوزده|بیست|سی"
    "|یکم|اول|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم|یازدهم|دوازدهم|سیزدهم|چهاردهم|پانزدهم|شانزدهم|هفدهم|هجدهم|نوزدهم|بیستم|سی‌ام"
    "|یکم|پہلی|تین|چار|پانچ|چھ|سات|آٹھ|نو|دس|گیارہ|بارہ|تیرہ|چودہ|پندرہ|سولہ|سترہ|اٹھارہ|انیس|بیس|اکیس|بائیس|تئیس|چوبیس|پچیس|چھبیس|ستائیس|اٹھائیس"
    "|انتیس|تیس|اکتیس|دوه|درې|څلور|پنځه|شپږ|اووه|اته|نهه|لس|شل|شلمه|دېرش|دوو|سێ|چوار|پێنج|شەش|حەوت|هەشت|نۆ|دە|بیست|بیستی|سی"
    "|দুই|তিন|চার|পাঁচ|ছয়|সাত|আট|নয়|দশ|পনেরো|বিশ|কুড়ি|ত্রিশ|পয়লা|ਦੋ|ਤਿੰਨ|ਚਾਰ|ਪੰਜ|ਛੇ|ਸੱਤ|ਅੱਠ|ਨੌਂ|ਦਸ|ਵੀਹ|ਤੀਹ"
    "|இரண்டு|மூன்று|நான்கு|ஐந்து|ஆறு|ஏழு|எட்டு|ஒன்பது|பத்து|இருபது|முப்பது"
    "|ክልተ|ሰለስተ|ኣርባዕተ|ሓሙሽተ|ሽዱሽተ|ሸውዓተ|ሸሞንተ|ትሽዓተ|ዓሰርተ|ዕስራ|ሰላሳ|ሁለት|ሦስት|አራት|አምስት|ስድስት|ሰባት|ስምንት|ዘጠኝ|አስር|ሃያ",
)


@lru_cache(CACHED_TEXTS)
def dates_in(text: str, locales: tuple[str, ...]) -> tuple[str, ...]:
    """Return the places where a month or weekday of the locales touches a number.

    >>> dates_in("Come on 20 March, 3 may stay.", _ENGLISH)
    ('20 March',)
    """
    return tuple(found[0] for found in _pattern(*locales).finditer(simple_text(text)))


@cache
def _pattern(*locales: str) -> re.Pattern[str]:
    forms = ((word, word.capitalize(), word.upper()) for word in calendar_words(*locales))
    words = sorted(set(chain.from_iterable(forms)))
    # Vietnamese months are numbers: no other number need stand beside them.
    with_number = {word for word in words if any(map(str.isdigit, word))}
    named = "|".join(
        re.escape(word) + ("" if _takes_suffix(word) else r"(?!\w)")
        for word in words
        if word not in with_number
    )
    numbered = "|".join(map(re.escape, sorted(with_number)))
    return re.compile(
        rf"(?<!\w)(?i:{_NUMBERS}){_OF}(?:{named or _NOTHING})"
        rf"|(?<!\d)\d{{1,4}}{_BETWEEN}(?:{named or _NOTHING})"
        rf"|(?<!\w)(?:{named or _NOTHING})(?:['’]?\w{{1,4}})?[\s.,،-]{{1,3}}\d{{1,4}}"
        rf"|(?<!\w)(?:{numbered or _NOTHING})(?!\d)"
    )


def _takes_suffix(word: str) -> bool:
    """Tell whether a name is known even with letters after it: a long one without capitals."""
    return len(word) >= 4 and is_caseless(word)


@Rule(
    why="A date typed into a sentence stays when the meeting moves; a changed day brings people "
    "on the wrong one.",
    hint="put the date into facts.yaml and write its name in braces; keep day and year as in the "
    "English",
    passes=(
        ("en", "We march together. You may bring 2 friends, 3 may come later.", ""),
        ("fr", "We march with 2 friends.", "Nous marchons avec 2 amis."),
        ("vi", "In 3 months", "Trong 3 tháng"),
        ("tr", "Every Monday", "Her pazartesi"),
        ("es", "2 adults", "2 mayores de edad"),
        ("fr", "Two people march together.", "Deux personnes marchent en mars."),
        ("tr", "A market", "Bir pazar"),
        ("fr", "Come on 20 March 2027.", "Venez le 20 mars 2027."),
    ),
    fails=(
        ("en", "Come on 20 March.", ""),
        ("en", "Come on Monday 6th.", ""),
        ("fr", "Come on {day}.", "Venez {day}, le 20 mars."),
        ("fr", "Come.", "Venez lundi 6."),
        ("fr", "Come.", "Venez le vingt avril."),
        ("ar", "Come.", "تعالوا في العشرين من أبريل."),
        ("fa", "Come.", "بیستم آوریل بیایید."),
        ("ur", "Come.", "بیس اپریل کو آئیں۔"),
        ("tr", "Come.", "Yirmi Nisan'da gelin."),
        ("ar", "Come.", "تعالوا يوم ٢٠ مارس."),
        ("bn", "Come.", "২০ মার্চ আসুন।"),
        ("ta", "Come.", "20 மார்ச்சில் வாருங்கள்."),
        ("tr", "Come.", "20 Mart'ta gelin."),
        ("vi", "Come.", "Hãy đến vào 20 tháng 3."),
        ("fr", "Come on 20 March 2027.", "Venez le 21 mars 2027."),
    ),
    on="both",
)
def dates_kept(subject: Subject) -> Findings:
    """Does a date stand in the text, or another one than in the English?"""
    english = dates_in(subject.msgid, _ENGLISH)
    own = dates_in(subject.msgstr, subject.language.calendars)
    if own and (not english or subject.is_source):
        yield f"a date stands in the text: {own[0]!r}"
        return
    kept = set(re.findall(r"\d+", simple_text(subject.msgstr)))
    if lost := set(re.findall(r"\d+", " ".join(english))) - kept:
        yield f"day or year of the English is missing: {', '.join(sorted(lost))}"
