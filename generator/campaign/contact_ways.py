"""Prepare the message by which somebody who holds a leaflet says that a sentence is wrong.

It tells nothing about the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from generator.base.names import nearest_name
from generator.campaign.facts import fact_link, without_extension
from generator.model import Fact, PublishSettings
from generator.problem import Problem

# The ways to write or call, in the order shown, and the kind of fact each needs.
CONTACT_WAYS = {"sms": "phone", "whatsapp": "phone", "email": "email", "phone": "phone"}
# Called the same in every language; the others are words of the website.
WAY_NAMES = {"whatsapp": "WhatsApp"}
WAY_LINKS = {
    # `?&` is read by Android and by old and new iPhones; RFC 5724 has `?` alone.
    "sms": "sms:{value}?&body={text}",
    "whatsapp": "https://wa.me/{digits}?text={text}",
    "email": "mailto:{value}?subject={text}",
}


def prepared_message(code: str, leaflet: str, tag: str, version: str) -> str:
    """Return the message: code of the sentence, leaflet, language and version of the page.

    >>> prepared_message("RXB6-2AXG", "not-alone", "fr", "FR-1W7GY")
    'RXB6-2AXG not-alone fr FR-1W7GY: '
    """
    return " ".join(part for part in (code, leaflet, tag, version) if part) + ": "


def contact_link(way: str, fact: Fact, text: str) -> str:
    """Return the link that opens a message with `text` to a fact, or a call.

    >>> from datetime import date
    >>> phone = Fact("t", "phone", "+447700900123", "", "", date(2026, 1, 1), 180)
    >>> contact_link("whatsapp", phone, "A b")
    'https://wa.me/447700900123?text=A%20b'
    """
    if way not in WAY_LINKS:
        return fact_link(fact)
    value = without_extension(fact.value) if fact.kind == "phone" else fact.value
    return WAY_LINKS[way].format(value=value, digits=value.removeprefix("+"), text=quote(text))


def contact_problems(
    publish: PublishSettings, facts: Mapping[str, Fact], where: str
) -> list[Problem]:
    """Say what is wrong with `hear:` in campaign.yaml: a missing fact or one of another kind."""
    found = []
    for way, name in publish.hear.items():
        if name not in facts:
            what = f"publish: {way}: no fact {name!r} in facts.yaml"
            found.append(Problem("fact-unknown", what, where, nearest_name(name, facts)))
        elif facts[name].kind != CONTACT_WAYS[way]:
            what = f"publish: {way}: {name} is a {facts[name].kind}, not a {CONTACT_WAYS[way]}"
            found.append(Problem("fact-kind", what, where, "name another fact"))
    return found
