"""Who may come in: links that work once, the browsers they let in, and a limit on guessing.

Nothing of it is written anywhere.
"""

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from threading import Lock

# 192 bits, the same for links and cookies.
TOKEN_BYTES = 24

# How long a reader's link, and the browser it let in, may be used.
LINK_HOURS = 4.0

# Wrong links that one address may try in that many seconds.
GUESS_LIMIT, GUESS_SECONDS = 10, 60.0

# Addresses whose guesses are remembered.
GUESSING_ADDRESSES = 1_000


class UserRole(StrEnum):
    """What somebody may do on the page."""

    ORGANISER = "organiser"
    READER = "reader"


class LinkState(StrEnum):
    """How far a link is."""

    NEW = "new"
    IN = "in"
    OVER = "over"


@dataclass(frozen=True)
class User:
    """Who sits in front of a browser: the code of a reader or of the organiser."""

    code: str
    role: UserRole


@dataclass(frozen=True)
class EntryLink:
    """A way in for one person."""

    token: str
    user: User
    ends: float | None
    """A time of the clock, None for as long as the page runs."""
    cookie: str = ""
    """That of the one browser it let in, once it was used."""
    first: str = "/"
    """The screen it leads to."""
    also: tuple[str, ...] = ()
    """Codes of other people whose links the same browser opened."""


@dataclass
class Visitors:
    """The links that were handed out and the browsers they let in; safe for many threads."""

    hours: float = LINK_HOURS
    clock: Callable[[], float] = time.monotonic
    links: list[EntryLink] = field(default_factory=list)
    guesses: dict[str, list[float]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def invite(self, user: User, first: str = "/") -> str:
        """Return the token of a new link to the screen `first`.

        A new link for a reader ends the earlier one, and shuts its browser out.
        """
        reader = user.role is UserRole.READER
        ends = self.clock() + self.hours * 3600 if reader else None
        link = EntryLink(secrets.token_urlsafe(TOKEN_BYTES), user, ends, first=first)
        with self.lock:  # in one step, or two at once would leave two ways in
            self.links = [*(self._others(user.code) if reader else self.links), link]
        return link.token

    def end(self, code: str) -> None:
        """Forget the links of a reader and shut their browser out. What they signed stays."""
        with self.lock:
            self.links = self._others(code)

    def _others(self, code: str) -> list[EntryLink]:
        """Return the links of everybody but a reader."""
        return [link for link in self.links if link.user != User(code, UserRole.READER)]

    def find(self, token: str) -> EntryLink | None:
        """Return the link of a token, whether it was used, is over or neither."""
        return self._equal("token", token)

    def admit(self, token: str, held: str = "") -> str:
        """Use up a link and return the cookie for its browser; "" if it was used or is over.

        `held` is the cookie the browser had: if it opened two people's links, both links say so.
        """
        with self.lock:
            link = self._equal("token", token)
            if link is None or self.link_state(link) is not LinkState.NEW:
                return ""
            used = replace(link, cookie=secrets.token_urlsafe(TOKEN_BYTES))
            before = self._equal("cookie", held) if held else None
            if before and before.user.code != used.user.code:
                used = replace(used, also=(before.user.code, *before.also))
                both = replace(before, also=(*before.also, used.user.code))
                self.links[self.links.index(before)] = both
            self.links[self.links.index(link)] = used
            return used.cookie

    def user(self, cookie: str) -> User | None:
        """Return who holds a cookie; None if nobody does, or if the time of the link is over."""
        link = self._equal("cookie", cookie) if cookie else None
        return None if link is None or self._over(link) else link.user

    def link_state(self, link: EntryLink) -> LinkState:
        """Return whether a link still waits, let somebody in, or is over."""
        if self._over(link):
            return LinkState.OVER
        return LinkState.IN if link.cookie else LinkState.NEW

    def _over(self, link: EntryLink) -> bool:
        return link.ends is not None and self.clock() >= link.ends

    def minutes(self, link: EntryLink) -> int:
        """Return how many minutes a reader's link still works."""
        return max(0, round(((link.ends or 0) - self.clock()) / 60))

    def guessed(self, peer: str) -> None:
        """Remember that an address tried a link that does not exist."""
        with self.lock:
            recent = self._recent(peer)
            if len(self.guesses) >= GUESSING_ADDRESSES:
                self.guesses.pop(next(iter(self.guesses)))
            self.guesses[peer] = [*recent[-GUESS_LIMIT:], self.clock()]

    def blocked(self, peer: str) -> bool:
        """Tell whether an address has tried too many wrong links in the last minute."""
        with self.lock:
            return len(self._recent(peer)) >= GUESS_LIMIT

    def _recent(self, peer: str) -> list[float]:
        return [at for at in self.guesses.get(peer, ()) if self.clock() - at < GUESS_SECONDS]

    def _equal(self, name: str, secret: str) -> EntryLink | None:
        # In constant time, so that an answer's delay does not tell how much of a guess was right.
        found = [
            link
            for link in list(self.links)
            if hmac.compare_digest(getattr(link, name).encode(), secret.encode())
        ]
        return found[0] if found else None
