"""Draw one edition, cut a stencil from it, and make the editions of many places: the part of a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions.worker import EditionJob, EditionWorker, JobResult, current_worker
from generator.problem import LeafletsError
from generator.sitemerge import merge_glyphs
from generator.sitemerge.merge_glyphs import MergeGlyphs
from generator.sitemerge.merge_proof import prove_merged, same_picture
from generator.sitemerge.merge_slots import find_slots, refuse_merge
from generator.sitemerge.merge_template import MergeTemplate, SlotValue

KEPT = 3
"""Stencils a process remembers; one weighs about as much as its PDF."""


@dataclass(frozen=True)
class MergeBatch:
    """An edition laid out for one place, and the values of other places whose values are as wide."""

    job: EditionJob
    own: Mapping[str, SlotValue]
    """The values on the page of `job`."""
    places: Mapping[str, Mapping[str, SlotValue]]
    """The values of each place, by the name of its edition."""


_stencils: dict[tuple[str, str], tuple[MergeTemplate, JobResult]] = {}
_cases: dict[str, MergeGlyphs] = {}


def merge_batch(batch: MergeBatch) -> dict[str, JobResult]:
    """Return the proved edition of each place by its name; raise LeafletsError if they must be laid out one by one.

    The shared part is laid out and proved once, its stencil compared with it pixel for pixel, and each result is read back.
    """
    stencil, first = _stencil(current_worker(), batch)
    return {
        name: _filled(batch.job, stencil, first, values) for name, values in batch.places.items()
    }


def _stencil(press: EditionWorker, batch: MergeBatch) -> tuple[MergeTemplate, JobResult]:
    key = (batch.job.name, batch.job.html)
    if key not in _stencils:
        while len(_stencils) >= KEPT:
            _stencils.pop(next(iter(_stencils)))
        drawn, size = press.fit(batch.job)
        first = press.prove(batch.job, drawn, size)
        if first.problems:
            raise LeafletsError(*first.problems)
        found = find_slots(drawn.layout, {name: value.text for name, value in batch.own.items()})
        stencil = MergeTemplate(drawn.pdf, found, batch.own, _case(press))
        if not same_picture(drawn.pdf, stencil.fill(batch.own)):
            raise refuse_merge("the stencil does not look like the edition it was cut from")
        _stencils[key] = stencil, replace(first, pdf=b"")
    return _stencils[key]


def _case(press: EditionWorker) -> MergeGlyphs:
    if merge_glyphs.MERGE_FAMILY not in _cases:
        html = merge_glyphs.MERGE_HTML.format(
            escape(merge_glyphs.MERGE_LETTERS), merge_glyphs.MERGE_PAIRS
        )
        drawn = press.renderer.draw(html, SHIPPED_SHEETS["a4"], 20, (merge_glyphs.MERGE_FAMILY,))
        _cases[merge_glyphs.MERGE_FAMILY] = MergeGlyphs(
            drawn.pdf, merge_glyphs.merge_font_files(press.assets)
        )
    return _cases[merge_glyphs.MERGE_FAMILY]


def _filled(
    job: EditionJob, stencil: MergeTemplate, first: JobResult, values: Mapping[str, SlotValue]
) -> JobResult:
    try:
        pdf = stencil.fill(values)
        if problems := prove_merged(pdf, stencil, values):
            return JobResult(problems=problems)
        prints = current_worker().files(job, pdf, first.codes) if first.prints else ()
    except LeafletsError as error:
        return JobResult(problems=error.problems)
    return replace(first, pdf=pdf, prints=prints, seconds=0)
