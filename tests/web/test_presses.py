"""Double presses and two readers' links in a real Chromium: a new sentence takes no key and no click before it could be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.campaign.project import Project
from generator.review import ledger
from generator.review.snapshot import Snapshot
from generator.signing import unsaved
from generator.signing.pace import reading_pause
from tests.web.test_keys import LEAFLET, PHONE, PLAIN, WIDE, at, campaign, field_of, text_of, visit  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.support.browser import Served

pytestmark = pytest.mark.tools
WHY = "Read first. The button works in a moment."


def signed(campaign: Path, language: str = "fr") -> list[str]:  # noqa: F811
    """Return the sentences of the leaflet that a person signed, corrected or rejected."""
    project = Project(campaign)
    deeds = {event.key for event in ledger.read_ledger(project.ledger(language)) if event.file_action in ("approve", "write", "reject")}
    snapshot = Snapshot(project)
    return [
        name
        for name in snapshot.texts(language, LEAFLET)
        if snapshot.support_by_key(language).get(key_of(snapshot, language, name)) and key_of(snapshot, language, name) in deeds
    ]


def key_of(snapshot: Snapshot, language: str, name: str) -> str:
    """Return what a signature of a sentence binds to."""
    from generator.base.digests import wording_key

    text = snapshot.texts(language, LEAFLET)[name]
    return wording_key(language, name, text.message.msgid, text.msgstr)


def ready(page: Page) -> None:
    """Wait until the page takes presses."""
    page.locator("html.waits").wait_for(state="detached")


PRESSES: dict[str, Any] = {
    "the key, 0.5 s later": lambda page: (page.keyboard.press("s"), page.wait_for_timeout(500), page.keyboard.press("s")),
    "the key, 0.1 s later": lambda page: (page.keyboard.press("s"), page.wait_for_timeout(100), page.keyboard.press("s")),
    "the key, six times": lambda page: [(page.keyboard.press("s"), page.wait_for_timeout(150)) for _ in range(6)],
    "a key that is held": lambda page: [(page.keyboard.down("s"), page.wait_for_timeout(33)) for _ in range(100)],
    "a double click": lambda page: page.get_by_role("button", name="Agree and sign").dblclick(),
    "a click, and another one in the same place": lambda page: twice(page, "click"),
    "a tap, and another one in the same place": lambda page: twice(page, "tap"),
    "Enter on the button, twice": lambda page: (
        page.get_by_role("button", name="Agree and sign").focus(),
        page.keyboard.press("Enter"),
        page.wait_for_timeout(400),
        page.keyboard.press("Enter"),
    ),
}


def twice(page: Page, kind: str) -> None:
    """Press the button that signs, and half a second later whatever stands in its place."""
    box = page.get_by_role("button", name="Agree and sign").bounding_box()
    assert box
    press = page.mouse.click if kind == "click" else page.touchscreen.tap
    for _ in range(2):
        press(box["x"] + 9, box["y"] + 9)
        page.wait_for_timeout(500)


@pytest.mark.parametrize("press", PRESSES.values(), ids=PRESSES.keys())
def test_a_double_press_signs_one_sentence(press: Any, served: Served, campaign: Path, browser: Browser) -> None:  # noqa: F811
    """And after its time the next one is signed by the same key."""
    with visit(browser, has_touch=True) as page:
        served.enter(page)
        page.goto(at(served, "fr", PLAIN))
        ready(page)
        page.get_by_role("button", name="Agree and sign").scroll_into_view_if_needed()
        press(page)
        page.wait_for_url("**/who")
        page.wait_for_timeout(300)
        assert signed(campaign) == [PLAIN]
        assert page.url.endswith("/who")
        page.keyboard.up("s")
        ready(page)
        for box in page.locator(".question input").all():
            box.check()
        page.locator("h1").click()
        page.keyboard.press("s")
        page.wait_for_url(lambda url: not url.endswith("/who"))
    assert signed(campaign) == [PLAIN, "who"]


@pytest.mark.parametrize("key", ["s", "y", "n", "Control+Enter"])
def test_every_key_waits(key: str, served: Served, campaign: Path, browser: Browser) -> None:  # noqa: F811
    """Nothing is answered, skipped or signed by a key that came too soon, and the page says why; later it works."""
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "fr", "safe"), wait_until="domcontentloaded")
        page.keyboard.press(key)
        if key in "sn":
            page.locator("#soon", has_text=WHY).wait_for()
        assert page.locator(".question input:checked").count() == 0
        ready(page)
        assert page.url.endswith("/safe")
        assert page.locator("#soon").inner_text() == ""
        if key == "y":
            page.keyboard.press(key)
            assert page.locator(".question input:checked").count() == 1
        if key == "n":
            page.keyboard.press(key)
            page.wait_for_url(lambda url: not url.endswith("/safe"))
    assert signed(campaign) == []


def test_undo_pressed_twice_takes_back_one(served: Served, campaign: Path, browser: Browser) -> None:  # noqa: F811
    with visit(browser) as page:
        served.enter(page)
        for name in (PLAIN, "who"):
            page.goto(at(served, "fr", name))
            ready(page)
            for box in page.locator(".question input").all():
                box.check()
            page.get_by_role("button", name="Agree and sign").click()
            page.wait_for_url(lambda url, name=name: not url.endswith(name))
        ready(page)
        page.locator("h1").click()
        page.keyboard.press("u")
        page.wait_for_url("**/who")
        page.keyboard.press("u")
        page.wait_for_timeout(500)
        assert page.url.endswith("/who")
    assert len(unsaved.read_desk(campaign, "r2").answers) == 1


def test_a_tab_in_the_background_is_not_read(served: Served, browser: Browser) -> None:
    """Its time begins when it is seen."""
    with visit(browser) as page:
        served.enter(page)
        page.add_init_script("Object.defineProperty(document, 'visibilityState', { get: () => window.shown ? 'visible' : 'hidden' })")
        page.goto(at(served, "fr", PLAIN))
        page.wait_for_timeout(4000)
        button = page.get_by_role("button", name="Agree and sign")
        assert button.get_attribute("aria-disabled") == "true"
        page.evaluate("window.shown = true; document.dispatchEvent(new Event('visibilitychange'))")
        ready(page)
        assert button.get_attribute("aria-disabled") is None


def test_a_screen_reader_hears_that_the_button_waits(served: Served, browser: Browser) -> None:
    """It can be found and focused, is called disabled, and says why; then it is a button like any other."""
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "fr", "safe"), wait_until="domcontentloaded")
        button = page.get_by_role("button", name="Agree and sign", disabled=True)
        button.focus()
        assert button.evaluate("button => button === document.activeElement")
        assert button.evaluate("button => document.getElementById(button.getAttribute('aria-describedby')).textContent") == WHY
        page.keyboard.press("Enter")
        assert page.locator("#soon[aria-live=polite]").inner_text() == WHY
        ready(page)
        page.get_by_role("button", name="Agree and sign", disabled=False).wait_for()


def test_the_wait_is_as_long_as_the_sentence_asks_for(served: Served, campaign: Path, browser: Browser) -> None:  # noqa: F811
    """Never shorter than what the server measures, so nobody whom the page lets press is refused."""
    snapshot = Snapshot(Project(campaign))
    with visit(browser) as page:
        served.enter(page)
        for name, text in list(snapshot.texts("fr", LEAFLET).items())[:4]:
            page.goto(at(served, "fr", name))
            wait = page.locator("button[value=sign]").get_attribute("data-wait")
            assert wait == str(round(1000 * reading_pause(text.message.msgid, text.msgstr)))


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_an_old_tab_never_signs_as_the_new_reader(viewport: Any, served: Served, campaign: Path, browser: Browser) -> None:  # noqa: F811
    """Two links in one browser: the old tab says so while somebody types, and its button gives the text back."""
    with visit(browser, viewport) as page:
        served.enter(page, "r17")
        page.goto(at(served, "fr", PLAIN, "r17"))
        other = page.context.new_page()
        other.goto(served.links["r18"])
        assert "Until now this browser was r17" in other.locator("main").inner_text()
        served.enter(other, "r18")
        assert page.locator(".who").inner_text() == "You are r17"
        field_of(page).focus()
        page.keyboard.press("Control+a")
        with page.expect_response("**/keep/**") as kept:
            page.keyboard.type("Nous sommes vos voisins et amis.", delay=5)
        assert kept.value.status == 403
        page.locator("[data-name=other]").wait_for()
        ready(page)
        page.get_by_role("button", name="Sign my text").click()
        page.get_by_role("heading", name="This page was opened for another reader").wait_for()
        assert "Nous sommes vos voisins et amis." in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        page.get_by_role("link", name="Go on as r18").click()
        page.wait_for_url("**/" + PLAIN)
        assert page.locator(".who").inner_text() == "You are r18"
        with visit(browser) as organiser:
            served.enter(organiser)
            organiser.goto(f"{served.base}/people")
            assert organiser.get_by_text("The same browser opened").count() == 2
    assert signed(campaign) == []
    assert unsaved.read_desk(campaign, "r18").texts == {}
    assert text_of(campaign, "fr", PLAIN) != "Nous sommes vos voisins et amis."


def test_without_scripts_a_second_click_is_answered_in_words(served: Served, campaign: Path, browser: Browser) -> None:  # noqa: F811
    """The server measures: it says what to do, and the next press counts."""
    with visit(browser, java_script_enabled=False) as page:
        served.enter(page)
        page.goto(at(served, "fr", PLAIN))
        page.wait_for_timeout(4000)
        button = page.get_by_role("button", name="Agree and sign")
        button.click()
        page.wait_for_url("**/who")
        button.click()
        assert "too soon to have been read" in page.locator("#notices").inner_text()
        assert signed(campaign) == [PLAIN]
        page.wait_for_timeout(6000)
        for box in page.locator(".question input").all():
            box.check()
        button.click()
        page.wait_for_url(re.compile(r"/(?!who)[a-z.]+$"))
    assert signed(campaign) == [PLAIN, "who"]
