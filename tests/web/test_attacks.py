"""What other pages, other computers and other people try with the review page, in a real Chromium."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.tools
MAKE = """<form method="post" action="{base}/people"><input name="code" value="r99"></form><script>document.forms[0].submit()</script>"""
"""A page that makes the organiser's browser ask for a link for a stranger, without a click."""


@dataclass
class Evil:
    """Another web site, on this computer: it shows one page and remembers what browsers send it."""

    port: int
    page: str = ""
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    """Path, Referer and Cookie of each request."""

    @property
    def near(self) -> str:
        """Its address on our own host with another port: the same site for a browser, another origin."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def far(self) -> str:
        """Its address under a name of its own, which the browser finds on this computer."""
        return f"http://evil.example:{self.port}/"


@pytest.fixture
def evil() -> Iterator[Evil]:
    """Give a running evil site."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.seen.append((self.path, self.headers.get("Referer", ""), self.headers.get("Cookie", "")))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(found.page.encode())

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Evil(server.server_address[1])
    Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def organiser(browser: Browser, served: Served) -> Iterator[Page]:
    """Give a page of a browser in which the organiser is in."""
    context = browser.new_context()
    page = context.new_page()
    served.enter(page)
    yield page
    context.close()


def made(organiser: Page, served: Served) -> bool:
    """Tell whether there is a link for the stranger."""
    organiser.goto(served.base + "/people")
    assert "r17" in organiser.inner_text("main")
    return "r99" in organiser.inner_text("main")


def test_a_link_lets_its_browser_in_and_nobody_else(served: Served, page: Page) -> None:
    """Without a link the page is closed; with it the browser is in, and the link is used up."""
    assert page.goto(served.base + "/").status == 401

    served.enter(page)
    assert "r2" in page.locator(".who").inner_text()
    assert page.evaluate("document.cookie") == ""

    other = page.context.browser.new_context()
    assert other.new_page().goto(served.start).status == 401
    other.close()


def test_a_stolen_readers_link_is_of_no_use_once_it_was_used(served: Served, page: Page) -> None:
    """Looking at it does not use it up, the button does; the second browser is told what to do."""
    thief = page.context.browser.new_context().new_page()
    assert thief.goto(served.links["r17"]).status == 200

    served.enter(page, "r17")
    thief.get_by_role("button").click()

    assert "ask the person who started the page" in thief.inner_text("main").lower()
    assert thief.goto(served.links["r17"]).status == 401
    assert page.goto(served.links["r18"].partition("/start")[0] + "/").status == 200
    assert "r17" in page.locator(".who").inner_text()
    thief.context.close()


def test_an_expired_link_and_an_expired_browser(campaign: Path, page: Page) -> None:
    """Both end with the readers' hours; the organiser stays in."""
    with serving(campaign, "--hours", "0.0015", "--for", "r17", "--for", "r18") as served:
        served.enter(page, "r17")
        organiser = page.context.browser.new_context().new_page()
        served.enter(organiser)
        time.sleep(6)

        assert page.reload().status == 401
        assert page.goto(served.links["r18"]).status == 401
        assert organiser.reload().status == 200
        organiser.context.close()


def test_a_reader_on_the_organisers_screens(served: Served, page: Page) -> None:
    """Refused, in words; and the network's address is not the organiser's."""
    served.enter(page, "r17")
    away = served.links["r17"].partition("/start")[0]

    assert page.goto(away + "/people").status == 403
    assert "for the organiser" in page.inner_text("main")
    assert page.goto(served.start.replace(served.base, away)).status == 403
    assert page.goto(served.start).status == 200


def test_a_name_that_is_bound_to_this_computer(organiser: Page, served: Served) -> None:
    """DNS rebinding: the page does not answer to another site's name, and tells it nothing."""
    rebound = served.base.replace("127.0.0.1", "evil.example")

    for path in ("/", "/people", "/static/base.css"):
        assert organiser.goto(rebound + path).status == 421
        assert "r17" not in organiser.content()
    found = organiser.evaluate("async () => { const answer = await fetch('/people'); return [answer.status, await answer.text()] }")
    assert found[0] == 421
    assert "r17" not in found[1]


@pytest.mark.parametrize("place", ["near", "far"])
def test_a_form_of_another_site(place: str, organiser: Page, served: Served, evil: Evil) -> None:
    """From another port of this computer the browser sends the cookie along; it is refused all the same."""
    evil.page = MAKE.format(base=served.base)

    with organiser.expect_response(served.base + "/people") as answer:
        organiser.goto(getattr(evil, place), wait_until="commit")

    assert answer.value.status in (401, 403)
    organiser.wait_for_url(served.base + "/people")
    assert not made(organiser, served)


@pytest.mark.parametrize("place", ["near", "far"])
def test_a_script_of_another_site(place: str, organiser: Page, served: Served, evil: Evil) -> None:
    """It can neither read nor write, nor show our pictures, nor keep hold of a window it opened."""
    evil.page = "<p>evil</p>"
    organiser.goto(getattr(evil, place))
    base = served.base

    read = "async address => { try { return await (await fetch(address, {credentials: 'include'})).text() } catch { return 'refused' } }"
    assert organiser.evaluate(read, base + "/people") == "refused"
    write = """async address => { try { await fetch(address, {method: 'POST', mode: 'no-cors', credentials: 'include',
        headers: {'Content-Type': 'application/x-www-form-urlencoded'}, body: 'code=r99'}) } catch {} }"""
    organiser.evaluate(write, base + "/people")
    picture = "address => new Promise(done => { const picture = new Image(); picture.onload = () => done('shown');"
    picture += " picture.onerror = () => done('refused'); picture.src = address })"
    assert organiser.evaluate(picture, base + "/static/icon.svg") == "refused"
    with organiser.context.expect_page() as opened:
        organiser.evaluate("address => { window.other = window.open(address) }", base + "/people")
    opened.value.wait_for_load_state()
    assert organiser.evaluate("window.other.closed") is True

    assert not made(organiser, served)


@pytest.mark.parametrize("place", ["near", "far"])
def test_framing(place: str, organiser: Page, served: Served, evil: Evil) -> None:
    """A page of ours inside another site's stays empty: nobody is made to click on what they do not see."""
    evil.page = f'<iframe src="{served.base}/people" width="600" height="400"></iframe>'

    organiser.goto(getattr(evil, place))
    organiser.wait_for_timeout(500)

    inside = organiser.frames[1]
    assert inside.evaluate("location.href") == "chrome-error://chromewebdata/"
    assert "r17" not in inside.content()


def test_nothing_is_told_to_other_sites(organiser: Page, served: Served, evil: Evil) -> None:
    """A link that leads away carries neither our address nor a cookie."""
    organiser.goto(served.base + "/people")
    organiser.evaluate("address => { document.querySelector('header a').href = address }", evil.far)
    organiser.locator("header a").first.click()
    organiser.wait_for_url(evil.far)

    assert [row for row in evil.seen if row[0] == "/"] == [("/", "", "")]


def test_markup_that_got_in_would_not_run(organiser: Page, served: Served, evil: Evil) -> None:
    """The policy stops inline scripts and styles, handlers, foreign scripts, pictures, forms and a base address."""
    organiser.goto(served.base + "/people")
    before = len(evil.seen)

    organiser.evaluate(
        """address => {
            const put = (name, settings, text) => {
                const made = document.createElement(name)
                for (const key in settings) made.setAttribute(key, settings[key])
                made.textContent = text || ''
                document.body.append(made)
                return made
            }
            put('script', {}, 'window.ran = 1')
            put('script', {src: address + 'script.js'})
            put('img', {src: address + 'picture.png', onerror: 'window.ran = 2'})
            put('style', {}, 'body { color: rgb(1, 2, 3) }')
            put('base', {href: address})
            put('iframe', {src: address + 'frame'})
            put('form', {action: address + 'form'}).submit()
            put('a', {href: 'javascript:window.ran = 3'}, 'x').click()
        }""",
        evil.far,
    )
    organiser.wait_for_timeout(500)

    assert organiser.evaluate("window.ran") is None
    assert organiser.evaluate("getComputedStyle(document.body).color") != "rgb(1, 2, 3)"
    assert organiser.evaluate("document.baseURI").startswith(served.base)
    assert evil.seen[before:] == []


def test_paths_and_bodies_from_a_page_of_ours(organiser: Page, served: Served) -> None:
    """Even with a cookie and from our own origin."""
    organiser.goto(served.base + "/people")
    ask = "async ([path, settings]) => { try { return (await fetch(path, settings)).status } catch { return 0 } }"
    post = {"method": "POST", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}

    tricks = ["/static/..%2fwords.yaml", "/static/%2e%2e%5cwords.yaml", "/static/%252e%252e/words.yaml", "/static/..%5cwords.yaml"]
    assert {organiser.evaluate(ask, [path, {}]) for path in tricks} == {400}
    for length in (70_000, 8_000_000):
        assert organiser.evaluate(ask, ["/people", post | {"body": "code=" + "x" * length}]) in (413, 0)
    assert organiser.evaluate(ask, ["/people", {"method": "DELETE"}]) == 405
    assert organiser.evaluate(ask, ["/people", post | {"body": "you=r2&code=r55"}]) == 200


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_page_ends_in_order(how: int, served: Served, page: Page) -> None:
    """Ctrl-C is how it is meant to end: exit code 0."""
    served.enter(page)

    served.process.send_signal(how)

    assert served.process.wait(20) == 0


def test_the_same_address_after_a_restart(campaign: Path) -> None:
    """What somebody typed waits in the browser under the old address."""
    with serving(campaign) as first:
        base = first.base
    with serving(campaign) as second:
        assert second.base == base
        assert second.start != first.start
        with serving(campaign) as third:  # the port is taken: another one, and no failure
            assert third.base != base
    assert re.fullmatch(r"\d+\n", (campaign / ".leaflets.port").read_text())
