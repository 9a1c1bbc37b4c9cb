"""What the reading screens share: who reads, titles, pictures, and how texts are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from generator.campaign.facts import printed
from generator.campaign.project import Project
from generator.catalogue.change import word_diff
from generator.catalogue.similarity import text_diff
from generator.problem import LeafletsError
from generator.signing.reading import leaflet_of
from generator.signing.undo import mark
from generator.web import chips
from generator.web.desk import person, snapshot
from generator.web.words import found, word

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SHAPES = {"missing": "○", "stale": "↻", "draft": "◔", "read": "◑", "ready": "●"}
"""A shape for each state, so that colour alone says nothing."""


def title(project: Project, domain: str) -> Markup:
    """Return what a catalogue is called: the English title of a leaflet, or what its words are for."""
    leaflet = leaflet_of(project, domain)
    return (
        word(f"domain-{domain}")
        if leaflet is None
        else Markup('<span lang="en" dir="ltr">{}</span>').format(leaflet.title.msgid)
    )


def reader() -> str:
    """Return the code of the person in front of the page, in the one spelling of ledgers."""
    return person().code.strip().casefold()


def facts() -> Mapping[str, str]:
    """Return the printed form of every fact that all sites share."""
    try:
        return {name: printed(fact) for name, fact in snapshot().facts.items()}
    except LeafletsError:  # the names of facts will do
        return {}


def spoken(name: str) -> tuple[str, str]:
    """Return a word of the page as text, and the tag of the language it is in."""
    _, text, code = found(name)
    return text, snapshot().project.languages[code].tag


def tools() -> dict[str, Any]:
    """Return what the templates of the reading screens use."""
    values, names = facts(), {written: spoken(name) for written, name in chips.TAG_WORDS.items()}
    return {
        "shown": lambda text: chips.shown(text, values, names),
        "tokens": lambda msgid: chips.tokens(msgid, values, names),
        "shapes": SHAPES,
        "english_diff": word_diff,
        "text_diff": text_diff,
        "minutes": lambda seconds: max(1, round(seconds / 60)),
        "codes": lambda people: ", ".join(sorted(people)),
        "title_of": lambda domain: title(snapshot().project, domain),
        "reader": reader(),
        "mark": mark,
    }


def show(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Return a screen."""
    from flask import render_template

    return render_template(template, **tools(), **values), status
