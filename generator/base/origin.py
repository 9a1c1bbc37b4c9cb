"""Tell what this computer made itself from what only claims so, by a keyed hash.

The key is random, stays in the user's state folder and stands in no campaign. A folder from a
stranger can hold any record with any checksum, but no hash made with this key; so what such a
record remembers counts for nothing here, and the work is done again.
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

# Where the keyed hash stands in a JSON object that is remembered.
ORIGIN_FIELD = "made_here"
_KEY_FILE = "cache.key"
_KEY_BYTES = 32
_NO_KEY = Problem(
    "state-folder",
    "this computer cannot keep a key of its own, so nothing that was built before counts: "
    "each command does its work again",
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
    """Return the keyed hash of a record kept in `folder`; in another folder it has another one."""
    text = json.dumps([str(folder.resolve()), row], sort_keys=True)
    return hmac.new(_key(state_folder()), text.encode(), sha256).hexdigest()


def is_made_here(folder: Path, row: Mapping[str, Any], claimed: object) -> bool:
    """Tell whether this computer made a record kept in `folder`."""
    if not isinstance(claimed, str) or not claimed.isascii():
        return False
    return hmac.compare_digest(origin_hash(folder, row), claimed)


@cache
def _key(folder: Path) -> bytes:
    """Return this computer's key.

    Where none can be kept, it is one that holds for this process alone, with one warning.
    """
    path = folder / _KEY_FILE
    with suppress(LeafletsError):
        if len(key := read_bytes(path, _KEY_BYTES)) == _KEY_BYTES:
            return key
    key = secrets.token_bytes(_KEY_BYTES)
    try:
        make_private_folder(folder)
        write_file(path, key, private=True)
    except LeafletsError:
        logging.getLogger(__name__).warning(_NO_KEY.at(where=str(folder)).line())
    return key
