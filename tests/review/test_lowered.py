"""One organiser lowers a risk, or how many must sign, and signs it alone: nothing is ready by that until as many people sign."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.layout.stage import EditionState
from generator.model import Risk, State
from generator.review import ledger
from generator.review.ledger_event import SIGNING_ACTIONS
from generator.review.live_snapshot import LiveSnapshot
from generator.review.snapshot import Snapshot
from generator.review.source_texts import POLICY_DOMAIN, WHOLE_ID
from tests.signing.test_sign import Reader
from tests.support.two_computers import ANNA, BRIAN, computer, stage_of, two_signers

Command = Callable[..., tuple[int, str, str]]
DOOR, OTHER = "Do not open the door to strangers.", "Open the door to strangers."
LEAFLET, CAMPAIGN, FACTS = "leaflets/door.yaml", "leaflets/campaign.yaml", "leaflets/facts.yaml"
PLAIN = r"\n    risk: (safety|rights)"
# The day of the first signatures is 2026-11-23; these are the 24th, and the 1st.
LATER, BEFORE = "1795478400", "1793491200"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign that two people signed whole on two computers; for copying."""
    folder = tmp_path_factory.mktemp("lowered")
    two_signers(folder / "campaign", folder / "anna", folder / "brian")
    return folder


class TwoPeople:
    """Anna, an organiser, and Brian, a reader, each at a computer of their own."""

    def __init__(self, folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = folder / "campaign"
        self.folder, self.command, self.monkeypatch = folder, command, monkeypatch
        self.reader = Reader(command, monkeypatch, self.root)

    def sign(self, who: str, *domains: str, day: str = LATER) -> str:
        """Sign the rules, or leaflets as a whole, at the terminal; return what it shows."""
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        (self.root / ".leaflets.reader").unlink(missing_ok=True)
        with computer(self.folder / {ANNA: "anna", BRIAN: "brian"}[who]):
            _, out, err = self.reader(*"s" * 9, at=("en", *domains), who=who)
        return out + err

    def change(self, name: str, *pairs: tuple[str, str]) -> None:
        """Change a file by patterns."""
        path = self.root / name
        for old, new in pairs:
            text = path.read_text("utf-8")
            assert re.search(old, text), old
            path.write_text(re.sub(old, new, text), "utf-8")

    def state(self, domain: str = "door", name: str = WHOLE_ID) -> State:
        """Return the state of a text of the source, as Anna's computer sees it."""
        with computer(self.folder / "anna"):
            return Snapshot(Project(self.root)).texts("en", domain)[name].state

    def ready(self) -> bool:
        """Tell whether the leaflet would print as ready."""
        with computer(self.folder / "anna"):
            return stage_of(self.root, "en") == EditionState.READY


@pytest.fixture
def two(signed: Path, tmp_path: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch) -> TwoPeople:
    """Give a copy of it, ready."""
    shutil.copytree(signed, tmp_path / "world")
    found = TwoPeople(tmp_path / "world", leaflets_command, monkeypatch)
    assert found.ready()
    return found


def risks_gone(two: TwoPeople) -> None:
    two.change(LEAFLET, (PLAIN, ""), (DOOR, OTHER))


def kinds_swapped(two: TwoPeople) -> None:
    """The warning becomes a text without a risk, and another sentence the risky one."""
    two.change(LEAFLET, (PLAIN, ""), ("warning: " + DOOR, "text: " + OTHER), ("    lead: (.*)", r"    lead: \1\n    risk: safety"))


def policy_people(two: TwoPeople) -> None:
    two.change(LEAFLET, (DOOR, OTHER))
    two.change(CAMPAIGN, ("(rights|safety|facts): 2", r"\1: 1"))


def policy_all(two: TwoPeople) -> None:
    two.change(LEAFLET, (DOOR, OTHER))
    two.change(CAMPAIGN, ("(rights|safety): 2", r"\1: 1"), ("facts: 2", "facts: 1\n  medical: 1\n  keys: 1"))


def former_text_deleted(two: TwoPeople) -> None:
    """The text of the form that two signed is taken out of the file of texts."""
    risks_gone(two)
    two.change("locales/en/wordings.jsonl", (r'.*"@leaflet".*\n', ""))


def former_policy_deleted(two: TwoPeople) -> None:
    """The text of the rules that two signed is taken out of the file of texts."""
    policy_all(two)
    two.change("locales/en/wordings.jsonl", (r'.*"@policy".*\n', ""))


ALONE = (risks_gone, kinds_swapped, policy_people, policy_all, former_text_deleted, former_policy_deleted)


@pytest.mark.parametrize("attack", ALONE, ids=lambda attack: attack.__name__)
def test_nobody_alone_makes_ready_what_two_had_to_sign(attack: Callable[[TwoPeople], None], two: TwoPeople) -> None:
    attack(two)

    two.sign(ANNA, POLICY_DOMAIN, "door")

    assert not two.ready()
    assert two.state() is State.READ
    two.sign(BRIAN, POLICY_DOMAIN, "door")
    assert two.state() is State.READY
    assert two.ready()


@pytest.mark.parametrize("attack", ALONE, ids=lambda attack: attack.__name__)
def test_the_sentence_too_needs_two_until_two_signed_that_it_is_plain(attack: Callable[[TwoPeople], None], two: TwoPeople) -> None:
    attack(two)

    two.sign(ANNA, POLICY_DOMAIN, "door")

    assert two.state(name="door") is State.READ


def test_a_sentence_under_another_id_is_the_same_sentence(two: TwoPeople) -> None:
    two.change(LEAFLET, ("id: door", "id: gate"), (PLAIN, ""))

    out = two.sign(ANNA, "door")

    assert "risk: safety, 0 of 2 people" in out
    assert two.state(name="gate") is State.READ


def test_the_rules_alone_need_as_many_as_before(two: TwoPeople) -> None:
    policy_all(two)

    out = two.sign(ANNA, POLICY_DOMAIN)

    assert "0 of 2 people" in out
    assert two.state(POLICY_DOMAIN, "@policy") is State.READ
    with computer(two.folder / "anna"):
        assert Snapshot(Project(two.root)).signed_rules.fact_rule[:2] == (2, 2)


def test_two_people_at_one_computer_lower_a_number_together(two: TwoPeople) -> None:
    """One key is enough there, and one organiser for the rules, but not for fewer people than before."""
    two.change(CAMPAIGN, ("facts: 2", "facts: 2\n  keys: 1"))
    two.sign(ANNA, POLICY_DOMAIN)
    two.sign(BRIAN, POLICY_DOMAIN)
    two.change(CAMPAIGN, ("name: Harbour Friends", "name: Friends"))
    assert "0 of 1 people" in two.sign(ANNA, POLICY_DOMAIN)
    assert two.state(POLICY_DOMAIN, "@policy") is State.READY
    two.change(CAMPAIGN, ("safety: 2", "safety: 1"))

    out = two.sign(ANNA, POLICY_DOMAIN)

    assert "0 of 2 people" in out
    assert two.state(POLICY_DOMAIN, "@policy") is State.READ


def test_taking_back_what_two_signed_frees_nobody(two: TwoPeople) -> None:
    with computer(two.folder / "anna"):
        path = two.root / "locales" / "en" / "reviews.jsonl"
        own = [one for one in ledger.read_ledger(path) if one.person == ANNA and one.action in SIGNING_ACTIONS]
        ledger.append_events(path, [one.withdrawal() for one in own])
    risks_gone(two)

    two.sign(ANNA, "door")

    assert two.state() is State.READ


def test_an_earlier_day_frees_nobody(two: TwoPeople) -> None:
    risks_gone(two)

    two.sign(ANNA, "door", day=BEFORE)

    assert two.state() is State.READ


def test_what_one_person_signed_while_it_was_plain_does_not_come_back_alone(two: TwoPeople) -> None:
    """A plain form that was signed first, then the risk, then the plain form with other words."""
    shutil.copy(two.root / LEAFLET, two.folder / "risky.yaml")
    two.change(LEAFLET, (PLAIN, ""))
    two.sign(ANNA, "door", day=BEFORE)
    shutil.copy(two.folder / "risky.yaml", two.root / LEAFLET)
    assert two.state() is State.READY
    two.change(LEAFLET, (PLAIN, ""))
    two.sign(ANNA, "door")
    two.change(LEAFLET, (DOOR, OTHER))

    two.sign(ANNA, "door")

    assert two.state() is State.READ


def test_what_two_lowered_is_plain_from_then_on(two: TwoPeople) -> None:
    two.change(LEAFLET, (PLAIN, ""))
    for who in (ANNA, BRIAN):
        two.sign(who, "door")
    assert two.ready()
    two.change(LEAFLET, ("We are your neighbours", "We live here too"))

    out = two.sign(ANNA, "door")

    assert "risk: plain, 0 of 1 people" in out
    assert two.ready()


def test_a_leaflet_that_nobody_signed_follows_its_own_risks(two: TwoPeople) -> None:
    text = (two.root / LEAFLET).read_text("utf-8")
    (two.root / "leaflets" / "tea.yaml").write_text(re.sub(PLAIN, "", text), "utf-8")

    two.sign(ANNA, "tea")

    assert two.state("tea") is State.READY


def test_whoever_works_alone_raises_and_lowers_alone(tmp_path: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    two = TwoPeople(tmp_path, leaflets_command, monkeypatch)
    two_signers(two.root, tmp_path / "anna", tmp_path / "brian")
    shutil.rmtree(two.root / "locales")  # nobody has signed anything yet
    shutil.rmtree(tmp_path / "anna")
    (two.root / "leaflets" / "reviews.jsonl").unlink()
    policy_all(two)
    two.sign(ANNA, POLICY_DOMAIN, "door")
    assert two.state() is State.READY
    assert two.state(POLICY_DOMAIN, "@policy") is State.READY
    two.change(LEAFLET, (PLAIN, ""))

    two.sign(ANNA, "door")

    assert two.state() is State.READY


def test_the_page_that_is_open_sees_in_every_language_that_two_lowered(two: TwoPeople) -> None:
    two.change(LEAFLET, (PLAIN, ""))
    two.monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    with computer(two.folder / "anna"):
        live = LiveSnapshot(two.root)
        assert live.snapshot("fr").texts("fr", "door")["door"].message.risk is Risk.SAFETY
    for who in (ANNA, BRIAN):
        two.sign(who, "door")
    with computer(two.folder / "anna"):
        assert live.snapshot("fr").texts("fr", "door")["door"].message.risk is Risk.PLAIN
