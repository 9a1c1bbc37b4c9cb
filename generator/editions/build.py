"""Build what is asked for: one command from reading the campaign to the written overview."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.base.files import locked_folder
from generator.campaign.project import Project
from generator.editions.build_run import BuildRun, Outcome, Progress, no_progress
from generator.editions.calendar_files import write_calendar_files
from generator.editions.draft_reasons import DraftReasons
from generator.editions.last_build import LastBuild, has_started
from generator.editions.lost import find_losses
from generator.editions.manifest import read_manifest
from generator.editions.plan import BuildRequest, unreadable_leaflets, wanted_editions
from generator.layout.stage import EditionState
from generator.model import Edition
from generator.problem import LeafletsError, Problem, errors_among
from generator.review.ledger_problems import ledger_problems
from generator.review.one_key import one_key_problems
from generator.review.snapshot import Snapshot
from generator.review.source_obstacles import source_obstacles
from generator.review.translation_obstacles import contested_in


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the outcomes in order, editions not started, problems of no one edition."""

    outcomes: tuple[Outcome, ...]
    waiting: tuple[Edition, ...]
    """Editions nobody has begun to translate: no failure, and no PDF."""
    problems: tuple[Problem, ...]
    made_up: tuple[str, ...] = ()
    """The facts of the campaign, or of the site, that are still made up."""
    remarks: tuple[Problem, ...] = ()
    """What organisers have not signed, and what readers wait for: it makes drafts, no failure."""
    why: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Why each draft is one, by the name of the edition."""

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
    told = _signing_remarks(snapshot, wanted)
    wrong = errors_among(told)
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
        remarks = tuple(one for one in told if one not in wrong)
        found = (*wrong, *losses, *problems)
        why = _draft_reasons(snapshot, outcomes)
        report = BuildReport(tuple(outcomes), tuple(waiting), found, made_up, remarks, why)
        if report.ok:
            last.keep([edition.name for edition in wanted], waiting, made_up, remarks, why)
    return report


def _draft_reasons(snapshot: Snapshot, outcomes: list[Outcome]) -> dict[str, tuple[Problem, ...]]:
    reasons = DraftReasons(snapshot)
    records = [outcome.record for outcome in outcomes]
    drafts = [record for record in records if record.state is EditionState.DRAFT]
    return {record.edition: reasons.of(record.of) for record in drafts}


def _signing_remarks(snapshot: Snapshot, wanted: list[Edition]) -> list[Problem]:
    """Return what is wrong with signatures, and what of the source nobody has signed."""
    languages = dict.fromkeys(half.language for edition in wanted for half in edition.halves)
    leaflets = dict.fromkeys(edition.leaflet for edition in wanted)
    try:
        return [
            *ledger_problems(snapshot, languages),
            *source_obstacles(snapshot, leaflets),
            *one_key_problems(snapshot, languages),
            *contested_in(snapshot, languages),
        ]
    except LeafletsError:  # each edition says what cannot be read
        return []


def _unchanged_report(project: Project, known: Mapping[str, Any]) -> BuildReport | None:
    """Return the report of the last build, where nothing was touched since.

    None if the manifest can no longer be read.
    """
    records = read_manifest(project.output)
    if not records.keys() >= set(known["editions"]):
        return None
    outcomes = tuple(Outcome(records[name], cached=True) for name in known["editions"])
    waiting = tuple(Edition(*row) for row in known["waiting"])
    remarks = tuple(Problem(**row) for row in known["remarks"])
    why = {name: tuple(Problem(**row) for row in rows) for name, rows in known["why"].items()}
    return BuildReport(outcomes, waiting, (), tuple(known["made_up"]), remarks, why)
