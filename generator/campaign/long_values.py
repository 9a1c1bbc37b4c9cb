"""Where a value that is too long for its line may be broken, and from how many letters on it is long."""

from __future__ import annotations

import re

from markupsafe import Markup

BREAK_PLACES = re.compile(r"(?<=[.@/_?&=])(?=[A-Za-z0-9~])|(?<=[A-Za-z0-9])(?=-)")
"""Where a line may end inside an address: after a sign, but before a hyphen. At the end of a line it would be read, and copied, as
one that only parts a word."""
LONG_ADDRESS = 20
"""Letters from which on an address may be broken at all: a shorter one goes to the next line whole."""
LETTER_WIDTH = 0.6
"""Width of a letter of an address, bold, in parts of its size."""
LINE_INDENT = 3
"""Room that a line loses to icon and margins, in parts of its type size."""
ZERO_WIDTH_SPACE, WORD_JOINER = "\u200b", "\u2060"
BROKEN_TEXT = re.compile(r">([^<>]+)(?:<wbr>[^<>]+)+<")
"""A text with places where a line may end."""


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
    r"""Return a page with its addresses in one piece each, as WeasyPrint needs them: it breaks pieces anywhere, and after a hyphen.

    >>> on_paper('<b id="a-b">a-b.<wbr>org</b> c-d')
    '<b id="a-b">a-\u2060b.\u200borg</b> c-d'
    """
    return BROKEN_TEXT.sub(
        lambda match: match[0].replace("-", "-" + WORD_JOINER).replace("<wbr>", ZERO_WIDTH_SPACE),
        html,
    )


def has_break_places(text: str) -> bool:
    """Tell whether a text has places inside its words where a line may end: a link, an e-mail, a web address."""
    return any(len(address_parts(word)) > 1 for word in text.split())
