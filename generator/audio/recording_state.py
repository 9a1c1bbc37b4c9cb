"""Recordings of sentences: their file names, their kinds, and which of them may be offered.

A recording holds for exactly the wording that was read: its file name carries the wording's key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.base.digests import OLD_KEY, digest

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
    """Who speaks: a person, a machine, nobody that the ledger knows; or the words have changed."""

    READ = "read"
    MACHINE = "machine"
    UNSIGNED = "unsigned"
    OLD = "old"


class Heard(StrEnum):
    """Where a voice may be heard, as the speaker said."""

    HOUSE = "house"
    """On the campaign's own page, by everybody who was let in; never on the website."""
    WEBSITE = "website"
    NEVER = "never"
    """By the organisers alone."""
    UNASKED = "unasked"
    """The recording is older than the question: as long as nobody answers, by the house alone."""


# What a speaker can answer.
ANSWERS = (Heard.HOUSE, Heard.WEBSITE, Heard.NEVER)


@dataclass(frozen=True)
class RecordingEntry:
    """One line of the ledger of recordings. It does not say who spoke, or when."""

    file: str
    """Leaflet and name, with a slash."""
    sha256: str = ""
    """That of the sound; none once the voice was taken back."""
    heard: Heard = Heard.UNASKED
    voice: str = ""
    """The digest of the code with which the speaker can take the voice back."""
    machine: bool = False
    withdrawn: bool = False
    """Whether the voice may have been on the website, and may not any more."""
    words: str = ""
    """The whole digest of the wording that was read."""
    links: tuple[str, ...] = ()
    """Of a line those it takes the place of; of what counts now those that say so."""
    confirmed: bool = False
    """Whether a key that may sign stands behind it."""

    @property
    def public(self) -> bool:
        """Whether the voice may be on the website, or may have been before there was a question."""
        return not self.machine and self.heard in (Heard.WEBSITE, Heard.UNASKED)


def sound_kind(data: bytes) -> str:
    """Return the kind of a sound file, or an empty string for any other file.

    >>> sound_kind(b"OggS"), sound_kind(b"RIFF....WAVEfmt "), sound_kind(b"<html>")
    ('ogg', 'wav', '')
    """
    marks = SOUND_MARKS.items()
    return next((kind for kind, (place, mark) in marks if data.startswith(mark, place)), "")


def recording_keys(wordings: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of today by message, that of the whole leaflet last.

    They stand in names of files; `wordings` are the digests of the sentences in page order.
    """
    keys = {name: key[:OLD_KEY] for name, key in wordings.items()}
    return keys | {WHOLE_LEAFLET: digest(WHOLE_LEAFLET, *keys.values())[:OLD_KEY]}


def recording_words(wordings: Mapping[str, str]) -> dict[str, str]:
    """Return the whole digests of what is read, by message, that of the whole leaflet last."""
    return dict(wordings) | {WHOLE_LEAFLET: digest(WHOLE_LEAFLET, *wordings.values())}


def recording_voice(
    name: str,
    today: Mapping[str, str],
    words: Mapping[str, str],
    entry: RecordingEntry | None,
    sha256: str,
) -> Voice:
    """Return who speaks; `entry` is what the ledger says of the file.

    `today` has the keys of now, as they stand in names of files, `words` the whole digests.
    """
    match = SOUND_NAME.fullmatch(name)
    if match is None or today.get(match["message"]) != match["key"]:
        return Voice.OLD
    if entry is None or entry.sha256 != sha256:
        return Voice.UNSIGNED
    if entry.machine:
        return Voice.MACHINE
    read = entry.confirmed and entry.words == words[match["message"]]
    return Voice.READ if read else Voice.UNSIGNED
