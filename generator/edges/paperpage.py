"""Lay labels, orders, checklists and notices into their templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.core.sheets import Sheet
from generator.core.text import pieces
from generator.edges.page import Expected
from generator.edges.press import Job
from generator.edges.project import shipped
from generator.edges.templates import render
from generator.model import Language, State, Translation


class Word(NamedTuple):
    """One line of a paper: in the reader's language where enough people stand behind it, else empty, and in English."""

    own: str
    english: str


def word(text: Translation) -> Word:
    """Return a message as a line of a paper."""
    return Word(text.msgstr if text.state is State.READY else "", text.message.msgid)


def paper(
    name: str, template: str, language: Language, sheet: Sheet, context: Mapping[str, Any], facts: Iterable[tuple[str, int]] = ()
) -> Job:
    """Return the job to draw one paper; `facts` are the codes and numbers a proof must find, and how often.

    Every `Word` of the context must be found too. The title of the file is its name, which holds codes alone.
    """
    html = render(shipped("templates") / "paper", f"{template}.html", language=language, title=name, **context)
    words = tuple(_words(context.values()))
    return Job(name, html, language, sheet, Expected(words, tuple(facts), (), (), name, language.tag, words))


def _words(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, Word):
            yield from pieces(value.own or value.english)
        elif isinstance(value, list | tuple):
            yield from _words(value)
