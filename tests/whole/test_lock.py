"""The lock: what `make` installs satisfies the ranges of pyproject.toml, is proved by hashes, and names no address."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

FOLDER = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS, GROUPS = PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]
DEPENDENCIES = [*PROJECT["project"]["dependencies"], *GROUPS["build"], *PROJECT["build-system"]["requires"]]
FILES = {
    "run": DEPENDENCIES,
    "draft": [*DEPENDENCIES, *EXTRAS["draft"]],
    "test": [*DEPENDENCIES, *EXTRAS["draft"], *EXTRAS["test"]],
    "tools": [*DEPENDENCIES, *EXTRAS["draft"], *EXTRAS["test"], *EXTRAS["browser"], *EXTRAS["dask"], *EXTRAS["docs"]],
    "docs": [*DEPENDENCIES, *EXTRAS["docs"]],
    "argostranslate": [*DEPENDENCIES, *EXTRAS["draft"], *EXTRAS["test"], *EXTRAS["argostranslate"], *GROUPS["beside-torch"]],
    "lock": GROUPS["lock"],
}
"""What each file of the lock is for."""
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MACHINES = (
    ("linux", "Linux", "posix", "x86_64"),
    ("linux", "Linux", "posix", "aarch64"),
    ("darwin", "Darwin", "posix", "arm64"),
    ("win32", "Windows", "nt", "AMD64"),
)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
ADDRESS = re.compile(r"://|\bwww\.|--(?:extra-)?index|--find-links|\b[\w-]+\.(?:org|com|io|net)\b|@ ")


@cache
def rows(name: str) -> list[tuple[Requirement, list[str]]]:
    """Return what a file of the lock holds: each requirement, and what stands after it."""
    text = re.sub(r"^\s*#.*\n", "", (FOLDER / f"{name}.txt").read_text("utf-8"), flags=re.MULTILINE)
    parts = [re.split(r"\s+(?=--)", line.strip()) for line in text.replace("\\\n", " ").splitlines()]
    return [(Requirement(requirement), options) for requirement, *options in parts]


def environments() -> Iterator[dict[str, str]]:
    """Yield the computers that the lock is for."""
    for python, (platform, system, name, machine) in itertools.product(PYTHONS, MACHINES):
        yield {
            **{"python_version": python, "python_full_version": f"{python}.1", "sys_platform": platform, "platform_system": system},
            **{"os_name": name, "platform_machine": machine, "implementation_name": "cpython", "platform_python_implementation": "CPython"},
        }


def versions(name: str, environment: dict[str, str]) -> dict[str, Version]:
    """Return the version of each package that one computer gets; no package twice."""
    fit = [row for row, _ in rows(name) if row.marker is None or row.marker.evaluate(environment)]
    found = {canonicalize_name(row.name): Version(str(row.specifier).removeprefix("==")) for row in fit}
    assert len(found) == len(fit)
    return found


def unmet(wanted: list[str], locked: dict[str, Version]) -> list[str]:
    """Return the requirements that a lock does not satisfy; ours of our own extras stand in it by their parts."""
    asked = [Requirement(text) for text in wanted]
    return [
        str(one)
        for one in asked
        if one.name != PROJECT["project"]["name"]
        and not one.specifier.contains(locked.get(canonicalize_name(one.name), Version("0")), prereleases=False)
    ]


def test_each_purpose_has_its_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_the_lock_satisfies_the_ranges_on_every_computer(name: str) -> None:
    """Linux on two processors, macOS and Windows, each Python that the project names."""
    assert {f"Programming Language :: Python :: {python}" for python in PYTHONS} <= set(PROJECT["project"]["classifiers"])
    for environment in environments():
        assert unmet(FILES[name], versions(name, environment)) == [], environment


@pytest.mark.parametrize("name", FILES)
def test_every_version_is_exact_and_has_its_hashes(name: str) -> None:
    assert rows(name)
    for requirement, options in rows(name):
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert options, requirement
        assert all(HASH.fullmatch(option) for option in options), requirement


def test_all_files_hold_the_same_versions() -> None:
    """Developers add layers to one venv: no layer may change what is below it."""
    for environment in environments():
        tools = versions("tools", environment)
        for name in set(FILES) - {"lock"}:
            other = versions(name, environment)
            assert {key: str(other[key]) for key in other.keys() & tools} == {key: str(tools[key]) for key in other.keys() & tools}
        layers = [versions(name, environment).keys() for name in ("run", "draft", "test", "tools")]
        assert layers[0] < layers[1] < layers[2] < layers[3]


def test_a_user_gets_only_what_runs() -> None:
    """No tool of developers, and none of the libraries of machine drafts."""
    others = {canonicalize_name(Requirement(text).name) for extra in EXTRAS.values() for text in extra}
    others -= {canonicalize_name(Requirement(text).name) for text in DEPENDENCIES}
    for environment in environments():
        assert not others & versions("run", environment).keys()


def test_no_address_stands_in_the_lock() -> None:
    """Who installs says from where: no registry is named, and nothing is taken from a link."""
    lines = [line for path in [*FOLDER.glob("*.txt"), ROOT / ".npmrc"] for line in path.read_text("utf-8").splitlines()]
    assert [line for line in lines if ADDRESS.search(line)] == []
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"].values()
    assert [package for package in packages if "resolved" in package or "link" in package] == []


def test_packages_of_npm_are_exact_and_have_their_hashes() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert locked.pop("")["devDependencies"] == wanted
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, package in locked.items() if not package.get("integrity", "").startswith("sha512-")] == []


def test_the_makefile_installs_the_lock_alone() -> None:
    """Every call of pip takes a file of the lock, with hashes; the exceptions are the checkout itself, torch, and the newest versions."""
    text = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^LOCKED := \$\(PIP\) --require-hashes --only-binary :all: -r$", text, re.MULTILINE)
    assert re.search(r"^ITSELF := \$\(PIP\) --no-deps --no-build-isolation --editable \.$", text, re.MULTILINE)
    calls = [line.strip() for line in text.splitlines() if "$(PIP)" in line and not line.startswith(("LOCKED", "ITSELF"))]
    assert [call for call in calls if "$(NEWEST)/" not in call and "$(TORCH)" not in call] == []
    assert "pip install" not in text.replace("PIP := -m pip install", "")
    assert "npm install" not in text


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(
    ("target", "files"),
    [
        ("setup", ["run"]),
        ("draft", ["run", "draft"]),
        ("test", ["run", "test"]),
        ("lint", ["run", "test"]),
        ("test-all", ["run", "tools"]),
        ("test-long", ["run", "tools"]),
        ("docs", ["run", "docs"]),
        ("lock", ["lock"]),
        ("test-argostranslate", ["argostranslate"]),
    ],
)
def test_each_target_installs_its_files(target: str, files: list[str], tmp_path: Path) -> None:
    """In a checkout with nothing installed, as make itself says what it would do."""
    command = ["make", "-n", target, f"VENV={tmp_path / 'venv'}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]})
    assert re.findall(r"--require-hashes --only-binary :all: -r requirements/(\w+)\.txt", done.stdout)[: len(files)] == files
