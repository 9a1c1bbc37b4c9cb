"""Build what is asked for: one command from reading the campaign to the written overview."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.base.files import locked_folder
from generator.campaign.project import Project
from generator.editions.build_run import BuildRun, Outcome, Progress, no_progress
from generator.editions.calendar_files import write_calendar_files
from generator.editions.last_build import LastBuild, has_started
from generator.editions.lost import find_losses
from generator.editions.manifest import read_manifest
from generator.editions.plan import BuildRequest, unreadable_leaflets, wanted_editions
from generator.layout.stage import EditionState
from generator.model import Edition
from generator.problem import Problem
from generator.review.snapshot import Snapshot


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the outcomes in order, editions not started, problems of no one edition."""

    outcomes: tuple[Outcome, ...]
    waiting: tuple[Edition, ...]
    """Editions nobody has begun to translate: no failure, and no PDF."""
    problems: tuple[Problem, ...]
    made_up: tuple[str, ...] = ()
    """The facts of the campaign, or of the site, that are still made up."""

    @property
    def ok(self) -> bool:
        """Whether every edition asked for was printed and nothing is wrong besides."""
        states = {outcome.record.state for outcome in self.outcomes}
        return not self.problems and EditionState.FAILED not in states


def build_editions(
    project: Project,
    request: BuildRequest,
    jobs: int = 0,
    executor: str = "processes",
    progress: Progress | None = None,
) -> BuildReport:
    """Build the editions asked for with `jobs` processes (0 = all cores).

    Raises UsageError for unknown names, LeafletsError if nothing can be built at all.
    """
    last = LastBuild(project, request)
    if (known := last.result()) and (report := _unchanged_report(project, known)):
        return report

    wanted = wanted_editions(project, request)
    problems = unreadable_leaflets(project, request.leaflets)
    snapshot = Snapshot(project, request.site)
    _ = snapshot.own_facts  # an unknown site is wrong use, before any work
    languages = dict.fromkeys(half.language for edition in wanted for half in edition.halves)
    losses = find_losses(snapshot, list(languages))
    waiting = [
        edition
        for edition in wanted
        if not request.languages and not has_started(snapshot, edition)
    ]
    wanted = [edition for edition in wanted if edition not in set(waiting)]

    project.output.mkdir(parents=True, exist_ok=True)
    with locked_folder(project.output):
        run = BuildRun(project, snapshot, read_manifest(project.output), request)
        outcomes = run.go(wanted, jobs or os.cpu_count() or 1, executor, progress or no_progress)
        run.tidy({edition.name for edition in wanted})
        write_calendar_files(snapshot, (outcome.record for outcome in outcomes))
        snapshot.save_findings()
        made_up = tuple(sorted(snapshot.made_up))
        report = BuildReport(tuple(outcomes), tuple(waiting), (*losses, *problems), made_up)
        if report.ok:
            last.keep([edition.name for edition in wanted], waiting, report.made_up)
    return report


def _unchanged_report(project: Project, known: Mapping[str, Any]) -> BuildReport | None:
    """Return the report of the last build, where nothing was touched since.

    None if the manifest can no longer be read.
    """
    records = read_manifest(project.output)
    if not records.keys() >= set(known["editions"]):
        return None
    outcomes = tuple(Outcome(records[name], cached=True) for name in known["editions"])
    waiting = tuple(Edition(*row) for row in known["waiting"])
    return BuildReport(outcomes, waiting, (), tuple(known["made_up"]))
