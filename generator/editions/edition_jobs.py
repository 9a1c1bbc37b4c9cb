"""Make the job that a process needs to draw an edition."""

from __future__ import annotations

from dataclasses import replace

from generator.campaign.printers import PrintOrder
from generator.editions.content import edition_page
from generator.editions.jobs import EditionJob
from generator.editions.overflow import own_sentences
from generator.imposition.pairs import BACK_TO_BACK, SheetPair, sheet_pair
from generator.layout.compose import ComposedPage
from generator.layout.stage import lesser_stage
from generator.model import Edition, State
from generator.review.snapshot import Snapshot


def edition_job(
    snapshot: Snapshot, edition: Edition, order: PrintOrder
) -> tuple[EditionJob, ComposedPage]:
    """Return what a process needs to draw an edition, and its page.

    Raises LeafletsError if the edition must not be printed.
    """
    if edition.other:
        return _pair_job(snapshot, edition, order)
    page = edition_page(snapshot, edition, snapshot.edition_texts(edition))
    job = EditionJob(
        edition.name,
        page.html,
        snapshot.project.languages[edition.language],
        snapshot.project.sheets[edition.sheet],
        page.expected,
        order,
        own_sentences(page),
    )
    if page.quiet:
        quiet = replace(job, html=page.quiet.html, expected=page.quiet.expected)
        job = replace(job, quiet=quiet)
    return job, page


def _pair_job(
    snapshot: Snapshot, edition: Edition, order: PrintOrder
) -> tuple[EditionJob, ComposedPage]:
    """Return the job and the page of two languages that share a sheet."""
    pair = sheet_pair(snapshot.project.sheets[edition.sheet], edition.layout or BACK_TO_BACK)
    (one, first), (two, second) = (edition_job(snapshot, half, order) for half in edition.halves)
    job, page = _joined_jobs(edition.name, pair, one, two), _joined_pages(first, second)
    if first.quiet or second.quiet:
        quiet = _joined_jobs(edition.name, pair, one.quiet or one, two.quiet or two)
        job = replace(job, quiet=quiet)
        page = replace(page, quiet=_joined_pages(first.quiet or first, second.quiet or second))
    return job, page


def _joined_jobs(name: str, pair: SheetPair, one: EditionJob, two: EditionJob) -> EditionJob:
    also = replace(two, sheet=pair.half)
    return replace(one, name=name, sheet=pair.half, also=also, pair=pair)


def _joined_pages(first: ComposedPage, second: ComposedPage) -> ComposedPage:
    return replace(
        first,
        state=State.READY if first.state is second.state is State.READY else State.DRAFT,
        stage=lesser_stage(first.stage, second.stage),
        code=f"{first.code}+{second.code}",
        also=second,
    )
