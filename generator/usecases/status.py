"""Count the sentences of every catalogue by state, and say what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.core.names import pick
from generator.edges.project import Project
from generator.model import State
from generator.problem import LeafletsError, Problem
from generator.usecases.plan import Source


@dataclass(frozen=True)
class Count:
    """How many sentences of one catalogue are in each state; two numbers that are never merged into one."""

    leaflet: str
    language: str
    total: int
    missing: int
    stale: int
    draft: int
    read: int
    ready: int

    @property
    def translated(self) -> int:
        """Sentences that have a text, whoever wrote it."""
        return self.total - self.missing


@dataclass(frozen=True)
class Report:
    """The counts of all catalogues asked for, and what could not be read."""

    counts: tuple[Count, ...]
    problems: tuple[Problem, ...]

    @property
    def next_step(self) -> str:
        """The command to type next."""
        if self.problems:
            return "leaflets check"
        if any(count.stale for count in self.counts):
            return "leaflets extract"
        return "leaflets build"


def status(project: Project, languages: Iterable[str] = ()) -> Report:
    """Return the counts per leaflet × language, English left out; raise UsageError for unknown languages."""
    source = Source(project)
    counts, problems = [], []
    for language in pick("language", languages, project.campaign.languages):
        for domain in project.domains if language != "en" else ():
            try:
                found = Counter(text.state for text in source.texts(language, domain).values())
            except LeafletsError as error:
                problems += [problem.at(leaflet=domain, language=language) for problem in error.problems]
                continue
            counts.append(Count(domain, language, found.total(), *(found[state] for state in State)))
    return Report(tuple(counts), (*project.broken, *dict.fromkeys(problems)))
