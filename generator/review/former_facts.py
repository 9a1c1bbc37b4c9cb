"""What a fact was when people signed it, where it is something else today; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.base.digests import fact_value_key
from generator.campaign.facts import fact_key
from generator.model import Fact
from generator.review.fact_snapshot import FactSnapshot
from generator.review.ledger_event import SIGNING_ACTIONS
from generator.review.source_changes import SignedSource
from generator.review.support import Support, support_at
from generator.review.wordings import KeptFact


def kept_fact(fact: Fact, site: str) -> KeptFact:
    """Return the value of a fact as it is kept."""
    return KeptFact(site, fact.name, fact.kind, fact.value, fact.display)


def former_fact(snapshot: FactSnapshot, name: str) -> SignedSource | None:
    """Return the newest value of a fact that people signed and that is not today's.

    None if there is none, or if it is not known here. A site's own value is known at the site.
    """
    own = name in snapshot.own_facts
    reading, site = snapshot.fact_readings[-1 if own else 0], snapshot.site if own else ""
    today = fact_key(snapshot.facts[name], site)
    forms = {
        key: kept
        for key, kept in reading.wordings.facts.items()
        if (kept.site, kept.name) == (site, name) and key != today
    }
    found: SignedSource | None = None
    for event in reading.events if forms else ():
        people = support_at(snapshot.fact_support, event.key).signers
        known = event.key in forms and event.action in SIGNING_ACTIONS and people
        if known and (found is None or event.at >= found.day):
            found = SignedSource(forms[event.key].printed, tuple(sorted(people)), event.at)
    return found


def change_in_words(before: SignedSource, fact: Fact) -> str:
    """Return what a fact was, who signed that, and what it is now."""
    people, now = ", ".join(before.people), fact.display or fact.value
    return f"was {before.text}, signed by {people} on {before.day}; now {now}"


def signed_values(facts: Iterable[Fact], site: str, known: Mapping[str, Support]) -> list[KeptFact]:
    """Return the values of facts, as they are today, that somebody signed."""
    kept = [kept_fact(fact, site) for fact in facts]
    return [one for one in kept if support_at(known, fact_value_key(*one)).signers]
