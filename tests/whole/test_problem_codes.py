"""Every code of a problem is named in a test, and those that no other test names are raised here, each by real input."""

from __future__ import annotations

import ast
import io
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

Command = Callable[..., tuple[int, str, str]]
Harm = Callable[[Path], None]


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
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem" and node.args:
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


@pytest.fixture
def town(small: Path, tmp_path: Path) -> Path:
    """Give a copy of a small campaign, to break."""
    return Path(shutil.copytree(small, tmp_path / "town"))


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
    "po-stray": write("locales/de/LC_MESSAGES/not-alone.po", 'msgid ""\nmsgstr ""\n'),
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
    "unknown-code": (nothing, ("recall", "AR-00000")),
    "report-unknown": (nothing, ("report", "0000-0000")),
    "site-people": (nobody_on_the_tree, ("phonetree", "example", "--private")),
    "site-empty": (change("sites/example.yaml", "leaflets: [not-alone]\n", ""), ("pack", "example", "--private")),
    "sheet-file": (write("answers.csv", "%PDF-1.7 no table"), ("enter", "answers.csv", "--as", "r17")),
    "sheet-bomb": (workbook(BOMB), ("enter", "answers.xlsx", "--as", "r17")),
    "sheet-foreign": (workbook(ENTITIES), ("enter", "answers.xlsx", "--as", "r17")),
    "model-lock": (write("locales/models.json", "[1]"), ("models",)),
    "script-unknown": (nothing, ("add", "language", "vai")),
    "dask-address": (nothing, ("build", "--executor", "dask:127.0.0.1:1")),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_command_refuses_with_the_code(code: str, town: Path, leaflets_command: Command) -> None:
    harm, command = REFUSED[code]
    harm(town)

    exit_code, out, err = leaflets_command(*command, cwd=town)

    assert f"[{code}]" in out + err
    assert exit_code in (1, 2)
