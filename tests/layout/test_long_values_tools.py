"""Long values on every kind of sheet in six languages, and on the website on the narrowest phones."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.campaign.project import Project
from generator.editions.build import build_editions
from generator.editions.build_run import BuildRun
from generator.editions.plan import BuildRequest
from generator.editions.render_setup import render_setup
from generator.editions.worker import start_worker
from generator.layout.pool import WorkerPool
from generator.review.snapshot import Snapshot
from tests.campaign.test_long_values import Pages
from tests.conftest import copy_campaign
from tests.support.site import publish_at
from tests.support.strange import LANGUAGES, lengthen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.tools
SHEETS = ("a5", "a4", "large-print", "a3-poster", "wallet", "tear-off", "trifold", "dl", "mini-zine", "a6-card")
LEAFLETS = ("not-alone", "come-to-the-rally")
CODES = (*LANGUAGES, "vi")
WIDTHS = (320, 360)
WIDER = """width => [...document.querySelectorAll('body *')]
  .filter(one => { const box = one.getBoundingClientRect(); return box.right > width + 1 || box.left < -1 })
  .map(one => one.tagName + ' ' + one.textContent.slice(0, 40))"""


def campaign_of(folder: Path) -> Path:
    """Copy the tests' campaign with the leaflets and languages of this file alone, and without sites."""
    root = copy_campaign(folder)
    kept = (*LEAFLETS, "campaign", "facts", "shared", "review", "site")
    for path in [*(root / "leaflets").glob("*.yaml"), *(root / "locales").rglob("*.po"), *(root / "locales").glob("*.pot")]:
        if path.stem not in kept:
            path.unlink()
    shutil.rmtree(root / "sites")
    path = root / "leaflets" / "campaign.yaml"
    text = re.sub(r"(?m)^languages: .*", f"languages: [{', '.join(CODES)}]", path.read_text("utf-8"))
    path.write_text(text.replace("  drafts: no", "  drafts: yes"), "utf-8")
    return root


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the campaign with its usual values; for reading only."""
    return campaign_of(tmp_path_factory.mktemp("usual") / "campaign")


@pytest.fixture(scope="module")
def long(usual: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same with long values."""
    root = tmp_path_factory.mktemp("long") / "campaign"
    shutil.copytree(usual, root)
    return lengthen(root)


@pytest.fixture(scope="module")
def both(usual: Path, long: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pages, Pages]]:
    """Give pages with the usual values, and with long ones."""
    one, two = Project(usual), Project(long)
    setup = render_setup(one, [one.languages[code] for code in CODES], tmp_path_factory.mktemp("press"))
    with WorkerPool(2, start_worker, (setup,), 240) as pool:
        yield Pages(BuildRun(one, Snapshot(one), {}), pool), Pages(BuildRun(two, Snapshot(two), {}), pool)


@pytest.mark.parametrize("slug", LEAFLETS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_is_printed_with_long_values_or_names_the_value(both: tuple[Pages, Pages], sheet: str, slug: str) -> None:
    """What is withheld with usual values may be withheld for the same; else only a value may be the reason."""
    usual, long = both
    for code in CODES:
        found = long.print(long.job(code, sheet, slug)).problems
        if found and {problem.code for problem in found} != {"overflow-fact"}:
            assert {problem.code for problem in usual.print(usual.job(code, sheet, slug)).problems} == {problem.code for problem in found}


@pytest.fixture(scope="module")
def website(long: Path) -> Path:
    """Give the website of the campaign with long values."""
    build_editions(Project(long), BuildRequest(("not-alone",), ("en",), ("a5",)), 1)
    publish_at(long)
    return long / "output" / "site"


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_on_the_website_scrolls_sideways(browser: Browser, website: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    page, wrong, seen = context.new_page(), {}, 0
    for path in sorted(website.rglob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        seen += 1
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[str(path.relative_to(website))] = page.evaluate(WIDER, width)[-3:]
    context.close()
    assert seen > len(CODES) * len(LEAFLETS)
    assert not wrong


@pytest.mark.parametrize("width", WIDTHS)
def test_the_overview_of_long_values_does_not_scroll_sideways(browser: Browser, website: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    page.goto((website.parent / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
