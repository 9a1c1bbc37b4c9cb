"""What a page says of its own state: nothing else, and never less, whoever changed the theme or a condition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from generator.campaign import state_sentences
from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions.build import build_editions
from generator.editions.build_run import BuildRun
from generator.editions.plan import BuildRequest
from generator.editions.render_papers import draw_papers
from generator.editions.worker import run_job, start_worker
from generator.layout import fonts
from generator.layout.leaflet_parts import LeafletParts, leaflet_parts
from generator.layout.pool import WorkerPool
from generator.layout.render import RenderSetup
from generator.model import Edition, State
from generator.overview.retell import shipped_wordings
from generator.printrun.pack_contents import Pack
from generator.printrun.pack_papers import paper_jobs
from generator.printrun.quantities import PrintLine
from generator.review.snapshot import Snapshot
from tests.conftest import copy_campaign, sweep
from tests.editions.test_build import bare, edit, retranslate
from tests.support.states import BANDS, CASES, FEET, STAMPS, many_states, pages_of, signed

Plant = Callable[[str], str]
SPOKEN = ("en", "ar", "es", "ur", "zh_Hans")
READ = "read and signed by its readers"
NUMBER = '<p style="position: absolute; bottom: 0; left: 0"><span class="ltr" dir="ltr">Call 0909 123 456</span></p></body>'


@dataclass
class Desk:
    """Composes editions of a campaign whose Spanish is signed, and draws them after somebody meddled."""

    run: BuildRun
    pool: Executor

    def found(self, language: str, plant: Plant = str, sheet: str = "a5", slug: str = "not-alone") -> set[str]:
        """Return the codes of what the proof finds after something was planted in the HTML of a page."""
        job = self.run.compose(Edition(slug, language, sheet))[0]
        html = plant(job.html)
        assert plant is str or html != job.html, "nothing was planted"
        return {problem.code for problem in self.pool.submit(run_job, replace(job, html=html)).result().problems}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give pages in five languages: English original, Spanish signed, the others drafts."""
    project = Project(signed(copy_campaign(tmp_path_factory.mktemp("telling") / "campaign"), "es"))
    wanted = [project.languages[code] for code in SPOKEN]
    faces = fonts.needed_faces(wanted, project.languages)
    theme = {path.name: path for path in project.theme.glob("*.svg")}
    css = fonts.font_css(wanted, faces) + (project.theme / "style.css").read_text("utf-8")
    with WorkerPool(1, start_worker, (RenderSetup(tmp_path_factory.mktemp("press"), fonts.font_files(faces) | theme, css),), 90) as pool:
        yield Desk(BuildRun(project, Snapshot(project), {}), pool)


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a finished PDF of each case, by its name."""
    return many_states(tmp_path_factory.mktemp("states"))


# Words, per state, as a reader of the file finds them


@pytest.mark.parametrize("case", CASES)
def test_every_page_says_its_state_and_no_other(states: dict[str, Path], case: str) -> None:
    for text in pages_of(states[case]):
        assert {foot for foot in FEET.values() if f"· {foot} ·" in text} == {FEET[case]}
        assert {band for band in BANDS.values() if band in text} == ({BANDS[case]} if case in BANDS else set())
        assert [stamp for stamp in ("DRAFT", "EXAMPLE") if stamp in text] == ([STAMPS[case]] if case in STAMPS else [])


@pytest.mark.parametrize("case", CASES)
def test_the_name_of_the_file_says_what_its_pages_say(states: dict[str, Path], case: str) -> None:
    draft, example = FEET[case].startswith("draft") or case == "example, unread", case.startswith("example")
    assert states[case].stem.partition("_a5")[2] == "_EXAMPLE" * example + "_DRAFT" * draft


def test_a_missing_sentence_stands_in_a_box_in_the_source_language(states: dict[str, Path]) -> None:
    text = " ".join(pages_of(states["missing"]))
    assert "We stand with you." in text


# What a theme adds

READY_PLANTS: dict[str, Plant] = {
    "a number in a corner": lambda html: html.replace("</body>", NUMBER),
    "digits alone": lambda html: html.replace("</body>", NUMBER.replace("Call ", "")),
    "one digit": lambda html: html.replace("</h2>", ' <span class="ltr" dir="ltr">7</span></h2>', 1),
    "a number from the style sheet": lambda html: html.replace("</head>", '<style>.head::after { content: "0909 123 456" }</style></head>'),
    "a word in the foot": lambda html: html.replace("English text of", "Official English text of"),
    "a title said twice": lambda html: re.sub("(?s)(<h1.*?</h1>)", r"\1\1", html),
    "a draft's stamp": lambda html: html.replace("</body>", '<p><span class="ltr">DRAFT</span></p></body>'),
}


@pytest.mark.parametrize("plant", READY_PLANTS.values(), ids=list(READY_PLANTS))
@pytest.mark.parametrize("language", sweep(["en", "es"], ["es"]))
def test_what_nobody_wrote_withholds_a_ready_page(desk: Desk, language: str, plant: Plant) -> None:
    assert "proof-surplus" in desk.found(language, plant)


@pytest.mark.parametrize("language", sweep(SPOKEN, ["ur"]))
def test_a_foreign_number_is_found_in_every_script(desk: Desk, language: str) -> None:
    assert desk.found(language, READY_PLANTS["a number in a corner"]) == {"proof-surplus"}


@pytest.mark.parametrize("language", ["ar", "ur", "zh_Hans"])
def test_a_number_in_the_languages_own_type_is_found(desk: Desk, language: str) -> None:
    assert "proof-surplus" in desk.found(language, lambda html: html.replace("</h2>", " 0909</h2>", 1))


ASIDE = {
    "in a group": '<p style="opacity: .9">0909 123 456</p>',
    "in a picture": '<svg width="90" height="20"><title>QR code: x</title><text x="0" y="15" font-family="L Noto Sans">0909</text></svg>',
}


@pytest.mark.parametrize("markup", ASIDE.values(), ids=list(ASIDE))
def test_text_that_is_drawn_apart_from_the_page_is_found(desk: Desk, markup: str) -> None:
    assert desk.found("en", lambda html: html.replace("</body>", f"{markup}</body>")) & {"proof-aside", "proof-surplus"}


# Numbers under another name


def swapped(html: str) -> str:
    """Exchange the values of the first two contacts, or of date and place of an event."""
    first, second = re.findall('<p class="value">(<bdi.*?</bdi>)', html)[:2]
    return html.replace(first, "\0").replace(second, first).replace("\0", second)


@pytest.mark.parametrize(
    ("language", "sheet", "slug"),
    [
        ("en", "a5", "not-alone"),
        ("ur", "mini-zine", "not-alone"),
        *(pytest.param(language, "a5", "not-alone", marks=pytest.mark.tools) for language in SPOKEN if language != "en"),
        *(pytest.param(language, "mini-zine", "not-alone", marks=pytest.mark.tools) for language in SPOKEN if language != "ur"),
        pytest.param("en", "trifold", "not-alone", marks=pytest.mark.tools),
        ("en", "a5", "come-to-the-rally"),
    ],
)
def test_a_number_in_another_row_withholds_the_page(desk: Desk, language: str, sheet: str, slug: str) -> None:
    assert "proof-fact" in desk.found(language, swapped, sheet, slug)


# What a file says beside its pages

CALL = "Call 0909 123 456"
BESIDE: dict[str, tuple[str, Plant]] = {
    "in the outline": ("proof-title", lambda html: html.replace("</head>", f"<style>h1 {{ bookmark-label: '{CALL}' }}</style></head>")),
    "as its subject": ("proof-metadata", lambda html: html.replace("</head>", f'<meta name="description" content="{CALL}"></head>')),
    "as a keyword": ("proof-metadata", lambda html: html.replace("</head>", f'<meta name="keywords" content="{CALL}"></head>')),
    "half a heading": ("proof-title", lambda html: html.replace("</head>", "<style>h2 { bookmark-label: 'Free help' }</style></head>")),
}


@pytest.mark.parametrize(("code", "plant"), BESIDE.values(), ids=list(BESIDE))
def test_what_a_file_says_beside_its_pages_is_a_text_of_the_edition(desk: Desk, code: str, plant: Plant) -> None:
    assert code in desk.found("en", plant)


FIELDS: dict[str, Plant] = {
    "filled in": lambda html: html.replace("<input ", f'<input value="{CALL}" ', 1),
    "called otherwise": lambda html: re.sub(r'title="Signature"', f'title="{CALL}"', html),
    "to choose from": lambda html: re.sub("<input [^>]*>", f'<select title="Signature"><option value="x">{CALL}</option></select>', html),
    "to write much in": lambda html: re.sub("<input [^>]*>", f'<textarea title="Signature">{CALL}</textarea>', html),
    "to tick": lambda html: html.replace('type="text"', 'type="checkbox" checked'),
}


@pytest.mark.parametrize("plant", FIELDS.values(), ids=list(FIELDS))
def test_a_field_is_empty_and_has_a_label_of_the_leaflet(desk: Desk, plant: Plant) -> None:
    assert "proof-field" in desk.found("en", plant, "screen", "solidarity-statement")


def test_fields_as_they_are_are_right(desk: Desk) -> None:
    assert [desk.found(language, str, "screen", "solidarity-statement") for language in SPOKEN] == [set()] * len(SPOKEN)


def test_as_it_is_a_page_is_right(desk: Desk) -> None:
    assert [desk.found(language) for language in SPOKEN] == [set()] * len(SPOKEN)


# What a theme leaves out or says wrongly of a draft


def styled(rules: str) -> Plant:
    return lambda html: html.replace("</head>", f"<style>{rules}</style></head>")


STRIPES = "repeating-linear-gradient(90deg, #000 0, #000 1mm, #fff 1mm, #fff 2mm)"
OVER = f"content: ''; position: absolute; left: 0; right: 0; top: 0; bottom: 0; background: {STRIPES}"

DRAFT_PLANTS: dict[str, tuple[str, Plant]] = {
    "no stamp": ("proof-stamp", lambda html: re.sub('(?s)<p class="stamp">.*?</p>', "", html)),
    "another stamp": ("proof-stamp", lambda html: html.replace(">DRAFT<", ">FINAL<")),
    "a tiny stamp": ("proof-stamp", styled(".band .stamp { font-size: 4pt }")),
    "a pale stamp": ("proof-stamp", styled(".band .stamp { color: #ccc }")),
    "a white stamp": ("proof-stamp", styled(".band .stamp { color: #fff }")),
    "a mirrored stamp": ("proof-stamp", styled(".band .stamp { transform: scaleX(-1) }")),
    "a stamp on its head": ("proof-stamp", styled(".band .stamp { transform: rotate(180deg) }")),
    "a narrow stamp": ("proof-stamp", styled(".band .stamp { transform: scaleX(.05) }")),
    "a stamp in a heap": ("proof-stamp", styled(".band .stamp { letter-spacing: -9pt }")),
    "a stamp pulled apart": ("proof-stamp", styled(".band .stamp { letter-spacing: 20mm }")),
    "stripes under the stamp": ("proof-stamp", styled(f".band {{ background: {STRIPES} }}")),
    "stripes over the stamp": ("proof-stamp", styled(f".band .stamp {{ position: relative }} .band .stamp::after {{ {OVER} }}")),
    "a stamp at the foot": ("proof-stamp", lambda html: re.sub('(?s)(<p class="stamp">.*?</p>)(.*)</body>', r"\2\1</body>", html)),
    "no band": ("proof-state", lambda html: re.sub('(?s)<div class="band">.*?</div>', "", html)),
    "no band on the second page": ("proof-state", styled("@page :nth(2) { @top-center { content: none } }")),
    "no band in the source language": ("proof-state", lambda html: re.sub('(?s)<p class="helper">.*?</p>', "", html)),
    "no band in the reader's language": ("proof-state", lambda html: re.sub('(?s)<p class="own".*?</p>', "", html, count=1)),
    "a band that says the contrary": ("proof-state", lambda html: html.replace("Nobody has checked it yet", "Readers have checked it")),
    "another band": ("proof-state", lambda html: re.sub('(class="own" [^>]*>)[^<]*', r"\1…", html, count=1)),
    "no foot": ("proof-state", styled(".strip { display: none }")),
    "a foot that says read": ("proof-state", lambda html: html.replace("draft, nobody has checked it", READ)),
    "another day": ("proof-state", lambda html: re.sub(r"English text of \d+", "English text of 31", html)),
    "another code": ("proof-state", lambda html: re.sub(r'(data-fact="code">..-)\w+', r"\1AAAAA", html)),
}


@pytest.mark.parametrize("planted", sweep(DRAFT_PLANTS, list(DRAFT_PLANTS)[::2]))
def test_a_draft_that_hides_its_state_is_withheld(desk: Desk, planted: str) -> None:
    code, plant = DRAFT_PLANTS[planted]
    assert code in desk.found("ar", plant)


@pytest.mark.parametrize("sheet", sweep(SHIPPED_SHEETS, ("a5", "wallet", "a3-poster")))
def test_the_stamp_is_looked_for_on_every_sheet(desk: Desk, sheet: str) -> None:
    assert desk.found("es" if sheet == "a3-poster" else "ar", sheet=sheet) - {"overflow", "overflow-sentence"} == set()


@pytest.mark.parametrize("sheet", sweep(["wallet", "mini-zine", "trifold", "tear-off", "large-print", "a3-poster"], ("wallet", "tear-off")))
def test_a_stamp_that_is_missing_is_found_on_every_kind_of_sheet(desk: Desk, sheet: str) -> None:
    assert desk.found("ar", DRAFT_PLANTS["no stamp"][1], sheet) >= {"proof-stamp"}


def test_a_strip_to_tear_off_has_a_stamp_of_its_own(desk: Desk) -> None:
    assert desk.found("ar", styled(".tab .stamp { display: none }"), "tear-off") == {"proof-stamp"}


# What stands on a page and cannot be read


def white(text: str, part: str) -> Plant:
    """Print a part of a text white on white."""
    return lambda html: html.replace(text, text.replace(part, f'<span style="color: #fff">{part}</span>'))


UNREADABLE: dict[str, Plant] = {
    "four white digits": white("020\u00a00946\u00a00123", "0123"),
    "one white digit": lambda html: html.replace("\u00a00123", '\u00a001<span style="color: #fff">2</span>3'),
    "a short number in white": white(">111<", "111"),
    "a white not": white("We are not the", "not"),
    "a white letter": white("We are not the", "n"),
    "a tiny foot": styled(".strip { font-size: 2pt }"),
    "a narrow foot": styled(".strip { transform: scaleX(.2) }"),
    "a tiny warning": styled(".warning { font-size: 1pt }"),
    "a small warning": styled(".warning { font-size: 5pt }"),
    "a pale foot": styled(".strip { color: #bcbcbc }"),
    "pale text": styled("body { color: #bbb }"),
    "text on its head": styled("h2 { transform: rotate(180deg) }"),
}


@pytest.mark.parametrize("plant", UNREADABLE.values(), ids=list(UNREADABLE))
def test_what_nobody_can_read_withholds_a_page(desk: Desk, plant: Plant) -> None:
    assert "proof-hidden" in desk.found("en", plant)


@pytest.mark.parametrize("language", sweep(SPOKEN, ["ar"]))
def test_sentences_in_one_place_withhold_a_page_in_every_script(desk: Desk, language: str) -> None:
    assert "proof-hidden" in desk.found(language, styled("ul li { position: absolute; top: 0 }"))


def test_a_pale_band_withholds_a_draft(desk: Desk) -> None:
    assert "proof-hidden" in desk.found("ar", styled(".band .own, .band .helper { color: #bcbcbc }"))


# Conditions of the program, turned round

MUTANTS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "words of the state": ("generator.layout.leaflet_parts.edition_stage", lambda old: lambda *given: replace(old(*given), foot=READ)),
    "state": ("generator.layout.compose.leaflet_parts", lambda old: meddled(state=turned)),
    "words": ("generator.layout.compose.leaflet_parts", lambda old: meddled(state_in_words=lambda laid: READ)),
    "band": ("generator.layout.compose.leaflet_parts", lambda old: meddled(band_text=lambda laid: laid.title.plain)),
    "case": ("generator.layout.compose.state_case", lambda old: lambda *rest: "ready" if old(*rest) == "unread" else "unread"),
    "template": (
        "generator.layout.compose.fill_template",
        lambda old: lambda *where, page: old(*where, page={**page, "draft": not page["draft"]}),
    ),
}


def turned(laid: LeafletParts) -> State:
    return State.DRAFT if laid.state is State.READY else State.READY


def meddled(**changes: Callable[[LeafletParts], object]) -> Callable[..., LeafletParts]:
    def laid(*given: Any, **named: Any) -> LeafletParts:
        found = leaflet_parts(*given, **named)
        return replace(found, **{name: change(found) for name, change in changes.items()})  # type: ignore[arg-type]

    return laid


@pytest.mark.parametrize(("name", "mutant"), MUTANTS.values(), ids=list(MUTANTS))
def test_a_condition_turned_round_withholds_the_draft(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, mutant: Callable[[Any], Any]
) -> None:
    module, _, attribute = name.rpartition(".")
    original = getattr(__import__(module, fromlist=[attribute]), attribute)
    monkeypatch.setattr(name, mutant(original))
    assert desk.found("ar") & {"proof-state", "proof-stamp"}


# Papers around leaflets


@pytest.mark.parametrize("language", ["ar", "zh_Hans"])
def test_the_label_of_a_draft_must_say_so(shipped: Project, language: str) -> None:
    edition = Edition("not-alone", language, "a5")
    line = PrintLine(edition, SHIPPED_SHEETS["a5"], "XX-1W7GY", "draft", 2, "x.pdf", ("x.pdf",), "", 10, 0)
    jobs = paper_jobs(Snapshot(shipped), Pack("example", Path(), (line,)))
    assert set(draw_papers(shipped, jobs).pdfs) == {job.name for job in jobs}
    label = next(job for job in jobs if job.name.startswith("label"))
    silent = replace(label, html=label.html.replace("DRAFT: do not hand out", ""))
    made = draw_papers(shipped, [silent])
    assert made.pdfs == {}
    assert "does not say 'DRAFT: do not hand out'" in " ".join(problem.what for problem in made.problems)


# Who may say what


def test_the_list_of_shipped_wordings_is_the_shipped_catalogues() -> None:
    """If it is not: python -m generator.overview.retell."""
    assert shipped_wordings() == state_sentences.wordings()


def test_a_band_that_somebody_rewrote_prints_in_the_source_language_alone(campaign: Path) -> None:
    retranslate(campaign, "es", "word.draft", "Esta página fue leída y firmada.", "shared")
    (outcome,) = build_editions(Project(campaign), BuildRequest(("not-alone",), ("es",), ("a5",)), jobs=1).outcomes
    assert outcome.record.state == "draft"
    for text in pages_of(campaign / "output" / outcome.record.path):
        assert (BANDS["unread"] in text, "firmada" in text, "DRAFT" in text) == (True, False, True)


def test_a_rewritten_band_prints_once_people_signed_it(campaign: Path) -> None:
    own = "Borrador: nadie lo ha revisado."
    retranslate(campaign, "es", "word.draft", own, "shared")
    signed(campaign, "es", ("shared",))
    (outcome,) = build_editions(Project(campaign), BuildRequest(("not-alone",), ("es",), ("wallet",)), jobs=1).outcomes
    assert all(bare(own) in bare(text) for text in pages_of(campaign / "output" / outcome.record.path))


def test_a_source_sentence_that_the_theme_rewrote_is_the_shipped_one(campaign: Path) -> None:
    edit(campaign / "templates" / "community" / "words.yaml", BANDS["unread"], "This page was read and signed.")
    for language in ("en", "es"):
        text = Snapshot(Project(campaign)).texts(language, "shared")["word.draft"]
        said = state_sentences.vouched_text(text, language)
        assert (said.message.msgid, said.msgstr) == (BANDS["unread"], BANDS["unread"] if language == "en" else "")


OWN_THEMES = {
    "a number in a corner": ("leaflet.html", "</body>", NUMBER, "en"),
    "no stamp": ("style.css", ".band .stamp {", ".band .stamp { display: none;", "ar"),
    "read and signed on a draft": ("leaflet.html", "{{ page.state_in_words }}", READ, "ar"),
    "the number of another": (
        "block-contacts.html",
        '<p class="value">{{ entry.value }}</p>',
        '<p class="value">{{ block.entries[loop.index0 - 1].value }}</p>',
        "en",
    ),
    "white on white": ("style.css", ".band .own {", ".band .own { color: #fff;", "ar"),
    "band turned round": ("leaflet.html", "{%- if page.draft %}\n<div", "{%- if not page.draft %}\n<div", "ar"),
}


@pytest.mark.parametrize(("file", "old", "new", "language"), OWN_THEMES.values(), ids=list(OWN_THEMES))
def test_a_campaigns_own_theme_cannot_lie(campaign: Path, file: str, old: str, new: str, language: str) -> None:
    """All but the band turned round were printed while the proof looked for the leaflet's words alone."""
    (campaign / "templates" / "community").rename(campaign / "templates" / "mine")
    edit(campaign / "leaflets" / "campaign.yaml", "theme: community", "theme: mine")
    edit(campaign / "templates" / "mine" / file, old, new)
    (outcome,) = build_editions(Project(campaign), BuildRequest(("not-alone",), (language,), ("a5",)), jobs=1).outcomes
    assert outcome.record.state == "failed"
    assert {problem.code.partition("-")[0] for problem in outcome.record.problems} == {"proof"}


@pytest.mark.parametrize(("language", "case"), [("en", "original"), ("es", "ready"), ("ar", "unread")])
def test_the_table_says_what_the_page_says(desk: Desk, language: str, case: str) -> None:
    """Double entry: both come to the same words."""
    job, _ = desk.run.compose(Edition("not-alone", language, "a5"))
    about = [mark.text for mark in job.expected.marks if "English text of" in mark.text]
    assert about == [f"{desk.run.project.languages[language].english} · {FEET[case]} · English text of 22 November 2026"]
    assert job.expected.stamp == ("DRAFT" if case in BANDS else "")
