"""Who is needed before a leaflet can be handed out in a language: readers, translators, people who look numbers up."""

from __future__ import annotations

from collections.abc import Iterator

from generator.campaign.made_up import CAMPAIGN_ADDRESS, still_made_up
from generator.campaign.settings import SHARED_DOMAIN
from generator.catalogue.change import reading_seconds
from generator.editions.plan import fact_names, printable_messages
from generator.model import Edition, State, Translation
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot

ALWAYS = "word.online"
"""The one word of the theme that every page prints."""


def missing_people(snapshot: Snapshot, leaflet: str, language: str) -> Iterator[str]:
    """Yield in words who is missing before the leaflet is ready in the language, with the command to type."""
    try:
        texts = snapshot.edition_texts(Edition(leaflet, language, ""))
    except LeafletsError as error:
        yield from (problem.what for problem in error.problems)
        return
    row = snapshot.project.leaflets[leaflet]
    printed = [
        texts[name]
        for name in printable_messages(row, texts)
        if name in texts and (name == ALWAYS or not name.startswith("word."))
    ]
    yield from _readers(
        snapshot, leaflet, language, [text for text in printed if text.state is not State.READY]
    )
    printed_facts = fact_names(row, texts)
    if made_up := still_made_up((printed_facts | {CAMPAIGN_ADDRESS}) & snapshot.made_up):
        yield f"{made_up.what}: {made_up.hint}"
    unsigned = {
        name
        for name in printed_facts - snapshot.made_up
        if snapshot.fact_states.get(name, State.READY) is not State.READY
    }
    own = unsigned & snapshot.project.own_facts(snapshot.site).keys()
    for names, place in ((own, f" --site {snapshot.site}"), (unsigned - own, "")):
        if names:
            yield f"people who look up {', '.join(sorted(names))}: leaflets sign facts{place}"


def _readers(
    snapshot: Snapshot, leaflet: str, language: str, open_: list[Translation]
) -> Iterator[str]:
    name = snapshot.project.languages[language].english
    missing = [text for text in open_ if text.state is State.MISSING]
    if missing:
        yield f"somebody who translates {len(missing)} sentences into {name}: leaflets sign {language} {leaflet}"
    if unread := [text for text in open_ if text.state is not State.MISSING]:
        minutes = max(1, round(sum(reading_seconds(text.message.msgid) for text in unread) / 60))
        shared = (
            f" {SHARED_DOMAIN}"
            if any(text.message.msgctxt.startswith(("word.", "fact.")) for text in unread)
            else ""
        )
        what = f"readers of {name} for {len(unread)} sentences, about {minutes} minutes each"
        yield f"{what}: leaflets sign {language} {leaflet}{shared}"
