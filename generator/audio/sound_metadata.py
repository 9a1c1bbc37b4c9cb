"""Sounds without what a phone writes into them: times, places, names, devices; pure.

In a file that says where its sound stands nothing moves: what is taken out is overwritten in its
place. Of an MP3, Ogg or WAV file only the parts with sound are kept. Tags of other formats go too.
What is no file of its kind comes back as it is: browsers do not play it either.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import suppress

# Boxes of an MP4 file (ISO 14496-12), those that hold others, and those that say something of it.
_MP4_TOP = (b"ftyp", b"styp", b"sidx", b"moov", b"moof", b"mfra", b"mdat", b"wide")
_MP4_FOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"mvex", b"moof", b"traf")
_MP4_NOTES = (b"udta", b"meta", b"uuid", b"free", b"skip", b"pdin")

# Boxes of MP4 that begin with version, flags, and the times of creation and of the last change.
_MP4_DATED = (b"mvhd", b"tkhd", b"mdhd")

# Chunks of WAV that a sound needs; all others are notes.
_WAV_SOUND = (b"fmt ", b"fact", b"data")

# Elements of a WebM file (RFC 9559), those that hold others, and notes: date, title, tags, files.
_WEBM_TOP = (0x1A45DFA3, 0x18538067)
_WEBM_FOLDERS = (0x18538067, 0x1549A966)
_WEBM_NOTES = (0x4461, 0x7BA9, 0x1254C367, 0x1941A469, 0x7384, 0x73A4, 0xBF, 0xEC)
_WEBM_VOID = 0xEC

# The first bytes of the packet with the comments, in Opus (RFC 7845) and in Vorbis.
_OGG_COMMENTS = (b"OpusTags", b"\x03vorbis")
_OGG_PAGE = b"OggS"
_OGG_CRC = 0x04C11DB7

# An ID3 tag with nothing in it, and what may stand behind the last frame of an MP3 file.
_ID3_EMPTY = b"ID3\x04\x00\x00\x00\x00\x00\x00"
_MP3_ENDS = (b"TAG", b"ID3", b"APETAGEX", b"LYRICSBEGIN")

# Kilobits a second of a frame of MP3 (layer III of ISO 11172-3 and 13818-3) by the bits for it; and
# by the bits for the version the bytes for a bit a second, samples a second, and which rates.
_MP3_RATES = (
    (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_MP3_VERSIONS = {
    3: (144, (44100, 48000, 32000), _MP3_RATES[0]),
    2: (72, (22050, 24000, 16000), _MP3_RATES[1]),
    0: (72, (11025, 12000, 8000), _MP3_RATES[1]),
}


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
    """Return the frames of sound behind an empty tag: all that stands around them is notes."""
    while data[:3] == b"ID3":
        size = sum(byte << 7 * place for place, byte in enumerate(reversed(data[6:10])))
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    kept, place = bytearray(_ID3_EMPTY), 0
    while place < len(data):
        end = place + _mp3_frame(data, place)
        if end > place and (end == len(data) or _follows_mp3(data, end)):
            kept += data[place:end]
            place = end
        else:  # as players do: on to the next beginning of a frame
            place = (data.find(b"\xff", place + 1) + 1 or len(data) + 1) - 1
    return bytes(kept) if len(kept) > len(_ID3_EMPTY) else _ID3_EMPTY + data


def _follows_mp3(data: bytes, place: int) -> bool:
    return data.startswith(_MP3_ENDS, place) or _mp3_frame(data, place) > 0


def _mp3_frame(data: bytes, place: int) -> int:
    """Return how many bytes the frame takes that begins at a place; 0 where none begins."""
    head = int.from_bytes(data[place : place + 4], "big")
    version, layer, rate, samples = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version == 1 or layer != 1 or rate in (0, 15) or samples == 3:
        return 0
    factor, frequencies, rates = _MP3_VERSIONS[version]
    return factor * rates[rate - 1] * 1000 // frequencies[samples] + (head >> 9 & 1)


def _mp4(data: bytes) -> bytes:
    return _cleaned(data, _clean_boxes)


def _cleaned(data: bytes, clean: Callable[[bytearray, int, int], None]) -> bytes:
    """Return a sound cleaned from its beginning to where it is damaged; players end there too."""
    changed = bytearray(data)
    with suppress(struct.error, IndexError, ValueError):
        clean(changed, 0, len(data))
    return bytes(changed)


def _clean_boxes(data: bytearray, place: int, end: int, top: bool = True) -> None:
    while place + 8 <= end:
        size, name = struct.unpack_from(">I", data, place)[0], bytes(data[place + 4 : place + 8])
        head = 16 if size == 1 else 8
        size = struct.unpack_from(">Q", data, place + 8)[0] if size == 1 else size or end - place
        size = end - place if top and size < head else min(size, end - place)
        if size < head:
            return
        if name in _MP4_NOTES or (top and name not in _MP4_TOP):
            data[place + 4 : place + 8] = b"free"
            data[place + head : place + size] = bytes(max(0, size - head))
        elif name in _MP4_DATED:
            times = 16 if data[place + head] == 1 else 8
            dated = slice(place + head + 4, min(place + size, place + head + 4 + times))
            data[dated] = bytes(max(0, dated.stop - dated.start))
        elif name in _MP4_FOLDERS:
            _clean_boxes(data, place + head, place + size, top=False)
        place += size


def _webm(data: bytes) -> bytes:
    return _cleaned(data, _clean_elements)


def _clean_elements(data: bytearray, place: int, end: int, top: bool = True) -> None:
    while place < end:
        start = place
        name, place = _vint(data, place, marked=True)
        size, place = _vint(data, place, marked=False)
        last = end if size < 0 else min(end, place + size)
        if name in _WEBM_FOLDERS:
            _clean_elements(data, place, last, top=False)
        elif name in _WEBM_NOTES or (top and name not in _WEBM_TOP):
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
    """Empty the packets in which comments stand, sum their pages again; what is no page goes."""
    found = b"".join(data[start:end] for start, _, end in _pages(data))
    changed = bytearray(found)
    for places in _comment_packets(found):
        packet = bytes(found[place] for place in places)
        mark = next(mark for mark in _OGG_COMMENTS if packet.startswith(mark))
        vendor = struct.unpack_from("<I", packet, len(mark))[0]
        head = packet[: len(mark) + 4 + vendor] + bytes(4)
        head += b"\x01" if mark == _OGG_COMMENTS[1] else b""
        for place, byte in zip(places, head.ljust(len(packet), b"\0"), strict=True):
            changed[place] = byte
    for start, _, end in _pages(found):
        if changed[start:end] != found[start:end]:
            changed[start + 22 : start + 26] = bytes(4)
            changed[start + 22 : start + 26] = struct.pack("<I", _ogg_sum(changed[start:end]))
    return bytes(changed) or data


def _pages(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where each page begins, where its packets begin, and where it ends."""
    place = data.find(_OGG_PAGE)
    while place >= 0 and place + 27 <= len(data):
        body = place + 27 + data[place + 26]
        end = body + sum(data[place + 27 : body])
        if end <= len(data):
            yield place, body, end
        place = data.find(_OGG_PAGE, end)


def _comment_packets(data: bytes) -> Iterator[list[int]]:
    """Yield the place of each byte of the packets with comments; each stream of a file has one."""
    places = list[int]()
    for start, body, _ in _pages(data):
        for length in data[start + 27 : body]:
            if places or data.startswith(_OGG_COMMENTS, body):
                places += range(body, body + length)
            body += length
            if places and length < 255:
                yield places
                places = []


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
