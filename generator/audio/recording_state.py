"""Recordings of sentences: their file names, their kinds, and which of them may be offered.

A recording holds for exactly the wording that was read: its file name carries the wording's key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.base.digests import digest

# Takes the place of a message's id in a recording of the whole leaflet.
WHOLE_LEAFLET = "leaflet"

# Kinds of sound that browsers record or people send: the bytes that tell them, and where.
#
# See RFC 7845, RFC 8794 and ISO 14496-12.
SOUND_MARKS: dict[str, tuple[int, bytes]] = {
    "ogg": (0, b"OggS"),
    "webm": (0, b"\x1aE\xdf\xa3"),
    "wav": (8, b"WAVE"),
    "m4a": (4, b"ftyp"),
    "mp3": (0, b"ID3"),
}
SOUND_TYPES = {
    "ogg": "audio/ogg",
    "webm": "audio/webm",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
}
SOUND_NAME = re.compile(
    r"(?P<message>[a-z0-9]+(?:[.-][a-z0-9]+)*)\.(?P<key>[0-9a-f]{20})"
    rf"\.(?P<kind>{'|'.join(SOUND_MARKS)})"
)

# Bytes of one recording: two minutes of Opus with room to spare, or one of WAV.
LARGEST_RECORDING = 3_000_000


class Voice(StrEnum):
    """Who speaks on a recording: a person, a machine, nobody who signed; or it is out of date."""

    READ = "read"
    MACHINE = "machine"
    UNSIGNED = "unsigned"
    OLD = "old"


@dataclass(frozen=True)
class RecordingSignature:
    """One line of the ledger of recordings: who signed which file."""

    file: str
    """Leaflet and name, with a slash."""
    sha256: str
    who: str
    at: str
    machine: bool = False


def sound_kind(data: bytes) -> str:
    """Return the kind of a sound file, or an empty string for any other file.

    >>> sound_kind(b"OggS"), sound_kind(b"RIFF....WAVEfmt "), sound_kind(b"<html>")
    ('ogg', 'wav', '')
    """
    marks = SOUND_MARKS.items()
    return next((kind for kind, (place, mark) in marks if data.startswith(mark, place)), "")


def recording_keys(wordings: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of today by message, that of the whole leaflet last.

    `wordings` are the keys of the sentences in page order.
    """
    return dict(wordings) | {WHOLE_LEAFLET: digest(WHOLE_LEAFLET, *wordings.values())[:20]}


def recording_voice(
    name: str, today: Mapping[str, str], signature: RecordingSignature | None, sha256: str
) -> Voice:
    """Return who speaks; `today` has the keys of now, `signature` is the last one on the file."""
    match = SOUND_NAME.fullmatch(name)
    if match is None or today.get(match["message"]) != match["key"]:
        return Voice.OLD
    if signature is None or signature.sha256 != sha256:
        return Voice.UNSIGNED
    return Voice.MACHINE if signature.machine else Voice.READ
