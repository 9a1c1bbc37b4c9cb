"""Files prepared with more cunning: odd lines stop nothing and nobody, and no reader alone decides what all need."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.campaign.facts import check_fact
from generator.campaign.project import Project
from generator.campaign.shipped import shipped_folder
from generator.model import Fact
from generator.problem import LeafletsError
from generator.readers.adopt import adopt, adopt_root, losses
from generator.readers.upgrade import TAKEN, planned_upgrade
from generator.review import ledger, ledger_event
from generator.review.ledger_event import LedgerAction, LedgerEvent, withdrawn_ids
from generator.review.snapshot import Snapshot
from generator.trust.chain import read_chains, signed_line
from generator.trust.keys import key_name, new_seed, public_key
from generator.trust.readers_edge import append_reader_line, campaign_registry, own_key
from generator.trust.signer import campaign_signer
from tests.review.test_attacks import (
    EVIL,
    FR,
    READERS,
    Campaigns,
    change,
    forged_root,
    found,
    key_of,
    lines,
    put_french,
    ready,
    reject_papers,
    signed,
    world,
    write,
)
from tests.support.two_computers import BRIAN, DAY, FRENCH, computer, sign_everything

__all__ = ["signed", "world"]


def test_nothing_but_the_signature_may_follow_it(world: Campaigns) -> None:
    """JSON takes the last of two fields, and only the newest line of a chain is verified by its signature."""
    root, anna, _ = world
    put_french(root, FRENCH["door"], EVIL)
    for end in ('"}', '=="}'):
        evil = f'{end[:-1]}, "k": "{key_of("door", EVIL)}"}}'
        before = lines(root, FR)
        write(root, FR, [line[:-2] + evil if key_of("door") in line else line for line in before])
        with computer(anna):
            assert "line-forged" in {one.code for one in Snapshot(Project(root)).ledger("fr").problems}
            assert not ready(root, "fr")
        write(root, FR, before)


def test_key_behind_an_admission_cannot_be_exchanged_after_its_signature(world: Campaigns) -> None:
    root, anna, _ = world
    public = public_key(new_seed())
    admits = [f'{line[:-2]}==", "key": "{public}"}}' if '"admit"' in line else line for line in lines(root, READERS)]
    assert admits != lines(root, READERS)
    write(root, READERS, admits)
    with computer(anna):
        assert key_name(public) not in {one.key for one in campaign_registry(root).admitted}
        assert not ready(root, "fr")


ODD_LINES: dict[str, tuple[str, dict[str, object]]] = {
    "half a letter as a key": (READERS, {"do": "ask", "code": "r50", "key": "\ud800"}),
    "a number as a key": (READERS, {"do": "adopt", "settled": {}, "ends": {}, "key": 5}),
    "a code of two lines": (READERS, {"do": "ask", "code": "r50\nr51", "key": "A" * 43}),
    "a chain with a name of megabytes": (READERS, {"do": "ask", "code": "r50", "key": "A" * 43, "by": "0" * 99_000}),
    "a number nobody counts to": (READERS, {"do": "ask", "code": "r50", "key": "A" * 43, "n": 10**99}),
    "half a letter of a machine": (FR, {"k": "\ud800", "do": "machine", "who": "x 1", "at": DAY}),
}


@pytest.mark.parametrize("case", ODD_LINES)
def test_odd_line_is_named_and_stops_nothing(case: str, world: Campaigns) -> None:
    root, anna, _ = world
    name, row = ODD_LINES[case]
    chained: dict[str, object] = {"by": f"{'0' * 32}.00000000", "n": 1, "prev": "", "sig": "x"} if name == READERS else {}
    write(root, name, [*lines(root, name), json.dumps({**chained, **row})])
    with computer(anna):
        assert f"{root / name}:{len(lines(root, name))}" in [one.where for one in found(root)]


def test_decision_may_stand_twice_as_git_leaves_it(world: Campaigns) -> None:
    root, anna, _ = world
    with computer(anna):
        append_reader_line(root, own_key(root) or b"", {"do": "adopt", "settled": {}, "ends": {}})
        write(root, READERS, [*lines(root, READERS), lines(root, READERS)[-1]])
        assert ready(root, "fr")


def easier_policy(root: Path) -> None:
    change(root, "leaflets/campaign.yaml", "rights: 2\n  safety: 2\n  facts: 2", "rights: 1\n  safety: 1\n  facts: 1\n  keys: 1")


def lower_risk(root: Path) -> None:
    change(root, "leaflets/door.yaml", "risk: (safety|rights)", "risk: plain")


@pytest.mark.parametrize("easier", [easier_policy, lower_risk])
def test_reader_alone_cannot_make_the_rules_easier(easier: Callable[[Path], None], world: Campaigns) -> None:
    root, anna, brian = world
    easier(root)
    change(root, "leaflets/door.yaml", "Do not open", "Open")
    put_french(root, "Do not open", "Open")
    put_french(root, FRENCH["door"], EVIL)
    with computer(brian):
        sign_everything(root, BRIAN)
    with computer(anna):
        assert not ready(root, "fr")
        assert not ready(root, "en")
        sign_everything(root, "r17")
        assert ready(root, "fr")


def test_second_organiser_signs_no_line_of_a_reader_by_an_upgrade(world: Campaigns) -> None:
    """The mark of lines that were taken over is one that whoever signs can write."""
    root, anna, brian = world
    with computer(brian):
        reading = ledger.ledger_reading(root / FR).counted.reading
        row = {"k": key_of("door", EVIL), "do": "approve", "who": BRIAN, "at": DAY, TAKEN: 1}
        made = campaign_signer(root, BRIAN, "fr", reading).lines("fr", reading, [row])
        write(root, FR, [*lines(root, FR), *made])
    with computer(anna):
        assert not planned_upgrade(Project(root)).again


def test_machine_cannot_take_the_code_of_a_reader_without_a_key(world: Campaigns) -> None:
    """Anna's code has no key: the organiser's signs for it. A line of a machine under it would unmake her."""
    root, anna, _ = world
    row = {"k": "0" * 64, "do": "machine", "who": "r17", "at": DAY}
    write(root, FR, [*lines(root, FR), json.dumps(row)])
    with computer(anna):
        reading = Snapshot(Project(root)).ledger("fr")
        assert [one.code for one in reading.problems] == ["line-unsigned"]
        assert ready(root, "fr")


@pytest.mark.parametrize("attack", [forged_root, lambda root: (root / READERS).unlink()], ids=["another", "none"])
def test_nobody_signs_under_another_beginning_by_mistake(attack: Callable[[Path], object], world: Campaigns) -> None:
    """Signing would make this computer forget the organisers that it knew."""
    root, _, brian = world
    attack(root)
    event = LedgerEvent(key_of("papers"), LedgerAction.SIGN, BRIAN, "2026-11-25")
    with computer(brian):
        with pytest.raises(LeafletsError) as error:
            ledger.append_events(root / FR, [event])
        assert [one.code for one in error.value.problems] == ["other-root"]
        assert "other-root" in {one.code for one in found(root)}
        adopt_root(root)
        assert ledger.append_events(root / FR, [event])


def test_decision_about_lost_lines_excuses_no_later_loss(world: Campaigns, tmp_path: Path) -> None:
    """On a computer that missed nothing when the organiser decided, and saw what the reader signed since."""
    root, anna, brian = world
    reject_papers(root, brian)
    with computer(anna):
        assert not ready(root, "fr")
        write(root, FR, lines(root, FR)[:-2])
        adopt(root, losses(root))
        assert ready(root, "fr")
    with computer(brian):
        assert not Snapshot(Project(root)).ledger("fr").problems
        event = LedgerEvent(key_of("papers"), LedgerAction.REJECT, BRIAN, "2026-11-26", "it says the opposite")
        ledger.append_events(root / FR, [event])
    with computer(tmp_path / "carol"):
        assert not ready(root, "fr")
        write(root, FR, lines(root, FR)[:-1])
        assert [one.code for one in Snapshot(Project(root)).ledger("fr").problems] == ["line-lost"]
        assert not ready(root, "fr")


def test_language_table_of_ones_own_that_prints_otherwise_is_a_change_of_the_policy(world: Campaigns) -> None:
    root, anna, _ = world
    own = root / "locales" / "languages.yaml"
    shutil.copy(shipped_folder("locales") / "languages.yaml", own)
    with computer(anna):
        assert ready(root, "fr")
        for old, new in (("endonym: Français", "endonym: Ring 999"), ("script: Latn", "script: Latn, date: \"'Ring 999' d MMMM\"")):
            text = own.read_text("utf-8")
            head, french, rest = text.partition("  fr: {")
            own.write_text(head + french + rest.replace(old, new, 1), "utf-8")
            assert not ready(root, "fr")
            own.write_text(text, "utf-8")


def test_day_on_the_foot_is_signed(world: Campaigns) -> None:
    root, anna, _ = world
    change(root, "leaflets/door.yaml", "dated: 2026-11-20", "dated: 2026-11-21")
    with computer(anna):
        assert not ready(root, "fr")


def test_circle_of_withdrawals_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve digits are so few that somebody can make a circle; four make it here."""
    monkeypatch.setattr(ledger_event, "OLD_ID", 4)
    made = LedgerEvent("a", LedgerAction.MACHINE, "x 1", DAY)
    events, names = [made], {""}
    while (name := events[-1].id[:4]) not in names:
        names.add(name)
        events.append(LedgerEvent("a", LedgerAction.WITHDRAW, "x 1", DAY, target=name))
    assert withdrawn_ids(events)


def test_first_digits_of_an_id_take_back_nothing_that_a_person_signed() -> None:
    reject = LedgerEvent("a", LedgerAction.REJECT, BRIAN, DAY, by="0" * 32)
    short = LedgerEvent("a", LedgerAction.WITHDRAW, BRIAN, DAY, target=reject.id[:12])
    assert not withdrawn_ids([reject, short])
    assert withdrawn_ids([reject, reject.withdrawal()]) == {reject.id}


def test_one_changed_line_does_not_make_a_long_chain_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signed lines are gathered once for all, not once for each line."""
    from generator.trust import chain

    seed, made, prev = new_seed(), [], ""
    by = f"{key_name(public_key(seed))}.00000000"
    for number in range(1, 60):
        line, prev = signed_line(seed, "scope", {"by": by, "n": number, "prev": prev})
        made.append(line)
    made[3] = made[3].replace('"n": 4', '"n":  4')
    built: list[int] = []

    class Counted(set):  # type: ignore[type-arg]
        def __init__(self, *given: object) -> None:
            built.append(1)
            super().__init__(*given)

    monkeypatch.setattr(chain, "set", Counted, raising=False)
    reading = read_chains(made, [json.loads(line) for line in made], lambda _: public_key(seed), "scope")
    assert [(one.code, one.place) for one in reading.faults] == [("line-forged", 3), ("line-missing", 4)]
    assert len(built) < 10


def test_fact_of_the_last_day_there_is_ends_nothing() -> None:
    fact = Fact("a", "phone", "999", "", "https://harbour.internal", date.max, 180)
    assert [one.code for one in check_fact(fact, date(2026, 11, 24))] == ["fact-verified"]
