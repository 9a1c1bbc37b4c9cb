"""Measure the states: seconds to read a ledger of 80,000 messages, to say who stands behind what, and to compute every state.

Run it with `.venv/bin/python tests/benchmarks/bench_state.py`. Wall times of a shared machine do not compare with another day's;
the CPU seconds beside them do so better.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import platform
import pstats
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generator.base.digests import wording_key
from generator.base.jsonl import json_line
from generator.catalogue.entry import Entry
from generator.model import Message, Risk
from generator.review import ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.state import catalogue_translations
from generator.review.support import support_by_key

Result = TypeVar("Result")
READERS = {Risk.PLAIN: 1, Risk.RIGHTS: 2, Risk.MEDICAL: 2, Risk.SAFETY: 2}
PEOPLE = [f"example-{number}" for number in range(40)]
STALE = 0.1
"""The part of the messages whose English changed since."""


def main() -> None:
    """Run the measurement and print one figure a line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--messages", type=int, default=80_000, help="sentences of all languages together")
    arguments.add_argument("--rounds", type=int, default=3, help="how often each step runs; the best counts")
    arguments.add_argument("--profile", action="store_true", help="say where the time of the states goes")
    options = arguments.parse_args()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    messages, entries, older, events = past(options.messages)
    print(f"{len(messages)} messages, {len(events)} events")
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as folder:
        path = Path(folder) / "reviews.jsonl"
        path.write_text("".join(json_line(ledger.event_row(event)) for event in events), "utf-8")
        print(f"ledger: {path.stat().st_size / 1e6:.1f} MB")
        read = best("reading the ledger", options.rounds, lambda: ledger.read_ledger(path))
    known = best("who stands behind what", options.rounds, lambda: support_by_key(read))
    found = best("all states", options.rounds, lambda: catalogue_translations(messages, entries, known, "fr", READERS, older))
    print(", ".join(f"{state} {count}" for state, count in sorted(Counter(text.state for text in found).items())))
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(lambda: catalogue_translations(messages, entries, support_by_key(read), "fr", READERS, older))
        pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(14)


def past(count: int) -> tuple[list[Message], list[Entry], dict[str, tuple[str, ...]], list[LedgerEvent]]:
    """Return messages, their entries, their older English, and about 2.5 events each."""
    chance = random.Random(20261122)  # noqa: S311 - the same past every time
    messages, entries, events = [], [], []
    older: dict[str, tuple[str, ...]] = {}
    for number in range(count):
        name = f"block-{number}"
        msgid = f"You must not sign paper number {number} before somebody you trust has read it to you in your language."
        msgstr = f"Ne signez pas le papier {number} avant qu’une personne de confiance ne vous l’ait lu dans votre langue."
        was = msgid.replace("must not", "may") if chance.random() < STALE else ""
        older[name] = (msgid, was) if was else (msgid,)
        key = wording_key("fr", name, was or msgid, msgstr)
        who = chance.sample(PEOPLE, 2)
        actions = [("machine", "example-engine"), ("approve", who[0])] + [("approve", who[1])] * (chance.random() < 0.4)
        actions += [("dismiss", who[0])] * (chance.random() < 0.08) + [("reject", who[1])] * (chance.random() < 0.02)
        events += [LedgerEvent(key, action, person, "2026-11-22") for action, person in actions]
        messages.append(Message(name, msgid, chance.choice(list(Risk))))
        entries.append(Entry(msgid, msgstr, name))
    return messages, entries, older, events


def best(what: str, rounds: int, work: Callable[[], Result]) -> Result:
    """Print the least seconds of some rounds, by the clock and of CPU, and return the result."""
    times = []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        found = work()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    print(f"{what}: {min(times)[0]:.2f} s ({min(cpu for _, cpu in times):.2f} s of CPU)")
    return found


if __name__ == "__main__":
    main()
