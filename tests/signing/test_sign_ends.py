"""Signing in the terminal has no dead ends: labels in one list, a signed sentence corrected, the text of fewer people offered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.model import State
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import task_for
from tests.conftest import copy_campaign
from tests.signing.test_sign import Reader

Command = Callable[..., tuple[int, str, str]]
ANNA, BILAL, CHLOE, DINA = "r41", "r42", "r43", "r44"


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a campaign of one leaflet whose source nobody has signed."""
    root = copy_campaign(tmp_path / "campaign", leaflets=("not-alone",), languages=("en", "fr"))
    (root / "locales" / "en" / "reviews.jsonl").unlink()
    return root


@pytest.fixture
def sign(leaflets_command: Command, monkeypatch: pytest.MonkeyPatch, campaign: Path) -> Reader:
    """Give somebody at a terminal."""
    return Reader(leaflets_command, monkeypatch, campaign)


def ledger(campaign: Path, language: str = "en") -> list[dict[str, str]]:
    path = campaign / "locales" / language / "reviews.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def open_labels(campaign: Path) -> list[str]:
    texts = Snapshot(Project(campaign)).texts("en", "shared")
    return [name for name, text in texts.items() if text.state is not State.READY]


def says(campaign: Path, name: str) -> str:
    return Snapshot(Project(campaign)).texts("fr", "not-alone")[name].msgstr


def sit_down(campaign: Path) -> None:
    """Let another person sit down at the same computer."""
    (campaign / ".leaflets.reader").unlink(missing_ok=True)


def test_labels_are_signed_as_one_list_but_for_those_taken_out(sign: Reader, campaign: Path) -> None:
    before = open_labels(campaign)
    assert len(before) > 3

    _, out, err = sign("s 2 9999", "s 2", "q", at=("en", "shared"))

    assert "Type s, or s and the numbers to take out" in err
    assert all(f"({name})" in out for name in before)
    assert open_labels(campaign) == [before[1]]
    assert f"shared / {before[1]}   1 of 1" in out  # the one taken out is shown alone
    found = ledger(campaign)
    assert [one["do"] for one in found] == ["approve"] * (len(before) - 1)
    assert len({one["src"] for one in found}) == len(found)


def test_a_changed_label_stands_in_no_list_but_shows_what_it_was(sign: Reader, campaign: Path) -> None:
    sign("s", at=("en", "shared"))
    assert open_labels(campaign) == []
    path = campaign / "leaflets" / "facts.yaml"
    text = path.read_text("utf-8").replace("Emergency, from any mobile phone", "Emergency, from no mobile phone")
    path.write_text(text + 'extra:\n  kind: phone\n  value: "111"\n  source: us\n  label: New word\n  detail: New detail\n', "utf-8")
    assert sorted(open_labels(campaign)) == ["fact.emergency_mobile", "fact.extra", "fact.extra.detail"]

    _, out, _ = sign("k", "s", at=("en", "shared"))

    shown, _, listed = out.partition("Labels and words:")
    assert "changed since r41 signed it" in shown
    assert "- Emergency, from any mobile phone" in shown
    assert "New word" in listed
    assert "mobile" not in listed
    assert open_labels(campaign) == ["fact.emergency_mobile"]


def test_a_list_of_nothing_is_not_signed(sign: Reader, campaign: Path) -> None:
    everything = " ".join(str(number) for number in range(1, len(open_labels(campaign)) + 1))

    code, _, err = sign(f"s {everything}", "k", at=("en", "shared"))

    assert (code, "Type s, or s and the numbers to take out" in err, ledger(campaign)) == (0, True, [])


def test_a_list_is_taken_back_and_read_one_by_one(sign: Reader, campaign: Path) -> None:
    before = open_labels(campaign)

    _, _, err = sign("s 2", "u", "q", at=("en", "shared"))

    assert f"Taken back: {len(before) - 1} labels and words" in err
    assert open_labels(campaign) == before
    _, out, _ = sign("o", "s", "q", at=("en", "shared"))
    assert f"1 of {len(before)}" in out
    assert open_labels(campaign) == before[1:]
    sign("k", at=("en", "shared"))
    assert open_labels(campaign) == before[1:]


def test_a_signed_sentence_can_be_corrected(sign: Reader, campaign: Path) -> None:
    sign("s", "q", at=("fr", "not-alone", "--sentence", "help"))
    assert Snapshot(Project(campaign)).texts("fr", "not-alone")["help"].state is State.READY
    sign.edits("Notre aide à tous")

    code, out, err = sign("c", at=("fr", "not-alone", "--sentence", "help"))

    assert (code, says(campaign, "help")) == (0, "Notre aide à tous"), err
    assert "1 of 1" in out
    assert "1 sentence for r41" in err


def test_a_sentence_that_is_not_there_is_refused(sign: Reader) -> None:
    code, _, err = sign(at=("fr", "not-alone", "--sentence", "hepl"))

    assert code == 2
    assert "help" in err
    assert sign(at=("facts", "--sentence", "help"))[0] == 2


def test_the_text_of_fewer_people_is_offered_to_somebody(sign: Reader, campaign: Path) -> None:
    first = says(campaign, "help")
    for who in (ANNA, BILAL):
        sit_down(campaign)
        sign("s", at=("fr", "not-alone", "--sentence", "help"), who=who)
    sign.edits("Notre aide à tous")
    sit_down(campaign)
    _, _, err = sign("c", at=("fr", "not-alone", "--sentence", "help"), who=CHLOE)
    assert "Your text is kept and signed" in err
    assert says(campaign, "help") == first
    snapshot = Snapshot(Project(campaign))
    text = snapshot.texts("fr", "not-alone")["help"]
    assert text.state is State.READY
    open_for = {who: task_for(snapshot, "fr", "not-alone", text, who).open_for(who) for who in (ANNA, CHLOE, DINA)}
    assert open_for == {ANNA: True, CHLOE: False, DINA: True}
    place = [
        name for name, one in snapshot.texts("fr", "not-alone").items() if task_for(snapshot, "fr", "not-alone", one, DINA).open_for(DINA)
    ]
    sit_down(campaign)

    _, out, _ = sign(*"k" * place.index("help"), "1", "q", at=("fr", "not-alone"), who=DINA)

    assert "also [1]   Notre aide à tous   (signed by r43)" in out
    assert DINA in task_for(Snapshot(Project(campaign)), "fr", "not-alone", text, DINA).rivals[0].signers


def test_history_says_where_a_source_text_is_written(sign: Reader, campaign: Path) -> None:
    code, out, _ = sign.command("history", "en", "not-alone", "help", cwd=campaign)

    assert code == 0
    assert "nobody signed it: written in the source file" in out
    assert "another program" not in out
