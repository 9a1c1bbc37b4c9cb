"""Tell what this computer made itself from what only says so: a keyed hash, with a key that no campaign holds.

The key is random and stays in the user's state folder. A folder from a stranger can hold any record with any checksum, but no hash
made with this key; so what it remembers counts for nothing here, and the work is done again.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.base.files import make_private_folder, read_bytes, write_file
from generator.problem import LeafletsError, Problem, Severity

ORIGIN_FIELD = "made_here"
"""Where the keyed hash stands in a JSON object that is remembered."""
NAME = "cache.key"
BYTES = 32
UNKEPT = Problem(
    "state-folder",
    "this computer cannot keep a key of its own, so nothing that was built before counts: each command does its work again",
    hint="let yourself write into this folder, or name another one in XDG_STATE_HOME",
    severity=Severity.WARNING,
)


def state_folder() -> Path:
    """Return where this computer keeps what no campaign may hold: the user's state folder."""
    usual = {
        "win32": os.environ.get("LOCALAPPDATA", "~/AppData/Local"),
        "darwin": "~/Library/Application Support",
    }
    base = os.environ.get("XDG_STATE_HOME") or usual.get(sys.platform, "~/.local/state")
    return Path(f"{base}/solidarity-leaflets").expanduser()


def origin_hash(folder: Path, row: Mapping[str, Any]) -> str:
    """Return the keyed hash of a record kept in `folder`; the same record in another folder has another one."""
    text = json.dumps([str(folder.resolve()), row], sort_keys=True)
    return hmac.new(_key(state_folder()), text.encode(), sha256).hexdigest()


def is_made_here(folder: Path, row: Mapping[str, Any], claimed: object) -> bool:
    """Tell whether this computer made a record kept in `folder`."""
    return (
        isinstance(claimed, str)
        and claimed.isascii()
        and hmac.compare_digest(origin_hash(folder, row), claimed)
    )


@cache
def _key(folder: Path) -> bytes:
    """Return this computer's key; where none can be kept, one that holds for this process alone, which is said once."""
    path = folder / NAME
    with suppress(LeafletsError):
        if len(key := read_bytes(path, BYTES)) == BYTES:
            return key
    key = secrets.token_bytes(BYTES)
    try:
        make_private_folder(folder)
        write_file(path, key, private=True)
    except LeafletsError:
        logging.getLogger(__name__).warning(UNKEPT.at(where=str(folder)).line())
    return key
