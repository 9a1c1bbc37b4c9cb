"""One build at work: draw and prove what changed, skip what did not, keep what came of it.

No failure touches another edition.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace

from generator.base.files import write_file
from generator.campaign.made_up import CAMPAIGN_ADDRESS, still_made_up
from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions.edition_jobs import edition_job
from generator.editions.executors import edition_workers, job_result
from generator.editions.fingerprint import content_digest, drawing_digest, edition_fingerprint
from generator.editions.jobs import EditionJob, JobResult
from generator.editions.last_build import CurrentCheck
from generator.editions.manifest import EditionRecord
from generator.editions.obstacles import edition_errors
from generator.editions.plan import (
    EVERYTHING,
    BuildRequest,
    fold_picture_path,
    output_path,
    print_path,
)
from generator.editions.printed import PrintingLog
from generator.editions.worker import run_job
from generator.layout.compose import ComposedPage
from generator.layout.stage import STAGE_ENDINGS, EditionState
from generator.model import Edition
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

# Is told how many editions are drawn, and of how many.
Progress = Callable[[int, int], None]
NO_ROOM_FOR_VOICE = Problem(
    "voice-no-room",
    "printed without the code to its voice, for which there is no room",
    hint="shorten the text, or print a larger sheet",
    severity=Severity.WARNING,
)


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Outcome:
    """One edition after a build; `cached` if it was not drawn again."""

    record: EditionRecord
    cached: bool = False


@dataclass(frozen=True)
class PendingEdition:
    """One edition to draw: the run it belongs to, and the fingerprint of what it is made from."""

    run: BuildRun
    edition: Edition
    fingerprint: str

    def compose(self) -> tuple[EditionJob, ComposedPage]:
        """Return its job and its page; raise LeafletsError if it must not be printed."""
        return self.run.compose(self.edition)

    def finish(self, page: ComposedPage, result: JobResult) -> Outcome:
        """Keep what was drawn."""
        return Outcome(self.run.finish(self.edition, self.fingerprint, page, result))

    def failed(self, problems: Iterable[Problem]) -> Outcome:
        """Note why it is withheld."""
        return Outcome(self.run.failed(self.edition, self.fingerprint, problems))


def draw_pending(pool: Executor, pending: Iterable[PendingEdition]) -> Iterator[Outcome]:
    """Draw editions in the processes of a pool; yield what became of each as it is done."""
    running: dict[Future[JobResult], tuple[PendingEdition, ComposedPage]] = {}
    for item in pending:
        try:
            job, page = item.compose()
            running[pool.submit(run_job, job)] = item, page
        except LeafletsError as error:
            yield item.failed(error.problems)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, it costs this edition only
            yield item.failed([Problem("crash", f"{type(error).__name__}: {error}")])
    for future in as_completed(running):
        item, page = running[future]
        yield item.finish(page, job_result(future))


class BuildRun:
    """One build: what is known, what is to do, what came of it."""

    def __init__(
        self,
        project: Project,
        snapshot: Snapshot,
        known: dict[str, EditionRecord],
        request: BuildRequest = EVERYTHING,
    ) -> None:
        self.project, self.snapshot, self.known = project, snapshot, known
        self.request, self.output = request, project.output
        self.drawing, self.log = drawing_digest(project), PrintingLog(snapshot)

    def go(
        self, wanted: list[Edition], count: int, executor: str, progress: Progress
    ) -> list[Outcome]:
        """Make editions with `count` processes; return what became of each, in order."""
        outcomes, pending = self.sift(wanted)
        if pending:
            editions = [item.edition for item in pending]
            with edition_workers(self.project, editions, count, executor) as pool:
                progress(0, len(pending))
                for done, outcome in enumerate(draw_pending(pool, pending), 1):
                    outcomes[outcome.record.edition] = outcome
                    progress(done, len(pending))
        return [outcomes[edition.name] for edition in wanted]

    def sift(self, wanted: Iterable[Edition]) -> tuple[dict[str, Outcome], list[PendingEdition]]:
        """Return what is withheld or unchanged, by name; and what must be drawn."""
        outcomes: dict[str, Outcome] = {}
        pending: list[PendingEdition] = []
        for edition in wanted:
            try:
                order = self.request.order(self.project, edition)
                fingerprint = edition_fingerprint(self.snapshot, edition, self.drawing, order)
                if wrong := edition_errors(self.snapshot, edition):
                    raise LeafletsError(*wrong)
            except LeafletsError as error:
                outcomes[edition.name] = Outcome(self.failed(edition, "", error.problems))
                continue
            old = self.known.get(edition.name)
            if old and old.input == fingerprint and manifest.is_intact(self.output, old):
                outcomes[edition.name] = self._unchanged(edition, old)
            else:
                pending.append(PendingEdition(self, edition, fingerprint))
        return outcomes, pending

    def _unchanged(self, edition: Edition, old: EditionRecord) -> Outcome:
        """Return an edition as it is on the disk; log its printing if nobody has."""
        try:
            if not self.log.knows(edition, old.code, old.sha256):
                page = self.compose(edition)[1]
                quiet = page.quiet if page.quiet and page.quiet.code == old.code else None
                self.log.keep(edition, quiet or page, old.sha256)
        except LeafletsError as error:
            return Outcome(self.failed(edition, "", error.problems))
        return Outcome(old, cached=True)

    def compose(self, edition: Edition) -> tuple[EditionJob, ComposedPage]:
        """Return what a process needs to draw an edition, and its page."""
        return edition_job(self.snapshot, edition, self.request.order(self.project, edition))

    def finish(
        self, edition: Edition, fingerprint: str, page: ComposedPage, result: JobResult
    ) -> EditionRecord:
        """Keep a proved edition on the disk, or why there is none; return its record."""
        if result.problems:
            return self.failed(edition, fingerprint, result.problems)
        page = page.quiet if result.quiet and page.quiet else page
        path = output_path(edition, page.stage.ending)
        prints = {
            print_path(edition, page.stage.ending, file.suffix): file for file in result.prints
        }
        record = EditionRecord.for_edition(
            edition,
            input=fingerprint,
            state=page.stage.name,
            path=path.as_posix(),
            sha256=_sha256(result.pdf),
            code=page.code,
            pages=result.pages,
            size=result.size,
            filled=result.filled,
            bytes=len(result.pdf),
            seconds=result.seconds,
            content=content_digest(self.snapshot, edition),
            prints=tuple(
                (place.as_posix(), _sha256(file.pdf), file.papers) for place, file in prints.items()
            ),
            picture=_sha256(result.thumbnail),
            example=page.stage.example,
            problems=tuple(self._remarks(edition, page, result.quiet)),
        )
        pdfs = {path: result.pdf} | {place: file.pdf for place, file in prints.items()}
        try:
            # The log comes first: no paper may exist whose code nobody knows.
            self.log.keep(edition, page, record.sha256)
            for place, pdf in pdfs.items():
                write_file(self.output / place, pdf, private=bool(edition.site))
            picture = manifest.thumbnail_path(self.output, record)
            write_file(picture, result.thumbnail, private=bool(edition.site))
        except LeafletsError as error:
            return self.failed(edition, fingerprint, error.problems)
        self._note(edition, record)
        return record

    def _remarks(self, edition: Edition, page: ComposedPage, quiet: bool) -> Iterator[Problem]:
        """Yield what to know about an edition that was printed."""
        facts = {*page.facts, *(page.also.facts if page.also else ()), CAMPAIGN_ADDRESS}
        made_up = still_made_up(facts & self.snapshot.made_up)
        for remark in (NO_ROOM_FOR_VOICE if quiet else None, made_up):
            if remark:
                yield remark.at(leaflet=edition.leaflet, language=edition.language)

    def failed(
        self, edition: Edition, fingerprint: str, problems: Iterable[Problem]
    ) -> EditionRecord:
        """Note why an edition is withheld, and remove its older PDF; return its record."""
        record = EditionRecord.for_edition(
            edition,
            input=fingerprint,
            state=EditionState.FAILED,
            problems=tuple(
                replace(
                    problem,
                    leaflet=problem.leaflet or edition.leaflet,
                    language=problem.language or edition.language,
                )
                for problem in problems
            ),
            content=content_digest(self.snapshot, edition) if fingerprint else "",
        )
        self._note(edition, record)
        return record

    def _note(self, edition: Edition, record: EditionRecord) -> None:
        """Note a record, and remove older PDFs of its edition: nobody may hand them out."""
        known = self.known[edition.name].paths if edition.name in self.known else ()
        older = {*known, *(output_path(edition, ending).as_posix() for ending in STAGE_ENDINGS)}
        for path in older - set(record.paths):
            for place in (self.output / path, fold_picture_path(self.output / path)):
                with suppress(OSError):
                    place.unlink()

        # The problems of a site's edition may quote its private facts: only the terminal says them.
        self.known[record.edition] = replace(record, problems=()) if record.site else record
        # The manifest only saves time; a full disk was reported for the PDF.
        with suppress(LeafletsError):
            manifest.append_record(self.output, self.known[record.edition])

    def tidy(self, wanted: set[str]) -> None:
        """Remove outdated editions of earlier builds, and write manifest and overview."""
        from generator.editions.index import write_index

        current = CurrentCheck(self.project, self.snapshot)
        kept = {
            name: record
            for name, record in self.known.items()
            if name in wanted or current.holds(record)
        }
        for name in self.known.keys() - kept.keys():
            for path in self.known[name].paths:
                with suppress(OSError):
                    (self.output / path).unlink()
        manifest.save_manifest(self.output, kept.values())
        write_index(self.project, kept)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
