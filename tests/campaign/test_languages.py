"""New languages: right sentences are no errors, wrong ones are found, tags lead to one row, and every row prints."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.base.language_tags import language_code_of, tag_means
from generator.base.names import LANGUAGE_CODE
from generator.campaign.project import Project
from generator.campaign.respell import respelt_text
from generator.catalogue import pofile
from generator.checks import CheckContext, all_checks, check_translation
from generator.model import Language, Message, Risk
from generator.problem import LeafletsError, errors_among
from tests.conftest import ROOT
from tests.support.six_sentences import ALIKE, CLOSE, FOLDER, found, sentences, wrong

Run = Callable[..., tuple[int, str, str]]
TEXTS = sentences()
CODES = [code for code in TEXTS if code != "source"]
HELLO = sorted(path.stem.rpartition("_")[2] for path in FOLDER.glob("hello_*.po"))
RULES = {rule.id: rule for rule in all_checks()}


@pytest.fixture(scope="module")
def table() -> dict[str, Language]:
    """Give the shipped language table."""
    return Project(ROOT).languages


@pytest.mark.parametrize("code", CODES)
def test_right_sentences_are_no_errors(code: str, table: dict[str, Language]) -> None:
    pairs = zip(TEXTS["source"], TEXTS[code], strict=True)
    assert [problem.line() for english, own in pairs for problem in found(table[code], english, own, table)] == []


@pytest.mark.parametrize("code", CODES)
def test_right_sentences_of_a_language_without_words_only_warn(code: str, table: dict[str, Language]) -> None:
    """What `add language` writes for a language that nobody described; the neighbours know a great deal."""
    bare = replace(table[code], words=(), own="", foreign="", joins=False, meant=())
    pairs = zip(TEXTS["source"], TEXTS[code], strict=True)
    assert [problem.line() for pair in pairs for problem in errors_among(found(bare, *pair, {**table, code: bare}))] == []


@pytest.mark.parametrize(("file", "text"), [(file, text) for file, row in CLOSE.items() for text in row.split()])
def test_a_neighbours_sentences_are_found(file: str, text: str, table: dict[str, Language]) -> None:
    """Half of what is so near, in six sentences as short as these; pairs that share nearly all words are listed as not found."""
    assert (wrong(TEXTS, file, text, table) >= 3) != (frozenset((file, text)) in ALIKE)


def test_an_error_needs_words_of_both_rows(table: dict[str, Language]) -> None:
    """The same sentence: an error between two rows with words, a warning where one of them has none."""
    message = Message("a", TEXTS["source"][0], Risk.SAFETY)

    def severities(file: Language, other: Language) -> set[str]:
        problems = check_translation(message, TEXTS["es"][0], CheckContext(file, languages=(file, other)))
        return {problem.severity for problem in problems if problem.code == "wrong-language"}

    french, spanish = table["fr"], table["es"]
    assert severities(french, spanish) == {"error"}
    assert severities(replace(french, words=french.words[:5]), spanish) <= {"warning"}
    assert severities(french, replace(spanish, words=spanish.words[:5])) <= {"warning"}


def test_one_long_word_is_an_error_only_where_no_language_says_it_so(table: dict[str, Language]) -> None:
    rule = RULES["joined-words"]

    def severities(row: Language, english: str, text: str) -> list[str]:
        return [problem.severity for problem in rule.problems(CheckContext(row).subject(english, text))]

    assert severities(table["es"], "You are not alone, we are here", "Noestássoloestamosaquí") == ["error"]
    assert severities(replace(table["es"], words=()), "You are not alone, we are here", "Noestássoloestamosaquí") == ["warning"]
    assert severities(table["es"], "Get in touch with us", "Contáctenos") == ["warning"]
    assert severities(table["de"], "What you need to know", "Wissenswertes") == ["warning"]
    assert severities(table["de"], "Call us if you need help at any time", "RufenSieunsan") == ["error"]


@pytest.mark.tools
def test_a_detector_that_is_not_ours_says_the_same() -> None:
    """The sentences are in the language that they are said to be in, by lingua, among all 75 languages it knows."""
    lingua = pytest.importorskip("lingua", reason="needs pip install -e '.[detect]'")
    detector = lingua.LanguageDetectorBuilder.from_all_languages().build()
    known = {language.iso_code_639_1.name.lower() for language in lingua.Language.all()} - {"zh"} | {"zh_Hans", "zh_Hant"}
    texts = {code: " ".join(TEXTS[code]) for code in CODES if code in known}
    assert len(texts) >= 40
    found = {code: detector.detect_language_of(text).iso_code_639_1.name.lower() for code, text in texts.items()}
    assert found == {code: code.partition("_")[0] for code in texts}


# the campaigns of others


@pytest.fixture(scope="module")
def hello(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign of one leaflet in the languages of three catalogues that somebody brought."""
    root = tmp_path_factory.mktemp("hello")
    shutil.copytree(ROOT / "leaflets", root / "leaflets")
    for path in (root / "leaflets").glob("*.yaml"):
        if path.stem not in ("campaign", "facts"):
            path.unlink()
    shutil.copy(FOLDER / "hello.yaml", root / "leaflets")
    path = root / "leaflets" / "campaign.yaml"
    lines = path.read_text("utf-8").splitlines()
    rows = {"languages:": f"languages: [{', '.join(['en', *HELLO])}]", "missing:": "missing: english"}
    path.write_text("\n".join(rows.get(line.split(" ")[0], line) for line in lines) + "\n", "utf-8")
    for code in HELLO:
        target = root / "locales" / code / "LC_MESSAGES" / "hello.po"
        target.parent.mkdir(parents=True)
        shutil.copy(FOLDER / f"hello_{code}.po", target)
    return root


def test_catalogues_of_new_languages_pass_untouched(hello: Path, leaflets_command: Run) -> None:
    assert leaflets_command("extract", cwd=hello)[0] == 0
    done, out, err = leaflets_command("check", *(part for code in HELLO for part in ("-l", code)), cwd=hello)
    assert done == 0, out + err
    assert "0 errors" in out + err
    assert [word for word in ("wrong-language", "joined-words", "half-english") if word in out] == []


def test_they_print(hello: Path, leaflets_command: Run) -> None:
    leaflets_command("extract", cwd=hello)
    done, out, err = leaflets_command("build", "hello", "-l", HELLO[0], "-j", "1", cwd=hello)
    assert done == 0, out + err
    assert list((hello / "output" / "hello").glob(f"hello_{HELLO[0]}_a5*.pdf"))


@pytest.mark.tools
def test_every_new_script_prints(hello: Path, tmp_path: Path, leaflets_command: Run) -> None:
    """Fonts, direction, breaks inside Korean words: each page is proved. Cutting the fonts of East Asia takes a minute."""
    codes, root = ("el", "he", "yi", "sd", "ja", "ko"), tmp_path / "six"
    shutil.copytree(hello, root, ignore=shutil.ignore_patterns("output", "locales", "hello.yaml"))
    shutil.copy(FOLDER / "six.yaml", root / "leaflets")
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(re.sub(r"languages: \[.*\]", f"languages: [en, {', '.join(codes)}]", path.read_text("utf-8")), "utf-8")
    leaflets_command("extract", cwd=root)
    project = Project(root)
    for code in codes:
        own = dict(zip(TEXTS["source"], TEXTS[code], strict=True))
        entries = pofile.read_catalogue(project.catalogue(code, "six"), project.languages[code])
        told = [entry if entry.header else entry.changed(msgstr=own.get(entry.msgid, own[TEXTS["source"][0]])) for entry in entries]
        pofile.save_catalogue(project.catalogue(code, "six"), told)
    done, out, err = leaflets_command("build", "six", *(part for code in codes for part in ("-l", code)), cwd=root)
    assert done == 0, out + err
    assert len(list((root / "output" / "six").glob("*.pdf"))) == len(codes)


# tags

TAGS = {
    "ar_SY": "ar", "ar-SY": "ar", "fa_IR": "fa", "fa-AF": "fa_AF", "prs": "fa_AF", "ur_PK": "ur", "ps_AF": "ps", "kmr": "ku",
    "ku_IQ": "ckb",
    "zh": "zh_Hans", "zh_CN": "zh_Hans", "zh_TW": "zh_Hant", "zh-HK": "zh_Hant", "no": "nb", "iw": "he", "in": "id", "ji": "yi",
    "fil": "tl",
    "sh": "sr_Latn", "sr@latin": "sr_Latn", "sr_ME": "sr_Latn", "sr_RS": "sr", "sr_Cyrl": "sr", "pt_BR": "pt", "es_MX": "es", "en_US": "en",
    "pa_Arab": "pnb", "pa_PK": "pnb", "pa_IN": "pa", "uz_Latn": "uz", "uz_Cyrl": "uz_Cyrl", "pt_BR.UTF-8": "pt", "AR": "ar",
    "uz_AF": "", "hi_Latn": "", "ms_Arab": "", "sd_Deva": "", "bs": "", "nn": "", "klingon": "", "../fr": "", "fr ": "", "": "",
}  # fmt: skip
"""Tags and the row that each means; another script is another row, or none."""


@pytest.mark.parametrize(("tag", "code"), TAGS.items())
def test_a_tag_means_one_row(tag: str, code: str, table: dict[str, Language]) -> None:
    assert language_code_of(tag, table) == code


def test_every_row_and_every_alias_means_its_row(table: dict[str, Language]) -> None:
    names = {alias: code for code, row in table.items() for alias in (code, code.replace("_", "-"), *row.aliases)}
    assert {name: language_code_of(name, table) for name in names} == names
    assert [code for code, row in table.items() if not tag_means(code, row)] == []


@pytest.mark.parametrize(("header", "code"), [("fa-IR", "fa"), ("prs", "fa_AF"), ("no", "nb"), ("sr_RS", "sr"), ("zh_CN", "zh_Hans")])
def test_a_header_may_say_another_tag_of_the_language(header: str, code: str, table: dict[str, Language], tmp_path: Path) -> None:
    assert pofile.read_catalogue(catalogue(tmp_path, header), table[code])


@pytest.mark.parametrize(("header", "code"), [("fa_AF", "fa"), ("prs", "fa"), ("sr@latin", "sr"), ("sr", "sr_Latn"), ("zh_TW", "zh_Hans")])
def test_a_header_of_another_row_is_refused(header: str, code: str, table: dict[str, Language], tmp_path: Path) -> None:
    with pytest.raises(LeafletsError, match=f"Language: {code}"):
        pofile.read_catalogue(catalogue(tmp_path, header), table[code])


def catalogue(folder: Path, language: str) -> Path:
    """Write a catalogue without sentences whose header says a language."""
    path = folder / "x.po"
    path.write_text(f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n', "utf-8")
    return path


def test_add_language_leads_to_the_row_there_is(hello: Path, leaflets_command: Run) -> None:
    for tag, code in (("ur_PK", "ur"), ("no", "nb"), ("bs", "bs"), ("uz_AF", "uz_Arab")):
        done, _, err = leaflets_command("add", "language", tag, cwd=hello)
        assert done == 0, err
        assert Project(hello).campaign.languages[-1] == code
    rows = Project(hello).languages
    assert (rows["bs"].script, rows["uz_Arab"].script, rows["uz_Arab"].direction) == ("Latn", "Arab", "rtl")


@pytest.mark.parametrize(("tag", "says"), [("kn", "Knda"), ("qqz", "languages.yaml"), ("sah_Arab", "endonym")])
def test_add_language_asks_for_what_nobody_knows(tag: str, says: str, hello: Path, leaflets_command: Run) -> None:
    before = Project(hello).campaign.languages
    done, _, err = leaflets_command("add", "language", tag, cwd=hello)
    assert (done, Project(hello).campaign.languages) == (2, before)
    assert says in err


def test_a_campaign_is_told_which_code_to_write(hello: Path, tmp_path: Path, leaflets_command: Run) -> None:
    root = tmp_path / "own"
    shutil.copytree(hello, root)
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("languages: [en, ", "languages: [en, ar-SY, "), "utf-8")
    done, _, err = leaflets_command("status", cwd=root)
    assert done
    assert "write ar in place of ar-SY" in err


def test_every_command_takes_a_region(hello: Path, leaflets_command: Run) -> None:
    done, out, err = leaflets_command("status", "-l", f"{HELLO[0]}-XX", "--json", cwd=hello)
    assert done == 0, err
    assert f'"language": "{HELLO[0]}"' in out


# rows


def test_rows_are_whole(table: dict[str, Language]) -> None:
    for code in CODES:
        row = table[code]
        assert LANGUAGE_CODE.fullmatch(code)
        assert len(row.words) >= 20, code
        assert not set(row.own) & set(row.foreign), code
        assert [word for word in row.words if len(word) > 1 and set(word) & set(row.foreign)] == [], code
        assert all(respelt_text(word, row) == word for word in row.words), code


def test_letters_that_were_meant_are_put_in_and_nothing_else(table: dict[str, Language]) -> None:
    for code in CODES:
        assert [respelt_text(text, table[code]) for text in TEXTS[code]] == TEXTS[code], code
    fa = table["fa"]
    assert respelt_text("در را باز نكنيد، {line}، <b>٢٤</b> «في»", fa) == "در را باز نکنید، {line}، <b>۲۴</b> «في»"
    assert respelt_text("ښه سړی دي", table["ps"]) == "ښه سړی دي"


def test_a_long_row_is_told_plainly(table: dict[str, Language]) -> None:
    rule = RULES["break-opportunities"]
    code, english, text = next(example for example in rule.fails if example[0] == "lo")
    (problem,) = rule.problems(CheckContext(table[code]).subject(english, text))
    assert (problem.severity, "Lao" in problem.what, text[:12] in problem.what) == ("warning", True, True)
    assert "200b" in problem.hint
