"""The screen of one leaflet: its sentences in page order, and the page itself."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from generator.signing import undo
from generator.signing.reading import sentence_lines
from generator.web.helpers import reader_code, show_screen
from generator.web.server_state import current_snapshot
from generator.web.source_view import is_source

screen = Blueprint("leaflet", __name__)


@screen.get("/read/<language>/<domain>")
def overview(language: str, domain: str) -> ResponseReturnValue:
    """Show the sentences, and which answers of this reader somebody else's program lost."""
    snapshot = current_snapshot()
    return show_screen(
        "leaflet.html",
        row=snapshot.project.languages[language],
        domain=domain,
        source=is_source(language),
        lines=sentence_lines(snapshot, language, domain, reader_code()),
        lost=undo.overwritten_answers(snapshot, reader_code(), language, domain),
        undo=undo.last_answer(snapshot.project, reader_code()),
    )
