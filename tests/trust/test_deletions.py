"""Texts are deleted for good by whoever may sign: a line that somebody wrote into the file deletes nothing, and is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.review.wordings import language_wordings
from tests.conftest import copy_campaign
from tests.trust.computers import LANGUAGE, SLUG, Computer
from tests.trust.test_readers import letters

OTHER = "Ce que l’on peut faire"


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    """Give the organiser's computer, on which r17 has signed a sentence."""
    found = Computer(tmp_path_factory.mktemp("beginning"))
    with found.here():
        copy_campaign(found.root, leaflets=(SLUG,), languages=("en", LANGUAGE))
    found.sign("r17", "welcome", "safe")
    return found


@pytest.fixture
def organiser(tmp_path: Path, beginning: Computer) -> Computer:
    return Computer(Path(shutil.copytree(beginning.home, tmp_path / "organiser")))


def wordings(found: Computer, language: str = LANGUAGE) -> Path:
    return found.root / "locales" / language / "wordings.jsonl"


def lines(found: Computer) -> list[str]:
    return wordings(found).read_text("utf-8").splitlines()


def write(found: Computer, written: list[str], language: str = LANGUAGE) -> None:
    wordings(found, language).write_text("".join(f"{line}\n" for line in written), "utf-8")


def text_of(found: Computer, name: str) -> tuple[str, str]:
    """Return the hash and the text of a sentence that was signed."""
    with found.here():
        kept = language_wordings(found.project, LANGUAGE).texts
    return next((key, one.msgstr) for key, one in kept.items() if one.msgctxt == name)


def checked(found: Computer, *codes: str, exit_code: int = 1) -> list[str]:
    """Return the file and line of problems with these codes, as `leaflets check` names them."""
    problems = json.loads(found.run("check", "--json", code=exit_code))["problems"]
    return [one["where"].rpartition("/")[2] for one in problems if one["code"] in codes and one["severity"] == "error"]


def test_an_unsigned_deletion_deletes_nothing_and_is_named(organiser: Computer) -> None:
    key, text = text_of(organiser, "welcome")
    before = organiser.state("welcome")
    write(organiser, [*lines(organiser), json.dumps({"gone": key})])

    assert checked(organiser, "gone-unsigned") == [f"wordings.jsonl:{len(lines(organiser))}"]
    assert (organiser.state("welcome"), before) == ("ready", "ready")
    organiser.run("extract")
    assert text in wordings(organiser).read_text("utf-8")


@pytest.mark.parametrize("there", [True, False])
def test_who_may_sign_confirms_an_unsigned_deletion(organiser: Computer, there: bool) -> None:
    key, text = text_of(organiser, "welcome")
    kept = [line for line in lines(organiser) if there or text not in line]
    write(organiser, [*kept, json.dumps({"gone": key})])
    if not there:
        for path in organiser.root.glob(f"locales/{LANGUAGE}/LC_MESSAGES/*.po"):
            path.write_text(path.read_text("utf-8").replace(text, OTHER), "utf-8")

    organiser.run("redact", LANGUAGE, key, "--yes")

    assert checked(organiser, "gone-unsigned", exit_code=0) == []
    (row,) = (json.loads(line) for line in lines(organiser) if '"gone"' in line)
    assert (row["gone"], row["n"]) == (key, 1)
    assert text not in wordings(organiser).read_text("utf-8")


def test_a_signed_deletion_counts_on_another_computer_and_nowhere_else(organiser: Computer, tmp_path: Path) -> None:
    key, text = text_of(organiser, "welcome")
    before = lines(organiser)
    organiser.run("redact", LANGUAGE, text, "--yes")
    (signed,) = (line for line in lines(organiser) if '"gone"' in line)
    (tmp_path / "other").mkdir()
    other = Computer(tmp_path / "other")
    other.take_from(organiser)

    write(other, [*before, signed])
    with other.here():
        known = language_wordings(other.project, LANGUAGE)
    assert (known.gone, known.revived, known.problems) == ({key}, True, ())

    victim, _ = text_of(organiser, "safe")
    write(other, [*before, signed.replace(key, victim)])
    assert checked(other, "line-forged", "line-lost")
    with other.here():
        assert language_wordings(other.project, LANGUAGE).gone == frozenset()

    write(other, [*before, signed])
    write(other, [signed], "en")
    assert checked(other, "line-forged") == ["wordings.jsonl:1"]


def test_a_deletion_that_was_seen_cannot_be_taken_out_unseen(organiser: Computer) -> None:
    _, text = text_of(organiser, "welcome")
    before = lines(organiser)
    organiser.run("redact", LANGUAGE, text, "--yes")
    organiser.run("status")

    write(organiser, before)
    assert checked(organiser, "line-lost") == ["wordings.jsonl:1"]

    organiser.run("adopt", "--yes")
    assert checked(organiser, "line-lost", exit_code=0) == []


def test_a_deletion_of_a_retired_key_goes_on_counting(organiser: Computer, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Computer(tmp_path / "other")
    other.take_from(organiser)
    other.sign("r18", "safe")
    organiser.take_from(other)
    organiser.run("readers", "admit", "r18", letters(other))
    other.take_from(organiser)
    key, text = text_of(other, "welcome")
    other.run("redact", LANGUAGE, text, "--yes")
    organiser.take_from(other)

    organiser.run("readers", "retire", "r18", "--yes")

    with organiser.here():
        assert language_wordings(organiser.project, LANGUAGE).gone == {key}
