"""Lock a PDF with a passphrase (AES-256, ISO 32000-2), for papers with people on them."""

from __future__ import annotations

from generator.imposition.pdf_objects import clone_pdf, pdf_bytes
from generator.problem import LeafletsError, Problem

# Characters of a passphrase: whoever has the file can try passphrases without end.
_LEAST_PASSPHRASE = 12


def encrypt_pdf(pdf: bytes, passphrase: str) -> bytes:
    """Return the PDF locked; raise LeafletsError for a short passphrase."""
    if len(passphrase) < _LEAST_PASSPHRASE:
        raise LeafletsError(
            Problem(
                "passphrase",
                "this passphrase is too short",
                hint=f"take {_LEAST_PASSPHRASE} characters or more, such as four words",
            )
        )
    writer = clone_pdf(pdf)
    writer.encrypt(passphrase, algorithm="AES-256")
    return pdf_bytes(writer)
