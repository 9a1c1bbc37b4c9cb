"""What the reading screens share: who reads, titles, pictures, and how texts are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from generator.campaign.facts import printed_value
from generator.campaign.project import Project
from generator.catalogue.change import word_diff
from generator.catalogue.similarity import text_diff
from generator.problem import LeafletsError
from generator.signing.reading import catalogue_leaflet
from generator.signing.undo import answer_mark
from generator.web import chips
from generator.web.desk import current_snapshot, current_user
from generator.web.words import find_word, word_markup

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

STATE_SHAPES = {"missing": "○", "stale": "↻", "draft": "◔", "read": "◑", "ready": "●"}
"""A shape for each state, so that colour alone says nothing."""


def catalogue_title(project: Project, domain: str) -> Markup:
    """Return what a catalogue is called: the English title of a leaflet, or what its words are for."""
    leaflet = catalogue_leaflet(project, domain)
    return (
        word_markup(f"domain-{domain}")
        if leaflet is None
        else Markup('<span lang="en" dir="ltr">{}</span>').format(leaflet.title.msgid)
    )


def reader_code() -> str:
    """Return the code of the person in front of the page, in the one spelling of ledgers."""
    return current_user().code.strip().casefold()


def printed_facts() -> Mapping[str, str]:
    """Return the printed form of every fact that all sites share."""
    try:
        return {name: printed_value(fact) for name, fact in current_snapshot().facts.items()}
    except LeafletsError:  # the names of facts will do
        return {}


def word_with_tag(name: str) -> tuple[str, str]:
    """Return a word of the page as text, and the tag of the language it is in."""
    _, text, code = find_word(name)
    return text, current_snapshot().project.languages[code].tag


def reading_context() -> dict[str, Any]:
    """Return what the templates of the reading screens use."""
    values, names = (
        printed_facts(),
        {written: word_with_tag(name) for written, name in chips.TAG_WORDS.items()},
    )
    return {
        "shown": lambda text: chips.with_chips(text, values, names),
        "tokens": lambda msgid: chips.chips_of(msgid, values, names),
        "shapes": STATE_SHAPES,
        "english_diff": word_diff,
        "text_diff": text_diff,
        "minutes": lambda seconds: max(1, round(seconds / 60)),
        "codes": lambda people: ", ".join(sorted(people)),
        "title_of": lambda domain: catalogue_title(current_snapshot().project, domain),
        "reader": reader_code(),
        "mark": answer_mark,
    }


def show_screen(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Return a screen."""
    from flask import render_template

    return render_template(template, **reading_context(), **values), status
