"""A volunteer's evening in a real Chromium: read, correct, sign, come back, and lose nothing.

Nobody signed anything here: the codes are examples, and every test works on a copy of the campaign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.model import State
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.signing import unsaved
from generator.signing.pace import LONGEST
from tests.support.browser import ROOT, Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.tools

LEAFLET = "not-alone"
EVENINGS = {
    "ar": ("العربية", "نحن جيرانكم. نحن نقف معكم."),
    "ti": ("ትግርኛ", "ጎረባብትኹም ኢና። ኣብ ጎድንኹም ኣሎና።"),
    "zh_Hans": ("简体中文", "我们是您的邻居。我们与您站在一起。"),
}
"""By language: its own name, and another wording of "We are your neighbours. We stand with you."."""
WIDE, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def campaign(campaign: Path) -> Path:
    """Give a campaign of few languages, so that every start is quick."""
    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(re.sub(r"languages: \[.*\]", "languages: [en, ar, ur, ti, zh_Hans]", path.read_text("utf-8")), "utf-8")
    extract_messages(Project(campaign))
    return campaign


@contextmanager
def visit(browser: Browser, viewport: Any = WIDE, **options: Any) -> Iterator[Page]:
    """Open a window of its own until the block ends; an error of its scripts fails the test."""
    context: BrowserContext = browser.new_context(viewport=viewport, **options)
    context.set_default_timeout(60_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert wrong == []


def at(served: Served, language: str, name: str = "", leaflet: str = LEAFLET, base: str = "") -> str:
    """Return the address of a leaflet or of one of its sentences."""
    return "/".join(part for part in (base or served.base, "read", language, leaflet, name) if part)


def away(served: Served, code: str) -> str:
    """Return the address under which a reader's own browser reaches the page."""
    found = re.match(r"http://[^/]+", served.links[code])
    assert found
    return found[0]


def text_of(campaign: Path, language: str, name: str, leaflet: str = LEAFLET) -> Any:
    """Return a sentence with its state as it is on the disk."""
    return Snapshot(Project(campaign)).texts(language, leaflet)[name]


def events_of(campaign: Path, language: str, who: str) -> list[LedgerEvent]:
    """Return what the ledger holds of a reader."""
    return [event for event in ledger.read_ledger(Project(campaign).ledger(language)) if event.who == who]


def write(page: Page, text: str) -> None:
    """Put a text in the place of the one in the field, by the keyboard."""
    field = page.locator("#field, #text").first
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def ready(page: Page) -> None:
    """Wait until the sentence was there long enough for the page to take an answer."""
    page.locator("html.waits").wait_for(state="detached")


def agree(page: Page) -> None:
    """Answer every question with yes, and sign."""
    address = page.url
    for box in page.locator(".question input").all():
        box.check()
    page.get_by_role("button", name="Agree and sign").click()
    page.wait_for_url(lambda url: url != address)


def drawn(picture: Locator) -> None:
    """Wait until a picture is there; a busy drawer is asked again by the page's script."""
    for _ in range(120):
        if picture.count() and picture.evaluate("image => image.complete && image.naturalWidth > 0"):
            return
        picture.page.wait_for_timeout(500)
    raise AssertionError("no picture came")


def picture_changes(page: Page, act: Callable[[], None]) -> None:
    """Do something, and see another picture of the page: other pixels, not only another address."""
    picture = page.locator("figure.picture:not(.waits) img")
    drawn(picture)
    address, before = picture.get_attribute("src"), picture.screenshot()
    act()
    page.locator(f"figure.picture:not(.waits) img:not([src='{address}'])").wait_for()
    drawn(picture)
    assert picture.screenshot() != before


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", list(EVENINGS))
def test_an_evening(language: str, viewport: Any, served: Served, campaign: Path, browser: Browser) -> None:
    """Open the link, correct one, sign five, come back, and find everything."""
    name, wording = EVENINGS[language]
    direction = Project(campaign).languages[language].direction
    with visit(browser, viewport) as page:
        served.enter(page, "r17")
        page.get_by_role("link", name=name).click()
        page.get_by_role("link", name="You are not alone").click()
        assert page.locator("html").get_attribute("dir") == direction
        page.locator(".sentences a").nth(1).click()
        picture_changes(page, lambda: write(page, wording))
        page.get_by_text("Sign my text").first.click()
        page.wait_for_url("**/who")
        for _ in range(5):
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
            agree(page)
        page.goto(at(served, language, base=away(served, "r17")))
        page.reload()

        seen = page.locator("main").inner_text()
        assert seen.count("you signed it") == 6
        assert wording in seen
        assert "You signed a sentence." in seen
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert text_of(campaign, language, "welcome").msgstr == wording
    assert text_of(campaign, language, "welcome").state is State.READY
    assert len({event.key for event in events_of(campaign, language, "r17")}) == 6


def test_a_whole_leaflet_by_the_keyboard_alone(served: Served, campaign: Path, browser: Browser) -> None:
    """S begins and signs, Y answers a question, E goes to the text, Ctrl and Enter sign it, U takes back."""
    with visit(browser) as page:
        served.enter(page, "r17")
        page.goto(at(served, "ar", base=away(served, "r17")))
        pressed = 0
        page.keyboard.press("s")
        page.wait_for_url("**/title")
        while "/done/" not in page.url:
            here = page.url
            ready(page)
            for _ in range(page.locator(".question input").count()):
                page.keyboard.press("y")
                pressed += 1
            if here.endswith("/welcome"):
                page.keyboard.press("e")
                page.keyboard.press("Control+a")
                page.keyboard.insert_text(EVENINGS["ar"][1])
                page.keyboard.press("Control+Enter")
            else:
                page.keyboard.press("s")
            pressed += 1
            page.wait_for_url(lambda url, here=here: url != here)
        sentences = len(Project(campaign).domain(LEAFLET))
        assert f"Sentences you signed in this leaflet: {sentences}" in page.locator("main").inner_text()
        assert pressed < 20
        ready(page)
        page.keyboard.press("u")
        page.wait_for_url("**/free")
    assert text_of(campaign, "ar", "welcome").msgstr == EVENINGS["ar"][1]
    assert text_of(campaign, "ar", "free").state is State.DRAFT


def test_keys_count_by_their_place_on_an_arabic_keyboard_and_can_be_turned_off(served: Served, browser: Browser) -> None:
    """The key that says S on another keyboard types an Arabic letter; it signs all the same, and never while somebody types."""
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'س', code: 'KeyS', bubbles: true}))"
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "ar", "welcome"))
        ready(page)
        page.locator("#letters").uncheck()
        page.evaluate(press)
        page.wait_for_timeout(300)
        assert page.url.endswith("/welcome")
        page.locator("#letters").check()
        page.locator("#comment").press("s")
        assert page.url.endswith("/welcome")
        assert page.locator("#comment").input_value() == "s"
        page.evaluate(press)
        page.wait_for_url("**/who")


def test_without_javascript(served: Served, campaign: Path, browser: Browser) -> None:
    """Plain forms do everything: look, correct, sign, ask, undo."""
    with visit(browser, java_script_enabled=False) as page:
        served.enter(page, "r17")
        page.goto(at(served, "ar", "say", base=away(served, "r17")))
        text = page.locator("#text").input_value()
        assert "{campaign_phone}" in text
        page.locator("#text").fill(text.replace("{campaign_phone}", ""))
        page.get_by_role("button", name="What to look at").click()
        assert "campaign_phone" in page.locator("#problems").inner_text()
        page.wait_for_timeout(1000 * LONGEST)
        page.get_by_role("button", name="Sign my text").click()
        assert "nobody can sign over an error" in page.get_by_role("alert").inner_text()
        page.locator("#text").fill(text.replace("قولوا", "اذكروا"))
        page.get_by_role("button", name="Sign my text").click()
        page.wait_for_url("**/free")
        page.locator("#comment").fill("Is this polite?")
        page.get_by_role("button", name="Ask the others").click()
        assert "Is this polite?" in page.locator(".talk").inner_text()
        page.wait_for_timeout(1000 * LONGEST)
        page.get_by_role("button", name="Undo").click()
        page.wait_for_load_state()
        assert page.locator(".talk").count() == 0
        page.wait_for_timeout(1000 * LONGEST)
        page.get_by_role("button", name="Undo").click()
        page.wait_for_url("**/say")
    assert text_of(campaign, "ar", "say").msgstr == text


def test_placeholders_can_be_moved_and_taken_out_but_not_altered(served: Served, campaign: Path, browser: Browser) -> None:
    """A chip is one piece: it goes as a whole, comes back by its button, and what is pasted in braces becomes one."""
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "ar", "say"))
        field = page.locator("#field")
        assert field.locator(".chip").all_inner_texts() == ["020\xa00946\xa00123", "18:00–21:00"]
        assert page.locator("#text").is_hidden()
        field.locator(".chip").first.click()
        page.keyboard.type("9")
        written = page.locator("#text").input_value()
        assert set(re.findall(r"\{.*?\}", written)) <= {"{campaign_phone}", "{line_hours}"}
        assert set(field.locator(".chip").all_inner_texts()) <= {"020\xa00946\xa00123", "18:00–21:00"}
        write(page, "اتصلوا ")
        assert page.locator(".chips .missing").count() == 2
        page.locator("#problems .error").first.wait_for()
        assert "line_hours" in page.locator("#problems").inner_text()
        page.locator(".chips button").first.click()
        page.keyboard.insert_text(" قبل {line_hours} ")
        page.locator("h1").click()
        assert field.locator(".chip").count() == 2
        assert page.locator("#text").input_value() == "اتصلوا {campaign_phone} قبل {line_hours} "
        assert page.locator(".chips .missing").count() == 0


def test_a_long_link_in_a_note_stays_on_a_phones_screen(served: Served, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        served.enter(page)
        page.goto(at(served, "zh_Hans", "steps.call", "if-strangers-come"))
        assert "legislation.gov.uk" in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_problems_come_as_somebody_types_and_answers_stay(served: Served, browser: Browser) -> None:
    """The same checks, a moment later, read out by screen readers; an answer that was given stays."""
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "ar", "safe"))
        page.locator(".question input").check()
        page.locator("#field").focus()
        page.keyboard.press("Control+End")
        page.keyboard.insert_text(" 07700 900123")
        page.locator("#problems .error").first.wait_for()
        assert "a phone number stands in the text" in page.locator("#problems").inner_text()
        assert page.locator("#said").inner_text().startswith("Must be mended: ")
        assert page.locator(".question input").is_checked()


def test_an_open_page_notices_what_poedit_saved(served: Served, campaign: Path, browser: Browser) -> None:
    """Somebody types while another program writes the same sentence: the page says so, and both texts are there."""
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "ti", "welcome"))
        project = Project(campaign)
        path = project.catalogue("ti", LEAFLET)
        entries = pofile.read_catalogue(path)
        theirs = entries[2].msgstr.replace("ኢና", "ኢና ንሕና")
        pofile.save_catalogue(path, [entry.changed(msgstr=theirs) if entry.msgctxt == "welcome" else entry for entry in entries])
        write(page, EVENINGS["ti"][1])
        page.locator("[data-name=moved]").wait_for()
        page.locator("[data-name=moved] a").click()
        page.wait_for_load_state()

        assert page.locator("#text").input_value() == EVENINGS["ti"][1]
        assert page.locator("del").count() > 0
    assert text_of(campaign, "ti", "welcome").msgstr == theirs


def test_two_browsers_on_one_sentence(served: Served, campaign: Path, browser: Browser) -> None:
    """The second sees both texts with what is different, and chooses; nothing is overwritten before."""
    with visit(browser) as first, visit(browser) as second:
        served.enter(first, "r17")
        served.enter(second, "r18")
        for page in (first, second):
            page.goto(at(served, "zh_Hans", "welcome", base=away(served, "r17")))
        write(first, "我们是您的邻居。我们与您站在一起。")
        first.get_by_text("Sign my text").first.click()
        first.wait_for_url("**/who")
        write(second, "我们是您的邻居。我们同您站在一起。")
        second.get_by_text("Sign my text").first.click()
        second.get_by_role("heading", name="Two people worked on this sentence").wait_for()

        assert second.locator("del").all_inner_texts() == ["与"]
        assert second.locator("ins").all_inner_texts() == ["同"]
        assert text_of(campaign, "zh_Hans", "welcome").msgstr == "我们是您的邻居。我们与您站在一起。"
        second.get_by_role("button", name="Take the text that is there now").click()
        second.wait_for_url("**/welcome")
        agree(second)
    found = Snapshot(Project(campaign)).support_by_key("zh_Hans")
    assert {frozenset({"r17", "r18"})} == {one.signers for one in found.values() if one.signers}


def test_typed_text_survives_a_closed_tab_and_a_killed_server(campaign: Path, browser: Browser) -> None:
    """What was typed and not signed comes back: from the computer with the campaign, and from the device alone."""
    with serving(campaign) as served, visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "ti", "welcome"))
        with page.expect_response("**/keep/**"):
            write(page, EVENINGS["ti"][1])
        page.close()
        served.process.kill()
    with serving(campaign) as served, visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "ti", "welcome"))

        assert page.locator("#text").input_value() == EVENINGS["ti"][1]
        assert "You typed this text before and did not sign it." in page.locator("#notices").inner_text()
        page.get_by_role("button", name="Throw my text away").click()
        page.wait_for_load_state()
        assert page.locator("#text").input_value() == text_of(campaign, "ti", "welcome").msgstr


def test_typed_text_survives_a_lost_connection(served: Served, campaign: Path, browser: Browser) -> None:
    """Without the server the device keeps it, says so, and puts it back into the field."""
    with visit(browser) as page:
        served.enter(page)
        page.goto(at(served, "ti", "welcome"))
        page.context.set_offline(True)
        write(page, EVENINGS["ti"][1])
        page.locator("[data-name=offline]").wait_for()
        assert unsaved.read_desk(campaign, "r2").texts == {}
        page.context.set_offline(False)
        with page.expect_response("**/keep/**"):
            page.reload()

        assert "You typed this on this device" in page.locator("#notices").inner_text()
        assert page.locator("#text").input_value() == EVENINGS["ti"][1]
        assert unsaved.read_desk(campaign, "r2").texts[f"ti/{LEAFLET}/welcome"].text == EVENINGS["ti"][1]


def whole(project: Project) -> list[Entry]:
    """Read the Arabic catalogue, which raises where it is not whole."""
    return pofile.read_catalogue(project.catalogue("ar", LEAFLET), project.languages["ar"])


def test_a_server_killed_while_it_saves_leaves_whole_files(campaign: Path, browser: Browser) -> None:
    """Kill it at several moments after the button: catalogue and ledger can be read, and each answer is there whole or not at all."""
    wordings = (EVENINGS["ar"][1], "نحن جيرانكم. ونحن نقف معكم.")
    entries = len(whole(Project(campaign)))
    for number, milliseconds in enumerate((0, 20, 60)):
        before, new = text_of(campaign, "ar", "welcome").msgstr, wordings[number % 2]
        with serving(campaign) as served, visit(browser) as page:
            served.enter(page)
            page.goto(at(served, "ar", "welcome"))
            with page.expect_response("**/keep/**"):
                write(page, new)
            ready(page)
            page.evaluate("document.querySelector('button[value=correct]').click()")
            page.wait_for_timeout(milliseconds)
            served.process.kill()
            served.process.wait()
        assert len(whole(Project(campaign))) == entries
        found = text_of(campaign, "ar", "welcome")
        assert found.msgstr in (new, before)
        assert found.msgstr != new or found.state is State.READY, "a text is never there without its signature"
        with serving(campaign) as served, visit(browser) as page:
            served.enter(page)
            page.goto(at(served, "ar", "welcome"))
            assert page.locator("#text").input_value() == new, "signed or not, the text is there"


def barriers(page: Page) -> list[str]:
    """Return what axe finds, but for what it calls minor."""
    page.evaluate(AXE.read_text("utf-8"))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("rules => axe.run({runOnly: rules}).then(found => found.violations)", rules)
    return [
        f"{page.url}: {one['id']} {one['help']} {node['html'][:200]}" for one in found if one["impact"] != "minor" for node in one["nodes"]
    ]


@pytest.mark.parametrize("language", ["ar", "zh_Hans"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_screen_has_barriers(language: str, viewport: Any, served: Served, campaign: Path, browser: Browser) -> None:
    """axe finds nothing moderate, serious or critical on any screen, those of conflicts and errors among them, in both directions."""
    with visit(browser, viewport) as page:
        served.enter(page)
        found = barriers(page)
        for address in (
            f"/read/{language}",
            f"/read/{language}/{LEAFLET}",
            f"/done/{language}/{LEAFLET}",
            "/nowhere",
            f"/read/{language}/x",
        ):
            page.goto(served.base + address)
            found += barriers(page)
        page.goto(at(served, language, "who"))
        page.get_by_role("button", name="Agree and sign").click()
        page.get_by_role("alert").wait_for()
        found += barriers(page)
        page.locator("#comment").fill("Is this polite?")
        page.get_by_role("button", name="Ask the others").click()
        page.goto(at(served, language, "say"))
        write(page, "{campaign_phone} 07700 900123 ")
        page.locator("#problems .error").first.wait_for()
        found += barriers(page)
        found += barriers(conflict(page, served, campaign, language))
        english = campaign / "leaflets" / f"{LEAFLET}.yaml"
        english.write_text(english.read_text("utf-8").replace("What we can do", "What we do"), "utf-8")
        page.goto(at(served, language, "who"))
        page.get_by_text("leaflets extract").wait_for()
        found += barriers(page)
        extract_messages(Project(campaign))
        page.goto(at(served, language, "help"))
        page.get_by_role("heading", name="What changed in the English").wait_for()
        found += barriers(page)
        assert found == []


def conflict(page: Page, served: Served, campaign: Path, language: str) -> Page:
    """Bring a page to the screen on which somebody else was quicker."""
    page.goto(at(served, language, "welcome"))
    project = Project(campaign)
    path = project.catalogue(language, LEAFLET)
    entries = pofile.read_catalogue(path)
    pofile.save_catalogue(path, [entry.changed(msgstr=EVENINGS[language][1]) if entry.msgctxt == "welcome" else entry for entry in entries])
    page.get_by_role("button", name="Agree and sign").click()
    page.get_by_role("heading", name="Two people worked on this sentence").wait_for()
    return page


def test_axe_finds_a_barrier_that_is_there(page: Page) -> None:
    """The tool itself: a field without a label and grey on grey are found."""
    page.set_content('<html lang="en"><title>x</title><main><h1>x</h1><input><p style="color:#aaa">grey</p></main></html>')

    assert {re.split(r"[: ]+", one)[2] for one in barriers(page)} >= {"label", "color-contrast"}
