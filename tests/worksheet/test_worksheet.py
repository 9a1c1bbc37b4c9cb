"""Sheets go out right: what is left for a reader, on paper that is read back, in tables that run nothing, for a phone that sends none."""

from __future__ import annotations

import csv
import io
import re
import shutil
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
import zxingcpp

from generator.base.clock import today
from generator.campaign.project import Project
from generator.campaign.shipped import shipped_folder
from generator.catalogue import pofile
from generator.problem import LeafletsError
from generator.proof.page_view import view_page, visual_runs
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import corrected_task, sentence_tasks
from generator.signing.sign import correct_wording, sign_wording
from generator.worksheet import answers as worksheet_answers
from generator.worksheet import paper as worksheet_paper
from generator.worksheet import spreadsheet
from generator.worksheet.enter import EntryBatch
from generator.worksheet.page import paper_style
from generator.worksheet.rows import Worksheet, sheet_language
from generator.worksheet.table import COLUMNS, FORMULA, table_answers
from generator.worksheet.worksheet import make_worksheet
from tests.conftest import sweep

ANNA, BILAL = "r41", "r42"
LANGUAGES = ("ar", "ti", "ur", "zh_Hans")
RIGHT = {"ar", "ur"}

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def campaign(small: Path, tmp_path: Path) -> Path:
    """Give a small copy of the campaign in four languages, to break."""
    shutil.copytree(small, tmp_path / "campaign")
    return tmp_path / "campaign"


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def sheet_of(campaign: Path, language: str, *domains: str, who: str = "", everything: bool = False) -> Worksheet:
    return make_worksheet(Snapshot(Project(campaign)), language, domains or ["not-alone"], who, everything)


def put(campaign: Path, language: str, msgctxt: str, msgstr: str, domain: str = "not-alone") -> None:
    """Write a translation as another program would."""
    path = Project(campaign).catalogue(language, domain)
    entries = pofile.read_catalogue(path)
    pofile.save_catalogue(path, [entry.changed(msgstr=msgstr) if entry.msgctxt == msgctxt else entry for entry in entries])


def signed(campaign: Path, language: str, who: str, *names: str) -> None:
    """Let somebody sign sentences, or all of a leaflet."""
    snapshot = Snapshot(Project(campaign))
    for task in sentence_tasks(snapshot, language, ["not-alone"], who):
        if not names or task.message.msgctxt in names:
            sign_wording(snapshot.project, task, who, today(), {problem.code: "seen" for problem in task.problems})


def test_a_sheet_shows_what_is_left_for_its_reader(campaign: Path) -> None:
    """What a reader signed is gone from their sheet; `everything` shows it; other readers still see what needs two people."""
    signed(campaign, "ar", ANNA, "safe")

    theirs = [row.msgctxt for row in sheet_of(campaign, "ar", who=ANNA).rows]
    others = [row.msgctxt for row in sheet_of(campaign, "ar", who=BILAL).rows]
    every = [row.msgctxt for row in sheet_of(campaign, "ar", who=ANNA, everything=True).rows]

    assert "safe" not in theirs
    assert others == every == [message.msgctxt for message in Project(campaign).leaflets["not-alone"].messages]
    assert theirs == [name for name in every if name != "safe"]


def test_a_row_says_what_there_is_to_judge_it(campaign: Path) -> None:
    """English, note, risk, draft, people, errors, warnings and questions stand on the row."""
    put(campaign, "ar", "say", "اتصلوا بنا.")
    rows = {row.msgctxt: row for row in sheet_of(campaign, "ar").rows}

    assert rows["safe"].risk == "safety"
    assert (rows["safe"].signed, rows["safe"].needed) == (0, 2)
    assert rows["title"].questions == ("the English says “are not”",)
    assert any("placeholder" in what or "campaign_phone" in what for what in rows["say"].errors)


def test_what_nobody_has_translated_has_its_questions(campaign: Path) -> None:
    """Whoever writes the first translation on the sheet finds the question there that will be asked of them."""
    put(campaign, "ar", "title", "")
    row = sheet_of(campaign, "ar").rows[0]

    assert (row.msgctxt, row.msgstr, row.errors, row.warnings) == ("title", "", (), ())
    assert row.questions == ("the English says “are not”",)


def test_the_version_stands_for_exactly_these_rows(campaign: Path) -> None:
    """The same rows have the same version, another wording or another choice has another, and the language can be told from it."""
    before = sheet_of(campaign, "zh_Hans").version
    again = sheet_of(campaign, "zh_Hans", who=ANNA).version
    other = sheet_of(campaign, "zh_Hans", "not-alone", "get-online").version
    put(campaign, "zh_Hans", "help", "我们能帮的忙")

    assert before == again != other
    assert sheet_of(campaign, "zh_Hans").version != before
    assert re.fullmatch("ZHHANS(-[0-9A-Z]{4}){3}", before)
    assert sheet_language(before.lower(), LANGUAGES) == "zh_Hans"


def test_nothing_left_is_said_in_words(campaign: Path, leaflets_command: Command) -> None:
    """A sheet without rows is refused with what shows them all the same."""
    signed(campaign, "ti", ANNA)

    code, out, err = leaflets_command("worksheet", "ti", "not-alone", "--csv", "--as", ANNA, cwd=campaign)

    assert (code, out) == (1, "")
    assert f"nothing is left to read for {ANNA}" in err
    assert "--all" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("not-alone",), "leaflets worksheet ar not-alone"),
        (("arr",), "did you mean ar"),
        (("ar", "not-alon"), "did you mean not-alone"),
        (("ar", "--as", "Anna Smith"), "is no reader's code"),
        (("ar", "--as", "language-model"), "is a machine"),
    ],
)
def test_wrong_use_says_what_to_type(small: Path, leaflets_command: Command, arguments: tuple[str, ...], words: str) -> None:
    """Wrong names end with exit code 2 and the right ones."""
    code, out, err = leaflets_command("worksheet", *arguments, "--csv", cwd=small)

    assert (code, out) == (2, "")
    assert words in err


def test_a_whole_language_is_its_leaflets(campaign: Path, leaflets_command: Command) -> None:
    """Without names a sheet holds every leaflet and the words they share; the page's own words are asked for by name."""
    project = Project(campaign)
    wanted = sum(len(project.domain(domain)) for domain in [*project.leaflets, "shared"])

    _, out, err = leaflets_command("worksheet", "ar", "--csv", cwd=campaign)
    _, page, _ = leaflets_command("worksheet", "ar", "review", "--csv", cwd=campaign)

    assert f"{wanted} sentences" in err
    assert len(worksheet_answers.read_answers(campaign / out.strip()).rows) == wanted
    assert len(worksheet_answers.read_answers(campaign / page.strip()).rows) == len(project.domain("review"))


def test_two_readers_have_two_files(campaign: Path, leaflets_command: Command) -> None:
    """The code is in the file's name, so that one sheet never replaces another's."""
    paths = [leaflets_command("worksheet", "ti", "not-alone", "--csv", "--as", who, cwd=campaign)[1] for who in (ANNA, BILAL)]

    assert paths[0] != paths[1]
    assert all((campaign / path.strip()).is_file() for path in paths)
    assert all(who in path for who, path in zip((ANNA, BILAL), paths, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_is_read_back(small: Path, language: str) -> None:
    """Each code stands once, on the side where reading begins, and finds its sentence; the square says the version; no row is split."""
    snapshot = Snapshot(Project(small))
    sheet = sheet_of(small, language, who=ANNA)

    document = pypdfium2.PdfDocument(worksheet_paper.worksheet_pdf(snapshot, sheet))
    pages = [view_page(page, 150) for page in document]
    document.close()

    runs = [" ".join(visual_runs(page, 0)) for page in pages]
    squares = [code.text for page in pages for code in zxingcpp.read_barcodes(page.picture)]
    entering = EntryBatch(snapshot, language, ANNA, today())
    assert squares == [sheet.version]
    assert all(sum(run.count(row.code) for run in runs) == 1 for row in sheet.rows)
    assert [entering.task(row.code).message.msgctxt for row in sheet.rows] == [row.msgctxt for row in sheet.rows]
    assert all(ANNA in run for run in runs[:1])
    assert all(sheet.version in run for run in runs)
    first = next(letter for letter in pages[0].letters if letter.char == sheet.rows[0].code[0] and letter.top - letter.bottom > 15)
    assert (first.left > pages[0].width / 2) == (language in RIGHT)
    for row, run in ((row, run) for row in sheet.rows for run in runs if row.code in run):
        words = set(re.findall("[A-Za-z]+", re.sub("</?b>|{.*?}", " ", f"{row.msgid} {row.note}")))
        assert words <= set(re.findall("[A-Za-z]+", run)), f"{row.msgctxt} is split over two pages"


def test_paper_that_lost_a_code_is_not_printed(campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that is missing from the page, or a letter that no font has, fails the sheet."""
    real = worksheet_paper.paper_html

    def paper(*arguments: object) -> object:
        html, expected = real(*arguments)  # type: ignore[arg-type]
        return html.replace(sheet.rows[3].code, "0000-0000"), expected

    sheet = sheet_of(campaign, "ti")
    monkeypatch.setattr(worksheet_paper, "paper_html", paper)
    with pytest.raises(LeafletsError, match=f"{sheet.rows[3].code}.*proof-fact"):
        worksheet_paper.worksheet_pdf(Snapshot(Project(campaign)), sheet)
    monkeypatch.undo()

    put(campaign, "ti", "help", "እንታይ ክንገብር 漢 ንኽእል")
    with pytest.raises(LeafletsError, match="no glyph for 漢"):
        worksheet_paper.worksheet_pdf(Snapshot(Project(campaign)), sheet_of(campaign, "ti"))


def test_lines_to_write_on_are_as_far_apart_as_the_script_is_tall(shipped: Project) -> None:
    """Nastaliq and Burmese get more room than Latin."""
    folder = Path(__file__).parent.parent.parent / "templates" / "screens" / "worksheet"
    distance = {
        code: float(re.search(r"--write: ([\d.]+)mm", paper_style(shipped.languages[code], folder))[1]) for code in ("fr", "ar", "my", "ur")
    }  # type: ignore[index]

    assert distance["fr"] == 8 < distance["ar"] < distance["my"] < distance["ur"]


def test_the_readers_language_stands_on_paper_once_it_is_ready(campaign: Path) -> None:
    """The sheet's own lines are English until people have signed them; then both stand there."""
    snapshot = Snapshot(Project(campaign))
    task = next(task for task in sentence_tasks(snapshot, "ti", ["review"], ANNA) if task.message.msgctxt == "word.sheet-code")
    after = corrected_task(snapshot, task, "ናይ ኣንባቢ ኮድ", ANNA)
    correct_wording(snapshot.project, task, after, ANNA, today(), {problem.code: "it is right" for problem in after.problems})
    words = worksheet_paper.sheet_words(Snapshot(Project(campaign)), "ti")

    assert words["sheet-code"] == ("ናይ ኣንባቢ ኮድ", "Your reader's code")
    assert words["sheet-tick"].own == ""


def test_a_campaign_with_an_older_page_still_makes_sheets(campaign: Path) -> None:
    """A copy of the page's words that lacks a line does not stop a sheet."""
    (campaign / "templates" / "review" / "words.yaml").write_text("sheet-code:\n  text: Code\n", "utf-8")

    words = worksheet_paper.sheet_words(Snapshot(Project(campaign)), "ti")

    assert words["sheet-code"].english == "Code"
    assert words["phone-save"].english == "Save the file"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_spreadsheet_opens_right(small: Path, language: str) -> None:
    """Direction, frozen headings, text cells, fonts, a list for the answer, and locks on everything that is only for reading."""
    sheet = sheet_of(small, language, who=ANNA)
    page = openpyxl.load_workbook(io.BytesIO(spreadsheet.worksheet_xlsx(sheet))).active

    open_cells = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    rows = range(spreadsheet.HEAD + 1, spreadsheet.HEAD + 1 + len(sheet.rows))
    assert bool(page.sheet_view.rightToLeft) == (language in RIGHT)
    assert page.freeze_panes == f"A{spreadsheet.HEAD + 1}"
    assert page.protection.sheet
    assert page.protection.password is None
    assert open_cells == {"B2"} | {f"{letter}{row}" for letter in "FGHI" for row in rows}
    assert all(cell.number_format == "@" for row in page.iter_rows(min_row=spreadsheet.HEAD) for cell in row)
    assert all(page[f"{letter}{row}"].alignment.wrap_text for letter in "CDEGH" for row in rows)
    assert page["D5"].font.name == page["G5"].font.name == sheet.language.face.family
    assert {str(choice.sqref): choice.formula1 for choice in page.data_validations.dataValidation} == {
        f"F5:F{rows[-1]}": '"✓,✗"',
        f"I5:I{rows[-1]}": '"✓"',
    }
    assert page["B1"].value == sheet.version
    assert page["B2"].value == ANNA


@pytest.mark.parametrize("first", FORMULA)
def test_no_text_is_a_formula(small: Path, first: str) -> None:
    """A translation that begins like a formula is text in the workbook, quoted in CSV, and the same again when it comes back."""
    text = f"{first}HYPERLINK(0)"
    row = sheet_of(small, "ti").rows[0]
    strange = (replace(row, msgstr=text, msgid=text), replace(row, msgid="'t huis", msgstr="''"))
    sheet = Worksheet(Project(small).languages["ti"], strange)
    cell = openpyxl.load_workbook(io.BytesIO(spreadsheet.worksheet_xlsx(sheet))).active["D5"]
    lines = list(csv.reader(io.StringIO(worksheet_answers.worksheet_csv(sheet).decode("utf-8-sig"), newline="")))

    assert (cell.data_type, cell.value.replace("\r", "\n"), cell.quotePrefix) == ("s", text.replace("\r", "\n"), True)
    assert lines[4][3] == f"'{text}"
    back = [answer.shown for answer in worksheet_answers.parse_answers(worksheet_answers.worksheet_csv(sheet)).rows]
    assert back == [(text, text), ("'t huis", "''")]


@pytest.mark.parametrize("language", sweep(LANGUAGES, ("ar", "zh_Hans")))
@pytest.mark.parametrize("make", [spreadsheet.worksheet_xlsx, worksheet_answers.worksheet_csv], ids=["xlsx", "csv"])
def test_a_table_comes_back_without_loss(four: Path, language: str, make: Callable[[Worksheet], bytes]) -> None:
    """Version, reader, every code and both texts of every sentence of all leaflets are the same again, and nothing is answered."""
    project = Project(four)
    sheet = sheet_of(four, language, *project.domains, who=ANNA)

    back = worksheet_answers.parse_answers(make(sheet))

    assert (back.version, back.who) == (sheet.version, ANNA)
    assert [answer.code for answer in back.rows] == [row.code for row in sheet.rows]
    assert [answer.shown for answer in back.rows] == [(row.msgid.strip(), row.msgstr.strip()) for row in sheet.rows]
    assert all(answer.empty for answer in back.rows)


def test_the_same_sheet_gives_the_same_bytes(small: Path) -> None:
    """Nothing of the time or the machine is in any file."""
    sheet, snapshot = sheet_of(small, "ti"), Snapshot(Project(small))
    make = (
        spreadsheet.worksheet_xlsx,
        worksheet_answers.worksheet_csv,
        lambda sheet: worksheet_paper.worksheet_phone_page(snapshot, sheet),
        lambda sheet: worksheet_paper.worksheet_pdf(snapshot, sheet),
    )

    assert all(one(sheet) == one(sheet) for one in make)
    assert b"openpyxl" not in spreadsheet.worksheet_xlsx(sheet)


def test_the_headings_of_a_table_are_found_wherever_they_are(small: Path) -> None:
    """Columns that were moved or hidden are still known by their names."""
    rows = list(csv.reader(io.StringIO(worksheet_answers.worksheet_csv(sheet_of(small, "ti")).decode("utf-8-sig"))))
    turned = [row if len(row) < len(COLUMNS) else row[::-1] for row in rows]

    found = table_answers([[spreadsheet.TableCell(cell) for cell in row] for row in turned])

    assert [answer.code for answer in found.rows] == [row[0] for row in rows[4:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_for_a_phone_allows_nothing_but_itself(small: Path, language: str) -> None:
    """One file, no address in it, a policy that names its own style and script by their hashes, language and direction."""
    html = worksheet_paper.worksheet_phone_page(Snapshot(Project(small)), sheet_of(small, language, who=ANNA))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")  # type: ignore[index]
    inside = {kind: re.search(rf"<{kind}>(.*?)</{kind}>", html, re.DOTALL)[1] for kind in ("style", "script")}  # type: ignore[index]

    assert policy.startswith("default-src 'none'; ")
    for kind, text in inside.items():
        assert f"{kind}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|//[a-z]|src=|@import|url\(", html)
    assert f'dir="{"rtl" if language in RIGHT else "ltr"}"' in html.split("<head>")[0]
    assert f'lang="{Project(small).languages[language].tag}"' in html.split("<head>")[0]


def test_text_of_a_catalogue_is_no_markup_on_a_phone(campaign: Path) -> None:
    """Markup in a translation stays text."""
    put(campaign, "ti", "help", '</textarea><script>alert(1)</script>"')
    html = worksheet_paper.worksheet_phone_page(Snapshot(Project(campaign)), sheet_of(campaign, "ti"))

    assert "<script>alert" not in html
    assert html.count("<script>") == 1


def test_the_words_of_the_sheets_are_all_there() -> None:
    """The templates use only words that the program has."""
    folder = shipped_folder("templates")
    used = {
        name
        for path in (folder / "screens" / "worksheet").glob("*.html")
        for name in re.findall(r'"((?:sheet|phone)-[a-z-]+)"', path.read_text())
    }
    known = set(re.findall(r"^([a-z-]+):$", (folder / "screens" / "review" / "words.yaml").read_text("utf-8"), re.MULTILINE))

    assert used <= known
