"""Adopt what stands in the files, though lines are gone: on purpose, from a backup, or a fork."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.problem import LeafletsError, Problem
from generator.readers.key_list import listed_keys
from generator.readers.own_key import organiser_seed, short_name
from generator.review.ledger import ledger_reading
from generator.review.signed_events import CountedLines
from generator.review.signed_lines import (
    SignedLines,
    ledger_path,
    ledger_place,
    read_side,
    side_ledgers,
)
from generator.trust.chain import HEAD_LOST, ChainFault, ChainReading
from generator.trust.memory import FOLLOWED, folder_memory, forget_heads
from generator.trust.old_lines import ledger_files
from generator.trust.readers_edge import (
    append_reader_line,
    campaign_registry,
    followed_name,
    registry_faults,
    registry_problems,
)
from generator.trust.readers_file import READERS_LEDGER, SETTLED_CODES, ReaderDeed, Registry
from generator.trust.signer import keys_locked


@dataclass(frozen=True)
class Loss:
    """What is missing, or too much, in one chain of one file."""

    ledger: str
    fault: ChainFault
    says: str
    """In words: the file, its line, whose it was."""
    end: str
    """The newest line of the chain that stands there; "" for none."""


def other_root(root: Path) -> bool:
    """Tell whether this computer knew the campaign with other organisers at the beginning."""
    known, registry = folder_memory(root).campaign, campaign_registry(root)
    return bool(known and known != registry.campaign)


def adopt_root(root: Path) -> None:
    """Take the organisers who stand at the beginning of the file, or nobody, for the true ones."""
    registry = campaign_registry(root)
    forget_heads(root, registry.campaign, map(followed_name, registry.ends))


def losses(root: Path) -> list[Loss]:
    """Return what is wrong with chains of people who may sign, and nobody has settled.

    Raise LeafletsError where a ledger cannot be read, and where a line was changed: no decision
    makes one count that its key did not sign.
    """
    registry = campaign_registry(root)
    told = zip(registry_faults(root), registry_problems(root), strict=True)
    found = [*_losses(registry, READERS_LEDGER, registry.reading, told)]
    for ledger in _ledgers(root):
        read = _read(root, ledger)
        told = zip(read.faults, read.problems, strict=False)
        found += _losses(registry, ledger, read.reading, told)
    return found


def _read(root: Path, ledger: str) -> CountedLines | SignedLines:
    if "/" in ledger:
        return read_side(root, ledger)
    return ledger_reading(ledger_path(root, ledger)).counted


def _ledgers(root: Path) -> Iterator[str]:
    """Yield the ledgers that are there, and those that this computer has seen."""
    there = {ledger_place(path)[1] for path in ledger_files(root)}
    seen = {*folder_memory(root).heads} - {READERS_LEDGER, FOLLOWED}
    yield from sorted({*there, *seen, *side_ledgers(root)})


def _losses(
    registry: Registry,
    ledger: str,
    reading: ChainReading,
    told: Iterable[tuple[ChainFault, Problem]],
) -> Iterator[Loss]:
    for fault, problem in told:
        key = fault.by.partition(".")[0]
        if not registry.is_known(key):
            continue  # whoever is not admitted harms nobody
        if fault.code not in SETTLED_CODES or not fault.links:
            raise LeafletsError(problem)
        codes = {one.code for one in listed_keys(registry) if one.key == key}
        who = f"{', '.join(sorted(codes))}, computer {short_name(key)}"
        says = f"{problem.where}: {who}: {problem.what}"
        yield Loss(ledger, fault, says, reading.heads.get(fault.by, (0, ""))[1])


def adopt(root: Path, found: Iterable[Loss]) -> None:
    """Write down, signed, that what stands in the files counts, and know it here from now on.

    Raise LeafletsError where this computer is no organiser's.
    """
    settled: dict[str, list[str]] = {}
    ends: dict[str, dict[str, str]] = {}
    for loss in found:
        settled.setdefault(loss.ledger, []).extend(loss.fault.links)
        if loss.fault.code == HEAD_LOST:
            ends.setdefault(loss.ledger, {})[loss.fault.by] = loss.end
    with keys_locked():
        seed = organiser_seed(root)
        row = {"do": str(ReaderDeed.ADOPT), "settled": settled, "ends": ends}
        append_reader_line(root, seed, row)
        registry = campaign_registry(root)
        forget_heads(root, registry.campaign, map(followed_name, registry.ends))
