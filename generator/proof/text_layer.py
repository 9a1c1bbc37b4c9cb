"""Prove the text layer: every /ActualText of a PDF is a text of the leaflet, and stands on the glyphs of that text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from generator.layout.expected import Expected
from generator.layout.text_spans import (
    RLM,
    ZERO_WIDTH,
    as_viewers_read,
    is_latin_or_digit,
    is_right_to_left,
    without_joiners,
    word_places,
)
from generator.problem import Problem
from generator.proof.glyphs import FONT_WEIGHTS, Shaper, font_name, is_separator

_SPAN_OPERATOR = re.compile(
    rb"/Span<</ActualText<feff(?P<text>[0-9a-f]*)>>>BDC|\b(?P<open>BDC|BMC)\b|\b(?P<close>EMC)\b"
    rb"|/(?P<font>\w+) [\d.]+ Tf|(?<!<)<(?P<hex>[0-9a-f]+)>(?!>)"
)
_TEXT_LAYER_HINT = "copying and reading aloud would give another text; build again, and tell the developers if it stays"


class SpokenSpan(NamedTuple):
    """One /ActualText in a page: its text as written, and the glyphs it stands on, by the name of their font."""

    text: str
    glyphs: dict[str, str]


def text_layer_problems(
    reader: Any, found: Iterable[dict[str, Any]], expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield what is wrong with the texts that replace glyphs; `found` is every dictionary of the file."""
    composed = _Composed(expected.spoken, shaper)
    for number, page in enumerate(reader.pages, 1):
        content = page.get_contents().get_data()
        fonts = {
            name[1:]: font["/BaseFont"].partition("+")[2]
            for name, font in page["/Resources"]["/Font"].items()
        }
        spans = list(_spans(content, fonts))
        if content.count(b"ActualText") != len(spans):
            yield Problem(
                "proof-text-layer",
                f"page {number}: a replacement text of another kind than ours",
                hint=_TEXT_LAYER_HINT,
            )
        if wrong := [span.text for span in spans if not composed.right(span)]:
            yield Problem(
                "proof-text-layer",
                f"page {number}: a reader would take words for {' · '.join(wrong[:5])}",
                hint=_TEXT_LAYER_HINT,
            )
    shown = {*expected.spoken, *(f"QR code: {code}" for code in expected.codes)}
    for item in found:
        if item.get("/S") == "/Figure" and item.get("/Alt") not in shown:
            yield Problem(
                "proof-picture",
                f"a picture says {item.get('/Alt')!r}, which is no text of the leaflet",
                hint=_TEXT_LAYER_HINT,
            )
        text = item.get("/ActualText")
        if text is not None and (
            item.get("/Type") != "/StructElem" or not composed.holds(str(text).strip())
        ):
            yield Problem(
                "proof-text-layer",
                f"the structure says {str(text)[:60]!r}, which is no text of the leaflet",
                hint=_TEXT_LAYER_HINT,
            )


def _spans(content: bytes, fonts: dict[str, str]) -> Iterator[SpokenSpan]:
    font = ""
    stack: list[SpokenSpan | None] = []
    for match in _SPAN_OPERATOR.finditer(content):
        if match["font"]:
            font = fonts[match["font"].decode()]
        elif match["text"] is not None:
            stack.append(
                SpokenSpan(
                    bytes.fromhex(match["text"].decode()).decode("utf-16-be", "replace"),
                    defaultdict(str),
                )
            )
        elif match["open"]:
            stack.append(None)
        elif match["close"]:
            if stack and (span := stack.pop()):
                yield span
        else:
            glyphs = bytes.fromhex(match["hex"].decode()).decode("utf-16-be", "surrogatepass")
            for span in filter(None, stack):
                span.glyphs[font] += glyphs


class _Composed:
    """The texts of an edition, and the forms in which their words may be drawn."""

    def __init__(self, texts: Iterable[str], shaper: Shaper) -> None:
        self.texts = [text.replace(ZERO_WIDTH, "") for text in texts]
        self.shaper = shaper
        self.fonts = {
            font_name(family, weight): (family, weight)
            for family in shaper.families
            for weight in FONT_WEIGHTS
        }
        self.words: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for text in texts:
            row = [text[begin:end] for begin, end in word_places(text)]
            for place, word in enumerate(row):
                self.words[without_joiners(word) if is_right_to_left(word) else word].add(
                    (word, " ".join(row[max(0, place - 1) : place + 2]))
                )

    def holds(self, text: str) -> bool:
        """Tell whether a text is a part of one that was composed."""
        return any(text in whole for whole in self.texts)

    def right(self, span: SpokenSpan) -> bool:
        """Tell whether a span says what its glyphs show."""
        text = span.text.rstrip(" ")
        if any(is_latin_or_digit(char) for char in text):
            return False
        if text.endswith(RLM):
            return (
                len(text) == 2
                and is_separator(text[0])
                and all(len(set(glyphs)) == 1 for glyphs in span.glyphs.values())
            )
        word = as_viewers_read(text)
        known = self.words.get(word, set()) or (
            {(word, word)} if " " not in word and self.holds(word) else set()
        )
        return len(span.glyphs) == 1 and any(
            self._shows(*next(iter(span.glyphs.items())), *pair) for pair in known
        )

    def _shows(self, font: str, glyphs: str, word: str, context: str) -> bool:
        """Tell whether glyphs of a font are a word in one of the forms it takes beside its neighbours."""
        if font not in self.fonts:
            return False
        spaces = self.shaper.spaces[font]
        drawn = "".join(glyph for glyph in glyphs if glyph not in spaces)
        forms = self.shaper.forms(*self.fonts[font], context, word)
        return any(
            drawn == "".join(glyph for glyph in form if glyph not in spaces) for form in forms
        )
