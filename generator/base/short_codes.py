"""Codes that name one sentence in one wording on paper, short enough to type.

In `A3KD-9QFX` four characters name the sentence (language, catalogue, id), three bind to its exact
wording (English and translation), and the last is a check character. So a slip of the finger is
told from a sentence that changed since the paper was printed. Fifteen bits find a wording and do
not prove it: that is `row_digest`'s part, in the file that comes back or in what is known of the
printed sheet.
"""

from __future__ import annotations

import unicodedata

from generator.base.digests import CROCKFORD, code_letters, digest, wording_key

# Characters that name the sentence, and that bind to its wording: 20 and 15 bits.
_NAME, _WORDING = 4, 3
_MISREAD = str.maketrans("OIL", "011")
# x⁵ + x² + 1, irreducible: with it five bits are a field of 32 elements.
_FIELD = 0b100101


def row_code(language: str, domain: str, msgctxt: str, msgid: str, msgstr: str) -> str:
    """Return the code of one sentence of one language in one wording.

    >>> row_code("fr", "not-alone", "title", "You are not alone", "")
    '2880-JZJC'
    """
    wording = code_letters(wording_key(language, msgctxt, msgid, msgstr), _WORDING)
    letters = name_code(language, domain, msgctxt) + wording
    return _hyphened(letters + CROCKFORD[_check(letters)])


def row_digest(language: str, domain: str, msgctxt: str, msgid: str, msgstr: str) -> str:
    """Return 128 bits that bind an answer to one wording, of which the code of its row holds 15.

    It begins with a letter, so that no spreadsheet takes it for a number.

    >>> row_digest("fr", "not-alone", "title", "You are not alone", "")
    'wee7dfdb8f744f4e6be73ec13471dff9f'
    """
    return f"w{digest('words', language, domain, msgctxt, msgid, msgstr)[:32]}"


def name_code(language: str, domain: str, msgctxt: str) -> str:
    """Return the first half of a code, which stays the same whatever the sentence says."""
    return code_letters(digest("row", language, domain, msgctxt), _NAME)


def code_as_printed(typed: str) -> str:
    """Return a code as it was printed from what somebody typed, "" if it was mistyped.

    Small letters, O for 0, I or L for 1, digits of other scripts, and missing or other hyphens are
    understood.

    >>> code_as_printed("288o jzjc")
    '2880-JZJC'
    >>> code_as_printed("2880-JZJD")
    ''
    """
    letters = typed_letters(typed)
    known = len(letters) == _NAME + _WORDING + 1 and set(letters) <= set(CROCKFORD)
    return _hyphened(letters) if known and CROCKFORD[_check(letters[:-1])] == letters[-1] else ""


def typed_letters(typed: str) -> str:
    """Return what somebody typed as codes are written: capitals, no hyphens, 0 for O, 1 for I, L.

    Digits of any script are read; hyphens, spaces and direction marks are left out.

    >>> typed_letters("so-1ox9g")
    'S010X9G'
    """
    seen = (
        char
        for char in unicodedata.normalize("NFKC", typed)
        if unicodedata.category(char) not in ("Pd", "Zs", "Cc", "Cf")
    )
    plain = "".join(str(unicodedata.digit(char, char)) for char in seen)
    return plain.upper().translate(_MISREAD)


def _hyphened(letters: str) -> str:
    return f"{letters[:4]}-{letters[4:]}"


def _check(letters: str) -> int:
    """Return the value of the check character.

    Any one wrong character, and any two that changed places, give another: each place has a weight
    of its own, because every step multiplies by x in a field.
    """
    value = 0
    for letter in letters:
        value = (value ^ CROCKFORD.index(letter)) << 1
        value ^= _FIELD if value & 32 else 0
    return value
