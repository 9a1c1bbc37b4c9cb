"""Every kind of harmful edit is found in six languages, or is listed with the reason; and none of them stays signed."""

from __future__ import annotations

import pytest

from generator.base.digests import wording_key
from generator.base.message_text import PLACEHOLDER
from generator.campaign.project import Project
from generator.catalogue.entry import Entry
from generator.checks import CheckContext, check_source, check_translation
from generator.model import Message, SigningRule, State
from generator.review.ledger_event import LedgerEvent
from generator.review.state import message_translation
from generator.review.support import support_by_key
from tests.support.sabotage import KINDS
from tests.support.sabotage_score import NOT_FINDABLE, Trial, shipped_sentences, trials
from tests.support.sabotage_tools import Kind, Sentence
from tests.support.sabotage_words import SIX

pytestmark = pytest.mark.tools
"""The rules have examples of their own; this is thousands of sentences."""
READERS = ("example-anna", "example-bilal")
TRIED = 8
"""Sentences for each kind and language."""
LONG_RUNS = {
    "km": "អ្នក|មិន|ឯកា|ទេ|យើង|នៅ|ជាមួយ|អ្នក|ជានិច្ច|ហើយ|យើង|នឹង|ជួយ|អ្នក|គ្រប់|ពេលវេលា។",
    "lo": "ທ່ານ|ບໍ່ໄດ້|ຢູ່|ຄົນດຽວ|ພວກເຮົາ|ຢູ່|ກັບ|ທ່ານ|ສະເໝີ|ແລະ|ຈະ|ຊ່ວຍເຫຼືອ|ທ່ານ|ຕະຫຼອດເວລາ",
    "my": "သင်|တစ်ယောက်တည်း|မဟုတ်ပါ|ကျွန်ုပ်တို့|သင်နှင့်အတူ|အမြဲ|ရှိနေပါသည်|သင့်ကို|ကူညီပါမည်။",
}
"""“You are not alone. We are always with you and will help you at any time.”, cut into words."""


LISTED = {(name, code) for name, row in NOT_FINDABLE.items() for code in row.languages}


@pytest.fixture(scope="module")
def book(shipped: Project) -> dict[str, list[Sentence]]:
    """Give the sentences of the shipped catalogues by language."""
    return {code: shipped_sentences(shipped, code) for code in SIX}


@pytest.fixture(scope="module")
def harmed(book: dict[str, list[Sentence]]) -> dict[str, list[Trial]]:
    """Give sentences of every language, harmed in every way that can be done there."""
    return {code: [trial for kind in KINDS if code in kind.languages for trial in trials(book[code], kind, TRIED)] for code in SIX}


def test_there_are_many_kinds_and_each_says_what_it_does() -> None:
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names)
    assert all(kind.harm.endswith((".", "”")) for kind in KINDS)
    assert sum(kind.languages == SIX for kind in KINDS) >= 45
    assert set(NOT_FINDABLE) <= set(names)


def test_every_kind_is_done_to_real_sentences_of_its_languages(harmed: dict[str, list[Trial]]) -> None:
    """A kind that fits no sentence would be found everywhere."""
    done = {(trial.kind.name, code) for code, found in harmed.items() for trial in found}
    assert done == {(kind.name, code) for kind in KINDS for code in kind.languages}


def test_every_kind_is_found_or_listed_with_the_reason(harmed: dict[str, list[Trial]], capsys: pytest.CaptureFixture[str]) -> None:
    pairs = sum(len(kind.languages) for kind in KINDS)
    with capsys.disabled():
        print(  # noqa: T201 - the score
            f"\nsabotage: {len(KINDS) - len(NOT_FINDABLE)} of {len(KINDS)} kinds found in all their languages;"
            f" {pairs - len(LISTED)} of {pairs} kinds x languages; {sum(map(len, harmed.values()))} sentences tried"
        )
    rest = [(trial, code) for code, found in harmed.items() for trial in found if (trial.kind.name, code) not in LISTED]
    assert [(trial.kind.name, code, trial.sentence.message.msgid, trial.harmed) for trial, code in rest if not trial.found] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name in NOT_FINDABLE], ids=lambda kind: kind.name)
def test_what_is_listed_is_really_missed(book: dict[str, list[Sentence]], kind: Kind) -> None:
    """A check that learns to find a kind in every sentence takes it off the list."""
    row = NOT_FINDABLE[kind.name]
    assert set(row.languages) <= set(kind.languages)
    assert any(not trial.found for code in row.languages for trial in trials(book[code], kind, len(book[code])))


def test_a_lost_negation_is_shown_to_every_reader(harmed: dict[str, list[Trial]]) -> None:
    found = [trial for rows in harmed.values() for trial in rows if trial.kind.name == "negation lost"]
    assert found
    assert [trial.sentence.message.msgid for trial in found if "negation" not in trial.sentence.problems(trial.harmed, asks=True)] == []


def test_exchanged_facts_are_shown_to_every_reader_where_they_stood_as_in_the_english(harmed: dict[str, list[Trial]]) -> None:
    found = [trial for rows in harmed.values() for trial in rows if trial.kind.name == "placeholders exchanged"]
    alike = [trial for trial in found if PLACEHOLDER.findall(trial.sentence.message.msgid) == PLACEHOLDER.findall(trial.sentence.msgstr)]
    assert alike
    assert [trial.harmed for trial in alike if "fact-order" not in trial.sentence.problems(trial.harmed, asks=True)] == []


def test_an_empty_text_is_missing_and_says_so(harmed: dict[str, list[Trial]]) -> None:
    """What no check looks at is told by the state."""
    found = [(code, trial) for code, rows in harmed.items() for trial in rows if not trial.harmed.strip()]
    assert {trial.kind.name for _, trial in found} == {"nothing", "only a space"}
    assert {state_of(trial, code, trial.harmed) for code, trial in found} == {State.MISSING}


def state_of(trial: Trial, code: str, msgstr: str) -> State:
    """Return the state of a text for a message whose shipped wording two people signed."""
    message, signed = trial.sentence.message, trial.sentence.msgstr
    key = wording_key(code, message.msgctxt, message.msgid, signed)
    ledger = support_by_key(LedgerEvent(key, "approve", who, "2026-11-22") for who in READERS)
    return message_translation(message, Entry(message.msgid, msgstr, message.msgctxt), ledger, code, SigningRule(len(READERS))).state


@pytest.mark.parametrize("code", SIX)
def test_no_harm_of_any_kind_keeps_its_signatures(harmed: dict[str, list[Trial]], code: str) -> None:
    """The second wall: whether a check finds it or not, nobody stands behind the harmed sentence."""
    assert {state_of(trial, code, trial.sentence.msgstr) for trial in harmed[code]} == {State.READY}
    states = {(trial.kind.name, state_of(trial, code, trial.harmed)) for trial in harmed[code]}
    assert {state for _, state in states} == {State.DRAFT, State.MISSING}
    assert {name for name, _ in states} == {kind.name for kind in KINDS if code in kind.languages}


IN_THE_SOURCE = {
    "literal-fact": (
        "Come on 01/05.", "Come on Nov 20.", "Come at half past three.", "Come at three o'clock.", "Open 9 to 5.", "Pay 50 cents.",
        "Pay five pounds.", "Come at noon.", "We meet in November.", "Come on the 3rd.",
    ),
    "dates": ("Come on 20 November.", "Come on the 20th of November."),
    "weekdays": ("Come on Saturday.", "We meet on Fridays.", "Mon to Fri we are here.", "Come on Sat 3."),
}  # fmt: skip
"""What organisers type into a sentence in the place of a fact, and the check that finds it."""


@pytest.mark.parametrize(("code", "typed"), [(code, typed) for code, rows in IN_THE_SOURCE.items() for typed in rows])
def test_a_fact_typed_into_any_sentence_of_the_source_is_found(shipped: Project, code: str, typed: str) -> None:
    table = shipped.languages
    missed = [
        message.msgid
        for leaflet in shipped.leaflets.values()
        for message in leaflet.messages
        if code not in {problem.code for problem in check_source(Message("a", f"{message.msgid} {typed}"), table["en"])}
    ]
    assert missed == []


def test_a_sentence_of_another_language_in_the_source_is_found(shipped: Project, book: dict[str, list[Sentence]]) -> None:
    """Of those long enough to tell by; a short heading says nothing, and nothing is said of the source's own (`test_sources.py`)."""
    table = shipped.languages
    copied = [sentence.msgstr for rows in book.values() for sentence in rows if len(sentence.msgstr) >= 40]
    found = [
        text
        for text in copied
        if "source-language" in {p.code for p in check_source(Message("a", text), table["en"], (), table.values(), shipped.glossary.names)}
    ]
    assert len(found) >= 0.97 * len(copied)
    assert copied


@pytest.mark.parametrize("code", LONG_RUNS)
def test_a_text_without_places_to_break_the_line_is_found(shipped: Project, code: str) -> None:
    """What an editor does that strips zero-width spaces; in languages that write no spaces between words."""
    message = Message("safe", "You are not alone. We are always with you and will help you at any time.")
    context = CheckContext(shipped.languages[code], languages=tuple(shipped.languages.values()))
    whole, harmed = (LONG_RUNS[code].replace("|", space) for space in ("\u200b", ""))
    before, after = ({problem.code for problem in check_translation(message, text, context)} for text in (whole, harmed))
    assert after - before == {"break-opportunities"}
