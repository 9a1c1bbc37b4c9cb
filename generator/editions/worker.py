"""Draw and prove one edition: the work of one process, from HTML to a PDF that was looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.campaign.printers import OFFICE, Order
from generator.campaign.sheets import Sheet
from generator.imposition.bilingual import joined
from generator.imposition.impose import trimmed
from generator.imposition.pairs import Pairing, impose_pair
from generator.imposition.print_files import PrintFile, PrintRoom, Proved
from generator.layout import fonts
from generator.layout.copyfit import Said, cuts
from generator.layout.expected import Expected
from generator.layout.no_room import (
    VALUE_TOO_LONG,
    WORD_TOO_LONG,
    guilty,
    no_room,
    relaid,
    too_wide,
    values,
)
from generator.layout.render import Drawn, Renderer, Setup
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
class Job:
    """Everything one edition needs, small enough to travel to another process."""

    name: str
    html: str
    language: Language
    sheet: Sheet
    expected: Expected
    order: Order = OFFICE
    page: tuple[Said, ...] = ()
    """The sentences it prints, to name those that are too long."""
    also: Job | None = None
    """The edition of a second language, and how both share the sheet."""
    pair: Pairing | None = None
    quiet: Job | None = None
    """The same without the code to its voice, to be printed where there is no room for it."""


@dataclass(frozen=True)
class Print:
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


class Press:
    """One process's renderer, and one shaper a language."""

    def __init__(self, setup: Setup) -> None:
        self.assets: Mapping[str, Path] = setup.assets
        self.renderer = Renderer(setup)
        self.shapers: dict[str, Shaper] = {}
        self.room = PrintRoom(self.renderer)
        self.renderer.freeze()

    def run(self, job: Job, prove: bool = True) -> Print:
        """Return the edition drawn at the largest size that fits, and proved."""
        start = time.perf_counter()
        result = self._run(job, prove)
        if job.quiet and any(problem.code in TOO_MUCH for problem in result.problems):
            result = replace(self._run(job.quiet, prove), quiet=True)
        return replace(result, seconds=round(time.perf_counter() - start, 3))

    def _run(self, job: Job, prove: bool) -> Print:
        try:
            drawn, size = self.fit(job)
            result = (
                self.prove(job, drawn, size) if prove else Print(drawn.pdf, b"", drawn.pages, size)
            )
            if job.also and job.pair and prove and not result.problems:
                result = self._pair(job, job.also, job.pair, result)
        except LeafletsError as error:
            result = Print(problems=error.problems)
        return result

    def fit(self, job: Job) -> tuple[Drawn, float]:
        """Return the edition at the size (pt) that `fit` finds; raise LeafletsError if it has too many pages at every size."""
        drawn, size = arranged(job, lambda job: fit(job.sheet, lambda size: self._draw(job, size)))
        if wrong := tuple(crowded(job, drawn, size, self._draw)):
            raise LeafletsError(*wrong)
        return drawn, size

    def _draw(self, job: Job, size: float) -> Drawn:
        return self.renderer.draw(
            job.html, job.sheet, size, fonts.stack(job.language), job.order.printer.bleed
        )

    def prove(self, job: Job, drawn: Drawn, size: float) -> Print:
        """Return a drawn edition with what its proof found; its PDF only if that is nothing."""
        from generator.proof.proof import prove

        pdf = trimmed(drawn.pdf) if job.order.printer.bleed else drawn.pdf
        proof = prove(pdf, job.sheet, job.expected, self.shaper(job.language))
        filled = round(drawn.filled / job.sheet.pages, 2)
        if proof.problems:
            return Print(b"", proof.thumbnail, drawn.pages, size, filled, 0, proof.problems)
        if job.pair:
            return Print(drawn.pdf, proof.thumbnail, drawn.pages, size, filled, codes=proof.codes)
        prints = self.files(job, drawn.pdf, proof.codes)
        return Print(
            drawn.pdf, proof.thumbnail, drawn.pages, size, filled, codes=proof.codes, prints=prints
        )

    def files(
        self, job: Job, pdf: bytes, codes: tuple[tuple[str, ...], ...]
    ) -> tuple[PrintFile, ...]:
        """Return the files to print of a proved PDF, whose QR codes say `codes`; raise LeafletsError if a proof fails."""
        return self.room.files(Proved(pdf, codes), job.sheet, job.language.direction, job.order)

    def _pair(self, job: Job, other: Job, pair: Pairing, first: Print) -> Print:
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
        pdf, codes = joined(first.pdf, second.pdf), (*first.codes, *second.codes)
        sides = impose_pair(pair, (first.pages, second.pages), job.language.direction)
        prints = self.room.files(
            Proved(pdf, codes), pair.whole, job.language.direction, job.order, sides
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
                (name, name.removeprefix(fonts.PRIVATE).replace(" ", ""))
                for name in fonts.stack(language)
            ]
            files = [
                (name, self.assets[f"{short}-400"], self.assets[f"{short}-700"])
                for name, short in families
            ]
            self.shapers[language.code] = Shaper(files, language.tag, language.unicode_scripts)
        return self.shapers[language.code]


def fit(sheet: Sheet, draw: Callable[[float], Drawn]) -> tuple[Drawn, float]:
    """Return the fewest pages the smallest size allows, set as large as those pages, or the fold's, can hold, and that size in pt.

    More pages than the sheet has are returned at the smallest size.
    """
    *larger, floor = sheet.sizes
    best = draw(floor)
    budget = sheet.budget(best.pages)
    if (sheet.unit > 1 or sheet.pages == 1) and best.pages <= sheet.pages:
        return _largest(larger, lambda drawn: fits(sheet, drawn, budget), draw) or (best, floor)
    for bigger in larger if best.pages <= sheet.pages else ():
        if best.filled * (bigger / floor) ** GROWTH > budget:
            continue
        drawn = draw(bigger)
        if fits(sheet, drawn, budget):
            return drawn, bigger
    return best, floor


def arranged(job: Job, lay: Callable[[Job], tuple[Drawn, float]]) -> tuple[Drawn, float]:
    """Return an edition laid out as it is if that fits, else with long values in another place that does, else as it is."""
    first = drawn, size = lay(job)
    for html in () if fits(job.sheet, drawn, job.sheet.pages) else relaid(job.html):
        drawn, size = lay(replace(job, html=html))
        if fits(job.sheet, drawn, job.sheet.pages):
            return drawn, size
    return first


def uncovered(sheet: Sheet, drawn: Drawn) -> bool:
    """Tell whether title, lead and code, which stay together, found no room on the cover."""
    return sheet.cover and TITLE in drawn.on(1)


def fits(sheet: Sheet, drawn: Drawn, budget: int) -> bool:
    """Tell whether what is drawn has so many pages at most, and room for every word on them."""
    return drawn.pages <= budget and not uncovered(sheet, drawn) and not drawn.tight


def _largest(
    sizes: list[float], fits: Callable[[Drawn], bool], draw: Callable[[float], Drawn]
) -> tuple[Drawn, float] | None:
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


def crowded(
    job: Job, drawn: Drawn, size: float, draw: Callable[[Job, float], Drawn]
) -> Iterator[Problem]:
    """Yield why an edition has no room for all that it says at its smallest size.

    With too many pages that is its long values, if it would fit with short ones, and else its sentences.
    """
    if drawn.pages > job.sheet.pages:
        long = guilty(
            job.html, lambda html: draw(replace(job, html=html), size).pages <= job.sheet.pages
        )
        yield from (too_wide(name, value, job.sheet, size) for name, value in long.items())
        if not long:
            yield overflow(job, drawn, size)
            yield from too_long(job, drawn)
    elif uncovered(job.sheet, drawn):
        yield overflow_cover(job, size)
    else:
        yield from no_room(job.sheet, drawn.tight, values(job.html), size)


def overflow(job: Job, drawn: Drawn, size: float) -> Problem:
    """Return what to say about an edition that has more pages than its sheet."""
    over = max(1, round(100 * (1 - job.sheet.pages / drawn.filled)))
    what = f"too long for {job.sheet.name} at {size:g} pt: {drawn.pages} pages instead of {job.sheet.pages}"
    return Problem(
        OVERFLOW,
        what,
        hint=f"shorten the {job.language.english} by about {over} %, or use a larger sheet",
    )


def overflow_cover(job: Job, size: float) -> Problem:
    """Return what to say about an edition whose cover is too small for what stands on it."""
    what = f"title and lead are too long for the cover of {job.sheet.name} at {size:g} pt"
    return Problem(
        "overflow-cover",
        what,
        hint=f"shorten them in {job.language.english}, or use a larger sheet",
        msgctxt=TITLE,
    )


def too_long(job: Job, drawn: Drawn) -> Iterator[Problem]:
    """Yield a problem for each sentence that must be shortened, with how many letters are too many."""
    over = 1 - job.sheet.pages / drawn.filled if drawn.filled > job.sheet.pages else 0.02
    for cut in cuts(job.page, over, drawn.on(job.sheet.pages)):
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


_press: Press | None = None


def start(setup: Setup) -> None:
    """Make this process's press; once, before any `work`."""
    global _press
    _press = Press(setup)


def here() -> Press:
    """Return this process's press."""
    if _press is None:
        raise RuntimeError("start() has not run in this process")
    return _press


def work(job: Job, prove: bool = True) -> Print:
    """Run one job on this process's press; without the proof it is layout alone, for measuring."""
    return here().run(job, prove)
