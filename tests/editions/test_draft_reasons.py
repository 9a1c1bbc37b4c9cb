"""Every place that shows a draft says why it is one, with the file and the line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.editions.draft_reasons import DraftReasons
from generator.model import Edition
from generator.review.snapshot import Snapshot
from tests.conftest import copy_campaign
from tests.signing.test_sign import Reader, edit
from tests.signing.test_source import one_person
from tests.support.visitor import page_over, visitor

Command = Callable[..., tuple[int, str, str]]
PRINTED, ELSEWHERE = "Migrant Help: advice for people who seek asylum", "Police, when it is not an emergency"
"""A label that the leaflet prints, and one that only others do."""
NOW = "Migrant Help: advice for people who seek asylum."
"""A change that no translation waits for."""
BUILD = ("build", "not-alone", "-l", "ar", "-s", "a5")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign of one leaflet whose source nobody has signed; for reading only."""
    root = copy_campaign(tmp_path_factory.mktemp("written") / "campaign", leaflets=("not-alone",), languages=("en", "ar"))
    (root / "locales" / "en" / "reviews.jsonl").unlink()
    one_person(root)
    return root


@pytest.fixture
def campaign(written: Path, tmp_path: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy whose source one person has signed in the terminal."""
    root = Path(shutil.copytree(written, tmp_path / "campaign"))
    Reader(leaflets_command, monkeypatch, root)(*"s" * 80, at=("en",))
    return root


def line_of(path: Path, text: str) -> str:
    """Return file:line of a text, as it is seen from the campaign's folder."""
    lines = path.read_text("utf-8").splitlines()
    return f"{path.parent.name}/{path.name}:{next(n for n, line in enumerate(lines, 1) if text in line)}"


def of_source(root: Path, language: str = "ar") -> list[tuple[str, str]]:
    found = DraftReasons(Snapshot(Project(root))).of(Edition("not-alone", language, "a5"))
    return [(one.code, one.leaflet) for one in found if one.language == "en"]


def test_a_changed_label_is_told_in_every_place_of_a_translation(campaign: Path, leaflets_command: Command) -> None:
    facts = campaign / "leaflets" / "facts.yaml"
    assert of_source(campaign) == []
    edit(facts, PRINTED, NOW)
    edit(facts, ELSEWHERE, "Police")
    leaflets_command("extract", cwd=campaign)
    place = line_of(facts, NOW)
    words = f"was “{PRINTED}”, now “{NOW}”"

    built = leaflets_command(*BUILD, "--json", cwd=campaign)[1]
    again = leaflets_command(*BUILD, "--json", cwd=campaign)[1]
    told = leaflets_command(*BUILD, cwd=campaign)[1]
    status = leaflets_command("status", cwd=campaign)[2]

    (edition,) = json.loads(built)["editions"]
    (label,) = [one for one in edition["why"] if one["leaflet"] == "shared" and one["language"] == "en"]
    assert (edition["state"], label["code"]) == ("draft", "source-changed")
    assert label["where"].endswith(place)
    assert words in label["what"]
    assert "olice" not in label["what"]  # no page of this leaflet says it
    assert json.loads(again)["editions"][0]["why"] == edition["why"]
    for shown in (told, status, (campaign / "output" / "index.html").read_text("utf-8")):
        assert f"{place}: the labels and words changed since r41 signed" in shown
        assert words in shown
    page = (campaign / "output" / "index.html").read_text("utf-8")
    assert '<td class="draft">Draft<br>needs organisers, readers</td>' in page


def test_a_card_names_the_sentences_that_wait_and_their_line(campaign: Path, leaflets_command: Command) -> None:
    leaflets_command(*BUILD, cwd=campaign)

    page = (campaign / "output" / "index.html").read_text("utf-8")
    catalogue = campaign / "locales" / "ar" / "LC_MESSAGES" / "not-alone.po"
    first = line_of(catalogue, 'msgctxt "title"').rpartition(":")[2]
    found = [one for one in DraftReasons(Snapshot(Project(campaign))).of(Edition("not-alone", "ar", "a5")) if one.code == "unread"]
    assert '<td class="draft">Draft<br>needs readers</td>' in page
    assert "for readers, the first is title. leaflets sign ar not-alone" in page
    assert found[0].where.startswith(f"{catalogue}:")
    assert abs(int(found[0].where.rpartition(":")[2]) - int(first)) < 5


def test_the_print_desk_tells_the_same(campaign: Path, leaflets_command: Command) -> None:
    facts = campaign / "leaflets" / "facts.yaml"
    edit(facts, PRINTED, NOW)
    leaflets_command("extract", cwd=campaign)
    app = page_over(campaign)

    page = visitor(app, "r2", "organiser").get("/desk/leaflet/not-alone/ar").get_data(as_text=True)
    app.extensions["state"].studio.close()

    assert f"<code>{line_of(facts, NOW)}</code>: the labels and words changed since r41 signed" in page
    assert f"was “{PRINTED}”, now “{NOW}”" in page
    assert str(campaign) not in page
