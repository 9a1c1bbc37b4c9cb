"""Papers around leaflets in every language of the campaign: notices, labels, orders, checklists, cards, phone trees, worksheets.

What stands on them is read back with PDFium, which has no part in finding their words.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from generator.base.message_text import text_pieces
from generator.campaign.call_tree import WHOLE_TREE
from generator.campaign.project import PAPER_DOMAIN, Project
from generator.editions.jobs import EditionJob
from generator.editions.papers import Paper
from generator.editions.render_papers import PaperLook, draw_papers
from generator.layout import fonts
from generator.model import State
from generator.printrun import notice, pack_papers
from generator.printrun.notice import print_notices
from generator.printrun.pack import PackOptions, pack_site
from generator.printrun.pack_contents import Pack
from generator.printrun.phone_tree import print_blank_tree, print_phone_tree
from generator.printrun.point_card import print_point_card
from generator.review.printing import Printing
from generator.review.snapshot import Snapshot
from generator.worksheet.page import paper_style
from generator.worksheet.paper import FOLDER, worksheet_job
from generator.worksheet.worksheet import make_worksheet
from tests.conftest import SCRIPTS, TIER_ONE, copy_campaign
from tests.editions.test_build import edit, sign_everything

Command = Callable[..., tuple[int, str, str]]
DOMAINS = ("not-alone", "phone-tree", "shared", "paper", "review")
SITE = "leaflets: [not-alone]\nlanguages: {{{}}}\nsheets: [a5]\npeople:\n"
PERSON = "  - {{name: P{0}., phone: 07700 9002{0:02}, languages: [en, {1}], calls: 3, agreed: 2026-11-20}}\n"
FOUND = 0.75
"""Least share of words that PDFium must find: it reads marks and stops of right-to-left lines in another order."""


@pytest.fixture(scope="module", params=[SCRIPTS, pytest.param(TIER_ONE, marks=pytest.mark.tools)], ids=["scripts", "languages"])
def codes(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Give the languages of a test: each script once, and with the tools every language."""
    found: tuple[str, ...] = request.param
    return found


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a copy of the campaign with what papers print, in all languages."""
    return copy_campaign(tmp_path / "campaign", leaflets=("not-alone", "phone-tree"))


@pytest.fixture(scope="module")
def everywhere(codes: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign whose readers signed what papers print, with a place where all languages are spoken."""
    root = copy_campaign(tmp_path_factory.mktemp("papers") / "campaign", languages=codes)
    for code in codes[1:]:
        sign_everything(root, code, DOMAINS)
    people = "".join(PERSON.format(place, code) for place, code in enumerate(codes[1:], 1))
    (root / "sites" / "oak-7.yaml").write_text(SITE.format(", ".join(f"{code}: 1" for code in codes)) + people, "utf-8")
    return root


@pytest.fixture(scope="module")
def packed(everywhere: Path) -> Pack:
    """Give the pack of that place."""
    return pack_site(Project(everywhere), "oak-7", options=PackOptions(jobs=2))


def printed(language: str) -> Printing:
    """Return a printing of one leaflet in a language."""
    code = f"{language[:2].upper()}-1W7GY"
    return Printing(code, "not-alone", language, "a5", "", "ready", "2026-11-22", "2026-11-22", {}, {}, "0" * 64)


def text_of(pdf: bytes | Path) -> str:
    """Return the text of a PDF as PDFium extracts it."""
    document = pypdfium2.PdfDocument(pdf)
    found = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


def share(texts: list[str], page: str) -> float:
    """Return which part of the words of some texts stands on a page; without spaces, where the script has none."""
    words = [word for text in texts for word in re.findall(r"\w+", text)]
    squashed = re.sub(r"\W+", "", page)
    return sum(word in squashed for word in words) / len(words)


def said(root: Path, language: str) -> list[str]:
    """Return what a notice says in a language whose readers signed it."""
    snapshot = Snapshot(Project(root))
    own = [snapshot.texts(language, PAPER_DOMAIN)[f"word.recall-{name}"] for name in notice.NOTICE_WORDS]
    assert {text.state for text in own} == {State.READY}
    return [piece for text in (*own, snapshot.texts(language, "not-alone")["title"]) for piece in text_pieces(text.msgstr)]


def test_a_notice_is_printed_in_every_language_signed_or_not(everywhere: Path, campaign: Path, codes: tuple[str, ...]) -> None:
    for root in (everywhere, campaign):
        found = print_notices(Project(root), [printed(code) for code in codes])

        assert found.problems == ()
        assert list(found.paths) == [f"notice_not-alone_{code}" for code in sorted(codes)]
        for code in codes:
            text = text_of(found.paths[f"notice_not-alone_{code}"])
            english = ["Please give this paper back", "Something on it is wrong", "You will get a new one", "You are not alone"]
            assert share(english, text) == 1
            assert f"{code[:2].upper()}-1W7GY" in text
            if code != "en" and root == everywhere:
                assert share(said(root, code), text) >= FOUND, code


def test_a_place_gets_its_pack_in_every_language(everywhere: Path, packed: Pack, codes: tuple[str, ...]) -> None:
    languages = Project(everywhere).languages

    assert packed.problems == ()
    assert [line.edition.language for line in packed.lines] == list(codes)
    papers = {name: text_of(packed.folder / f"{name}_oak-7.pdf") for name in ("order", "checklist", "labels")}
    for line in packed.lines:
        assert all(line.code in text for text in papers.values())
        assert all(share([languages[line.edition.language].english], text) == 1 for text in papers.values())
        assert share([languages[line.edition.language].endonym], papers["labels"]) == 1, line.edition.language


def test_a_phone_tree_is_printed_in_every_language(everywhere: Path, codes: tuple[str, ...]) -> None:
    blank = print_blank_tree(Project(everywhere), ("ar", "bn", "zh_Hans"))
    private = print_phone_tree(Project(everywhere), "oak-7")

    assert (blank.problems, private.problems) == ((), ())
    assert sorted(blank.paths) == ["ar", "bn", "zh_Hans"]
    assert sorted(private.paths) == sorted([*codes, WHOLE_TREE])
    assert "07700 900201" in text_of(private.paths["ar"]).replace("\u00a0", " ")


def test_a_worksheet_is_printed_in_every_language(campaign: Path, codes: tuple[str, ...]) -> None:
    """With what the checks say of each sentence, which quotes words of the language."""
    snapshot = Snapshot(Project(campaign))
    alike: dict[str, list[EditionJob]] = defaultdict(list)
    for code in codes[1:]:
        sheet = make_worksheet(snapshot, code, ["not-alone"], everything=True)
        alike[paper_style(sheet.language, FOLDER)].append(worksheet_job(snapshot, sheet))

    found = [draw_papers(snapshot.project, jobs, PaperLook(css)) for css, jobs in alike.items()]

    assert [problem.line() for made in found for problem in made.problems] == []
    assert sum(len(made.pdfs) for made in found) == len(codes) - 1


def test_every_language_is_pointed_to_by_its_own_sentence(everywhere: Path, codes: tuple[str, ...]) -> None:
    found = print_point_card(Project(everywhere), ["a4"])

    assert found.problems == ()
    text = text_of(found.paths["a4"])
    assert share([language.endonym for language in map(Project(everywhere).languages.get, codes) if language], text) >= FOUND


def one_more_word(monkeypatch: pytest.MonkeyPatch, module: Any, language: str) -> None:
    """Let the papers of a language lack a word that must stand on them."""
    real = module.Paper.job

    def made(paper: Paper) -> EditionJob:
        job: EditionJob = real(paper)
        if job.language.code != language:
            return job
        return replace(job, expected=replace(job.expected, pieces=(*job.expected.pieces, "ሰላም")))

    monkeypatch.setattr(module.Paper, "job", made)


def test_a_notice_that_fails_is_named_and_the_others_are_printed(campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_more_word(monkeypatch, notice, "ti")

    found = print_notices(Project(campaign), [printed(code) for code in ("ar", "ti", "ur")])

    assert list(found.paths) == ["notice_not-alone_ar", "notice_not-alone_ur"]
    assert all(path.is_file() for path in found.paths.values())
    (problem,) = found.problems
    assert (problem.code, problem.where, problem.language) == ("proof-words", "notice_not-alone_ti (Tigrinya)", "ti")
    assert problem.hint


def test_a_recall_prints_what_it_can_and_ends_with_what_it_cannot(
    small: Path, tmp_path: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_campaign(tmp_path / "campaign", small)
    assert leaflets_command("build", "not-alone", "-l", "ar", "-l", "ti", "-s", "a5", cwd=root)[0] == 0
    one_more_word(monkeypatch, notice, "ti")

    code, out, _ = leaflets_command("recall", "--leaflet", "not-alone", "--all", cwd=root)

    assert code == 1
    assert "notice_not-alone_ar.pdf" in out
    assert out.splitlines()[-1].startswith("error: notice_not-alone_ti (Tigrinya): words of the leaflet are not on the pages: ሰላም")


def test_a_label_that_fails_costs_no_pack(small: Path, tmp_path: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs, order, checklist and the other labels are there; the command names the label, and the next run draws it."""
    root = copy_campaign(tmp_path / "campaign", small)
    edit(root / "sites" / "example.yaml", "leaflets: [not-alone, if-strangers-come]", "leaflets: [not-alone]")
    edit(root / "sites" / "example.yaml", "languages: {en: 12, ar: 30, ur: 9}", "languages: {ar: 30, ur: 9}")
    with monkeypatch.context() as patched:
        one_more_word(patched, pack_papers, "ur")
        code, out, _ = leaflets_command("pack", "example", "--drafts", cwd=root)
    folder = root / "output" / "packs" / "example"
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf"))
    labels = pypdfium2.PdfDocument(folder / "labels_example.pdf")

    assert code == 1
    assert "label_example_2 (Urdu): words of the leaflet are not on the pages: ሰላም" in out
    assert names[:3] == ["checklist_example.pdf", "labels_example.pdf", "order_example.pdf"]
    assert len([name for name in names if name.startswith("print/")]) == 2
    assert len(labels) == 2
    assert [row["language"] for row in json.loads((folder / "manifest.json").read_text("utf-8"))["missing"]] == ["ur"]

    assert leaflets_command("pack", "example", "--drafts", cwd=root)[0] == 0
    assert len(pypdfium2.PdfDocument(folder / "labels_example.pdf")) == 3
    assert "missing" not in json.loads((folder / "manifest.json").read_text("utf-8"))


def test_a_font_that_is_not_installed_costs_its_own_language(campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = {name: path for name, path in fonts.installed_fonts().items() if "Ethiopic" not in name}
    monkeypatch.setattr(fonts, "installed_fonts", lambda: there)

    found = print_notices(Project(campaign), [printed(code) for code in ("ar", "ti")])

    assert list(found.paths) == ["notice_not-alone_ar"]
    assert {(problem.code, problem.language) for problem in found.problems} == {("font-missing", "ti")}
    assert "sudo apt install" in found.problems[0].line()


def test_a_catalogue_that_cannot_be_read_costs_no_notice(campaign: Path) -> None:
    """What cannot be read in the language stands in English, as what nobody has signed."""
    catalogue = campaign / "locales" / "ur" / "LC_MESSAGES" / "paper.po"
    catalogue.write_bytes(catalogue.read_bytes()[:500])

    found = print_notices(Project(campaign), [printed(code) for code in ("ar", "ur")])

    assert found.problems == ()
    assert "Please give this paper back" in text_of(found.paths["notice_not-alone_ur"])
