"""Sounds without what a phone writes into them: times, places, names, devices; pure.

Nothing moves: what is taken out is overwritten in its place, so that the sound itself stays as it
was. What is no file of its kind comes back as it is: browsers do not play it either.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import suppress

# Boxes of MP4 that hold other boxes (ISO 14496-12), and those that hold what is said about a sound.
_MP4_FOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"mvex", b"moof", b"traf")
_MP4_NOTES = (b"udta", b"meta", b"uuid", b"free", b"skip", b"pdin")

# Boxes of MP4 that begin with version, flags, and the times of creation and of the last change.
_MP4_DATED = (b"mvhd", b"tkhd", b"mdhd")

# Chunks of WAV that a sound needs; all others are notes.
_WAV_SOUND = (b"fmt ", b"fact", b"data")

# Elements of WebM (RFC 9559) that hold others, and those that are notes: date, title, tags, files.
_WEBM_FOLDERS = (0x18538067, 0x1549A966)
_WEBM_NOTES = (0x4461, 0x7BA9, 0x1254C367, 0x1941A469, 0x7384, 0x73A4, 0xBF, 0xEC)
_WEBM_VOID = 0xEC

# The first bytes of the packet with the comments, in Opus (RFC 7845) and in Vorbis.
_OGG_COMMENTS = (b"OpusTags", b"\x03vorbis")
_OGG_CRC = 0x04C11DB7

# An ID3 tag with nothing in it, and the ends of MP3 files that hold notes, with their sizes.
_ID3_EMPTY = b"ID3\x04\x00\x00\x00\x00\x00\x00"
_ID3_OLD, _APE_END = 128, 32
# So many bytes a file may have at its end that do not belong there.
_DAMAGED = 256

# The bit that says that an APE tag also has a beginning, as long as its end.
_APE_HEAD = 0x80000000


def without_notes(data: bytes, kind: str) -> bytes:
    """Return a sound of a kind without everything that is no sound.

    >>> without_notes(b"no sound at all", "wav")
    b'no sound at all'
    """
    try:
        return _CLEANERS[kind](data)
    except (struct.error, IndexError, ValueError):
        return data


def _wav(data: bytes) -> bytes:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return data
    kept, place = b"", 12
    while place + 8 <= len(data):
        name, size = data[place : place + 4], struct.unpack_from("<I", data, place + 4)[0]
        end = min(len(data), place + 8 + size + size % 2)
        kept += data[place:end] if name in _WAV_SOUND else b""
        place = end
    return b"RIFF" + struct.pack("<I", 4 + len(kept)) + b"WAVE" + kept


def _mp3(data: bytes) -> bytes:
    """Put an empty tag in the place of the one before the sound, and leave out those after it."""
    while data[:3] == b"ID3":
        size = sum(byte << 7 * place for place, byte in enumerate(reversed(data[6:10])))
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    if (place := data.rfind(b"TAG", max(0, len(data) - _ID3_OLD - _DAMAGED))) >= 0:
        data = data[:place]
    if (place := data.rfind(b"APETAGEX", max(0, len(data) - _APE_END - _DAMAGED))) >= 0:
        size, _, flags = struct.unpack_from("<III", data.ljust(place + _APE_END, b"\0"), place + 12)
        before = size - _APE_END + (_APE_END if flags & _APE_HEAD else 0)
        data = data[: max(0, place - before)]
    return _ID3_EMPTY + data


def _mp4(data: bytes) -> bytes:
    return _cleaned(data, _clean_boxes)


def _cleaned(data: bytes, clean: Callable[[bytearray, int, int], None]) -> bytes:
    """Return a sound cleaned from its beginning to where it is damaged; players end there too."""
    changed = bytearray(data)
    with suppress(struct.error, IndexError, ValueError):
        clean(changed, 0, len(data))
    return bytes(changed)


def _clean_boxes(data: bytearray, place: int, end: int) -> None:
    while place + 8 <= end:
        size, name = struct.unpack_from(">I", data, place)[0], bytes(data[place + 4 : place + 8])
        head = 16 if size == 1 else 8
        size = struct.unpack_from(">Q", data, place + 8)[0] if size == 1 else size or end - place
        if size < head:
            return
        size = min(size, end - place)
        if name in _MP4_NOTES:
            data[place + 4 : place + 8] = b"free"
            data[place + head : place + size] = bytes(max(0, size - head))
        elif name in _MP4_DATED:
            times = 16 if data[place + head] == 1 else 8
            dated = slice(place + head + 4, min(place + size, place + head + 4 + times))
            data[dated] = bytes(max(0, dated.stop - dated.start))
        elif name in _MP4_FOLDERS:
            _clean_boxes(data, place + head, place + size)
        place += size


def _webm(data: bytes) -> bytes:
    return _cleaned(data, _clean_elements)


def _clean_elements(data: bytearray, place: int, end: int) -> None:
    while place < end:
        start = place
        name, place = _vint(data, place, marked=True)
        size, place = _vint(data, place, marked=False)
        last = end if size < 0 else min(end, place + size)
        if name in _WEBM_FOLDERS:
            _clean_elements(data, place, last)
        elif name in _WEBM_NOTES:
            data[start:last] = _void(last - start)
        elif size < 0:  # a cluster of a sound that was recorded as it went: the rest is sound
            return
        place = last


def _vint(data: bytearray, place: int, marked: bool) -> tuple[int, int]:
    """Return a number of variable length and where it ends; -1 where the size is not known."""
    width = 9 - data[place].bit_length()
    value = int.from_bytes(data[place : place + width], "big")
    if width > 8 or place + width > len(data):
        raise ValueError(place)
    if not marked:
        value &= (1 << 7 * width) - 1
        value = -1 if value == (1 << 7 * width) - 1 else value
    return value, place + width


def _void(size: int) -> bytes:
    """Return an element of a size that says nothing."""
    if size < 2:
        raise ValueError(size)
    short = size - 2 < 0x7F
    head = bytes([_WEBM_VOID, 0x80 | size - 2]) if short else bytes([_WEBM_VOID, 0x01])
    return (
        head + (b"" if short else (size - 9).to_bytes(7, "big")) + bytes(size - (2 if short else 9))
    )


def _ogg(data: bytes) -> bytes:
    """Empty the second packet, in which the comments stand, and sum its pages again."""
    changed = bytearray(data)
    places = _second_packet(data)
    packet = bytes(data[place] for place in places)
    mark = next((mark for mark in _OGG_COMMENTS if packet.startswith(mark)), None)
    if mark is None:
        return data
    vendor = struct.unpack_from("<I", packet, len(mark))[0]
    head = packet[: len(mark) + 4 + vendor] + bytes(4)
    head += b"\x01" if mark == _OGG_COMMENTS[1] else b""
    for place, byte in zip(places, head.ljust(len(packet), b"\0"), strict=True):
        changed[place] = byte
    for start, body, end in _pages(data):
        if any(body <= place < end for place in places):
            changed[start + 22 : start + 26] = bytes(4)
            changed[start + 22 : start + 26] = struct.pack("<I", _ogg_sum(changed[start:end]))
    return bytes(changed)


def _pages(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where each page begins, where its packets begin, and where it ends."""
    place = 0
    while data[place : place + 4] == b"OggS":
        body = place + 27 + data[place + 26]
        end = body + sum(data[place + 27 : body])
        yield place, body, end
        place = end


def _second_packet(data: bytes) -> list[int]:
    """Return the place of each byte of the second packet."""
    number, places = 0, list[int]()
    for start, body, _ in _pages(data):
        for length in data[start + 27 : body]:
            places += range(body, body + length) if number == 1 else ()
            body += length
            number += length < 255
            if number > 1:
                return places
    return []


def _ogg_sum(page: bytearray) -> int:
    total = 0
    for byte in page:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1 ^ (_OGG_CRC if total & 0x80000000 else 0)) & 0xFFFFFFFF
    return total


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "wav": _wav,
    "mp3": _mp3,
    "m4a": _mp4,
    "webm": _webm,
    "ogg": _ogg,
}
