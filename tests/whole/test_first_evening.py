"""The first evening as the page tells it: from an empty folder to a sheet that may be handed out, by one organiser or by two."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.two_computers import computer

DOC = (Path(__file__).parents[2] / "docs" / "first-evening.md").read_text("utf-8").partition("## A sheet to hand out")[2]
MOST = 60
"""How often somebody presses `s` at most: a tired person's evening."""
Run = Callable[..., tuple[int, str, str]]


def snippets(kind: str) -> list[str]:
    """Return the blocks of a kind in the page, without what they are moved in by."""
    found = re.findall(rf"(?ms)^( *)```{kind}\n(.*?)^ *```", DOC)
    return [re.sub(rf"(?m)^{space}", "", text) for space, text in found]


def commands(block: str) -> list[list[str]]:
    """Return the `leaflets` commands of a block, without their comments."""
    lines = (line.partition("#")[0].split() for line in block.splitlines())
    return [words[1:] for words in lines if words[:1] == ["leaflets"]]


class Organiser:
    """Somebody who types what the page says, on a computer."""

    def __init__(self, run: Run, monkeypatch: pytest.MonkeyPatch, state: Path) -> None:
        self.run, self.monkeypatch, self.state = run, monkeypatch, state

    def types(self, words: list[str], folder: Path, answers: str = "s\n" * MOST) -> str:
        """Type a command and answer it; return what it says."""
        self.monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        with computer(self.state):
            code, out, err = self.run(*words, cwd=folder)
        assert code == 0, (words, out[-600:], err[-600:])
        return out + err

    def starts(self, folder: Path, *, alone: bool) -> Path:
        """Follow the page up to the signatures."""
        (new,) = commands(snippets("sh")[0])
        self.types([word for word in new if alone or word != "--alone"], folder)
        root = folder / new[1]
        assert "leaflets readers recover" in (root / "recovery-sheet.html").read_text("utf-8")
        (root / "recovery-sheet.html").unlink()
        for name, text in zip(("campaign", "facts"), snippets("yaml"), strict=True):
            replace_rows(root / "leaflets" / f"{name}.yaml", text)
        return root

    def signs(self, root: Path, code: str) -> str:
        """Type the four commands; return what the last one said."""
        said = ""
        for words in commands(snippets("sh")[1]):
            said = self.types([code if word == "r1" else word for word in words], root)
        return said

    def builds(self, root: Path) -> list[str]:
        """Print the sheet; return the names of the files that are there then."""
        (words,) = commands(snippets("sh")[2])
        self.types(words, root)
        return [path.name for path in (root / "output" / "not-alone").glob("*.pdf")]


def replace_rows(path: Path, rows: str) -> None:
    """Put the rows of a snippet in the place of those of the same name."""
    text = path.read_text("utf-8")
    for row in re.split(r"(?m)^(?=\w)", rows)[1:]:
        name = row.partition(":")[0]
        text, count = re.subn(rf"(?m)^{name}:.*\n(?:[ ]+.*\n)*", lambda _, row=row: row, text)
        assert count == 1, name
    path.write_text(text, "utf-8")


@pytest.fixture
def organiser(leaflets_command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Organiser]:
    """Give organisers by name, each with a computer."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH")  # a fact is looked up on the day of its signature
    return lambda name: Organiser(leaflets_command, monkeypatch, tmp_path / name)


def test_one_organiser_alone_has_a_sheet_to_hand_out(organiser: Callable[[str], Organiser], tmp_path: Path) -> None:
    anna = organiser("anna")
    root = anna.starts(tmp_path, alone=True)
    assert anna.builds(root) == ["not-alone_en_a5_DRAFT.pdf"]
    anna.signs(root, "r1")
    assert anna.builds(root) == ["not-alone_en_a5.pdf"]


def test_two_organisers_on_two_computers_have_a_sheet_to_hand_out(organiser: Callable[[str], Organiser], tmp_path: Path) -> None:
    anna, brian = organiser("anna"), organiser("brian")
    root = anna.starts(tmp_path, alone=False)
    anna.signs(root, "r1")
    assert anna.builds(root) == ["not-alone_en_a5_DRAFT.pdf"]

    copy = shutil.copytree(root, tmp_path / "stick" / root.name)
    (copy / ".leaflets.reader").unlink()
    brian.signs(copy, "r2")
    letters = re.findall(r"\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b", brian.types(["readers", "ask"], copy))
    shutil.copytree(copy, root, dirs_exist_ok=True)
    assert anna.builds(root) == ["not-alone_en_a5_DRAFT.pdf"]
    anna.types(["readers", "admit", "--organiser", letters[0]], root, "y\n")
    assert anna.builds(root) == ["not-alone_en_a5.pdf"]
