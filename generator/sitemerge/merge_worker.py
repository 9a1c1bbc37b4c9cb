"""Draw one edition, make a template of it, and fill it for many places: the part of a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions.jobs import EditionJob, JobResult
from generator.editions.worker import EditionWorker, current_worker
from generator.problem import LeafletsError
from generator.sitemerge.merge_glyphs import (
    MERGE_FAMILY,
    MERGE_HTML,
    MERGE_LETTERS,
    MERGE_PAIRS,
    MergeGlyphs,
    merge_font_files,
)
from generator.sitemerge.merge_proof import prove_merged, same_picture
from generator.sitemerge.merge_slots import find_slots, refuse_merge
from generator.sitemerge.merge_template import MergeTemplate, SlotValue

# Templates a process remembers; one weighs about as much as its PDF.
REMEMBERED_TEMPLATES = 3


@dataclass(frozen=True)
class MergeBatch:
    """An edition laid out for one place, and the values of other places, as wide as its own."""

    job: EditionJob
    own: Mapping[str, SlotValue]
    """The values on the page of `job`."""
    places: Mapping[str, Mapping[str, SlotValue]]
    """The values of each place, by the name of its edition."""


_templates: dict[tuple[str, str], tuple[MergeTemplate, JobResult]] = {}


def merge_batch(batch: MergeBatch) -> dict[str, JobResult]:
    """Return the proved edition of each place by its name.

    The shared part is laid out and proved once, its template compared with it pixel for pixel, and
    each result is read back.
    Raises LeafletsError if the editions must be laid out one by one.
    """
    template, first = _template(current_worker(), batch)
    return {
        name: _filled(batch.job, template, first, values) for name, values in batch.places.items()
    }


def _template(worker: EditionWorker, batch: MergeBatch) -> tuple[MergeTemplate, JobResult]:
    key = (batch.job.name, batch.job.html)
    if key not in _templates:
        while len(_templates) >= REMEMBERED_TEMPLATES:
            _templates.pop(next(iter(_templates)))
        drawn, size = worker.fit(batch.job)
        first = worker.prove(batch.job, drawn, size)
        if first.problems:
            raise LeafletsError(*first.problems)
        slots = find_slots(drawn.layout, {name: value.text for name, value in batch.own.items()})
        template = MergeTemplate(drawn.pdf, slots, batch.own, drawn_glyphs(worker))
        if not same_picture(drawn.pdf, template.fill(batch.own)):
            raise refuse_merge("the template does not look like the edition it was cut from")
        _templates[key] = template, replace(first, pdf=b"")
    return _templates[key]


@cache
def drawn_glyphs(worker: EditionWorker) -> MergeGlyphs:
    """Return the letters of facts and codes, drawn once by this process."""
    html = MERGE_HTML.format(escape(MERGE_LETTERS), MERGE_PAIRS)
    drawn = worker.renderer.draw(html, SHIPPED_SHEETS["a4"], 20, (MERGE_FAMILY,))
    return MergeGlyphs(drawn.pdf, merge_font_files(worker.assets))


def _filled(
    job: EditionJob, template: MergeTemplate, first: JobResult, values: Mapping[str, SlotValue]
) -> JobResult:
    try:
        pdf = template.fill(values)
        if problems := prove_merged(pdf, template, values):
            return JobResult(problems=problems)
        prints = current_worker().files(job, pdf, first.codes) if first.prints else ()
    except LeafletsError as error:
        return JobResult(problems=error.problems)
    return replace(first, pdf=pdf, prints=prints, seconds=0)
