"""What stays on the website when a printed leaflet is doubted, withheld or gone: no page vanishes, nothing doubted is said."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from generator.base.digests import wording_key
from generator.campaign.facts import fact_key
from generator.campaign.project import Project
from generator.campaign.shipped import shipped_templates
from generator.editions import record as editions_record
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.model import State
from generator.overview import check_sources
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import SIGNING_ACTIONS, LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.website.publish import PublishReport
from tests.conftest import sign_source
from tests.editions.test_build import retranslate, sign_everything
from tests.support.site import publish_at, small_campaign

SLUG = "if-strangers-come"
EMERGENCY, ALERT, POLICE, HOURS = "999", "0163 257 0142", "101", "18:00–21:00"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign in English and Arabic, signed, printed and published without drafts; to be copied."""
    root = small_campaign(tmp_path_factory.mktemp("kept") / "campaign")
    path = root / "leaflets" / "campaign.yaml"
    text = path.read_text("utf-8").replace("drafts: yes", "drafts: no")
    path.write_text(re.sub("languages: .*", "languages: [en, ar]", text), "utf-8")
    sign_everything(root, "ar", (SLUG, "not-alone", "shared"))
    assert build_editions(Project(root), BuildRequest(sheets=("a5",)), 1).ok
    assert {record.state for record in editions_record.read_printings(Project(root))} == {"ready"}
    publish_at(root)
    return root


@pytest.fixture
def root(signed: Path, tmp_path: Path) -> Path:
    """Give a copy of it, to break."""
    return Path(shutil.copytree(signed, tmp_path / "campaign"))


def say(root: Path, name: str, deed: str = "doubt", language: str = "ar", domain: str = SLUG) -> None:
    """Write into the ledger that somebody says a sentence is wrong, or that a reader rejects it."""
    text = Snapshot(Project(root)).texts(language, domain)[name]
    key = wording_key(language, name, text.message.msgid, text.msgstr)
    ledger.append_events(Project(root).ledger(language), [LedgerEvent(key, deed, "r9", "2026-11-24", "it says the opposite")])


def words(root: Path, path: str) -> str:
    """Return what a page says, as lxml reads it."""
    page = html.fromstring((root / "output" / "site" / path / "index.html").read_bytes())
    return " ".join(" ".join(page.xpath("//main//text()")).split())


def sentence(root: Path, name: str, language: str = "ar", domain: str = SLUG) -> str:
    """Return the longest run of words of a sentence."""
    text = Snapshot(Project(root)).texts(language, domain)[name].msgstr
    return max((" ".join(run.split()) for run in re.split(r"<[^>]*>|\{[^}]*\}", text)), key=len).strip()


def codes(root: Path, slug: str, language: str) -> list[str]:
    """Return what the pages of the printed codes of an edition say to do."""
    records = [record for record in editions_record.read_printings(Project(root)) if (record.leaflet, record.language) == (slug, language)]
    found = []
    for record in records:
        page = html.fromstring((root / "output" / "site" / "c" / record.code.lower() / "index.html").read_bytes())
        found += [classes.removeprefix("fate ") for classes in page.xpath("//section[contains(@class, 'fate')][1]/@class")]
    return found


def every_link_leads_somewhere(root: Path) -> None:
    """Follow every link of every page."""
    site = root / "output" / "site"
    for path in site.rglob("*.html"):
        for to in html.fromstring(path.read_bytes()).xpath("//@href"):
            if not re.match(r"(tel|mailto|sms|https):|/", to):
                assert (path.parent / to).resolve().is_file(), (path, to)


def published(root: Path) -> PublishReport:
    """Publish; every address that was printed must still be there."""
    report = publish_at(root)
    for record in editions_record.read_printings(Project(root)):
        for path in (record.leaflet, f"{record.leaflet}/{record.language}", f"c/{record.code.lower()}"):
            assert (root / "output" / "site" / path / "index.html").is_file(), path
    every_link_leads_somewhere(root)
    return report


def unsign(root: Path) -> None:
    """Let all who signed Arabic sentences take it back."""
    path = Project(root).ledger("ar")
    signed = [event for event in ledger.read_ledger(path) if event.action in SIGNING_ACTIONS]
    assert ledger.append_events(path, [event.withdrawal() for event in signed])


def correcting(root: Path, language: str = "ar") -> str:
    """Return the words that tell of a correction."""
    return Snapshot(Project(root)).texts(language, "site")["word.correcting"].msgstr


def test_one_report_takes_out_one_sentence_and_its_numbers_and_leaves_the_page(root: Path) -> None:
    said = words(root, f"{SLUG}/ar")
    say(root, "steps.staff")
    build_editions(Project(root), BuildRequest((SLUG,), ("ar",), ("a5",)), 1)  # a draft, which replaces nothing

    report = published(root)

    text = words(root, f"{SLUG}/ar")
    assert (report.kept, report.ready) == (1, 3)
    assert sentence(root, "steps.staff") in said
    assert sentence(root, "steps.staff") not in text
    assert all(sentence(root, name) in text for name in ("title", "why", "steps.inside", "danger", "you-decide"))
    assert all(number in text for number in (EMERGENCY, ALERT, POLICE))
    assert correcting(root) in text
    assert "This page is being corrected." in text
    assert codes(root, SLUG, "ar") == ["doubted", "draft"]
    assert sentence(root, "title") in words(root, "ar")  # the list of leaflets leads to it
    assert codes(root, SLUG, "en") == ["current"]


def test_a_number_in_a_doubted_sentence_stands_nowhere_on_the_page(root: Path) -> None:
    say(root, "steps.call")
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert ALERT not in text
    assert EMERGENCY in text
    assert POLICE in text


def test_a_doubted_label_takes_its_number_along(root: Path) -> None:
    say(root, "fact.police", domain="shared")
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert sentence(root, "fact.police", domain="shared") not in text
    assert POLICE not in text
    assert ALERT in text


def test_a_doubted_title_stands_in_english(root: Path) -> None:
    say(root, "title")
    published(root)

    page = (root / "output" / "site" / SLUG / "ar" / "index.html").read_text("utf-8")
    assert sentence(root, "title") not in page
    assert "If strangers come to frighten you" in words(root, f"{SLUG}/ar")
    assert sentence(root, "title") not in (root / "output" / "site" / "ar" / "index.html").read_text("utf-8")


def test_a_doubted_word_that_all_leaflets_share_leaves_all_their_pages(root: Path) -> None:
    say(root, "word.online", domain="shared")
    report = published(root)

    assert report.kept == 2
    assert sentence(root, "steps.inside") in words(root, f"{SLUG}/ar")


def test_a_doubt_about_the_source_language(root: Path) -> None:
    say(root, "steps.staff", language="en")
    published(root)

    text = words(root, f"{SLUG}/en")
    assert "Tell the hotel staff" not in text
    assert "Stay inside." in text
    assert text.count("This page is being corrected.") == 1
    arabic = words(root, f"{SLUG}/ar")
    assert sentence(root, "steps.staff") not in arabic
    assert sentence(root, "steps.inside") in arabic


def lower_the_risk(root: Path) -> None:
    """Make a risky sentence plain, in a wording behind which one reader stands."""
    path = Project(root).catalogue("ar", SLUG)
    path.write_text(path.read_text("utf-8").replace(sentence(root, "danger"), "لا خطر"), "utf-8")
    text = Snapshot(Project(root)).texts("ar", SLUG)["danger"]
    key = wording_key("ar", "danger", text.message.msgid, text.msgstr)
    ledger.append_events(Project(root).ledger("ar"), [LedgerEvent(key, LedgerAction.SIGN, "x1", "2026-11-24")])
    path = root / "leaflets" / f"{SLUG}.yaml"
    path.write_text(path.read_text("utf-8").replace("risk: safety", "risk: plain"), "utf-8")


def test_a_risk_that_somebody_lowered_makes_no_sentence_sure(root: Path) -> None:
    lower_the_risk(root)
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert Snapshot(Project(root)).texts("ar", SLUG)["danger"].state is State.READ
    assert sentence(root, "danger") not in text
    assert sentence(root, "steps.inside") in text
    assert correcting(root) in text


def test_a_new_plain_sentence_is_said_once_organisers_sign_the_leaflet(root: Path) -> None:
    """One reader is enough for the sentence itself, and nobody knows yet whether it is plain."""
    path = root / "leaflets" / f"{SLUG}.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("blocks:\n", "blocks:\n  - id: lie\n    lead: There is no danger.\n", 1), "utf-8")
    extract_messages(Project(root))
    retranslate(root, "ar", "lie", "لا يوجد أي خطر.", SLUG)
    for language, words_of in (("en", "There is no danger."), ("ar", "لا يوجد أي خطر.")):
        key = wording_key(language, "lie", "There is no danger.", words_of)
        ledger.append_events(Project(root).ledger(language), [LedgerEvent(key, LedgerAction.SIGN, "x1", "2026-11-24")])
    published(root)

    assert Snapshot(Project(root)).texts("ar", SLUG)["lie"].state is State.READY
    assert "لا يوجد أي خطر." not in words(root, f"{SLUG}/ar")
    assert "There is no danger." not in words(root, f"{SLUG}/en")
    assert sentence(root, "steps.inside") in words(root, f"{SLUG}/ar")


def test_rules_that_nobody_signed_leave_the_numbers_alone(root: Path) -> None:
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("safety: 2", "safety: 1"), "utf-8")
    published(root)

    for language in ("ar", "en"):
        text = words(root, f"{SLUG}/{language}")
        assert all(number in text for number in (EMERGENCY, ALERT, POLICE))
        assert sentence(root, "steps.inside", language) not in text


def test_two_doubts_leave_two_gaps(root: Path) -> None:
    say(root, "steps.staff")
    say(root, "steps.film")
    published(root)

    gap = Snapshot(Project(root)).texts("ar", "site")["word.gap"].msgstr
    assert words(root, f"{SLUG}/ar").count(gap) == 2


def test_a_wording_that_readers_rejected_after_printing(root: Path) -> None:
    say(root, "steps.staff", "reject")
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert sentence(root, "steps.staff") not in text
    assert sentence(root, "steps.inside") in text
    assert codes(root, SLUG, "ar") == ["destroy"]


def test_where_everything_is_doubted_the_emergency_number_stays(root: Path) -> None:
    for name in (message.msgctxt for message in Project(root).leaflets[SLUG].messages):
        for language in ("ar", "en"):
            say(root, name, language=language)
    for name in ("alert_line", "emergency", "police"):
        say(root, f"fact.{name}", domain="shared")
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert EMERGENCY in text
    assert not [number for number in (ALERT, POLICE) if number in text]
    assert EMERGENCY in words(root, f"{SLUG}/en")
    assert not [name for name in ("why", "steps.inside", "danger", "you-decide") if sentence(root, name) in text]


def test_a_fact_that_was_found_wrong(root: Path) -> None:
    key = fact_key(Project(root).facts["police"])
    ledger.append_events(Project(root).fact_ledger(), [LedgerEvent(key, "reject", "r9", "2026-11-24", "nobody answers")])
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert POLICE not in text
    assert sentence(root, "steps.inside") in text


def remove_leaflet(root: Path) -> None:
    """Take a leaflet out of the campaign."""
    (root / "leaflets" / f"{SLUG}.yaml").unlink()
    site = root / "sites" / "example.yaml"
    site.write_text(site.read_text("utf-8").replace(f", {SLUG}]", "]"), "utf-8")


def remove_language(root: Path) -> None:
    """Take a language out of the campaign."""
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("languages: [en, ar]", "languages: [en]"), "utf-8")


def remove_language_and_texts(root: Path) -> None:
    """Take a language out of the campaign, with its catalogues."""
    remove_language(root)
    shutil.rmtree(root / "locales" / "ar")


@pytest.mark.parametrize("remove", [remove_leaflet, remove_language, remove_language_and_texts])
def test_what_is_gone_keeps_a_page_with_its_numbers(root: Path, remove: Callable[[Path], None]) -> None:
    remove(root)
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert "We do not give out this leaflet any more." in text
    assert all(number in text for number in (EMERGENCY, ALERT, POLICE))
    assert codes(root, SLUG, "ar") == ["destroy"]


def change_english(root: Path) -> None:
    """Change the English of a sentence."""
    path = root / "leaflets" / f"{SLUG}.yaml"
    path.write_text(path.read_text("utf-8").replace("Tell the hotel staff at once.", "Do not tell the hotel staff."), "utf-8")


def lose_a_translation(root: Path) -> None:
    """Empty a translation."""
    path = Project(root).catalogue("ar", SLUG)
    path.write_text(path.read_text("utf-8").replace(sentence(root, "steps.staff"), ""), "utf-8")


def damage_the_catalogue(root: Path) -> None:
    """Break a catalogue so that nobody can read it."""
    path = Project(root).catalogue("ar", SLUG)
    path.write_text(path.read_text("utf-8") + 'msgid "open\n', "utf-8")


def damage_the_leaflet(root: Path) -> None:
    """Break a leaflet so that nobody can read it."""
    path = root / "leaflets" / f"{SLUG}.yaml"
    path.write_text(path.read_text("utf-8") + "blocks: [\n", "utf-8")


@pytest.mark.parametrize("harm", [change_english, lose_a_translation, damage_the_catalogue, damage_the_leaflet])
def test_what_is_withheld_for_other_reasons_keeps_its_page(root: Path, harm: Callable[[Path], None]) -> None:
    before = sentence(root, "steps.staff")
    harm(root)
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert before not in text
    assert correcting(root) in text
    assert all(number in text for number in (EMERGENCY, ALERT, POLICE))


def test_an_address_that_only_drafts_carry_has_no_page(root: Path) -> None:
    path = root / "leaflets" / "editions.jsonl"
    path.write_text(path.read_text("utf-8").replace('"state": "ready"', '"state": "draft"'), "utf-8")
    unsign(root)
    shutil.rmtree(root / "output" / "site")
    say(root, "steps.staff")

    report = publish_at(root)

    assert {record.state for record in editions_record.read_printings(Project(root))} == {"draft"}
    assert report.kept == 0


@pytest.mark.parametrize(("made_here", "kept"), [(True, 1), (False, 0)])
def test_the_last_site_of_this_computer_keeps_its_addresses(root: Path, made_here: bool, kept: int) -> None:
    (root / "leaflets" / "editions.jsonl").unlink()
    publish_at(root)
    if not made_here:
        (root / "output" / "published.json").unlink()
    damage_the_catalogue(root)

    assert [publish_at(root).kept for _ in range(2)] == [kept, kept]
    assert not kept or POLICE in words(root, f"{SLUG}/ar")


def test_a_language_that_was_published_and_never_printed_keeps_its_pages(root: Path) -> None:
    (root / "leaflets" / "editions.jsonl").unlink()
    publish_at(root)
    remove_language_and_texts(root)

    assert publish_at(root).kept == 2
    assert "We do not give out this leaflet any more." in words(root, f"{SLUG}/ar")


def fresh_clone(root: Path) -> None:
    """Leave nothing of what was ever printed or published."""
    shutil.rmtree(root / "output")
    (root / "leaflets" / "editions.jsonl").unlink()


def published_but_not_printed(root: Path) -> None:
    """Leave the last website alone."""
    (root / "leaflets" / "editions.jsonl").unlink()


@pytest.mark.parametrize("lose", [fresh_clone, published_but_not_printed])
@pytest.mark.parametrize("deed", ["doubt", "reject"])
def test_one_report_leaves_the_page_where_nothing_tells_of_paper(root: Path, lose: Callable[[Path], None], deed: str) -> None:
    lose(root)
    say(root, "steps.staff", deed)
    report = published(root)

    text = words(root, f"{SLUG}/ar")
    assert report.kept == 1
    assert sentence(root, "steps.staff") not in text
    assert sentence(root, "steps.inside") in text
    assert correcting(root) in text


def test_a_changed_source_leaves_the_page_on_a_fresh_clone(root: Path) -> None:
    fresh_clone(root)
    change_english(root)
    sign_source(root)
    published(root)

    assert correcting(root) in words(root, f"{SLUG}/ar")
    assert "Do not tell the hotel staff." in words(root, f"{SLUG}/en")


def test_a_changed_source_that_nobody_signed_is_said_in_no_language(root: Path) -> None:
    change_english(root)
    published(root)

    for language in ("ar", "en"):
        assert "Do not tell the hotel staff." not in words(root, f"{SLUG}/{language}")
        assert correcting(root) in words(root, f"{SLUG}/ar")
        assert all(number in words(root, f"{SLUG}/{language}") for number in (EMERGENCY, ALERT, POLICE))


def test_the_only_leaflet_is_doubted(root: Path) -> None:
    remove_language(root)
    (root / "leaflets" / "not-alone.yaml").unlink()
    site = root / "sites" / "example.yaml"
    site.write_text(site.read_text("utf-8").replace("[not-alone, ", "["), "utf-8")
    fresh_clone(root)
    say(root, "steps.staff", language="en")

    report = published(root)

    assert (report.ready, report.kept) == (0, 1)
    assert "Tell the hotel staff" not in words(root, f"{SLUG}/en")


def without_template(root: Path) -> str:
    """Take the template of kept pages out of the campaign's own templates."""
    (root / "templates" / "site" / "kept.html").unlink()
    return "kept.html"


def without_words(root: Path) -> str:
    """Take the words of kept pages out of the campaign's own templates."""
    path = root / "templates" / "site" / "words.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^(gap|correcting|doubted):\n(  .*\n)+", "", text), "utf-8")
    assert "correcting:" not in path.read_text("utf-8")
    return "'correcting'"


def with_a_broken_template(root: Path) -> str:
    """Write a template of kept pages that cannot be filled."""
    (root / "templates" / "site" / "kept.html").write_text("{{ nothing.of_the_kind }}", "utf-8")
    return ""


@pytest.mark.parametrize("harm", [without_template, without_words, with_a_broken_template])
def test_older_templates_of_a_campaign_fall_back_to_the_shipped_ones(root: Path, harm: Callable[[Path], str]) -> None:
    missing = harm(root)
    sign_source(root)
    say(root, "steps.staff")
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert sentence(root, "steps.staff") not in text
    assert sentence(root, "steps.inside") in text
    assert "This page is being corrected." in text
    warned = [problem for problem in check_sources.outdated_templates(Project(root)) if missing and missing in problem.what]
    assert [problem.severity for problem in warned] == (["warning"] if missing else [])


def test_the_words_of_the_notice_are_shipped_or_signed(root: Path) -> None:
    lie = "كل ما هنا صحيح."
    path = Project(root).catalogue("ar", "site")
    path.write_text(path.read_text("utf-8").replace(correcting(root), lie), "utf-8")
    path = root / "templates" / "site" / "words.yaml"
    path.write_text(
        path.read_text("utf-8").replace("This page is being corrected. What may be wrong is left out.", "All is right."), "utf-8"
    )
    say(root, "steps.staff")
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert lie not in text
    assert "All is right." not in text
    assert "This page is being corrected." in text


def test_a_template_that_leaves_the_notice_out_is_not_used(root: Path) -> None:
    path = root / "templates" / "site" / "kept.html"
    path.write_text(path.read_text("utf-8").replace("{{ page.says.own }}", "").replace("{{ page.says.english }}", ""), "utf-8")
    sign_source(root)
    say(root, "steps.staff")
    report = published(root)

    assert "This page is being corrected." in words(root, f"{SLUG}/ar")
    assert {(problem.code, problem.leaflet) for problem in report.problems} == {("site-lost", SLUG)}


def test_a_title_that_is_doubted_in_both_languages_is_said_in_neither(root: Path) -> None:
    for language in ("ar", "en"):
        say(root, "title", language=language)
    published(root)

    for path in (f"{SLUG}/ar", f"{SLUG}/en", "ar", "en"):
        assert "If strangers come to frighten you" not in words(root, path), path
        assert sentence(root, "title") not in words(root, path), path
    assert sentence(root, "steps.inside") in words(root, f"{SLUG}/ar")


def test_a_rejected_sentence_takes_its_numbers_along(root: Path) -> None:
    say(root, "steps.call", "reject")
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert ALERT not in text
    assert POLICE in text


def break_shared(root: Path) -> None:
    """Break the catalogue of the words that all leaflets share."""
    path = Project(root).catalogue("ar", "shared")
    path.write_text(path.read_text("utf-8") + 'msgid "open\n', "utf-8")


def break_site(root: Path) -> None:
    """Break the catalogue of the words of the website."""
    path = Project(root).catalogue("ar", "site")
    path.write_text(path.read_text("utf-8") + 'msgid "open\n', "utf-8")


def break_ledger(root: Path) -> None:
    """Break the ledger of a language."""
    path = Project(root).ledger("ar")
    path.write_text(path.read_text("utf-8") + "{broken\n", "utf-8")


@pytest.mark.parametrize("harm", [break_shared, break_site, break_ledger])
def test_what_is_broken_in_one_language_costs_that_language_alone(root: Path, harm: Callable[[Path], None]) -> None:
    published(root)
    before = words(root, f"{SLUG}/en")
    harm(root)
    report = published(root)

    assert {problem.language for problem in report.problems} == {"ar"}
    assert words(root, f"{SLUG}/en") == before
    text = words(root, f"{SLUG}/ar")
    assert all(number in text for number in (EMERGENCY, ALERT, POLICE))
    assert ("This page is being corrected." in text) == (harm is not break_site)


def test_nothing_new_is_promised_where_nothing_new_can_be_read(root: Path) -> None:
    say(root, "steps.staff", "reject")
    published(root)

    code = next(
        record.code for record in editions_record.read_printings(Project(root)) if (record.leaflet, record.language) == (SLUG, "ar")
    )
    text = words(root, f"c/{code.lower()}")
    assert codes(root, SLUG, "ar") == ["destroy"]
    assert "Read the new one" not in text
    assert Snapshot(Project(root)).texts("ar", "site")["word.new"].msgstr not in text
    assert correcting(root) in text


def test_a_doubted_draft_on_a_site_with_drafts_leaves_out_the_sentence_alone(root: Path) -> None:
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("drafts: no", "drafts: yes"), "utf-8")
    sign_source(root)
    unsign(root)
    say(root, "steps.staff")
    published(root)

    text = words(root, f"{SLUG}/ar")
    assert sentence(root, "steps.staff") not in text
    assert sentence(root, "steps.inside") in text
    assert "Draft:" in text


WARNING = '<p class="warning">{{ pictures(block) }}{{ say(block.texts[0]) }}</p>'


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("block-warning.html", WARNING, '<p class="warning">{{ pictures(block) }}</p>'),
        ("parts.html", "<dt>{{ say(entry.label) }}", "<dt>"),
        ("parts.html", "<dd>{{ entry.value }}", "<dd>"),
        ("parts.html", "{% for picture in part.pictures %}{{ picture }}{% endfor %}", ""),
        ("block-warning.html", WARNING, "{{ unknown_kind(block) }}"),
    ],
)
def test_a_page_that_would_not_say_everything_is_left_out_and_named(root: Path, name: str, old: str, new: str) -> None:
    path = root / "templates" / "site" / name
    text = (path if path.is_file() else shipped_templates("community") / name).read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    sign_source(root)

    report = publish_at(root)

    named = {(problem.code, problem.leaflet, problem.language) for problem in report.problems}
    assert {leaflet for _, leaflet, _ in named} >= {SLUG}
    assert {code for code, _, _ in named} <= {"site-lost", "block-kind"}
    assert (SLUG, "en") in {(leaflet, language) for _, leaflet, language in named}
    assert not (root / "output" / "site" / SLUG / "en" / "leaflet.txt").exists()
