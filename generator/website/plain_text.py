"""A leaflet as plain text, for text messages and messengers: numbers keep their order in right-to-left lines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.campaign.facts import NBSP
from generator.layout.parts import Part, Row, Text
from generator.layout.parts_of import Laid
from generator.model import BlockKind

LRM, RLM = "\u200e", "\u200f"
"""Direction marks that old phones know; isolates show as boxes there."""
FACT = re.compile(r'<bdi dir="ltr"[^>]*>(.*?)</bdi>')
LINK = re.compile(r"</?a\b[^>]*>")
LINE = "_" * 20
"""To write on."""
TAG = re.compile(r"<[^>]*>")
MARKS = {BlockKind.LIST: "- ", BlockKind.STEPS: "{}. "}


def unlinked(markup: Markup) -> Markup:
    """Return markup without its links."""
    return Markup(LINK.sub("", markup))  # noqa: S704 - less of what was safe


def bare(markup: Markup, rtl: bool) -> str:
    """Return markup as plain text; in right-to-left text every fact stands between two marks.

    >>> bare(Markup('<b>A</b> <bdi dir="ltr" class="ltr">1&#160;2</bdi>'), rtl=False)
    'A 1 2'
    """
    mark = LRM if rtl else ""
    text = FACT.sub(lambda match: f"{mark}{match[1]}{mark}", markup)
    return html.unescape(TAG.sub("", text)).replace(NBSP, " ")


def leaflet_text(laid: Laid, rtl: bool, notice: str = "", english: Iterable[str] = ()) -> str:
    """Return a leaflet as text; `notice` stands above it, lines in English, addresses among them, below."""
    lines = [notice, "", bare(laid.title.markup, rtl)] if notice else [bare(laid.title.markup, rtl)]
    lines += ["", bare(laid.opening.markup, rtl)] if laid.opening else []
    for part in laid.blocks:
        lines += ["", *_part(part, rtl)]
    start = RLM if rtl else ""
    text = [start + line if line else "" for line in lines]
    return "\n".join([*text, "", *english, ""])


def _part(part: Part, rtl: bool) -> Iterator[str]:
    for row in part.entries:
        yield from _row(row, rtl)
    after = (
        f" {bare(part.value, rtl) if part.value else LINE}" if part.kind is BlockKind.PLACE else ""
    )
    texts = [bare(text.markup, rtl) + after for text in part.texts]
    yield from (
        MARKS.get(part.kind, "").format(place) + text for place, text in enumerate(texts, 1)
    )


def _row(row: Row, rtl: bool) -> Iterator[str]:
    yield f"{bare(row.label.markup, rtl)}: {bare(row.value, rtl) or LINE}"
    if row.detail:
        yield bare(row.detail.markup, rtl)


def sentences(laid: Laid) -> Iterator[tuple[Text, Markup]]:
    """Yield every sentence of a leaflet in order, with a number beside it where it names one; none has a link."""
    yield laid.title, unlinked(laid.title.markup)
    texts = [laid.opening] if laid.opening else []
    for part in laid.blocks:
        yield from ((text, unlinked(text.markup)) for text in [*texts, *part.texts])
        texts = []
        for row in part.entries:
            yield row.label, Markup("{} {}").format(unlinked(row.label.markup), unlinked(row.value))
            if row.detail:
                yield row.detail, unlinked(row.detail.markup)
    yield from ((text, unlinked(text.markup)) for text in texts)
