"""Find the largest type at which an edition fits its sheet, and say why none does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from generator.base.words import count_words
from generator.campaign.sheets import Sheet
from generator.editions.jobs import EditionJob
from generator.layout.copyfit import sentence_cuts
from generator.layout.no_room import (
    VALUE_TOO_LONG,
    WORD_TOO_LONG,
    long_value_problem,
    no_room_problems,
    oversized_values,
    printed_values,
    rearranged_rows,
)
from generator.layout.render import DrawnDocument
from generator.problem import Problem

# The problem of an edition that has more pages than its sheet.
TOO_MANY_PAGES = "overflow"

# The problems of an edition that has no room for all that it says.
NO_ROOM_CODES = (TOO_MANY_PAGES, VALUE_TOO_LONG, WORD_TOO_LONG)

# Filled area grows at least with this power of the type size: larger sizes are skipped by it.
GROWTH = 1.5

# The message that stands on the cover.
TITLE = "title"


def largest_fit(
    sheet: Sheet, draw: Callable[[float], DrawnDocument]
) -> tuple[DrawnDocument, float]:
    """Return the edition at the largest size (pt) at which it keeps to its pages, and that size.

    Its pages are the fewest that the smallest size allows, or those of the fold.
    More pages than the sheet has are returned at the smallest size.
    """
    *larger, floor = sheet.sizes
    best = draw(floor)
    if best.pages > sheet.pages:
        return best, floor
    budget = sheet.budget(best.pages)
    if sheet.unit > 1 or sheet.pages == 1:
        return _largest_by_halving(sheet, larger, budget, draw) or (best, floor)
    for size in larger:
        if best.filled * (size / floor) ** GROWTH > budget:
            continue
        drawn = draw(size)
        if fits_sheet(sheet, drawn, budget):
            return drawn, size
    return best, floor


def _largest_by_halving(
    sheet: Sheet, sizes: list[float], budget: int, draw: Callable[[float], DrawnDocument]
) -> tuple[DrawnDocument, float] | None:
    """Return the largest of `sizes` (largest first) that fits, or None.

    A cover or a strip leaves pages half empty, and much of a poster does not grow with its type:
    how much is filled at one size says nothing about larger ones.
    """
    found = None
    while sizes:
        half = len(sizes) // 2
        drawn = draw(sizes[half])
        if fits_sheet(sheet, drawn, budget):
            found, sizes = (drawn, sizes[half]), sizes[:half]
        else:
            sizes = sizes[half + 1 :]
    return found


def fit_with_values_moved(
    job: EditionJob, lay_out: Callable[[EditionJob], tuple[DrawnDocument, float]]
) -> tuple[DrawnDocument, float]:
    """Return an edition as it is if that fits, else with long values moved, else as it is."""
    first = drawn, size = lay_out(job)
    if fits_sheet(job.sheet, drawn, job.sheet.pages):
        return first
    for html in rearranged_rows(job.html):
        drawn, size = lay_out(replace(job, html=html))
        if fits_sheet(job.sheet, drawn, job.sheet.pages):
            return drawn, size
    return first


def fits_sheet(sheet: Sheet, drawn: DrawnDocument, budget: int) -> bool:
    """Tell whether a drawn edition keeps to `budget` pages, with room for every word on them."""
    return drawn.pages <= budget and not cover_overflows(sheet, drawn) and not drawn.tight


def cover_overflows(sheet: Sheet, drawn: DrawnDocument) -> bool:
    """Tell whether title, lead and code, which stay together, found no room on the cover."""
    return sheet.cover and TITLE in drawn.on(1)


def room_problems(
    job: EditionJob,
    drawn: DrawnDocument,
    size: float,
    draw: Callable[[EditionJob, float], DrawnDocument],
) -> Iterator[Problem]:
    """Yield why an edition has no room for all that it says at its smallest size.

    With too many pages that is its long values if it would fit with short ones, else its sentences.
    """
    sheet = job.sheet

    def fits(html: str) -> bool:
        return draw(replace(job, html=html), size).pages <= sheet.pages

    if drawn.pages > sheet.pages:
        long = oversized_values(job.html, fits)
        yield from (long_value_problem(name, value, sheet, size) for name, value in long.items())
        if not long:
            yield overflow_problem(job, drawn, size)
            yield from sentence_problems(job, drawn)
    elif cover_overflows(sheet, drawn):
        yield Problem(
            "overflow-cover",
            f"title and lead are too long for the cover of {sheet.name} at {size:g} pt",
            hint=f"shorten them in {job.language.english}, or use a larger sheet",
            msgctxt=TITLE,
        )
    else:
        yield from no_room_problems(sheet, drawn.tight, printed_values(job.html), size)


def overflow_problem(job: EditionJob, drawn: DrawnDocument, size: float) -> Problem:
    """Return what to say about an edition that has more pages than its sheet."""
    sheet, over = job.sheet, max(1, round(100 * (1 - job.sheet.pages / drawn.filled)))
    pages = f"{count_words(drawn.pages, 'page')} instead of {sheet.pages}"
    return Problem(
        TOO_MANY_PAGES,
        f"too long for {sheet.name} at {size:g} pt: {pages}",
        hint=f"shorten the {job.language.english} by about {over} %, or use a larger sheet",
    )


def sentence_problems(job: EditionJob, drawn: DrawnDocument) -> Iterator[Problem]:
    """Yield a problem for each sentence to shorten, with how many letters are too many."""
    pages = job.sheet.pages
    over = 1 - pages / drawn.filled if drawn.filled > pages else 0.02
    for cut in sentence_cuts(job.page, over, drawn.on(pages)):
        said, hint = cut.said, "say the same in fewer words"
        if said.ratio > 1.1 * cut.usual:
            hint += f"; it is {said.ratio:.1f} times as long as the English"
            hint += f", others are {cut.usual:.1f}"
        what = f"about {cut.letters} of {len(said.text)} letters too long for {job.sheet.name}"
        yield Problem("overflow-sentence", what, hint=hint, msgctxt=said.name)
