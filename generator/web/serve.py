"""Serve the page on this computer, and on the local network if asked, until somebody stops it or nobody needs it."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.problem import LeafletsError, Problem, UsageError
from generator.usecases.shelf import Shelf
from generator.web.desk import Desk
from generator.web.guard import LARGE
from generator.web.visitors import Visitors

if TYPE_CHECKING:
    from flask import Flask

LOOPBACK = "127.0.0.1"
THREADS = 8
"""Requests answered at the same time; the others wait."""
IDLE = 8 * 3600.0
"""Seconds without a request after which the page ends."""


@dataclass
class Server:
    """A page that is ready to run: its desk, its sockets, and when somebody last asked for something."""

    desk: Desk
    sockets: list[socket.socket]
    idle: float = IDLE
    last: float = field(default_factory=time.monotonic)
    expired: bool = False

    def run(self) -> bool:
        """Answer requests until Ctrl-C or SIGTERM, or until nobody asked for `idle` seconds; return False for the last."""
        from waitress import create_server

        from generator.web.app import create_app

        server = create_server(
            self.counting(create_app(self.desk)),
            sockets=self.sockets,
            threads=THREADS,
            ident="",
            max_request_body_size=max(LARGE.values()),
            max_request_header_size=16 * 1024,
            channel_timeout=60,
            connection_limit=500,
        )
        with suppress(ValueError):  # not in the main thread: tests
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        threading.Thread(target=self.watch, daemon=True).start()
        server.run()
        return not self.expired

    def counting(self, app: Flask) -> Callable[..., Iterable[bytes]]:
        """Return the app with a note of when it was last asked."""

        def counted(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            self.last = time.monotonic()
            return app(environ, start)

        return counted

    def watch(self) -> None:
        """End the program once nobody has asked for too long."""
        while (left := self.last + self.idle - time.monotonic()) > 0:
            time.sleep(min(left, 60) + 0.01)
        self.expired = True
        signal.raise_signal(signal.SIGINT)


def prepare(root: Path, port: int = 0, lan: str = "", idle: float = IDLE) -> Server:
    """Return a page over the campaign in `root`, its sockets open: on this computer, and on the address `lan` if given."""
    first = bound(LOOPBACK, port)
    port = first.getsockname()[1]
    sockets = [first, bound(lan, port)] if lan else [first]
    away = f"{lan}:{port}" if lan else ""
    return Server(Desk(root, Shelf(root), Visitors(), f"{LOOPBACK}:{port}", away), sockets, idle)


def bound(address: str, port: int) -> socket.socket:
    """Return a socket on an address and port, any free port for 0; raise UsageError if somebody else has it."""
    found = socket.socket()
    if os.name == "posix":  # elsewhere this would let two programs share a port
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((address, port))
        found.listen(128)  # from here on a browser waits for its answer instead of being refused
    except OSError as error:
        found.close()
        hint = "leave --port out, or name another, such as --port 8420"
        raise UsageError(Problem("port", f"cannot listen on {address}:{port}: {error.strerror}", hint=hint)) from None
    return found


def lan_address() -> str:
    """Return this computer's address in its local network; nothing is sent for it. Raises LeafletsError without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # a documentation address, RFC 5737: only the route is looked up
        if not (address := str(probe.getsockname()[0])).startswith(("127.", "0.")):
            return address
    hint = "join the Wi-Fi that the readers are in, or name this computer's address with --address"
    raise LeafletsError(Problem("no-network", "this computer is in no local network", hint=hint))
