"""Build the editions of many sites: lay out what they share once, and fill in the facts of each.

Editions of one leaflet, language and sheet whose own facts are equally wide differ only in these
facts and the code. Such a group is laid out and proved once, and every edition made from it is
proved too. What belongs to no group is laid out whole, as in `build`.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from copy import copy
from dataclasses import replace
from pathlib import Path

from generator.base.files import locked_folder
from generator.campaign.facts import fact_link, printed_value
from generator.campaign.project import Project
from generator.campaign.sites import make_sites_secret
from generator.editions.build import BuildReport
from generator.editions.build_run import (
    BuildRun,
    Outcome,
    PendingEdition,
    Progress,
    draw_pending,
    no_progress,
)
from generator.editions.calendar_files import write_calendar_files
from generator.editions.content import fact_names, state_of_numbers
from generator.editions.executors import edition_workers
from generator.editions.jobs import JobResult
from generator.editions.manifest import read_manifest
from generator.editions.plan import EVERYTHING, BuildRequest, wanted_editions
from generator.layout import fonts
from generator.layout.compose import ComposedPage
from generator.problem import LeafletsError
from generator.review.paper_keys import paper_keys
from generator.review.snapshot import Snapshot
from generator.sitemerge import merge_glyphs
from generator.sitemerge.merge_template import SlotValue
from generator.sitemerge.merge_worker import MergeBatch, merge_batch

# Editions that are worth a template: it costs about two layouts.
SMALLEST_GROUP = 3

# Most editions a process makes at once.
BATCH_SIZE = 100

# Kinds of facts that are printed in words of the language: they have no slot.
WORDED_KINDS = ("date",)

# The editions of a batch with their pages, by name.
GroupPages = dict[str, tuple[PendingEdition, ComposedPage]]


def build_sites(
    project: Project,
    requests: Mapping[str, BuildRequest],
    jobs: int = 0,
    executor: str = "processes",
    progress: Progress | None = None,
) -> BuildReport:
    """Build what is asked for each site, by its code, with `jobs` processes (0 = all cores).

    Raises UsageError for unknown names, LeafletsError if nothing can be built at all.
    """
    project.output.mkdir(parents=True, exist_ok=True)
    if requests:
        make_sites_secret(project.root / "sites")
    with locked_folder(project.output):
        first = BuildRun(project, Snapshot(project), read_manifest(project.output))
        runs = [run_at_site(first, site, request) for site, request in requests.items()]
        outcomes: dict[str, Outcome] = {}
        pending: list[PendingEdition] = []
        for run in runs:
            decided, rest = run.sift(wanted_editions(project, run.request))
            outcomes |= decided
            pending += rest
        tell = progress or no_progress
        for made in _draw(project, pending, jobs or os.cpu_count() or 1, executor):
            outcomes[made.record.edition] = made
            tell(len(outcomes), len(outcomes) + len(pending))
        first.tidy(set(outcomes))
        for run in runs:
            records = (made.record for made in outcomes.values())
            own = (record for record in records if record.site == run.snapshot.site)
            write_calendar_files(run.snapshot, own)
    return BuildReport(tuple(outcomes.values()), (), ())


def run_at_site(run: BuildRun, site: str, request: BuildRequest = EVERYTHING) -> BuildRun:
    """Return the run at a site with a request of its own; what is read once stays shared."""
    new = copy(run)
    new.request = replace(request, site=site)
    new.snapshot = replace(run.snapshot, site=site)
    new.log = copy(run.log)
    new.log.snapshot = new.snapshot
    _ = new.snapshot.own_facts  # an unknown site is wrong use, before any work
    return new


def _draw(
    project: Project, pending: list[PendingEdition], count: int, executor: str
) -> Iterator[Outcome]:
    if not pending:
        return
    faces = fonts.needed_faces([project.languages["en"]], project.languages)
    files = merge_glyphs.merge_font_files(fonts.font_files(faces))
    with edition_workers(project, [item.edition for item in pending], count, executor) as pool:
        alone: list[PendingEdition] = []
        running: dict[Future[dict[str, JobResult]], GroupPages] = {}
        for group in mergeable_groups(pending, files):
            if len(group) < SMALLEST_GROUP:
                alone += group
                continue
            for batch, pages in _batches(group):
                running[pool.submit(merge_batch, batch)] = pages
        for future in as_completed(running):
            pages, results = running[future], _merged(future)
            for name, (item, page) in pages.items():
                if name in results:
                    yield item.finish(page, results[name])
                else:
                    alone.append(item)
        yield from draw_pending(pool, alone)


def _merged(future: Future[dict[str, JobResult]]) -> dict[str, JobResult]:
    """Return what a batch made without a problem; the rest is laid out one by one.

    An edition that fails on its own as well says why.
    """
    try:
        found = future.result()
    except Exception:  # noqa: BLE001 - whatever failed in the template, each edition is still tried
        return {}
    return {name: result for name, result in found.items() if not result.problems}


def mergeable_groups(
    pending: Iterable[PendingEdition], files: tuple[Path, Path]
) -> list[list[PendingEdition]]:
    """Return the editions in groups that differ only in facts of equal width.

    What has no slot is a group of its own.
    """
    found: defaultdict[tuple[object, ...], list[PendingEdition]] = defaultdict(list)
    used: dict[tuple[str, str], list[str]] = {}
    for item in pending:
        edition, snapshot = item.edition, item.run.snapshot
        leaflet, texts = snapshot.project.leaflets[edition.leaflet], snapshot.edition_texts(edition)
        place = edition.leaflet, edition.language
        if place not in used:
            used[place] = sorted(fact_names(leaflet, texts))
        own = [snapshot.own_facts[name] for name in used[place] if name in snapshot.own_facts]
        shapes = tuple(
            (
                fact.name,
                fact.kind,
                bool(fact.detail),
                merge_glyphs.text_width(files, printed_value(fact)),
            )
            for fact in own
        )
        order = item.run.request.order(snapshot.project, edition)
        # A second language, a bleed and facts in words cannot be merged.
        worded = any(fact.kind in WORDED_KINDS for fact in own)
        alone = edition.name if edition.other or order.printer.bleed or worded else ""
        numbers = state_of_numbers(snapshot, leaflet, texts)
        found[*place, edition.sheet, order, numbers, shapes, alone].append(item)
    return list(found.values())


def _batches(group: list[PendingEdition]) -> Iterator[tuple[MergeBatch, GroupPages]]:
    """Yield slices of a group, with the page of each edition; the first edition is laid out."""
    try:
        job, page = group[0].compose()
    except LeafletsError:
        return
    own = slot_values(group[0], page)
    for start in range(0, len(group), BATCH_SIZE):
        pages = {}
        for item in group[start : start + BATCH_SIZE]:
            code = page.recipe.code(item.edition.site, paper_keys(item.run.snapshot))
            # Nobody lays out the other pages of the group: their HTML is never needed.
            pages[item.edition.name] = item, replace(page, html="", code=code)
        values = {name: slot_values(*pair) for name, pair in pages.items()}
        yield MergeBatch(job, own, values), pages


def slot_values(item: PendingEdition, page: ComposedPage) -> dict[str, SlotValue]:
    """Return what fills the slots of an edition: the site's own facts, and the edition's code."""
    own = item.run.snapshot.own_facts
    values = {"code": SlotValue(page.code)}
    for name in page.facts:
        if name in own:
            values[name] = SlotValue(printed_value(own[name]), fact_link(own[name]))
    return values
