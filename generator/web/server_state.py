"""What all requests to one running page share, and what a screen may ask about its request."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from flask import abort, current_app, g, request

from generator.editions.preview import PreviewQueue
from generator.editions.print_jobs import PrintQueue
from generator.review.live_snapshot import LiveSnapshot
from generator.review.snapshot import Snapshot
from generator.web.speakers import Speakers
from generator.web.visitors import User, UserRole, Visitors

_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass
class ServerState:
    """One running page: the campaign's files, who may come in, and the names of the page."""

    root: Path
    live: LiveSnapshot
    visitors: Visitors
    home: str
    """Host and port on this computer, the only way in for the organiser."""
    away: str = ""
    """Host and port in the local network, if the page is open to it."""
    studio: PreviewQueue = field(default_factory=PreviewQueue)
    """Draws pictures of pages; its process starts with the first picture."""
    speakers: Speakers = field(default_factory=Speakers)
    """Who reads aloud, and where their voices may be heard."""
    clock: Callable[[], float] = time.monotonic
    """Tells how long a form has been on the screen, in seconds."""
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
        """The name of the cookie, with the port: browsers share cookies between a host's ports."""
        return f"leaflets-{self.home.rpartition(':')[2]}"


def server_state() -> ServerState:
    """Return what this page shares."""
    return cast(ServerState, current_app.extensions["state"])


def current_user() -> User:
    """Return who sends this request; the guard has made sure that there is somebody."""
    return cast(User, g.user)


def current_snapshot() -> Snapshot:
    """Return the campaign as its files were when this request first asked.

    Where the address names a language, only that language's files are looked at anew; those of
    other languages may be a moment old.
    """
    if "snapshot" not in g:
        language = (request.view_args or {}).get("language", "")
        g.snapshot = server_state().live.snapshot(*filter(None, [language]))
    return cast(Snapshot, g.snapshot)


def organisers_only(view: Callable[_P, _R]) -> Callable[_P, _R]:
    """Keep readers out of a view: printing, sites and links are for the organiser's browser."""

    @wraps(view)
    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if current_user().role is not UserRole.ORGANISER:
            abort(403, "organisers")
        return view(*args, **kwargs)

    return guarded
