"""Each recipe of CONTRIBUTING, followed in a scratch copy: what a newcomer adds works, and touches no more files than the recipe says.

A kind of block, a screen of the page and a page of the website have tests of their own: `tests/blocks/test_new_kind.py`,
`tests/web/test_new_screen.py`, `tests/website/test_new_page.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pypdf
import pytest

from tests.conftest import ROOT, copy_campaign, sign_all

LEAFLET = """\
title: Know your rights
audience: residents
dated: 2026-11-22
blocks:
  - id: lead
    text: You may ask for a lawyer.
  - id: call
    contacts: [campaign_phone]
"""
FACT = """
lawyer_phone:
  kind: phone
  value: "+441632000999"
  display: 01632 000999
  label: Ask a lawyer
  source: https://nb.internal
  verified: 2026-11-22
"""
CHECK = '''"""No shouting."""

from generator.checks import Findings, Rule, Subject


@Rule(
    why="Who reads a new language reads capitals letter by letter.",
    hint="write it in small letters",
    passes=(("en", "Please come.", ""),),
    fails=(("en", "PLEASE COME.", ""),),
    on="source",
)
def shouting(subject: Subject) -> Findings:
    """Is the whole sentence in capitals?"""
    if subject.msgid.isupper():
        yield "all in capitals"
'''
ENGINE = '''"""An engine that says everything twice."""

from generator.drafting.engine import Guess, Origin


class Twice:
    """The engine."""

    name, version, offline, fake = "twice", "1.0", True, True

    @classmethod
    def set_up(cls, setup):
        """Return the engine."""
        return cls()

    def pairs(self):
        """Return what it can."""
        return [("en", "fr")]

    def origin(self, source, target):
        """Return where its drafts come from."""
        return Origin("twice-1.0", "says all twice", settings="none")

    def translate(self, batch, source, target):
        """Return each text twice."""
        return [Guess(f"{text} {text}") for text in batch]
'''
PAPER = """{% extends "frame.html" %}
{% block body %}<p class="big">Thank you, drivers. {{ bundles }} bundles.</p>{% endblock %}
"""
PAPER_JOB = '''

def _thanks(snapshot: Snapshot, pack: Pack) -> Iterator[EditionJob]:
    """Yield a word to those who bring the boxes."""
    context = {"bundles": len(list(packed_bundles(pack.lines)))}
    yield Paper("thanks", "thanks", snapshot.project.languages["en"], DESK_SHEET, context).job()


_PAPERS = (*_PAPERS, _thanks)
'''
MADE = ("output", "__pycache__", ".leaflets", ".git")
"""What a command makes by itself, and nobody writes."""


def run(root: Path, *command: str, **environment: str) -> str:
    """Run `leaflets` in a folder; return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *command],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout if "--json" in command else done.stdout + done.stderr


def written(root: Path) -> dict[str, str]:
    """Return a digest of each file that a person may write in a folder; catalogues and ledgers are written by commands."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.name.endswith((".po", ".pot", ".jsonl")))
    names = {str(path.relative_to(root)): path for path in files}
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in names.items() if not any(part in name for part in MADE)}


def touched(root: Path, before: dict[str, str]) -> set[str]:
    """Return the files that were added or changed since."""
    return {name for name, digest in written(root).items() if before.get(name) != digest}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Give a campaign of one leaflet in two languages."""
    return copy_campaign(tmp_path / "town", leaflets=("not-alone",), languages=("en", "fr"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a copy of the program, to add to."""
    root = tmp_path / "checkout"
    for name in ("generator", "templates", "locales", "leaflets", "sites"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def words_of(path: Path) -> str:
    """Return the words of a PDF, with single spaces and without marks that nobody sees."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return " ".join("".join(letter for letter in text if unicodedata.category(letter) != "Cf").split())


def built(root: Path, slug: str, *options: str) -> list[Path]:
    """Build a leaflet and return its PDFs."""
    run(root, "build", slug, *options)
    return sorted((root / "output" / slug).glob("*.pdf"))


def test_a_leaflet_is_one_file(town: Path) -> None:
    before = written(town)
    (town / "leaflets" / "know-your-rights.yaml").write_text(LEAFLET, "utf-8")
    run(town, "extract")

    (pdf,) = built(town, "know-your-rights", "-l", "en", "-s", "a5")

    assert "You may ask for a lawyer" in words_of(pdf)
    assert touched(town, before) == {"leaflets/know-your-rights.yaml"}


def test_a_fact_is_one_block_in_one_file(town: Path) -> None:
    before = written(town)
    facts, leaflet = town / "leaflets" / "facts.yaml", town / "leaflets" / "not-alone.yaml"
    facts.write_text(facts.read_text("utf-8") + FACT, "utf-8")
    assert touched(town, before) == {"leaflets/facts.yaml"}
    leaflet.write_text(leaflet.read_text("utf-8").replace("campaign_phone", "lawyer_phone", 1), "utf-8")
    sign_all(town)
    run(town, "extract")

    (pdf,) = built(town, "not-alone", "-l", "en", "-s", "a5")

    assert "01632 000999" in words_of(pdf).replace("\u00a0", " ")


def test_a_language_is_one_command(town: Path) -> None:
    before = written(town)
    run(town, "add", "language", "ru")

    assert touched(town, before) == {"leaflets/campaign.yaml"}
    assert {row["language"] for row in json.loads(run(town, "status", "--json"))["catalogues"]} >= {"fr", "ru"}


HALF = """\
half:
  like: a5
  about: A4 folded once
  paper: 297mm x 210mm
  pages: 4
  front: ["4 1"]
  back: ["2 3"]
  steps: [Fold it in half.]
"""
ROWS: dict[str, tuple[str, str, tuple[str, ...], tuple[float, float]]] = {
    "sheet": ("sheets", "a5-narrow: {like: a5, width: 120mm}\n", ("-s", "a5-narrow"), (120, 210)),
    "fold": (
        "sheets",
        HALF,
        ("-s", "half"),
        (297, 210),
    ),
    "printer": ("printers", "our-shop: {like: shop, bleed: 5mm}\n", ("-s", "a5", "--printer", "our-shop"), (0, 0)),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_sheet_a_fold_and_a_printer_are_a_row_of_the_campaign(kind: str, town: Path) -> None:
    file, row, options, size = ROWS[kind]
    before = written(town)
    (town / "leaflets" / f"{file}.yaml").write_text(row, "utf-8")

    pdfs = built(town, "not-alone", "-l", "en", *options)

    assert touched(town, before) == {f"leaflets/{file}.yaml"}
    boxes = [pypdf.PdfReader(pdf).pages[0].mediabox for pdf in pdfs]
    sizes = {(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes}
    assert size in sizes or (kind == "printer" and (158, 220) in {(width, height) for width, height in sizes})


def test_a_theme_is_a_folder_of_the_campaign(town: Path) -> None:
    shutil.copytree(ROOT / "templates" / "themes" / "community", town / "templates" / "ours")
    before = written(town)
    style, settings = town / "templates" / "ours" / "style.css", town / "leaflets" / "campaign.yaml"
    style.write_text(style.read_text("utf-8") + "\nh1 { text-align: right }\n", "utf-8")
    settings.write_text(settings.read_text("utf-8").replace("theme: community", "theme: ours"), "utf-8")

    said = run(town, "build", "not-alone", "-l", "en", "-s", "a5")

    assert "this campaign has a look of its own: templates/ours" in said
    assert len(list((town / "output").rglob("not-alone_en_a5*.pdf"))) == 1
    assert touched(town, before) == {"templates/ours/style.css", "leaflets/campaign.yaml"}


def test_a_check_is_one_file(checkout: Path, town: Path) -> None:
    before = written(checkout)
    (checkout / "generator" / "checks" / "shouting.py").write_text(CHECK, "utf-8")
    (town / "leaflets" / "know-your-rights.yaml").write_text(LEAFLET.replace("You may ask for a lawyer.", "PLEASE COME."), "utf-8")

    said = run(checkout, "-C", str(town), "check", "-l", "en", PYTHONPATH=str(checkout))

    assert "[shouting]" in said
    assert touched(checkout, before) == {"generator/checks/shouting.py"}


def test_an_engine_is_a_class_in_a_package_of_its_own(town: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "twice-1.0.dist-info").mkdir(parents=True)
    (package / "twice.py").write_text(ENGINE, "utf-8")
    (package / "twice-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: twice\nVersion: 1.0\n")
    (package / "twice-1.0.dist-info" / "entry_points.txt").write_text("[leaflets.engines]\ntwice = twice:Twice\n")
    (town / "leaflets" / "know-your-rights.yaml").write_text(LEAFLET, "utf-8")
    run(town, "extract")

    said = run(town, "draft", "fr", "--engine", "twice", PYTHONPATH=os.pathsep.join((str(ROOT), str(package))))

    catalogue = (town / "locales" / "fr" / "LC_MESSAGES" / "know-your-rights.po").read_text("utf-8")
    assert "You may ask for a lawyer. You may ask for a lawyer." in catalogue, said


def test_a_paper_of_a_pack_is_a_template_and_a_function(checkout: Path, tmp_path: Path) -> None:
    before = written(checkout)
    (checkout / "templates" / "screens" / "paper" / "thanks.html").write_text(PAPER, "utf-8")
    module = checkout / "generator" / "printrun" / "pack_papers.py"
    module.write_text(module.read_text("utf-8") + PAPER_JOB, "utf-8")
    town = copy_campaign(tmp_path / "town", leaflets=("not-alone", "if-strangers-come"), languages=("en", "ar", "ur"))

    run(checkout, "-C", str(town), "pack", "example", "--drafts", PYTHONPATH=str(checkout))

    (pdf,) = (town / "output" / "packs").rglob("*thanks*.pdf")
    assert "Thank you, drivers." in words_of(pdf)
    assert touched(checkout, before) == {"templates/screens/paper/thanks.html", "generator/printrun/pack_papers.py"}


OWN_TESTS: dict[str, Callable[[], Path]] = {
    "a kind of block": lambda: ROOT / "tests" / "blocks" / "test_new_kind.py",
    "a screen": lambda: ROOT / "tests" / "web" / "test_new_screen.py",
    "a page of the website": lambda: ROOT / "tests" / "website" / "test_new_page.py",
}


@pytest.mark.parametrize("recipe", OWN_TESTS)
def test_the_other_recipes_have_tests_of_their_own(recipe: str) -> None:
    assert "def test_" in OWN_TESTS[recipe]().read_text("utf-8")
    assert recipe in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
