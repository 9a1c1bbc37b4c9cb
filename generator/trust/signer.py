"""This computer's key in a campaign: made by itself, kept outside the campaign; an edge."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.base.files import locked_folder, make_private_folder
from generator.base.origin import state_folder
from generator.problem import LeafletsError, refusal
from generator.trust.chain import ChainFault, ChainReading, signed_line
from generator.trust.faults import chain_problem
from generator.trust.keys import key_name, new_seed, public_key
from generator.trust.memory import computer_key, folder_memory, folder_strand, keep_key
from generator.trust.old_lines import has_old_signatures
from generator.trust.readers_edge import (
    append_reader_line,
    campaign_registry,
    found_campaign,
    readers_path,
)
from generator.trust.readers_file import ROOT_TWICE, Admission, ReaderDeed
from generator.trust.recovery_sheet import write_recovery_sheet

_BEGUN = (
    "This is the first signature: this computer is now an organiser's. Print %s twice, "
    "then delete it: with it you get the campaign back when this computer is lost."
)


@dataclass(frozen=True)
class Signer:
    """A key of this computer, and what it signs in."""

    root: Path
    seed: bytes
    campaign: str
    strand: str

    @property
    def key(self) -> str:
        """The name of the key."""
        return key_name(public_key(self.seed))

    def lines(
        self, ledger: str, reading: ChainReading, rows: Iterable[Mapping[str, Any]]
    ) -> Iterator[str]:
        """Yield rows as signed lines that follow what `reading` found in the ledger's file."""
        by = f"{self.key}.{self.strand}"
        number, prev = reading.heads.get(by, (0, ""))
        known = reading.seen.get(by, set())
        heads = campaign_registry(self.root).known_heads(reading.heads)
        unseen = sorted({link for other, (_, link) in heads.items() if other != by} - known)
        for row in rows:
            number += 1
            full = {**row, "by": by, "n": number, "prev": prev}
            full |= {"seen": unseen} if unseen else {}
            line, prev = signed_line(self.seed, ledger_scope(self.campaign, ledger), full)
            unseen = []
            yield line


def ledger_scope(campaign: str, ledger: str) -> str:
    """Return what the signatures of a ledger's lines bind to besides the line."""
    return f"{campaign}\0{ledger}"


@contextmanager
def keys_locked() -> Iterator[None]:
    """Hold the lock under which this computer's keys, and lines about readers, are written."""
    make_private_folder(state_folder())
    with locked_folder(state_folder(), deep=False):
        yield


def begin_trust(root: Path) -> Path:
    """Make this computer the first organiser's and write the recovery sheet; return its path.

    Raise LeafletsError where somebody has begun already.
    """
    with keys_locked():
        refuse_other_root(root)
        if campaign_registry(root).campaign:
            what = "this campaign has its organisers already"
            raise refusal("trust-begun", what, root, "to see them: leaflets readers")
        return _begin(root)


def refuse_other_root(root: Path) -> None:
    """Raise LeafletsError where this computer knew the folder's campaign by another beginning.

    Whoever signed under the new one would take it for true, and forget the old one.
    """
    known, now = folder_memory(root).campaign, campaign_registry(root).campaign
    if known and known != now:
        raise LeafletsError(chain_problem(ChainFault(ROOT_TWICE, 0), readers_path(root), (1,)))


def _begin(root: Path) -> Path:
    """Write the sheet first: killed after it, the next one begins anew, and no sheet is missing."""
    path = write_recovery_sheet(root, recovery := new_seed())
    found_campaign(root, recovery)
    return path


def campaign_signer(root: Path, person: str, ledger: str, reading: ChainReading) -> Signer:
    """Return what signs in a ledger; the first key in a campaign begins the campaign's trust.

    A new key asks to be admitted for `person`; until then its lines count for nothing. Raise
    LeafletsError for a campaign of an earlier version, whose signatures nobody has taken over.
    """
    with keys_locked():
        refuse_other_root(root)
        if not campaign_registry(root).campaign:
            if has_old_signatures(root):
                what = "its signatures were made by an earlier version and carry no keys"
                raise refusal("upgrade-first", what, root, "an organiser types: leaflets upgrade")
            logging.getLogger(__name__).warning(_BEGUN, _begin(root))
        registry = campaign_registry(root)
        seed = asking_key(root, person)
    strand = folder_strand(root, registry.campaign, ledger, reading.links)
    return Signer(root, seed, registry.campaign, strand)


def asking_key(root: Path, code: str) -> bytes:
    """Return this computer's key, made where it has none, which asks once to sign for a code.

    Raise LeafletsError where it was retired, and where another organiser stands at the beginning
    than the one this computer knows. Call it under `keys_locked`.
    """
    refuse_other_root(root)
    registry = campaign_registry(root)
    seed = computer_key(registry.campaign)
    if seed is None:
        keep_key(registry.campaign, seed := new_seed())
    name = key_name(public_key(seed))
    if name in registry.retired:
        what = "the key of this computer was retired: what it signs counts for nothing"
        hint = "type: leaflets readers forget, sign again, and ask an organiser to admit you"
        raise refusal("key-retired", what, root, hint)
    if not registry.is_known(name) and Admission(code, name) not in registry.waiting:
        row = {"do": str(ReaderDeed.ASK), "code": code, "key": public_key(seed)}
        append_reader_line(root, seed, row)
    return seed
