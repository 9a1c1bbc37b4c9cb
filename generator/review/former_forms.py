"""The forms in which people signed policy and leaflets before, and which of them holds; pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.model import Campaign, Message, Risk, SigningRule
from generator.review.ledger_event import SIGNING_ACTIONS, LedgerEvent
from generator.review.source_texts import higher_rule
from generator.review.support import Support

# How `source_texts` writes a sentence that is not plain, and who must sign.
_RISKY = re.compile(r"(\S+) \((\w+)\): (.*)")
_READERS = re.compile(r"^readers: (.*)$", re.MULTILINE)
_COUNT = re.compile(r"(\w+) (\d+)")


@dataclass(frozen=True)
class FormerRisks:
    """The risks of a leaflet's sentences that are not plain, in a form that people signed."""

    by_id: Mapping[str, Risk]
    by_text: Mapping[str, Risk]
    """A sentence may have another place by now, and so another id."""
    unknown: bool = False
    """Whether nobody knows them: each may have been the highest."""

    @property
    def all(self) -> tuple[Risk, ...]:
        """Every risk there was."""
        return tuple(Risk) if self.unknown else (Risk.PLAIN, *self.by_id.values())

    def of(self, message: Message) -> tuple[Risk, ...]:
        """Return the risks that a sentence had, by its id and by its words."""
        if self.unknown:
            return self.all
        found = self.by_id.get(message.msgctxt), self.by_text.get(message.msgid)
        return tuple(risk for risk in found if risk)


UNKNOWN_RISKS = FormerRisks({}, {}, unknown=True)


def former_risks(text: str) -> FormerRisks:
    """Return the risks in a form of a leaflet as a whole.

    >>> former_risks("door, 2026-11-20\\ndoor (safety): Keep it shut.").by_id
    {'door': <Risk.SAFETY: 'safety'>}
    """
    known = {str(risk): risk for risk in Risk}
    found = [match.groups() for match in map(_RISKY.match, text.split("\n")) if match]
    rows = [(name, words, known[risk]) for name, risk, words in found if risk in known]
    return FormerRisks(
        {name: risk for name, _, risk in rows}, {words: risk for _, words, risk in rows}
    )


def form_leaflet(text: str) -> str:
    """Return the name of the leaflet of which a text is a form as a whole."""
    return text.partition("\n")[0].partition(",")[0]


def former_policy(text: str, campaign: Campaign) -> Campaign:
    """Return a campaign with the numbers of people and keys in a form of its policy."""
    line = _READERS.search(text)
    counts = {name: int(count) for name, count in _COUNT.findall(line[1] if line else "")}
    return replace(
        campaign,
        readers={risk: counts.get(risk, people) for risk, people in campaign.readers.items()},
        fact_readers=counts.get("facts", campaign.fact_readers),
        keys=counts.get("keys", campaign.keys),
    )


class Form(NamedTuple):
    """What a form of the policy, or of a leaflet as a whole, needs and asks for."""

    rule: SigningRule
    """Who must sign it."""
    strictest: SigningRule
    """Who must sign the next one, if that asks for less."""
    asks: tuple[int, ...]
    """How many people and keys it asks for, each for something else."""

    def rule_after(self, before: Form | None) -> SigningRule:
        """Return who must sign it where another form was signed before."""
        if before is None:
            return self.rule
        return higher_rule(self.rule, before.strictest if self.lowers(before) else before.rule)

    def lowers(self, before: Form) -> bool:
        """Tell whether it asks for less of anything than another form."""
        return any(now < then for now, then in zip(self.asks, before.asks, strict=True))


def leaflet_form(rule: SigningRule) -> Form:
    """Return the form of a leaflet whose riskiest sentence has a rule."""
    return Form(rule, rule, (rule.people, rule.keys))


def policy_form(campaign: Campaign, rule: SigningRule) -> Form:
    """Return the form of a policy that needs a rule."""
    asks = (*(campaign.readers[risk] for risk in Risk), campaign.fact_readers, campaign.keys)
    return Form(rule, rule._replace(people=max(rule.people, *asks)), asks)


class Signing(NamedTuple):
    """A line with which somebody signed a form."""

    event: LedgerEvent
    withdrawn: bool


def signings_of(
    events: Sequence[LedgerEvent], keys: Collection[str], gone: Collection[str]
) -> list[Signing]:
    """Return the lines that sign texts with some keys, by day; `gone` names the withdrawn ones."""
    found = (one for one in events if one.key in keys and one.action in SIGNING_ACTIONS)
    return [
        Signing(one, bool(gone) and one.id in gone) for one in sorted(found, key=lambda one: one.at)
    ]


def held_form(forms: Mapping[str, Form], signings: Iterable[Signing]) -> str:
    """Return the key of the form that was last signed by enough people, "" for none.

    `signings` is in the order of the days.

    One that asks for less than the form before needs as many people as that asks for, and only
    those count who signed it later and did not take it back. So nobody lowers anything by taking
    back, or by signing again, what others signed once.
    """
    signed: defaultdict[str, list[tuple[int, Signing]]] = defaultdict(list)
    held, since = "", 0
    for place, one in enumerate(signings, 1):
        key = one.event.key
        if key not in forms:
            continue
        signed[key].append((place, one))
        if key == held:
            continue
        form, before = forms[key], forms.get(held)
        raises = before is None or (form.asks != before.asks and not form.lowers(before))
        counting = [
            event
            for at, (event, withdrawn) in signed[key]
            if raises or (at > since and not withdrawn)
        ]
        people, keys = {event.person for event in counting}, {event.by for event in counting}
        if Support(frozenset(people), frozenset(keys)).meets(form.rule_after(before)):
            held, since = key, place
    return held
