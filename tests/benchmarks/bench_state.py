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

from generator.base.digests import sentence_key, wording_key
from generator.catalogue.entry import Entry
from generator.model import Message, Risk, SigningRule
from generator.review import ledger
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.state import catalogue_translations
from generator.review.support import support_by_key

Result = TypeVar("Result")
RULES = {risk: SigningRule(1 if risk is Risk.PLAIN else 2, 1) for risk in Risk}
PEOPLE = [f"r{number}" for number in range(100, 140)]
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
        os.environ["XDG_STATE_HOME"] = f"{folder}/state"
        path = Path(folder) / "campaign" / "locales" / "fr" / "reviews.jsonl"
        path.parent.mkdir(parents=True)
        ledger.append_events(path, events)
        print(f"ledger: {path.stat().st_size / 1e6:.1f} MB, signed by one key and chained")
        reading = best("reading and verifying the ledger", options.rounds, lambda: ledger.ledger_reading(path))
    assert reading.sound
    read = reading.events
    assert len(read) > len(messages)
    known = best("who stands behind what", options.rounds, lambda: support_by_key(read))
    found = best("all states", options.rounds, lambda: catalogue_translations(messages, entries, known, "fr", RULES, older))
    print(", ".join(f"{state} {count}" for state, count in sorted(Counter(text.state for text in found).items())))
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(lambda: catalogue_translations(messages, entries, support_by_key(read), "fr", RULES, older))
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
        actions = [("machine", "example-engine 1"), ("approve", who[0])] + [("approve", who[1])] * (chance.random() < 0.4)
        actions += [("dismiss:numbers", who[0])] * (chance.random() < 0.08) + [("reject", who[1])] * (chance.random() < 0.02)
        src = sentence_key("bench", name, was or msgid)
        events += [event_of(key, action, person, src) for action, person in actions]
        messages.append(Message(name, msgid, chance.choice(list(Risk))))
        entries.append(Entry(msgid, msgstr, name))
    return messages, entries, older, events


def event_of(key: str, action: str, person: str, src: str) -> LedgerEvent:
    """Return an event; `action` is as the file says it."""
    word, _, target = action.partition(":")
    return LedgerEvent(key, LedgerAction(word), person, "2026-11-22", src=src, target=target)


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
