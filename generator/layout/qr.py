"""QR codes as inline SVG."""

from __future__ import annotations

from markupsafe import Markup

# Modules of white around the code (ISO/IEC 18004).
QUIET_ZONE = 4


def svg(text: str, title: str) -> Markup:
    """Return a full QR code of level M, never a Micro QR code, which phones do not read."""
    import segno

    code = segno.make_qr(text, error="m")
    looks = {"border": QUIET_ZONE, "omitsize": True, "svgclass": "qr-code", "lineclass": None}
    return Markup(code.svg_inline(title=title, **looks))  # noqa: S704 - segno escapes the title
