"""A leaflet as plain text, for messengers: numbers keep their order in right-to-left lines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.blocks import BlockPart, FactRow, PartText, kind_of
from generator.campaign.facts import NBSP
from generator.layout.leaflet_parts import LeafletParts

# Direction marks that old phones know; isolates show as boxes there.
_LRM, _RLM = "\u200e", "\u200f"
_FACT = re.compile(r'<bdi dir="ltr"[^>]*>(.*?)</bdi>')
_LINK = re.compile(r"</?a\b[^>]*>")

# To write on.
_LINE = "_" * 20
_TAG = re.compile(r"<[^>]*>")


def without_links(markup: Markup) -> Markup:
    """Return markup without its links."""
    return Markup(_LINK.sub("", markup))  # noqa: S704 - less of what was safe


def as_plain_text(markup: Markup, rtl: bool) -> str:
    """Return markup as plain text; in right-to-left text every fact stands between two marks.

    >>> as_plain_text(Markup('<b>A</b> <bdi dir="ltr" class="ltr">1&#160;2</bdi>'), rtl=False)
    'A 1 2'
    """
    mark = _LRM if rtl else ""
    text = _FACT.sub(lambda match: f"{mark}{match[1]}{mark}", markup)
    return html.unescape(_TAG.sub("", text)).replace(NBSP, " ")


def leaflet_text(
    laid: LeafletParts, rtl: bool, notice: str = "", english: Iterable[str] = ()
) -> str:
    """Return a leaflet as text, with a `notice` above and lines in `english` below."""
    lines = [notice, ""] if notice else []
    lines.append(as_plain_text(laid.title.markup, rtl))
    if laid.opening:
        lines += ["", as_plain_text(laid.opening.markup, rtl)]
    for part in laid.blocks:
        lines += ["", *_part(part, rtl)]
    start = _RLM if rtl else ""
    text = [start + line if line else "" for line in lines]
    return "\n".join([*text, "", *english, ""])


def _part(part: BlockPart, rtl: bool) -> Iterator[str]:
    for row in part.entries:
        yield from _row(row, rtl)
    kind = kind_of(part)
    value = as_plain_text(part.value, rtl) if part.value else _LINE
    for number, text in enumerate(part.texts, 1):
        line = kind.mark.format(number) + as_plain_text(text.markup, rtl)
        yield f"{line} {value}" if kind.open else line


def _row(row: FactRow, rtl: bool) -> Iterator[str]:
    yield f"{as_plain_text(row.label.markup, rtl)}: {as_plain_text(row.value, rtl) or _LINE}"
    if row.detail:
        yield as_plain_text(row.detail.markup, rtl)


def leaflet_sentences(laid: LeafletParts) -> Iterator[tuple[PartText, Markup]]:
    """Yield every sentence in order without links, with the number beside it if there is one."""
    yield laid.title, without_links(laid.title.markup)
    texts = [laid.opening] if laid.opening else []
    for part in laid.blocks:
        yield from ((text, without_links(text.markup)) for text in [*texts, *part.texts])
        texts = []
        for row in part.entries:
            label, value = without_links(row.label.markup), without_links(row.value)
            yield row.label, Markup("{} {}").format(label, value)
            if row.detail:
                yield row.detail, without_links(row.detail.markup)
    yield from ((text, without_links(text.markup)) for text in texts)
