"""Short fingerprints of text: ledger keys and version codes."""

from __future__ import annotations

import hashlib

# Base 32 without I, L, O and U, so that a code survives a phone call (D. Crockford, "Base 32").
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def digest(*parts: str) -> str:
    """Return the sha256 of the parts in hex.

    Each has its length before it, so that no two splits of the same text collide.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    data = [part.encode() for part in parts]
    return hashlib.sha256(b"".join(b"%d:%b" % (len(part), part) for part in data)).hexdigest()


def wording_key(language: str, msgctxt: str, msgid: str, msgstr: str) -> str:
    """Return the 20 hex digits a ledger event binds to: whatever changes, the key changes."""
    return digest(language, msgctxt, msgid, "", msgstr)[:20]


def source_key(msgctxt: str, msgid: str) -> str:
    """Return the 12 hex digits that name an English wording, whatever its translation."""
    return digest(msgctxt, msgid)[:12]


def layout_key(edition: str, sha256: str) -> str:
    """Return the 20 hex digits that a signature of a finished page binds to.

    They hold the edition's name and the bytes of its PDF.
    """
    return digest("layout", edition, sha256)[:20]


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
