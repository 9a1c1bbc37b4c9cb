"""Sound files on the disk, the ledger of who recorded them, and the machine that reads aloud."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.audio.recordings import LARGEST, NAME, Deed
from generator.base import jsonl
from generator.base.files import read_bytes
from generator.problem import LeafletsError, Problem

LEDGER = "recordings.jsonl"
MACHINE = "espeak-ng"
SECONDS = 60
"""Longest time for one sentence of the machine."""
DAMAGED = Problem(
    "recordings",
    "this line of the ledger of recordings is damaged",
    hint="mend it, or remove the line: that recording is unsigned then",
)


def deeds(path: Path) -> dict[str, Deed]:
    """Return the last deed on each file; raise LeafletsError for a damaged ledger."""
    return {deed.file: deed for deed in jsonl.read(path, _deed, DAMAGED)}


def _deed(row: Mapping[str, Any]) -> Deed:
    file, sha256, who, at = jsonl.strings(row, "file", "sha256", "who", "at")
    return Deed(file, sha256, who, at, row.get("machine") is True)


def sign(path: Path, deed: Deed) -> None:
    """Add a deed; under the lock of the folder."""
    row = {"file": deed.file, "sha256": deed.sha256, "who": deed.who, "at": deed.at}
    jsonl.append(path, [row | ({"machine": True} if deed.machine else {})])


def sounds(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the recordings in a folder with their sha256; no folder means none."""
    for path in sorted(folder.glob("*.*")) if folder.is_dir() else ():
        if NAME.fullmatch(path.name):
            yield path, hashlib.sha256(read_bytes(path, LARGEST)).hexdigest()


def spoken(text: str, voice: str) -> bytes:
    """Return a text as the machine speaks it, as WAV; raise LeafletsError where it is not installed or fails."""
    program = shutil.which(MACHINE)
    if program is None:
        raise LeafletsError(
            Problem("no-voice", f"{MACHINE} is not installed", hint=f"sudo apt install {MACHINE}")
        )
    command = [program, "-v", voice, "--stdin", "--stdout"]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, text on stdin
            command, input=text.encode(), capture_output=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise LeafletsError(
            Problem(
                "no-voice",
                f"{MACHINE} could not read this aloud: {error}",
                hint="leave this sentence to a person",
            )
        ) from None
    return done.stdout
