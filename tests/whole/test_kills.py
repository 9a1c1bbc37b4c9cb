"""Every command, killed between any two of its writes and at random moments: nothing is lost, half or stuck (`make test-long`)."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.base.clock import today
from generator.base.leftovers import TEMPORARY
from generator.campaign.project import Project
from generator.overview.check import check_campaign
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.wordings import read_wordings, wordings_path
from generator.trust.readers_edge import campaign_registry
from tests.editions.test_killed import MOST, STEPS
from tests.review.test_attacks import FR, change, key_of, put_french
from tests.support.two_computers import ANNA, BRIAN, DAY, FRENCH, computer, two_signers

pytestmark = [pytest.mark.long, pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied before it is killed")]
RANDOM_KILLS = 200
ALREADY = 2
"""The exit code of a command that finds its work done: the reader is admitted, the language is there."""
YES = "s\n" * 40
State = tuple[dict[str, object], set[str], set[str]]


@dataclass(frozen=True)
class Command:
    """What somebody types, what they answer, and what there is to do for it."""

    words: tuple[str, ...]
    before: Callable[[Path], None] = lambda root: None
    typed: str = ""


def source_changed(root: Path) -> None:
    change(root, "leaflets/door.yaml", "Do not open the door to strangers", "You must not open the door to strangers")


def extracted(root: Path) -> None:
    source_changed(root)
    from generator.review.extract import extract_messages

    extract_messages(Project(root))


def comma_changed(root: Path) -> None:
    change(root, "leaflets/door.yaml", "We are your neighbours", "We are your neighbours,")
    from generator.review.extract import extract_messages

    extract_messages(Project(root))


def number_changed(root: Path) -> None:
    change(root, "leaflets/facts.yaml", "060111", "060112")


def french_changed(root: Path) -> None:
    put_french(root, FRENCH["door"], "N’ouvrez jamais la porte à des inconnus.")
    put_french(root, FRENCH["papers"], "Vous ne devez rien signer aujourd’hui.")


def somebody_asks(root: Path) -> None:
    with computer(root.parent / "third"):
        ledger.append_events(root / FR, [LedgerEvent(key_of("door"), LedgerAction.SIGN, "r23", DAY)])


def end_lost(root: Path) -> None:
    Snapshot(Project(root)).ledger("fr")
    text = (root / FR).read_text("utf-8").splitlines(keepends=True)
    (root / FR).write_text("".join(text[:-1]), "utf-8")


def upgrade_needed(root: Path) -> None:
    """Lines as earlier versions wrote them, without keys, and no file that says who may sign."""
    old = [{"k": key_of(name)[:20], "do": "approve", "who": who, "at": DAY} for name in ("door", "papers") for who in (ANNA, BRIAN)]
    import json

    (root / FR).write_text("".join(f"{json.dumps(row)}\n" for row in old), "utf-8")
    for name in ("locales/readers.jsonl", "locales/en/reviews.jsonl", "leaflets/reviews.jsonl"):
        (root / name).unlink()
    shutil.rmtree(Path(os.environ["XDG_STATE_HOME"]) / "solidarity-leaflets" / "folders")


COMMANDS = {
    "extract": Command(("extract",), source_changed),
    "sign": Command(("sign", "fr", "door", "--as", ANNA), french_changed, YES),
    "sign the source": Command(("sign", "en", "door", "--as", ANNA), extracted, YES),
    "sign facts": Command(("sign", "facts", "--as", ANNA), number_changed, YES),
    "carry": Command(("sign", "--carry", "--as", ANNA, "--why", "only a comma"), comma_changed),
    "check": Command(("check",)),
    "status": Command(("status",)),
    "worksheet": Command(("worksheet", "fr", "--all")),
    "spreadsheet": Command(("worksheet", "fr", "--all", "--xlsx")),
    "build": Command(("build", "door", "-l", "fr", "-s", "a5")),
    "publish": Command(("publish",)),
    "add language": Command(("add", "language", "ar")),
    "add leaflet": Command(("add", "leaflet", "soup-kitchen")),
    "admit": Command(("readers", "admit", "r23"), somebody_asks, "y\n"),
    "retire": Command(("readers", "retire", BRIAN), typed="y\n"),
    "adopt": Command(("adopt", "--yes"), end_lost),
    "redact": Command(("redact", "fr", FRENCH["papers"], "--yes")),
    "upgrade": Command(("upgrade", "--yes"), upgrade_needed),
}


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a campaign and the state folders of two computers; for copying."""
    folder = tmp_path_factory.mktemp("signed")
    two_signers(folder / "campaign", folder / "anna", folder / "brian")
    return folder


def prepared(signed: Path, folder: Path, command: Command) -> Path:
    """Return a copy in which there is something to do for a command."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(signed, folder)
    with computer(folder / "anna"):
        Snapshot(Project(folder / "campaign")).ledger("fr")
        command.before(folder / "campaign")
    return folder / "campaign"


def run(root: Path, command: Command, watch: Callable[[str, tuple[object, ...]], None] | None = None) -> int:
    """Run a command in a process of its own; return its exit code, or minus its signal."""
    child = os.fork()
    if not child:
        from generator.cli import main

        os.chdir(root)
        sys.stdin, sys.stdout, sys.stderr = io.StringIO(command.typed), io.StringIO(), io.StringIO()
        if watch:
            sys.addaudithook(watch)
        try:
            main(list(command.words))
        except SystemExit as end:
            os._exit(int(end.code or 0))
        except BaseException:  # noqa: BLE001 - told by the exit code
            os._exit(99)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)


def killing(root: Path, step: int) -> Callable[[str, tuple[object, ...]], None]:
    """Return what kills its own process before its write number `step` to a campaign or what a computer remembers."""
    left = [step]
    places = (str(root), os.environ["XDG_STATE_HOME"])

    def watch(event: str, values: tuple[object, ...]) -> None:
        adds = event == "open" and isinstance(values[1], str) and "a" in values[1]
        if (event in STEPS or adds) and str(values[0]).startswith(places) and not str(values[0]).endswith(".lock"):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return watch


def told(root: Path) -> State:
    """Return the states of all sentences and facts, what `check` finds, and the wordings that are kept."""
    project = Project(root)
    snapshot = Snapshot(project)
    states: dict[str, object] = {
        f"{language} {domain} {name}": (text.state, text.msgstr)
        for language in project.campaign.languages
        for domain in project.leaflet_domains
        for name, text in snapshot.texts(language, domain).items()
    }
    states |= snapshot.fact_states
    states |= {"admitted": campaign_registry(root).codes, "retired": len(campaign_registry(root).retired)}
    try:
        found = check_campaign(project, today())
    except LeafletsError as error:
        found = list(error.problems)
    problems = {re.sub(r"[0-9a-f]{8,}", "…", one.line().replace(str(root), "")) for one in found}
    kept = read_wordings(wordings_path(root / FR))
    return states, problems, set(kept.texts)


def leftovers(root: Path) -> Iterator[Path]:
    """Yield files that a killed writer left behind."""
    yield from (path for path in root.rglob("*") if re.match(re.escape(TEMPORARY) + "[0-9]+-", path.name))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_killed_between_two_of_its_writes_is_finished_by_the_next_run(name: str, signed: Path, tmp_path: Path) -> None:
    command = COMMANDS[name]
    clean = prepared(signed, tmp_path / "clean", command)
    with computer(tmp_path / "clean" / "anna"):
        assert run(clean, command) in (0, 1)
        wanted = told(clean)
    for step in range(MOST):
        root = prepared(signed, tmp_path / "killed", command)
        with computer(tmp_path / "killed" / "anna"):
            code = run(root, command, killing(root, step))
            if code >= 0:
                assert step, "the command wrote nothing"
                break
            again = run(root, command)
            assert again in (0, 1, ALREADY), step
            if again == ALREADY and "add" in command.words:  # `leaflets extract` does the rest
                assert run(root, Command(("extract",))) == 0, step
            assert told(root) == wanted, step
            assert not list(leftovers(root)), step
    else:
        pytest.fail("more writes than looked at")


def test_commands_killed_at_random_moments_are_finished_by_the_next_run(signed: Path, tmp_path: Path) -> None:
    chance = random.Random(20261130)  # noqa: S311 - the same moments every time
    wanted: dict[str, tuple[State, float]] = {}
    for number in range(RANDOM_KILLS):
        name = list(COMMANDS)[number % len(COMMANDS)]
        command = COMMANDS[name]
        if name not in wanted:
            clean = prepared(signed, tmp_path / "clean", command)
            with computer(tmp_path / "clean" / "anna"):
                started = time.monotonic()
                assert typed(clean, command).wait() in (0, 1)
                wanted[name] = told(clean), time.monotonic() - started
        root = prepared(signed, tmp_path / "killed", command)
        with computer(tmp_path / "killed" / "anna"):
            process = typed(root, command)
            try:
                process.wait(timeout=chance.uniform(0.05, wanted[name][1]))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            again = typed(root, command).wait()
            assert again in (0, 1, ALREADY), (number, name)
            if again == ALREADY and "add" in command.words:
                assert typed(root, Command(("extract",))).wait() == 0, (number, name)
            assert told(root) == wanted[name][0], (number, name)
            assert not list(leftovers(root)), (number, name)


def typed(root: Path, command: Command) -> subprocess.Popen[str]:
    """Start a command as somebody types it, in a group of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *command.words],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdin
    try:
        process.stdin.write(command.typed)
        process.stdin.close()
    except BrokenPipeError:
        pass
    return process
