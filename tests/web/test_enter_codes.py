"""Typing from paper in the page: several codes at once, a verdict for each, undo, and a file handed in; without a script."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.campaign.project import Project
from generator.model import State
from generator.review import ledger
from generator.review.live_snapshot import LiveSnapshot
from generator.review.snapshot import Snapshot
from generator.web.server_state import ServerState
from generator.web.visitors import User, UserRole, Visitors
from generator.worksheet import spreadsheet
from generator.worksheet.rows import Worksheet
from generator.worksheet.worksheet import make_worksheet, note_worksheet
from tests.support.visitor import made
from tests.worksheet.test_enter import filled

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from playwright.sync_api import Page

    from tests.support.browser import Served

HOME = "127.0.0.1:8420"
FROM = {"Host": HOME, "Origin": f"http://{HOME}"}
R17, R18 = "r17", "r18"
NEW = "እንታይ ክንገብር ንኽእል ኢና"


@pytest.fixture
def campaign(small: Path, tmp_path: Path) -> Path:
    """Give a small copy of the campaign in four languages, to break."""
    shutil.copytree(small, tmp_path / "campaign")
    return tmp_path / "campaign"


@pytest.fixture
def sheet(campaign: Path) -> Worksheet:
    """Give a sheet of one leaflet in Tigrinya, as it was printed."""
    return printed_sheet(campaign, "ti")


def printed_sheet(campaign: Path, language: str) -> Worksheet:
    sheet = make_worksheet(Snapshot(Project(campaign)), language, ["not-alone"])
    note_worksheet(Project(campaign), sheet)
    return sheet


@pytest.fixture
def state(campaign: Path) -> ServerState:
    """Give a page that is ready to be asked."""
    return ServerState(campaign, LiveSnapshot(campaign), Visitors(), HOME)


def browser_of(state: ServerState, person: User) -> FlaskClient:
    """Return a browser that a person came in with."""
    client = made(state).test_client()
    cookie = state.visitors.admit(state.visitors.invite(person))
    client.set_cookie(state.cookie, cookie, domain=HOME.partition(":")[0])
    return client


@pytest.fixture
def organiser(state: ServerState) -> Iterator[FlaskClient]:
    """Give the organiser's browser."""
    with browser_of(state, User("r2", UserRole.ORGANISER)) as client:
        yield client


def code(sheet: Worksheet, msgctxt: str) -> str:
    return next(row.code for row in sheet.rows if row.msgctxt == msgctxt)


def send(client: FlaskClient, path: str, **fields: object) -> str:
    """Send a form and return the page."""
    answer = client.post(path, data=fields, headers=FROM, base_url=f"http://{HOME}")
    assert answer.status_code == 200, answer.text
    return answer.text


def deeds(campaign: Path) -> list[tuple[str, str]]:
    return [(event.action, event.who) for event in ledger.read_ledger(Project(campaign).ledger("ti")) if event.action != "machine"]


def state_of(campaign: Path, msgctxt: str) -> tuple[State, str]:
    text = Snapshot(Project(campaign)).texts("ti", "not-alone")[msgctxt]
    return text.state, text.msgstr


def test_several_rows_get_a_verdict_each(campaign: Path, organiser: FlaskClient, sheet: Worksheet) -> None:
    """What counts is kept, what does not stays in the form with its reason beside it."""
    html = send(
        organiser, "/enter", version=sheet.version, reader=R17,
        code0=code(sheet, "help").lower(), mark0="c", text0=NEW,
        code3=code(sheet, "title"), mark3="t", compared3="yes",
        code5=code(sheet, "safe"), mark5="t",
        code6="AAAA-AAAA", mark6="t",
    )  # fmt: skip

    assert deeds(campaign) == [("write", R17), ("approve", R17), ("dismiss", R17)]
    assert [html.count(f'<li class="{outcome}">') for outcome in ("taken", "refused")] == [2, 2]
    assert "the English says" in html
    assert "mistyped" in html
    kept = re.findall(r'name="code\d" value="([^"]*)"', html)
    assert kept[:3] == [code(sheet, "safe"), "AAAA-AAAA", ""]


def test_the_same_form_sent_twice_adds_nothing(campaign: Path, organiser: FlaskClient, sheet: Worksheet) -> None:
    """A page that is loaded again signs nothing again."""
    fields = {"version": sheet.version, "reader": R17, "code0": code(sheet, "help"), "mark0": "t"}
    send(organiser, "/enter", **fields)

    html = send(organiser, "/enter", **fields)

    assert '<li class="already">' in html
    assert deeds(campaign) == [("approve", R17)]


def test_an_answer_is_taken_back(campaign: Path, organiser: FlaskClient, sheet: Worksheet) -> None:
    """The button beside a verdict brings the old words back, and works once."""
    before = state_of(campaign, "help")
    html = send(organiser, "/enter", version=sheet.version, reader=R17, code0=code(sheet, "help"), text0=NEW)
    assert state_of(campaign, "help") == (State.READY, NEW)
    form = re.search(r'action="/enter/undo">(.*?)</form>', html, re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))

    assert "Taken back" in send(organiser, "/enter/undo", **fields)
    assert state_of(campaign, "help") == before
    assert "Taken back" not in send(organiser, "/enter/undo", **fields)


def test_a_reader_enters_only_their_own_sheet(campaign: Path, state: ServerState, sheet: Worksheet) -> None:
    """In a reader's browser another code is refused, and the form does not ask for one."""
    fields = {"version": sheet.version, "code0": code(sheet, "help"), "mark0": "t"}
    with browser_of(state, User(R18, UserRole.READER)) as client:
        refused = send(client, "/enter", reader=R17, **fields)
        assert deeds(campaign) == []
        send(client, "/enter", reader="", **fields)

    assert "this browser is r18" in refused
    assert '<input name="reader"' not in refused
    assert deeds(campaign) == [("approve", R18)]


@pytest.mark.parametrize(
    ("version", "reader", "words"),
    [("XX-12345", R17, "no version of a sheet"), ("TI-12345", "Anna Smith", "no reader"), ("TI-12345", "language-model", "a machine")],
)
def test_wrong_heads_are_told(campaign: Path, organiser: FlaskClient, sheet: Worksheet, version: str, reader: str, words: str) -> None:
    """Version and code are looked at before any row, and what was typed is still there."""
    html = send(organiser, "/enter", version=version, reader=reader, code0=code(sheet, "help"), mark0="t")

    assert words in html
    assert f'value="{code(sheet, "help")}"' in html
    assert deeds(campaign) == []


def test_a_file_is_looked_at_before_it_is_written(campaign: Path, organiser: FlaskClient, sheet: Worksheet) -> None:
    """The first button writes nothing, the second writes; a file that is none of ours is refused in words."""
    data = filled(replace(sheet, who=R17), {("help", "Answer"): "✓", ("title", "Answer"): "✓"})

    looked = send(organiser, "/enter/file", file=(io.BytesIO(data), "back.xlsx"))
    assert deeds(campaign) == []
    assert "Nothing was written yet" in looked
    written = send(organiser, "/enter/file", file=(io.BytesIO(data), "back.xlsx"), write="1")
    assert deeds(campaign) == [("approve", R17)]
    assert '<li class="taken">' in written
    assert "this is a PDF" in send(organiser, "/enter/file", file=(io.BytesIO(b"%PDF-1.7"), "scan.pdf"))


def test_a_reader_hands_in_no_file_of_another(campaign: Path, state: ServerState, sheet: Worksheet) -> None:
    """The code on the sheet is somebody else's: refused."""
    data = filled(replace(sheet, who=R17), {("help", "Answer"): "✓"})
    with browser_of(state, User(R18, UserRole.READER)) as client:
        html = send(client, "/enter/file", file=(io.BytesIO(data), "back.xlsx"), write="1")

    assert "this browser is r18" in html
    assert deeds(campaign) == []


def test_a_huge_file_is_refused(organiser: FlaskClient) -> None:
    """More than 4 MB is not read."""
    form = {"data": b"x" * 5_000_000, "content_type": "multipart/form-data; boundary=x"}
    answer = organiser.post("/enter/file", headers=FROM, base_url=f"http://{HOME}", **form)

    assert answer.status_code == 413


def test_text_of_a_file_is_no_markup(organiser: FlaskClient, sheet: Worksheet) -> None:
    """What somebody put into a cell stays text on the page."""
    html = send(
        organiser, "/enter", version=sheet.version, reader=R17, code0='"><script>alert(1)</script>', mark0="t", text0="</textarea><b>"
    )

    assert "<script>" not in html
    assert "</textarea><b>" not in html


@pytest.mark.tools
def test_a_narrow_screen_without_scripts(served: Served, page: Page) -> None:
    """In a real Chromium at 360 px with scripts off: type two codes, see the verdicts, take one back; nothing is wider than the screen."""
    assert page.context.browser
    narrow = page.context.browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    screen = narrow.new_page()
    sheet = printed_sheet(served.root, "ar")
    served.enter(screen)
    screen.goto(f"{served.base}/enter")
    screen.get_by_label("Version of the sheet").fill(sheet.version)
    screen.get_by_label("Your reader's code").fill(R17)
    screen.locator("[name=code0]").fill(code(sheet, "help").lower())
    screen.locator("[name=mark0][value=t]").check()
    screen.locator("[name=code1]").fill(code(sheet, "title"))
    screen.locator("[name=mark1][value=t]").check()
    screen.get_by_role("button", name="Keep these answers").click()

    assert screen.locator(".verdicts > li.taken").count() == 1
    assert screen.locator(".verdicts > li.refused").count() == 1
    assert screen.evaluate("document.documentElement.scrollWidth") <= 360
    screen.wait_for_timeout(2000)  # a press just after the page came is taken for the second of a double one
    screen.get_by_role("button", name="Take back").click()
    assert "Taken back" in screen.locator("[role=status]").inner_text()
    narrow.close()
    events = [event.action for event in ledger.read_ledger(Project(served.root).ledger("ar")) if event.who == R17]
    assert events == ["approve", "withdraw"]


def test_the_limit_of_the_page_holds_a_worksheet(four: Path) -> None:
    """The largest worksheet there is goes through."""
    from generator.web.guard import UPLOAD_BYTES

    project = Project(four)
    whole = make_worksheet(Snapshot(project), "ur", project.domains, everything=True)

    assert len(spreadsheet.worksheet_xlsx(whole)) * 4 < UPLOAD_BYTES["enter.upload"]
