"""`leaflets review`: what it refuses and with which words, how it ends, and what it never writes down."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from generator.web.app import create_app
from generator.web.serve import prepare_server
from generator.web.visitors import User, UserRole
from tests.support.browser import ROOT, serving

Run = Callable[..., tuple[int, str, str]]
REFUSED = {
    "nobody": ((), "who are you?"),
    "a name": (("--as", "Anna Smith"), "no reader's code"),
    "a machine": (("--as", "language-model"), "is a machine in this campaign"),
    "a reader without the network": (("--as", "r2", "--for", "r17"), "leaflets review --lan --for r17"),
    "an address without the network": (("--as", "r2", "--address", "192.168.1.20"), "leaflets review --lan"),
    "the network without a reader": (("--as", "r2", "--lan"), "Say who reads"),
    "a machine as reader": (("--as", "r2", "--lan", "--address", "127.0.0.2", "--for", "language-model"), "is a machine"),
    "all networks": (("--as", "r2", "--lan", "--address", "0.0.0.0", "--for", "r17"), "no address of a private network"),  # noqa: S104
    "the internet": (("--as", "r2", "--lan", "--address", "8.8.8.8", "--for", "r17"), "no address of a private network"),
    "not this computer": (("--as", "r2", "--lan", "--address", "192.168.213.77", "--for", "r17"), "cannot listen on 192.168.213.77"),
    "a port of the system": (("--as", "r2", "--port", "80"), "1024"),
    "no time": (("--as", "r2", "--hours", "0"), "0"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_refused_before_anything_is_opened(case: tuple[tuple[str, ...], str], campaign: Path, leaflets_command: Run) -> None:
    options, words = case
    code, out, err = leaflets_command("review", *options, "--no-browser", cwd=campaign)
    assert (code, out) == (2, "")
    assert words in err


def test_a_taken_port_is_named(campaign: Path, leaflets_command: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, _, err = leaflets_command("review", "--as", "r2", "--port", str(port), "--no-browser", cwd=campaign)
    assert code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in err
    assert "--port 8420" in err


def test_outside_a_campaign_it_says_where_to_go(tmp_path: Path, leaflets_command: Run) -> None:
    code, _, err = leaflets_command("review", "--as", "r2", "--no-browser", cwd=tmp_path)
    assert code == 2
    assert "leaflets new my-campaign" in err


def test_ctrl_c_ends_it_in_words(campaign: Path) -> None:
    """In the campaign's own folder, as people start it; the link is the only result, the rest are messages."""
    command = [sys.executable, "-m", "generator", "review", "--as", "r2", "--no-browser", "--lan", "--address", "127.0.0.2", "--for", "R17"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=-1, stderr=-1, text=True, cwd=campaign, env=environment) as process:
        assert process.stdout
        assert process.stderr
        links = [process.stdout.readline() for _ in range(2)]
        while "Ctrl-C ends it" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert links[0].startswith("http://127.0.0.1:")
    assert links[1].startswith("r17  http://127.0.0.2:")
    assert (process.returncode, out) == (0, "")
    assert err == "The page is closed; everything that was signed is kept.\nNext: leaflets status\n"


def test_the_network_is_asked_for_and_explained(campaign: Path) -> None:
    """Without --lan nothing but this computer's own address answers; with it the warning says who can see what."""
    with serving(campaign) as served:
        port = int(served.base.rpartition(":")[2])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", port), timeout=5)
    with serving(campaign, "--for", "r17") as served:
        assert served.links["r17"].startswith("http://127.0.0.2:")


def test_it_ends_by_itself_when_nobody_needs_it(campaign: Path) -> None:
    server = prepare_server(campaign, idle=0.2)
    found: list[bool] = []
    thread = Thread(target=lambda: found.append(server.run()))
    thread.start()
    thread.join(20)
    assert found == [False]


def test_an_error_is_logged_without_what_it_says(campaign: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The words of an error may be a private number of a place; the lines of the program are enough to find it."""
    server = prepare_server(campaign)
    app = create_app(server.state)
    app.add_url_rule("/oh", view_func=lambda: {}["07700 900123"])
    client, base = app.test_client(), f"http://{server.state.home}"
    client.get(f"/start/{server.state.visitors.invite(User('r2', UserRole.ORGANISER))}", base_url=base)
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/oh", base_url=base)
    for one in server.sockets:
        one.close()
    assert answer.status_code == 500
    assert "What was signed before is kept" in answer.text
    assert "KeyError in the review page" in caplog.text
    assert "test_command.py" in caplog.text
    assert "900123" not in answer.text
    assert "900123" not in caplog.text.replace('{}["07700 900123"]', "")
