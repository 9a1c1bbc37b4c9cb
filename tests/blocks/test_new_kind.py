"""Somebody adds a kind of block with one module and one template: paper, website, text, worksheet and preview have its words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.blocks.test_kinds import Words, pdf_text, plain
from tests.conftest import ROOT
from tests.whole.test_added import OWN

MODULE = '''\
"""A question that people ask, and its answer."""

from __future__ import annotations

from generator.base.yaml import YamlValue
from generator.blocks import BlockContents, BlockHead, BlockKind


def _read(value: YamlValue, head: BlockHead) -> BlockContents:
    keys = value.mapping(("asked", "answer"))
    return BlockContents(tuple(head.message(text, key) for key, text in keys.items()))


QUESTION_KIND = BlockKind("question", _read, mark="? ")
'''
TEMPLATE = """\
{%- macro paper(block) -%}
<h2{{ at(block.texts[0]) }}>{{ say(block.texts[0]) }}</h2>
<p{{ at(block.texts[1]) }}>{{ say(block.texts[1]) }}</p>
{%- endmacro -%}
{%- macro screen(block) -%}
<details><summary>{{ say(block.texts[0]) }}</summary><p>{{ say(block.texts[1]) }}</p></details>
{%- endmacro -%}
"""
LEAFLET = """\
title: Asked and answered
audience: residents
dated: 2026-11-22
sheets: [a5]
blocks:
  - {id: hall, question: {asked: "May I bring a friend?", answer: Every friend is welcome.}}
"""
SENTENCES = ("May I bring a friend?", "Every friend is welcome.")
PREVIEW = """\
from pathlib import Path
from generator.campaign.project import Project
from generator.editions.content import edition_page
from generator.layout.preview_composer import PreviewComposer
from generator.model import Edition
from generator.review.snapshot import Snapshot

snapshot = Snapshot(Project(Path(".")))
edition = Edition("asked", "ar", "a5")
texts = snapshot.texts("ar", "asked") | snapshot.texts("ar", "shared")
print(edition_page(snapshot, edition, texts, lambda *given: PreviewComposer([], *given)).html)
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of this checkout with one more kind of block, a leaflet that has it, and all that is made of it."""
    root = tmp_path_factory.mktemp("new") / "checkout"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*OWN, "tests"))
    for path in (root / "leaflets").glob("*.yaml"):
        if path.stem not in ("campaign", "facts"):
            path.unlink()
    (root / "sites" / "example.yaml").unlink()  # it wants other leaflets
    settings = root / "leaflets" / "campaign.yaml"
    settings.write_text(settings.read_text("utf-8").replace("drafts: no", "drafts: yes"), "utf-8")
    (root / "generator" / "blocks" / "question.py").write_text(MODULE, "utf-8")
    (root / "templates" / "themes" / "community" / "block-question.html").write_text(TEMPLATE, "utf-8")
    (root / "leaflets" / "asked.yaml").write_text(LEAFLET, "utf-8")
    run(root, "-m", "generator", "extract", "--retire")
    run(root, "-m", "generator", "build", "asked", "-l", "en")
    run(root, "-m", "generator", "publish")
    run(root, "-m", "generator", "worksheet", "ar", "asked", "--html", "--as", "r9")
    return root


def run(root: Path, *arguments: str) -> str:
    """Run Python with the generator of a checkout; return what it prints."""
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_kind_stands_on_paper(checkout: Path) -> None:
    (path,) = (checkout / "output" / "asked").glob("*.pdf")

    assert [text for text in SENTENCES if text not in pdf_text(path)] == []


def test_a_new_kind_stands_on_the_website(checkout: Path) -> None:
    page = (checkout / "output/site/asked/en/index.html").read_text("utf-8")

    assert f"<summary>{SENTENCES[0]}</summary>" in page
    assert [text for text in SENTENCES if text not in plain(Words(page).found)] == []


def test_a_new_kind_stands_in_the_text_file_with_its_mark(checkout: Path) -> None:
    lines = (checkout / "output/site/asked/en/leaflet.txt").read_text("utf-8").splitlines()

    assert {f"? {text}" for text in SENTENCES} <= set(lines)


def test_a_new_kind_stands_on_the_worksheet(checkout: Path) -> None:
    (path,) = (checkout / "output" / "worksheets").glob("*.html")

    assert [text for text in SENTENCES if text not in plain(Words(path.read_text("utf-8")).found)] == []


def test_a_new_kind_stands_in_the_preview(checkout: Path) -> None:
    page = run(checkout, "-c", PREVIEW)

    assert [text for text in SENTENCES if text not in plain(Words(page).found)] == []
    assert 'data-message="hall.answer"' in page
