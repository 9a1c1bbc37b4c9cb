"""What other pages, other computers and other people try with the review page, in a real Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .browser import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.tools


def test_a_link_lets_its_browser_in_and_nobody_else(served: Served, page: Page) -> None:
    """Without a link the page is closed; with it the browser is in, and the link is used up."""
    assert page.goto(served.base + "/").status == 401

    served.enter(page)
    assert "r2" in page.locator(".who").inner_text()

    other = page.context.browser.new_context()
    assert other.new_page().goto(served.start).status == 401
    other.close()
