"""Keep numbers, addresses, links and names out of words that everybody can read.

Names are found where a text says that one comes (a title, "my name is") and where a private file
holds them. They are never guessed from a capital letter.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.base.literals import simple_text
from generator.base.message_text import CACHED_TEXTS
from generator.campaign.free_addresses import address_kinds, written_out
from generator.campaign.free_names import PrivateNames, announces_name, holds_name
from generator.campaign.free_numbers import holds_phone_number
from generator.problem import LeafletsError, Problem

PRIVATE_HINT = (
    "everybody who has the campaign can read this, for ever: no names, no numbers, no addresses; "
    "for a number or link of the leaflet write its name in braces, such as {alert_line}"
)
A_NUMBER, A_NAME = "a phone number", "a name"
# Characters of one reason or comment.
LONGEST_NOTE = 4_000
# Letters and marks that show nothing. Layout characters are removed elsewhere.
UNSEEN_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\U000e0000-\U000e0fff]"
)
# Marks that belong on letters hide a number when they are put on its digits.
OVER_DIGITS = re.compile(
    "(?<=[0-9])[\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0670\u20d0-\u20f0\ufe20-\ufe2f]+"
)
NO_NAMES = PrivateNames()


def private_kinds(text: str, names: PrivateNames = NO_NAMES) -> tuple[str, ...]:
    """Return what kinds of private things stand in a text, which must not hold any of `names`.

    >>> private_kinds("Call me on ٠٧٧٠٠ ٩٠٠١٢٣, Mr Example")
    ('a phone number', 'a name')
    >>> private_kinds("Not EN-P5PR7: since 2026-12-07, 18:00-21:00")
    ()
    """
    found = _kinds(text)
    return (*found, A_NAME) if A_NAME not in found and holds_name(text, names) else found


@lru_cache(CACHED_TEXTS)
def _kinds(text: str) -> tuple[str, ...]:
    # What stands in <angles> is no tag of ours, or this would not be free text.
    bare = text.translate(str.maketrans("<>", "  "))
    found: dict[str, None] = {}
    for one in {text: None, bare: None}:
        # What somebody reads who sees no marks over digits, and nothing that is not there.
        visible = UNSEEN_LETTERS.sub("", one).replace("\u2800", " ")
        simple = OVER_DIGITS.sub("", simple_text(written_out(visible)))
        kinds = [A_NUMBER] if holds_phone_number(simple) else []
        kinds += address_kinds(simple)
        kinds += [A_NAME] if announces_name(simple) else []
        found |= dict.fromkeys(kinds)
    return tuple(found)


def refuse_private(text: str, names: PrivateNames = NO_NAMES, code: str = "text-private") -> None:
    """Raise LeafletsError where a text for everybody holds something private, or is no note.

    The text itself is not repeated.
    """
    if len(text) > LONGEST_NOTE:
        hint = f"say it in {LONGEST_NOTE} characters"
        raise LeafletsError(Problem("text-long", f"{len(text)} characters are too many", hint=hint))
    if found := private_kinds(text, names):
        raise LeafletsError(
            Problem(code, f"there is {' and '.join(found)} in it", hint=PRIVATE_HINT)
        )
