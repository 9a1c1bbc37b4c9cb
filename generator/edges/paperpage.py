"""Lay labels, orders, checklists and notices into their templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from generator.core.sheets import Sheet
from generator.core.telling import Mark
from generator.core.text import page_runs, pieces
from generator.edges.expected import Expected
from generator.edges.press import Job
from generator.edges.project import shipped
from generator.model import Language, State, Translation


class Word(NamedTuple):
    """One line of a paper: in the reader's language where enough people stand behind it, else empty, and in English."""

    own: str
    english: str


def word(text: Translation) -> Word:
    """Return a message as a line of a paper."""
    return Word(text.msgstr if text.state is State.READY else "", text.message.msgid)


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
    html = _template(shipped("templates") / "paper", template).render(language=language, title=name, **context)
    words = tuple(_words(context.values()))
    marks = (*told, *(Mark(text, must=False) for text in page_runs(html)))
    return Job(name, html, language, sheet, Expected(words, tuple(facts), (), (), name, language.tag, words, marks=marks))


def _words(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, Word):
            yield from pieces(value.own or value.english)
        elif isinstance(value, list | tuple):
            yield from _words(value)


@cache
def _template(folder: Path, name: str) -> Any:
    """Return a template; only the repository's own files are ever compiled."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(f"{name}.html")
