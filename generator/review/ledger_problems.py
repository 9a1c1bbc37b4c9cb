"""What is wrong with the lines that people signed, and with the file of who may sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot
from generator.trust.readers_edge import registry_problems


def ledger_problems(snapshot: Snapshot, languages: Iterable[str]) -> list[Problem]:
    """Return what is wrong with the ledgers of some languages, the source and the facts.

    Each finding names file and line. Where one is an error, nothing of that ledger is ready.
    """
    try:
        found = registry_problems(snapshot.project.root)
        return list(dict.fromkeys([*found, *_line_problems(snapshot, languages)]))
    except LeafletsError as error:
        return list(error.problems)


def _line_problems(snapshot: Snapshot, languages: Iterable[str]) -> Iterator[Problem]:
    for language in dict.fromkeys((snapshot.project.campaign.source, *languages)):
        try:
            reading = snapshot.ledger(language)
            found = (*reading.problems, *reading.wordings.problems)
        except LeafletsError as error:
            found = error.problems
        yield from (problem.at(language=language) for problem in found)
    for reading in snapshot.fact_readings:
        yield from (*reading.problems, *reading.wordings.problems)
