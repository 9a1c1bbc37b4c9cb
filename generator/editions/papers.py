"""Lay labels, orders, checklists and notices into their templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.base.message_text import page_runs, text_pieces
from generator.base.spaces import collapse_spaces
from generator.campaign.sheets import Sheet
from generator.campaign.shipped import shipped_templates
from generator.editions.jobs import EditionJob
from generator.layout.expected import Expected
from generator.layout.state_in_words import PageMark
from generator.layout.templates import fill_template
from generator.model import Language, State, Translation

# The language in which every line of a paper is printed too.
PAPER_SOURCE = "en"


class PaperLine(NamedTuple):
    """One line of a paper: in the language of the reader once enough people signed it, else empty.

    In English always.
    """

    own: str
    english: str


def language_line(language: Language) -> PaperLine:
    """Return what a language is called, by itself and in English."""
    return PaperLine(language.endonym, language.english)


def paper_line(text: Translation) -> PaperLine:
    """Return a message as a line of a paper."""
    own = collapse_spaces(text.msgstr) if text.state is State.READY else ""
    return PaperLine(own, text.message.msgid)


@dataclass(frozen=True)
class Paper:
    """One paper to draw, and what its proof must find."""

    name: str
    """Also the title of its file, so it holds codes alone."""
    template: str
    language: Language
    sheet: Sheet
    context: Mapping[str, Any]
    """What fills the template; every `PaperLine` in it must be found."""
    facts: Iterable[tuple[str, int]] = ()
    """Codes and numbers that must be found, and how often."""
    told: Iterable[PageMark] = ()
    """What every page must say."""

    def job(self) -> EditionJob:
        """Return the job to draw it. A table repeats its heads on every page."""
        name, language = self.name, self.language
        folder = shipped_templates("paper")
        html = fill_template(
            folder, f"{self.template}.html", language=language, title=name, **self.context
        )
        lines = list(_lines(self.context.values()))
        english = tuple(piece for line in lines for piece in text_pieces(line.english))
        own: tuple[str, ...] = ()
        if language.code != PAPER_SOURCE:
            own = tuple(piece for line in lines for piece in text_pieces(line.own))
        marks = (*self.told, *(PageMark(text, must=False) for text in page_runs(html)))
        expected = Expected(
            own,
            tuple(self.facts),
            (),
            (),
            name,
            language.tag,
            (*own, *english),
            roman=english,
            marks=marks,
        )
        return EditionJob(name, html, language, self.sheet, expected)


def _lines(values: Iterable[Any]) -> Iterator[PaperLine]:
    for value in values:
        if isinstance(value, PaperLine):
            yield value
        elif isinstance(value, list | tuple):
            yield from _lines(value)
