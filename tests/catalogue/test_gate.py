"""The gate for catalogues: one small file for each known way to break one, and thousands of damaged copies beside GNU msgfmt."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polib
import pytest

from generator.catalogue import plurals, pofile
from generator.catalogue.entry import dump_catalogue
from generator.catalogue.parser import parse_catalogue
from generator.model import Language
from generator.problem import LeafletsError
from tests.conftest import ROOT
from tests.support.damage import SLIPS, damaged, sample

GATE = Path(__file__).parent / "gate"
CATALOGUES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))
COPIES = 5_000
"""Damaged copies compared with msgfmt in one run."""
KNOWN: dict[str, str] = {}
"""Slips after which we may accept what msgfmt refuses, each with its reason. There is none."""
QUOTES, NEIGHBOURS, BACKSLASH = "for a quote inside", "compare it with its neighbours", "for a backslash"
BACKUP, PLURAL = "backup", 'write: "Plural-Forms: nplurals=2; plural=(n > 1);\\n"'

REFUSED: dict[str, tuple[str, int, str]] = {
    "charset-first-counts": ("po-charset", 7, "UTF-8"),
    "charset-unknown": ("po-charset", 9, 'write: "Content-Type: text/plain; charset=UTF-8\\n"'),
    "charset-wrong": ("po-charset", 9, "save the file as UTF-8"),
    "comment-after-previous": ("po-syntax", 14, "above #|"),
    "comment-backslash": ("po-syntax", 13, "delete the backslash"),
    "comment-inside": ("po-syntax", 15, "move this line up"),
    "control-nul": ("file-damaged", 15, BACKUP),
    "control-return": ("po-syntax", 15, "plain line ends"),
    "control-separator": ("po-syntax", 15, "delete it"),
    "duplicate": ("po-twice", 17, "line 13: keep one"),
    "duplicate-draft-first": ("po-twice", 18, "line 13: keep one"),
    "duplicate-obsolete": ("po-twice", 17, "line 13: keep one"),
    "duplicate-other-english": ("po-twice", 17, "line 13: keep one"),
    "empty": ("file-empty", 0, BACKUP),
    "escape-apostrophe": ("po-syntax", 15, BACKSLASH),
    "escape-at-end": ("po-syntax", 15, QUOTES),
    "escape-hexadecimal": ("po-syntax", 15, BACKSLASH),
    "escape-octal": ("po-syntax", 15, BACKSLASH),
    "escape-unknown": ("po-syntax", 15, BACKSLASH),
    "flag-capital": ("po-syntax", 13, "write #, fuzzy"),
    "flag-misplaced": ("po-syntax", 15, "move this line up"),
    "flag-misspelt": ("po-syntax", 13, "write #, fuzzy"),
    "flag-without-comma": ("po-syntax", 13, "write #, fuzzy"),
    "flag-without-hash": ("po-syntax", 13, NEIGHBOURS),
    "format-brace": ("po-format", 13, "python-brace-format"),
    "format-lost": ("po-format", 13, "c-format"),
    "format-under-fuzzy": ("po-format", 13, "c-format"),
    "header-charset-lost": ("po-charset", 1, "UTF-8"),
    "header-field-twice": ("po-header", 8, "keep one"),
    "header-missing": ("po-header", 1, '"Language: fr\\n"'),
    "header-not-first": ("po-header", 5, "move it to the top"),
    "header-obsolete": ("po-header", 1, "take #~ away"),
    "header-second": ("po-header", 17, "delete"),
    "header-with-context": ("po-syntax", 1, "delete"),
    "indent-invisible": ("po-syntax", 15, NEIGHBOURS),
    "indent-no-break": ("po-syntax", 15, NEIGHBOURS),
    "keyword-capitals": ("po-syntax", 14, NEIGHBOURS),
    "keyword-colon": ("po-syntax", 15, QUOTES),
    "keyword-domain": ("po-syntax", 13, "neighbours"),
    "keyword-joined": ("po-syntax", 14, QUOTES),
    "keyword-misplaced": ("po-syntax", 14, "order msgctxt, msgid, msgstr"),
    "keyword-misspelt": ("po-syntax", 15, NEIGHBOURS),
    "keyword-repeated": ("po-syntax", 15, QUOTES),
    "keyword-twice": ("po-syntax", 16, "keep one"),
    "language-wrong": ("po-language", 7, 'write: "Language: fr\\n"'),
    "latin-1": ("file-charset", 15, "UTF-8"),
    "line-ends-converted-twice": ("po-syntax", 1, "plain line ends"),
    "line-ends-of-old-mac": ("po-syntax", 12, "plain line ends"),
    "merge-markers": ("file-merge", 15, "leaflets extract"),
    "msgid-missing": ("po-syntax", 14, BACKUP),
    "msgstr-missing": ("po-syntax", 14, BACKUP),
    "newline-at-end": ("po-syntax", 15, "in both, or in neither"),
    "newline-lost": ("po-syntax", 15, "in both, or in neither"),
    "not-po-android": ("po-kind", 1, "PO (gettext)"),
    "not-po-csv": ("po-kind", 1, "csv2po"),
    "not-po-csv-semicolon": ("po-kind", 1, "csv2po"),
    "not-po-docx": ("po-kind", 1, "plain text"),
    "not-po-gz": ("po-kind", 1, "unpack"),
    "not-po-html": ("po-kind", 1, "download the file itself"),
    "not-po-html-of-po": ("po-kind", 1, "download the file itself"),
    "not-po-json": ("po-kind", 1, "PO (gettext)"),
    "not-po-mo": ("po-kind", 1, "msgunfmt"),
    "not-po-ods": ("po-kind", 1, "PO (gettext)"),
    "not-po-pdf": ("po-kind", 1, "ask for the .po"),
    "not-po-picture": ("po-kind", 1, "ask for the .po"),
    "not-po-properties": ("po-kind", 1, "PO (gettext)"),
    "not-po-qt": ("po-kind", 1, "lconvert"),
    "not-po-rtf": ("po-kind", 1, "plain text"),
    "not-po-strings": ("po-kind", 1, "PO (gettext)"),
    "not-po-text": ("po-kind", 1, BACKUP),
    "not-po-tmx": ("po-kind", 1, "PO (gettext)"),
    "not-po-xliff": ("po-kind", 1, "xliff2po"),
    "not-po-xliff-utf-16": ("po-kind", 1, "xliff2po"),
    "not-po-xlsx": ("po-kind", 1, "leaflets enter"),
    "not-po-yaml": ("po-kind", 1, "PO (gettext)"),
    "not-po-zip": ("po-kind", 1, "unpack"),
    "obsolete-half": ("po-syntax", 15, "take #~ away everywhere"),
    "obsolete-mark-broken": ("po-syntax", 15, NEIGHBOURS),
    "old-mac": ("po-kind", 1, "plain line ends"),
    "plural-count": ("po-plural", 11, PLURAL),
    "plural-division": ("po-plural", 11, PLURAL),
    "plural-expression": ("po-plural", 11, PLURAL),
    "plural-form-missing": ("po-plural", 13, "msgstr[0] to msgstr[1]"),
    "plural-no-header": ("po-plural", 1, PLURAL),
    "plural-order": ("po-syntax", 15, "order"),
    "plural-placeholder": ("po-plural", 11, PLURAL),
    "plural-too-large": ("po-plural", 11, PLURAL),
    "plural-unbounded": ("po-plural", 11, PLURAL),
    "previous-alone": ("po-syntax", 17, "delete the empty line"),
    "previous-broken": ("po-syntax", 13, "a line starts with"),
    "previous-context-alone": ("po-syntax", 13, "delete this line"),
    "previous-mark-broken": ("po-syntax", 13, NEIGHBOURS),
    "previous-with-translation": ("po-syntax", 14, "a line starts with"),
    "quote-angle": ("po-syntax", 15, QUOTES),
    "quote-half-typographic": ("po-syntax", 15, QUOTES),
    "quote-inside": ("po-syntax", 15, QUOTES),
    "quote-missing-end": ("po-syntax", 15, QUOTES),
    "quote-missing-start": ("po-syntax", 15, QUOTES),
    "quote-typographic": ("po-syntax", 15, QUOTES),
    "stray-string": ("po-syntax", 17, "put msgid or msgstr"),
    "stray-text": ("po-syntax", 17, "neighbours"),
    "truncated-after-msgid": ("po-syntax", 14, BACKUP),
    "truncated-in-text": ("file-cut", 15, BACKUP),
    "truncated-line": ("file-cut", 17, BACKUP),
    "utf-16": ("file-charset", 1, "UTF-8"),
    "utf-16-other-way": ("file-charset", 1, "UTF-8"),
    "utf-16-without-mark": ("file-charset", 1, "UTF-8"),
}
"""Files nothing may be read from: code, line (0 for none), a part of the advice."""
REPAIRED: dict[str, list[tuple[str, int]]] = {
    "repaired-bom": [("po-bom", 1)],
    "repaired-both": [("po-bom", 1), ("po-crlf", 1)],
    "repaired-crlf": [("po-crlf", 1)],
    "repaired-one-crlf": [("po-crlf", 14)],
}
"""Files that are read with a warning: code and line."""
GOOD = sorted(path.stem for path in GATE.glob("good-*.po"))


@pytest.fixture(scope="module")
def french(languages: dict[str, Language]) -> Language:
    """Give the language of the small files."""
    return languages["fr"]


def refusal(path: Path, language: Language) -> tuple[str, int, str]:
    """Return code, line and advice of the refusal of a file, empty for one that is read."""
    try:
        pofile.read_catalogue(path, language)
    except LeafletsError as error:
        (problem,) = error.problems
        line = problem.where.rpartition(":")[2]
        return problem.code, int(line) if line.isdigit() else 0, problem.hint
    return "", 0, ""


def test_every_small_file_has_its_verdict() -> None:
    """No file of the folder is without a row, no row without a file."""
    assert sorted(path.stem for path in GATE.glob("*.po")) == sorted([*REFUSED, *REPAIRED, *GOOD])
    assert len(GOOD) >= 18


@pytest.mark.parametrize("name", REFUSED)
def test_broken_file_is_refused_with_line_and_advice(name: str, french: Language) -> None:
    """Code, line and advice are those of the table."""
    code, line, hint = refusal(GATE / f"{name}.po", french)
    assert (code, line) == REFUSED[name][:2]
    assert REFUSED[name][2] in hint


@pytest.mark.parametrize("name", [name for name, (_, line, advice) in REFUSED.items() if "write: " in advice and line > 1])
def test_written_as_advised_the_file_is_read(name: str, french: Language, tmp_path: Path) -> None:
    """The line that the advice shows, put in place of the bad one, makes the file whole."""
    path = GATE / f"{name}.po"
    _, line, hint = refusal(path, french)
    lines = path.read_text("utf-8").split("\n")
    advice = hint.partition("write: ")[2].replace("  and on the next line: ", "\n").partition(", or move")[0]
    copy = tmp_path / "copy.po"
    copy.write_text("\n".join([*lines[: line - 1], advice, *lines[line:]]), "utf-8")
    assert refusal(copy, french) == ("", 0, "")


KINDS = {
    "not-po-xliff": "an XLIFF file, named .po",
    "not-po-xliff-utf-16": "an XLIFF file",
    "not-po-mo": "a compiled catalogue (.mo)",
    "not-po-json": "a JSON file",
    "not-po-csv": "a table (CSV)",
    "not-po-csv-semicolon": "a table (CSV)",
    "not-po-xlsx": "an Excel workbook (.xlsx)",
    "not-po-html": "a web page (HTML)",
    "not-po-html-of-po": "a web page (HTML)",
    "not-po-zip": "a packed file (.zip)",
    "not-po-text": "no PO file: no line of it begins with msgid",
    "old-mac": "old Mac programs (CR)",
    "utf-16-without-mark": "UTF-16",
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_another_kind_is_called_by_its_name(name: str, french: Language) -> None:
    with pytest.raises(LeafletsError) as refusal:
        pofile.read_catalogue(GATE / f"{name}.po", french)
    assert KINDS[name] in refusal.value.problems[0].what


@pytest.mark.parametrize("code", ["fr", "ar", "zh_Hans", "ckb"])
def test_the_header_that_is_shown_makes_the_file_whole(code: str, languages: dict[str, Language], tmp_path: Path) -> None:
    """Copied from the message as it stands there, for this language, with its plural rule."""
    path = tmp_path / "copy.po"
    path.write_text((GATE / "header-missing.po").read_text("utf-8"), "utf-8")
    _, _, hint = refusal(path, languages[code])
    lines = hint[hint.index("msgid") : hint.index("or get")]
    assert f'"Language: {code}\\n"' in lines
    assert "Plural-Forms: nplurals=" in lines
    path.write_text(lines + "\n" + path.read_text("utf-8"), "utf-8")
    assert refusal(path, languages[code]) == ("", 0, "")
    assert pofile.babel_differences(path, languages[code]) == []


def test_a_file_of_another_language_is_sent_to_its_folder(languages: dict[str, Language], tmp_path: Path) -> None:
    """The header names a language of the campaign: the advice names the file's own place, and does not only say to write another name."""
    for code in ("ar", "fr"):
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
    path = tmp_path / "ar" / "LC_MESSAGES" / "copy.po"
    path.write_bytes((GATE / "good-note-without-space.po").read_bytes())
    code, line, hint = refusal(path, languages["ar"])
    assert (code, line) == ("po-language", 7)
    assert str(tmp_path / "fr" / "LC_MESSAGES" / "copy.po") in hint
    assert "tmp" not in refusal(GATE / "language-wrong.po", languages["fr"])[2]


@pytest.mark.parametrize("name", GOOD)
def test_good_file_comes_back_byte_for_byte(name: str, french: Language) -> None:
    """Nothing that other programs may write is refused or changed, nor warned about."""
    path = GATE / f"{name}.po"
    assert dump_catalogue(pofile.read_catalogue(path, french)).encode() == path.read_bytes()
    assert pofile.tolerated_faults(path) == []


@pytest.mark.parametrize("name", REPAIRED)
def test_certain_repair_is_loud_and_loses_nothing(name: str, french: Language) -> None:
    """A byte order mark and Windows line ends are read past, each with a warning."""
    path = GATE / f"{name}.po"
    problems = pofile.tolerated_faults(path)
    assert [(problem.code, int(problem.where.rpartition(":")[2])) for problem in problems] == REPAIRED[name]
    assert {problem.severity for problem in problems} == {"warning"}
    assert all("leaflets extract" in problem.hint for problem in problems)
    plain = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    assert dump_catalogue(pofile.read_catalogue(path, french)).encode() == plain


def test_fuzzy_counts_over_an_empty_line(french: Language) -> None:
    """Flags belong to the entry after them, as gettext reads them, also where an empty line stands between."""
    _, entry = pofile.read_catalogue(GATE / "good-empty-line-after-flags.po", french)
    assert (entry.fuzzy, entry.msgstr) == (True, "Va")


def test_plural_rule_without_end_is_refused_in_any_language() -> None:
    """Twenty million forms are refused also where no language says how many there are."""
    with pytest.raises(LeafletsError, match="20000000"):
        pofile.read_catalogue(GATE / "plural-unbounded.po")


def test_no_file_needs_no_repair(tmp_path: Path) -> None:
    """A catalogue that is not there yet is no problem."""
    assert pofile.tolerated_faults(tmp_path / "none.po") == []


@pytest.mark.tools
@pytest.mark.parametrize("name", [*GOOD, "repaired-crlf", "repaired-one-crlf"])
def test_msgfmt_accepts_the_good_files(name: str) -> None:
    """What we call good is good for GNU, too."""
    verdict, said = msgfmt(GATE / f"{name}.po")
    assert verdict, said


# damaged copies of the shipped catalogues


@dataclass(frozen=True)
class Copy:
    """A damaged copy of a catalogue."""

    slips: tuple[str, ...]
    language: str
    before: bytes
    after: bytes


def copies(seed: int, number: int) -> Iterator[Copy]:
    """Yield damaged copies, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    names = sorted(SLIPS)
    for _ in range(number):
        path = chance.choice(CATALOGUES)
        slips = chance.sample(names, chance.choice((1, 1, 2)))
        before = sample(path.read_bytes(), chance)
        yield Copy(tuple(slips), path.parents[1].name, before, damaged(before, slips, chance))


def test_gate_raises_nothing_but_advice_and_keeps_what_was_not_hit(tmp_path: Path, languages: dict[str, Language]) -> None:
    """Whatever happened to a file, it is refused with advice, or every entry that still stands in it is read as before."""
    path = tmp_path / "copy.po"
    read, dumb = 0, []
    for copy in copies(20261122, 1_500):
        path.write_bytes(copy.after)
        language = languages[copy.language]
        try:
            entries = pofile.read_catalogue(path, language)
        except LeafletsError as error:
            dumb += [copy.slips for problem in error.problems if not (problem.hint and problem.what and problem.where)]
            continue
        read += 1
        found = {(entry.msgctxt, entry.msgid, entry.obsolete): entry.msgstr for entry in entries if not entry.remark}
        whole = b"\n\n" + copy.after.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n\n"
        for entry in parse_catalogue(copy.before.decode(), "before"):
            if b"\n\n" + "\n".join(entry.lines).encode() + b"\n\n" in whole and not entry.remark:
                assert found[entry.msgctxt, entry.msgid, entry.obsolete] == entry.msgstr, (copy.slips, entry)
    assert dumb == []
    assert 200 < read < 1_300


ATTACKS = r"""
import sys
from pathlib import Path
from generator.catalogue import pofile
from generator.campaign.project import Project
from generator.problem import LeafletsError

folder, root = map(Path, sys.argv[1:])
language = Project(root).languages["fr"]
good = (root / "tests/catalogue/gate/good-no-plural-header.po").read_text("utf-8")
header, entry = good.partition("\n\n")[0] + "\n", "\n" + good.partition("\n\n")[2]
size = 150_000
line = lambda text: "\nmsgid \"x\"\nmsgstr \"" + text + "\"\n"
parts = ('"', "\\", "\n", " ", "#", "-", "\u0e01", "!", '""', '" ', "a\n", "#~\n", "#|\n", "#, -", '"\n', "msgid ", "msgid \"")
parts += ('msgid "x"\n', 'msgstr "x"\n', "#, fuzy ", "#,\n\n", "{", "\t", "\u00a0", "\\x41", "msgstr[0] ", "<", "=")
bodies = {name: (name * (size // len(name) + 1))[:size] for name in parts}
for name, body in bodies.items():
    cut = body.encode()[:size].decode("utf-8", "ignore")
    flagged, noted = header + "\n#, " + cut + entry, header + "\n# " + cut + "x y" + entry
    for text in (header + "\n" + cut, header + line(cut), flagged, noted, header + "\nmsgstr " + cut):
        path = folder / "attack.po"
        path.write_text(text + "\n", "utf-8")
        try:
            pofile.read_catalogue(path, language)
        except LeafletsError:
            pass
flags = "#, c-format, python-format, python-brace-format, php-format, sh-format, lisp-format, java-format, boost-format, qt-format\n"
for part in ("%(", "%<", "{", "${", "~", "%1", "%", "%-0", "'", "}", "%0"):
    text = (part * 10_000)[:19_999]
    body = "".join(f'\n{flags}msgctxt "{n}"\nmsgid "{text}"\nmsgstr "{text}"\n' for n in range(10))
    (folder / "attack.po").write_text(header + body, "utf-8")
    assert len(pofile.read_catalogue(folder / "attack.po", language)) == 11, part
deep = ("(" * 490 + "n" + ")" * 490, "!" * 990 + "n", "n*" * 480 + "n", "n?" * 240 + "n" + ":n" * 240, "9" * 900 + "*n")
for rule in ("nplurals=20000000; plural=0;", *(f"nplurals=2; plural={one};" for one in deep)):
    (folder / "attack.po").write_text(header + '"Plural-Forms: ' + rule + '\\n"\n' + entry, "utf-8")
    try:
        pofile.read_catalogue(folder / "attack.po", language)
    except LeafletsError:
        pass
many = "".join(f'\nmsgid "{n}"\nmsgstr "{n}"\n' for n in range(20_000))
(folder / "attack.po").write_text(header + many, "utf-8")
assert len(pofile.read_catalogue(folder / "attack.po", language)) == 20_001
"""


def limited() -> None:
    """Allow a process two minutes of work and a gigabyte: a reader whose work is quadratic needs far more."""
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


def test_files_made_to_cost_time_or_memory_do_not(tmp_path: Path) -> None:
    """Long runs of every sign the format is made of, and plural rules without end, are dealt with in bounds."""
    command = [sys.executable, "-c", ATTACKS, str(tmp_path), str(ROOT)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limited)
    assert (done.returncode, done.stderr[-2000:]) == (0, "")


# beside GNU msgfmt


def msgfmt(path: Path, out: Path | str = "/dev/null") -> tuple[bool, str]:
    """Return whether msgfmt accepts a file, and what it says."""
    done = subprocess.run(["msgfmt", "--check", "-o", str(out), str(path)], capture_output=True, check=False)
    return done.returncode == 0, done.stderr.decode("utf-8", "replace").replace(str(path), "")


@dataclass(frozen=True)
class Verdict:
    """What three readers make of one damaged copy."""

    slips: tuple[str, ...]
    refused: str
    """Code of our refusal, "" for none."""
    msgfmt: bool
    said: str
    differs: str = ""
    """The reader that reads other texts than we do, of a file that both accept."""


def judge(copy: Copy, path: Path, language: Language) -> Verdict:
    """Return the verdict about one copy; what was read past with a warning is judged without it."""
    path.write_bytes(copy.after)
    refused = refusal(path, language)[0]
    if not refused and "po-bom" in [problem.code for problem in pofile.tolerated_faults(path)]:
        path.write_bytes(copy.after.removeprefix(b"\xef\xbb\xbf"))
    compiled = path.with_suffix(".mo")
    accepted, said = msgfmt(path, compiled)
    if refused or not accepted:
        return Verdict(copy.slips, refused, accepted, said)
    return Verdict(copy.slips, refused, accepted, said, differing(path, compiled, language))


def differing(path: Path, compiled: Path, language: Language) -> str:
    """Return who else reads other texts in a file than we do: what msgfmt compiled, or polib."""
    live = [entry for entry in pofile.read_catalogue(path, language) if not (entry.obsolete or entry.plural or entry.header)]
    ours = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in live}
    printed = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in live if plurals.is_compiled(entry)}
    if {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in polib.mofile(str(compiled)) if not entry.msgid_plural} != printed:
        return "msgfmt"
    other = path.with_suffix(".polib")
    other.write_bytes(path.read_bytes().replace(b"#= ", b"#, "))  # polib does not know this sign
    try:
        theirs = [entry for entry in polib.pofile(str(other)) if not (entry.obsolete or entry.msgid_plural)]
    except (OSError, ValueError, IndexError):
        return "polib refuses"
    return "" if {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in theirs} == ours else "polib"


@pytest.mark.tools
def test_gate_accepts_nothing_that_msgfmt_refuses(
    tmp_path: Path, languages: dict[str, Language], capsys: pytest.CaptureFixture[str]
) -> None:
    """Of thousands of damaged copies none passes here that GNU refuses, and none that both accept is read otherwise than GNU does."""
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(judge, copy, tmp_path / f"{n}.po", languages[copy.language]) for n, copy in enumerate(copies(20261123, COPIES))]
        verdicts = [job.result() for job in jobs]
    with capsys.disabled():
        print("\n" + report(verdicts))  # noqa: T201
    loose = [verdict for verdict in verdicts if not verdict.refused and not verdict.msgfmt and not set(verdict.slips) & set(KNOWN)]
    assert [(verdict.slips, verdict.said) for verdict in loose] == []
    assert [verdict.slips for verdict in verdicts if verdict.differs == "msgfmt"] == []


def report(verdicts: list[Verdict]) -> str:
    """Return the shares of disagreement in both directions, and where they come from."""
    bad = [verdict for verdict in verdicts if not verdict.msgfmt]
    good = [verdict for verdict in verdicts if verdict.msgfmt]
    loose = [verdict for verdict in bad if not verdict.refused]
    strict = [verdict for verdict in good if verdict.refused]
    both = [verdict for verdict in good if not verdict.refused]
    lines = [
        f"{len(verdicts)} damaged copies; msgfmt refuses {len(bad)}, of these we accept {len(loose)}",
        f"msgfmt accepts {len(good)}, of these we refuse {len(strict)}: {counted(verdict.refused for verdict in strict)}",
        f"  after the slips {counted(verdict.slips[0] for verdict in strict)}",
        f"both accept {len(both)}; read otherwise by {counted(verdict.differs for verdict in both if verdict.differs) or 'nobody'}",
        f"  after the slips {counted(verdict.slips[0] for verdict in both if verdict.differs)}",
    ]
    return "\n".join(lines)


def counted(names: Iterator[str]) -> str:
    """Return names with how often they come, the most frequent first."""
    return ", ".join(f"{name} {number}" for name, number in Counter(names).most_common(14))
