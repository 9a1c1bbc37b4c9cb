"""Find what found no room on a laid-out page: torn words, and text beside the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

# White border at the sides that no letter may enter, in CSS px: what office printers leave white.
_WHITE_EDGE = 5 * 96 / 25.4
# CSS px that nobody sees.
_NOTHING_SEEN = 0.5


@dataclass(frozen=True)
class TightText:
    """A text that found no room, and the message or value it belongs to."""

    text: str
    message: str = ""
    value: str = ""
    torn: bool = False


def install_tear_notes() -> None:
    """Make WeasyPrint note on each box of text which word it tore.

    A word is torn where a line ends in it and its language has no place to break it.
    """
    from weasyprint.layout import inline
    from weasyprint.text.line_break import get_log_attrs

    original = inline.split_text_box

    def split_text_box(context: Any, box: Any, *rest: Any, **more: Any) -> Any:
        new, resume, preserved = original(context, box, *rest, **more)
        if new is not None and resume is not None and box.style["overflow_wrap"] == "break-word":
            data = box.text.encode()
            before, after = data[:resume].decode(), data[resume:].decode()
            if _letter(before[-1:]) and _letter(after[:1]):
                attrs = get_log_attrs(box.text, box.style["lang"])
                if not attrs[len(before)].is_line_break:
                    new.torn = before.split()[-1] + after.split()[0]
        return new, resume, preserved

    inline.split_text_box = split_text_box


def _letter(char: str) -> bool:
    """Tell whether a character is a letter, or a sign on one."""
    return bool(char) and unicodedata.category(char)[0] in "LM"


def tight_texts(layout: Any) -> tuple[TightText, ...]:
    """Return what found no room on the pages of a WeasyPrint document."""
    return tuple(
        found
        for page in layout.pages
        for found in _below(page._page_box.children[0], page._page_box, TightText(""))
    )


def _over_edge(left: float, right: float, width: float) -> bool:
    """Tell whether a text runs over the edge; text beside the page is for the proof to find."""
    edge = _WHITE_EDGE - _NOTHING_SEEN
    return (left < edge or right > width - edge) and left < width and right > 0


def _below(box: Any, page: Any, around: TightText) -> Iterator[TightText]:
    element = getattr(box, "element", None)
    if element is not None:
        around = replace(
            around,
            message=element.get("data-message", around.message),
            value=element.get("data-fact") or element.get("data-value") or around.value,
        )
    if text := (getattr(box, "text", None) or "").strip():
        if torn := getattr(box, "torn", ""):
            yield replace(around, text=torn, torn=True)
        elif _over_edge(box.position_x, box.position_x + box.width, page.margin_width()):
            yield replace(around, text=text)
    for child in box.all_children():
        yield from _below(child, page, around)
