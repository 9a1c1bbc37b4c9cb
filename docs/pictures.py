"""Make the pictures of the docs from the PDFs in output/ and the review page: `make pictures`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.conftest import copy_campaign
from tests.support.browser import QUIET, serving

ROOT = Path(__file__).resolve().parent.parent
EDITIONS = (
    "not-alone_en",
    "if-strangers-come_ar",
    "come-to-the-rally_ur",
    "not-alone_ti",
    "if-strangers-come_pa",
    "food-that-helps_zh_Hans",
)
SCREENS = (
    ("review-sentence", 1200, 860, "/read/ar/not-alone/safe"),
    ("review-phone", 360, 740, "/read/ti/not-alone/say"),
    ("review-desk", 1200, 560, "/desk"),
)
"""Pictures of the page: name, width and height in pixels, and which screen."""
HEIGHT = 520
"""Of one page, in pixels."""
SHEET = 640
"""Of a worksheet."""
GAP = 14
FOLDS = ("ar", "en")
FOLD_WIDTH = 900


CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--window-size=1280,900",
)


def main() -> None:
    """Write the pictures: printed pages, the overview, worksheets, and the page to read on."""
    editions()
    overview()
    worksheets()
    review()
    for language in FOLDS:
        fold(language)


def editions() -> None:
    """Show the first pages of six editions in six scripts."""
    pages = [first_page(name) for name in EDITIONS]
    width = sum(page.width for page in pages[:3]) + 4 * GAP
    sheet = Image.new("L", (width, 2 * HEIGHT + 3 * GAP), 205)
    for number, page in enumerate(pages):
        column, row = number % 3, number // 3
        sheet.paste(page, (GAP + column * (page.width + GAP), GAP + row * (HEIGHT + GAP)))
    sheet.quantize(24).save(ROOT / "docs" / "editions.png", optimize=True)


def overview() -> None:
    """Show the top of output/index.html, as Chromium draws it."""
    with tempfile.TemporaryDirectory() as profile:
        shot = Path(profile) / "shot.png"
        page = (ROOT / "output" / "index.html").as_uri()
        subprocess.run(
            [*CHROMIUM, f"--user-data-dir={profile}", f"--screenshot={shot}", page],
            check=True,
            capture_output=True,
        )
        Image.open(shot).convert("RGB").quantize(64).save(
            ROOT / "docs" / "overview.png", optimize=True
        )


def worksheets() -> None:
    """Show a paper sheet from right to left, one from left to right, and a sheet on a phone."""
    papers = [first_sheet(language) for language in ("ur", "ti")]
    with tempfile.TemporaryDirectory() as profile:
        shot = Path(profile) / "shot.png"
        window = ("--window-size=500,1030", f"--user-data-dir={profile}", f"--screenshot={shot}")
        page = (ROOT / worksheet("ar", "--html")).as_uri()
        subprocess.run([*CHROMIUM, *window, page], check=True, capture_output=True)
        phone = Image.open(shot).convert("L")
    phone = phone.resize((phone.width * SHEET // phone.height, SHEET), Image.Resampling.LANCZOS)
    pictures = [*papers, phone]
    sheet = Image.new(
        "L", (sum(picture.width + GAP for picture in pictures) + GAP, SHEET + 2 * GAP), 205
    )
    left = GAP
    for picture in pictures:
        sheet.paste(picture, (left, GAP))
        left += picture.width + GAP
    sheet.quantize(24).save(ROOT / "docs" / "worksheets.png", optimize=True)


def worksheet(language: str, *options: str) -> str:
    """Make a worksheet and return its path."""
    command = [sys.executable, "-m", "generator", "worksheet", language, "not-alone", *options]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def first_sheet(language: str) -> Image.Image:
    """Return the first page of a paper worksheet as a grey picture."""
    page = pypdfium2.PdfDocument(ROOT / worksheet(language))[0]
    return page.render(scale=SHEET / page.get_height(), grayscale=True).to_pil()


def review() -> None:
    """Show a sentence in front of its reader, on a laptop and on a phone, in a copied campaign."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as play,
        serving(copy_campaign(Path(folder) / "campaign")) as served,
    ):
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        page = browser.new_page()
        served.enter(page)
        for name, width, height, path in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{served.base}{path}")
            for picture in page.locator("figure.picture img").all():
                picture.evaluate("image => image.decode()")
            page.screenshot(path=Path(folder) / "shot.png")
            Image.open(Path(folder) / "shot.png").convert("RGB").quantize(48).save(
                ROOT / "docs" / f"{name}.png", optimize=True
            )
        browser.close()


def fold(language: str) -> None:
    """Show how the trifold is printed and folded, as `leaflets fold` draws it."""
    command = [
        Path(sys.executable).with_name("leaflets"),
        "-C",
        ROOT,
        "fold",
        "not-alone",
        "-l",
        language,
        "-s",
        "trifold",
    ]
    path = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    picture = Image.open(path).convert("RGB")
    picture.thumbnail((FOLD_WIDTH, 2000))
    picture.quantize(32).save(ROOT / "docs" / f"fold-{language}.png", optimize=True)


def first_page(name: str) -> Image.Image:
    """Return the first page of an edition as a grey picture."""
    leaflet, _, language = name.partition("_")
    (path,) = (ROOT / "output" / leaflet).glob(
        f"{leaflet}_{language}_a5[._]*"
    )  # whatever its state
    page = pypdfium2.PdfDocument(path)[0]
    return (
        page.render(scale=HEIGHT / page.get_height(), grayscale=True)
        .to_pil()
        .resize((round(HEIGHT * 148 / 210), HEIGHT))
    )


if __name__ == "__main__":
    main()
