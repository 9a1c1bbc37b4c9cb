"""The page's own words: all there, in the volunteer's language where people have read them, else marked as English."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import PAGE_DOMAINS, Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.review.live_snapshot import LiveSnapshot
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import corrected_task, task_for
from generator.signing.sign import correct_wording
from generator.web import words
from generator.web.app import create_app
from generator.web.server_state import ServerState
from generator.web.visitors import UserRole, Visitors
from tests.conftest import ROOT

DAY = date(2026, 11, 23)
USED = re.compile(r"""\bword(?:_text)?\(\s*["']([a-z0-9-]+)["'](?!\s*~)""")
Say = Callable[..., object]


def say(campaign: Path, path: str, speak: Say) -> object:
    """Return what `speak` says during a request to `path`."""
    app = create_app(ServerState(campaign, LiveSnapshot(campaign), Visitors(), "127.0.0.1:8420"))
    with app.test_request_context(path, headers={"Cookie": f"{words.LANGUAGE_COOKIE}=ar"}):
        return speak()


def write_and_sign(campaign: Path, name: str, text: str) -> None:
    """Let an example reader translate one word into Arabic."""
    project = Project(campaign)
    snapshot = Snapshot(project)
    before = task_for(snapshot, "ar", "review", snapshot.texts("ar", "review")[f"word.{name}"], "r17")
    after = corrected_task(snapshot, before, text, "r17")
    correct_wording(project, before, after, "r17", DAY, {problem.code: "looked at" for problem in after.problems})


def test_every_word_of_the_templates_exists() -> None:
    """A misspelt word would be an error in front of a volunteer."""
    files = [*(ROOT / "templates" / "screens" / "review").rglob("*.html"), *(ROOT / "generator" / "web").rglob("*.py")]
    used = {name for path in files for name in USED.findall(path.read_text("utf-8"))}

    assert used
    assert {f"word.{name}" for name in used} - words.english_words().keys() == set()


def test_every_mishap_has_its_words_and_what_to_do_next() -> None:
    from generator.web.errors import STATUS_PAGES

    names = [*map(str, STATUS_PAGES), "401-link", "403-organisers", "problem"]

    assert [name for name in names if not {f"word.error-{name}", f"word.error-{name}-next"} <= words.english_words().keys()] == []


def test_every_catalogue_that_is_no_leaflet_has_a_name() -> None:
    """A reader sees it in the list of leaflets."""
    assert [name for name in (*PAGE_DOMAINS, SHARED_DOMAIN, GLOSSARY) if f"word.domain-{name}" not in words.english_words()] == []


def test_a_word_that_does_not_exist_is_an_error(campaign: Path) -> None:
    with pytest.raises(KeyError):
        say(campaign, "/", lambda: words.word_markup("no-such-word"))


def test_a_screen_for_all_languages_stays_english_until_a_word_is_ready(campaign: Path) -> None:
    """After a look at an Arabic leaflet, the print desk is not English from right to left; the leaflet's own screens are Arabic."""
    codes = [say(campaign, path, lambda: words.page_language().code) for path in ("/desk", "/read/ar")]
    write_and_sign(campaign, "skip", "إلى النص")

    assert (*codes, say(campaign, "/desk", lambda: words.page_language().code)) == ("en", "ar", "ar")


def test_a_word_nobody_has_read_is_english_and_says_so(campaign: Path) -> None:
    """A translation that nobody signed is not shown, though it stands in the catalogue."""
    path = Project(campaign).catalogue("ar", "review")
    text = path.read_text("utf-8").replace('msgid "Skip to the text"\nmsgstr ""', 'msgid "Skip to the text"\nmsgstr "إلى النص"')
    path.write_text(text, "utf-8")

    assert "إلى النص" in text
    assert say(campaign, "/read/ar", lambda: words.word_markup("skip")) == Markup('<span lang="en" dir="ltr">Skip to the text</span>')


def test_a_word_that_was_read_is_shown(campaign: Path) -> None:
    write_and_sign(campaign, "skip", "إلى النص")

    assert say(campaign, "/read/ar", lambda: words.word_markup("skip")) == "إلى النص"
    assert say(campaign, "/read/ar", lambda: words.word_text("skip")) == "إلى النص"


def test_a_word_whose_english_changed_since_is_english(campaign: Path) -> None:
    """Also where the campaign's own copy of the words is older than the program."""
    write_and_sign(campaign, "skip", "إلى النص")
    path = campaign / "templates" / "review" / "words.yaml"
    path.write_text(path.read_text("utf-8").replace("Skip to the text", "Go to the text"), "utf-8")

    assert say(campaign, "/read/ar", lambda: words.word_text("skip")) == "Skip to the text"


def test_values_in_words_are_text(campaign: Path) -> None:
    shown = say(campaign, "/read/ar", lambda: words.word_markup("who", code="<b>"))

    assert shown == ('<span lang="en" dir="ltr">You are <bdi>&lt;b&gt;</bdi></span>')
    assert say(campaign, "/read/ar", lambda: words.word_text("who", code="<b>")) == "You are <b>"


def test_a_broken_catalogue_or_campaign_leaves_the_english(campaign: Path) -> None:
    """The page that says what is broken still has words."""
    Project(campaign).catalogue("ar", "review").write_text("broken", "utf-8")
    assert say(campaign, "/", lambda: words.word_text("skip")) == "Skip to the text"

    (campaign / "leaflets" / "campaign.yaml").write_text("broken", "utf-8")
    assert say(campaign, "/", lambda: words.word_text("skip")) == "Skip to the text"


def test_a_broken_campaign_is_a_page_with_the_reason(campaign: Path) -> None:
    visitors = Visitors()
    app = create_app(ServerState(campaign, LiveSnapshot(campaign), visitors, "127.0.0.1:8420"))
    client = app.test_client()
    from generator.web.visitors import User

    client.get(f"/start/{visitors.invite(User('r2', UserRole.ORGANISER))}", base_url="http://127.0.0.1:8420")
    (campaign / "leaflets" / "campaign.yaml").write_text("broken", "utf-8")

    answer = client.post(
        "/people", data={"code": "r9", "you": "r2"}, base_url="http://127.0.0.1:8420", headers={"Origin": "http://127.0.0.1:8420"}
    )

    assert answer.status_code == 500
    assert "<code>leaflets/campaign.yaml:1</code>" in answer.text
    assert str(campaign) not in answer.text
