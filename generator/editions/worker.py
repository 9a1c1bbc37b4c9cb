"""Draw and prove one edition: the work of one process, from HTML to a PDF that was looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.campaign.printers import OFFICE_ORDER, PrintOrder
from generator.campaign.sheets import Sheet
from generator.imposition.bilingual import join_languages
from generator.imposition.impose import trim_pages
from generator.imposition.pairs import SheetPair, impose_pair
from generator.imposition.print_files import PrintFile, PrintFileMaker, ProvedEdition
from generator.layout import fonts
from generator.layout.copyfit import PageSentence, sentence_cuts
from generator.layout.expected import Expected
from generator.layout.no_room import (
    VALUE_TOO_LONG,
    WORD_TOO_LONG,
    long_value_problem,
    no_room_problems,
    oversized_values,
    printed_values,
    rearranged_rows,
)
from generator.layout.render import DrawnDocument, Renderer, RenderSetup
from generator.model import Language
from generator.problem import LeafletsError, Problem

if TYPE_CHECKING:
    from generator.proof.glyphs import Shaper

OVERFLOW = "overflow"
"""The problem of an edition that has more pages than its sheet."""
TOO_MUCH = (OVERFLOW, VALUE_TOO_LONG, WORD_TOO_LONG)
"""The problems of an edition that has no room for all that it says."""
GROWTH = 1.5
"""Filled area grows at least with this power of the type size; larger sizes that cannot fit are not tried."""
TITLE = "title"
"""The message that stands on the cover."""


@dataclass(frozen=True)
class EditionJob:
    """Everything one edition needs, small enough to travel to another process."""

    name: str
    html: str
    language: Language
    sheet: Sheet
    expected: Expected
    order: PrintOrder = OFFICE_ORDER
    page: tuple[PageSentence, ...] = ()
    """The sentences it prints, to name those that are too long."""
    also: EditionJob | None = None
    """The edition of a second language, and how both share the sheet."""
    pair: SheetPair | None = None
    quiet: EditionJob | None = None
    """The same without the code to its voice, to be printed where there is no room for it."""


@dataclass(frozen=True)
class JobResult:
    """What came of a job: the PDF if nothing is wrong, else the problems."""

    pdf: bytes = b""
    thumbnail: bytes = b""
    pages: int = 0
    size: float = 0
    """Type size used, in pt, before the language's factor."""
    filled: float = 0
    """Part of the sheet's pages that is filled, 0 to 1."""
    seconds: float = 0
    problems: tuple[Problem, ...] = ()
    codes: tuple[tuple[str, ...], ...] = ()
    """What the QR codes of each page say, for who goes on with it."""
    prints: tuple[PrintFile, ...] = ()
    """The files to print, if the edition itself is not what goes through the printer."""
    quiet: bool = False
    """Whether it was printed without the code to its voice, for want of room."""


class EditionWorker:
    """One process's renderer, and one shaper a language."""

    def __init__(self, setup: RenderSetup) -> None:
        self.assets: Mapping[str, Path] = setup.assets
        self.renderer = Renderer(setup)
        self.shapers: dict[str, Shaper] = {}
        self.room = PrintFileMaker(self.renderer)
        self.renderer.freeze()

    def run(self, job: EditionJob, prove: bool = True) -> JobResult:
        """Return the edition drawn at the largest size that fits, and proved."""
        start = time.perf_counter()
        result = self._run(job, prove)
        if job.quiet and any(problem.code in TOO_MUCH for problem in result.problems):
            result = replace(self._run(job.quiet, prove), quiet=True)
        return replace(result, seconds=round(time.perf_counter() - start, 3))

    def _run(self, job: EditionJob, prove: bool) -> JobResult:
        try:
            drawn, size = self.fit(job)
            result = (
                self.prove(job, drawn, size)
                if prove
                else JobResult(drawn.pdf, b"", drawn.pages, size)
            )
            if job.also and job.pair and prove and not result.problems:
                result = self._pair(job, job.also, job.pair, result)
        except LeafletsError as error:
            result = JobResult(problems=error.problems)
        return result

    def fit(self, job: EditionJob) -> tuple[DrawnDocument, float]:
        """Return the edition at the size (pt) that `largest_fit` finds; raise LeafletsError if it has too many pages at every size."""
        drawn, size = fit_with_values_moved(
            job, lambda job: largest_fit(job.sheet, lambda size: self._draw(job, size))
        )
        if wrong := tuple(room_problems(job, drawn, size, self._draw)):
            raise LeafletsError(*wrong)
        return drawn, size

    def _draw(self, job: EditionJob, size: float) -> DrawnDocument:
        return self.renderer.draw(
            job.html, job.sheet, size, fonts.font_stack(job.language), job.order.printer.bleed
        )

    def prove(self, job: EditionJob, drawn: DrawnDocument, size: float) -> JobResult:
        """Return a drawn edition with what its proof found; its PDF only if that is nothing."""
        from generator.proof.edition_proof import prove_edition

        pdf = trim_pages(drawn.pdf) if job.order.printer.bleed else drawn.pdf
        proof = prove_edition(pdf, job.sheet, job.expected, self.shaper(job.language))
        filled = round(drawn.filled / job.sheet.pages, 2)
        if proof.problems:
            return JobResult(b"", proof.thumbnail, drawn.pages, size, filled, 0, proof.problems)
        if job.pair:
            return JobResult(
                drawn.pdf, proof.thumbnail, drawn.pages, size, filled, codes=proof.codes
            )
        prints = self.files(job, drawn.pdf, proof.codes)
        return JobResult(
            drawn.pdf, proof.thumbnail, drawn.pages, size, filled, codes=proof.codes, prints=prints
        )

    def files(
        self, job: EditionJob, pdf: bytes, codes: tuple[tuple[str, ...], ...]
    ) -> tuple[PrintFile, ...]:
        """Return the files to print of a proved PDF, whose QR codes say `codes`; raise LeafletsError if a proof fails."""
        return self.room.files(
            ProvedEdition(pdf, codes), job.sheet, job.language.direction, job.order
        )

    def _pair(
        self, job: EditionJob, other: EditionJob, pair: SheetPair, first: JobResult
    ) -> JobResult:
        """Return an edition with the one of a second language on the same sheet, both proved alone."""
        drawn, size = self.fit(other)
        second = self.prove(replace(other, pair=pair), drawn, size)
        if second.problems:
            return replace(
                second,
                problems=tuple(
                    problem.at(language=other.language.code) for problem in second.problems
                ),
            )
        pdf, codes = join_languages(first.pdf, second.pdf), (*first.codes, *second.codes)
        sides = impose_pair(pair, (first.pages, second.pages), job.language.direction)
        prints = self.room.files(
            ProvedEdition(pdf, codes), pair.whole, job.language.direction, job.order, sides
        )
        return replace(
            first,
            pdf=pdf,
            pages=first.pages + second.pages,
            size=min(first.size, second.size),
            codes=codes,
            prints=prints,
        )

    def shaper(self, language: Language) -> Shaper:
        """Return what shapes words of a language, as Pango does."""
        from generator.proof.glyphs import Shaper

        if language.code not in self.shapers:
            families = [
                (name, name.removeprefix(fonts.FAMILY_PREFIX).replace(" ", ""))
                for name in fonts.font_stack(language)
            ]
            files = [
                (name, self.assets[f"{short}-400"], self.assets[f"{short}-700"])
                for name, short in families
            ]
            self.shapers[language.code] = Shaper(files, language.tag, language.unicode_scripts)
        return self.shapers[language.code]


def largest_fit(
    sheet: Sheet, draw: Callable[[float], DrawnDocument]
) -> tuple[DrawnDocument, float]:
    """Return the fewest pages the smallest size allows, set as large as those pages, or the fold's, can hold, and that size in pt.

    More pages than the sheet has are returned at the smallest size.
    """
    *larger, floor = sheet.sizes
    best = draw(floor)
    budget = sheet.budget(best.pages)
    if (sheet.unit > 1 or sheet.pages == 1) and best.pages <= sheet.pages:
        return _largest(larger, lambda drawn: fits_sheet(sheet, drawn, budget), draw) or (
            best,
            floor,
        )
    for bigger in larger if best.pages <= sheet.pages else ():
        if best.filled * (bigger / floor) ** GROWTH > budget:
            continue
        drawn = draw(bigger)
        if fits_sheet(sheet, drawn, budget):
            return drawn, bigger
    return best, floor


def fit_with_values_moved(
    job: EditionJob, lay: Callable[[EditionJob], tuple[DrawnDocument, float]]
) -> tuple[DrawnDocument, float]:
    """Return an edition laid out as it is if that fits, else with long values in another place that does, else as it is."""
    first = drawn, size = lay(job)
    for html in () if fits_sheet(job.sheet, drawn, job.sheet.pages) else rearranged_rows(job.html):
        drawn, size = lay(replace(job, html=html))
        if fits_sheet(job.sheet, drawn, job.sheet.pages):
            return drawn, size
    return first


def cover_overflows(sheet: Sheet, drawn: DrawnDocument) -> bool:
    """Tell whether title, lead and code, which stay together, found no room on the cover."""
    return sheet.cover and TITLE in drawn.on(1)


def fits_sheet(sheet: Sheet, drawn: DrawnDocument, budget: int) -> bool:
    """Tell whether what is drawn has so many pages at most, and room for every word on them."""
    return drawn.pages <= budget and not cover_overflows(sheet, drawn) and not drawn.tight


def _largest(
    sizes: list[float],
    fits: Callable[[DrawnDocument], bool],
    draw: Callable[[float], DrawnDocument],
) -> tuple[DrawnDocument, float] | None:
    """Return the largest size (of some, largest first) at which what is drawn fits, by halving; None if there is none.

    A cover or a strip leaves pages half empty, and much of a poster does not grow with its type: how much is filled tells nothing
    about larger sizes.
    """
    found = None
    while sizes:
        half = len(sizes) // 2
        drawn = draw(sizes[half])
        if fits(drawn):
            found, sizes = (drawn, sizes[half]), sizes[:half]
        else:
            sizes = sizes[half + 1 :]
    return found


def room_problems(
    job: EditionJob,
    drawn: DrawnDocument,
    size: float,
    draw: Callable[[EditionJob, float], DrawnDocument],
) -> Iterator[Problem]:
    """Yield why an edition has no room for all that it says at its smallest size.

    With too many pages that is its long values, if it would fit with short ones, and else its sentences.
    """
    if drawn.pages > job.sheet.pages:
        long = oversized_values(
            job.html, lambda html: draw(replace(job, html=html), size).pages <= job.sheet.pages
        )
        yield from (
            long_value_problem(name, value, job.sheet, size) for name, value in long.items()
        )
        if not long:
            yield overflow_problem(job, drawn, size)
            yield from sentence_problems(job, drawn)
    elif cover_overflows(job.sheet, drawn):
        yield cover_problem(job, size)
    else:
        yield from no_room_problems(job.sheet, drawn.tight, printed_values(job.html), size)


def overflow_problem(job: EditionJob, drawn: DrawnDocument, size: float) -> Problem:
    """Return what to say about an edition that has more pages than its sheet."""
    over = max(1, round(100 * (1 - job.sheet.pages / drawn.filled)))
    what = f"too long for {job.sheet.name} at {size:g} pt: {drawn.pages} pages instead of {job.sheet.pages}"
    return Problem(
        OVERFLOW,
        what,
        hint=f"shorten the {job.language.english} by about {over} %, or use a larger sheet",
    )


def cover_problem(job: EditionJob, size: float) -> Problem:
    """Return what to say about an edition whose cover is too small for what stands on it."""
    what = f"title and lead are too long for the cover of {job.sheet.name} at {size:g} pt"
    return Problem(
        "overflow-cover",
        what,
        hint=f"shorten them in {job.language.english}, or use a larger sheet",
        msgctxt=TITLE,
    )


def sentence_problems(job: EditionJob, drawn: DrawnDocument) -> Iterator[Problem]:
    """Yield a problem for each sentence that must be shortened, with how many letters are too many."""
    over = 1 - job.sheet.pages / drawn.filled if drawn.filled > job.sheet.pages else 0.02
    for cut in sentence_cuts(job.page, over, drawn.on(job.sheet.pages)):
        said = cut.said
        what = f"about {cut.letters} of {len(said.text)} letters too long for {job.sheet.name}"
        beside = (
            f"; it is {said.ratio:.1f} times as long as the English, others are {cut.usual:.1f}"
            if said.ratio > 1.1 * cut.usual
            else ""
        )
        yield Problem(
            "overflow-sentence",
            what,
            hint=f"say the same in fewer words{beside}",
            msgctxt=said.name,
        )


_press: EditionWorker | None = None


def start_worker(setup: RenderSetup) -> None:
    """Make this process's press; once, before any `run_job`."""
    global _press
    _press = EditionWorker(setup)


def current_worker() -> EditionWorker:
    """Return this process's press."""
    if _press is None:
        raise RuntimeError("start() has not run in this process")
    return _press


def run_job(job: EditionJob, prove: bool = True) -> JobResult:
    """Run one job on this process's press; without the proof it is layout alone, for measuring."""
    return current_worker().run(job, prove)
