"""No day of a month and no weekday with a number that the English does not have."""

import re
from collections.abc import Iterator
from functools import cache

from generator.checks import Finding, Subject, check
from generator.checks.literal_fact import plain
from generator.core.dates import calendar_words

NOTHING = "(?!)"
BETWEEN = r"(?:\s?(?:st|nd|rd|th|er|ος)\b)?[\s.,،-]{0,2}(?:(?:of|de|ê|î|e)\s)?"
"""What may stand between a day and its month."""
ENGLISH = ("en_GB",)


def dates(text: str, locales: tuple[str, ...]) -> list[str]:
    """Return the places where a month or weekday of the locales touches a number.

    >>> dates("Come on 20 March, 3 may stay.", ENGLISH)
    ['20 March']
    """
    return [found[0] for found in _pattern(*locales).finditer(plain(text))]


@cache
def _pattern(*locales: str) -> re.Pattern[str]:
    words = sorted({form for word in calendar_words(*locales) for form in (word, word.capitalize(), word.upper())})
    named = "|".join(re.escape(word) + ("" if takes_suffix(word) else r"(?!\w)") for word in words if not has_digit(word)) or NOTHING
    numbered = "|".join(re.escape(word) for word in words if has_digit(word)) or NOTHING
    return re.compile(
        rf"(?<!\d)\d{{1,4}}{BETWEEN}(?:{named})|(?<!\w)(?:{named})(?:['’]?\w{{1,4}})?[\s.,،-]{{1,3}}\d{{1,4}}|(?<!\w)(?:{numbered})(?!\d)"
    )


def has_digit(word: str) -> bool:
    """Tell whether a month's name is a number, as in Vietnamese."""
    return any(map(str.isdigit, word))


def takes_suffix(word: str) -> bool:
    """Tell whether a name is long enough, and of a script without capitals, to be known with letters after it."""
    return len(word) >= 4 and word.upper() == word.lower()


@check(
    why="A date typed into a sentence stays when the meeting moves; a changed day brings people on the wrong one.",
    hint="put the date into facts.yaml and write its name in braces; keep day and year as in the English",
    passes=(
        ("en", "We march together. You may bring 2 friends, 3 may come later.", ""),
        ("fr", "We march with 2 friends.", "Nous marchons avec 2 amis."),
        ("vi", "In 3 months", "Trong 3 tháng"),
        ("tr", "Every Monday", "Her pazartesi"),
        ("es", "2 adults", "2 mayores de edad"),
        ("fr", "Come on 20 March 2027.", "Venez le 20 mars 2027."),
    ),
    fails=(
        ("en", "Come on 20 March.", ""),
        ("en", "Come on Monday 6th.", ""),
        ("fr", "Come on {day}.", "Venez {day}, le 20 mars."),
        ("fr", "Come.", "Venez lundi 6."),
        ("ar", "Come.", "تعالوا يوم ٢٠ مارس."),
        ("bn", "Come.", "২০ মার্চ আসুন।"),
        ("ta", "Come.", "20 மார்ச்சில் வாருங்கள்."),
        ("tr", "Come.", "20 Mart'ta gelin."),
        ("vi", "Come.", "Hãy đến vào 20 tháng 3."),
        ("fr", "Come on 20 March 2027.", "Venez le 21 mars 2027."),
    ),
    on="both",
)
def dates_kept(subject: Subject) -> Iterator[Finding]:
    """Does a date stand in the text, or another one than in the English?"""
    english = dates(subject.msgid, ENGLISH)
    own = dates(subject.msgstr, (subject.language.babel, subject.language.months or subject.language.babel))
    if own and (not english or subject.msgid == subject.msgstr):
        yield f"a date stands in the text: {own[0]!r}"
    elif lost := set(re.findall(r"\d+", " ".join(english))) - set(re.findall(r"\d+", plain(subject.msgstr))):
        yield f"day or year of the English is missing: {', '.join(sorted(lost))}"
