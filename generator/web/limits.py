"""Limit the connections of an address, and how slowly requests come in: one phone shuts nobody out.

Of too many, the connection that has waited longest without a whole request is closed, never one
that is being answered.
"""

import logging
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from generator.web.guard import is_local

# Of one address, and of all together: below the 256 files some systems allow a program.
CONNECTIONS_EACH, CONNECTIONS_ALL = 64, 192

# For the head of a request, and for its body, which has time for its length besides.
HEAD_SECONDS, BODY_SECONDS, BYTES_A_SECOND = 20.0, 60.0, 10_000

# Seconds until the same address is named again.
NAMED_AGAIN = 60.0
LATE_ANSWER = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
    b"This came in too slowly. Try it again.\n"
)
_log = logging.getLogger(__name__)


def seconds_allowed(head: bool, length: int) -> float:
    """Return how long a request may take: without its `head` yet, or with `length` bytes to follow.

    >>> seconds_allowed(False, 0), seconds_allowed(True, 1_000_000)
    (20.0, 180.0)
    """
    return HEAD_SECONDS + (BODY_SECONDS + length / BYTES_A_SECOND if head else 0)


@dataclass
class ConnectionLimits:
    """The open connections of a page; only the thread that reads sockets uses it."""

    each: int = CONNECTIONS_EACH
    all: int = CONNECTIONS_ALL
    slow: float = 1.0
    """What the seconds of a request are multiplied by."""
    since: dict[Any, float] = field(default_factory=dict)
    """Since when each connection owes a whole request, by channel."""
    doomed: list[Any] = field(default_factory=list)
    """What the next `sweep` closes: closed at once, its number could go to a newcomer."""
    named: dict[str, float] = field(default_factory=dict)

    def admit(self, channel: Any) -> None:
        """Take a new connection; if it is one too many, close another one or itself."""
        self.forget()
        self.since[channel] = time.monotonic()
        held = Counter(map(peer_address, self.since))
        crowd = peer_address(channel) if held[peer_address(channel)] > self.each else ""
        if not crowd and len(self.since) > self.all:
            crowd = max(held, key=lambda peer: (held[peer], not is_local(peer)))
        if crowd:
            many = f"holds {held[crowd]} connections open: those that wait longest are closed"
            self.name(crowd, many)
            theirs = [one for one in self.since if peer_address(one) == crowd]
            # One that is being answered goes last, else the one that has waited longest.
            self.drop(min(theirs, key=lambda one: (bool(one.requests), self.since[one])))

    def received(self, channel: Any) -> None:
        """Note that the first bytes of another request came in."""
        self.since[channel] = time.monotonic()

    def sweep(self) -> None:
        """Close what is one too many or too slow; call it between two looks at the sockets."""
        self.forget()
        for channel in [one for one in self.since if one.will_close or self.late(one)]:
            self.drop(channel)
        for channel in self.doomed:
            channel.handle_close()
        self.doomed = []

    def late(self, channel: Any) -> bool:
        """Tell whether a request is too slow; waitress looks after browsers with nothing to ask."""
        request = channel.request
        # One that is being answered, or that stays open between two requests.
        if channel.requests or (request is None and channel.asked):
            return False
        head = request is not None and request.headers_finished
        allowed = seconds_allowed(head, request.content_length if head else 0)
        if time.monotonic() - self.since[channel] <= self.slow * allowed:
            return False
        self.name(peer_address(channel), "sends requests too slowly: they are closed")
        with suppress(OSError):
            channel.socket.send(LATE_ANSWER)
        return True

    def drop(self, channel: Any) -> None:
        """Let a connection go at the next sweep."""
        del self.since[channel]
        channel.will_close = True
        self.doomed.append(channel)

    def forget(self) -> None:
        """Let go of connections that are closed."""
        for channel in [one for one in self.since if not one.connected]:
            del self.since[channel]

    def name(self, peer: str, what: str) -> None:
        """Say once a minute in the terminal which address is kept short."""
        now = time.monotonic()
        self.named = {one: at for one, at in self.named.items() if now - at < NAMED_AGAIN}
        if self.named.setdefault(peer, now) == now:
            _log.warning("%s %s", peer, what)


def peer_address(channel: Any) -> str:
    """Return the address at the other end of a connection."""
    return str(channel.addr[0])


def watch_servers(servers: Iterable[Any], limits: ConnectionLimits) -> None:
    """Let the listening sockets of waitress hand their connections to `limits`."""
    from waitress.channel import HTTPChannel

    class Channel(HTTPChannel):  # type: ignore[misc]
        asked = False
        """Whether a whole request ever came in on it."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            limits.admit(self)

        def received(self, data: bytes) -> bool:
            if self.request is None and not self.requests:
                limits.received(self)
            took = bool(super().received(data))
            self.asked = self.asked or bool(self.requests)
            return took

    for server in servers:
        server.channel_class = Channel
