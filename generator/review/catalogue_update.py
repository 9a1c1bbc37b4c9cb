"""Bring the catalogues of one language in line with the English and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from generator.base.files import locked_folder
from generator.campaign.project import Project
from generator.catalogue import pofile, sources
from generator.catalogue.entry import Entry
from generator.catalogue.header_rules import new_header
from generator.catalogue.placing import PlacedCatalogue, Wordings, place_entries, placing_problems
from generator.model import Language
from generator.problem import LeafletsError, Problem
from generator.review.ledger import read_ledger
from generator.review.merge import annotate_entries, merge_catalogue
from generator.review.support import Support, support_by_key, wording_support


@dataclass(frozen=True)
class CatalogueUpdate:
    """What the catalogues of one language are updated from."""

    project: Project
    language: Language
    known: Mapping[str, Support]
    """What the ledger says, by wording key."""
    older: Mapping[str, Wordings]
    """Every English there was, by domain."""

    @classmethod
    def of(cls, project: Project, language: Language) -> CatalogueUpdate:
        """Read ledger and history; raise LeafletsError if one cannot be read."""
        known = support_by_key(read_ledger(project.ledger(language.code)))
        return cls(project, language, known, sources.older_wordings(project.history))

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

    def updated(self, domain: str, entries: list[Entry]) -> list[Entry]:
        """Return a catalogue, or a new one, in line with the English and the ledger."""
        entries = entries or [new_header(domain, self.language, dated(self.project, domain))]
        merged = merge_catalogue(self.project.domain(domain), entries, domain, self.is_known)
        return self.annotated(domain, merged)

    def annotated(self, domain: str, entries: Iterable[Entry]) -> list[Entry]:
        """Return a catalogue with the hints that the ledger implies."""
        readers, older = self.project.campaign.readers, self.older.get(domain, {})
        messages, code = self.project.domain(domain), self.language.code
        return list(annotate_entries(entries, messages, code, self.known, readers, older))


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
        update = CatalogueUpdate.of(project, project.languages[language])
        for domain in project.domains:
            path = project.catalogue(language, domain)
            with suppress(LeafletsError):  # whoever needs that catalogue is told
                if entries := pofile.read_catalogue(path, update.language):
                    pofile.save_catalogue(path, update.annotated(domain, entries))
