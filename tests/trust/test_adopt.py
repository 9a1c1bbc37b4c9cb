"""Lines that are gone on purpose: an organiser says so once, signed, and every computer follows; a thief cannot."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import copy_campaign
from tests.trust.computers import LANGUAGE, SLUG, Computer


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    """Give the organiser's computer, on which r17 has signed three sentences."""
    found = Computer(tmp_path_factory.mktemp("beginning"))
    with found.here():
        copy_campaign(found.root, leaflets=(SLUG,), languages=("en", LANGUAGE))
    for name in ("title", "welcome", "safe"):
        found.sign("r17", name)
    return found


@pytest.fixture
def organiser(tmp_path: Path, beginning: Computer) -> Computer:
    """Give that computer."""
    found = Computer(Path(shutil.copytree(beginning.home, tmp_path / "organiser")))
    assert found.problems() == []
    return found


@pytest.fixture
def other(tmp_path: Path, organiser: Computer) -> Computer:
    """Give another computer that has seen the same lines."""
    (tmp_path / "other").mkdir()
    found = Computer(tmp_path / "other")
    found.take_from(organiser)
    assert found.problems() == []
    return found


def ledger(found: Computer) -> Path:
    return found.root / "locales" / LANGUAGE / "reviews.jsonl"


def cut(found: Computer, *places: int) -> None:
    """Take signed lines out of the ledger, by their place among them."""
    lines = ledger(found).read_text("utf-8").splitlines(keepends=True)
    signed = [number for number, line in enumerate(lines) if '"sig"' in line]
    gone = {signed[place] for place in places}
    ledger(found).write_text("".join(line for number, line in enumerate(lines) if number not in gone), "utf-8")


def digest(found: Computer) -> str:
    """Return under which name a computer remembers its folder."""
    return sha256(str(found.root.resolve()).encode()).hexdigest()[:32]


def codes(found: Computer) -> set[str]:
    return {problem.code for problem in found.problems()}


@pytest.mark.parametrize(("places", "code"), [((-1,), "line-lost"), ((-2,), "line-missing"), ((-3, -2, -1), "line-lost")])
def test_what_an_organiser_adopts_counts_on_every_computer(
    organiser: Computer, other: Computer, places: tuple[int, ...], code: str
) -> None:
    cut(organiser, *places)
    assert codes(organiser) == {code}
    assert organiser.state("title") != "ready"

    said = organiser.run("adopt", typed="y\n")

    assert f"locales/{LANGUAGE}/reviews.jsonl" in said
    assert "organiser, computer" in said
    assert codes(organiser) == set()
    other.take_from(organiser)
    assert codes(other) == set()
    assert "No line is missing" in other.run("adopt")


def test_a_decision_is_followed_once(organiser: Computer, other: Computer) -> None:
    """Lines that are written after it cannot be taken out under its name."""
    cut(organiser, -1)
    organiser.run("adopt", "--yes")
    organiser.sign("r17", "safe")
    for found in (organiser, other):
        if found is other:
            other.take_from(organiser)
        assert codes(found) == set()
        cut(found, -1)
        assert codes(found) == {"line-lost"}


def test_nobody_else_adopts(organiser: Computer, other: Computer) -> None:
    cut(other, -1)
    before = (other.root / "locales/readers.jsonl").read_bytes()

    assert "[not-organiser]" in other.run("adopt", "--yes", code=1)

    assert (other.root / "locales/readers.jsonl").read_bytes() == before
    assert codes(other) == {"line-lost"}


def test_a_decision_that_no_organiser_signed_settles_nothing(organiser: Computer, other: Computer) -> None:
    cut(organiser, -1)
    organiser.run("adopt", "--yes")
    path = organiser.root / "locales/readers.jsonl"
    *rest, line = path.read_text("utf-8").splitlines()
    row = json.loads(line)
    assert row["do"] == "adopt"
    path.write_text("\n".join([*rest, line.replace(row["sig"][:4], "AAAA")]) + "\n", "utf-8")

    other.take_from(organiser)

    assert "line-lost" in codes(other)


def test_a_changed_line_is_never_adopted(organiser: Computer) -> None:
    text = ledger(organiser).read_text("utf-8")
    ledger(organiser).write_text(text[::-1].replace("71r", "81r", 1)[::-1], "utf-8")
    assert codes(organiser) == {"line-forged", "line-lost"}

    assert "[line-forged]" in organiser.run("adopt", "--yes", code=1)
    assert "line-forged" in codes(organiser)


def test_a_copy_of_a_key_that_signs_elsewhere_is_adopted_as_it_stands(organiser: Computer, tmp_path: Path) -> None:
    """A whole computer was copied, and both copies signed: both lines stand, once an organiser says so."""
    copy = Computer(Path(shutil.copytree(organiser.home, tmp_path / "copy")))
    memories = [found.home / "state/solidarity-leaflets/folders" / f"{digest(found)}.json" for found in (organiser, copy)]
    shutil.copy(*memories)
    organiser.sign("r17", "help")
    copy.sign("r18", "help")
    ledger(organiser).write_text(ledger(organiser).read_text("utf-8") + ledger(copy).read_text("utf-8").splitlines()[-1] + "\n", "utf-8")
    assert codes(organiser) == {"line-twice"}

    organiser.run("adopt", "--yes")

    assert codes(organiser) == set()
    assert organiser.signers("help") == {"r17", "r18"}


def test_a_ledger_that_is_gone_is_adopted_as_gone(organiser: Computer, other: Computer) -> None:
    ledger(organiser).unlink()
    assert codes(organiser) == {"line-lost"}

    organiser.run("adopt", "--yes")
    other.take_from(organiser)

    assert codes(organiser) == codes(other) == set()


def test_another_beginning_is_taken_over_on_this_computer_alone(organiser: Computer, other: Computer, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    new = Computer(tmp_path / "new")
    new.run("new", str(new.root))
    shutil.copy(new.root / "locales/readers.jsonl", other.root / "locales/readers.jsonl")
    assert "[other-root]" in other.run("check", "-l", "en", code=1)

    other.run("adopt", typed="n\n", code=130)
    assert "[other-root]" in other.run("check", "-l", "en", code=1)
    said = other.run("adopt", typed="y\n")

    assert "takes them for your organisers" in said
    assert "[other-root]" not in other.run("check", "-l", "en", code=1)
