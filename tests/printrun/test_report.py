"""What somebody who holds a leaflet says is wrong: it goes back to be read, and a reader answers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.short_codes import row_code
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.cli.dialogue import doubts_shown
from generator.model import State, Translation
from generator.printrun.report import enter_report, find_sentence, settle_report
from generator.problem import LeafletsError, UsageError
from generator.review import ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.paper_keys import paper_keys
from generator.review.snapshot import Snapshot
from generator.review.support import Support, support_by_key
from generator.signing.redact import find_redaction, redact_text
from generator.signing.sentence_task import corrected_task, sentence_tasks
from generator.signing.sign import correct_wording, sign_wording, undo_events

DAY = date(2026, 11, 25)
SEEN = {"negation": "seen"}


def text_of(root: Path, language: str, name: str) -> Translation:
    """Return one sentence of a leaflet as it stands on the disk."""
    return Snapshot(Project(root)).texts(language, "not-alone")[name]


def code_of(root: Path, language: str, name: str) -> str:
    """Return the code of a sentence of `not-alone`."""
    text = text_of(root, language, name)
    return row_code(language, "not-alone", name, text.message.msgid, text.msgstr)


def signed(root: Path, language: str, name: str, who: str) -> None:
    """Let a reader sign a sentence."""
    project = Project(root)
    task = find_sentence(project, code_of(root, language, name), who).task
    sign_wording(project, task, who, DAY, {problem.code: "seen" for problem in task.problems})


def doubted(root: Path, language: str, name: str, says: str = "the sentence is wrong") -> None:
    """Enter a doubt about a sentence."""
    project = Project(root)
    enter_report(project, find_sentence(project, code_of(root, language, name), "r2"), "r2", DAY, says)


def entry_of(root: Path, name: str) -> Entry:
    """Return the entry of the Arabic catalogue that other tools see."""
    return next(entry for entry in pofile.read_catalogue(Project(root).catalogue("ar", "not-alone")) if entry.msgctxt == name)


def test_a_doubt_sends_a_ready_sentence_back_and_signing_it_again_answers(campaign: Path) -> None:
    signed(campaign, "ar", "welcome", "r17")
    assert text_of(campaign, "ar", "welcome").state is State.READY
    assert "fuzzy" not in entry_of(campaign, "welcome").flags

    doubted(campaign, "ar", "welcome", "this is another dialect")

    text = text_of(campaign, "ar", "welcome")
    assert (text.state, text.doubted) == (State.READ, True)
    assert "fuzzy" in entry_of(campaign, "welcome").flags
    snapshot = Snapshot(Project(campaign))
    waiting = [task for task in sentence_tasks(snapshot, "ar", ["not-alone"], "r17") if task.message.msgctxt == "welcome"]
    assert [says for _, says in waiting[0].support.doubts] == ["this is another dialect"]  # shown to the one who signed it, too
    signed(campaign, "ar", "welcome", "r17")
    assert text_of(campaign, "ar", "welcome").state is State.READY
    assert not text_of(campaign, "ar", "welcome").doubted


def test_a_doubt_whose_words_were_deleted_is_still_shown(campaign: Path) -> None:
    doubted(campaign, "ar", "welcome", "this is another dialect")
    assert doubts_shown(text_support(campaign, "welcome").doubts) == "this is another dialect"
    redact_text(Project(campaign), find_redaction(Project(campaign), "ar", "this is another dialect"))
    assert doubts_shown(text_support(campaign, "welcome").doubts) == "(this remark was deleted)"


def text_support(root: Path, name: str) -> Support:
    return find_sentence(Project(root), code_of(root, "ar", name), "r41").task.support


def test_correcting_answers_and_the_old_wording_stays_doubted(campaign: Path) -> None:
    signed(campaign, "ar", "welcome", "r17")
    doubted(campaign, "ar", "welcome")
    project = Project(campaign)
    snapshot = Snapshot(project)
    before = find_sentence(project, code_of(campaign, "ar", "welcome"), "r18").task
    old = before.text.msgstr

    after = corrected_task(snapshot, before, "نحن جيرانكم. نقف إلى جانبكم.", "r18")
    events = correct_wording(project, before, after, "r18", DAY, {problem.code: "seen" for problem in after.problems})

    text = text_of(campaign, "ar", "welcome")
    assert (text.doubted, text.contested, text.state) == (False, True, State.READ)
    undo_events(project, before, after, events)
    text = text_of(campaign, "ar", "welcome")
    assert (text.msgstr, text.state) == (old, State.READ)


def test_one_reader_more_decides_between_a_doubted_wording_and_its_correction(campaign: Path) -> None:
    signed(campaign, "ar", "welcome", "r17")
    doubted(campaign, "ar", "welcome")
    project = Project(campaign)
    before = find_sentence(project, code_of(campaign, "ar", "welcome"), "r18").task
    after = corrected_task(Snapshot(project), before, "نحن جيرانكم. نقف إلى جانبكم.", "r18")
    correct_wording(project, before, after, "r18", DAY, {problem.code: "seen" for problem in after.problems})

    signed(campaign, "ar", "welcome", "r19")

    text = text_of(campaign, "ar", "welcome")
    assert (text.msgstr, text.state, text.doubted) == (after.text.msgstr, State.READY, False)


def test_taking_an_answer_back_opens_the_doubt_again(campaign: Path) -> None:
    signed(campaign, "ar", "welcome", "r17")
    doubted(campaign, "ar", "welcome")
    project = Project(campaign)
    task = find_sentence(project, code_of(campaign, "ar", "welcome"), "r18").task
    events = sign_wording(project, task, "r18", DAY, {problem.code: "seen" for problem in task.problems})
    assert text_of(campaign, "ar", "welcome").state is State.READY

    undo_events(project, task, task, events)

    assert text_of(campaign, "ar", "welcome").state is State.READ


def test_a_reader_can_leave_the_sentence_as_it_is_with_a_reason(campaign: Path) -> None:
    signed(campaign, "ar", "welcome", "r17")
    doubted(campaign, "ar", "welcome")
    project = Project(campaign)

    with pytest.raises(LeafletsError, match="report-why"):
        settle_report(project, find_sentence(project, code_of(campaign, "ar", "welcome"), "r18"), "r18", DAY, "")
    settle_report(project, find_sentence(project, code_of(campaign, "ar", "welcome"), "r18"), "r18", DAY, "said so by three readers")

    assert text_of(campaign, "ar", "welcome").state is State.READY


def test_the_english_can_be_doubted_too(campaign: Path) -> None:
    doubted(campaign, "en", "welcome")

    assert text_of(campaign, "en", "welcome").doubted
    path = campaign / "leaflets" / "not-alone.yaml"
    path.write_text(path.read_text("utf-8").replace("We stand with you.", "We stand by you."), "utf-8")
    assert not text_of(campaign, "en", "welcome").doubted


def test_an_english_leaflet_in_doubt_is_a_draft_that_says_why(campaign: Path) -> None:
    from generator.campaign.shipped_sheets import SHIPPED_SHEETS
    from generator.layout.compose import PageRequest, compose_page
    from generator.model import Edition

    doubted(campaign, "en", "welcome")
    project = Project(campaign)
    snapshot, edition = Snapshot(project), Edition("not-alone", "en", "a5")

    page = compose_page(
        PageRequest(
            edition, project.leaflets["not-alone"], project.languages["en"], SHIPPED_SHEETS["a5"], project.campaign, snapshot.facts,
            snapshot.edition_texts(edition), project.theme, paper_keys(snapshot),
        )
    )  # fmt: skip

    assert page.state is State.DRAFT
    assert "somebody has told us that a sentence here is wrong" in page.html
    assert "a machine translated" not in page.html


@given(order=st.permutations(range(5)), twice=st.booleans())
def test_the_order_of_events_does_not_matter(order: list[int], twice: bool) -> None:
    doubt = LedgerEvent("k", "doubt", "r2", "2026-11-25", "wrong")
    other = LedgerEvent("k", "doubt", "r2", "2026-11-26", "still wrong")
    answer = LedgerEvent("k", "answer", "r17", "2026-11-26", target=doubt.id)
    events = [LedgerEvent("k", "approve", "r17", "2026-11-20"), doubt, other, answer, LedgerEvent("k", "approve", "r18", "2026-11-27")]

    found = support_by_key([events[place] for place in order] * (1 + twice))["k"]

    assert found.doubts == ((other.id, "still wrong"),)
    assert found.signers == {"r17", "r18"}


def test_a_machine_cannot_doubt_and_an_answer_names_its_doubt(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    for deed in ("doubt:abc", "answer"):
        path.write_text(f'{{"k": "a", "do": "{deed}", "who": "r2", "at": "2026-11-25"}}\n', "utf-8")
        with pytest.raises(LeafletsError):
            ledger.read_ledger(path)


def test_a_code_with_a_slip_is_refused_and_a_changed_sentence_is_said(campaign: Path) -> None:
    code = code_of(campaign, "ar", "welcome")
    project = Project(campaign)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")

    with pytest.raises(UsageError, match="report-code"):
        find_sentence(project, wrong, "r2")
    assert find_sentence(project, f" {code.lower().replace('-', ' ')}", "r2").name == "not-alone/welcome"
    path = project.catalogue("ar", "not-alone")
    path.write_text(path.read_text("utf-8").replace("نقف معكم", "نقف إلى جانبكم"), "utf-8")
    with pytest.raises(LeafletsError, match="report-changed"):
        find_sentence(Project(campaign), code, "r2")


def test_the_command_says_what_to_do_next(campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    code = code_of(campaign, "ar", "safe")

    shown = leaflets_command("report", code, cwd=campaign)
    entered = leaflets_command("report", code.lower(), "--says", "a word is missing", "--as", "r2", cwd=campaign)
    again = leaflets_command("report", code, cwd=campaign)
    short = leaflets_command("report", code, "--says", "x", cwd=campaign)

    assert shown[0] == 0
    assert "Nobody may ask you for money" in shown[1]
    assert entered[0] == 0
    assert "No printed edition holds this sentence." in entered[1]
    assert "Next: leaflets sign ar not-alone" in entered[2]
    assert "doubted   a word is missing" in again[1]
    assert short[0] == 1
    assert "[report-says]" in short[2]


def test_the_facts_of_a_sentence_are_named_because_the_number_may_be_wrong(
    campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, _ = leaflets_command("report", code_of(campaign, "ar", "say"), cwd=campaign)

    assert code == 0
    assert "campaign_phone, line_hours" in out
