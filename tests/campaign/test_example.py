"""Made-up numbers never look ready: the shipped campaign is an example, and a campaign made from it is a draft until it has its own."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from generator.campaign.facts import fact_key
from generator.campaign.made_up import CAMPAIGN_ADDRESS, SHIPPED_FACTS_DIGEST, facts_digest, is_made_up
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.editions.content import edition_page, fact_names
from generator.layout.composer import Composer
from generator.layout.stage import STAGES, FactState, edition_stage, file_ending
from generator.model import Edition, Fact, State
from generator.overview.new import new_campaign
from generator.printrun.phone_tree import print_phone_tree
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.signing.sign_facts import fact_tasks, sign_fact
from tests.conftest import READERS, ROOT, copy_campaign, one_key, sign_all, sign_source

Command = Callable[..., tuple[int, str, str]]
FACT = Fact("line", "phone", "+441632060123", "", "https://www.gov.uk", None, 180)
BAND = "EXAMPLE: these numbers are made up."


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def facts_of(campaign: Path) -> Path:
    return campaign / "leaflets" / "facts.yaml"


def two_languages(campaign: Path) -> Path:
    """Leave English and Arabic in a campaign, which is faster."""
    edit(campaign / "leaflets" / "campaign.yaml", "languages: [en, ar,", "languages: [en, ar]\n#")
    return campaign


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Give the shipped campaign as it is, in English and Arabic."""
    for name in ("leaflets", "locales", "sites"):
        shutil.copytree(ROOT / name, tmp_path / "example" / name, ignore=shutil.ignore_patterns(".leaflets*", "reviews.jsonl.lock"))
    return two_languages(tmp_path / "example")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Give what `leaflets new` makes, in English and Arabic."""
    new_campaign(tmp_path / "new")
    return two_languages(tmp_path / "new")


@pytest.fixture
def own(campaign: Path) -> Path:
    """Give a campaign of people's own, in English and Arabic."""
    return two_languages(campaign)


@pytest.fixture
def run(leaflets_command: Command) -> Callable[..., tuple[int, Any]]:
    """Give a function that runs a command with --json: (folder, arguments) to exit code and what it says."""

    def command(folder: Path, *arguments: str) -> tuple[int, Any]:
        code, out, err = leaflets_command(*arguments, "--json", cwd=folder)
        assert out, err
        return code, json.loads(out)

    return command


Run = Callable[..., tuple[int, Any]]


def built(run: Run, campaign: Path, *arguments: str) -> dict[str, Any]:
    """Build one edition and return its row."""
    (row,) = run(campaign, "build", *arguments, "-s", "a5", "-j", "1")[1]["editions"]
    return dict(row)


def sign_site(campaign: Path) -> None:
    """Let two people sign the facts of the site `example`."""
    project = Project(campaign)
    keys = [fact_key(fact, "example") for fact in project.site("example").facts.values()]
    ledger.append_events(
        project.fact_ledger("example"), [LedgerEvent(key, "approve", who, "2026-11-22") for key in keys for who in READERS]
    )


def sign_words(campaign: Path) -> Path:
    """Let two people sign the source of a campaign as it is, by the key of one computer."""
    if "  keys: 1\n" not in (campaign / "leaflets" / "campaign.yaml").read_text("utf-8"):
        one_key(campaign)
    sign_source(campaign)
    return campaign


def words(path: Path) -> list[str]:
    """Return the text of each page, words parted by one space."""
    document = pypdfium2.PdfDocument(path)
    pages = [" ".join(page.get_textpage().get_text_range().replace("\ufffe", "-").split()) for page in document]
    document.close()
    return pages


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "+442079460999"), ("phone", "+447700900001"), ("phone", "+448081570999"), ("phone", "+441632960000"),
        ("phone", "+441134960321"), ("phone", "+442920180555"), ("phone", "+12025550142"), ("url", "https://example.com"),
        ("url", "https://www.example.org/help"), ("url", "https://our.example"), ("email", "us@example.net"), ("email", "a@b.example.org"),
        ("address", "Community Hall, 20 Example Road"),
    ],
)  # fmt: skip
def test_what_is_kept_for_films_and_examples_is_made_up_whatever_it_is_called(kind: str, value: str) -> None:
    assert is_made_up(replace(FACT, kind=kind, value=value))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "999"), ("phone", "+448088010503"), ("phone", "+442079461999"), ("phone", "+447700901000"), ("phone", "+4420794609991"),
        ("url", "https://example.org.uk"), ("url", "https://notexample.org"), ("email", "example@our.net"), ("times", "18:00-21:00"),
        ("date", "2027-03-20"), ("address", "The dining room"), ("address", "Example Street Hall"),
    ],
)  # fmt: skip
def test_what_people_can_really_have_is_not_made_up(kind: str, value: str) -> None:
    assert not is_made_up(replace(FACT, kind=kind, value=value))


def test_hours_and_dates_of_the_example_are_made_up_with_its_source_under_any_name() -> None:
    assert is_made_up(replace(FACT, name="other", kind="times", value="18:00-21:00", source="https://example.org"))
    assert is_made_up(replace(FACT, example=True))


def shipped_facts() -> Iterable[Fact]:
    project = Project(ROOT)
    return [*project.facts.values(), *project.site("example").facts.values()]


def test_every_shipped_fact_is_known_by_its_value_and_marked_if_it_is_made_up() -> None:
    assert [fact.name for fact in shipped_facts() if fact.example] == [
        fact.name for fact in shipped_facts() if is_made_up(replace(fact, example=False))
    ]
    real = {fact.name for fact in shipped_facts()} - {fact.name for fact in shipped_facts() if fact.example}
    assert real == {"emergency", "emergency_mobile", "police", "nhs", "migrant_help", "samaritans", "press_regulator", "acas", "fair_work"}


def test_the_program_knows_the_shipped_facts_by_their_digest() -> None:
    """Whoever changes a shipped fact writes the new digest into campaign/made_up.py."""
    assert facts_digest(Project(ROOT).facts.values()) == SHIPPED_FACTS_DIGEST


def test_nobody_has_looked_up_a_shipped_fact() -> None:
    assert [fact.name for fact in shipped_facts() if fact.verified] == []
    assert not Project(ROOT).fact_ledger().exists()
    assert set(Snapshot(Project(ROOT)).fact_states.values()) == {State.DRAFT}


def test_only_signed_numbers_and_read_texts_make_an_edition_ready() -> None:
    found = {(numbers, ready): edition_stage(numbers, ready, False) for numbers in FactState for ready in (True, False)}
    assert [key for key, stage in found.items() if stage.name == "ready"] == [(FactState.SIGNED, True)]
    assert [key for key, stage in found.items() if stage.example] == [(FactState.EXAMPLE, True), (FactState.EXAMPLE, False)]
    assert all(file_ending(stage.name, stage.example) == stage.ending for stage in STAGES)
    assert [bool(stage.stamp) for stage in STAGES] == [stage.name != "ready" for stage in STAGES]


def test_the_example_whose_source_nobody_signed_is_a_draft_besides(example: Path, run: Run) -> None:
    row = built(run, example, "not-alone", "-l", "en")
    assert (row["state"], row["example"], row["path"]) == ("draft", True, "not-alone/not-alone_en_a5_EXAMPLE_DRAFT.pdf")


def test_the_example_says_so_on_every_page_in_the_file_name_and_the_lists(example: Path, run: Run) -> None:
    sign_words(example)
    row = built(run, example, "not-alone", "-l", "en")
    assert (row["state"], row["example"], row["path"]) == ("example", True, "not-alone/not-alone_en_a5_EXAMPLE.pdf")
    pages = words(example / "output" / row["path"])
    assert all(page.count("EXAMPLE") == 2 and BAND in page and "example, made-up numbers" in page for page in pages)
    (problem,) = row["problems"]
    assert (problem["code"], problem["severity"]) == ("made-up", "warning")
    assert problem["what"] == f"still made up: campaign_email, campaign_phone, campaign_text, line_hours, {CAMPAIGN_ADDRESS}"


def test_the_example_with_unread_text_says_both(example: Path, run: Run) -> None:
    row = built(run, example, "not-alone", "-l", "ar")
    assert (row["state"], row["example"], row["path"]) == ("draft", True, "not-alone/not-alone_ar_a5_EXAMPLE_DRAFT.pdf")
    snapshot, edition = Snapshot(Project(example)), Edition("not-alone", "ar", "a5")
    band = snapshot.texts("ar", SHARED_DOMAIN)["word.example-draft"]
    used = edition_page(snapshot, edition, snapshot.edition_texts(edition))
    assert all(BAND in page and "Nobody has checked it." in page for page in words(example / "output" / row["path"]))
    assert band.msgstr in used.html


def test_a_leaflet_without_a_made_up_fact_is_an_example_too(example: Path, run: Run) -> None:
    leaflet = example / "leaflets" / "write-to-the-press.yaml"
    leaflet.write_text(leaflet.read_text("utf-8").replace("campaign_email", "press_regulator"), "utf-8")
    sign_words(example)
    row = built(run, example, "write-to-the-press", "-l", "en")
    assert (row["state"], [problem["what"] for problem in row["problems"]]) == ("example", [f"still made up: {CAMPAIGN_ADDRESS}"])


@pytest.mark.parametrize("change", ["own number", "one more fact", "a mark taken off and a value changed"])
def test_with_the_first_own_fact_the_example_ends_and_a_draft_names_what_is_left(example: Path, run: Run, change: str) -> None:
    if change == "one more fact":
        edit(facts_of(example), "emergency:\n", "ours:\n  kind: phone\n  value: '112'\n  source: here\nemergency:\n")
    elif change == "own number":
        edit(facts_of(example), '"+447700900123"\n  display: 07700 900123', '"+441632000123"\n  display: 01632 000123')
    else:
        edit(facts_of(example), "value: 2027-03-20\n  source: https://example.org\n  example: yes", "value: 2027-03-27\n  source: us")
    sign_words(example)
    row = built(run, example, "not-alone", "-l", "en")
    assert (row["state"], row["example"], row["path"]) == ("draft", False, "not-alone/not-alone_en_a5_DRAFT.pdf")
    assert "campaign_phone" in row["problems"][0]["what"]
    pages = words(example / "output" / row["path"])
    assert all("EXAMPLE" not in page and "DRAFT" in page and "some of its numbers are made up" in page for page in pages)
    code, found = run(example, "check", "-l", "en")
    assert (code, [problem["hint"] for problem in found["problems"] if problem["code"] == "example-over"]) == (
        1,
        ["take the line `example: yes` out"],
    )


def test_a_new_campaign_is_no_example_and_never_ready_with_made_up_facts_even_signed(new: Path, run: Run) -> None:
    assert not re.search("^example:", (new / "leaflets" / "campaign.yaml").read_text("utf-8"), re.MULTILINE)
    one_key(new)
    sign_all(new)
    row = built(run, new, "if-strangers-come", "-l", "en")
    assert (row["state"], row["path"]) == ("draft", "if-strangers-come/if-strangers-come_en_a5_DRAFT.pdf")
    assert "alert_line" in row["problems"][0]["what"]
    assert {row["name"]: row["state"] for row in run(new, "status")[1]["facts"]}["emergency"] == "ready"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('value: "+442009460123"\n  display: 020 0946 0123', 'value: "+442079460123"\n  display: 020 7946 0123'),
        ('value: "+442009460123"\n  display: 020 0946 0123', 'value: "+447700900777"'),
        ("label: Call us\n", "label: Call us\n  example: yes\n"),
    ],
    ids=["the shipped number without its mark", "another number of films", "an own number that is still marked"],
)
def test_a_fact_is_still_made_up_in_any_campaign(own: Path, run: Run, before: str, after: str) -> None:
    assert built(run, own, "not-alone", "-l", "en")["state"] == "ready"
    edit(facts_of(own), before, after)
    sign_all(own)
    row = built(run, own, "not-alone", "-l", "en")
    assert (row["state"], row["problems"][0]["what"]) == ("draft", "still made up: campaign_phone")


@pytest.mark.parametrize("source", ["https://example.org/about", "https://www.ofcom.org.uk/phones-and-broadband/numbers-for-drama"])
def test_an_own_value_with_the_source_of_the_example_was_never_looked_up(source: str) -> None:
    assert not is_made_up(FACT)
    assert is_made_up(replace(FACT, source=source))


def test_nobody_signs_what_is_made_up(new: Path) -> None:
    """A signature would count on the day on which the mark is taken out, though nobody looked anything up."""
    project = Project(new)
    tasks = {task.fact.name: task for task in fact_tasks(project, "", "r2", date(2026, 11, 22))}
    with pytest.raises(LeafletsError, match="still made up"):
        sign_fact(project, tasks["rally_date"], "r2", date(2026, 11, 22))
    sign_fact(project, tasks["emergency"], "r2", date(2026, 11, 22))


def test_no_page_is_ready_whose_codes_lead_to_an_address_that_nobody_can_have(own: Path, run: Run) -> None:
    edit(own / "leaflets" / "campaign.yaml", "https://nb.internal", "https://example.org/leaflets")
    row = built(run, own, "not-alone", "-l", "en")
    assert (row["state"], row["problems"][0]["what"]) == ("draft", f"still made up: {CAMPAIGN_ADDRESS}")


def test_a_site_with_a_made_up_number_prints_no_ready_page(own: Path, run: Run) -> None:
    site = own / "sites" / "example.yaml"
    sign_site(own)
    assert built(run, own, "not-alone", "-l", "en", "--site", "example")["state"] == "ready"
    edit(site, '"+441632060123"\n    display: 01632 060123', '"+441632960123"\n    display: 01632 960123')
    assert built(run, own, "not-alone", "-l", "en", "--site", "example")["state"] == "draft"
    found = run(own, "check", "-l", "en")[1]["problems"]
    assert [Path(problem["where"]).name for problem in found if problem["what"] == "still made up: campaign_phone"] == ["example.yaml"]


def test_a_site_of_the_example_with_a_real_number_is_excused_by_nothing(example: Path, run: Run) -> None:
    sign_words(example)
    assert built(run, example, "not-alone", "-l", "en", "--site", "example")["state"] == "example"
    edit(example / "sites" / "example.yaml", '"+441632960123"\n    display: 01632 960123', '"+441632060123"\n    display: 01632 060123')
    edit(example / "sites" / "example.yaml", "    example: yes\n", "")
    row = built(run, example, "not-alone", "-l", "en", "--site", "example")
    assert (row["state"], row["example"]) == ("draft", False)
    assert row["problems"][0]["what"] == f"still made up: campaign_email, campaign_text, line_hours, {CAMPAIGN_ADDRESS}"


def test_a_tree_of_made_up_people_is_no_ready_paper(own: Path) -> None:
    sign_site(own)
    ready = print_phone_tree(Project(own), "example", ["en"]).paths["en"]
    assert "DRAFT" not in ready.name
    site = own / "sites" / "example.yaml"
    edit(site, "01632 000202", "07700 900202")
    after = print_phone_tree(Project(own), "example", ["en"]).paths["en"]
    assert (after.name, ready.exists()) == ("phone-tree_en_example_DRAFT.pdf", False)


def test_every_place_lists_the_same_made_up_facts(new: Path, run: Run, leaflets_command: Command) -> None:
    sign_words(new)
    status = run(new, "status")[1]["made_up"]
    (check,) = (problem for problem in run(new, "check", "-l", "en")[1]["problems"] if Path(problem["where"]).name == "facts.yaml")
    said = f"still made up: {', '.join(status)}"
    assert (len(status), check["what"]) == (17, said)
    assert said in leaflets_command("status", cwd=new)[1]
    assert said in leaflets_command("build", "not-alone", "-l", "en", "-j", "1", cwd=new)[1]
    assert ", ".join(status) in (new / "output" / "index.html").read_text("utf-8")
    edit(new / "sites" / "example.yaml", "ar: 30, ur: 9", "ar: 30")
    _, packed = run(new, "pack", "example")
    left = f"still made up: campaign_email, campaign_phone, campaign_text, line_hours, {CAMPAIGN_ADDRESS}: put in"
    assert left in packed["packs"][0]["left"][0]["why"][0]
    edit(new / "leaflets" / "campaign.yaml", "drafts: no", "drafts: yes")
    assert run(new, "publish")[1]["made_up"] == status


def test_the_site_of_the_example_says_so_on_every_page(example: Path, run: Run) -> None:
    sign_words(example)
    run(example, "build", "not-alone", "come-to-the-rally", "-l", "en", "-j", "1")
    code, found = run(example, "publish")
    assert (code, found["ready"]) == (0, 0)
    pages = [path for path in (example / "output" / "site").rglob("*.html") if BAND not in " ".join(path.read_text("utf-8").split())]
    assert pages == []
    dates = sorted(path.name for path in (example / "output" / "site").rglob("*.ics"))
    assert (bool(dates), all(name.endswith("_EXAMPLE.ics") for name in dates)) == (True, True)
    assert [path.name for path in (example / "output").glob("*/*.ics")] == ["come-to-the-rally_en_EXAMPLE.ics"]


def test_the_site_offers_nobody_behind_a_made_up_number(own: Path, run: Run) -> None:
    run(own, "publish")
    wrong = own / "output" / "site" / "not-alone" / "en" / "wrong" / "index.html"
    assert "sms:+441632000123" in wrong.read_text("utf-8")
    edit(facts_of(own), '"+441632000123"\n  display: 01632 000123', '"+447700900124"\n  display: 07700 900124')
    sign_all(own)
    run(own, "publish")
    shown = [path for path in (own / "output" / "site").rglob("*.html") if "7700" in path.read_text("utf-8")]
    assert shown == []


PLACES = {
    "a sentence": ("not-alone.yaml", "We stand with you.", "We meet on {day}."),
    "a detail": ("facts.yaml", 'detail: "Every day, {line_hours}."', 'detail: "Until {day}, {line_hours}."'),
    "a shared word": ("words.yaml", "text: Read this on your phone", 'text: "Read this on your phone until {day}"'),
    "an event": ("not-alone.yaml", "  - id: safe\n", "  - id: when\n    event: {date: day}\n  - id: safe\n"),
}


def plan_day(campaign: Path, place: str, day: str) -> None:
    """Let `not-alone` print a date at a place."""
    name, before, after = PLACES[place]
    folder = campaign / ("templates/community" if name == "words.yaml" else "leaflets")
    edit(folder / name, before, after)
    facts = facts_of(campaign)
    facts.write_text(facts.read_text("utf-8") + f"\nday:\n  kind: date\n  value: {day}\n  source: us\n", "utf-8")
    sign_all(campaign)


@pytest.mark.parametrize("place", PLACES)
def test_a_date_that_is_over_withholds_wherever_it_stands(own: Path, run: Run, place: str, leaflets_command: Command) -> None:
    plan_day(own, place, "2026-11-22")
    leaflets_command("extract", cwd=own)
    row = built(run, own, "not-alone", "-l", "en")
    assert (row["state"], [problem["code"] for problem in row["problems"]]) == ("failed", ["fact-past"])
    found = run(own, "check", "-l", "en")
    assert (found[0], [problem["code"] for problem in found[1]["problems"] if problem["code"].startswith("fact-")]) == (1, ["fact-past"])
    code, _, err = leaflets_command("status", cwd=own)
    assert (code, "day: 2026-11-22 is over" in err, "Next: leaflets check" in err) == (1, True, True)


@pytest.mark.parametrize("place", PLACES)
def test_a_date_of_today_is_printed_wherever_it_stands(own: Path, run: Run, place: str) -> None:
    plan_day(own, place, "2026-11-23")
    row = built(run, own, "not-alone", "-l", "en")
    assert row["state"] == "ready"
    assert "23/11/2026" in " ".join(words(own / "output" / row["path"]))


def test_a_past_date_in_the_phone_tree_withholds_it(own: Path) -> None:
    edit(own / "leaflets" / "phone-tree.yaml", "blocks:\n", "blocks:\n  - id: since\n    text: Since {day}.\n")
    facts_of(own).write_text(facts_of(own).read_text("utf-8") + "\nday:\n  kind: date\n  value: 2026-11-22\n  source: us\n", "utf-8")
    sign_all(own)
    assert [problem.code for problem in print_phone_tree(Project(own), "example", ["en"]).problems] == ["fact-past"]


def test_the_site_withholds_what_a_short_sheet_would_leave_out(own: Path, run: Run) -> None:
    """The first sheet of the leaflet prints a part of it only; the page prints all."""
    plan_day(own, "a sentence", "2026-11-22")
    edit(own / "leaflets" / "not-alone.yaml", "sheets: [", "sheets: [wallet, ")
    run(own, "publish")
    assert not (own / "output" / "site" / "not-alone" / "en" / "index.html").exists()


def test_whatever_a_page_places_is_judged(shipped: Project) -> None:
    """The composer is asked which facts it placed, in all leaflets and languages."""
    snapshot, missing = Snapshot(shipped), {}
    for slug, leaflet in shipped.leaflets.items():
        for code in shipped.campaign.languages:
            if snapshot.started(code, slug):
                texts = snapshot.edition_texts(Edition(slug, code, "a4"))
                composer = Composer(shipped.languages[code], snapshot.facts, texts, shipped.campaign)
                composer.say("title"), composer.say("word.online"), composer.say("word.english")
                [composer.part(block) for block in leaflet.blocks]
                if late := composer.placed_names.keys() - fact_names(leaflet, texts):
                    missing[slug, code] = late
    assert missing == {}


def test_a_signature_is_the_day_on_which_a_fact_was_looked_up(own: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file names no day; half a year later it must be looked up again, and whoever signed it is asked again."""

    def be(day: date) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str((day - date(1970, 1, 1)).days * 86400 + 3600))

    facts = facts_of(own)
    facts.write_text(facts.read_text("utf-8").replace("  verified: 2026-11-22\n", ""), "utf-8")
    assert Snapshot(Project(own)).facts["nhs"].verified == date(2026, 11, 22)
    be(date(2027, 1, 30))
    assert built(run, own, "not-alone", "-l", "en")["state"] == "ready"
    be(date(2027, 5, 22))
    row = built(run, own, "not-alone", "-l", "en")
    assert (row["state"], {problem["code"] for problem in row["problems"]}) == ("failed", {"fact-old"})
    project = Project(own)
    ledger.append_events(
        project.fact_ledger(), [LedgerEvent(fact_key(fact), "approve", "r901", "2027-05-22") for fact in project.facts.values()]
    )
    assert built(run, own, "not-alone", "-l", "en")["state"] == "ready"


def test_the_signer_is_asked_again_when_it_is_long_ago(own: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = facts_of(own)
    facts.write_text(facts.read_text("utf-8").replace("  verified: 2026-11-22\n", ""), "utf-8")
    found = []
    for day, answers in ((date(2026, 12, 1), ""), (date(2027, 5, 22), "s\n" * 40), (date(2027, 5, 23), "")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str((day - date(1970, 1, 1)).days * 86400 + 3600))
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        found.append(leaflets_command("sign", "facts", "--as", "r901", cwd=own)[2].split(" facts for")[0].split()[-1])
    assert found == ["0", "25", "0"]
    assert Snapshot(Project(own)).facts["nhs"].verified == date(2027, 5, 22)


def test_a_fact_that_nobody_looked_up_is_a_draft_not_an_error(own: Path, run: Run) -> None:
    facts = facts_of(own)
    facts.write_text(facts.read_text("utf-8").replace("  verified: 2026-11-22\n", ""), "utf-8")
    Project(own).fact_ledger().unlink()
    row = built(run, own, "not-alone", "-l", "en")
    assert (row["state"], row["problems"]) == ("draft", [])


def test_the_tests_own_campaign_is_no_example(tmp_path: Path) -> None:
    project = Project(copy_campaign(tmp_path / "own"))
    assert (project.campaign.example, Snapshot(project).made_up, Snapshot(project, "example").made_up) == (False, frozenset(), frozenset())
