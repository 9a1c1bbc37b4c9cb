"""Start WeasyPrint blind to the machine's fonts, locale and files, and silent about itself.

Here it is imported first; nothing may have imported it before.
"""

from __future__ import annotations

import ctypes.util
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.problem import LeafletsError, Problem

_LOCALE_VARIABLES = (
    "LC_ALL",
    "LC_CTYPE",
    "LANGUAGE",
    "PANGO_LANGUAGE",
    "FC_LANG",
    "FONTCONFIG_PATH",
)
_NO_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>'
)
_PRODUCER = re.compile(rb' (?:\w+:)?Producer="[^"]*"')
_MIME_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


def load_weasyprint(workdir: Path) -> None:
    """Import WeasyPrint without the machine's fonts and locale."""
    if "weasyprint" in sys.modules:
        raise RuntimeError("weasyprint was imported before its environment was set")
    shut_out_fonts(workdir)
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        # The questions of cffi start gcc and ldconfig 86 times: a third of the import.
        ctypes.util.find_library = lambda name: None
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
            import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = find_library


def shut_out_fonts(workdir: Path) -> None:
    """Hide the machine's fonts and locale from the libraries below WeasyPrint."""
    workdir.mkdir(parents=True, exist_ok=True)
    config = workdir / "fonts.conf"
    config.write_text(_NO_FONTS)
    for name in _LOCALE_VARIABLES:
        os.environ.pop(name, None)
    os.environ.update(FONTCONFIG_FILE=str(config), LANG="C.UTF-8", TMPDIR=str(workdir))
    tempfile.tempdir = None


def guard_fonts() -> None:
    """Make WeasyPrint raise where it would print the glyphs of another file."""
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face

    original = Stream.add_font

    def add_font(self: Any, pango_font: Any) -> Any:
        font, size = original(self, pango_font)
        face = get_pango_font_hb_face(pango_font)
        if face != font.hb_face and get_hb_object_data(face) != font.file_content:
            raise LeafletsError(
                Problem("font-collision", f"two font files are both called {font.family!r}")
            )
        return font, size

    Stream.add_font = add_font


def locked_fetcher(assets: Mapping[str, Path]) -> Any:
    """Return a fetcher that serves the assets by name and refuses every other address."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Locked(URLFetcher):  # type: ignore[misc]
        """Serves `asset:NAME`; `blocked` lists the rest, since drawing SVG swallows the error."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
            self.blocked: list[str] = []

        def fetch(self, url: str, headers: object = None) -> Any:
            path = assets.get(url.removeprefix("asset:")) if url.startswith("asset:") else None
            if path is None:
                self.blocked.append(url[:200])
                raise FatalURLFetchingError(f"not an asset of this project: {url[:200]}")
            kind = _MIME_TYPES.get(path.suffix, "application/octet-stream")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return Locked()


def drop_producer(document: Any, pdf: Any) -> None:
    """Finisher: take the tool's name out, so that metadata tell title and language alone."""
    pdf.info.pop("Producer", None)
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Type") == "/Metadata":
            item.stream = [_PRODUCER.sub(b"", part) for part in item.stream]


def native_versions() -> str:
    """Return the versions of the libraries below WeasyPrint: they decide about glyphs and bytes."""
    from weasyprint.text.ffi import harfbuzz, harfbuzz_subset, pango

    number = pango.pango_version()
    subset = "with" if harfbuzz_subset and harfbuzz.hb_version_atleast(4, 1, 0) else "WITHOUT"
    pango_version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return f"Pango {pango_version}, HarfBuzz {subset} subsetting"
