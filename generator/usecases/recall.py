"""What the campaign says today beside what was printed: which codes still hold, which to collect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from generator.core.change import classify
from generator.core.digest import source_key, wording_key
from generator.core.recall import Printed, Today, Verdict, judge, newest
from generator.edges import editionsfile
from generator.edges.campaignfile import WORDS
from generator.edges.project import Project
from generator.model import Edition, State, Translation
from generator.problem import LeafletsError
from generator.usecases.source import Source


@dataclass
class Judge:
    """Says of any printing what to do with it; reads each catalogue, ledger and site once."""

    project: Project
    _today: dict[tuple[str, str, str], Today] = field(default_factory=dict)
    _sources: dict[str, Source] = field(default_factory=dict)

    @cached_property
    def records(self) -> list[Printed]:
        """Every printing, oldest first."""
        return editionsfile.read(self.project.output)

    @cached_property
    def newest(self) -> dict[Edition, Printed]:
        """The last printing of each edition."""
        return newest(self.records)

    def verdict(self, printed: Printed) -> Verdict:
        """Return what to do with a printing; raise LeafletsError if a catalogue or a ledger it needs cannot be read."""
        return judge(printed, self.today(printed.leaflet, printed.language, printed.site), self.newest.get(printed.edition, printed))

    def today(self, leaflet: str, language: str, site: str) -> Today:
        """Return what the campaign says now in a leaflet, in a language, at a site."""
        key = (leaflet, language, site)
        if key not in self._today:
            self._today[key] = self._read(leaflet, language, site)
        return self._today[key]

    def _read(self, leaflet: str, language: str, site: str) -> Today:
        project, sites = self.project, frozenset(self.project.sites)
        leaflets, languages = frozenset(project.slugs), frozenset(project.campaign.languages)
        if leaflet not in leaflets or language not in languages or site not in sites | {""}:
            return Today(leaflets, languages, sites, {}, {}, {}, {}, {}, frozenset())
        if leaflet not in project.leaflets:
            raise LeafletsError(*(problem for problem in project.broken if problem.leaflet == leaflet))
        source = self._sources.setdefault(site, Source(project, site))
        texts = {f"{domain}/{name}": text for domain in (leaflet, WORDS) for name, text in source.texts(language, domain).items()}
        return Today(
            leaflets,
            languages,
            sites,
            {name: self._wording(language, text) for name, text in texts.items()},
            {name: text.message.msgid for name, text in texts.items()},
            {name: _older(source, name, text.message.msgid) for name, text in texts.items()} | _gone(source, (leaflet, WORDS), texts),
            {key: "; ".join(found.reasons) for key, found in source.ledger(language).items() if found.rejected},
            source.fact_keys,
            frozenset(key for key, found in source.fact_ledger.items() if found.rejected),
        )

    def _wording(self, language: str, text: Translation) -> str:
        """Return the key of what would be printed: of no translation where the policy prints English in its place."""
        stale_policy = self.project.campaign.changed[classify(text.old, text.message.msgid).kind] if text.state is State.STALE else ""
        msgstr = "" if stale_policy == "english" else text.msgstr
        return wording_key(language, text.message.msgctxt, text.message.msgid, msgstr)


def _older(source: Source, name: str, now: str) -> dict[str, str]:
    domain, _, msgctxt = name.partition("/")
    return {source_key(msgctxt, msgid): msgid for msgid in (*source.history.get(domain, {}).get(msgctxt, ()), now)}


def _gone(source: Source, domains: Iterable[str], texts: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return every English of the sentences that were taken out."""
    names = {f"{domain}/{msgctxt}" for domain in domains for msgctxt in source.history.get(domain, {})} - set(texts)
    return {name: {key: text for key, text in _older(source, name, "").items() if text} for name in names}
