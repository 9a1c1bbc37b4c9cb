"""Lay a worksheet into its templates: paper to write on, and one page for a phone."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.base.message_text import fill_placeholders, page_runs, placeholder_names, text_pieces
from generator.base.spaces import collapse_spaces
from generator.catalogue.change import marked_diff
from generator.layout import qr
from generator.layout.expected import Expected
from generator.layout.state_in_words import PageMark
from generator.layout.templates import fill_template
from generator.model import Language, Risk, State
from generator.worksheet.rows import ANSWERS_KIND, Worksheet, WorksheetRow

# Distance of the lines to write on, in mm, for a script with this line height.
_RULE, _LINE_HEIGHT = 8.0, 1.4

# Letters that fit on one of those lines.
_HANDWRITTEN = 60
_ICON = Markup(
    '<svg viewBox="0 0 10 10"><title>{}</title>'
    '<path d="{}" fill="none" stroke="#000" stroke-width="1.4"/></svg>'
)
_MARKS = {"tick": "M1 5.5 4 8.5 9 1.5", "cross": "M1.5 1.5 8.5 8.5M8.5 1.5 1.5 8.5"}


class SheetWord(NamedTuple):
    """One of the sheet's own lines: in the reader's language if it is ready, and in English."""

    own: str
    english: str


@dataclass(frozen=True)
class ShownRow:
    """One row as the paper shows it."""

    code: str
    digest: str
    chapter: str
    about: str
    english: str
    """Markup on paper, plain text on a phone."""
    draft: str
    note: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    questions: tuple[str, ...]
    lines: int
    whole: tuple[str, ...] = ()
    """The lines of a text of the source, which is shown once."""


def paper_html(
    sheet: Worksheet, words: Mapping[str, SheetWord], campaign: str, day: date, folder: Path
) -> tuple[str, Expected]:
    """Return the paper worksheet as HTML, and what its proof must find.

    That is every code, the version, and every word of the drafts.
    """
    spaced = sheet.language.spaced
    set_rows = (
        replace(row, msgstr="\n".join(collapse_spaces(line, spaced) for line in row.texts))
        for row in sheet.rows
    )
    sheet = replace(sheet, rows=tuple(set_rows))
    title = f"{sheet.language.english} {sheet.version}"
    context: dict[str, Any] = {
        "language": sheet.language,
        "title": title,
        "campaign": campaign,
        "count": len(sheet.rows),
        "day": f"{day:%-d %B %Y}",
        "version": sheet.version,
        "who": sheet.who,
        "words": words,
        "qr": qr.svg(sheet.version, f"QR code: {sheet.version}"),
        **{name: _ICON.format(name, path) for name, path in _MARKS.items()},
        "rows": _shown_rows(sheet, row_with_chips),
    }
    own_lines = (
        word.own for name, word in words.items() if name.startswith(("sheet-", "ask-help"))
    )
    own = [*filter(None, own_lines), sheet.language.endonym]
    texts = (*own, *(line for row in sheet.rows for line in row.texts))
    html = fill_template(folder, "paper.html", page=context)
    return html, Expected(
        pieces=tuple(piece for text in texts for piece in text_pieces(text)),
        facts=tuple((row.code, 1) for row in sheet.rows),
        links=(),
        codes=(sheet.version,),
        title=title,
        language=sheet.language.tag,
        spoken=(*_MARKS, *texts),
        marks=tuple(PageMark(text, must=False) for text in page_runs(html)),
        numbered=True,
    )


def paper_style(language: Language, folder: Path) -> str:
    """Return the rules of a paper worksheet: a taller script gets wider lines to write on."""
    distance = _RULE * max(1, language.line_height / _LINE_HEIGHT)
    return f":root {{ --write: {distance:.1f}mm }}\n" + (folder / "paper.css").read_text("utf-8")


def phone_html(sheet: Worksheet, words: Mapping[str, SheetWord], folder: Path) -> str:
    """Return the worksheet as one HTML file that opens no connection.

    Its own policy allows nothing but its own style and script.
    """
    style, script = ((folder / name).read_text("utf-8") for name in ("phone.css", "phone.js"))
    context: dict[str, Any] = {
        "language": sheet.language,
        "version": sheet.version,
        "who": sheet.who,
        "kind": ANSWERS_KIND,
        "words": words,
        "rows": _shown_rows(sheet, lambda msgid, text: text),
        "style": Markup(style),  # noqa: S704 - a file of this repository
        "script": Markup(script),  # noqa: S704 - a file of this repository
        "style_hash": _hash(style),
        "script_hash": _hash(script),
    }
    return fill_template(folder, "phone.html", page=context)


def _hash(text: str) -> str:
    """Return the name of an inline style or script in a Content-Security-Policy (CSP level 2)."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _shown_rows(sheet: Worksheet, show: Callable[[str, str], str]) -> list[ShownRow]:
    """Return the rows for a template.

    `show` makes of an English and a text what stands on the page.
    """
    before = (None, *sheet.rows)
    return [_shown_row(row, old, show) for row, old in zip(sheet.rows, before, strict=False)]


def _shown_row(
    row: WorksheetRow, before: WorksheetRow | None, show: Callable[[str, str], str]
) -> ShownRow:
    chapter = row.domain if not before or before.domain != row.domain else ""
    people = f"{row.signed} of {row.needed} people" if row.msgstr else f"needs {row.needed}"
    risk = f", {row.risk}: a wrong word can hurt" if row.risk is not Risk.PLAIN else ""
    changed = ""
    if row.state is State.STALE:
        changed = f" The English has changed: {marked_diff(row.old, row.msgid)}"
    return ShownRow(
        row.code,
        row.digest,
        chapter,
        about=f"{row.msgctxt} · {people}{risk}",
        english=show(row.msgid, row.msgid),
        draft=show(row.msgid, row.msgstr),
        note=row.note + changed,
        errors=row.errors,
        warnings=row.warnings,
        questions=row.questions,
        lines=1 if row.source else max(1, ceil(len(row.msgid) / _HANDWRITTEN)),
        whole=tuple(show(line, line) for line in row.texts) if row.source else (),
    )


def row_with_chips(msgid: str, text: str) -> Markup:
    """Return a text as a reader sees it on paper: bold is bold, placeholders are boxed names.

    A text whose placeholders are wrong stays as it is.
    """
    chips = {
        name: Markup('<bdi dir="ltr" class="ltr chip">{}</bdi>').format(f"{{{name}}}")
        for name in placeholder_names(text)
    }
    try:
        return fill_placeholders(msgid, text, chips)
    except ValueError:
        return Markup("{}").format(text)
