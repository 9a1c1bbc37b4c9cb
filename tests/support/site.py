"""A small campaign with its site, for the tests of what residents see: two leaflets in six languages."""

from __future__ import annotations

from pathlib import Path

from generator.campaign.project import Project
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.website.publish import PublishReport, publish_website
from tests.conftest import copy_campaign, sign_source

LANGUAGES = ("en", "ar", "ur", "ti", "zh_Hans", "fa_AF")
LEAFLETS = ("not-alone", "if-strangers-come")


def small_campaign(folder: Path) -> Path:
    """Copy the shipped campaign with the leaflets and languages of the tests alone."""
    root = copy_campaign(folder)
    for path in (root / "leaflets").glob("*.yaml"):
        if path.stem not in (*LEAFLETS, "campaign", "facts"):
            path.unlink()
    path = root / "leaflets" / "campaign.yaml"
    lines = path.read_text("utf-8").replace("  drafts: no", "  drafts: yes").split("\n")
    path.write_text("\n".join(f"languages: [{', '.join(LANGUAGES)}]" if line.startswith("languages:") else line for line in lines), "utf-8")
    sign_source(root)
    return root


def built_campaign(folder: Path) -> Path:
    """Return a small campaign with its PDFs."""
    root = small_campaign(folder)
    report = build_editions(Project(root), BuildRequest(sheets=("a5",)), 1)
    assert report.ok
    return root


def publish_at(root: Path, to: Path | None = None) -> PublishReport:
    """Publish a campaign as it stands on the disk."""
    return publish_website(Project(root), to)
