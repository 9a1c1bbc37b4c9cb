"""Draw one edition, cut a stencil from it, and make the editions of many places: the part of a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

from generator.campaign.sheets import SHEETS
from generator.editions.worker import Job, Press, Print, here
from generator.problem import LeafletsError
from generator.sitemerge import merge_glyphs
from generator.sitemerge.merge_glyphs import TypeCase
from generator.sitemerge.merge_proof import prove_filled, same_picture
from generator.sitemerge.merge_slots import refuse, slots
from generator.sitemerge.merge_template import Stencil, Value

KEPT = 3
"""Stencils a process remembers; one weighs about as much as its PDF."""


@dataclass(frozen=True)
class Batch:
    """An edition laid out for one place, and the values of other places whose values are as wide."""

    job: Job
    own: Mapping[str, Value]
    """The values on the page of `job`."""
    places: Mapping[str, Mapping[str, Value]]
    """The values of each place, by the name of its edition."""


_stencils: dict[tuple[str, str], tuple[Stencil, Print]] = {}
_cases: dict[str, TypeCase] = {}


def work_batch(batch: Batch) -> dict[str, Print]:
    """Return the proved edition of each place by its name; raise LeafletsError if they must be laid out one by one.

    The shared part is laid out and proved once, its stencil compared with it pixel for pixel, and each result is read back.
    """
    stencil, first = _stencil(here(), batch)
    return {
        name: _filled(batch.job, stencil, first, values) for name, values in batch.places.items()
    }


def _stencil(press: Press, batch: Batch) -> tuple[Stencil, Print]:
    key = (batch.job.name, batch.job.html)
    if key not in _stencils:
        while len(_stencils) >= KEPT:
            _stencils.pop(next(iter(_stencils)))
        drawn, size = press.fit(batch.job)
        first = press.prove(batch.job, drawn, size)
        if first.problems:
            raise LeafletsError(*first.problems)
        found = slots(drawn.layout, {name: value.text for name, value in batch.own.items()})
        stencil = Stencil(drawn.pdf, found, batch.own, _case(press))
        if not same_picture(drawn.pdf, stencil.fill(batch.own)):
            raise refuse("the stencil does not look like the edition it was cut from")
        _stencils[key] = stencil, replace(first, pdf=b"")
    return _stencils[key]


def _case(press: Press) -> TypeCase:
    if merge_glyphs.FAMILY not in _cases:
        html = merge_glyphs.HTML.format(escape(merge_glyphs.LETTERS), merge_glyphs.PAIRS)
        drawn = press.renderer.draw(html, SHEETS["a4"], 20, (merge_glyphs.FAMILY,))
        _cases[merge_glyphs.FAMILY] = TypeCase(drawn.pdf, merge_glyphs.font_files(press.assets))
    return _cases[merge_glyphs.FAMILY]


def _filled(job: Job, stencil: Stencil, first: Print, values: Mapping[str, Value]) -> Print:
    try:
        pdf = stencil.fill(values)
        if problems := prove_filled(pdf, stencil, values):
            return Print(problems=problems)
        prints = here().files(job, pdf, first.codes) if first.prints else ()
    except LeafletsError as error:
        return Print(problems=error.problems)
    return replace(first, pdf=pdf, prints=prints, seconds=0)
