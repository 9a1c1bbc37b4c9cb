"""A tick lands on the words that its reader saw: another text with the same row code is found in no time, and takes over no answer."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from generator.base.short_codes import row_code
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.review import ledger
from generator.review.live_snapshot import LiveSnapshot
from generator.web.server_state import ServerState
from generator.web.visitors import User, UserRole, Visitors
from tests.signing.test_sign import Answers as Keys
from tests.web.test_enter_codes import HOME, browser_of, send

Command = Callable[..., tuple[int, str, str]]
SENTENCE = "welcome"
WORDS = ("ገዛ", "ቤት", "ሰብ", "ማይ", "ጸሓይ", "ወርሒ", "መገዲ", "ሓው", "ሓብቲ", "ዓዲ", "ኣደ", "ኣቦ")


@pytest.fixture
def campaign(small: Path, tmp_path: Path) -> Path:
    """Give a small copy of the campaign in four languages, to break."""
    return Path(shutil.copytree(small, tmp_path / "campaign"))


def texts(campaign: Path) -> tuple[str, str]:
    entries = pofile.read_catalogue(Project(campaign).catalogue("ti", "not-alone"))
    return next((entry.msgid, entry.msgstr) for entry in entries if entry.msgctxt == SENTENCE)


def code_of(msgid: str, msgstr: str) -> str:
    return row_code("ti", "not-alone", SENTENCE, msgid, msgstr)


def take_over(campaign: Path) -> None:
    """Put words into the catalogue that nobody saw on the sheet, and that have the code of those that stood there."""
    msgid, seen = texts(campaign)
    wanted = code_of(msgid, seen)
    found = next(text for text in map(" ".join, product(WORDS, repeat=5)) if code_of(msgid, text) == wanted)
    path = Project(campaign).catalogue("ti", "not-alone")
    pofile.save_catalogue(
        path, [entry.changed(msgstr=found) if entry.msgctxt == SENTENCE else entry for entry in pofile.read_catalogue(path)]
    )


def made(run: Command, campaign: Path, form: str) -> tuple[Path, str]:
    """Return a sheet as the command makes it, and its version."""
    _, out, err = run("worksheet", "ti", "not-alone", "--as", "r17", f"--{form}", cwd=campaign)
    version = re.search(r"version ([A-Z0-9-]+)", err)
    assert version
    return campaign / out.strip(), version[1]


def cells(rows: list[list[str]], code: str, hidden: tuple[str, ...]) -> list[list[str]]:
    """Return a table with a tick at a code, without the columns that somebody took away to see more."""
    head = next(row for row in rows if row[0] == "Code")
    kept = [place for place, name in enumerate(head) if name not in hidden]
    for row in rows:
        if row[0] == code:
            row[head.index("Answer")], row[head.index("Reason")], row[head.index("Compared")] = "✓", "it is right", "✓"
    return [[row[place] for place in kept if place < len(row)] for row in rows]


def by_csv(run: Command, campaign: Path, code: str, hidden: tuple[str, ...] = ()) -> Callable[[], str]:
    """Answer a table; return what enters it."""
    path, _ = made(run, campaign, "csv")
    rows = cells(list(csv.reader(io.StringIO(path.read_text("utf-8-sig")))), code, hidden)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), "utf-8")
    return lambda: run("enter", str(path), "--as", "r17", "--apply", cwd=campaign)[1]


def by_narrow_csv(run: Command, campaign: Path, code: str) -> Callable[[], str]:
    """Answer a table of which somebody took away the columns of texts."""
    return by_csv(run, campaign, code, ("English", "Translation"))


def by_xlsx(run: Command, campaign: Path, code: str) -> Callable[[], str]:
    """Answer a workbook; return what enters it."""
    path, _ = made(run, campaign, "xlsx")
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    rows = cells([[str(cell.value or "") for cell in row] for row in page.iter_rows()], code, ("English", "Translation"))
    page.delete_rows(1, page.max_row)
    for row in rows:
        page.append(row)
    book.save(path)
    return lambda: run("enter", str(path), "--as", "r17", "--apply", cwd=campaign)[1]


def by_phone(run: Command, campaign: Path, code: str) -> Callable[[], str]:
    """Answer the page for a phone; return what enters its file."""
    page, version = made(run, campaign, "html")
    digest = re.search(rf'data-code="{code}" data-digest="(\w+)"', page.read_text("utf-8"))
    row = {"code": code, "answer": "✓", "text": "", "reason": "it is right", "compared": True} | ({"digest": digest[1]} if digest else {})
    path = campaign / "answers.json"
    path.write_text(json.dumps({"kind": "leaflets-answers", "version": version, "reader": "r17", "rows": [row]}), "utf-8")
    return lambda: run("enter", str(path), "--apply", cwd=campaign)[1]


def by_paper(run: Command, campaign: Path, code: str) -> Callable[[], str]:
    """Return what types a tick from paper."""
    _, version = made(run, campaign, "pdf")

    def typed() -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdin", Keys([version, f"{code} t", "y", "it is right", ""], {}, None))
            return "".join(run("enter", "--as", "r17", cwd=campaign)[1:])

    return typed


def by_page(run: Command, campaign: Path, code: str) -> Callable[[], str]:
    """Return what types a tick from paper into the page."""
    _, version = made(run, campaign, "pdf")
    row = {"code0": code, "mark0": "t", "compared0": "yes", "reason0": "it is right"}

    def typed() -> str:
        with browser_of(ServerState(campaign, LiveSnapshot(campaign), Visitors(), HOME), User("r2", UserRole.ORGANISER)) as client:
            return send(client, "/enter", version=version, reader="r17", **row)

    return typed


WAYS = (by_paper, by_page, by_csv, by_narrow_csv, by_xlsx, by_phone)


@pytest.mark.parametrize("way", WAYS)
def test_no_answer_is_taken_over(campaign: Path, leaflets_command: Command, way: Callable[..., Callable[[], str]]) -> None:
    """A tick given to one text signs no other one with the same code, whatever it was written on; the refusal says why."""
    enter = way(leaflets_command, campaign, code_of(*texts(campaign)))
    take_over(campaign)

    said = enter()

    assert "these words are not the ones on the sheet" in said
    assert [event for event in ledger.read_ledger(Project(campaign).ledger("ti")) if event.file_action == "approve"] == []


@pytest.mark.parametrize("way", WAYS)
def test_the_words_that_were_seen_are_signed(campaign: Path, leaflets_command: Command, way: Callable[..., Callable[[], str]]) -> None:
    """The same tick counts while the words are those on the sheet."""
    way(leaflets_command, campaign, code_of(*texts(campaign)))()

    assert [event.person for event in ledger.read_ledger(Project(campaign).ledger("ti")) if event.file_action == "approve"] == ["r17"]


@pytest.mark.parametrize("way", [by_paper, by_page])
def test_a_sheet_nobody_knows_is_refused(campaign: Path, leaflets_command: Command, way: Callable[..., Callable[[], str]]) -> None:
    """A code from a sheet of which nothing is known here signs nothing; the refusal says what to do."""
    enter = way(leaflets_command, campaign, code_of(*texts(campaign)))
    Project(campaign).worksheet_versions("ti").unlink()

    assert "no sheet of this version was made in this campaign" in enter()
    assert [event for event in ledger.read_ledger(Project(campaign).ledger("ti")) if event.file_action == "approve"] == []


def test_rows_cannot_be_put_under_a_version(campaign: Path, leaflets_command: Command) -> None:
    """A line that claims other words for a printed version is not believed: the version is made from them."""
    enter = by_paper(leaflets_command, campaign, code_of(*texts(campaign)))
    take_over(campaign)
    path = Project(campaign).worksheet_versions("ti")
    known = json.loads(path.read_text("utf-8"))
    by_csv(leaflets_command, campaign, code_of(*texts(campaign)))
    other = json.loads(path.read_text("utf-8").splitlines()[-1])
    path.write_text(json.dumps(known | {"rows": other["rows"]}) + "\n", "utf-8")

    assert other["sheet"] != known["sheet"]
    assert "no sheet of this version" in enter()
