"""The first screen: choose a language."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from generator.campaign.settings import SHARED_DOMAIN
from generator.review.source_texts import POLICY_DOMAIN
from generator.signing.reading import catalogue_progress
from generator.web.helpers import Area, reader_code, show_screen
from generator.web.server_state import current_snapshot
from generator.web.source_view import is_source, may_read_source

screen = Blueprint("languages", __name__)
AREA = Area(1, "languages.choose", "title")


@screen.get("/")
def choose() -> ResponseReturnValue:
    """Show every language under its own name, with the minutes its leaflets take this reader.

    Organisers see the source among them, and readers who have signed it.
    """
    project = current_snapshot().project
    printed = [*project.leaflets, SHARED_DOMAIN]
    rules = {project.campaign.source: [POLICY_DOMAIN]}
    found = [
        (
            project.languages[code],
            catalogue_progress(
                current_snapshot(), code, reader_code(), [*rules.get(code, ()), *printed]
            ),
        )
        for code in project.campaign.languages
        if not is_source(code) or may_read_source()
    ]
    return show_screen("languages.html", languages=found)
