"""Pictures before headings and warnings: known by name, told in words, left out where nobody can say what they show."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from generator.campaign.pictures import picture_markup, picture_names
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import dump_catalogue
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from tests.conftest import ROOT

THEME = ROOT / "templates/themes/community"
NAMES = ["calendar", "camera-no", "door", "ear", "food", "people", "phone", "sim"]


def alts(path: Path) -> list[str]:
    """Return what the pictures of a PDF say, but for its QR code."""
    objects = pypdf.PdfWriter(clone_from=BytesIO(path.read_bytes()))._objects
    figures = [item for item in objects if isinstance(item, dict) and item.get("/S") == "/Figure"]
    return [str(item["/Alt"]) for item in figures if not str(item["/Alt"]).startswith("QR code")]


def printed(folder: Path, language: str) -> list[str]:
    """Build a leaflet with pictures and return what they say."""
    report = build_editions(Project(folder), BuildRequest(("if-strangers-come",), (language,), ("a5",)), jobs=1)
    (outcome,) = report.outcomes
    assert outcome.record.problems == ()
    return alts(folder / "output" / outcome.record.path)


def test_a_picture_says_what_it_shows_in_the_language_of_the_page(campaign: Path) -> None:
    assert printed(campaign, "ar") == ["باب مغلق", "ممنوع التصوير", "هاتف"]


def test_a_picture_is_left_out_until_its_words_are_translated(campaign: Path) -> None:
    path = Project(campaign).catalogue("fr", "shared")
    entries = [entry.changed(msgstr="") if entry.msgctxt == "word.picture-door" else entry for entry in pofile.read_catalogue(path)]
    path.write_text(dump_catalogue(entries), "utf-8")

    assert printed(campaign, "fr") == ["Ne pas filmer", "Un téléphone"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("picture: phon", "phone"),
        ("picture: Phone!", "door camera-no"),
        ("picture: door door door door", "door camera-no"),
    ],
)
def test_a_picture_that_does_not_exist_is_refused_with_the_near_names(campaign: Path, written: str, said: str) -> None:
    path = campaign / "leaflets/if-strangers-come.yaml"
    path.write_text(path.read_text("utf-8").replace("picture: phone", written), "utf-8")
    project = Project(campaign)
    _ = project.leaflets
    (problem,) = project.broken

    assert said in problem.hint
    assert "if-strangers-come.yaml" in problem.where


def test_a_list_has_no_picture(campaign: Path) -> None:
    path = campaign / "leaflets/if-strangers-come.yaml"
    path.write_text(path.read_text("utf-8").replace("  - id: steps\n", "  - id: steps\n    picture: door\n"), "utf-8")
    project = Project(campaign)
    _ = project.leaflets

    assert [problem.what for problem in project.broken] == ["picture: none can stand before a block of steps"]


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_drawn_in_black_lines_that_a_copier_keeps(name: str) -> None:
    """1.7 em of 10 pt, the smallest type of a sheet, on a grid of 24: lines must be half a point at least."""
    drawing = str(picture_markup(THEME, f"picture-{name}", "<shown>"))
    widths = [float(width) for width in re.findall(r'stroke-width="([\d.]+)"', drawing)]

    assert min(widths) * 1.7 * 10 / 24 >= 0.5
    assert set(re.findall("#[0-9a-f]+", drawing)) <= {"#000", "#fff"}
    assert "<title>&lt;shown&gt;</title>" in drawing
    assert "<text" not in drawing


def test_the_theme_has_these_pictures_and_words_for_each() -> None:
    words = {message.msgctxt for message in Project(ROOT).words}

    assert picture_names(THEME) == NAMES
    assert {f"word.picture-{name}" for name in NAMES} <= words
