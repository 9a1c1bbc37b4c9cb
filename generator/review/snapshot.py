"""What a run reads: translations with their states, the ledgers, the facts; each once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from generator.base.clock import today
from generator.base.digests import digest, wording_key
from generator.campaign import call_tree
from generator.campaign.facts import fact_key
from generator.campaign.glossary import GLOSSARY
from generator.campaign.made_up import facts_as_shipped, is_made_up, made_up_names
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.sites import sites_secret
from generator.catalogue import pofile, sources
from generator.catalogue.entry import Entry
from generator.catalogue.placing import missing_ids
from generator.checks import CheckContext
from generator.model import Edition, Fact, Leaflet, Message, State, Translation
from generator.problem import LeafletsError, Problem, errors_among
from generator.review import back_translations, ledger, reader_code
from generator.review.check_results import SourceFindings, TranslationFindings, findings_with_fonts
from generator.review.conversation import comment_key, comment_threads
from generator.review.reader_code import KnownCodes
from generator.review.recall_rules import PHONE_TREE_FACT
from generator.review.state import (
    NO_SUPPORT,
    LedgerEvent,
    Support,
    catalogue_translations,
    fact_state,
    signing_days,
    source_translation,
    support_by_key,
)

UNPRINTABLE = ("literal-fact", "dates", "weekdays", "source-language", "unwritten")
"""Checks of the English whose errors stop every edition."""
TABLES = (
    "broken",
    "_entries",
    "_texts",
    "_events",
    "_threads",
    "_standings",
    "_backs",
    "_errors",
    "_verdicts",
)
"""What a Source keeps by language, or by language and something else."""


@dataclass
class Snapshot:
    """The inputs of a run, read once: translations by language, and what all pages share."""

    project: Project
    site: str = ""
    today: date = field(default_factory=today)
    broken: dict[tuple[str, str], LeafletsError] = field(default_factory=dict)
    """What is wrong with a catalogue, by language and domain."""
    overflows: dict[tuple[str, str, str], list[Problem]] | None = None
    """Sentences too long for a sheet, once `overflow.overflow_warnings` has looked."""
    _entries: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    _texts: dict[tuple[str, str], dict[str, Translation]] = field(default_factory=dict)
    _events: dict[str, list[LedgerEvent]] = field(default_factory=dict)
    _standings: dict[str, dict[str, Support]] = field(default_factory=dict)
    _threads: dict[str, dict[str, tuple[LedgerEvent, ...]]] = field(default_factory=dict)
    _backs: dict[str, dict[str, str]] = field(default_factory=dict)
    _errors: dict[tuple[str, Translation], list[Problem]] = field(default_factory=dict)
    _verdicts: dict[str, TranslationFindings] = field(default_factory=dict)

    def renewed(self, language: str = "", domains: Collection[str] = ()) -> Snapshot:
        """Return the same inputs with the ledger of a language, its catalogues of `domains`, and the facts' ledger to be read again.

        Everything else is shared. Other threads may use this Source meanwhile: each dict is copied in one step before it is looked through.
        """
        tables = {name: dict(getattr(self, name)) for name in TABLES}
        kept: dict[str, Any] = {
            name: {key: value for key, value in table.items() if language not in (key, key[0])}
            for name, table in tables.items()
        }
        entries = tables["_entries"].items()
        kept["_entries"] = {
            key: value for key, value in entries if key[0] != language or key[1] not in domains
        }
        found = replace(self, **kept)
        found.__dict__.update(
            {name: self.__dict__[name] for name in ("history",) if name in self.__dict__}
        )
        return found

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts as they are at the site; one whose file names no day was looked up on the day of its newest signature."""
        days = {
            key: day for events in self._fact_events for key, day in signing_days(events).items()
        }
        found = {**self.project.facts, **self.own_facts}
        return {
            name: fact if fact.verified else replace(fact, verified=days.get(self._fact_key(fact)))
            for name, fact in found.items()
        }

    @cached_property
    def own_facts(self) -> Mapping[str, Fact]:
        """The facts that the site has of its own; raises UsageError for an unknown site."""
        return self.project.own_facts(self.site)

    @cached_property
    def fact_states(self) -> dict[str, State]:
        """The state of every fact: draft, read, or ready if enough people stand behind this value."""
        needed = self.project.campaign.fact_readers
        found = {
            name: fact_state(self.fact_ledger.get(key, NO_SUPPORT), needed)
            for name, key in self.fact_keys.items()
        }
        return found | dict.fromkeys(self.made_up & found.keys(), State.DRAFT)

    @cached_property
    def made_up(self) -> frozenset[str]:
        """The names of what is still made up, facts and the address: whoever signed them, no page with one is ready."""
        return made_up_names(self.facts, self.project.campaign.address)

    @cached_property
    def example(self) -> bool:
        """Whether this is the example and says so: its facts are the shipped ones, and a site's own are made up too."""
        return (
            self.project.campaign.example
            and facts_as_shipped(self.project.facts)
            and all(map(is_made_up, self.own_facts.values()))
        )

    @cached_property
    def fact_keys(self) -> dict[str, str]:
        """What the signatures of each fact bind to, those of the site's own facts under its name."""
        return {name: self._fact_key(fact) for name, fact in self.facts.items()}

    def _fact_key(self, fact: Fact) -> str:
        return fact_key(fact, self.site if fact.name in self.own_facts else "")

    @cached_property
    def paper_keys(self) -> dict[str, str]:
        """What names each fact in the record of what was printed: its key; for a site's own facts and its people a hidden one."""
        own = self.own_facts
        facts = {
            name: self._hidden(key) if name in own else key for name, key in self.fact_keys.items()
        }
        people = call_tree.print_keys(self.project.site(self.site).people) if self.site else {}
        return facts | {PHONE_TREE_FACT + name: self._hidden(key) for name, key in people.items()}

    @cached_property
    def wrong_facts(self) -> frozenset[str]:
        """The same of all facts that somebody looked up and found wrong."""
        own = set(support_by_key(self._fact_events[-1])) if self.site else set()
        return frozenset(
            self._hidden(key) if key in own else key
            for key, found in self.fact_ledger.items()
            if found.rejected
        )

    def _hidden(self, key: str) -> str:
        return digest("paper", self._secret, key)[:20]

    @cached_property
    def _secret(self) -> str:
        return sites_secret(self.project.root / "sites")

    @cached_property
    def fact_ledger(self) -> dict[str, Support]:
        """Who stands behind which fact, by key: the shared ones, and those of the site."""
        return {
            key: found
            for events in self._fact_events
            for key, found in support_by_key(events).items()
        }

    @cached_property
    def _fact_events(self) -> list[list[LedgerEvent]]:
        """The ledger of the shared facts, and at a site that of the sites' own."""
        return [
            ledger.read_ledger(self.project.fact_ledger(site))
            for site in dict.fromkeys(("", self.site))
        ]

    def texts(self, language: str, domain: str) -> dict[str, Translation]:
        """Return the translations of one catalogue by msgctxt; raise LeafletsError if it cannot be read."""
        if (language, domain) not in self._texts:
            try:
                found = self._read(language, domain)
            except LeafletsError as error:
                self.broken[language, domain] = error
                raise
            self._texts[language, domain] = {text.message.msgctxt: text for text in found}
        return self._texts[language, domain]

    def _read(self, language: str, domain: str) -> list[Translation]:
        messages = self.project.domain(domain)
        if language == "en":
            return [
                source_translation(message, self.ledger(language), language) for message in messages
            ]
        if (language, domain) in self.broken:
            raise self.broken[language, domain]
        return catalogue_translations(
            messages,
            self.entries(language, domain),
            self.ledger(language),
            language,
            self.project.campaign.readers,
            self.history.get(domain, {}),
        )

    def entries(self, language: str, domain: str) -> list[Entry]:
        """Return the entries of one catalogue, or of the glossary; raise LeafletsError if it cannot be read, or has texts without ids."""
        if domain == GLOSSARY:
            return self.project.glossary.entries(language)
        if (language, domain) not in self._entries:
            path = self.project.catalogue(language, domain)
            found = pofile.read_catalogue(path, self.project.languages[language])
            if problem := missing_ids(found):
                raise LeafletsError(problem.at(where=f"{path}{problem.where}"))
            self._entries[language, domain] = found
        return self._entries[language, domain]

    def ledger(self, language: str) -> dict[str, Support]:
        """Return who stands behind what in a language, by wording key."""
        if language not in self._standings:
            self._standings[language] = support_by_key(self.events(language))
        return self._standings[language]

    def events(self, language: str) -> list[LedgerEvent]:
        """Return the ledger of a language."""
        if language not in self._events:
            self._events[language] = ledger.read_ledger(self.project.ledger(language))
        return self._events[language]

    def comments(self, language: str, domain: str, msgctxt: str) -> tuple[LedgerEvent, ...]:
        """Return what people said about a sentence, in the order of the conversation."""
        if language not in self._threads:
            self._threads[language] = comment_threads(self.events(language))
        return self._threads[language].get(comment_key(language, domain, msgctxt), ())

    @cached_property
    def history(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Every English wording there was, by domain and msgctxt, newest first."""
        return sources.older_wordings(self.project.history)

    def back(self, language: str) -> dict[str, str]:
        """Return what a machine makes of the translations in English, by wording key."""
        if language not in self._backs:
            self._backs[language] = back_translations.read_back_translations(
                self.project.back_translations(language)
            )
        return self._backs[language]

    def elsewhere(self, language: str, domain: str, message: Message) -> frozenset[str]:
        """Return the current translations of the same English in all other places; catalogues that cannot be read are left out."""
        return frozenset(
            text.msgstr
            for name, text in self.readable(language)
            if text.message.msgid == message.msgid
            and (name, text.message.msgctxt) != (domain, message.msgctxt)
            if text.msgstr and text.state is not State.STALE
        )

    def readable(self, language: str) -> Iterator[tuple[str, Translation]]:
        """Yield the translations in leaflets that can be read, each with the name of its catalogue."""
        for domain in self.project.leaflet_domains:
            with suppress(LeafletsError):
                yield from [(domain, text) for text in self.texts(language, domain).values()]

    @cached_property
    def codes(self) -> KnownCodes:
        """The codes in all ledgers that can be read, and the one that is kept in the folder."""
        events: list[LedgerEvent] = []
        for language in self.project.campaign.languages:
            with suppress(LeafletsError):
                events += self.events(language)
        with suppress(LeafletsError):
            events += ledger.read_ledger(self.project.fact_ledger())
        machines = frozenset(event.person for event in events if event.verb == "machine")
        people = {event.person for event in events if event.verb not in ledger.MACHINE_ACTIONS}
        with suppress(LeafletsError):  # a damaged file is told where somebody signs
            people.add(reader_code.folder_reader(self.project.root))
        return KnownCodes(machines, frozenset(people) - machines)

    def context(self, language: str) -> CheckContext:
        """Return what the sentences of a language are looked at with; catalogues that cannot be read are left out."""
        return self.verdicts(language).context

    def verdicts(self, language: str) -> TranslationFindings:
        """Return what the checks find in the sentences of a language."""
        if language not in self._verdicts:
            self._verdicts[language] = findings_with_fonts(
                self._context(language), self.project.languages
            )
        return self._verdicts[language]

    def _context(self, language: str) -> CheckContext:
        glossary = self.project.glossary
        found: dict[str, set[str]] = {}
        backs = {}
        for _, text in self.readable(language):
            if text.msgstr and text.state is not State.STALE:
                found.setdefault(text.message.msgid, set()).add(text.msgstr)
            if back := self.back(language).get(
                wording_key(language, text.message.msgctxt, text.message.msgid, text.msgstr)
            ):
                backs[text.message.msgid, text.msgstr] = back
        agreed = [
            text
            for text in self.texts(language, GLOSSARY).values()
            if text.state in (State.READ, State.READY)
        ]
        terms, avoid = (
            tuple((text.message.msgid, text.msgstr) for text in agreed),
            glossary.avoid.get(language, ()),
        )
        rows, translations = (
            self.project.languages,
            {msgid: frozenset(texts) for msgid, texts in found.items()},
        )
        return CheckContext(
            rows[language],
            glossary.names,
            None,
            terms,
            avoid,
            tuple(rows.values()),
            translations,
            backs,
        )

    def errors(self, language: str, text: Translation) -> list[Problem]:
        """Return the errors of a translation for which no edition may print it; each is looked for once."""
        key = language, text
        if key not in self._errors:
            self._errors[key] = errors_among(self.verdicts(language).of(text))
        return self._errors[key]

    @cached_property
    def source_verdicts(self) -> SourceFindings:
        """What the checks find in the sentences of the source language."""
        table, glossary = self.project.languages, self.project.glossary
        return SourceFindings(
            table["en"], glossary.avoid.get("en", ()), tuple(table.values()), glossary.names
        )

    def remember(self) -> None:
        """Write down what the checks found, for the next run on this computer."""
        self.source_verdicts.save()
        for verdicts in self._verdicts.values():
            verdicts.save()

    def source_errors(self, leaflet: Leaflet) -> list[Problem]:
        """Return the errors of the English for which no language may print a leaflet; the other errors are matters of style."""
        return [problem for message in leaflet.messages for problem in self.unprintable(message)]

    def unprintable(self, message: Message) -> list[Problem]:
        """Return the errors of a sentence of the source for which no page may say it."""
        return [
            problem
            for problem in errors_among(self.source_verdicts.of(message))
            if problem.code in UNPRINTABLE
        ]

    def edition_texts(self, edition: Edition) -> dict[str, Translation]:
        """Return every translation an edition may print, by msgctxt."""
        return self.texts(edition.language, SHARED_DOMAIN) | self.texts(
            edition.language, edition.leaflet
        )

    def started(self, language: str, leaflet: str) -> bool:
        """Tell whether anybody, or a machine, has translated anything of a leaflet."""
        try:
            return any(text.msgstr for text in self.texts(language, leaflet).values())
        except LeafletsError:
            return True
