"""Decide what a request may do, from its headers alone: pure rules against other pages' attacks.

Sources: https://fetch.spec.whatwg.org/#origin-header, https://www.w3.org/TR/fetch-metadata/,
https://www.w3.org/TR/CSP3/.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from generator.audio.recording_state import LARGEST_RECORDING

# Methods that change nothing; the only other one is POST.
SAFE_METHODS = ("GET", "HEAD")

# Most bytes that a form may send.
FORM_BYTES = 64 * 1024

# Most bytes of a file that is handed in, by the endpoint that takes it.
UPLOAD_BYTES: dict[str, int] = {
    "enter.upload": 4 * 1024 * 1024,
    "recording.hand_in": LARGEST_RECORDING + FORM_BYTES,
}
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("style", "script", "img", "font", "connect")),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

# Sent with every answer.
#
# Not `no-referrer`: with it Chromium sends `Origin: null`, and honest saves would be refused.
GUARD_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}

# Headers of endpoints that differ: one page may use the microphone, and play recordings.
ENDPOINT_HEADERS: dict[str, dict[str, str]] = {
    "recording.page": {
        "Content-Security-Policy": f"{CONTENT_POLICY}; media-src 'self'",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    }
}

# What no address of ours holds, once decoded.
#
# Backslashes, controls, empty or dotted steps, a second encoding.
PATH_TRICKS = re.compile(r"[\\\x00-\x1f\x7f]|//|(?:^|/)\.{1,2}(?:/|$)|%2e|%2f|%5c", re.IGNORECASE)


@dataclass(frozen=True)
class RequestHead:
    """What the guard looks at in a request; an empty text is a header that was not sent."""

    method: str
    host: str
    path: str
    origin: str = ""
    site: str = ""
    """The header Sec-Fetch-Site."""
    peer: str = "127.0.0.1"


def refusal_status(asked: RequestHead, hosts: Collection[str]) -> int:
    """Return the HTTP status with which a request is refused whoever sends it, 0 if it may go on.

    `hosts` are our own names with their port. Two Host headers arrive as one with a comma, which
    is none of ours.

    >>> ours = ["127.0.0.1:8000"]
    >>> refusal_status(RequestHead("GET", "evil.example:8000", "/"), ours)
    421
    >>> refusal_status(RequestHead("POST", ours[0], "/", origin="http://evil.example"), ours)
    403
    >>> refusal_status(RequestHead("GET", ours[0], "/"), ours)
    0
    """
    if asked.host not in hosts:
        return 421
    if PATH_TRICKS.search(asked.path):
        return 400
    if asked.method in SAFE_METHODS:
        return 0
    if asked.method != "POST":
        return 405
    return 0 if is_own_write(asked) else 403


def is_own_write(asked: RequestHead) -> bool:
    """Tell whether a page of ours sends this, by its origin and the browser's own word."""
    return asked.origin == f"http://{asked.host}" and asked.site in ("", "same-origin")


def is_local(peer: str) -> bool:
    """Tell whether a request comes from this computer."""
    return peer.startswith("127.") or peer == "::1"


def headers_for(endpoint: str | None) -> dict[str, str]:
    """Return the headers that every answer of an endpoint carries."""
    return GUARD_HEADERS | ENDPOINT_HEADERS.get(endpoint or "", {})


def byte_limit(endpoint: str | None) -> int:
    """Return the most bytes that an endpoint takes."""
    return UPLOAD_BYTES.get(endpoint or "", FORM_BYTES)
