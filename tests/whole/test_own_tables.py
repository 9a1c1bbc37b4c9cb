"""A campaign's own sheets and its own printer, from the rows to the paper: every command takes them as it takes shipped ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from generator.campaign.project import Project
from generator.editions import manifest
from generator.printrun.pack import PackOptions, pack_site
from generator.proof.structure import MM
from tests.printrun.test_pack import sign_site
from tests.support.visitor import page_over, visitor

Command = Callable[..., tuple[int, str, str]]
SHEETS = """\
a5-narrow: {like: a5, width: 120mm, foot: 2mm}
double-card:
  like: a6-card
  about: two cards on A5
  paper: 210mm x 148mm
  front: [1 1]
  back: [2 2]
  steps: [Cut it in half.]
"""
PRINTERS = """\
our-shop: {like: shop, bleed: 5mm}
union: {like: copyshop, clear: 4.5mm, about: the machine in the union's office}
"""


@pytest.fixture
def own_tables(small: Path, tmp_path: Path) -> Path:
    """Give a campaign with two sheets and two printers of its own, of which it uses one each."""
    root = Path(shutil.copytree(small, tmp_path / "campaign"))
    (root / "leaflets" / "sheets.yaml").write_text(SHEETS, "utf-8")
    (root / "leaflets" / "printers.yaml").write_text(PRINTERS, "utf-8")
    path = root / "leaflets" / "campaign.yaml"
    text = path.read_text("utf-8")
    assert "\nsheets: [a5]\n" in text
    path.write_text(text.replace("\nsheets: [a5]\n", "\nsheets: [a5-narrow]\nprinter: union\n"), "utf-8")
    leaflet = root / "leaflets" / "not-alone.yaml"
    lines = leaflet.read_text("utf-8").splitlines(keepends=True)
    leaflet.write_text("".join(line for line in lines if not line.startswith("sheets:")), "utf-8")
    site = root / "sites" / "example.yaml"
    text = site.read_text("utf-8").replace("leaflets: [not-alone, if-strangers-come]", "leaflets: [not-alone]")
    text = text.replace("sheets: [a5]", "sheets: [double-card]").replace("printer: office", "printer: union")
    site.write_text(text.replace("languages: {en: 12, ar: 30, ur: 9}", "languages: {en: 12}"), "utf-8")
    return root


def sizes(path: Path, box: str = "mediabox") -> set[tuple[int, int]]:
    """Return width and height of the pages of a PDF, in whole mm."""
    boxes = [getattr(page, box) for page in pypdf.PdfReader(path).pages]
    return {(round(float(one.width) / MM), round(float(one.height) / MM)) for one in boxes}


def test_a_leaflet_is_printed_on_the_campaigns_own_sheet_and_machine(own_tables: Path, leaflets_command: Command) -> None:
    code, out, err = leaflets_command("build", "not-alone", "-l", "en", "-l", "ar", cwd=own_tables)
    assert code == 0, out + err
    records = manifest.read_manifest(own_tables / "output")
    assert {(one.sheet, one.printer) for one in records.values()} == {("a5-narrow", "union")}
    for record in records.values():
        assert sizes(own_tables / "output" / record.path) == {(120, 210)}
        ((path, _, _),) = record.prints
        assert sizes(own_tables / "output" / path) == {(120, 210)}


def test_sheets_and_printers_are_named_on_the_command_line(own_tables: Path, leaflets_command: Command) -> None:
    arguments = ("build", "not-alone", "-l", "en", "-s", "double-card", "--printer", "our-shop")
    code, _, err = leaflets_command(*arguments, cwd=own_tables)
    assert code == 0, err
    assert "--icc" in err
    (record,) = manifest.read_manifest(own_tables / "output").values()
    assert sizes(own_tables / "output" / record.path, "trimbox") == {(105, 148)}
    ((path, _, _),) = record.prints
    assert sizes(own_tables / "output" / path, "trimbox") == {(210, 148)}
    assert sizes(own_tables / "output" / path) == {(220, 158)}
    code, _, err = leaflets_command("build", "not-alone", "-s", "a5-narow", cwd=own_tables)
    assert (code, "a5-narrow" in err) == (2, True)
    code, _, err = leaflets_command("build", "not-alone", "--printer", "unoin", cwd=own_tables)
    assert (code, "union" in err) == (2, True)


def test_a_fold_of_ones_own_is_drawn(own_tables: Path, leaflets_command: Command) -> None:
    code, _, err = leaflets_command("fold", "not-alone", "-l", "en", "-s", "double-card", cwd=own_tables)
    assert code == 0, err
    assert list((own_tables / "output").rglob("*double-card*.png"))


def test_a_site_is_packed_on_the_campaigns_own_sheet(own_tables: Path) -> None:
    sign_site(own_tables, "example")
    (line,) = pack_site(Project(own_tables), "example", options=PackOptions(jobs=1)).lines
    assert (line.sheet.name, line.paper, line.ups) == ("double-card", "A5", 2)
    assert sizes(own_tables / "output" / line.prints[0]) == {(210, 148)}


def test_the_print_desk_offers_own_rows(own_tables: Path) -> None:
    organiser = visitor(page_over(own_tables), "r2", "organiser")
    text = organiser.get("/desk").text
    assert all(name in text for name in ("a5-narrow", "double-card", "union", "two cards on A5"))
    assert organiser.get("/desk?sheet=double-card").status_code == 200
    assert organiser.get("/desk/leaflet/not-alone/ar").status_code == 200


def test_status_and_check_know_the_tables(own_tables: Path, leaflets_command: Command) -> None:
    code, out, _ = leaflets_command("status", "--json", cwd=own_tables)
    assert (code, "sheets" in json.loads(out)) == (0, False)
    assert not {"sheets", "printers"} & set(Project(own_tables).slugs)
    code, out, err = leaflets_command("check", cwd=own_tables)
    assert "sheets.yaml" not in out + err


def test_another_row_is_drawn_anew_and_a_lost_one_is_named(own_tables: Path, leaflets_command: Command) -> None:
    build = ("build", "not-alone", "-l", "en")
    assert leaflets_command(*build, cwd=own_tables)[0] == 0
    path = own_tables / "leaflets" / "sheets.yaml"
    path.write_text(SHEETS.replace("120mm", "125mm"), "utf-8")
    assert leaflets_command(*build, cwd=own_tables)[0] == 0
    (record,) = manifest.read_manifest(own_tables / "output").values()
    assert sizes(own_tables / "output" / record.path) == {(125, 210)}
    path.unlink()
    code, _, err = leaflets_command(*build, cwd=own_tables)
    assert (code, "no sheet 'a5-narrow'" in err, "campaign.yaml" in err) == (1, True, True)


def test_what_was_built_on_a_sheet_that_is_gone_stops_nothing(own_tables: Path, leaflets_command: Command) -> None:
    assert leaflets_command("build", "not-alone", "-l", "en", "-s", "double-card", cwd=own_tables)[0] == 0
    (own_tables / "leaflets" / "sheets.yaml").write_text(SHEETS.partition("double-card")[0], "utf-8")
    (own_tables / "sites" / "example.yaml").unlink()
    for command in (("status",), ("check",), ("build", "not-alone", "-l", "en"), ("status", "--json")):
        _, out, err = leaflets_command(*command, cwd=own_tables)
        assert "Traceback" not in out + err
    organiser = visitor(page_over(own_tables), "r2", "organiser")
    for address in ("/desk", "/desk/leaflet/not-alone/en", "/layout/not-alone_en_double-card"):
        assert organiser.get(address).status_code in (200, 404), address
