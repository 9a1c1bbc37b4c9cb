"""What was found once is not worked out again, and nothing wrong is believed for being remembered."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.base import result_cache
from generator.base.clock import today
from generator.base.result_cache import MOST_RESULTS, ResultCache
from generator.campaign.project import Project
from generator.editions import build as building
from generator.editions import last_build, manifest
from generator.editions.build import BuildReport, build_editions
from generator.editions.plan import BuildRequest
from generator.overview.check import check_campaign
from generator.problem import Problem
from generator.review import check_results

ONE = BuildRequest(("not-alone",), ("ar",), ("a5",))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder := tmp_path / "cache"))
    return folder


@pytest.fixture
def campaign(small: Path, tmp_path: Path) -> Path:
    """Give a small campaign to change."""
    return Path(shutil.copytree(small, tmp_path / "campaign"))


def files(cache: Path) -> list[Path]:
    return sorted((cache / "solidarity-leaflets" / "remembered").glob("*.json"))


# The file


def test_what_was_kept_is_there_for_the_next_run() -> None:
    first = ResultCache("sums")
    assert first.worked("1+1", lambda: [2]) == [2]
    first.save()
    second = ResultCache("sums")
    assert second.worked("1+1", lambda: pytest.fail("worked out again")) == [2]
    assert second.get("1+2") is None


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b'{"rows": {"1+1": [3]}}', b"\xff\xfe", b'{"rows": 1, "made_here": "0"}'])
def test_a_file_that_this_computer_did_not_write_counts_for_nothing(damage: bytes) -> None:
    kept = ResultCache("sums")
    kept.keep("1+1", [2])
    kept.save()
    kept.path.write_bytes(damage)
    assert ResultCache("sums").get("1+1") is None


def test_a_changed_result_counts_for_nothing() -> None:
    kept = ResultCache("sums")
    kept.keep("1+1", [2])
    kept.save()
    kept.path.write_text(kept.path.read_text("utf-8").replace("[2]", "[3]"), "utf-8")
    assert ResultCache("sums").get("1+1") is None


def test_a_cache_that_cannot_be_written_costs_time_only(cache: Path) -> None:
    cache.write_text("a file where a folder should be", "utf-8")
    kept = ResultCache("sums")
    kept.keep("1+1", [2])
    kept.save()
    assert ResultCache("sums").get("1+1") is None


def test_the_file_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_RESULTS > 1000
    monkeypatch.setattr(result_cache, "MOST_RESULTS", 3)
    for number in range(5):
        kept = ResultCache("sums")
        kept.get("0")
        kept.keep(str(number), number)
        kept.save()
    assert list(ResultCache("sums").rows) == ["3", "0", "4"]


def test_files_that_nobody_changed_for_long_are_removed() -> None:
    old, new = ResultCache("old"), ResultCache("new")
    old.keep("a", 1)
    old.save()
    os.utime(old.path, (0, 0))
    new.keep("a", 1)
    new.save()
    assert not old.path.exists()
    assert new.path.exists()


# What the checks find


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the list of the texts that the checks look at from now on."""
    found: list[str] = []
    translation, source = check_results.check_translation, check_results.check_source

    def at_translation(message: object, msgstr: str, context: object) -> list[Problem]:
        found.append(msgstr)
        return translation(message, msgstr, context)  # type: ignore[arg-type]

    def at_source(message: object, *rest: object) -> list[Problem]:
        found.append(message.msgid)  # type: ignore[attr-defined]
        return source(message, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(check_results, "check_translation", at_translation)
    monkeypatch.setattr(check_results, "check_source", at_source)
    return found


def catalogue(campaign: Path) -> Path:
    return campaign / "locales" / "ar" / "LC_MESSAGES" / "not-alone.po"


def translate(campaign: Path, msgctxt: str, msgstr: str) -> None:
    """Give one sentence of the Arabic leaflet another wording."""
    head, _, rest = catalogue(campaign).read_text("utf-8").partition(f'msgctxt "{msgctxt}"\n')
    before, _, after = rest.partition("msgstr ")
    tail = after.partition("\n\n")[2]
    catalogue(campaign).write_text(f'{head}msgctxt "{msgctxt}"\n{before}msgstr "{msgstr}"\n\n{tail}', "utf-8")


def test_a_second_check_looks_at_no_sentence_and_finds_the_same(campaign: Path, looked: list[str]) -> None:
    translate(campaign, "welcome", "نحن جيرانكم 020 7946 0999")
    first = check_campaign(Project(campaign), today())
    assert any(problem.code == "literal-fact" for problem in first)
    assert looked
    looked.clear()
    assert check_campaign(Project(campaign), today()) == first
    assert looked == []


def test_one_changed_sentence_is_looked_at_and_no_other(campaign: Path, looked: list[str]) -> None:
    check_campaign(Project(campaign), today())
    looked.clear()
    translate(campaign, "welcome", "نحن جيرانكم. نحن معكم دائمًا.")
    check_campaign(Project(campaign), today())
    assert set(looked) == {"نحن جيرانكم. نحن معكم دائمًا."}


def test_a_problem_is_named_where_its_sentence_stands_now(campaign: Path) -> None:
    translate(campaign, "welcome", "نحن جيرانكم 020 7946 0999")
    (before,) = {problem.where for problem in check_campaign(Project(campaign), today()) if problem.code == "literal-fact"}
    catalogue(campaign).write_text("# one more line\n" + catalogue(campaign).read_text("utf-8"), "utf-8")
    (after,) = {problem.where for problem in check_campaign(Project(campaign), today()) if problem.code == "literal-fact"}
    assert int(after.rpartition(":")[2]) == int(before.rpartition(":")[2]) + 1


def test_another_row_of_the_language_is_another_look(campaign: Path, looked: list[str]) -> None:
    check_campaign(Project(campaign), today())
    looked.clear()
    table = campaign / "locales" / "languages.yaml"
    table.write_text(table.read_text("utf-8").replace("endonym: العربية", "endonym: عربي"), "utf-8")
    check_campaign(Project(campaign), today(), ["ar"])
    assert looked


def test_another_rule_is_another_look(campaign: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    check_campaign(Project(campaign), today(), ["ar"])
    looked.clear()
    monkeypatch.setattr(check_results, "rules_digest", lambda: "the checks of tomorrow")
    check_campaign(Project(campaign), today(), ["ar"])
    assert looked


def test_a_dismissed_warning_and_a_result_of_yesterday_go_together(campaign: Path) -> None:
    """What is remembered is what the checks find, not what people said of it."""
    from generator.base.digests import wording_key
    from generator.review import ledger
    from generator.review.ledger_event import LedgerEvent

    translate(campaign, "welcome", "نحن")
    project = Project(campaign)
    found = [
        problem for problem in check_campaign(project, today(), ["ar"]) if problem.msgctxt == "welcome" and problem.severity == "warning"
    ]
    assert found
    message = next(message for message in project.domain("not-alone") if message.msgctxt == "welcome")
    key = wording_key("ar", "welcome", message.msgid, "نحن")
    ledger.append_events(
        project.ledger("ar"), [LedgerEvent(key, "dismiss", "r901", "2026-11-22", target=problem.code) for problem in found]
    )
    assert not [problem for problem in check_campaign(Project(campaign), today(), ["ar"]) if problem in found]


# A build


@pytest.fixture
def built(campaign: Path) -> tuple[Path, BuildReport]:
    report = build_editions(Project(campaign), ONE, jobs=1)
    assert report.ok
    return campaign, report


@pytest.fixture
def nothing_read(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Give a function after which a build that looks at anything fails."""

    def forbid() -> None:
        monkeypatch.setattr(building, "BuildRun", lambda *_: pytest.fail("looked at the editions"))

    return forbid


def test_an_untouched_campaign_is_not_looked_at_again(built: tuple[Path, BuildReport], nothing_read: Callable[[], None]) -> None:
    campaign, first = built
    nothing_read()
    second = build_editions(Project(campaign), ONE)
    assert [outcome.record for outcome in second.outcomes] == [outcome.record for outcome in first.outcomes]
    assert all(outcome.cached for outcome in second.outcomes)
    assert (second.waiting, second.made_up, second.problems) == (first.waiting, first.made_up, first.problems)


TOUCHED = (
    "leaflets/not-alone.yaml",
    "leaflets/facts.yaml",
    "leaflets/campaign.yaml",
    "leaflets/reviews.jsonl",
    "locales/languages.yaml",
    "locales/glossary.yaml",
    "locales/ar/LC_MESSAGES/not-alone.po",
    "locales/ar/reviews.jsonl",
    "locales/en/reviews.jsonl",
    "locales/readers.jsonl",
    "templates/community/style.css",
    "sites/example.yaml",
    "output/index.html",
    "output/manifest.jsonl",
    "leaflets/editions.jsonl",
)


def test_whatever_is_touched_the_build_looks_itself(built: tuple[Path, BuildReport]) -> None:
    campaign, _ = built
    for name in TOUCHED:
        last_build.LastBuild(Project(campaign), ONE).keep(["not-alone_ar_a5"], (), (), (), {})
        assert last_build.LastBuild(Project(campaign), ONE).result() is not None, name
        path = campaign / name
        path.write_bytes(path.read_bytes())  # the same bytes, another time
        assert last_build.LastBuild(Project(campaign), ONE).result() is None, name


def test_a_changed_pdf_is_drawn_again(built: tuple[Path, BuildReport]) -> None:
    campaign, report = built
    record = report.outcomes[0].record
    path = campaign / "output" / record.path
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(data[:-1] + b" ")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    again = build_editions(Project(campaign), ONE, jobs=1)
    assert not again.outcomes[0].cached
    assert path.read_bytes() == data


def test_another_day_is_another_look(built: tuple[Path, BuildReport], monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, _ = built
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(os.environ["SOURCE_DATE_EPOCH"]) + 86400))
    assert last_build.LastBuild(Project(campaign), ONE).result() is None


def test_another_wish_or_another_folder_is_another_look(built: tuple[Path, BuildReport], tmp_path: Path) -> None:
    campaign, _ = built
    assert last_build.LastBuild(Project(campaign), ONE).result() is not None
    assert last_build.LastBuild(Project(campaign), BuildRequest(("not-alone",), ("ur",), ("a5",))).result() is None
    other = Path(shutil.copytree(campaign, tmp_path / "other"))
    manifest.save_manifest(other / "output", manifest.read_manifest(campaign / "output").values())
    assert last_build.LastBuild(Project(other), ONE).result() is None


def test_a_build_that_withheld_something_is_not_remembered(campaign: Path) -> None:
    translate(campaign, "welcome", "نحن جيرانكم 020 7946 0999")
    assert not build_editions(Project(campaign), ONE, jobs=1).ok
    assert last_build.LastBuild(Project(campaign), ONE).result() is None


def test_nothing_of_a_place_is_remembered(campaign: Path, cache: Path) -> None:
    site = campaign / "sites" / "example.yaml"
    site.write_text(re.sub("(?m)^leaflets: .*$", "leaflets: [not-alone]", site.read_text("utf-8")), "utf-8")
    build_editions(Project(campaign), BuildRequest(("not-alone",), ("ar",), ("a5",), site="example"), jobs=1)
    assert not (cache / "solidarity-leaflets" / "remembered" / "builds.json").exists()
    private = [fact.value for fact in Project(campaign).own_facts("example").values()]
    assert private
    assert not [
        path for path in files(cache) for value in private if value in json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False)
    ]
