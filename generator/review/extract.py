"""Write sources into POT files and catalogues; say what changed and what it costs the readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from generator.base.files import locked_folder
from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import Project
from generator.catalogue import pofile, sources
from generator.catalogue.change import ChangeKind, classify_change, reading_seconds
from generator.catalogue.entry import Entry, dump_catalogue
from generator.catalogue.header_rules import new_header
from generator.model import Language
from generator.problem import LeafletsError, Problem, Severity, errors_among
from generator.review.back_translations import drop_back_translations
from generator.review.catalogue_update import CatalogueUpdate, dated, deleted_sources
from generator.review.ledger_snapshot import LedgerSnapshot
from generator.review.lost_catalogues import (
    has_catalogues,
    lost_catalogue_problems,
    missing_catalogues,
    started_languages,
)
from generator.review.merge import source_entry
from generator.review.settle_merges import settle_merges
from generator.review.signed_rules import SignedRules
from generator.review.wordings import (
    KeptWording,
    drop_revived,
    new_wordings,
    remember_wordings,
    wordings_path,
)


class MessageEvent(StrEnum):
    """What happened to a message."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class MessageChange:
    """What happened to one message of one domain."""

    domain: str
    what: MessageEvent
    msgctxt: str
    before: str
    after: str
    kind: ChangeKind | None = None
    """How much a changed sentence can hurt whoever reads its old translation."""
    reasons: tuple[str, ...] = ()
    languages: int = 0
    """Languages that have a text for it, to be read again."""
    seconds: int = 0
    """About how long that takes all readers together."""


@dataclass(frozen=True)
class ExtractReport:
    """What an extraction changed."""

    changes: tuple[MessageChange, ...]
    written: tuple[str, ...]
    problems: tuple[Problem, ...]


def extract_messages(
    project: Project, check: bool = False, retire: bool = False, anew: Collection[str] = ()
) -> ExtractReport:
    """Write every POT and update every catalogue; with `check` only say what would change.

    A catalogue with texts that have no sentence is left alone; with `retire` they become obsolete.
    One that is gone is not made again, since then nobody would miss it; in the languages of `anew`
    it is.
    """
    return _Extraction(project, check, retire).run(anew)


@dataclass
class _Extraction:
    """One run, and what it changed so far."""

    project: Project
    check: bool
    retire: bool
    written: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    translated: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Languages that have a text, by domain and message."""

    def run(self, anew: Collection[str]) -> ExtractReport:
        """Extract everything."""
        project = self.project
        languages = project.campaign.languages  # wrong use is told before anything is locked
        if not self.check:
            for path in settle_merges(project):
                self.note_written(path)
        with self.hold(project.locales, deep=False):
            self.remember_wordings()
        ever = started_languages(project)
        for code in languages:
            if code != "en":
                missing = () if code in anew else missing_catalogues(project, code, ever)
                with self.hold(project.locales / code):
                    self.extract_language(project.languages[code], missing)
        # The POT files last: the catalogues they name are there, also if a kill came between.
        with self.hold(project.locales, deep=False):
            changes = [
                change for domain in project.domains for change in self.extract_pot(domain, ever)
            ]
        costs = tuple(map(self.with_cost, changes))
        return ExtractReport(costs, tuple(self.written), (*project.broken, *self.problems))

    def hold(self, folder: Path, deep: bool = True) -> AbstractContextManager[None]:
        """Return the lock of a folder, or nothing to hold if nothing will be written."""
        return nullcontext() if self.check else locked_folder(folder, deep=deep)

    def note_written(self, path: Path) -> None:
        """Note that a file was written, or would be."""
        self.written.append(str(path.relative_to(self.project.root)))

    def save(self, path: Path, entries: list[Entry]) -> None:
        """Write a catalogue if it differs, or find out whether it does."""
        if self.check:
            text = dump_catalogue(entries).encode()
            differs = not path.exists() or path.read_bytes() != text
        else:
            differs = pofile.save_catalogue(path, entries)
        if differs:
            self.note_written(path)

    def remember_wordings(self) -> None:
        """Keep every English wording, so that a text made for it is known as old later."""
        path = self.project.history
        found = [
            (domain, message.msgctxt, message.msgid)
            for domain in (*self.project.domains, GLOSSARY)
            for message in self.project.domain(domain)
        ]
        if self.check:
            new = bool(set(found) - set(sources.read_sources(path)))
        else:
            new = sources.append_sources(path, found)
            new |= sources.delete_sources(path, deleted_sources(self.project) - set(found))
        if new:
            self.note_written(path)

    def keep_texts(self, update: CatalogueUpdate, texts: Iterable[KeptWording]) -> None:
        """Keep what people and unknown hands wrote, before any of it can be replaced."""
        code = update.language.code
        path, known = wordings_path(self.project.ledger(code)), update.wordings
        new = new_wordings(known, code, texts)
        if not self.check:
            drop_revived(path)
            drop_back_translations(self.project.back_translations(code), known.gone)
            remember_wordings(path, new)
        if new or known.revived:
            self.note_written(path)

    @cached_property
    def signed_rules(self) -> SignedRules:
        """Who must sign what, for all languages."""
        return LedgerSnapshot(self.project).signed_rules

    def extract_language(self, language: Language, missing: Collection[str]) -> None:
        """Update the catalogues of a language.

        Those that are missing are not made again: an empty one would hide that people's work is
        gone.
        """
        code = language.code
        lost = lost_catalogue_problems(self.project, language, missing) if missing else []
        try:
            update = CatalogueUpdate.of(self.project, language, self.signed_rules)
        except LeafletsError as error:
            self.problems += [problem.at(language=code) for problem in error.problems]
            return
        self.problems += [problem.at(language=code) for problem in lost]
        if missing and not has_catalogues(self.project, code):
            return
        self.keep_texts(update, update.typed_terms())
        for domain in self.project.domains:
            if domain not in missing:
                found = self.extract_catalogue(update, domain)
                self.problems += [problem.at(leaflet=domain, language=code) for problem in found]

    def extract_catalogue(self, update: CatalogueUpdate, domain: str) -> list[Problem]:
        """Update one catalogue, and return what is wrong with it."""
        path = self.project.catalogue(update.language.code, domain)
        found: list[Problem] = []
        try:
            found += pofile.tolerated_faults(path)
            placed, faults = update.placed(domain, pofile.read_catalogue(path, update.language))
            if (wrong := errors_among(faults)) and not self.retire:
                return [*found, *wrong]
            found += map(_as_retired, faults)
            self.keep_texts(update, update.typed_texts(domain, placed.entries))
            new = update.updated(domain, placed.entries)
            self.save(path, new)
        except LeafletsError as error:
            return [*found, *error.problems]
        self.translated.update(
            (domain, entry.msgctxt)
            for entry in new
            if entry.msgstr and entry.msgctxt and not entry.obsolete
        )
        return found

    def extract_pot(
        self, domain: str, ever: Mapping[str, frozenset[str]]
    ) -> Iterator[MessageChange]:
        """Write the POT of a domain, and yield what changed in it.

        It names the languages that have a catalogue of the domain, or had one.
        """
        project, path = self.project, self.project.locales / f"{domain}.pot"
        try:
            old = pofile.read_catalogue(path)
        except LeafletsError:
            old = []  # a POT holds nothing that the sources do not: it is written anew
        now = {
            code
            for code in project.campaign.languages
            if code != "en" and project.catalogue(code, domain).is_file()
        }
        named = sorted(now | ever.get(domain, frozenset()))
        header = new_header(domain, None, dated(project, domain), named)
        new = [header, *(source_entry(message, domain) for message in project.domain(domain))]
        self.save(path, new)
        yield from _changes(domain, old, new)

    def with_cost(self, change: MessageChange) -> MessageChange:
        """Return a change with its class and what it costs the readers."""
        if change.what != MessageEvent.CHANGED:
            return change
        project, languages = self.project, self.translated[change.domain, change.msgctxt]
        needed = next(
            project.campaign.readers[message.risk]
            for message in project.domain(change.domain)
            if message.msgctxt == change.msgctxt
        )
        found = classify_change(change.before, change.after)
        seconds = reading_seconds(change.after) * needed * languages
        if found.kind is ChangeKind.COSMETIC:
            seconds = 0
        return replace(
            change, kind=found.kind, reasons=found.reasons, languages=languages, seconds=seconds
        )


def _changes(domain: str, old: list[Entry], new: list[Entry]) -> Iterator[MessageChange]:
    before = {entry.msgctxt: entry.msgid for entry in old if not entry.header}
    after = {entry.msgctxt: entry.msgid for entry in new if not entry.header}
    for name in {**before, **after}:
        was, now = before.get(name), after.get(name)
        if was != now:
            event = MessageEvent.CHANGED
            if was is None or now is None:
                event = MessageEvent.NEW if was is None else MessageEvent.GONE
            yield MessageChange(domain, event, name, was or "", now or "")


def _as_retired(problem: Problem) -> Problem:
    """Return a finding; texts without a sentence are obsolete now instead of an error."""
    if problem.severity != Severity.ERROR:
        return problem
    return replace(problem.as_warning(), hint="they are kept as obsolete entries (#~)")
