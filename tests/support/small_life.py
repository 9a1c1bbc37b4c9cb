"""A whole small life of a campaign, by the computer's own clock: `python -m tests.support.small_life FOLDER`.

It is run in a process of its own, because all tests have one fixed day, and a time of the clock would not be seen.
"""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
import wave
from pathlib import Path

import openpyxl

READER, TYPIST = "r571", "r572"
"""No code that an example in the program has."""
BASE = "http://localhost"
ASIDE = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}


def live(root: Path) -> None:
    """Sign, type and record on the page; worksheet out and back; report, build, publish, pack."""
    from generator.web.visitors import User, UserRole
    from tests.support.visitor import HOST, page_over

    state = (app := page_over(root)).extensions["state"]
    client = app.test_client()
    client.get(f"/start/{state.visitors.invite(User(READER, UserRole.ORGANISER))}", base_url=f"http://{HOST}")
    sign_on_the_page(client)
    record(client)
    for command in ("worksheet fr not-alone --xlsx", "worksheet fr not-alone --html", "worksheet fr not-alone"):
        leaflets(root, f"{command} --as {TYPIST}")
    come_back(root)
    leaflets(root, "build not-alone --site example -s a5 -s a4")
    leaflets(root, "build not-alone -s a5 -s a4-fold")
    leaflets(root, "publish")
    leaflets(root, "pack example --drafts", (0, 1))
    report(root)
    for command in ("status", "check", "recall --leaflet not-alone", "record fr not-alone --list"):
        leaflets(root, command, (0, 1))


def sign_on_the_page(client) -> None:
    """Sign a sentence as it stands, reject another, and leave a text unsigned."""
    for path, do, more in (
        ("/read/fr/not-alone/title", "sign", {}),
        ("/read/fr/not-alone/help", "reject", {"reason": "Il manque un mot."}),
        ("/read/fr/not-alone/who", "skip", {"text": "Un texte pas encore signé."}),
    ):
        page = client.get(path, base_url=BASE).get_data(as_text=True)
        form = re.search(r'<form id="sentence".*?</form>', page, re.DOTALL)[0]
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
        area = re.search(r'<textarea id="text"[^>]*>(.*?)</textarea>', form, re.DOTALL)
        fields |= dict(re.findall(r'<input type="checkbox" name="([\w-]+)" value="([^"]*)"', form))
        data = {name: html.unescape(value) for name, value in fields.items()} | {"text": html.unescape(area[1] if area else "")}
        answer = client.post(path, base_url=BASE, data=data | {"do": do} | more, headers=ASIDE)
        said = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))
        assert answer.status_code == 303, (path, do, answer.status_code, " ".join(said.split())[:1500])


def record(client) -> None:
    """Read a sentence aloud for the website."""
    page = "/record/fr/not-alone"
    client.post(f"{page}/heard", base_url=BASE, data={"heard": "website"}, headers=ASIDE)
    shown = client.get(page, base_url=BASE).get_data(as_text=True)
    key = re.search(r'name="message" value="say">\s*<input type="hidden" name="key" value="(\w+)"', shown)[1]
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * 800)
    form = {"message": "say", "key": key, "sound": (io.BytesIO(sound.getvalue()), "voice.wav")}
    assert client.post(page, base_url=BASE, data=form, headers=ASIDE).status_code == 303


def come_back(root: Path) -> None:
    """Tick one row of the spreadsheet in a spreadsheet program, and enter it."""
    (path,) = (root / "output").rglob("*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = {cell.value: (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    row, column = heads["Answer"]
    sheet.cell(row + 1, column).value = "✓"
    back = root.parent / "back.xlsx"
    book.save(back)
    leaflets(root, f"enter {back} --apply", (0, 1))


def report(root: Path) -> None:
    """Somebody calls: a sentence of a page is wrong."""
    printed = "".join(path.read_text("utf-8") for path in sorted(root.rglob("editions.jsonl")))
    code = re.search(r'"code": "(FR-[^"]+)"', printed)[1]
    subprocess.run(
        [sys.executable, "-m", "generator", "-C", root, "report", code, "--sentence", "2", "--says", "a word is missing", "--as", READER],
        check=True,
    )


def leaflets(root: Path, line: str, good: tuple[int, ...] = (0,)) -> None:
    """Type a command."""
    code = subprocess.run([sys.executable, "-m", "generator", "-C", root, *line.split()], check=False).returncode
    assert code in good, f"leaflets {line} ended with {code}"


if __name__ == "__main__":
    assert "SOURCE_DATE_EPOCH" not in os.environ
    live(Path(sys.argv[1]))
