"""Lay labels, orders, checklists and notices into their templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.base.message_text import page_runs, text_pieces
from generator.base.spaces import collapse_spaces
from generator.campaign.sheets import Sheet
from generator.campaign.shipped import shipped_templates
from generator.editions.worker import EditionJob
from generator.layout.expected import Expected
from generator.layout.state_in_words import PageMark
from generator.layout.templates import fill_template
from generator.model import Language, State, Translation

SOURCE = "en"
"""The language in which every line of a paper stands too."""


class PaperLine(NamedTuple):
    """One line of a paper: in the reader's language where enough people stand behind it, else empty, and in English."""

    own: str
    english: str


def language_line(language: Language) -> PaperLine:
    """Return what a language is called, by itself and in English."""
    return PaperLine(language.endonym, language.english)


def paper_line(text: Translation) -> PaperLine:
    """Return a message as a line of a paper."""
    return PaperLine(
        collapse_spaces(text.msgstr) if text.state is State.READY else "", text.message.msgid
    )


def paper_job(
    name: str,
    template: str,
    language: Language,
    sheet: Sheet,
    context: Mapping[str, Any],
    facts: Iterable[tuple[str, int]] = (),
    told: Iterable[PageMark] = (),
) -> EditionJob:
    """Return the job to draw one paper; `facts` are the codes and numbers a proof must find, and how often.

    Every `PaperLine` of the context must be found too, and on every page what is `told`. The title of the file is its name, which holds
    codes alone. A table says its heads on every page again.
    """
    html = fill_template(
        shipped_templates("paper"), f"{template}.html", language=language, title=name, **context
    )
    words = list(_words(context.values()))
    own = tuple(
        piece for word in words if language.code != SOURCE for piece in text_pieces(word.own)
    )
    english = tuple(piece for word in words for piece in text_pieces(word.english))
    marks = (*told, *(PageMark(text, must=False) for text in page_runs(html)))
    expected = Expected(
        own, tuple(facts), (), (), name, language.tag, (*own, *english), roman=english, marks=marks
    )
    return EditionJob(name, html, language, sheet, expected)


def _words(values: Iterable[Any]) -> Iterator[PaperLine]:
    for value in values:
        if isinstance(value, PaperLine):
            yield value
        elif isinstance(value, list | tuple):
            yield from _words(value)
