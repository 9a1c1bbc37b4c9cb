"""The newest lines of a campaign that this computer has seen in any folder; an edge.

A folder that is new to this computer, such as an old backup beside the campaign, is held against
them. So a reader whose key was ended does not sign again by an older copy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from generator.base.files import read_text, write_file
from generator.base.origin import state_folder
from generator.problem import LeafletsError
from generator.trust.chain import Heads

# Bytes of the file: more than all chains of the largest ledgers take.
_LIMIT = 200_000_000


def newest_file(campaign: str) -> Path:
    """Return where the newest lines of a campaign are noted."""
    return state_folder() / "newest" / f"{campaign}.json"


def newest_heads(campaign: str) -> Mapping[str, Heads]:
    """Return the newest lines by ledger; a damaged file is none."""
    path = newest_file(campaign)
    with suppress(LeafletsError, ValueError, TypeError, KeyError, AttributeError):
        if path.exists():
            return {
                ledger: {by: (int(n), str(link)) for by, (n, link) in chains.items()}
                for ledger, chains in json.loads(read_text(path, _LIMIT)).items()
            }
    return {}


def note_newest(campaign: str, ledger: str, heads: Heads) -> None:
    """Note newer lines of a ledger; call it under the lock of what is remembered."""
    known = newest_heads(campaign)
    before = known.get(ledger, {})
    newer = newer_heads(before, heads)
    if newer:
        row = {**known, ledger: {**before, **newer}}
        write_file(newest_file(campaign), json.dumps(row) + "\n", private=True)


def forget_newest(campaign: str) -> None:
    """Forget the newest lines of a campaign."""
    with suppress(OSError):
        newest_file(campaign).unlink()


def newer_heads(known: Heads, heads: Heads) -> dict[str, tuple[int, str]]:
    """Return the lines that are newer than those that are known."""
    return {by: head for by, head in heads.items() if head[0] > known.get(by, (0, ""))[0]}
