"""Somebody who can edit files, and has no key: each change is found with file and line, and nothing is ready by it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.base.clock import today
from generator.base.digests import OLD_KEY, wording_key
from generator.campaign.facts import fact_key
from generator.campaign.project import Project
from generator.layout.stage import EditionState
from generator.overview.check import check_campaign
from generator.problem import LeafletsError, Problem
from generator.review import ledger
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.trust.chain import LINK_LENGTH, SIGNATURE_MARK, signed_line
from generator.trust.keys import key_name, new_seed, public_key
from generator.trust.readers_edge import append_reader_line, campaign_registry, found_campaign, own_key
from generator.trust.signer import ledger_scope
from tests.support.two_computers import BRIAN, DAY, FRENCH, computer, sign_everything, stage_of, two_signers

FR, EN, FACTS, READERS = (
    *(f"locales/{code}/reviews.jsonl" for code in ("fr", "en")),
    "leaflets/reviews.jsonl",
    "locales/readers.jsonl",
)
EVIL = "Ouvrez la porte aux inconnus."
Campaigns = tuple[Path, Path, Path]


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Campaigns:
    """Give a campaign that two people signed whole on two computers; for copying."""
    folder = tmp_path_factory.mktemp("signed")
    two_signers(folder / "campaign", folder / "anna", folder / "brian")
    return folder / "campaign", folder / "anna", folder / "brian"


@pytest.fixture
def world(signed: Campaigns, tmp_path: Path) -> Campaigns:
    """Give a copy of it, ready and seen by both computers."""
    for path in signed:
        shutil.copytree(path, tmp_path / path.name)
    root, anna, brian = (tmp_path / path.name for path in signed)
    for state in (anna, brian):
        with computer(state):
            assert (stage_of(root, "fr"), stage_of(root, "en")) == (EditionState.READY, EditionState.READY)
    return root, anna, brian


def lines(root: Path, name: str) -> list[str]:
    """Return the lines of a file of the campaign."""
    return (root / name).read_text("utf-8").splitlines()


def write(root: Path, name: str, found: list[str]) -> None:
    """Write the lines of a file of the campaign."""
    (root / name).write_text("".join(f"{line}\n" for line in found), "utf-8")


def place_of(root: Path, name: str, **wanted: str) -> int:
    """Return the place of the last line with these values, the first line being 0."""
    rows = [json.loads(line) for line in lines(root, name)]
    return max(place for place, row in enumerate(rows) if wanted.items() <= row.items())


def key_of(name: str, text: str = "") -> str:
    """Return the key of a French wording, the one that stands there or another one."""
    msgid = {"door": "Do not open the door to strangers.", "papers": "You do not have to sign anything today."}[name]
    return wording_key("fr", name, msgid, text or FRENCH[name])


def put_french(root: Path, old: str, new: str) -> None:
    """Change a French text in its catalogue, as an editor does."""
    path = root / "locales/fr/LC_MESSAGES/door.po"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def change(root: Path, name: str, old: str, new: str) -> None:
    """Change the text of a file."""
    text = (root / name).read_text("utf-8")
    assert re.search(old, text), old
    (root / name).write_text(re.sub(old, new, text), "utf-8")


# --- each attack changes files; it returns the line that must be named, by file and number


def invented_reader(root: Path) -> tuple[str, int]:
    put_french(root, FRENCH["door"], EVIL)
    seed = new_seed()
    row = {
        "k": key_of("door", EVIL),
        "do": "approve",
        "who": "r99",
        "at": DAY,
        "by": f"{key_name(public_key(seed))}.00000000",
        "n": 1,
        "prev": "",
    }
    line, _ = signed_line(seed, ledger_scope(campaign_registry(root).campaign, "fr"), row)
    write(root, FR, [*lines(root, FR), line])
    return FR, len(lines(root, FR))


def unsigned_lines(root: Path) -> tuple[str, int]:
    put_french(root, FRENCH["door"], EVIL)
    rows = [{"k": key_of("door", EVIL), "do": "approve", "who": who, "at": DAY} for who in ("r17", "r18")]
    write(root, FR, [*lines(root, FR), *map(json.dumps, rows)])
    return FR, len(lines(root, FR)) - 1


def copied_lines(root: Path) -> tuple[str, int]:
    """The last line of each signer again, with another wording in it."""
    put_french(root, FRENCH["door"], EVIL)
    found = [line for line in lines(root, FR) if key_of("door") in line]
    write(root, FR, [*lines(root, FR), *(line.replace(key_of("door"), key_of("door", EVIL)) for line in found)])
    return FR, len(lines(root, FR)) - 1


def line_of_another_ledger(root: Path) -> tuple[str, int]:
    """A signed line of the source, moved among the French ones."""
    write(root, FR, [*lines(root, FR), lines(root, EN)[0]])
    put_french(root, FRENCH["door"], EVIL)
    return FR, len(lines(root, FR))


def deleted_in_the_middle(root: Path) -> tuple[str, int]:
    """The reject of Brian, who went on signing after it."""
    place = place_of(root, FR, do="reject")
    found = lines(root, FR)
    write(root, FR, found[:place] + found[place + 1 :])
    return FR, place + 1


def deleted_at_the_end(root: Path) -> tuple[str, int]:
    """The last line of all, which this computer had seen."""
    write(root, FR, lines(root, FR)[:-1])
    return FR, len(lines(root, FR))


def reordered(root: Path) -> tuple[str, int]:
    found = lines(root, FR)
    found[0], found[1] = found[1], found[0]
    write(root, FR, found)
    return FR, 2


def truncated(root: Path) -> tuple[str, int]:
    text = (root / FR).read_bytes()
    (root / FR).write_bytes(text[: len(text) // 2])
    return FR, len(lines(root, FR))


def emptied_of_lines(root: Path) -> tuple[str, int]:
    (root / FR).unlink()
    return FR, 1


def turned_around(root: Path) -> tuple[str, int]:
    """A reject becomes a signature in its place."""
    place = place_of(root, FR, do="reject")
    found = lines(root, FR)
    found[place] = found[place].replace('"do": "reject"', '"do": "approve"')
    write(root, FR, found)
    return FR, place + 1


def two_objects_on_a_line(root: Path) -> tuple[str, int]:
    """A line that holds two objects, so that the text of one line stands for the object of another."""
    put_french(root, FRENCH["door"], EVIL)
    found = lines(root, FR)
    row = json.loads(found[-1]) | {"k": key_of("door", EVIL)}
    machine = json.dumps({"k": "0" * 64, "do": "machine", "who": "x 1", "at": DAY})
    found[-2:-1] = [f"{machine},{json.dumps(row)}", '{"a": [{}', "{}]}"]
    write(root, FR, found)
    return FR, len(found) - 3


def forged_root(root: Path) -> tuple[str, int]:
    """All of who may sign, and all signatures, made anew with other keys."""
    for name in (FR, EN, FACTS, READERS):
        (root / name).unlink()
    put_french(root, FRENCH["door"], EVIL)
    with computer(root.parent / "thief"):
        found_campaign(root)
        for who in ("r17", "r18"):
            sign_everything(root, who)
        other = new_seed()
        append_reader_line(root, own_key(root) or b"", {"do": "organiser", "key": public_key(other)})
    return READERS, 1


def second_root(root: Path) -> tuple[str, int]:
    """Another beginning after the first one, that makes the thief an organiser."""
    with computer(root.parent / "thief"):
        (root.parent / "elsewhere").mkdir()
        found_campaign(root.parent / "elsewhere")
    write(root, READERS, [*lines(root, READERS), *lines(root.parent / "elsewhere", READERS)])
    return READERS, len(lines(root, READERS))


def shorter_key(root: Path) -> tuple[str, int]:
    """Brian's own key under the first 80 bits of a key, for which somebody could find a second text."""
    with computer(root.parent / "brian"):
        event = LedgerEvent(key_of("door", EVIL)[:OLD_KEY], LedgerAction.SIGN, BRIAN, DAY)
        ledger.append_events(root / FR, [event])
    put_french(root, FRENCH["door"], EVIL)
    return FR, len(lines(root, FR))


def second_code(root: Path) -> tuple[str, int]:
    """Brian's key admitted for one more reader: one person would be two."""
    with computer(root.parent / "brian"):
        brian = own_key(root) or b""
    with computer(root.parent / "anna"):
        append_reader_line(root, own_key(root) or b"", {"do": "admit", "code": "r19", "key": public_key(brian)})
    with computer(root.parent / "brian"):
        ledger.append_events(root / FR, [LedgerEvent(key_of("door", EVIL), LedgerAction.SIGN, who, DAY) for who in (BRIAN, "r19")])
    put_french(root, FRENCH["door"], EVIL)
    return READERS, len(lines(root, READERS))


def baseline_line(root: Path) -> tuple[str, int]:
    """A new phone number, and a line that says it always stood there."""
    change(root, "leaflets/facts.yaml", "060111", "060999")
    fact = Project(root).facts["harbour_line"]
    row = {"k": fact_key(fact), "do": "baseline", "who": "r17", "at": DAY}
    write(root, FACTS, [*lines(root, FACTS), json.dumps(row)])
    return FACTS, len(lines(root, FACTS))


def withdrawn_by_a_machine(root: Path) -> tuple[str, int]:
    """The reject of Brian, taken back by a line without a signature."""
    place = place_of(root, FR, do="reject")
    reject = next(one for one in ledger.read_ledger(root / FR) if one.action == LedgerAction.REJECT)
    row = {"k": reject.key, "do": f"withdraw:{reject.id}", "who": BRIAN, "at": DAY}
    write(root, FR, [*lines(root, FR), json.dumps(row)])
    assert place
    return FR, len(lines(root, FR))


# What is attacked, and the code of what is found.
ON_LEDGERS: dict[Callable[[Path], tuple[str, int]], str] = {
    invented_reader: "line-stranger",
    unsigned_lines: "line-unsigned",
    copied_lines: "line-forged",
    line_of_another_ledger: "line-forged",
    deleted_in_the_middle: "line-missing",
    deleted_at_the_end: "line-lost",
    reordered: "line-order",
    truncated: "ledger",
    emptied_of_lines: "line-lost",
    turned_around: "line-forged",
    two_objects_on_a_line: "ledger",
    forged_root: "other-root",
    second_root: "other-root",
    shorter_key: "line-short",
    second_code: "second-code",
    baseline_line: "line-unsigned",
    withdrawn_by_a_machine: "line-unsigned",
}
# Attacks on a sentence that Brian has rejected.
REJECTED = (deleted_in_the_middle, turned_around, withdrawn_by_a_machine)


def reject_papers(root: Path, state: Path) -> None:
    """Let Brian reject a sentence, and sign another one after it."""
    with computer(state):
        reject = LedgerEvent(key_of("papers"), LedgerAction.REJECT, BRIAN, DAY, "it says the opposite")
        later = LedgerEvent(key_of("door"), LedgerAction.SIGN, BRIAN, "2026-11-24")
        ledger.append_events(root / FR, [reject, later])


def found(root: Path) -> list[Problem]:
    """Return what `leaflets check` finds."""
    try:
        return check_campaign(Project(root), today())
    except LeafletsError as error:
        return list(error.problems)


def ready(root: Path, language: str) -> bool:
    """Tell whether the leaflet would print as ready."""
    try:
        return stage_of(root, language) == EditionState.READY
    except LeafletsError:
        return False


@pytest.mark.parametrize("attack", ON_LEDGERS, ids=lambda attack: attack.__name__)
def test_attack_on_signatures_is_named_with_its_line_and_makes_nothing_ready(
    attack: Callable[[Path], tuple[str, int]], world: Campaigns
) -> None:
    root, anna, brian = world
    if attack in REJECTED:
        reject_papers(root, brian)
        with computer(anna):
            assert not ready(root, "fr")
    name, line = attack(root)
    with computer(anna):
        problems = found(root)
        assert (ON_LEDGERS[attack], f"{root / name}:{line}") in [(one.code, one.where) for one in problems], problems
        assert not ready(root, "fr")


# --- attacks on what is signed of the source: the file that says it, a pattern, and what stands there then


ON_SOURCE = {
    "text": ("leaflets/door.yaml", "Do not open the door to strangers", "Open the door to strangers", 10),
    "warning taken out": ("leaflets/door.yaml", r"(?s)  - id: door.*?safety\n", "", 9),
    "block added": ("leaflets/door.yaml", "  - id: lines", "  - id: go\n    text: Go outside.\n  - id: lines", 15),
    "order": ("leaflets/door.yaml", r"(?s)(  - id: door.*?safety\n)(  - id: papers.*?rights\n)", r"\2\1", 9),
    "risk lowered": ("leaflets/door.yaml", "risk: safety", "risk: plain", 10),
    "policy: people": ("leaflets/campaign.yaml", "safety: 2", "safety: 1", 5),
    "policy: keys": ("leaflets/campaign.yaml", "  facts: 2", "  facts: 2\n  keys: 1", 5),
    "policy: address": ("leaflets/campaign.yaml", "harbour.internal", "evil.internal", 2),
    "policy: voice": ("leaflets/campaign.yaml", "sheets:", "audio: yes\nsheets:", 4),
    "policy: hear": ("leaflets/campaign.yaml", "  hear:\n    phone: harbour_line\n", "  drafts: no\n", 10),
    "label": ("leaflets/facts.yaml", "label: Harbour line", "label: Police", 5),
    "fact": ("leaflets/facts.yaml", "060111", "060112", 3),
}


@pytest.mark.parametrize("case", ON_SOURCE)
def test_change_of_the_source_or_the_rules_makes_drafts_of_all_that_print_it(case: str, world: Campaigns) -> None:
    root, anna, _ = world
    name, old, new, line = ON_SOURCE[case]
    change(root, name, old, new)
    with computer(anna):
        assert not ready(root, "en")
        assert not ready(root, "fr")
        codes = {one.code for one in found(root) if one.where == f"{root / name}:{line}"}
        assert codes & {"source-changed", "source-unsigned"}, [one.line() for one in found(root)]


def test_change_of_a_theme_of_ones_own_is_a_change_of_the_policy(world: Campaigns) -> None:
    root, anna, brian = world
    own = root / "templates" / "harbour"
    shutil.copytree(Path(__file__).parents[2] / "templates" / "themes" / "community", own)
    change(root, "leaflets/campaign.yaml", "sheets:", "theme: harbour\nsheets:")
    for state, who in ((anna, "r17"), (brian, "r18")):
        with computer(state):
            sign_everything(root, who)
    with computer(anna):
        assert ready(root, "fr")
        with (own / "leaflet.css").open("a", encoding="utf-8") as file:
            file.write(".warning { display: none }\n")
        assert not ready(root, "fr")
        assert not ready(root, "en")


# --- who does not see it


def test_a_new_computer_finds_a_cut_off_end_where_another_signer_had_seen_it(world: Campaigns, tmp_path: Path) -> None:
    root, anna, brian = world
    reject_papers(root, brian)
    with computer(anna):  # Anna signs after Brian's reject, and so her line names his
        event = LedgerEvent(key_of("door"), LedgerAction.DISMISS, "r17", DAY, "it is right so", target="negation")
        ledger.append_events(root / FR, [event])
    write(root, FR, [line for line in lines(root, FR) if json.loads(line)["who"] != BRIAN or json.loads(line)["n"] < 3])
    with computer(tmp_path / "new"):
        codes = {one.code for one in Snapshot(Project(root)).ledger("fr").problems}
        assert codes == {"line-missing"}
        assert not ready(root, "fr")


def test_a_new_computer_cannot_find_an_end_that_nobody_had_seen(world: Campaigns, tmp_path: Path) -> None:
    """What docs/trust says is not found: the last lines of all, on a computer that never had them."""
    root, anna, _ = world
    write(root, FR, lines(root, FR)[:-1])
    with computer(tmp_path / "new"):
        assert not Snapshot(Project(root)).ledger("fr").problems
    with computer(anna):
        assert [one.code for one in Snapshot(Project(root)).ledger("fr").problems] == ["line-lost"]


def test_lines_may_stand_twice_and_with_other_ends_as_git_leaves_them(world: Campaigns) -> None:
    root, anna, _ = world
    data = "".join(f"{line}\r\n" for line in (*lines(root, FR), *lines(root, FR)))
    (root / FR).write_bytes(data.encode())
    with computer(anna):
        assert not Snapshot(Project(root)).ledger("fr").problems
        assert ready(root, "fr")


def test_links_and_signatures_are_what_a_reader_of_the_file_can_work_out(world: Campaigns) -> None:
    """The format as the docs describe it, with hashlib and the public key alone."""
    from hashlib import sha256

    root, _, _ = world
    newest: dict[str, str] = {}
    for line in lines(root, FR):
        row = json.loads(line)
        assert row["prev"] == newest.get(row["by"], "")
        newest[row["by"]] = sha256(line.rpartition(SIGNATURE_MARK)[0].encode()).hexdigest()[:LINK_LENGTH]
    assert len(newest) == 2


def test_lines_of_somebody_who_is_not_admitted_harm_nobody_and_can_be_deleted(world: Campaigns, tmp_path: Path) -> None:
    root, anna, _ = world
    before = lines(root, FR)
    with computer(tmp_path / "stranger"):
        ledger.append_events(root / FR, [LedgerEvent(key_of("door"), LedgerAction.REJECT, "r77", DAY)])
    with computer(anna):
        waits = Snapshot(Project(root)).ledger("fr").problems
        assert [(one.code, one.severity) for one in waits] == [("reader-waits", "warning")]
        assert ready(root, "fr")
        write(root, FR, [*lines(root, FR), lines(root, FR)[-1].replace("approve", "reject").replace(DAY, "2026-11-25")])
        Snapshot(Project(root)).ledger("fr")
    write(root, FR, before)
    with computer(anna):
        assert not Snapshot(Project(root)).ledger("fr").problems
        assert ready(root, "fr")


def test_an_older_copy_in_another_folder_brings_no_ended_key_back(world: Campaigns, tmp_path: Path) -> None:
    root, anna, brian = world
    backup = shutil.copytree(root, tmp_path / "backup" / "campaign")
    with computer(anna):
        key = public_key(own_key_of(brian, root))
        append_reader_line(root, own_key(root) or b"", {"do": "retire", "key": key, "last": {"fr": [], "en": [], "facts": []}})
        assert not ready(root, "fr")
        assert not ready(backup, "fr")
        assert ("line-lost", f"{backup / READERS}:3") in [(one.code, one.where) for one in found(backup)]
    with computer(tmp_path / "new"):  # which never saw the other folder
        assert ready(backup, "fr")


def own_key_of(state: Path, root: Path) -> bytes:
    """Return the key of another computer."""
    with computer(state):
        return own_key(root) or b""


def test_an_older_copy_in_another_folder_lacks_what_others_signed_since(world: Campaigns, tmp_path: Path) -> None:
    root, anna, brian = world
    backup = shutil.copytree(root, tmp_path / "backup" / "campaign")
    reject_papers(root, brian)
    with computer(anna):
        assert not ready(root, "fr")
        assert not ready(backup, "fr")
        assert "line-lost" in {one.code for one in Snapshot(Project(backup)).ledger("fr").problems}
        assert ready(backup, "en")
