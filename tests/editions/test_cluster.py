"""Editions drawn on a real Dask cluster of two workers, one of which is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.problem import UsageError
from tests.conftest import copy_campaign

WISH = BuildRequest(("not-alone",), ("en", "ar", "ur", "fr", "ti", "zh_Hans"), ("a5", "a4"))
QUIET = {"DASK_DISTRIBUTED__SCHEDULER__WORKER_SATURATION": "1.0", "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def run(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard", "--host", "127.0.0.1"]
    return subprocess.Popen(command, env={**os.environ, **QUIET}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Give the address of a scheduler on loopback, and its two workers."""
    port = free_port()
    address = f"127.0.0.1:{port}"
    started = [run("dask_scheduler", "--port", str(port))]
    place = ("--local-directory", str(tmp_path))
    started += [run("dask_worker", f"tcp://{address}", "--no-nanny", "--nthreads", "1", *place) for _ in range(2)]
    ask = f"from distributed import Client\nwith Client('tcp://{address}', timeout=60) as client: client.wait_for_workers(2, timeout=60)"
    subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True)  # a client here would leave its loop to other tests
    yield address, started[1:]
    for process in reversed(started):
        process.kill()
        process.wait()


def pdfs(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "output").rglob("*.pdf")}


def builds(root: Path, address: str) -> subprocess.Popen[str]:
    """Start a build of twelve editions on the cluster."""
    languages = [word for code in WISH.languages for word in ("-l", code)]
    command = [sys.executable, "-m", "generator", "-C", str(root), "build", "not-alone", *languages, "-s", "a5", "-s", "a4"]
    return subprocess.Popen([*command, "--executor", f"dask://{address}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.tools
def test_a_worker_killed_in_mid_run_loses_nothing(
    campaign: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    """Every edition is there, with the bytes of a build on this computer."""
    address, workers = cluster
    running = builds(campaign, address)
    while running.poll() is None and len(pdfs(campaign)) < 2:
        time.sleep(0.1)
    os.kill(workers[0].pid, signal.SIGKILL)
    workers[0].wait()
    told, _ = running.communicate(timeout=300)
    here = copy_campaign(tmp_path / "here")
    build_editions(Project(here), WISH, jobs=2)

    assert running.returncode == 0, told
    assert len(pdfs(campaign)) == 12
    assert pdfs(campaign) == pdfs(here)


@pytest.mark.tools
def test_an_address_where_nobody_answers_is_told(campaign: Path) -> None:
    running = builds(campaign, f"127.0.0.1:{free_port()}")
    told, _ = running.communicate(timeout=120)

    assert running.returncode == 2
    assert "dask-address" in told
    assert "dask scheduler" in told


@pytest.mark.parametrize("name", ["threads", "dask", "dask://", "processes://x", "http://127.0.0.1:1"])
def test_another_executor_is_refused(campaign: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        build_editions(Project(campaign), BuildRequest(("not-alone",), ("en",), ("a5",)), executor=name)

    assert caught.value.problems[0].code == "executor"


@pytest.mark.tools
def test_a_scheduler_without_workers_is_told(campaign: Path) -> None:
    port = free_port()
    scheduler = run("dask_scheduler", "--port", str(port))
    try:
        told, _ = builds(campaign, f"127.0.0.1:{port}").communicate(timeout=120)
    finally:
        scheduler.kill()
        scheduler.wait()

    assert "dask-empty" in told


@pytest.mark.tools
def test_a_worker_with_another_version_is_refused(campaign: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
    """The same input must give the same bytes, whichever computer draws it."""
    code = (
        "import sys; from generator.editions import cluster; cluster.__version__ = '0.0.1'; "
        "from generator.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, "-C", str(campaign), "build", "not-alone", "-l", "en", "--executor", f"dask://{cluster[0]}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert "dask-version" in done.stderr
