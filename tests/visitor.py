"""A browser without a network, let in to the page over a campaign's folder, for quick tests of the screens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.usecases.shelf import Shelf
from generator.web.app import create_app
from generator.web.desk import Desk, Person, Role
from generator.web.visitors import Visitors

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

HOST = "localhost"


def page_over(root: Path) -> Flask:
    """Return the page over a campaign; its desk is in `extensions["desk"]`."""
    app = create_app(Desk(root, Shelf(root), Visitors(), HOST))
    app.testing = True
    return app


def visitor(app: Flask, code: str = "r17", role: Role = "reader") -> FlaskClient:
    """Return a browser that is in."""
    desk: Desk = app.extensions["desk"]
    client = app.test_client()
    client.environ_base["HTTP_ORIGIN"] = f"http://{HOST}"
    client.set_cookie(desk.cookie, desk.visitors.admit(desk.visitors.invite(Person(code, role))))
    return client
