"""What texts need until enough people stand behind the rules and risks of today; pure.

Whoever lowers a risk could sign the sentence alone. So what enough people last signed holds until
as many have signed what is lower.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.model import Campaign, Message, Risk, SigningRule
from generator.review.former_forms import (
    UNKNOWN_RISKS,
    Form,
    FormerRisks,
    form_leaflet,
    former_policy,
    former_risks,
    held_form,
    leaflet_form,
    policy_form,
    signings_of,
)
from generator.review.ledger import LedgerReading
from generator.review.ledger_event import SIGNING_ACTIONS, withdrawn_ids
from generator.review.source_texts import (
    POLICY_ID,
    WHOLE_ID,
    higher_risk,
    higher_rule,
    policy_message,
    policy_rule,
    whole_message,
)
from generator.review.support import Support, support_at

# A key of today; no source text was signed under the shorter ones of earlier versions.
_KEY = re.compile(r"[0-9a-f]{64}")
# A policy whose text is not known any more asked for what campaigns ask for unless they say less,
# and a next one needs as many people as any other would.
_UNKNOWN_TEXT = "readers: rights 2, medical 2, safety 2, facts 2, keys 2"
_UNKNOWN_POLICY = Form(SigningRule(2, 2), SigningRule(2, 2), (len(Risk) + 2) * (1_000_000,))


@dataclass(frozen=True)
class SignedRules:
    """Who must sign what: by the files of today, or by what was signed before if that is more."""

    rules: Mapping[Risk, SigningRule]
    fact_rule: SigningRule
    policy_rule: SigningRule
    organisers: frozenset[str] = frozenset()
    former: Mapping[str, FormerRisks] = field(default_factory=dict)
    """By leaflet; none where enough people signed it as it is, or nobody ever did."""

    def rule(self, message: Message, source: bool) -> SigningRule:
        """Return who must sign a text, of the source or of a translation.

        The policy and a leaflet as a whole say by which rules all else is signed, so an
        organiser's key must be behind them: no reader alone makes a rule easier.
        """
        if not source or message.msgctxt not in (POLICY_ID, WHOLE_ID):
            return self.rules[message.risk]
        rule = self.policy_rule if message.msgctxt == POLICY_ID else self.rules[message.risk]
        return rule._replace(among=self.organisers)

    def raised(self, domain: str, message: Message) -> Message:
        """Return a message with the risk that it had before, where that needs more people."""
        former = self.former.get(domain)
        if former is None:
            return message
        before = former.all if message.msgctxt == WHOLE_ID else former.of(message)
        risk = higher_risk(self.rules, (message.risk, *before))
        return message if risk is message.risk else replace(message, risk=risk)


def rules_of_today(project: Project) -> SignedRules:
    """Return who must sign what by the files of today alone."""
    campaign, registry = project.campaign, project.registry
    rule = policy_rule(campaign, len(registry.live_organisers))
    return SignedRules(campaign.rules, campaign.fact_rule, rule, registry.organisers)


def signed_rules(
    project: Project, reading: LedgerReading, known: Mapping[str, Support]
) -> SignedRules:
    """Return who must sign what, by the ledger of the source; `known` is its support by key.

    Raise LeafletsError if the texts beside the ledger cannot be read.
    """
    return _SignedSource(project, reading, known).rules()


@dataclass
class _SignedSource:
    project: Project
    reading: LedgerReading
    known: Mapping[str, Support]

    def rules(self) -> SignedRules:
        texts = self.reading.wordings.texts
        signing = [one for one in self.reading.events if one.action in SIGNING_ACTIONS]
        # Of a form whose text somebody deleted, nobody knows what it needed.
        self.unknown = {
            one.key for one in signing if one.key not in texts and _KEY.fullmatch(one.key)
        }
        wholes = {key: kept for key, kept in texts.items() if kept.msgctxt in (POLICY_ID, WHOLE_ID)}
        self.texts = {key: kept.msgid for key, kept in wholes.items()}
        self.policies = [key for key, kept in wholes.items() if kept.msgctxt == POLICY_ID]
        self.leaflets: dict[str, list[str]] = {}
        for key, kept in wholes.items():
            if kept.msgctxt == WHOLE_ID:
                self.leaflets.setdefault(form_leaflet(kept.msgid), []).append(key)
        self.signings = signings_of(
            signing, wholes.keys() | self.unknown, withdrawn_ids(self.reading.events)
        )
        found = self._policy()
        former = {slug: self._former(found, slug) for slug in self.project.leaflets}
        return replace(found, former={slug: one for slug, one in former.items() if one})

    def _policy(self) -> SignedRules:
        """Return the rules of the policy, and of the one before where today's is not signed."""
        found, campaign = rules_of_today(self.project), self.project.campaign
        organisers, among = len(self.project.registry.live_organisers), found.organisers
        older = {key: former_policy(self.texts[key], campaign) for key in self.policies}
        forms = dict.fromkeys(self.unknown, _UNKNOWN_POLICY)
        for key, one in older.items():
            forms[key] = policy_form(one, policy_rule(one, organisers)._replace(among=among))
        now = policy_form(campaign, found.policy_rule._replace(among=among))
        held = self._held(forms, policy_message(self.project), now)
        if not held:
            return found
        found = replace(found, policy_rule=now.rule_after(forms[held]))
        return _higher_rules(found, older.get(held) or former_policy(_UNKNOWN_TEXT, campaign))

    def _former(self, found: SignedRules, slug: str) -> FormerRisks | None:
        """Return the risks a leaflet had, None where it is signed with those of today."""
        rules, message = found.rules, whole_message(self.project.leaflets[slug], found.rules)
        older = {key: former_risks(self.texts[key]) for key in self.leaflets.get(slug, ())}
        older |= dict.fromkeys(self.unknown, UNKNOWN_RISKS)
        forms = {
            key: self._leaflet_form(found, higher_risk(rules, one.all))
            for key, one in older.items()
        }
        return older.get(self._held(forms, message, self._leaflet_form(found, message.risk)))

    def _leaflet_form(self, found: SignedRules, risk: Risk) -> Form:
        return leaflet_form(found.rules[risk]._replace(among=found.organisers))

    def _held(self, forms: Mapping[str, Form], message: Message, now: Form) -> str:
        """Return the key of the form that holds instead of today's, "" for none."""
        source, text = self.project.campaign.source, message.msgid
        key = wording_key(source, message.msgctxt, text, text)
        held = held_form(forms, self.signings)
        if not held or held == key:
            return ""
        today = support_at(self.known, key)
        accepted = today.meets(now.rule_after(forms[held])) and not today.rejected
        return "" if accepted else held


def _higher_rules(found: SignedRules, before: Campaign) -> SignedRules:
    rules = {risk: higher_rule(rule, before.rules[risk]) for risk, rule in found.rules.items()}
    return replace(found, rules=rules, fact_rule=higher_rule(found.fact_rule, before.fact_rule))
