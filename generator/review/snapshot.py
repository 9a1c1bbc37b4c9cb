"""What a run reads: translations with their states, the ledgers, the facts; each once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from generator.base.digests import wording_key
from generator.campaign.glossary import GLOSSARY
from generator.campaign.settings import SHARED_DOMAIN
from generator.catalogue import pofile, sources
from generator.catalogue.entry import Entry
from generator.catalogue.placing import missing_ids
from generator.checks import CheckContext
from generator.model import (
    Edition,
    Leaflet,
    Message,
    State,
    Translation,
)
from generator.problem import LeafletsError, Problem, errors_among
from generator.review.back_translations import read_back_translations
from generator.review.check_results import SourceFindings, TranslationFindings, findings_with_fonts
from generator.review.conversation import comment_key, comment_threads
from generator.review.fact_snapshot import FactSnapshot
from generator.review.known_codes import known_codes
from generator.review.ledger_event import LedgerEvent
from generator.review.ledger_snapshot import kept_value
from generator.review.reader_code import KnownCodes
from generator.review.source_states import source_translations
from generator.review.state import catalogue_translations
from generator.review.support import Support, wording_support
from generator.review.typed_texts import without_deleted

# Checks of the English whose errors stop every edition.
UNPRINTABLE = ("literal-fact", "dates", "weekdays", "source-language", "unwritten")

# What a snapshot keeps by language, or by language and something else.
TABLES = (
    *("broken", "_entries", "_texts", "_ledgers", "_threads"),
    *("_support", "_rules", "_backs", "_errors", "_findings"),
)


@dataclass
class Snapshot(FactSnapshot):
    """The inputs of a run, read once: translations by language, and what all pages share."""

    broken: dict[tuple[str, str], LeafletsError] = field(default_factory=dict)
    """What is wrong with a catalogue, by language and domain."""
    overflows: dict[tuple[str, str, str], list[Problem]] | None = None
    """Sentences too long for a sheet, once `overflow.overflow_warnings` has looked."""
    _entries: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    _texts: dict[tuple[str, str], dict[str, Translation]] = field(default_factory=dict)
    _threads: dict[str, dict[str, tuple[LedgerEvent, ...]]] = field(default_factory=dict)
    _backs: dict[str, dict[str, str]] = field(default_factory=dict)
    _errors: dict[tuple[str, Translation], list[Problem]] = field(default_factory=dict)
    _findings: dict[str, TranslationFindings] = field(default_factory=dict)

    def renewed(self, language: str = "", domains: Collection[str] = ()) -> Snapshot:
        """Return the same inputs without what was read of a language and of the facts' ledger.

        Of its catalogues only those of `domains` are read again; everything else is shared.
        """
        # Other threads may use this snapshot meanwhile: a dict that grows cannot be looped over,
        # and `dict` copies each in one step.
        tables = {name: dict(getattr(self, name)) for name in TABLES}
        entries = tables["_entries"].items()
        kept: dict[str, Any] = {
            name: {key: value for key, value in table.items() if language not in (key, key[0])}
            for name, table in tables.items()
        }
        kept["_entries"] = {
            key: value for key, value in entries if key[0] != language or key[1] not in domains
        }
        found = replace(self, **kept)
        if "history" in self.__dict__:
            found.__dict__["history"] = self.history
        # What organisers sign can change who must sign in every language.
        if language == self.project.campaign.source and found.signed_rules != self.signed_rules:
            found._texts.clear()
        return found

    def texts(self, language: str, domain: str) -> dict[str, Translation]:
        """Return the translations of one catalogue by msgctxt.

        Raise LeafletsError if it cannot be read.
        """
        if (language, domain) not in self._texts:
            try:
                found = self._read_texts(language, domain)
            except LeafletsError as error:
                self.broken[language, domain] = error
                raise
            self._texts[language, domain] = {text.message.msgctxt: text for text in found}
        return self._texts[language, domain]

    def _read_texts(self, language: str, domain: str) -> list[Translation]:
        if language == self.project.campaign.source:
            known, sound = self.support_by_key(language), self.ledger(language).sound
            return source_translations(self.project, domain, known, self.signed_rules, sound)
        messages, known = self.messages(domain), self.support_by_key(language)
        if (language, domain) in self.broken:
            raise self.broken[language, domain]
        return catalogue_translations(
            messages,
            self.entries(language, domain),
            known,
            language,
            self.rules(language),
            self.history.get(domain, {}),
        )

    def entries(self, language: str, domain: str) -> list[Entry]:
        """Return the entries of one catalogue, or of the glossary.

        Raise LeafletsError if it cannot be read, or has texts without ids.
        """
        if domain == GLOSSARY:
            return self.project.glossary.entries(language)
        return kept_value(
            self._entries, (language, domain), lambda: self._read_entries(language, domain)
        )

    def _read_entries(self, language: str, domain: str) -> list[Entry]:
        path = self.project.catalogue(language, domain)
        found = pofile.read_catalogue(path, self.project.languages[language])
        if problem := missing_ids(found):
            raise LeafletsError(problem.at(where=f"{path}{problem.where}"))
        gone = self.ledger(language).wordings.gone
        return without_deleted(found, language, gone) if gone else found

    def support(self, language: str, text: Translation, msgid: str = "") -> Support:
        """Return who signed a translation, for its English now or for an older one."""
        message, known = text.message, self.support_by_key(language)
        return wording_support(
            known, language, message.msgctxt, msgid or message.msgid, text.msgstr
        )

    def comments(self, language: str, domain: str, msgctxt: str) -> tuple[LedgerEvent, ...]:
        """Return what people said about a sentence, in the order of the conversation."""
        threads = kept_value(
            self._threads, language, lambda: comment_threads(self.events(language))
        )
        return threads.get(comment_key(language, domain, msgctxt), ())

    @cached_property
    def history(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Every English wording there was, by domain and msgctxt, newest first."""
        return sources.older_wordings(self.project.history)

    def back_translations(self, language: str) -> dict[str, str]:
        """Return what a machine makes of the translations in English, by wording key."""
        path = self.project.back_translations(language)
        return kept_value(self._backs, language, lambda: read_back_translations(path))

    def elsewhere(self, language: str, domain: str, message: Message) -> frozenset[str]:
        """Return the current translations of the same English in all other places.

        Catalogues that cannot be read are left out.
        """
        return frozenset(
            text.msgstr
            for name, text in self.readable(language)
            if text.message.msgid == message.msgid
            and (name, text.message.msgctxt) != (domain, message.msgctxt)
            and _is_current(text)
        )

    def readable(self, language: str) -> Iterator[tuple[str, Translation]]:
        """Yield the translations in leaflets that can be read, each with its catalogue's name."""
        for domain in self.project.leaflet_domains:
            with suppress(LeafletsError):
                yield from [(domain, text) for text in self.texts(language, domain).values()]

    @cached_property
    def codes(self) -> KnownCodes:
        """The codes in all ledgers that can be read, and the one that is kept in the folder."""
        return known_codes(self.project, self.events)

    def context(self, language: str) -> CheckContext:
        """Return what the checks compare the sentences of a language with."""
        return self.findings(language).context

    def findings(self, language: str) -> TranslationFindings:
        """Return what the checks find in the sentences of a language."""
        table = self.project.languages
        return kept_value(
            self._findings, language, lambda: findings_with_fonts(self._context(language), table)
        )

    def _context(self, language: str) -> CheckContext:
        """Return the context without the fonts; catalogues that cannot be read are left out."""
        glossary, rows = self.project.glossary, self.project.languages
        known_backs = self.back_translations(language)
        translations: dict[str, set[str]] = {}
        backs = {}
        for _, text in self.readable(language):
            message = text.message
            if _is_current(text):
                translations.setdefault(message.msgid, set()).add(text.msgstr)
            key = wording_key(language, message.msgctxt, message.msgid, text.msgstr)
            if back := known_backs.get(key):
                backs[message.msgid, text.msgstr] = back
        terms = self.texts(language, GLOSSARY).values()
        return CheckContext(
            rows[language],
            glossary.names,
            terms=tuple(
                (term.message.msgid, term.msgstr)
                for term in terms
                if term.state in (State.READ, State.READY)
            ),
            avoid=glossary.avoid.get(language, ()),
            languages=tuple(rows.values()),
            translations={msgid: frozenset(texts) for msgid, texts in translations.items()},
            backs=backs,
        )

    def errors(self, language: str, text: Translation) -> list[Problem]:
        """Return the errors of a translation for which no edition may print it."""
        findings = self.findings(language)
        return kept_value(self._errors, (language, text), lambda: errors_among(findings.of(text)))

    @cached_property
    def source_findings(self) -> SourceFindings:
        """What the checks find in the sentences of the source language."""
        table, glossary = self.project.languages, self.project.glossary
        return SourceFindings(
            table["en"], glossary.avoid.get("en", ()), tuple(table.values()), glossary.names
        )

    def save_findings(self) -> None:
        """Write down what the checks found, for the next run on this computer."""
        self.source_findings.save()
        for findings in self._findings.values():
            findings.save()

    def source_errors(self, leaflet: Leaflet) -> list[Problem]:
        """Return the errors of the English for which no language may print a leaflet.

        Its other errors are matters of style.
        """
        return [problem for message in leaflet.messages for problem in self.unprintable(message)]

    def unprintable(self, message: Message) -> list[Problem]:
        """Return the errors of a sentence of the source for which no page may say it."""
        found = errors_among(self.source_findings.of(message))
        return [problem for problem in found if problem.code in UNPRINTABLE]

    def edition_texts(self, edition: Edition) -> dict[str, Translation]:
        """Return every translation an edition may print, by msgctxt."""
        language = edition.language
        return self.texts(language, SHARED_DOMAIN) | self.texts(language, edition.leaflet)

    def started(self, language: str, leaflet: str) -> bool:
        """Tell whether anybody, or a machine, has translated anything of a leaflet."""
        try:
            return any(text.msgstr for text in self.texts(language, leaflet).values())
        except LeafletsError:
            return True


def _is_current(text: Translation) -> bool:
    return bool(text.msgstr) and text.state is not State.STALE
