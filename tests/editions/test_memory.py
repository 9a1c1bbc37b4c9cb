"""What a campaign remembers of its papers: through merges of two computers, kills, a deleted output folder, a lost secret."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import permutations
from pathlib import Path

import pytest
from lxml import html

from generator.campaign.facts import fact_key
from generator.campaign.project import Project
from generator.campaign.sites import make_sites_secret, secret_mark
from generator.editions.build import build_editions
from generator.editions.last_build import LastBuild
from generator.editions.plan import BuildRequest
from generator.editions.recall import RecallJudge
from generator.editions.record import append_printing, read_printings
from generator.editions.takeover import take_over_printings
from generator.overview.new import new_campaign
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.printing import Printing, newest_run
from generator.review.recall_rules import CANNOT_TELL, Disposition, RecallVerdict
from tests.conftest import READERS, copy_built, sign_source
from tests.editions.test_killed import MOST, killed
from tests.support.site import publish_at

Run = Callable[..., tuple[int, str, str]]
PUBLIC, PRIVATE = "leaflets/editions.jsonl", "sites/editions.jsonl"
OLD = ("output/editions.jsonl", "output/archive/editions.jsonl")
OLD_LINES = ("turn", "secret")
"""What the lines of earlier versions did not have."""
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


def printed(root: Path, site: str = "", archive: bool = False) -> Printing:
    """Print the English leaflet and return the newest line about it."""
    request = BuildRequest(("not-alone",), ("en",), ("a5",), site)
    report = build_editions(Project(root, archive=archive), request, jobs=1)
    assert [problem.line() for outcome in report.outcomes for problem in outcome.record.problems] == []
    return max((one for one in read_printings(Project(root)) if one.site == site), key=lambda one: one.turn)


def verdict(root: Path, record: Printing) -> RecallVerdict:
    return RecallJudge(Project(root)).verdict(record)


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def two_leaflets(small: Path, folder: Path) -> Path:
    """Copy the small campaign, and let its site ask for a leaflet that it has."""
    shutil.copytree(small, folder)
    edit(folder, "sites/example.yaml", ", if-strangers-come]", "]")
    return folder


@pytest.fixture(scope="module")
def base(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign that printed a leaflet for everybody and for a site; for copying only."""
    root = two_leaflets(small, tmp_path_factory.mktemp("memory") / "campaign")
    project = Project(root)
    keys = [fact_key(fact, "example") for fact in project.own_facts("example").values()]
    events = [LedgerEvent(key, LedgerAction.SIGN, who, "2026-11-22") for key in keys for who in READERS]
    ledger.append_events(project.fact_ledger("example"), events)
    printed(root)
    printed(root, "example")
    return root


@pytest.fixture
def root(base: Path, tmp_path: Path) -> Path:
    return copy_built(tmp_path / "campaign", base)


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


# Two computers and git


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def committed(root: Path, what: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "-qm", what)


@pytest.fixture
def clones(small: Path, tmp_path: Path) -> list[Path]:
    """Give the campaign on two computers, before anything was printed."""
    home, first = tmp_path / "new", tmp_path / "first"
    new_campaign(home)
    two_leaflets(small, first)
    for name in (".gitignore", ".gitattributes"):
        shutil.copy(home / name, first)
    git(first, "init", "-q", "-b", "main")
    committed(first, "start")
    git(tmp_path, "clone", "-q", str(first), "second")
    return [first, tmp_path / "second"]


def merged(clones: list[Path]) -> list[Path]:
    """Return what each of two computers has that fetched the work of the other and merged it."""
    both = [clone.with_name(f"{clone.name}-merged") for clone in clones]
    for clone in clones:
        committed(clone, "printed")
    for clone, copy, other in zip(clones, both, reversed(clones), strict=True):
        shutil.copytree(clone, copy)
        git(copy, "fetch", "-q", str(other), "main")
        git(copy, "merge", "-q", "--no-edit", "FETCH_HEAD")
    return both


@needs_git
def test_two_computers_that_printed_different_pages_agree_by_content_after_any_merge(clones: list[Path]) -> None:
    edit(clones[0], "leaflets/not-alone.yaml", "We stand with you.", "We stand beside you.")
    sign_source(clones[0])
    new, old = printed(clones[0]), printed(clones[1])
    first, second = merged(clones)

    assert lines(first / PUBLIC) == lines(second / PUBLIC)[::-1]
    assert read_printings(Project(first)) == read_printings(Project(second))
    assert {one.code for one in read_printings(Project(first))} == {new.code, old.code}
    for clone in (first, second):
        assert verdict(clone, new).disposition is Disposition.CURRENT
        assert verdict(clone, old).by == new.code
    # The next build says once which of them came last, and no more.
    for _ in range(2):
        assert printed(first).code == new.code
    assert [one.turn for one in read_printings(Project(first)) if one.code == new.code] == [1, 2]


@needs_git
def test_two_computers_that_printed_the_same_page_printed_it_once(clones: list[Path]) -> None:
    one, other = (printed(clone) for clone in clones)
    first, second = merged(clones)

    assert one.code == other.code
    assert {(each.code, each.turn) for each in read_printings(Project(first))} == {(one.code, 1)}
    before = [(clone / PUBLIC).read_bytes() for clone in (first, second)]
    assert [printed(clone).code for clone in (first, second)] == [one.code, one.code]
    assert [(clone / PUBLIC).read_bytes() for clone in (first, second)] == before


@needs_git
def test_git_takes_the_public_record_and_never_that_of_sites(clones: list[Path]) -> None:
    home = clones[0]
    printed(home)
    printed(home, "example")
    committed(home, "printed")

    taken = git(home, "ls-files").splitlines()

    assert (PUBLIC in taken, PRIVATE in taken) == (True, False)
    assert (home / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert git(home, "check-attr", "merge", PUBLIC).strip().endswith("union")
    assert [one.site for one in map(json.loads, lines(home / PUBLIC)) if one["site"]] == []


def test_the_order_of_lines_their_ends_and_doubled_ones_change_nothing(root: Path) -> None:
    one = replace(read_printings(Project(root))[0], site="", secret="")
    for turn, code in ((2, "EN-22222"), (3, "EN-33333"), (4, one.code)):
        append_printing(Project(root), replace(one, turn=turn, code=code, sentences={"not-alone/title": f"{turn}" * 20}))
    expected, found = read_printings(Project(root)), lines(root / PUBLIC)

    for order in permutations(found):
        for end in (b"\n", b"\r\n"):
            (root / PUBLIC).write_bytes(b"\xef\xbb\xbf" + end.join([*order, *order, b""]))
            assert read_printings(Project(root)) == expected


def test_other_bytes_of_the_same_page_do_not_make_two_computers_answer_each_other_for_ever(root: Path) -> None:
    """Each has other fonts: both lines stay, and neither is written again."""
    one = next(one for one in read_printings(Project(root)) if not one.site)
    append_printing(Project(root), replace(one, turn=2, sha256="0" * 64))
    before = (root / PUBLIC).read_bytes()

    printed(root)

    assert (root / PUBLIC).read_bytes() == before


def test_pages_to_be_kept_for_decades_are_in_the_same_record(root: Path) -> None:
    before = printed(root)
    kept = printed(root, archive=True)

    assert (kept.code, kept.turn, kept.sha256 != before.sha256) == (before.code, 2, True)
    assert not [path for path in OLD if (root / path).exists()]


def test_only_what_was_printed_since_another_code_counts_as_the_newest(root: Path) -> None:
    one = read_printings(Project(root))[0]
    other, again = replace(one, turn=2, code="EN-22222"), replace(one, turn=3, sha256="0" * 64)

    for order in permutations([one, other, again]):
        assert newest_run(order) == [again]
    assert newest_run([one, replace(other, turn=1)]) == []


def test_the_line_that_a_build_adds_is_no_change_of_what_it_read(root: Path) -> None:
    (root / PUBLIC).unlink()
    shutil.rmtree(root / "output")
    request = BuildRequest(("not-alone",), ("en",), ("a5",))
    assert build_editions(Project(root), request, jobs=1).ok

    assert LastBuild(Project(root), request).result() is not None


# Kills, and a deleted output folder


def test_a_whole_last_line_without_an_end_counts_and_the_next_is_not_joined_to_it(root: Path) -> None:
    path, before = root / PUBLIC, read_printings(Project(root))
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert read_printings(Project(root)) == before

    append_printing(Project(root), replace(before[0], site="", secret="", turn=9))

    assert len(read_printings(Project(root))) == len(before) + 1
    assert len(lines(path)) == 2


@pytest.mark.parametrize("site", ["", "example"])
def test_a_printing_is_there_or_not_whenever_the_program_is_killed(small: Path, tmp_path: Path, site: str) -> None:
    one = Printing("EN-12345", "not-alone", "en", "a5", site, "ready", "2026-11-23", "2026-11-22", {}, {}, "f" * 64, turn=1)
    for step in range(MOST):
        root = Path(shutil.copytree(small, tmp_path / f"killed{step}"))
        dead = killed(root, lambda root: append_printing(Project(root), one), step)
        assert read_printings(Project(root)) in ([], [one])
        append_printing(Project(root), one)
        assert read_printings(Project(root)) == [one]
        if not dead:
            break
    assert 0 < step < MOST


def test_a_line_is_on_the_disk_before_the_next_step(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is synced, and its folder where it is new."""
    import os

    synced: list[str] = []
    sync = os.fsync

    def watched(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().relative_to(root).as_posix())
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    one = next(one for one in read_printings(Project(root)) if not one.site)
    append_printing(Project(root), replace(one, turn=2))
    (root / PUBLIC).unlink()
    append_printing(Project(root), one)

    assert synced == [PUBLIC, PUBLIC, "leaflets"]


def test_deleting_the_output_folder_loses_no_memory_of_paper(root: Path, leaflets_command: Run) -> None:
    code = read_printings(Project(root))[0].code
    before = leaflets_command("look", code, cwd=root)
    shutil.rmtree(root / "output")

    assert leaflets_command("look", code, cwd=root) == before
    assert (before[0], code in before[1]) == (0, True)
    assert code in leaflets_command("recall", "--leaflet", "not-alone", cwd=root)[1]
    publish_at(root)
    assert (root / "output" / "site" / "c" / code.lower() / "index.html").is_file()


def test_a_new_campaign_inherits_no_papers(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.overview.new.shipped_folder", lambda name: root / name)

    new_campaign(tmp_path / "new")

    new = tmp_path / "new"
    assert not (new / PUBLIC).exists()
    assert (new / "leaflets" / "not-alone.yaml").exists()
    assert not [*new.rglob("wordings.jsonl"), *new.glob("leaflets/*.jsonl")]
    signed = [line for path in new.rglob("reviews.jsonl") for line in path.read_text("utf-8").splitlines() if '"machine' not in line]
    assert not signed  # and what people signed in the campaign that was copied


# A campaign of an earlier version


def as_before(root: Path) -> list[Printing]:
    """Put the record back where earlier versions kept it, with lines as they wrote them; return the lines."""
    found = sorted(read_printings(Project(root)), key=lambda one: one.site)
    chain = [found[0], replace(found[0], code="EN-22222"), found[0], *found[1:]]
    rows = [{key: value for key, value in asdict(one).items() if key not in OLD_LINES} for one in chain]
    kept = rows[0] | {"sheet": "a4", "code": "EN-33333"}
    for path in (PUBLIC, PRIVATE):
        (root / path).unlink()
    (root / "output" / "archive").mkdir()
    for path, part in zip(OLD, (rows, [kept]), strict=True):
        (root / path).write_text("".join(json.dumps(row) + "\n" for row in part), "utf-8")
    return read_printings(Project(root))


def test_an_older_record_is_read_where_it_is_and_taken_over_once(root: Path, leaflets_command: Run) -> None:
    before = as_before(root)
    known = leaflets_command("look", "EN-33333", cwd=root)
    verdicts = [verdict(root, one) for one in before]
    assert len(before) == 5
    assert not (root / PUBLIC).exists()

    first = leaflets_command("recall", "--leaflet", "not-alone", cwd=root)
    second = leaflets_command("recall", "--leaflet", "not-alone", cwd=root)

    assert [text.count("moved the record of 5 printed pages") for _, _, text in (first, second)] == [1, 0]
    assert leaflets_command("look", "EN-33333", cwd=root) == known
    after = read_printings(Project(root))
    assert [replace(one, secret="") for one in after] == before
    assert [one.secret for one in after if one.site] == [secret_mark(root / "sites")]
    assert [verdict(root, one) for one in after] == verdicts
    assert [len(lines(root / path)) for path in (PUBLIC, PRIVATE)] == [4, 1]
    assert [(root / f"{path}.old").exists() for path in OLD] == [True, True]
    assert (root / PRIVATE).stat().st_mode & 0o777 == 0o600


def test_a_build_takes_an_older_record_over_before_it_writes(root: Path) -> None:
    before = as_before(root)
    edit(root, "leaflets/not-alone.yaml", "We stand with you.", "We stand beside you.")

    new = printed(root)

    assert [replace(one, secret="") for one in read_printings(Project(root)) if one.code != new.code] == before
    assert new.turn == 4
    assert not [path for path in OLD if (root / path).exists()]


def test_an_older_program_may_run_again_in_between(root: Path) -> None:
    as_before(root)
    take_over_printings(Project(root))
    (root / OLD[0]).write_bytes((root / f"{OLD[0]}.old").read_bytes())
    before = read_printings(Project(root))

    take_over_printings(Project(root))

    assert read_printings(Project(root)) == before
    assert sorted(path.name for path in (root / "output").glob("editions*")) == ["editions.jsonl.old", "editions.jsonl.old1"]


def test_nothing_is_lost_if_taking_over_is_killed(root: Path, tmp_path: Path) -> None:
    before = [replace(one, secret="") for one in as_before(root)]

    def known(folder: Path) -> list[Printing]:
        return [replace(one, secret="") for one in read_printings(Project(folder))]

    for step in range(MOST):
        folder = Path(shutil.copytree(root, tmp_path / f"killed{step}"))
        dead = killed(folder, lambda folder: bool(take_over_printings(Project(folder))) or None, step)
        assert known(folder) == before
        take_over_printings(Project(folder))
        assert known(folder) == before
        assert take_over_printings(Project(folder)) == []
        if not dead:
            break
    assert 3 < step < MOST


def test_a_damaged_older_record_is_left_where_it_is(root: Path) -> None:
    as_before(root)
    path = root / OLD[0]
    path.write_bytes(b"{}\n" + path.read_bytes())

    with pytest.raises(LeafletsError) as caught:
        take_over_printings(Project(root))

    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("editions", f"{path}:1")]
    assert not (root / PUBLIC).exists()


# A computer without the secret


def without_secret(root: Path) -> None:
    (root / "sites" / ".secret").unlink()


def with_another_secret(root: Path) -> None:
    (root / "sites" / ".secret").unlink()
    make_sites_secret(root / "sites")


def without_the_site(root: Path) -> None:
    with_another_secret(root)
    (root / "sites" / "example.yaml").unlink()


def with_old_lines(root: Path) -> None:
    """Leave lines that do not say with which secret they were made."""
    with_another_secret(root)
    row = json.loads((root / PRIVATE).read_bytes())
    (root / PRIVATE).write_text(json.dumps({key: value for key, value in row.items() if key not in OLD_LINES}) + "\n", "utf-8")


ELSEWHERE = [without_secret, with_another_secret, without_the_site, with_old_lines]


def of_site(root: Path) -> Printing:
    (found,) = (one for one in read_printings(Project(root)) if one.site)
    return found


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_what_another_computer_packed_is_not_judged_here(root: Path, leaflets_command: Run, elsewhere: Callable[[Path], None]) -> None:
    here = verdict(root, of_site(root))
    elsewhere(root)
    record = of_site(root)

    found = verdict(root, record)
    looked = leaflets_command("look", record.code, cwd=root)
    recalled = json.loads(leaflets_command("recall", "--fact", "campaign_phone", "--json", cwd=root)[1])
    told = leaflets_command("recall", "--fact", "campaign_phone", cwd=root)

    assert here.disposition is Disposition.CURRENT
    assert (found.disposition, found.by) == (Disposition.UNKNOWN, "")
    assert [(reason.name, reason.what) for reason in found.reasons] == [("example", CANNOT_TELL)]
    assert (looked[0], "ask who packed it" in looked[1], "destroy" in looked[1] + looked[2]) == (1, True, False)
    (row,) = (row for row in recalled["editions"] if row["code"] == record.code)
    assert (row["verdict"], [reason["what"] for reason in row["reasons"]]) == ("unknown", [CANNOT_TELL])
    assert "ask who packed it" in told[1]
    assert not list((root / "output").glob("recall/*_example.pdf"))


def test_a_site_that_this_computer_packed_for_and_that_is_gone_destroys_its_papers(root: Path) -> None:
    record = of_site(root)
    (root / "sites" / "example.yaml").unlink()

    assert verdict(root, record).disposition is Disposition.DESTROY


def reject_safe(root: Path, record: Printing) -> None:
    event = LedgerEvent(record.sentences["not-alone/safe"], LedgerAction.REJECT, "x3", "2026-11-24", "it says the opposite")
    ledger.append_events(Project(root).ledger("en"), [event])


def remove_leaflet(root: Path, record: Printing) -> None:
    for path in (root / "leaflets" / "not-alone.yaml", *root.glob("locales/*/LC_MESSAGES/not-alone.po")):
        path.unlink()


def test_a_rejected_sentence_destroys_what_this_computer_packed(root: Path) -> None:
    record = of_site(root)
    reject_safe(root, record)

    found = verdict(root, record)

    assert (found.disposition, [reason.name for reason in found.reasons]) == (Disposition.DESTROY, ["not-alone/safe"])


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize(("wrong", "name"), [(reject_safe, "not-alone/safe"), (remove_leaflet, "not-alone")])
def test_paper_whose_secret_is_not_here_is_a_reason_to_ask_never_to_destroy(
    root: Path, leaflets_command: Run, elsewhere: Callable[[Path], None], wrong: Callable[[Path, Printing], None], name: str
) -> None:
    elsewhere(root)
    record = of_site(root)
    wrong(root, record)

    looked = leaflets_command("look", record.code, cwd=root)
    recalled = leaflets_command("recall", "--leaflet", "not-alone", cwd=root)

    found = verdict(root, record)
    assert (found.disposition, found.by, found.reasons[0].name) == (Disposition.UNKNOWN, "", name)
    assert (looked[0], "ask who packed it" in looked[1], name in looked[1], "destroy" in looked[1] + looked[2]) == (1, True, True, False)
    assert (recalled[0], "ask who packed it" in recalled[1], "destroy" in recalled[1] + recalled[2]) == (1, True, False)
    assert not list((root / "output").glob("recall/*_example.pdf"))


def test_an_own_paper_whose_number_changed_is_still_destroyed_after_it_was_taken_over(root: Path) -> None:
    as_before(root)
    take_over_printings(Project(root))
    edit(root, "sites/example.yaml", "01632 060123", "01632 060124")
    edit(root, "sites/example.yaml", "+441632060123", "+441632060124")

    assert verdict(root, of_site(root)).disposition is Disposition.DESTROY


def test_a_broken_site_does_not_condemn_what_another_computer_packed(root: Path) -> None:
    (root / "sites" / "example.yaml").write_text("facts: [\n", "utf-8")
    here = RecallJudge(Project(root)).cautious(of_site(root))
    with_another_secret(root)

    assert here.disposition is Disposition.DESTROY
    assert RecallJudge(Project(root)).cautious(of_site(root)).disposition is Disposition.UNKNOWN


def test_the_website_says_of_a_code_that_it_cannot_tell(root: Path) -> None:
    with_another_secret(root)
    publish_at(root)

    page = html.fromstring((root / "output" / "site" / "c" / of_site(root).code.lower() / "index.html").read_bytes())

    assert page.xpath("//section/@class") == ["fate unknown"]
    text = " ".join(page.text_content().split())
    assert "We cannot tell from here whether this paper is right." in text
    assert "throw it away" not in text
    assert not list((root / "output" / "site").rglob("editions.jsonl*"))


def test_the_website_gives_a_public_reason_to_ask(root: Path) -> None:
    with_another_secret(root)
    reject_safe(root, of_site(root))
    publish_at(root)

    page = html.fromstring((root / "output" / "site" / "c" / of_site(root).code.lower() / "index.html").read_bytes())

    text = " ".join(page.text_content().split())
    assert page.xpath("//section/@class") == ["fate unknown"]
    assert ("throw it away" in text, "A sentence" in text) == (False, True)


def test_the_mark_of_a_secret_reveals_nothing_of_it(root: Path) -> None:
    secret = (root / "sites" / ".secret").read_text().strip()
    mark = of_site(root).secret

    assert mark == secret_mark(root / "sites")
    assert not any(secret[place : place + 6] in mark for place in range(len(secret) - 5))
    with_another_secret(root)
    assert secret_mark(root / "sites") != mark


def test_an_unknown_code_says_whom_to_ask(root: Path, leaflets_command: Run) -> None:
    code, out, err = leaflets_command("look", "EN-00000", cwd=root)

    assert (code, out, "ask who packed it" in err, "destroy" in err) == (2, "", True, False)
