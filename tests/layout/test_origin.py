"""Only what a machine made is said to be a machine's: of a text of unknown origin a page says that nobody here has checked it."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace

import pytest

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.campaign.state_sentences import state_sentence
from generator.catalogue.entry import Entry
from generator.layout.stage import UNKNOWN, UNREAD, FactState, edition_stage, made_by_machine
from generator.layout.state_in_words import STATE_WORDS, state_case
from generator.model import Message, SigningRule, State, Translation
from generator.review.ledger_event import LedgerEvent
from generator.review.state import message_translation
from generator.review.support import support_by_key
from generator.website.page_maker import PageMaker

MESSAGE = Message("safe", "Stay inside.")
TEXT = "Restez dedans."
NEUTRAL = "Draft: nobody here has checked this page yet. Please do not hand it out."
MACHINE = ("machine", "engine")


def key(msgid: str = MESSAGE.msgid, msgstr: str = TEXT) -> str:
    return wording_key("fr", "safe", msgid, msgstr)


ORIGINS = {
    "a machine": ([(key(), *MACHINE)], TEXT, State.DRAFT, True),
    "a machine, read by one of two": ([(key(), *MACHINE), (key(), "approve", "r1")], TEXT, State.READ, True),
    "typed in another program": ([(key(), *MACHINE)], "Restez à l'intérieur.", State.DRAFT, False),
    "nothing in the ledger": ([], TEXT, State.DRAFT, False),
    "written by a reader": ([(key(), "write", "r1")], TEXT, State.READ, False),
    "a machine, for an older wording": ([(key("Stay in."), *MACHINE)], TEXT, State.STALE, True),
    "typed for an older wording": ([(key("Stay in."), "approve", "r1")], TEXT, State.STALE, False),
    "no text": ([], "", State.MISSING, False),
}


@pytest.mark.parametrize("name", ORIGINS)
def test_the_ledger_alone_tells_what_a_machine_made(name: str) -> None:
    events, msgstr, state, machine = ORIGINS[name]
    ledger = support_by_key(LedgerEvent(where, deed, who, "2026-11-22") for where, deed, who in events)
    text = message_translation(MESSAGE, Entry(MESSAGE.msgid, msgstr, "safe"), ledger, "fr", SigningRule(2), ["Stay in."])
    assert (text.state, text.machine) == (state, machine)


def made(state: State, machine: bool, doubted: bool = False) -> Translation:
    return Translation(MESSAGE, "" if state is State.MISSING else TEXT, state, doubted=doubted, machine=machine)


DRAFT, TYPED, READY, MISSING = made(State.DRAFT, True), made(State.DRAFT, False), made(State.READY, False), made(State.MISSING, False)
MIXES = {
    "machine alone": ([DRAFT, DRAFT], UNREAD),
    "machine and read": ([DRAFT, READY], UNREAD),
    "machine and missing": ([DRAFT, MISSING], UNREAD),
    "typed alone": ([TYPED], UNKNOWN),
    "typed and machine": ([TYPED, DRAFT], UNKNOWN),
    "typed and read": ([TYPED, READY], UNKNOWN),
    "read and missing": ([READY, MISSING], UNKNOWN),
    "written by one of two, and machine": ([made(State.READ, False), DRAFT], UNKNOWN),
}


@pytest.mark.parametrize("name", MIXES)
def test_a_page_says_a_machine_only_where_nothing_else_is_unread(name: str) -> None:
    texts, stage = MIXES[name]
    assert edition_stage(FactState.SIGNED, False, False, made_by_machine(texts)) is stage
    assert STATE_WORDS[state_case(texts, FactState.SIGNED, original=False)].band == stage.band


def test_what_is_printed_and_what_must_be_found_are_one_for_every_mix() -> None:
    """Double entry: two tables, every state, origin, doubt and kind of number, in pairs of sentences."""
    states = [made(*row) for row in product(State, (True, False), (True, False))]
    for one, other, numbers in product(states, states, FactState):
        texts = [one, other]
        ready, doubted = all(text.state is State.READY for text in texts), any(text.doubted for text in texts)
        if ready and doubted:
            continue  # a doubt is never ready
        stage, told = (
            edition_stage(numbers, ready, doubted, made_by_machine(texts)),
            STATE_WORDS[state_case(texts, numbers, original=False)],
        )
        assert (stage.stamp, stage.band, stage.foot) == (told.stamp, told.band, told.foot), texts


@pytest.mark.parametrize(("language", "own"), [("en", NEUTRAL), ("fr", "")])
def test_an_older_theme_that_lacks_the_sentence_gets_the_shipped_source(language: str, own: str) -> None:
    found = state_sentence({}, UNKNOWN.band, language)
    assert (found.message.msgid, found.msgstr) == (NEUTRAL, own)


@pytest.mark.parametrize("machine", [True, False])
def test_the_website_says_the_same(shipped: Project, machine: bool) -> None:
    """A page of the website that shows no leaflet has words of its own: its notice tells their origin."""
    bands = {message.msgctxt: Translation(message, "", State.MISSING) for message in shipped.words}
    words = {"a": made(State.DRAFT, machine)}
    domains = {"shared": bands, "site": words}
    book = SimpleNamespace(
        snapshot=SimpleNamespace(example=False), unread=lambda language: True, texts=lambda language, name: domains[name]
    )
    notice = PageMaker.notice(SimpleNamespace(contents=book), shipped.languages["fr"], None)  # type: ignore[arg-type]
    assert notice
    assert ("a machine translated" in notice["english"], notice["english"] == NEUTRAL) == (machine, not machine)
