"""Somebody adds languages and a leaflet to a checkout: the tests go on passing there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.campaign.project import Project
from tests import conftest
from tests.conftest import LEAFLETS, ROOT, TIER_ONE, copy_campaign

OWN = (".git", ".venv*", "node_modules", "output", "build", "dist", "__pycache__", ".*_cache", ".hypothesis", ".leaflets*")
"""What a checkout holds besides what is in git."""
ADDED = ("it", "ru")
SLUG = "new-thing"
SENTENCES = {
    "Say here in one or two short sentences what this leaflet is for.": "You have rights here.",
    '"TODO: a heading"': "What you can do",
    "Write one step here.": "Call us.",
    "Write the next step here.": "Say your language.",
}
TELLING = (
    *("whole/test_architecture", "checks/test_checks", "cli/test_commands", "campaign/test_example"),
    *("review/test_extract", "catalogue/test_interop", "layout/test_pictograms", "catalogue/test_po"),
    *("campaign/test_shipped_words", "campaign/test_yaml_files", "overview/test_status"),
)
"""The test files that look at what ships."""
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def checkout(tmp_path: Path, leaflets_command: Command) -> Path:
    """Give a copy of this checkout in which somebody added two languages and a leaflet, as CONTRIBUTING says."""
    root = Path(shutil.copytree(ROOT, tmp_path / "checkout", ignore=shutil.ignore_patterns(*OWN)))
    for code in ADDED:
        if code not in Project(ROOT).campaign.languages:
            assert leaflets_command("add", "language", code, cwd=root)[0] == 0
    assert leaflets_command("add", "leaflet", SLUG, cwd=root)[0] == 0
    path = root / "leaflets" / f"{SLUG}.yaml"
    text = path.read_text("utf-8")
    for template, own in SENTENCES.items():
        assert template in text
        text = text.replace(template, own)
    path.write_text(text, "utf-8")
    assert leaflets_command("extract", cwd=root)[0] == 0
    return root


def files(root: Path) -> dict[str, bytes]:
    """Return what a campaign holds, and what people wrote in it; catalogues are written anew with each extract, keys sign by chance."""
    found = {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}
    by_chance = ("locales", "leaflets/reviews.jsonl")
    return {name: b"" if name.startswith(by_chance) else path.read_bytes() for name, path in found.items()}


def test_what_is_added_to_a_checkout_is_not_in_the_campaign_of_the_tests(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copy_campaign(tmp_path / "before")
    added = Project(checkout)
    assert {*ADDED} <= {*added.campaign.languages}
    assert SLUG in added.slugs
    monkeypatch.setattr(conftest, "ROOT", checkout)

    after = copy_campaign(tmp_path / "after", checkout)

    assert Project(after).campaign.languages == TIER_ONE
    assert tuple(Project(after).slugs) == LEAFLETS
    assert files(after) == files(before)


@pytest.mark.long
@pytest.mark.parametrize("name", TELLING)
def test_the_tests_pass_where_languages_and_a_leaflet_were_added(checkout: Path, name: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-m", "not tools and not long", f"tests/{name}.py"]
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
