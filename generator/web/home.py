"""The first screen, until the choice of languages takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Blueprint


def screen() -> Blueprint:
    """Return the screen."""
    from flask import Blueprint, render_template

    home = Blueprint("home", __name__)

    @home.get("/")
    def first() -> str:
        return render_template("home.html")

    return home
