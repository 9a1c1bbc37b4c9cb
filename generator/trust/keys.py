"""Ed25519 keys and what names them: pure, but for drawing a new one."""

from __future__ import annotations

import base64
import hashlib
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.base.digests import CROCKFORD, code_letters
from generator.base.short_codes import typed_letters

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# Bytes of a seed and of a public key (RFC 8032).
KEY_BYTES = 32
# Hex digits of a key's name: 128 bits, which nobody finds a second key for.
NAME_LENGTH = 32
# Letters of the code that a reader says on the phone: 60 bits, in groups of four.
SPOKEN_LETTERS = 12
_GROUP = 4


def new_seed() -> bytes:
    """Return the 32 random bytes of a new private key."""
    return secrets.token_bytes(KEY_BYTES)


@lru_cache(8)
def _private_key(seed: bytes) -> Ed25519PrivateKey:
    """Return the private key of a seed; to make it takes as long as to sign twice."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(8)
def public_key(seed: bytes) -> str:
    """Return the public key of a seed, as base64 without its end signs."""
    return _encoded(_private_key(seed).public_key().public_bytes_raw())


def key_name(public: str) -> str:
    """Return the 32 hex digits that name a public key in every line it signs."""
    return hashlib.sha256(b"leaflets key\0" + public.encode()).hexdigest()[:NAME_LENGTH]


def sign_bytes(seed: bytes, message: bytes) -> str:
    """Return the signature of a message, as base64 without its end signs."""
    return _encoded(_private_key(seed).sign(message))


def is_signed_by(public: str, message: bytes, signature: str) -> bool:
    """Tell whether a signature of a message was made with the private half of a public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(_decoded(public))
        key.verify(_decoded(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def spoken_code(campaign: str, code: str, public: str) -> str:
    """Return what a reader says on the phone: 60 bits over campaign, reader's code and key.

    >>> spoken_code("c", "r17", "key")
    'C99J-7Q2S-HJVN'
    """
    text = "\0".join(("leaflets admission", campaign, code, public))
    letters = code_letters(hashlib.sha256(text.encode()).hexdigest(), SPOKEN_LETTERS)
    return grouped(letters)


def grouped(letters: str) -> str:
    """Return letters in groups of four with hyphens, as people read them out."""
    starts = range(0, len(letters), _GROUP)
    return "-".join(letters[start : start + _GROUP] for start in starts)


def same_spoken(one: str, other: str) -> bool:
    """Tell whether two spoken codes are the same, whatever hyphens and look-alikes were typed."""
    return typed_letters(one) == typed_letters(other)


def seed_letters(seed: bytes) -> str:
    """Return a seed to write down: 52 letters and 4 that find a slip, in groups of four."""
    return grouped(code_letters(_with_zero_bits(seed.hex()), 52) + _seed_check(seed))


def seed_from_letters(typed: str) -> bytes | None:
    """Return the seed that somebody typed from paper, None where a letter is wrong."""
    letters = typed_letters(typed)
    if len(letters) != 56 or not set(letters) <= set(CROCKFORD):
        return None
    bits = 0
    for letter in letters[:52]:
        bits = bits << 5 | CROCKFORD.index(letter)
    if bits & 15:
        return None
    seed = (bits >> 4).to_bytes(KEY_BYTES, "big")
    return seed if _seed_check(seed) == letters[52:] else None


def _seed_check(seed: bytes) -> str:
    return code_letters(hashlib.sha256(b"leaflets recovery\0" + seed).hexdigest(), 4)


def _with_zero_bits(digits: str) -> str:
    """Return 256 bits in hex with four zero bits after them: 52 letters hold 260."""
    return digits + "0"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
