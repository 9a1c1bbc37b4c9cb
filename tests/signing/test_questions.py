"""Exchanged facts, numbers and bold words are a question to every reader, wherever readers answer: terminal, page, paper, files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from generator.base.clock import today
from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.model import State
from generator.overview.check import check_campaign
from generator.problem import LeafletsError, errors_among
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import SentenceTask, sentence_tasks
from generator.signing.sign import sign_wording
from generator.worksheet.enter import EntryBatch, enter_answers
from generator.worksheet.formats import WORKSHEET_FORMATS
from generator.worksheet.paper import worksheet_job
from generator.worksheet.rows import AnswerMark, SheetAnswer, Worksheet
from generator.worksheet.worksheet import make_worksheet, note_worksheet
from tests.conftest import copy_campaign
from tests.signing.test_sign import Answers as Keys
from tests.support.remembered import take_for_true
from tests.support.visitor import page_over, visitor

ENGLISH = "For advice call {campaign_phone}. In danger do not wait: text {campaign_text}."
RIGHT = "Pour un conseil, appelez le {campaign_phone}. En danger, n’attendez pas\u00a0: écrivez au {campaign_text}."
EXCHANGED = "Pour un conseil, appelez le {campaign_text}. En danger, n’attendez pas\u00a0: écrivez au {campaign_phone}."
ASKED = "For advice call {campaign_phone}"
SAY = "/read/fr/not-alone/say"
ANNA, BILAL = "r41", "r42"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a campaign in French of one sentence with two numbers that somebody exchanged."""
    root = copy_campaign(tmp_path_factory.mktemp("made") / "campaign")
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("languages: [en, ar,", "languages: [en, fr]\n#", 1), "utf-8")
    path = root / "leaflets" / "not-alone.yaml"
    start = path.read_text("utf-8").index("    text: Call {campaign_phone}")
    text = path.read_text("utf-8")
    path.write_text(text[:start] + f'    text: "{ENGLISH}"' + text[text.index("\n", start) :], "utf-8")
    extract_messages(Project(root))
    put(root, EXCHANGED)
    return root


@pytest.fixture
def campaign(made: Path) -> Iterator[Path]:
    """Give the campaign; afterwards nobody has answered anything."""
    project = Project(made)
    files = [project.ledger("fr"), project.catalogue("fr", "not-alone")]
    kept = [file.read_bytes() for file in files]
    yield made
    for file, data in zip(files, kept, strict=True):
        file.write_bytes(data)
    take_for_true(made)


def put(root: Path, msgstr: str) -> None:
    """Write a text as Poedit does."""
    path = Project(root).catalogue("fr", "not-alone")
    pofile.save_catalogue(
        path, [entry.changed(msgstr=msgstr, previous="") if entry.msgctxt == "say" else entry for entry in pofile.read_catalogue(path)]
    )


def task(root: Path, who: str = ANNA) -> SentenceTask:
    return next(
        task for task in sentence_tasks(Snapshot(Project(root)), "fr", ["not-alone"], who, everything=True) if task.message.msgctxt == "say"
    )


def questions(root: Path, who: str = ANNA) -> list[str]:
    return [problem.code for problem in task(root, who).problems]


def sheet_of(root: Path) -> Worksheet:
    """Return a sheet as it leaves the computer: what stands on it is noted."""
    sheet = make_worksheet(Snapshot(Project(root)), "fr", ["not-alone"], ANNA)
    note_worksheet(Project(root), sheet)
    return sheet


def deeds(root: Path) -> list[str]:
    entry = next(entry for entry in pofile.read_catalogue(Project(root).catalogue("fr", "not-alone")) if entry.msgctxt == "say")
    key = wording_key("fr", "say", entry.msgid, entry.msgstr)
    return [event.file_action for event in ledger.read_ledger(Project(root).ledger("fr")) if event.key == key]


def test_the_right_order_asks_only_about_the_not(campaign: Path) -> None:
    put(campaign, RIGHT)
    assert questions(campaign) == ["negation"]


def test_nobody_signs_exchanged_facts_without_an_answer_and_each_reader_answers(campaign: Path) -> None:
    project = Project(campaign)
    with pytest.raises(LeafletsError) as refusal:
        sign_wording(project, task(campaign), ANNA, today(), {"negation": "seen"})
    assert [problem.code for problem in refusal.value.problems] == ["fact-order"]

    sign_wording(project, task(campaign), ANNA, today(), {"negation": "seen", "fact-order": "seen"})

    assert questions(campaign) == []
    assert questions(campaign, BILAL) == ["fact-order", "negation"]


def test_an_answer_lapses_with_the_wording_and_comes_back_with_it(campaign: Path) -> None:
    sign_wording(Project(campaign), task(campaign), ANNA, today(), {"negation": "seen", "fact-order": "seen"})
    put(campaign, EXCHANGED.replace("appelez le", "appelez donc le"))
    assert questions(campaign) == ["fact-order", "negation"]
    put(campaign, EXCHANGED)
    assert questions(campaign) == []


def test_it_is_a_question_and_never_a_finding(campaign: Path) -> None:
    assert [
        problem for problem in check_campaign(Project(campaign), today(), ["fr"]) if problem.msgctxt == "say" and errors_among([problem])
    ] == []


def test_the_terminal_asks(campaign: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two questions: whoever says no to one has not signed."""
    skipped = list(sentence_tasks(Snapshot(Project(campaign)), "fr", ["not-alone"], ANNA))
    place = [task.message.msgctxt for task in skipped].index("say")
    for answers, signed in ((["n", "y"], False), (["y", "y"], True)):
        monkeypatch.setattr("sys.stdin", Keys([*["k"] * place, "s", *answers, "q"], {}, None))
        _, out, err = leaflets_command("sign", "fr", "not-alone", "--as", ANNA, cwd=campaign)
        assert ASKED in out + err
        assert ("approve" in deeds(campaign)) is signed


def test_the_page_shows_a_box_of_its_own_and_wants_it_ticked(campaign: Path) -> None:
    browser = visitor(page_over(campaign), ANNA)
    shown = browser.get(SAY).get_data(as_text=True)
    assert 'name="why-fact-order"' in shown
    assert 'name="why-negation"' in shown
    now = task(campaign)
    form = {"do": "sign", "key": now.key, "seen": now.text.msgstr, "english": now.message.msgid, "text": now.text.msgstr}

    assert browser.post(SAY, data=form | {"why-negation": "seen"}).status_code == 422
    assert browser.post(SAY, data=form | {"why-negation": "seen", "why-fact-order": "seen"}).status_code == 303
    assert deeds(campaign).count("dismiss:fact-order") == 1


def test_every_kind_of_worksheet_asks(campaign: Path) -> None:
    snapshot, sheet = Snapshot(Project(campaign)), sheet_of(campaign)
    paper = worksheet_job(snapshot, sheet).html
    assert ASKED in paper
    assert "Tick for yes" in paper
    book = openpyxl.load_workbook(io.BytesIO(WORKSHEET_FORMATS["xlsx"].make(snapshot, sheet)))
    assert any(ASKED in str(cell.value) for row in book.active.iter_rows() for cell in row)
    assert ASKED in WORKSHEET_FORMATS["csv"].make(snapshot, sheet).decode("utf-8-sig")
    assert ASKED in WORKSHEET_FORMATS["html"].make(snapshot, sheet).decode()


@pytest.mark.parametrize("seen", [True, False])
def test_an_entered_sheet_counts_only_with_the_questions_answered(campaign: Path, seen: bool) -> None:
    code = next(row.code for row in sheet_of(campaign).rows if row.msgctxt == "say")
    entering = EntryBatch(Snapshot(Project(campaign)), "fr", ANNA, today(), sheet_of(campaign).version)
    (verdict,) = enter_answers(entering, [SheetAnswer(code, AnswerMark.SIGN, seen=seen)], apply=True)
    assert verdict.outcome == ("taken" if seen else "refused")
    if not seen:
        assert {problem.code for problem in verdict.problems} == {"fact-order", "negation"}
        assert all("question" in problem.hint for problem in verdict.problems)


@pytest.mark.parametrize(("one", "other", "state"), [("y", "y", State.READ), ("n", "y", State.DRAFT), ("y", "n", State.DRAFT)])
def test_paper_with_one_of_two_boxes_ticked_signs_nothing(
    campaign: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch, one: str, other: str, state: State
) -> None:
    sheet = sheet_of(campaign)
    code = next(row.code for row in sheet.rows if row.msgctxt == "say")
    monkeypatch.setattr("sys.stdin", Keys([sheet.version, f"{code} t", one, other, ""], {}, None))
    leaflets_command("enter", "--as", ANNA, "-l", "fr", cwd=campaign)
    assert (task(campaign).text.state in (State.READ, State.READY)) == (state is State.READ)
