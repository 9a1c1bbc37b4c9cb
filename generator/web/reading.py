"""The screens around a sentence: choose a language, its leaflets, one leaflet in page order, and what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.campaign.settings import SHARED_DOMAIN
from generator.catalogue.change import reading_seconds
from generator.model import State
from generator.signing import undo
from generator.signing.reading import catalogue_leaflet, catalogue_progress, sentence_lines
from generator.web.desk import current_snapshot
from generator.web.helpers import reader_code, show_screen

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def screen() -> Blueprint:
    """Return the screens."""
    from flask import Blueprint

    pages = Blueprint("reading", __name__)
    pages.add_url_rule("/", "choose", choose_language)
    pages.add_url_rule("/read/<language>", "leaflets", list_leaflets)
    pages.add_url_rule("/read/<language>/<domain>", "leaflet", show_leaflet)
    pages.add_url_rule("/done/<language>/<domain>", "done", show_done)
    return pages


def choose_language() -> ResponseReturnValue:
    """Show every language under its own name, with the minutes that its leaflets still take this reader."""
    project = current_snapshot().project
    printed = [*project.leaflets, SHARED_DOMAIN]
    found = [
        (
            project.languages[code],
            catalogue_progress(current_snapshot(), code, reader_code(), printed),
        )
        for code in project.campaign.languages
        if code != "en"
    ]
    return show_screen("choose.html", languages=found)


def list_leaflets(language: str) -> ResponseReturnValue:
    """Show the leaflets of a language; what others ask about comes with its number."""
    row = current_snapshot().project.languages[language]
    found = catalogue_progress(current_snapshot(), language, reader_code())
    work = [pile for pile in found if catalogue_leaflet(current_snapshot().project, pile.domain)]
    return show_screen(
        "leaflets.html", row=row, work=work, around=[pile for pile in found if pile not in work]
    )


def show_leaflet(language: str, domain: str) -> ResponseReturnValue:
    """Show the sentences of a leaflet in page order, and the page itself."""
    row = current_snapshot().project.languages[language]
    found = sentence_lines(current_snapshot(), language, domain, reader_code())
    lost = undo.overwritten_answers(current_snapshot(), reader_code(), language, domain)
    return show_screen(
        "leaflet.html",
        row=row,
        domain=domain,
        lines=found,
        lost=lost,
        undo=undo.last_answer(current_snapshot().project, reader_code()),
    )


def show_done(language: str, domain: str) -> ResponseReturnValue:
    """Show what a reader's signatures made ready, what is left, and the page to look at once more."""
    row = current_snapshot().project.languages[language]
    found = sentence_lines(current_snapshot(), language, domain, reader_code())
    mine = [line for line in found if reader_code() in line.task.standing.people]
    ready = [line for line in found if line.task.text.state is State.READY]
    return show_screen(
        "done.html",
        row=row,
        domain=domain,
        mine=mine,
        ready_mine=[line for line in mine if line in ready],
        left=[line for line in found if line.open],
        others=[line for line in mine if line not in ready],
        seconds=sum(reading_seconds(line.task.message.msgid) for line in found if line.open),
        whole=len(ready) == len(found),
        undo=undo.last_answer(current_snapshot().project, reader_code()),
    )
