"""Count how many kinds of harmful edit are found, language by language: the score may only rise.

Every kind is done to sentences of the shipped catalogues; a kind is found in a language if each sentence tried gets a
problem that it did not have. Questions to readers do not count. The list of kinds, with what each of them does to a
reader, is `tests/support/sabotage.py`. `--missed` prints an example of everything that is not found.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from generator import __version__
from generator.campaign.project import Project
from tests.support.sabotage import KINDS
from tests.support.sabotage_score import NOT_FINDABLE, Trial, shipped_sentences, trials
from tests.support.sabotage_tools import Kind, Sentence
from tests.support.sabotage_words import SIX

ROOT = Path(__file__).resolve().parent.parent.parent
MORE = ("ti", "bn")
"""Languages that are measured too, for the kinds that need no words of the language; they do not count."""


def tried(kind: Kind, code: str, found: list[Sentence], most: int) -> list[Trial]:
    """Return the sentences of a language that a kind harms; none where it cannot be done."""
    return list(trials(found, kind, most)) if code in kind.languages or (code in MORE and kind.languages == SIX) else []


def cell(found: list[Trial]) -> str:
    """Return how many of the sentences tried are found."""
    return f"{sum(bool(trial.found) for trial in found)}/{len(found)}" if found else "-"


def row(kind: Kind, found: Mapping[str, list[Trial]]) -> None:
    """Print what was found of a kind, and why not all."""
    why = f"  {NOT_FINDABLE[kind.name].reason}" if kind.name in NOT_FINDABLE else ""
    print(f"{kind.name:47}" + "".join(f"{cell(done):>8}" for done in found.values()) + why)


def examples(found: list[Trial]) -> None:
    """Print the first sentence that is not found."""
    for trial in [trial for trial in found if not trial.found][:1]:
        print(f"    {trial.sentence.language.code} {trial.sentence.message.msgctxt}: {trial.sentence.message.msgid}")
        print(f"        {trial.harmed!r}")


def score(results: Mapping[str, Mapping[str, list[Trial]]], code: str) -> tuple[int, int]:
    """Return how many kinds are found in a language, and how many were tried."""
    done = [found[code] for found in results.values() if found[code]]
    return sum(all(trial.found for trial in found) for found in done), len(done)


def main() -> None:
    """Print the table and the score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=8, help="sentences tried for each kind and language; 999 for all")
    parser.add_argument("--missed", action="store_true", help="print an example of what is not found")
    options = parser.parse_args()
    project, began = Project(ROOT), time.perf_counter()
    book = {code: shipped_sentences(project, code) for code in (*SIX, *MORE)}
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, Babel {version('babel')}")
    print(f"leaflets {__version__}: {len(KINDS)} kinds, up to {options.most} sentences for each kind and language")
    print(f"{'found / sentences tried':47}" + "".join(f"{code:>8}" for code in book))
    results = {}
    for kind in KINDS:
        results[kind.name] = {code: tried(kind, code, book[code], options.most) for code in book}
        row(kind, results[kind.name])
        for found in results[kind.name].values() if options.missed else ():
            examples(found)
    scores = {code: score(results, code) for code in book}
    print(f"{'kinds found':47}" + "".join(f"{found:>8}" for found, _ in scores.values()))
    print(f"{'kinds tried':47}" + "".join(f"{count:>8}" for _, count in scores.values()))
    found, count = (sum(scores[code][place] for code in SIX) for place in (0, 1))
    texts = sum(len(done) for rows in results.values() for done in rows.values())
    print(f"score: {found} of {count} kinds x languages in {len(SIX)} languages; {texts} harmed texts, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
