"""Prove the text layer: each /ActualText is a text of the leaflet, on the glyphs of that text."""

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
from generator.proof.glyphs import (
    Shaper,
    decoded_glyphs,
    font_name,
    is_separator,
    page_fonts,
    without_spaces,
)

_SPAN_OPERATOR = re.compile(
    rb"/Span<</ActualText<feff(?P<text>[0-9a-f]*)>>>BDC|\b(?P<open>BDC|BMC)\b|\b(?P<close>EMC)\b"
    rb"|/(?P<font>\w+) [\d.]+ Tf|(?<!<)<(?P<hex>[0-9a-f]+)>(?!>)"
)
_TEXT_LAYER_HINT = (
    "copying and reading aloud would give another text;"
    " build again, and tell the developers if it stays"
)


class SpokenSpan(NamedTuple):
    """One /ActualText in a page: its text as written, and its glyphs by the name of their font."""

    text: str
    glyphs: dict[str, str]


def text_layer_problems(
    reader: Any, found: Iterable[dict[str, Any]], expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield what is wrong with the texts that replace glyphs.

    `found` is every dictionary of the file.
    """
    composed = _ComposedTexts(expected.spoken, shaper)
    for number, page in enumerate(reader.pages, 1):
        spans = list(_spoken_spans(page))
        if page.get_contents().get_data().count(b"ActualText") != len(spans):
            yield Problem(
                "proof-text-layer",
                f"page {number}: a replacement text of another kind than ours",
                hint=_TEXT_LAYER_HINT,
            )
        if wrong := [span.text for span in spans if not composed.explain(span)]:
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
            item.get("/Type") != "/StructElem" or not composed.hold(str(text).strip())
        ):
            yield Problem(
                "proof-text-layer",
                f"the structure says {str(text)[:60]!r}, which is no text of the leaflet",
                hint=_TEXT_LAYER_HINT,
            )


def _spoken_spans(page: Any) -> Iterator[SpokenSpan]:
    """Yield the spans with a replacement text, each with all glyphs drawn until it is closed."""
    fonts, font = page_fonts(page), ""
    stack: list[SpokenSpan | None] = []
    for match in _SPAN_OPERATOR.finditer(page.get_contents().get_data()):
        if match["font"]:
            font = fonts[match["font"].decode()]
        elif match["text"] is not None:
            text = bytes.fromhex(match["text"].decode()).decode("utf-16-be", "replace")
            stack.append(SpokenSpan(text, defaultdict(str)))
        elif match["open"]:
            stack.append(None)
        elif match["close"]:
            if stack and (span := stack.pop()):
                yield span
        else:
            for span in filter(None, stack):
                span.glyphs[font] += decoded_glyphs(match["hex"])


class _ComposedTexts:
    """The texts of an edition, and the forms in which their words may be drawn."""

    def __init__(self, texts: Iterable[str], shaper: Shaper) -> None:
        self.texts = [text.replace(ZERO_WIDTH, "") for text in texts]
        self.shaper = shaper
        self.fonts = {font_name(*key): key for key in shaper.paths}
        self.words: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for text in texts:
            row = [text[begin:end] for begin, end in word_places(text)]
            for place, word in enumerate(row):
                context = " ".join(row[max(0, place - 1) : place + 2])
                key = without_joiners(word) if is_right_to_left(word) else word
                self.words[key].add((word, context))

    def hold(self, text: str) -> bool:
        """Tell whether a text is a part of one that was composed."""
        return any(text in whole for whole in self.texts)

    def explain(self, span: SpokenSpan) -> bool:
        """Tell whether a span says what its glyphs show."""
        text = span.text.rstrip(" ")
        if any(map(is_latin_or_digit, text)):
            return False
        if text.endswith(RLM):
            same = all(len(set(glyphs)) == 1 for glyphs in span.glyphs.values())
            return len(text) == 2 and is_separator(text[0]) and same
        if len(span.glyphs) != 1:
            return False
        word = as_viewers_read(text)
        known = self.words.get(word, set())
        if not known and " " not in word and self.hold(word):
            known = {(word, word)}
        [(font, glyphs)] = span.glyphs.items()
        return any(self._is_drawn(font, glyphs, *pair) for pair in known)

    def _is_drawn(self, font: str, glyphs: str, word: str, context: str) -> bool:
        """Tell whether glyphs are a word in one of the forms it takes beside its neighbours."""
        if font not in self.fonts:
            return False
        spaces = self.shaper.spaces[font]
        forms = self.shaper.forms(*self.fonts[font], context, word)
        return without_spaces(glyphs, spaces) in (without_spaces(form, spaces) for form in forms)
