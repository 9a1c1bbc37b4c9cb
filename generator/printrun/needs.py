"""Who is still needed for a leaflet in a language: translators, readers, people who check facts."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.names import place_inside
from generator.base.words import count_words
from generator.campaign.made_up import CAMPAIGN_ADDRESS, still_made_up
from generator.campaign.settings import SHARED_DOMAIN
from generator.editions.content import fact_names, printable_messages
from generator.editions.draft_reasons import DraftReasons
from generator.model import Edition, State, Translation
from generator.problem import LeafletsError
from generator.review.counts import count_sentences, reading_time
from generator.review.one_key import ONE_KEY_HINT, ONE_KEY_WORDS
from generator.review.snapshot import Snapshot

# The one word of the theme that every page prints.
_ALWAYS_PRINTED = "word.online"


def missing_people(snapshot: Snapshot, leaflet: str, language: str) -> Iterator[str]:
    """Yield in words who is missing before the leaflet is ready, with the command to type."""
    try:
        texts = snapshot.edition_texts(Edition(leaflet, language, ""))
    except LeafletsError as error:
        yield from (problem.what for problem in error.problems)
        return
    row = snapshot.project.leaflets[leaflet]
    for held in DraftReasons(snapshot).of(Edition(leaflet, language, "")):
        if held.code == "contested" or held.language == snapshot.project.campaign.source:
            who = "readers" if held.code == "contested" else "organisers"
            place = place_inside(snapshot.project.root, held.where)
            yield f"{who}: {place}: {held.what}: {held.hint}"
    printed = [
        texts[name]
        for name in printable_messages(row, texts)
        if name in texts and (name == _ALWAYS_PRINTED or not name.startswith("word."))
    ]
    yield from _readers(snapshot, leaflet, language, printed)

    facts = fact_names(row, texts)
    if made_up := still_made_up((facts | {CAMPAIGN_ADDRESS}) & snapshot.made_up):
        yield f"{made_up.what}: {made_up.hint}"
    unsigned = {
        name
        for name in facts - snapshot.made_up
        if snapshot.fact_states.get(name, State.READY) is not State.READY
    }
    own = unsigned & snapshot.project.own_facts(snapshot.site).keys()
    for names, place in ((own, f" --site {snapshot.site}"), (unsigned - own, "")):
        if names:
            yield f"people who look up {', '.join(sorted(names))}: leaflets sign facts{place}"


def _readers(
    snapshot: Snapshot, leaflet: str, language: str, printed: list[Translation]
) -> Iterator[str]:
    name = snapshot.project.languages[language].english
    command = f"leaflets sign {language} {leaflet}"
    count = count_sentences(snapshot, leaflet, language, printed)
    if missing := count.states[State.MISSING]:
        yield f"somebody who translates {count_words(missing, 'sentence')} into {name}: {command}"
    if count.one_key:
        alone = count_words(count.one_key, "sentence")
        yield f"{alone} in {name}, {ONE_KEY_WORDS}: {ONE_KEY_HINT}"
    if count.unread > count.one_key:
        unread = [
            text
            for text in printed
            if text.state not in (State.READY, State.MISSING) and not text.one_key
        ]
        minutes = max(1, round(reading_time(unread) / 60))
        shared = any(text.message.msgctxt.startswith(("word.", "fact.")) for text in unread)
        yield (
            f"readers of {name} for {count_words(len(unread), 'sentence')}, "
            f"about {count_words(minutes, 'minute')} each: "
            f"{command}{f' {SHARED_DOMAIN}' if shared else ''}"
        )
