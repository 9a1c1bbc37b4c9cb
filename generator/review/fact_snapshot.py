"""The facts that a run reads, shared ones and a site's own, with who signed them; each once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from generator.base.clock import today
from generator.base.digests import OLD_KEY, digest
from generator.campaign.facts import fact_key
from generator.campaign.made_up import facts_as_shipped, is_made_up, made_up_names
from generator.campaign.sites import sites_secret
from generator.model import NEVER_READY, Fact, SigningRule, State
from generator.review.ledger import LedgerReading, ledger_reading
from generator.review.ledger_event import LedgerEvent, signing_days
from generator.review.ledger_snapshot import LedgerSnapshot
from generator.review.state import wording_state
from generator.review.support import Support, support_at, support_by_key


@dataclass
class FactSnapshot(LedgerSnapshot):
    """The facts at one site, or those that all sites share."""

    site: str = ""
    today: date = field(default_factory=today)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts as they are at the site.

        One whose file names no day was looked up on the day of its newest signature.
        """
        days = {
            key: day
            for events in self._fact_events
            for key, day in signing_days(events, self.today).items()
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
        """The state of every fact: draft, read, or ready if enough people signed this value."""
        found = {
            name: wording_state(name, support_at(self.fact_support, key), self._fact_rule(name))
            for name, key in self.fact_keys.items()
        }
        return found | dict.fromkeys(self.made_up & found.keys(), State.DRAFT)

    def _fact_rule(self, name: str) -> SigningRule:
        """Return who must sign a fact; nobody can while lines of its ledger are missing."""
        reading = self.fact_readings[-1 if name in self.own_facts else 0]
        return self.signed_rules.fact_rule if reading.sound else NEVER_READY

    @cached_property
    def made_up(self) -> frozenset[str]:
        """The names of facts, and of the address, that are still made up.

        No page with one of them is ready, whoever signed it.
        """
        return made_up_names(self.facts, self.project.campaign.address)

    @cached_property
    def example(self) -> bool:
        """Whether this is the example and says so.

        Its facts are the shipped ones, and a site's own are made up too.
        """
        return (
            self.project.campaign.example
            and facts_as_shipped(self.project.facts)
            and all(map(is_made_up, self.own_facts.values()))
        )

    @cached_property
    def fact_keys(self) -> dict[str, str]:
        """What the signatures of each fact bind to; the site's own facts under its name."""
        return {name: self._fact_key(fact) for name, fact in self.facts.items()}

    def _fact_key(self, fact: Fact) -> str:
        return fact_key(fact, self.site if fact.name in self.own_facts else "")

    @cached_property
    def fact_support(self) -> dict[str, Support]:
        """Who signed which fact, by key: the shared ones, and those of the site."""
        return {
            key: found
            for events in self._fact_events
            for key, found in support_by_key(events).items()
        }

    @cached_property
    def wrong_facts(self) -> frozenset[str]:
        """The keys, as papers know them, of facts that somebody looked up and found wrong."""
        own = set(support_by_key(self._fact_events[-1])) if self.site else set()
        return frozenset(
            self.hidden_key(key) if key in own else key
            for key, found in self.fact_support.items()
            if found.rejected
        )

    def hidden_key(self, key: str) -> str:
        """Return what stands for a private fact's key in the record of what was printed.

        A phone number has so few digits that its bare digest could be found by trying all, so the
        digest takes in a secret that never leaves the sites' folder.
        """
        return digest("paper", self._secret, key[:OLD_KEY])

    @cached_property
    def _secret(self) -> str:
        return sites_secret(self.project.root / "sites")

    @cached_property
    def _fact_events(self) -> list[list[LedgerEvent]]:
        return [reading.events for reading in self.fact_readings]

    @cached_property
    def fact_readings(self) -> list[LedgerReading]:
        """The ledger of the shared facts, and at a site that of the sites' own."""
        sites = dict.fromkeys(("", self.site))
        return [ledger_reading(self.project.fact_ledger(site)) for site in sites]
