"""Codes that name one sentence in one wording on paper: short enough to type, and sure enough to be believed.

`A3KD-9QFX`: four characters name the sentence (language, catalogue, id), three bind to its exact wording (English and translation), the
last is a check character. So a slip of the finger is told from a sentence that changed since the paper was printed. Fifteen bits find a
sentence and do not prove its wording: that is `row_digest`'s part, in the file that comes back or in what is known of the printed sheet.
"""

from __future__ import annotations

import unicodedata

from generator.base.digests import CROCKFORD, digest, wording_key

NAME, WORDING = 4, 3
"""Characters that name the sentence, and that bind to its wording: 20 and 15 bits."""
LENGTH = NAME + WORDING + 1
MISREAD = str.maketrans("OIL", "011")
FIELD = 0b100101
"""x⁵ + x² + 1, irreducible: with it five bits are a field of 32 elements."""


def row_code(language: str, domain: str, msgctxt: str, msgid: str, msgstr: str) -> str:
    """Return the code of one sentence of one language in one wording.

    >>> row_code("fr", "not-alone", "title", "You are not alone", "")
    '2880-JZJC'
    """
    letters = name_code(language, domain, msgctxt) + _letters(
        wording_key(language, msgctxt, msgid, msgstr), WORDING
    )
    letters += CROCKFORD[_check(letters)]
    return f"{letters[:4]}-{letters[4:]}"


def row_digest(language: str, domain: str, msgctxt: str, msgid: str, msgstr: str) -> str:
    """Return what binds an answer to one sentence in one wording: 128 bits, where the code of its row holds 15.

    It begins with a letter, so that no spreadsheet takes it for a number.

    >>> row_digest("fr", "not-alone", "title", "You are not alone", "")
    'wee7dfdb8f744f4e6be73ec13471dff9f'
    """
    return f"w{digest('words', language, domain, msgctxt, msgid, msgstr)[:32]}"


def name_code(language: str, domain: str, msgctxt: str) -> str:
    """Return the first half of a code, which stays the same whatever the sentence says."""
    return _letters(digest("row", language, domain, msgctxt), NAME)


def code_as_printed(typed: str) -> str:
    """Return a code as it was printed from what somebody typed; an empty string if its check character says that it was mistyped.

    Small letters, O for 0, I or L for 1, digits of other scripts, and missing or other hyphens are understood.

    >>> code_as_printed("288o jzjc")
    '2880-JZJC'
    >>> code_as_printed("2880-JZJD")
    ''
    """
    letters = typed_letters(typed)
    if (
        len(letters) != LENGTH
        or set(letters) - set(CROCKFORD)
        or CROCKFORD[_check(letters[:-1])] != letters[-1]
    ):
        return ""
    return f"{letters[:4]}-{letters[4:]}"


def typed_letters(typed: str) -> str:
    """Return what somebody typed in the letters of codes: capitals, no hyphens, 0 for O, 1 for I and L.

    >>> typed_letters("so-1ox9g")
    'S010X9G'
    """
    return (
        "".join(_plain(char) for char in unicodedata.normalize("NFKC", typed))
        .upper()
        .translate(MISREAD)
    )


def _plain(char: str) -> str:
    """Return a typed character as ASCII where it is a digit of any script, and nothing for hyphens, spaces and marks of direction."""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return "" if unicodedata.category(char) in ("Pd", "Zs", "Cc", "Cf") else char


def _letters(fingerprint: str, length: int) -> str:
    """Return the first bits of a hex fingerprint as characters."""
    bits = int(fingerprint, 16) >> (len(fingerprint) * 4 - length * 5)
    return "".join(CROCKFORD[bits >> 5 * place & 31] for place in reversed(range(length)))


def _check(letters: str) -> int:
    """Return the value of the check character: any one wrong character, and any two that changed places, give another."""
    value = 0
    for letter in letters:
        value = _times_x(value ^ CROCKFORD.index(letter))
    return value


def _times_x(value: int) -> int:
    """Multiply by x in the field, so that every place has a weight of its own."""
    value <<= 1
    return value ^ FIELD if value & 32 else value
