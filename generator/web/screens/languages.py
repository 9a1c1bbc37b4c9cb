"""The first screen: choose a language."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from generator.campaign.settings import SHARED_DOMAIN
from generator.signing.reading import catalogue_progress
from generator.web.helpers import Area, reader_code, show_screen
from generator.web.server_state import current_snapshot

screen = Blueprint("languages", __name__)
AREA = Area(1, "languages.choose", "title")


@screen.get("/")
def choose() -> ResponseReturnValue:
    """Show every language under its own name, with the minutes its leaflets take this reader."""
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
    return show_screen("languages.html", languages=found)
