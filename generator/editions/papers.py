"""Lay labels, orders, checklists and notices into their templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.base.spaces import collapse_spaces
from generator.base.text import page_runs, pieces
from generator.campaign.project import shipped_templates
from generator.campaign.sheets import Sheet
from generator.editions.worker import Job
from generator.layout.expected import Expected
from generator.layout.state_in_words import Mark
from generator.layout.templates import render
from generator.model import Language, State, Translation

SOURCE = "en"
"""The language in which every line of a paper stands too."""


class Word(NamedTuple):
    """One line of a paper: in the reader's language where enough people stand behind it, else empty, and in English."""

    own: str
    english: str


def named(language: Language) -> Word:
    """Return what a language is called, by itself and in English."""
    return Word(language.endonym, language.english)


def word(text: Translation) -> Word:
    """Return a message as a line of a paper."""
    return Word(
        collapse_spaces(text.msgstr) if text.state is State.READY else "", text.message.msgid
    )


def paper(
    name: str,
    template: str,
    language: Language,
    sheet: Sheet,
    context: Mapping[str, Any],
    facts: Iterable[tuple[str, int]] = (),
    told: Iterable[Mark] = (),
) -> Job:
    """Return the job to draw one paper; `facts` are the codes and numbers a proof must find, and how often.

    Every `Word` of the context must be found too, and on every page what is `told`. The title of the file is its name, which holds
    codes alone. A table says its heads on every page again.
    """
    html = render(
        shipped_templates("paper"), f"{template}.html", language=language, title=name, **context
    )
    words = list(_words(context.values()))
    own = tuple(piece for word in words if language.code != SOURCE for piece in pieces(word.own))
    english = tuple(piece for word in words for piece in pieces(word.english))
    marks = (*told, *(Mark(text, must=False) for text in page_runs(html)))
    expected = Expected(
        own, tuple(facts), (), (), name, language.tag, (*own, *english), roman=english, marks=marks
    )
    return Job(name, html, language, sheet, expected)


def _words(values: Iterable[Any]) -> Iterator[Word]:
    for value in values:
        if isinstance(value, Word):
            yield value
        elif isinstance(value, list | tuple):
            yield from _words(value)
