"""Answers come back from paper, spreadsheet and phone: each counts for exactly what was on the sheet, or is refused with the reason."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from generator.base.clock import today
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.model import State
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.worksheet import answers as worksheet_answers
from generator.worksheet import spreadsheet, versions
from generator.worksheet.answer_verdict import AnswerVerdict
from generator.worksheet.enter import EntryBatch, enter_answers, outcome_counts, take_back_entry
from generator.worksheet.rows import AnswerMark, SheetAnswer, Worksheet
from generator.worksheet.table import COLUMNS
from generator.worksheet.worksheet import make_worksheet, note_worksheet
from tests.signing.test_sign import Answers as Keys

ANNA, BILAL = "r41", "r42"
LANGUAGES = ("ar", "ti", "ur", "zh_Hans")
HEADING = spreadsheet.HEAD
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def campaign(small: Path, tmp_path: Path) -> Path:
    """Give a small copy of the campaign in four languages, to break."""
    shutil.copytree(small, tmp_path / "campaign")
    return tmp_path / "campaign"


@pytest.fixture
def sheet(campaign: Path) -> Worksheet:
    """Give Anna's sheet of one leaflet in Tigrinya."""
    return sheet_of(campaign)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def sheet_of(campaign: Path, language: str = "ti", who: str = ANNA) -> Worksheet:
    """Return a reader's sheet as it leaves the computer: what stands on it is noted."""
    sheet = make_worksheet(Snapshot(Project(campaign)), language, ["not-alone"], who)
    note_worksheet(Project(campaign), sheet)
    return sheet


def put(campaign: Path, msgctxt: str, msgstr: str, language: str = "ti") -> None:
    """Write a translation as another program would."""
    path = Project(campaign).catalogue(language, "not-alone")
    entries = pofile.read_catalogue(path)
    pofile.save_catalogue(path, [entry.changed(msgstr=msgstr) if entry.msgctxt == msgctxt else entry for entry in entries])


def code(sheet: Worksheet, msgctxt: str) -> str:
    return next(row.code for row in sheet.rows if row.msgctxt == msgctxt)


def entered(
    campaign: Path, *answers: SheetAnswer, apply: bool = True, language: str = "ti", who: str = ANNA, version: str = ""
) -> list[AnswerVerdict]:
    """Enter answers on paper, on the sheet that was made last unless another version is named."""
    project = Project(campaign)
    known = versions.read_versions(project.worksheet_versions(language), language)
    return enter_answers(EntryBatch(Snapshot(project), language, who, today(), version or known[-1][0]), answers, apply)


def told(verdicts: list[AnswerVerdict]) -> list[tuple[str, str, str]]:
    """Return outcome, action and the code of the first problem."""
    return [(verdict.outcome, verdict.action or "", verdict.problems[0].code if verdict.problems else "") for verdict in verdicts]


def events(campaign: Path, language: str = "ti") -> list[LedgerEvent]:
    """Return what people did."""
    return [event for event in ledger.read_ledger(Project(campaign).ledger(language)) if event.file_action != "machine"]


def state_of(campaign: Path, msgctxt: str, language: str = "ti") -> tuple[State, str]:
    text = Snapshot(Project(campaign)).texts(language, "not-alone")[msgctxt]
    return text.state, text.msgstr


def locales(campaign: Path) -> dict[str, bytes]:
    """Return every file that an answer could change."""
    return {str(path): path.read_bytes() for path in (campaign / "locales").rglob("*") if path.is_file() and path.suffix != ".lock"}


@pytest.fixture(scope="session")
def blank(small: Path) -> Worksheet:
    """Give the same sheet, for tests that enter nothing."""
    return make_worksheet(Snapshot(Project(small)), "ti", ["not-alone"], ANNA)


def filled(sheet: Worksheet, cells: dict[tuple[str, str], str], make: Callable[[Worksheet], bytes] = spreadsheet.worksheet_xlsx) -> bytes:
    """Return a workbook or CSV with cells filled in: by msgctxt and heading."""
    rows = {row.msgctxt: number for number, row in enumerate(sheet.rows, HEADING + 1)}
    if make is worksheet_answers.worksheet_csv:
        table = list(csv.reader(io.StringIO(make(sheet).decode("utf-8-sig"), newline="")))
        for (name, heading), text in cells.items():
            table[rows[name] - 1][PLACES[heading]] = text
        out = io.StringIO()
        csv.writer(out).writerows(table)
        return out.getvalue().encode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(make(sheet)))
    for (name, heading), text in cells.items():
        book.active.cell(rows[name], PLACES[heading] + 1).value = text
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_an_answer_does_what_signing_at_the_screen_does(campaign: Path, sheet: Worksheet) -> None:
    """A tick signs, new words correct, a cross with a reason rejects; each is the same event as that of `leaflets sign`."""
    verdicts = entered(
        campaign,
        SheetAnswer(code(sheet, "title"), AnswerMark.SIGN, seen=True),
        SheetAnswer(code(sheet, "help"), AnswerMark.WRONG, text="  እንታይ   ክንገብር ንኽእል ኢና "),
        SheetAnswer(code(sheet, "welcome").lower().replace("-", " "), AnswerMark.WRONG, reason="too stiff"),
    )

    assert told(verdicts) == [("taken", "sign", ""), ("taken", "correct", ""), ("taken", "reject", "")]
    assert [(event.file_action, event.who, event.why) for event in events(campaign)] == [
        ("approve", ANNA, ""),
        ("dismiss:negation", ANNA, "seen"),
        ("write", ANNA, ""),
        ("reject", ANNA, "too stiff"),
    ]
    assert state_of(campaign, "title")[0] is State.READY
    assert state_of(campaign, "help") == (State.READY, "እንታይ ክንገብር ንኽእል ኢና")
    assert state_of(campaign, "welcome")[0] is State.DRAFT


def refusals(sheet: Worksheet) -> Iterator[tuple[str, SheetAnswer]]:
    """Yield answers that cannot count, with the code of the problem."""
    title, say, who = (code(sheet, name) for name in ("title", "say", "who"))
    yield "sheet-mistyped", SheetAnswer(title[:-1] + ("0" if title[-1] != "0" else "1"), AnswerMark.SIGN, seen=True)
    yield "sheet-mistyped", SheetAnswer(title[1] + title[0] + title[2:], AnswerMark.SIGN, seen=True)
    yield "sheet-unknown", SheetAnswer("RXB6-2AXG" if not title.startswith("RXB6") else title, AnswerMark.SIGN)
    yield "negation", SheetAnswer(title, AnswerMark.SIGN)
    yield "placeholders", SheetAnswer(say, text="ደውሉልና ኣብ ስልክና።", seen=True)
    yield "sheet-unclear", SheetAnswer(title, AnswerMark.SIGN, text="ካልእ ቃላት")
    yield "sheet-unclear", SheetAnswer(title, reason="because")
    yield "sign-reason", SheetAnswer(title, AnswerMark.WRONG)
    yield "sign-reason", SheetAnswer(title, AnswerMark.WRONG, reason="no")
    yield "sheet-long", SheetAnswer(title, text="ቃል " * 3_000)
    yield "sheet-cell", SheetAnswer(title, AnswerMark.SIGN, fault="a formula stands in the column 'New text'")
    yield "sheet-locked", SheetAnswer(who, AnswerMark.SIGN, seen=True, shown=("We are people who live near you.", "ካልእ"))


def test_what_cannot_count_is_refused_with_the_reason(campaign: Path, sheet: Worksheet) -> None:
    """Slips, doubts, errors and half answers are told apart, and nothing is written for any of them."""
    from generator.base.short_codes import code_as_printed

    before = locales(campaign)
    wanted = [name for name, _ in refusals(sheet)]
    answers = [replace(answer, code="0000-0000") if name == "sheet-unknown" else answer for name, answer in refusals(sheet)]
    assert code_as_printed("0000-0000")

    found = [told(entered(campaign, answer))[0] for answer in answers]

    assert [outcome for outcome, _, _ in found] == ["refused"] * len(wanted)
    assert [problem for _, _, problem in found] == wanted
    assert locales(campaign) == before


def test_a_sentence_that_changed_since_is_refused_with_what_it_says_now(campaign: Path, sheet: Worksheet) -> None:
    """Another wording or another English makes the code old: the verdict shows the sentence of today, and nothing is signed."""
    put(campaign, "help", "ንምንታይ ንሕግዝ")
    edit(
        campaign / "leaflets" / "not-alone.yaml",
        "We are your neighbours. We stand with you.",
        "We are your neighbours. We stand beside you.",
    )
    before = locales(campaign)

    verdicts = entered(campaign, SheetAnswer(code(sheet, "help"), AnswerMark.SIGN), SheetAnswer(code(sheet, "welcome"), AnswerMark.SIGN))

    assert told(verdicts) == [("refused", "", "sheet-changed")] * 2
    assert "it says now: ንምንታይ ንሕግዝ" in verdicts[0].problems[0].hint
    assert "English: We are your neighbours. We stand beside you." in verdicts[1].problems[0].hint
    assert locales(campaign) == before


def test_a_warning_needs_a_reason_and_keeps_it(campaign: Path) -> None:
    """A text that a check doubts is signed only with the reader's words, which stay in the ledger."""
    put(campaign, "help", "እንታይ ክንገብር ንኽእል 7")
    sheet = sheet_of(campaign)
    row = next(row for row in sheet.rows if row.msgctxt == "help")
    assert row.warnings

    refused = told(entered(campaign, SheetAnswer(row.code, AnswerMark.SIGN)))
    taken = told(entered(campaign, SheetAnswer(row.code, AnswerMark.SIGN, reason="seven is right")))

    assert refused[0][0] == "refused"
    assert taken == [("taken", "sign", "")]
    assert {event.why for event in events(campaign) if event.action == "dismiss"} == {"seven is right"}


def test_a_sentence_without_a_text_can_be_written_but_not_ticked(campaign: Path) -> None:
    """Where there is no draft, a tick stands for nothing, and words are a translation."""
    put(campaign, "help", "")
    sheet = sheet_of(campaign)

    assert told(entered(campaign, SheetAnswer(code(sheet, "help"), AnswerMark.SIGN))) == [("refused", "", "sign-missing")]
    assert told(entered(campaign, SheetAnswer(code(sheet, "help"), text="እንታይ ክንገብር ንኽእል"))) == [("taken", "correct", "")]
    assert state_of(campaign, "help")[0] is State.READY


def test_two_answers_for_one_code(campaign: Path, sheet: Worksheet) -> None:
    """The same answer twice counts once; two that contradict each other both wait for the reader."""
    help_, title = code(sheet, "help"), code(sheet, "title")
    verdicts = entered(
        campaign,
        SheetAnswer(help_, AnswerMark.SIGN, place="row 5"),
        SheetAnswer(help_.lower(), AnswerMark.SIGN, place="row 9"),
        SheetAnswer(title, AnswerMark.SIGN, seen=True, place="row 6"),
        SheetAnswer(title, AnswerMark.WRONG, reason="stiff", place="row 7"),
    )

    assert told(verdicts) == [("taken", "sign", ""), *[("refused", "", "sheet-twice")] * 3]
    assert "row 7" in verdicts[2].problems[0].what
    assert [event.file_action for event in events(campaign)] == ["approve"]


def test_two_halves_of_codes_that_are_the_same_by_chance(campaign: Path, sheet: Worksheet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two sentences share the half of a code that no edit changes, the whole code still finds the right one."""
    from generator.worksheet import enter as module

    monkeypatch.setattr(module, "name_code", lambda language, domain, msgctxt: code(sheet, "help")[:4])

    entering = EntryBatch(Snapshot(Project(campaign)), "ti", ANNA, today())

    assert entering.task(code(sheet, "help")).message.msgctxt == "help"
    put(campaign, "help", "ካልእ")
    with pytest.raises(LeafletsError) as refused:
        EntryBatch(Snapshot(Project(campaign)), "ti", ANNA, today()).task(code(sheet, "help"))
    assert {problem.code for problem in refused.value.problems} == {"sheet-changed"}


def test_nothing_is_written_until_it_is_asked_for_and_twice_adds_nothing(campaign: Path, sheet: Worksheet) -> None:
    """Looking changes no byte and gives the same verdicts; entering again, also on another day, gives `already` and changes no byte."""
    answers = (
        SheetAnswer(code(sheet, "title"), AnswerMark.SIGN, seen=True),
        SheetAnswer(code(sheet, "help"), text="እንታይ ክንገብር ንኽእል ኢና"),
        SheetAnswer(code(sheet, "welcome"), AnswerMark.WRONG, reason="too stiff"),
    )
    before = locales(campaign)

    dry = told(entered(campaign, *answers, apply=False))
    assert locales(campaign) == before
    assert told(entered(campaign, *answers)) == dry
    after = locales(campaign)
    assert after != before

    later = EntryBatch(Snapshot(Project(campaign)), "ti", ANNA, today().replace(month=12), sheet.version)
    assert told(enter_answers(later, answers, True)) == [("already", "sign", ""), ("already", "correct", ""), ("already", "reject", "")]
    assert locales(campaign) == after


def test_a_change_between_looking_and_writing_is_refused(campaign: Path, sheet: Worksheet) -> None:
    """Somebody else's edit in the moment before an answer is written wins: the answer is refused, and their words stay."""
    entering = EntryBatch(Snapshot(Project(campaign)), "ti", ANNA, today(), sheet.version)
    verdict = entering.judge(SheetAnswer(code(sheet, "help"), text="እንታይ ክንገብር ንኽእል ኢና"))
    put(campaign, "help", "ካልእ ቃላት")

    assert told([verdict, entering.keep(verdict)]) == [("taken", "correct", ""), ("refused", "correct", "sign-conflict")]
    assert state_of(campaign, "help")[1] == "ካልእ ቃላት"
    assert events(campaign) == []


def test_two_peoples_sheets_are_two_signatures(campaign: Path, sheet: Worksheet) -> None:
    """A safety sentence is ready after two readers' sheets, and not after one reader's sheet twice."""
    answer = SheetAnswer(code(sheet, "safe"), AnswerMark.SIGN, seen=True, reason="the words are the agreed ones")

    entered(campaign, answer)
    entered(campaign, answer)
    assert state_of(campaign, "safe")[0] is State.READ

    entered(campaign, answer, who=BILAL)
    assert state_of(campaign, "safe")[0] is State.READY


def test_an_answer_can_be_taken_back(campaign: Path, sheet: Worksheet) -> None:
    """The words are back, the ledger only grew, and nobody takes back what is somebody else's or has changed since."""
    from generator.worksheet.refusals import task_code

    old = state_of(campaign, "help")
    (verdict,) = entered(campaign, SheetAnswer(code(sheet, "help"), text="እንታይ ክንገብር ንኽእል ኢና"))
    assert verdict.before
    assert verdict.after
    ids, after = [event.id for event in verdict.events], task_code(verdict.after)

    def back(who: str, text: str) -> None:
        take_back_entry(EntryBatch(Snapshot(Project(campaign)), "ti", who, today()), code(sheet, "help"), text, after, ids)

    for who, text in ((BILAL, old[1]), (ANNA, "somebody else's words")):
        with pytest.raises(LeafletsError, match="no answer of this reader"):
            back(who, text)
    back(ANNA, old[1])

    assert state_of(campaign, "help") == old
    assert [event.action for event in events(campaign)] == ["write", "withdraw"]
    with pytest.raises(LeafletsError, match="sheet-changed"):
        back(ANNA, old[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [spreadsheet.worksheet_xlsx, worksheet_answers.worksheet_csv], ids=["xlsx", "csv"])
def test_a_table_is_entered_with_a_verdict_a_row(
    campaign: Path, leaflets_command: Command, language: str, make: Callable[[Worksheet], bytes]
) -> None:
    """Dry first, then written, then known already; what is refused says its row, its reason and what to do; the exit code tells."""
    sheet = sheet_of(campaign, language)
    old = {row.msgctxt: row.msgstr for row in sheet.rows}
    cells = {
        ("title", "Answer"): "✓",
        ("title", "Compared"): "✓",
        ("welcome", "Answer"): "x",
        ("welcome", "Reason"): "too stiff",
        ("help", "New text"): old["help"][:-1],
        ("who", "Answer"): "maybe",
        ("say", "Answer"): "✓",
        ("say", "Translation"): "edited",
        ("how", "New text"): "=1+1",
    }
    cells = {key: text for key, text in cells.items() if key[0] in old}
    file = campaign / "back.file"
    file.write_bytes(filled(sheet, cells, make))
    before = locales(campaign)

    code, out, err = leaflets_command("enter", "back.file", cwd=campaign)
    assert locales(campaign) == before
    assert (code, "3 can be taken, 0 known already" in err, "--apply" in err.splitlines()[-1]) == (1, True, True)
    assert out.count("taken ") == 3
    assert "nobody can tell what 'maybe'" in out
    assert "somebody typed into the column 'Translation'" in out

    code, out, err = leaflets_command("enter", "back.file", "--apply", "--json", cwd=campaign)
    found = json.loads(out)
    assert (code, found["reader"], found["language"], found["version"], found["written"]) == (1, ANNA, language, sheet.version, True)
    assert {row["msgctxt"]: row["deed"] for row in found["answers"] if row["outcome"] == "taken"} == {
        "title": "sign", "welcome": "reject", "help": "correct",
    }  # fmt: skip
    assert {"code", "place", "outcome", "deed", "leaflet", "msgctxt", "problems"} == set(found["answers"][0])
    after = locales(campaign)

    code, out, err = leaflets_command("enter", "back.file", "--apply", cwd=campaign)
    assert (code, "0 taken, 3 known already" in err) == (1, True)
    assert locales(campaign) == after


@pytest.mark.parametrize("apply", [(), ("--apply",)], ids=["look", "write"])
def test_a_number_in_a_reason_costs_its_row_alone(
    campaign: Path, leaflets_command: Command, sheet: Worksheet, apply: tuple[str, ...]
) -> None:
    cells = {("help", "Answer"): "✓", ("say", "Answer"): "✗", ("say", "Reason"): "ask Mr Example, ٠٧٧٠٠ ٩٠٠١٢٣"}
    (campaign / "back.xlsx").write_bytes(filled(sheet, cells))

    code, out, err = leaflets_command("enter", "back.xlsx", *apply, cwd=campaign)

    assert (code, "1 taken" in err or "1 can be taken" in err, "1 refused" in err) == (1, True, True)
    assert "there is a phone number and a name in it" in out
    assert "٩٠٠" not in Project(campaign).ledger("ti").read_text("utf-8")


def test_a_file_without_trouble_ends_with_zero(campaign: Path, leaflets_command: Command, sheet: Worksheet) -> None:
    """All taken: exit code 0, also when the file is entered again."""
    (campaign / "back.xlsx").write_bytes(filled(sheet, {("help", "Answer"): "✓"}))

    assert [leaflets_command("enter", "back.xlsx", "--apply", cwd=campaign)[0] for _ in range(2)] == [0, 0]


@pytest.mark.parametrize(
    ("on_sheet", "arguments", "words"),
    [
        ("", (), "whose sheet is this"),
        (ANNA, ("--as", BILAL), f"the sheet is {ANNA}'s"),
        ("", ("--as", "language-model"), "is a machine"),
        ("language-model", (), "is a machine"),
        ("Anna Smith", (), "is no reader's code"),
        (ANNA, ("-l", "ar"), "is for ti, not ar"),
    ],
)
def test_one_reader_and_one_language_a_file(
    campaign: Path, leaflets_command: Command, on_sheet: str, arguments: tuple[str, ...], words: str
) -> None:
    """Nobody, somebody else, a machine, a name, another language: refused as wrong use, and nothing is written."""
    sheet = replace(sheet_of(campaign), who=on_sheet)
    (campaign / "back.xlsx").write_bytes(filled(sheet, {("help", "Answer"): "✓"}))
    before = locales(campaign)

    code, out, err = leaflets_command("enter", "back.xlsx", "--apply", *arguments, cwd=campaign)

    assert (code, out) == (2, "")
    assert words in err
    assert locales(campaign) == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
@pytest.mark.parametrize("first", ["", "sep"])
def test_csv_of_any_program_is_read(blank: Worksheet, encoding: str, comma: str, first: str) -> None:
    """Comma, semicolon or tab, UTF-8 with and without mark, UTF-16, and Excel's own first line."""
    rows = list(csv.reader(io.StringIO(worksheet_answers.worksheet_csv(blank).decode("utf-8-sig"), newline="")))
    rows[HEADING][PLACES["New text"]] = "ቃላት, ካልእ; ከምኡ\nመስመር"
    out = io.StringIO()
    csv.writer(out, delimiter=comma).writerows(rows)
    text = f"sep={comma}\r\n{out.getvalue()}" if first else out.getvalue()

    found = worksheet_answers.parse_answers(text.encode(encoding))

    assert (found.version, found.who) == (blank.version, ANNA)
    assert [answer.code for answer in found.rows] == [row.code for row in blank.rows]
    assert found.rows[0].text == "ቃላት, ካልእ; ከምኡ\nመስመር"


def bomb(**parts: bytes) -> bytes:
    """Return a zip with a workbook's main part and others."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b"<workbook/>")
        for name, part in parts.items():
            book.writestr(name.replace("__", "/"), part)
    return data.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one part changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


XXE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XLSX = spreadsheet.worksheet_xlsx


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda sheet: bomb(xl__worksheets__sheet1_xml=b"0" * 60_000_000), "unpacks to 60,000"),
        (lambda sheet: bomb(**{f"xl__{number}": b"" for number in range(300)}), "unpacks to"),
        (lambda sheet: bomb(xl__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"), "more than cells"),
        (lambda sheet: with_part(XLSX(sheet), "xl/externalLinks/externalLink1.xml", lambda part: b"<x/>"), "more than cells"),
        (lambda sheet: with_part(XLSX(sheet), "xl/embeddings/oleObject1.bin", lambda part: b"x"), "more than cells"),
        (lambda sheet: with_part(XLSX(sheet), "xl/worksheets/sheet1.xml", lambda part: XXE + part), "defines entities"),
        (lambda sheet: with_part(XLSX(sheet), "xl/sharedStrings.xml", lambda part: LAUGHS + part), "defines entities"),
        (lambda sheet: with_part(XLSX(sheet), "xl/workbook.xml", lambda part: XXE.decode().encode("utf-16") + part), "defines entities"),
        (lambda sheet: with_part(XLSX(sheet), "xl/worksheets/sheet1.xml", lambda part: part[: len(part) // 2]), "cannot be read"),
        (lambda sheet: XLSX(sheet)[:3_000], "damaged"),
        (lambda sheet: bomb(), "cannot be read"),
        (lambda sheet: b"PK\x05\x06" + b"\0" * 18, "no .xlsx workbook"),
        (lambda sheet: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old Excel file"),
        (lambda sheet: b"%PDF-1.7\n", "a PDF"),
        (lambda sheet: b"\n<!DOCTYPE html><p>", "a web page"),
        (lambda sheet: b"\xff\xd8\xff\xe0", "a picture"),
        (lambda sheet: "Code,Answer,New text\né,ö,ü\n".encode("latin-1"), "an encoding of one country"),
        (lambda sheet: b"", "the headings are missing"),
        (lambda sheet: b"some words\nof a letter\n", "the headings are missing"),
        (lambda sheet: ("Code,Answer,New text\n" + "x" * 200_000).encode(), "no table"),
        (lambda sheet: b"{" * 100_000, "not what the page for a phone saves"),
        (lambda sheet: b'{"kind": "leaflets-answers", "version": "TI-1", "reader": "r1", "rows": [{"code": 5}]}', "not what the page"),
        (lambda sheet: b'{"kind": "other", "rows": []}', "not what the page"),
    ],
    ids=range(23),
)  # fmt: skip
def test_a_hostile_or_wrong_file_is_refused_in_words(
    blank: Worksheet, tmp_path: Path, make: Callable[[Worksheet], bytes], words: str
) -> None:
    """Bombs, entities, links, macros, halves, pictures and letters: refused, with what to do instead, and never a traceback."""
    path = tmp_path / "file"
    path.write_bytes(make(blank))

    with pytest.raises(LeafletsError) as refused:
        worksheet_answers.read_answers(path)

    assert words in str(refused.value)
    assert all(problem.hint and problem.where for problem in refused.value.problems)


def test_a_bomb_never_reaches_the_parser(monkeypatch: pytest.MonkeyPatch, blank: Worksheet) -> None:
    """What is refused for its size or its parts is refused before openpyxl sees a byte of it."""
    calls: list[object] = []
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *arguments, **options: calls.append(arguments))
    for data in (bomb(xl__a=b"0" * 60_000_000), with_part(XLSX(blank), "xl/workbook.xml", lambda part: XXE + part)):
        with pytest.raises(LeafletsError):
            worksheet_answers.parse_answers(data)
    assert calls == []


def test_a_file_that_is_too_large_is_not_read(campaign: Path, leaflets_command: Command) -> None:
    """The size is looked at first."""
    (campaign / "big.csv").write_bytes(b"x" * 6_000_000)

    code, out, err = leaflets_command("enter", "big.csv", cwd=campaign)

    assert (code, out, "file-size" in err) == (1, "", True)


def test_a_workbook_that_lies_about_its_size_is_read_as_it_is(blank: Worksheet) -> None:
    """A million rows in the header are not believed, and the answers are found."""
    data = filled(blank, {("help", "Answer"): "✓"})
    lying = with_part(data, "xl/worksheets/sheet1.xml", lambda part: part.replace(b'ref="A1:I15"', b'ref="A1:XFD1048576"'))
    assert lying != data

    found = worksheet_answers.parse_answers(lying)

    assert [answer.mark for answer in found.rows if not answer.empty] == [AnswerMark.SIGN]


def test_a_formula_in_any_cell_refuses_its_row(campaign: Path, sheet: Worksheet) -> None:
    """A cell that the program would compute is never believed, also in a column that is only for reading."""
    data = filled(
        sheet, {("help", "New text"): '=HYPERLINK("x")', ("title", "English"): "=1+1", ("title", "Answer"): "✓", ("who", "Reason"): "@now"}
    )

    verdicts = [verdict for verdict in entered(campaign, *worksheet_answers.parse_answers(data).rows) if verdict.outcome != "empty"]

    assert told(verdicts) == [("refused", "", "sheet-cell")] * 3
    assert events(campaign) == []


def test_the_page_for_a_phone_sends_the_same_answers(campaign: Path, leaflets_command: Command, sheet: Worksheet) -> None:
    """Its file is entered with the same verdicts, also if it was pasted into a text file."""
    rows = [
        {"code": code(sheet, "help"), "answer": "✓", "text": "", "reason": "", "compared": False},
        {"code": code(sheet, "title"), "answer": "✓", "text": "", "reason": "", "compared": False},
    ]
    text = json.dumps({"kind": "leaflets-answers", "version": sheet.version, "reader": ANNA, "rows": rows})
    (campaign / "answers.txt").write_text("\ufeff\n" + text, "utf-8")

    exit_code, out, err = leaflets_command("enter", "answers.txt", "--apply", cwd=campaign)

    assert (exit_code, "1 taken, 0 known already, 1 refused" in err) == (1, True)
    assert "[negation]" in out


def test_a_sign_that_a_phone_cut_in_half_refuses_its_row_alone(campaign: Path, sheet: Worksheet) -> None:
    rows = [
        {"code": code(sheet, "help"), "answer": "✗", "text": "", "reason": "not right \ud83d", "compared": False},
        {"code": code(sheet, "title"), "answer": "✗", "text": "ብሓባር \ud83d", "reason": "", "compared": False},
        {"code": code(sheet, "who"), "answer": "✗", "text": "", "reason": "a word is missing 🙂", "compared": False},
    ]
    sent = json.dumps({"kind": "leaflets-answers", "version": sheet.version, "reader": ANNA, "rows": rows}).encode()

    verdicts = entered(campaign, *worksheet_answers.parse_answers(sent).rows)

    assert told(verdicts) == [("refused", "", "sheet-cell"), ("refused", "", "sheet-cell"), ("taken", "reject", "")]
    assert [event.why for event in events(campaign)] == ["a word is missing 🙂"]


def test_a_control_character_in_a_catalogue_costs_no_worksheet(campaign: Path) -> None:
    """No cell can hold it, so a mark stands there; the row comes back as the sentence it is."""
    put(campaign, "help", "ንሕና\x01 ንሕግዝ")

    rows = worksheet_answers.parse_answers(
        filled(sheet_of(campaign), {("help", "Answer"): "✗", ("help", "Reason"): "there is a strange sign"})
    ).rows
    answer = next(row for row in rows if row.mark)

    assert answer.shown
    assert answer.shown[1] == "ንሕና\ufffd ንሕግዝ"
    assert told(entered(campaign, answer)) == [("taken", "reject", "")]


@pytest.fixture
def typing(leaflets_command: Command, monkeypatch: pytest.MonkeyPatch, campaign: Path) -> Callable[..., tuple[int, str, str]]:
    """Give somebody who types from paper: lines to exit code, stdout and stderr."""

    def run(*lines: str, at: tuple[str, ...] = ("-l", "ti")) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", Keys(list(lines), {}, None))
        return leaflets_command("enter", "--as", ANNA, *at, cwd=campaign)

    return run


def test_paper_is_typed_by_code(campaign: Path, typing: Command, sheet: Worksheet) -> None:
    """Small letters, letters for digits, other digits and no hyphen are understood; each answer is kept at once and shown first."""
    help_, welcome, title = code(sheet, "help"), code(sheet, "welcome"), code(sheet, "title")
    sloppy = welcome.lower().replace("0", "o").replace("1", "l").replace("-", " ").translate({ord("3"): "٣", ord("7"): "፯", ord("8"): "۸"})
    assert sloppy == "f፯ol ۸b٣m"

    exit_code, out, err = typing(sheet.version, f"{help_} t", f"{sloppy} c ጎረባብትኹም ኢና። ምሳኹም ደው ኢና።", title, "t", "y", "")

    assert exit_code == 0
    assert "What we can do" in out
    assert next((event.action, event.who) for event in events(campaign)) == ("approve", ANNA)
    assert "3 answers by r41 are kept." in err
    assert state_of(campaign, "title")[0] is State.READY


def test_typing_can_go_wrong_and_back(campaign: Path, typing: Command, sheet: Worksheet) -> None:
    """A slip is told from a changed sentence, a refusal says why, and the last answers can be taken back one by one."""
    before = {name: state_of(campaign, name) for name in ("help", "title")}
    help_, title = code(sheet, "help"), code(sheet, "title")
    put(campaign, "welcome", "ካልእ ቃላት")

    slip = help_[:-1] + ("0" if help_[-1] != "0" else "1")
    exit_code, _, err = typing(sheet.version, slip, f"{code(sheet, 'welcome')} t", f"{title} t", "n", f"{help_} c", "ካልእ ሓሳብ", "u", "u", "")

    assert exit_code == 0
    assert "is mistyped" in err
    assert "has changed since" in err
    assert "ካልእ ቃላት" in err
    assert "[negation]" in err
    assert "Taken back" in err
    assert "There is nothing to take back." in err
    assert {name: state_of(campaign, name) for name in before} == before


def test_the_version_names_the_language(campaign: Path, typing: Command, sheet: Worksheet) -> None:
    """Without -l the version code of the sheet is asked for; a wrong one is asked again."""
    exit_code, _, err = typing("XX-12345", sheet.version.lower(), f"{code(sheet, 'help')} t", "", at=())

    assert (exit_code, "No language of this campaign" in err, "1 answer by" in err) == (0, True, True)


def test_typing_needs_no_file_options(campaign: Path, leaflets_command: Command) -> None:
    """--apply and --json belong to a file."""
    code, _, err = leaflets_command("enter", "--as", ANNA, "--apply", cwd=campaign)

    assert (code, "Name the file" in err) == (2, True)


def test_counts(four: Path, blank: Worksheet) -> None:
    """Every answer is counted once."""
    answers = [SheetAnswer(row.code) for row in blank.rows]

    assert outcome_counts(entered(four, *answers, version=blank.version)) == {"empty": len(answers)}


def unsigned_source(campaign: Path) -> Path:
    (campaign / "locales" / "en" / "reviews.jsonl").unlink()
    return campaign


def test_the_source_comes_back_from_a_table_as_a_whole(campaign: Path) -> None:
    """A whole leaflet is one row, its sentences are others; nobody corrects the source on a sheet."""
    sheet = sheet_of(unsigned_source(campaign), "en")
    assert [row.msgctxt for row in sheet.rows][:2] == ["@leaflet", "title"]
    cells = {
        ("@leaflet", "Answer"): "✓",
        ("welcome", "New text"): "We are your friends.",
        ("who", "Answer"): "✗",
        ("who", "Reason"): "too long",
    }
    for make in (spreadsheet.worksheet_xlsx, worksheet_answers.worksheet_csv):
        found = worksheet_answers.parse_answers(filled(sheet, cells, make))
        dry = entered(campaign, *found.rows, apply=False, language="en", version=found.version)
        assert [one for one in told(dry) if one[0] != "empty"] == [
            ("taken", "sign", ""),
            ("refused", "", "source-correct"),
            ("taken", "reject", ""),
        ]

    entered(campaign, *found.rows, language="en", version=found.version)

    texts = Snapshot(Project(campaign)).texts("en", "not-alone")
    assert (texts["@leaflet"].state, texts["title"].state) == (State.READ, State.READY)
    assert texts["who"].rejected


def test_a_whole_leaflet_that_changed_since_the_sheet_is_refused(campaign: Path) -> None:
    sheet = sheet_of(unsigned_source(campaign), "en")
    edit(campaign / "leaflets" / "not-alone.yaml", "We stand with you.", "We stay with you.")

    (verdict,) = entered(campaign, SheetAnswer(code(sheet, "@leaflet"), AnswerMark.SIGN), language="en")

    assert (verdict.outcome, verdict.problems[0].code) == ("refused", "sheet-changed")
    assert Snapshot(Project(campaign)).texts("en", "not-alone")["@leaflet"].state is State.DRAFT


def test_the_source_is_typed_in_from_paper(campaign: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The paper is drawn and proved, a whole leaflet over several pages too, with the campaign's rules on it."""
    code_, out, err = leaflets_command("worksheet", "en", "--as", ANNA, cwd=unsigned_source(campaign))
    assert (code_, (campaign / out.strip()).is_file()) == (0, True)
    version = err.split("version ")[1].split(",")[0]
    sheet = make_worksheet(Snapshot(Project(campaign)), "en", ["campaign"], ANNA)
    monkeypatch.setattr("sys.stdin", Keys([version, f"{code(sheet, '@policy')} ok"], {}, None))

    leaflets_command("enter", "--as", ANNA, cwd=campaign)

    assert Snapshot(Project(campaign)).texts("en", "campaign")["@policy"].state is not State.DRAFT
