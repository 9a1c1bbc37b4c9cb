"""Why an edition must not be printed today."""

from __future__ import annotations

from generator.campaign.facts import check_fact, check_past
from generator.campaign.settings import SHARED_DOMAIN
from generator.editions.content import fact_names, leaflet_on_sheet, printable_messages
from generator.model import Edition, Leaflet, State
from generator.problem import Problem, errors_among
from generator.review.snapshot import Snapshot

NOTHING_SHORT = Problem(
    "no-short",
    "this sheet would hold nothing but the title",
    hint="write `short: yes` in the blocks that matter, or use another sheet",
)


def edition_errors(snapshot: Snapshot, edition: Edition) -> list[Problem]:
    """Return the errors for which an edition must not be printed.

    A built edition can have some too: somebody may have made a rule stricter since.
    """
    if edition.other:
        return [
            problem.at(language=half.language)
            for half in edition.halves
            for problem in edition_errors(snapshot, half)
        ]
    language, leaflet = edition.language, leaflet_on_sheet(snapshot, edition)
    found = [*snapshot.source_errors(leaflet), *leaflet_fact_errors(snapshot, leaflet, language)]
    if not leaflet.blocks:
        found.append(NOTHING_SHORT)
    if language == "en":
        return found
    texts = snapshot.edition_texts(edition)
    for name in sorted(printable_messages(leaflet, texts) & texts.keys()):
        if texts[name].state is not State.STALE:
            found += snapshot.errors(language, texts[name])
    return found


def leaflet_fact_errors(snapshot: Snapshot, leaflet: Leaflet, language: str) -> list[Problem]:
    """Return the errors for which nothing with the facts of a leaflet may be printed today."""
    names = fact_names(leaflet, snapshot.texts(language, SHARED_DOMAIN)) & snapshot.facts.keys()
    return errors_among(
        problem for name in sorted(names) for problem in problems_of_fact(snapshot, name)
    )


def problems_of_fact(snapshot: Snapshot, name: str) -> list[Problem]:
    """Return what is wrong today with a fact that a page prints."""
    fact = snapshot.facts[name]
    return [*check_fact(fact, snapshot.today), *check_past(fact, snapshot.today)]
