"""What the campaign knows of and is gone is the first that is told; what was never there, or was taken out, is not missed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.campaign.sites import make_sites_secret
from generator.editions import manifest
from generator.editions import record as editions_record
from generator.editions.lost import find_losses
from generator.editions.manifest import EditionRecord
from generator.editions.packs_record import PACKS_FILE as PACKS
from generator.overview.check import check_campaign
from generator.overview.new import add_language
from generator.overview.status import campaign_status
from generator.problem import errors_among
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerEvent
from generator.review.lost_catalogues import started_languages
from generator.review.paper_keys import paper_keys
from generator.review.printing import Printing
from generator.review.snapshot import Snapshot
from tests.conftest import copy_campaign

Damage = Callable[[Path], None]
Run = Callable[..., tuple[int, str, str]]
DAY = date(2026, 11, 25)
READY = Printing("AR-1AB0Z", "not-alone", "ar", "a5", "", "ready", "2026-11-23", "2026-11-22", {}, {}, "f" * 64, {})


@pytest.fixture
def root(small: Path, tmp_path: Path) -> Path:
    """Give a campaign in few languages with a signed, printed Arabic page."""
    root = Path(shutil.copytree(small, tmp_path / "campaign"))
    site = root / "sites" / "example.yaml"
    site.write_text(site.read_text("utf-8").replace(", if-strangers-come]", "]"), "utf-8")
    snapshot = Snapshot(Project(root))
    text = snapshot.texts("ar", "not-alone")["title"]
    key = wording_key("ar", "title", text.message.msgid, text.msgstr)
    ledger.append_events(snapshot.project.ledger("ar"), [LedgerEvent(key, "approve", "r901", "2026-11-23")])
    extract_messages(Project(root))
    (root / "output").mkdir()
    record = replace(READY, sentences={"not-alone/title": key}, facts={"nhs": paper_keys(snapshot)["nhs"]})
    editions_record.append_printing(Project(root), record)
    manifest.save_manifest(
        root / "output", [EditionRecord("not-alone_ar_a5", "not-alone", "ar", "a5", "", "f", "ready", "x.pdf", code=READY.code)]
    )
    return root


def gone(path: str) -> Damage:
    def damage(root: Path) -> None:
        found = root / path
        shutil.rmtree(found) if found.is_dir() else found.unlink()

    return damage


def never_printed(damage: Damage) -> Damage:
    """Lose something in a campaign that was never built."""

    def both(root: Path) -> None:
        shutil.rmtree(root / "output")
        damage(root)

    return both


def emptied(path: str) -> Damage:
    def damage(root: Path) -> None:
        (root / path).write_bytes(b"")

    return damage


def extracted_after(damage: Damage) -> Damage:
    """Lose something, and let `extract` write what it can anew."""

    def both(root: Path) -> None:
        damage(root)
        extract_messages(Project(root))

    return both


LANGUAGE, LEDGER, CATALOGUE = "locales/ar", "locales/ar/reviews.jsonl", "locales/ar/LC_MESSAGES/not-alone.po"
RECORD = "leaflets/editions.jsonl"
LOSSES: dict[str, tuple[Damage, str]] = {
    "language": (gone(LANGUAGE), LANGUAGE),
    "language, never printed": (never_printed(gone(LANGUAGE)), LANGUAGE),
    "language, extracted again": (extracted_after(gone(LANGUAGE)), LANGUAGE),
    "catalogues": (gone("locales/ar/LC_MESSAGES"), LANGUAGE),
    "catalogue": (gone(CATALOGUE), CATALOGUE),
    "catalogue, never printed": (never_printed(gone(CATALOGUE)), CATALOGUE),
    "ledger": (gone(LEDGER), LEDGER),
    "ledger, never printed": (never_printed(gone(LEDGER)), LEDGER),
    "ledger, extracted again": (extracted_after(gone(LEDGER)), LEDGER),
    "locales": (gone("locales"), LANGUAGE),
    "pot": (gone("locales/not-alone.pot"), "locales/not-alone.pot"),
    "history": (gone("locales/sources.jsonl"), "locales/sources.jsonl"),
    "glossary": (gone("locales/glossary.yaml"), "locales/glossary.yaml"),
    "facts": (gone("leaflets/reviews.jsonl"), "leaflets/reviews.jsonl"),
    "record": (gone(RECORD), RECORD),
    "empty record": (emptied(RECORD), RECORD),
}


@pytest.mark.parametrize("name", LOSSES)
def test_what_is_gone_is_told_first_with_what_to_do(root: Path, name: str) -> None:
    damage, path = LOSSES[name]
    assert errors_among(check_campaign(Project(root), DAY)) == []
    damage(root)

    found = check_campaign(Project(root), DAY)
    told = campaign_status(Project(root))

    assert (found[0].code, found[0].severity) == ("lost", "error")
    assert str(root / path) in [problem.where for problem in found if problem.code == "lost"]
    assert "get it back" in found[0].hint
    assert (told.problems[0].code, told.next_step) == ("lost", "leaflets check")


def test_a_ledger_that_lost_a_line_is_missed(root: Path) -> None:
    path = root / LEDGER
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), "utf-8")

    (problem,) = find_losses(Snapshot(Project(root)))

    assert (problem.where, problem.language) == (str(path), "ar")


@pytest.mark.parametrize("where", ["packs", "website"])
def test_codes_that_packs_and_the_website_name_must_be_in_the_record(root: Path, where: str) -> None:
    shutil.rmtree(root / "output")
    if where == "packs":
        row = {"run": 1, "site": "house", "edition": "not-alone_en_a5_house", "code": "EN-22222", "copies": 9, "made": "2026-11-22"}
        (root / "sites" / PACKS).write_text(json.dumps(row) + "\n", "utf-8")
    else:
        (root / "output" / "site" / "c" / "en-22222").mkdir(parents=True)
        (root / "output" / "site" / "c" / "en-22222" / "index.html").write_text("right", "utf-8")

    assert ["EN-22222" in problem.what for problem in find_losses(Snapshot(Project(root)))] == [True]


def test_the_secret_of_printed_sites_is_missed(root: Path) -> None:
    make_sites_secret(root / "sites")
    editions_record.append_printing(Project(root), replace(READY, code="EN-33333", language="en", state="draft", site="example"))
    assert find_losses(Snapshot(Project(root))) == []
    (root / "sites" / ".secret").unlink()

    assert [problem.where for problem in find_losses(Snapshot(Project(root)))] == [str(root / "sites" / ".secret")]


def test_build_does_not_say_that_all_is_well(root: Path, leaflets_command: Run) -> None:
    (root / LEDGER).unlink()

    code, out, _ = leaflets_command("build", "not-alone", "-l", "ar", "-s", "a5", "-j", "1", cwd=root)

    assert (code, "[lost]" in out) == (1, True)


def nothing(root: Path) -> None:
    """Leave all as it is."""


def fresh(root: Path) -> str:
    """Return a language of the table that the campaign never had."""
    project = Project(root)
    return next(
        code
        for code in project.languages
        if code not in {"en", *frozenset.union(*started_languages(project).values()), *project.campaign.languages}
    )


def fresh_language(root: Path) -> None:
    """Write a language into campaign.yaml that never had catalogues."""
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("languages: [en,", f"languages: [en, {fresh(root)},", 1), "utf-8")


def added_language(root: Path) -> None:
    add_language(Project(root), fresh(root))


def removed_language(root: Path) -> None:
    """Take a language out, with its catalogues."""
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(re.sub(r"languages: \[en, ar,", "languages: [en,", path.read_text("utf-8"), count=1), "utf-8")
    shutil.rmtree(root / LANGUAGE)


def removed_leaflet(root: Path) -> None:
    for path in [root / "leaflets" / "not-alone.yaml", *root.rglob("not-alone.po*")]:
        path.unlink()


def new_leaflet(root: Path) -> None:
    """Write a leaflet that was never extracted."""
    text = (root / "leaflets" / "not-alone.yaml").read_text("utf-8")
    (root / "leaflets" / "another.yaml").write_text(text, "utf-8")


def never_extracted(root: Path) -> None:
    """Leave sources alone, as before the first extract; nothing was printed."""
    for name in ("locales", "output"):
        shutil.rmtree(root / name)
    (root / RECORD).unlink()


@pytest.mark.parametrize("deed", [nothing, fresh_language, added_language, removed_language, removed_leaflet, new_leaflet, never_extracted])
def test_what_was_never_there_or_was_taken_out_is_not_missed(root: Path, deed: Damage) -> None:
    deed(root)

    assert [problem.line() for problem in find_losses(Snapshot(Project(root)))] == []


def test_a_new_campaign_misses_nothing(tmp_path: Path) -> None:
    root = copy_campaign(tmp_path / "campaign")

    assert find_losses(Snapshot(Project(root))) == []


def test_extract_makes_no_catalogue_again_that_is_gone_unless_it_is_told_to(root: Path, leaflets_command: Run) -> None:
    """An empty catalogue in the place of a lost one would hide that what people signed is gone."""
    path = root / "locales" / "ar"
    shutil.rmtree(path)

    code, out, _ = leaflets_command("extract", cwd=root)

    assert code == 1
    assert "locales/ar" in out
    assert "git restore" in out
    assert not list(path.glob("LC_MESSAGES/*"))
    assert "lost" in {problem.code for problem in find_losses(Snapshot(Project(root)))}
    assert leaflets_command("extract", "--anew", cwd=root)[0] == 0
    assert list(path.glob("LC_MESSAGES/*"))


def test_one_lost_catalogue_keeps_no_other_from_being_extracted(root: Path, leaflets_command: Run) -> None:
    (root / CATALOGUE).unlink()
    edit = root / "leaflets" / "get-online.yaml"
    edit.write_text(re.sub("(?m)^title: .*$", "title: How to get online", edit.read_text("utf-8")), "utf-8")

    code, out, _ = leaflets_command("extract", cwd=root)

    assert code == 1
    assert CATALOGUE in out
    assert not (root / CATALOGUE).exists()
    assert "How to get online" in (root / "locales" / "ar" / "LC_MESSAGES" / "get-online.po").read_text("utf-8")


def test_a_leaflet_that_a_language_never_had_is_made_once_its_ledger_is_mended(root: Path, leaflets_command: Run) -> None:
    """A catalogue that could not be made yet is none that is gone."""
    ledger_file = root / LEDGER
    kept = ledger_file.read_bytes()
    ledger_file.write_bytes(b"<<<<<<< here\n" + kept)
    leaflets_command("add", "leaflet", "new-thing", cwd=root)
    new = root / "locales" / "ar" / "LC_MESSAGES" / "new-thing.po"
    assert not new.exists()

    ledger_file.write_bytes(kept)
    assert "[lost]" not in leaflets_command("extract", cwd=root)[1]
    assert new.exists()


def test_extract_makes_the_catalogues_of_a_new_leaflet_and_a_new_language(root: Path, leaflets_command: Run) -> None:
    assert leaflets_command("add", "language", "fr", cwd=root)[0] == 0
    assert leaflets_command("add", "leaflet", "new-thing", cwd=root)[0] == 0
    assert "[lost]" not in leaflets_command("extract", cwd=root)[1]
    assert (root / "locales" / "fr" / "LC_MESSAGES" / "not-alone.po").exists()
    assert (root / "locales" / "ar" / "LC_MESSAGES" / "new-thing.po").exists()
