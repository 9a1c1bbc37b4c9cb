"""Organisers sign the source like any other language: as a whole, with what changed since, and every draft says what made it one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.editions.fingerprint import content_digest
from generator.model import Edition, State
from generator.problem import Severity
from generator.review.ledger_problems import ledger_problems
from generator.review.one_key import ONE_KEY_WORDS, one_key_problems
from generator.review.snapshot import Snapshot
from generator.review.source_changes import changed_lines
from generator.review.source_obstacles import source_obstacles
from generator.review.source_texts import POLICY_DOMAIN, WHOLE_ID, SourceLine
from tests.conftest import copy_campaign
from tests.signing.test_sign import Reader, edit

Command = Callable[..., tuple[int, str, str]]
ANNA, BILAL = "r41", "r42"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign of one leaflet whose source nobody has signed; for reading only."""
    root = copy_campaign(tmp_path_factory.mktemp("written") / "campaign", leaflets=("not-alone",), languages=("en", "ar"))
    (root / "locales" / "en" / "reviews.jsonl").unlink()
    return root


@pytest.fixture
def campaign(written: Path, tmp_path: Path) -> Path:
    """Give a copy to write in."""
    return Path(shutil.copytree(written, tmp_path / "campaign"))


@pytest.fixture
def sign(leaflets_command: Command, monkeypatch: pytest.MonkeyPatch, campaign: Path) -> Reader:
    """Give an organiser at a terminal."""
    return Reader(leaflets_command, monkeypatch, campaign)


def whole(root: Path) -> State:
    return Snapshot(Project(root)).texts("en", "not-alone")[WHOLE_ID].state


def other_person(root: Path) -> None:
    """Let another person sit down at the same computer."""
    (root / ".leaflets.reader").unlink()


def one_person(root: Path) -> None:
    """Make it a campaign of one person on one computer."""
    text = (root / "leaflets" / "campaign.yaml").read_text("utf-8")
    for name in ("rights", "medical", "safety", "facts"):
        text = text.replace(f"  {name}: 2\n", f"  {name}: 1\n")
    (root / "leaflets" / "campaign.yaml").write_text(text, "utf-8")


def test_one_key_signs_the_leaflet_with_its_sentences(sign: Reader, campaign: Path) -> None:
    one_person(campaign)

    _, out, err = sign("s", "s", at=("en", "campaign", "not-alone"))

    texts = Snapshot(Project(campaign)).texts("en", "not-alone").values()
    assert {text.state for text in texts} == {State.READY}
    assert Snapshot(Project(campaign)).texts("en", POLICY_DOMAIN)["@policy"].state is State.READY
    assert out.index("the campaign's rules") < out.index("the whole leaflet")
    assert "  name: Good Neighbours" in out
    assert "  safe (safety): <b>Our help is free.</b>" in out
    assert "the campaign's rules, 1 leaflet for r41, about" in err
    assert "2 answers by r41 are kept." in err
    assert "All of this is signed. This campaign is signed on one computer alone." in err


def test_the_end_says_what_is_left_for_another_person(sign: Reader, campaign: Path) -> None:
    _, _, err = sign("s", at=("en", "not-alone"))

    assert whole(campaign) is State.READ
    assert "1 answer by r41 is kept." in err
    assert "Left for another person: 1 text: leaflets sign en --as THEIR-CODE" in err
    other_person(campaign)
    sign("s", at=("en", "not-alone"), who=BILAL)
    assert whole(campaign) is State.READY


def test_what_changed_since_is_shown_with_its_line(sign: Reader, campaign: Path) -> None:
    one_person(campaign)
    sign("s", "s", at=("en", "campaign", "not-alone"))
    path = campaign / "leaflets" / "not-alone.yaml"
    edit(path, "We stand with you.", "We stay with you.")
    edit(path, "    risk: safety\n", "")

    found = source_obstacles(Snapshot(Project(campaign)))
    _, out, _ = sign("t", "s", at=("en", "not-alone"))

    line = next(n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "We stay" in text)
    (changed,) = [one for one in found if one.code == "source-changed"]
    assert (changed.where, changed.leaflet, changed.severity) == (f"{path}:{line}", "not-alone", Severity.WARNING)
    assert "welcome was changed, safe was changed" in changed.what
    assert changed.hint == "leaflets sign en not-alone --as YOUR-CODE"
    assert "  - welcome: We are your neighbours. We stand with you." in out
    assert f"  + welcome: We are your neighbours. We stay with you.   (leaflets/not-alone.yaml:{line})" in out
    assert "  - safe (safety): <b>Our help" in out
    assert "  + safe: <b>Our help" in out
    assert out.count("    offers.listen: ") == 1  # the whole text, which was asked for
    assert whole(campaign) is State.READY


def test_a_removed_block_makes_a_draft_of_every_language_and_is_named(sign: Reader, campaign: Path) -> None:
    one_person(campaign)
    sign("s", "s", at=("en", "campaign", "not-alone"))
    path = campaign / "leaflets" / "not-alone.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  - id: private")] + text[text.index("  - id: reach") :], "utf-8")

    (changed,) = [one for one in source_obstacles(Snapshot(Project(campaign))) if one.code == "source-changed"]

    assert whole(campaign) is State.DRAFT
    line = next(n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "id: reach" in text)
    assert changed.where == f"{path}:{line}"
    assert changed.what.endswith("private is gone")


def test_a_changed_rule_names_the_line_of_the_campaign(sign: Reader, campaign: Path) -> None:
    one_person(campaign)
    sign("s", at=("en", "campaign"))
    path = campaign / "leaflets" / "campaign.yaml"
    edit(path, "address: https://nb.internal", "address: https://other.internal")

    (changed,) = [one for one in source_obstacles(Snapshot(Project(campaign))) if one.code == "source-changed"]

    line = next(n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if text.startswith("address:"))
    assert changed.where == f"{path}:{line}"
    assert changed.hint == "leaflets sign en campaign --as YOUR-CODE"


def test_a_signature_of_the_source_makes_pages_anew(sign: Reader, campaign: Path) -> None:
    """The fingerprint of an edition holds whether the source is signed, or a draft would stay one."""
    one_person(campaign)
    edition = Edition("not-alone", "ar", "a5")
    before = content_digest(Snapshot(Project(campaign)), edition)

    sign(*"s" * 60, at=("en",))

    after = Snapshot(Project(campaign))
    assert not [one for one in source_obstacles(after) if one.code.startswith("source")]
    assert content_digest(after, edition) != before


def test_one_sentence_at_a_time_report_and_undo(sign: Reader, campaign: Path) -> None:
    _, out, err = sign("o", "s", "q", "c", "x", "r", "it says too much", at=("en", "not-alone"))

    texts = Snapshot(Project(campaign)).texts("en", "not-alone")
    assert texts["title"].state is State.READY
    assert texts[WHOLE_ID].rejected
    assert "not-alone / title   1 of " in out
    assert "Back to the whole leaflet." in err
    assert "Change it in leaflets/not-alone.yaml, then sign it." in err
    assert "x is no answer here. Type one of the letters in brackets." in err
    wrong = next(one for one in source_obstacles(Snapshot(Project(campaign))) if one.leaflet == "not-alone")
    assert (wrong.code, wrong.what) == ("source-unsigned", "the leaflet cannot be signed: somebody says that it is wrong")


def test_nobody_signs_a_leaflet_over_an_error(sign: Reader, campaign: Path) -> None:
    edit(campaign / "leaflets" / "not-alone.yaml", "We stand with you.", "Call 0808 801 0503.")

    _, _, err = sign("s", at=("en", "not-alone"))

    assert "literal-fact" in err
    assert whole(campaign) is State.DRAFT


def test_the_source_is_corrected_in_its_file(campaign: Path) -> None:
    from datetime import date

    from generator.problem import LeafletsError
    from generator.signing.sentence_task import corrected_task, task_for
    from generator.signing.sign import correct_wording

    snapshot = Snapshot(Project(campaign))
    task = task_for(snapshot, "en", "not-alone", snapshot.texts("en", "not-alone")["welcome"], ANNA)
    with pytest.raises(LeafletsError) as caught:
        correct_wording(snapshot.project, task, corrected_task(snapshot, task, "Hello", ANNA), ANNA, date(2026, 11, 23), {})

    assert caught.value.problems[0].code == "source-correct"
    assert task.message.where in caught.value.problems[0].hint


def test_status_check_and_build_name_what_made_a_draft(leaflets_command: Command, campaign: Path) -> None:
    code, out, err = leaflets_command("status", cwd=campaign)
    assert code == 0
    assert "English (en)" in out
    assert "the leaflet is not signed → leaflets sign en not-alone --as YOUR-CODE [source-unsigned]" in err
    assert "Next: leaflets sign en campaign --as YOUR-CODE" in err
    assert "This campaign is signed on one computer alone." in err

    _, out, _ = leaflets_command("check", cwd=campaign)
    assert out.count("warning: ") >= out.count("[source-unsigned]") == 3

    _, out, err = leaflets_command("build", "not-alone", "-l", "en", "-s", "a5", cwd=campaign)
    assert "not-alone                  1 draft" in out
    assert "leaflets/campaign.yaml:2: the campaign's rules are not signed" in out
    again = leaflets_command("build", "not-alone", "-l", "en", "-s", "a5", cwd=campaign)[1]
    assert "the campaign's rules are not signed" in again
    assert "leaflets sign en campaign" in (campaign / "output" / "index.html").read_text("utf-8")


def test_two_people_on_one_computer_are_one_key(sign: Reader, campaign: Path, leaflets_command: Command) -> None:
    edit(campaign / "leaflets" / "campaign.yaml", "  keys: 1\n", "")
    sign("s", at=("en", "not-alone"))
    other_person(campaign)

    _, _, err = sign("s", at=("en", "not-alone"), who=BILAL)

    assert f"1 text: {ONE_KEY_WORDS}. a second organiser's computer" in err
    assert whole(campaign) is State.READ
    told = next(one for one in source_obstacles(Snapshot(Project(campaign))) if one.leaflet == "not-alone")
    assert (told.code, told.what) == ("one-key", f"the leaflet {ONE_KEY_WORDS}")
    facts = next(one for one in one_key_problems(Snapshot(Project(campaign)), ["ar"]) if not one.leaflet)
    assert ONE_KEY_WORDS in facts.what
    _, out, err = leaflets_command("status", "-l", "en", cwd=campaign)
    assert "read by one computer alone" in out
    assert "signed on one computer alone" not in out + err


def test_a_line_taken_out_of_a_ledger_is_an_error_and_makes_drafts(sign: Reader, campaign: Path, leaflets_command: Command) -> None:
    one_person(campaign)
    sign("s", "s", at=("en", "campaign", "not-alone"))
    ledger = campaign / "locales" / "en" / "reviews.jsonl"
    lines = ledger.read_text("utf-8").splitlines(keepends=True)
    ledger.write_text("".join(lines[:2] + lines[3:]), "utf-8")

    (missing,) = ledger_problems(Snapshot(Project(campaign)), ["ar"])

    assert (missing.code, missing.severity) == ("line-missing", Severity.ERROR)
    assert missing.where.startswith(f"{ledger}:")
    for command in ("check", "status"):
        code, out, err = leaflets_command(command, cwd=campaign)
        assert code == 1
        assert "[line-missing]" in out + err
    code, out, _ = leaflets_command("build", "not-alone", "-l", "en", "-s", "a5", cwd=campaign)
    assert code == 1
    assert "[line-missing]" in out
    assert "1 draft" in out


def test_what_is_gone_has_the_place_of_what_follows() -> None:
    now = [SourceLine("a: One", "x:1"), SourceLine("c: Three", "x:3")]

    found = changed_lines("a: One\nb: Two\nc: Three\nd: Four", now)

    assert [line.where for line in found if line.mark == "-"] == ["x:3", "x:3"]


def test_made_up_facts_are_not_asked_for(leaflets_command: Command, monkeypatch: pytest.MonkeyPatch, campaign: Path) -> None:
    path = campaign / "leaflets" / "reviews.jsonl"
    path.unlink()
    edit(campaign / "leaflets" / "facts.yaml", "  verified: 2026-11-22", "  example: yes")

    _, _, err = Reader(leaflets_command, monkeypatch, campaign)("s", at=("facts",))

    assert "1 fact is still made up" in err
    assert "Not ready yet: " in err
    assert "1 answer by r41 is kept." in err


def test_the_print_desk_and_the_checklist_say_what_organisers_have_not_signed(sign: Reader, campaign: Path) -> None:
    from generator.overview.matrix import leaflet_matrix
    from generator.printrun.needs import missing_people

    before = Snapshot(Project(campaign))
    (cell,) = leaflet_matrix(before, ["not-alone"], ["ar"])
    needed = "\n".join(missing_people(before, "not-alone", "ar"))
    assert [one.code for one in cell.reasons if one.language == "en"] == ["source-unsigned"] * 3
    assert "organisers: leaflets/not-alone.yaml:1: the leaflet is not signed: leaflets sign en not-alone --as YOUR-CODE" in needed
    one_person(campaign)
    sign(*"s" * 60, at=("en",))

    after = Snapshot(Project(campaign))

    (cell,) = leaflet_matrix(after, ["not-alone"], ["ar"])
    assert not [one for one in cell.reasons if one.language == "en"]
    assert "organisers: " not in "\n".join(missing_people(after, "not-alone", "ar"))
