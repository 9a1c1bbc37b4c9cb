"""Results of slow work under a digest of all they depend on, in a file of the user's cache folder.

No result is wrong for being remembered: with another input it has another digest. A file counts
only where this computer wrote it, and losing one costs nothing but time; so whatever is wrong with
it, the work is done again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.base.files import ANY_END, make_private_folder, read_text, write_file
from generator.base.jsonl import ROW_ERRORS
from generator.base.origin import ORIGIN_FIELD, is_made_here, origin_hash
from generator.problem import LeafletsError

# Results kept in one file; those that nobody asked for in the last run go first.
MOST_RESULTS = 20_000
_LIMIT = 100_000_000
# A file that nobody changed for so long is removed.
_DAYS = 90


def user_cache_folder() -> Path:
    """Return the user's cache folder for what this computer can always work out again."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(f"{base}/solidarity-leaflets").expanduser()


class ResultCache:
    """Results of one kind of work, by key, in a file called `name`.

    It is read when the first is asked for, and written by `save`.
    """

    def __init__(self, name: str) -> None:
        self.path = user_cache_folder() / "remembered" / f"{name}.json"
        self.used: dict[str, None] = {}
        self.changed = False

    @cached_property
    def rows(self) -> dict[str, Any]:
        """What was kept, by key; nothing if the file is not this computer's."""
        with suppress(LeafletsError, *ROW_ERRORS):
            kept = json.loads(read_text(self.path, _LIMIT, ANY_END))
            if is_made_here(self.path.parent, kept, kept.pop(ORIGIN_FIELD)):
                return dict(kept["rows"])
        return {}

    def get(self, key: str) -> Any:
        """Return the result that was kept under a key; None if there is none."""
        self.used[key] = None
        return self.rows.get(key)

    def keep(self, key: str, result: Any) -> None:
        """Keep a result: anything that JSON holds, but not None."""
        self.used[key] = None
        self.rows[key] = result
        self.changed = True

    def worked(self, key: str, work: Callable[[], Any]) -> Any:
        """Return the result under a key; the first time it is worked out, and kept."""
        if (found := self.get(key)) is None:
            self.keep(key, found := work())
        return found

    def save(self) -> None:
        """Write the results if there are new ones; a failure costs the next run its time only."""
        if not self.changed:
            return
        idle = (key for key in self.rows if key not in self.used)
        used = (key for key in self.used if key in self.rows)
        kept = {"rows": {key: self.rows[key] for key in [*idle, *used][-MOST_RESULTS:]}}
        folder = self.path.parent
        with suppress(LeafletsError):
            make_private_folder(folder)
            marked = kept | {ORIGIN_FIELD: origin_hash(folder, kept)}
            write_file(self.path, json.dumps(marked, ensure_ascii=False) + "\n", private=True)
            _sweep(folder)
        self.changed = False


def _sweep(folder: Path) -> None:
    """Remove old files: those of earlier rules, and of campaigns that are gone."""
    for path in folder.glob("*.json"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAYS * 86400:
                path.unlink()
