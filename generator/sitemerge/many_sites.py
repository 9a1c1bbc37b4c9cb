"""Build the editions of many sites: lay out what they share once, and set the facts of each in its place.

Editions of one leaflet, language and sheet whose own facts are equally wide differ in these facts and the code alone. Such a flock is laid
out and proved once; every edition made from it is proved too. What fits into no flock is laid out whole, as in `build`.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, as_completed
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path

from generator.base.files import locked_folder
from generator.campaign.facts import fact_link, printed_value
from generator.campaign.project import Project
from generator.campaign.sites import make_sites_secret
from generator.editions import manifest
from generator.editions.build import BuildReport, BuildRun, Outcome
from generator.editions.calendar_files import write_calendar_files
from generator.editions.executors import edition_workers, job_result
from generator.editions.plan import (
    EVERYTHING,
    BuildRequest,
    fact_names,
    state_of_numbers,
    wanted_editions,
)
from generator.editions.worker import JobResult, run_job
from generator.layout import fonts
from generator.layout.compose import ComposedPage
from generator.model import Edition, Fact
from generator.problem import LeafletsError, Problem
from generator.review.paper_keys import paper_keys
from generator.review.snapshot import Snapshot
from generator.sitemerge import merge_glyphs
from generator.sitemerge.merge_template import SlotValue
from generator.sitemerge.merge_worker import MergeBatch, merge_batch

FEWEST = 3
"""Editions that are worth a stencil: it costs about two layouts."""
BATCH = 100
"""Most editions a process makes at once."""
WORDS = ("date",)
"""Kinds of facts that are printed in words of the language: they have no slot."""


@dataclass(frozen=True)
class PendingEdition:
    """One edition to make: the run of its site, and the fingerprint of its inputs."""

    run: BuildRun
    edition: Edition
    fingerprint: str


def build_sites(
    project: Project, wishes: Mapping[str, BuildRequest], jobs: int = 0, executor: str = "processes",
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:  # fmt: skip
    """Build what is wished for each site, by its code, with `jobs` processes (0 = all cores); return what became of each edition.

    Raises UsageError for unknown names, LeafletsError if nothing can be built at all.
    """
    project.output.mkdir(parents=True, exist_ok=True)
    if wishes:
        make_sites_secret(project.root / "sites")
    with locked_folder(project.output):
        first = BuildRun(project, Snapshot(project), manifest.read_manifest(project.output))
        runs = [run_at_site(first, site, wish) for site, wish in wishes.items()]
        outcomes: dict[str, Outcome] = {}
        todo: list[PendingEdition] = []
        for run in runs:
            decided, rest = run.sift(wanted_editions(project, run.wish))
            outcomes |= decided
            todo += [PendingEdition(run, edition, fingerprint) for edition, fingerprint in rest]
        done = progress or (lambda done, total: None)
        for made in _made(project, todo, jobs or os.cpu_count() or 1, executor):
            outcomes[made.record.edition] = made
            done(len(outcomes), len(outcomes) + len(todo))
        first.tidy(set(outcomes))
        for run in runs:
            write_calendar_files(
                run.snapshot,
                (
                    made.record
                    for made in outcomes.values()
                    if made.record.site == run.snapshot.site
                ),
            )
    return BuildReport(tuple(outcomes.values()), (), ())


def run_at_site(run: BuildRun, site: str, wish: BuildRequest = EVERYTHING) -> BuildRun:
    """Return the run at a site with a wish of its own; what is read once stays shared."""
    new = copy(run)
    new.wish = replace(wish, site=site)
    new.snapshot = replace(run.snapshot, site=site)
    new.book = copy(run.book)
    new.book.snapshot = new.snapshot
    _ = new.snapshot.own_facts  # an unknown site is wrong use, before any work
    return new


def _made(
    project: Project, todo: list[PendingEdition], count: int, executor: str
) -> Iterator[Outcome]:
    if not todo:
        return
    with edition_workers(project, [item.edition for item in todo], count, executor) as pool:
        alone: list[PendingEdition] = []
        running: dict[
            Future[dict[str, JobResult]], dict[str, tuple[PendingEdition, ComposedPage]]
        ] = {}
        files = merge_glyphs.merge_font_files(
            fonts.font_files(fonts.needed_faces([project.languages["en"]], project.languages))
        )
        for flock in mergeable_groups(todo, files):
            if len(flock) < FEWEST:
                alone += flock
                continue
            for batch, pages in _batches(flock):
                running[pool.submit(merge_batch, batch)] = pages
        for future in as_completed(running):
            pages = running[future]
            prints = _prints(future)
            yield from (Outcome(_finish(*pages[name], result)) for name, result in prints.items())
            alone += [item for name, (item, _) in pages.items() if name not in prints]
        yield from _laid_out(pool, alone)


def _prints(future: Future[dict[str, JobResult]]) -> dict[str, JobResult]:
    """Return the prints of a batch; none if its editions must be laid out one by one, which says why if they fail."""
    try:
        found = future.result()
    except Exception:  # noqa: BLE001 - whatever went wrong with the stencil, each edition is still tried on its own
        return {}
    return {name: result for name, result in found.items() if not result.problems}


def _laid_out(pool: Executor, todo: list[PendingEdition]) -> Iterator[Outcome]:
    running: dict[Future[JobResult], tuple[PendingEdition, ComposedPage]] = {}
    for item in todo:
        try:
            job, page = item.run.compose(item.edition)
            running[pool.submit(run_job, job)] = item, page
        except LeafletsError as error:
            yield Outcome(item.run.failed(item.edition, item.fingerprint, error.problems))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, it costs this edition only
            crash = Problem("crash", f"{type(error).__name__}: {error}")
            yield Outcome(item.run.failed(item.edition, item.fingerprint, [crash]))
    for future in as_completed(running):
        yield Outcome(_finish(*running[future], job_result(future)))


def _finish(item: PendingEdition, page: ComposedPage, result: JobResult) -> manifest.EditionRecord:
    return item.run.finish(item.edition, item.fingerprint, page, result)


def mergeable_groups(
    todo: Iterable[PendingEdition], files: tuple[Path, Path]
) -> list[list[PendingEdition]]:
    """Return the editions in groups that differ in facts of equal width alone; what has no slot is a group of its own."""
    found: defaultdict[tuple[object, ...], list[PendingEdition]] = defaultdict(list)
    used: dict[tuple[str, str], list[str]] = {}
    for item in todo:
        edition, snapshot = item.edition, item.run.snapshot
        place = edition.leaflet, edition.language
        if place not in used:
            used[place] = sorted(
                fact_names(
                    snapshot.project.leaflets[edition.leaflet], snapshot.edition_texts(edition)
                )
            )
        names = [name for name in used[place] if name in snapshot.facts]
        numbers = state_of_numbers(
            snapshot, snapshot.project.leaflets[edition.leaflet], snapshot.edition_texts(edition)
        )
        own = [snapshot.own_facts[name] for name in names if name in snapshot.own_facts]
        shapes = tuple(
            (
                fact.name,
                fact.kind,
                bool(fact.detail),
                merge_glyphs.text_width(files, printed_value(fact)),
            )
            for fact in own
        )
        order = item.run.wish.order(snapshot.project, edition)
        alone = (
            bool(edition.other)
            or order.printer.bleed > 0
            or any(fact.kind in WORDS for fact in own)
        )
        found[
            (*place, edition.sheet, order, numbers, shapes, edition.name if alone else "")
        ].append(item)
    return list(found.values())


def _batches(
    flock: list[PendingEdition],
) -> Iterator[tuple[MergeBatch, dict[str, tuple[PendingEdition, ComposedPage]]]]:
    """Yield slices of a flock, each with the page of every edition; the first edition is the one that is laid out."""
    try:
        job, page = flock[0].run.compose(flock[0].edition)
    except LeafletsError:
        return
    own = slot_values(flock[0], page)
    for start in range(0, len(flock), BATCH):
        part = {
            item.edition.name: (item, _sibling(page, item)) for item in flock[start : start + BATCH]
        }
        yield MergeBatch(job, own, {name: slot_values(*pair) for name, pair in part.items()}), part


def _sibling(page: ComposedPage, item: PendingEdition) -> ComposedPage:
    """Return the page of another edition of the flock; its HTML is never needed."""
    snapshot = item.run.snapshot
    code = page.recipe.code(item.edition.site, paper_keys(snapshot))
    return replace(page, html="", code=code)


def slot_values(item: PendingEdition, page: ComposedPage) -> dict[str, SlotValue]:
    """Return what goes into the slots of an edition: the site's own facts, and the edition's code."""
    own = item.run.snapshot.own_facts
    return {"code": SlotValue(page.code)} | {
        name: _value(own[name]) for name in page.facts if name in own
    }


def _value(fact: Fact) -> SlotValue:
    return SlotValue(printed_value(fact), fact_link(fact))
