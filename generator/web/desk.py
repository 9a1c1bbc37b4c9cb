"""What the screens of one running page share, and what they may ask about a request."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from generator.editions.preview import PreviewQueue
from generator.editions.print_jobs import PrintQueue
from generator.review.live_snapshot import LiveSnapshot
from generator.review.snapshot import Snapshot
from generator.web.visitors import User, Visitors

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class ServerState:
    """One running page: the campaign's files, who may come in, and under which names it is reached."""

    root: Path
    live: LiveSnapshot
    visitors: Visitors
    home: str
    """Host and port on this computer; the organiser comes in here alone."""
    away: str = ""
    """Host and port in the local network, if the page was opened to it."""
    studio: PreviewQueue = field(default_factory=PreviewQueue)
    """Draws pictures of pages; its process starts with the first picture."""
    clock: Callable[[], float] = time.monotonic
    """Tells how long a form has been shown, in seconds."""
    jobs: PrintQueue = field(init=False)
    """Builds editions for the organiser."""

    def __post_init__(self) -> None:
        """Open the print room over the same campaign."""
        self.jobs = PrintQueue(self.root)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that a request may give for this page."""
        return tuple(filter(None, (self.home, self.away)))

    @property
    def cookie(self) -> str:
        """The name of the cookie; browsers share cookies between the ports of a host, so the port is in it."""
        return f"leaflets-{self.home.rpartition(':')[2]}"


def server_state() -> ServerState:
    """Return the desk of the request that is being answered."""
    from flask import current_app

    found: ServerState = current_app.extensions["desk"]
    return found


def current_user() -> User:
    """Return who sends the request that is being answered; the guard has made sure of it."""
    from flask import g

    found: User = g.person
    return found


def current_snapshot() -> Snapshot:
    """Return the campaign as the files were when this request first asked; a save in between is seen by the next request.

    Where the address names a language, only that language's files are looked at: other languages may be those of a moment ago.
    """
    from flask import g, request

    if "snapshot" not in g:
        language = (request.view_args or {}).get("language", "")
        g.snapshot = server_state().live.snapshot(*filter(None, [language]))
    found: Snapshot = g.snapshot
    return found


def organisers_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let only the organiser at this computer use a view: printing, sites and links are not for readers' browsers."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        from flask import abort

        if current_user().role != "organiser":
            abort(403, "organisers")
        return view(*args, **kwargs)

    return guarded
