"""Serve the page on this computer, and on the local network if asked, until somebody stops it or nobody needs it."""

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
from generator.web.desk import ServerState
from generator.web.guard import UPLOAD_BYTES
from generator.web.limits import ConnectionLimits, watch_servers
from generator.web.visitors import LINK_HOURS, User, Visitors

if TYPE_CHECKING:
    from flask import Flask

OWN_COMPUTER = "127.0.0.1"
PRIVATE_NETWORKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "127.0.0.0/8",
)
"""Networks of a house or of this computer: RFC 1918, RFC 3927, RFC 1122."""
PORT_FILE = ".leaflets.port"
"""Where a campaign's folder keeps the port of last time; never in git."""
THREADS = 8
"""Requests answered at the same time; the others wait."""
WAITRESS_SETTINGS = {
    "threads": THREADS,
    "ident": "",
    "max_request_body_size": max(UPLOAD_BYTES.values())
    + 1,  # its own answer to longer ones is no page of ours
    "max_request_header_size": 16 * 1024,
    "channel_timeout": 60,
    "connection_limit": 500,
}
"""Of waitress; it believes no header of a proxy, and shows no traceback."""
IDLE_SECONDS = 8 * 3600.0
"""Seconds without a request after which the page ends."""


@dataclass
class ReviewServer:
    """A page that is ready to run: its desk, its sockets, and when somebody last asked for something."""

    desk: ServerState
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
        logging.getLogger("waitress").setLevel(
            logging.ERROR
        )  # that somebody waits a moment is no news
        lines: dict[int, Any] = {}
        server = create_server(
            self.noting(create_app(self.desk)), map=lines, sockets=self.sockets, **WAITRESS_SETTINGS
        )
        watch_servers(
            (line for line in lines.values() if hasattr(line, "channel_class")), self.limits
        )
        try:
            while not self.stopped and not self.over:
                wasyncore.loop(timeout=1, use_poll=True, map=lines, count=1)
                self.limits.sweep()
        finally:
            server.task_dispatcher.shutdown()
            wasyncore.close_all(lines)
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
    """Return a page over the campaign in `root`, its sockets open: on this computer, and on the address `lan` if given."""
    with ExitStack() as opened:
        sockets = [
            opened.enter_context(bound_socket(OWN_COMPUTER, port) if port else usual_socket(root))
        ]
        port = sockets[0].getsockname()[1]
        sockets += [bound_socket(lan, port)] if lan else []
        opened.pop_all()  # both are there, so both stay open
    away = f"{lan}:{port}" if lan else ""
    return ReviewServer(
        ServerState(root, LiveSnapshot(root), Visitors(hours), f"{OWN_COMPUTER}:{port}", away),
        sockets,
        idle,
    )


def usual_socket(root: Path) -> socket.socket:
    """Return a socket on the port of last time, or any free one: what somebody typed waits in their browser under the old address."""
    path = root / PORT_FILE
    with suppress(LeafletsError, ValueError, OverflowError):
        return bound_socket(OWN_COMPUTER, int(read_text(path, 100)))
    found = bound_socket(OWN_COMPUTER, 0)
    with suppress(LeafletsError):  # a folder that may only be read
        write_file(path, f"{found.getsockname()[1]}\n")
    return found


def bound_socket(address: str, port: int) -> socket.socket:
    """Return a socket on an address and port, any free port for 0; raise UsageError if somebody else has it."""
    found = socket.socket()
    if os.name == "posix":  # elsewhere this would let two programs share a port
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((address, port))
        found.listen(128)  # from here on a browser waits for its answer instead of being refused
    except OSError as error:
        found.close()
        hint = "leave --port and --address out, or name others, such as --port 8420"
        raise UsageError(
            Problem("port", f"cannot listen on {address}:{port}: {error.strerror}", hint=hint)
        ) from None
    return found


def entry_link(desk: ServerState, person: User, first: str = "/") -> str:
    """Return a new link to the screen `first`: the organiser's leads to this computer, a reader's to its address in the network."""
    return f"http://{desk.home if person.role == 'organiser' else desk.away}/start/{desk.visitors.invite(person, first)}"


def private_address(text: str) -> str:
    """Return an address of a private network as it was typed; raise UsageError for any other, above all for one that means all networks."""
    with suppress(ValueError):
        address = ipaddress.IPv4Address(text)
        if (
            any(address in ipaddress.IPv4Network(network) for network in PRIVATE_NETWORKS)
            and text != OWN_COMPUTER
        ):
            return text
    hint = "give the address of this computer in the network of the readers, such as 192.168.1.20"
    raise UsageError(Problem("address", f"{text!r} is no address of a private network", hint=hint))


def lan_address() -> str:
    """Return this computer's address in its local network; nothing is sent for it. Raises LeafletsError without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(
            ("192.0.2.1", 9)
        )  # a documentation address, RFC 5737: only the route is looked up
        if not (address := str(probe.getsockname()[0])).startswith(("127.", "0.")):
            return private_address(address)
    hint = "join the Wi-Fi that the readers are in, or name this computer's address with --address"
    raise LeafletsError(Problem("no-network", "this computer is in no local network", hint=hint))
