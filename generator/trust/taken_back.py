"""What was taken back in a campaign, and this computer has seen: it stays so; an edge.

Whoever takes the line out of the files, or adopts files without it, brings no voice back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator.base.files import locked_folder, make_private_folder, write_file
from generator.base.origin import state_folder
from generator.problem import LeafletsError
from generator.trust.newest import remembered_json


def taken_file(campaign: str) -> Path:
    """Return where this computer notes what was taken back in a campaign."""
    return state_folder() / "taken-back" / f"{campaign}.json"


def taken_back(campaign: str, ledger: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the lines that took something back in a file, by their links."""
    with suppress(LeafletsError):
        return _known(campaign).get(ledger, {})
    return {}


def remember_taken(campaign: str, ledger: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Note lines that took something back, by their links; those that are noted stay."""
    if not campaign or rows.keys() <= taken_back(campaign, ledger).keys():
        return
    with suppress(LeafletsError):
        make_private_folder(state_folder())
        make_private_folder(taken_file(campaign).parent)
        with locked_folder(taken_file(campaign).parent):
            known = _known(campaign)
            now = {**known, ledger: {**known.get(ledger, {}), **rows}}
            write_file(taken_file(campaign), json.dumps(now) + "\n", private=True)


def _known(campaign: str) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    found = remembered_json(taken_file(campaign))
    return found if isinstance(found, dict) else {}


def forget_taken(campaign: str) -> None:
    """Forget what was taken back in a campaign."""
    with suppress(OSError):
        taken_file(campaign).unlink()
