"""Find telephone numbers in what people write, also in words and in letters like digits.

Dates, times, prices and codes are none.
"""

from __future__ import annotations

import re
from itertools import pairwise

from generator.base.literals import (
    COIN_WORDS,
    EMERGENCY_NUMBERS,
    HOUR_DIGITS,
    MINUTE_DIGITS,
    MONEY_SIGNS,
    READ_DIGITS,
)

YEAR, MONTH, DAY_NUMBER = r"(?:1[349]|20)\d\d", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
NEAR_YEAR = r"(?:19[5-9]|20[0-4])\d"
ISO = rf"{YEAR}-{MONTH}-{DAY_NUMBER}"
TIME = rf"(?<![\d.:]){HOUR_DIGITS}\s?[:h]\s?{MINUTE_DIGITS}(?::[0-5]\d)?(?![\d:.]\d|\d)"
CLOCK_DIGITS = r"(?:[01]\d|2[0-4])[0-5][05]"
AMOUNT = r"(?:0|[1-9]\d{0,2}(?:[.,]\d{3})|[1-9]\d{0,5})(?:[.,]\d{1,2})?"
# Not in the middle of a longer number.
NUMBER_START = r"(?<![\d+])(?<!\d[ ./-])"
RANGE = r"[1-9]\d?\s?[-–]\s?[1-9]\d?"
# Dates, times, years, round numbers, prices and emergency numbers have many digits, but are
# nobody's telephone number.
HARMLESS = re.compile(
    "|".join(
        (
            rf"{NUMBER_START}{ISO}\s?/\s?{ISO}(?![./-]?\d)",
            rf"{TIME}|(?<![\d.:]){HOUR_DIGITS}\.{MINUTE_DIGITS}\s?[-–]\s?{HOUR_DIGITS}\.{MINUTE_DIGITS}(?!\.?\d)",
            rf"{NUMBER_START}{CLOCK_DIGITS}\s?(?:[-–]|to|until|till|and)\s?{CLOCK_DIGITS}(?![\s./-]?\d)",
            rf"{NUMBER_START}(?:{YEAR}\s?([./-])\s?{MONTH}\s?\1\s?{DAY_NUMBER}|{DAY_NUMBER}\s?([./-])\s?{MONTH}\s?\2\s?{YEAR})(?![./-]?\d)",
            rf"{NUMBER_START}(?:{DAY_NUMBER}([./-]){MONTH}|{MONTH}([./-]){DAY_NUMBER})(?:\3|\4)\d\d(?![\s./-]{{0,2}}\d)",
            rf"(?<![\d+-]){NEAR_YEAR}\s?[-–/]\s?(?:{NEAR_YEAR}|\d\d)(?![\s-]?\d)",
            rf"{NUMBER_START}{NEAR_YEAR}(?:[\s,;]{{1,2}}{NEAR_YEAR}){{1,20}}(?![\s./-]{{0,2}}\d)",
            rf"{NUMBER_START}[1-9]\d{{0,3}}/{NEAR_YEAR}(?![\s./-]{{0,2}}\d)",
            rf"{NUMBER_START}{DAY_NUMBER}\.{MONTH}\.(?:\s{DAY_NUMBER}\.{MONTH}\.){{0,9}}(?![\s./-]{{0,2}}\d)",
            rf"{NUMBER_START}{RANGE}(?:[\s,;]{{1,2}}{RANGE}){{0,20}}(?![\s./-]{{0,2}}\d)",
            rf"{NUMBER_START}(?:{EMERGENCY_NUMBERS})(?:(?:\s?[,/;–-]\s?|\s)(?:{EMERGENCY_NUMBERS})){{0,9}}(?![\s./-]{{0,2}}\d)",
            r"(?<![\d+])[1-9]\d{0,2}(?:[ .,'’]000){1,3}(?!\d)"
            r"|(?<![\d+])(?<!\d[.,'’])[1-9]\d{0,2}(?:([.,'’])\d{3})(?:\5\d{3})?(?!\d|[.,'’]\d)",
            rf"(?:{MONEY_SIGNS})\s?{AMOUNT}(?![ .,]?\d)"
            rf"|{NUMBER_START}(?<![.,]){AMOUNT}\s?(?:{MONEY_SIGNS}|{COIN_WORDS})(?!\d)",
        )
    ),
    re.IGNORECASE,
)
CODE_TOKEN = re.compile(r"(?<![\w+-])[0-9A-Za-z]+(?:[-_.][0-9A-Za-z]+)*(?![\w-])")
# Ids of events and files, and versions of worksheets.
OUR_CODES = re.compile(
    r"w?(?=(?:\d*[a-f]){3})(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32}|[0-9a-f]{20}|[0-9a-f]{12})|(?:[0-9A-Z]{4}-){2,9}[0-9A-Z]{1,4}"
)
# Digits that any other code may have, in all and in a row: a telephone number has more.
MOST_DIGITS, MOST_IN_ROW = 7, 5
LIKE_DIGITS = str.maketrans("OoIl|", "00111")
LOOKALIKE = re.compile(r"(?<!\w)(?=[OoIl|]*\d)[\dOoIl|]{3,}(?!\w)")
REPEAT_WORDS = {"double": 2, "triple": 3, "treble": 3}
ONE = rf"(?:({'|'.join(REPEAT_WORDS)})[\s-])?(?:{READ_DIGITS})(?!\w)"
SPELLED_DIGITS = re.compile(rf"(?<!\w){ONE}(?:[\s,،.·–-]{{1,3}}{ONE}){{0,40}}", re.IGNORECASE)
DIGIT_WORD = re.compile(rf"(?<!\w){ONE}", re.IGNORECASE)
HAN_DIGITS = re.compile("[零〇○一二三四五六七八九幺两兩壹贰貳叁參肆伍陆陸柒捌玖]{3,}")
# Nearly anything may stand between the digits of a number.
DIGIT_GAP = r"(?:[^\w¶%]|_){0,3}"
DIGIT_STRETCH = re.compile(rf"\+?\d(?:{DIGIT_GAP}\d)*")
SCATTERED_DIGITS = re.compile(rf"\+?\d(?:{DIGIT_GAP}[^\W\d_]{{0,3}}{DIGIT_GAP}\d)*")
LIST_COMMA = re.compile(r"\s?[,;،、]\s+")


def holds_phone_number(simple: str) -> bool:
    """Tell whether there is a telephone number in a text.

    >>> holds_phone_number("oh double seven 00 nine, 0 0 123")
    True
    >>> holds_phone_number("2026-12-07 at 18:00, or call 116 123")
    False
    """
    text = LOOKALIKE.sub(lambda found: found[0].translate(LIKE_DIGITS), simple)
    digits = _in_digits(HARMLESS.sub(" ¶ ", text))
    without_years = re.sub(rf"(?<!\w){NEAR_YEAR}(?!\w)", " ¶ ", digits)
    return any(_is_called(found[0]) for found in DIGIT_STRETCH.finditer(digits)) or any(
        _is_scattered(found[0]) for found in SCATTERED_DIGITS.finditer(without_years)
    )


def _in_digits(text: str) -> str:
    """Return a text without codes, and with digits for the words of digits, no matter which."""

    def digits_of(found: re.Match[str]) -> str:
        words = DIGIT_WORD.finditer(found[0])
        return "8" * sum(REPEAT_WORDS.get((word[1] or "").lower(), 1) for word in words)

    spelled = HAN_DIGITS.sub(lambda found: "8" * len(found[0]), SPELLED_DIGITS.sub(digits_of, text))
    return CODE_TOKEN.sub(_without_codes, spelled)


def _without_codes(found: re.Match[str]) -> str:
    """Return nothing for the code of a sentence, paper or reader, and for a key or an id.

    They mix letters and digits, and have too few digits for a telephone number.
    """
    token = found[0]
    digits = re.findall(r"\d+", token)
    if not digits or re.sub("[-._]", "", token).isdigit():
        return token
    few = sum(map(len, digits)) <= MOST_DIGITS and max(map(len, digits)) <= MOST_IN_ROW
    return " ¶ " if few or OUR_CODES.fullmatch(token) else token


def _is_called(stretch: str) -> bool:
    """Tell whether digits are a number: one part of a list, or all that begins as numbers do."""
    parts = LIST_COMMA.split(stretch)
    return any(_is_number(re.findall(r"\d+", part)) for part in parts) or _is_long(stretch)


def _is_number(groups: list[str]) -> bool:
    """Tell whether groups of digits are a number: long ones, single digits, or many pairs."""
    digits = sum(map(len, groups))
    if digits < 6 or _counting(groups):
        return False
    return max(map(len, groups)) != 2 or digits >= 8 or groups[0] == "0"


def _is_long(stretch: str) -> bool:
    """Tell whether digits begin as numbers do, and are as many, whatever stands between them."""
    groups = re.findall(r"\d+", stretch)
    begins = (
        stretch.startswith("+")
        or (groups[0].startswith("0") and len(groups[0]) > 1)
        or max(map(len, groups)) > MOST_IN_ROW - 1
    )
    return begins and sum(map(len, groups)) >= 9 and not _counting(groups)


def _is_scattered(stretch: str) -> bool:
    """Tell whether digits with few letters between are a number: begun as one, or one word."""
    groups = re.findall(r"\d+", stretch)
    one_word = not re.search(r"[\s,]", stretch)
    begins = stretch.startswith("+") or (groups[0].startswith("0") and len(groups[0]) > 2)
    least = 8 if one_word and begins else 9
    return (one_word or begins) and sum(map(len, groups)) >= least and not _counting(groups)


def _counting(groups: list[str]) -> bool:
    """Tell whether numbers go up by one, or four and more by the same step."""
    if max(map(len, groups)) > MOST_IN_ROW:
        return False
    steps = {after - before for before, after in pairwise(map(int, groups))}
    return len(steps) == 1 and min(steps) > 0 and len(groups) > (2 if steps == {1} else 3)
