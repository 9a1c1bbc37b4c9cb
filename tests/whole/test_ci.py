"""The check of the whole: what fails it and what does not, and that nothing it started goes on."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

STEPS = ("test", "test-all", "lint", "leaflets", "test-newest")
pytestmark = pytest.mark.skipif(not shutil.which("make") or not shutil.which("setsid"), reason="needs make and setsid")


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start .ci/run in a folder whose make does what the test says."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")

    def run(deaf: bool = False, **steps: str) -> subprocess.Popen[str]:
        rules = [f"{step}:\n\t@{steps.get(step.replace('-', '_'), f'echo did {step}')}\n" for step in STEPS]
        (tmp_path / "Makefile").write_text("".join(rules), "utf-8")
        pipe = subprocess.PIPE
        command = ["bash", "-c", 'trap "" INT; exec bash .ci/run'] if deaf else ["bash", ".ci/run"]
        return subprocess.Popen(command, cwd=tmp_path, stdout=pipe, stderr=pipe, text=True, env={"PATH": os.environ["PATH"]})

    return run


def change(folder: Path, old: str, new: str) -> None:
    """Make a number of the copied script smaller, so that nobody has to wait for it."""
    script = folder / ".ci" / "run"
    assert old in script.read_text("utf-8")
    script.write_text(script.read_text("utf-8").replace(old, new), "utf-8")


def alive(path: Path) -> bool:
    """Tell whether the process that wrote its number into a file still runs; a dead one may wait to be collected."""
    stat = Path(f"/proc/{path.read_text().strip()}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def gone(path: Path) -> bool:
    """Wait until a process has ended, ten seconds at most."""
    for _ in range(100):
        if not alive(path):
            return True
        time.sleep(0.1)
    return False


def told(out: str) -> list[str]:
    """Return what the table at the end says of each step: its name, and what went wrong."""
    lines = out.splitlines()
    table = lines[max(number for number, line in enumerate(lines) if line.startswith("test ")) :]
    return [f"{line.split()[0]}{line.partition(',')[2]}" for line in table]


def test_all_steps_run_in_order_and_say_their_seconds(start: Callable[..., subprocess.Popen[str]]) -> None:
    process = start()
    out, _ = process.communicate()
    assert process.returncode == 0
    assert [line.removeprefix("did ") for line in out.splitlines() if line.startswith("did ")] == list(STEPS)
    assert told(out) == list(STEPS)
    assert "test-all" in out
    assert " of 2700 s" in out


def test_a_test_that_fails_is_run_once_more_and_named(start: Callable[..., subprocess.Popen[str]]) -> None:
    out, _ = start(test="echo asked: $$PYTEST_ADDOPTS").communicate()
    assert "asked: --reruns 1 -r R" in out.splitlines()


def test_a_step_that_fails_ends_the_check(start: Callable[..., subprocess.Popen[str]]) -> None:
    process = start(lint="exit 3")
    out, _ = process.communicate()
    assert process.returncode != 0
    assert "did leaflets" not in out
    assert told(out) == ["test", "test-all", "lint failed (2)"]


def test_the_newest_versions_fail_nothing_and_are_told(start: Callable[..., subprocess.Popen[str]]) -> None:
    process = start(test_newest="exit 1")
    out, _ = process.communicate()
    assert process.returncode == 0
    assert told(out)[:5] == [*STEPS[:4], "test-newest failed (2)"]
    assert out.splitlines()[-1].startswith("The newest versions break something")


@pytest.mark.parametrize("deaf", [False, True])
def test_a_step_hears_ctrl_c_whoever_started_the_check(start: Callable[..., subprocess.Popen[str]], deaf: bool) -> None:
    """A script that starts the check in its background makes it deaf; a test of Ctrl-C in it would wait for ever."""
    out, _ = start(deaf, test="sh -c 'kill -INT $$$$; echo deaf'").communicate()
    assert "deaf" not in out
    assert told(out) == ["test failed (2)"]


def test_a_step_that_hangs_is_ended(start: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    change(tmp_path, "END=5100", "END=12")
    out, _ = start(lint="sleep 120").communicate(timeout=110)
    assert told(out) == ["test", "test-all", "lint failed (124)"]


def test_a_slow_machine_leaves_the_newest_versions_for_another_day(start: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    change(tmp_path, "-gt 3600", "-gt 0")
    process = start(lint="sleep 1.1")
    out, _ = process.communicate()
    assert process.returncode == 0
    assert told(out)[:4] == list(STEPS[:4])
    assert out.splitlines()[-1].startswith("test-newest did not run")
    assert "did test-newest" not in out


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc")
def test_what_a_step_left_behind_is_ended(start: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    process = start(test="sleep 60 >/dev/null 2>&1 & echo $$! > left")
    process.communicate()
    assert process.returncode == 0
    assert gone(tmp_path / "left")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc")
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_stopped_in_the_middle_it_ends_its_step(start: Callable[..., subprocess.Popen[str]], tmp_path: Path, sent: signal.Signals) -> None:
    process = start(test="sleep 60 & echo $$! > left; wait")
    while process.poll() is None and not ((tmp_path / "left").exists() and (tmp_path / "left").read_text().strip()):
        time.sleep(0.05)
    process.send_signal(sent)
    try:
        assert process.wait(20) == 128 + sent
        assert gone(tmp_path / "left")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int((tmp_path / "left").read_text()), signal.SIGKILL)
        process.communicate()
