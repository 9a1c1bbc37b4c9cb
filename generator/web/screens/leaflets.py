"""The screen of one language: choose a leaflet."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from generator.signing.reading import catalogue_leaflet, catalogue_progress
from generator.web.helpers import reader_code, show_screen
from generator.web.server_state import current_snapshot

screen = Blueprint("leaflets", __name__)


@screen.get("/read/<language>")
def choose(language: str) -> ResponseReturnValue:
    """Show the leaflets of a language, each with the number of questions that others asked."""
    project = current_snapshot().project
    found = catalogue_progress(current_snapshot(), language, reader_code())
    work = [pile for pile in found if catalogue_leaflet(project, pile.domain)]
    around = [pile for pile in found if pile not in work]
    return show_screen("leaflets.html", row=project.languages[language], work=work, around=around)
