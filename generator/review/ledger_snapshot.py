"""The ledgers that a run reads, who signed what, and who must; each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from generator.campaign.project import Project
from generator.model import NEVER_READY, Message, Risk, SigningRule
from generator.problem import LeafletsError
from generator.review.ledger import LedgerReading, ledger_reading
from generator.review.ledger_event import LedgerEvent
from generator.review.signed_rules import SignedRules, rules_of_today, signed_rules
from generator.review.support import Support, support_by_key

K = TypeVar("K")
V = TypeVar("V")


@dataclass
class LedgerSnapshot:
    """The ledgers of all languages."""

    project: Project
    _ledgers: dict[str, LedgerReading] = field(default_factory=dict, kw_only=True)
    _support: dict[str, dict[str, Support]] = field(default_factory=dict, kw_only=True)
    _rules: dict[str, SignedRules] = field(default_factory=dict, kw_only=True)

    def ledger(self, language: str) -> LedgerReading:
        """Return the ledger of a language, with what is wrong with its lines."""
        path = self.project.ledger(language)
        return kept_value(self._ledgers, language, lambda: ledger_reading(path))

    def events(self, language: str) -> list[LedgerEvent]:
        """Return the ledger of a language."""
        return self.ledger(language).events

    def support_by_key(self, language: str) -> dict[str, Support]:
        """Return who signed what in a language, by wording key."""
        return kept_value(self._support, language, lambda: support_by_key(self.events(language)))

    @property
    def signed_rules(self) -> SignedRules:
        """Who must sign what, by the files of today and by what organisers signed before."""
        # Kept under the source language: what is read of it anew makes them new.
        return kept_value(self._rules, self.project.campaign.source, self._signed_rules)

    def _signed_rules(self) -> SignedRules:
        source = self.project.campaign.source
        with suppress(LeafletsError):  # no page is ready while the source's ledger is damaged
            return signed_rules(self.project, self.ledger(source), self.support_by_key(source))
        return rules_of_today(self.project)

    def rules(self, language: str) -> Mapping[Risk, SigningRule]:
        """Return who must sign a sentence of a language.

        While lines of its ledger are missing, nothing makes one ready.
        """
        sound = self.ledger(language).sound
        return self.signed_rules.rules if sound else dict.fromkeys(Risk, NEVER_READY)

    def messages(self, domain: str) -> list[Message]:
        """Return the sentences of a catalogue, each with the risk that holds."""
        rules = self.signed_rules
        return [rules.raised(domain, message) for message in self.project.domain(domain)]


def kept_value(table: dict[K, V], key: K, make: Callable[[], V]) -> V:
    """Return what a table keeps under a key, made the first time that somebody asks."""
    if key not in table:
        table[key] = make()
    return table[key]
