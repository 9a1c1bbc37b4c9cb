"""Real key presses in a real Chromium: what is typed arrives letter by letter, whatever the language, the field and the screen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.base.message_text import MARKUP_PART
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.review.snapshot import Snapshot
from generator.worksheet.paper import worksheet_phone_page
from generator.worksheet.worksheet import make_worksheet
from tests.support.browser import Served, expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.tools

LEAFLET = "not-alone"
WIDE, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
LANGUAGES = ("fr", "ar", "ti", "vi", "zh_Hans")
PLAIN, CHIPS = "welcome", "say"
"""A sentence of words alone, and one with chips."""


@pytest.fixture
def campaign(campaign: Path) -> Path:
    """Give a campaign of few languages, so that every start is quick."""
    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(re.sub(r"languages: \[.*\]", f"languages: [en, {', '.join(LANGUAGES)}]", path.read_text("utf-8")), "utf-8")
    return campaign


@contextmanager
def visit(browser: Browser, viewport: Any = WIDE, **options: Any) -> Iterator[Page]:
    """Open a window of its own until the block ends; an error of its scripts fails the test."""
    context = browser.new_context(viewport=viewport, **options)
    context.set_default_timeout(60_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


@dataclass(frozen=True)
class Gap:
    """A sentence from whose catalogue a word was taken out: what a reader must type, and where."""

    whole: str
    before: str
    missing: str
    after: str

    @classmethod
    def of(cls, text: str) -> Gap:
        """Take the second word out; where words are not parted by spaces, two letters."""
        start = text.find(" ") + 1 or 1
        end = text.find(" ", start) + 1 if " " in text[start:] else start + 2
        return cls(text, text[:start], text[start:end], text[end:])


def text_of(campaign: Path, language: str, name: str) -> str:
    """Return the wording that stands in the catalogue."""
    return Snapshot(Project(campaign)).texts(language, LEAFLET)[name].msgstr


def gap(campaign: Path, language: str, name: str) -> Gap:
    """Take a word out of a sentence's wording in the catalogue."""
    project = Project(campaign)
    path = project.catalogue(language, LEAFLET)
    entries = pofile.read_catalogue(path, project.languages[language])
    (text,) = (entry.msgstr for entry in entries if entry.msgctxt == name)
    found = Gap.of(text)
    pofile.save_catalogue(path, [entry.changed(msgstr=found.before + found.after) if entry.msgctxt == name else entry for entry in entries])
    return found


def at(served: Served, language: str, name: str, code: str = "") -> str:
    """Return the address of a sentence, as the organiser or as a reader reaches it."""
    base = served.links[code].partition("/start")[0] if code else served.base
    return f"{base}/read/{language}/{LEAFLET}/{name}"


def field_of(page: Page) -> Any:
    """Return the field in which a reader types."""
    return page.locator("#field, #text:not([hidden])").first


def typed(page: Page) -> str:
    """Return what stands in the field, chips as their placeholders."""
    return str(
        page.evaluate("""() => {
        const field = document.getElementById("field");
        if (!field) return document.getElementById("text").value;
        return [...field.childNodes].map((node) => node.dataset ? node.dataset.token || "" : node.data).join("");
    }""")
    )


def go(page: Page, language: str, letters: int) -> None:
    """Move the cursor so many letters from the start, by the keys of the keyboard."""
    field_of(page).focus()
    page.keyboard.press("Control+Home")
    onward = "ArrowLeft" if page.locator("html").get_attribute("dir") == "rtl" else "ArrowRight"
    for _ in range(letters):
        page.keyboard.press(onward)


def sign(page: Page) -> None:
    """Answer what the checks ask, and sign the text in the field; the next screen is there afterwards."""
    address = page.url
    with page.expect_response("**/check/**"):
        pass
    page.wait_for_timeout(1000)  # a check that was asked later draws the questions anew
    for box in page.locator("#problems input").all():
        if box.get_attribute("type") == "checkbox":
            box.check()
        else:
            box.fill("I looked at it twice")
    page.get_by_role("button", name="Sign my text").click()
    page.wait_for_url(lambda url: url != address)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("name", [PLAIN, CHIPS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_typed_in_the_middle_arrive_letter_by_letter(
    language: str, name: str, viewport: Any, served: Served, campaign: Path, browser: Browser
) -> None:
    wanted = gap(campaign, language, name)
    with visit(browser, viewport) as page:
        served.enter(page)
        page.goto(at(served, language, name))
        go(page, language, len(wanted.before))
        page.keyboard.type(wanted.missing, delay=40)
        assert typed(page) == wanted.whole
        page.keyboard.type(" ", delay=40)
        page.wait_for_timeout(500)
        assert typed(page) == wanted.before + wanted.missing + " " + wanted.after, "spaces stay as they were typed"
        page.keyboard.press("Backspace")
        sign(page)
    assert text_of(campaign, language, name) == wanted.whole


@pytest.mark.parametrize("name", [PLAIN, CHIPS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_sentence_typed_anew(language: str, name: str, served: Served, campaign: Path, browser: Browser) -> None:
    """Word by word with pauses in which the page's script looks and the picture is drawn; chips by their buttons."""
    wanted = gap(campaign, language, name).whole
    with visit(browser, PHONE) as page:
        served.enter(page)
        page.goto(at(served, language, name))
        field_of(page).focus()
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        for number, part in enumerate(re.split(f"({MARKUP_PART.pattern})", wanted)):
            if number % 2:
                page.locator(f'.chips button[data-token="{part}"]').click()
            else:
                page.keyboard.type(part, delay=15)
            page.wait_for_timeout(450)
        assert typed(page) == wanted
        page.keyboard.type(" ")
        sign(page)
    assert text_of(campaign, language, name) == wanted


@pytest.mark.parametrize("name", [PLAIN, CHIPS])
def test_undo_gives_the_text_back(name: str, served: Served, campaign: Path, browser: Browser) -> None:
    """Ctrl+Z after typing, after a paste, after a cut, and after a chip was put in."""
    with visit(browser) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.base)
        served.enter(page)
        page.goto(at(served, "fr", name))
        before = typed(page)
        go(page, "fr", 3)
        page.keyboard.type("un deux ", delay=30)
        assert typed(page) == before[:3] + "un deux " + before[3:]
        for _ in range(8):
            page.keyboard.press("Control+z")
        assert typed(page) == before
        page.evaluate("navigator.clipboard.writeText(' trois quatre ')")
        page.keyboard.press("Control+v")
        assert sorted(typed(page)) == sorted(before + " trois quatre ")
        page.keyboard.press("Control+z")
        assert typed(page) == before
        page.keyboard.press("Control+a")
        page.keyboard.press("Control+x")
        assert typed(page) == ""
        page.keyboard.press("Control+v")
        assert typed(page) == before, "a chip that is cut and pasted stays a placeholder"
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        assert typed(page) == before
        if name == CHIPS:
            page.locator(".chips button").first.click()
            assert len(typed(page)) > len(before)
            page.keyboard.press("Control+z")
            assert typed(page) == before


@pytest.mark.parametrize("name", [PLAIN, CHIPS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_composed_words_arrive_letter_by_letter(language: str, name: str, served: Served, campaign: Path, browser: Browser) -> None:
    """As pinyin, Telex and phones' keyboards do: a word grows under composition, and is committed with its space."""
    wanted = gap(campaign, language, name)
    with visit(browser, PHONE) as page:
        served.enter(page)
        page.goto(at(served, language, name))
        go(page, language, len(wanted.before))
        line = page.context.new_cdp_session(page)
        for word in re.findall(r"\S+\s*", wanted.missing):
            for end in range(1, len(word.strip()) + 1):
                line.send("Input.imeSetComposition", {"text": word[:end], "selectionStart": end, "selectionEnd": end})
                page.wait_for_timeout(60)
            page.wait_for_timeout(450)
            line.send("Input.insertText", {"text": word})
        assert typed(page) == wanted.whole
        sign(page)
    assert text_of(campaign, language, name) == wanted.whole


def test_a_reason_can_be_typed_while_the_checks_answer(served: Served, browser: Browser) -> None:
    """What the checks find comes while somebody types a reason: cursor and text stay."""
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "fr", PLAIN))
        field_of(page).focus()
        page.keyboard.press("Control+End")
        page.keyboard.type("  Venez Venez Venez.", delay=10)
        name = page.locator("#problems input:not([type=checkbox])").first.get_attribute("name")
        reason = page.locator(f"#problems [name={name}]")
        held: list[Any] = []
        page.route("**/check/**", lambda route: held.append(route))
        field_of(page).press("x")
        reason.focus()
        page.keyboard.type("we say ", delay=80)
        page.wait_for_timeout(500)
        with page.expect_response("**/check/**"):
            held[0].continue_()
        page.keyboard.type("it so here", delay=80)
        assert reason.input_value() == "we say it so here"
        assert reason.evaluate("input => input === document.activeElement")


def test_another_window_in_front_takes_no_cursor_away(served: Served, browser: Browser) -> None:
    """Whoever typed a placeholder's letters and looks at another window goes on where they were."""
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "fr", CHIPS))
        go(page, "fr", 3)
        page.keyboard.type("{line_hours} ab")
        page.evaluate("document.getElementById('field').dispatchEvent(new FocusEvent('blur'))")
        page.keyboard.type("cd")
        assert "{line_hours} abcd" in typed(page)


def test_words_typed_before_the_script_runs_stay(served: Served, browser: Browser) -> None:
    """On a slow line somebody types before the page's script is there: an older text of the device does not take its place."""
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "fr", PLAIN))
        field_of(page).focus()
        page.keyboard.press("End")
        with page.expect_response("**/keep/**"):
            page.keyboard.type(" ancien")
        page.evaluate(
            """localStorage.setItem(Object.keys(localStorage).find((name) => name.includes("welcome")),
            JSON.stringify({ text: "ancien", seen: document.querySelector("[name=seen]").value }))"""
        )
        held: list[Any] = []
        page.route("**/reading.js", lambda route: held.append(route))
        page.goto(at(served, "fr", PLAIN), wait_until="commit")
        page.locator("#text").focus()
        page.keyboard.press("Control+a")
        page.keyboard.type("tout nouveau ")
        page.wait_for_timeout(300)
        held[0].continue_()
        page.wait_for_load_state()
        assert page.locator("#text").input_value() == "tout nouveau "
        assert "ancien" in page.locator("[data-name=device-old]").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phone_worksheet_keeps_what_is_typed(language: str, campaign: Path, tmp_path: Path, browser: Browser) -> None:
    """In the middle of the draft, with its space, through a reload, into the file."""
    wanted = gap(campaign, language, PLAIN)
    project = Project(campaign)
    sheet = make_worksheet(Snapshot(project), language, [LEAFLET], "example-anna")
    path = tmp_path / "phone.html"
    path.write_text(worksheet_phone_page(Snapshot(project), sheet), "utf-8")
    with visit(browser, PHONE) as page:
        page.goto(path.as_uri())
        row = page.locator(".row").filter(has_text=wanted.before.strip()).filter(has_text=wanted.after.strip()).first
        row.locator("summary").click()
        row.locator(".start").click()
        page.keyboard.press("Control+Home")
        onward = "ArrowLeft" if page.locator("html").get_attribute("dir") == "rtl" else "ArrowRight"
        for _ in wanted.before:
            page.keyboard.press(onward)
        page.keyboard.type(wanted.missing, delay=30)
        assert row.locator(".text").input_value() == wanted.whole
        page.keyboard.press("Control+End")
        page.keyboard.type("  ")
        row.locator(".reason").press_sequentially("so it is said ", delay=20)
        page.reload()
        # Chromium may give a file a new process, to which what is kept comes a moment later.
        expect(row.locator(".text")).to_have_value(wanted.whole + "  ")
        expect(row.locator(".reason")).to_have_value("so it is said ")
        with page.expect_download() as download:
            page.locator("#save").click()
        rows = json.loads(Path(download.value.path()).read_text("utf-8"))["rows"]
    assert [row["text"].strip() for row in rows] == [wanted.whole]
