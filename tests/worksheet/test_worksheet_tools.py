"""Worksheets in the hands of other programs: LibreOffice opens and saves them, Chromium stands for a phone."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from generator.campaign.project import Project
from generator.review import ledger
from generator.review.snapshot import Snapshot
from generator.worksheet import answers, spreadsheet
from generator.worksheet.paper import worksheet_phone_page
from generator.worksheet.rows import AnswerMark, Worksheet
from generator.worksheet.worksheet import make_worksheet, note_worksheet
from tests.support.browser import expect
from tests.web.test_evening import barriers
from tests.worksheet.test_enter import filled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.support.browser import Served

pytestmark = pytest.mark.tools
ANNA = "r41"
LANGUAGES = ("ar", "ti", "ur", "zh_Hans")
CSV = "csv:Text - txt - csv (StarCalc):{comma},34,{encoding},1"
"""LibreOffice's export: separator, quote, encoding (76 is UTF-8, 65535 UTF-16), first line."""


LATE = """
const get = Storage.prototype.getItem;
Storage.prototype.getItem = () => null;
window.arrive = () => { Storage.prototype.getItem = get; dispatchEvent(new StorageEvent('storage', {key: null})); };
"""
"""A page that has nothing of what is kept until it arrives."""


def sheet_of(root: Path, language: str, who: str = ANNA) -> Worksheet:
    """Return a sheet whose second sentence reads like a formula."""
    sheet = make_worksheet(Snapshot(Project(root)), language, ["not-alone"], who)
    first, second, *others = sheet.rows
    return replace(sheet, rows=(first, replace(second, msgstr="=1+1"), *others))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., None]:
    """Give a function that lets LibreOffice convert files into a folder, with a fresh profile."""
    profile = tmp_path_factory.mktemp("profile")

    def convert(kind: str, folder: Path, *files: Path, reading: str = "") -> None:
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", kind]
        command += [f"--infilter={reading}"] if reading else []
        subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=180)

    return convert


@pytest.fixture(scope="module")
def books(four: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Worksheet, Path]]:
    """Give sheets of four languages, filled in: a tick, new words, a cross with a reason."""
    folder = tmp_path_factory.mktemp("books")
    found = {}
    for language in LANGUAGES:
        sheet = sheet_of(four, language)
        cells = {
            ("title", "Answer"): "✓",
            ("title", "Compared"): "✓",
            ("help", "New text"): sheet.rows[3].msgstr + " 2",
            ("who", "Answer"): "✗",
            ("who", "Reason"): f"{sheet.rows[0].msgstr}, “no”; 'so'",
        }
        path = folder / f"{language}.xlsx"
        path.write_bytes(filled(sheet, cells))
        found[language] = (sheet, path)
    return found


def same(found: answers.FilledWorksheet, wanted: answers.FilledWorksheet, sheet: Worksheet) -> None:
    """Be sure that two files say the same, and that nothing of the sheet was lost."""
    assert found == wanted
    assert (found.version, found.who) == (sheet.version, ANNA)
    assert [answer.code for answer in found.rows] == [row.code for row in sheet.rows]
    assert [answer.shown for answer in found.rows] == [(row.msgid, row.msgstr) for row in sheet.rows]
    assert [answer.mark for answer in found.rows[:3]] == [AnswerMark.SIGN, AnswerMark.NONE, AnswerMark.WRONG]
    assert not any(answer.fault for answer in found.rows)


def test_libreoffice_opens_and_saves_a_workbook(
    office: Callable[..., None], books: dict[str, tuple[Worksheet, Path]], tmp_path: Path
) -> None:
    """After LibreOffice has saved it, every code, text and answer is the same, and so are direction, locks and lists."""
    office("xlsx", tmp_path, *(path for _, path in books.values()))

    for language, (sheet, path) in books.items():
        saved = tmp_path / path.name
        same(answers.read_answers(saved), answers.read_answers(path), sheet)
        page, before = openpyxl.load_workbook(saved).active, openpyxl.load_workbook(path).active
        assert bool(page.sheet_view.rightToLeft) == (language in ("ar", "ur"))
        assert page.protection.sheet
        for row in range(1, spreadsheet.HEAD + len(sheet.rows) + 1):
            for cell, old in zip(page[row][:9], before[row][:9], strict=True):
                if row >= spreadsheet.HEAD:
                    assert (cell.protection.locked, cell.number_format) == (old.protection.locked, "@")
        assert page["D6"].data_type == "s"
        assert sorted(choice.formula1 for choice in page.data_validations.dataValidation) == ['"✓"', '"✓,✗"']


@pytest.mark.parametrize(("comma", "encoding"), [(44, "76"), (59, "76"), (9, "65535")], ids=["comma", "semicolon", "tab-utf16"])
def test_libreoffice_saves_it_as_csv(
    office: Callable[..., None], books: dict[str, tuple[Worksheet, Path]], tmp_path: Path, comma: int, encoding: str
) -> None:
    """A volunteer who saves as CSV loses nothing either, whatever the separator."""
    office(CSV.format(comma=comma, encoding=encoding), tmp_path, *(path for _, path in books.values()))

    for sheet, path in books.values():
        same(answers.read_answers(tmp_path / f"{path.stem}.csv"), answers.read_answers(path), sheet)


def test_libreoffice_opens_our_csv_without_computing(office: Callable[..., None], four: Path, tmp_path: Path) -> None:
    """CSV of ours that LibreOffice opened and saved as a workbook holds the same texts, and no formula."""
    sheet = sheet_of(four, "ur")
    (tmp_path / "ur.csv").write_bytes(answers.worksheet_csv(sheet))
    office("xlsx", tmp_path / "out", tmp_path / "ur.csv", reading="CSV:44,34,76,1")  # what its dialog offers for a file with this mark

    found = answers.read_answers(tmp_path / "out" / "ur.xlsx")

    assert [answer.shown for answer in found.rows] == [(row.msgid, row.msgstr) for row in sheet.rows]
    assert not any(answer.fault for answer in found.rows)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Give a narrow screen that fails the test for any request but that for the file itself."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert said == []


def opened(phone: Page, root: Path, language: str, who: str = "") -> Worksheet:
    """Open a sheet as a file."""
    snapshot = Snapshot(Project(root))
    sheet = make_worksheet(snapshot, language, ["not-alone"], who)
    path = root / f"{language}.html"
    path.write_text(worksheet_phone_page(snapshot, sheet), "utf-8")
    phone.goto(path.as_uri())
    return sheet


@pytest.mark.parametrize("language", ["ar", "ti", "zh_Hans"])
def test_an_evening_on_a_phone(
    phone: Page, four: Path, tmp_path: Path, leaflets_command: Callable[..., tuple[int, str, str]], language: str
) -> None:
    """Answer, close, open again, find everything, save the file, enter it: the same verdicts as everywhere."""
    root = tmp_path / "campaign"
    shutil.copytree(four, root)
    sheet = opened(phone, root, language)
    rows = phone.locator(".row")
    old = sheet.rows[3].msgstr

    rows.nth(0).locator("input[value='✓']").check()
    rows.nth(0).locator(".compared").check()
    rows.nth(1).locator("input[value='✗']").check()
    rows.nth(1).locator("summary").click()
    rows.nth(1).locator(".reason").fill('too "stiff" <b>')
    rows.nth(2).locator("input[value='✓']").check()
    rows.nth(3).locator("summary").click()
    rows.nth(3).locator(".start").click()
    assert rows.nth(3).locator(".text").input_value() == old
    rows.nth(3).locator(".text").fill(old[:-1])
    phone.locator("#save").click()
    assert "reader's code first" in phone.locator("#say").inner_text()
    phone.locator("#reader").fill(ANNA)

    phone.close()
    again = phone.context.new_page()
    again.goto((root / f"{language}.html").as_uri())
    expect(again.locator("#reader")).to_have_value(ANNA)
    expect(again.locator(".row.answered")).to_have_count(4)
    expect(again.locator(".row").nth(3).locator(".text")).to_have_value(old[:-1])
    assert again.evaluate("document.documentElement.scrollWidth") <= 360
    assert again.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    with again.expect_download() as download:
        again.locator("#save").click()
    file = root / download.value.suggested_filename
    download.value.save_as(file)
    again.locator("#copy").click()
    assert again.locator("#out").input_value().strip() == file.read_text("utf-8").strip()

    code, out, err = leaflets_command("enter", file.name, "--apply", cwd=root)
    assert file.name == f"answers_{sheet.version}_{ANNA}.json"
    assert (code, "3 taken, 0 known already, 1 refused" in err) == (1, True)
    assert "was not answered with yes" in out
    events = [(event.file_action, event.why) for event in ledger.read_ledger(Project(root).ledger(language)) if event.who == ANNA]
    assert ("reject", 'too "stiff" <b>') in events
    assert {deed for deed, _ in events} == {"approve", "dismiss:negation", "reject", "write"}


def test_a_phone_that_keeps_nothing_says_so(phone: Page, four: Path, tmp_path: Path) -> None:
    """Where storage is shut, the page works, warns, and still gives the file."""
    shutil.copytree(four, tmp_path / "campaign")
    phone.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('shut'); }})")
    opened(phone, tmp_path / "campaign", "ti", ANNA)

    phone.locator(".row").nth(3).locator("input[value='✓']").check()

    assert "does not keep your answers" in phone.locator("#count").inner_text()
    with phone.expect_download() as download:
        phone.locator("#save").click()
    assert json.loads(Path(download.value.path()).read_text("utf-8"))["rows"][0]["answer"] == "✓"


def test_answers_can_be_deleted_from_a_phone(phone: Page, four: Path, tmp_path: Path) -> None:
    """Nothing of a reader stays on a borrowed phone once they press the button."""
    shutil.copytree(four, tmp_path / "campaign")
    opened(phone, tmp_path / "campaign", "ti")
    phone.locator("#reader").fill(ANNA)
    phone.locator(".row").nth(3).locator("input[value='✓']").check()
    phone.on("dialog", lambda dialog: dialog.accept())

    with phone.expect_navigation():
        phone.locator("#clear").click()

    expect(phone.locator("#reader")).to_have_value("")
    expect(phone.locator(".row.answered")).to_have_count(0)
    phone.wait_for_function("localStorage.length === 0")


def test_two_windows_of_a_phone_keep_the_answers_of_both(phone: Page, four: Path, tmp_path: Path) -> None:
    """The page is opened twice from a message: an answer in one stands in the other and is not written over by it."""
    shutil.copytree(four, tmp_path / "campaign")
    opened(phone, tmp_path / "campaign", "ti", ANNA)
    second = phone.context.new_page()
    second.goto(phone.url)
    phone.locator(".row").nth(0).locator("input[value='✗']").check()
    expect(second.locator(".row").nth(0).locator("input[value='✗']")).to_be_checked()
    second.locator(".row").nth(1).locator("input[value='✗']").check()
    second.locator(".row").nth(3).locator("summary").click()
    second.locator(".row").nth(3).locator(".reason").fill("stiff")
    expect(phone.locator(".row.answered")).to_have_count(3)
    expect(phone.locator(".row").nth(3).locator(".reason")).to_have_value("stiff")
    phone.close()
    second.reload()
    expect(second.locator(".row.answered")).to_have_count(3)


def test_a_late_page_does_not_wipe_what_is_kept(phone: Page, four: Path, tmp_path: Path) -> None:
    """Chromium may start a page of a file before it has what the page before it kept: loading writes nothing over it."""
    shutil.copytree(four, tmp_path / "campaign")
    opened(phone, tmp_path / "campaign", "ti", ANNA)
    phone.locator(".row").nth(0).locator("input[value='✗']").check()
    late = phone.context.new_page()
    late.add_init_script(LATE)
    late.goto(phone.url)
    expect(late.locator(".row.answered")).to_have_count(0)
    late.evaluate("arrive()")
    expect(late.locator(".row.answered")).to_have_count(1)


def test_a_phone_page_is_used_by_keyboard(phone: Page, four: Path, tmp_path: Path) -> None:
    """Every field has a name, and the first sentence is answered with Tab, arrows and space alone."""
    shutil.copytree(four, tmp_path / "campaign")
    opened(phone, tmp_path / "campaign", "ar", ANNA)
    names = phone.evaluate(
        "[...document.querySelectorAll('input, textarea:not([hidden])')].filter(e => !e.labels.length || !e.labels[0].textContent.trim())"
        ".map(e => e.id || e.className)"
    )
    phone.locator("#reader").focus()
    for key in ("Tab", "ArrowLeft", "ArrowLeft", "Tab", "Space"):
        phone.keyboard.press(key)

    assert names == []
    assert phone.locator(".row").nth(0).locator("input:checked").count() == 2
    assert phone.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("language", ["ar", "zh_Hans"])
def test_no_phone_page_has_barriers(phone: Page, four: Path, tmp_path: Path, language: str) -> None:
    """axe finds nothing serious, with everything opened and a warning shown."""
    shutil.copytree(four, tmp_path / "campaign")
    opened(phone, tmp_path / "campaign", language)
    phone.locator("#save").click()
    phone.locator(".row").nth(0).locator("input[value='✓']").check()
    phone.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    phone.locator("#reader").fill(ANNA)
    phone.locator("#copy").click()

    assert barriers(phone) == []


def test_the_screen_for_typing_has_no_barriers(served: Served, page: Page) -> None:
    """axe finds nothing serious on the screen for paper, empty and with verdicts, also at 360 px."""
    page.set_viewport_size({"width": 360, "height": 740})
    served.enter(page)
    page.goto(f"{served.base}/enter")
    found = barriers(page)
    sheet = make_worksheet(Snapshot(Project(served.root)), "ar", ["not-alone"])
    note_worksheet(Project(served.root), sheet)
    page.get_by_label("Version of the sheet").fill(sheet.version)
    page.get_by_label("Your reader's code").fill(ANNA)
    for number, row in enumerate(sheet.rows[:2]):
        page.locator(f"[name=code{number}]").fill(row.code)
        page.locator(f"[name=mark{number}][value=t]").check()
    page.get_by_role("button", name="Keep these answers").click()
    page.locator(".verdicts").wait_for()

    assert found + barriers(page) == []
