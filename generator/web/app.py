"""Put the page together: guard, screens, words."""

import mimetypes
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from flask import Flask, g
from jinja2 import StrictUndefined

from generator.campaign.shipped import shipped_templates
from generator.signing.pace import SHORTEST_PAUSE
from generator.web import errors, middleware, screens, words
from generator.web.server_state import ServerState, current_user
from generator.web.source_view import shown_place
from generator.web.stamp import stamp

# Some systems' tables of types are wrong, and browsers are told not to guess.
_STATIC_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def create_app(state: ServerState) -> Flask:
    """Return the page over a campaign."""
    folder = shipped_templates("review")
    place = str(folder)
    # All paths are given, or Flask looks for a package of this name and may find the campaign's.
    app = Flask(
        "generator",
        root_path=place,
        instance_path=place,
        template_folder=place,
        static_folder=str(folder / "static"),
    )
    app.extensions["state"] = state
    # The guard refuses doubled slashes; Flask would redirect to the address without them.
    app.url_map.merge_slashes = False
    for suffix, kind in _STATIC_TYPES.items():
        mimetypes.add_type(kind, suffix)

    found = find_screens()
    _prepare_templates(app, found)
    app.after_request(words.remember_language)
    middleware.install_guard(app)
    errors.register_error_pages(app)
    for module in found:
        app.register_blueprint(module.screen)
    return app


def find_screens() -> list[ModuleType]:
    """Return the modules in `generator/web/screens/`: a new file there is a new screen."""
    found = iter_modules(screens.__path__, f"{screens.__name__}.")
    return [import_module(module.name) for module in found]


def _prepare_templates(app: Flask, found: list[ModuleType]) -> None:
    app.jinja_options = {
        # A misspelt name is an error, instead of a gap on a screen.
        "undefined": StrictUndefined,
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_env.globals |= {
        "word": words.word_markup,
        "word_text": words.word_text,
        "stamp": stamp,
        "place": shown_place,
        "areas": sorted(module.AREA for module in found if hasattr(module, "AREA")),
        "least_wait": round(SHORTEST_PAUSE * 1000),
    }
    app.context_processor(
        lambda: {
            "language": words.page_language(),
            "user": current_user() if "user" in g else None,
        }
    )
