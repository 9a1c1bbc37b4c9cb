"""The code at the foot of a page: another one where the page says something else, the same whatever program draws it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions import record as editions_record
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.editions.recall import RecallJudge
from generator.layout.page_code import CodeRecipe, code_recipe
from generator.layout.stage import MADE_UP, READY, UNREAD, UNSIGNED
from generator.model import Campaign, Edition, Leaflet, Translation
from generator.review.paper_keys import paper_keys
from generator.review.printing import Printing
from generator.review.recall_rules import Disposition, RecallVerdict
from generator.review.snapshot import Snapshot
from tests.conftest import ROOT, copy_built, sign_source

EDITION = Edition("not-alone", "en", "a5")
WISH = BuildRequest(("not-alone",), ("en",), ("a5",))


@pytest.fixture(scope="module")
def once(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign whose English `not-alone` is printed; for copying only."""
    root = Path(shutil.copytree(small, tmp_path_factory.mktemp("once") / "campaign"))
    edit(root, "sites/example.yaml", ", if-strangers-come]", "]")
    printed(root)
    return root


@pytest.fixture
def root(once: Path, tmp_path: Path) -> Path:
    """Give a copy of it, to change."""
    return copy_built(tmp_path / "campaign", once)


def printed(root: Path, site: str = "", sheet: str = "a5") -> Printing:
    """Print the edition and return what was written down of it last."""
    report = build_editions(Project(root), replace(WISH, site=site, sheets=(sheet,)), jobs=1)
    assert [problem.line() for outcome in report.outcomes for problem in outcome.record.problems] == []
    records = [record for record in editions_record.read_printings(Project(root)) if (record.site, record.sheet) == (site, sheet)]
    return records[-1]


def verdict(root: Path, record: Printing) -> RecallVerdict:
    return RecallJudge(Project(root)).verdict(record)


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def as_before(root: Path, *codes: str) -> list[Printing]:
    """Make of the record what an earlier version wrote: other codes, and nothing about the order."""
    path = root / "leaflets" / "editions.jsonl"
    rows = [asdict(record) for record in editions_record.read_printings(Project(root))]
    lines = [
        {key: value for key, value in row.items() if key not in ("shape", "turn", "secret")} | {"code": code}
        for row in rows
        for code in codes
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in lines), "utf-8")
    return editions_record.read_printings(Project(root))


def other_program(folder: Path) -> Path:
    """Copy the program and put a comment into a module of each layer, so that every source of it differs."""
    for name in ("generator", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "locales").mkdir()
    shutil.copy(ROOT / "locales" / "languages.yaml", folder / "locales")
    for name in ("base/message_text.py", "layout/compose.py", "editions/plan.py", "__init__.py"):
        path = folder / "generator" / name
        path.write_text(f"{path.read_text('utf-8')}\n# another version\n", "utf-8")
    return folder


def test_another_program_draws_the_page_anew_under_the_same_code(root: Path, tmp_path: Path) -> None:
    (before,), known = editions_record.read_printings(Project(root)), manifest.read_manifest(root / "output")["not-alone_en_a5"]
    program = other_program(tmp_path / "program")

    command = [sys.executable, "-m", "generator", "build", "not-alone", "-l", "en", "-s", "a5", "-j", "1"]
    subprocess.run(command, cwd=root, env=os.environ | {"PYTHONPATH": str(program)}, check=True, capture_output=True, timeout=300)

    after = manifest.read_manifest(root / "output")["not-alone_en_a5"]
    assert (after.code, after.input != known.input) == (before.code, True)
    assert {record.code for record in editions_record.read_printings(Project(root))} == {before.code}


def test_another_theme_draws_other_pages_under_the_same_code(root: Path) -> None:
    (before,) = editions_record.read_printings(Project(root))
    edit(root, "templates/community/leaflet.html", "<body", "<!-- another version --><body")
    edit(root, "templates/community/style.css", "--accent: #0b4a5e", "--accent: #0b4a5f")
    sign_source(root)

    after = printed(root)

    assert (after.code, after.sha256 != before.sha256, after.sentences) == (before.code, True, before.sentences)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("leaflets/not-alone.yaml", "We stand with you.", "We stand beside you."),
        ("leaflets/facts.yaml", "value: 18:00-21:00", "value: 18:00-20:00"),
        ("leaflets/campaign.yaml", "address: https://nb.internal", "address: https://other.internal"),
    ],
    ids=("wording", "fact", "address"),
)
def test_another_wording_or_fact_has_another_code(root: Path, path: str, old: str, new: str) -> None:
    (before,) = editions_record.read_printings(Project(root))
    edit(root, path, old, new)

    after = printed(root)

    assert after.code != before.code
    edit(root, path, new, old)
    assert printed(root).code == before.code
    root.joinpath("leaflets", "reviews.jsonl").unlink()
    assert printed(root).code not in (before.code, after.code)  # the facts are not signed any more: another state


def test_a_sheet_and_a_site_have_codes_of_their_own(root: Path) -> None:
    (before,) = editions_record.read_printings(Project(root))

    codes = {before.code, printed(root, sheet="a4").code, printed(root, site="example").code}

    assert len(codes) == 3
    assert printed(root, site="example").code in codes


def test_a_number_cannot_be_found_from_the_code_of_a_sites_paper(root: Path) -> None:
    """The values of a site are named with its secret there, as in the record; without it the same number has another code."""
    before = printed(root, site="example").code
    (root / "sites" / ".secret").unlink()

    assert printed(root, site="example").code != before


def test_a_paper_of_an_earlier_version_that_says_the_same_is_right(root: Path) -> None:
    old = as_before(root, "EN-11111", "EN-22222")

    new = printed(root)
    found = [verdict(root, record) for record in (*old, new)]

    assert {record.code for record in editions_record.read_printings(Project(root))} == {"EN-11111", "EN-22222", new.code}
    assert found == [RecallVerdict(Disposition.CURRENT)] * 3


def test_a_paper_of_an_earlier_version_that_says_something_else_is_replaced(root: Path) -> None:
    (old,) = as_before(root, "EN-11111")
    edit(root, "leaflets/not-alone.yaml", "We stand with you.", "We stand beside you.")
    subprocess.run([sys.executable, "-m", "generator", "extract"], cwd=root, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
    sign_source(root)

    new = printed(root)
    found = verdict(root, old)

    assert (found.disposition, found.by) == (Disposition.REPLACED, new.code)
    edit(root, "leaflets/not-alone.yaml", "We stand beside you.", "We stand with you.")
    assert printed(root).code not in (old.code, new.code)
    assert verdict(root, old) == RecallVerdict(Disposition.CURRENT)
    assert verdict(root, new).disposition is Disposition.REPLACED


def test_the_same_sentences_in_another_order_replace_the_paper(root: Path) -> None:
    (before,) = editions_record.read_printings(Project(root))
    path = root / "leaflets" / "not-alone.yaml"
    text = path.read_text("utf-8")
    head, *blocks = text.split("\n  - id: ")
    path.write_text("\n  - id: ".join([head, blocks[0], blocks[2].rstrip("\n"), blocks[1], *blocks[3:]]), "utf-8")
    sign_source(root)

    after = printed(root)

    assert (after.sentences, after.code != before.code) == (before.sentences, True)
    assert (verdict(root, before).disposition, verdict(root, before).by) == (Disposition.REPLACED, after.code)


Change = Callable[[CodeRecipe], CodeRecipe]
CHANGES: Mapping[str, Change] = {
    "leaflet": lambda one: replace(one, leaflet="other"),
    "language": lambda one: replace(one, language="fr"),
    "sheet": lambda one: replace(one, sheet="a4"),
    "state": lambda one: replace(one, state="draft"),
    "wording": lambda one: replace(one, wordings=("0" * 20, *one.wordings[1:])),
    "order": lambda one: replace(one, wordings=one.wordings[::-1]),
    "less": lambda one: replace(one, wordings=one.wordings[:-1]),
    "facts": lambda one: replace(one, facts=one.facts[::-1]),
    "moved": lambda one: replace(one, wordings=(*one.wordings, "a" * 20), facts=one.facts[1:]),
    "shape": lambda one: replace(one, shape="0" * 20),
}


class Said:
    """The words of one edition as they stand, and the recipe of a page with them."""

    def __init__(self, project: Project) -> None:
        snapshot = Snapshot(project)
        self.leaflet, self.campaign, self.keys = project.leaflets["not-alone"], project.campaign, paper_keys(snapshot)
        texts = snapshot.edition_texts(EDITION)
        self.used = {message.msgctxt: texts[message.msgctxt] for message in self.leaflet.messages}

    def code(self, leaflet: Leaflet | None = None, used: Mapping[str, Translation] | None = None, campaign: Campaign | None = None) -> str:
        return self.recipe(leaflet, used, campaign).code("", self.keys)

    def recipe(
        self, leaflet: Leaflet | None = None, used: Mapping[str, Translation] | None = None, campaign: Campaign | None = None
    ) -> CodeRecipe:
        facts = ("campaign_phone", "line_hours")
        return code_recipe(EDITION, leaflet or self.leaflet, campaign or self.campaign, READY, self.used if used is None else used, facts)


@pytest.fixture(scope="module")
def said(small: Path) -> Said:
    return Said(Project(small))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_part_of_what_is_said_makes_another_code(said: Said, change: Change) -> None:
    recipe = said.recipe()

    assert change(recipe).code("", said.keys) != recipe.code("", said.keys)


def test_a_site_and_another_value_of_a_fact_make_another_code(said: Said) -> None:
    recipe = said.recipe()
    codes = {recipe.code("", said.keys), recipe.code("house", said.keys), recipe.code("", {**said.keys, "line_hours": "0" * 20})}

    assert len(codes) == 3
    assert recipe.code("", {**said.keys, "nhs": "0" * 20}) in codes  # it does not stand on the page


def test_kinds_and_order_of_the_parts_are_said_and_room_to_write_and_the_day_are_not(said: Said) -> None:
    first, second, *rest = said.leaflet.blocks
    other = "text" if first.kind != "text" else "heading"
    codes = [
        said.code(),
        said.code(replace(said.leaflet, blocks=(replace(first, kind=other), second, *rest))),
        said.code(replace(said.leaflet, blocks=(second, first, *rest))),
        said.code(replace(said.leaflet, blocks=(second, *rest))),
        said.code(campaign=replace(said.campaign, name="Another name")),
    ]

    assert len(set(codes)) == len(codes)
    roomier = tuple(replace(block, rows=9) for block in said.leaflet.blocks)
    assert said.code(replace(said.leaflet, blocks=roomier, dated=said.leaflet.dated.replace(year=2030))) == codes[0]


def test_what_the_foot_says_of_a_draft_makes_another_code(said: Said) -> None:
    stages = (READY, UNREAD, UNSIGNED, MADE_UP)
    codes = {code_recipe(EDITION, said.leaflet, said.campaign, stage, said.used, ()).code("", said.keys) for stage in stages}

    assert len(codes) == len(stages)
