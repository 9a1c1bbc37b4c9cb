"""Where each page of the website stands, and which headers it is served with."""

from __future__ import annotations

# Most bytes of one page, without style and fonts: an old phone, little data.
PAGE_BYTES = 30_000

# Content Security Policy: nothing from elsewhere, no inline style or script, no form, no frame.
WEBSITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)

# What a server adds to every answer.
#
# `no-cache` lets a phone keep a page and ask whether it is still true.
WEBSITE_HEADERS = {
    "Content-Security-Policy": f"{WEBSITE_POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}

# Cache-Control of files whose name changes with their content.
_FOR_EVER = "public, max-age=31536000, immutable"


def headers_file() -> str:
    """Return `_headers`, which several hosts of static websites read."""
    # Those hosts send no-cache by themselves, and join the values of a header that two rules set:
    # Cache-Control for every path would spoil the one of the fonts.
    common = [
        f"  {name}: {value}" for name, value in WEBSITE_HEADERS.items() if name != "Cache-Control"
    ]
    fonts = ["/fonts/*", f"  Cache-Control: {_FOR_EVER}"]
    texts = ["/*.txt", "  Content-Type: text/plain; charset=utf-8"]
    return "\n".join(["/*", *common, *fonts, *texts, ""])


def leaflet_folder(slug: str, tag: str) -> str:
    """Return the folder of a leaflet in a language: the path of the QR code on paper.

    >>> leaflet_folder("not-alone", "zh-Hans")
    'not-alone/zh-hans/'
    """
    return f"{slug}/{tag.lower()}/"


def language_page(tag: str) -> str:
    """Return the page with all leaflets in a language."""
    return f"{tag.lower()}/index.html"


def offline_page(tag: str) -> str:
    """Return the page about what the phone keeps, in a language; without one, in English."""
    return f"{tag.lower()}/offline/index.html" if tag else "offline/index.html"


def code_page(code: str) -> str:
    """Return the page that says whether a printed edition is still true.

    >>> code_page("AR-1W7GY")
    'c/ar-1w7gy/index.html'
    """
    return f"c/{code.lower()}/index.html"


def way_to_root(path: str) -> str:
    """Return the way from a page to the first folder: links work from a USB stick and anywhere.

    >>> way_to_root("not-alone/ar/index.html")
    '../../'
    """
    return "../" * path.count("/")
