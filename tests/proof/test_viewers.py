"""What people open a PDF with shows what PDFium shows: MuPDF, Ghostscript, pdf.js (Firefox); every script, sheet and way of printing."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pypdfium2
import pytest
from PIL import Image

from generator.campaign.printers import SHIPPED_PRINTERS
from generator.campaign.project import Project
from generator.campaign.shipped_sheets import LABEL_SHEET, SHIPPED_SHEETS
from generator.editions.build import build_editions
from generator.editions.jobs import EditionJob
from generator.editions.plan import BuildRequest
from generator.editions.render_papers import PaperLook, draw_papers
from generator.layout.expected import Expected
from generator.model import Language
from generator.printrun.notice import print_notices
from generator.problem import errors_among
from tests.conftest import ROOT, TIER_ONE, copy_campaign
from tests.printrun.test_papers import printed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.tools
DPI = 150
"""Resolution of all pictures; below it, programs draw thin lines in different ways."""
CARD, FINE = 300, 300
"""Pages narrower than this (pt) are looked at with this resolution: Ghostscript draws small letters a tenth fatter with the other."""
DARK = 160
"""Grey below which a point is ink, of 255."""
CLOSE = 0.1
"""How much more or less ink than PDFium's, as a part of it, another program may show."""
FAINT = 0.003
"""Ink below which a page is as good as empty: a strip to tear off, the plate of a second ink."""
ICC = "/usr/share/color/icc/ghostscript/default_cmyk.icc"
WISHES = {
    "every language": [BuildRequest(("not-alone",), TIER_ONE, ("a5",))],
    "every sheet": [
        BuildRequest(("not-alone",), ("zh_Hans",), ("a4", "trifold", "mini-zine", "wallet", "a3-poster", "2-up", "screen")),
        BuildRequest(("not-alone",), ("ar",), ("large-print", "a4-fold", "dl", "a5-booklet")),
        BuildRequest(("not-alone",), ("en",), ("a6-card", "4-up")),
        BuildRequest(("come-to-the-rally",), ("zh_Hans",), ("tear-off",)),
    ],
    "every printer": [
        BuildRequest(("not-alone",), ("zh_Hans", "fa"), ("2-up",), printer="riso"),
        BuildRequest(("not-alone",), ("zh_Hans",), ("trifold",), printer="shop", marks=True, profile=ICC),
        BuildRequest(("not-alone",), ("zh_Hans",), ("2-up",), printer="copyshop"),
        BuildRequest(("not-alone",), ("zh_Hans",), ("a4",), printer="office", other="ar"),
        BuildRequest(("not-alone",), ("am",), ("2-up",), printer="office", other="zh_Hans", layout="side-by-side"),
    ],
}
SENTENCE = (
    '<!DOCTYPE html><html lang="{0.tag}" dir="{0.direction}"><head><title>{0.code}</title></head>'
    "<body><p>{1}</p><p><b>{1}</b></p></body></html>"
)
VIEW = """async ({ pdf, scale, dark }) => {
  const pdfjs = await import("http://viewer.example/legacy/build/pdf.min.mjs");
  pdfjs.GlobalWorkerOptions.workerSrc = "http://viewer.example/legacy/build/pdf.worker.min.mjs";
  const data = Uint8Array.from(atob(pdf), (char) => char.charCodeAt(0));
  const file = await pdfjs.getDocument({ data, wasmUrl: "http://viewer.example/wasm/", iccUrl: "http://viewer.example/iccs/" }).promise;
  const found = [];
  for (let number = 1; number <= file.numPages; number++) {
    const page = await file.getPage(number);
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    await page.render({ canvas, viewport }).promise;
    const points = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let ink = 0;
    for (let place = 0; place < points.length; place += 4) {
      ink += 0.299 * points[place] + 0.587 * points[place + 1] + 0.114 * points[place + 2] < dark;
    }
    found.push(ink / (canvas.width * canvas.height));
  }
  return found;
}"""


@dataclass
class Files:
    """The PDFs to look at by group, and the ink on their pages as PDFium shows them."""

    groups: dict[str, list[Path]]
    shown: dict[Path, list[float]] = field(default_factory=dict)

    def ink(self, path: Path) -> list[float]:
        if path not in self.shown:
            document = pypdfium2.PdfDocument(path)
            scale = dpi(path) / 72
            self.shown[path] = [ink(page.render(scale=scale, grayscale=True).to_pil()) for page in document]
            document.close()
        return self.shown[path]


@cache
def dpi(path: Path) -> int:
    """Return the resolution for the pages of a file."""
    return FINE if pypdf.PdfReader(path).pages[0].cropbox.width < CARD else DPI


def ink(picture: Image.Image) -> float:
    """Return which part of a picture is ink."""
    points = picture.convert("L").histogram()
    return sum(points[:DARK]) / sum(points)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Print everything once."""
    groups = {}
    for place, (name, wishes) in enumerate(WISHES.items()):
        groups[name] = []
        for number, wish in enumerate(wishes):
            root = copy_campaign(tmp_path_factory.mktemp(f"viewers{place}{number}") / "campaign")
            report = build_editions(Project(root), wish, jobs=2)
            assert [problem.line() for outcome in report.outcomes for problem in errors_among(outcome.record.problems)] == []
            groups[name] += sorted((root / "output").rglob("*.pdf"))
    root = copy_campaign(tmp_path_factory.mktemp("viewers") / "campaign")
    groups["every script"] = sentences(Project(root), root / "output")
    papers = print_notices(Project(root), [printed(code) for code in ("ar", "bn", "ta", "zh_Hans")])
    groups["notices"] = list(papers.paths.values())
    return Files(groups)


def sentences(project: Project, folder: Path) -> list[Path]:
    """Return a page for each language that anybody may add: what it is called, and its most common words."""
    languages = list(project.languages.values())
    jobs = [EditionJob(row.code, SENTENCE.format(row, text(row)), row, LABEL_SHEET, expected(row)) for row in languages]
    found = draw_papers(project, jobs, PaperLook(""))
    assert found.problems == ()
    folder.mkdir()
    for name, pdf in found.pdfs.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    return [folder / f"{name}.pdf" for name in found.pdfs]


def text(language: Language) -> str:
    return " ".join((language.endonym, *language.words[:12]))


def expected(language: Language) -> Expected:
    return Expected((text(language),) * 2, (), (), (), language.code, language.tag, (text(language),) * 2)


def run(*command: str | Path) -> str:
    """Run a program and return everything it says."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr + (f"ended with {done.returncode}" if done.returncode else "")


def mupdf(path: Path, folder: Path) -> tuple[list[float], str]:
    said = run("mutool", "draw", "-q", "-N", "-c", "gray", "-r", str(dpi(path)), "-o", folder / "mu-%03d.png", path)
    return [ink(Image.open(picture)) for picture in sorted(folder.glob("mu-*.png"))], said


def ghostscript(path: Path, folder: Path) -> tuple[list[float], str]:
    smooth = ("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", "-dUseCropBox")
    said = run(
        "gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pnggray", f"-r{dpi(path)}", *smooth, f"-sOutputFile={folder}/gs-%03d.png", path
    )
    return [ink(Image.open(picture)) for picture in sorted(folder.glob("gs-*.png"))], said


PROGRAMS: dict[str, Callable[[Path, Path], tuple[list[float], str]]] = {"mutool": mupdf, "gs": ghostscript}


def unlike(files: Files, path: Path, found: list[float], said: str) -> str:
    """Return what is wrong with a file as another program shows it; nothing if it is as PDFium shows it, and nothing was said."""
    wanted = files.ink(path)
    close = len(wanted) == len(found) and all(abs(one - other) <= max(CLOSE * one, FAINT) for one, other in zip(wanted, found, strict=True))
    return "" if close and not said.strip() else f"{path.name}: ink {found} instead of {wanted}; {said[:300]}"


def test_every_sheet_and_printer_is_here() -> None:
    wishes = [wish for group in WISHES.values() for wish in group]
    assert {sheet for wish in wishes for sheet in wish.sheets} == set(SHIPPED_SHEETS)
    assert {wish.printer for wish in wishes if wish.printer} == set(SHIPPED_PRINTERS)


def test_every_font_is_here(files: Files) -> None:
    """Each font of the table is in a file, Chinese ones among them, in their own numbers."""
    languages = Project(ROOT).languages.values()
    names = {name for path in files.groups["every script"] for name in run("pdffonts", path).split() if "+L-" in name}
    wanted = {"L-" + language.face.family.replace(" ", "-") for language in languages}
    assert {name.partition("+")[2].removesuffix("-Bold") for name in names} == wanted


GROUPS = (*WISHES, "every script", "notices")


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_another_program_shows_the_same(files: Files, program: str, group: str, tmp_path: Path) -> None:
    def look(number: int, path: Path) -> str:
        folder = tmp_path / str(number)
        folder.mkdir()
        return unlike(files, path, *PROGRAMS[program](path, folder))

    for path in files.groups[group]:
        files.ink(path)  # PDFium is not made for threads
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(look, range(len(files.groups[group])), files.groups[group]))

    assert [line for line in found if line] == []


@pytest.mark.parametrize("group", GROUPS)
def test_qpdf_finds_nothing_wrong(files: Files, group: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(partial(run, "qpdf", "--check"), files.groups[group])

    assert [said for said in found if "No syntax or stream encoding errors found" not in said or "WARNING" in said] == []


@pytest.fixture
def viewer(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Give a page of Chromium that can load pdf.js, and what pdf.js says there; nothing leaves the browser."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    context.route("**/*", serve)
    page.goto("http://viewer.example/")
    yield page, said
    context.close()


def serve(route: Any) -> None:
    """Answer the browser's question from what npm installed."""
    path = ROOT / "node_modules" / "pdfjs-dist" / route.request.url.removeprefix("http://viewer.example/")
    if path.is_file():
        kind = "text/javascript" if path.suffix == ".mjs" else "application/octet-stream"
        route.fulfill(body=path.read_bytes(), content_type=kind)
    else:
        route.fulfill(body="<!DOCTYPE html><title>viewer</title>", content_type="text/html")


@pytest.mark.parametrize("group", GROUPS)
def test_the_viewer_of_firefox_shows_the_same(files: Files, group: str, viewer: tuple[Page, list[str]]) -> None:
    page, said = viewer
    found = []
    for path in files.groups[group]:
        said.clear()
        inks = page.evaluate(VIEW, {"pdf": b64encode(path.read_bytes()).decode(), "scale": dpi(path) / 72, "dark": DARK})
        found.append(unlike(files, path, inks, "\n".join(said)))

    assert [line for line in found if line] == []
