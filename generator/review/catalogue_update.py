"""Bring the catalogues of one language in line with the English and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from generator.base.digests import wording_key
from generator.base.files import locked_folder
from generator.campaign.glossary import GLOSSARY, read_glossary
from generator.campaign.project import Project
from generator.campaign.shipped import shipped_folder
from generator.catalogue import pofile, sources
from generator.catalogue.entry import Entry
from generator.catalogue.header_rules import new_header
from generator.catalogue.placing import PlacedCatalogue, Wordings, place_entries, placing_problems
from generator.model import NEVER_READY, Language, Risk
from generator.problem import LeafletsError, Problem
from generator.review.ledger import ledger_reading
from generator.review.ledger_snapshot import LedgerSnapshot
from generator.review.lost_wordings import put_back
from generator.review.merge import annotate_entries, merge_catalogue
from generator.review.signed_rules import SignedRules
from generator.review.standing import Standing
from generator.review.support import Support, support_by_key, wording_support
from generator.review.typed_texts import typed_texts, without_deleted
from generator.review.wordings import KeptWording, language_wordings
from generator.review.wordings import Wordings as WordingsFile


@dataclass(frozen=True)
class CatalogueUpdate:
    """What the catalogues of one language are updated from."""

    project: Project
    language: Language
    known: Mapping[str, Support]
    """What the ledger says, by wording key."""
    signed: SignedRules
    sound: bool
    """Whether no line of its ledger is missing; else nothing is ready."""
    older: Mapping[str, Wordings]
    """Every English there was, by domain."""
    standing: Standing
    """What people signed, with the texts that are kept."""
    wordings: WordingsFile
    """Every wording that is kept, and what was deleted for good."""
    gone: frozenset[str]
    """Hashes of source texts that were deleted for good."""

    @classmethod
    def of(cls, project: Project, language: Language, signed: SignedRules) -> CatalogueUpdate:
        """Read ledger and history; raise LeafletsError if one cannot be read."""
        found = ledger_reading(project.ledger(language.code))
        known = support_by_key(found.events)
        standing = Standing.of(language.code, known, found)
        older = sources.older_wordings(project.history)
        gone = language_wordings(project, project.campaign.source).gone
        return cls(
            project,
            language,
            known,
            signed,
            found.sound,
            older,
            standing,
            found.wordings,
            gone,
        )

    def is_known(self, entry: Entry) -> bool:
        """Tell whether the ledger knows the text of an entry as made for the entry's English."""
        code = self.language.code
        support = wording_support(self.known, code, entry.msgctxt, entry.msgid, entry.msgstr)
        return support.known

    def placed(self, domain: str, entries: list[Entry]) -> tuple[PlacedCatalogue, list[Problem]]:
        """Return a catalogue with the id of each text's sentence, and what is wrong with it."""
        path = self.project.catalogue(self.language.code, domain)
        domains, messages = self.project.domains, self.project.domain(domain)
        history = {name: wordings for name, wordings in self.older.items() if name in domains}
        placed = place_entries(entries, messages, domain, history, self.is_known)
        problems = placing_problems(placed, domain)
        return placed, [problem.at(where=f"{path}{problem.where}") for problem in problems]

    def typed_texts(self, domain: str, entries: Iterable[Entry]) -> list[KeptWording]:
        """Return the texts of a catalogue, or of the glossary, that are to be kept for ever."""
        entries, older = list(entries), self.older.get(domain, {})
        typed = typed_texts(entries, self.language.code, self.known, older)
        return [*typed, *self.standing.worth_keeping(entries)]

    def typed_terms(self) -> list[KeptWording]:
        """Return the words of the language in the glossary without those that are shipped."""
        code, rows = self.language.code, self.project.languages
        shipped = read_glossary(shipped_folder("locales") / "glossary.yaml", rows)
        return [
            kept
            for kept in self.typed_texts(GLOSSARY, self.project.glossary.entries(code))
            if shipped.terms.get(kept.msgid, {}).get(code) != kept.msgstr
        ]

    def updated(self, domain: str, entries: list[Entry]) -> list[Entry]:
        """Return a catalogue, or a new one, in line with the English and the ledger.

        Of several wordings of a sentence the one stands that people decided for. What people wrote
        and git lost is put back; what was deleted for good is taken out.
        """
        entries = entries or [new_header(domain, self.language, dated(self.project, domain))]
        merged = merge_catalogue(self.project.domain(domain), entries, domain, self.is_known)
        settled = [self.standing.settled(entry, domain) for entry in merged]
        full = put_back(self.standing, settled, domain)
        return self.annotated(domain, self.without_deleted(full))

    def without_deleted(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries without what was deleted for good, in this language or in the source."""
        source, gone = self.project.campaign.source, self.gone

        def is_gone(msgctxt: str, text: str) -> bool:
            return wording_key(source, msgctxt, text, text) in gone

        return without_deleted(entries, self.language.code, self.wordings.gone, is_gone)

    def annotated(self, domain: str, entries: Iterable[Entry]) -> list[Entry]:
        """Return a catalogue with the hints that the ledger implies."""
        older = self.older.get(domain, {})
        found = self.project.domain(domain)
        messages = [self.signed.raised(domain, message) for message in found]
        rules = self.signed.rules if self.sound else dict.fromkeys(Risk, NEVER_READY)
        code = self.language.code
        return list(annotate_entries(entries, messages, code, self.known, rules, older))


def deleted_sources(project: Project) -> set[sources.Wording]:
    """Return the former source texts that were deleted for good and stand here again."""
    source = project.campaign.source
    gone = language_wordings(project, source).gone
    return {
        one
        for one in (sources.read_sources(project.history) if gone else ())
        if wording_key(source, one[1], one[2], one[2]) in gone
    }


def dated(project: Project, domain: str) -> str:
    """Return the day of the newest English in a domain."""
    leaflets = project.leaflets
    dates = [leaflets[name].dated for name in ([domain] if domain in leaflets else leaflets)]
    return str(max(dates, default="2026-01-01"))


def refresh_hints(project: Project, language: str) -> None:
    """Write the ledger's hints into the catalogues of a language again.

    A command that was killed between the two left them behind. Raise LeafletsError if the ledger
    or the history cannot be read.
    """
    with locked_folder(project.ledger(language).parent):
        update = CatalogueUpdate.of(
            project, project.languages[language], LedgerSnapshot(project).signed_rules
        )
        for domain in project.domains:
            path = project.catalogue(language, domain)
            with suppress(LeafletsError):  # whoever needs that catalogue is told
                if entries := pofile.read_catalogue(path, update.language):
                    pofile.save_catalogue(path, update.annotated(domain, entries))
