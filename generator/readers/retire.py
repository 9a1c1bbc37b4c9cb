"""Retire a key: its reader left, or the computer is lost, or somebody else has it now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.problem import LeafletsError, Problem, UsageError, refusal
from generator.readers.own_key import organiser_seed
from generator.review.ledger import ledger_reading
from generator.review.ledger_event import LedgerEvent
from generator.review.signed_lines import SignedLines, ledger_place, read_side, side_ledgers
from generator.trust.chain import ChainReading
from generator.trust.old_lines import ledger_files
from generator.trust.readers_edge import append_reader_line, campaign_registry, readers_rows
from generator.trust.readers_file import READERS_LEDGER, ReaderDeed, key_of
from generator.trust.signer import keys_locked

# Letters of a line's link that people see and type.
SHORT_LINK = 12


@dataclass(frozen=True)
class SignedLine:
    """A line that a key signed, to choose the last good one from."""

    ledger: str
    link: str
    number: int
    day: str
    did: str
    wording: str
    """The key of what was signed; "" for lines about readers."""


def retire(root: Path, key: str) -> None:
    """End a key: all that it has signed until now counts on, and nothing after it.

    Raise LeafletsError where this computer is no organiser's, and for the last organiser's key.
    """
    with keys_locked():
        _refuse_last(root, key)
        _end(root, organiser_seed(root), key, newest_links(root, key))


def revoke(root: Path, key: str, last_good: Collection[str], seed: bytes | None = None) -> None:
    """End a key that somebody else has: only what stands up to the lines `last_good` counts.

    In a ledger of which no line is named nothing of it counts. `seed` is the recovery key where
    no organiser's computer decides. Raise LeafletsError as `retire` does.
    """
    with keys_locked():
        known = {line.link: line for line in signed_lines(root, key)}
        links: dict[str, list[str]] = {}
        for typed in last_good:
            found = [link for link in known if link.startswith(typed.strip().casefold())]
            if len(found) != 1:
                hint = f"to see the lines: leaflets readers revoke … {key[:8]}"
                what = f"{typed!r} is no line of this key"
                raise UsageError(Problem("line-unknown", what, hint=hint))
            links.setdefault(known[found[0]].ledger, []).append(found[0])
        if seed is None:
            _refuse_last(root, key)
        _end(root, seed or organiser_seed(root), key, links)


def _end(root: Path, seed: bytes, key: str, links: Mapping[str, list[str]]) -> None:
    public = campaign_registry(root).public_of(key)
    row = {"do": str(ReaderDeed.RETIRE), "key": public, "last": dict(links)}
    append_reader_line(root, seed, row)


def _refuse_last(root: Path, key: str) -> None:
    """Raise LeafletsError if no organiser's computer would be left."""
    if campaign_registry(root).live_organisers == {key}:
        what = "this is the last organiser's computer: nobody could decide anything after that"
        hint = (
            "first make another computer an organiser's: leaflets readers admit --organiser; "
            "or, on a computer you trust: leaflets readers recover"
        )
        raise refusal("last-organiser", what, hint=hint)


def newest_links(root: Path, key: str) -> dict[str, list[str]]:
    """Return the newest lines of a key in every ledger, that about readers included."""
    return {
        ledger: [link for by, (_, link) in reading.heads.items() if by.startswith(f"{key}.")]
        for ledger, reading in _readings(root)
    }


def _readings(root: Path) -> Iterator[tuple[str, ChainReading]]:
    """Yield what each ledger proves; one that cannot be read is passed over."""
    yield READERS_LEDGER, campaign_registry(root).reading
    for path in ledger_files(root):
        with suppress(LeafletsError):
            yield ledger_place(path)[1], ledger_reading(path).counted.reading
    for ledger in side_ledgers(root):
        with suppress(LeafletsError):
            yield ledger, read_side(root, ledger).reading


def signed_lines(root: Path, key: str) -> list[SignedLine]:
    """Return what a key signed in every ledger, the newest first."""
    found = [*_reader_lines(root, key)]
    for path in ledger_files(root):
        with suppress(LeafletsError):
            counted, ledger = ledger_reading(path).counted, ledger_place(path)[1]
            links = {place: link for link, place in counted.reading.links.items()}
            numbered = zip(counted.reading.sound, counted.signed, strict=True)
            mine = [(links[place], event) for place, event in numbered if event.by == key]
            found += [_line(ledger, number, *one) for number, one in enumerate(mine, 1)][::-1]
    for ledger in side_ledgers(root):
        with suppress(LeafletsError):
            found += _side_lines(ledger, read_side(root, ledger), key)
    return found


def _side_lines(ledger: str, side: SignedLines, key: str) -> list[SignedLine]:
    """Return what a key signed about deleted texts or about voices, the newest first."""
    links = {place: link for link, place in side.reading.links.items()}
    rows = ((links[place], side.lines.rows[place]) for place in side.reading.sound)
    found = [
        SignedLine(ledger, link, row["n"], "", str(row.get("gone") or row.get("file", "")), "")
        for link, row in rows
        if key_of(row) == key
    ]
    return found[::-1]


def _line(ledger: str, number: int, link: str, event: LedgerEvent) -> SignedLine:
    did = f"{event.who} {event.file_action.partition(':')[0]}"
    return SignedLine(ledger, link, number, event.at, did, event.key)


def _reader_lines(root: Path, key: str) -> list[SignedLine]:
    """Return what a key signed about readers, the newest first."""
    reading, rows = campaign_registry(root).reading, readers_rows(root)
    found = []
    for link, place in reading.links.items():
        row = rows[place]
        if row["by"].startswith(f"{key}."):
            did = f"{row['do']} {row.get('code', '')}".strip()
            found.append(SignedLine(READERS_LEDGER, link, row["n"], "", did, ""))
    return found[::-1]
