"""QR codes as inline SVG."""

from __future__ import annotations

from markupsafe import Markup

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004)."""


def svg(text: str, title: str) -> Markup:
    """Return a full QR code of level M, never a Micro QR code, which phones do not read."""
    import segno

    code = segno.make_qr(text, error="m")
    return Markup(code.svg_inline(border=QUIET_ZONE, omitsize=True, title=title, svgclass="qr-code", lineclass=None))  # noqa: S704
