"""The website in a real Chromium: on a small screen, without JavaScript, without internet, from a USB stick, behind nginx."""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from generator.campaign.facts import printed_value
from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.website.addresses import WEBSITE_HEADERS
from tests.support.browser import ROOT
from tests.support.nginx import nginx
from tests.support.site import built_campaign, publish_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.tools
SMALL = {"width": 360, "height": 740}
LANGUAGES = ("ar", "ur", "ti", "zh_Hans", "en")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this computer below a path of its own until the block ends; yield the address."""
    handler = functools.partial(Quiet, directory=str(folder.parent))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{folder.name}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign with its site, in which one Arabic paper was replaced by a newer one."""
    root = built_campaign(tmp_path_factory.mktemp("browser") / "campaign")
    path = root / "leaflets" / "facts.yaml"
    path.write_text(path.read_text("utf-8").replace("value: 18:00-21:00", "value: 18:00-22:00"), "utf-8")
    assert build_editions(Project(root), BuildRequest(("not-alone",), (), ("a5",)), 1).ok
    publish_at(root)
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    """Give the folder of the website."""
    return root / "output" / "site"


@contextmanager
def opened(browser: Browser, **options: object) -> Iterator[Page]:
    """Yield a page on a small screen; every error, and everything that the policy stops, fails the test at the end."""
    context = browser.new_context(viewport=SMALL, **options)  # type: ignore[arg-type]
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_two_taps_to_the_leaflet_then_call_and_say_what_is_wrong(browser: Browser, root: Path, site: Path, code: str) -> None:
    project = Project(root)
    language = project.languages[code]
    with opened(browser, java_script_enabled=False) as page, serving(site) as address:
        page.goto(f"{address}/index.html")
        page.get_by_text(language.endonym, exact=True).click()
        page.locator("main .leaflets a").nth(1).click()

        assert page.url == f"{address}/not-alone/{language.tag.lower()}/index.html"
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [language.tag, language.direction]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        phone = project.facts["campaign_phone"]
        call = page.locator(f'dd a[href="tel:{phone.value}"]')
        assert call.inner_text() == printed_value(phone)
        box = call.bounding_box()
        assert box is not None
        assert box["height"] >= 24
        page.locator(".wrong a").click()
        page.locator("summary").nth(3).click()
        ways = page.locator("details[open] a:visible")
        sentence = page.locator("details[open] .code").inner_text()
        links = [unquote(ways.nth(place).get_attribute("href") or "") for place in range(ways.count())]
        assert [link.partition(":")[0] for link in links] == ["sms", "https", "mailto", "tel"]
        assert all(f"{sentence} not-alone {language.tag} " in link for link in links[:3])
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_digits_stand_left_to_right_where_the_language_does_not(browser: Browser, site: Path) -> None:
    with opened(browser) as page:
        page.goto((site / "not-alone" / "ar" / "index.html").as_uri())

        places = page.evaluate(
            """() => [...document.querySelectorAll('bdi.ltr')].map(one => {
              const node = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode();
              const range = document.createRange();
              return [...node.data].map((_, i) => {
                range.setStart(node, i);
                range.setEnd(node, i + 1);
                return range.getBoundingClientRect().left;
              });
            })"""
        )

        assert len(places) >= 8
        for row in places:
            assert row == sorted(row)


def test_a_replaced_paper_leads_to_the_new_one(browser: Browser, root: Path, site: Path) -> None:
    with opened(browser, java_script_enabled=False) as page:
        newest = manifest.read_manifest(root / "output")["not-alone_ar_a5"].code
        old = [path.name for path in (site / "c").iterdir() if path.is_dir() and newest in (path / "index.html").read_text("utf-8")]
        old = [name for name in old if name != newest.lower()]

        assert len(old) == 1
        page.goto((site / "c" / old[0] / "index.html").as_uri())
        assert page.locator(".fate").first.get_attribute("class") == "fate destroy"  # the hours on it are wrong
        assert page.locator(".fate").first.get_attribute("lang") == "ar"
        assert newest in page.locator(".fate").first.inner_text()
        page.locator(".fate a").first.click()
        assert page.url.endswith("/not-alone/ar/index.html")
        page.goto((site / "c" / newest.lower() / "index.html").as_uri())
        assert page.locator(".fate").first.get_attribute("class") == "fate draft"  # the newest, but nobody has read it
        assert "لا توزعوها" in page.locator(".fate").first.inner_text()
        english = manifest.read_manifest(root / "output")["if-strangers-come_en_a5"].code  # its facts are as they were
        page.goto((site / "c" / english.lower() / "index.html").as_uri())
        assert page.locator(".fate").first.get_attribute("class") == "fate current"


KEPT = "caches.keys().then(async names => (await (await caches.open(names[0])).keys()).map(one => one.url).join())"
"""The addresses of all pages and parts that a phone keeps."""


def until(page: Page, expression: str, *wanted: str) -> None:
    """Wait until the value of an expression holds every wanted text; Playwright's own waiting takes a promise for an answer."""
    for _ in range(200):
        found = str(page.evaluate(expression))
        if all(one in found for one in wanted):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{wanted} not in {found}")


def test_a_page_opens_without_internet_after_the_first_visit_and_can_be_forgotten(browser: Browser, site: Path) -> None:
    page = browser.new_context(viewport=SMALL).new_page()
    with serving(site) as address:
        page.goto(f"{address}/not-alone/ti/index.html")
        until(page, "caches.keys()", "pages")
        until(page, KEPT, "not-alone/ti/index.html", "style.css", ".woff2")
        page.locator('footer a[href$="ti/offline/index.html"]').click()
        until(page, KEPT, "site/ti/offline/index.html")
    # the server is gone
    page.goto(f"{address}/not-alone/ti/")  # as the code on paper says it
    assert page.locator("h1").inner_text()
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"  # with its style
    assert page.evaluate("document.fonts.check('16px S ti', 'ት')")
    page.goto(f"{address}/ti/offline/index.html")
    page.get_by_role("button").filter(visible=True).click()
    until(page, "caches.keys()", "off")
    assert "pages" not in str(page.evaluate("caches.keys()"))
    page.context.close()


def test_it_works_from_a_stick(browser: Browser, site: Path) -> None:
    with opened(browser) as page:
        page.goto((site / "index.html").as_uri())
        page.get_by_text("ትግርኛ", exact=True).click()
        page.locator("main .leaflets a").nth(1).click()

        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
        assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].filter(one => one.status == 'loaded').length)") >= 1
        page.locator('a[href$=".txt"]').click()
        assert "020 0946 0123" in page.locator("body").inner_text()
        assert page.evaluate("document.characterSet") == "UTF-8"


def barriers(page: Page) -> list[str]:
    """Return what axe-core finds that is serious or critical."""
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize(("scheme", "ink"), [("light", "rgb(17, 17, 17)"), ("dark", "rgb(242, 242, 242)")])
def test_pictures_are_drawn_in_the_ink_of_the_page(browser: Browser, site: Path, scheme: str, ink: str) -> None:
    page = browser.new_context(viewport=SMALL, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    page.goto((site / "if-strangers-come" / "ar" / "index.html").as_uri())

    assert page.evaluate("getComputedStyle(document.body).color") == ink
    lines = page.evaluate(
        "[...document.querySelectorAll('.picture')].map(one => [getComputedStyle(one).stroke, getComputedStyle(one).color])"
    )
    assert len(lines) == 3
    assert all(stroke == color for stroke, color in lines)
    assert lines[2][0] == ink  # before a warning; the others stand in headings, which have a colour
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_barriers(browser: Browser, site: Path, scheme: str) -> None:
    code = next(path.name for path in sorted((site / "c").iterdir()) if path.is_dir())
    pages = [
        "index.html", "ar/index.html", "not-alone/index.html", "not-alone/ar/index.html", "not-alone/ur/wrong/index.html",
        "if-strangers-come/ti/index.html", "not-alone/zh-hans/index.html", "not-alone/en/index.html", f"c/{code}/index.html",
        "c/index.html", "ar/codes/index.html", "status/index.html", "offline/index.html", "ur/offline/index.html",
    ]  # fmt: skip
    page = browser.new_context(viewport=SMALL, color_scheme=scheme, bypass_csp=True).new_page()  # type: ignore[arg-type]
    found = {}
    for name in pages:
        page.goto((site / name).as_uri())
        if wrong := barriers(page):
            found[name] = wrong

    assert found == {}
    page.context.close()


def test_the_html_is_valid(site: Path, tmp_path: Path) -> None:
    rules = {"long-title": "off", "no-trailing-whitespace": "off", "tel-non-breaking": "off"}  # matters of taste
    settings = {"root": True, "extends": ["html-validate:standard"], "rules": rules}
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(settings), "utf-8")
    shutil.copytree(site, tmp_path / "site")
    command = [ROOT / "node_modules" / ".bin" / "html-validate", "--formatter", "json", "site/**/*.html"]

    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)

    found = {f"{message['ruleId']}: {message['message']}" for row in json.loads(run.stdout or "[]") for message in row["messages"]}
    assert (found, run.returncode) == (set(), 0), run.stderr


def answer(url: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body; redirects are followed."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - our own server
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_the_recipe_for_nginx_serves_the_site_with_its_headers(root: Path, site: Path, tmp_path: Path) -> None:
    with nginx(site, tmp_path) as address:
        for path in ("/", "/not-alone/ar/index.html", "/style.css", "/nowhere/at/all"):
            status, headers, _ = answer(address + path)
            assert status == (404 if "nowhere" in path else 200)
            assert {name: headers.get(name) for name in WEBSITE_HEADERS} == WEBSITE_HEADERS, path
            assert "Set-Cookie" not in headers
        font = next((site / "fonts").iterdir()).name
        assert answer(f"{address}/fonts/{font}")[1]["Cache-Control"] == "public, max-age=31536000, immutable"
        assert b"We do not know this page" in answer(f"{address}/nowhere")[2]
        assert answer(f"{address}/not-alone/ar")[0] == 200  # the code on paper has no slash at its end
        assert answer(f"{address}/not-alone/ar/leaflet.txt")[1]["Content-Type"] == "text/plain; charset=utf-8"
        code = manifest.read_manifest(root / "output")["not-alone_ar_a5"].code
        assert b'class="fate draft"' in answer(f"{address}/c/{code.lower()}")[2]
        assert b"Choose your language" in answer(f"{address}/C/{code}")[2] or b"Look for its code" in answer(f"{address}/c/{code}")[2]
    logs = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*.log"))
    assert not re.search(r"not-alone|127\.0\.0\.1", logs)  # no list of who read what
