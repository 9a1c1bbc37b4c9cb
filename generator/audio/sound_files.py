"""Sound files on the disk, and the machine that reads aloud; an edge."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from generator.audio.recording_state import LARGEST_RECORDING, SOUND_MARKS, SOUND_NAME
from generator.base.files import file_error, read_bytes
from generator.problem import LeafletsError, Problem

RECORDINGS_LEDGER = "recordings.jsonl"
VOICE_MACHINE = "espeak-ng"

# Longest time that the machine may take for one sentence.
SPEECH_SECONDS = 60


def delete_file(path: Path) -> None:
    """Delete a file, if it is there; raise LeafletsError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise file_error(path, error, "delete") from None


def sounds_below(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every sound in a folder and the folders in it, with its sha256, whatever its name."""
    for path in sorted(folder.rglob("*.*")):
        small = path.suffix[1:] in SOUND_MARKS and path.is_file() and not path.is_symlink()
        if small and path.stat().st_size <= LARGEST_RECORDING:
            yield path, hashlib.sha256(read_bytes(path, LARGEST_RECORDING)).hexdigest()


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
