"""The shipped catalogues in the hands of gettext, Babel, polib and translate-toolkit, and the configuration for Weblate."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po, write_po
from translate.storage import pypo

from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.model import Language
from generator.review.extract import extract_messages
from tests.conftest import ROOT, TIER_ONE, copy_campaign

CODES = [code for code in TIER_ONE if code != "en"]
BIN = Path(sys.executable).parent
URL = "https://git.example.org/x.git"
CHANGED = {"What we can do": "What we can do for you", "How to reach us": "How you can reach us"}
"""Other English for the leaflet not-alone, so that catalogues hold stale texts with `#| msgid`."""
Row = tuple[str, str, str, bool, str]
"""msgctxt, msgid, msgstr, fuzzy, previous msgid."""


@pytest.fixture(scope="module")
def stale(tmp_path_factory: pytest.TempPathFactory, shipped: Project) -> Path:
    """Give a copy of the campaign in which some English changed and a sentence went."""
    root = copy_campaign(tmp_path_factory.mktemp("interop") / "campaign")
    path = root / "leaflets" / "not-alone.yaml"
    text = path.read_text("utf-8").replace("  - id: free\n    heading: Free help from others\n", "")
    for before, after in CHANGED.items():
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, "utf-8")
    assert extract_messages(Project(root)).problems == ()
    return root


def catalogues(root: Path, code: str) -> list[Path]:
    found = sorted((root / "locales" / code / "LC_MESSAGES").glob("*.po"))
    assert len(found) == len(Project(root).domains)
    return found


def rows(path: Path, language: Language, obsolete: bool = False) -> list[Row]:
    """Return what our reader reads."""
    return sorted(
        (entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy, entry.previous)
        for entry in pofile.read_catalogue(path, language)
        if entry.msgctxt and entry.obsolete is obsolete
    )


def texts(found: list[Row]) -> list[tuple[str, str, str]]:
    return [row[:3] for row in found]


def copied(root: Path, code: str, folder: Path) -> Iterator[tuple[Path, Path, Path]]:
    """Yield each catalogue, a copy of it to write to, and its POT."""
    for path in catalogues(root, code):
        copy = folder / path.name
        copy.write_bytes(path.read_bytes())
        yield path, copy, root / "locales" / f"{path.stem}.pot"


def msgfmt(path: Path, folder: Path) -> str:
    """Return what GNU msgfmt says, an empty string if it accepts the file without a warning."""
    done = subprocess.run(["msgfmt", "--check", "-o", folder / "out.mo", path], capture_output=True, text=True, check=False)
    return done.stderr + str(done.returncode or "")


@pytest.mark.tools
@pytest.mark.parametrize("code", CODES)
def test_msgfmt_accepts_what_we_ship_and_what_we_write_after_the_english_changed(code: str, stale: Path, tmp_path: Path) -> None:
    paths = catalogues(ROOT, code) + catalogues(stale, code)
    assert {str(path): said for path in paths if (said := msgfmt(path, tmp_path))} == {}


@pytest.mark.tools
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("options", [["--previous"], ["-N"], []], ids=["previous", "no guessing", "plain"])
def test_msgmerge_with_our_pot_changes_no_text(code: str, options: list[str], stale: Path, tmp_path: Path, languages: dict) -> None:
    """Texts, ids and order of the English are the same; with --previous the older English is too."""
    for root in (ROOT, stale):
        for path, copy, pot in copied(root, code, tmp_path):
            subprocess.run(["msgmerge", "--quiet", *options, "-o", copy, path, pot], check=True, capture_output=True)
            before, after = rows(path, languages[code]), rows(copy, languages[code])
            assert texts(after) == texts(before), path
            assert [row[:4] for row in after] == [row[:4] for row in before], path
            assert options != ["--previous"] or after == before, path
            assert texts(rows(copy, languages[code], obsolete=True)) == texts(rows(path, languages[code], obsolete=True)), path


def by_polib(path: Path) -> list[Row]:
    """Save with polib, and return what it reads."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.save(str(path))
    return sorted((e.msgctxt or "", e.msgid, e.msgstr, e.fuzzy, e.previous_msgid or "") for e in catalogue if not e.obsolete)


def by_toolkit(path: Path) -> list[Row]:
    """Save with translate-toolkit, and return what it reads."""
    store = pypo.pofile.parsefile(str(path))
    path.write_bytes(bytes(store))
    units = [unit for unit in store.units if not unit.isobsolete() and not unit.isheader()]
    return sorted((unit.getcontext(), str(unit.source), str(unit.target), unit.isfuzzy(), str(unit.prev_source)) for unit in units)


def by_babel(path: Path) -> list[Row]:
    """Save with Babel, and return what it reads; it takes the older English for a comment."""
    with contextlib.redirect_stdout(io.StringIO()):
        catalogue = read_po(io.BytesIO(path.read_bytes()))
    out = io.BytesIO()
    write_po(out, catalogue, width=0)
    path.write_bytes(out.getvalue())
    return sorted((m.context or "", str(m.id), str(m.string), m.fuzzy, "") for m in catalogue if m.id)


@pytest.mark.tools
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("tool", [by_polib, by_toolkit, by_babel])
def test_other_readers_read_and_save_what_we_read(
    code: str, tool: Callable[[Path], list[Row]], stale: Path, tmp_path: Path, languages: dict
) -> None:
    """Texts, flags and older English, as they read them, and as we read what they saved."""
    keeps = slice(4) if tool is by_babel else slice(5)
    for root in (ROOT, stale):
        for path, copy, _ in copied(root, code, tmp_path):
            ours = [row[keeps] for row in rows(path, languages[code])]
            assert [row[keeps] for row in tool(copy)] == ours, path
            assert [row[keeps] for row in rows(copy, languages[code])] == ours, path
            assert texts(rows(copy, languages[code], obsolete=True)) == texts(rows(path, languages[code], obsolete=True)), path


def test_the_changed_copy_holds_stale_and_obsolete_texts(stale: Path, languages: dict) -> None:
    """So that the comparisons above see `#| msgid` and `#~` in every language."""
    for code in CODES:
        path = stale / "locales" / code / "LC_MESSAGES" / "not-alone.po"
        assert {row[4] for row in rows(path, languages[code])} == {"", *CHANGED}
        assert [row[1] for row in rows(path, languages[code], obsolete=True)] == ["Free help from others"]


@pytest.mark.tools
@pytest.mark.parametrize("code", CODES)
def test_pofilter_reads_every_catalogue_and_its_findings_can_be_read(code: str, tmp_path: Path, languages: dict) -> None:
    """Each finding names a sentence of ours; a finding is an opinion, so none is forbidden."""
    out = tmp_path / "found"
    command = [BIN / "pofilter", "--progress=none", "--errorlevel=exception", f"--language={code}", "--excludefilter=isfuzzy"]
    folder = ROOT / "locales" / code / "LC_MESSAGES"
    out.mkdir()
    done = subprocess.run([*command, folder, out], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    found = 0
    for path in sorted(out.glob("*.po")):
        known = {row[:2] for row in rows(folder / path.name, languages[code])}
        entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
        assert {(entry.msgctxt, entry.msgid) for entry in entries} <= known
        assert all("(pofilter)" in entry.tcomment for entry in entries)
        found += len(entries)
    assert found


@pytest.fixture
def weblate(campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> Path:
    """Give a campaign with the files that `leaflets weblate` writes."""
    code, out, err = leaflets_command("weblate", "--repository", URL, cwd=campaign)
    assert (code, len(out.splitlines())) == (0, 2), err
    return campaign


def components(campaign: Path) -> list[dict]:
    return json.loads((campaign / "weblate" / "components.json").read_text("utf-8"))


def test_weblate_gets_one_component_a_catalogue_whose_files_exist(weblate: Path) -> None:
    found = components(weblate)
    assert sorted(row["slug"] for row in found) == sorted(Project(weblate).domains)
    for row in found:
        assert (weblate / row["new_base"]).is_file()
        paths = sorted(weblate.glob(row["filemask"]))
        assert [path.stem for path in paths] == [row["slug"]] * len(CODES)
        assert {path.relative_to(weblate).parts[1] for path in paths} == set(CODES)
        assert (row["repo"], row["vcs"], row["branch"], row["file_format"]) == (URL, "git", "main", "po")


def test_weblate_takes_exactly_the_folders_of_the_campaign_for_languages(weblate: Path) -> None:
    folders = {path.name for path in (weblate / "locales").iterdir() if path.is_dir()}
    others = {"en", "templates", "LC_MESSAGES", "xx", "fr_FR", "f", "frr", "fa-AF", "ku_Arab", "zh", "ar\nx"}
    for row in components(weblate):
        assert {name for name in folders | others if re.search(row["language_regex"], name)} == folders - {"en"} == set(CODES)


def test_weblate_guesses_nothing_and_writes_no_person_into_a_file(weblate: Path) -> None:
    for row in components(weblate):
        settings = row["file_format_params"]
        assert settings["po_contributor_comments"] == "none"
        assert (settings["po_fuzzy_matching"], settings["po_remove_obsolete"]) == (False, False)
        assert (settings["po_keep_previous"], settings["po_line_wrap"]) == (True, -1)
        assert (settings["po_set_last_translator"], settings["po_set_language_team"], settings["po_set_x_generator"]) == (False,) * 3
        assert (row["manage_units"], row["edit_template"], row["allow_translation_propagation"]) == (False,) * 3


def test_weblate_finds_our_placeholders_in_every_sentence(weblate: Path) -> None:
    """The pattern in its flags matches each {name} of the English, and nothing else."""
    (row, *others) = components(weblate)
    (pattern,) = re.findall(r'placeholders:r"(.*)"', row["check_flags"])
    assert {other["check_flags"] for other in others} == {row["check_flags"]}
    project = Project(weblate)
    english = [message.msgid for domain in project.domains for message in project.domain(domain)]
    assert any("{" in msgid for msgid in english)
    for msgid in english:
        assert re.findall(pattern, msgid) == re.findall(r"\{[^{}]*\}", msgid)


def test_weblate_knows_other_codes_of_our_languages(campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    """The aliases of the language table, each with the folder it leads to."""
    path = campaign / "locales" / "languages.yaml"
    text = path.read_text("utf-8")
    assert text.count("aliases: prs fa-AF") == 1
    path.write_text(text.replace("aliases: prs fa-AF", "aliases: prs dari"), "utf-8")
    assert leaflets_command("weblate", "out", "--repository", URL, cwd=campaign)[0] == 0
    settings = json.loads((campaign / "out" / "project.json").read_text("utf-8"))
    pairs = [pair.split(":") for pair in settings["language_aliases"].split(",")]
    assert [alias for alias, code in pairs if code == "fa_AF"] == ["prs", "dari"]
    assert {code for _, code in pairs} <= set(CODES)
    assert settings["translation_review"] is True
