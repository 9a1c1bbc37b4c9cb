"""Lock a PDF with a passphrase (AES-256, ISO 32000-2), for papers with people on them."""

from __future__ import annotations

from io import BytesIO

from generator.problem import LeafletsError, Problem

LEAST_PASSPHRASE = 12
"""Characters of a passphrase: a file can be tried without end."""


def encrypt_pdf(pdf: bytes, passphrase: str) -> bytes:
    """Return the PDF locked; raise LeafletsError for a short passphrase, or without the library that encrypts."""
    import pypdf

    if len(passphrase) < LEAST_PASSPHRASE:
        hint = f"take {LEAST_PASSPHRASE} characters or more, such as four words"
        raise LeafletsError(Problem("passphrase", "this passphrase is too short", hint=hint))
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    try:
        writer.encrypt(passphrase, algorithm="AES-256")
    except pypdf.errors.DependencyError:
        hint = "python -m pip install 'solidarity-leaflets[private]'"
        raise LeafletsError(
            Problem("no-encryption", "the library that encrypts is not installed", hint=hint)
        ) from None
    data = BytesIO()
    writer.write(data)
    return data.getvalue()
