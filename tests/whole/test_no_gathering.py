"""Nothing that the program writes tells when somebody did something: a whole small life, and every file of it is read."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path

import pypdf
import pytest
from fontTools.ttLib import TTFont

from tests.conftest import ROOT, copy_campaign
from tests.support.small_life import READER, TYPIST

CLOCK_PLACES: dict[str, str] = {
    "back.xlsx": "the test's own spreadsheet program wrote it, as a reader's does",
}
"""Where a time of the clock may stand, and why."""
READER_PLACES: dict[str, str] = {
    "campaign/locales/*/reviews.jsonl": "the ledger: who stands behind which wording, with the day",
    "campaign/leaflets/reviews.jsonl": "the same for facts",
    "campaign/locales/reviews.jsonl": "the same for facts",
    "campaign/locales/readers.jsonl": "who may sign, with which key; no days",
    "campaign/.leaflets.reader": "who signs in this folder: one code",
    "campaign/.leaflets-desk/r571.json": "texts not signed yet, and what can be undone; on this computer, never in git",
    "campaign/output/worksheets/*": "a sheet made for this reader, to be handed over and deleted",
    "back.xlsx": "the same sheet, filled in",
    "said.log": "what the terminal showed",
}
"""Where the code of a reader may stand, and why."""
STAMPS = (
    re.compile(r"\d{4}-\d\d-\d\d[T ](?!00:00(?::00)?(?!\d|:))\d\d:\d\d"),
    re.compile(r"D:\d{8}(?!000000)\d{6}"),
    re.compile(r"\b20\d{6}T(?!000000)\d{6}"),
    re.compile(r"(?<![\d:.])(?!00:00:00)[0-2]\d:[0-5]\d:[0-5]\d(?![\d:])"),
)
"""How a time of the clock is written with its day or its seconds; midnight is no time, it stands for a day."""
NUMBERS = re.compile(r"(?<![\d.])1\d{9}(?:\d{3}|\d{6}|\d{9})?(?:\.\d+)?(?!\d)")
OF_ONE_PERSON = ("campaign/.leaflets-desk/", "campaign/output/worksheets/", "campaign/audio/fr/")
"""Where each file is one person's, so that even the time at which it was changed says something."""
HOURS = re.compile(r"(?<![\d:])([0-2]\d:[0-5]\d)(?![\d:])")


def living_campaign(folder: Path) -> Path:
    """Return a campaign of one leaflet in one language, its days those of the computer's own clock."""
    root = copy_campaign(folder, leaflets=("not-alone",), languages=("en", "fr"))
    path = root / "leaflets/campaign.yaml"
    text = re.sub(r"languages: \[.*\]", "languages: [en, fr]", path.read_text("utf-8"))
    path.write_text(re.sub(r"^  drafts: no.*$", "  drafts: yes", text, flags=re.MULTILINE), "utf-8")
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    for path in (*(root / "leaflets").glob("*.yaml"), *(root / "sites").glob("*.yaml")):
        text = re.sub(r"verified: [0-9-]+", f"verified: {today}", path.read_text("utf-8"))
        text = re.sub(r"(?m)^languages: \{.*\}$", "languages: {en: 2, fr: 3}", text)
        path.write_text(re.sub(r"(?m)^wanted: .*\n", "", text), "utf-8")
    return root


def texts_of(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield a file, and all that is packed in it, as text: zips, spreadsheets, and the streams of PDFs."""
    yield name, f"{name}\n{data.decode('utf-8', 'replace')}"
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for one in book.infolist():
                year, month, day, hour, minute, second = one.date_time
                yield f"{name}!{one.filename}", f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
                yield from texts_of(f"{name}!{one.filename}", book.read(one))
    elif data.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(data))
        for number in sorted({*reader.xref.get(0, ()), *reader.xref_objStm}):
            item = reader.get_object(number)
            yield f"{name}!{number}", str(item)
            if hasattr(item, "get_data") and "/Length1" not in item:
                yield f"{name}!{number}", item.get_data().decode("latin-1")
    elif data[:4] in (b"wOF2", b"wOFF", b"\0\1\0\0", b"OTTO"):
        head = TTFont(io.BytesIO(data))["head"]
        yield f"{name}!head", " ".join(str(time - 2_082_844_800) for time in (head.modified, head.created))


def clock_times(text: str, begun: datetime, ended: datetime, known: frozenset[str]) -> set[str]:
    """Return what is a time of the clock: any with its day or seconds, and minutes of the life that the campaign did not say itself."""
    found = {match[0] for stamp in STAMPS for match in stamp.finditer(text)}
    day = begun.replace(hour=0, minute=0, second=1), ended.replace(hour=23, minute=59, second=59)
    for match in NUMBERS.finditer(text):
        whole = match[0].partition(".")[0]
        seconds = int(whole[:10])
        if day[0].timestamp() <= seconds <= day[1].timestamp():
            found.add(match[0])
    count = int((ended - begun).total_seconds() // 60) + 2
    minutes = {f"{zone + timedelta(minutes=step):%H:%M}" for step in range(count) for zone in (begun, begun.astimezone())}
    return found | ({match[1] for match in HOURS.finditer(text)} & minutes - known)


def gathered(folder: Path, begun: datetime, ended: datetime, known: frozenset[str] = frozenset()) -> list[str]:
    """Return what the files below a folder tell of times, and where the codes of readers stand that should not."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        for part, text in texts_of(name, path.read_bytes()):
            if not allowed(name, CLOCK_PLACES):
                found += [f"{part}: {time}" for time in sorted(clock_times(text, begun, ended, known))]
            codes = re.findall(rf"(?<![A-Za-z0-9])(?:{READER}|{TYPIST})(?![A-Za-z0-9])", text)
            if codes and not allowed(name, READER_PLACES):
                found.append(f"{part}: {codes[0]}")
        if name.startswith(OF_ONE_PERSON) and not name.endswith(".lock") and path.stat().st_mtime % 86400:
            found.append(f"{name}: changed at {path.stat().st_mtime}")
    return found


def allowed(name: str, places: dict[str, str]) -> bool:
    return any(fnmatch(name, place) for place in places)


@dataclass(frozen=True)
class Life:
    """A folder with all that a life wrote, also in the user's state and cache folders; from when to when; which hours the campaign says."""

    folder: Path
    begun: datetime
    ended: datetime
    known: frozenset[str]

    def gathered(self) -> list[str]:
        return gathered(self.folder, self.begun, self.ended, self.known)


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """Live by the computer's own clock, and not by the fixed day of the tests."""
    folder = tmp_path_factory.mktemp("life")
    own = {"HOME": str(folder / "home"), "XDG_STATE_HOME": str(folder / "state"), "XDG_CACHE_HOME": str(folder / "cache")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", own["XDG_STATE_HOME"])
        root = living_campaign(folder / "campaign")
    files = [path for path in root.rglob("*.*") if path.is_file()]
    known = frozenset(hour for path in files for hour in HOURS.findall(path.read_text("utf-8", "replace")))
    env = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | own
    begun = datetime.now(UTC)
    with (folder / "said.log").open("wb") as log:
        command = [sys.executable, "-m", "tests.support.small_life", str(root)]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, check=False)
    assert done.returncode == 0, (folder / "said.log").read_text("utf-8")[-3000:]
    return Life(folder, begun, datetime.now(UTC), known)


@pytest.mark.tools
def test_a_whole_life_tells_no_time_and_no_reader_but_where_it_must(life: Life) -> None:
    written = {path.relative_to(life.folder).parts[0] for path in life.folder.rglob("*") if path.is_file()}
    assert written >= {"campaign", "state", "cache", "said.log", "back.xlsx"}
    for place in (
        "locales/fr/reviews.jsonl",
        "audio/fr/recordings.jsonl",
        "output/site/index.html",
        "output/packs/example",
        ".leaflets-desk",
    ):
        assert (life.folder / "campaign" / place).exists(), place

    assert life.gathered() == []


@pytest.mark.tools
@pytest.mark.parametrize("place", ["campaign/locales/fr/planted.jsonl", "state/planted.json", "campaign/output/planted.zip"])
def test_what_is_planted_is_found(life: Life, place: str) -> None:
    """Seen in plain text, in a zip and in its directory; as a stamp, as seconds, and as an hour of the life."""
    path = life.folder / place
    if place.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as book:
            book.writestr(zipfile.ZipInfo("a.txt", (2026, 11, 30, 14, 23, 1)), "text")
        wanted = 1
    else:
        hour = life.begun - timedelta(days=0)
        rows = [hour.isoformat(), str(int(hour.timestamp())), str(int(hour.timestamp() * 1e9)), f"at {hour:%H:%M} by {READER}"]
        path.write_text("\n".join(rows), "utf-8")
        wanted = 4 if f"{hour:%H:%M}" in life.known else 5
    try:
        assert len(set(life.gathered())) >= wanted
        assert all(place in one for one in life.gathered())
    finally:
        path.unlink()
