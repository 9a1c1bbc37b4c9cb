"""Texts that enough people signed on one computer alone, and what to say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress

from generator.base.words import count_words
from generator.model import Campaign
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

ONE_KEY_WORDS = "read, but by one computer alone"
ONE_KEY_HINT = (
    "a second organiser's computer or the reader's own key must sign too: leaflets readers"
)
ALONE_WORDS = "This campaign is signed on one computer alone."


def alone_words(campaign: Campaign) -> str:
    """Return what to say of a campaign in which one key is enough, "" for any other."""
    return ALONE_WORDS if campaign.keys == 1 else ""


def one_key_problems(snapshot: Snapshot, languages: Iterable[str]) -> list[Problem]:
    """Return one warning for each translated leaflet with such texts, and one for the facts."""
    counts: Counter[tuple[str, str]] = Counter()
    for language in languages:
        if language == snapshot.project.campaign.source:
            continue  # the obstacles of the source tell it
        for domain in snapshot.project.leaflet_domains:
            with suppress(LeafletsError):
                texts = snapshot.texts(language, domain).values()
                counts[domain, language] += sum(text.one_key for text in texts)
    found = [
        _problem(f"{count_words(count, 'sentence')}: {ONE_KEY_WORDS}").at(
            leaflet=domain, language=language
        )
        for (domain, language), count in counts.items()
        if count
    ]
    rule, support = snapshot.signed_rules.fact_rule, snapshot.fact_support
    facts = [
        name
        for name, key in snapshot.fact_keys.items()
        if key in support and support[key].lacks_key(rule)
    ]
    if facts:
        where = snapshot.facts[facts[0]].where
        found.append(_problem(f"{', '.join(sorted(facts))}: {ONE_KEY_WORDS}").at(where=where))
    return found


def _problem(what: str) -> Problem:
    return Problem("one-key", what, hint=ONE_KEY_HINT, severity=Severity.WARNING)
