"""Sheets and printers that a campaign brings along: what a row may say, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.campaign.own_printers import read_printers
from generator.campaign.own_sheets import read_sheets
from generator.campaign.printers import SHIPPED_PRINTERS, Printer
from generator.campaign.sheets import Sheet
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.problem import LeafletsError, Problem

CARD = """\
our-card:
  about: a card, four to a paper
  width: 100mm
  height: 70mm
  margin: 6mm
  pages: 2
  sizes: [12pt, 11pt, 10pt]
  qr: 25mm
  band: 14mm
"""


def sheets_of(folder: Path, text: str) -> dict[str, Sheet]:
    path = folder / "sheets.yaml"
    path.write_text(f"{text}\n", "utf-8")
    return read_sheets(path)


def sheet_of(folder: Path, text: str) -> Sheet:
    """Return the one sheet that a text adds to the shipped ones, which stay as they are."""
    found = sheets_of(folder, text)
    assert list(found)[: len(SHIPPED_SHEETS)] == list(SHIPPED_SHEETS)
    assert all(found[name] is sheet for name, sheet in SHIPPED_SHEETS.items())
    (name,) = found.keys() - SHIPPED_SHEETS.keys()
    return found[name]


def printers_of(folder: Path, text: str, sites: tuple[str, ...] = ()) -> dict[str, Printer]:
    path = folder / "printers.yaml"
    path.write_text(f"{text}\n", "utf-8")
    return read_printers(path, sites)


def test_no_file_means_the_shipped_rows(tmp_path: Path) -> None:
    assert read_sheets(tmp_path / "sheets.yaml") == SHIPPED_SHEETS
    assert read_printers(tmp_path / "printers.yaml", ()) == SHIPPED_PRINTERS


def test_a_row_takes_from_a_shipped_one_what_it_does_not_say(tmp_path: Path) -> None:
    sheet, a5 = sheet_of(tmp_path, "narrow: {like: a5, width: 120mm}"), SHIPPED_SHEETS["a5"]
    assert (sheet.name, sheet.like, sheet.width, sheet.height) == ("narrow", "a5", 120, 210)
    assert (sheet.margin, sheet.sizes, sheet.pages, sheet.qr) == (a5.margin, a5.sizes, a5.pages, a5.qr)
    assert sheet.layout.paper == (120, 210)
    assert sheet.about == "120 × 210 mm, like a5"
    assert sheet.classes == "sheet-a5 sheet-narrow"
    assert a5.classes == "sheet-a5"


def test_a_row_can_say_everything_itself(tmp_path: Path) -> None:
    paper = '  paper: 210mm x 297mm\n  front: ["1 1", "1 1"]\n  back: ["2 2", "2 2"]\n  steps: [Cut it into four.]\n'
    sheet = sheet_of(tmp_path, CARD + paper)
    assert (sheet.width, sheet.height, sheet.sizes, sheet.about) == (100, 70, (12, 11, 10), "a card, four to a paper")
    assert (sheet.layout.front, sheet.layout.flip, sheet.unit) == (("1 1", "1 1"), "long", 1)
    assert sheet.classes == "sheet-our-card"
    assert sheet_of(tmp_path, CARD).layout.paper == (100, 70)


def test_what_is_folded_fills_all_its_pages(tmp_path: Path) -> None:
    fold = "booklet: {like: a6-card, cover: yes, pages: 4, paper: 210mm x 148mm, front: [4 1], back: [2 3]}"
    sheet = sheet_of(tmp_path, fold)
    assert (sheet.unit, sheet.layout.folds, sheet.layout.flip, sheet.cover) == (4, True, "short", True)
    assert sheet_of(tmp_path, "stitched: {like: a5-booklet, width: 105mm, height: 148mm}").layout.nested


def test_the_paper_is_turned_over_the_edge_that_the_row_names(tmp_path: Path) -> None:
    assert sheet_of(tmp_path, "wide: {like: a5, width: 210mm, height: 100mm}").layout.flip == "short"
    assert sheet_of(tmp_path, "wide: {like: a5, width: 210mm, height: 100mm, flip: long}").layout.flip == "long"


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        ("a5: {like: a4}", "row-name", "our-a5"),
        ("Our_Card: {like: a4}", "row-name", "hyphens"),
        ("x: {like: a55}", "yaml-shape", "a5"),
        ("x: {like: a5, widht: 120mm}", "yaml-key", "width"),
        ("x: {like: a5, width: 120}", "length-unit", "millimetres"),
        ("x: {like: a5, width: 12cm}", "length-unit", "millimetres"),
        ("x: {like: a5, width: 120pt}", "length-unit", "millimetres"),
        ("x: {like: a5, width: 12mm}", "row-range", "40mm"),
        ("x: {like: a5, margin: 3mm}", "row-range", "5mm"),
        ("x: {like: a5, qr: 10mm}", "row-range", "19mm"),
        ("x: {like: a5, pages: 0}", "row-range", "1"),
        ("x: {like: a5, pages: two}", "yaml-shape", "2"),
        ("x: {like: a5, sizes: [12]}", "length-unit", "12pt"),
        ("x: {like: a5, sizes: [12mm]}", "length-unit", "12pt"),
        ("x: {like: a5, sizes: [8pt]}", "row-range", "9pt"),
        ("x: {like: a5, sizes: [12pt, 13pt]}", "sheet-sizes", "largest"),
        ("x: {like: a5, sizes: []}", "sheet-sizes", "largest"),
        ("x: {like: a5, short: maybe}", "yaml-shape", "yes"),
        ("x: {like: a5, paper: a4}", "length-unit", "297mm x 210mm"),
        ("x: {like: a5, paper: 297 x 210}", "length-unit", "297mm x 210mm"),
        ("x: {like: a5, paper: 100mm x 100mm}", "sheet-fit", "paper"),
        ("x: {like: 2-up, width: 150mm}", "sheet-fit", "paper"),
        ("x: {like: a5, back: ['1']}", "sheet-fit", "front"),
        ("x: {like: a5, front: ['1 3'], paper: 297mm x 210mm}", "sheet-fit", "every page"),
        ("x: {like: a5, front: ['1 one'], paper: 297mm x 210mm}", "yaml-shape", "4 1"),
        ("x: {like: a4-fold, pages: 5}", "sheet-fit", "multiple of 4"),
        ("x: {like: a5, width: 45mm, margin: 20mm}", "sheet-fit", "margin"),
        ("x: {like: trifold, width: 90mm}", "sheet-fit", "trifold"),
        ("x: {like: tear-off, paper: 297mm x 420mm}", "sheet-fit", "tear-off"),
        ("x: {width: 100mm, height: 100mm}", "yaml-missing", "margin"),
        ("x:", "yaml-shape", "key"),
    ],
)
def test_a_wrong_sheet_is_refused_with_line_and_advice(tmp_path: Path, row: str, code: str, words: str) -> None:
    problem = refusal_of_sheets(tmp_path, f"# ours\n{row}\n")
    assert problem.code == code
    assert problem.where == f"{tmp_path / 'sheets.yaml'}:2"
    assert words in problem.hint


def refusal_of_sheets(folder: Path, text: str) -> Problem:
    with pytest.raises(LeafletsError) as caught:
        sheets_of(folder, text)
    (problem,) = caught.value.problems
    return problem


def test_a_printer_takes_from_a_shipped_one_what_it_does_not_say(tmp_path: Path) -> None:
    found = printers_of(
        tmp_path, "union: {like: office, clear: 8mm, notes: no}\nplain: {about: ours}\ntwo: {like: copyshop, separations: yes}"
    )
    assert found["union"] == Printer("union", "like office", clear=8, notes=False, ticks=True)
    assert found["plain"] == Printer("plain", "ours")
    assert found["two"].inks == ("black", "colour")
    assert {name: found[name] for name in SHIPPED_PRINTERS} == SHIPPED_PRINTERS


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        ("office: {like: shop}", "row-name", "our-office"),
        ("x: {like: offset}", "yaml-shape", "office"),
        ("x: {like: office, clear: 5}", "length-unit", "millimetres"),
        ("x: {like: office, clear: 40mm}", "row-range", "15mm"),
        ("x: {like: office, inks: [black]}", "yaml-key", "inks"),
        ("x: {like: office, bleed: 3mm}", "printer-bleed", "clear: 0mm"),
        ("x: {clear: 5mm}", "yaml-missing", "about"),
    ],
)
def test_a_wrong_printer_is_refused_with_line_and_advice(tmp_path: Path, row: str, code: str, words: str) -> None:
    with pytest.raises(LeafletsError) as caught:
        printers_of(tmp_path, row)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.where == f"{tmp_path / 'printers.yaml'}:1"
    assert words in problem.hint + problem.what


@pytest.mark.parametrize("name", ["oak", "side-by-side"])
def test_two_editions_never_have_one_file(tmp_path: Path, name: str) -> None:
    """A printer called like a site would give its PDFs the name of the site's."""
    with pytest.raises(LeafletsError, match="row-name"):
        printers_of(tmp_path, f"{name}: {{like: office}}", ("oak",))
