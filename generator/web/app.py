"""Put the page together: guard, screens, words."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from generator.edges.project import shipped
from generator.usecases.shelf import Shelf
from generator.web.desk import Desk

if TYPE_CHECKING:
    from flask import Flask

SCREENS: tuple[str, ...] = ()
"""Modules of this package; each has a function `screen() -> Blueprint`."""


def create_app(root: Path) -> Flask:
    """Return the page over the campaign in `root`."""
    from flask import Flask

    folder = shipped("templates") / "review"
    app = Flask("leaflets", root_path=str(folder), template_folder=str(folder), static_folder=str(folder / "static"))
    app.extensions["desk"] = Desk(root, Shelf(root))
    for name in SCREENS:
        app.register_blueprint(importlib.import_module(f"generator.web.{name}").screen())
    return app
