"""The ledger of recordings: signed lines that say where each voice may be heard; an edge.

A line names the lines before it on the same sound that it takes the place of. Where two stand
beside each other, as after copies of two computers were put together, the stricter wish counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.audio.recording_state import ANSWERS, Heard, RecordingEntry
from generator.base import jsonl
from generator.base.files import forget_time, write_file
from generator.base.jsonl import JsonLines
from generator.problem import Problem, Severity
from generator.review.signed_lines import (
    VOICES,
    SignedLines,
    side_ledger,
    sign_side,
    signed_lines,
)
from generator.trust.readers_edge import campaign_registry, check_chain_fields
from generator.trust.taken_back import remember_taken, taken_back

DAMAGED_RECORDINGS = Problem(
    "recordings",
    "this line of the ledger of recordings is damaged",
    hint="mend it, or remove the line: that recording is unsigned then",
)

# From the strictest wish to the widest; a voice that nobody asked is for the house alone.
_STRICTNESS = (Heard.NEVER, Heard.HOUSE, Heard.UNASKED, Heard.WEBSITE)


@dataclass(frozen=True)
class VoiceLedger:
    """What stands in the ledger of recordings of one language."""

    path: Path
    lines: JsonLines
    signed: SignedLines
    entries: Mapping[str, RecordingEntry]
    """What counts of each file now, by leaflet and name."""

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with lines, each with its file and its number."""
        yield from self.signed.problems
        late = bool(self.signed.reading.sound)
        for place in self.signed.unsigned:
            if self.lines.rows[place].get("machine") is not True:
                yield _unsigned(f"{self.path}:{self.lines.numbers[place]}", late)


def _unsigned(where: str, late: bool) -> Problem:
    if late:
        what = "no key has signed where this voice may be heard, so it is not played"
        hint = "delete the line, and let the sentence be read again: leaflets record"
        return Problem("recording-unsigned", what, where, hint)
    what = "this recording is of an earlier version and not confirmed, so it is not played"
    hint = "listen to it, then an organiser types: leaflets upgrade"
    return Problem("recording-unsigned", what, where, hint, Severity.WARNING)


def read_voices(path: Path) -> VoiceLedger:
    """Return the ledger of recordings of a language; raise LeafletsError for a damaged line."""
    lines, entries = jsonl.read_lines(path, _entry_of, DAMAGED_RECORDINGS)
    root, ledger = side_ledger(path, VOICES)
    signed = signed_lines(root, ledger, path, lines)
    return VoiceLedger(path, lines, signed, _now(root, ledger, signed, entries))


def recording_entries(path: Path) -> Mapping[str, RecordingEntry]:
    """Return what counts of each file; raise LeafletsError for a damaged ledger."""
    return read_voices(path).entries


def _entry_of(row: Mapping[str, Any]) -> RecordingEntry:
    """Return a line; those of earlier versions also name who spoke and when: that is not read."""
    if "by" in row:
        check_chain_fields(row)
    (file,) = jsonl.text_fields(row, "file")
    heard = next((one for one in ANSWERS if one == row.get("heard")), Heard.UNASKED)
    sha256, voice, words = (row.get(key, "") for key in ("sha256", "voice", "words"))
    over = row.get("over", [])
    texts = (sha256, voice, words, *over) if isinstance(over, list) else (None,)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(row)
    machine, withdrawn = (row.get(key) is True for key in ("machine", "withdrawn"))
    return RecordingEntry(file, sha256, heard, voice, machine, withdrawn, words, tuple(over))


def _now(
    root: Path, ledger: str, signed: SignedLines, entries: Sequence[RecordingEntry]
) -> dict[str, RecordingEntry]:
    """Return what counts of each file: signed lines, and what was taken back here once."""
    campaign = campaign_registry(root).campaign
    link_at = {place: link for link, place in signed.reading.links.items()}
    counting = {link_at[place]: entries[place] for place in signed.counting}
    ended = {
        link: {"file": one.file, "withdrawn": one.withdrawn, "over": _all_before(link, counting)}
        for link, one in counting.items()
        if not one.sha256
    }
    remember_taken(campaign, ledger, ended)
    for link, row in taken_back(campaign, ledger).items():
        if not counting.keys().isdisjoint(row["over"]):
            counting[link] = _entry_of(row)
    over = {link for one in counting.values() for link in one.links}
    live: dict[str, list[RecordingEntry]] = {}
    for link, one in counting.items():
        if link not in over:
            live.setdefault(one.file, []).append(replace(one, links=(link,)))
    unsigned = (entries[place] for place in signed.unsigned)
    found = {one.file: replace(one, heard=_unsigned_wish(one), links=()) for one in unsigned}
    found |= {file: _strictest(ones, signed.sound) for file, ones in live.items()}
    return found


def _all_before(link: str, counting: Mapping[str, RecordingEntry]) -> list[str]:
    """Return the links of all lines that one took the place of, step by step."""
    found: set[str] = set()
    todo = {*counting[link].links}
    while todo:
        found |= todo
        todo = {old for one in todo & counting.keys() for old in counting[one].links} - found
    return sorted(found)


def _unsigned_wish(entry: RecordingEntry) -> Heard:
    """Return where a voice that no key stands behind may be heard: a machine's by nobody."""
    return Heard.NEVER if entry.machine else entry.heard


def _strictest(ones: Sequence[RecordingEntry], sound: bool) -> RecordingEntry:
    """Return what counts of several lines on one file; nothing is confirmed by a broken chain."""
    found = next((one for one in ones if not one.sha256), ones[-1])
    return replace(
        found,
        heard=min((one.heard for one in ones), key=_STRICTNESS.index),
        withdrawn=any(one.withdrawn for one in ones),
        links=tuple(link for one in ones for link in one.links),
        confirmed=sound,
    )


def enter(path: Path, changed: Iterable[RecordingEntry]) -> None:
    """Sign what counts of some files from now on; call it under the lock of the folder.

    A machine's voice carries no signature: a draft is never played as read. Unsigned lines of
    these files go. Raise LeafletsError where this computer cannot sign.
    """
    voices, new = read_voices(path), list(changed)
    root, ledger = side_ledger(path, VOICES)
    names = {one.file for one in new}
    before = {name: voices.entries[name].links for name in names & voices.entries.keys()}
    rows = [_row(one, before.get(one.file, ())) for one in new if _is_signed(one, before)]
    made = [_row(one, ()) for one in new if one.machine and not before.get(one.file)]
    kept = [
        text
        for text, row in zip(voices.lines.texts, voices.lines.rows, strict=True)
        if "by" in row or row["file"] not in names
    ]
    signed = sign_side(root, ledger, voices.signed.reading, rows) if rows else []
    lines = [*kept, *(jsonl.json_line(row)[:-1] for row in made), *signed]
    if lines:
        write_file(path, "".join(f"{line}\n" for line in lines))
        forget_time(path)
    else:
        path.unlink(missing_ok=True)
    if rows:
        read_voices(path)  # so that this computer knows what was taken back


def _is_signed(entry: RecordingEntry, before: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether an entry needs a signature: what nobody ever signed just goes."""
    if before.get(entry.file):
        return True
    return not entry.machine and bool(entry.sha256 or entry.withdrawn)


def _row(entry: RecordingEntry, over: Sequence[str]) -> dict[str, Any]:
    """Return a line without what is not so."""
    known = {name: value for name, value in vars(entry).items() if value}
    row = {name: value for name, value in known.items() if name not in ("links", "confirmed")}
    row = {name: value for name, value in row.items() if value is not Heard.UNASKED}
    return row | ({"over": list(over)} if over else {})
