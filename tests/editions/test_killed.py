"""A command that is killed between two of its writes: the next run finishes its work, and nothing false is told meanwhile."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generator.base.files import locked_folder, write_file
from generator.base.leftovers import TEMPORARY, sweep_dead_leftovers, sweep_leftovers, temporary_prefix
from generator.base.work_folder import WORK_LOCK, WORK_PREFIX, work_folder
from generator.campaign.project import Project
from generator.drafting.draft import draft_missing
from generator.drafting.engine import Guess, Origin
from generator.drafting.model_store import read_models_lock
from generator.drafting.models import add_package
from generator.drafting.package_files import PACKAGE_SUFFIX
from generator.drafting.redraft import clear_drafts
from generator.editions import manifest
from generator.editions import record as editions_record
from generator.editions.build_run import BuildRun
from generator.editions.jobs import JobResult
from generator.model import Edition, State
from generator.overview.check import check_campaign
from generator.review import ledger
from generator.review.catalogue_update import refresh_hints
from generator.review.extract import extract_messages
from generator.review.snapshot import Snapshot
from generator.signing.carry import carry_signatures, cosmetic_changes
from generator.signing.sentence_task import corrected_task, sentence_tasks
from generator.signing.sign import correct_wording as correct_task
from generator.signing.sign import sign_wording
from generator.website.folder import FILE_LIST, repair_folder, replace_folder
from generator.website.last_website import remember_website, reusable_files
from generator.worksheet.enter import EntryBatch, enter_answers
from generator.worksheet.rows import AnswerMark, SheetAnswer
from generator.worksheet.worksheet import make_worksheet, note_worksheet
from tests.conftest import sweep as spread
from tests.drafting.test_draft import FIRST, FRENCH, make_campaign
from tests.support.tiny_package import build as build_package
from tests.support.tiny_package import unpack

DAY = date(2026, 11, 25)
STEPS = ("os.rename", "os.remove", "shutil.rmtree")
"""What changes a folder, beside lines that are added to a file."""
MOST = 80
Deed = Callable[[Path], object]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied before it is killed")


def killed(root: Path, deed: Deed, step: int) -> bool:
    """Do a deed in a process of its own that is killed before its write number `step`; return whether it got so far."""
    child = os.fork()
    if not child:
        left = [step]

        def watch(event: str, values: tuple[object, ...]) -> None:
            adds = event == "open" and isinstance(values[1], str) and "a" in values[1]
            if (event in STEPS or adds) and str(root) in str(values[0]) and not str(values[0]).endswith(".lock"):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            deed(root)
        except BaseException:  # noqa: BLE001 - told by the exit code
            os._exit(9)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the deed failed"
    return os.WIFSIGNALED(status)


def files(root: Path) -> dict[str, bytes]:
    """Return every file of a campaign but locks and its secrets, by name."""
    found = [path for path in root.rglob("*") if path.is_file() and path.name != ".leaflets.lock"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def same_every_time(root: Path) -> dict[str, bytes]:
    """Return the files that are the same whoever wrote them: lines are signed by keys, and the sheet gives one back, all by chance."""
    return {name: data for name, data in files(root).items() if not name.endswith("jsonl") and "recovery" not in name}


def told(root: Path) -> set[str]:
    """Return the problems that `check` tells, without what `extract` has still to do, as they say themselves."""
    found = [problem for problem in check_campaign(Project(root), DAY, ["fr"]) if "leaflets extract" not in problem.hint]
    return {problem.line().replace(str(root), "") for problem in found}


def states(root: Path) -> dict[tuple[str, str], State]:
    """Return the state of every French sentence."""
    snapshot = Snapshot(Project(root))
    return {
        (domain, name): text.state for domain in snapshot.project.leaflet_domains for name, text in snapshot.texts("fr", domain).items()
    }


class Words:
    """An engine that knows the words of the small campaign."""

    fake, offline = False, True

    def pairs(self) -> list[tuple[str, str]]:
        return [("en", "fr")]

    def origin(self, source: str, target: str) -> Origin:
        return Origin("words-1", "en_fr-1.0")

    def translate(self, batch: Sequence[str], source: str, target: str) -> list[Guess]:
        return [Guess(re.sub("[A-Za-z]+", lambda word: FRENCH.get(word[0], word[0]), text)) for text in batch]


def archived(folder: Path) -> Path:
    return build_package(folder)


def drafted(root: Path) -> None:
    project = Project(root)
    assert "somebody emptied it" not in [item.skipped for item in draft_missing(project, Words(), ["fr"], [], DAY).items]


def cleared(root: Path) -> None:
    clear_drafts(Project(root), "words", ["fr"], [], DAY)


def signed(root: Path) -> None:
    project = Project(root)
    for task in [task for task in sentence_tasks(Snapshot(project), "fr", ["first"], "r17") if task.message.msgctxt in ("come", "title")]:
        if "r17" not in task.support.signers:
            sign_wording(project, task, "r17", DAY, {problem.code: "seen" for problem in task.problems})
    refresh_hints(project, "fr")


def corrected_one(root: Path) -> None:
    project = Project(root)
    snapshot = Snapshot(project)
    (task,) = (task for task in sentence_tasks(snapshot, "fr", ["first"], "r17", everything=True) if task.message.msgctxt == "wait")
    after = corrected_task(snapshot, task, "Patientez 3 jours.", "r17")
    if task.text.msgstr != after.text.msgstr:
        correct_task(project, task, after, "r17", DAY, {problem.code: "seen" for problem in after.problems})


SHEET: list[SheetAnswer] = []
"""The answers on a sheet that was printed before."""


def printed(root: Path) -> None:
    """Print a sheet, and let the reader sign one sentence, correct another and write one that nobody had written."""
    project, texts = Project(root), {"wait": "Patientez 3 jours.", "alone": "Jamais seul."}
    sheet = make_worksheet(Snapshot(project), "fr", ["first"], "r17", everything=True)
    note_worksheet(project, sheet)
    marks = {"come": AnswerMark.SIGN, "title": AnswerMark.SIGN}
    rows = [(row.code, row.digest, marks.get(row.msgctxt, AnswerMark.NONE), texts.get(row.msgctxt, "")) for row in sheet.rows]
    SHEET[:] = [SheetAnswer(code, mark, text, "it is so", seen=True, digest=digest) for code, digest, mark, text in rows if mark or text]


def entered(root: Path) -> None:
    project = Project(root)
    verdicts = enter_answers(EntryBatch(Snapshot(project), "fr", "r17", DAY, ""), SHEET, apply=True)
    assert {verdict.outcome for verdict in verdicts} <= {"taken", "already"}


def carried(root: Path) -> None:
    project = Project(root)
    if found := cosmetic_changes(project, ["fr"], ["first"]):
        carry_signatures(project, found, "r17", DAY, "a full stop")
    refresh_hints(project, "fr")


def edited(root: Path) -> None:
    path = root / "leaflets" / "first.yaml"
    path.write_text(path.read_text("utf-8").replace("Come tomorrow.", "Come tomorrow!").replace("Wait 3 days.", "Wait 4 days."), "utf-8")
    if (root / "locales").exists():
        extract_messages(Project(root))


@dataclass(frozen=True)
class Case:
    """A deed, and what was done before it."""

    deed: Deed
    before: tuple[Deed, ...] = ()


CASES = {
    "extract": Case(lambda root: extract_messages(Project(root))),
    "extract-again": Case(edited, (drafted, signed)),
    "draft": Case(drafted),
    "clear": Case(cleared, (drafted,)),
    "sign": Case(signed, (drafted,)),
    "correct": Case(corrected_one, (drafted,)),
    "enter": Case(entered, (drafted, printed)),
    "carry": Case(carried, (drafted, signed, lambda root: edited(root))),
}


@pytest.mark.parametrize("name", spread(CASES, ("extract-again", "sign", "enter")))
def test_the_next_run_finishes_what_was_killed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    case, base = CASES[name], make_campaign(tmp_path / "base", first=FIRST)
    for deed in case.before:
        deed(base)
    before = told(base), states(base)
    whole = tmp_path / "whole"
    shutil.copytree(base, whole)
    case.deed(whole)
    after = told(whole), states(whole)
    steps = 0
    for step in range(MOST):
        root = tmp_path / f"killed-{step}"  # a folder in which this computer has seen no lines yet
        shutil.copytree(base, root)
        steps += (dead := killed(root, case.deed, step))
        assert told(root) <= before[0] | after[0]
        assert all(state in (before[1].get(place), after[1].get(place), State.STALE) for place, state in states(root).items())
        case.deed(root)
        assert files(root).keys() == files(whole).keys()
        assert same_every_time(root) == same_every_time(whole)
        assert states(root) == after[1]
        assert not list(root.rglob(f"{TEMPORARY}*"))
        shutil.rmtree(root)
        if not dead:
            break
    assert 1 < steps < MOST


def test_a_machine_text_that_was_never_written_was_emptied_by_nobody(tmp_path: Path) -> None:
    """The ledger knows it, the catalogue does not: killed between, or an older catalogue came back from a backup."""
    root = make_campaign(tmp_path / "campaign", first=FIRST)
    extract_messages(Project(root))
    old = Project(root).catalogue("fr", "first").read_bytes()
    drafted(root)
    Project(root).catalogue("fr", "first").write_bytes(old)

    drafted(root)

    assert states(root)["first", "come"] is State.DRAFT
    assert len({event.id for event in ledger.read_ledger(Project(root).ledger("fr"))}) == len(
        ledger.read_ledger(Project(root).ledger("fr"))
    )


def test_a_text_that_people_stood_behind_and_that_is_gone_comes_back_as_theirs(tmp_path: Path) -> None:
    """No machine writes a text of its own where people had signed one."""
    root = make_campaign(tmp_path / "campaign", first=FIRST)
    extract_messages(Project(root))
    old = Project(root).catalogue("fr", "first").read_bytes()
    drafted(root)
    signed(root)
    before = Snapshot(Project(root)).texts("fr", "first")["come"], ledger.read_ledger(Project(root).ledger("fr"))
    Project(root).catalogue("fr", "first").write_bytes(old)

    drafted(root)

    found = states(root)
    assert (found["first", "come"], found["first", "wait"]) == (State.READY, State.DRAFT)
    assert (Snapshot(Project(root)).texts("fr", "first")["come"], ledger.read_ledger(Project(root).ledger("fr"))) == before


EDITION = Edition("not-alone", "en", "a5")


def test_no_paper_stands_there_whose_code_nobody_knows(small: Path, tmp_path: Path) -> None:
    """Killed at each write of a finished edition: the record is there before the PDF, the manifest last."""
    base = Path(shutil.copytree(small, tmp_path / "base"))

    def finished(root: Path) -> None:
        project = Project(root)
        project.output.mkdir(exist_ok=True)
        with locked_folder(project.output):
            run = BuildRun(project, Snapshot(project), manifest.read_manifest(project.output))
            _, page = run.compose(EDITION)
            run.finish(EDITION, "f", page, JobResult(b"%PDF-", b"PNG", 1, 12.0))

    for step in range(MOST):
        root = Path(shutil.copytree(base, tmp_path / "killed"))
        dead = killed(root, finished, step)
        known = {record.sha256 for record in editions_record.read_printings(Project(root))}
        assert all(hashlib.sha256(path.read_bytes()).hexdigest() in known for path in root.rglob("output/*/*.pdf"))
        assert all(manifest.is_intact(root / "output", record) for record in manifest.read_manifest(root / "output").values())
        finished(root)
        assert [(record.state, len(list(root.rglob("output/*/*.pdf")))) for record in manifest.read_manifest(root / "output").values()] == [
            ("ready", 1)
        ]
        assert len(editions_record.read_printings(Project(root))) == 1
        assert not list(root.rglob(f"{TEMPORARY}*"))
        shutil.rmtree(root)
        if not dead:
            break
    assert 3 < step < MOST


def test_the_addresses_of_the_last_website_are_known_through_every_kill(small: Path, tmp_path: Path) -> None:
    base = Path(shutil.copytree(small, tmp_path / "base"))

    def published(root: Path, page: bytes = b"new") -> None:
        project, folder = Project(root), root / "output" / "site"
        project.output.mkdir(exist_ok=True)
        with locked_folder(project.output):
            repair_folder(folder)
            assert page == b"old" or reusable_files(project, folder)("*.html"), "the last website is not known"
            listed = json.dumps({"files": {"index.html": {"sha256": hashlib.sha256(page).hexdigest()}}}).encode()
            remember_website(project, folder, listed)
            replace_folder(folder, {"index.html": page, FILE_LIST: listed})

    published(base, b"old")
    for step in range(MOST):
        root = Path(shutil.copytree(base, tmp_path / f"killed{step}"))
        manifest_of = root / "output" / "site" / FILE_LIST
        remember_website(Project(root), root / "output" / "site", manifest_of.read_bytes())  # a copy elsewhere is not believed
        dead = killed(root, published, step)
        published(root)
        assert (root / "output" / "site" / "index.html").read_bytes() == b"new"
        assert sorted(path.name for path in (root / "output").iterdir()) == [".leaflets.lock", "published.json", "site"]
        if not dead:
            break
    assert 2 < step < MOST


@pytest.mark.parametrize("form", [archived, unpack])
def test_a_package_is_added_by_the_next_run(form: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at each write: what is trusted is there, and the next run leaves one package and nothing else."""
    base, usb = make_campaign(tmp_path / "base", first=FIRST), form(tmp_path / "usb")
    for step in range(MOST):
        root = Path(shutil.copytree(base, tmp_path / f"killed{step}"))
        monkeypatch.setenv("LEAFLETS_MODELS", str(store := root / "models"))
        dead = killed(root, lambda root: add_package(Project(root), usb), step)
        assert not read_models_lock(Project(root).models_lock) or list(store.glob("en_fr-*"))
        add_package(Project(root), usb)
        (kept,) = store.iterdir()
        assert list(read_models_lock(Project(root).models_lock)) == ["en_fr-1.0"] == [kept.name.removesuffix(PACKAGE_SUFFIX)]
        if not dead:
            break
    assert 0 < step < MOST


def dead_process() -> int:
    """Return the number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_temporary_files_of_dead_processes_go_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    living = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    dead, below = f"{TEMPORARY}{dead_process()}-x", tmp_path / "below"
    names = (dead, f"{TEMPORARY}{living.pid}-x", f"{temporary_prefix()}x", f"{TEMPORARY}x", f"{TEMPORARY}new-site", "other")
    for folder in (tmp_path, below):
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).write_bytes(b"x")
    (tmp_path / f"{dead}-folder").mkdir()
    (tmp_path / f"{dead}-folder" / "x").write_bytes(b"x")

    sweep_dead_leftovers(tmp_path)
    shallow = {path.name for path in tmp_path.iterdir()}, {path.name for path in below.iterdir()}
    sweep_leftovers(tmp_path)

    living.communicate(b"\n")
    assert shallow == ({"below", *names} - {dead}, set(names))
    assert {path.name for path in below.iterdir()} == {f"{TEMPORARY}{living.pid}-x", f"{temporary_prefix()}x", "other"}
    assert write_file(tmp_path / "file", b"written")


def test_work_folders_of_killed_processes_go_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    code = "from generator.base.work_folder import new_work_folder; print(new_work_folder(), flush=True); input()"
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    others = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    (killed_one, living) = (Path((other.stdout.readline() if other.stdout else "").strip()) for other in others)
    foreign = tmp_path / f"{WORK_PREFIX}foreign"
    foreign.mkdir()
    others[0].kill()
    others[0].communicate()

    with work_folder() as mine:
        inside = {path.name for path in tmp_path.iterdir()}
        assert (mine / WORK_LOCK).exists()

    others[1].communicate("\n")
    assert killed_one.name not in inside
    assert {living.name, foreign.name, mine.name} <= inside
    assert not mine.exists()


def test_every_command_sweeps_the_campaign(tmp_path: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    root = make_campaign(tmp_path / "campaign", first=FIRST)
    extract_messages(Project(root))
    name = f"{TEMPORARY}{dead_process()}-x"
    for folder in (root, root / "leaflets", root / "locales", root / "locales" / "fr" / "LC_MESSAGES"):
        (folder / name).write_bytes(b"half a file")

    leaflets_command("status", cwd=root)

    assert not list(root.rglob(f"{TEMPORARY}*"))
