"""The newest lines of a campaign that this computer has seen in any folder; an edge.

A folder that is new to this computer, such as an old backup beside the campaign, is held against
them. So a reader whose key was ended does not sign again by an older copy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator.base.files import read_bytes, write_file
from generator.base.origin import state_folder
from generator.problem import LeafletsError
from generator.trust.chain import Heads

# Bytes of the file: more than all chains of the largest ledgers take.
_LIMIT = 200_000_000


def newest_file(campaign: str) -> Path:
    """Return where the newest lines of a campaign are noted."""
    return state_folder() / "newest" / f"{campaign}.json"


def remembered_json(path: Path) -> Any:
    """Return what a file of this computer's memory holds; None if it is damaged or not there.

    Raise LeafletsError where it cannot be read just now, as while another program holds it: then
    nothing may be written in its place.
    """
    with suppress(ValueError):
        return json.loads(read_bytes(path, _LIMIT)) if path.exists() else None
    return None


def heads_by_ledger(found: Any) -> dict[str, Heads]:
    """Return newest lines by ledger from JSON; none if it is of another form."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        return {
            ledger: {by: (int(n), str(link)) for by, (n, link) in chains.items()}
            for ledger, chains in found.items()
        }
    return {}


def newest_heads(campaign: str) -> Mapping[str, Heads]:
    """Return the newest lines by ledger; a file that cannot be read is none."""
    with suppress(LeafletsError):
        return heads_by_ledger(remembered_json(newest_file(campaign)))
    return {}


def note_newest(campaign: str, ledger: str, heads: Heads) -> None:
    """Note newer lines of a ledger; call it under the lock of what is remembered.

    Raise LeafletsError where they cannot be noted.
    """
    known = heads_by_ledger(remembered_json(newest_file(campaign)))
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
