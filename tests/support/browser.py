"""A real Chromium, and a real `leaflets review` in a process of its own, for the tests of the pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, LocatorAssertions, Page

ROOT = Path(__file__).resolve().parent.parent.parent
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP evil.example 127.0.0.1",
)
"""Chromium without its own talk to the network, and as it runs in a container; evil.example is this computer, as after DNS rebinding."""


def expect(part: Locator) -> LocatorAssertions:
    """Return what waits a while for a part of a page to be as said."""
    from playwright.sync_api import expect as waiting

    return waiting(part)


@dataclass
class Served:
    """A running page: its process, the folder it works on, and the ways in."""

    process: subprocess.Popen[str]
    root: Path
    start: str
    """The organiser's link; it works once."""
    links: dict[str, str] = field(default_factory=dict)
    """The readers' links by code."""

    @property
    def base(self) -> str:
        """The address without a path, such as http://127.0.0.1:40001."""
        found = re.match(r"http://[^/]+", self.start)
        assert found
        return found[0]

    def enter(self, page: Page, code: str = "") -> None:
        """Let a browser in, as the organiser or as the reader `code`; it ends on the first screen."""
        page.goto(self.links[code] if code else self.start)
        if code:
            page.get_by_role("button").click()
        page.wait_for_url(re.compile(r"http://[^/]+/$"))


@contextmanager
def serving(root: Path, *options: str, code: str = "r2", program: Path = ROOT) -> Iterator[Served]:
    """Run `leaflets review` of the checkout `program` over the campaign in `root` until the block ends.

    `--for CODE` in the options opens it to 127.0.0.2.
    """
    lan = ("--lan", "--address", "127.0.0.2") if "--for" in options else ()
    command = [sys.executable, "-m", "generator", "-C", str(root), "review", "--as", code, "--no-browser", *lan, *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=program, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    assert process.stdout
    try:
        found = Served(process, root, process.stdout.readline().strip())
        assert found.start.startswith("http"), "the page did not start"
        for _ in range(options.count("--for")):
            reader, link = process.stdout.readline().split()
            found.links[reader] = link
        yield found
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def served(campaign: Path) -> Iterator[Served]:
    """Give a running page over a fresh copy of the campaign, for the organiser r2 and the readers r17 and r18."""
    with serving(campaign, "--for", "r17", "--for", "r18") as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the system's Chromium without a window; each test opens a context of its own: `browser.new_context()`.

    Playwright runs once a process, so all tests share this one.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of a fresh browser context, whose scripts' errors fail the test."""
    context = browser.new_context()
    found = context.new_page()
    errors: list[str] = []
    found.on("pageerror", lambda error: errors.append(str(error)))
    yield found
    context.close()
    assert errors == []
