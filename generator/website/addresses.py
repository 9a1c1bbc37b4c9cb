"""Where each page of the residents' site stands, and which headers it is served with."""

from __future__ import annotations

from collections.abc import Iterable

from generator.problem import Problem

PAGE_BYTES = 30_000
"""Most bytes of one page, without style and fonts: an old phone, little data."""
RESERVED_NAMES = ("c", "fonts", "offline", "status")
"""Folders of the site that no leaflet may be called after."""
WEBSITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Content Security Policy: nothing from anywhere else, no inline style or script, no form, no frame."""
WEBSITE_HEADERS = {
    "Content-Security-Policy": f"{WEBSITE_POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}
"""What a server adds to every answer; `no-cache` lets a phone keep a page and ask whether it is still true."""
FOR_EVER = "public, max-age=31536000, immutable"
"""Cache-Control of files whose name changes with their content."""


def headers_file() -> str:
    """Return `_headers`, which several hosts of static sites read.

    They let phones ask for every page anew by themselves, and join the values of a header that two rules set.
    """
    common = "".join(
        f"  {name}: {value}\n" for name, value in WEBSITE_HEADERS.items() if name != "Cache-Control"
    )
    return f"/*\n{common}/fonts/*\n  Cache-Control: {FOR_EVER}\n/*.txt\n  Content-Type: text/plain; charset=utf-8\n"


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
    """Return the way from a page to the site's first folder, so that links work from a USB stick and below any address.

    >>> way_to_root("not-alone/ar/index.html")
    '../../'
    """
    return "../" * path.count("/")


def name_problems(slugs: Iterable[str], tags: Iterable[str]) -> list[Problem]:
    """Return a problem for each leaflet that would stand where another page of the site stands."""
    taken = {*RESERVED_NAMES, *(tag.lower() for tag in tags)}
    hint = "rename the file in leaflets/ and its catalogues"
    return [
        Problem(
            "site-name",
            f"a leaflet called {slug} has no place on the site",
            hint=hint,
            leaflet=slug,
        )
        for slug in slugs
        if slug in taken
    ]
