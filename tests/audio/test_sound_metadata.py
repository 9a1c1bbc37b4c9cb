"""What a phone writes into a sound is gone, and the sound is the same: real files, decoded by a real browser."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.audio.recorder import NewRecording, keep_recording
from generator.audio.recording_state import Heard, sound_kind
from generator.audio.sound_metadata import without_notes
from generator.campaign.project import Project
from tests.audio.test_record import key

if TYPE_CHECKING:
    from playwright.sync_api import Page

SOUNDS = sorted((Path(__file__).parent / "sounds").iterdir())
"""A fifth of a second each, made by FFmpeg with a title, a name, a place, and 2026-11-30 14:23:05."""
CREATED = struct.pack(">I", 1_796_048_585 + 2_082_844_800), (1_796_048_585 - 978_307_200).to_bytes(8, "big")[:4]
"""That moment as MP4 counts it, and the first bytes of it as WebM does: whoever looks only for text overlooks them."""
SAMPLES = """async (text) => {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const sound = await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(bytes.buffer);
    const found = sound.getChannelData(0);
    let [last, sum] = [0, 0];
    found.forEach((one, place) => { if (one) { last = place; sum += Math.abs(one); } });
    return [last, Math.round(sum * 1000)];
}"""


@pytest.mark.parametrize("path", SOUNDS, ids=lambda path: path.name)
def test_no_name_place_or_time_is_left(campaign: Path, path: Path) -> None:
    data = path.read_bytes()
    assert b"Private Name" in data
    assert b"Private Place" in data

    kept = keep_recording(Project(campaign), NewRecording("fr", "not-alone", "say", key(campaign), data, Heard.HOUSE)).read_bytes()

    assert sound_kind(kept) == path.suffix[1:]
    assert not [word for word in (b"Private", b"2026", b"14:23", b"51.5") if word in kept]
    if path.suffix == ".m4a":
        assert CREATED[0] in data
        assert CREATED[0] not in kept
    assert without_notes(kept, path.suffix[1:]) == kept


def test_a_date_in_numbers_is_gone_from_webm() -> None:
    segment = (
        b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
        + b"\x15\x49\xa9\x66\x8b"
        + b"\x44\x61\x88"
        + b"\x0a\xbc\xde\xf0\x12\x34\x56\x78"
    )

    clean = without_notes(b"\x1aE\xdf\xa3\x80" + segment, "webm")

    assert b"\x0a\xbc\xde\xf0" not in clean
    assert clean == b"\x1aE\xdf\xa3\x80" + segment[:17] + b"\xec\x89" + bytes(9)


@pytest.mark.parametrize("kind", ["ogg", "webm", "wav", "m4a", "mp3"])
def test_what_is_damaged_costs_nothing_else(kind: str) -> None:
    """Every beginning of every file, and every kind taken for this one: no error, and it ends."""
    for path in SOUNDS:
        data = path.read_bytes()
        for end in range(0, 600, 7):
            assert isinstance(without_notes(data[:end], kind), bytes)


@pytest.mark.parametrize("path", SOUNDS, ids=lambda path: path.name)
def test_nothing_private_is_left_of_a_sound_that_is_damaged_at_its_end(path: Path) -> None:
    data = path.read_bytes()
    for damaged in (data + b"\0", data + bytes(40), data[:-1], data[:-5], data[:-40]):
        clean = without_notes(damaged, path.suffix[1:])
        assert not [word for word in (b"Private", b"2026", b"14:23", b"51.5") if word in clean], len(damaged) - len(data)


def ape(head: bool) -> bytes:
    """Return an APE tag (version 2) with a name, with its beginning or without."""
    item = struct.pack("<II", 12, 0) + b"Artist\0Private Name"
    mark, count = b"APETAGEX" + struct.pack("<III", 2000, len(item) + 32, 1), bytes(8)
    begin = mark + struct.pack("<I", 0xA0000000) + count
    return (begin if head else b"") + item + mark + struct.pack("<I", 0x80000000 if head else 0) + count


OLD = b"TAG" + b"Private Title".ljust(125, b"\0")
LYRICS = b"LYRICSBEGININD0000200Private Words" + b"000034LYRICS200"
TAGS = {
    "APE": ape(head=False),
    "APE with its beginning": ape(head=True),
    "APE before the old tag": ape(head=True) + OLD,
    "APE behind the old tag": OLD + ape(head=False),
    "APE before bytes that do not belong there": ape(head=True) + bytes(range(1, 50)),
    "old tag before bytes that do not belong there": OLD + bytes(range(1, 250)) * 9,
    "lyrics": LYRICS + OLD,
    "longer old tag": b"TAG+" + b"Private Title".ljust(223, b"\0") + OLD,
    "tag of today at the end": b"ID3\x04\0\0\0\0\0\x17TPE1\0\0\0\r\0\0\0Private Name" + b"3DI\x04\0\x10\0\0\0\x17",
}
"""Notes that other programs write behind the sound of an MP3 file."""


@pytest.mark.parametrize("tag", TAGS.values(), ids=TAGS)
@pytest.mark.parametrize("cut", [0, 300])
def test_no_tag_of_an_mp3_file_is_left(tag: bytes, cut: int) -> None:
    """Whichever tag, also behind a last frame that is cut off; of the sound at most that frame goes."""
    sound = without_notes((Path(__file__).parent / "sounds" / "voice.mp3").read_bytes(), "mp3")

    clean = without_notes(sound[: len(sound) - cut] + tag, "mp3")

    assert b"Private" not in clean
    assert sound.startswith(clean)
    assert len(sound) - len(clean) < 400


@pytest.mark.parametrize("path", SOUNDS, ids=lambda path: path.name)
@pytest.mark.parametrize(
    "name", ["APE with its beginning", "old tag before bytes that do not belong there", "tag of today at the end", "itself"]
)
def test_nothing_private_is_left_of_what_stands_behind_a_sound(path: Path, name: str) -> None:
    """Programs put tags of MP3 behind files of every kind; a sound that stands twice in a file has its notes twice."""
    data, kind = path.read_bytes(), path.suffix[1:]

    clean = without_notes(data + TAGS.get(name, data), kind)

    assert b"Private" not in clean
    assert clean.startswith(without_notes(data, kind))


@pytest.mark.tools
@pytest.mark.parametrize("path", SOUNDS, ids=lambda path: path.name)
def test_a_browser_hears_the_same(page: Page, path: Path) -> None:
    data = path.read_bytes()
    before, after = (page.evaluate(SAMPLES, base64.b64encode(one).decode()) for one in (data, without_notes(data, path.suffix[1:])))

    assert before[1] > 0
    if path.suffix == ".mp3":  # Chromium takes the old tag at the end for a bit of sound
        assert after[1] == pytest.approx(before[1], rel=0.05)
    else:
        assert after == before
