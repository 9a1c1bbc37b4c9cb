"""The finished files in the hands of other programs: poppler, qpdf, Ghostscript, Chromium, pip in an empty environment."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from generator.campaign.project import Project
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from tests.conftest import copy_campaign
from tests.support.states import BANDS, CASES, FEET, STAMPS, many_states

pytestmark = pytest.mark.tools
LANGUAGES = ("en", "ar", "ur", "ti", "zh_Hans")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build one leaflet in five scripts, and give the output folder."""
    root = copy_campaign(tmp_path_factory.mktemp("tools") / "campaign")
    assert build_editions(Project(root), BuildRequest(("not-alone",), LANGUAGES, ("a5",))).ok
    return root / "output"


def run(*command: str | Path, **options: object) -> str:
    """Run a program that must succeed and return what it says."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options).stdout  # type: ignore[call-overload]


def pdfs(output: Path) -> list[Path]:
    """Return the PDFs, and be sure that there are five."""
    found = sorted(output.glob("*/*.pdf"))
    assert len(found) == len(LANGUAGES)
    return found


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a finished PDF of each case, by its name."""
    return many_states(tmp_path_factory.mktemp("states"))


@pytest.mark.parametrize("reader", [("pdftotext", "{}", "-"), ("mutool", "draw", "-q", "-F", "txt", "{}")], ids=["poppler", "MuPDF"])
@pytest.mark.parametrize("case", CASES)
def test_other_readers_find_the_state_on_every_page(states: dict[str, Path], case: str, reader: tuple[str, ...]) -> None:
    """Band, stamp and foot, word for word, and those of no other state."""
    pages = [" ".join(page.split()) for page in run(*(part.format(states[case]) for part in reader)).split("\f")]
    pages = pages[:-1] if not pages[-1] else pages
    assert len(pages) == len(pypdf.PdfReader(states[case]).pages)
    for text in pages:
        unstamped = " ".join(word for word in text.split() if word not in STAMPS.values())  # poppler reads the stamp amid the band
        assert {foot for foot in FEET.values() if f"· {foot} ·" in text} == {FEET[case]}
        assert {band for band in BANDS.values() if band in unstamped} == ({BANDS[case]} if case in BANDS else set())
        assert [stamp for stamp in ("DRAFT", "EXAMPLE") if stamp in text] == ([STAMPS[case]] if case in STAMPS else [])


def test_qpdf_finds_nothing_wrong(output: Path) -> None:
    """The files are whole and well-formed."""
    for path in pdfs(output):
        assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)


def test_poppler_sees_embedded_fonts_of_ours_only(output: Path) -> None:
    """Every font is embedded, a subset, and Identity-H (Custom would mean a missing glyph)."""
    for path in pdfs(output):
        lines = run("pdffonts", path).splitlines()[2:]
        assert lines
        for line in lines:
            assert "+L-Noto-" in line
            assert "Identity-H" in line
            assert line.split("Identity-H")[1].split()[:2] == ["yes", "yes"]


def test_poppler_says_tagged_and_nothing_private(output: Path) -> None:
    """Tags and title are there; author, program and dates are not."""
    for path in pdfs(output):
        info = run("pdfinfo", path)
        assert "Tagged:          yes" in info
        assert not [word for word in ("Author", "Creator", "Producer", "CreationDate") if word in info]


def test_grey_conversion_keeps_the_text(output: Path, tmp_path: Path) -> None:
    """A print shop's Ghostscript turns the page grey without turning letters into pictures."""
    (path,) = output.glob("not-alone/*_en_a5.pdf")
    grey = tmp_path / "grey.pdf"
    run(
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-sDEVICE=pdfwrite",
        "-sColorConversionStrategy=Gray",
        "-sProcessColorModel=DeviceGray",
        f"-sOutputFile={grey}",
        path,
    )

    text = run("pdftotext", grey, "-")

    assert "You are not alone" in text
    assert "020 0946 0123".replace(" ", "") in text.replace(" ", "").replace("\u00a0", "")


def test_overview_opens_on_a_phone(output: Path, tmp_path: Path) -> None:
    """Chromium shows the overview at 360 px with pictures: the screenshot is not one colour."""
    picture = tmp_path / "phone.png"
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    )
    run(
        "chromium",
        *flags,
        f"--user-data-dir={tmp_path / 'profile'}",
        "--window-size=360,2400",
        f"--screenshot={picture}",
        (output / "index.html").as_uri(),
    )

    with Image.open(picture) as shot:
        assert shot.size[0] == 360
        assert len(shot.convert("L").getcolors(256) or []) > 50
