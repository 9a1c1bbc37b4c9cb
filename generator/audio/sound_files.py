"""Sound files on the disk, the ledger of who recorded them, and the machine that reads aloud."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.audio.recording_state import LARGEST_RECORDING, SOUND_NAME, RecordingSignature
from generator.base import jsonl
from generator.base.files import read_bytes
from generator.problem import LeafletsError, Problem

RECORDINGS_LEDGER = "recordings.jsonl"
VOICE_MACHINE = "espeak-ng"

# Longest time that the machine may take for one sentence.
SPEECH_SECONDS = 60
DAMAGED_RECORDINGS = Problem(
    "recordings",
    "this line of the ledger of recordings is damaged",
    hint="mend it, or remove the line: that recording is unsigned then",
)


def recording_signatures(path: Path) -> dict[str, RecordingSignature]:
    """Return the last signature on each file; raise LeafletsError for a damaged ledger."""
    rows = jsonl.read_rows(path, _signature_of, DAMAGED_RECORDINGS)
    return {signature.file: signature for signature in rows}


def _signature_of(row: Mapping[str, Any]) -> RecordingSignature:
    file, sha256, who, at = jsonl.text_fields(row, "file", "sha256", "who", "at")
    return RecordingSignature(file, sha256, who, at, row.get("machine") is True)


def sign_recording(path: Path, signature: RecordingSignature) -> None:
    """Add a signature to the ledger; call it under the lock of the folder."""
    row = {name: value for name, value in vars(signature).items() if value is not False}
    jsonl.append_rows(path, [row])


def sounds_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the recordings in a folder with their sha256; no folder means none."""
    for path in sorted(folder.glob("*.*")):
        if SOUND_NAME.fullmatch(path.name):
            yield path, hashlib.sha256(read_bytes(path, LARGEST_RECORDING)).hexdigest()


def machine_speech(text: str, voice: str) -> bytes:
    """Return a text as the machine speaks it, as WAV.

    Raises LeafletsError where the machine is not installed or fails.
    """
    program = shutil.which(VOICE_MACHINE)
    if program is None:
        what = f"{VOICE_MACHINE} is not installed"
        raise LeafletsError(Problem("no-voice", what, hint=f"sudo apt install {VOICE_MACHINE}"))
    command = [program, "-v", voice, "--stdin", "--stdout"]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, text on stdin
            command, input=text.encode(), capture_output=True, timeout=SPEECH_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        what = f"{VOICE_MACHINE} could not read this aloud: {error}"
        raise LeafletsError(
            Problem("no-voice", what, hint="leave this sentence to a person")
        ) from None
    return done.stdout
