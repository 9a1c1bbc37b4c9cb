"""Write dates in words of a language, with corrections of CLDR's own."""

from __future__ import annotations

from datetime import date
from functools import cache

from generator.model import Language
from generator.problem import LeafletsError, Problem

NATIVE_DIGITS = {
    ord(digit): str(value)
    for block in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x1040)
    for value, digit in enumerate(map(chr, range(block, block + 10)))
}


def numeric_date(day: date) -> str:
    """Return day, month and year in ASCII digits, the British way.

    >>> numeric_date(date(2027, 3, 20))
    '20/03/2027'
    """
    return f"{day:%d/%m/%Y}"


@cache
def date_in_words(day: date, language: Language) -> str:
    """Return weekday, day, month and year in the language, with ASCII digits.

    This is never the only form on the page.
    """
    from babel import UnknownLocaleError
    from babel.dates import format_date

    try:
        words = format_date(day, language.date or "full", locale=language.babel)
        month = format_date(day, "MMMM", locale=language.babel)
        other = format_date(day, "MMMM", locale=language.months or language.babel)
    except (UnknownLocaleError, ValueError, LookupError) as error:
        what = f"no date in {language.code}: {error}"
        hint = "write a locale that CLDR knows after `dates:` in locales/languages.yaml"
        raise LeafletsError(Problem("locale", what, hint=hint, language=language.code)) from None
    words = words.translate(NATIVE_DIGITS)
    return words.replace(month, f"{month} ({other})", 1) if language.months else words


@cache
def date_parts(day: date, language: Language) -> tuple[str, str, str]:
    """Return weekday, number of the day and month, for a block that is seen from afar.

    This is never the only form on the page.
    """
    from babel.dates import format_date

    weekday, number, month = (
        format_date(day, pattern, locale=language.babel).translate(NATIVE_DIGITS)
        for pattern in ("EEEE", "d", "MMMM")
    )
    return weekday, number, month


@cache
def calendar_words(*locales: str) -> frozenset[str]:
    """Return the months and weekdays of CLDR locales as they stand in a date.

    A locale that CLDR lacks gives none.

    >>> sorted(calendar_words("en_GB"))[:3]
    ['April', 'August', 'December']
    """
    return frozenset(word for name in locales for table in _tables(name) for word in table)


@cache
def weekday_words(*locales: str) -> frozenset[str]:
    """Return the weekdays of CLDR locales; a locale that CLDR lacks gives none.

    >>> sorted(weekday_words("fr"))[:2]
    ['dimanche', 'jeudi']
    """
    return frozenset(word for name in locales for table in _tables(name)[:1] for word in table)


def _tables(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the weekdays and the months of a locale, nothing if CLDR lacks it."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return ()
    return tuple(locale.days["format"]["wide"].values()), tuple(
        locale.months["format"]["wide"].values()
    )
