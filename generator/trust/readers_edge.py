"""Read and extend `locales/readers.jsonl`: an edge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.base import jsonl
from generator.base.leftovers import sweep_dead_leftovers
from generator.problem import Problem
from generator.trust.chain import HEAD_LOST, ChainFault, ChainReading, signed_line
from generator.trust.faults import chain_problem, head_faults
from generator.trust.keys import key_name, new_seed, public_key
from generator.trust.memory import (
    FOLLOWED,
    computer_key,
    expected_heads,
    folder_memory,
    folder_strand,
    follow_heads,
    keep_key,
    remember_heads,
)
from generator.trust.readers_file import (
    READERS_LEDGER,
    ROOT_TWICE,
    SECOND_CODE,
    ChainEnd,
    ReaderDeed,
    Registry,
    read_registry,
)

_DAMAGED = Problem(
    "readers-file",
    "not a line about readers",
    hint="the line was damaged or cut off: get the file back from git",
)
# The forms of what lines hold: a key's name with its folder's part, a link, a public key, a code.
_BY = re.compile(r"[0-9a-f]{32}\.(?:[0-9a-f]{8}|root)")
_LINK = re.compile(r"[0-9a-f]{32}")
_PUBLIC = re.compile(r"[A-Za-z0-9_-]{43}")
_CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")
# More lines than anybody signs.
_MOST_LINES = 1_000_000_000
# The fields of each kind of line besides those that every signed line has.
_FIELDS = {
    ReaderDeed.FOUND: ("key", "recovery"),
    ReaderDeed.ASK: ("code", "key"),
    ReaderDeed.ADMIT: ("code", "key"),
    ReaderDeed.ORGANISER: ("key",),
    ReaderDeed.RETIRE: ("key",),
    ReaderDeed.ADOPT: (),
}


def readers_path(root: Path) -> Path:
    """Return where a campaign says who may sign."""
    return root / "locales" / "readers.jsonl"


def campaign_registry(root: Path) -> Registry:
    """Return who may sign in a campaign; raise LeafletsError with a damaged line."""
    path = readers_path(root)
    if not path.exists():
        return Registry()
    status = path.stat()
    return _registry(path, (status.st_size, status.st_mtime_ns, status.st_ino))


@lru_cache(16)
def _registry(path: Path, _stamp: tuple[int, int, int]) -> Registry:
    return read_registry(jsonl.read_lines(path, _checked_row, _DAMAGED)[0])


def readers_rows(root: Path) -> Sequence[Mapping[str, Any]]:
    """Return the lines about readers as objects; raise LeafletsError for a damaged one."""
    return jsonl.read_lines(readers_path(root), _checked_row, _DAMAGED)[0].rows


def _checked_row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row; raise ValueError, KeyError or TypeError if it is none of this file."""
    check_chain_fields(row)
    jsonl.text_fields(row, *_FIELDS[ReaderDeed(row["do"])])
    forms = {"key": _PUBLIC, "recovery": _PUBLIC, "code": _CODE}
    if not all(form.fullmatch(row[name]) for name, form in forms.items() if name in row):
        raise ValueError(row)
    links: list[object] = []
    if row["do"] == ReaderDeed.RETIRE:
        links = [link for named in row["last"].values() for link in named]
    elif row["do"] == ReaderDeed.ADOPT:
        links = [link for named in row["settled"].values() for link in named]
        links += [link for chains in row["ends"].values() for link in chains.values()]
    if not all(isinstance(link, str) and _LINK.fullmatch(link or "0" * 32) for link in links):
        raise ValueError(row)
    return row


def check_chain_fields(row: Mapping[str, Any]) -> None:
    """Raise ValueError, KeyError or TypeError where a row has not the fields of a signed line."""
    by, n, prev, sig = row["by"], row["n"], row["prev"], row["sig"]
    if type(sig) is not str or type(n) is not int or not 0 < n < _MOST_LINES:
        raise ValueError(row)
    _check_chain_name(by)
    if prev != "" and not _LINK.fullmatch(prev):
        raise ValueError(row)
    if "seen" in row:
        seen = row["seen"]
        if type(seen) is not list or not all(map(_LINK.fullmatch, seen)):
            raise ValueError(row)


@lru_cache(4096)
def _check_chain_name(by: str) -> None:
    if not _BY.fullmatch(by):
        raise ValueError(by)


def registry_problems(root: Path) -> list[Problem]:
    """Return what is wrong with the lines about readers, each with file and line.

    Where there is something, nothing in the campaign is ready.
    """
    numbers, path = campaign_registry(root).numbers, readers_path(root)
    return [chain_problem(fault, path, numbers) for fault in registry_faults(root)]


def registry_faults(root: Path) -> list[ChainFault]:
    """Return what is wrong with the lines about readers, and no organiser has settled."""
    registry, memory = campaign_registry(root), folder_memory(root)
    faults = [fault for fault in registry.reading.faults if _is_grave(registry, fault)]
    if memory.campaign and registry.campaign != memory.campaign:
        faults.append(ChainFault(ROOT_TWICE, 0))
    elif registry.campaign:
        heads = expected_heads(root, registry.campaign, READERS_LEDGER)
        faults += head_faults(registry.reading, heads)
        faults = unsettled_faults(root, registry, READERS_LEDGER, registry.reading, faults)
    if registry.campaign and not faults:
        heads = registry.known_heads(registry.reading.heads)
        remember_heads(root, registry.campaign, READERS_LEDGER, heads)
        pass_decisions(root, registry, READERS_LEDGER)
    return faults


def _is_grave(registry: Registry, fault: ChainFault) -> bool:
    """Tell whether a fault touches who may sign: whoever is not admitted harms nobody."""
    known = registry.is_known(fault.by.partition(".")[0])
    return known or fault.code in (ROOT_TWICE, SECOND_CODE)


def unsettled_faults(
    root: Path,
    registry: Registry,
    ledger: str,
    reading: ChainReading,
    faults: Iterable[ChainFault],
) -> list[ChainFault]:
    """Return the faults of a ledger that no organiser settled.

    Where lines are gone that this computer has seen, it follows an organiser's decision once, and
    from then on knows the lines that stand there.
    """
    followed = folder_memory(root).heads.get(FOLLOWED, {})
    left, followed_now, chains = [], list[ChainEnd](), set[str]()
    for fault in faults:
        ends = [
            end
            for end in registry.ends
            if (end.ledger, end.by) == (ledger, fault.by)
            and followed_name(end) not in followed
            and (not end.link or end.link in reading.links)
        ]
        if registry.settles(ledger, fault) or (fault.code == HEAD_LOST and ends):
            followed_now += ends
            chains |= {fault.by} if fault.code == HEAD_LOST else set()
        else:
            left.append(fault)
    if chains:
        heads = {by: reading.heads[by] for by in chains & reading.heads.keys()}
        follow_heads(root, ledger, chains, heads, map(followed_name, followed_now))
    return left


def pass_decisions(root: Path, registry: Registry, ledger: str) -> None:
    """Note what organisers decided about lost lines where this computer misses none.

    Else a chain that is cut off there once more would pass for their decision.
    """
    known = folder_memory(root)
    names = [followed_name(end) for end in registry.ends if end.ledger == ledger]
    if known.campaign and not known.heads.get(FOLLOWED, {}).keys() >= {*names}:
        follow_heads(root, ledger, (), {}, names)


def followed_name(end: ChainEnd) -> str:
    """Return under which name this computer remembers that it followed a decision."""
    return f"{end.ledger} {end.by} {end.decided}"


def found_campaign(root: Path, recovery: bytes = b"") -> bytes:
    """Begin a campaign's trust on this computer; return the seed of the recovery sheet.

    Whoever writes the sheet gives its seed and writes it before: killed between the two, nobody
    else has it. This computer's key becomes the first organiser's. Call it under the lock of the
    state folder.
    """
    seed, recovery = new_seed(), recovery or new_seed()
    row = {
        "do": str(ReaderDeed.FOUND),
        "key": public_key(seed),
        "recovery": public_key(recovery),
        # Known only once this line is written, so the folder's own part stands in later ones.
        "by": f"{key_name(public_key(seed))}.root",
        "n": 1,
        "prev": "",
    }
    line, link = signed_line(seed, READERS_LEDGER, row)
    keep_key(link, seed)
    sweep_dead_leftovers(root)
    _add_line(root, line)
    folder_strand(root, link, READERS_LEDGER, ())
    return recovery


def append_reader_line(root: Path, seed: bytes, row: Mapping[str, Any]) -> None:
    """Sign a line with a key and add it; call it under the lock of the state folder."""
    registry = campaign_registry(root)
    name = key_name(public_key(seed))
    links = registry.reading.links
    by = f"{name}.{folder_strand(root, registry.campaign, READERS_LEDGER, links)}"
    number, prev = registry.reading.heads.get(by, (0, ""))
    unseen = sorted(_unseen(registry, by))
    full = {**row, "by": by, "n": number + 1, "prev": prev}
    line, _ = signed_line(seed, READERS_LEDGER, full | ({"seen": unseen} if unseen else {}))
    _add_line(root, line)


def _add_line(root: Path, line: str) -> None:
    """Add a line; what a killed process left beside the file goes, as under a lock of its own."""
    sweep_dead_leftovers(readers_path(root).parent)
    jsonl.append_lines(readers_path(root), [line])


def _unseen(registry: Registry, by: str) -> Iterator[str]:
    """Yield the newest lines of other chains that a chain has not named yet."""
    known = registry.reading.seen.get(by, set())
    for other, (_, link) in registry.reading.heads.items():
        if other != by and link not in known:
            yield link


def own_key(root: Path) -> bytes | None:
    """Return the seed of this computer's key in a campaign, None where it has none."""
    return computer_key(campaign_registry(root).campaign)
