"""The record of what was printed: whole through kills, and what becomes of each code when the campaign changes."""

from __future__ import annotations

import json
import subprocess
from dataclasses import fields, replace
from itertools import permutations
from pathlib import Path

import pytest

from generator.base.digests import wording_key
from generator.campaign.facts import fact_key
from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions import record as editions_record
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.editions.recall import RecallJudge
from generator.model import Edition
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerEvent
from generator.review.printing import Printing, printings_with_code
from generator.review.recall_rules import CurrentContent, Disposition, RecallVerdict, judge_printing
from tests.conftest import ROOT, copy_built, copy_campaign
from tests.editions.test_build import edit, retranslate, sign_everything

FACTS = ("campaign_email", "campaign_phone", "campaign_text", "line_hours", "migrant_help", "nhs", "samaritans")
RECORD = Printing(
    "FR-1AB0Z", "not-alone", "fr", "a5", "", "ready", "2026-11-23", "2026-11-22", {"not-alone/title": "0" * 20}, {}, "f" * 64, {}
)  # fmt: skip


def printed(folder: Path, site: str = "", language: str = "fr") -> Printing:
    """Print one edition and return the record of it."""
    report = build_editions(Project(folder), BuildRequest(("not-alone",), (language,), ("a5",), site), jobs=1)
    assert [problem.line() for outcome in report.outcomes for problem in outcome.record.problems] == []
    return newest(folder, Edition("not-alone", language, "a5", site))


def newest(folder: Path, edition: Edition) -> Printing:
    """Return what the record holds last of an edition."""
    found = [one for one in editions_record.read_printings(Project(folder)) if one.edition == edition]
    return max(found, key=lambda one: one.turn)


def verdict(folder: Path, record: Printing) -> RecallVerdict:
    return RecallJudge(Project(folder)).verdict(record)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Printing]:
    """Give a campaign whose French `not-alone` is signed and printed; for copying only."""
    folder = copy_campaign(tmp_path_factory.mktemp("printed") / "campaign")
    sign_everything(folder, "fr")
    return folder, printed(folder)


@pytest.fixture
def folder(once: tuple[Path, Printing], tmp_path: Path) -> Path:
    """Give a copy of the printed campaign, to change."""
    return copy_built(tmp_path / "campaign", once[0])


@pytest.fixture
def record(once: tuple[Path, Printing]) -> Printing:
    return once[1]


def test_a_record_says_what_the_pages_hold_by_keys_alone(folder: Path, record: Printing) -> None:
    (line,) = (folder / "leaflets" / "editions.jsonl").read_text("utf-8").splitlines()
    row = json.loads(line)
    known = manifest.read_manifest(folder / "output")["not-alone_fr_a5"]
    message = Project(folder).leaflets["not-alone"].title

    assert set(row) == {field.name for field in fields(Printing)}
    assert (row["code"], row["sha256"], row["state"]) == (known.code, known.sha256, "ready")
    assert (row["built"], row["dated"]) == ("2026-11-23", "2026-11-22")
    french = retranslate(folder, "fr", "title", "X")
    assert row["sentences"]["not-alone/title"] == wording_key("fr", "title", message.msgid, french)
    project = Project(folder)
    assert row["facts"] == {name: fact_key(project.facts[name]) for name in FACTS}
    assert "0808 8010 503" not in line
    assert "8088010503" not in line
    assert set(row["english"]) == set(row["sentences"])


def test_an_unchanged_edition_is_written_down_once(folder: Path, record: Printing) -> None:
    before = (folder / "leaflets" / "editions.jsonl").read_bytes()

    printed(folder)

    assert (folder / "leaflets" / "editions.jsonl").read_bytes() == before


def test_a_printing_that_nobody_wrote_down_is_written_down_by_the_next_build(folder: Path, record: Printing) -> None:
    (folder / "leaflets" / "editions.jsonl").unlink()

    assert printed(folder) == record


def test_going_back_makes_the_old_code_the_newest_again(folder: Path, record: Printing) -> None:
    old = retranslate(folder, "fr", "title", "Vous n’êtes pas seuls, jamais")
    other = printed(folder)
    retranslate(folder, "fr", "title", old)
    again = printed(folder)

    assert [line.code for line in editions_record.read_printings(Project(folder))] == [record.code, other.code, record.code]
    assert again == replace(record, turn=3)
    assert verdict(folder, other).by == record.code


def test_make_clean_keeps_the_record(folder: Path) -> None:
    """That of an older campaign too, which nobody has taken over yet."""
    record = (folder / "leaflets" / "editions.jsonl").read_bytes()
    old = [folder / "output" / "editions.jsonl", folder / "output" / "archive" / "editions.jsonl"]
    for path in old:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"{}\n")
    for name in ("Makefile", "pyproject.toml"):
        (folder / name).write_bytes((ROOT / name).read_bytes())

    subprocess.run(["make", "clean"], cwd=folder, check=True, capture_output=True)

    assert sorted(path for path in (folder / "output").rglob("*") if path.is_file()) == sorted(old)
    assert (folder / "leaflets" / "editions.jsonl").read_bytes() == record
    subprocess.run(["make", "clean"], cwd=folder, check=True, capture_output=True)


def test_a_line_cut_off_by_a_kill_is_written_again(folder: Path, record: Printing) -> None:
    path = folder / "leaflets" / "editions.jsonl"
    whole = path.read_bytes()
    for cut in (1, 7, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole + whole[:cut])
        assert editions_record.read_printings(Project(folder)) == [record]
    path.write_bytes(whole[:-9])

    assert editions_record.read_printings(Project(folder)) == []
    assert printed(folder) == record
    assert path.read_bytes() == whole


def test_a_damaged_line_stops_with_its_place(folder: Path) -> None:
    path = folder / "leaflets" / "editions.jsonl"
    path.write_text(path.read_text("utf-8") + '{"code": "FR-00000"}\n' * 2, "utf-8")

    with pytest.raises(LeafletsError) as caught:
        build_editions(Project(folder), BuildRequest(("not-alone",), ("fr",), ("a5",)), jobs=1)

    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("editions", f"{path}:2")]


def test_records_of_any_length_are_appended_whole(tmp_path: Path) -> None:
    long = replace(RECORD, turn=2, sentences={f"not-alone/{number}": "0" * 20 for number in range(900)})
    printings = [replace(RECORD, turn=1), long, replace(RECORD, turn=3)]
    for record in printings:
        editions_record.append_printing(Project(tmp_path), record)

    assert editions_record.read_printings(Project(tmp_path)) == printings


def test_what_was_not_written_down_is_not_printed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions_record, "append_printing", lambda project, record: _fail(project.printings_file()))
    report = build_editions(Project(folder), BuildRequest(("not-alone",), ("fr",), ("a4",)), jobs=1)

    assert [outcome.record.state for outcome in report.outcomes] == ["failed"]
    assert not (folder / "output" / "not-alone" / "not-alone_fr_a4.pdf").exists()


def _fail(path: Path) -> None:
    from generator.base.files import file_error

    raise file_error(path, OSError(28, "No space left on device"), "write")


def test_a_printing_of_today_is_current(folder: Path, record: Printing) -> None:
    assert verdict(folder, record) == RecallVerdict(Disposition.CURRENT)


def test_another_translation_replaces_the_paper(folder: Path, record: Printing) -> None:
    retranslate(folder, "fr", "title", "Vous n’êtes pas seuls, jamais")

    waiting = verdict(folder, record)
    draft = printed(folder)
    beside = verdict(folder, record)
    sign_everything(folder, "fr")
    found = verdict(folder, record)
    by = printed(folder).code

    assert (waiting.disposition, waiting.by) == (beside.disposition, beside.by) == (Disposition.DOUBTED, "")
    assert (found.disposition, found.by) == (Disposition.REPLACED, "")
    assert [(reason.name, reason.what) for reason in found.reasons] == [("not-alone/title", "it has another translation now")]
    assert verdict(folder, record).by == verdict(folder, draft).by == by != record.code


def test_a_doubt_keeps_the_paper_back_and_the_draft_after_it_replaces_nothing(folder: Path, record: Printing) -> None:
    event = LedgerEvent(record.sentences["not-alone/welcome"], "doubt", "r9", "2026-11-24", "it says the opposite")
    ledger.append_events(Project(folder).ledger("fr"), [event])
    draft = printed(folder)

    found = verdict(folder, record)

    assert (draft.state, draft.code != record.code) == ("draft", True)
    assert (found.disposition, found.by) == (Disposition.DOUBTED, "")
    assert [reason.name for reason in found.reasons] == ["not-alone/welcome"]
    answer = LedgerEvent(event.key, "answer", "x1", "2026-11-25", "it is right", target=event.id)
    ledger.append_events(Project(folder).ledger("fr"), [answer])
    assert verdict(folder, record).disposition is Disposition.CURRENT
    assert printed(folder).code == record.code
    assert verdict(folder, draft).by == record.code


TODAY = CurrentContent(
    frozenset({"not-alone"}),
    frozenset({"fr"}),
    frozenset(),
    {"not-alone/title": "b" * 64},
    {"not-alone/title": "Now"},
    {"not-alone/title": {"1" * 12: "now", "2" * 12: "Now"}},
    {},
    {},
    frozenset(),
    on_sheets={"a5": frozenset({"not-alone/title", "not-alone/new"})},
)
"""A campaign that says one sentence, and has another for readers to come."""


def paper(code: str, turn: int, says: str = "a", state: str = "ready", **more: str) -> Printing:
    """Give a printing of one sentence: today's is `b`, and `a` said nearly the same."""
    sentences = {"not-alone/title": says * 20} | {f"not-alone/{name}": key for name, key in more.items()}
    return replace(RECORD, code=f"FR-{code}", turn=turn, state=state, sentences=sentences, english={"not-alone/title": "1" * 12})


def by(printed: Printing, *others: Printing) -> str:
    """Return the code that takes the place of a printing, whatever the order of the lines."""
    found = {judge_printing(printed, TODAY, order).by for order in permutations([printed, *others])}
    (code,) = found
    return code.removeprefix("FR-")


def test_what_takes_the_place_of_a_paper_of_an_older_text() -> None:
    old, draft, ready = paper("OLD00", 1), paper("DRAFT", 2, "c", "draft"), paper("READY", 3, "d")
    assert by(old, draft) == ""
    assert by(old, draft, ready) == "READY"
    assert by(ready, old, draft) == ""
    assert by(draft, old) == ""
    assert by(draft, old, ready) == "READY"
    assert by(draft, paper("AGAIN", 3, "d", "draft")) == "AGAIN"
    assert by(draft, ready, paper("AGAIN", 4, "e", "draft")) == "READY"


def test_what_says_the_text_of_today_is_current_whoever_printed_it_and_when() -> None:
    today, other = paper("TODAY", 1, "b"), paper("OTHER", 1)
    assert judge_printing(today, TODAY, [today, other]) == RecallVerdict(Disposition.CURRENT)
    assert judge_printing(today, TODAY, [today, paper("LATER", 7)]) == RecallVerdict(Disposition.CURRENT)
    assert by(other, today) == by(paper("LATER", 7), today) == "TODAY"
    assert by(paper("DRAFT", 1, "b", "draft"), today) == "TODAY"


def test_of_two_that_say_nothing_wrong_the_one_that_says_all_of_today_is_current() -> None:
    less, all_of_it = paper("LESS0", 2, "b"), paper("ALL00", 1, "b", new="9" * 64)
    today = replace(TODAY, sentences=TODAY.sentences | {"not-alone/new": "9" * 64})
    for order in permutations([less, all_of_it]):
        assert judge_printing(less, today, order).by == "FR-ALL00"
        assert judge_printing(all_of_it, today, order) == RecallVerdict(Disposition.CURRENT)


def test_the_papers_of_two_computers_that_say_the_same_do_not_replace_each_other() -> None:
    assert by(paper("ONE00", 1, "b"), paper("OTHER", 1, "b")) == ""
    assert by(paper("ONE00", 1, "c"), paper("OTHER", 1, "d")) == ""


def test_a_rejected_wording_destroys_the_paper_and_a_withdrawal_saves_it(folder: Path, record: Printing) -> None:
    project = Project(folder)
    event = LedgerEvent(record.sentences["not-alone/safe"], "reject", "x3", "2026-11-24", "it says the opposite")
    ledger.append_events(project.ledger("fr"), [event])

    found = verdict(folder, record)
    ledger.append_events(project.ledger("fr"), [LedgerEvent(event.key, "withdraw", "x3", "2026-11-25", target=event.id)])

    assert found.disposition is Disposition.DESTROY
    assert [(reason.name, reason.what) for reason in found.reasons] == [
        ("not-alone/safe", "readers rejected this wording: it says the opposite")
    ]
    assert verdict(folder, record).disposition is Disposition.CURRENT


@pytest.mark.parametrize(
    ("old", "new", "fate", "what"),
    [
        ("We are your neighbours.", "We are your neighbours", Disposition.DOUBTED, "its English has changed, which is not ready yet"),
        ("We stand with you.", "We stand beside you.", Disposition.DOUBTED, "its English has changed, which is not ready yet"),
        ("We stand with you.", "We do not stand with you.", Disposition.DESTROY, "its English has changed (“not” or “never”)"),
    ],
)
def test_only_a_critical_change_of_the_english_destroys_the_paper(
    folder: Path, record: Printing, old: str, new: str, fate: Disposition, what: str
) -> None:
    edit(folder / "leaflets" / "not-alone.yaml", old, new)
    before = verdict(folder, record)
    extract_messages(Project(folder))

    found = verdict(folder, record)

    assert found == before
    assert (found.disposition, found.by) == (fate, "")
    assert [(reason.name, reason.what) for reason in found.reasons] == [("not-alone/welcome", what)]


def test_a_sentence_that_was_taken_out_counts_by_what_it_said(folder: Path, record: Printing) -> None:
    path = folder / "leaflets" / "not-alone.yaml"
    text = path.read_text("utf-8")
    start = text.index("  - id: safe")
    path.write_text(text[:start] + text[text.index("  - id:", start + 5) :], "utf-8")
    extract_messages(Project(folder))

    found = verdict(folder, record)

    assert found.disposition is Disposition.DESTROY
    assert [reason.name for reason in found.reasons] == ["not-alone/safe"]
    assert found.reasons[0].what.startswith("the sentence was taken out (")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('value: "+448088010503"\n  display: 0808 8010 503', 'value: "+441632570999"\n  display: 0163 257 0999', "this fact has changed"),
        ("value: 18:00-21:00", "value: 18:00-20:00", "this fact has changed"),
    ],
)
def test_a_changed_fact_destroys_the_paper(folder: Path, record: Printing, old: str, new: str, what: str) -> None:
    edit(folder / "leaflets" / "facts.yaml", old, new)

    found = verdict(folder, record)

    assert found.disposition is Disposition.DESTROY
    assert [reason.what for reason in found.reasons] == [what]


def test_a_fact_that_somebody_found_wrong_destroys_the_paper(folder: Path, record: Printing) -> None:
    path = Project(folder).fact_ledger()
    ledger.append_events(path, [LedgerEvent(record.facts["samaritans"], "reject", "x3", "2026-11-24", "nobody answers")])

    found = verdict(folder, record)

    assert [(reason.name, reason.disposition) for reason in found.reasons] == [("samaritans", Disposition.DESTROY)]


def test_a_leaflet_or_a_language_that_is_gone_destroys_the_paper(folder: Path, record: Printing) -> None:
    edit(folder / "leaflets" / "campaign.yaml", ", fr, ta]", ", ta]")
    no_language = verdict(folder, record)
    (folder / "leaflets" / "not-alone.yaml").unlink()

    assert [reason.name for reason in no_language.reasons] == ["fr"]
    assert [reason.name for reason in verdict(folder, record).reasons] == ["not-alone", "fr"]


def test_the_facts_of_a_site_are_its_own_and_a_site_that_is_gone_destroys_the_paper(folder: Path, record: Printing) -> None:
    here = printed(folder, "example")
    plain = fact_key(Project(folder).own_facts("example")["campaign_phone"], "example")
    current = verdict(folder, here)
    edit(
        folder / "sites" / "example.yaml",
        'value: "+441632060123"\n    display: 01632 060123',
        'value: "+441632060124"\n    display: 01632 060124',
    )

    changed = verdict(folder, here)
    assert (folder / "sites" / ".secret").stat().st_mode & 0o777 == 0o600
    (folder / "sites" / "example.yaml").unlink()
    gone = verdict(folder, here)

    assert here.facts["campaign_phone"] not in (plain, record.facts["campaign_phone"])
    private = (folder / "sites" / "editions.jsonl").read_text("utf-8")
    assert "632060123" not in private
    assert "1632 060123" not in private
    assert "example" not in (folder / "leaflets" / "editions.jsonl").read_text("utf-8")
    assert current.disposition is Disposition.CURRENT
    assert [(reason.name, reason.disposition) for reason in changed.reasons] == [("campaign_phone", Disposition.DESTROY)]
    assert [(reason.name, reason.disposition) for reason in gone.reasons] == [("example", Disposition.DESTROY)]
    assert verdict(folder, record).disposition is Disposition.CURRENT


def test_an_english_box_is_recorded_as_english(folder: Path) -> None:
    edit(folder / "leaflets" / "campaign.yaml", "missing: withhold", "missing: english")
    retranslate(folder, "fr", "title", "")
    boxed = printed(folder)
    before = verdict(folder, boxed)
    retranslate(folder, "fr", "title", "Vous n’êtes pas seul")

    assert boxed.sentences["not-alone/title"] == wording_key("fr", "title", "You are not alone", "")
    assert before.disposition is Disposition.CURRENT
    assert [reason.what for reason in verdict(folder, boxed).reasons] == ["it has another translation now, which is not ready yet"]


def test_the_replacement_is_not_named_if_it_is_to_be_destroyed_too(folder: Path, record: Printing) -> None:
    retranslate(folder, "fr", "title", "Vous n’êtes pas seuls, jamais")
    printed(folder)
    edit(folder / "leaflets" / "facts.yaml", "value: 18:00-21:00", "value: 18:00-20:00")

    assert verdict(folder, record).by == ""


@pytest.mark.parametrize("typed", ["FR-1AB0Z", "fr-1ab0z", "fr1aboz", "FR–IAB0Z", " fr lab0z ", "FR-١AB٠Z"])
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert printings_with_code([RECORD, replace(RECORD, code="FR-1AB0Y")], typed) == [RECORD]


def test_two_editions_may_share_a_code() -> None:
    other = replace(RECORD, sheet="a4")

    assert printings_with_code([RECORD, other, replace(RECORD, sha256="e" * 64)], "FR-1AB0Z") == [replace(RECORD, sha256="e" * 64), other]
