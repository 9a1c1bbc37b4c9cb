"""Every check proves itself by its own examples, and what ships passes all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import checks
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.checks import Check, CheckContext, Example, Subject, all_checks, check_source, check_translation
from generator.editions.obstacles import edition_errors
from generator.layout import fonts
from generator.model import Edition, Language, Message, Risk
from generator.overview.check import check_campaign
from generator.problem import errors_among
from generator.review.snapshot import Snapshot
from tests.conftest import TIER_ONE, copy_campaign

RULES = {rule.id: rule for rule in all_checks()}
TODAY = date(2026, 11, 22)
PASSES = [(rule, example) for rule in all_checks() for example in rule.passes]
FAILS = [(rule, example) for rule in all_checks() for example in rule.fails]


def name(value: Check | Example) -> str:
    """Return the name of an example in the test report."""
    return value.id if isinstance(value, Check) else f"{value[0]}-{(value[2] or value[1])[:24]}"


@pytest.fixture(scope="module")
def context(shipped: Project) -> Callable[[str, Mapping[str, Any]], CheckContext]:
    """Give a function from a language to what its sentences are looked at with, the glyphs of its real fonts included."""
    glyphs: dict[str, frozenset[int] | None] = {}
    rows = tuple(shipped.languages.values())

    def make(code: str, given: Mapping[str, Any]) -> CheckContext:
        language = shipped.languages[code]
        if code not in glyphs:
            glyphs[code] = fonts.printable_characters(language, shipped.languages)
        assert glyphs[code], f"the fonts of {code} are not installed"
        return CheckContext(language, shipped.glossary.names, glyphs[code], languages=rows, **given)

    return make


@pytest.fixture(scope="module")
def subject(context) -> Callable[[Check, Example], Subject]:  # type: ignore[no-untyped-def]
    """Give a function from an example to the subject a check looks at."""
    return lambda rule, example: context(example[0], rule.given).subject(example[1], example[2] or example[1])


@pytest.mark.parametrize(("rule", "example"), PASSES, ids=name)
def test_a_passing_example_passes(rule: Check, example: Example, subject) -> None:  # type: ignore[no-untyped-def]
    assert [problem.line() for problem in rule.problems(subject(rule, example))] == []


@pytest.mark.parametrize(("rule", "example"), FAILS, ids=name)
def test_a_failing_example_fails_with_words_and_advice(rule: Check, example: Example, subject) -> None:  # type: ignore[no-untyped-def]
    found = list(rule.problems(subject(rule, example)))
    assert found
    for problem in found:
        assert (problem.code, problem.severity, problem.hint) == (rule.id, rule.severity, rule.hint)
        assert problem.what


@pytest.mark.parametrize("rule", all_checks(), ids=name)
def test_a_check_has_reason_advice_and_examples_of_both_kinds(rule: Check) -> None:
    assert rule.why.endswith(".")
    assert len(rule.hint.split()) > 2
    assert rule.passes
    assert rule.fails
    assert rule.on in ("source", "translation", "both")
    assert rule.severity in ("error", "warning")
    assert rule.find.__doc__


def test_ids_are_unique_and_the_names_of_the_files() -> None:
    files = sorted(path.stem.replace("_", "-") for path in Path(checks.__file__).parent.glob("*.py") if path.stem != "__init__")
    assert [rule.id for rule in all_checks()] == files
    assert len(RULES) == len(files) >= 32


@pytest.mark.parametrize(("rule", "example"), FAILS, ids=name)
def test_a_failing_example_is_found_where_the_sentence_stands(rule: Check, example: Example, subject, context) -> None:  # type: ignore[no-untyped-def]
    """Each check is reached by the way that `leaflets check` goes, on the sides it says it looks at."""
    made = subject(rule, example)
    message = Message("safe", made.msgid, where="leaflets/x.yaml:7")
    if rule.on != "source":
        found = check_translation(message, made.msgstr, context(made.language.code, rule.given), asks=True)
        assert (rule.id, made.language.code, "safe") in [(problem.code, problem.language, problem.msgctxt) for problem in found]
    if rule.on != "translation" and made.language.code == "en":
        found = check_source(message, made.language, rule.given.get("avoid", ()), made.languages)
        assert (rule.id, "leaflets/x.yaml:7", "safe") in [(problem.code, problem.where, problem.msgctxt) for problem in found]


def test_checks_look_only_at_their_side(shipped: Project) -> None:
    """A long English sentence is the writer's business, a lost placeholder the translator's."""
    english, french = shipped.languages["en"], shipped.languages["fr"]
    long = Message("a", "We " + "and you " * 10 + "come to {line}.")
    assert [problem.code for problem in check_source(long, english)] == ["sentence-length"]
    found = {problem.code for problem in check_translation(long, "Venez.", CheckContext(french))}
    assert "sentence-length" not in found
    assert "placeholders" in found
    assert check_translation(long, "", CheckContext(french)) == []


def test_questions_are_asked_of_readers_only(shipped: Project) -> None:
    """A negation is no finding: `leaflets check` is silent, a reader is asked."""
    message, context = Message("a", "You must not sign."), CheckContext(shipped.languages["fr"])
    assert check_translation(message, "Ne signez pas.", context) == []
    assert [problem.code for problem in check_translation(message, "Ne signez pas.", context, asks=True)] == ["negation"]


def test_severity_follows_the_risk(shipped: Project) -> None:
    """A wrong number is a warning in a plain sentence and an error where it can hurt."""
    context = CheckContext(shipped.languages["fr"])
    severities = {risk: check_translation(Message("a", "In 2 weeks", risk), "Dans 3 semaines", context)[0].severity for risk in Risk}
    assert severities == {risk: "warning" if risk is Risk.PLAIN else "error" for risk in Risk}


# what ships


@pytest.fixture(scope="module")
def findings(shipped: Project) -> list[tuple[str, str, str]]:
    """Give everything that is wrong with the shipped campaign, as (language, code, line)."""
    return [(problem.language, problem.code, problem.line()) for problem in errors_among(check_campaign(shipped, TODAY))]


@pytest.mark.parametrize("code", TIER_ONE)
def test_the_shipped_catalogues_have_no_error(findings: list[tuple[str, str, str]], code: str) -> None:
    assert [line for language, _, line in findings if language == code] == []


def test_the_shipped_campaign_has_no_error(findings: list[tuple[str, str, str]]) -> None:
    assert findings == []


@pytest.mark.parametrize("code", [code for code in TIER_ONE if code != "en"])
def test_the_shipped_catalogues_say_something(shipped: Project, code: str) -> None:
    """Not to be wrong is easy for an empty file: the four first leaflets and the shared words are there in every language."""
    for domain in ("not-alone", "if-strangers-come", "phone-tree", "come-to-the-rally", "shared"):
        entries = {entry.msgctxt: entry for entry in pofile.read_catalogue(shipped.catalogue(code, domain), shipped.languages[code])}
        wanted = {message.msgctxt for message in shipped.domain(domain)}
        assert sum(bool(entries[key].msgstr) for key in wanted) >= 0.9 * len(wanted), domain


@pytest.fixture(scope="module")
def campaign_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give one copy of the campaign, whose catalogues each test puts back."""
    return copy_campaign(tmp_path_factory.mktemp("once"))


PLANTED = {
    "placeholders": ("say", "{campaign_phone}", "{campaign_fone}"),
    "literal-fact": ("say", "{campaign_phone}", "{campaign_phone} 020 7946 0123"),
    "inline-tags": ("safe", "</b>", ""),
    "bidi-control": ("welcome", "", "\u202e"),
    "invisible": ("welcome", "", "\u00ad"),
    "coverage": ("welcome", "", "\U0001f600"),
    "numbers": ("welcome", "", "7 "),
}
"""What a slip of the hand does to a sentence of the leaflet: the id, the text that is replaced, the text that takes its place."""


@pytest.mark.parametrize("rule", PLANTED)
@pytest.mark.parametrize("code", ["ar", "ti", "zh_Hans", "fr"])
def test_a_planted_error_is_found_with_file_and_line(campaign_once: Path, code: str, rule: str) -> None:
    key, old, new = PLANTED[rule]
    project = Project(campaign_once)
    path = project.catalogue(code, "not-alone")
    data = path.read_bytes()
    entries = pofile.read_catalogue(path, project.languages[code])
    (entry,) = [entry for entry in entries if entry.msgctxt == key and not entry.obsolete]
    assert old in entry.msgstr
    msgstr = entry.msgstr.replace(old, new, 1) if old else new + entry.msgstr
    pofile.save_catalogue(path, [found.changed(msgstr=msgstr) if found is entry else found for found in entries])
    line = next(found.line for found in pofile.read_catalogue(path) if found.msgctxt == key)
    problems = [problem for problem in check_campaign(project, TODAY, [code]) if problem.code == rule]
    path.write_bytes(data)
    assert [(problem.where, problem.language, problem.leaflet, problem.msgctxt) for problem in problems] == [
        (f"{path}:{line}", code, "not-alone", key)
    ]


def test_a_planted_error_in_the_english_is_found(campaign: Path) -> None:
    path = campaign / "leaflets" / "not-alone.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("We stand with you.", "You should call 020 7946 0123."), "utf-8")
    found = {(problem.code, problem.where) for problem in errors_among(check_campaign(Project(campaign), TODAY, ["en"]))}
    line = next(number for number, row in enumerate(text.split("\n"), 1) if "We stand with you." in row)
    assert found == {("idiom", f"{path}:{line}"), ("literal-fact", f"{path}:{line}"), ("extract-first", str(path))}


@pytest.mark.parametrize("said", ["Call 020 7946 0123.", "Come on 3 January.", "It was on Saturday 3rd.", "Write one step here."])
def test_a_source_sentence_that_no_page_may_print_withholds_them_all(campaign: Path, said: str) -> None:
    path = campaign / "leaflets" / "not-alone.yaml"
    path.write_text(path.read_text("utf-8").replace("We stand with you.", said), "utf-8")
    snapshot = Snapshot(Project(campaign))
    assert edition_errors(snapshot, Edition("not-alone", "en", "a5"))


def test_fonts_cover_the_english_and_lack_other_scripts(languages: dict[str, Language], shipped: Project) -> None:
    """The coverage check would prove nothing if the set held every code point."""
    covers = fonts.printable_characters(languages["fr"], shipped.languages)
    assert covers
    assert {ord(char) for char in "Éçœ«»’…"} <= covers
    assert not {ord(char) for char in "م字ਪ"} & covers
