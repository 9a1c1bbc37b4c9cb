"""Files to print, read back: every page in its place with its facts, codes that can be read, boxes, inks, two languages."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from defusedxml.ElementTree import fromstring
from PIL import ImageChops
from pypdf.generic import NameObject

from generator.campaign.printers import SHIPPED_PRINTERS
from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions import manifest
from generator.editions.build import build_editions
from generator.editions.fold import write_fold_picture
from generator.editions.manifest import EditionRecord
from generator.editions.plan import BuildRequest
from generator.imposition.geometry import Imposition, Placement, impose_sides
from generator.imposition.impose import impose_pages
from generator.imposition.print_proof import prove_print_file
from generator.imposition.separations import separate_ink
from generator.model import Direction
from generator.printrun.point_card import card_rows, print_point_card
from generator.proof.edition_proof import PROOF_DPI, read_qr_codes
from generator.proof.page_view import Letter, PageView, view_page, visual_runs
from generator.proof.structure import MM, pdf_dictionaries
from generator.review.snapshot import Snapshot
from tests.conftest import copy_campaign
from tests.editions.test_build import retranslate, sign_everything

LANGUAGES = ("en", "ar", "ur")
FOLDED = ("trifold", "wallet", "a4-fold")
CAMPAIGN = "02009460123"
ICC = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign with sheets that are folded, cut and torn off, printed in three languages; for reading only."""
    folder = copy_campaign(tmp_path_factory.mktemp("print") / "campaign")
    project = Project(folder)
    assert build_editions(project, BuildRequest(("not-alone",), ("en", "ar"), FOLDED), jobs=2).ok
    assert build_editions(project, BuildRequest(("not-alone",), ("ur",), ("trifold",)), jobs=2).ok
    assert build_editions(project, BuildRequest(("come-to-the-rally",), ("en", "ar"), ("tear-off",)), jobs=2).ok
    assert build_editions(project, BuildRequest(("not-alone",), ("en", "ar"), ("mini-zine",)), jobs=2).ok
    return folder


@pytest.fixture(scope="module")
def printed_urdu(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same in Urdu, whose lines are steep."""
    folder = copy_campaign(tmp_path_factory.mktemp("print-urdu") / "campaign", languages=("en", "ar", "ur"))
    assert build_editions(Project(folder), BuildRequest(("not-alone",), ("ur",), FOLDED), jobs=2).ok
    assert build_editions(Project(folder), BuildRequest(("come-to-the-rally",), ("ur",), ("tear-off",)), jobs=2).ok
    return folder


def records(folder: Path) -> dict[str, EditionRecord]:
    return manifest.read_manifest(folder / "output")


EDITIONS = [
    *(f"not-alone_{code}_{sheet}" for sheet in FOLDED for code in LANGUAGES),
    *(f"come-to-the-rally_{code}_tear-off" for code in LANGUAGES),
    "not-alone_en_mini-zine",
    "not-alone_ar_mini-zine",
]
QUICK = ("not-alone_ar_trifold", "not-alone_ar_mini-zine", "come-to-the-rally_en_tear-off")
"""Those of the quick tests; the others with the tools."""


@pytest.fixture(params=[pytest.param(name, marks=() if name in QUICK else pytest.mark.tools) for name in EDITIONS])
def edition(request: pytest.FixtureRequest) -> tuple[EditionRecord, bytes, bytes, str]:
    """Give one edition: its record, what is read, what is printed, and its direction."""
    printed: Path = request.getfixturevalue("printed_urdu" if "_ur_" in request.param else "printed")
    record = records(printed)[request.param]
    ((path, _, _),) = record.prints
    direction = Project(printed).languages[record.language].direction
    return record, (printed / "output" / record.path).read_bytes(), (printed / "output" / path).read_bytes(), direction


def sights(pdf: bytes) -> list[PageView]:
    document = pypdfium2.PdfDocument(pdf)
    found = [view_page(page, PROOF_DPI) for page in document]
    document.close()
    return found


def upright(letter: Letter, place: Placement) -> Letter:
    """Return a letter of a paper as it stands on its page, the page turned upright."""
    left, bottom, right, top = (number / MM for number in letter[1:5])
    left, right, bottom, top = left - place.x, right - place.x, bottom - place.y, top - place.y
    turned = {
        0: (left, bottom, right, top),
        90: (bottom, place.width - right, top, place.width - left),
        180: (place.width - right, place.height - top, place.width - left, place.height - bottom),
        270: (place.height - top, left, place.height - bottom, right),
    }[place.rotation]
    return Letter(letter.char, *(number * MM for number in turned))


def on(place: Placement, letter: Letter) -> bool:
    x, y = (letter.left + letter.right) / 2 / MM - place.x, letter.middle / MM - place.y
    return 0 <= x <= place.width and 0 <= y <= place.height


def bare(runs: list[str]) -> Counter[str]:
    return Counter(filter(None, ("".join(char for char in run if char.isdigit()) for run in runs)))


def test_every_fact_stands_on_each_page_of_the_paper(edition: tuple[EditionRecord, bytes, bytes, str]) -> None:
    """The digits on the paper, page by page and turned upright, are those of the page that was proved."""
    record, read, pdf, direction = edition
    pages, sheet = sights(read), SHIPPED_SHEETS[record.sheet]
    for side, sight in zip(impose_sides(sheet, len(pages), direction), sights(pdf), strict=True):
        for place in side.placements:
            letters = tuple(upright(letter, place) for letter in sight.letters if on(place, letter))
            if not place.page:
                continue
            original, above = pages[place.page - 1], sheet.borders(place.page)[0] * MM
            here = replace(original, letters=letters)
            assert bare(list(visual_runs(here, above))) == bare(list(visual_runs(original, above)))
    assert sum(CAMPAIGN in "".join(char for char in run if char.isdigit()) for page in pages for run in visual_runs(page, 0)) >= 1


def test_a_page_looks_the_same_on_the_paper(edition: tuple[EditionRecord, bytes, bytes, str]) -> None:
    record, read, pdf, direction = edition
    pages, sheet = sights(read), SHIPPED_SHEETS[record.sheet]
    scale = PROOF_DPI / 25.4
    for side, sight in zip(impose_sides(sheet, len(pages), direction), sights(pdf), strict=True):
        for place in (place for place in side.placements if place.page):
            original = pages[place.page - 1].picture
            x, y = round(place.x * scale), sight.picture.height - round((place.y + place.height) * scale)
            size = (original.width, original.height) if place.rotation in (0, 180) else (original.height, original.width)
            cut = sight.picture.crop((x, y, x + size[0], y + size[1])).rotate(-place.rotation, expand=True)
            edge = round(8.5 * scale)  # lines to cut along, and the words at the upper edge
            inner = (edge, edge, original.width - edge, original.height - edge)
            if inner[3] - inner[1] > 20 * scale:  # a strip to tear off has no room inside the lines
                blurred = [picture.crop(inner).resize((60, 60)) for picture in (original, cut.resize(original.size))]
                assert ImageChops.difference(*blurred).getextrema()[1] < 90


def test_qr_codes_are_read_from_the_paper(edition: tuple[EditionRecord, bytes, bytes, str]) -> None:
    record, read, pdf, direction = edition
    codes = [read_qr_codes(page) for page in sights(read)]
    wanted = Counter(
        text
        for side in impose_sides(SHIPPED_SHEETS[record.sheet], len(codes), direction)
        for place in side.placements
        if place.page
        for text in codes[place.page - 1]
    )
    assert Counter(text for sight in sights(pdf) for text in read_qr_codes(sight)) == wanted
    assert sum(wanted.values()) >= 1


def test_the_file_says_paper_language_binding_and_how_to_turn_it(edition: tuple[EditionRecord, bytes, bytes, str], printed: Path) -> None:
    record, read, pdf, direction = edition
    reader, original, sheet = pypdf.PdfReader(BytesIO(pdf)), pypdf.PdfReader(BytesIO(read)), SHIPPED_SHEETS[record.sheet]
    wishes = reader.root_object["/ViewerPreferences"]
    for page in reader.pages:
        assert [float(page.mediabox.width), float(page.mediabox.height)] == pytest.approx(
            [side * MM for side in sheet.layout.paper], abs=0.1
        )
        assert list(page.trimbox) == list(page.mediabox)
    assert reader.root_object["/Lang"] == Project(printed).languages[record.language].tag
    assert dict(reader.metadata or {}) == {"/Title": (original.metadata or {})["/Title"]}
    assert wishes["/Direction"] == ("/R2L" if direction == "rtl" else "/L2R")
    assert wishes["/PrintScaling"] == "/None"
    title = fromstring(reader.root_object["/Metadata"].get_data()).find(".//{http://purl.org/dc/elements/1.1/}title")
    assert title is not None
    assert "".join(title.itertext()).strip() == reader.metadata["/Title"]  # type: ignore[index]
    assert {page["/Tabs"] for page in reader.pages} == {"/S"}
    two_sided = {"long": "/DuplexFlipLongEdge", "short": "/DuplexFlipShortEdge"}[sheet.layout.flip]
    assert wishes["/Duplex"] == (two_sided if len(reader.pages) > 1 else "/Simplex")
    assert reader.page_labels == [side.name for side in impose_sides(sheet, len(original.pages), direction)]
    assert ("_RTL" in record.prints[0][0]) == (direction == "rtl" and record.sheet in ("trifold", "a4-fold", "mini-zine"))
    fonts = [item for item in pdf_dictionaries(reader) if item.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)


def leaves(element: Any) -> Iterator[Any]:
    """Yield the marked contents below an element of the structure tree, in order."""
    for kid in element.get("/K", []):
        item = kid.get_object()
        if isinstance(item, int) or item.get("/Type") == "/MCR":
            yield item
        elif item.get("/Type") != "/OBJR":
            yield from leaves(item)


@pytest.mark.parametrize("name", ["not-alone_ar_trifold", "not-alone_en_mini-zine"])
def test_tags_travel_where_each_page_stands_once(printed: Path, name: str) -> None:
    """Every piece of marked text of the tree is found on the paper, in a form; links are left out."""
    record = records(printed)[name]
    reader = pypdf.PdfReader(printed / "output" / record.prints[0][0])
    pages = {page.indirect_reference.idnum for page in reader.pages}  # type: ignore[union-attr]
    pieces = list(leaves(reader.root_object["/StructTreeRoot"]))
    original = list(leaves(pypdf.PdfReader(printed / "output" / record.path).root_object["/StructTreeRoot"]))
    assert [piece["/MCID"] for piece in pieces] == original
    assert {piece.raw_get("/Pg").idnum for piece in pieces} <= pages
    assert all(piece["/Stm"]["/Subtype"] == "/Form" for piece in pieces)
    assert not [item for item in pdf_dictionaries(reader) if item.get("/Type") == "/OBJR"]


def test_cards_of_the_same_page_have_no_tags(printed: Path) -> None:
    reader = pypdf.PdfReader(printed / "output" / records(printed)["not-alone_en_wallet"].prints[0][0])
    assert "/StructTreeRoot" not in reader.root_object


def changed(pdf: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    change(writer)
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def move(writer: pypdf.PdfWriter) -> None:
    stream = writer.pages[1]["/Contents"].get_object()
    stream.set_data(stream.get_data().replace(b"cm /P2", b"cm /P3"))  # type: ignore[attr-defined]


def rewrite(writer: pypdf.PdfWriter) -> None:
    stream = writer.pages[1]["/Resources"]["/XObject"]["/P2"].get_object()  # type: ignore[index]
    stream.set_data(stream.get_data() + b"\n60 60 1 1 re f")


CHANGES: dict[str, tuple[set[str], Callable[[pypdf.PdfWriter], object]]] = {
    "nothing": (set(), lambda writer: None),
    "two pages in one place": ({"print-place"}, move),
    "a page that was not proved": ({"print-page"}, rewrite),
    "a side lost": ({"print-place"}, lambda writer: writer.remove_page(1)),
    "a bleed that is none": (
        {"print-box"},
        lambda writer: writer.pages[0].update({NameObject("/TrimBox"): pypdf.generic.RectangleObject((20, 20, 500, 500))}),
    ),
}


@pytest.mark.parametrize(("found", "change"), CHANGES.values(), ids=list(CHANGES))
def test_what_was_changed_in_a_file_to_print_is_found(printed: Path, found: set[str], change: Callable[[pypdf.PdfWriter], object]) -> None:
    record = records(printed)["not-alone_ar_trifold"]
    read, pdf = ((printed / "output" / path).read_bytes() for path in record.paths)
    codes = [read_qr_codes(page) for page in sights(read)]
    sides = impose_sides(SHIPPED_SHEETS["trifold"], len(codes), "rtl")
    imposition = Imposition(SHIPPED_SHEETS["trifold"], sides, Direction.RTL, SHIPPED_PRINTERS["office"])
    problems = prove_print_file(changed(pdf, change), read, codes, imposition)
    assert {problem.code for problem in problems} == found


def test_ink_at_the_edge_and_a_lost_code_are_found(printed: Path) -> None:
    record = records(printed)["not-alone_en_a4-fold"]
    read, pdf = ((printed / "output" / path).read_bytes() for path in record.paths)
    codes = [read_qr_codes(page) for page in sights(read)]
    sides = impose_sides(SHIPPED_SHEETS["a4-fold"], len(codes), "ltr")
    careful = replace(SHIPPED_PRINTERS["office"], clear=12)
    codes[0] = ["https://example.org/elsewhere"]
    found = prove_print_file(pdf, read, codes, Imposition(SHIPPED_SHEETS["a4-fold"], sides, Direction.LTR, careful))
    assert {problem.code for problem in found} == {"print-border", "print-qr"}


def test_the_same_pages_give_the_same_bytes(printed: Path) -> None:
    read = (printed / "output" / records(printed)["not-alone_ur_trifold"].path).read_bytes()
    sheet = SHIPPED_SHEETS["trifold"]
    sides = impose_sides(sheet, len(pypdf.PdfReader(BytesIO(read)).pages), Direction.RTL)
    imposition = Imposition(sheet, sides, Direction.RTL, SHIPPED_PRINTERS["copyshop"])
    twice = [impose_pages(read, imposition) for _ in range(2)]
    assert twice[0] == twice[1]


def test_a_file_to_print_goes_when_its_edition_must_not_be_handed_out(campaign: Path) -> None:
    """The pages in reading order, the paper and the picture of its fold: nothing is left that somebody could hand out."""
    project = Project(campaign)
    assert build_editions(project, BuildRequest(("not-alone",), ("es",), ("wallet",)), jobs=1).ok
    assert len(list(campaign.rglob("*_PRINT_DRAFT.pdf"))) == 1
    assert write_fold_picture(project, records(campaign)["not-alone_es_wallet"]).exists()
    retranslate(campaign, "es", "welcome", "Llame al 112.")
    assert not build_editions(Project(campaign), BuildRequest(("not-alone",), ("es",), ("wallet",)), jobs=1).ok
    assert list((campaign / "output" / "not-alone").iterdir()) == []


def test_a_card_that_would_hold_nothing_but_the_title_is_refused(campaign: Path) -> None:
    result = build_editions(Project(campaign), BuildRequest(("status-now",), ("en",), ("wallet", "tear-off")), jobs=1)

    assert [problem.code for outcome in result.outcomes for problem in outcome.record.problems] == ["no-short", "no-short"]
    assert list((campaign / "output").rglob("*.pdf")) == []


def test_a_draft_becomes_ready_with_all_its_files(campaign: Path) -> None:
    assert build_editions(Project(campaign), BuildRequest(("not-alone",), ("es",), ("trifold",)), jobs=1).ok
    sign_everything(campaign, "es")
    assert build_editions(Project(campaign), BuildRequest(("not-alone",), ("es",), ("trifold",)), jobs=1).ok
    names = sorted(path.name for path in (campaign / "output").rglob("*.pdf"))
    assert names == ["not-alone_es_trifold.pdf", "not-alone_es_trifold_PRINT.pdf"]


def digits(pdf: bytes) -> Counter[str]:
    """Return the numbers on all sides, below the line that says how to print."""
    return bare([run for page in sights(pdf) for run in visual_runs(page, 8 * MM, 0)])


def test_each_ink_has_its_plate_and_together_they_are_the_page(printed: Path) -> None:
    """Text stays text on both plates; what is dark on a plate was dark on the page, and nothing that was dark is lost."""
    pdf = (printed / "output" / records(printed)["not-alone_ar_trifold"].prints[0][0]).read_bytes()
    black, colour = (separate_ink(pdf, ink) for ink in ("black", "colour"))
    assert digits(black) == digits(colour) == digits(pdf)
    for whole, *plates in zip(*(sights(file) for file in (pdf, black, colour)), strict=True):
        joined = ImageChops.darker(*(plate.picture for plate in plates)).point(lambda grey: 0 if grey < 128 else 255)
        dark = whole.picture.point(lambda grey: 0 if grey < 128 else 255)
        assert sum(ImageChops.difference(joined, dark).histogram()[128:]) < 0.002 * dark.width * dark.height
    assert sights(colour)[0].picture.getextrema()[0] < 30
    assert sum(bool(read_qr_codes(sight)) for sight in sights(black)) == 1
    assert not any(read_qr_codes(sight) for sight in sights(colour))


def test_a_shop_gets_bleed_and_marks_and_is_told_that_this_is_no_pdfx(
    campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    code, _, err = leaflets_command("build", "not-alone", "-l", "ar", "-s", "a4-fold", "--printer", "shop", "--marks", cwd=campaign)
    assert (code, "not PDF/X" in err) == (0, True)
    (path,) = campaign.rglob("*_shop_PRINT_RTL_DRAFT.pdf")
    page = pypdf.PdfReader(path).pages[0]
    trim, bleed, media = ([float(edge) / MM for edge in box] for box in (page.trimbox, page.bleedbox, page.mediabox))
    assert trim == pytest.approx([0.5, 0, 296.5, 210], abs=0.01)
    assert bleed == pytest.approx([-2.5, -3, 299.5, 213], abs=0.01)
    assert media == pytest.approx([-9.5, -10, 306.5, 220], abs=0.01)
    drawn = re.findall(r"\[([\d ]*)\] 0 d (\S+) (\S+) m (\S+) (\S+) l S", page.get_contents().get_data().decode())
    marks = [(dashes, *(float(length) / MM for length in line)) for dashes, *line in drawn]
    assert {round(x, 1) for dashes, x, _, to, _ in marks if dashes and x == to} == {148.5}  # the fold, dashed
    assert {round(x, 1) for dashes, x, _, to, _ in marks if not dashes and x == to} == {0.5, 296.5}
    assert all(y >= 213 or y <= -3 for _, x, y, to, _ in marks if x == to)
    single = pypdf.PdfReader(next(campaign.rglob("not-alone_ar_a4-fold_shop_DRAFT.pdf"))).pages[0]
    assert [float(edge) / MM for edge in single.mediabox] == pytest.approx([-3, -3, 151, 213], abs=0.01)
    assert "/OutputIntents" not in pypdf.PdfReader(path).root_object


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--printer", "letterpress"), "there is copyshop, office, riso, shop"),
        (("--icc", "x.icc"), "add --printer shop"),
        (("--printer", "shop", "--icc", "x.icc"), "there is no such file"),
        (("-s", "trifold", "--with", "en"), "choose a sheet of one leaf"),
        (("--with", "xx"), "no language 'xx'"),
    ],
)
def test_wrong_use_says_what_to_do(
    campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = leaflets_command("build", "not-alone", "-l", "ar", *arguments, cwd=campaign)
    assert code == 2
    assert said in err


def test_two_languages_share_a_sheet_and_both_must_be_ready(campaign: Path) -> None:
    """Back to back: a draft until both are ready; each page in its own language, with its own facts and tags."""
    wish = BuildRequest(("not-alone",), ("ar",), (), other="es")
    (outcome,) = build_editions(Project(campaign), wish, jobs=1).outcomes
    assert outcome.record.path == "not-alone/not-alone_ar+es_a4_DRAFT.pdf"
    sign_everything(campaign, "ar")
    assert build_editions(Project(campaign), wish, jobs=1).outcomes[0].record.state == "draft"
    sign_everything(campaign, "es")
    (outcome,) = build_editions(Project(campaign), wish, jobs=1).outcomes
    assert (outcome.record.state, outcome.record.path) == ("ready", "not-alone/not-alone_ar+es_a4.pdf")
    assert build_editions(Project(campaign), wish, jobs=1).outcomes[0].cached

    pdf = (campaign / "output" / outcome.record.path).read_bytes()
    reader = pypdf.PdfReader(BytesIO(pdf))
    parts = reader.root_object["/StructTreeRoot"]["/K"][0]["/K"]  # type: ignore[index]
    assert [part.get_object()["/Lang"] for part in parts] == ["ar", "es"]
    assert [read_qr_codes(page) for page in sights(pdf)] == [["https://nb.internal/not-alone/ar"], ["https://nb.internal/not-alone/es"]]
    assert all(any(CAMPAIGN in run for run in bare(list(visual_runs(page, 0)))) for page in sights(pdf))
    assert outcome.record.code.count("+") == 1
    build_editions(Project(campaign), BuildRequest(("not-alone",), ("en",), ("a5",)), jobs=1)
    assert (campaign / "output" / outcome.record.path).exists()  # another build leaves it alone


def test_side_by_side_each_language_stands_where_its_readers_begin(campaign: Path) -> None:
    (outcome,) = build_editions(
        Project(campaign), BuildRequest(("not-alone",), ("ar",), ("a5",), other="en", layout="side-by-side"), jobs=1
    ).outcomes
    assert outcome.record.edition == "not-alone_ar+en_a5_side-by-side"
    ((path, _, papers),) = outcome.record.prints
    front = sights((campaign / "output" / path).read_bytes())[0]
    (arabic, english) = (
        [letter.left for letter in front.letters if letter.char in letters and 20 * MM < letter.middle < 195 * MM]
        for letters in ("لمن", "qwkv")
    )
    assert papers == 1
    assert sum(left > 148 * MM for left in arabic) > 0.95 * len(arabic) > 50  # PDFium gives some letters of a ligature no place
    assert sum(left < 148 * MM for left in english) > 10


def test_the_picture_of_a_fold_is_drawn(printed: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    from PIL import Image

    code, out, _ = leaflets_command("fold", "not-alone", "-l", "ur", "-s", "trifold", cwd=printed)
    assert code == 0
    with Image.open(printed / out.strip()) as picture:
        assert (picture.format, picture.width) == ("PNG", 1500)
        assert picture.height > 900


def test_people_can_point_to_every_language_of_the_campaign(campaign: Path) -> None:
    """All own names are on the card; a sentence joins them once enough people sign it."""
    project = Project(campaign)
    assert [row.sentence for row in card_rows(Snapshot(project)) if row.language.code != "en"] == [""] * 20
    sign_everything(campaign, "ar", ("shared",))
    (path,) = print_point_card(Project(campaign), ["a5"]).paths.values()
    (said,) = [row for row in card_rows(Snapshot(Project(campaign))) if row.sentence and row.language.code != "en"]
    assert said.language.code == "ar"
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    assert all(language.english in text for language in (project.languages[code] for code in project.campaign.languages))


@pytest.mark.tools
def test_qpdf_finds_nothing_wrong(printed: Path) -> None:
    for path in sorted((printed / "output").rglob("*_PRINT*.pdf")):
        subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


@pytest.mark.tools
def test_grey_conversion_keeps_the_text(printed: Path, tmp_path: Path) -> None:
    path = printed / "output" / records(printed)["not-alone_ar_trifold"].prints[0][0]
    grey = tmp_path / "grey.pdf"
    options = ("-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sColorConversionStrategy=Gray", "-sProcessColorModel=DeviceGray")
    subprocess.run(["gs", *options, f"-sOutputFile={grey}", path], check=True, capture_output=True)
    assert digits(grey.read_bytes()) == digits(path.read_bytes())
    assert [read_qr_codes(page) for page in sights(grey.read_bytes())] == [read_qr_codes(page) for page in sights(path.read_bytes())]


@pytest.mark.tools
def test_pdfx_has_the_profile_and_no_colour_of_the_screen(campaign: Path) -> None:
    wish = BuildRequest(("not-alone",), ("en",), ("trifold",), printer="shop", profile=str(ICC))
    assert build_editions(Project(campaign), wish, jobs=1).ok
    (path,) = campaign.rglob("*_shop_PRINT.pdf")
    reader = pypdf.PdfReader(path)
    (intent,) = reader.root_object["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFX"
    assert intent["/DestOutputProfile"].get_data() == ICC.read_bytes()
    assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in reader.root_object["/Metadata"].get_data()
    assert reader.trailer["/ID"]
    plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], check=True, capture_output=True).stdout
    assert b" rg\n" not in plain
    assert b" RG\n" not in plain
    assert b"/DeviceRGB" not in plain
    assert b" 0 0 1 k\n" in plain or b"0 0 0 1 k\n" in plain
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
