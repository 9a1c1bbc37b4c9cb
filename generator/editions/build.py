"""Build editions: compose, draw and prove what changed, skip what did not, let no failure touch another edition."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from generator.base.files import locked_folder, write_file
from generator.campaign.made_up import CAMPAIGN_ADDRESS, still_made_up
from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions.calendar_files import write_calendar_files
from generator.editions.executors import edition_workers, job_result
from generator.editions.last_build import CurrentCheck, LastBuild, has_started
from generator.editions.lost import find_losses
from generator.editions.manifest import EditionRecord
from generator.editions.overflow import own_sentences
from generator.editions.plan import (
    EVERYTHING,
    BuildRequest,
    content_digest,
    drawing_digest,
    edition_errors,
    edition_fingerprint,
    edition_page,
    fold_picture_path,
    output_path,
    print_path,
    unreadable_leaflets,
    wanted_editions,
)
from generator.editions.printed import PrintingLog
from generator.editions.worker import EditionJob, JobResult, run_job
from generator.imposition.pairs import BACK_TO_BACK, sheet_pair
from generator.layout.compose import ComposedPage
from generator.layout.stage import STAGE_ENDINGS, EditionState, lesser_stage
from generator.model import Edition, State
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

NO_ROOM = Problem(
    "voice-no-room", "printed without the code to its voice, for which there is no room", hint="shorten the text, or print a larger sheet",
    severity=Severity.WARNING,
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """One edition after a build; `cached` if it was not drawn again."""

    record: EditionRecord
    cached: bool = False


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the outcomes in order, editions not started, problems of no single edition."""

    outcomes: tuple[Outcome, ...]
    waiting: tuple[Edition, ...]
    """Editions nobody has begun to translate: no failure, and no PDF."""
    problems: tuple[Problem, ...]
    made_up: tuple[str, ...] = ()
    """The facts of the campaign, or of the site, that are still made up."""

    @property
    def ok(self) -> bool:
        """Whether every edition asked for was printed and nothing is wrong besides."""
        return not self.problems and all(
            outcome.record.state is not EditionState.FAILED for outcome in self.outcomes
        )


def build_editions(
    project: Project,
    wish: BuildRequest,
    jobs: int = 0,
    executor: str = "processes",
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """Build the editions of a wish with `jobs` processes (0 = all cores), and return what became of each.

    Raises UsageError for unknown names, LeafletsError if nothing can be built at all.
    """
    last = LastBuild(project, wish)
    if (known := last.result()) and (report := _same(project, known)):
        return report
    wanted = wanted_editions(project, wish)
    problems = unreadable_leaflets(project, wish.leaflets)
    snapshot = Snapshot(project, wish.site)
    _ = snapshot.own_facts  # an unknown site is wrong use, before any work
    gone = find_losses(
        snapshot,
        list(dict.fromkeys(half.language for edition in wanted for half in edition.halves)),
    )
    waiting = [
        edition for edition in wanted if not wish.languages and not has_started(snapshot, edition)
    ]
    wanted = [edition for edition in wanted if edition not in set(waiting)]
    project.output.mkdir(parents=True, exist_ok=True)
    with locked_folder(project.output):
        run = BuildRun(
            project,
            snapshot,
            {record.edition: record for record in manifest.read_manifest(project.output).values()},
            wish,
        )
        outcomes = run.go(
            wanted, jobs or os.cpu_count() or 1, executor, progress or (lambda done, total: None)
        )
        run.tidy({edition.name for edition in wanted})
        write_calendar_files(snapshot, (outcome.record for outcome in outcomes))
        snapshot.save_findings()
        report = BuildReport(
            tuple(outcomes), tuple(waiting), (*gone, *problems), tuple(sorted(snapshot.made_up))
        )
        if report.ok:
            last.keep([edition.name for edition in wanted], waiting, report.made_up)
    return report


def _same(project: Project, known: Mapping[str, Any]) -> BuildReport | None:
    """Return what the last build gave, where nothing was touched since; None if its manifest cannot be read any more."""
    records = manifest.read_manifest(project.output)
    if not records.keys() >= set(known["editions"]):
        return None
    outcomes = tuple(Outcome(records[name], cached=True) for name in known["editions"])
    return BuildReport(
        outcomes, tuple(Edition(*row) for row in known["waiting"]), (), tuple(known["made_up"])
    )


class BuildRun:
    """One build: what is known, what is to do, what came of it."""

    def __init__(
        self,
        project: Project,
        snapshot: Snapshot,
        known: dict[str, EditionRecord],
        wish: BuildRequest = EVERYTHING,
    ) -> None:
        self.project, self.snapshot, self.known, self.wish = project, snapshot, known, wish
        self.output, self.salt, self.book = (
            project.output,
            drawing_digest(project),
            PrintingLog(snapshot),
        )

    def go(
        self, wanted: list[Edition], count: int, executor: str, progress: Callable[[int, int], None]
    ) -> list[Outcome]:
        """Make the editions wanted with `count` processes, and return what became of each, in order."""
        outcomes, todo = self.sift(wanted)
        if todo:
            outcomes |= self._draw(todo, count, executor, lambda done: progress(done, len(todo)))
        return [outcomes[edition.name] for edition in wanted]

    def sift(
        self, wanted: Iterable[Edition]
    ) -> tuple[dict[str, Outcome], list[tuple[Edition, str]]]:
        """Return what is decided without drawing, by name: withheld or unchanged; and the rest with their fingerprints."""
        outcomes: dict[str, Outcome] = {}
        todo: list[tuple[Edition, str]] = []
        for edition in wanted:
            try:
                fingerprint = edition_fingerprint(
                    self.snapshot, edition, self.salt, self.wish.order(self.project, edition)
                )
                if wrong := edition_errors(self.snapshot, edition):
                    raise LeafletsError(*wrong)
            except LeafletsError as error:
                outcomes[edition.name] = Outcome(self.failed(edition, "", error.problems))
                continue
            old = self.known.get(edition.name)
            if old and old.input == fingerprint and manifest.is_intact(self.output, old):
                outcomes[edition.name] = self._unchanged(edition, old)
            else:
                todo.append((edition, fingerprint))
        return outcomes, todo

    def _draw(
        self,
        todo: list[tuple[Edition, str]],
        count: int,
        executor: str,
        progress: Callable[[int], None],
    ) -> dict[str, Outcome]:
        outcomes: dict[str, Outcome] = {}
        with edition_workers(
            self.project, [edition for edition, _ in todo], count, executor
        ) as pool:
            running: dict[Future[JobResult], tuple[Edition, str, ComposedPage]] = {}
            for edition, fingerprint in todo:
                try:
                    job, page = self.compose(edition)
                    running[pool.submit(run_job, job)] = (edition, fingerprint, page)
                except LeafletsError as error:
                    outcomes[edition.name] = Outcome(
                        self.failed(edition, fingerprint, error.problems)
                    )
                except Exception as error:  # noqa: BLE001 - whatever went wrong, it costs this edition only
                    crash = Problem("crash", f"{type(error).__name__}: {error}")
                    outcomes[edition.name] = Outcome(self.failed(edition, fingerprint, (crash,)))
            progress(len(outcomes))
            for future in as_completed(running):
                edition, fingerprint, page = running[future]
                outcomes[edition.name] = Outcome(
                    self.finish(edition, fingerprint, page, job_result(future))
                )
                progress(len(outcomes))
        return outcomes

    def _unchanged(self, edition: Edition, old: EditionRecord) -> Outcome:
        """Return the edition as it stands on the disk; a printing that nobody wrote down is written down first."""
        try:
            if not self.book.knows(edition, old.code, old.sha256):
                page = self.compose(edition)[1]
                self.book.keep(
                    edition,
                    page.quiet if page.quiet and page.quiet.code == old.code else page,
                    old.sha256,
                )
        except LeafletsError as error:
            return Outcome(self.failed(edition, "", error.problems))
        return Outcome(old, cached=True)

    def compose(self, edition: Edition) -> tuple[EditionJob, ComposedPage]:
        """Return what a process needs to draw an edition, and its page."""
        if edition.other:
            return self._compose_pair(edition)
        language, sheet = (
            self.project.languages[edition.language],
            self.project.sheets[edition.sheet],
        )
        page = edition_page(self.snapshot, edition, self.snapshot.edition_texts(edition))
        job = EditionJob(
            edition.name,
            page.html,
            language,
            sheet,
            page.expected,
            self.wish.order(self.project, edition),
            own_sentences(page),
        )
        quiet = (
            replace(job, html=page.quiet.html, expected=page.quiet.expected) if page.quiet else None
        )
        return replace(job, quiet=quiet), page

    def _compose_pair(self, edition: Edition) -> tuple[EditionJob, ComposedPage]:
        pair = sheet_pair(self.project.sheets[edition.sheet], edition.layout or BACK_TO_BACK)
        (one, first), (two, second) = (self.compose(half) for half in edition.halves)
        stage = lesser_stage(first.stage, second.stage)
        state = State.READY if first.state is second.state is State.READY else State.DRAFT

        def job(one: EditionJob, two: EditionJob) -> EditionJob:
            return replace(
                one,
                name=edition.name,
                sheet=pair.half,
                also=replace(two, sheet=pair.half),
                pair=pair,
            )

        def page(first: ComposedPage, second: ComposedPage) -> ComposedPage:
            return replace(
                first, state=state, stage=stage, code=f"{first.code}+{second.code}", also=second
            )

        if not (first.quiet or second.quiet):
            return job(one, two), page(first, second)
        quiet = page(first.quiet or first, second.quiet or second)
        return replace(job(one, two), quiet=job(one.quiet or one, two.quiet or two)), replace(
            page(first, second), quiet=quiet
        )

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
        record = EditionRecord(
            edition.name, edition.leaflet, edition.language, edition.sheet, edition.site, fingerprint, page.stage.name, path.as_posix(),
            hashlib.sha256(result.pdf).hexdigest(), page.code, result.pages, result.size, result.filled, len(result.pdf), result.seconds,
            content=content_digest(self.snapshot, edition), printer=edition.printer, other=edition.other, layout=edition.layout,
            prints=tuple((path.as_posix(), hashlib.sha256(file.pdf).hexdigest(), file.papers) for path, file in prints.items()),
            picture=hashlib.sha256(result.thumbnail).hexdigest(),
            example=page.stage.example, problems=tuple(self._remarks(edition, page, result.quiet)),
        )  # fmt: skip
        try:
            self.book.keep(
                edition, page, record.sha256
            )  # first: no paper can be had whose code nobody knows
            write_file(self.output / path, result.pdf, private=bool(edition.site))
            for place, file in prints.items():
                write_file(self.output / place, file.pdf, private=bool(edition.site))
            write_file(
                manifest.thumbnail_path(self.output, record),
                result.thumbnail,
                private=bool(edition.site),
            )
        except LeafletsError as error:
            return self.failed(edition, fingerprint, error.problems)
        self._remove_other(edition, record)
        self._note(record)
        return record

    def _remarks(self, edition: Edition, page: ComposedPage, quiet: bool) -> Iterator[Problem]:
        """Yield what to know about an edition that was printed."""
        also = page.also.facts if page.also else ()
        remarks = [
            NO_ROOM if quiet else None,
            still_made_up({*page.facts, *also, CAMPAIGN_ADDRESS} & self.snapshot.made_up),
        ]
        yield from (
            remark.at(leaflet=edition.leaflet, language=edition.language)
            for remark in remarks
            if remark
        )

    def failed(
        self, edition: Edition, fingerprint: str, problems: Iterable[Problem]
    ) -> EditionRecord:
        """Note why an edition is withheld, and remove its older PDF; return its record."""
        placed = tuple(
            replace(
                problem,
                leaflet=problem.leaflet or edition.leaflet,
                language=problem.language or edition.language,
            )
            for problem in problems
        )
        record = EditionRecord(
            edition.name, edition.leaflet, edition.language, edition.sheet, edition.site, fingerprint, EditionState.FAILED, problems=placed,
            content=content_digest(self.snapshot, edition) if fingerprint else "", printer=edition.printer,
            other=edition.other, layout=edition.layout,
        )  # fmt: skip
        self._remove_other(edition, record)
        self._note(record)
        return record

    def _remove_other(self, edition: Edition, record: EditionRecord) -> None:
        """Remove older PDFs of the edition: they must not be handed out any more."""
        known = self.known[edition.name].paths if edition.name in self.known else ()
        older = {*known, *(output_path(edition, ending).as_posix() for ending in STAGE_ENDINGS)}
        for path in older - set(record.paths):
            for place in (self.output / path, fold_picture_path(self.output / path)):
                with suppress(OSError):
                    place.unlink()

    def _note(self, record: EditionRecord) -> None:
        # What is wrong with a site's edition may quote its private facts: only the terminal is told.
        self.known[record.edition] = replace(record, problems=()) if record.site else record
        with suppress(
            LeafletsError
        ):  # the manifest only saves time; a full disk was reported for the PDF
            manifest.append_record(self.output, self.known[record.edition])

    def tidy(self, wanted: set[str]) -> None:
        """Remove editions of earlier builds that must not be handed out any more, and write manifest and index."""
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
