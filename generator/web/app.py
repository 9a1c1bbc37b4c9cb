"""Put the page together: guard, screens, words."""

from __future__ import annotations

import importlib
import mimetypes
from typing import TYPE_CHECKING

from generator.campaign.shipped import shipped_templates
from generator.signing.pace import SHORTEST_PAUSE
from generator.web import errors, layout, picture, stamp, words
from generator.web.desk import ServerState, current_user
from generator.web.middleware import install_guard

if TYPE_CHECKING:
    from flask import Flask

STATIC_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""Types of our static files; some systems' tables are wrong, and browsers are told not to guess."""
SCREENS: tuple[str, ...] = (
    "reading",
    "sentence",
    "checking",
    "typefaces",
    "people",
    "enter_codes",
    "picture",
    "layout",
    "print_desk",
    "print_jobs",
    "recording",
)
"""Modules of this package; each has a function `screen() -> Blueprint`. `@organisers_only` (desk.py) keeps readers out of a view."""
TEMPLATE_TOOLS = (
    picture.picture_url,
    picture.picture_alt,
    picture.picture_whole,
    layout.finished_pages,
    stamp.stamp,
)
"""What every template may ask, by the names of the functions."""

PAGE_AREAS: tuple[tuple[str, str, bool], ...] = (
    ("reading.choose", "title", False),
    ("worksheets.empty", "enter-title", False),
    ("printdesk.table", "desk-title", True),
    ("people.everybody", "people-title", True),
)
"""What stands at the top of every screen: endpoint, the word for it, and whether it is the organiser's alone."""


def create_app(desk: ServerState) -> Flask:
    """Return the page over the campaign of a desk."""
    from flask import Flask, g
    from jinja2 import StrictUndefined

    folder = shipped_templates("review")
    place = str(
        folder
    )  # all three are said, or Flask looks for a package of this name, and may find the campaign's folder
    app = Flask(
        "generator",
        root_path=place,
        instance_path=place,
        template_folder=place,
        static_folder=str(folder / "static"),
    )
    app.extensions["desk"] = desk
    for suffix, kind in STATIC_TYPES.items():
        mimetypes.add_type(kind, suffix)
    app.jinja_options = {
        "undefined": StrictUndefined,
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_env.globals |= {"word": words.word_markup, "word_text": words.word_text}
    app.jinja_env.globals["least_wait"] = round(SHORTEST_PAUSE * 1000)
    app.jinja_env.globals |= {tool.__name__: tool for tool in TEMPLATE_TOOLS}
    app.context_processor(
        lambda: {
            "language": words.page_language(),
            "person": current_user() if "person" in g else None,
            "areas": PAGE_AREAS,
        }
    )
    app.url_map.merge_slashes = False
    app.after_request(words.remember_language)
    install_guard(app)
    errors.register_error_pages(app)
    for name in SCREENS:
        app.register_blueprint(importlib.import_module(f"generator.web.{name}").screen())
    return app
