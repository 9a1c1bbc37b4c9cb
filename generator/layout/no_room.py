"""Say what found no room on a page: a value, a word, or what the campaign says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from html import unescape

from generator.campaign.long_values import LONG_ADDRESS, WORD_JOINER, ZERO_WIDTH_SPACE
from generator.campaign.sheets import Sheet
from generator.layout.tight import TightText
from generator.problem import Problem

# The problems of a value and of a word that have no room.
VALUE_TOO_LONG, WORD_TOO_LONG = "overflow-fact", "overflow-word"
# A value on a page, as `campaign/facts` and the theme mark it.
_VALUE_ELEMENT = re.compile(
    r'(<(bdi|p|span)\b[^>]* data-(?:fact|value)="([^"]+)"[^>]*>)(.*?)(</\2>)', re.DOTALL
)
_ANY_TAG = re.compile("<[^>]*>")
# A row whose value stands under its label, and the rows around it.
_UNDER_LABEL = re.compile(r'(<div class="(?:row \w+|contacts))(?: under| loose)(")')
# What the rows begin with whose values all stand beside their labels.
_CONTACT_ROWS = '<div class="contacts">'
# A row with a long value beside its label.
_LONG_ROW = re.compile(
    r'(<div class="row \w+)'
    r'("><div class="what">(?:(?!<div class="row).)*<bdi [^>]*class="ltr long")',
    re.DOTALL,
)
# What a campaign says of itself on every page: how to call it, and what to do where it is too
# long.
_CAMPAIGN_VALUES = {
    "address": ("the address of the campaign", "put a shorter `address:` into campaign.yaml"),
    "name": ("the name of the campaign", "put a shorter `name:` into campaign.yaml"),
}
_SHORTER_HINT = (
    "put in a shorter one (a short link that leads there, fewer words, a `display:` for a phone"
    " or a link), or use a larger sheet"
)
# Letters that stand for a long value, to see whether the page fits without it.
_STUB_LETTERS = 12


def printed_values(html: str) -> dict[str, str]:
    """Return what each value on a page says, by its name."""
    hidden = str.maketrans("", "", ZERO_WIDTH_SPACE + WORD_JOINER)
    return {
        match[3]: unescape(_ANY_TAG.sub("", match[4])).translate(hidden)
        for match in _VALUE_ELEMENT.finditer(html)
    }


def with_short_values(html: str, names: Collection[str]) -> str:
    """Return a page, never printed, with a few letters in place of some values."""

    def shorten(match: re.Match[str]) -> str:
        return f"{match[1]}{'x' * _STUB_LETTERS}{match[5]}" if match[3] in names else match[0]

    return _UNDER_LABEL.sub(r"\1\2", _VALUE_ELEMENT.sub(shorten, html))


def rearranged_rows(html: str) -> Iterator[str]:
    """Yield the page with its long values under their labels, and with all values beside them.

    Which of the two takes less room is only known once they are drawn: a label beside a value may
    take two lines. What would be the same page again is left out.
    """
    under, *rows = html.split(_CONTACT_ROWS)
    for row in rows:
        put = _LONG_ROW.sub(r"\1 under\2", row)
        under += (_CONTACT_ROWS if put == row else _CONTACT_ROWS.replace('">', ' loose">')) + put
    beside = _UNDER_LABEL.sub(r"\1\2", html)
    yield from dict.fromkeys(page for page in (under, beside) if page != html)


def oversized_values(html: str, fits: Callable[[str], bool]) -> dict[str, str]:
    """Return the long values without which a page fits; none if that does not help.

    Each that is enough alone, else all together.
    """
    values = printed_values(html)
    long = {name: value for name, value in values.items() if len(value) > LONG_ADDRESS}
    if not long or not fits(with_short_values(html, long)):
        return {}
    if len(long) == 1:
        return long
    alone = [name for name in long if fits(with_short_values(html, [name]))]
    return {name: long[name] for name in alone} or long


def long_value_problem(name: str, value: str, sheet: Sheet, size: float) -> Problem:
    """Return what to say about a value that has no room on a sheet."""
    what, hint = _CAMPAIGN_VALUES.get(name, (f"the fact {name}", _SHORTER_HINT))
    what = f"{what} has {len(value)} letters: no room on {sheet.name} at {size:g} pt"
    return Problem(VALUE_TOO_LONG, what, hint=hint)


def no_room_problems(
    sheet: Sheet, tight: Iterable[TightText], told: Mapping[str, str], size: float
) -> Iterator[Problem]:
    """Yield a problem for each value and each word that found no room at the smallest size."""
    found = list(dict.fromkeys(tight))
    long = [one for one in found if one.torn or len(told.get(one.value, "")) > LONG_ADDRESS]
    guilty = long or found  # the others were pushed aside by the long ones
    for name in sorted({one.value for one in guilty if one.value}):
        yield long_value_problem(name, told.get(name, ""), sheet, size)
    for text, message in dict.fromkeys((one.text, one.message) for one in guilty if not one.value):
        what = f"{text!r} finds no room in a line of {sheet.name} at {size:g} pt"
        hint = "use a shorter word, or a larger sheet"
        yield Problem(WORD_TOO_LONG, what, hint=hint, msgctxt=message)
