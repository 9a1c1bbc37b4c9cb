"""Every file people edit, broken in every usual way: read as it was meant, or refused with its place and advice."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.base.files import write_file
from generator.base.leftovers import TEMPORARY
from generator.campaign.leaflets import read_leaflet
from generator.campaign.printers import SHIPPED_PRINTERS
from generator.campaign.project import Project
from generator.campaign.settings import read_campaign, read_words
from generator.catalogue import pofile
from generator.model import Language
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.support import support_by_key
from tests.conftest import ROOT, copy_campaign

Command = Callable[..., tuple[int, str, str]]


# the files, and how each is read


def read_catalogue(root: Path) -> object:
    """Return the entries of the French catalogue."""
    return pofile.read_catalogue(root / PO, table()["fr"])


@cache
def table() -> dict[str, Language]:
    """Return the shipped language table, read once."""
    return Project(ROOT).languages


PO = "locales/fr/LC_MESSAGES/not-alone.po"
LEDGER = "locales/fr/reviews.jsonl"
FILES: dict[str, Callable[[Path], Any]] = {
    "leaflets/campaign.yaml": lambda root: read_campaign(root / "leaflets/campaign.yaml", table(), SHIPPED_PRINTERS),
    "leaflets/facts.yaml": lambda root: Project(root).facts,
    "leaflets/not-alone.yaml": lambda root: read_leaflet(root / "leaflets/not-alone.yaml"),
    "locales/languages.yaml": lambda root: Project(root).languages,
    PO: read_catalogue,
    LEDGER: lambda root: support_by_key(ledger.read_ledger(root / LEDGER)),
    "sites/example.yaml": lambda root: Project(root).site("example"),
    "templates/community/words.yaml": lambda root: read_words(root / "templates/community/words.yaml"),
}
YAML = [name for name in FILES if name.endswith(".yaml")]


# the damages


@dataclass(frozen=True)
class Damage:
    """A way to break bytes; `line` is where the first wrong one stands, 0 if no line is known."""

    data: bytes
    line: int = 0


def at_line(data: bytes, number: int, new: bytes) -> bytes:
    """Return data with a line put in before line `number`, counted from 1."""
    lines = data.split(b"\n")
    return b"\n".join([*lines[: number - 1], new, *lines[number - 1 :]])


def middle(data: bytes) -> int:
    """Return the number of a line in the middle."""
    return data.count(b"\n") // 2 + 1


def merged(data: bytes) -> Damage:
    """Break a file as git does when two people changed the same line."""
    lines, number = data.split(b"\n"), middle(data)
    line = lines[number - 1]
    conflict = [b"<<<<<<< HEAD", line, b"=======", line, b">>>>>>> their-branch"]
    return Damage(b"\n".join([*lines[: number - 1], *conflict, *lines[number:]]), number)


def merged_in_three(data: bytes) -> Damage:
    """Leave the common ancestor of a three-way merge."""
    return Damage(at_line(data, middle(data), b"||||||| 1a2b3c4"), middle(data))


def half_resolved(data: bytes) -> Damage:
    """Leave the last marker of a merge."""
    return Damage(at_line(data, middle(data), b">>>>>>> their-branch"), middle(data))


def latin1(data: bytes) -> Damage:
    """Save one line as an old Windows program does."""
    return Damage(at_line(data, middle(data), "# caf\u00e9".encode("latin-1")), middle(data))


def nul(data: bytes) -> Damage:
    """Put a NUL where a disk failed."""
    return Damage(at_line(data, middle(data), b"# \0"), middle(data))


def twice(data: bytes) -> Damage:
    """Paste the file's content, without the header of a catalogue, a second time at its end."""
    body = data.partition(b"\n\n")[2] if data.startswith(b"msgid") else data
    return Damage(data + b"\n" + body)


REFUSED: dict[str, Callable[[bytes], Damage]] = {
    "merge markers": merged,
    "marker of a common ancestor": merged_in_three,
    "one marker left": half_resolved,
    "latin-1 bytes": latin1,
    "a NUL": nul,
    "nothing but NULs": lambda data: Damage(bytes(len(data)), 1),
    "zeros at the end": lambda data: Damage(data + bytes(512), data.count(b"\n") + 1),
    "UTF-16, little end first": lambda data: Damage(data.decode().encode("utf-16"), 1),
    "UTF-16, big end first": lambda data: Damage(b"\xfe\xff" + data.decode().encode("utf-16-be"), 1),
    "UTF-16 without mark": lambda data: Damage(data.decode().encode("utf-16-le")),
    "UTF-32": lambda data: Damage(data.decode().encode("utf-32"), 1),
    "empty": lambda data: Damage(b""),
    "only spaces": lambda data: Damage(b" \n\n  \n"),
    "a spreadsheet": lambda data: Damage(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf\xa4\xd2" + data),
    "a web page": lambda data: Damage(b"<!DOCTYPE html>\n<html><title>404: not found</title></html>\n"),
}
"""Damages after which nothing may be read."""
ACCEPTED: dict[str, Callable[[bytes], bytes]] = {
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "both": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    "empty lines at the end": lambda data: data + b"\n\n",
}
"""What other programs do to a file without changing what it says."""


def refused(read: Callable[[Path], Any], root: Path, name: str, line: int = 0) -> str:
    """Return the code of a refusal, after looking that it names the file, the line if there is one, and what to do."""
    with pytest.raises(LeafletsError) as caught:
        read(root)
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.where.startswith(str(root / name)), problem
        assert problem.hint, problem
        assert problem.what, problem
        assert problem.severity == "error"
        if line:
            assert problem.where.split(":")[1:2] == [str(line)], problem
    return caught.value.problems[0].code


@pytest.mark.parametrize("damage", REFUSED)
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_refused_with_its_place_and_advice(campaign_once: Path, name: str, damage: str) -> None:
    with swapped(campaign_once / name, REFUSED[damage]) as broken:
        refused(FILES[name], campaign_once, name, broken.line)


@pytest.mark.parametrize("change", ACCEPTED)
@pytest.mark.parametrize("name", FILES)
def test_what_other_programs_do_to_a_file_changes_no_meaning(campaign_once: Path, name: str, change: str) -> None:
    before = FILES[name](campaign_once)
    with swapped(campaign_once / name, lambda data: Damage(ACCEPTED[change](data))):
        assert FILES[name](campaign_once) == before


@pytest.mark.parametrize("name", FILES)
def test_a_tab_is_refused_in_yaml_and_harmless_elsewhere(campaign_once: Path, name: str) -> None:
    before = FILES[name](campaign_once)
    data = (campaign_once / name).read_bytes()
    lines = data.split(b"\n")
    number = next(number for number, line in enumerate(lines, 1) if number >= middle(data) and line[:1] not in (b"", b"#"))
    lines[number - 1] = b"\t" + lines[number - 1].lstrip()
    with swapped(campaign_once / name, lambda data: Damage(b"\n".join(lines))):
        if name in YAML:
            assert refused(FILES[name], campaign_once, name, number) == "yaml-tab"
        else:
            assert FILES[name](campaign_once) == before


@pytest.mark.parametrize("name", FILES)
def test_the_same_entry_twice_is_refused_or_counts_once(campaign_once: Path, name: str) -> None:
    """A signature pasted twice is one signature; any other entry that stands twice could say two things."""
    before = FILES[name](campaign_once)
    with swapped(campaign_once / name, twice):
        if name == LEDGER:
            assert FILES[name](campaign_once) == before
        else:
            assert refused(FILES[name], campaign_once, name) in ("yaml-twice", "po-twice")


def cut_off(root: Path, name: str, ends: Iterable[int]) -> list[tuple[int, Any]]:
    """Return what is read of a file's beginning up to each of `ends`; None if it is refused, with place and advice."""
    found: list[tuple[int, Any]] = []
    for end in ends:
        with swapped(root / name, lambda data, end=end: Damage(data[:end])):  # type: ignore[misc]
            try:
                found.append((end, FILES[name](root)))
            except LeafletsError:
                refused(FILES[name], root, name)
                found.append((end, None))
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_inside_a_line_is_refused_or_says_the_same(campaign_once: Path, name: str) -> None:
    """What was being written when the power failed must not be read as if it were whole."""
    data = (campaign_once / name).read_bytes()
    before = FILES[name](campaign_once)
    inside = [end for end in range(1, len(data), max(1, len(data) // 50)) if b"\n" not in data[end - 1 : end + 1]]
    read = [end for end, found in cut_off(campaign_once, name, inside) if found is not None and found != before]
    assert [data[:end].rpartition(b"\n")[2].decode(errors="replace") for end in read] == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_after_a_line_gives_no_traceback(campaign_once: Path, name: str) -> None:
    """A file that ends with a whole line cannot always be told from one that was written so."""
    data = (campaign_once / name).read_bytes()
    ends = [end for end, char in enumerate(data, 1) if char == 10]
    found = cut_off(campaign_once, name, ends[:: max(1, len(ends) // 25)])
    assert found[0][1] is None or name in (LEDGER, "templates/community/words.yaml")


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_the_place_of_a_file_is_refused(campaign_once: Path, name: str) -> None:
    path = campaign_once / name
    with swapped(path, Damage):
        path.unlink()
        path.mkdir()
        try:
            refused(FILES[name], campaign_once, name)
        finally:
            path.rmdir()


@pytest.mark.parametrize("name", FILES)
def test_a_huge_file_is_refused_before_it_is_read(campaign_once: Path, name: str) -> None:
    """A film dropped in the wrong folder; the file is sparse, and takes no room on the disk."""
    path = campaign_once / name
    with swapped(path, Damage):
        os.truncate(path, 300_000_000)
        assert refused(FILES[name], campaign_once, name) == "file-size"


@pytest.mark.parametrize("name", FILES)
def test_a_file_one_may_not_read_is_refused(open_campaign: Path, name: str) -> None:
    FILES[name](open_campaign)
    path = open_campaign / name
    path.chmod(0)
    try:
        with nobody():
            assert refused(FILES[name], open_campaign, name) == "file"
    finally:
        path.chmod(0o644)


EVENT = {"k": "34afcdb1c1ab540b928f", "do": "approve", "who": "r17", "at": "2026-11-22", "why": "read aloud"}
NO_EVENTS = ["[]", "5", "null", '"x"', "{}", '{"k": "a"}', "{'k': 'a'}", "[" * 5000, "1" * 5000, "not JSON", "{" * 5000]
NO_TEXTS = [json.dumps(EVENT | {key: value}) for key in ("k", "do", "who", "at") for value in ([], 5, None, {})]
NO_TEXTS += [json.dumps(EVENT | {"why": value}) for value in ([], {})]


@pytest.mark.parametrize("row", [*NO_EVENTS, *NO_TEXTS, json.dumps(EVENT | {"do": "aprove"})], ids=lambda row: row[:90])
def test_a_line_that_is_no_event_is_refused(campaign_once: Path, row: str) -> None:
    """Also a line that is JSON, but holds a list or a number where a name belongs."""
    with swapped(campaign_once / LEDGER, lambda data: Damage(at_line(data, 3, row.encode()))):
        assert refused(FILES[LEDGER], campaign_once, LEDGER, 3) == "ledger"


def test_a_signature_is_added_after_a_line_without_line_end(campaign: Path) -> None:
    """An editor that drops the last line end must not cost two signatures."""
    path = campaign / LEDGER
    with swapped(path, lambda data: Damage(data.rstrip(b"\n"))):
        before = ledger.read_ledger(path)
        event = LedgerEvent("34afcdb1c1ab540b928f", "approve", "r17", "2026-11-23")
        assert ledger.append_events(path, [event])
        after = ledger.ledger_reading(path)
        assert ([*after.events[:-1], replace(after.events[-1], by="")], after.problems) == ([*before, event], ())


def test_a_signature_is_added_to_a_ledger_of_windows(campaign: Path) -> None:
    path = campaign / LEDGER
    with swapped(path, lambda data: Damage(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))):
        before = ledger.read_ledger(path)
        event = LedgerEvent("34afcdb1c1ab540b928f", "approve", "r17", "2026-11-23")
        assert ledger.append_events(path, [event])
        after = ledger.ledger_reading(path)
        assert ([*after.events[:-1], replace(after.events[-1], by="")], after.problems) == ([*before, event], ())


# through the command line


@pytest.mark.parametrize("damage", ["merge markers", "latin-1 bytes", "a NUL", "UTF-16, little end first", "empty", "a web page"])
@pytest.mark.parametrize("name", FILES)
def test_check_names_the_broken_file(campaign_once: Path, leaflets_command: Command, name: str, damage: str) -> None:
    """`leaflets check` looks at everything people edit, exits with 1 and leaves the file as it is."""
    with swapped(campaign_once / name, REFUSED[damage]) as broken:
        code, out, err = leaflets_command("check", "-l", "fr", cwd=campaign_once)
        assert (code, (campaign_once / name).read_bytes()) == (1, broken.data)
    said = [line for line in (out + err).split("\n") if line.startswith("error: ") and name in line]
    assert said
    assert all(" → " in line for line in said)
    if broken.line:
        assert all(f"{name}:{broken.line}" in line for line in said)


@pytest.mark.parametrize("name", FILES)
def test_check_names_a_folder_in_the_place_of_a_file(campaign_once: Path, leaflets_command: Command, name: str) -> None:
    path = campaign_once / name
    with swapped(path, Damage):
        path.unlink()
        path.mkdir()
        try:
            code, out, err = leaflets_command("check", "-l", "fr", cwd=campaign_once)
        finally:
            path.rmdir()
    assert code == 1
    assert [line for line in (out + err).split("\n") if line.startswith("error: ") and name in line and " → " in line]


def test_check_of_the_whole_campaign_is_clean(campaign_once: Path, leaflets_command: Command) -> None:
    """The tests above would prove nothing on a campaign that is wrong already."""
    code, out, _ = leaflets_command("check", "-l", "fr", cwd=campaign_once)
    assert (code, out) == (0, "")


def test_a_broken_language_costs_only_its_own_editions(campaign: Path, leaflets_command: Command) -> None:
    path = campaign / PO
    path.write_bytes(merged(path.read_bytes()).data)
    broken = path.read_bytes()
    code, out, _ = leaflets_command("build", "not-alone", "-l", "ar", "-l", "fr", "-s", "a5", cwd=campaign)
    assert code == 1
    assert [line for line in out.split("\n") if "not-alone_fr_a5" in line and f"{PO}:" in line and "merge" in line]
    built = sorted(path.name for path in (campaign / "output" / "not-alone").glob("*.pdf"))
    assert built == ["not-alone_ar_a5_DRAFT.pdf"], out
    assert (campaign / "output" / "not-alone" / built[0]).read_bytes()[:5] == b"%PDF-"
    assert path.read_bytes() == broken
    code, out, _ = leaflets_command("build", "not-alone", "-l", "ar", "-l", "fr", "-s", "a5", "--json", cwd=campaign)
    rows = {row["language"]: row for row in json.loads(out)["editions"]}
    assert (code, rows["ar"]["state"], rows["ar"]["cached"], rows["fr"]["state"], rows["fr"]["path"]) == (1, "draft", True, "failed", "")
    assert rows["fr"]["problems"][0]["where"].startswith(PO)


def test_a_broken_leaflet_and_a_broken_ledger_cost_only_their_own_editions(campaign: Path, leaflets_command: Command) -> None:
    leaflet, signatures = campaign / "leaflets/phone-tree.yaml", campaign / LEDGER
    leaflet.write_bytes(latin1(leaflet.read_bytes()).data)
    signatures.write_bytes(nul(signatures.read_bytes()).data)
    code, out, _ = leaflets_command("build", "not-alone", "phone-tree", "-l", "en", "-l", "fr", "-s", "a5", cwd=campaign)
    assert code == 1
    assert [line for line in out.split("\n") if "leaflets/phone-tree.yaml:" in line and " → " in line]
    assert [line for line in out.split("\n") if "not-alone_fr_a5" in line and f"{LEDGER}:" in line]
    assert sorted(path.name for path in (campaign / "output").rglob("*.pdf")) == ["not-alone_en_a5.pdf"], out


def test_a_broken_catalogue_takes_its_older_pdf_away(campaign: Path, leaflets_command: Command) -> None:
    """A PDF that nobody can prove any more must not be handed out."""
    wish = ("build", "not-alone", "-l", "fr", "-s", "a5")
    code, out, _ = leaflets_command(*wish, cwd=campaign)
    assert code == 0, out
    assert [path.name for path in (campaign / "output").rglob("*.pdf")] == ["not-alone_fr_a5_DRAFT.pdf"]
    (campaign / PO).write_bytes(b"")
    assert leaflets_command(*wish, cwd=campaign)[0] == 1
    assert list((campaign / "output").rglob("*.pdf")) == []


MISTAKES = {
    "sheet": ("leaflets/campaign.yaml", "sheets: [a5]", "sheets: [a6]"),
    "theme": ("leaflets/campaign.yaml", "theme: community", "theme: comunity"),
    "sheet of a leaflet": ("leaflets/not-alone.yaml", "sheets: [a5, a4, large-print, trifold, wallet]", "sheets: [a5, a44]"),
    "fact": ("leaflets/not-alone.yaml", "Call {campaign_phone} every", "Call {campain_phone} every"),
    "contact": ("leaflets/not-alone.yaml", "[campaign_phone, campaign_text,", "[campain_phone, campaign_text,"),
    "day": ("leaflets/facts.yaml", "value: 2027-03-20", "value: 2027-13-20"),
    "locale": ("locales/languages.yaml", "dates: en_GB", "dates: zz_ZZ"),
}
COMMANDS = {"check": ("check", "-l", "en"), "build": ("build", "not-alone", "come-to-the-rally", "-l", "en", "-s", "a5")}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_slip_of_the_hand_is_told_with_file_and_advice(
    campaign_once: Path, leaflets_command: Command, mistake: str, command: str
) -> None:
    """A name or a day that does not exist ends in a sentence, in a check and in a build."""
    file, old, new = MISTAKES[mistake]
    text = (campaign_once / file).read_text("utf-8")
    assert text.count(old) == 1
    with swapped(campaign_once / file, lambda data: Damage(text.replace(old, new).encode())):
        code, out, err = leaflets_command(*COMMANDS[command], cwd=campaign_once)
    shutil.rmtree(campaign_once / "output", ignore_errors=True)
    assert code == 1
    places = (file, "withheld ") if command == "build" else (file,)
    assert [line for line in (out + err).split("\n") if any(place in line for place in places) and " → " in line], (out, err)


@pytest.mark.parametrize("damage", ["latin-1 bytes", "a NUL", "UTF-16, little end first", "empty"])
def test_extract_leaves_a_broken_catalogue_alone_and_goes_on(campaign: Path, leaflets_command: Command, damage: str) -> None:
    """Nothing of a file that could not be read is written over; the other languages get their new sentence."""
    path = campaign / PO
    path.write_bytes(REFUSED[damage](path.read_bytes()).data)
    broken = path.read_bytes()
    source = campaign / "leaflets/not-alone.yaml"
    source.write_text(source.read_text("utf-8") + "  - id: more\n    text: Come and see us.\n", "utf-8")
    code, out, err = leaflets_command("extract", cwd=campaign)
    assert code == 1
    assert path.read_bytes() == broken
    assert [line for line in (out + err).split("\n") if PO in line and " → " in line]
    for other in ("ar", "ur"):
        assert "Come and see us." in (campaign / f"locales/{other}/LC_MESSAGES/not-alone.po").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("build", "not-alon"), "not-alone"),
        (("build", "NOT-ALONE"), "not-alone"),
        (("build", "../not-alone"), "not-alone"),
        (("build", "not-alone", "-l", "arr"), "ar"),
        (("build", "not-alone", "-s", "a55"), "a5"),
        (("build", "not-alone", "-s", "large"), "large-print"),
        (("build", "not-alone", "--site", "exampel"), "example"),
        (("build", "not-alone", "--site", "../sites/example"), "example"),
        (("check", "-l", "frr"), "fr"),
        (("status", "-l", "urdu"), "ur"),
        (("add", "language", "zhHans"), "zh_Hans"),
        (("biuld",), "build"),
        (("build", "not-alone", "--jsno"), "--json"),
        (("build", "not-alone", "--executor", "threads"), "processes"),
    ],
)
def test_an_unknown_name_gives_the_near_ones(campaign_once: Path, leaflets_command: Command, arguments: tuple[str, ...], near: str) -> None:
    code, out, err = leaflets_command(*arguments, cwd=campaign_once)
    assert (code, out) == (2, "")
    assert near in err.replace(repr(arguments[-1]), "")
    assert not list((campaign_once / "output").rglob("*.pdf"))


def test_a_folder_without_a_campaign_is_told_what_to_type(tmp_path: Path, leaflets_command: Command) -> None:
    for command in ("status", "check", "build", "extract"):
        code, _, err = leaflets_command(command, cwd=tmp_path)
        assert code == 2
        assert "leaflets new" in err
    assert list(tmp_path.iterdir()) == []


def test_no_traceback_reaches_the_terminal(campaign: Path) -> None:
    """The installed command, in a process of its own."""
    (campaign / "leaflets/campaign.yaml").write_bytes(b"\xff\xfe\x00")
    for command in ("status", "check", "build", "extract"):
        found = subprocess.run([sys.executable, "-m", "generator", command], cwd=campaign, capture_output=True, text=True, check=False)
        assert found.returncode == 1
        assert "campaign.yaml:1" in found.stderr
        assert "Traceback" not in found.stderr


# a full disk

FULL = """
import resource, sys
from pathlib import Path
from generator.base.files import write_file
from generator.model import Language
from generator.problem import LeafletsError
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_file(Path(sys.argv[1]), "new " * 50_000)
except LeafletsError as error:
    (problem,) = error.problems
    print(problem.where, problem.hint, sep="\\n")
    sys.exit(error.exit_code)
"""


@pytest.mark.parametrize("there", [True, False])
def test_a_disk_without_room_leaves_the_old_file_and_no_other(tmp_path: Path, there: bool) -> None:
    """No room is made by a limit on the size of files, which the system refuses in the middle of a write."""
    path = tmp_path / "not-alone.po"
    old = (ROOT / PO).read_bytes()
    if there:
        path.write_bytes(old)
    found = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert found.returncode == 1, found.stderr
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == ({path.name: old} if there else {})
    where, _, hint = found.stdout.partition("\n")
    assert where == str(path)
    assert hint.strip()


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "not-alone.po"
    assert write_file(path, "x\n")
    before = path.stat()
    assert not write_file(path, "x\n")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(TEMPORARY)] == []


@pytest.mark.parametrize("kind", ["folder", "below a file"])
def test_a_place_that_cannot_be_written_is_told_in_words(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "not-alone.po"
    if kind == "folder":
        path.mkdir()
    else:
        path.write_text("x", "utf-8")
        path = path / "fr.po"
    with pytest.raises(LeafletsError) as caught:
        write_file(path, "new")
    (problem,) = caught.value.problems
    assert problem.where == str(path)
    assert problem.hint
    assert [file.name for file in tmp_path.rglob(f"{TEMPORARY}*")] == []


# tools of these tests

FEW = {"leaflets": ("not-alone", "phone-tree", "come-to-the-rally"), "languages": ("en", "ar", "ur", "fr", "zh_Hans")}


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a copy of three leaflets in five languages, which is faster."""
    return copy_campaign(tmp_path / "campaign", **FEW)


@pytest.fixture(scope="module")
def campaign_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give one copy of the campaign, whose files each test puts back."""
    return copy_campaign(tmp_path_factory.mktemp("once"), **FEW)


@pytest.fixture(scope="module")
def open_campaign() -> Iterator[Path]:
    """Give a copy of the campaign that every user may read."""
    root = Path(tempfile.mkdtemp(prefix="leaflets-test-")).resolve()
    root.chmod(0o755)
    copy_campaign(root, **FEW)
    for path in root.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    yield root
    shutil.rmtree(root)


@contextlib.contextmanager
def swapped(path: Path, damage: Callable[[bytes], Damage]) -> Iterator[Damage]:
    """Break a file, and put it back."""
    data = path.read_bytes()
    broken = damage(data)
    path.write_bytes(broken.data)
    try:
        yield broken
    finally:
        path.write_bytes(data)


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    """Be a user without rights; the administrator may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
