"""The state of a sentence follows from who stands behind exactly this wording, and from nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.digests import wording_key, words_key
from generator.base.jsonl import json_line
from generator.campaign.free_text import private_kinds
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.model import Message, Risk, SigningRule, State, Translation
from generator.problem import LeafletsError, Severity
from generator.review import ledger
from generator.review.ledger_event import MACHINE_ACTIONS, TARGETED_ACTIONS, LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.state import catalogue_translations, wording_state
from generator.review.support import Support, support_at, support_by_key
from tests.conftest import copy_campaign

ANNA, BILAL, CHLOE = "example-anna", "example-bilal", "example-chloe"
"""Reader codes of nobody: they say themselves that they are examples."""
ENGINE = "example-engine"
RULES = {Risk.PLAIN: SigningRule(1, 1), **dict.fromkeys((Risk.RIGHTS, Risk.MEDICAL, Risk.SAFETY), SigningRule(2, 1))}
"""What the tests' own campaign asks for."""
TWO_KEYS = RULES | dict.fromkeys((Risk.RIGHTS, Risk.MEDICAL, Risk.SAFETY), SigningRule(2, 2))
"""What a campaign asks for that says nothing else."""
ASK = Message("ask", "You must not sign.", Risk.RIGHTS)
ENTRY = Entry(ASK.msgid, "Ne signez pas.", "ask")
KEY = wording_key("fr", "ask", ENTRY.msgid, ENTRY.msgstr)


def event(action: str, who: str, key: str = KEY, by: str = "") -> LedgerEvent:
    word, _, target = action.partition(":")
    return LedgerEvent(key, LedgerAction(word), who, "2026-11-22", target=target, by=by)


def state_of(events: list[LedgerEvent], risk: Risk = Risk.RIGHTS, entry: Entry = ENTRY) -> State:
    """Return the state of the sentence in a catalogue of one entry."""
    return translation_of(events, risk, entry).state


def translation_of(
    events: list[LedgerEvent], risk: Risk = Risk.RIGHTS, entry: Entry = ENTRY, rules: Mapping[Risk, SigningRule] = RULES
) -> Translation:
    message = replace(ASK, risk=risk)
    (found,) = catalogue_translations([message], [entry], support_by_key(events), "fr", rules)
    return found


@pytest.mark.parametrize(
    ("events", "rights", "plain"),
    [
        ([], State.DRAFT, State.DRAFT),
        ([("machine", ENGINE)], State.DRAFT, State.DRAFT),
        ([("machine", ENGINE), ("machine", "example-engine-2")], State.DRAFT, State.DRAFT),
        ([("write", ANNA)], State.READ, State.READY),
        ([("approve", ANNA)], State.READ, State.READY),
        ([("machine", ENGINE), ("approve", ANNA)], State.READ, State.READY),
        ([("approve", ANNA), ("approve", ANNA)], State.READ, State.READY),
        ([("write", ANNA), ("approve", ANNA)], State.READ, State.READY),
        ([("write", ANNA), ("approve", BILAL)], State.READY, State.READY),
        ([("machine", ENGINE), ("approve", ANNA), ("approve", BILAL)], State.READY, State.READY),
        ([("approve", ANNA), ("approve", BILAL), ("approve", CHLOE)], State.READY, State.READY),
        ([("approve", ANNA), ("approve", BILAL), ("reject", CHLOE)], State.DRAFT, State.DRAFT),
        ([("reject", CHLOE)], State.DRAFT, State.DRAFT),
        ([("approve", ANNA), ("reject", ANNA)], State.DRAFT, State.DRAFT),
        ([("dismiss:numbers", ANNA), ("dismiss:length", BILAL)], State.DRAFT, State.DRAFT),
        ([("approve", ANNA), ("dismiss:numbers", BILAL)], State.READ, State.READY),
    ],
)
def test_people_are_counted_once_and_machines_never(events: list[tuple[str, str]], rights: State, plain: State) -> None:
    found = [event(*row) for row in events]
    assert state_of(found) is rights
    assert state_of(found, Risk.PLAIN) is plain


@pytest.mark.parametrize("risk", [Risk.RIGHTS, Risk.MEDICAL, Risk.SAFETY])
def test_risk_decides_how_many_people_are_needed(risk: Risk, shipped: Project) -> None:
    """The shipped policy asks for one person, and for two where a wrong word can hurt."""
    assert dict(shipped.campaign.rules) == RULES
    assert state_of([event("approve", ANNA)], risk) is State.READ
    assert state_of([event("approve", ANNA), event("approve", BILAL)], risk) is State.READY
    assert state_of([event("approve", ANNA)], Risk.PLAIN) is State.READY


@pytest.mark.parametrize("risk", [Risk.RIGHTS, Risk.MEDICAL, Risk.SAFETY])
def test_two_people_of_one_key_are_not_enough_where_a_wrong_word_can_hurt(risk: Risk, tmp_path: Path) -> None:
    """One computer alone could have made up both of them."""
    alone = [event("approve", ANNA, by="k1"), event("approve", BILAL, by="k1")]
    together = [event("approve", ANNA, by="k1"), event("approve", BILAL, by="k2")]
    again = [*alone, event("approve", BILAL, by="k2")]

    shown = [translation_of(events, risk, rules=TWO_KEYS) for events in (alone, together, again, together[1:])]

    assert [one.state for one in shown] == [State.READ, State.READY, State.READY, State.READ]
    assert [one.one_key for one in shown] == [True, False, False, False]
    assert translation_of(alone[:1], Risk.PLAIN, rules=TWO_KEYS).state is State.READY
    root = copy_campaign(tmp_path / "campaign", leaflets=("not-alone", "if-strangers-come"), languages=("en", "ar"))
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("  keys: 1\n", ""), "utf-8")
    assert dict(Project(root).campaign.rules) == TWO_KEYS


@pytest.mark.parametrize("msgstr", ["", " ", "\n", "\u00a0"])
def test_empty_text_is_missing_whoever_signed_it(msgstr: str) -> None:
    key = wording_key("fr", "ask", ASK.msgid, msgstr)
    signed = [event("approve", ANNA, key), event("approve", BILAL, key)]
    assert state_of(signed, entry=replace(ENTRY, msgstr=msgstr)) is State.MISSING


@pytest.mark.parametrize("entries", [[], [replace(ENTRY, obsolete=True)], [replace(ENTRY, msgctxt="other")], [replace(ENTRY, plural=True)]])
def test_without_a_living_entry_of_its_id_a_sentence_is_missing(entries: list[Entry]) -> None:
    (found,) = catalogue_translations([ASK], entries, support_by_key([event("approve", ANNA)]), "fr", RULES)
    assert (found.state, found.msgstr) == (State.MISSING, "")


def test_text_made_for_older_english_is_stale_until_somebody_signs_it_for_the_new() -> None:
    made = replace(ENTRY, previous="You must sign.")
    assert state_of([], entry=made) is State.STALE
    assert state_of([event("reject", CHLOE)], entry=made) is State.STALE
    assert state_of([event("approve", ANNA)], entry=made) is State.READ
    assert state_of([event("approve", ANNA), event("approve", BILAL)], entry=made) is State.READY
    assert state_of([event("approve", ANNA), event("reject", CHLOE)], entry=made) is State.STALE


def test_english_that_changed_since_the_last_extract_is_stale_too() -> None:
    signed = support_by_key([event("approve", ANNA), event("approve", BILAL)])
    (found,) = catalogue_translations([replace(ASK, msgid="You must sign.")], [ENTRY], signed, "fr", RULES)
    assert found.state is State.STALE


def test_blank_text_is_missing_even_if_the_english_changed() -> None:
    signed = support_by_key([event("approve", ANNA), event("approve", BILAL)])
    (found,) = catalogue_translations([replace(ASK, msgid="You must sign.")], [replace(ENTRY, msgstr=" ")], signed, "fr", RULES)
    assert found.state is State.MISSING


def test_fuzzy_is_no_part_of_the_state() -> None:
    """Other tools set and clear the flag; the ledger alone decides."""
    signed = [event("approve", ANNA), event("approve", BILAL)]
    for flags in ((), ("fuzzy",)):
        assert state_of(signed, entry=replace(ENTRY, flags=flags)) is State.READY
        assert state_of([], entry=replace(ENTRY, flags=flags)) is State.DRAFT


EVENTS = st.builds(
    event,
    st.sampled_from(["machine", "write", "approve", "reject", "dismiss:numbers"]),
    st.sampled_from([ANNA, BILAL, CHLOE, ENGINE]),
    st.sampled_from([KEY, "0" * 20, "1" * 20]),
)


@settings(database=None, deadline=None, max_examples=200)
@given(st.lists(EVENTS, max_size=12), st.randoms(use_true_random=False))
def test_order_and_repetition_of_events_do_not_matter(events: list[LedgerEvent], chance) -> None:
    """Two branches merged line by line, in any order and with lines twice, mean the same."""
    mixed = events + [found for found in events if chance.random() < 0.5]
    chance.shuffle(mixed)
    assert support_by_key(mixed) == support_by_key(events)


@settings(database=None, deadline=None, max_examples=100)
@given(st.lists(EVENTS, max_size=12), EVENTS)
def test_a_machine_never_moves_a_sentence_forward(events: list[LedgerEvent], last: LedgerEvent) -> None:
    """And a code that a machine uses is no person's, whatever else it did."""
    assert state_of([*events, replace(last, action=LedgerAction.MACHINE, who="example-engine-2")]) is state_of(events)
    before, after = support_by_key(events), support_by_key([*events, replace(last, action=LedgerAction.MACHINE)])
    assert all(after[key].signers == found.signers - {last.person} for key, found in before.items())


@settings(database=None, deadline=None, max_examples=100)
@given(st.lists(EVENTS, max_size=12))
def test_never_ready_without_enough_people(events: list[LedgerEvent]) -> None:
    """Counted anew here: ready means two different people for these words and nobody against."""
    machines = {found.who for found in events if found.action == "machine"}
    behind = {found.who for found in events if found.key == KEY and found.action in ("write", "approve")} - machines
    against = any(found.key == KEY and found.action == "reject" for found in events)
    assert (state_of(events) is State.READY) == (len(behind) >= 2 and not against)


PARTS = ("fr", "ask", ASK.msgid, ENTRY.msgstr)


@pytest.mark.parametrize("place", range(4))
def test_any_change_of_one_character_lapses_the_signatures_and_going_back_restores_them(place: int) -> None:
    signed = [event("approve", ANNA), event("approve", BILAL)]
    text = PARTS[place]
    others = [text[:at] + new + text[at + 1 :] for at in range(len(text)) for new in ("", "\u0301", "é") if new != text[at]]
    others += [text + " ", " " + text, text + "\u200b", text.upper(), text + "\n"]
    for other in others:
        language, msgctxt, msgid, msgstr = (other if at == place else part for at, part in enumerate(PARTS))
        message, entry = Message(msgctxt, msgid, Risk.RIGHTS), Entry(msgid, msgstr, msgctxt)
        (found,) = catalogue_translations([message], [entry], support_by_key(signed), language, RULES)
        assert found.state is State.DRAFT, other
    assert state_of(signed) is State.READY


@settings(database=None, deadline=None, max_examples=300)
@given(st.tuples(st.text(), st.text(), st.text(), st.text()), st.tuples(st.text(), st.text(), st.text(), st.text()))
def test_different_wordings_have_different_keys(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> None:
    assert (wording_key(*one) == wording_key(*other)) == (one == other)


@settings(database=None, deadline=None, max_examples=200)
@given(st.text(min_size=1, max_size=20), st.integers(0, 20))
def test_moving_text_from_one_part_to_the_next_changes_the_key(text: str, cut: int) -> None:
    first, second = text[:cut], text[cut:]
    keys = {wording_key("fr", first, second, ""), wording_key("fr", first, "", second), wording_key("fr", "", first, second)}
    assert len(keys) == len({(first, second, ""), (first, "", second), ("", first, second)})


def test_the_shipped_drafts_are_drafts_and_nothing_is_ready(shipped: Project) -> None:
    """Nobody has read the shipped translations: none may look as if."""
    snapshot = Snapshot(shipped)
    found: list[Translation] = []
    for code in shipped.campaign.languages:
        if code != "en":
            found += [text for domain in shipped.domains for text in snapshot.texts(code, domain).values()]
    assert {text.state for text in found} == {State.DRAFT, State.MISSING}
    assert all((text.state is State.MISSING) == (not text.msgstr.strip()) for text in found)


def test_every_shipped_text_is_known_to_the_ledger_as_a_machines(shipped: Project) -> None:
    for code in (code for code in shipped.campaign.languages if code != "en"):
        known = support_by_key(ledger.read_ledger(shipped.ledger(code)))
        for domain in shipped.domains:
            for entry in pofile.read_catalogue(shipped.catalogue(code, domain), shipped.languages[code]):
                if entry.msgstr and not entry.obsolete and not entry.header:
                    support = support_at(known, wording_key(code, entry.msgctxt, entry.msgid, entry.msgstr))
                    assert support.engines, f"{code} {domain} {entry.msgctxt}"
                    assert not support.signers


def catalogue_state(campaign: Path, msgctxt: str) -> State:
    return Snapshot(Project(campaign)).texts("fr", "not-alone")[msgctxt].state


def sign(campaign: Path, msgctxt: str, *people: str) -> None:
    project = Project(campaign)
    (entry,) = [entry for entry in pofile.read_catalogue(project.catalogue("fr", "not-alone")) if entry.msgctxt == msgctxt]
    key = wording_key("fr", msgctxt, entry.msgid, entry.msgstr)
    ledger.append_events(project.ledger("fr"), [event("approve", who, key) for who in people])


def test_one_letter_changed_in_any_program_lapses_the_reading_and_a_revert_restores_it(campaign: Path) -> None:
    """On the shipped French: draft, read, ready, draft again after one letter, ready again after the revert."""
    path = Project(campaign).catalogue("fr", "not-alone")
    seen = [catalogue_state(campaign, "safe")]
    for who in (ANNA, BILAL):
        sign(campaign, "safe", who)
        seen.append(catalogue_state(campaign, "safe"))
    whole = path.read_bytes()
    start = whole.index(b'msgctxt "safe"')
    changed = whole[:start] + whole[start:].replace(b"gratuite", b"gratuitee", 1)
    assert changed != whole
    path.write_bytes(changed)
    seen.append(catalogue_state(campaign, "safe"))
    path.write_bytes(whole)
    seen.append(catalogue_state(campaign, "safe"))
    assert seen == [State.DRAFT, State.READ, State.READY, State.DRAFT, State.READY]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_signature_of_another_language_counts_for_nothing(language: str) -> None:
    signed = [event("approve", who, wording_key(language, *PARTS[1:])) for who in (ANNA, BILAL)]
    assert state_of(signed) is State.DRAFT


def test_lines_twice_from_a_union_merge_change_nothing(campaign: Path) -> None:
    sign(campaign, "safe", ANNA)
    path = Project(campaign).ledger("fr")
    lines = path.read_text("utf-8").splitlines(keepends=True)
    before = support_by_key(ledger.read_ledger(path))
    path.write_text("".join([*lines[::-1], *lines, lines[-1]]), "utf-8")
    assert catalogue_state(campaign, "safe") is State.READ
    assert support_by_key(ledger.read_ledger(path)) == before


def ledger_of(folder: Path) -> Path:
    """Return where the French ledger of a campaign stands."""
    (path := folder / "town" / "locales" / "fr" / "reviews.jsonl").parent.mkdir(parents=True)
    return path


def nameless(events: list[LedgerEvent]) -> list[LedgerEvent]:
    """Return events as they were before a key signed them and their words went to another file."""
    return [replace(found, by="", says="") for found in events]


def test_append_adds_what_is_new_and_keeps_every_old_byte(tmp_path: Path) -> None:
    path = ledger_of(tmp_path)
    assert ledger.append_events(path, [event("machine", ENGINE)]) is True
    first = path.read_bytes()
    assert ledger.append_events(path, [event("machine", ENGINE)]) is False
    assert ledger.append_events(path, []) is False
    assert path.read_bytes() == first
    both = [event("machine", ENGINE), event("approve", ANNA), event("approve", ANNA), replace(event("reject", BILAL), why="« non » perdu")]
    assert ledger.append_events(path, both) is True
    assert path.read_bytes().startswith(first)
    assert nameless(ledger.read_ledger(path)) == [both[0], both[1], both[3]]


def test_ledger_line_is_the_documented_object() -> None:
    """What people say stands beside the ledger, under its hash; what a machine says about itself is no person's."""
    row = json.loads(json_line(ledger.event_row(replace(event("approve", ANNA), why="ok"))))
    assert row == {"k": KEY, "do": "approve", "who": ANNA, "at": "2026-11-22", "says": words_key("ok")}
    assert "says" not in json.loads(json_line(ledger.event_row(event("approve", ANNA))))
    made = json.loads(json_line(ledger.event_row(replace(event("machine", ENGINE), why="en_fr-1.0"))))
    assert made == {"k": KEY, "do": "machine", "who": ENGINE, "at": "2026-11-22", "why": "en_fr-1.0"}


def test_a_signed_line_is_the_documented_object(tmp_path: Path) -> None:
    path = ledger_of(tmp_path)
    ledger.append_events(path, [event("approve", ANNA), replace(event("reject", BILAL), why="« non » perdu")])
    first, second = map(json.loads, path.read_text("utf-8").splitlines())
    chain = {"by", "n", "prev", "sig"}
    assert (first.keys(), second.keys()) == ({"k", "do", "who", "at", *chain}, {"k", "do", "who", "at", "says", *chain})
    assert (first["n"], first["prev"], second["n"]) == (1, "", 2)
    assert (first["by"], len(second["prev"])) == (second["by"], 32)
    assert "perdu" not in path.read_text("utf-8")
    assert "« non » perdu" in path.with_name("wordings.jsonl").read_text("utf-8")


def test_append_to_a_ledger_without_a_last_line_end_keeps_both_events(tmp_path: Path) -> None:
    """An editor or a merge may have taken the last line end: the next signature must not spoil the last one."""
    path = ledger_of(tmp_path)
    path.write_text(json_line(ledger.event_row(event("machine", ENGINE))).rstrip("\n"), "utf-8")
    ledger.append_events(path, [event("approve", ANNA)])
    assert nameless(ledger.read_ledger(path)) == [event("machine", ENGINE), event("approve", ANNA)]


DAYS = st.dates().map(str)
WRITTEN = st.text().filter(lambda text: not private_kinds(text))
HUMAN = [action for action in LedgerAction if action not in MACHINE_ACTIONS]


def done(key: str, action: LedgerAction, who: str, at: str, why: str = "") -> LedgerEvent:
    return LedgerEvent(key, action, who, at, why, target="x1" if action in TARGETED_ACTIONS else "")


@settings(database=None, deadline=None, max_examples=100)
@given(
    st.lists(
        st.one_of(
            st.builds(done, st.text(min_size=1), st.just(LedgerAction.MACHINE), st.text(min_size=1), DAYS, WRITTEN),
            st.builds(done, st.text(min_size=1), st.just(LedgerAction.WITHDRAW), st.just(ANNA), DAYS),
            st.builds(done, st.text(min_size=1), st.sampled_from(HUMAN), st.sampled_from([ANNA, "R17", "shipped"]), DAYS, WRITTEN),
        )
    )
)
def test_any_event_comes_back_from_its_line(tmp_path_factory: pytest.TempPathFactory, events: list[LedgerEvent]) -> None:
    """Those of machines, which no key signs, are told first."""
    path = ledger_of(tmp_path_factory.mktemp("any"))
    ledger.append_events(path, events)
    found = ledger.ledger_reading(path)
    assert nameless(found.events) == sorted(dict.fromkeys(events), key=lambda event: event.action != LedgerAction.MACHINE)
    assert (found.sound, found.problems) == (True, ())


def test_what_no_key_signed_counts_for_nothing_and_is_told_by_line(tmp_path: Path) -> None:
    """A person who can edit files types that two readers stand behind a text, and that one is a machine."""
    path = ledger_of(tmp_path)
    ledger.append_events(path, [event("machine", ENGINE), event("approve", ANNA)])
    before = support_by_key(ledger.read_ledger(path))
    with path.open("a", encoding="utf-8") as file:
        file.write(json_line(ledger.event_row(event("approve", BILAL))) + json_line(ledger.event_row(event("approve", CHLOE))))

    found = ledger.ledger_reading(path)

    assert support_by_key(found.events) == before
    assert [(problem.code, problem.where) for problem in found.problems] == [("line-unsigned", f"{path}:{number}") for number in (3, 4)]


def test_a_line_of_a_key_that_nobody_admitted_counts_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader on another computer waits; a stranger who takes the line that asks away is told too."""
    path = ledger_of(tmp_path)
    ledger.append_events(path, [event("approve", ANNA)])
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    ledger.append_events(path, [event("approve", BILAL)])
    waiting = ledger.ledger_reading(path)
    assert [found.person for found in waiting.events] == [ANNA]
    assert [(problem.code, problem.severity) for problem in waiting.problems] == [("reader-waits", Severity.WARNING)]

    readers = path.parent.parent / "readers.jsonl"
    readers.write_text(readers.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "third"))
    stranger = ledger.ledger_reading(path)
    assert [found.person for found in stranger.events] == [ANNA]
    assert [(problem.code, problem.where) for problem in stranger.problems] == [("line-stranger", f"{path}:2")]
    path.write_text(path.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    assert ledger.ledger_reading(path).sound, "a stranger's line may be deleted again"


def test_a_ledger_whose_end_was_cut_makes_nothing_ready(campaign: Path) -> None:
    """This computer has seen the line that is gone: it may be the reject of a dangerous sentence."""
    sign(campaign, "safe", ANNA, BILAL, CHLOE)
    path = Project(campaign).ledger("fr")
    whole = path.read_text("utf-8")
    assert catalogue_state(campaign, "safe") is State.READY
    path.write_text("".join(whole.splitlines(keepends=True)[:-1]), "utf-8")

    found = ledger.ledger_reading(path)

    assert (found.sound, [problem.code for problem in found.problems]) == (False, ["line-lost"])
    assert catalogue_state(campaign, "safe") is State.READ
    path.write_text(whole, "utf-8")
    assert catalogue_state(campaign, "safe") is State.READY


GOOD = json_line(ledger.event_row(event("approve", ANNA)))
DAMAGED = {
    "cut off": GOOD[:40],
    "not JSON": "approve example-anna",
    "a name": GOOD.replace(ANNA, "Anna Example"),
    "an invisible letter in a code": GOOD.replace(ANNA, ANNA + "\u200b"),
    "a deed with too much": GOOD.replace("approve", "approve:x"),
    "no day": GOOD.replace("2026-11-22", "someday"),
    "a list": "[]",
    "a number": "7",
    "a text": '"approve"',
    "no key": '{"do": "approve", "who": "example-anna", "at": "2026-11-22"}',
    "nobody": GOOD.replace('"who"', '"whom"'),
    "no deed": GOOD.replace('"do": "approve", ', ""),
    "unknown deed": GOOD.replace("approve", "aprove"),
    "deed of another kind": GOOD.replace('"approve"', "null"),
    "key of another kind": GOOD.replace(f'"{KEY}"', "[1]"),
    "person of another kind": GOOD.replace(f'"{ANNA}"', "[1]"),
    "empty person": GOOD.replace(ANNA, ""),
    "two events on a line": GOOD.strip() + GOOD,
    "merge marker": "<<<<<<< ours",
    "NUL": GOOD.replace("approve", "app\0rove"),
}


@pytest.mark.parametrize("line", DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_line_is_named_with_its_number(line: str, tmp_path: Path) -> None:
    """The rest is not used either: a lost line may be the reject of a dangerous sentence."""
    path = ledger_of(tmp_path)
    path.write_text(GOOD + "\n" + line.rstrip("\n") + "\n" + GOOD, "utf-8")
    with pytest.raises(LeafletsError) as refusal:
        support_by_key(ledger.read_ledger(path))
    (problem,) = refusal.value.problems
    assert problem.where == f"{path}:3"
    assert problem.hint


def test_damaged_ledger_stops_its_language_only_and_stays_as_it_is(
    campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    path = Project(campaign).ledger("fr")
    with path.open("a", encoding="utf-8") as file:
        file.write(GOOD[:30])
    number = len(path.read_text("utf-8").splitlines())
    damaged = path.read_bytes()
    code, out, err = leaflets_command("status", "--json", cwd=campaign)
    assert code == 1
    languages = {row["language"] for row in json.loads(out)["catalogues"]}
    assert languages == set(Project(campaign).campaign.languages) - {"fr"}
    assert f"reviews.jsonl:{number}" in err
    code, out, _ = leaflets_command("extract", cwd=campaign)
    assert (code, f"reviews.jsonl:{number}" in out) == (1, True)
    assert path.read_bytes() == damaged


def test_no_ledger_means_that_nobody_signed(tmp_path: Path) -> None:
    assert ledger.read_ledger(tmp_path / "none.jsonl") == []
    assert wording_state(ENTRY.msgstr, Support(), SigningRule()) is State.DRAFT


def test_a_long_chain_of_withdrawals_is_followed_to_its_end() -> None:
    """Somebody who takes back and gives back 3,000 times ends where the last one says, without an error."""
    events = [LedgerEvent("k", "approve", "r1", "2026-01-01")]
    for _ in range(3000):
        events.append(LedgerEvent("k", "withdraw", "r1", "2026-01-01", target=events[-1].id))

    assert support_by_key(events)["k"].signers == {"r1"}
    assert "k" not in support_by_key(events[:-1]) or not support_by_key(events[:-1])["k"].signers
