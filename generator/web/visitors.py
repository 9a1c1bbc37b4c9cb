"""Who may come in: links that work once, the browsers they let in, and a limit on guessing. Nothing of it is written anywhere."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from generator.web.desk import Person

TOKEN = 24
"""Bytes of a token: 192 bits, the same for links and cookies."""
HOURS = 4.0
"""How long a reader's link, and the browser it let in, may be used."""
GUESSES, MINUTE = 10, 60.0
"""Wrong links that one address may try in that many seconds."""
CROWD = 1_000
"""Addresses whose guesses are remembered."""


@dataclass(frozen=True)
class Link:
    """A way in for one person; `ends` is a time of the clock, None for as long as the page runs."""

    token: str
    person: Person
    ends: float | None
    used: bool = False


@dataclass
class Visitors:
    """The links that were handed out and the browsers that came in by them; safe for many threads."""

    clock: Callable[[], float] = time.monotonic
    links: list[Link] = field(default_factory=list)
    sessions: dict[str, Link] = field(default_factory=dict)
    """By the value of the cookie, the link that led there."""
    guesses: dict[str, list[float]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def invite(self, person: Person, hours: float | None = None) -> str:
        """Return the token of a new link for one person, which works once and for `hours`."""
        link = Link(secrets.token_urlsafe(TOKEN), person, None if hours is None else self.clock() + hours * 3600)
        with self.lock:
            self.links.append(link)
        return link.token

    def find(self, token: str) -> Link | None:
        """Return the link of a token as it is now, used or over or not; None if there is no such link."""
        with self.lock:
            return _equal({link.token: link for link in self.links}, token)

    def admit(self, token: str) -> str:
        """Use up a link, and return the cookie for the browser that brought it; an empty text if it was used or is over."""
        with self.lock:
            link = _equal({link.token: link for link in self.links}, token)
            if link is None or link.used or self.over(link):
                return ""
            self.links[self.links.index(link)] = replace(link, used=True)
            cookie = secrets.token_urlsafe(TOKEN)
            self.sessions[cookie] = link
            return cookie

    def person(self, cookie: str) -> Person | None:
        """Return who holds a cookie; None if nobody does, or if the time of the link is over."""
        with self.lock:
            link = _equal(self.sessions, cookie)
        return None if link is None or self.over(link) else link.person

    def over(self, link: Link) -> bool:
        """Tell whether the time of a link is over."""
        return link.ends is not None and self.clock() >= link.ends

    def guessed(self, peer: str) -> None:
        """Remember that an address tried a link that does not exist."""
        with self.lock:
            if len(self.guesses) >= CROWD:
                self.guesses.pop(next(iter(self.guesses)))
            self.guesses[peer] = [*self._recent(peer), self.clock()]

    def blocked(self, peer: str) -> bool:
        """Tell whether an address has tried too many wrong links in the last minute."""
        with self.lock:
            return len(self._recent(peer)) >= GUESSES

    def _recent(self, peer: str) -> list[float]:
        return [at for at in self.guesses.get(peer, ()) if self.clock() - at < MINUTE]


def _equal(table: Mapping[str, Link], token: str) -> Link | None:
    """Look a token up without telling by the time it takes how much of it was right."""
    found = None
    for known, link in table.items():
        if hmac.compare_digest(known.encode(), token.encode()):
            found = link
    return found
