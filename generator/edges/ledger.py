"""The ledger of a language: an append-only file of who did what to which wording, one JSON line an event."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from generator.core.state import Event
from generator.edges.files import read_text, write
from generator.problem import LeafletsError, Problem

DEEDS = ("machine", "write", "approve", "reject", "dismiss", "carry", "withdraw", "baseline")
CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")
"""A reader: a code that an organiser hands out, never a name."""
LIMIT = 50_000_000
WHOLE = re.compile("")
"""Every end is taken: a cut-off event is found by itself."""


def read(path: Path) -> list[Event]:
    """Return the events; no file means none. Raises LeafletsError with the line of a damaged event."""
    if not path.exists():
        return []
    return [_event(line, f"{path}:{number}") for number, line in enumerate(read_text(path, LIMIT, WHOLE).split("\n"), 1) if line.strip()]


def _event(line: str, where: str) -> Event:
    try:
        row = json.loads(line)
        values = [row["k"], row["do"], row["who"], row["at"]]
        texts = [row.get("why", ""), row.get("old", ""), row.get("src", "")]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        values, texts = [], []
    if not values or not all(isinstance(value, str) and value for value in values) or not all(isinstance(text, str) for text in texts):
        hint = "the line was damaged or cut off: get the file back from git; each line stands for a signature"
        raise LeafletsError(Problem("ledger", "not an event of the ledger", where, hint))
    event = Event(*values, *texts)
    if event.verb not in DEEDS:
        raise LeafletsError(Problem("ledger", f"no deed {event.deed!r}", where, f"there is {', '.join(DEEDS)}"))
    return event


def append(path: Path, events: Iterable[Event]) -> bool:
    """Add the events that are not there yet, all or none; call it under the lock of the language."""
    old = read(path)
    known = set(old)
    new = [event for event in dict.fromkeys(events) if event not in known]
    if not new:
        return False
    text = read_text(path, LIMIT, WHOLE) if path.exists() else ""
    text += "" if text.endswith("\n") or not text else "\n"
    return write(path, text + "".join(line(event) for event in new))


def line(event: Event) -> str:
    """Return one event as its line."""
    row = {"k": event.key, "do": event.deed, "who": event.who, "at": event.at}
    texts = {"why": event.why, "old": event.old, "src": event.src}
    return json.dumps(row | {name: text for name, text in texts.items() if text}, ensure_ascii=False) + "\n"
