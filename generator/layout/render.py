"""Draw HTML as PDF with WeasyPrint: blind to the machine's fonts and files, and deaf to no warning.

One `Renderer` per process, for its whole life: a font configuration leaks, and stands neither
threads nor forks.
"""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import Any

from generator.campaign.sheets import Sheet
from generator.layout import text_layer, tight
from generator.layout.isolation import (
    drop_producer,
    guard_fonts,
    load_weasyprint,
    locked_fetcher,
)
from generator.layout.sheet_css import sheet_css
from generator.problem import LeafletsError, Problem

_DOTTED_CIRCLE = "\u25cc"
# The kinds of PDF (ISO 14289-1, ISO 19005-3 level A). WeasyPrint writes one at a time: an archive
# file does not claim PDF/UA and does not ask the viewer to show its title, though tags, languages
# and texts are the same.
READING_PDF, ARCHIVE_PDF = "pdf/ua-1", "pdf/a-3a"
# How much larger than the text headings are, in parts of what the theme wants: usual, smaller,
# and not at all.
_HEADING_SCALES = (1, 0.5, 0)


class LayoutTimeout(BaseException):
    """The layout took too long; no Exception: WeasyPrint swallows those while it draws pictures."""


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
    """A finished document."""

    pdf: bytes
    pages: int
    filled: float
    """How much of its pages is filled: 1.5 is one and a half."""
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
        elements = (
            box.element
            for page in self.layout.pages[pages:]
            for box in page._page_box.children[0].descendants()
            if box.element is not None
        )
        return frozenset(filter(None, (element.get("data-message") for element in elements)))


class _Notes(logging.Handler):
    """Keeps what is logged at WARNING or above."""

    def __init__(self, records: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.records.append(record.getMessage())


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
        logging.getLogger("weasyprint").handlers[:] = [_Notes(self.records)]
        self.font_config = FontConfiguration()
        self.shared = self.style(setup.css)
        self.sheets: dict[str, Any] = {}
        self.late = False
        signal.signal(signal.SIGALRM, self._alarm)

    def style(self, text: str) -> Any:
        """Return parsed CSS.

        Raises LeafletsError for rules that WeasyPrint would ignore, or fonts it cannot load.
        """
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
        """Return the tagged PDF of one document at a type size (pt), with a bleed (mm).

        Raises LeafletsError for any doubt about it.
        """
        drawn = self.attempt(html, sheet, size, families, bleed)
        if drawn.doubts:
            raise LeafletsError(*drawn.doubts)
        return drawn

    def attempt(
        self, html: str, sheet: Sheet, size: float, families: tuple[str, ...], bleed: float = 0
    ) -> DrawnDocument:
        """Return the document with the doubts about it.

        Where a word finds no room, headings are set smaller, if that helps. Raises LeafletsError
        if nothing could be drawn.
        """

        def attempt(heads: float) -> DrawnDocument:
            rules = sheet_css(sheet, size, bleed, heads)
            if rules not in self.sheets:
                self.sheets[rules] = self.style(rules)
            options = {"pdf_variant": self.variant, "pdf_forms": sheet.fields}
            return self._write(html, [self.shared, self.sheets[rules]], families, options)

        usual, smaller, least = _HEADING_SCALES
        drawn = attempt(usual)
        if not drawn.tight or (low := attempt(least)).tight:
            return drawn
        middle = attempt(smaller)
        return low if middle.tight else middle

    def note(self, html: str, families: tuple[str, ...]) -> bytes:
        """Return a PDF without tags and theme, to lay over another page.

        Raises LeafletsError for any doubt about it.
        """
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
            # No base_url: a relative address is an ERROR in the log, not a file: link in the PDF.
            source = weasyprint.HTML(string=html, url_fetcher=self.fetcher)
            document = source.render(font_config=self.font_config, stylesheets=styles, **options)
            pdf = document.write_pdf(finisher=finish_pdf, **options)
        except (LayoutTimeout, FatalURLFetchingError, RecursionError, MemoryError) as error:
            late = isinstance(error, LayoutTimeout)
            what = "too slow" if late else f"{type(error).__name__}: {error}"
            raise LeafletsError(Problem("layout", f"the page could not be drawn: {what}")) from None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        pages = len(document.pages)
        filled = pages - 1 + _filled(document.pages[-1])
        return DrawnDocument(pdf, pages, filled, self._doubts(document, families), document)

    def _doubts(self, document: Any, families: tuple[str, ...]) -> tuple[Problem, ...]:
        """Return nothing if every glyph came from the right font and nothing was logged."""
        used = document.fonts.values()
        missing = sorted({chr(code) for font in used for code in font.missing})
        foreign = {font.family for font in used} - set(families)
        readings = (text for font in used for text in font.to_unicode.values())
        broken = any(_DOTTED_CIRCLE in text for text in readings)
        blocked, records = self.fetcher.blocked[:3], "; ".join(self.records[:3])
        theme_files = "only the theme's own files are allowed"
        other_font = "correct the text, or give the language another font"
        circle = "a broken letter combination (dotted circle)"
        doubts = (
            (self.late, "layout", "the page took too long", "shorten the leaflet"),
            (blocked, "blocked", f"the page asked for {blocked}", theme_files),
            (missing, "glyph-missing", f"no glyph for {' '.join(missing)}", other_font),
            (
                foreign,
                "font-foreign",
                f"another font crept in: {sorted(foreign)}",
                "run `leaflets doctor`",
            ),
            (broken, "cluster-broken", circle, "correct the spelling"),
            (
                records,
                "layout-log",
                f"WeasyPrint says: {records}",
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
