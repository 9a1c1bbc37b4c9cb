"""How far the source is: its sentences, each leaflet as a whole, and the campaign's policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.campaign.project import Project
from generator.model import NEVER_READY, Message, State, Translation
from generator.review.signed_rules import SignedRules
from generator.review.source_texts import (
    POLICY_DOMAIN,
    is_shipped_word,
    policy_message,
    whole_message,
)
from generator.review.state import source_translation
from generator.review.support import Support


def source_translations(
    project: Project,
    domain: str,
    ledger: Mapping[str, Support],
    rules: SignedRules,
    sound: bool,
) -> list[Translation]:
    """Return the source sentences of a catalogue, a leaflet as a whole before its sentences.

    `ledger` is that of the source language; where it is not `sound`, nothing is ready.
    """
    return [
        _translation(project, domain, rules.raised(domain, message), ledger, rules, sound)
        for message in source_messages(project, domain)
    ]


def source_messages(project: Project, domain: str) -> list[Message]:
    """Return what is signed of a catalogue's source."""
    if domain == POLICY_DOMAIN:
        return [policy_message(project)]
    messages = project.domain(domain)
    leaflet = project.leaflets.get(domain)
    return [whole_message(leaflet, project.campaign.rules), *messages] if leaflet else messages


def _translation(
    project: Project,
    domain: str,
    message: Message,
    ledger: Mapping[str, Support],
    rules: SignedRules,
    sound: bool,
) -> Translation:
    source = project.campaign.source
    rule = rules.rule(message, source=True) if sound else NEVER_READY
    text = source_translation(message, ledger, source, rule)
    if is_shipped_word(domain, message) and not (text.doubted or text.rejected):
        return replace(text, state=State.READY)
    return text
