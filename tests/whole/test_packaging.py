"""The files that are handed on: a wheel for people, with pip, pipx and uv in empty environments, and an sdist from which the tests run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BIN = Path(sys.executable).parent
QUICK = ("tests/whole/test_lock.py", "tests/catalogue/test_plurals.py", "tests/layout/test_pictograms.py")
"""Tests that read the lock, the shipped catalogues, the templates and a page drawn from them."""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a program without what pytest and the checkout set; return what it says."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(command, cwd=cwd, env=clean | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the sdist of the checkout, and the wheel that is built from that sdist alone."""
    folder = tmp_path_factory.mktemp("dist")
    run(BIN / "pyproject-build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the unpacked sdist."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    return root


def tracked() -> set[str]:
    """Return what git has of this checkout; in an unpacked sdist, which has no git, there is nothing to compare."""
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout of git")
    return set(run("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).split("\n")) - {""}


def test_the_sdist_holds_the_checkout_and_nothing_else(unpacked: Path) -> None:
    made = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}

    assert made - {"PKG-INFO"} == {name for name in tracked() if (ROOT / name).is_file()}


def test_the_tests_run_from_the_sdist(unpacked: Path) -> None:
    done = run(sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *QUICK, cwd=unpacked)

    assert re.search(r"\d+ passed", done)
    assert "failed" not in done


def test_the_wheel_has_types_and_what_ships_and_no_tests(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"generator"}
    assert "generator/py.typed" in names
    assert {"generator/shipped/templates/themes/community/leaflet.html", "generator/shipped/leaflets/campaign.yaml"} <= {*names}


def test_every_python_of_the_classifiers_is_checked_by_the_workflow() -> None:
    wanted = [found[1] for text in PROJECT["classifiers"] if (found := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", text))]
    workflow = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text("utf-8"))

    assert workflow["jobs"]["python"]["strategy"]["matrix"]["python"] == wanted
    assert workflow["permissions"] == {}
    assert f">={wanted[0]}" == PROJECT["requires-python"]


def test_every_action_of_the_workflow_is_pinned() -> None:
    text = (ROOT / ".github/workflows/check.yml").read_text("utf-8")

    assert re.findall(r"uses: (?!\S+@[0-9a-f]{40} # v)(.*)", text) == []
    assert text.count("uses: ") >= 3


def with_pip(wheel: Path, folder: Path) -> Path:
    """Install the wheel with pip into an environment that has nothing else."""
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    run(folder / "venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=folder)
    return folder / "venv/bin/leaflets"


def with_pipx(wheel: Path, folder: Path) -> Path:
    """Install the wheel with pipx into a home of its own."""
    places = {"PIPX_HOME": str(folder / "home"), "PIPX_BIN_DIR": str(folder / "bin"), "PIPX_MAN_DIR": str(folder / "man")}
    run(BIN / "pipx", "install", "--python", sys.executable, wheel, cwd=folder, **places)
    return folder / "bin/leaflets"


def with_uv(wheel: Path, folder: Path) -> Path:
    """Install the wheel as a tool of uv, which resolves the ranges of pyproject.toml in its own way."""
    places = {name: str(folder / name) for name in ("UV_TOOL_DIR", "UV_TOOL_BIN_DIR", "UV_CACHE_DIR")}
    run(BIN / "uv", "tool", "install", "--quiet", "--python", sys.executable, wheel, cwd=folder, **places)
    return folder / "UV_TOOL_BIN_DIR/leaflets"


@pytest.mark.tools
@pytest.mark.parametrize("install", [with_pip, with_pipx, with_uv])
def test_installed_elsewhere_it_builds_a_new_campaign(built: Path, tmp_path: Path, install: Callable[[Path, Path], Path]) -> None:
    """The program brings its templates, languages and leaflets along, and needs nothing of the checkout."""
    (wheel,) = built.glob("*.whl")
    command = install(wheel, tmp_path)

    run(command, "new", "our-town", cwd=tmp_path)
    run(command, "build", "not-alone", "-l", "ar", "-l", "en", "-s", "a5", cwd=tmp_path / "our-town")

    assert sorted(path.name for path in (tmp_path / "our-town/output/not-alone").glob("*.pdf")) == [
        "not-alone_ar_a5_DRAFT.pdf",
        "not-alone_en_a5_DRAFT.pdf",
    ]
