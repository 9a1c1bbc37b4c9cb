"""Somebody adds a screen to a checkout: a module, a template and its words, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from generator.web.app import find_screens
from tests.conftest import ROOT, copy_campaign
from tests.support.browser import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEMPLATES = ROOT / "templates" / "screens" / "review"
MODULE = '''"""How many leaflets there are."""

from flask import Blueprint, render_template

from generator.web.helpers import Area
from generator.web.server_state import current_snapshot

screen = Blueprint("tally", __name__)
AREA = Area(5, "tally.show", "tally-title")


@screen.get("/tally")
def show() -> str:
    """Show the number."""
    return render_template("tally.html", number=len(current_snapshot().project.slugs))
'''
TEMPLATE = """{% extends "base.html" %}
{% block main %}
<h1>{{ word("tally-title") }}</h1>
<p>{{ word("tally-number", number=number) }}</p>
{% endblock %}
"""
WORDS = """tally-title:
  text: Tally
tally-number:
  text: "There are {number} leaflets."
"""
OPENS = """
from pathlib import Path
from generator.review.live_snapshot import LiveSnapshot
from generator.web.app import create_app
from generator.web.server_state import ServerState
from generator.web.visitors import User, UserRole, Visitors

campaign, visitors = Path("campaign"), Visitors()
client = create_app(ServerState(campaign, LiveSnapshot(campaign), visitors, "localhost")).test_client()
client.get("/start/" + visitors.invite(User("r2", UserRole.ORGANISER)))
print(client.get("/tally").text)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a copy of the program in which somebody added the files of a screen, beside a campaign."""
    root = tmp_path / "checkout"
    for name in ("generator", "templates", "locales", "leaflets", "sites", "assets"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "generator" / "web" / "screens" / "tally.py").write_text(MODULE, "utf-8")
    templates = root / "templates" / "screens" / "review"
    (templates / "tally.html").write_text(TEMPLATE, "utf-8")
    with (templates / "words.yaml").open("a", encoding="utf-8") as words:
        words.write(WORDS)
    copy_campaign(root / "campaign", leaflets=("not-alone",), languages=("en", "fr"))
    return root


def test_a_screen_is_a_module_a_template_and_words(checkout: Path) -> None:
    """The page finds it, shows it, and links to it at the top."""
    done = subprocess.run([sys.executable, "-c", OPENS], cwd=checkout, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "<p>There are <bdi>1</bdi> leaflets.</p>" in done.stdout
    assert '<a href="/tally">Tally</a>' in done.stdout


@pytest.mark.tools
def test_a_new_screen_opens_in_a_browser(checkout: Path, page: Page) -> None:
    with serving(checkout / "campaign", program=checkout) as served:
        served.enter(page)
        page.get_by_role("link", name="Tally").click()

        assert page.get_by_role("main").inner_text().split("\n")[-1] == "There are 1 leaflets."


@pytest.mark.parametrize("module", find_screens(), ids=lambda module: module.__name__.rpartition(".")[2])
def test_templates_are_named_as_their_screen(module: ModuleType) -> None:
    """What a screen shows begins with its own name; parts that several share begin with a line."""
    name = module.__name__.rpartition(".")[2]
    text = Path(str(module.__file__)).read_text("utf-8")
    shown = {path.name for path in TEMPLATES.glob("*.html") if f'"{path.name}"' in text and not path.name.startswith("_")}

    assert all(template.startswith((f"{name}.", f"{name}_")) for template in shown)
    assert not shown or f"{name}.html" in shown
    assert module.screen.name == name
