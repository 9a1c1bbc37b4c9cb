"""Draw HTML as PDF with WeasyPrint: blind to the machine's fonts and files, and deaf to no warning.

Besides `textlayer` and `tight`, which hook into it, the only module that imports weasyprint. One `Renderer` per process, for its
whole life.
"""

from __future__ import annotations

import ctypes.util
import gc
import logging
import os
import re
import signal
import sys
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import FrameType
from typing import Any

from generator.campaign.sheets import Sheet
from generator.layout import text_layer, tight
from generator.layout.sheet_css import sheet_css
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
_DOTTED_CIRCLE = "\u25cc"
READING_PDF, ARCHIVE_PDF = "pdf/ua-1", "pdf/a-3a"
"""The kinds of PDF (ISO 14289-1, ISO 19005-3 level A). WeasyPrint writes one at a time: an archive file does not claim PDF/UA and
does not ask the viewer to show its title, though tags, languages and texts are the same."""
_HEADING_SCALES = (1, 0.5, 0)
"""How much larger than the text headings are, in parts of what the theme wants: usual, smaller, and not at all."""
_MIME_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


class LayoutTimeout(BaseException):
    """The layout took too long; no Exception, because WeasyPrint swallows those while it draws pictures."""


@dataclass(frozen=True)
class RenderSetup:
    """What every page of a run shares; small and picklable."""

    workdir: Path
    """Folder for temporary files; the caller removes it."""
    assets: Mapping[str, Path]
    css: str
    """Fonts, languages and theme."""
    seconds: float = 20
    """Longest time for one layout."""
    variant: str = READING_PDF
    """The kind of PDF, in WeasyPrint's words."""


@dataclass(frozen=True)
class DrawnDocument:
    """A finished document: the PDF, its pages, and how much of them is filled (1.5 = one and a half pages)."""

    pdf: bytes
    pages: int
    filled: float
    doubts: tuple[Problem, ...] = ()
    """Why it must not be printed."""
    layout: Any = None
    """WeasyPrint's own document, which knows where everything stands; it stays in its process."""

    @cached_property
    def tight(self) -> tuple[tight.TightText, ...]:
        """What found no room: words torn, and text beside the page."""
        return tight.tight_texts(self.layout) if self.layout else ()

    def on(self, pages: int) -> frozenset[str]:
        """Return the ids of the messages that stand on the pages after the first `pages`."""
        boxes = (
            box
            for page in self.layout.pages[pages:]
            for box in page._page_box.children[0].descendants()
        )
        return frozenset(
            box.element.get("data-message")
            for box in boxes
            if box.element is not None and box.element.get("data-message")
        )


def load_weasyprint(workdir: Path) -> None:
    """Import WeasyPrint without the machine's fonts and locale; nothing may have imported it before."""
    if "weasyprint" in sys.modules:
        raise RuntimeError("weasyprint was imported before its environment was set")
    shut_out_fonts(workdir)
    find_library = ctypes.util.find_library
    if (
        sys.platform == "linux"
    ):  # cffi's questions start gcc and ldconfig 86 times: a third of the import
        ctypes.util.find_library = lambda name: None
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
            import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = find_library


def shut_out_fonts(workdir: Path) -> None:
    """Set this process's environment so that the libraries below WeasyPrint find no fonts and no locale of the machine."""
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
        """Serves `asset:NAME`; `blocked` lists what was refused, since SVG drawing swallows the error."""

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


class Renderer:
    """Turns HTML into PDF bytes with one font configuration for the life of the process."""

    def __init__(self, setup: RenderSetup) -> None:
        load_weasyprint(setup.workdir)
        from weasyprint.text.fonts import FontConfiguration

        guard_fonts()
        text_layer.install_text_layer()
        tight.install_tear_notes()
        self.seconds, self.variant = setup.seconds, setup.variant
        self.fetcher = locked_fetcher(setup.assets)
        self.records: list[str] = []
        handler = logging.Handler(logging.WARNING)
        handler.emit = lambda record: self.records.append(record.getMessage())  # type: ignore[method-assign]
        logging.getLogger("weasyprint").handlers[:] = [handler]
        self.font_config = FontConfiguration()
        self.shared = self.style(setup.css)
        self.sheets: dict[str, Any] = {}
        self.late = False
        signal.signal(signal.SIGALRM, self._alarm)

    def style(self, text: str) -> Any:
        """Return parsed CSS; raise LeafletsError for rules that WeasyPrint would ignore or fonts it cannot load."""
        import weasyprint

        self.records.clear()
        style = weasyprint.CSS(string=text, font_config=self.font_config, url_fetcher=self.fetcher)
        if self.records:  # logged once, here; with no font at all the process would die
            raise LeafletsError(
                Problem("style", f"the style sheet is not understood: {self.records[:3]}")
            )
        return style

    def freeze(self) -> None:
        """Keep what the process has now out of garbage collection: 5 to 13 % faster."""
        gc.collect()
        gc.freeze()

    def _alarm(self, number: int, frame: FrameType | None) -> None:
        self.late = True
        raise LayoutTimeout

    def draw(
        self, html: str, sheet: Sheet, size: float, families: tuple[str, ...], bleed: float = 0
    ) -> DrawnDocument:
        """Return the tagged PDF of one document at one type size (pt), with a bleed (mm); raise LeafletsError for any doubt about it."""
        drawn = self.attempt(html, sheet, size, families, bleed)
        if drawn.doubts:
            raise LeafletsError(*drawn.doubts)
        return drawn

    def attempt(
        self, html: str, sheet: Sheet, size: float, families: tuple[str, ...], bleed: float = 0
    ) -> DrawnDocument:
        """Return the document with the doubts about it; raise LeafletsError where there is nothing to look at.

        Where a word finds no room, headings are set smaller, if that helps.
        """
        usual, smaller, least = (
            partial(self._attempt, html, sheet, size, families, bleed, heads)
            for heads in _HEADING_SCALES
        )
        drawn = usual()
        if not drawn.tight or (low := least()).tight:
            return drawn
        middle = smaller()
        return low if middle.tight else middle

    def _attempt(
        self,
        html: str,
        sheet: Sheet,
        size: float,
        families: tuple[str, ...],
        bleed: float,
        heads: float,
    ) -> DrawnDocument:
        rules = sheet_css(sheet, size, bleed, heads)
        if rules not in self.sheets:
            self.sheets[rules] = self.style(rules)
        options = {"pdf_variant": self.variant, "pdf_forms": sheet.fields}
        return self._write(html, [self.shared, self.sheets[rules]], families, options)

    def note(self, html: str, families: tuple[str, ...]) -> bytes:
        """Return a PDF without tags and without the theme, to lay over another page; raise LeafletsError for any doubt about it."""
        drawn = self._write(html, [], families, {})
        if drawn.doubts:
            raise LeafletsError(*drawn.doubts)
        return drawn.pdf

    def _write(
        self, html: str, styles: list[Any], families: tuple[str, ...], options: dict[str, Any]
    ) -> DrawnDocument:
        import weasyprint
        from weasyprint.urls import FatalURLFetchingError

        self.late = False
        self.records.clear()
        self.fetcher.blocked.clear()
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        try:
            # No base_url: a relative address is an ERROR in the log instead of a file: link in the PDF.
            source = weasyprint.HTML(string=html, url_fetcher=self.fetcher)
            document = source.render(font_config=self.font_config, stylesheets=styles, **options)
            pdf = document.write_pdf(finisher=finish_pdf, **options)
        except (LayoutTimeout, FatalURLFetchingError, RecursionError, MemoryError) as error:
            what = (
                "too slow"
                if isinstance(error, LayoutTimeout)
                else f"{type(error).__name__}: {error}"
            )
            raise LeafletsError(Problem("layout", f"the page could not be drawn: {what}")) from None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        filled = len(document.pages) - 1 + _filled(document.pages[-1])
        return DrawnDocument(
            pdf, len(document.pages), filled, self._doubts(document, families), document
        )

    def _doubts(self, document: Any, families: tuple[str, ...]) -> tuple[Problem, ...]:
        """Return nothing if every glyph came from the right font and nothing was logged or refused."""
        used = document.fonts.values()
        missing = sorted({chr(code) for font in used for code in font.missing})
        foreign = {font.family for font in used} - set(families)
        broken = [
            text for font in used for text in font.to_unicode.values() if _DOTTED_CIRCLE in text
        ]
        doubts = (
            (self.late, "layout", "the page took too long", "shorten the leaflet"),
            (
                self.fetcher.blocked,
                "blocked",
                f"the page asked for {self.fetcher.blocked[:3]}",
                "only the theme's own files are allowed",
            ),
            (
                missing,
                "glyph-missing",
                f"no glyph for {' '.join(missing)}",
                "correct the text, or give the language another font",
            ),
            (
                foreign,
                "font-foreign",
                f"another font crept in: {sorted(foreign)}",
                "run `leaflets doctor`",
            ),
            (
                broken,
                "cluster-broken",
                "a broken letter combination (dotted circle)",
                "correct the spelling",
            ),
            (
                self.records,
                "layout-log",
                f"WeasyPrint says: {'; '.join(self.records[:3])}",
                "correct the template or the text",
            ),
        )
        return tuple(Problem(code, what, hint=hint) for wrong, code, what, hint in doubts if wrong)


def _filled(page: Any) -> float:
    """Return the part of a page's text area down to its last line, 0 to 1."""
    box = page._page_box
    bottoms = [
        item.position_y + item.height
        for item in box.children[0].descendants()
        if isinstance(item.height, float | int) and not item.all_children()
    ]
    return float(min(1.0, max(0.0, (max(bottoms, default=0) - box.content_box_y()) / box.height)))


def finish_pdf(document: Any, pdf: Any) -> None:
    """Finisher: complete the text layer, and take the tool's name out."""
    text_layer.finish_text_layer(document, pdf)
    drop_producer(document, pdf)


def drop_producer(document: Any, pdf: Any) -> None:
    """Take the tool's name out of the file, so that metadata says nothing but title and language."""
    pdf.info.pop("Producer", None)
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Type") == "/Metadata":
            item.stream = [_PRODUCER.sub(b"", part) for part in item.stream]


def native_versions() -> str:
    """Return the versions of the libraries below WeasyPrint, which decide about glyphs and bytes."""
    from weasyprint.text.ffi import harfbuzz, harfbuzz_subset, pango

    number = pango.pango_version()
    subset = "with" if harfbuzz_subset and harfbuzz.hb_version_atleast(4, 1, 0) else "WITHOUT"
    return f"Pango {number // 10000}.{number // 100 % 100}.{number % 100}, HarfBuzz {subset} subsetting"
