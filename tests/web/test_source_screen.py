"""Organisers sign the source on the page: rules and whole leaflets, what changed since, no field to correct it in."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.campaign.project import Project
from generator.model import State
from generator.review.snapshot import Snapshot
from generator.review.source_texts import POLICY_DOMAIN, WHOLE_ID
from tests.conftest import copy_campaign
from tests.signing.test_sign import edit
from tests.support.browser import serving
from tests.support.visitor import page_over, visitor
from tests.web.test_reading import plain

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser
    from werkzeug.test import TestResponse

WHOLE = f"/read/en/not-alone/{WHOLE_ID}"
RULES = f"/read/en/{POLICY_DOMAIN}/@policy"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign of one leaflet whose source nobody has signed; for reading only."""
    root = copy_campaign(tmp_path_factory.mktemp("written") / "campaign", leaflets=("not-alone",), languages=("en", "fr"))
    (root / "locales" / "en" / "reviews.jsonl").unlink()
    return root


@pytest.fixture
def campaign(written: Path, tmp_path: Path) -> Path:
    """Give a copy to write in."""
    return Path(shutil.copytree(written, tmp_path / "campaign"))


def organiser(root: Path, code: str = "r41") -> FlaskClient:
    return visitor(page_over(root), code, "organiser")  # type: ignore[arg-type]


def press(client: FlaskClient, path: str, do: str, **typed: str) -> TestResponse:
    """Press a button of the form on a screen, as a browser without JavaScript does."""
    seen = client.get(path).get_data(as_text=True)
    form = re.search(r'<form id="sentence".*?</form>', seen, re.DOTALL)
    assert form
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0]))
    return client.post(path, data=fields | {"do": do} | typed)


def state(root: Path, domain: str = "not-alone", name: str = WHOLE_ID) -> State:
    return Snapshot(Project(root)).texts("en", domain)[name].state


def test_organisers_see_the_source_and_readers_do_not(campaign: Path) -> None:
    app = page_over(campaign)
    lists = [plain(visitor(app, code, role).get("/").get_data(as_text=True)) for code, role in (("r41", "organiser"), ("r17", "reader"))]  # type: ignore[arg-type]

    assert ["English" in found for found in lists] == [True, False]
    assert [visitor(app, "r17").get(path).status_code for path in ("/read/en", WHOLE)] == [403, 403]
    assert organiser(campaign).get(f"/read/fr/{POLICY_DOMAIN}").status_code == 404


def test_the_rules_and_the_whole_leaflet_are_signed_by_a_button(campaign: Path) -> None:
    client = organiser(campaign)
    shown = plain(client.get("/read/en").get_data(as_text=True))
    assert shown.index("The campaign's rules") > 0
    listed = plain(client.get("/read/en/not-alone").get_data(as_text=True))
    assert listed.index("The whole leaflet") < listed.index("You are not alone ◔")
    text = client.get(WHOLE).get_data(as_text=True)
    assert "safe (safety): " in plain(text)
    assert "To change it, change leaflets/not-alone.yaml. Then sign it here." in plain(text)
    assert 'id="text"' not in text
    assert "<title>The whole leaflet · You are not alone" in text
    rules = client.get(RULES).get_data(as_text=True)
    assert "<title>The campaign&#39;s rules" in rules
    assert "There is no picture" not in rules
    assert 'value="correct"' not in text

    answers = [press(client, path, "sign") for path in (RULES, WHOLE)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (state(campaign), state(campaign, POLICY_DOMAIN, "@policy")) == (State.READ, State.READY)
    assert press(organiser(campaign, "r42"), WHOLE, "sign").status_code == 303
    assert {text.state for text in Snapshot(Project(campaign)).texts("en", "not-alone").values()} == {State.READY}


def test_only_what_changed_is_shown_with_its_line(campaign: Path) -> None:
    press(organiser(campaign), WHOLE, "sign")
    edit(campaign / "leaflets" / "not-alone.yaml", "We stand with you.", "We stay with you.")

    text = organiser(campaign).get(WHOLE).get_data(as_text=True)

    assert re.search(r"Changed since r41 signed it on \d{4}-\d\d-\d\d", plain(text))
    assert re.search(r"<del>.*?We stand with you\..*?</del>", text, re.DOTALL)
    assert re.search(r"<ins>.*?We stay with you\..*?</ins> <bdi dir=\"ltr\">leaflets/not-alone.yaml:\d+</bdi>", text, re.DOTALL)


def test_what_was_seen_is_what_is_signed(campaign: Path) -> None:
    """The file changes between the look and the press: nothing is signed."""
    client = organiser(campaign)
    key = re.search(r'name="key" value="(\w+)"', client.get(WHOLE).get_data(as_text=True))
    assert key
    edit(campaign / "leaflets" / "not-alone.yaml", "We stand with you.", "We stay with you.")

    answer = client.post(WHOLE, data={"do": "sign", "key": key[1]})

    assert answer.status_code == 409
    assert "Meanwhile the sentence changed" in plain(answer.get_data(as_text=True))
    assert state(campaign) is State.DRAFT


def test_report_comment_correct_and_undo(campaign: Path) -> None:
    client = organiser(campaign)
    assert press(client, WHOLE, "ask", comment="Is this still so?").status_code == 303
    assert "Is this still so?" in client.get(WHOLE).get_data(as_text=True)
    assert press(client, WHOLE, "reject", reason="It promises too much").status_code == 303
    assert "It promises too much" in client.get(WHOLE).get_data(as_text=True)
    which = re.search(r'name="which" value="(\w+)"', client.get(WHOLE).get_data(as_text=True))
    assert which
    assert client.post("/undo/en", data={"which": which[1]}).status_code == 303
    assert not Snapshot(Project(campaign)).texts("en", "not-alone")[WHOLE_ID].rejected


def test_two_people_on_one_computer_are_told(campaign: Path) -> None:
    edit(campaign / "leaflets" / "campaign.yaml", "  keys: 1\n", "")
    for code in ("r41", "r42"):
        press(organiser(campaign, code), WHOLE, "sign")

    assert "Read, but by one computer alone." in plain(organiser(campaign).get(WHOLE).get_data(as_text=True))
    assert "Read, but by one computer alone." in plain(organiser(campaign).get("/read/en/not-alone").get_data(as_text=True))


@pytest.mark.tools
def test_in_a_real_browser_on_a_phone(campaign: Path, browser: Browser, tmp_path: Path) -> None:
    """The key S signs, nothing is wider than the phone, and no script fails."""
    wrong: list[Any] = []
    with serving(campaign, code="r41") as served:
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        page.on("pageerror", lambda error: wrong.append(error))
        served.enter(page)
        page.goto(f"{served.base}{WHOLE}")
        page.locator("html.waits").wait_for(state="detached")
        width = page.evaluate("document.documentElement.scrollWidth")
        page.screenshot(path=str(tmp_path / "source.png"), full_page=True)
        page.wait_for_timeout(7000)
        page.keyboard.press("s")
        page.wait_for_url(re.compile("/done/en/not-alone"))

    assert (wrong, width) == ([], 360)
    assert state(campaign) is State.READ
