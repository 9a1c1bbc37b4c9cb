"""What does not fit is named: the sentence, and by how many letters, to the organiser and to readers of the language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions.overflow import overflow_warnings
from generator.layout.copyfit import PageSentence, sentence_cuts
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import sentence_tasks
from tests.editions.test_build import codes, retranslate, run

LONG = (
    "Somos gente del barrio, y entre nosotros hay maestras, enfermeros, estudiantes, jubilados y trabajadoras de muchos oficios. "
    "Algunos llegaron hace años desde lugares donde la guerra no dejaba vivir; otros nacieron en esta ciudad y la quieren abierta. "
    "No somos el gobierno, ni la policía, ni el hotel, ni una empresa que gane dinero con su estancia, y tampoco pedimos papeles. "
    "Cada semana nos reunimos para cocinar, aprender inglés, acompañar a citas, buscar ropa de abrigo y escuchar lo que hace falta. "
    "Si prefiere hablar con una mujer, con alguien de su país o con una persona mayor, díganoslo y la buscaremos sin demora alguna. "
)
ENGLISH = "We keep your name and number safe for you."
USUAL = [PageSentence(f"s{number}", ENGLISH, "x" * 50) for number in range(6)]


def test_the_longest_against_its_english_is_shortened_first() -> None:
    wordy = PageSentence("wordy", ENGLISH, "x" * 120)
    (cut,) = sentence_cuts([*USUAL, wordy], 0.1, [])
    assert (cut.said.name, cut.letters) == ("wordy", 42)


def test_where_no_sentence_is_wordy_the_longest_on_the_page_too_many_are_named() -> None:
    page = [*USUAL, PageSentence("last", ENGLISH, "x" * 54)]
    assert [cut.said.name for cut in sentence_cuts(page, 0.04, ["last"])] == ["last"]
    assert sum(cut.letters for cut in sentence_cuts(page, 0.15, ["last"])) >= 0.15 * 354 - 1


def test_labels_of_a_few_words_are_left_alone() -> None:
    assert sentence_cuts([PageSentence("a", "Call us", "x" * 90)], 0.5, ["a"]) == []


def test_a_sentence_that_makes_a_leaflet_too_long_is_shown_to_all_who_can_shorten_it(
    campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    """The build withholds, names the sentence, and `check` and `sign` say it too until the sentence changes."""
    short = retranslate(campaign, "es", "who", LONG.strip())
    report = run(campaign, languages=("es",), sheets=("a6-card",))

    assert codes(report)["es"][:2] == ["overflow", "overflow-sentence"]
    (record,) = [one for one in manifest.read_manifest(campaign / "output").values() if one.sheet == "a6-card"]
    first = next(problem for problem in record.problems if problem.code == "overflow-sentence")
    assert (first.language, first.leaflet, first.msgctxt) == ("es", "not-alone", "who")
    assert "letters too long for a6-card" in first.what
    assert "times as long as the English" in first.hint

    code, out, _ = leaflets_command("check", cwd=campaign)
    assert code in (0, 1)
    assert "warning: not-alone/es/who: about" in out
    snapshot = Snapshot(Project(campaign))
    (task,) = [task for task in sentence_tasks(snapshot, "es", ["not-alone"], "r17", everything=True) if task.message.msgctxt == "who"]
    assert "overflow-sentence" in [problem.code for problem in task.problems]

    retranslate(campaign, "es", "who", short)
    assert overflow_warnings(Snapshot(Project(campaign))) == {}


def test_where_the_english_itself_is_too_long_its_longest_sentences_are_named() -> None:
    page = [PageSentence("a", ENGLISH, ENGLISH), PageSentence("b", ENGLISH * 3, ENGLISH * 3), PageSentence("c", ENGLISH * 2, ENGLISH * 2)]
    assert [(cut.said.name, cut.letters) for cut in sentence_cuts(page, 0.2, [])] == [("b", 42), ("c", 8)]
