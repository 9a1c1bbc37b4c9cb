"""A change of the English is classed by what it can do to a reader, and old text stays known as old until a person decides."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.digests import wording_key
from generator.campaign.facts import fact_key
from generator.campaign.project import Project
from generator.catalogue import pofile, sources
from generator.catalogue.change import KIND_WORDS, ChangeKind, classify_change, marked_diff, reading_seconds, word_diff
from generator.catalogue.entry import Entry
from generator.model import Message, Risk, SigningRule, State, Translation
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.state import catalogue_translations
from generator.review.support import support_by_key, wording_support
from tests.conftest import copy_campaign

ANNA, BILAL, CHLOE, DARA = "r41", "r42", "r43", "r44"
"""Reader codes of nobody: they say themselves that they are examples."""
DAY = "2026-11-23"
HELP = "What we can do"
MARK = "What we can do!"
MUST = "What you must do"

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Give a copy of the campaign in all its languages."""
    return copy_campaign(tmp_path / "whole")


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a copy of the campaign in three languages, which is faster."""
    return copy_campaign(tmp_path / "campaign", languages=("en", "ar", "fr"))


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be 23 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")


COSMETIC = [
    ("Call us.", "Call us."),
    ("Call us", "Call us."),
    ("Call us.", "Call us!"),
    ("Come in and sit down.", "Come in, and sit down."),
    ("Our help is free", "OUR HELP IS FREE"),
    ("Call  us   today.", "Call us today."),
    ("Say “police”.", 'Say "police".'),
    ("Food, clothes and toys", "Food, clothes, and toys"),
    ("Bring food; bring toys.", "Bring food. Bring toys."),
    ("Don't worry.", "Don’t worry."),
    ("Tea – and cake", "Tea - and cake"),
    ("We stand with you...", "We stand with you…"),
    ("Write to the Council.", "Write to the council."),
    ("(Day and night)", "Day and night"),
]
MEANING = [
    ("Bring food.", "Bring clothes."),
    ("Come to a meeting.", "Come to a friendly meeting."),
    ("We are kind people.", "We are people."),
    ("Big kind people", "Kind big people"),
    ("Stay calm.", "Stay quiet."),
    ("You did something wrong.", "You did something foolish."),
    ("Call us.", "Call us?"),
    ("Our help is <b>free</b>.", "Our help is free."),
    ("Write a letter.", "Write letters."),
    ("Safe", "Unsafe"),
    ("", "Call"),
]
CRITICAL = {
    "number": [
        ("Two people come.", "Three people come."),
        ("Wait 5 minutes.", "Wait 15 minutes."),
        ("It costs 1.50.", "It costs 1,50."),
        ("Form 10 is needed.", "Form is needed."),
        ("Call 1 2 3.", "Call 12 3."),
        ("Call 9:00.", "Call 9.00."),
        ("Come once.", "Come twice."),
        ("Half of it", "Double of it"),
        ("Ask 7 people", "Ask ٧ people"),
        ("Paragraph 4-6", "Paragraph 4–6"),
    ],
    "date": [
        ("Answer in March.", "Answer in April."),
        ("Come on Monday.", "Come on Tuesday."),
        ("Call today.", "Call tomorrow."),
        ("Answer before the visit.", "Answer after the visit."),
        ("Wait for a week.", "Wait for a month."),
        ("Call at once.", "Call now."),
        ("The first letter", "The next letter"),
        ("Come in the morning.", "Come in the evening."),
    ],
    "negation": [
        ("You must sign.", "You must not sign."),
        ("Do not open the door.", "Do open the door."),
        ("Don't sign.", "Sign."),
        ("You cannot be sent away.", "You can be sent away."),
        ("Nobody pays.", "Everybody pays."),
        ("Come with papers.", "Come without papers."),
        ("It is legal.", "It is illegal."),
        ("They never ask.", "They ask."),
        ("You may refuse.", "You may agree."),
        ("No, money is needed.", "No money is needed."),
        ("Do not sign, call us.", "Do not, sign, call us."),
        ("They didn’t ask.", "They asked."),
    ],
    "modal": [
        ("You may sign.", "You must sign."),
        ("You should go.", "You can go."),
        ("Only friends come.", "Friends come."),
        ("Go unless it rains.", "Go when it rains."),
        ("Food and toys", "Food or toys"),
        ("All people", "Some people"),
        ("You have a right to it.", "You have a reason to it."),
        ("The call is free.", "The call is cheap."),
        ("It is required.", "It is optional."),
        ("Call if it burns.", "Call when it burns."),
    ],
    "fact": [
        ("Call {campaign_phone}.", "Call {alert_line}."),
        ("Call {campaign_phone}.", "Call."),
        ("Come on {rally_date}.", "Come on {meeting_date}."),
        ("Call {campaign_phone} or {nhs}.", "Call {nhs} or {campaign_phone}."),
        ("It costs money.", "It costs {price}."),
    ],
    "who and where": [
        ("We tell them.", "They tell them."),
        ("Tell the staff.", "Tell the police."),
        ("Stay inside.", "Stay outside."),
        ("Ask your solicitor.", "Ask your landlord."),
        ("Give it to me.", "Give it to him."),
        ("Wait here.", "Wait there."),
        ("Your child", "Your neighbour"),
        ("Go to the hotel.", "Go from the hotel."),
        ("Tell someone.", "Tell everyone."),
    ],
    "name Leeds": [("The train to Leeds", "The train to York"), ("The train to Leeds", "The train to Hull")],
    "name Anna": [("Ask for Anna.", "Ask for Lena."), ("Ask for Anna.", "Ask for advice.")],
    "word us": [("Tell us.", "Tell US.")],
    "word march": [("They march in spring.", "They March in spring.")],
}
PAIRS = [(*pair, ChangeKind.COSMETIC, "") for pair in COSMETIC] + [(*pair, ChangeKind.MEANING, "") for pair in MEANING]
PAIRS += [(*pair, ChangeKind.CRITICAL, reason) for reason, pairs in CRITICAL.items() for pair in pairs]


def test_there_are_at_least_sixty_pairs() -> None:
    assert len({pair[:2] for pair in PAIRS}) >= 60


@pytest.mark.parametrize(("old", "new", "kind", "reason"), PAIRS)
def test_change_has_its_class_and_its_reason_in_both_directions(old: str, new: str, kind: ChangeKind, reason: str) -> None:
    for found in (classify_change(old, new), classify_change(new, old)):
        assert found.kind is kind
        assert (reason in found.reasons) if reason else found.reasons == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Pay £5.", "Pay $5."),
        ("Pay 5%.", "Pay 5."),
        ("Is it safe? Open the door.", "Is it safe. Open the door?"),
        ("You may film only. If it is safe, go.", "You may film only if it is safe. Go."),
    ],
)
def test_a_sign_that_changes_what_is_said_is_not_cosmetic(old: str, new: str) -> None:
    """Cosmetic may be carried over to signed text in every language; these must be read again."""
    assert classify_change(old, new).kind is not ChangeKind.COSMETIC
    assert classify_change(new, old).kind is not ChangeKind.COSMETIC


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ask at room b2.", "Ask at room b3."),
        ("B2 is your room.", "B3 is your room."),
        ("You have twenty days.", "You have thirty days."),
        ("Come at 5 pm.", "Come at 5 am."),
        ("Come at noon.", "Come at midnight."),
        ("Your second visit", "Your third visit"),
        ("They had asked.", "They hadn't asked."),
        ("They did not clearly say yes.", "They did clearly not say yes."),
        ("Ask for <b>Bilal</b>.", "Ask for <b>Anna</b>."),
    ],
)
def test_numbers_times_negations_and_names_are_critical_however_they_are_written(old: str, new: str) -> None:
    """`meaning` may be set to `draft`, and then the old text is printed; `critical` never is."""
    assert classify_change(old, new).kind is ChangeKind.CRITICAL
    assert classify_change(new, old).kind is ChangeKind.CRITICAL


WORDS = [
    "call",
    "us",
    "Call",
    "not",
    "must",
    "may",
    "only",
    "sign",
    "door",
    "Leeds",
    "{phone}",
    "5",
    "12.50",
    ",",
    ".",
    "?",
    "<b>",
    "if",
    "US",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
ALL = settings(database=None, deadline=None, max_examples=300)


@ALL
@given(st.one_of(st.text(), TEXTS))
def test_nothing_changed_is_cosmetic(text: str) -> None:
    assert (classify_change(text, text).kind, classify_change(text, text).reasons) == (ChangeKind.COSMETIC, ())


@pytest.mark.parametrize(("old", "new"), [("Only call us.", "Call only us."), ("They did not really ask.", "They did really not ask.")])
def test_word_that_moves_is_critical_in_both_directions(old: str, new: str) -> None:
    assert classify_change(old, new).kind is classify_change(new, old).kind is ChangeKind.CRITICAL


@ALL
@given(TEXTS, TEXTS)
def test_there_and_back_are_the_same_class(old: str, new: str) -> None:
    assert classify_change(old, new).kind is classify_change(new, old).kind


@ALL
@given(TEXTS.flatmap(lambda text: st.tuples(st.just(text), st.permutations(text.split()).map(" ".join))))
def test_another_order_and_back_are_the_same_class(pair: tuple[str, str]) -> None:
    assert classify_change(*pair).kind is classify_change(*pair[::-1]).kind


@ALL
@given(TEXTS, st.sampled_from(["not", "must", "{phone}", "5", "12.50", "may", "only"]), st.integers(0, 8), st.booleans())
def test_a_number_a_fact_or_a_deciding_word_more_or_less_is_critical(text: str, word: str, place: int, less: bool) -> None:
    words = text.split()
    longer = " ".join([*words[:place], word, *words[place:]])
    assert classify_change(*((longer, text) if less else (text, longer))).kind is ChangeKind.CRITICAL


@ALL
@given(TEXTS, st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 8))
def test_another_number_is_critical(text: str, one: int, other: int, place: int) -> None:
    words = text.split()
    old, new = (" ".join([*words[:place], "for", str(number), *words[place:]]) for number in (one, other))
    assert (classify_change(old, new).kind is ChangeKind.CRITICAL) == (one != other)


@ALL
@given(st.one_of(TEXTS, st.text()), st.one_of(TEXTS, st.text()))
def test_word_diff_gives_back_both_sides(old: str, new: str) -> None:
    runs = word_diff(old, new)
    assert " ".join(words for mark, words in runs if mark != "+") == " ".join(old.split())
    assert " ".join(words for mark, words in runs if mark != "-") == " ".join(new.split())
    assert all(mark in "=-+" and words for mark, words in runs)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def english(campaign: Path, before: str, after: str) -> None:
    """Change the English of the leaflet not-alone and extract."""
    edit(campaign / "leaflets" / "not-alone.yaml", before, after)
    assert extract_messages(Project(campaign)).problems == ()


def french(campaign: Path) -> Path:
    return Project(campaign).catalogue("fr", "not-alone")


def entry(campaign: Path, msgctxt: str = "help") -> Entry:
    return next(found for found in pofile.read_catalogue(french(campaign)) if found.msgctxt == msgctxt and not found.obsolete)


def text(campaign: Path, msgctxt: str = "help") -> Translation:
    return Snapshot(Project(campaign)).texts("fr", "not-alone")[msgctxt]


def people(campaign: Path, msgctxt: str = "help") -> list[str]:
    """Return who stands behind a wording; the catalogue says to every other program that somebody does, and names nobody."""
    found = entry(campaign, msgctxt)
    known = Snapshot(Project(campaign)).support_by_key("fr")
    signers = sorted(wording_support(known, "fr", msgctxt, found.msgid, found.msgstr).signers)
    key = wording_key("fr", msgctxt, found.msgid, found.msgstr)[:12]
    assert [line for line in found.comments if line.startswith("# @ok")] == ([f"# @ok {key}"] if signers else [])
    return signers


def approve(campaign: Path, msgctxt: str, *who: str) -> None:
    found = entry(campaign, msgctxt)
    key = wording_key("fr", msgctxt, found.msgid, found.msgstr)
    assert ledger.append_events(Project(campaign).ledger("fr"), [LedgerEvent(key, "approve", code, DAY) for code in who])
    extract_messages(Project(campaign))


def changes(found: str) -> dict[str, dict[str, object]]:
    """Return the changes of `extract --json` by msgctxt."""
    return {row["msgctxt"]: row for row in json.loads(found)["changes"]}


def test_extract_says_of_each_message_what_its_change_is_and_costs(whole: Path, leaflets_command: Command) -> None:
    """Twenty languages have a text; a safety sentence is read by two people."""
    path = whole / "leaflets" / "not-alone.yaml"
    edit(path, HELP, MUST)
    edit(path, "Go with you to a doctor", "Walk with you to a doctor")
    edit(path, "Nobody may ask you for money", "Nobody may ask for money")
    edit(path, "heading: How to reach us", "heading: How to reach us!")
    code, out, _ = leaflets_command("extract", "--json", cwd=whole)
    rows = changes(out)
    assert (code, set(rows)) == (0, {"help", "offers.go", "safe", "reach"})
    assert {name: (row["kind"], row["reasons"]) for name, row in rows.items()} == {
        "help": ("critical", ["who and where", "modal"]),
        "offers.go": ("meaning", []),
        "safe": ("critical", ["who and where"]),
        "reach": ("cosmetic", []),
    }
    assert (rows["help"]["leaflet"], rows["help"]["what"], rows["help"]["before"], rows["help"]["after"]) == (
        "not-alone",
        "changed",
        HELP,
        MUST,
    )
    assert rows["help"]["diff"] == "What [-we can-] {+you must+} do"
    assert {row["languages"] for row in rows.values()} == {20}
    assert rows["help"]["minutes"] == round(reading_seconds(MUST) * 20 / 60, 1)
    assert rows["safe"]["minutes"] == round(reading_seconds(str(rows["safe"]["after"])) * 2 * 20 / 60, 1)
    assert rows["reach"]["minutes"] == 0


def test_extract_says_it_to_people_too(whole: Path, leaflets_command: Command) -> None:
    edit(whole / "leaflets" / "not-alone.yaml", HELP, MUST)
    _, out, _ = leaflets_command("extract", cwd=whole)
    first, second = out.splitlines()[:2]
    minutes = -(-reading_seconds(MUST) * 20 // 60)
    assert first == f"can hurt  not-alone/help (who or where, “must” or “may”): 20 languages, about {minutes} minutes of reading"
    assert second.strip() == "What [-we can-] {+you must+} do"


def test_extract_of_a_cosmetic_change_names_the_command_that_carries_it(campaign: Path, leaflets_command: Command) -> None:
    edit(campaign / "leaflets" / "not-alone.yaml", HELP, MARK)
    _, out, err = leaflets_command("extract", cwd=campaign)
    assert out.startswith("spelling  not-alone/help: nothing to read again\n")
    assert "leaflets sign --carry --as" in err


def test_old_wording_stays_visible_in_the_file_and_to_the_reader(
    campaign: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    english(campaign, HELP, MUST)
    assert f'#| msgid "{HELP}"\nmsgctxt "help"\nmsgid "{MUST}"' in french(campaign).read_text("utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setattr("generator.cli.sentence_signing.SentenceSigning.answered", lambda self, task: True)
    _, out, _ = leaflets_command("sign", "fr", "not-alone", "--as", ANNA, cwd=campaign)
    assert "changed    What [-we can-] {+you must+} do   (can hurt)" in out


@pytest.mark.parametrize("removed", ["msgid", "msgid and fuzzy"])
def test_old_text_is_known_as_old_when_a_tool_dropped_the_previous_msgid(campaign: Path, removed: str, leaflets_command: Command) -> None:
    """Through the history of English wordings and the ledger; extract writes the line again."""
    english(campaign, HELP, MUST)
    whole = french(campaign).read_bytes()
    edit(french(campaign), f'#| msgid "{HELP}"\n', "")
    if removed == "msgid and fuzzy":
        edit(french(campaign), '#, fuzzy\nmsgctxt "help"', 'msgctxt "help"')
    assert (text(campaign).state, text(campaign).old) == (State.STALE, HELP)
    _, out, _ = leaflets_command("status", "not-alone", "-l", "fr", "--json", cwd=campaign)
    assert json.loads(out)["catalogues"][0]["stale"] == 1
    extract_messages(Project(campaign))
    assert french(campaign).read_bytes() == whole


def test_text_of_two_english_wordings_ago_is_known_too(campaign: Path) -> None:
    english(campaign, HELP, MUST)
    english(campaign, MUST, "What you may do")
    edit(french(campaign), f'#| msgid "{HELP}"\n', "")
    assert (text(campaign).state, text(campaign).old) == (State.STALE, HELP)


def test_corrected_text_is_no_longer_old(campaign: Path) -> None:
    english(campaign, HELP, MUST)
    edit(french(campaign), f'#| msgid "{HELP}"\n', "")
    edit(french(campaign), "Ce que nous pouvons faire", "Ce que vous devez faire")
    assert (text(campaign).state, text(campaign).old) == (State.DRAFT, "")


def test_history_holds_every_english_once_and_only_grows(campaign: Path) -> None:
    path = campaign / "locales" / "sources.jsonl"
    before = path.read_bytes()
    for old, new in ((HELP, MUST), (MUST, HELP), (HELP, MUST)):
        english(campaign, old, new)
    assert path.read_bytes().startswith(before)
    assert [msgid for _, name, msgid in sources.read_sources(path) if name == "help"].count(MUST) == 1


def carry(command: Command, campaign: Path, *more: str, who: str = DARA) -> tuple[int, str, str]:
    return command("sign", "--carry", "--as", who, *more, cwd=campaign)


WHY = ("--why", "only a colon")


@pytest.mark.parametrize(
    ("signers", "before"), [((), State.DRAFT), ((ANNA,), State.READ), ((ANNA, BILAL), State.READY)], ids=["nobody", "one", "two"]
)
def test_carrying_a_cosmetic_change_gives_back_the_state_and_adds_nobody(
    campaign: Path, leaflets_command: Command, signers: tuple[str, ...], before: State
) -> None:
    if signers:
        approve(campaign, "safe", *signers)
    assert text(campaign, "safe").state is before
    english(campaign, "Our help is free.</b>", "Our help is free!</b>")
    assert text(campaign, "safe").state is State.STALE
    code, out, err = carry(leaflets_command, campaign, *WHY)
    assert (code, "{+free!</b>+}" in out, "2 translations keep their signatures and drafts" in err) == (0, True, True)
    assert (text(campaign, "safe").state, people(campaign, "safe")) == (before, sorted(signers))
    assert entry(campaign, "safe").fuzzy is (before is not State.READY)


def test_carrying_is_recorded_with_person_reason_and_old_english(campaign: Path, leaflets_command: Command) -> None:
    english(campaign, HELP, MARK)
    carry(leaflets_command, campaign, *WHY)
    (last,) = [event for event in ledger.read_ledger(Project(campaign).ledger("fr")) if event.action == "carry"]
    key = wording_key("fr", "help", MARK, entry(campaign).msgstr)
    assert (last.key, last.file_action, last.who, last.at, last.why, last.old) == (key, "carry", DARA, DAY, "only a colon", HELP)
    assert carry(leaflets_command, campaign, *WHY)[2].startswith("No change of spelling alone waits.")


def test_carrying_without_a_reason_is_refused(campaign: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    english(campaign, HELP, MARK)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _, err = carry(leaflets_command, campaign, "--why", " ")
    assert (code, "[sign-reason]" in err) == (1, True)
    assert text(campaign).state is State.STALE


def test_a_machine_cannot_carry(campaign: Path, leaflets_command: Command) -> None:
    english(campaign, HELP, MARK)
    code, _, err = carry(leaflets_command, campaign, *WHY, who="language-model")
    assert (code, "[reader-code]" in err) == (2, True)
    assert text(campaign).state is State.STALE


@pytest.mark.parametrize("new", [MUST, "What we can give"])
def test_a_change_that_is_not_cosmetic_is_not_offered(campaign: Path, leaflets_command: Command, new: str) -> None:
    english(campaign, HELP, new)
    assert "No change of spelling alone waits." in carry(leaflets_command, campaign, *WHY)[2]
    assert text(campaign).state is State.STALE


@pytest.mark.parametrize("new", [MUST, "What we can give", "What we cannot do"])
def test_a_carry_written_by_hand_for_another_change_counts_nothing(campaign: Path, new: str) -> None:
    """Neither with nor without the line that says what the text was made for."""
    approve(campaign, "help", ANNA, BILAL)
    english(campaign, HELP, new)
    key = wording_key("fr", "help", new, entry(campaign).msgstr)
    assert ledger.append_events(Project(campaign).ledger("fr"), [LedgerEvent(key, "carry", DARA, DAY, "by hand", HELP)])
    assert (text(campaign).state, text(campaign).old) == (State.STALE, HELP)
    edit(french(campaign), f'#| msgid "{HELP}"\n', "")
    assert text(campaign).state is State.STALE
    extract_messages(Project(campaign))
    assert (people(campaign), entry(campaign).fuzzy, entry(campaign).previous) == ([], True, HELP)


def test_carries_can_be_chained_and_reverted(campaign: Path, leaflets_command: Command) -> None:
    approve(campaign, "help", ANNA)
    first = french(campaign).read_bytes()
    steps = [HELP, MARK, "What We Can Do", "What we can do..."]
    for old, new in pairwise(steps):
        english(campaign, old, new)
        assert text(campaign).state is State.STALE
        carry(leaflets_command, campaign, *WHY)
        assert (text(campaign).state, people(campaign)) == (State.READY, [ANNA])
    for old, new in zip(steps[::-1], steps[-2::-1], strict=False):
        english(campaign, old, new)
        assert (text(campaign).state, people(campaign)) == (State.READY, [ANNA])
    assert french(campaign).read_bytes() == first


def test_two_cosmetic_changes_can_be_carried_at_once(campaign: Path, leaflets_command: Command) -> None:
    approve(campaign, "help", ANNA)
    english(campaign, HELP, MARK)
    english(campaign, MARK, "What We Can Do")
    carry(leaflets_command, campaign, *WHY)
    assert (text(campaign).state, people(campaign)) == (State.READY, [ANNA])


def test_a_chain_with_one_other_link_carries_nothing() -> None:
    """Each link is looked at by itself: cosmetic after critical is still another sentence."""
    message, translated = Message("ask", "You must sign!", Risk.PLAIN), Entry("You must sign!", "Signez.", "ask")
    keys = {old: wording_key("fr", "ask", old, "Signez.") for old in ("You may sign.", "You must sign.", "You must sign!")}
    events = [
        LedgerEvent(keys["You may sign."], "approve", ANNA, DAY),
        LedgerEvent(keys["You must sign."], "carry", DARA, DAY, "by hand", "You may sign."),
        LedgerEvent(keys["You must sign!"], "carry", DARA, DAY, "a mark", "You must sign."),
    ]
    (found,) = catalogue_translations([message], [translated], support_by_key(events), "fr", {Risk.PLAIN: SigningRule()})
    assert found.state is State.DRAFT


def test_a_carry_of_text_that_changed_meanwhile_counts_nothing(campaign: Path, leaflets_command: Command) -> None:
    approve(campaign, "help", ANNA)
    english(campaign, HELP, MARK)
    carry(leaflets_command, campaign, *WHY)
    edit(french(campaign), "Ce que nous pouvons faire", "Ce que nous ne pouvons pas faire")
    extract_messages(Project(campaign))
    assert (text(campaign).state, people(campaign)) == (State.DRAFT, [])


def test_a_rejection_is_not_undone_by_carrying(campaign: Path, leaflets_command: Command) -> None:
    approve(campaign, "help", ANNA)
    key = wording_key("fr", "help", HELP, entry(campaign).msgstr)
    ledger.append_events(Project(campaign).ledger("fr"), [LedgerEvent(key, "reject", CHLOE, DAY, "too cold")])
    english(campaign, HELP, MARK)
    carry(leaflets_command, campaign, *WHY)
    assert text(campaign).state in (State.STALE, State.DRAFT)
    assert people(campaign) == []


def sign_all(campaign: Path) -> None:
    """Let two example readers sign the French of the leaflet and of the theme, and behind every fact."""
    project = Project(campaign)
    found = [one for domain in ("not-alone", "shared") for one in pofile.read_catalogue(project.catalogue("fr", domain)) if not one.header]
    keys = [wording_key("fr", one.msgctxt, one.msgid, one.msgstr) for one in found]
    ledger.append_events(project.ledger("fr"), [LedgerEvent(key, "approve", who, DAY) for key in keys for who in (ANNA, BILAL)])
    facts = [fact_key(fact) for fact in project.facts.values()]
    ledger.append_events(project.fact_ledger(), [LedgerEvent(key, "approve", who, DAY) for key in facts for who in (ANNA, BILAL)])


def policy(campaign: Path, kind: str, what: str) -> None:
    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(re.sub(rf"(?m)^  {kind}: \w+$", f"  {kind}: {what}", path.read_text("utf-8")), "utf-8")


def build(command: Command, campaign: Path) -> tuple[int, dict[str, object]]:
    code, out, _ = command("build", "not-alone", "-l", "fr", "-s", "a5", "-j", "1", "--json", cwd=campaign)
    (edition,) = json.loads(out)["editions"]
    return code, edition


def page_text(campaign: Path, edition: dict[str, object]) -> str:
    document = pypdfium2.PdfDocument(campaign / "output" / str(edition["path"]))
    found = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return found


def pdfs(campaign: Path) -> Iterator[str]:
    return (path.name for path in sorted((campaign / "output").rglob("*.pdf")))


def test_edition_follows_the_policy_for_each_kind_of_change(campaign: Path, leaflets_command: Command) -> None:
    """Ready; a draft with the old text after a comma; withheld after a "must"; with the new English in a box if that is allowed."""
    sign_all(campaign)
    code, edition = build(leaflets_command, campaign)
    assert (code, edition["state"], list(pdfs(campaign))) == (0, "ready", ["not-alone_fr_a5.pdf"])

    english(campaign, HELP, MARK)
    code, edition = build(leaflets_command, campaign)
    assert (code, edition["state"], list(pdfs(campaign))) == (0, "draft", ["not-alone_fr_a5_DRAFT.pdf"])
    seen = page_text(campaign, edition)
    assert ("Ce que nous pouvons faire" in seen, MARK in seen, "DRAFT" in seen) == (True, False, True)

    english(campaign, MARK, MUST)
    code, edition = build(leaflets_command, campaign)
    assert (code, edition["state"], list(pdfs(campaign))) == (1, "failed", [])
    (problem,) = edition["problems"]
    assert (problem["code"], problem["msgctxt"], problem["language"]) == ("english-changed", "help", "fr")
    assert "(can hurt: " in problem["what"]
    assert "leaflets sign fr" in problem["hint"]

    policy(campaign, "critical", "english")
    code, edition = build(leaflets_command, campaign)
    assert (code, edition["state"], list(pdfs(campaign))) == (0, "draft", ["not-alone_fr_a5_DRAFT.pdf"])
    seen = page_text(campaign, edition)
    assert (MUST in seen, "Ce que nous pouvons faire" in seen) == (True, False)
    notice = Snapshot(Project(campaign)).texts("fr", "shared")["word.english"].msgstr
    assert notice.split(".")[0] in seen


@pytest.mark.parametrize(("kind", "new"), [("meaning", "What we can give"), ("cosmetic", MARK)])
def test_other_kinds_are_withheld_too_where_the_campaign_says_so(campaign: Path, leaflets_command: Command, kind: str, new: str) -> None:
    policy(campaign, kind, "withhold")
    english(campaign, HELP, new)
    code, edition = build(leaflets_command, campaign)
    assert (code, edition["state"], [problem["code"] for problem in edition["problems"]]) == (1, "failed", ["english-changed"])
    assert KIND_WORDS[ChangeKind(kind)] in edition["problems"][0]["what"]


def test_a_change_without_extract_is_withheld_as_well(campaign: Path, leaflets_command: Command) -> None:
    edit(campaign / "leaflets" / "not-alone.yaml", HELP, MUST)
    code, edition = build(leaflets_command, campaign)
    assert (code, [problem["code"] for problem in edition["problems"]]) == (1, ["english-changed"])


def test_old_text_under_critical_changes_can_never_be_a_draft(campaign: Path) -> None:
    policy(campaign, "critical", "draft")
    with pytest.raises(LeafletsError) as refusal:
        _ = Project(campaign).campaign
    (problem,) = refusal.value.problems
    line = (campaign / "leaflets" / "campaign.yaml").read_text("utf-8").split("\n").index("  critical: draft") + 1
    assert problem.where.startswith(f"{campaign / 'leaflets' / 'campaign.yaml'}:{line}") or f":{line - 1}" in problem.where
    assert "withhold or english" in problem.hint


def test_policy_of_old_campaigns_is_to_withhold(campaign: Path) -> None:
    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").partition("changed:\n")[0], "utf-8")
    assert dict(Project(campaign).campaign.changed) == {"critical": "withhold", "meaning": "withhold", "cosmetic": "draft"}


def test_marks_of_the_diff_need_no_colour() -> None:
    assert marked_diff("Do not sign.", "Do sign it.") == "Do [-not sign.-] {+sign it.+}"
