"""One phone that holds connections open shuts nobody out: real sockets from several addresses of this computer."""

from __future__ import annotations

import http.client
import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from generator.review.live_snapshot import LiveSnapshot
from generator.web.limits import ConnectionLimits
from generator.web.serve import OWN_COMPUTER, ReviewServer, bound_socket
from generator.web.server_state import ServerState
from generator.web.visitors import Visitors

ROOT = Path(__file__).resolve().parent.parent.parent
MANY = 520
WAIT = 10.0
"""Seconds within which somebody else gets a page while one address does its worst."""
PHONE, OTHER = "127.0.0.2", "127.0.0.3"
HALF = b"GET /static/page.css HTTP/1.1\r\nHost: "
BODY = b"POST /people HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\ncode="
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8")


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[int, ReviewServer]]]:
    """Give a function that opens a page with some limits, and returns its port."""
    with ExitStack() as stack:

        def open_page(limits: ConnectionLimits) -> tuple[int, ReviewServer]:
            line = bound_socket(OWN_COMPUTER, 0)
            port = line.getsockname()[1]
            server = ReviewServer(ServerState(ROOT, LiveSnapshot(ROOT), Visitors(), f"{OWN_COMPUTER}:{port}"), [line], limits=limits)
            thread = threading.Thread(target=server.run)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.stop)
            return port, server

        yield open_page


@pytest.fixture
def dial() -> Iterator[Callable[..., socket.socket]]:
    """Give a function that opens a connection from an address and sends something."""
    with ExitStack() as opened:

        def one(port: int, address: str, data: bytes = b"") -> socket.socket:
            line = opened.enter_context(socket.create_connection((OWN_COMPUTER, port), timeout=WAIT, source_address=(address, 0)))
            line.sendall(data)
            return line

        yield one


def asked(port: int) -> bytes:
    """Return a request for the first page, which answers everybody: 401 without a link."""
    return f"GET / HTTP/1.1\r\nHost: {OWN_COMPUTER}:{port}\r\n\r\n".encode()


def answer(line: socket.socket) -> bytes:
    """Return the first line of what comes back; nothing where the connection was closed."""
    try:
        return line.recv(64).partition(b"\r\n")[0]
    except ConnectionResetError:
        return b""


def is_open(line: socket.socket) -> bool:
    """Tell whether the other end still holds a connection."""
    line.setblocking(False)
    try:
        while line.recv(65536):
            pass
        return False
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False


@pytest.mark.parametrize("data", [b"", HALF, BODY, None], ids=["silent", "half a head", "slow body", "kept alive"])
def test_one_phone_with_520_connections_shuts_nobody_out(
    serve: Callable[..., tuple[int, ReviewServer]], dial: Callable[..., socket.socket], caplog: pytest.LogCaptureFixture, data: bytes | None
) -> None:
    port, server = serve(ConnectionLimits())
    phone = [dial(port, PHONE, asked(port) if data is None else data) for _ in range(MANY)]

    with caplog.at_level(logging.WARNING):
        assert answer(dial(port, OTHER, asked(port))) == b"HTTP/1.1 401 UNAUTHORIZED"
        assert answer(dial(port, OWN_COMPUTER, asked(port))) == b"HTTP/1.1 401 UNAUTHORIZED"
        assert answer(dial(port, PHONE, asked(port))) == b"HTTP/1.1 401 UNAUTHORIZED"

    assert sum(map(is_open, phone)) <= server.limits.each


def test_many_addresses_share_the_room(serve: Callable[..., tuple[int, ReviewServer]], dial: Callable[..., socket.socket]) -> None:
    """Where all room is taken, the address with the most connections loses one, so the organiser gets in."""
    port, server = serve(ConnectionLimits(each=20, all=30))
    for place in range(10, 14):
        for _ in range(20):
            dial(port, f"127.0.0.{place}", HALF)

    assert answer(dial(port, OWN_COMPUTER, asked(port))) == b"HTTP/1.1 401 UNAUTHORIZED"
    assert len(server.limits.since) <= server.limits.all


@pytest.mark.parametrize("data", [b"", HALF, BODY], ids=["silent", "half a head", "slow body"])
def test_what_trickles_in_is_ended_with_a_word(
    serve: Callable[..., tuple[int, ReviewServer]], dial: Callable[..., socket.socket], data: bytes
) -> None:
    """A byte now and then does not keep a connection: the whole request has a time."""
    port, _ = serve(ConnectionLimits(slow=0.005))
    line = dial(port, PHONE, data)

    said = b""
    line.settimeout(0.2)
    for _ in range(50):  # ten seconds
        with suppress(TimeoutError):
            said = answer(line)
            break
        line.send(b"x")

    assert said == b"HTTP/1.1 408 Request Timeout"


def test_a_browser_that_reads_is_left_alone(serve: Callable[..., tuple[int, ReviewServer]]) -> None:
    """Between two requests nothing is owed: the connection answers again after the time for one request is long over."""
    port, _ = serve(ConnectionLimits(slow=0.05))
    browser = http.client.HTTPConnection(OWN_COMPUTER, port, timeout=WAIT, source_address=(OTHER, 0))
    browser.connect()
    line, seen = browser.sock, []
    for _ in range(3):
        browser.request("GET", "/")
        with browser.getresponse() as got:
            got.read()
        seen.append((got.status, browser.sock is line))
        threading.Event().wait(1.5)
    browser.close()

    assert seen == [(401, True)] * 3


def test_the_terminal_names_the_address_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    limits = ConnectionLimits()
    for _ in range(3):
        limits.name(PHONE, "holds too many connections")

    assert [record.getMessage() for record in caplog.records] == [f"{PHONE} holds too many connections"]
