"""Catalogues follow the English by id alone, nothing a translator wrote is lost, and a kill leaves whole files."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from generator.base.digests import wording_key
from generator.base.leftovers import TEMPORARY
from generator.campaign.project import PAGE_DOMAINS, Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerEvent
from generator.review.merge import merge_catalogue
from tests.conftest import ROOT, copy_campaign

BIN = Path(sys.executable).parent
READERS = ("example-reader-1", "example-reader-2")
"""Codes of people who do not exist."""
HELP = "What we can do"
HELP_FR = "Ce que nous pouvons faire"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Give a copy of the campaign in three languages."""
    campaign = copy_campaign(tmp_path / "campaign", languages=("en", "ar", "fr"))
    for code in ("ar", "fr"):
        assert Project(campaign).catalogue(code, "not-alone").exists()
    return campaign


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def english(campaign: Path, before: str, after: str) -> None:
    """Change the English of the leaflet not-alone and extract."""
    edit(campaign / "leaflets" / "not-alone.yaml", before, after)
    assert extract_messages(Project(campaign)).problems == ()


def french(campaign: Path) -> Path:
    return Project(campaign).catalogue("fr", "not-alone")


def entries(campaign: Path, obsolete: bool = False) -> dict[str, Entry]:
    return {entry.msgctxt: entry for entry in pofile.read_catalogue(french(campaign)) if entry.obsolete is obsolete and entry.msgctxt}


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return inode, time of change and bytes of every file, and the folders."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) if path.is_file() else (0, 0, b"")
        for path in sorted(folder.rglob("*"))
        if path.name != ".leaflets.lock"
    }


def approve(campaign: Path, msgctxt: str, *people: str) -> None:
    """Let example readers sign the French of a message, and extract."""
    entry = entries(campaign)[msgctxt]
    key = wording_key("fr", msgctxt, entry.msgid, entry.msgstr)
    ledger.append_events(Project(campaign).ledger("fr"), [LedgerEvent(key, "approve", who, "2026-11-22") for who in people])
    extract_messages(Project(campaign))


def test_new_message_comes_without_translation(small: Path) -> None:
    english(small, "      find: Help you", "      sing: Sing with you.\n      find: Help you")
    new = entries(small)["offers.sing"]
    assert (new.msgid, new.msgstr, new.previous, new.fuzzy) == ("Sing with you.", "", "", False)


def test_changed_english_keeps_the_translation_and_says_what_it_was_made_for(small: Path) -> None:
    approve(small, "help", READERS[0])
    assert not entries(small)["help"].fuzzy
    english(small, HELP, "What we offer")
    now = entries(small)["help"]
    assert (now.msgid, now.previous, now.msgstr, now.fuzzy) == ("What we offer", HELP, HELP_FR, True)
    assert f'#| msgid "{HELP}"\n' in french(small).read_text("utf-8")


def test_twice_changed_english_keeps_the_oldest(small: Path) -> None:
    english(small, HELP, "What we offer")
    english(small, "What we offer", "What we can offer")
    now = entries(small)["help"]
    assert (now.msgid, now.previous, now.msgstr) == ("What we can offer", HELP, HELP_FR)


@pytest.mark.parametrize("steps", [["What we offer", HELP], ["What we offer", "What we can offer", HELP]])
def test_going_back_to_the_old_english_forgets_the_change(small: Path, steps: list[str]) -> None:
    """The file is byte for byte what it was, approval included."""
    approve(small, "help", READERS[0])
    before = french(small).read_bytes()
    for old, new in zip([HELP, *steps], steps, strict=False):
        english(small, old, new)
    assert french(small).read_bytes() == before


def test_changed_english_of_an_untranslated_message_leaves_no_trace(small: Path) -> None:
    english(small, "      find: Help you", "      sing: Sing with you.\n      find: Help you")
    english(small, "Sing with you.", "Dance with you.")
    now = entries(small)["offers.sing"]
    assert (now.msgid, now.msgstr, now.previous, now.fuzzy) == ("Dance with you.", "", "", False)


def test_gone_message_is_kept_obsolete_and_comes_back_by_its_id(small: Path) -> None:
    note = "# Warm, please (example translator)"
    edit(french(small), "#: not-alone:free\n#, fuzzy\n", f"{note}\n#: not-alone:free\n#, fuzzy, no-wrap\n")
    extract_messages(Project(small))
    before, whole = entries(small)["free"], french(small).read_bytes()
    block = "  - id: free\n    heading: Free help from others\n"
    english(small, block, "")
    gone = entries(small, obsolete=True)["free"]
    assert "free" not in entries(small)
    assert note in gone.comments
    assert (gone.msgid, gone.msgstr, gone.comments) == (before.msgid, before.msgstr, before.comments)
    assert set(gone.flags) == {"fuzzy", "no-wrap"}
    english(small, "  - id: lines\n", block + "  - id: lines\n")
    assert french(small).read_bytes() == whole


def test_message_that_comes_back_in_other_words_says_so(small: Path) -> None:
    block = "  - id: free\n    heading: Free help from others\n"
    english(small, block, "")
    english(small, "  - id: lines\n", block.replace("others", "friends") + "  - id: lines\n")
    now = entries(small)["free"]
    assert (now.msgid, now.previous, now.fuzzy) == ("Free help from friends", "Free help from others", True)
    assert "free" not in entries(small, obsolete=True)


@pytest.mark.parametrize("text", ["Go with you to a doctor, a school or a meeting!", "Go with you to a doctor, a school or a meeting."])
def test_nearly_identical_new_sentence_stays_empty(small: Path, text: str) -> None:
    """Not even the very same English under another id gets the translation."""
    english(small, "      go: Go with", f"      go-along: {text}\n      go: Go with")
    assert entries(small)["offers.go-along"].msgstr == ""
    assert entries(small)["offers.go-along"].previous == ""
    assert entries(small)["offers.go"].msgstr


def test_renamed_id_does_not_take_the_translation_along(small: Path) -> None:
    old = entries(small)["offers.go"].msgstr
    english(small, "      go: Go with", "      walk: Go with")
    assert entries(small)["offers.walk"].msgstr == ""
    assert entries(small, obsolete=True)["offers.go"].msgstr == old


def test_swapped_texts_follow_their_ids_not_their_words(small: Path) -> None:
    before = entries(small)
    path = small / "leaflets" / "not-alone.yaml"
    for old, new in ((HELP, "@"), ("How to reach us", HELP), ("@", "How to reach us")):
        path.write_text(path.read_text("utf-8").replace(f"heading: {old}", f"heading: {new}"), "utf-8")
    extract_messages(Project(small))
    for name, was in (("help", HELP), ("reach", "How to reach us")):
        now = entries(small)[name]
        assert (now.msgstr, now.previous, now.fuzzy) == (before[name].msgstr, was, True)


THEIRS = {
    "comment": "# Warm, please (example translator)",
    "comment without a space": "#note",
    "comment over 76 characters": "# " + "a long remark that other programs wrap, " * 4,
    "comment that starts with an at sign": "# @example-translator: is this polite enough?",
    "line of an unknown kind": "#@ something of another tool",
    "flag": "#, no-wrap",
    "flag of another program": "#, max-length:80",
}


@pytest.mark.parametrize("line", THEIRS.values(), ids=THEIRS.keys())
@pytest.mark.parametrize("change", ["nothing", "the English", "gone", "gone and back"])
def test_translators_line_survives(small: Path, line: str, change: str) -> None:
    block = f"  - id: help\n    heading: {HELP}\n"
    edit(french(small), 'msgctxt "help"', f'{line}\nmsgctxt "help"')
    if change == "the English":
        english(small, HELP, "What we offer")
    elif change != "nothing":
        english(small, block, "")
        if change == "gone and back":
            english(small, "  - id: offers\n", block + "  - id: offers\n")
    else:
        extract_messages(Project(small))
    found = entries(small, obsolete=change == "gone")["help"]
    assert found.msgstr == HELP_FR
    if line.startswith("#,"):
        assert line[3:] in found.flags
    else:
        assert line.rstrip() in [comment.rstrip() for comment in found.comments]


def test_foreign_headers_and_entries_survive(small: Path) -> None:
    plural = 'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "%d jour"\nmsgstr[1] "%d jours"\n'
    foreign = 'msgid "A sentence another tool added"\nmsgstr "Une phrase"\n'
    path = french(small)
    edit(path, '"Language: fr\\n"\n', '"Language: fr\\n"\n"X-Generator: Poedit 3.4\\n"\n')
    path.write_text(path.read_text("utf-8") + "\n" + plural + "\n" + foreign + "\n# the last words\n", "utf-8")
    edit(small / "leaflets" / "not-alone.yaml", HELP, "What we offer")
    assert [problem.severity for problem in extract_messages(Project(small), retire=True).problems] == ["warning", "warning"]
    text = path.read_text("utf-8")
    for needed in ('"X-Generator: Poedit 3.4\\n"\n', 'msgstr[1] "%d jours"\n', 'msgstr "Une phrase"\n', "# the last words\n"):
        assert needed in text
    assert text.count("Une phrase") == 1
    before = path.read_bytes()
    extract_messages(Project(small))
    assert path.read_bytes() == before


def test_two_old_versions_of_one_id_are_both_kept(small: Path) -> None:
    """Two branches may have retired two wordings of one sentence; when it comes back, none is lost."""
    path = french(small)
    old = [f'#~ msgctxt "gone"\n#~ msgid "Gone {n}"\n#~ msgstr "Parti {n}"\n' for n in (1, 2)]
    path.write_text(path.read_text("utf-8") + "\n" + "\n".join(old), "utf-8")
    english(small, "  - id: lines\n", "  - id: gone\n    heading: Gone 2\n  - id: lines\n")
    text = path.read_text("utf-8")
    assert entries(small)["gone"].msgstr.startswith("Parti")
    assert ("Parti 1" in text, "Parti 2" in text) == (True, True)


def test_merge_loses_no_text(small: Path) -> None:
    """Whatever the new English is, every translation of the old catalogue is still in the new one."""
    project = Project(small)
    old = pofile.read_catalogue(french(small))
    kept = {entry.msgstr for entry in old if entry.msgstr}
    for messages in ([], project.domain("phone-tree"), project.domain("not-alone")[::-1]):
        assert kept <= {entry.msgstr for entry in merge_catalogue(messages, old, "not-alone")}


def test_second_run_writes_nothing(campaign: Path) -> None:
    english(campaign, HELP, "What we offer")
    before = snapshot(campaign)
    report = extract_messages(Project(campaign))
    assert (report.written, report.changes) == ((), ())
    assert snapshot(campaign) == before


def test_shipped_catalogues_are_up_to_date(campaign: Path) -> None:
    before = snapshot(campaign)
    assert extract_messages(Project(campaign)).written == ()
    assert snapshot(campaign) == before


def test_messages_stand_in_the_order_of_the_leaflet(campaign: Path) -> None:
    path = campaign / "leaflets" / "not-alone.yaml"
    text = path.read_text("utf-8")
    start, first, second = text.index("  - id: welcome"), text.index("  - id: who"), text.index("  - id: help")
    path.write_text(text[:start] + text[first:second] + text[start:first] + text[second:], "utf-8")
    extract_messages(Project(campaign))
    project = Project(campaign)
    assert [message.msgctxt for message in project.domain("not-alone")][1:3] == ["who", "welcome"]
    for domain in project.domains:
        expected = [(message.msgctxt, message.msgid) for message in project.domain(domain)]
        files = [
            project.locales / f"{domain}.pot",
            *(project.catalogue(code, domain) for code in project.campaign.languages if code != "en"),
        ]
        for file in files:
            assert [(e.msgctxt, e.msgid) for e in pofile.read_catalogue(file) if not (e.obsolete or e.header)] == expected, file


def test_check_writes_nothing_and_says_what_would_change(small: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    assert leaflets_command("extract", "--check", cwd=small)[0] == 0
    edit(small / "leaflets" / "not-alone.yaml", HELP, "What we offer")
    before = snapshot(small)
    code, out, _ = leaflets_command("extract", "--check", cwd=small)
    assert code == 1
    assert "can hurt" in out
    assert "would write locales/not-alone.pot" in out
    assert "would write locales/fr/LC_MESSAGES/not-alone.po" in out
    assert snapshot(small) == before
    assert leaflets_command("extract", cwd=small)[0] == 0
    assert leaflets_command("extract", "--check", cwd=small)[0] == 0


def test_check_makes_no_folder_for_a_new_language(small: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    edit(small / "leaflets" / "campaign.yaml", "[en, ar, fr]", "[en, ar, fr, ru]")
    before = snapshot(small)
    assert leaflets_command("extract", "--check", cwd=small)[0] == 1
    assert snapshot(small) == before


def test_damaged_catalogue_is_left_alone_and_the_others_are_brought_up_to_date(small: Path) -> None:
    edit(french(small), 'msgstr "', "msgstr “")
    damaged = french(small).read_bytes()
    edit(small / "leaflets" / "not-alone.yaml", HELP, "What we offer")
    report = extract_messages(Project(small))
    assert [(problem.code, problem.language, problem.leaflet) for problem in report.problems] == [("po-syntax", "fr", "not-alone")]
    assert french(small).read_bytes() == damaged
    assert "locales/ar/LC_MESSAGES/not-alone.po" in report.written


def test_damaged_pot_is_written_anew(small: Path) -> None:
    path = small / "locales" / "not-alone.pot"
    before = path.read_bytes()
    path.write_bytes(b"<<<<<<< ours\n")
    extract_messages(Project(small))
    assert path.read_bytes() == before


def wanted(project: Project) -> set[tuple[str, str]]:
    return {(message.msgctxt, message.msgid) for domain in project.domains for message in project.domain(domain)}


def test_pybabel_finds_the_same_messages(campaign: Path) -> None:
    """The command of Babel, with the entry point of the installed package."""
    (campaign / "babel.cfg").write_text("[leaflets: leaflets/**.yaml]\n[leaflets: templates/**/words.yaml]\n")
    done = subprocess.run(
        [BIN / "pybabel", "extract", "-F", "babel.cfg", "-o", "all.pot", "."], cwd=campaign, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with (campaign / "all.pot").open("rb") as file:
        found = {(message.context or "", message.id) for message in read_po(file, abort_invalid=True) if message.id}
    assert found == wanted(Project(campaign))


def test_babel_finds_the_same_messages_at_their_lines() -> None:
    """Every message is found once, at the line of the file on which its text begins."""
    methods = [("leaflets/**.yaml", "leaflets"), ("templates/**/words.yaml", "leaflets")]
    found = [(name, line, context, text) for name, line, text, _, context in extract_from_dir(ROOT, methods)]
    project = Project(ROOT)
    messages = [message for domain in project.domains for message in project.domain(domain)]
    expected = [
        (
            Path(message.where.rpartition(":")[0]).relative_to(ROOT).as_posix(),
            int(message.where.rpartition(":")[2]),
            message.msgctxt,
            message.msgid,
        )
        for message in messages
    ]
    assert sorted(found) == sorted(expected)


def msgfmt(paths: list[Path], folder: Path) -> Iterator[str]:
    """Yield what GNU msgfmt finds wrong, and doubtful; it doubts every template because it names no language."""
    for path in paths:
        command = ["msgfmt", "--check", "-o", str(folder / "out.mo"), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or (done.stderr and path.suffix == ".po"):
            yield done.stderr or str(path)


@pytest.mark.tools
def test_msgfmt_accepts_every_shipped_catalogue(tmp_path: Path) -> None:
    paths = sorted((ROOT / "locales").rglob("*.po"))
    project = Project(ROOT)
    assert len(paths) == (len(project.campaign.languages) - 1) * len(project.domains)
    assert list(msgfmt(paths, tmp_path)) == []


@pytest.mark.tools
def test_msgfmt_accepts_every_shipped_pot(tmp_path: Path) -> None:
    assert list(msgfmt(sorted((ROOT / "locales").glob("*.pot")), tmp_path)) == []


@pytest.mark.tools
def test_msgfmt_accepts_fresh_and_updated_catalogues_in_every_language_of_the_table(campaign: Path, tmp_path: Path) -> None:
    path = campaign / "leaflets" / "campaign.yaml"
    every = ", ".join(Project(campaign).languages)
    edit(path, "languages: [en, ar, fa, fa_AF,", f"languages: [{every}]\n#")
    block = "  - id: free\n    heading: Free help from others\n"
    edit(campaign / "leaflets" / "not-alone.yaml", block, "")
    english(campaign, HELP, "What we offer")
    files = [campaign / "locales" / "not-alone.pot", *sorted((campaign / "locales").rglob("not-alone.po"))]
    assert len(files) == len(Project(campaign).languages)
    assert list(msgfmt(files, tmp_path)) == []


def rewrite_everything(campaign: Path) -> None:
    """Change the English of every catalogue, so that extract has every file to write."""
    edit(campaign / "leaflets" / "facts.yaml", "label: Call us", "label: Please call us")
    for name in PAGE_DOMAINS:
        if (words := campaign / "templates" / name / "words.yaml").exists():
            edit(words, "\n  text: ", "\n  text: Now ")
    for slug in Project(campaign).slugs:
        path = campaign / "leaflets" / f"{slug}.yaml"
        path.write_text("".join(f"{line} now\n" if line.startswith("title:") else f"{line}\n" for line in path.read_text().splitlines()))


def catalogues(campaign: Path) -> dict[str, bytes]:
    locales = campaign / "locales"
    return {str(path.relative_to(locales)): path.read_bytes() for path in locales.rglob("*.po*") if not path.name.startswith(".")}


def start_extract(campaign: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([BIN / "leaflets", "extract"], cwd=campaign, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def temporaries(campaign: Path) -> list[Path]:
    return list(campaign.rglob(f"{TEMPORARY}*"))


@pytest.mark.parametrize("kills", [2, pytest.param(12, marks=pytest.mark.long)])
def test_kill_leaves_every_catalogue_whole_and_the_next_run_completes(tmp_path: Path, kills: int) -> None:
    """Kills -9 at random places between the first and the last file; old or new, never half, never gone."""
    chance = random.Random(20261122)  # noqa: S311 - which file to wait for
    campaign = copy_campaign(tmp_path / "campaign", languages=("en", "ar", "fr"))
    old = catalogues(campaign)
    rewrite_everything(campaign)
    shutil.copytree(campaign / "locales", tmp_path / "old")
    extract_messages(Project(campaign))
    new = catalogues(campaign)
    assert old.keys() == new.keys()
    assert all(old[name] != new[name] for name in old)
    order = sorted(new, key=lambda name: (campaign / "locales" / name).stat().st_mtime_ns)
    halfway = 0
    for _ in range(kills):
        shutil.rmtree(campaign / "locales")
        shutil.copytree(tmp_path / "old", campaign / "locales")
        sign = campaign / "locales" / chance.choice(order[: len(order) * 4 // 5])
        before = sign.stat()
        process = start_extract(campaign)
        while (sign.stat().st_ino, sign.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns) and process.poll() is None:
            time.sleep(0.0002)
        time.sleep(chance.random() * 0.003)
        process.kill()
        process.wait()
        found = catalogues(campaign)
        assert found.keys() == old.keys()
        damaged = [name for name, data in found.items() if data not in (old[name], new[name])]
        assert damaged == []
        halfway += any(found[name] == old[name] for name in found)
        assert extract_messages(Project(campaign)).problems == ()
        assert catalogues(campaign) == new
        assert temporaries(campaign) == []
    assert halfway >= kills - 5


@pytest.mark.parametrize("folder", ["locales", "locales/fr", "locales/fr/LC_MESSAGES"])
def test_temporaries_of_killed_runs_are_removed(small: Path, folder: str) -> None:
    (small / folder / f"{TEMPORARY}abc123").write_bytes(b"half a catalo")
    extract_messages(Project(small))
    assert temporaries(small) == []


def test_extracts_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    campaign = copy_campaign(tmp_path / "campaign", languages=("en", "ar", "fr"))
    rewrite_everything(campaign)
    alone = copy_campaign(tmp_path / "alone", languages=("en", "ar", "fr"))
    rewrite_everything(alone)
    extract_messages(Project(alone))
    running = [start_extract(campaign) for _ in range(3)]
    assert [process.wait(600) for process in running] == [0, 0, 0]
    assert catalogues(campaign) == catalogues(alone)
    assert temporaries(campaign) == []


def test_words_around_leaflets_have_catalogues_of_their_own(campaign: Path) -> None:
    folder = campaign / "templates" / "review"
    folder.mkdir(exist_ok=True)
    (folder / "words.yaml").write_text("skip:\n  text: Skip\n  note: A button.\n", "utf-8")

    extract_messages(Project(campaign))

    assert "review" in Project(campaign).domains
    assert 'msgctxt "word.skip"' in (campaign / "locales" / "ar" / "LC_MESSAGES" / "review.po").read_text("utf-8")
