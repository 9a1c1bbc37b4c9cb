"""The screens around a sentence: choose a language, its leaflets, one leaflet in page order, and what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.campaign.settings import WORDS
from generator.catalogue.change import reading_seconds
from generator.model import State
from generator.signing import undo
from generator.signing.reading import leaflet_of, lines, piles
from generator.web.desk import snapshot
from generator.web.helpers import reader, show

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def screen() -> Blueprint:
    """Return the screens."""
    from flask import Blueprint

    pages = Blueprint("reading", __name__)
    pages.add_url_rule("/", "choose", choose)
    pages.add_url_rule("/read/<language>", "leaflets", leaflets)
    pages.add_url_rule("/read/<language>/<domain>", "leaflet", one_leaflet)
    pages.add_url_rule("/done/<language>/<domain>", "done", done)
    return pages


def choose() -> ResponseReturnValue:
    """Show every language under its own name, with the minutes that its leaflets still take this reader."""
    project = snapshot().project
    printed = [*project.leaflets, WORDS]
    found = [
        (project.languages[code], piles(snapshot(), code, reader(), printed))
        for code in project.campaign.languages
        if code != "en"
    ]
    return show("choose.html", languages=found)


def leaflets(language: str) -> ResponseReturnValue:
    """Show the leaflets of a language; what others ask about comes with its number."""
    row = snapshot().project.languages[language]
    found = piles(snapshot(), language, reader())
    work = [pile for pile in found if leaflet_of(snapshot().project, pile.domain)]
    return show(
        "leaflets.html", row=row, work=work, around=[pile for pile in found if pile not in work]
    )


def one_leaflet(language: str, domain: str) -> ResponseReturnValue:
    """Show the sentences of a leaflet in page order, and the page itself."""
    row = snapshot().project.languages[language]
    found = lines(snapshot(), language, domain, reader())
    lost = undo.overwritten(snapshot(), reader(), language, domain)
    return show(
        "leaflet.html",
        row=row,
        domain=domain,
        lines=found,
        lost=lost,
        undo=undo.last(snapshot().project, reader()),
    )


def done(language: str, domain: str) -> ResponseReturnValue:
    """Show what a reader's signatures made ready, what is left, and the page to look at once more."""
    row = snapshot().project.languages[language]
    found = lines(snapshot(), language, domain, reader())
    mine = [line for line in found if reader() in line.task.standing.people]
    ready = [line for line in found if line.task.text.state is State.READY]
    return show(
        "done.html",
        row=row,
        domain=domain,
        mine=mine,
        ready_mine=[line for line in mine if line in ready],
        left=[line for line in found if line.open],
        others=[line for line in mine if line not in ready],
        seconds=sum(reading_seconds(line.task.message.msgid) for line in found if line.open),
        whole=len(ready) == len(found),
        undo=undo.last(snapshot().project, reader()),
    )
