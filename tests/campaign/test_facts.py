"""A number, link or date is printed as ready only while enough people sign it, and not at all when it is old or over."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from generator.base.jsonl import json_line
from generator.campaign.facts import check_fact, check_past, fact_key
from generator.campaign.project import Project
from generator.editions.content import fact_names
from generator.model import Fact, State
from generator.overview.check import check_campaign
from generator.review import ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from tests.conftest import ROOT, copy_campaign

ANNA, BILAL = "r41", "r42"
"""Reader codes of nobody: they say themselves that they are examples."""
LINE = Fact(
    "line", "phone", "+442009460123", "020 0946 0123", "https://example.org", date(2026, 11, 22), 180, "Call us", where="facts.yaml:1"
)
TODAY = date(2026, 11, 23)

Command = Callable[..., tuple[int, str, str]]
Clock = Callable[[date], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give a function that sets the day."""

    def be(day: date) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str((day - date(1970, 1, 1)).days * 86400 + 3600))

    return be


@pytest.fixture(autouse=True)
def fixed_day(clock: Clock) -> None:
    """Let it be 23 November 2026."""
    clock(TODAY)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a copy of the campaign in three languages, whose facts nobody has signed."""
    campaign = copy_campaign(tmp_path / "campaign", languages=("en", "ar", "fr"))
    (campaign / "leaflets" / "reviews.jsonl").unlink()
    return campaign


@pytest.fixture
def sign(leaflets_command: Command, monkeypatch: pytest.MonkeyPatch, campaign: Path) -> Callable[..., tuple[int, str, str]]:
    """Give a function that runs `leaflets sign facts` with answers, each time as whom one says."""

    def run(*answers: str, who: str = ANNA, site: str = "", cwd: Path = campaign) -> tuple[int, str, str]:
        (cwd / ".leaflets.reader").unlink(missing_ok=True)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
        return leaflets_command("sign", "facts", "--as", who, *(("--site", site) if site else ()), cwd=cwd)

    return run


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def facts_file(campaign: Path) -> Path:
    return campaign / "leaflets" / "facts.yaml"


def states(campaign: Path, site: str = "") -> dict[str, State]:
    return Snapshot(Project(campaign), site).fact_states


def to(campaign: Path, name: str, *answers: str) -> list[str]:
    """Return the answers that skip to a fact, for somebody who has signed none."""
    return ["k"] * list(Project(campaign).facts).index(name) + list(answers)


def approve(campaign: Path, names: list[str], *people: str, site: str = "") -> None:
    """Let example people sign facts."""
    project = Project(campaign)
    facts = project.own_facts(site) if site else project.facts
    keys = [fact_key(facts[name], site) for name in names]
    assert ledger.append_events(
        project.fact_ledger(site), [LedgerEvent(key, "approve", who, "2026-11-23") for key in keys for who in people]
    )


WRONG = {
    "number without its country": (replace(LINE, value="02009460123"), "fact-form"),
    "number with spaces": (replace(LINE, value="+44 20 0946 0123"), "fact-form"),
    "number too long": (replace(LINE, value="+4420094601234567"), "fact-form"),
    "number of country 0": (replace(LINE, value="+042009460123"), "fact-form"),
    "link without encryption": (replace(LINE, kind="url", value="http://example.org", display=""), "fact-form"),
    "link with a query": (replace(LINE, kind="url", value="https://example.org/?utm=1", display=""), "fact-form"),
    "day that does not exist": (replace(LINE, kind="date", value="2027-02-30", display=""), "fact-form"),
    "hour that does not exist": (replace(LINE, kind="times", value="18:00-25:00", display=""), "fact-form"),
    "another number on paper": (replace(LINE, display="020 0946 0124"), "fact-display"),
    "two digits the other way round": (replace(LINE, display="020 7964 0123"), "fact-display"),
    "a digit too many": (replace(LINE, display="020 0946 01233"), "fact-display"),
    "Arabic digits": (replace(LINE, display="٠٢٠ ٧٩٤٦ ٠١٢٣"), "fact-display"),
    "words beside the number": (replace(LINE, display="020 0946 0123 (free)"), "fact-display"),
    "another address on paper": (replace(LINE, kind="url", value="https://example.org", display="example.com"), "fact-display"),
    "another amount on paper": (replace(LINE, kind="money", value="£12.50", display="£12"), "fact-display"),
    "looked up tomorrow": (replace(LINE, verified=date(2026, 11, 24)), "fact-verified"),
}


@pytest.mark.parametrize(("fact", "code"), WRONG.values(), ids=WRONG.keys())
def test_wrong_form_is_an_error_with_place_and_advice(fact: Fact, code: str) -> None:
    (problem,) = check_fact(fact, TODAY)
    assert (problem.code, problem.severity, problem.where) == (code, "error", "facts.yaml:1")
    assert problem.hint


@pytest.mark.parametrize(
    "fact",
    [
        LINE,
        replace(LINE, display=""),
        replace(LINE, display="+44 20 0946 0123"),
        replace(LINE, display="020 0946-0123"),
        replace(LINE, value="999", display=""),
        replace(LINE, value="116123", display="116 123"),
        replace(LINE, kind="url", value="https://www.example.org/help/", display="example.org/help"),
        replace(LINE, kind="email", value="hello@nb.internal", display=""),
        replace(LINE, kind="date", value="2027-03-20", display=""),
        replace(LINE, kind="times", value="18:00-21:00", display=""),
        replace(LINE, kind="money", value="£1,250.00", display=""),
        replace(LINE, kind="address", value="Town Hall Square, 1 Sample Street", display=""),
    ],
)
def test_right_form_is_no_problem(fact: Fact) -> None:
    assert check_fact(fact, TODAY) == []


@pytest.mark.parametrize(
    ("days", "code", "severity"),
    [
        (0, "", ""),
        (150, "", ""),
        (151, "fact-due", "warning"),
        (180, "fact-due", "warning"),
        (181, "fact-old", "error"),
        (4000, "fact-old", "error"),
    ],
)
def test_fact_must_be_looked_up_again(days: int, code: str, severity: str) -> None:
    """It warns for thirty days; after the last day nothing is printed."""
    found = [(problem.code, problem.severity) for problem in check_fact(LINE, LINE.verified + timedelta(days))]
    assert found == ([(code, severity)] if code else [])


@pytest.mark.parametrize(("day", "codes"), [("2027-03-19", []), ("2027-03-20", []), ("2027-03-21", ["fact-past"])])
def test_event_is_over_the_day_after(day: str, codes: list[str]) -> None:
    rally = replace(LINE, kind="date", value="2027-03-20", display="", recheck=999)
    assert [problem.code for problem in check_past(rally, date.fromisoformat(day))] == codes
    assert check_past(LINE, date(2099, 1, 1)) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("value: https://www.ipso.co.uk", "value: http://www.ipso.co.uk", "https://example.org"),
        ('value: "+442009460123"', 'value: "02009460123"', "+448088010503 or 999"),
        ("display: 020 0946 0123", "display: 020 0946 0124", "print the same digits"),
        ("value: 2027-03-20", "value: 2027-02-30", "2027-03-20"),
    ],
)
def test_check_shows_a_wrong_fact_with_its_line(campaign: Path, leaflets_command: Command, before: str, after: str, words: str) -> None:
    edit(facts_file(campaign), before, after)
    code, out, err = leaflets_command("check", "-l", "en", cwd=campaign)
    assert (code, words in out + err, "facts.yaml:" in out + err) == (1, True, True)


def test_signing_shows_a_fact_with_its_source_and_counts_people(campaign: Path, sign: Command) -> None:
    _, out, err = sign(*to(campaign, "campaign_phone", "s", "q"))
    assert f"{len(Project(campaign).facts)} facts for {ANNA}." in err
    assert f"campaign_phone   {list(Project(campaign).facts).index('campaign_phone') + 1} of " in out
    assert "  phone      +442009460123\n  printed    020\u00a00946\u00a00123\n" in out
    assert "  source     https://nb.internal, looked up 2026-11-22" in out
    assert states(campaign)["campaign_phone"] is State.READ
    assert "\ncampaign_phone " not in sign("q")[1]


def test_two_people_make_a_fact_ready_and_one_person_twice_does_not(campaign: Path, sign: Command) -> None:
    found = [states(campaign)["campaign_phone"]]
    for who in (ANNA, ANNA, "Example-Anna", BILAL):
        sign(*(to(campaign, "campaign_phone", "s", "q") if who in (ANNA, BILAL) and found[-1] is not State.READY else ["q"]), who=who)
        found.append(states(campaign)["campaign_phone"])
    assert found[0] is State.DRAFT
    assert set(found[1:4]) == {State.READ}
    assert found[4] is State.READY
    assert [
        event.who
        for event in ledger.read_ledger(Project(campaign).fact_ledger())
        if event.key == fact_key(Project(campaign).facts["campaign_phone"])
    ] == [ANNA, BILAL]
    assert "\ncampaign_phone " not in sign(*["k"] * 40, who="r43")[1]


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ('value: "+442009460123"\n  display: 020 0946 0123', 'value: "+442009460124"\n  display: 020 0946 0124', State.DRAFT),
        ("display: 020 0946 0123", "display: +44 20 0946 0123", State.DRAFT),
        ("  display: 020 0946 0123\n", "", State.DRAFT),
        ("verified: 2026-11-22", "verified: 2026-11-23", State.READY),
        ("label: Call us\n", "label: Please call us\n", State.READY),
    ],
    ids=["value", "printed form", "no printed form", "verified", "label"],
)
def test_another_value_or_printed_form_lapses_both_signatures_and_a_revert_restores_them(
    campaign: Path, before: str, after: str, state: State
) -> None:
    approve(campaign, ["campaign_phone"], ANNA, BILAL)
    text = facts_file(campaign).read_text("utf-8")
    start = text.index("campaign_phone:")
    assert before in text[start:]
    found = [states(campaign)["campaign_phone"]]
    for version in (text[:start] + text[start:].replace(before, after, 1), text):
        facts_file(campaign).write_text(version, "utf-8")
        found.append(states(campaign)["campaign_phone"])
    assert found == [State.READY, state, State.READY]


def test_signatures_of_one_fact_are_of_no_other(campaign: Path) -> None:
    """Not of a fact with the same value either: 112 and 999 are known by name."""
    twin = facts_file(campaign).read_text("utf-8").replace("emergency_mobile:", "emergency_twin:")
    facts_file(campaign).write_text(twin, "utf-8")
    approve(campaign, ["emergency_twin"], ANNA, BILAL)
    facts_file(campaign).write_text(twin.replace("emergency_twin:", "emergency_mobile:"), "utf-8")
    assert set(states(campaign).values()) == {State.DRAFT}


def test_rejection_needs_a_reason_and_outweighs_signatures(campaign: Path, sign: Command) -> None:
    approve(campaign, ["campaign_phone", "campaign_text"], BILAL)
    sign(*to(campaign, "campaign_phone"), "r", "", "r", "not ours", "u", "r", "nobody answers", "q")
    assert [event.action for event in ledger.read_ledger(Project(campaign).fact_ledger())][-3:] == ["reject", "withdraw", "reject"]
    assert [states(campaign)[name] for name in ("campaign_phone", "campaign_text")] == [State.READ, State.DRAFT]
    out = sign(*["k"] * 40, who="r44")[1]
    assert ("  rejected   nobody answers" in out, "not ours" in out) == (True, False)


def test_a_baseline_is_nobodys_signature(campaign: Path) -> None:
    """Earlier versions wrote into the ledger that each fact counts as it is; whoever types such lines, or signs them, proves nothing."""
    project = Project(campaign)
    path = project.fact_ledger()
    lines = [LedgerEvent(fact_key(fact), "baseline", "shipped", "2026-11-22") for fact in project.facts.values()]
    path.write_text("".join(json_line(ledger.event_row(line)) for line in lines), "utf-8")
    assert set(states(campaign).values()) == {State.DRAFT}
    path.unlink()
    ledger.append_events(path, lines)
    assert set(states(campaign).values()) == {State.DRAFT}
    approve(campaign, ["police"], ANNA, BILAL)
    assert {name for name, found in states(campaign).items() if found is not State.DRAFT} == {"police"}


def test_shipped_facts_can_be_rejected(campaign: Path, sign: Command) -> None:
    """Whoever finds that a shipped number is dead must be able to say so."""
    assert "\nsamaritans " in sign(*["k"] * 40)[1]


def test_wrong_fact_cannot_be_signed(campaign: Path, sign: Command) -> None:
    edit(facts_file(campaign), "display: 020 0946 0123", "display: 020 0946 0124")
    _, out, err = sign(*to(campaign, "campaign_phone", "s", "q"))
    assert ("  problem    " in out, "[fact-display]" in err) == (True, True)
    assert not Project(campaign).fact_ledger().exists()


def test_fact_that_changed_between_showing_and_signing_is_refused(
    campaign: Path, sign: Command, monkeypatch: pytest.MonkeyPatch, leaflets_command: Command
) -> None:
    class Late(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            if '"+442009460123"' in facts_file(campaign).read_text("utf-8"):
                edit(facts_file(campaign), '"+442009460123"\n  display: 020 0946 0123', '"+442009460999"\n  display: 020 0946 0999')
            return super().readline()

    monkeypatch.setattr("sys.stdin", Late("\n".join([*to(campaign, "campaign_phone", "s", "q"), ""])))
    _, _, err = leaflets_command("sign", "facts", "--as", ANNA, cwd=campaign)
    assert ("[sign-conflict]" in err, Project(campaign).fact_ledger().exists()) == (True, False)


def test_undo_and_a_closed_terminal_keep_what_was_answered(campaign: Path, sign: Command) -> None:
    sign("s", "s", "u")
    assert [states(campaign)[name] for name in list(Project(campaign).facts)[:2]] == [State.READ, State.DRAFT]
    sign("s")
    assert [states(campaign)[name] for name in list(Project(campaign).facts)[:2]] == [State.READ, State.READ]


def test_code_of_a_machine_signs_no_facts(campaign: Path, sign: Command) -> None:
    code, _, err = sign("s", "q", who="language-model")
    assert (code, "[reader-code]" in err, Project(campaign).fact_ledger().exists()) == (2, True, False)


def test_facts_of_a_site_are_signed_apart_and_stay_private(campaign: Path, sign: Command) -> None:
    """What people of a house signed says nothing of the shared number, and the other way round."""
    for who in (ANNA, BILAL):
        code, out, _ = sign("s", "s", "q", who=who, site="example")
        assert (code, "+441632060123" in out, "+442009460123" in out) == (0, True, False)
    assert (campaign / "sites" / "reviews.jsonl").exists()
    assert not Project(campaign).fact_ledger().exists()
    assert [states(campaign, "example")[name] for name in ("campaign_phone", "meeting_place", "nhs")] == [
        State.READY,
        State.READY,
        State.DRAFT,
    ]
    assert set(states(campaign).values()) == {State.DRAFT}
    approve(campaign, ["nhs"], ANNA, BILAL)
    assert states(campaign, "example")["nhs"] is State.READY


def test_same_value_at_a_site_needs_signatures_of_its_own(campaign: Path) -> None:
    approve(campaign, ["campaign_phone"], ANNA, BILAL)
    site = campaign / "sites" / "example.yaml"
    site.write_text(site.read_text("utf-8").replace("+441632060123", "+442009460123").replace("01632 060123", "020 0946 0123"), "utf-8")
    assert (states(campaign)["campaign_phone"], states(campaign, "example")["campaign_phone"]) == (State.READY, State.DRAFT)


def test_signatures_of_one_site_are_none_of_another(campaign: Path) -> None:
    """All sites write into one ledger; the very same number must be looked up at each house."""
    shutil.copy(campaign / "sites" / "example.yaml", campaign / "sites" / "north.yaml")
    approve(campaign, ["campaign_phone"], ANNA, BILAL, site="example")
    assert [states(campaign, site)["campaign_phone"] for site in ("example", "north")] == [State.READY, State.DRAFT]


def test_unknown_site_is_wrong_use(campaign: Path, sign: Command) -> None:
    code, _, err = sign("s", site="exmple")
    assert (code, "example" in err) == (2, True)


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_git_ignores_signatures_of_sites_and_the_folders_reader(tmp_path: Path) -> None:
    shutil.copy(ROOT / ".gitignore", tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    names = [
        "sites/reviews.jsonl",
        ".leaflets.reader",
        "sites/north.yaml",
        "sites/example.yaml",
        "leaflets/reviews.jsonl",
        "locales/ar/reviews.jsonl",
    ]
    done = subprocess.run(["git", "check-ignore", *names], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.split() == names[:3]


def build(command: Command, campaign: Path, leaflet: str = "not-alone", *more: str) -> dict[str, object]:
    """Build the English edition, and return its row with the names of the PDFs there are."""
    _, out, _ = command("build", leaflet, "-l", "en", "-s", "a5", "-j", "1", "--json", *more, cwd=campaign)
    (edition,) = json.loads(out)["editions"]
    return edition | {
        "codes": [problem["code"] for problem in edition["problems"]],
        "pdfs": [p.name for p in (campaign / "output").rglob("*.pdf")],
    }


def page_text(campaign: Path, edition: dict[str, object]) -> str:
    document = pypdfium2.PdfDocument(campaign / "output" / str(edition["path"]))
    found = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return found


def test_english_edition_is_a_draft_until_the_last_fact_is_ready_and_is_withheld_when_one_is_old(
    campaign: Path, leaflets_command: Command, clock: Clock
) -> None:
    """One signature is missing under the hours that only the detail of a contact names; later the same PDF is cached, and too old."""
    project = Project(campaign)
    leaflet = project.leaflets["care-workers"]
    used = sorted(fact_names(leaflet, Snapshot(project).texts("en", "shared")) & project.facts.keys())
    assert "line_hours" in used
    assert "line_hours" not in {name for block in leaflet.blocks for name in block.facts.values()}
    approve(campaign, used, ANNA)
    approve(campaign, [name for name in used if name != "line_hours"], BILAL)
    edition = build(leaflets_command, campaign, "care-workers")
    assert (edition["state"], edition["pdfs"]) == ("draft", ["care-workers_en_a5_DRAFT.pdf"])
    band = next(message.msgid for message in project.words if message.msgctxt == "word.draft-facts")
    assert " ".join(band.split()) in page_text(campaign, edition)

    approve(campaign, ["line_hours"], BILAL)
    edition = build(leaflets_command, campaign, "care-workers")
    assert (edition["state"], edition["pdfs"]) == ("ready", ["care-workers_en_a5.pdf"])
    assert " ".join(band.split()) not in page_text(campaign, edition)

    clock(date(2027, 5, 21))
    edition = build(leaflets_command, campaign, "care-workers")
    assert (edition["state"], edition["cached"], edition["pdfs"]) == ("ready", True, ["care-workers_en_a5.pdf"])
    clock(date(2027, 5, 22))
    edition = build(leaflets_command, campaign, "care-workers")
    assert (edition["state"], set(edition["codes"]), edition["pdfs"]) == ("failed", {"fact-old"}, [])


def test_edition_of_a_past_event_is_withheld(campaign: Path, leaflets_command: Command, clock: Clock) -> None:
    clock(date(2027, 3, 21))
    edition = build(leaflets_command, campaign, "come-to-the-rally")
    assert (edition["state"], edition["codes"], edition["pdfs"]) == ("failed", ["fact-past"], [])


def test_check_warns_before_and_refuses_after(campaign: Path, leaflets_command: Command, clock: Clock) -> None:
    found = {}
    for day in (date(2026, 11, 23), date(2027, 5, 1), date(2027, 5, 22)):
        clock(day)
        code, out, _ = leaflets_command("check", "-l", "en", "--json", cwd=campaign)
        found[day] = (code, {row["code"] for row in json.loads(out)["problems"] if "fact" in row["code"]})
    assert list(found.values()) == [(0, set()), (1, {"fact-due", "fact-past"}), (1, {"fact-old", "fact-past"})]


def test_old_fact_of_a_site_is_found_and_withheld(campaign: Path, leaflets_command: Command) -> None:
    site = campaign / "sites" / "example.yaml"
    site.write_text(site.read_text("utf-8").replace("2026-11-22", "2026-01-01"), "utf-8")
    assert leaflets_command("check", "-l", "en", cwd=campaign)[0] == 1
    edition = build(leaflets_command, campaign, "not-alone", "--site", "example")
    assert (edition["state"], edition["codes"]) == ("failed", ["fact-old"])


def test_the_days_of_a_telephone_line_may_stand_in_its_detail_and_nowhere_else(small: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(small, tmp_path / "campaign"))
    path = root / "leaflets" / "facts.yaml"
    path.write_text(path.read_text("utf-8").replace("detail: Day and night.", "detail: Monday to Friday.", 1), "utf-8")
    assert "Monday" in path.read_text("utf-8")
    assert "weekdays" not in {problem.code for problem in check_campaign(Project(root), TODAY, ["en"])}

    path.write_text(re.sub("label: .*", "label: Call us on Monday", path.read_text("utf-8"), count=1), "utf-8")
    assert "weekdays" in {problem.code for problem in check_campaign(Project(root), TODAY, ["en"])}
