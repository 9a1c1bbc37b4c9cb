"""Terms are signed like sentences, only agreed ones are asked for, and a corrected word changes one place of one file."""

from __future__ import annotations

import difflib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.base.digests import wording_key
from generator.campaign import glossary
from generator.campaign.glossary import GLOSSARY, read_glossary, term_id
from generator.campaign.project import Project
from generator.model import State
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from tests.conftest import copy_campaign

ANNA, BILAL = "r41", "r42"
"""Reader codes of nobody: they say themselves that they are examples."""
TERM = "solicitor"

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be 23 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a copy of the campaign in three languages, which is faster."""
    return copy_campaign(tmp_path / "campaign", languages=("en", "ar", "fr"))


@pytest.fixture
def sign(leaflets_command: Command, monkeypatch: pytest.MonkeyPatch, campaign: Path) -> Command:
    """Give a function that runs `leaflets sign` with answers."""

    def run(*answers: str, at: tuple[str, ...] = ("fr", GLOSSARY), who: str = ANNA) -> tuple[int, str, str]:
        (campaign / ".leaflets.reader").unlink(missing_ok=True)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
        return leaflets_command("sign", *at, "--as", who, cwd=campaign)

    return run


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def words_file(campaign: Path) -> Path:
    return campaign / "locales" / "glossary.yaml"


def to(campaign: Path, term: str, *answers: str) -> list[str]:
    """Return the answers that skip to a term, for somebody who has signed none."""
    return ["k"] * list(Project(campaign).glossary.terms).index(term) + list(answers)


def state_of(campaign: Path, term: str = TERM, language: str = "fr") -> State:
    return Snapshot(Project(campaign)).texts(language, GLOSSARY)[term_id(term)].state


def word(campaign: Path, term: str = TERM, language: str = "fr") -> str:
    return Project(campaign).glossary.terms[term][language]


def agree(campaign: Path, *terms: str, language: str = "fr") -> None:
    """Let an example reader sign the words for terms."""
    project = Project(campaign)
    keys = [wording_key(language, term_id(term), term, word(campaign, term, language)) for term in terms]
    assert ledger.append_events(project.ledger(language), [LedgerEvent(key, "approve", BILAL, "2026-11-23") for key in keys])


def editor(campaign: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let the editor write this text."""
    source, script = campaign.parent / "word.txt", campaign.parent / "editor.sh"
    source.write_text(text + "\n", "utf-8")
    script.write_text(f'#!/bin/sh\ncat "{source}" > "$1"\ntouch -d 2031-01-01 "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.delenv("VISUAL", raising=False)


def found(command: Command, campaign: Path, language: str, *codes: str) -> set[tuple[str, str, str, str]]:
    """Return code, severity, leaflet and id of what `leaflets check` finds."""
    _, out, _ = command("check", "-l", language, "--json", cwd=campaign)
    rows = json.loads(out)["problems"]
    return {(row["code"], row["severity"], row["leaflet"], row["msgctxt"]) for row in rows if row["code"] in codes}


def test_term_is_signed_like_a_sentence_and_the_file_stays(campaign: Path, sign: Command) -> None:
    before = words_file(campaign).read_bytes()
    assert state_of(campaign) is State.DRAFT
    _, out, err = sign(*to(campaign, TERM, "s", "q"))
    assert "glossary / term.solicitor   4 of " in out
    assert "  English    solicitor\n  French     avocat\n" in out
    assert "1 answer by r41 is kept." in err
    assert (state_of(campaign), words_file(campaign).read_bytes()) == (State.READY, before)
    assert "glossary / term.solicitor " not in sign(*["k"] * 60)[1]


@pytest.mark.parametrize(
    "new", ["avocate", "avocat, avocate", "l’« avocat »", "avocat: du peuple # non", "'avocat'", 'dit "avocat"', "- avocat", "\\avocat"]
)
def test_corrected_word_is_written_and_nothing_else_of_the_file(
    campaign: Path, sign: Command, monkeypatch: pytest.MonkeyPatch, new: str
) -> None:
    """Comments, order, quotes and the other languages' words stay byte for byte."""
    before = words_file(campaign).read_text("utf-8")
    editor(campaign, monkeypatch, new)
    sign(*to(campaign, TERM, "c", *["a reason"] * 3))
    after = words_file(campaign).read_text("utf-8")
    changed = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert len(changed) == 2
    assert all(line[2:].startswith("    fr: ") for line in changed)
    assert (word(campaign), state_of(campaign)) == (new, State.READY)


def test_word_between_comments_and_without_quotes_is_replaced_alone(campaign: Path) -> None:
    path = words_file(campaign)
    edit(path, '    fr: "avocat"', "    # a lawyer\n    fr:   avocat\n    # more to come")
    before = path.read_text("utf-8")
    glossary.correct_term(path, TERM, "fr", "avocate")
    assert path.read_text("utf-8") == before.replace("fr:   avocat\n", 'fr:   "avocate"\n')
    assert glossary.correct_term(path, TERM, "fr", "avocate") is False


@pytest.mark.parametrize(("term", "language"), [("solicitors", "fr"), (TERM, "de")])
def test_word_without_a_line_is_not_guessed(campaign: Path, term: str, language: str) -> None:
    before = words_file(campaign).read_bytes()
    with pytest.raises(LeafletsError) as refusal:
        glossary.correct_term(words_file(campaign), term, language, "avocate")
    assert refusal.value.problems[0].hint
    assert words_file(campaign).read_bytes() == before


def test_undo_of_a_corrected_word_gives_back_the_file(campaign: Path, sign: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    before = words_file(campaign).read_bytes()
    editor(campaign, monkeypatch, "Avocat")
    sign(*to(campaign, TERM, "c", "u", "q"))
    assert (words_file(campaign).read_bytes(), state_of(campaign)) == (before, State.DRAFT)


def test_word_that_changed_between_showing_and_signing_is_refused(
    campaign: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            if '    fr: "avocat"' in words_file(campaign).read_text("utf-8"):
                edit(words_file(campaign), '    fr: "avocat"', '    fr: "juriste"')
            return super().readline()

    monkeypatch.setattr("sys.stdin", Late("\n".join([*to(campaign, TERM, "s", "q"), ""])))
    _, _, err = leaflets_command("sign", "fr", GLOSSARY, "--as", ANNA, cwd=campaign)
    assert ("[sign-conflict]" in err, "it says now: juriste" in err, word(campaign)) == (True, True, "juriste")
    assert state_of(campaign) is State.DRAFT


def test_only_agreed_words_are_asked_for(campaign: Path, leaflets_command: Command) -> None:
    """The machine's words are proposals: nothing is measured by them."""
    path = Project(campaign).catalogue("fr", "not-alone")
    edit(path, "une avocate ou un avocat", "un juriste")
    assert found(leaflets_command, campaign, "fr", "glossary") == set()
    agree(campaign, TERM)
    assert ("glossary", "warning", "not-alone", "offers.find") in found(leaflets_command, campaign, "fr", "glossary")
    edit(path, "un juriste", "une avocate ou un avocat")
    assert ("glossary", "warning", "not-alone", "offers.find") not in found(leaflets_command, campaign, "fr", "glossary")


def test_agreement_lapses_with_the_word(campaign: Path) -> None:
    agree(campaign, TERM)
    assert state_of(campaign) is State.READY
    edit(words_file(campaign), '    fr: "avocat"', '    fr: "avocate"')
    assert state_of(campaign) is State.DRAFT
    edit(words_file(campaign), '    fr: "avocate"', '    fr: "avocat"')
    assert state_of(campaign) is State.READY


def test_agreement_of_one_language_is_none_of_another(campaign: Path) -> None:
    agree(campaign, TERM)
    assert state_of(campaign, language="ar") is State.DRAFT


def test_terms_are_shown_with_the_sentence_that_has_them(campaign: Path, sign: Command) -> None:
    _, out, _ = sign(*["k"] * 20, at=("fr", "not-alone"))
    assert out.count("  glossary   solicitor = avocat (draft)\n") == 1
    agree(campaign, TERM)
    assert "  glossary   solicitor = avocat (ready)\n" in sign(*["k"] * 20, at=("fr", "not-alone"))[1]


@pytest.mark.parametrize(("term", "sentence"), [("hotel", "the hoteliers' ball"), ("work", "Stand together as a network.")])
def test_a_term_inside_another_word_is_not_shown(campaign: Path, sign: Command, term: str, sentence: str) -> None:
    """“work” is not spoken of in “network”."""
    from generator.review.extract import extract_messages

    edit(words_file(campaign), "terms:\n", f'terms:\n  {term}:\n    fr: "mot"\n')
    edit(campaign / "leaflets" / "not-alone.yaml", "heading: What we can do", f"heading: {sentence}")
    extract_messages(Project(campaign))
    out = sign(*["k"] * 20, at=("fr", "not-alone"))[1]
    part = out[out.index("not-alone / help ") :].partition("\n\n")[0]
    assert f"glossary   {term} = " not in part


def test_word_to_avoid_is_found_in_english_and_in_a_translation(campaign: Path, leaflets_command: Command) -> None:
    """In a safety sentence it is an error, elsewhere a warning; the better word is named."""
    assert found(leaflets_command, campaign, "fr", "forbidden-word") == set()
    edit(campaign / "leaflets" / "not-alone.yaml", "Free help from others", "Bogus help from others")
    french = Project(campaign).catalogue("fr", "not-alone")
    edit(french, "Vous écouter, et", "Vous écouter, clandestin, et")
    edit(french, "Notre aide est gratuite.", "Notre aide clandestine est gratuite.")
    assert found(leaflets_command, campaign, "fr", "forbidden-word") == {
        ("forbidden-word", "warning", "not-alone", "free"),
        ("forbidden-word", "warning", "not-alone", "offers.listen"),
        ("forbidden-word", "error", "not-alone", "safe"),
    }
    _, out, _ = leaflets_command("check", "-l", "fr", cwd=campaign)
    assert "better: personne sans papiers" in out


def test_words_of_another_language_are_not_avoided(campaign: Path, leaflets_command: Command) -> None:
    edit(
        Project(campaign).catalogue("ar", "not-alone"),
        'msgid "Free help from others"\nmsgstr "',
        'msgid "Free help from others"\nmsgstr "bogus ',
    )
    assert found(leaflets_command, campaign, "ar", "forbidden-word") == set()


def test_ids_of_terms_are_all_different(shipped: Project) -> None:
    terms = list(shipped.glossary.terms)
    assert len({term_id(term) for term in terms}) == len(terms) > 10


def test_no_glossary_is_an_empty_one(tmp_path: Path) -> None:
    assert read_glossary(tmp_path / "glossary.yaml", ["fr"]).terms == {}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("names: []\nterms:\n  asylum:\n    xx: mot\n", "xx"),
        ("names: []\nterms:\n  asylum: mot\n", ""),
        ("names: []\nterms: {}\navoid:\n  en: [bogus]\n", ""),
        ("names: []\nwords: {}\n", "words"),
        ("names: []\nterms:\n  asylum:\n    fr: a\n    fr: b\n", "fr"),
    ],
)
def test_wrong_glossary_is_told_with_its_line(tmp_path: Path, text: str, hint: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(LeafletsError) as refusal:
        read_glossary(path, ["en", "fr"])
    (problem,) = refusal.value.problems
    assert problem.where.startswith(f"{path}:")
    assert hint in problem.what + problem.hint
