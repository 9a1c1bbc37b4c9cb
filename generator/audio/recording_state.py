"""Recordings of sentences: what their files are called, of what kind they are, and which of them may be offered.

A recording holds for exactly the wording that was read: its file name carries the wording's key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.base.digests import digest

WHOLE_LEAFLET = "leaflet"
"""Stands where the id of a message stands, for a recording of a whole leaflet."""
SOUND_MARKS: dict[str, tuple[int, bytes]] = {
    "ogg": (0, b"OggS"),
    "webm": (0, b"\x1aE\xdf\xa3"),
    "wav": (8, b"WAVE"),
    "m4a": (4, b"ftyp"),
    "mp3": (0, b"ID3"),
}
"""Kinds of sound that browsers record or people send, with what their files hold and where (RFC 7845, RFC 8794, ISO 14496-12)."""
SOUND_TYPES = {
    "ogg": "audio/ogg",
    "webm": "audio/webm",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
}
SOUND_NAME = re.compile(
    rf"(?P<message>[a-z0-9]+(?:[.-][a-z0-9]+)*)\.(?P<key>[0-9a-f]{{20}})\.(?P<kind>{'|'.join(SOUND_MARKS)})"
)
LARGEST_RECORDING = 3_000_000
"""Bytes of one recording: two minutes of Opus with room to spare, or one of WAV."""


class Voice(StrEnum):
    """How far a recording is: read by a person, made by a machine, not signed, or of another wording."""

    READ = "read"
    MACHINE = "machine"
    UNSIGNED = "unsigned"
    OLD = "old"


@dataclass(frozen=True)
class RecordingSignature:
    """One line of the ledger of recordings: who stands behind which file."""

    file: str
    """Leaflet and name, with a slash."""
    sha256: str
    who: str
    at: str
    machine: bool = False


def sound_kind(data: bytes) -> str:
    """Return the kind of a sound file, or nothing for any other file.

    >>> sound_kind(b"OggS"), sound_kind(b"RIFF....WAVEfmt "), sound_kind(b"<html>")
    ('ogg', 'wav', '')
    """
    return next(
        (
            kind
            for kind, (place, mark) in SOUND_MARKS.items()
            if data[place : place + len(mark)] == mark
        ),
        "",
    )


def recording_keys(wordings: Mapping[str, str]) -> dict[str, str]:
    """Return the keys by message that a recording may have today, and that of the whole leaflet; `wordings` in page order."""
    return dict(wordings) | {WHOLE_LEAFLET: digest(WHOLE_LEAFLET, *wordings.values())[:20]}


def recording_voice(
    name: str, today: Mapping[str, str], deed: RecordingSignature | None, sha256: str
) -> Voice:
    """Return how far a recording is; `today` has the keys of now, `deed` is the last one on its file."""
    match = SOUND_NAME.fullmatch(name)
    if match is None or today.get(match["message"]) != match["key"]:
        return Voice.OLD
    if deed is None or deed.sha256 != sha256:
        return Voice.UNSIGNED
    return Voice.MACHINE if deed.machine else Voice.READ
