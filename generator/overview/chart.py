"""The matrix of leaflets × languages as a picture (SVG) and as a Markdown table: translated and ready, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from generator.overview.status import SentenceCount, sum_by_language

CELL, ROW, TOP, BAR, LETTER = 74, 26, 118, 60, 7
"""Width of a cell, height of a row, room for names at the top, length of a full bar, width of a letter; all in px."""
STYLE = (
    "text{font:12px sans-serif;fill:#1a1a1a}.t{fill:#7d8fa3}.r{fill:#0b6b3a}.b{fill:#e4e7ea}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.b{fill:#333a41}.r{fill:#4fc58a}}"
)


def status_markdown(counts: Iterable[SentenceCount], names: Mapping[str, str]) -> str:
    """Return one line a language as a table for a web page or a forge; `names` are the languages' own and English names by code."""
    rows = [
        "| language | translated | ready | changed in English |",
        "| --- | ---: | ---: | ---: |",
    ]
    for one in sum_by_language(counts):
        name = names[one.language].replace("|", "\\|")
        rows.append(
            f"| {name} | {one.translated} of {one.total} | {one.ready} of {one.total} | {one.stale or ''} |"
        )
    return "\n".join(rows)


def svg(counts: Iterable[SentenceCount], names: Mapping[str, str]) -> str:
    """Return the matrix as SVG: in each cell the upper bar is translated, the lower one ready, each with its number as title."""
    counts = list(counts)
    languages = sorted({one.language for one in counts})
    leaflets = list(dict.fromkeys(one.leaflet for one in counts))
    left = 12 + LETTER * max((len(names[language]) for language in languages), default=0)
    width, height = left + CELL * len(leaflets) + 40, TOP + ROW * len(languages) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        "<title>Leaflets by language: how much is translated, how much is ready</title>",
        f"<style>{STYLE}</style>",
    ]
    for column, leaflet in enumerate(leaflets):
        x = left + CELL * column + 8
        parts.append(
            f'<text transform="translate({x},{TOP - 8}) rotate(-35)">{escape(leaflet)}</text>'
        )
    for row, language in enumerate(languages):
        parts.append(f'<text x="0" y="{TOP + ROW * row + 14}">{escape(names[language])}</text>')
    places = {(one.language, one.leaflet): one for one in counts}
    for (language, leaflet), one in places.items():
        parts += _cell(
            one, left + CELL * leaflets.index(leaflet), TOP + ROW * languages.index(language)
        )
    y = TOP + ROW * len(languages) + 14
    parts.append(
        f'<rect class="t" x="0" y="{y}" width="14" height="6"/><text x="20" y="{y + 8}">translated, by whomever</text>'
    )
    parts.append(
        f'<rect class="r" x="190" y="{y}" width="14" height="6"/><text x="210" y="{y + 8}">ready: read and signed by people</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


def _cell(one: SentenceCount, x: int, y: int) -> list[str]:
    """Return the two bars of one catalogue."""
    bars = [
        f"<g><title>{escape(one.leaflet)}: {one.translated} translated, {one.ready} ready, of {one.total}</title>"
    ]
    for offset, kind, part in ((4, "t", one.translated), (11, "r", one.ready)):
        bars.append(f'<rect class="b" x="{x}" y="{y + offset}" width="{BAR}" height="5"/>')
        bars.append(
            f'<rect class="{kind}" x="{x}" y="{y + offset}" width="{round(BAR * part / max(1, one.total), 1)}" height="5"/>'
        )
    return [*bars, "</g>"]
