"""What git takes along from a campaign: real repositories, asked with git itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.base import leftovers
from generator.campaign.ignored import IGNORED
from generator.overview.new import new_campaign
from generator.review import reader_code
from generator.signing import unsaved
from generator.trust.recovery_sheet import RECOVERY_SHEET
from generator.web import serve
from generator.worksheet import worksheet

ROOT = Path(__file__).resolve().parent.parent.parent
PRIVATE = (
    "sites/oak-7.yaml",
    "sites/reviews.jsonl",
    "sites/packs.jsonl",
    "sites/.secret",
    "audio/fr/not-alone/say.0f3a.ogg",
    "audio/fr/recordings.jsonl",
    "output/packs/oak-7/order.pdf",
    f"output/{worksheet.WORKSHEETS_FOLDER}/ar_7K3MQ.pdf",
    "output/phone-tree/phone-tree_ar_a5_oak-7.pdf",
    "output/site/index.html",
    "output/editions.jsonl",
    "sites/editions.jsonl",
    f"{unsaved.DESK_FOLDER}/r17.json",
    f"locales/ar/{leftovers.TEMPORARY}x1y2",
    "locales/ar/.leaflets.lock",
    reader_code.READER_FILE,
    serve.PORT_FILE,
    RECOVERY_SHEET,
    "sites.csv",
    "ar_7K3MQ.xlsx",
    "back/ar_7K3MQ.ods",
    "answers_TI-7K3MQ_r17.json",
    "answers_TI-7K3MQ_r17.txt",
    ".~lock.ar_7K3MQ.xlsx#",
)
"""One file of each private kind."""
pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


def git(*arguments: str, cwd: Path) -> str:
    """Run git in a folder and return what it says."""
    return subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Give a new campaign in a repository of its own, with one file of each private kind."""
    home = tmp_path / "our-town"
    new_campaign(home)
    git("init", "-q", cwd=home)
    for name in PRIVATE:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("private\n")
    return home


def test_git_takes_nothing_private_from_a_new_campaign(repository: Path) -> None:
    git("add", "--all", cwd=repository)

    taken = git("ls-files", cwd=repository).splitlines()

    assert sorted(set(PRIVATE) & set(taken)) == []
    assert {"sites/example.yaml", "leaflets/campaign.yaml", "locales/ar/reviews.jsonl", ".gitignore"} <= set(taken)


def test_git_takes_everything_that_new_wrote(tmp_path: Path) -> None:
    written = {path.relative_to(tmp_path).as_posix() for path in new_campaign(tmp_path)}
    git("init", "-q", cwd=tmp_path)
    git("add", "--all", cwd=tmp_path)

    taken = set(git("ls-files", cwd=tmp_path).splitlines())

    assert {name for name in written - taken if not name.endswith(".leaflets.lock")} == {RECOVERY_SHEET}


def test_git_takes_nothing_private_from_this_repository(tmp_path: Path) -> None:
    shutil.copy(ROOT / ".gitignore", tmp_path)
    git("init", "-q", cwd=tmp_path)

    assert git("check-ignore", *PRIVATE, cwd=tmp_path).count("\n") == len(PRIVATE)


def test_both_ignore_files_have_one_source(tmp_path: Path) -> None:
    new_campaign(tmp_path)

    assert (tmp_path / ".gitignore").read_text("utf-8") == IGNORED
    assert (ROOT / ".gitignore").read_text("utf-8").endswith(IGNORED)
