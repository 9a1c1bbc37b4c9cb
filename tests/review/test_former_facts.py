"""A fact that changed says what it was when people signed it; a private one says so in its private folder alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.review.snapshot import Snapshot
from tests.conftest import copy_campaign, sign_source
from tests.editions.test_draft_reasons import line_of
from tests.signing.test_sign import Reader, edit
from tests.signing.test_source import one_person

Command = Callable[..., tuple[int, str, str]]
OLD, NEW, NEXT = "0946 0123", "0946 0999", "0946 0777"
SAID = f"the fact campaign_phone was 020 {NEW}, signed by r41 on 2026-11-23; now 020 {NEXT}"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign whose facts were signed before values were kept; for reading only."""
    root = copy_campaign(tmp_path_factory.mktemp("facts") / "campaign", leaflets=("not-alone",), languages=("en", "ar"))
    one_person(root)
    sign_source(root)
    return root


@pytest.fixture
def campaign(shared: Path, tmp_path: Path) -> Path:
    """Give a copy to write in."""
    return Path(shutil.copytree(shared, tmp_path / "campaign"))


@pytest.fixture
def sign(leaflets_command: Command, monkeypatch: pytest.MonkeyPatch, campaign: Path) -> Reader:
    """Give an organiser at a terminal."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    return Reader(leaflets_command, monkeypatch, campaign)


def change(path: Path, before: str, after: str) -> None:
    """Give the campaign's phone another number, as it is dialled and as it is printed."""
    dialled, other = (f"+4420{number.replace(' ', '')}" for number in (before, after))
    text = path.read_text("utf-8")
    assert dialled in text
    path.write_text(text.replace(dialled, other).replace(before, after), "utf-8")


def saying(root: Path, *texts: str) -> list[str]:
    """Return the files of a folder that say one of some texts."""
    files = [path for path in root.rglob("*") if path.is_file()]
    return sorted(path.relative_to(root).as_posix() for path in files if any(text.encode() in path.read_bytes() for text in texts))


def test_a_changed_fact_says_what_was_signed(sign: Reader, campaign: Path, leaflets_command: Command) -> None:
    facts = campaign / "leaflets" / "facts.yaml"
    change(facts, OLD, NEW)
    assert "facts that too few people signed: campaign_phone" in leaflets_command("check", cwd=campaign)[1]
    sign("s", at=("facts",))
    assert "campaign_phone" not in leaflets_command("check", cwd=campaign)[1]
    change(facts, NEW, NEXT)

    check = leaflets_command("check", cwd=campaign)[1]
    status = leaflets_command("status", cwd=campaign)[2]
    built = leaflets_command("build", "not-alone", "-l", "ar", "-s", "a5", "--json", cwd=campaign)[1]
    shown = sign("q", at=("facts",))[1]

    place = line_of(facts, '  value: "+442009460777"')
    assert f"{place}: {SAID} → leaflets sign facts --as YOUR-CODE [source-changed]" in check
    assert SAID in status
    assert [one["what"] for one in json.loads(built)["editions"][0]["why"] if one["code"] == "source-changed"] == [SAID]
    assert f"{place}: {SAID}" in (campaign / "output" / "index.html").read_text("utf-8")
    assert f"was 020 {NEW}, signed by r41 on 2026-11-23; now 020 {NEXT}" in shown
    sign("s", at=("facts",))
    assert "campaign_phone" not in leaflets_command("check", cwd=campaign)[1]
    change(facts, NEXT, NEW)  # it comes back, and so does its signature
    assert "campaign_phone" not in leaflets_command("check", cwd=campaign)[1]


def test_values_that_were_signed_before_are_kept_with_the_next_signature(sign: Reader, campaign: Path, leaflets_command: Command) -> None:
    facts = campaign / "leaflets" / "facts.yaml"
    change(facts, OLD, NEW)
    sign("s", at=("facts",))
    edit(facts, '"116123"', '"116124"')
    edit(facts, "116 123", "116 124")

    found = leaflets_command("check", cwd=campaign)[1]

    assert "the fact samaritans was 116 123, signed by r901, r902 on 2026-11-22; now 116 124" in found


def test_a_changed_line_is_no_former_value(sign: Reader, campaign: Path, leaflets_command: Command) -> None:
    """A value stands under its own hash: nobody signed what somebody wrote into the file."""
    facts = campaign / "leaflets" / "facts.yaml"
    change(facts, OLD, NEW)
    sign("s", at=("facts",))
    kept = campaign / "leaflets" / "wordings.jsonl"
    kept.write_text(kept.read_text("utf-8").replace(NEW, "0946 0666"), "utf-8")
    change(facts, NEW, NEXT)

    found = leaflets_command("check", cwd=campaign)[1]

    assert "0946 0666" not in found
    assert "facts that too few people signed: campaign_phone" in found


def test_a_former_value_is_deleted_for_good(sign: Reader, campaign: Path, leaflets_command: Command) -> None:
    facts = campaign / "leaflets" / "facts.yaml"
    change(facts, OLD, NEW)
    sign("s", at=("facts",))
    assert "redact-today" in leaflets_command("redact", "facts", f"020 {NEW}", "--yes", cwd=campaign)[2]
    older = (campaign / "leaflets" / "wordings.jsonl").read_text("utf-8")
    change(facts, NEW, NEXT)

    code, _, err = leaflets_command("redact", "facts", f"020 {NEW}", "--yes", cwd=campaign)

    assert (code, saying(campaign, NEW, "09460999")) == (0, []), err
    kept = campaign / "leaflets" / "wordings.jsonl"
    kept.write_text(kept.read_text("utf-8") + older, "utf-8")  # an older clone joins its lines
    found = leaflets_command("check", cwd=campaign)[1]
    assert NEW not in found
    assert "facts that too few people signed: campaign_phone" in found


def test_a_private_value_stays_in_the_private_folder(sign: Reader, campaign: Path, leaflets_command: Command) -> None:
    site = campaign / "sites" / "example.yaml"
    name, old = own_phone(campaign)
    new = f"{old[:-1]}{(int(old[-1]) + 1) % 10}"
    sign(*"s" * 9, at=("facts", "--site", "example"))
    site.write_text(site.read_text("utf-8").replace(old, new).replace(spaced(site, old), spaced(site, old)[:-1] + new[-1]), "utf-8")

    found = leaflets_command("check", cwd=campaign)[1]
    built = leaflets_command("build", "not-alone", "-l", "ar", "-s", "a5", "--site", "example", "--json", cwd=campaign)[1]

    assert f"the fact {name} was " in found
    assert f"the fact {name} was " in built
    assert saying(campaign, old) == ["sites/wordings.jsonl"]
    (former,) = [one for one in json.loads(built)["editions"][0]["why"] if one["code"] == "source-changed"]
    said = former["what"].partition(" was ")[2].partition(",")[0]
    assert saying(campaign, said) == ["sites/wordings.jsonl"]
    leaflets_command("redact", "sites", said, "--yes", cwd=campaign)
    assert saying(campaign, said, old) == []


def test_what_one_site_signed_is_not_told_of_another(sign: Reader, campaign: Path, leaflets_command: Command) -> None:
    site, other = campaign / "sites" / "example.yaml", campaign / "sites" / "other.yaml"
    _, old = own_phone(campaign)
    sign(*"s" * 9, at=("facts", "--site", "example"))
    other.write_text(site.read_text("utf-8").replace(old, f"{old[:-1]}9").replace("960123", "960129").replace("060123", "060129"), "utf-8")

    assert "[source-changed]" not in leaflets_command("check", cwd=campaign)[1]
    assert Snapshot(Project(campaign), "other").fact_states["campaign_phone"] == "draft"


def own_phone(root: Path) -> tuple[str, str]:
    """Return a phone that the example site has of its own, and its number as it is dialled."""
    facts = Snapshot(Project(root), "example").own_facts.values()
    return next((fact.name, fact.value) for fact in facts if fact.kind == "phone")


def spaced(path: Path, value: str) -> str:
    """Return the printed form that stands in the file of a site."""
    return next(fact.display or value for fact in Project(path.parent.parent).own_facts("example").values() if fact.value == value)
