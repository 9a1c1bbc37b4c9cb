"""Every code of a problem is named in a test, and those that no other test names are raised here, each by real input."""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest

from generator.audio import recorder
from generator.audio.recording_state import Heard
from generator.audio.sound_files import machine_speech
from generator.base.origin import origin_hash
from generator.base.short_codes import row_code
from generator.campaign.facts import first_phone
from generator.campaign.free_text import refuse_private
from generator.campaign.project import Project
from generator.drafting.fetch import PackageOffer
from generator.drafting.model_store import read_models_lock
from generator.drafting.models import get_package
from generator.editions import print_jobs
from generator.editions.plan import BuildRequest
from generator.editions.preview import LONGEST_QUEUE, PreviewQueue
from generator.editions.print_jobs import PrintJob, PrintQueue, zip_editions
from generator.editions.record import read_printings
from generator.printrun.report import find_sentence, settle_report
from generator.problem import LeafletsError
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.signing.comments import add_comment
from generator.signing.reading import find_line
from generator.signing.sentence_task import SentenceTask, corrected_task, sentence_tasks
from generator.signing.sign import ReaderAction, correct_wording, sign_wording
from generator.signing.sign_layout import finished_pdf
from generator.signing.undo import answer_mark, last_answer, remember_answer, take_back_answer
from generator.sitemerge.merge_proof import prove_merged
from generator.web import serve
from generator.website import publish
from generator.worksheet.enter import EntryBatch, take_back_entry
from generator.worksheet.rows import AnswerMark, SheetAnswer
from generator.worksheet.worksheet import make_worksheet
from tests.conftest import ROOT, copy_campaign
from tests.support import tiny_package

Command = Callable[..., tuple[int, str, str]]
Harm = Callable[[Path], None]
DAY = date(2026, 11, 25)
MAKERS = ("Problem", "refusal")
"""What makes a problem of its first argument, a code."""


def coded(path: Path) -> Iterator[str]:
    """Yield the codes of the problems that a module of the program makes, those in constants too."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args:
            code = node.args[0]
            found = code.value if isinstance(code, ast.Constant) else constants.get(code.id) if isinstance(code, ast.Name) else None
            yield from [found] if isinstance(found, str) else []


def test_every_code_is_named_in_a_test() -> None:
    """A problem that no test names could stop being found, and nobody would see it."""
    codes = {code for path in (ROOT / "generator").rglob("*.py") for code in coded(path)}
    texts = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)*", texts))

    assert len(codes) > 150
    assert sorted(codes - named) == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign of two leaflets in two languages with its site; for reading only."""
    folder = tmp_path_factory.mktemp("whole") / "town"
    return copy_campaign(folder, leaflets=("not-alone", "if-strangers-come", "phone-tree"), languages=("en", "ar"))


@pytest.fixture
def town(whole: Path, tmp_path: Path) -> Path:
    """Give a copy of that campaign, to break."""
    return Path(shutil.copytree(whole, tmp_path / "town"))


def write(name: str, text: str) -> Harm:
    """Return what puts a file with a text into a campaign."""

    def harm(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")

    return harm


def change(name: str, before: str, after: str) -> Harm:
    """Return what changes a text in a file of a campaign."""

    def harm(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert before in text
        (root / name).write_text(text.replace(before, after, 1), "utf-8")

    return harm


def pipe(root: Path) -> None:
    """Put something into the campaign that is no file."""
    os.mkfifo(root / "leaflets" / "pipe.yaml")


def without_kept_page(root: Path) -> None:
    """Take the page of what is being corrected out of the campaign's own templates."""
    (root / "templates" / "site" / "kept.html").unlink()


CHECKED: dict[str, Harm] = {
    "yaml-syntax": write("leaflets/broken.yaml", "title: [one, two\n"),
    "leaflet-id-twice": change("leaflets/not-alone.yaml", "  - id: safe\n", "  - id: welcome\n"),
    "fact-label": change("leaflets/facts.yaml", "  label: Call us\n", ""),
    "po-stray": write("locales/ar/LC_MESSAGES/nothing.po", 'msgid ""\nmsgstr ""\n'),
    "site-old": without_kept_page,
}


@pytest.mark.parametrize("code", CHECKED)
def test_check_names_what_is_wrong_in_the_files(code: str, town: Path, leaflets_command: Command) -> None:
    assert f"[{code}]" not in "".join(leaflets_command("check", "-l", "en", cwd=town)[1:])
    CHECKED[code](town)

    assert f"[{code}]" in "".join(leaflets_command("check", "-l", "en", cwd=town)[1:])


def nothing(root: Path) -> None:
    """Leave the campaign as it is."""


def workbook(parts: dict[str, bytes]) -> Harm:
    """Return what puts a file in the form of a spreadsheet into a campaign."""

    def harm(root: Path) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        (root / "answers.xlsx").write_bytes(data.getvalue())

    return harm


BOMB = {f"xl/{number}.xml": b"" for number in range(300)}
ENTITIES = {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'}
PEOPLE = re.compile(r"(?ms)^people:\n.*")


def nobody_on_the_tree(root: Path) -> None:
    """Take everybody off the phone tree of the example site."""
    path = root / "sites" / "example.yaml"
    path.write_text(PEOPLE.sub("", path.read_text("utf-8")), "utf-8")


REFUSED: dict[str, tuple[Harm, tuple[str, ...]]] = {
    "file-kind": (pipe, ("check",)),
    "not-empty": (nothing, ("new", "leaflets")),
    "unknown-code": (nothing, ("look", "AR-00000")),
    "report-unknown": (nothing, ("report", "0000-0000")),
    "site-people": (nobody_on_the_tree, ("phonetree", "example", "--private")),
    "site-empty": (change("sites/example.yaml", "leaflets: [not-alone, if-strangers-come]\n", ""), ("pack", "example")),
    "sheet-file": (write("answers.csv", "%PDF-1.7 no table"), ("enter", "answers.csv", "--as", "r17")),
    "sheet-bomb": (workbook(BOMB), ("enter", "answers.xlsx", "--as", "r17")),
    "sheet-foreign": (workbook(ENTITIES), ("enter", "answers.xlsx", "--as", "r17")),
    "yaml-comment": (change("leaflets/facts.yaml", "  label: Call us\n", "  label: Call us # or write\n"), ("status",)),
    "script-unknown": (nothing, ("add", "language", "vai")),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_command_refuses_with_the_code(code: str, town: Path, leaflets_command: Command) -> None:
    harm, command = REFUSED[code]
    harm(town)

    exit_code, out, err = leaflets_command(*command, cwd=town)

    assert f"[{code}]" in out + err
    assert exit_code in (1, 2)


def refused(call: Callable[[], object]) -> list[str]:
    """Return the codes of what a call refuses."""
    with pytest.raises(LeafletsError) as error:
        call()
    return [problem.code for problem in error.value.problems]


def task_of(root: Path, name: str = "welcome", who: str = "r17") -> SentenceTask:
    """Return one sentence of an Arabic leaflet in front of a reader."""
    found = sentence_tasks(Snapshot(Project(root)), "ar", ["not-alone"], who, everything=True)
    return next(task for task in found if task.message.msgctxt == name)


def code_of(task: SentenceTask) -> str:
    """Return the code that stands beside a sentence on paper."""
    return row_code(task.language, "not-alone", task.message.msgctxt, task.message.msgid, task.text.msgstr)


@pytest.mark.parametrize(("text", "code"), [("", "comment-empty"), ("word " * 400, "comment-long")])
def test_comments_have_words_and_not_too_many(town: Path, text: str, code: str) -> None:
    assert refused(lambda: add_comment(Project(town), task_of(town), "r17", DAY, text)) == [code]


def test_a_note_is_short() -> None:
    assert refused(lambda: refuse_private("word " * 1000)) == ["text-long"]


def test_fake_text_is_not_signed(town: Path, leaflets_command: Command) -> None:
    leaflets_command("add", "language", "de", cwd=town)
    leaflets_command("draft", "de", "--engine", "pseudo", cwd=town)
    task = next(sentence_tasks(Snapshot(Project(town)), "de", ["not-alone"], "r17"))

    assert refused(lambda: signed(town, task)) == ["sign-fake"]


def signed(root: Path, task: SentenceTask, who: str = "r17") -> list[LedgerEvent]:
    """Let a reader sign a sentence, whatever the checks ask."""
    return sign_wording(Project(root), task, who, DAY, {problem.code: "looked at" for problem in task.problems})


def corrected(root: Path, who: str = "r17") -> None:
    """Let a reader correct a sentence on the page."""
    before = task_of(root, who=who)
    after = corrected_task(Snapshot(Project(root)), before, before.text.msgstr + " نعم", who)
    answers = {problem.code: "looked at" for problem in after.problems}
    events = correct_wording(Project(root), before, after, who, DAY, answers)
    remember_answer(Project(root), who, ReaderAction.CORRECT, before, after, events)


def test_only_the_last_answer_is_taken_back_and_only_while_nobody_built_on_it(town: Path) -> None:
    assert refused(lambda: take_back_answer(Snapshot(Project(town)), "r17", "x")) == ["undo-nothing"]
    corrected(town)
    assert refused(lambda: take_back_answer(Snapshot(Project(town)), "r17", "x")) == ["undo-other"]
    last = last_answer(Project(town), "r17")
    assert last
    signed(town, task_of(town, who="r18"), "r18")

    assert refused(lambda: take_back_answer(Snapshot(Project(town)), "r17", answer_mark(last))) == ["undo-late"]


def test_a_sentence_that_left_the_leaflet_is_no_longer_read(town: Path) -> None:
    assert refused(lambda: find_line(Snapshot(Project(town)), "ar", "not-alone", "nothing", "r17")) == ["sentence-gone"]


def test_a_damaged_desk_is_named(town: Path) -> None:
    corrected(town)
    (path,) = (path for path in town.rglob("r17.json") if "desk" in str(path.parent) or path.parent.name.startswith(".leaflets"))
    path.write_text('{"texts": 1, "answers": 1}\n', "utf-8")

    assert refused(lambda: last_answer(Project(town), "r17")) == ["desk-file"]


def test_a_report_is_settled_only_where_there_is_one(town: Path) -> None:
    found = find_sentence(Project(town), code_of(task_of(town)), "r17")

    assert refused(lambda: settle_report(Project(town), found, "r17", DAY, "called the number")) == ["report-none"]


def test_a_page_that_is_not_built_is_not_signed(town: Path) -> None:
    assert refused(lambda: finished_pdf(Project(town), "not-alone_ar_a5")) == ["layout-none"]


def test_a_second_print_job_waits(town: Path) -> None:
    queue = PrintQueue(town)
    queue.jobs["one"] = PrintJob(BuildRequest())

    assert refused(lambda: queue.start(BuildRequest())) == ["print-busy"]


def test_nothing_built_is_nothing_to_take_away(town: Path) -> None:
    assert refused(lambda: zip_editions(Project(town), [])) == ["print-nothing"]


def test_a_computer_without_a_network_invites_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket, "socket", lambda *_: contextlib.nullcontext(SimpleNamespace(connect=unreachable)))

    assert refused(serve.lan_address) == ["no-network"]


def test_a_sheet_with_a_number_to_tear_off_wants_a_number(town: Path) -> None:
    project = Project(town)
    leaflet = replace(project.leaflets["not-alone"], blocks=())

    assert refused(lambda: first_phone(leaflet, project.facts)) == ["no-phone"]


def test_a_machine_that_does_not_speak_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert refused(lambda: machine_speech("Hello", "en")) == ["no-voice"]


def test_a_computer_that_keeps_no_key_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    origin_hash(tmp_path, {})

    assert "[state-folder]" in caplog.text


def test_a_list_of_trusted_packages_is_a_list(town: Path) -> None:
    write("locales/models.json", "[1]\n")(town)

    assert refused(lambda: read_models_lock(town / "locales" / "models.json")) == ["model-lock"]


def test_without_dask_a_cluster_is_not_asked(town: Path, monkeypatch: pytest.MonkeyPatch, leaflets_command: Command) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    assert "[dask-missing]" in leaflets_command("build", "--executor", "dask://127.0.0.1:1", cwd=town)[2]


def test_a_worksheet_without_rows_is_not_made(town: Path) -> None:
    for domain_task in list(sentence_tasks(Snapshot(Project(town)), "ar", ["phone-tree"], "r17")):
        with contextlib.suppress(LeafletsError):
            signed(town, domain_task)
    left = list(sentence_tasks(Snapshot(Project(town)), "ar", ["phone-tree"], "r17"))
    assert left == []

    assert refused(lambda: make_worksheet(Snapshot(Project(town)), "ar", ["phone-tree"], "r17")) == ["sheet-empty"]


def test_what_no_code_foresaw_ends_the_job_in_words(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(print_jobs, "build_editions", broken)
    queue = PrintQueue(town)
    job = queue.start(BuildRequest())
    while job.running:
        time.sleep(0.01)

    assert [problem.code for problem in job.problems] == ["crash"]


def test_a_picture_that_nobody_ordered_is_not_shown() -> None:
    queue = PreviewQueue()

    assert refused(lambda: queue.picture("0" * 64, "r17")) == ["preview-unknown"]
    with queue.turn:
        queue.waiting = LONGEST_QUEUE
        assert refused(lambda: queue._wait(("r17", "x"), "0" * 64)) == ["preview-busy"]
    queue.close()


def sheet_of(town: Path, command: Command, *options: str) -> Path:
    """Return the worksheet of an Arabic leaflet as CSV."""
    command("worksheet", "ar", "not-alone", "--csv", *options, cwd=town)
    (path,) = (town / "output").rglob("*.csv")
    return path


def test_a_sheet_says_its_language(town: Path, leaflets_command: Command) -> None:
    leaflets_command("add", "language", "fr", cwd=town)
    path = sheet_of(town, leaflets_command)

    assert "[sheet-language]" in leaflets_command("enter", str(path), "--as", "r17", "-l", "fr", cwd=town)[2]


def batch(town: Path, version: str = "") -> EntryBatch:
    """Return what takes answers of a sheet in."""
    return EntryBatch(Snapshot(Project(town)), "ar", "r17", DAY, version)


def test_a_sheet_that_was_not_made_here_is_refused(town: Path) -> None:
    answer = SheetAnswer(code_of(task_of(town)), AnswerMark.SIGN)

    assert refused(lambda: batch(town, "AR-0000-0000-0000").seen(answer)) == ["sheet-unknown-version"]


def test_a_sheet_with_other_words_is_refused(town: Path, leaflets_command: Command) -> None:
    answer = SheetAnswer(code_of(task_of(town)), AnswerMark.SIGN, digest="0" * 20)

    assert refused(lambda: batch(town).seen(answer)) == ["sheet-words"]


def test_only_an_own_answer_of_a_sheet_is_taken_back(town: Path) -> None:
    code = code_of(task_of(town))

    assert refused(lambda: take_back_entry(batch(town), code, "", code, ["nothing"])) == ["sheet-undo"]


def test_a_heavy_page_of_the_website_is_named(town: Path, monkeypatch: pytest.MonkeyPatch, leaflets_command: Command) -> None:
    monkeypatch.setattr(publish, "PAGE_BYTES", 100)
    wanted = "publish:\n  drafts: yes\n"
    path = town / "leaflets" / "campaign.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?ms)^publish:\n(?:  .*\n)*", "", text) + wanted, "utf-8")

    assert "[site-heavy]" in "".join(leaflets_command("publish", cwd=town)[1:])


def test_a_sentence_of_a_page_is_named_by_its_number(town: Path, leaflets_command: Command) -> None:
    leaflets_command("build", "not-alone", "-l", "en", "-s", "a5", cwd=town)
    (printed,) = read_printings(Project(town))

    assert "[report-sentence]" in leaflets_command("report", printed.code, "--sentence", "999", cwd=town)[2]


def test_a_merged_edition_has_the_pages_of_its_layout() -> None:
    data = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(data)
    template = SimpleNamespace(head=data.getvalue()[:8], pages=2, slots=())

    assert [problem.code for problem in prove_merged(data.getvalue(), template, {})] == ["proof-pages"]


def test_a_recording_of_what_is_no_sentence_is_refused(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "recording_keys", lambda *_: {"../x": "0" * 20})
    sound = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40)
    new = recorder.NewRecording("ar", "not-alone", "../x", "0" * 20, sound, Heard.HOUSE)

    assert refused(lambda: recorder.keep_recording(Project(town), new)) == ["recording-name"]


FONTS = """
from types import SimpleNamespace
from weasyprint.pdf.stream import Stream
from weasyprint.text import fonts
from generator.layout.isolation import guard_fonts
from generator.problem import LeafletsError

Stream.add_font = lambda *_: (SimpleNamespace(hb_face=1, file_content=b"one", family="Noto Sans"), 12)
fonts.get_pango_font_hb_face, fonts.get_hb_object_data = lambda _: 2, lambda _: b"another"
guard_fonts()
try:
    Stream.add_font(None, None)
except LeafletsError as error:
    print(error.problems[0].code)
"""
"""A process of its own, for WeasyPrint is never imported in the one that runs the tests."""


def test_two_fonts_of_one_name_are_never_mixed() -> None:
    done = subprocess.run([sys.executable, "-c", FONTS], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout == "font-collision\n", done.stderr


def test_a_package_that_is_not_the_one_that_was_chosen_is_not_kept(town: Path, tmp_path: Path) -> None:
    offer = PackageOffer("en", "ar", "1.0", str(tiny_package.build(tmp_path)))

    assert refused(lambda: get_package(Project(town), offer, lambda *_: None)) == ["model-other"]
