"""How far each leaflet is in each language, as a picture (SVG) and as a Markdown table.

Translated and ready stand side by side, and are never added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from generator.model import State
from generator.review.counts import SentenceCount, sum_by_language

# In px: width of a cell, height of a row, room for names on top, a full bar, width of a letter.
_CELL, _ROW, _TOP, _BAR, _LETTER = 74, 26, 118, 60, 7
_STYLE = (
    "text{font:12px sans-serif;fill:#1a1a1a}.t{fill:#7d8fa3}.r{fill:#0b6b3a}.b{fill:#e4e7ea}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.b{fill:#333a41}.r{fill:#4fc58a}}"
)


def status_markdown(counts: Iterable[SentenceCount], names: Mapping[str, str]) -> str:
    """Return a table with one line a language; `names` are what to call the languages, by code."""
    rows = [
        "| language | translated | ready | changed in the source |",
        "| --- | ---: | ---: | ---: |",
    ]
    for one in sum_by_language(counts):
        name, stale = names[one.language].replace("|", "\\|"), one.states[State.STALE] or ""
        translated, ready = f"{one.translated} of {one.total}", f"{one.ready} of {one.total}"
        rows.append(f"| {name} | {translated} | {ready} | {stale} |")
    return "\n".join(rows)


def svg(counts: Iterable[SentenceCount], names: Mapping[str, str]) -> str:
    """Return the chart: in each cell the upper bar is translated, the lower one ready."""
    counts = list(counts)
    languages = sorted({one.language for one in counts})
    leaflets = list(dict.fromkeys(one.leaflet for one in counts))
    left = 12 + _LETTER * max((len(names[language]) for language in languages), default=0)
    bottom = _TOP + _ROW * len(languages)
    width, height = left + _CELL * len(leaflets) + 40, bottom + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img">',
        "<title>Leaflets by language: how much is translated, how much is ready</title>",
        f"<style>{_STYLE}</style>",
    ]
    for column, leaflet in enumerate(leaflets):
        place = f"translate({left + _CELL * column + 8},{_TOP - 8}) rotate(-35)"
        parts.append(f'<text transform="{place}">{escape(leaflet)}</text>')
    for row, language in enumerate(languages):
        parts.append(f'<text x="0" y="{_TOP + _ROW * row + 14}">{escape(names[language])}</text>')
    for one in {(one.language, one.leaflet): one for one in counts}.values():
        column, row = leaflets.index(one.leaflet), languages.index(one.language)
        parts += _bars(one, left + _CELL * column, _TOP + _ROW * row)
    legend = (
        ("t", 0, 20, "translated, by whomever"),
        ("r", 190, 210, "ready: read and signed by people"),
    )
    for kind, x, beside, words in legend:
        parts.append(
            f'<rect class="{kind}" x="{x}" y="{bottom + 14}" width="14" height="6"/>'
            f'<text x="{beside}" y="{bottom + 22}">{words}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _bars(one: SentenceCount, x: int, y: int) -> list[str]:
    """Return the two bars of one leaflet in one language, with their numbers as title."""
    said = f"{one.translated} translated, {one.ready} ready, of {one.total}"
    bars = [f"<g><title>{escape(one.leaflet)}: {said}</title>"]
    for offset, kind, part in ((4, "t", one.translated), (11, "r", one.ready)):
        length = round(_BAR * part / max(1, one.total), 1)
        place = f'x="{x}" y="{y + offset}"'
        bars.append(f'<rect class="b" {place} width="{_BAR}" height="5"/>')
        bars.append(f'<rect class="{kind}" {place} width="{length}" height="5"/>')
    return [*bars, "</g>"]
