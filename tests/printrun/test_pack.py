"""A site's print run from start to recall: what is in the pack, what is left out, what comes back, and what nobody may read."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.digests import wording_key
from generator.campaign.facts import fact_key
from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions import packs_record
from generator.model import Edition
from generator.printrun.pack import PackOptions, pack_site
from generator.printrun.pack_contents import Pack
from generator.printrun.quantities import BOX_AREA, PrintLine, packed_bundles, with_spare
from generator.review import ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from tests.conftest import copy_built, copy_campaign
from tests.editions.test_build import edit, inside, sign_everything

Command = Callable[..., tuple[int, str, str]]
BIN = Path(sys.executable).parent
LEAFLETS = ("not-alone", "if-strangers-come")
NAME, PHONE, PLACE = "Quixana", "01632 000987", "The Larch Room"
"""Planted private values, and no others like them anywhere."""


def sign_site(folder: Path, site: str) -> None:
    """Let the example readers x1 and x2 look up every fact of a site."""
    project = Project(folder)
    keys = [fact_key(fact, site) for fact in project.own_facts(site).values()]
    ledger.append_events(
        project.fact_ledger(site), [LedgerEvent(key, "approve", who, "2026-11-23") for key in keys for who in ("x1", "x2")]
    )


def signed(folder: Path, *languages: str) -> Path:
    """Give a campaign in which everything the example site prints is signed."""
    copy_campaign(folder)
    for language in languages:
        sign_everything(folder, language, (*LEAFLETS, "shared", "paper"))
    sign_site(folder, "example")
    return folder


def text_of(path: Path) -> str:
    """Return the text of a PDF, white space as single spaces."""
    document = pypdfium2.PdfDocument(path)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    return text


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pack]:
    """Give the worked example, signed and packed; for copying only."""
    folder = signed(tmp_path_factory.mktemp("pack") / "campaign", "ar", "ur")
    return folder, pack_site(Project(folder), "example", options=PackOptions(combined=True, jobs=2))


@pytest.fixture
def folder(example: tuple[Path, Pack], tmp_path: Path) -> Path:
    """Give a copy of the packed campaign, to change."""
    return copy_built(tmp_path / "campaign", example[0])


def test_the_worked_example_is_packed_whole(example: tuple[Path, Pack]) -> None:
    folder, found = example
    home = folder / "output" / "packs" / "example"
    names = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() and not path.name.startswith(".")}
    prints = {f"print/{slug}_{code}_a5_example.pdf" for slug in LEAFLETS for code in ("en", "ar", "ur")}

    assert found.left == found.problems == found.collect == ()
    assert names == prints | {f"{name}_example.pdf" for name in ("order", "labels", "checklist")} | {
        "manifest.json",
        "print/tray-A5_example.pdf",
    }
    assert {(line.edition.language, line.copies, line.spare) for line in found.lines} == {("en", 14, 2), ("ar", 33, 3), ("ur", 10, 1)}
    assert found.wanted == ("Oromo (Afaan Oromoo): people who translate and read it, then leaflets add language om",)


def test_the_manifest_names_every_file_with_its_checksum(example: tuple[Path, Pack]) -> None:
    home = example[1].folder
    manifest = json.loads((home / "manifest.json").read_text("utf-8"))

    for row in manifest["files"]:
        data = (home / row["path"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (row["bytes"], row["sha256"])
    assert {row["path"] for row in manifest["files"]} | {"manifest.json", ".leaflets.lock"} == {
        path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()
    }
    assert {row["code"]: row["copies"] for row in manifest["editions"]} == {line.code: line.copies for line in example[1].lines}


def test_a_pack_is_for_its_owner_alone(example: tuple[Path, Pack]) -> None:
    home = example[1].folder

    assert {path.stat().st_mode & 0o777 for path in (home.parent, home, home / "print")} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in home.rglob("*.*") if path.is_file() and path.name != ".leaflets.lock"} == {0o600}


def test_the_papers_say_codes_copies_and_languages(example: tuple[Path, Pack]) -> None:
    home, found = example[1].folder, example[1]
    labels = pypdfium2.PdfDocument(home / "labels_example.pdf")
    order, checklist = text_of(home / "order_example.pdf"), text_of(home / "checklist_example.pdf")
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in labels]
    labels.close()

    assert len(pages) == len(found.lines) + 1
    for page, line in zip(pages, found.lines, strict=False):
        assert f"{line.code} {line.copies} copies" in page
    assert "Arabic" in pages[1]
    for line in found.lines:
        assert line.code in order
        assert line.code in checklist
    assert (
        "33 copies on A5, both sides, turned over the long edge, 1 sheet a copy: 33 sheets of paper. (3 of the copies are spare)" in order
    )
    assert "Printer profile: office" in order
    assert "Asked for: Oromo" in checklist


def test_the_file_for_a_tray_begins_each_leaflet_on_a_front(example: tuple[Path, Pack]) -> None:
    home, found = example[1].folder, example[1]
    reader = pypdf.PdfReader(home / "print" / "tray-A5_example.pdf")
    starts = {item.title: reader.get_destination_page_number(item) for item in reader.outline}

    assert list(starts) == [line.code for line in found.lines]
    assert all(page % 2 == 0 for page in starts.values())


def test_packing_again_changes_nothing_and_counts_once_but_for_another_run(folder: Path, example: tuple[Path, Pack]) -> None:
    home = folder / "output" / "packs" / "example"
    before = {path: path.read_bytes() for path in home.rglob("*.*")}
    log = (folder / "sites" / "packs.jsonl").read_bytes()

    pack_site(Project(folder), "example", options=PackOptions(combined=True, jobs=1))
    same = (folder / "sites" / "packs.jsonl").read_bytes()
    pack_site(Project(folder), "example", options=PackOptions(combined=True, jobs=1, again=True))

    assert {path: path.read_bytes() for path in home.rglob("*.*")} == before
    assert same == log
    counts = packs_record.packed_copies(packs_record.read_packs(folder / "sites"))
    assert {code: copies for (_, code), copies in counts.items()} == {line.code: 2 * line.copies for line in example[1].lines}


def test_a_corrected_number_of_copies_takes_the_place_of_the_first(tmp_path: Path) -> None:
    line = packs_record.PackedEdition(1, "oak-7", "not-alone_en_a5_oak-7", "EN-00000", 30, "2026-11-23")
    for copies in (30, 300, 3):
        packs_record.append_packs(tmp_path, [replace(line, copies=copies)])
    packs_record.append_packs(tmp_path, [replace(line, run=2, copies=5)])

    assert packs_record.packed_copies(packs_record.read_packs(tmp_path)) == {("not-alone_en_a5_oak-7", "EN-00000"): 8}


def test_a_changed_number_is_looked_at_recalled_and_brought_back(
    folder: Path, example: tuple[Path, Pack], leaflets_command: Command
) -> None:
    old = {
        line.edition.language: line
        for line in pack_site(Project(folder), "example", options=PackOptions(jobs=1)).lines
        if line.edition.leaflet == "not-alone"
    }
    edit(
        folder / "sites" / "example.yaml",
        'value: "+441632060123"\n    display: 01632 060123',
        'value: "+441632060124"\n    display: 01632 060124',
    )
    sign_site(folder, "example")

    looked, shown, _ = leaflets_command("look", old["ar"].code.lower().replace("-", " "), cwd=folder)
    recalled, rows, _ = leaflets_command("recall", "--fact", "campaign_phone", "--json", cwd=folder)
    photo, older = (folder / "output" / "packs" / "example" / name for name in ("ticked.jpg", "print/older.pdf"))
    photo.write_bytes(b"a photo of the checklist")
    older.write_bytes(b"%PDF-1.7 of a pack before")
    again = pack_site(Project(folder), "example", options=PackOptions(jobs=1))
    by_then, found, _ = leaflets_command("look", old["ar"].code, "--json", cwd=folder)

    assert (looked, recalled, by_then) == (1, 1, 1)
    assert (photo.exists(), older.exists()) == (True, False)
    assert "destroy it" in shown
    assert "campaign_phone: this fact has changed" in shown
    listed = {row["code"]: (row["site"], row["copies"]) for row in json.loads(rows)["editions"]}
    assert listed == {line.code: ("example", line.copies) for line in old.values()}
    new = {line.edition.language: line.code for line in again.lines if line.edition.leaflet == "not-alone"}
    assert json.loads(found)["editions"][0]["by"] == new["ar"]
    assert {one.printed.code: one.copies for one in again.collect} == {line.code: line.copies for line in old.values()}
    checklist = text_of(again.folder / "checklist_example.pdf")
    assert all(line.code in checklist for line in old.values())
    assert "Bring back, and destroy" in checklist


def test_a_recall_prints_a_notice_in_each_language_concerned(folder: Path, leaflets_command: Command) -> None:
    project = Project(folder)
    text = Snapshot(project).texts("ar", "not-alone")["title"]
    key = wording_key("ar", "title", text.message.msgid, text.msgstr)
    ledger.append_events(project.ledger("ar"), [LedgerEvent(key, "reject", "x3", "2026-11-24", "wrong word")])

    code, out, _ = leaflets_command("recall", "--sentence", "not-alone/title", cwd=folder)

    assert code == 1
    assert "readers rejected this wording: wrong word" in out
    assert "33 copies" in out
    notices = sorted(path.name for path in (folder / "output" / "recall").glob("*.pdf"))
    assert notices == ["notice_not-alone_ar_example.pdf"]
    assert "Please give this paper back." in text_of(folder / "output" / "recall" / notices[0])
    assert leaflets_command("recall", "--sentence", "not-alone/safe", cwd=folder)[0] == 0


def test_what_cannot_be_read_is_recalled_and_stops_no_other(folder: Path, leaflets_command: Command) -> None:
    edit(folder / "sites" / "example.yaml", "spare: 10", "spare: ten")

    code, out, _ = leaflets_command("recall", "--leaflet", "not-alone", "-l", "ar", "--json", cwd=folder)
    (row,) = json.loads(out)["editions"]

    assert (code, row["verdict"], row["copies"]) == (1, "destroy", 33)
    assert "cannot be read: spare: 'ten' has the wrong form" in row["reasons"][0]["what"]


def test_a_broken_catalogue_costs_its_own_editions_and_brings_the_older_ones_back(folder: Path) -> None:
    catalogue = folder / "locales" / "ur" / "LC_MESSAGES" / "not-alone.po"
    catalogue.write_bytes(catalogue.read_bytes()[:2_000])

    found = pack_site(Project(folder), "example", options=PackOptions(jobs=1))

    assert {(line.edition.leaflet, line.edition.language) for line in found.lines} >= {("not-alone", "ar"), ("if-strangers-come", "ur")}
    assert [(one.edition.leaflet, one.edition.language) for one in found.left] == [("not-alone", "ur")]
    assert {one.printed.language for one in found.collect if one.verdict.disposition == "destroy"} == {"ur"}


def test_drafts_are_left_out_unless_they_are_named_and_it_says_who_is_needed(tmp_path: Path, leaflets_command: Command) -> None:
    folder = copy_campaign(tmp_path / "campaign")
    edit(folder / "sites" / "example.yaml", "languages: {en: 12, ar: 30, ur: 9}", "languages: {ar: 30, ur: 9}")
    edit(folder / "sites" / "example.yaml", "leaflets: [not-alone, if-strangers-come]", "leaflets: [not-alone]")

    code, out, told = leaflets_command("pack", "example", cwd=folder)
    some, named, _ = leaflets_command("pack", "example", "--draft", "ur", "--json", cwd=folder)

    assert (code, some) == (1, 1)
    assert "needed: readers of Arabic for 23 sentences, about 9 minutes each: leaflets sign ar not-alone shared" in out
    assert "needed: people who look up campaign_phone: leaflets sign facts --site example" in out
    assert "Next: leaflets pack example --drafts" in told
    (row,) = json.loads(named)["packs"]
    assert [(one["language"], one["state"]) for one in row["editions"]] == [("ur", "draft")]
    assert [one["language"] for one in row["left"]] == ["ar"]
    assert leaflets_command("pack", "example", "--draft", "fr", cwd=folder)[0] == 2


def test_an_old_fact_withholds_its_leaflets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")  # the end of 2026, plus half a year and more
    edit(folder / "sites" / "example.yaml", "verified: 2026-11-22", "verified: 2026-01-01")

    found = pack_site(Project(folder), "example", options=PackOptions(jobs=1))

    assert found.lines == () or {line.edition.leaflet for line in found.lines} == {"if-strangers-come"}
    assert any("too long ago to print it" in why for one in found.left for why in one.why)
    assert not any(path.name.startswith("not-alone") for path in (found.folder / "print").glob("*"))


def test_a_killed_pack_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    folder = signed(tmp_path / "campaign", "ar")
    edit(folder / "sites" / "example.yaml", "languages: {en: 12, ar: 30, ur: 9}", "languages: {en: 12, ar: 30}")
    output = folder / "output"
    process = subprocess.Popen(
        [BIN / "leaflets", "pack", "example", "-j", "1"],
        cwd=folder,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while not list(output.rglob("*_example.pdf")) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    killed = {path: path.stat().st_mtime_ns for path in output.glob("*/*_example.pdf")}
    done = not (output / "packs" / "example" / "manifest.json").exists()

    found = pack_site(Project(folder), "example", options=PackOptions(jobs=1))

    assert done
    assert killed
    assert {path: path.stat().st_mtime_ns for path in killed} == killed
    assert len(found.lines) == 4
    assert (found.folder / "manifest.json").exists()
    assert list(output.rglob(".leaflets-*")) == []


def test_a_site_that_cannot_be_read_stops_no_other(tmp_path: Path, leaflets_command: Command) -> None:
    folder = copy_campaign(tmp_path / "campaign")
    edit(folder / "sites" / "example.yaml", "leaflets: [not-alone, if-strangers-come]", "leaflets: [not-alone]")
    edit(folder / "sites" / "example.yaml", "languages: {en: 12, ar: 30, ur: 9}", "languages: {en: 12}")
    sign_site(folder, "example")
    (folder / "sites" / "broken.yaml").write_text("leafets: [not-alone]\n", "utf-8")

    code, out, _ = leaflets_command("pack", "--all", cwd=folder)

    assert code == 1
    assert "this key is not known here" in out
    assert (folder / "output" / "packs" / "example" / "order_example.pdf").exists()


def test_each_of_all_sites_gets_the_named_drafts_that_it_asks_for(tmp_path: Path, leaflets_command: Command) -> None:
    folder = copy_campaign(tmp_path / "campaign")
    edit(folder / "sites" / "example.yaml", "leaflets: [not-alone, if-strangers-come]", "leaflets: [not-alone]")
    for site, languages in (("elm-2", "{ar: 2, ur: 3}"), ("oak-7", "{ar: 4}")):
        text = (folder / "sites" / "example.yaml").read_text("utf-8").replace("{en: 12, ar: 30, ur: 9}", languages)
        (folder / "sites" / f"{site}.yaml").write_text(text, "utf-8")
    (folder / "sites" / "example.yaml").unlink()

    _, out, _ = leaflets_command("pack", "--all", "--draft", "ar", "--draft", "ur", "--json", cwd=folder)
    code, _, told = leaflets_command("pack", "--all", "--draft", "fr", cwd=folder)

    taken = {pack["site"]: [one["language"] for one in pack["editions"]] for pack in json.loads(out)["packs"]}
    assert taken == {"elm-2": ["ar", "ur"], "oak-7": ["ar"]}
    assert (code, "No site asks for fr" in told) == (2, True)


def planted(folder: Path) -> Path:
    """Plant private values in a site of its own, and sign what it prints."""
    copy_campaign(folder)
    site = folder / "sites" / "oak-7.yaml"
    shutil.copy(folder / "sites" / "example.yaml", site)
    edit(site, "name: A. K., phone: 01632 000201", f"name: {NAME}, phone: {PHONE}")
    edit(site, "value: The dining room", f"value: {PLACE}")
    edit(site, "languages: {en: 12, ar: 30, ur: 9}", "languages: {en: 12}")
    edit(site, "leaflets: [not-alone, if-strangers-come]", "leaflets: [not-alone, plan-with-us]")
    sign_site(folder, "oak-7")
    return folder


def test_private_values_stand_nowhere_but_where_they_must(
    tmp_path: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People stand in the site's file and on their tree alone; places and numbers on the pages of the site and in no other file."""
    folder = planted(tmp_path / "campaign")
    monkeypatch.setattr("click.prompt", lambda *_, **__: "four words are enough")
    told = []
    for arguments in (
        ("check",),
        ("site", "list"),
        ("pack", "oak-7", "--combined"),
        ("phonetree", "oak-7"),
        ("phonetree", "oak-7", "--private", "-l", "en", "--encrypt"),
        ("phonetree", "oak-7", "--private", "-l", "whole"),
        ("recall", "--leaflet", "not-alone"),
    ):
        told += leaflets_command(*arguments, cwd=folder)[1:]
    trees = sorted((folder / "output" / "packs" / "oak-7").glob("phone-tree*"))
    secrets = [secret.encode() for secret in (NAME, PHONE, PHONE.replace(" ", ""), PHONE.replace(" ", "\u00a0"), PLACE)]
    files = [path for path in folder.rglob("*") if path.is_file() and path not in trees and path.name != "oak-7.yaml"]
    found = {path.relative_to(folder).as_posix() for path in files if any(secret in path.read_bytes() for secret in secrets)}
    pdfs = [path for path in files if path.suffix == ".pdf"]
    people = {path.name for path in pdfs if NAME in text_of(path) or PHONE in text_of(path).replace("\u00a0", " ")}
    places = {path.name for path in pdfs if PLACE in text_of(path) or PLACE.encode() in inside(path)}

    assert [path.name for path in trees] == ["phone-tree_en_oak-7.pdf", "phone-tree_whole_oak-7.pdf"]
    assert NAME in text_of(trees[1])
    assert NAME.encode() not in trees[0].read_bytes()
    assert pypdf.PdfReader(trees[0]).is_encrypted
    assert found == {"output/plan-with-us/plan-with-us_en_oak-7.ics"}
    assert (folder / "output/plan-with-us/plan-with-us_en_oak-7.ics").stat().st_mode & 0o777 == 0o600
    assert people == set()
    assert places == {"plan-with-us_en_a5_oak-7.pdf", "tray-A5_oak-7.pdf"}
    assert not any(secret.decode() in text for text in told for secret in secrets)
    assert not any("Larch" in path.name or NAME in path.name for path in folder.rglob("*"))


ROWS = st.tuples(st.integers(1, 40_000), st.integers(1, 8), st.sampled_from(["a5", "a4", "a3-poster", "2-up", "dl", "a5-booklet"]))


def line_of(number: int, copies: int, pages: int, sheet: str) -> PrintLine:
    return PrintLine(Edition("l", "en", sheet), SHIPPED_SHEETS[sheet], f"EN-{number}", "ready", pages, "", (), "", copies, 0)


@given(st.lists(ROWS, max_size=12))
def test_every_copy_is_in_one_box_and_no_box_is_too_heavy(rows: list[tuple[int, int, str]]) -> None:
    lines = [line_of(number, *row) for number, row in enumerate(rows)]
    found = list(packed_bundles(lines))
    weights: dict[int, float] = {}
    for bundle in found:
        width, height = bundle.line.sheet.layout.paper
        size = bundle.line.leaves * width * height / bundle.line.ups
        weights[bundle.box] = weights.get(bundle.box, 0) + bundle.copies * size

    assert [bundle.number for bundle in found] == list(range(1, len(found) + 1))
    assert [sum(bundle.copies for bundle in found if bundle.line == line) for line in lines] == [line.copies for line in lines]
    assert all(weight <= BOX_AREA for weight in weights.values())
    assert [bundle.box for bundle in found] == sorted(bundle.box for bundle in found)


@pytest.mark.parametrize(
    ("sheet", "pages", "words"),
    [
        ("a5", 1, "10 copies on A5, one side, 1 sheet a copy: 10 sheets of paper."),
        ("large-print", 5, "10 copies on A4, both sides, turned over the long edge, 3 sheets a copy: 30 sheets of paper."),
        ("a4-fold", 4, "10 copies on A4, both sides, turned over the short edge, 1 sheet a copy: 10 sheets of paper. Fold it in half"),
        ("dl", 2, "10 copies on A4, both sides, turned over the short edge, 3 copies a sheet: 4 sheets of paper. Cut it into three."),
        ("mini-zine", 8, "10 copies on A4, one side, 1 sheet a copy: 10 sheets of paper. Fold it in half three times"),
        ("a5-booklet", 12, "10 copies on A4, both sides, turned over the short edge, 3 sheets a copy: 30 sheets of paper."),
        ("wallet", 2, "10 copies on A4, both sides, turned over the long edge, 10 copies a sheet: 1 sheet of paper. Cut along"),
        ("tear-off", 2, "10 copies on A4, one side, 1 sheet a copy: 10 sheets of paper. Cut between the strips"),
    ],
)
def test_the_order_says_in_words_what_to_do_with_each_sheet(sheet: str, pages: int, words: str) -> None:
    assert line_of(1, 10, pages, sheet).words.startswith(words)


@given(st.integers(1, 100_000), st.integers(0, 100))
def test_spare_copies_are_rounded_up(copies: int, percent: int) -> None:
    assert 0 <= (with_spare(copies, percent) - copies) * 100 - copies * percent < 100
