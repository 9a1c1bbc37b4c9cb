"""Why an edition is a draft: what of its source, its facts and its sentences people must sign.

Every place that shows a draft tells these reasons, each with its file and line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from generator.campaign.settings import SHARED_DOMAIN
from generator.editions.content import (
    fact_names,
    leaflet_on_sheet,
    printed_messages,
    unagreed_texts,
)
from generator.model import Edition
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot
from generator.review.source_obstacles import domain_obstacles, fact_obstacles
from generator.review.source_texts import POLICY_DOMAIN
from generator.review.translation_obstacles import contested_problems, unread_problem

_ORGANISERS, _FACTS, _READERS = "organisers", "people who look up facts", "readers"


def who_is_missing(reasons: Iterable[Problem], source: str) -> list[str]:
    """Return in words whose signatures drafts wait for, organisers first.

    >>> who_is_missing([Problem("unread", "", language="ar"), Problem("one-key", "")], "en")
    ['people who look up facts', 'readers']
    """
    found = set()
    for one in reasons:
        asked = _ORGANISERS if one.language == source else _READERS if one.language else _FACTS
        found.add(asked)
    return [words for words in (_ORGANISERS, _FACTS, _READERS) if words in found]


@dataclass
class DraftReasons:
    """Tells why editions are drafts; what many editions share is found once."""

    snapshot: Snapshot
    _told: dict[tuple[str, frozenset[str]], list[Problem]] = field(default_factory=dict)

    def of(self, edition: Edition) -> tuple[Problem, ...]:
        """Return the reasons, what organisers sign first; none for what is ready or an example.

        An edition without a sheet is all of its leaflet. Made-up facts are told apart, and what
        cannot be read is told as an error.
        """
        if self.snapshot.example:
            return ()
        try:
            found = [one for half in edition.halves for one in self._of_half(half)]
        except LeafletsError:
            return ()
        return tuple(dict.fromkeys(found))

    def _of_half(self, edition: Edition) -> Iterator[Problem]:
        snapshot, language = self.snapshot, edition.language
        leaflet = snapshot.project.leaflets[edition.leaflet]
        if edition.sheet:
            leaflet = leaflet_on_sheet(snapshot, edition)
        texts = snapshot.edition_texts(edition)
        unsigned = frozenset(unagreed_texts(snapshot, leaflet, texts))
        for domain in (POLICY_DOMAIN, edition.leaflet, SHARED_DOMAIN):
            yield from self._of_source(domain, unsigned)
        yield from fact_obstacles(snapshot, fact_names(leaflet, texts))
        if language != snapshot.project.campaign.source:
            printed = printed_messages(leaflet, texts)
            for domain in (edition.leaflet, SHARED_DOMAIN):
                yield from self._of_texts(language, domain, printed)

    def _of_source(self, domain: str, unsigned: frozenset[str]) -> list[Problem]:
        if (domain, unsigned) not in self._told:
            found = list(domain_obstacles(self.snapshot, domain, unsigned))
            self._told[domain, unsigned] = found
        return self._told[domain, unsigned]

    def _of_texts(self, language: str, domain: str, printed: Collection[str]) -> Iterator[Problem]:
        yield from contested_problems(self.snapshot, language, domain, printed)
        if unread := unread_problem(self.snapshot, language, domain, printed):
            yield unread
