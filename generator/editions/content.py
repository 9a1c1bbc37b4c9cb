"""What an edition says: its page, the sentences and facts on it, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from generator.audio.recorder import fully_recorded
from generator.base.message_text import placeholder_names
from generator.blocks import kind_of
from generator.campaign.made_up import CAMPAIGN_ADDRESS
from generator.campaign.settings import SHARED_DOMAIN
from generator.layout.compose import ComposedPage, PageRequest, compose_page
from generator.layout.composer import Composer
from generator.layout.stage import FactState
from generator.model import Block, Edition, Leaflet, State, Translation
from generator.review.paper_keys import paper_keys
from generator.review.snapshot import Snapshot
from generator.review.source_texts import POLICY_DOMAIN, POLICY_ID, WHOLE_ID

# The line above a sentence that is printed in the source language.
UNTRANSLATED = "word.english"


def edition_page(
    snapshot: Snapshot,
    edition: Edition,
    texts: Mapping[str, Translation],
    composer_of: Callable[..., Composer] = Composer,
) -> ComposedPage:
    """Return an edition with `texts` as HTML, and what its proof must find.

    A page with the code to its recording also holds the same page without it.
    Raises LeafletsError if the edition must not be printed.
    """
    project, leaflet = snapshot.project, leaflet_on_sheet(snapshot, edition)
    request = PageRequest(
        edition=edition,
        leaflet=leaflet,
        language=project.languages[edition.language],
        sheet=project.sheets[edition.sheet],
        campaign=project.campaign,
        facts=snapshot.facts,
        texts=texts,
        theme=project.theme,
        keys=paper_keys(snapshot),
        numbers=state_of_numbers(snapshot, leaflet, texts),
        composer=composer_of,
    )
    quiet = compose_page(request)
    if not has_voice(snapshot, edition):
        return quiet
    return replace(compose_page(replace(request, listen=True)), quiet=quiet)


def has_voice(snapshot: Snapshot, edition: Edition) -> bool:
    """Tell whether an edition prints the code to its recording.

    The campaign must want it, and people must have read all of the leaflet aloud.
    """
    return snapshot.project.campaign.audio and fully_recorded(
        snapshot, edition.language, edition.leaflet
    )


def leaflet_on_sheet(snapshot: Snapshot, edition: Edition) -> Leaflet:
    """Return the part of its leaflet that an edition prints."""
    project = snapshot.project
    return project.sheets[edition.sheet].printed(project.leaflets[edition.leaflet])


def state_of_numbers(
    snapshot: Snapshot,
    leaflet: Leaflet,
    texts: Mapping[str, Translation],
    excused: Collection[str] = (),
) -> FactState:
    """Return what the facts of a leaflet rest on, and the address its codes lead to.

    `excused` are ids of source texts that need not be signed, since they are not going to be said.
    """
    found = fact_names(leaflet, texts) & snapshot.facts.keys()
    if snapshot.example:
        return FactState.EXAMPLE
    if (found | {CAMPAIGN_ADDRESS}) & snapshot.made_up:
        return FactState.MADE_UP
    if unagreed_texts(snapshot, leaflet, texts) - set(excused):
        return FactState.UNAGREED
    signed = all(snapshot.fact_states[name] is State.READY for name in found)
    return FactState.SIGNED if signed else FactState.UNSIGNED


def unagreed_texts(
    snapshot: Snapshot, leaflet: Leaflet, texts: Mapping[str, Translation]
) -> set[str]:
    """Return the ids of what organisers did not sign: source texts of a leaflet, and the policy.

    No language is ahead of the source: readers sign what a sentence says, not that it is wanted.
    """
    source = snapshot.project.campaign.source
    own, shared = snapshot.texts(source, leaflet.slug), snapshot.texts(source, SHARED_DOMAIN)
    policy = snapshot.texts(source, POLICY_DOMAIN)[POLICY_ID]
    printed = (*printed_messages(leaflet, texts), WHOLE_ID)
    found = [policy, *(known[name] for name in printed for known in (own, shared) if name in known)]
    return {text.message.msgctxt for text in found if text.state is not State.READY}


def fact_names(leaflet: Leaflet, texts: Mapping[str, Translation]) -> set[str]:
    """Return the facts that a leaflet prints, in its blocks, its sentences and the shared words."""
    placed = {fact for block in leaflet.blocks for fact in block.facts.values()}
    messages = {name: text.message for name, text in texts.items()}
    messages |= {message.msgctxt: message for message in leaflet.messages}
    shown = (*printed_messages(leaflet, texts), UNTRANSLATED)
    return placed.union(
        *(placeholder_names(messages[name].msgid) for name in shown if name in messages)
    )


def printed_facts(snapshot: Snapshot) -> set[str]:
    """Return the names of the facts that any leaflet prints."""
    texts = snapshot.texts("en", SHARED_DOMAIN)
    leaflets = snapshot.project.leaflets.values()
    return set[str]().union(*(fact_names(one, texts) for one in leaflets)) & snapshot.facts.keys()


def printable_messages(leaflet: Leaflet, texts: Mapping[str, Translation]) -> set[str]:
    """Return the ids of the messages that an edition of the leaflet may print."""
    own = {message.msgctxt for message in leaflet.messages}
    words = {name for name in texts if name.startswith("word.")}
    return own.union(words, *(_fact_labels(block) for block in leaflet.blocks))


def printed_messages(leaflet: Leaflet, texts: Mapping[str, Translation]) -> list[str]:
    """Return the ids of the messages on a finished edition, in page order."""
    found = [leaflet.title.msgctxt]
    for block in leaflet.blocks:
        found += [message.msgctxt for message in block.messages]
        found += _shared_messages(block, texts)
    return list(dict.fromkeys([*found, "word.online"]))


def _shared_messages(block: Block, texts: Mapping[str, Translation]) -> Iterator[str]:
    """Yield the ids of the words and labels that a block prints besides its own sentences."""
    optional = [f"word.picture-{picture}" for picture in block.pictures]
    optional += kind_of(block).words(block)
    yield from (name for name in optional if name in texts)


def _fact_labels(block: Block) -> Iterator[str]:
    for fact in block.facts.values():
        yield from (f"fact.{fact}", f"fact.{fact}.detail")
