"""White space, quotes and hyphens as people paste them: a page prints well, or check and build name the character alike."""

from __future__ import annotations

import itertools
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.spaces import SPACES, collapse_spaces
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.checks.spacing import repaired_spaces
from generator.editions.build import build_editions
from generator.editions.obstacles import edition_errors
from generator.editions.plan import BuildRequest
from generator.model import Edition
from generator.overview.check import check_campaign
from generator.problem import errors_among
from generator.review.snapshot import Snapshot

TODAY = date(2026, 11, 23)
LEAFLET = "not-alone"
BETWEEN = (
    "  ", "\t", "\n", " \n ", "\r\n", "\f", "\u00a0", "\u00a0 ", " \u00a0", "\u00a0\u00a0", "\u202f", "\u3000", "\u2009", "\u2009 ",
    "\u2002", "\u1680", "\u205f", "\u2007",
)  # fmt: skip
"""What stands in the place of the spaces of a text, or behind its third letter where a language writes none."""
AROUND = (" {}", "{} ", "{}\u00a0", "{}\u3000", "“{}”", '"{}"', "{}'s", "{}’s", "A-B {}", "A\u2011B {}")
HARMED = ("en", "ar", "ur", "zh_Hans")
REFUSED = {"\u200c ": "U+200C", "\u00ad": "U+00AD", "\u2028": "U+2028", "\x0b": "U+000B", "\u0085": "U+0085", "\u2060": "U+2060", "☎": "☎"}


def between(text: str, space: str) -> str:
    """Put another space between the words of a text."""
    return text.replace(" ", space) if " " in text else text[:3] + space + text[3:]


def harmed(text: str, number: int) -> str:
    """Harm a text in the way of that number."""
    number %= len(BETWEEN) + len(AROUND) + 1
    if number < len(BETWEEN):
        return between(text, BETWEEN[number])
    around = AROUND[number - len(BETWEEN) :]
    return around[0].format(text) if around else unicodedata.normalize("NFD", text)


def rewrite(project: Project, code: str, change: Callable[[Entry], str], leaflet: str = LEAFLET) -> int:
    """Write translations of a leaflet; return how many are others now."""
    path = project.catalogue(code, leaflet)
    old = pofile.read_catalogue(path)
    new = [entry if entry.remark or entry.header else entry.changed(msgstr=change(entry)) for entry in old]
    pofile.save_catalogue(path, new)
    return sum(before.msgstr != after.msgstr for before, after in zip(old, new, strict=True))


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Project:
    """Give a copy of the small campaign to harm."""
    return Project(Path(shutil.copytree(small, tmp_path / "campaign")))


def test_a_page_prints_whatever_spaces_quotes_and_hyphens_its_texts_have(copy: Project) -> None:
    """Every way of harm, spread over the sentences of two leaflets, in Arabic, Urdu and Chinese; and in the source."""
    numbers = itertools.count()
    for slug, code in itertools.product(copy.slugs, HARMED[1:]):
        assert rewrite(copy, code, lambda entry: harmed(entry.msgstr, next(numbers)), slug)
    path = copy.leaflets_folder / f"{LEAFLET}.yaml"
    path.write_text(path.read_text("utf-8").replace("We are your neighbours.", "We  are your\u00a0 neighbours. "), "utf-8")
    report = build_editions(Project(copy.root), BuildRequest(languages=HARMED, sheets=("a5",)))
    assert len(report.outcomes) == len(HARMED) * len(copy.slugs)
    assert [problem.line() for outcome in report.outcomes for problem in errors_among(outcome.record.problems)] == []


@pytest.mark.parametrize("space", REFUSED)
def test_what_no_page_may_print_is_named_by_check_and_build_alike(copy: Project, space: str) -> None:
    """The problem names the character, the file and the line, and never sends anybody to the developers."""
    code = "ur"
    assert rewrite(copy, code, lambda entry: between(entry.msgstr, space) if entry.msgctxt == "help" else entry.msgstr) == 1
    project = Project(copy.root)
    found = {(problem.code, problem.what) for problem in errors_among(check_campaign(project, TODAY, [code])) if problem.msgctxt == "help"}
    stopped = {(problem.code, problem.what) for problem in edition_errors(Snapshot(project), Edition(LEAFLET, code, "a5"))}
    assert found
    assert found <= stopped
    assert any(REFUSED[space] in what for _, what in found)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Restez  ici", "Restez ici"),
        (" Restez\tici\n", "Restez ici"),
        ("Restez \u00a0ici", "Restez ici"),
        ("Restez\u00a0 !", "Restez\u00a0!"),
        ("«\u00a0 Restez \u00a0»", "«\u00a0Restez\u00a0»"),
        ("10\u202f000", "10\u202f000"),
        ("Restez\u3000ici", "Restez ici"),
        ("<b>Restez </b> ici", "<b>Restez</b> ici"),
        ("Restez <b> ici</b>", "Restez <b>ici</b>"),
        ("a\u00a0" * 25 + "b", "a " * 25 + "b"),
    ],
)
def test_spaces_are_set_as_a_reader_expects_them(text: str, printed: str) -> None:
    assert collapse_spaces(text) == printed
    assert collapse_spaces(printed) == printed


def test_a_wide_space_stays_where_words_have_no_spaces() -> None:
    assert collapse_spaces("地方\u3000地址\u3000", spaced=False) == "地方\u3000地址"


@settings(database=None, deadline=None, max_examples=200)
@given(st.text(alphabet=SPACES + "ab.«»!<{", max_size=20), st.booleans())
def test_nothing_but_white_space_changes(text: str, spaced: bool) -> None:
    printed = collapse_spaces(text, spaced)
    assert printed.split() == text.split()
    assert collapse_spaces(printed, spaced) == printed


def test_the_text_that_was_meant_is_offered(languages: dict) -> None:  # type: ignore[type-arg]
    from generator.checks import CheckContext, check_translation
    from generator.model import Message

    def said(text: str) -> Iterator[str]:
        return (
            problem.what
            for problem in check_translation(Message("a", "Come now, all of you (please)."), text, CheckContext(languages["fr"]))
        )

    assert any(what.endswith("; meant is 'Venez vite, vous tous (merci).'") for what in said("Venez  vite , vous tous ( merci )."))
    assert repaired_spaces("Venez\u00a0! Vite", spaced=True) == "Venez\u00a0! Vite"
