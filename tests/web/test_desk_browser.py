"""An organiser prints in a real Chromium, with scripts and without; a reader sees the page change while typing."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from tests.support.browser import Served
from tests.web.test_evening import barriers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.tools
LEAFLET = "not-alone"
PATIENCE = 120_000
"""Milliseconds that a build on a busy machine may take."""


def test_an_organiser_prints_one_edition_sees_how_far_it_is_and_takes_it_away(served: Served, page: Page, tmp_path: Path) -> None:
    served.enter(page)
    page.get_by_role("link", name="Print desk").click()
    page.locator(f'a[href="/desk/leaflet/{LEAFLET}/es"]').click()
    page.get_by_role("button", name="Print a5").click()
    page.get_by_role("progressbar").or_(page.get_by_text("Done:")).wait_for()
    page.get_by_text("Done:").wait_for(timeout=PATIENCE)
    with page.expect_download() as got:
        page.get_by_role("link", name=f"{LEAFLET}_es_a5_DRAFT.pdf").click()
    assert got.value.suggested_filename == f"{LEAFLET}_es_a5_DRAFT.pdf"
    got.value.save_as(tmp_path / "one.pdf")
    assert len(pypdf.PdfReader(tmp_path / "one.pdf").pages) == 2
    with page.expect_download() as got:
        page.get_by_role("link", name=re.compile("Download all")).click()
    got.value.save_as(tmp_path / "all.zip")
    assert zipfile.ZipFile(tmp_path / "all.zip").namelist() == [f"{LEAFLET}/{LEAFLET}_es_a5_DRAFT.pdf"]


def test_printing_works_without_scripts(served: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    served.enter(page)
    page.goto(f"{served.base}/desk?leaflet={LEAFLET}&language=es&language=ar&sheet=a5")
    page.get_by_label("Drafts too").check()
    page.get_by_role("button", name="Print what is shown").click()
    page.get_by_text("Done:").wait_for(timeout=PATIENCE)
    assert page.get_by_role("link", name=f"{LEAFLET}_ar_a5_DRAFT.pdf").count() == 1
    context.close()


SCREENS = ("/desk", f"/desk?leaflet={LEAFLET}", f"/desk/leaflet/{LEAFLET}/ar", "/desk/sites/example", f"/layout/{LEAFLET}_ar_a5")


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("language", ["zh_Hans", "ar"])
def test_the_desk_has_no_barriers_and_fits_a_telephone(served: Served, page: Page, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    served.enter(page)
    page.goto(f"{served.base}/read/{language}")
    page.goto(f"{served.base}/desk/leaflet/{LEAFLET}/ar")
    page.get_by_role("button", name="Print a5").click()
    page.get_by_text("Done:").wait_for(timeout=PATIENCE)
    found = barriers(page)
    for path in SCREENS:
        page.goto(served.base + path)
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
        found += barriers(page)
    assert found == []


def test_a_reader_looks_at_every_page_and_signs_it(served: Served, page: Page) -> None:
    served.enter(page)
    page.goto(f"{served.base}/desk/leaflet/{LEAFLET}/ur")
    page.get_by_role("button", name="Print a5").click()
    page.get_by_text("Done:").wait_for(timeout=PATIENCE)
    reader = page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    served.enter(reader, "r17")
    base = re.match(r"http://[^/]+", served.links["r17"])[0]  # type: ignore[index]
    reader.goto(f"{base}/layout/{LEAFLET}_ur_a5")
    images = reader.locator("figure img")
    assert images.evaluate_all("all => all.map(one => one.naturalWidth)") == [900] * images.count()
    reader.get_by_role("button", name="I looked at every page").click()
    assert "r17" in reader.get_by_text("Every page looked at by").inner_text()
    reader.context.close()


@pytest.mark.parametrize("code", ["ar", "zh_Hans"])
def test_the_picture_changes_while_a_reader_types(served: Served, page: Page, code: str) -> None:
    served.enter(page)
    page.goto(f"{served.base}/read/{code}/{LEAFLET}/title")
    picture = page.locator("figure[data-picture] img")
    before = picture.get_attribute("src")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
    field = page.locator("#field, textarea[name=text]").locator("visible=true").first
    field.click()
    page.keyboard.press("End")
    page.keyboard.type(" 1 2 3")
    page.wait_for_function("before => document.querySelector('figure[data-picture] img').getAttribute('src') !== before", arg=before)
    page.wait_for_function("() => !document.querySelector('figure.waits')")
    assert picture.get_attribute("src") != before
    assert picture.evaluate("image => image.naturalWidth") == 900


@pytest.mark.parametrize("code", ["ar", "zh_Hans", "fr"])
def test_on_a_phone_the_picture_stands_right_below_the_sentence(served: Served, page: Page, code: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    served.enter(page)
    page.goto(f"{served.base}/read/{code}/{LEAFLET}/safe")
    places = [page.locator(one).bounding_box() for one in ("section[aria-labelledby=translation]", "figure.picture", ".actions", "#talk")]
    tops = [box["y"] for box in places if box]

    assert len(tops) == 4
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1200, "height": 800})
    english, picture = (page.locator(one).bounding_box() for one in ("section[aria-labelledby=english]", "figure.picture"))
    assert english
    assert picture
    assert abs(english["y"] - picture["y"]) < 40
