"""Every form says whose it is and when it was shown: another reader's tab and a press that comes too soon write nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.campaign.project import Project
from generator.review import ledger
from generator.review.live_snapshot import LiveSnapshot
from generator.signing import unsaved
from generator.signing.pace import LONGEST, SHORTEST_PAUSE, reading_pause
from generator.web.app import create_app
from generator.web.server_state import ServerState
from generator.web.visitors import User, UserRole, Visitors
from tests.conftest import ROOT
from tests.support.volunteers import Form

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

HOST = "localhost"
WELCOME, WHO = "/read/ar/not-alone/welcome", "/read/ar/not-alone/who"
OTHERS = "نحن جيرانكم. نحن نقف معكم."


@dataclass
class Clock:
    """A clock that a test turns."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now


@pytest.fixture
def state(small: Path, tmp_path: Path) -> ServerState:
    """Give a page over a copy of a small campaign; nobody is in."""
    from shutil import copytree

    root = copytree(small, tmp_path / "campaign")
    return ServerState(root, LiveSnapshot(root), Visitors(), HOST, "192.168.1.20:8420", clock=Clock())


@pytest.fixture
def client(state: ServerState) -> FlaskClient:
    """Give a browser that no link was opened in."""
    client = create_app(state).test_client()
    client.environ_base["HTTP_ORIGIN"] = f"http://{HOST}"
    return client


def opens(state: ServerState, client: FlaskClient, code: str, role: UserRole = "reader") -> None:
    """Open the link of a person in a browser, as its button does."""
    token = state.visitors.invite(User(code, UserRole(role)))
    assert client.post("/start", data={"token": token}).status_code == 303


def sees(client: FlaskClient, path: str) -> dict[str, str]:
    """Return what the form of a sentence would send."""
    page = client.get(path).text
    found = re.search(r'<form id="sentence".*?</form>', page, re.DOTALL)
    assert found
    return Form(found[0]).fields


def events(state: ServerState) -> list[tuple[str, str]]:
    """Return who did what in Arabic."""
    return [
        (event.who, event.file_action) for event in ledger.read_ledger(Project(state.root).ledger("ar")) if event.file_action != "machine"
    ]


DEEDS: dict[str, dict[str, str]] = {
    "sign": {"do": "sign"},
    "correct": {"do": "correct", "text": OTHERS},
    "reject": {"do": "reject", "reason": "not polite"},
    "ask": {"do": "ask", "comment": "is it polite?"},
    "drop": {"do": "drop"},
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_a_tab_of_another_reader_writes_nothing_and_gives_the_text_back(
    deed: dict[str, str], state: ServerState, client: FlaskClient
) -> None:
    opens(state, client, "r17")
    fields = sees(client, WELCOME)
    opens(state, client, "r18")
    state.clock.now += 60

    answer = client.post(WELCOME, data=fields | deed)

    assert answer.status_code == 403
    assert "The page was <bdi>r17</bdi>" in answer.text
    assert "now it is <bdi>r18</bdi>" in answer.text
    assert all(text in answer.text for name, text in deed.items() if name != "do")
    assert f'href="{WELCOME}"' in answer.text
    assert events(state) == []
    assert unsaved.read_desk(state.root, "r18").texts == {}


def test_scripts_carry_the_reader_too(state: ServerState, client: FlaskClient) -> None:
    """What is typed in an old tab is neither kept under the other reader nor drawn for them."""
    opens(state, client, "r17")
    fields = sees(client, WELCOME) | {"text": OTHERS}
    opens(state, client, "r18")
    place = WELCOME.removeprefix("/read/")

    assert [client.post(f"/{what}/{place}", data=fields).status_code for what in ("keep", "check", "picture")] == [403] * 3
    assert unsaved.read_desk(state.root, "r18").texts == {}


def test_every_address_that_writes_wants_its_reader(state: ServerState, client: FlaskClient) -> None:
    """No form of the page can be forgotten: whatever takes a POST refuses one that does not say whose it is."""
    opens(state, client, "r2", "organiser")
    names = {"language": "ar", "domain": "not-alone", "leaflet": "not-alone", "msgctxt": "welcome", "name": "welcome", "edition": "x"}
    rules = [rule for rule in client.application.url_map.iter_rules() if "POST" in rule.methods and rule.endpoint != "start.enter"]
    sites = [path.stem for path in (state.root / "sites").glob("*.yaml")]
    adapter = client.application.url_map.bind(HOST)
    paths = [
        adapter.build(rule.endpoint, {name: (names | {"site": sites[0], "job": "1"})[name] for name in rule.arguments}, "POST")
        for rule in rules
    ]

    assert len(paths) > 12
    assert {path: client.post(path, data={"you": "r17", "at": "0"}).status_code for path in paths} == dict.fromkeys(paths, 403)


def test_every_form_of_every_screen_is_stamped() -> None:
    """But that of the link, through which somebody comes in."""
    forms = {
        f"{path.name}: {form}"
        for path in (ROOT / "templates" / "screens" / "review").glob("*.html")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text("utf-8"), re.DOTALL)
        if "{{ stamp(" not in form
    }
    assert [form.partition(":")[0] for form in forms] == ["start.html"]


def test_two_tabs_of_one_reader_are_one_reader(state: ServerState, client: FlaskClient) -> None:
    """The second tab signs what the first has signed: once in the ledger for the person."""
    opens(state, client, "r17")
    first, second = sees(client, WELCOME), sees(client, WHO)
    state.clock.now += 60

    assert [client.post(path, data=fields | {"do": "sign"}).status_code for path, fields in ((WELCOME, first), (WHO, second))] == [303, 303]
    assert {who for who, _ in events(state)} == {"r17"}


def test_the_organiser_sees_that_one_browser_used_two_links(state: ServerState, client: FlaskClient) -> None:
    """Beside both readers; who opens the second link is warned before."""
    opens(state, client, "r17")
    token = state.visitors.invite(User("r18", UserRole.READER))
    assert "Until now this browser was <bdi>r17</bdi>" in client.get(f"/start/{token}").text
    client.post("/start", data={"token": token})
    organiser = create_app(state).test_client()
    organiser.get(f"/start/{state.visitors.invite(User('r2', UserRole.ORGANISER))}")

    rows = dict(re.findall(r'<th scope="row"><bdi>(r\d+)</bdi></th>\s*<td>(.*?)</td>', organiser.get("/people").text, re.DOTALL))

    assert "The same browser opened <bdi>r18</bdi>" in rows["r17"]
    assert "The same browser opened <bdi>r17</bdi>" in rows["r18"]


def test_one_reader_with_a_new_link_is_no_second_one(state: ServerState, client: FlaskClient) -> None:
    opens(state, client, "r17")
    opens(state, client, "r17")

    assert [link.also for link in state.visitors.links] == [()]


@pytest.mark.parametrize("do", ["sign", "correct", "reject", "skip", "drop"])
def test_a_press_that_comes_too_soon_does_nothing(do: str, state: ServerState, client: FlaskClient) -> None:
    """Without JavaScript the server measures; the same form counts as soon as its time has come."""
    opens(state, client, "r17")
    fields = sees(client, WELCOME) | DEEDS.get(do, {}) | {"do": do}
    state.clock.now += SHORTEST_PAUSE - 0.1

    answer = client.post(WELCOME, data=fields)
    assert answer.status_code == 422
    assert "too soon to have been read" in answer.text
    assert events(state) == []
    again = Form(answer.text).fields

    state.clock.now += LONGEST
    assert again["at"] == fields["at"]
    assert client.post(WELCOME, data=again | DEEDS.get(do, {}) | {"do": do}).status_code == 303


def test_a_form_that_does_not_say_when_it_was_shown_signs_nothing(state: ServerState, client: FlaskClient) -> None:
    opens(state, client, "r17")
    fields = sees(client, WELCOME) | {"do": "sign"}

    for at in ("", "x", "-1", "١٢٣", "1e9", "9" * 40):
        assert client.post(WELCOME, data=fields | {"at": at}).status_code == 422
    assert events(state) == []


@pytest.mark.parametrize("now", [1000.0006, 1000.9996, 123456.7891, 0.00051])
def test_a_page_begins_to_be_read_when_it_is_shown(now: float, state: ServerState, client: FlaskClient) -> None:
    """Whatever the thousandths of a second are."""
    state.clock.now = now
    opens(state, client, "r17")

    assert 'value="sign" data-key="s" data-wait="1500"' in client.get(WELCOME).text


def test_a_form_from_before_the_computer_started_anew_was_read(state: ServerState, client: FlaskClient) -> None:
    opens(state, client, "r17")
    fields = sees(client, WELCOME) | {"do": "sign"}
    state.clock.now = 3.0

    assert client.post(WELCOME, data=fields).status_code == 303


def undo_form(client: FlaskClient) -> dict[str, str]:
    """Return what the button that takes back would send."""
    found = re.search(r'<form class="undo".*?</form>', client.get("/read/ar/not-alone").text, re.DOTALL)
    assert found
    return Form(found[0]).fields


def test_undo_pressed_twice_takes_back_one_answer(state: ServerState, client: FlaskClient) -> None:
    """The second press carries the same answer, or meets a button that was just shown."""
    opens(state, client, "r17")
    for path in (WELCOME, WHO):
        fields = sees(client, path)
        state.clock.now += 60
        assert client.post(path, data=fields | {"do": "sign"}).status_code == 303
    form = undo_form(client)
    state.clock.now += 60

    assert client.post("/undo/ar", data=form).status_code == 303
    same: TestResponse = client.post("/undo/ar", data=form)
    assert same.status_code == 409
    assert "taken back already" in same.text
    soon = client.post("/undo/ar", data=undo_form(client))
    assert soon.status_code == 409
    assert "too soon after the page" in soon.text
    assert len(unsaved.read_desk(state.root, "r17").answers) == 1


def test_ending_a_link_twice_ends_one(state: ServerState, client: FlaskClient) -> None:
    """The row of the next reader moves under the pointer: a press on a row that was just shown does nothing."""
    opens(state, client, "r2", "organiser")
    state.visitors.invite(User("r17", UserRole.READER))
    row = re.search(r'<form method="post" action="/people/end">.*?</form>', client.get("/people").text, re.DOTALL)
    assert row
    form = Form(row[0]).fields

    assert client.post("/people/end", data=form).status_code == 409
    assert [link.user.code for link in state.visitors.links] == ["r2", "r17"]
    state.clock.now += SHORTEST_PAUSE
    assert client.post("/people/end", data=form).status_code == 303


@pytest.mark.parametrize("do", ["sign", "correct", "reject", "ask"])
def test_a_form_that_arrives_twice_counts_once(do: str, state: ServerState, client: FlaskClient) -> None:
    """A double click without JavaScript sends it twice: once in the ledger, and one undo takes it back."""
    opens(state, client, "r17")
    fields = sees(client, WELCOME) | DEEDS[do]
    state.clock.now += 60

    assert client.post(WELCOME, data=fields).status_code == 303
    once = events(state)
    client.post(WELCOME, data=fields)
    assert events(state) == once

    form = undo_form(client)
    state.clock.now += 60
    client.post("/undo/ar", data=form)
    assert unsaved.read_desk(state.root, "r17").answers == []


def test_the_pause_grows_with_the_length_and_has_an_end() -> None:
    short, longer, longest = reading_pause("Call us."), reading_pause("word " * 20, "mot " * 20), reading_pause("word " * 900)
    assert SHORTEST_PAUSE == short < longer < longest == LONGEST
