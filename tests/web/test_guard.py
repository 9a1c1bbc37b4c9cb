"""Who may do what on the review page: every rule by itself, then through the real server."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.web import guard
from generator.web.app import create_app
from generator.web.guard import RequestHead, refusal_status
from generator.web.serve import ReviewServer, entry_link, prepare_server, private_address
from generator.web.visitors import GUESS_LIMIT, User, UserRole, Visitors

if TYPE_CHECKING:
    from flask import Flask

HOST, AWAY = "127.0.0.1:8420", "127.0.0.2:8420"
READ = RequestHead("GET", HOST, "/")
WRITE = RequestHead("POST", HOST, "/start", origin=f"http://{HOST}", site="same-origin")
REFUSED = {
    "rebound name": (replace(READ, host="evil.example:8420"), 421),
    "another port": (replace(READ, host="127.0.0.1:8421"), 421),
    "no port": (replace(READ, host="127.0.0.1"), 421),
    "another name of this computer": (replace(READ, host="localhost:8420"), 421),
    "no host": (replace(READ, host=""), 421),
    "two hosts": (replace(READ, host=f"{HOST}, {HOST}"), 421),
    "a host in capitals and dots": (replace(READ, host="127.0.0.1.:8420"), 421),
    "a write from another site": (replace(WRITE, origin="http://evil.example", site="cross-site"), 403),
    "a write that hides its origin": (replace(WRITE, origin="null"), 403),
    "a write without an origin": (replace(WRITE, origin=""), 403),
    "a write from another port": (replace(WRITE, origin="http://127.0.0.1:8421", site="same-site"), 403),
    "a write from https": (replace(WRITE, origin=f"https://{HOST}"), 403),
    "a write with the right origin and the wrong site": (replace(WRITE, site="same-site"), 403),
    "a write with the right origin that nobody clicked": (replace(WRITE, site="none"), 403),
    "a write from the other address of the page": (replace(WRITE, origin=f"http://{AWAY}"), 403),
    "a longer origin": (replace(WRITE, origin=f"http://{HOST}.evil.example"), 403),
    "PUT": (replace(WRITE, method="PUT"), 405),
    "DELETE": (replace(WRITE, method="DELETE"), 405),
    "PATCH": (replace(WRITE, method="PATCH"), 405),
    "OPTIONS": (replace(READ, method="OPTIONS"), 405),
    "TRACE": (replace(READ, method="TRACE"), 405),
    "small letters": (replace(READ, method="get"), 405),
    "dots": (replace(READ, path="/static/../words.yaml"), 400),
    "dots at the end": (replace(READ, path="/static/.."), 400),
    "one dot": (replace(READ, path="/./people"), 400),
    "two slashes": (replace(READ, path="//evil.example"), 400),
    "a backslash": (replace(READ, path="/static/..\\words.yaml"), 400),
    "encoded twice": (replace(READ, path="/static/%2e%2e/words.yaml"), 400),
    "an encoded slash": (replace(READ, path="/static/..%2Fwords.yaml"), 400),
    "a NUL": (replace(READ, path="/static/base.css\0.png"), 400),
    "a line end": (replace(READ, path="/start/x\r\nSet-Cookie: a=b"), 400),
}
TAKEN = {
    "a read": READ,
    "HEAD": replace(READ, method="HEAD"),
    "a link that was clicked in a chat": replace(READ, path="/start/abc", site="cross-site"),
    "a write": WRITE,
    "a write by an old browser": replace(WRITE, site=""),
    "a write in the network": replace(WRITE, host=AWAY, origin=f"http://{AWAY}"),
    "a dot in a name": replace(READ, path="/static/base.css"),
    "a sentence's name": replace(READ, path="/ar/not-alone/steps.inside"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_refused(case: tuple[RequestHead, int]) -> None:
    asked, status = case
    assert refusal_status(asked, (HOST, AWAY)) == status


@pytest.mark.parametrize("asked", TAKEN.values(), ids=TAKEN.keys())
def test_taken(asked: RequestHead) -> None:
    assert refusal_status(asked, (HOST, AWAY)) == 0


NOWHERE = "0.0.0.0 8.8.8.8 127.0.0.1 example.org :: 255.255.255.255 192.168.1.300 224.0.0.1 192.0.2.1"


@pytest.mark.parametrize("text", NOWHERE.split())
def test_no_address_that_is_more_than_one_private_network(text: str) -> None:
    with pytest.raises(Exception, match="no address of a private network"):
        private_address(text)


def test_addresses_of_private_networks() -> None:
    assert [private_address(text) for text in ("192.168.1.20", "10.0.0.5", "127.0.0.2")] == ["192.168.1.20", "10.0.0.5", "127.0.0.2"]


@dataclass
class Clock:
    """A clock that a test turns."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now


@pytest.fixture
def visitors() -> Visitors:
    return Visitors(clock=Clock())


OWN = "you=r2&at=0&"
"""What every form of the organiser's carries."""
R17, R18, R2 = User("r17", UserRole.READER), User("r18", UserRole.READER), User("r2", UserRole.ORGANISER)


def test_a_link_lets_one_browser_in(visitors: Visitors) -> None:
    token = visitors.invite(R17)

    first, second = visitors.admit(token), visitors.admit(token)

    assert visitors.user(first) == R17
    assert second == ""


def test_nothing_but_a_cookie_lets_in(visitors: Visitors) -> None:
    token = visitors.invite(R17)
    cookie = visitors.admit(token)

    assert [visitors.user(text) for text in ("", token, cookie[:-1], cookie + "a", cookie.upper(), "é")] == [None] * 6
    assert [visitors.admit(text) for text in ("", cookie, token[:-1], "é")] == [""] * 4


def test_tokens_are_long_and_differ(visitors: Visitors) -> None:
    """192 bits each."""
    tokens = [visitors.invite(R2) for _ in range(50)]
    cookies = [visitors.admit(token) for token in tokens]

    assert len({*tokens, *cookies}) == 100
    assert {len(text) for text in (*tokens, *cookies)} == {32}


def test_two_new_links_at_once_leave_one_way_in(visitors: Visitors) -> None:
    """Whoever presses twice makes two links; the second begins wherever the first lets others work."""
    held, more = threading.Lock(), [R17]

    class Door:
        def __enter__(self) -> None:
            held.acquire()

        def __exit__(self, *_: object) -> None:
            held.release()
            if more:
                visitors.invite(more.pop())

    visitors.lock = Door()  # type: ignore[assignment]
    visitors.invite(R17)

    assert len(visitors.links) == 1


def test_a_readers_time_ends_and_the_organisers_does_not(visitors: Visitors) -> None:
    used, unused, own = visitors.invite(R17), visitors.invite(R18), visitors.invite(R2)
    cookie, mine = visitors.admit(used), visitors.admit(own)
    visitors.clock.now += 4 * 3600 - 1
    assert visitors.user(cookie) == R17

    visitors.clock.now += 1

    assert visitors.user(cookie) is None
    assert visitors.admit(unused) == ""
    assert visitors.user(mine) == R2


def test_a_new_link_ends_the_readers_old_one(visitors: Visitors) -> None:
    """A lost phone is out; other readers stay."""
    old, other = visitors.admit(visitors.invite(R17)), visitors.admit(visitors.invite(R18))

    new = visitors.admit(visitors.invite(R17))

    assert [visitors.user(cookie) for cookie in (old, other, new)] == [None, R18, R17]


def test_guessing_is_slowed_down_for_whoever_guesses(visitors: Visitors) -> None:
    for _ in range(GUESS_LIMIT):
        assert not visitors.blocked("192.168.1.66")
        visitors.guessed("192.168.1.66")

    assert visitors.blocked("192.168.1.66")
    assert not visitors.blocked("192.168.1.7")
    visitors.clock.now += 61
    assert not visitors.blocked("192.168.1.66")


def test_many_guessing_addresses_do_not_fill_the_memory(visitors: Visitors) -> None:
    for number in range(1500):
        visitors.guessed(f"10.0.{number // 256}.{number % 256}")

    assert len(visitors.guesses) <= 1000


def test_two_browsers_with_one_link_at_the_same_moment(visitors: Visitors) -> None:
    """One of 16 threads gets in."""
    token, found = visitors.invite(R17), []
    threads = [threading.Thread(target=lambda: found.append(visitors.admit(token))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found)[:15] == [""] * 15
    assert visitors.user(max(found)) == R17


@dataclass
class Site:
    """A page that really runs, in a thread of the test."""

    server: ReviewServer
    app: Flask

    def send(self, text: str, address: str = "127.0.0.1") -> bytes:
        """Send bytes as they are, and return all that comes back."""
        port = int(self.server.state.home.rpartition(":")[2])
        with socket.create_connection((address, port), timeout=20) as line:
            with suppress(OSError):  # the server may have refused before it read everything
                line.sendall(text.replace("\n", "\r\n").encode("latin-1"))
                line.shutdown(socket.SHUT_WR)
            parts = []
            with suppress(ConnectionResetError):
                while part := line.recv(65536):
                    parts.append(part)
            return b"".join(parts)

    def ask(self, path: str, method: str = "GET", host: str = "", body: str = "", address: str = "127.0.0.1", **headers: str) -> Answer:
        """Send one request with the right headers unless told otherwise, and return the answer; `name=""` leaves a header out."""
        host = host or self.server.state.home
        sent = {"Host": host, "Origin": f"http://{host}" if method == "POST" else "", "Connection": "close"}
        sent |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))} if body else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\n" for name, value in sent.items() if value)
        return Answer(self.send(f"{method} {path} HTTP/1.1\n{lines}\n{body}", address))

    def cookie(self, person: User) -> str:
        """Return a cookie of somebody who came in."""
        desk = self.server.state
        return f"{desk.cookie}={desk.visitors.admit(desk.visitors.invite(person))}"


@dataclass
class Answer:
    """What came back."""

    raw: bytes

    @property
    def status(self) -> int:
        """The HTTP status, 0 if the line was cut."""
        return int(self.raw.split(b" ", 2)[1]) if self.raw else 0

    @property
    def headers(self) -> dict[str, str]:
        """The headers by name in small letters."""
        lines = self.raw.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

    @property
    def text(self) -> str:
        """The page."""
        return self.raw.partition(b"\r\n\r\n")[2].decode()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a running page on 127.0.0.1, and on 127.0.0.2 as if that were the network; nothing in its folder may change."""
    from tests.conftest import copy_campaign

    root = copy_campaign(tmp_path_factory.mktemp("guard") / "campaign")
    server = prepare_server(root, lan="127.0.0.2")
    found = Site(server, create_app(server.state))
    before = fingerprint(root)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    # Until it answers: Python 3.11 dies with a SystemError where two threads parse source at once, as werkzeug and pytest do.
    found.ask("/")
    yield found
    server.stop()
    thread.join(20)
    assert fingerprint(root) == before


def fingerprint(root: Path) -> dict[str, str]:
    """Return what stands in the files that people edit and sign."""
    files = (path for name in ("leaflets", "locales", "sites", "templates") for path in (root / name).rglob("*") if path.is_file())
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files if path.name != ".leaflets.lock"}


def test_nobody_is_in_without_a_cookie(site: Site) -> None:
    answer = site.ask("/")
    assert answer.status == 401
    assert "Open the link you were given" in answer.text


def test_the_organisers_link(site: Site) -> None:
    """It leads in at once, with a cookie that no script and no other site can use, and works once."""
    path = entry_link(site.server.state, R2).partition(site.server.state.home)[2]

    answer = site.ask(path)

    assert (answer.status, answer.headers["location"]) == (303, "/")
    port = site.server.state.home.rpartition(":")[2]
    assert re.fullmatch(rf"leaflets-{port}=[\w-]{{32}}; HttpOnly; Path=/; SameSite=Strict", answer.headers["set-cookie"])
    assert site.ask("/", Cookie=answer.headers["set-cookie"].partition(";")[0]).status == 200
    assert site.ask(path).status == 401


def test_the_organisers_link_and_cookie_work_at_this_computers_own_address_only(site: Site) -> None:
    away = site.server.state.away
    path = entry_link(site.server.state, R2).partition(site.server.state.home)[2]

    assert site.ask(path, host=away, address="127.0.0.2").status == 403
    assert site.ask("/", host=away, address="127.0.0.2", Cookie=site.cookie(R2)).status == 401


def test_a_preview_of_a_readers_link_does_not_use_it_up(site: Site) -> None:
    """Messengers fetch links; only the button uses one up."""
    desk = site.server.state
    token = entry_link(desk, R17).rpartition("/")[2]
    for _ in range(3):
        shown = site.ask(f"/start/{token}", host=desk.away, address="127.0.0.2")
        assert shown.status == 200
        assert "r17" in shown.text

    answer = site.ask("/start", "POST", host=desk.away, address="127.0.0.2", body=f"token={token}")

    assert answer.status == 303
    assert site.ask("/start", "POST", host=desk.away, address="127.0.0.2", body=f"token={token}").status == 401


VALUES = {
    "language": "ar",
    "leaflet": "not-alone",
    "domain": "not-alone",
    "sheet": "a5",
    "msgctxt": "title",
    "edition": "not-alone_ar_a5",
    "site": "example",
    "code": "ar",
    "number": "1",
}
"""What stands in an address for each of its parts; for others a word that is nothing."""
OPEN = ("static", "start.show", "start.enter")
READERS = (
    *("languages.", "leaflets.", "leaflet.", "done.", "sentence.", "checking."),
    *("typefaces.", "enter.", "picture.", "layout.", "recording."),
)
"""Screens for readers, by their blueprint; every other one is the organiser's, also one that is written tomorrow."""


def addresses(site: Site, method: str) -> Iterator[tuple[str, str]]:
    """Yield endpoint and address of everything that answers to a method, but the way in."""
    for rule in site.app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint not in OPEN:
            yield rule.endpoint, re.sub(r"<(?:\w+:)?(\w+)>", lambda match: VALUES.get(match[1], "nothing"), rule.rule)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_answers_without_a_cookie(site: Site, method: str) -> None:
    """Every address there is."""
    found = {path: site.ask(path, method).status for _, path in addresses(site, method)}
    assert len(found) > 3
    assert set(found.values()) == {401}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_reader_is_kept_out_of_the_organisers_screens(site: Site, method: str) -> None:
    """Every address that is not known to be for readers."""
    cookie = site.cookie(R17)
    theirs = [path for endpoint, path in addresses(site, method) if not endpoint.startswith(READERS)]
    body = "you=r17&at=0" if method == "POST" else ""
    found = {path: site.ask(path, method, Cookie=cookie, body=body) for path in theirs}
    assert "/people" in found
    assert {path: answer.status for path, answer in found.items()} == dict.fromkeys(found, 403)
    assert all("for the organiser" in answer.text for answer in found.values())


def test_a_reader_cannot_find_out_which_places_there_are(site: Site) -> None:
    """A place that exists and one that does not are refused alike."""
    answers = [site.ask(f"/desk/sites/{name}", Cookie=site.cookie(R17)) for name in ("example", "nowhere")]
    assert [answer.status for answer in answers] == [403, 403]
    assert answers[0].text == answers[1].text


ORIGINS = {
    "ours": ("http://{home}", 303),
    "none": ("", 403),
    "null": ("null", 403),
    "other port": ("http://127.0.0.1:1", 403),
    "https": ("https://{home}", 403),
    "other name": ("http://localhost", 403),
    "in capitals": ("HTTP://{home}", 403),
}
SITES = {"": 303, "same-origin": 303, "same-site": 403, "cross-site": 403, "none": 403, "SAME-ORIGIN": 403}


@pytest.mark.parametrize("place", SITES)
@pytest.mark.parametrize("origin", ORIGINS)
def test_writes_from_anywhere(site: Site, origin: str, place: str) -> None:
    """Every combination of the two headers; the link is used up only by a write of our own page."""
    value, status = ORIGINS[origin]
    desk = site.server.state
    token = desk.visitors.invite(R17)

    answer = site.ask("/start", "POST", body=f"token={token}", Origin=value.format(home=desk.home), Sec_Fetch_Site=place)

    assert answer.status == max(status, SITES[place])
    assert bool(desk.visitors.find(token).cookie) == (answer.status == 303)


RAW = {
    "two hosts": "GET / HTTP/1.1\nHost: {home}\nHost: evil.example\n\n",
    "two equal hosts": "GET / HTTP/1.1\nHost: {home}\nHost: {home}\n\n",
    "no host": "GET / HTTP/1.1\n\n",
    "no host, old protocol": "GET / HTTP/1.0\n\n",
    "whole address in the first line": "GET http://evil.example/ HTTP/1.1\nHost: evil.example\n\n",
    "a proxy's host": "GET / HTTP/1.1\nHost: evil.example\nX-Forwarded-Host: {home}\n\n",
}


@pytest.mark.parametrize("text", RAW.values(), ids=RAW.keys())
def test_hosts_as_they_come_over_the_line(site: Site, text: str) -> None:
    assert Answer(site.send(text.format(home=site.server.state.home))).status in (400, 421)


def test_a_proxys_headers_are_not_believed(site: Site) -> None:
    """Neither who sent it nor which name it was sent to."""
    answer = site.ask("/", host="evil.example", X_Forwarded_Host=site.server.state.home, X_Forwarded_For="127.0.0.1")
    assert answer.status == 421


TRICKS = (
    "/../../etc/passwd",
    "/static/../words.yaml",
    "/static/%2e%2e/words.yaml",
    "/static/..%2fwords.yaml",
    "/static/%252e%252e%252fwords.yaml",
    "/static/..%5cwords.yaml",
    "/static//etc/passwd",
    "/static/base.css%00",
    "//evil.example/..",
    "/static/.%2e/base.html",
    "/templates/base.html",
    "/static/%c0%ae%c0%ae/words.yaml",
)


@pytest.mark.parametrize("path", TRICKS)
def test_path_tricks(site: Site, path: str) -> None:
    """None leads out of the folder of static files, nor to another site."""
    answer = site.ask(path, Cookie=site.cookie(R2))
    assert answer.status in (400, 404)
    assert "location" not in answer.headers
    assert "word" not in answer.text.replace("words", "")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "FOO"])
def test_methods(site: Site, method: str) -> None:
    assert site.ask("/people", method, Cookie=site.cookie(R2), Origin=f"http://{site.server.state.home}").status in (400, 405)


def test_a_method_cannot_be_overridden(site: Site) -> None:
    """A GET stays a GET, whatever a header or a field says."""
    before = list(site.server.state.visitors.links)
    cookie = site.cookie(R2)

    site.ask("/people?_method=POST&code=r55", Cookie=cookie, X_HTTP_Method_Override="POST", body="code=r55")
    site.ask("/people/end?code=r17", Cookie=cookie, X_Method_Override="POST")

    assert [link for link in site.server.state.visitors.links if link.user.code == "r55"] == []
    assert len(site.server.state.visitors.links) == len(before) + 1


def test_long_bodies(site: Site) -> None:
    """64 KB are taken, one more byte is not, said or unsaid, and neither is a body that the server alone would take."""
    cookie = site.cookie(R2)
    for length, status in ((guard.FORM_BYTES, 400), (guard.FORM_BYTES + 1, 413), (1_000_000, 413)):
        assert site.ask("/people", "POST", Cookie=cookie, body=f"{OWN}code=".ljust(length, "x")).status == status, length
    assert site.ask("/people", "POST", Cookie=cookie, body="x" * 9_000_000).status in (413, 0)
    chunk = "x" * 70_000
    head = f"POST /people HTTP/1.1\nHost: {site.server.state.home}\nOrigin: http://{site.server.state.home}\nCookie: {cookie}\n"
    sent = head + f"Content-Type: application/x-www-form-urlencoded\nTransfer-Encoding: chunked\n\n{len(chunk):x}\n{chunk}\n0\n\n"
    assert Answer(site.send(sent)).status == 413


def test_long_headers(site: Site) -> None:
    assert site.ask("/", Cookie="a=" + "x" * 40_000).status in (400, 431, 0)


def test_the_headers_of_every_answer(site: Site) -> None:
    """Screens, mishaps, redirects and static files alike."""
    cookie = site.cookie(R2)
    answers = {
        200: site.ask("/people", Cookie=cookie),
        401: site.ask("/"),
        404: site.ask("/nothing", Cookie=cookie),
        421: site.ask("/", host="evil.example"),
        403: site.ask("/people", "POST", Cookie=cookie, Origin="null", body="code=r9"),
        303: site.ask("/people/end", "POST", Cookie=cookie, body=f"{OWN}code=r9"),
    }
    for status, answer in (*answers.items(), (200, site.ask("/static/base.css"))):
        assert answer.status == status
        assert {name: answer.headers.get(name.lower()) for name in guard.GUARD_HEADERS} == guard.GUARD_HEADERS
        assert "server" not in answer.headers


def test_the_policy_allows_our_own_files_and_nothing_inline() -> None:
    assert guard.CONTENT_POLICY == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert guard.GUARD_HEADERS["Referrer-Policy"] == "same-origin"


def test_static_files_have_their_types(site: Site) -> None:
    assert [site.ask(f"/static/{name}").headers["content-type"] for name in ("base.css", "icon.svg")] == [
        "text/css; charset=utf-8",
        "image/svg+xml; charset=utf-8",
    ]


def test_wrong_links_are_counted(site: Site) -> None:
    """The eleventh within a minute is refused, and so is a right one; another address is not."""
    desk = site.server.state
    token = entry_link(desk, R18).rpartition("/")[2]
    try:
        found = [site.ask(f"/start/{'x' * 31}{number:x}").status for number in range(GUESS_LIMIT + 1)]
        assert found == [401] * GUESS_LIMIT + [429]
        assert site.ask(f"/start/{token}").status == 429
        assert "Wait a minute" in site.ask(f"/start/{token}").text
    finally:
        desk.visitors.guesses.clear()
    assert site.ask(f"/start/{token}").status == 200


def test_reading_changes_nothing(site: Site) -> None:
    """Every address that answers to GET: nobody is let in or out, and the fixture compares the folder's bytes afterwards."""
    cookie = site.cookie(R2)
    before = list(site.server.state.visitors.links)

    found = {path: site.ask(path, Cookie=cookie).status for _, path in addresses(site, "GET")}

    assert {path: status for path, status in found.items() if status not in (200, 303, 404)} == {}
    assert site.server.state.visitors.links == before


def test_what_is_typed_is_shown_as_text(site: Site) -> None:
    answer = site.ask("/people", "POST", Cookie=site.cookie(R2), body=f"{OWN}code=%3Cscript%3Ealert(1)%3C/script%3E")
    assert answer.status == 400
    assert "<script>alert" not in answer.text


def test_the_organiser_makes_and_ends_a_link(site: Site) -> None:
    desk = site.server.state
    cookie = site.cookie(R2)
    page = site.ask("/people", "POST", Cookie=cookie, body=f"{OWN}code=R41").text
    link = re.search(rf"http://{re.escape(desk.away)}/start/([\w-]+)", page)
    assert link
    assert desk.visitors.find(link[1]).user == User("r41", UserRole.READER)
    assert 'class="qr-code"' in page
    assert "r41" in site.ask("/people", Cookie=cookie).text
    assert link[1] not in site.ask("/people", Cookie=cookie).text

    assert site.ask("/people/end", "POST", Cookie=cookie, body=f"{OWN}code=r41").status == 303
    assert desk.visitors.find(link[1]) is None
    own = re.search(rf"http://{re.escape(desk.home)}/start/([\w-]+)", site.ask("/people", "POST", Cookie=cookie, body=OWN).text)
    assert own
    assert desk.visitors.find(own[1]).user == R2


@pytest.mark.parametrize("code", ["language-model", "Maria", "r", "r17; drop", "../r17", "R17\n"])
def test_no_link_for_a_machine_or_a_name(site: Site, code: str) -> None:
    """A machine in this campaign's ledgers is nobody, and people are codes."""
    from urllib.parse import quote

    answer = site.ask("/people", "POST", Cookie=site.cookie(R2), body=f"{OWN}code={quote(code)}")
    assert (answer.status == 200) == (code.strip() == "R17")
