"""Draw and prove one edition: the work of one process, from HTML to a proved PDF."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.editions.fitting import (
    NO_ROOM_CODES,
    fit_with_values_moved,
    largest_fit,
    room_problems,
)
from generator.editions.jobs import EditionJob, JobResult
from generator.imposition.bilingual import join_languages
from generator.imposition.impose import trim_pages
from generator.imposition.pairs import SheetPair, impose_pair
from generator.imposition.print_files import PrintFile, PrintFileMaker, ProvedEdition
from generator.layout import fonts
from generator.layout.render import DrawnDocument, Renderer, RenderSetup
from generator.model import Language
from generator.problem import LeafletsError

if TYPE_CHECKING:
    from generator.proof.glyphs import Shaper


class EditionWorker:
    """One process's renderer, and one shaper a language."""

    def __init__(self, setup: RenderSetup) -> None:
        self.assets: Mapping[str, Path] = setup.assets
        self.renderer = Renderer(setup)
        self.shapers: dict[str, Shaper] = {}
        self.print_files = PrintFileMaker(self.renderer)
        self.renderer.freeze()

    def run(self, job: EditionJob, prove: bool = True) -> JobResult:
        """Return the edition drawn at the largest size that fits, and proved."""
        start = time.perf_counter()
        result = self._run(job, prove)
        if job.quiet and any(problem.code in NO_ROOM_CODES for problem in result.problems):
            result = replace(self._run(job.quiet, prove), quiet=True)
        return replace(result, seconds=round(time.perf_counter() - start, 3))

    def _run(self, job: EditionJob, prove: bool) -> JobResult:
        try:
            drawn, size = self.fit(job)
            if not prove:
                return JobResult(drawn.pdf, b"", drawn.pages, size)
            result = self.prove(job, drawn, size)
            if job.also and job.pair and not result.problems:
                return self._with_second_language(job, job.also, job.pair, result)
            return result
        except LeafletsError as error:
            return JobResult(problems=error.problems)

    def fit(self, job: EditionJob) -> tuple[DrawnDocument, float]:
        """Return the edition at the size (pt) that `largest_fit` finds.

        Raises LeafletsError if it fits at no size.
        """
        drawn, size = fit_with_values_moved(
            job, lambda job: largest_fit(job.sheet, lambda size: self._draw(job, size))
        )
        if wrong := tuple(room_problems(job, drawn, size, self._draw)):
            raise LeafletsError(*wrong)
        return drawn, size

    def _draw(self, job: EditionJob, size: float) -> DrawnDocument:
        families, bleed = fonts.font_stack(job.language), job.order.printer.bleed
        return self.renderer.draw(job.html, job.sheet, size, families, bleed)

    def prove(self, job: EditionJob, drawn: DrawnDocument, size: float) -> JobResult:
        """Return a drawn edition with what its proof found; its PDF only if that is nothing."""
        from generator.proof.edition_proof import prove_edition

        pdf = trim_pages(drawn.pdf) if job.order.printer.bleed else drawn.pdf
        proof = prove_edition(pdf, job.sheet, job.expected, self.shaper(job.language))
        filled = round(drawn.filled / job.sheet.pages, 2)
        result = JobResult(b"", proof.thumbnail, drawn.pages, size, filled, 0, proof.problems)
        if proof.problems:
            return result
        # Half of a pair is never printed alone.
        prints = () if job.pair else self.files(job, drawn.pdf, proof.codes)
        return replace(result, pdf=drawn.pdf, codes=proof.codes, prints=prints)

    def files(
        self, job: EditionJob, pdf: bytes, codes: tuple[tuple[str, ...], ...]
    ) -> tuple[PrintFile, ...]:
        """Return the files to print of a proved PDF, whose QR codes say `codes`.

        Raises LeafletsError if the proof of a file fails.
        """
        proved = ProvedEdition(pdf, codes)
        return self.print_files.files(proved, job.sheet, job.language.direction, job.order)

    def _with_second_language(
        self, job: EditionJob, other: EditionJob, pair: SheetPair, first: JobResult
    ) -> JobResult:
        """Return an edition and that of a second language on one sheet, each proved alone."""
        drawn, size = self.fit(other)
        second = self.prove(replace(other, pair=pair), drawn, size)
        if second.problems:
            code = other.language.code
            problems = tuple(problem.at(language=code) for problem in second.problems)
            return replace(second, problems=problems)

        pdf, codes = join_languages(first.pdf, second.pdf), (*first.codes, *second.codes)
        direction = job.language.direction
        sides = impose_pair(pair, (first.pages, second.pages), direction)
        proved = ProvedEdition(pdf, codes)
        return replace(
            first,
            pdf=pdf,
            pages=first.pages + second.pages,
            size=min(first.size, second.size),
            codes=codes,
            prints=self.print_files.files(proved, pair.whole, direction, job.order, sides),
        )

    def shaper(self, language: Language) -> Shaper:
        """Return what shapes words of a language, as Pango does."""
        from generator.proof.glyphs import Shaper

        if language.code not in self.shapers:
            files = []
            for name in fonts.font_stack(language):
                short = name.removeprefix(fonts.FAMILY_PREFIX).replace(" ", "")
                files.append((name, self.assets[f"{short}-400"], self.assets[f"{short}-700"]))
            self.shapers[language.code] = Shaper(files, language.tag, language.unicode_scripts)
        return self.shapers[language.code]


_worker: EditionWorker | None = None


def start_worker(setup: RenderSetup) -> None:
    """Make this process's worker; once, before any `run_job`."""
    global _worker
    _worker = EditionWorker(setup)


def current_worker() -> EditionWorker:
    """Return this process's worker."""
    if _worker is None:
        raise RuntimeError("start_worker() has not run in this process")
    return _worker


def run_job(job: EditionJob, prove: bool = True) -> JobResult:
    """Run one job on this process's worker; without the proof it is layout alone, to measure."""
    return current_worker().run(job, prove)
