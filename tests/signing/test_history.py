"""The history of a sentence: every wording with who, when and why, and a former one signed again."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.model import State
from generator.review.extract import extract_messages
from generator.review.ledger import read_ledger
from generator.review.ledger_event import LedgerAction
from generator.review.snapshot import Snapshot
from generator.signing.history import PastWording, sentence_history
from generator.signing.sentence_task import corrected_task, task_for
from generator.signing.sign import correct_wording, reject_wording, sign_wording, undo_events
from tests.conftest import copy_campaign
from tests.support.wordings import DAY, task, typed

Command = Callable[..., tuple[int, str, str]]
WHY = "nobody speaks like that"


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a campaign of one leaflet in French."""
    return copy_campaign(tmp_path / "campaign", leaflets=("not-alone",), languages=("en", "fr"))


def correct(campaign: Path, text: str, who: str) -> None:
    before = task(campaign, "help", who)
    after = corrected_task(Snapshot(Project(campaign)), before, text, who)
    correct_wording(Project(campaign), before, after, who, DAY, {})


def history(campaign: Path) -> list[PastWording]:
    return sentence_history(Snapshot(Project(campaign)), task(campaign, "help"))


def test_every_wording_has_who_when_and_why(campaign: Path) -> None:
    """The machine's draft, a rejected correction and what stands now; words that changed are marked."""
    draft = task(campaign, "help").text.msgstr
    correct(campaign, "Notre aide à vous", "r41")
    reject_wording(Project(campaign), task(campaign, "help", "r42"), "r42", DAY, WHY)
    correct(campaign, "Notre aide pour vous", "r42")
    first, second, last = history(campaign)
    assert [first.text, second.text, last.text] == [draft, "Notre aide à vous", "Notre aide pour vous"]
    assert [one.action for one in first.actions] == [LedgerAction.MACHINE]
    assert [(one.who, one.action, one.day, one.why) for one in second.actions] == [
        ("r41", LedgerAction.WRITE, "2026-11-23", ""),
        ("r42", LedgerAction.REJECT, "2026-11-23", WHY),
    ]
    assert last.diff == (("=", "Notre aide"), ("-", "à"), ("+", "pour"), ("=", "vous"))
    assert [one.standing for one in (first, second, last)] == [False, False, True]
    assert (second.state, last.state) == (State.DRAFT, State.READY)


def test_what_was_taken_back_and_typed_elsewhere_shows(campaign: Path) -> None:
    """A signature that was taken back is marked so; a text from an editor has nobody behind it."""
    before = task(campaign, "help")
    after = corrected_task(Snapshot(Project(campaign)), before, "Notre aide", "r41")
    events = correct_wording(Project(campaign), before, after, "r41", DAY, {})
    undo_events(Project(campaign), before, after, events)
    typed(campaign, "help", "Nos aides")
    extract_messages(Project(campaign))
    found = {one.text: one for one in history(campaign)}
    assert [one.taken_back for one in found["Notre aide"].actions] == [True]
    assert found["Nos aides"].actions == ()
    assert found["Nos aides"].standing


def test_a_wording_for_an_older_source_says_what_that_was(campaign: Path) -> None:
    """The source changed: the former wording is shown with what it was made for."""
    correct(campaign, "Notre aide", "r41")
    source = campaign / "leaflets" / "not-alone.yaml"
    source.write_text(source.read_text("utf-8").replace("What we can do", "What we will do"), "utf-8")
    extract_messages(Project(campaign))
    correct(campaign, "Notre future aide", "r41")
    *_, former, now = history(campaign)
    assert (former.source, former.text, former.state) == ("What we can do", "Notre aide", State.READY)
    assert now.source_diff == (("=", "What we"), ("-", "can"), ("+", "will"), ("=", "do"))


def test_the_source_has_a_history_too(campaign: Path) -> None:
    """A sentence of the source, and a leaflet as a whole, are shown in the forms that people signed."""
    snapshot = Snapshot(Project(campaign))
    texts = snapshot.texts("en", "not-alone")
    found = sentence_history(snapshot, task_for(snapshot, "en", "not-alone", texts["help"], "r41"))
    assert [(one.text, one.standing) for one in found] == [("What we can do", True)]
    assert {one.who for one in found[0].actions} == {"r901", "r902"}


def test_the_command_shows_and_restores(leaflets_command: Command, campaign: Path) -> None:
    """A former wording stands again by a new line of whoever wants it; the lines of before stay."""
    correct(campaign, "Notre aide", "r41")
    correct(campaign, "Nos aides", "r42")
    before = read_ledger(Project(campaign).ledger("fr"))
    code, out, err = leaflets_command("history", "fr", "not-alone", "help", cwd=campaign)
    assert code == 0, err
    assert "2026-11-23  r41 wrote it" in out
    assert "[-Notre aide-] {+Nos aides+}" in out
    rows = json.loads(leaflets_command("history", "fr", "not-alone", "help", "--json", cwd=campaign)[1])["wordings"]
    number = [row["text"] for row in rows].index("Notre aide") + 1
    code, _, err = leaflets_command("history", "fr", "not-alone", "help", "--restore", str(number), "--as", "r42", cwd=campaign)
    assert code == 0, err
    now = task(campaign, "help")
    assert now.text.msgstr == "Notre aide"
    assert now.support.signers == {"r41", "r42"}
    after = read_ledger(Project(campaign).ledger("fr"))
    assert set(before) < set(after)
    code, _, err = leaflets_command("history", "fr", "not-alone", "help", "--restore", "9", "--as", "r42", cwd=campaign)
    assert (code, "history-number" in err) == (1, True)


def test_a_former_wording_with_fewer_people_is_kept_aside_and_says_how_to_choose_it(leaflets_command: Command, campaign: Path) -> None:
    """One reader against two: their wording is signed and does not stand, and nothing says that it does."""
    correct(campaign, "Notre aide", "r41")
    sign_wording(Project(campaign), task(campaign, "help", "r42"), "r42", DAY, {})
    code, _, err = leaflets_command("history", "fr", "not-alone", "help", "--restore", "1", "--as", "r43", cwd=campaign)
    assert (code, task(campaign, "help").text.msgstr) == (0, "Notre aide")
    assert "another reader puts yours in its place: leaflets history fr not-alone help" in err
    assert "stands again" not in err


def test_a_reader_restores_while_reading(leaflets_command: Command, campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key h shows what there was; a number puts that wording back."""
    correct(campaign, "Notre aide", "r41")
    typed(campaign, "help", "Nos aides")
    extract_messages(Project(campaign))
    number = [one.text for one in history(campaign)].index("Notre aide") + 1
    position = [name for name, text in Snapshot(Project(campaign)).texts("fr", "not-alone").items()].index("help")
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in (*"k" * position, "h", number, "q"))))
    code, out, err = leaflets_command("sign", "fr", "not-alone", "--as", "r42", cwd=campaign)
    assert code == 0, err
    assert "nobody signed it: typed in another program" in out
    assert task(campaign, "help").text.msgstr == "Notre aide"


def test_the_source_is_shown_and_changed_in_its_file_alone(
    leaflets_command: Command, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a whole leaflet that has changed, h shows the form that people signed; nothing can be put back there."""
    sign_leaflet(campaign)
    source = campaign / "leaflets" / "not-alone.yaml"
    source.write_text(source.read_text("utf-8").replace("What we can do", "What we will do"), "utf-8")
    extract_messages(Project(campaign))
    monkeypatch.setattr("sys.stdin", io.StringIO("h\nq\n"))
    code, out, err = leaflets_command("sign", "en", "not-alone", "--as", "r42", cwd=campaign)
    assert code == 0, err
    assert "r43 signed it" in out
    assert "help: What we can do" in out
    code, _, err = leaflets_command("history", "en", "not-alone", "help", "--restore", "1", "--as", "r42", cwd=campaign)
    assert (code, "leaflets/not-alone.yaml:" in err) == (2, True)


def sign_leaflet(campaign: Path) -> None:
    snapshot = Snapshot(Project(campaign))
    text = snapshot.texts("en", "not-alone")["@leaflet"]
    sign_wording(Project(campaign), task_for(snapshot, "en", "not-alone", text, "r43"), "r43", DAY, {})
