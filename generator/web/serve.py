"""Serve the page on this computer, and on the local network if asked, until it is not needed."""

from __future__ import annotations

import ipaddress
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.base.files import read_text, write_file
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.live_snapshot import LiveSnapshot
from generator.web.guard import UPLOAD_BYTES
from generator.web.limits import ConnectionLimits, watch_servers
from generator.web.server_state import ServerState
from generator.web.visitors import LINK_HOURS, User, UserRole, Visitors

if TYPE_CHECKING:
    from flask import Flask

OWN_COMPUTER = "127.0.0.1"

# Networks of a house or of this computer.
PRIVATE_NETWORKS = (
    *map(ipaddress.IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")),  # RFC 1918
    ipaddress.IPv4Network("169.254.0.0/16"),  # RFC 3927
    ipaddress.IPv4Network("127.0.0.0/8"),  # RFC 1122
)

# Where a campaign's folder keeps the port of last time; never in git.
PORT_FILE = ".leaflets.port"

# Requests answered at the same time; the others wait.
THREADS = 8

# Of waitress; it believes no header of a proxy, and shows no traceback.
WAITRESS_SETTINGS = {
    "threads": THREADS,
    "ident": "",
    # One more than we allow: its own answer to longer ones would be no page of ours.
    "max_request_body_size": max(UPLOAD_BYTES.values()) + 1,
    "max_request_header_size": 16 * 1024,
    "channel_timeout": 60,
    "connection_limit": 500,
}

# Seconds without a request after which the page ends.
IDLE_SECONDS = 8 * 3600.0


@dataclass
class ReviewServer:
    """A page that is ready to run: its state, its sockets, and when somebody last used it."""

    state: ServerState
    sockets: list[socket.socket]
    idle: float = IDLE_SECONDS
    last: float = field(default_factory=time.monotonic)
    stopped: bool = False
    limits: ConnectionLimits = field(default_factory=ConnectionLimits)

    def run(self) -> bool:
        """Answer requests until `stop`, and return True; False if nobody asked for `idle` seconds.

        Ctrl-C and SIGTERM raise KeyboardInterrupt; what is being saved then is saved whole.
        """
        from waitress import create_server, wasyncore

        from generator.web.app import create_app

        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        # That somebody waits a moment is no news.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        channels: dict[int, Any] = {}
        # Before any thread starts: in Python 3.11 two threads that call ast.parse at once get a
        # SystemError, and werkzeug calls it for each route.
        app = self.noting(create_app(self.state))
        server = create_server(app, map=channels, sockets=self.sockets, **WAITRESS_SETTINGS)
        listening = (one for one in channels.values() if hasattr(one, "channel_class"))
        watch_servers(listening, self.limits)
        try:
            while not self.stopped and not self.over:
                wasyncore.loop(timeout=1, use_poll=True, map=channels, count=1)
                self.limits.sweep()
        finally:
            server.task_dispatcher.shutdown()
            wasyncore.close_all(channels)
        return not self.over

    @property
    def over(self) -> bool:
        """Whether nobody asked for anything for too long."""
        return time.monotonic() - self.last > self.idle

    def stop(self) -> None:
        """Let `run` end, from another thread."""
        self.stopped = True

    def noting(self, app: Flask) -> Callable[..., Iterable[bytes]]:
        """Return the app with a note of when it was last asked."""

        def noted(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            self.last = time.monotonic()
            return app(environ, start)

        return noted


def prepare_server(
    root: Path, port: int = 0, lan: str = "", hours: float = LINK_HOURS, idle: float = IDLE_SECONDS
) -> ReviewServer:
    """Return a page over the campaign in `root`, open on this computer, and on `lan` if given."""
    with ExitStack() as opened:
        sockets = [
            opened.enter_context(bound_socket(OWN_COMPUTER, port) if port else usual_socket(root))
        ]
        port = sockets[0].getsockname()[1]
        sockets += [bound_socket(lan, port)] if lan else []
        opened.pop_all()  # both are there, so both stay open
    home, away = f"{OWN_COMPUTER}:{port}", f"{lan}:{port}" if lan else ""
    state = ServerState(root, LiveSnapshot(root), Visitors(hours), home, away)
    return ReviewServer(state, sockets, idle)


def usual_socket(root: Path) -> socket.socket:
    """Return a socket on the port of last time, or any free one.

    What somebody typed waits in their browser under the old address.
    """
    path = root / PORT_FILE
    with suppress(LeafletsError, ValueError, OverflowError):
        return bound_socket(OWN_COMPUTER, int(read_text(path, 100)))
    found = bound_socket(OWN_COMPUTER, 0)
    with suppress(LeafletsError):  # a folder that may only be read
        write_file(path, f"{found.getsockname()[1]}\n")
    return found


def bound_socket(address: str, port: int) -> socket.socket:
    """Return a socket on an address and port, any free one for 0; raise UsageError if taken."""
    found = socket.socket()
    if os.name == "posix":  # elsewhere this would let two programs share a port
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((address, port))
        found.listen(128)  # from here on a browser waits for its answer instead of being refused
    except OSError as error:
        found.close()
        what = f"cannot listen on {address}:{port}: {error.strerror}"
        hint = "leave --port and --address out, or name others, such as --port 8420"
        raise UsageError(Problem("port", what, hint=hint)) from None
    return found


def entry_link(state: ServerState, user: User, first: str = "/") -> str:
    """Return a new link to the screen `first`, for a reader at our address in the network."""
    host = state.home if user.role is UserRole.ORGANISER else state.away
    return f"http://{host}/start/{state.visitors.invite(user, first)}"


def private_address(text: str) -> str:
    """Return an address of one private network; raise UsageError for any other text.

    Above all for 0.0.0.0, which means all networks.
    """
    with suppress(ValueError):
        address = ipaddress.IPv4Address(text)
        if text != OWN_COMPUTER and any(address in network for network in PRIVATE_NETWORKS):
            return text
    hint = "give the address of this computer in the network of the readers, such as 192.168.1.20"
    raise UsageError(Problem("address", f"{text!r} is no address of a private network", hint=hint))


def lan_address() -> str:
    """Return this computer's address in its local network; raise LeafletsError without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        # An address for documentation, RFC 5737: the route is looked up, and nothing is sent.
        probe.connect(("192.0.2.1", 9))
        if not (address := str(probe.getsockname()[0])).startswith(("127.", "0.")):
            return private_address(address)
    hint = "join the Wi-Fi that the readers are in, or name this computer's address with --address"
    raise LeafletsError(Problem("no-network", "this computer is in no local network", hint=hint))
