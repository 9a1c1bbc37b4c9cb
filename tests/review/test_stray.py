"""Files that nothing reads are named where somebody put them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.problem import Problem
from generator.review.snapshot import Snapshot
from generator.review.stray_files import stray_files


@pytest.fixture
def campaign(small: Path, tmp_path: Path) -> Path:
    """Give the catalogues and sources of a small campaign, to put files into."""
    for name in ("leaflets", "locales", "templates"):
        shutil.copytree(small / name, tmp_path / name)
    return tmp_path


def found(campaign: Path) -> list[Problem]:
    return list(stray_files(Snapshot(Project(campaign))))


def test_a_campaign_in_order_has_none(campaign: Path) -> None:
    assert found(campaign) == []


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("ar/LC_MESSAGES/not-alone (1).po", "no leaflet is called"),
        ("ar/LC_MESSAGES/notalone.po", "no leaflet is called"),
        ("ar/LC_MESSAGES/not-alone.xlf", "is no catalogue"),
        ("ar/LC_MESSAGES/not-alone.csv", "is no catalogue"),
        ("ar/not-alone.po", "where nothing looks"),
        ("ar-SY/LC_MESSAGES/not-alone.po", "stand in ar"),
        ("klingon/LC_MESSAGES/not-alone.po", "no language of this campaign"),
    ],
)
def test_a_file_that_nothing_reads_is_named(campaign: Path, place: str, says: str) -> None:
    path = campaign / "locales" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(campaign / "locales" / "ar" / "LC_MESSAGES" / "not-alone.po", path)

    (problem,) = found(campaign)

    assert says in problem.what
    assert problem.severity == "warning"
    assert problem.where.startswith(str(campaign / "locales" / place.partition("/")[0]))
    assert problem.hint


@pytest.mark.parametrize("place", ["ar/LC_MESSAGES/not-alone.mo", "ar/LC_MESSAGES/not-alone.po~", "ar/LC_MESSAGES/.not-alone.po.swp"])
def test_what_gettext_and_editors_leave_is_none(campaign: Path, place: str) -> None:
    (campaign / "locales" / place).write_bytes(b"x")
    assert found(campaign) == []


def test_a_leaflet_and_a_language_taken_out_leave_none(campaign: Path) -> None:
    (campaign / "leaflets" / "get-online.yaml").unlink()
    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace(" ti,", "", 1), "utf-8")
    assert "ti" not in Project(campaign).campaign.languages
    assert found(campaign) == []
