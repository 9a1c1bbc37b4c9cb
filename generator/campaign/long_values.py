"""Tell where an address that is too long for its line may be broken."""

from __future__ import annotations

import re

from markupsafe import Markup

# A line may end after a sign inside an address, but before a hyphen: at the end of a line a
# hyphen would be read, and copied, as one that only divides a word.
BREAK_PLACES = re.compile(r"(?<=[.@/_?&=])(?=[A-Za-z0-9~])|(?<=[A-Za-z0-9])(?=-)")
# Shorter addresses are not broken: they go to the next line whole.
LONG_ADDRESS = 20
# Width of a bold letter of an address, in parts of the type size.
LETTER_WIDTH = 0.6
# What a line loses to icon and margins, in parts of the type size.
LINE_INDENT = 3
ZERO_WIDTH_SPACE, WORD_JOINER = "\u200b", "\u2060"
# Text between two tags that holds places where a line may end.
BROKEN_TEXT = re.compile(r">([^<>]+)(?:<wbr>[^<>]+)+<")


def address_parts(text: str) -> list[str]:
    """Return an address cut where a line may end.

    >>> address_parts("help@good-neighbours.org")
    ['help@', 'good', '-neighbours.', 'org']
    """
    return BREAK_PLACES.split(text)


def breakable_address(text: str) -> Markup:
    """Return an address as markup that may be broken over lines; copied, it is the same.

    >>> breakable_address("a.org/b")
    Markup('a.<wbr>org/<wbr>b')
    """
    return Markup("<wbr>").join(address_parts(text))


def on_paper(html: str) -> str:
    r"""Return a page with each address in one piece, as WeasyPrint needs it.

    WeasyPrint breaks a line between pieces anywhere, and after a hyphen.

    >>> on_paper('<b id="a-b">a-b.<wbr>org</b> c-d')
    '<b id="a-b">a-\u2060b.\u200borg</b> c-d'
    """
    return BROKEN_TEXT.sub(
        lambda match: match[0].replace("-", "-" + WORD_JOINER).replace("<wbr>", ZERO_WIDTH_SPACE),
        html,
    )


def has_break_places(text: str) -> bool:
    """Tell whether a text has places inside its words where a line may end, as addresses do."""
    return any(len(address_parts(word)) > 1 for word in text.split())
