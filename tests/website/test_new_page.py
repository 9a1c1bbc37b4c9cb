"""Somebody adds a page of the website to a checkout: one module and one template."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.website.pages import page_kinds, reserved_folders
from tests.conftest import ROOT, copy_campaign

MODULE = '''"""Whom we thank."""

from collections.abc import Iterator

from generator.website.pages import PageMaker, WebsiteFile, website_page


@website_page(folder="hello")
def hello_page(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield the page."""
    yield maker.page("hello/index.html", "hello.html", maker.english, "Hello", number=len(maker.contents.leaflets))
'''
TEMPLATE = """{% extends "base.html" %}
{% block main %}
<h1>Hello</h1>
<p>We have {{ page.number }} leaflet.</p>
{% endblock %}
"""
PUBLISHES = """
from pathlib import Path
from generator.campaign.project import Project
from generator.website.publish import publish_website

publish_website(Project(Path("campaign")))
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a copy of the program in which somebody added the files of a page, beside a campaign."""
    root = tmp_path / "checkout"
    for name in ("generator", "templates", "locales", "leaflets", "sites", "assets"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "generator" / "website" / "pages" / "hello.py").write_text(MODULE, "utf-8")
    (root / "templates" / "themes" / "site" / "hello.html").write_text(TEMPLATE, "utf-8")
    campaign = copy_campaign(root / "campaign", leaflets=("not-alone",), languages=("en", "fr"))
    settings = campaign / "leaflets" / "campaign.yaml"
    settings.write_text(settings.read_text("utf-8").replace("  drafts: no", "  drafts: yes"), "utf-8")
    return root


def publish(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", PUBLISHES], cwd=checkout, capture_output=True, text=True, check=False)


def test_a_page_is_a_module_and_a_template(checkout: Path) -> None:
    """The website has it, with the frame of every page, and lists it for search programs."""
    done = publish(checkout)

    assert done.returncode == 0, done.stderr
    site = checkout / "campaign" / "output" / "site"
    page = (site / "hello" / "index.html").read_text("utf-8")
    assert "<p>We have 1 leaflet.</p>" in page
    assert '<link rel="stylesheet" href="../style.css">' in page
    assert "hello/index.html" in (site / "SHA256SUMS").read_text("utf-8")


def test_no_leaflet_is_called_after_a_new_page(checkout: Path) -> None:
    leaflets = checkout / "campaign" / "leaflets"
    (leaflets / "not-alone.yaml").rename(leaflets / "hello.yaml")

    done = publish(checkout)

    assert done.returncode == 1
    assert "a leaflet called hello has no place on the website" in done.stderr


def test_every_kind_of_page_has_its_own_folder() -> None:
    folders = [kind.folder for kind in page_kinds() if kind.folder]

    assert sorted(folders) == ["c", "offline", "status"]
    assert reserved_folders() == {"c", "fonts", "offline", "status"}
