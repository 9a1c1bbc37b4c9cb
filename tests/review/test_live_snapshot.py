"""The page's view of the files: read once, read again where they changed, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.model import State
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review import ledger_snapshot as inputs
from generator.review.live_snapshot import LiveSnapshot
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import corrected_task, sentence_tasks, task_for
from generator.signing.sign import correct_wording, reject_wording, sign_wording

DAY = date(2026, 11, 23)


@pytest.fixture
def live(campaign: Path) -> LiveSnapshot:
    """Give a live over a fresh copy of the campaign."""
    return LiveSnapshot(campaign)


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by the name of every catalogue and ledger that is read."""
    found: list[str] = []
    for module, name in ((pofile, "read_catalogue"), (inputs, "ledger_reading")):
        real = getattr(module, name)

        def read(path: Path, *rest: object, real=real) -> object:
            found.append(f"{path.parent.parent.name if path.suffix == '.po' else path.parent.name}/{path.name}")
            return real(path, *rest)

        monkeypatch.setattr(module, name, read)
    return found


def look(snapshot: Snapshot, language: str = "ar") -> dict[str, dict[str, object]]:
    """Return every translation of a language, as a page would show it."""
    return {domain: dict(snapshot.texts(language, domain)) for domain in snapshot.project.domains}


def fresh(campaign: Path, language: str = "ar") -> dict[str, dict[str, object]]:
    """Return the same from the files, by nobody who kept anything."""
    return look(Snapshot(Project(campaign)), language)


def test_a_second_look_reads_nothing(live: LiveSnapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What did not change is the very same Source."""
    first = live.snapshot()
    look(first)
    found = reads(monkeypatch)

    second = live.snapshot()
    look(second)

    assert second is first
    assert found == []


def test_a_signature_reads_one_catalogue_and_one_ledger_again(live: LiveSnapshot, campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other catalogues of the language get their states from the new ledger without being parsed again."""
    snapshot = live.snapshot()
    for code in ("ar", "fr"):
        look(snapshot, code)
    task = next(iter(sentence_tasks(snapshot, "ar", ["not-alone"], "r17")))
    sign_wording(snapshot.project, task, "r17", DAY, {problem.code: "looked at" for problem in task.problems})
    found = reads(monkeypatch)

    again = live.snapshot()
    shown = {code: look(again, code) for code in ("ar", "fr")}

    assert sorted(found) == ["ar/not-alone.po", "ar/reviews.jsonl"]
    assert shown == {code: fresh(campaign, code) for code in ("ar", "fr")}
    assert again.texts("ar", "not-alone")[task.message.msgctxt].state is not State.DRAFT
    assert snapshot.texts("ar", "not-alone")[task.message.msgctxt].state is State.DRAFT  # whoever held the old one sees no change


@pytest.mark.parametrize("how", ["in place", "replaced", "git", "removed", "broken", "mended"])
def test_an_edit_by_another_program_is_seen_at_the_next_look(how: str, live: LiveSnapshot, campaign: Path) -> None:
    """Poedit, git and people write while the page is open."""
    path = Project(campaign).catalogue("ar", "not-alone")
    text = path.read_text("utf-8")
    new = text.replace('msgstr "', 'msgstr "و', 5)
    if how == "git":
        git = ["git", "-c", "user.name=example", "-c", "user.email=example@example.org", "-C", str(campaign)]
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-qm", "before"], check=True)
    if how == "mended":
        path.write_text("broken", "utf-8")
        with pytest.raises(LeafletsError):
            look(live.snapshot())
    else:
        look(live.snapshot())

    if how == "in place":
        path.write_text(new, "utf-8")
    elif how == "replaced":
        (campaign / "new.po").write_text(new, "utf-8")
        (campaign / "new.po").replace(path)
    elif how == "git":
        path.write_text(new, "utf-8")
        look(live.snapshot())
        subprocess.run([*git, "checkout", "-q", "--", "."], check=True)
    elif how == "removed":
        path.unlink()
    elif how == "broken":
        path.write_text(text[: len(text) // 2] + "\nxyz", "utf-8")
    else:
        path.write_text(text, "utf-8")

    if how == "broken":
        with pytest.raises(LeafletsError):
            look(live.snapshot())
    else:
        assert look(live.snapshot()) == fresh(campaign)


def test_who_names_a_language_sees_its_changes_and_whoever_asks_next_those_of_others(live: LiveSnapshot, campaign: Path) -> None:
    """Also what was read of a language before anybody asked for it by name."""
    look(live.snapshot("ar"), "fr")
    for code in ("ar", "fr"):
        path = Project(campaign).catalogue(code, "not-alone")
        path.write_text(path.read_text("utf-8").replace('msgstr "', 'msgstr "A', 5), "utf-8")

    assert look(live.snapshot("ar")) == fresh(campaign)
    assert look(live.snapshot("fr"), "fr") == fresh(campaign, "fr")
    assert look(live.snapshot("no-such-language"), "fr") == fresh(campaign, "fr")
    assert live.languages.keys() <= set(live.snapshot().project.campaign.languages)


def test_an_edit_of_the_english_or_the_glossary_is_seen(live: LiveSnapshot, campaign: Path) -> None:
    """Whatever all languages share is read again as a whole."""
    assert "title" in live.snapshot().texts("en", "not-alone")
    path = campaign / "leaflets" / "not-alone.yaml"
    path.write_text(path.read_text("utf-8").replace("We stand with you.", "We are with you."), "utf-8")
    assert any("We are with you." in text.msgstr for text in live.snapshot().texts("en", "not-alone").values())

    glossary = campaign / "locales" / "glossary.yaml"
    glossary.write_text(glossary.read_text("utf-8").replace("asylum:", "asylum claim:", 1), "utf-8")
    assert "term.asylum-claim" in live.snapshot().texts("ar", "glossary")

    glossary.write_text("names: none", "utf-8")
    for _ in range(2):
        with pytest.raises(LeafletsError):
            live.snapshot()
    glossary.unlink()
    assert live.snapshot().texts("ar", "glossary") == {}

    shutil.rmtree(campaign / "leaflets")
    with pytest.raises(LeafletsError):
        live.snapshot()


def test_a_signed_fact_is_seen(live: LiveSnapshot, campaign: Path) -> None:
    """The facts' ledger is read again too."""
    assert set(live.snapshot().fact_states.values()) == {State.READY}
    (campaign / "leaflets" / "reviews.jsonl").unlink()

    assert set(live.snapshot().fact_states.values()) == {State.DRAFT}


def test_threads_read_and_sign_at_the_same_time(live: LiveSnapshot, campaign: Path) -> None:
    """Eight threads look, sign, correct and reject in two languages; nothing is lost, and the last look is that of the files."""
    todo = [task for code in ("ar", "fr") for task in sentence_tasks(live.snapshot(), code, ["not-alone"], "r17")]

    def work(number: int) -> str:
        seen, who = todo[number], f"r{number % 7 + 20}"
        snapshot = live.snapshot()
        task = task_for(snapshot, seen.language, seen.domain, snapshot.texts(seen.language, seen.domain)[seen.message.msgctxt], who)
        look(snapshot, seen.language)
        try:
            if number % 3 == 0:
                return reject_wording(snapshot.project, task, who, DAY, "not our words")[0].id
            if number % 3 == 1:
                after = corrected_task(snapshot, task, task.text.msgstr + " ", who)
                return correct_wording(snapshot.project, task, after, who, DAY, {problem.code: "looked at" for problem in after.problems})[
                    0
                ].id
            return sign_wording(snapshot.project, task, who, DAY, {problem.code: "looked at" for problem in task.problems})[0].id
        except LeafletsError as error:
            return error.problems[0].code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(work, range(len(todo))))

    kept = {event.id for code in ("ar", "fr") for event in ledger.read_ledger(Project(campaign).ledger(code))}
    assert len(answers) == len(todo) > 15
    assert set(answers) <= kept
    for code in ("ar", "fr"):
        assert look(live.snapshot(), code) == fresh(campaign, code)
