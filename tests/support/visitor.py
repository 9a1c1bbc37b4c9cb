"""A browser without a network, let in to the page over a campaign's folder, for quick tests of the screens."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask.testing import FlaskClient

from generator.review.live_snapshot import LiveSnapshot
from generator.web.app import create_app
from generator.web.server_state import ServerState
from generator.web.visitors import User, UserRole, Visitors

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

HOST = "localhost"


class Hand(FlaskClient):
    """A browser whose forms carry what every form of the page carries: its reader, and that it was shown long ago."""

    def post(self, *where: Any, **how: Any) -> TestResponse:
        """Send a form; what the test says itself stays."""
        if isinstance(how.get("data", {}), dict):
            how["data"] = {"you": self.you, "at": "0"} | how.get("data", {})
        return super().post(*where, **how)

    @property
    def you(self) -> str:
        """The code of whoever came in; "" before."""
        state: ServerState = self.application.extensions["state"]
        cookies = [self.get_cookie(state.cookie, domain) for domain in ("localhost", "127.0.0.1")]
        people = [state.visitors.user(cookie.value) for cookie in cookies if cookie]
        return next((person.code for person in people if person), "")


def made(state: ServerState) -> Flask:
    """Return the page over a state, its readers slow: each look at the clock is ten seconds after the last."""
    state.clock = count(1000, 10).__next__
    app = create_app(state)
    app.testing, app.test_client_class = True, Hand
    return app


def page_over(root: Path) -> Flask:
    """Return the page over a campaign; its state is in `extensions["state"]`."""
    return made(ServerState(root, LiveSnapshot(root), Visitors(), HOST))


def visitor(app: Flask, code: str = "r17", role: UserRole = "reader") -> FlaskClient:
    """Return a browser that is in."""
    state: ServerState = app.extensions["state"]
    client = app.test_client()
    client.environ_base["HTTP_ORIGIN"] = f"http://{HOST}"
    client.set_cookie(state.cookie, state.visitors.admit(state.visitors.invite(User(code, UserRole(role)))))
    return client
