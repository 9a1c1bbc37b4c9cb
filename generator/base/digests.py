"""Short fingerprints of text: ledger keys and version codes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

# Base 32 without I, L, O and U, so that a code survives a phone call (D. Crockford, "Base 32").
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

# Hex digits of the keys that earlier versions made.
OLD_KEY = 20


def digest(*parts: str) -> str:
    """Return the sha256 of the parts in hex.

    Each has its length before it, so that no two splits of the same text collide.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    data = [part.encode() for part in parts]
    return hashlib.sha256(b"".join(b"%d:%b" % (len(part), part) for part in data)).hexdigest()


def wording_key(language: str, msgctxt: str, msgid: str, msgstr: str) -> str:
    """Return the 64 hex digits a ledger event binds to: whatever changes, the key changes."""
    return digest(language, msgctxt, msgid, "", msgstr)


def fact_value_key(site: str, name: str, kind: str, value: str, display: str) -> str:
    """Return the 64 hex digits that signatures of a fact with this value bind to."""
    return digest("fact", site, name, kind, value, display)


def words_key(words: str) -> str:
    """Return the 64 hex digits that stand for somebody's words in a ledger, "" for none."""
    return digest("words", words) if words else ""


def same_key(one: str, other: str) -> bool:
    """Tell whether two keys name the same, where one may be as short as earlier versions wrote it.

    >>> same_key("0f" * 32, "0f" * 10), same_key("0f" * 32, "0f" * 9)
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) == OLD_KEY and long.startswith(short))


def has_key(keys: Iterable[str], key: str) -> bool:
    """Tell whether one of `keys` names the same as a key."""
    return any(same_key(one, key) for one in keys)


def source_key(msgctxt: str, msgid: str) -> str:
    """Return the 12 hex digits that name a source wording, whatever its translation."""
    return digest(msgctxt, msgid)[:12]


def sentence_key(domain: str, msgctxt: str, msgid: str) -> str:
    """Return the 32 hex digits that name a sentence of a catalogue, whatever its translation."""
    return digest("sentence", domain, msgctxt, msgid)[:32]


def layout_key(edition: str, sha256: str) -> str:
    """Return the 64 hex digits that a signature of a finished page binds to.

    They hold the edition's name and the bytes of its PDF.
    """
    return digest("layout", edition, sha256)


def short_code(language: str, fingerprint: str, length: int = 5) -> str:
    """Return a code to print and to say on the phone, from a hex fingerprint.

    >>> short_code("fa_AF", "0f" * 32)
    'FA-1W7GY'
    """
    return f"{language.split('_')[0].upper()}-{code_letters(fingerprint, length)}"


def code_letters(fingerprint: str, length: int) -> str:
    """Return the first bits of a hex fingerprint in the letters of codes, five bits each."""
    bits = int(fingerprint, 16) >> max(0, len(fingerprint) * 4 - length * 5)
    return "".join(CROCKFORD[bits >> 5 * place & 31] for place in reversed(range(length)))
