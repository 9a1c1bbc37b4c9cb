"""Catalogues are read strictly, written back byte for byte, and read alike by other programs."""

from __future__ import annotations

import contextlib
import io
import subprocess
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.base.files import read_text
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry, dump_catalogue, header_fields
from generator.catalogue.header_rules import new_header
from generator.catalogue.parser import parse_catalogue
from generator.model import Language
from generator.problem import LeafletsError
from tests.conftest import ROOT, TIER_ONE

CATALOGUES = sorted((ROOT / "locales").rglob("*.po")) + sorted((ROOT / "locales").glob("*.pot"))
CODES = sorted({path.parents[1].name for path in CATALOGUES if path.suffix == ".po"})
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: example\\n"
"PO-Revision-Date: 2026-11-22 00:00+0000\\n"
"Last-Translator: example\\n"
"Language-Team: French\\n"
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"""
START = HEADER.count("\n") + 2
"""The line on which the first entry after the header stands."""
LONG = "# " + "a word and another one, " * 12 + "the end of a comment that other programs wrap"

LEGAL = {
    "previous English": '#, fuzzy\n#| msgid "We go"\nmsgctxt "go"\nmsgid "We go with you"\nmsgstr "Nous y allons"\n',
    "previous English with its context": '#| msgctxt "old"\n#| msgid ""\n#| "We "\n#| "go"\nmsgid "Go"\nmsgstr "V"\n',
    "previous English of an obsolete entry": '#, fuzzy\n#~| msgid "We go"\n#~ msgctxt "go"\n#~ msgid "We went"\n#~ msgstr "Nous"\n',
    "flags written with =": '#= fuzzy\n#, no-wrap\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n',
    "flags without a space": '#,fuzzy,no-wrap\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n',
    "flags of an obsolete entry": '# kept\n#, fuzzy, no-wrap\n#~ msgctxt "go"\n#~ msgid "Go"\n#~ msgstr "Va"\n',
    "a note without a space": '#note\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n',
    "an empty comment": '#\n# one\n#\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n',
    "a comment longer than a line": LONG + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n',
    "strings over several lines": 'msgctxt "go"\nmsgid ""\n"We "\n"go\\n"\nmsgstr ""\n"Nous "\n"allons\\n"\n',
    "plural of another program": 'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "%d jour"\nmsgstr[1] "%d jours"\n',
    "obsolete plural": '#~ msgid "%d day"\n#~ msgid_plural "%d days"\n#~ msgstr[0] "%d jour"\n#~ msgstr[1] "%d jours"\n',
    "no context": 'msgid "Go"\nmsgstr "Va"\n',
    "a context named like a text without context": 'msgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n\nmsgid "go"\nmsgstr "va"\n',
    "one text in two contexts": 'msgctxt "a"\nmsgid "Go"\nmsgstr "Va"\n\nmsgctxt "b"\nmsgid "Go"\nmsgstr "Allez"\n',
    "two obsolete entries of one id": '#~ msgctxt "a"\n#~ msgid "Go"\n#~ msgstr "Va"\n\n#~ msgctxt "a"\n#~ msgid "Be"\n#~ msgstr "Es"\n',
    "an obsolete entry of an id in use": 'msgctxt "a"\nmsgid "Go"\nmsgstr "Va"\n\n#~ msgctxt "a"\n#~ msgid "Gone"\n#~ msgstr "Parti"\n',
    "escapes": 'msgctxt "go"\nmsgid "a \\"b\\" \\\\ c\\n"\nmsgstr "\\t«a» \\\\n \\"\\n"\n',
    "a comment alone at the end": 'msgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n\n# the end\n# of the file\n',
    "invisible letters of the language": 'msgctxt "go"\nmsgid "Go"\nmsgstr "ទៅ\u200bណា"\n',
    "references and notes": '#. note\n#: leaflet:go other.c:12\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n',
}
TEXT = st.text(st.characters(exclude_characters="\x04"))
"""Any text but the character that gettext itself puts between msgctxt and msgid."""


def texts(entries: list[Entry]) -> dict[tuple[str, str], str]:
    """Return the translations that a reader of a catalogue must find."""
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in entries if not (entry.obsolete or entry.plural or entry.header)}


def write(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "example.po"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture(scope="module")
def french(languages: dict[str, Language]) -> Language:
    return languages["fr"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT / "locales")))
def test_shipped_catalogue_comes_back_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    assert dump_catalogue(parse_catalogue(data.decode(), str(path))).encode() == data


def test_every_language_ships_catalogues() -> None:
    """The tests over shipped catalogues see all languages beside the source, and a POT for every leaflet and the words."""
    assert {path.parents[1].name for path in CATALOGUES if path.suffix == ".po"} == {*Project(ROOT).campaign.languages} - {"en"}
    assert set(CODES) >= {*TIER_ONE} - {"en"}
    leaflets = {path.stem for path in (ROOT / "leaflets").glob("*.yaml")} - {"campaign", "facts"}
    assert {path.stem for path in CATALOGUES if path.suffix == ".pot"} == leaflets | {"shared", "review", "site", "paper"}


@pytest.mark.parametrize("text", LEGAL.values(), ids=LEGAL.keys())
def test_legal_entry_comes_back_byte_for_byte(text: str, tmp_path: Path, french: Language) -> None:
    content = HEADER + "\n" + text
    assert dump_catalogue(pofile.read_catalogue(write(tmp_path, content), french)) == content


@pytest.mark.parametrize("text", LEGAL.values(), ids=LEGAL.keys())
def test_saving_what_was_read_writes_nothing(text: str, tmp_path: Path, french: Language) -> None:
    path = write(tmp_path, HEADER + "\n" + text)
    before = path.stat()
    assert pofile.save_catalogue(path, pofile.read_catalogue(path, french)) is False
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.tools
@pytest.mark.parametrize("text", LEGAL.values(), ids=LEGAL.keys())
def test_msgfmt_accepts_what_we_call_legal(text: str, tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + "\n" + text)
    done = subprocess.run(["msgfmt", "--check", "-o", str(tmp_path / "out.mo"), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "loose",
    [
        'msgctxt "a"\nmsgid "Go"\nmsgstr "Va"\n{}# of b\n#, fuzzy\nmsgctxt "b"\nmsgid "Stay"\nmsgstr "Reste"\n',
        'msgctxt "a"\nmsgid "Go"\nmsgstr ""\n"Va"\n{}msgid "Stay"\nmsgstr "Reste"\n',
        '#~ msgctxt "a"\n#~ msgid "Go"\n#~ msgstr "Va"\n{}#~| msgid "Stay"\n#~ msgid "Stay now"\n#~ msgstr "Reste"\n',
        'msgid "Go"\nmsgstr "Va"\n{}#~ msgid "Stay"\n#~ msgstr "Reste"\n',
    ],
)
def test_entries_without_an_empty_line_between_are_still_two(loose: str) -> None:
    """Only the empty lines between entries are normalised; nothing else changes."""
    for between in ("", "\n", "\n\n\n", "  \n"):
        entries = parse_catalogue(HEADER + loose.format(between), "x.po")
        assert len(entries) == 3
        assert dump_catalogue(entries) == HEADER + "\n" + loose.format("\n")


def test_header_keeps_foreign_fields(tmp_path: Path, french: Language) -> None:
    content = HEADER + '"X-Generator: Poedit 3.4\\n"\n"X-Poedit-Bookmarks: -1,2,-1\\n"\n'
    entries = pofile.read_catalogue(write(tmp_path, content), french)
    assert dump_catalogue(entries) == content
    assert header_fields(entries)["X-Poedit-Bookmarks"] == "-1,2,-1"


@pytest.mark.parametrize("content", ["# Translated by the example group\n" + HEADER, "# Translated by the example group\n\n" + HEADER])
def test_comment_above_the_header_is_kept(content: str, tmp_path: Path, french: Language) -> None:
    assert dump_catalogue(pofile.read_catalogue(write(tmp_path, content), french)) == content


@pytest.mark.parametrize(
    "change",
    [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, lambda text: text + "\n\n", lambda text: text.rstrip("\n")],
)
def test_line_ends_and_byte_order_mark_are_read(change, tmp_path: Path, french: Language) -> None:
    """What Windows editors do to a file loses no text and is not refused."""
    content = HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n'
    assert dump_catalogue(pofile.read_catalogue(write(tmp_path, change(content)), french)) == content


@settings(database=None, deadline=None, max_examples=300)
@given(TEXT, TEXT, st.text(st.characters(exclude_characters="\x04"), min_size=1), st.booleans())
def test_any_text_survives_quoting_and_parsing(msgctxt: str, msgstr: str, msgid: str, obsolete: bool) -> None:
    assume(obsolete or not msgstr or [msgid[0] == "\n", msgid[-1] == "\n"] == [msgstr[0] == "\n", msgstr[-1] == "\n"])
    previous = msgid[::-1]
    entry = Entry(msgid, msgstr, msgctxt, previous=previous, obsolete=obsolete, flags=("fuzzy",), comments=("# x",))
    (found,) = parse_catalogue(dump_catalogue([entry]), "x.po")
    assert found == entry


@settings(database=None, deadline=None, max_examples=150)
@given(st.text(alphabet=st.characters(exclude_characters="\0\x04", exclude_categories=["Cs"]), min_size=1))
def test_any_text_survives_a_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.po"
    pofile.save_catalogue(path, [parse_catalogue(HEADER, "x")[0], Entry(text, text, "go")])
    assert pofile.read_catalogue(path)[1].msgstr == text


@settings(database=None, deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(list(LEGAL.values())), max_size=6))
def test_any_sequence_of_legal_entries_comes_back(parts: list[str]) -> None:
    content = "\n".join([HEADER, *parts])
    assert dump_catalogue(parse_catalogue(content, "x.po")) == content


@pytest.mark.parametrize("code", CODES)
def test_babel_and_polib_read_the_shipped_texts_as_we_do(code: str, languages: dict[str, Language]) -> None:
    """Three independent readers, one of them strict, agree on id, English, text and fuzzy of every entry."""
    paths = [path for path in CATALOGUES if path.suffix == ".po" and path.parents[1].name == code]
    assert {path.stem for path in paths} == {path.stem for path in CATALOGUES if path.suffix == ".pot"}
    for path in paths:
        entries = pofile.read_catalogue(path, languages[code])
        ours = {(e.msgctxt, e.msgid): (e.msgstr, e.fuzzy) for e in entries if not (e.obsolete or e.plural or e.header)}
        with contextlib.redirect_stdout(io.StringIO()):
            catalogue = read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
        assert {(m.context or "", m.id): (m.string, m.fuzzy) for m in catalogue if m.id} == ours
        assert {(e.msgctxt or "", e.msgid): (e.msgstr, e.fuzzy) for e in polib.pofile(str(path)) if not e.obsolete} == ours
        assert pofile.babel_differences(path, languages[code]) == []


def test_second_reading_names_what_babel_reads_differently(tmp_path: Path, french: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the installed Babel reads wrongly: here it reads another word."""
    path = write(tmp_path, HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n')
    assert pofile.babel_differences(path, french) == []

    monkeypatch.setattr("babel.messages.pofile.read_po", lambda file, **_: read_po(io.BytesIO(file.read().replace(b'"Va"', b'"Pars"'))))
    assert [(problem.code, "go" in problem.what) for problem in pofile.babel_differences(path, french)] == [("po-babel", True)]


GO = 'msgctxt "go"\nmsgid "Go"\nmsgstr "Va"\n'
QUOTES, NEIGHBOURS, BACKSLASH = "for a quote inside", "compare it with its neighbours", "for a backslash"
REFUSED: dict[str, tuple[str | bytes, int | None, str]] = {
    "merge marker": (HEADER + '\nmsgid "Go"\n<<<<<<< ours\nmsgstr "Va"\n=======\nmsgstr "Pars"\n>>>>>>> theirs\n', 1, "leaflets extract"),
    "same id twice": (HEADER + "\n" + GO + "\n" + GO.replace("Va", "Pars"), 4, "keep one"),
    "same text twice": (HEADER + '\nmsgid "Go"\nmsgstr "Va"\n\nmsgid "Go"\nmsgstr "Pars"\n', 3, "keep one"),
    "same id with other English": (HEADER + "\n" + GO + "\n" + GO.replace("Go", "Went"), 4, "keep one"),
    "unterminated string": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va\n', 2, QUOTES),
    "string that does not begin": (HEADER + '\nmsgctxt "go"\nmsgid Go"\nmsgstr "Va"\n', 1, QUOTES),
    "no quotes": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr Va\n', 2, QUOTES),
    "quote inside": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "dis "va" vite"\n', 2, QUOTES),
    "backslash at the end": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va\\"\n', 2, QUOTES),
    "typographic quotes": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr “Va”\n', 2, QUOTES),
    "angle quotes": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr «Va»\n', 2, QUOTES),
    "misspelt keyword": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgtr "Va"\n', 2, NEIGHBOURS),
    "misspelt context": (HEADER + '\nmsgctx "go"\nmsgid "Go"\nmsgstr "Va"\n', 0, NEIGHBOURS),
    "keyword with capitals": (HEADER + '\nmsgctxt "go"\nMsgid "Go"\nmsgstr "Va"\n', 1, NEIGHBOURS),
    "msgstr before msgid": (HEADER + '\nmsgctxt "go"\nmsgstr "Va"\nmsgid "Go"\n', 1, ""),
    "msgctxt after msgid": (HEADER + '\nmsgid "Go"\nmsgctxt "go"\nmsgstr "Va"\n', 1, "order"),
    "msgid twice": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgid "Gone"\nmsgstr "Va"\n', 2, "keep one"),
    "msgstr twice": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "Va"\nmsgstr "Pars"\n', 3, "keep one"),
    "text before any keyword": (HEADER + '\n"Go"\nmsgstr "Va"\n', 0, "msgid"),
    "msgid_plural without msgid": (HEADER + "\n" + GO + '\nmsgid_plural "days"\nmsgstr[0] "jour"\n', 4, ""),
    "msgstr[0] without msgid_plural": (HEADER + '\nmsgid "day"\nmsgstr[0] "jour"\n', 1, ""),
    "half obsolete": (HEADER + '\n#~ msgctxt "go"\n#~ msgid "Go"\nmsgstr "Va"\n', 2, ""),
    "cut off after msgid": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\n', 1, "backup"),
    "cut off after msgctxt": (HEADER + '\nmsgctxt "go"\n', 0, "backup"),
    "bad escape": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "C:\\qui"\n', 2, BACKSLASH),
    "hexadecimal escape": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "\\x41"\n', 2, BACKSLASH),
    "longest text and one more": (HEADER + f'\nmsgctxt "go"\nmsgid "Go"\nmsgstr "{"a" * 20_001}"\n', 2, "split"),
    "longest text and one more, in pieces": (
        HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr ""\n' + f'"{"a" * 6_667}"\n' * 3,
        None,  # any line of the entry
        "split",
    ),
    "no header": (GO, 1 - START, "backup"),
    "header not first": (GO + "\n" + HEADER, 5 - START, "to the top"),
    "second header": (HEADER + "\n" + HEADER, 0, "delete"),
    "wrong charset": (HEADER.replace("UTF-8", "iso-8859-1") + "\n" + GO, 9 - START, "UTF-8"),
    "charset of a template": (HEADER.replace("UTF-8", "CHARSET") + "\n" + GO, 9 - START, "UTF-8"),
    "no charset": (HEADER.replace('"Content-Type: text/plain; charset=UTF-8\\n"\n', "") + "\n" + GO, 1 - START, "UTF-8"),
    "wrong language": (HEADER.replace("Language: fr", "Language: ar") + "\n" + GO, 7 - START, "fr"),
    "not UTF-8": (HEADER.encode() + b'\nmsgctxt "go"\nmsgid "Go"\nmsgstr "d\xe9j\xe0"\n', 2, "UTF-8"),
    "UTF-16": ((HEADER + "\n" + GO).encode("utf-16"), 1 - START, "UTF-8"),
    "NUL": (HEADER + '\nmsgctxt "go"\nmsgid "Go"\nmsgstr "V\0a"\n', 2, "backup"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 1 - START, "file itself"),
    "a web page": ("<!DOCTYPE html>\n<title>404</title>\n", 1 - START, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_damaged_file_is_refused_with_line_and_advice(name: str, tmp_path: Path, french: Language) -> None:
    content, offset, advice = REFUSED[name]
    path = write(tmp_path, content)
    with pytest.raises(LeafletsError) as refusal:
        pofile.read_catalogue(path, french)
    (problem,) = refusal.value.problems
    lines = range(START + 2, START + 6) if offset is None else [START + offset]
    assert problem.where in [f"{path}:{line}" for line in lines]
    assert problem.hint
    assert advice in problem.hint


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_empty_file_is_refused(content: bytes, tmp_path: Path, french: Language) -> None:
    """A file cut to nothing is a loss, not a catalogue without translations."""
    with pytest.raises(LeafletsError, match=r"empty.*backup"):
        pofile.read_catalogue(write(tmp_path, content), french)


def test_huge_file_is_refused_unread(tmp_path: Path, french: Language) -> None:
    with pytest.raises(LeafletsError, match="more than 2000000"):
        pofile.read_catalogue(write(tmp_path, HEADER + "# x\n" * 600_000), french)


@pytest.mark.parametrize("pieces", [1, 4])
def test_text_of_the_greatest_length_is_accepted(pieces: int, tmp_path: Path, french: Language) -> None:
    lines = "\n".join([f'"{"a" * (20_000 // pieces)}"'] * pieces)
    entries = pofile.read_catalogue(write(tmp_path, HEADER + f'\nmsgctxt "go"\nmsgid "Go"\nmsgstr {lines}\n'), french)
    assert len(entries[1].msgstr) == 20_000


def test_no_file_means_no_entries(tmp_path: Path, french: Language) -> None:
    assert pofile.read_catalogue(tmp_path / "none.po", french) == []


def test_every_language_of_the_table_gets_a_header_that_is_accepted(tmp_path: Path, languages: dict[str, Language]) -> None:
    for code, language in languages.items():
        path = tmp_path / f"{code}.po"
        pofile.save_catalogue(path, [new_header("example", language, "2026-11-22")])
        fields = header_fields(pofile.read_catalogue(path, language))
        assert fields["Language"] == code
        assert fields["Plural-Forms"].startswith("nplurals=")
        assert pofile.babel_differences(path, language) == []


def test_retired_plural_is_obsolete_and_keeps_its_text() -> None:
    (entry,) = parse_catalogue('# kept\n#| msgid "one"\n' + LEGAL["plural of another program"], "x.po")
    text = dump_catalogue([entry.retired()])
    (back,) = parse_catalogue(text, "x.po")
    assert (back.obsolete, back.plural, back.previous) == (True, True, "one")
    assert '#~ msgstr[1] "%d jours"' in text
    assert "# kept" in text


def test_shipped_catalogues_have_plain_bytes() -> None:
    """No shipped catalogue needs the tolerance for byte order marks and Windows line ends."""
    for path in CATALOGUES:
        assert read_text(path).encode() == path.read_bytes()
