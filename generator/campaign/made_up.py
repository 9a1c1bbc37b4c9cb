"""Tell which facts are still made up: those that were shipped, and those kept for examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.base.digests import digest
from generator.campaign.facts import fact_key, without_extension
from generator.model import Fact
from generator.problem import Problem, Severity

# British numbers that Ofcom keeps for films begin like this after +44; three digits follow.
DRAMA_NUMBERS = [
    "1134960",
    "1144960",
    "1154960",
    "1164960",
    "1174960",
    "1214960",
    "1314960",
    "1414960",
    "1514960",
    "1614960",
    "1632960",
    "1914980",
    "2079460",
    "2896496",
    "2920180",
    "3069990",
    "7700900",
    "8081570",
    "9098790",
]
# Addresses that lead nowhere (RFC 2606).
EXAMPLE_HOST = re.compile(
    r"(?:^|[/@.])(?:example\.(?:com|net|org)|[a-z0-9-]+\.(?:example|invalid|test))(?:/|$)"
)
# A source that leads nowhere, or to the list of numbers for films, was never looked up.
NOWHERE = re.compile(rf"{EXAMPLE_HOST.pattern}|/numbers-for-drama$")
# Kept for films and examples, by kind of fact.
RESERVED_VALUES = {
    "phone": re.compile(
        rf"^(?:\+44(?:{'|'.join(DRAMA_NUMBERS)})[0-9]{{3}}|\+1[0-9]{{3}}55501[0-9]{{2}})$"
    ),
    "url": EXAMPLE_HOST,
    "email": EXAMPLE_HOST,
}
# The other made-up values of the shipped files. Those that may be true elsewhere count as made up
# only with their shipped source.
SHIPPED_VALUES = {
    "18:00-21:00": "https://example.org",
    "13:00-15:00": "https://example.org",
    "14:00-16:00": "https://example.org",
    "10:00-14:00": "https://example.org",
    "2027-03-20": "https://example.org",
    "2027-02-06": "https://example.org",
    "2027-02-13": "https://example.org",
    "Town Hall Square, 1 Example Street": "",
    "Community Hall, 20 Example Road": "",
    "The Example Hotel, 1 Example Street, Exampleton": "",
    "The dining room": "the people of the house",
}
# The code of the problem that a page or a campaign has made-up facts.
MADE_UP_CODE = "made-up"
# Stands in lists of facts for the address that every page's codes lead to.
# The blanks keep it apart from any fact's name.
CAMPAIGN_ADDRESS = "the address in campaign.yaml"
# A campaign with exactly these facts is an example.
SHIPPED_FACTS_DIGEST = "aa2cb26370b84b573121"


def is_made_up(fact: Fact) -> bool:
    """Tell whether a fact is made up.

    It says so, or it is a shipped one, or its value or its source is kept for examples.
    """
    shipped = fact.value in SHIPPED_VALUES and SHIPPED_VALUES[fact.value] in ("", fact.source)
    return (
        fact.example
        or shipped
        or is_reserved(fact.kind, fact.value)
        or bool(NOWHERE.search(fact.source))
    )


def made_up_names(facts: Mapping[str, Fact], address: str) -> frozenset[str]:
    """Return the names of the facts that are still made up.

    CAMPAIGN_ADDRESS is among them if nobody can have the campaign's address.
    """
    found = [name for name, fact in facts.items() if is_made_up(fact)]
    return frozenset([*found, CAMPAIGN_ADDRESS] if is_reserved("url", address) else found)


def is_reserved(kind: str, value: str) -> bool:
    """Tell whether a value is kept for films and examples.

    >>> is_reserved("phone", "+442079460123"), is_reserved("email", "hello@example.org")
    (True, True)
    >>> is_reserved("url", "https://example.org.uk")
    False
    """
    bare = without_extension(value) if kind == "phone" else value
    return kind in RESERVED_VALUES and bool(RESERVED_VALUES[kind].search(bare))


def facts_as_shipped(facts: Mapping[str, Fact]) -> bool:
    """Tell whether a campaign's facts are the shipped ones, no fewer and no more."""
    return facts_digest(facts.values()) == SHIPPED_FACTS_DIGEST


def facts_digest(facts: Iterable[Fact]) -> str:
    """Return what names a set of facts: their names, kinds, values and printed forms."""
    return digest(*sorted(fact_key(fact) for fact in facts))[:20]


def still_made_up(names: Iterable[str]) -> Problem | None:
    """Return what to say about facts that are made up, by name; nothing if there are none."""
    named = ", ".join(sorted(names))
    hint = (
        "put in your own value and source in leaflets/facts.yaml "
        "(of a place: in its file in sites/); take `example: yes` out if there"
    )
    what = f"still made up: {named}"
    return Problem(MADE_UP_CODE, what, hint=hint, severity=Severity.WARNING) if named else None
