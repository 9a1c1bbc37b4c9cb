"""Two texts for one sentence: people decide which one stands, nothing anybody signed is lost, and everything can be taken back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.catalogue.entry import Entry
from generator.catalogue.two_sides import join_catalogues, other_texts
from generator.editions.draft_reasons import DraftReasons
from generator.model import Edition
from generator.review.snapshot import Snapshot
from generator.signing.record_answer import text_instead
from generator.signing.sentence_task import corrected_task
from generator.signing.sign import correct_wording, undo_events
from tests.support.clones import DAY, DOMAIN, LANGUAGE, Computer, clone, make_origin
from tests.support.visitor import HOST, page_over, visitor
from tests.web import test_reading
from tests.web.test_reading import Reader

PLAIN, RISKY = "help", "safe"
ANNA, BILAL, CHLOE = "r41", "r44", "r45"
T, U = "Notre aide pour vous", "Ce que nous faisons pour vous"
SAFE = "<b>Notre aide est gratuite.</b> Personne n’a le droit de vous demander de l’argent pour"
OPEN_BEFORE = 3
"""Sentences before PLAIN that nobody has signed."""
RISKY_T, RISKY_U = f"{SAFE} cela.", f"{SAFE} notre aide."


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a campaign in git; for cloning only."""
    with pytest.MonkeyPatch.context() as patch:
        yield make_origin(tmp_path_factory.mktemp("origin"), patch)


@pytest.fixture
def desk(origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    """Give the computer of an organiser, at which several readers sit one after the other."""
    return clone(origin, tmp_path, 1, monkeypatch, driver=False)


def rivals(desk: Computer, name: str = PLAIN) -> list[tuple[str, tuple[str, ...]]]:
    """Return the other texts of a sentence, and who signed each."""
    return [(rival.msgstr, rival.signers) for rival in desk.task(name).rivals]


def test_a_person_stands_behind_one_wording_of_a_sentence(desk: Computer) -> None:
    first = desk.says(PLAIN)
    desk.sign(PLAIN, ANNA)
    desk.correct(PLAIN, U, ANNA)
    assert (desk.says(PLAIN), rivals(desk), desk.task(PLAIN).support.signers) == (U, [], {ANNA})
    desk.correct(PLAIN, first, ANNA)
    assert (desk.says(PLAIN), rivals(desk), desk.task(PLAIN).support.signers) == (first, [], {ANNA})


def test_a_correction_of_a_text_that_more_people_signed_is_kept_and_does_not_stand(desk: Computer) -> None:
    desk.correct(PLAIN, T, ANNA)
    desk.sign(PLAIN, BILAL)
    desk.correct(PLAIN, U, CHLOE)
    assert (desk.says(PLAIN), rivals(desk), desk.lost()) == (T, [(U, (CHLOE,))], [])
    assert text_instead(desk.wake(), desk.task(PLAIN), U) == T
    assert desk.extract() == []
    assert desk.says(PLAIN) == T


def test_the_reader_who_signed_the_other_text_is_asked_again_and_ends_it(desk: Computer) -> None:
    desk.correct(RISKY, RISKY_T, ANNA)
    desk.sign(RISKY, BILAL)
    assert desk.state_of(RISKY) == "ready"
    desk.correct(RISKY, RISKY_U, CHLOE)
    assert (desk.says(RISKY), desk.state_of(RISKY)) == (RISKY_T, "read")
    assert desk.task(RISKY).open_for(ANNA)
    assert desk.task(RISKY).open_for(BILAL)
    desk.sign(RISKY, ANNA)
    assert not desk.task(RISKY).open_for(ANNA)
    desk.sign(RISKY, BILAL)
    assert (desk.says(RISKY), desk.state_of(RISKY), rivals(desk, RISKY)) == (RISKY_T, "ready", [])


def test_check_status_and_the_draft_name_the_line_of_two_texts(
    desk: Computer, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    desk.correct(RISKY, RISKY_T, ANNA)
    desk.sign(RISKY, BILAL)
    desk.correct(RISKY, RISKY_U, CHLOE)
    root = desk.wake().root
    catalogue = desk.wake().catalogue(LANGUAGE, DOMAIN)
    lines = catalogue.read_text("utf-8").splitlines()
    told = f"{RISKY}: people signed two different texts, so neither is ready → one more reader decides: leaflets sign fr not-alone"

    found = DraftReasons(Snapshot(desk.wake())).of(Edition(DOMAIN, LANGUAGE, "a5"))
    checked, status = leaflets_command("check", cwd=root)[1], leaflets_command("status", cwd=root)[2]

    (two,) = [one for one in found if one.code == "contested"]
    line = int(two.where.removeprefix(f"{catalogue}:"))
    assert f'msgctxt "{RISKY}"' in lines[line - 1 : line + 12]
    assert told in checked
    assert told in status
    desk.sign(RISKY, ANNA)
    desk.sign(RISKY, BILAL)
    assert told not in leaflets_command("check", cwd=root)[1]


def test_two_readers_who_choose_the_correction_end_it_the_other_way(desk: Computer) -> None:
    desk.correct(RISKY, RISKY_T, ANNA)
    desk.sign(RISKY, BILAL)
    desk.correct(RISKY, RISKY_U, CHLOE)
    desk.correct(RISKY, RISKY_U, BILAL)
    assert (desk.says(RISKY), desk.state_of(RISKY), rivals(desk, RISKY)) == (RISKY_U, "ready", [])


def test_a_correction_that_does_not_stand_can_be_taken_back(desk: Computer) -> None:
    desk.correct(PLAIN, T, ANNA)
    desk.sign(PLAIN, BILAL)
    task, snapshot = desk.task(PLAIN), Snapshot(desk.wake())
    after = corrected_task(snapshot, task, U, CHLOE)
    events = correct_wording(snapshot.project, task, after, CHLOE, DAY, {})
    undo_events(desk.wake(), task, after, events)
    assert (desk.says(PLAIN), desk.state_of(PLAIN), rivals(desk)) == (T, "ready", [])


def test_taking_back_a_correction_brings_back_ones_own_older_signature(desk: Computer) -> None:
    desk.correct(PLAIN, T, ANNA)
    task, snapshot = desk.task(PLAIN), Snapshot(desk.wake())
    after = corrected_task(snapshot, task, U, ANNA)
    events = correct_wording(snapshot.project, task, after, ANNA, DAY, {})
    assert (desk.says(PLAIN), desk.task(PLAIN).support.signers) == (U, {ANNA})
    undo_events(desk.wake(), task, after, events)
    assert (desk.says(PLAIN), desk.task(PLAIN).support.signers, rivals(desk)) == (T, {ANNA}, [])


def test_a_text_typed_in_an_editor_stays_for_its_writer_to_sign(desk: Computer) -> None:
    desk.correct(PLAIN, T, ANNA)
    desk.type_in(PLAIN, U)
    assert desk.extract() == []
    assert (desk.says(PLAIN), desk.state_of(PLAIN), rivals(desk)) == (U, "draft", [(T, (ANNA,))])


def test_of_as_many_people_those_win_who_saw_the_other_text(desk: Computer) -> None:
    """One wrote a text; another, who saw it, signed the one that somebody typed in an editor."""
    for name, written, typed in (("help", T, U), ("who", U, T)):
        desk.correct(name, written, ANNA)
        desk.type_in(name, typed)
        desk.sign(name, BILAL)
        assert (desk.says(name), rivals(desk, name)) == (typed, [(written, (ANNA,))])


def test_the_page_shows_both_texts_and_signs_the_other_one(desk: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.correct(RISKY, RISKY_T, ANNA)
    desk.sign(RISKY, BILAL)
    monkeypatch.setattr(test_reading, "BASE", f"http://{HOST}")
    place = f"/read/{LANGUAGE}/{DOMAIN}/{RISKY}"
    chloe, bilal = (Reader(visitor(page_over(desk.root), code)) for code in (CHLOE, BILAL))
    chloe.opens(place)
    answers = {"why__negation": "yes it is", "why__names-kept": "yes it is"}
    sent = chloe.presses(place, "correct", text=RISKY_U, **answers)
    assert sent.status_code == 303
    assert "More people stand behind the one that was here" in chloe.opens(sent.location)
    assert "Two texts stand for this sentence" in bilal.opens(place)
    (button,) = re.findall(r'value="(choose \w+)"', bilal.seen)
    bilal.shows(bilal.presses(place, button))
    assert bilal.fields["text"] == RISKY_U
    assert desk.says(RISKY) == RISKY_T
    bilal.presses(place, "correct", **answers)
    assert (desk.says(RISKY), desk.task(RISKY).support.signers) == (RISKY_U, {BILAL, CHLOE})


def test_the_terminal_shows_both_texts_and_signs_the_other_one(
    desk: Computer, leaflets_command: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.correct(PLAIN, T, ANNA)
    desk.correct(PLAIN, U, CHLOE)
    assert (desk.says(PLAIN), desk.state_of(PLAIN)) == (U, "read")
    monkeypatch.setattr("sys.stdin", io.StringIO("k\n" * OPEN_BEFORE + "1\nq\n"))
    _, out, err = leaflets_command("sign", LANGUAGE, DOMAIN, "--as", "r46", cwd=desk.root)
    assert f"{T}   (signed by {ANNA})" in out
    assert (desk.says(PLAIN), desk.task(PLAIN).support.signers, rivals(desk)) == (T, {ANNA, "r46"}, [(U, (CHLOE,))]), err


def entry(text: str, *comments: str, **fields: str) -> Entry:
    return Entry(fields.get("msgid", "Ask us."), text, "ask", comments=comments, previous=fields.get("previous", ""))


HEADER = Entry("", "Language: fr\nPO-Revision-Date: 2026-01-01 00:00+0000\n")


@pytest.mark.parametrize(
    ("base", "one", "other", "says", "others"),
    [
        ("a", "a", "b", "b", []),
        ("a", "b", "b", "b", []),
        ("a", "", "a", "", []),
        ("a", "", "b", "b", []),
        ("", "a", "", "a", []),
        ("a", "b", "c", None, ["b", "c"]),
        (None, "b", "c", None, ["b", "c"]),
    ],
)
def test_two_versions_of_an_entry_give_the_same_from_both_sides(
    base: str | None, one: str, other: str, says: str | None, others: list[str]
) -> None:
    before = None if base is None else [HEADER, entry(base)]
    results = [join_catalogues(before, [HEADER, entry(mine)], [HEADER, entry(theirs)]) for mine, theirs in ((one, other), (other, one))]
    assert results[0] == results[1]
    found = results[0][1]
    kept = [made.msgstr for made in other_texts(found)]
    assert sorted([found.msgstr, *kept]) == others if others else (found.msgstr, kept) == (says, [])


def test_a_text_keeps_the_source_it_was_made_for() -> None:
    """One side changed the source, the other the text: the text is that of the older source."""
    before, changed = entry("a"), entry("a", msgid="Ask us now.", previous="Ask us.")
    for sides in ((changed, entry("b")), (entry("b"), changed)):
        found = join_catalogues([HEADER, before], *([HEADER, side] for side in sides))[1]
        assert (found.msgid, found.msgstr, found.previous) == ("Ask us now.", "b", "Ask us.")


def test_comments_of_translators_and_flags_of_both_sides_stay() -> None:
    sides: list[Callable[[], Entry]] = [lambda: entry("a", "# one says"), lambda: entry("a", "# other says")]
    found = join_catalogues([HEADER, entry("a", "# gone")], *([HEADER, side()] for side in sides))[1]
    assert found.comments == ("# one says", "# other says")


def test_the_header_is_that_of_whoever_saved_last() -> None:
    newer = Entry("", "Language: fr\nPO-Revision-Date: 2026-02-01 00:00+0000\nX-Generator: Poedit\n")
    older = Entry("", "Language: fr\nPO-Revision-Date: 2026-01-09 00:00+0000\nX-Generator: Lokalize\n")
    for sides in ((newer, older), (older, newer)):
        found = join_catalogues([HEADER], *([side] for side in sides))[0]
        assert found.msgstr == newer.msgstr
