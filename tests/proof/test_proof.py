"""The proof finds what is wrong with a finished PDF, and nothing in the leaflets that ship."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject, TextStringObject

from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions.build_run import BuildRun
from generator.editions.jobs import EditionJob, JobResult
from generator.editions.worker import run_job, start_worker
from generator.layout import fonts, qr
from generator.layout.pool import WorkerPool
from generator.layout.render import RenderSetup
from generator.model import Edition
from generator.proof.edition_proof import prove_edition
from generator.proof.glyphs import Shaper
from generator.proof.page_view import view_page, visual_runs
from generator.proof.structure import MM, pdf_dictionaries
from generator.review.snapshot import Snapshot
from tests.conftest import TIER_ONE, sweep

RTL = ("ar", "fa", "fa_AF", "ps", "ckb", "ur")
A5 = SHIPPED_SHEETS["a5"]
CAMPAIGN, HELP, LISTEN = "02009460123", "08088010503", "116123"
PHONE = "020\u00a00946\u00a00123"
ISOLATED = '<bdi dir="ltr" class="ltr">'
WARNING = '<div class="warning"><p '
Plant = Callable[[str], str]


@dataclass
class Pages:
    """Composes and draws editions of the shipped campaign; each as it is only once."""

    run: BuildRun
    pool: Executor
    drawn: dict[tuple[str, str], Future[JobResult]]

    def job(self, language: str, slug: str = "not-alone") -> EditionJob:
        job = self.run.compose(Edition(slug, language, "a5"))[0]
        return replace(job, html=re.sub(' data-fact="[^"]*"', "", job.html))  # so that plants can be written plainly

    def print(self, language: str, slug: str = "not-alone") -> JobResult:
        if (slug, language) not in self.drawn:
            self.drawn[slug, language] = self.pool.submit(run_job, self.job(language, slug))
        return self.drawn[slug, language].result()

    def planted(self, language: str, plant: Plant) -> set[str]:
        """Return the codes of what the proof finds after something was planted in the page's HTML."""
        job = self.job(language)
        html = plant(job.html)
        assert html != job.html, "nothing was planted"
        return {problem.code for problem in self.pool.submit(run_job, replace(job, html=html)).result().problems}


@pytest.fixture(scope="session")
def pages(shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Give pages of the shipped campaign, drawn by two processes."""
    wanted = [shipped.languages[code] for code in TIER_ONE]
    faces = fonts.needed_faces(wanted, shipped.languages)
    theme = {path.name: path for path in shipped.theme.glob("*.svg")}
    css = fonts.font_css(wanted, faces) + (shipped.theme / "style.css").read_text("utf-8")
    setup = RenderSetup(tmp_path_factory.mktemp("press"), fonts.font_files(faces) | theme, css)
    with WorkerPool(2, start_worker, (setup,), 90) as pool:
        yield Pages(BuildRun(shipped, Snapshot(shipped), {}), pool, {})


@pytest.fixture(scope="session")
def shaper(shipped: Project) -> Callable[[str], Shaper]:
    """Give a function from a language to its shaper."""
    made: dict[str, Shaper] = {}

    def shaper_of(code: str) -> Shaper:
        language = shipped.languages[code]
        if code not in made:
            files = fonts.font_files(fonts.needed_faces([language], shipped.languages))
            families = [language.face.family, fonts.LATIN_FAMILY] if language.face.family != fonts.LATIN_FAMILY else [fonts.LATIN_FAMILY]
            rows = [
                (fonts.FAMILY_PREFIX + name, *(files[f"{name.replace(' ', '')}-{weight}"] for weight in (400, 700))) for name in families
            ]
            made[code] = Shaper(rows, language.tag, language.unicode_scripts)
        return made[code]

    return shaper_of


def digits_as_seen(pdf: bytes) -> list[str]:
    """Return the runs of digits on all pages from left to right: a reading of its own, by tight character boxes alone."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        marks = [(text.get_text_range(place, 1), *text.get_charbox(place)) for place in range(text.count_chars())]
        rest = sorted(mark for mark in marks if mark[0] in set("0123456789+"))
        while rest:
            first = rest[0]
            line = [mark for mark in rest if mark[2] < first[4] and first[2] < mark[4]]
            rest = [mark for mark in rest if mark not in line]
            line.sort(key=lambda mark: mark[1])
            run, end = "", line[0][1]
            for char, left, bottom, right, top in line:
                if left - end > 0.6 * (top - bottom):
                    found.append(run)
                    run = ""
                run, end = run + char, right
            found.append(run)
    document.close()
    return found


def altered(pdf: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    """Return a PDF that somebody changed after it was drawn."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    writer.metadata = {"/Title": writer.metadata["/Title"]}
    change(writer)
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def annotate(writer: pypdf.PdfWriter, **entries: object) -> None:
    """Put one more annotation on the first page, written straight into the page."""
    row = {NameObject("/" + key): value for key, value in entries.items()}
    row |= {NameObject("/Type"): NameObject("/Annot"), NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4)}
    writer.pages[0].setdefault(NameObject("/Annots"), ArrayObject()).append(DictionaryObject(row))


def names(**pairs: str) -> DictionaryObject:
    """Return a PDF dictionary of names (`/…`) and strings."""
    kinds = {True: NameObject, False: TextStringObject}
    return DictionaryObject({NameObject("/" + key): kinds[value.startswith("/")](value) for key, value in pairs.items()})


@pytest.mark.parametrize("slug", sweep(["not-alone", "if-strangers-come"], ["if-strangers-come"]))
@pytest.mark.parametrize("code", sweep(TIER_ONE, ("ar", "ur", "ti", "zh_Hans", "es")))
def test_every_word_and_fact_of_the_shipped_leaflets_is_found_in_every_language(pages: Pages, code: str, slug: str) -> None:
    result = pages.print(code, slug)
    assert result.problems == ()
    assert result.pdf.startswith(b"%PDF-")


@pytest.mark.parametrize("code", sweep(TIER_ONE, ("ar", "ti", "zh_Hans")))
def test_a_sentence_that_is_not_on_the_page_is_missed_in_every_language(pages: Pages, code: str, shaper: Callable[[str], Shaper]) -> None:
    job, other = pages.job(code), pages.job(code, "if-strangers-come")
    more = replace(job.expected, pieces=(*job.expected.pieces, max(other.expected.pieces, key=len)))
    found = [problem.code for problem in prove_edition(pages.print(code).pdf, A5, more, shaper(code)).problems]
    assert found[:1] == ["proof-words"]
    assert set(found[1:]) <= {"proof-state"}  # where words of the sentence are words of the foot too, these are too few as well


@pytest.mark.parametrize("code", sweep(RTL))
def test_phone_numbers_stand_left_to_right_at_their_glyph_positions(pages: Pages, code: str) -> None:
    pdf = pages.print(code).pdf
    own = digits_as_seen(pdf)
    assert own.count(CAMPAIGN) == 2  # in a sentence, and among the contacts
    assert own.count(HELP) == 1
    assert own.count(LISTEN) == 1
    assert not any(wrong in own for wrong in ("01230946020", "05038010" + "0808", "123116"))
    runs = [re.sub(r"\D", "", run) for page in pypdfium2.PdfDocument(pdf) for run in visual_runs(view_page(page, 20), A5.margin * MM)]
    told = [sum(number in run for run in runs) for number in (CAMPAIGN, HELP, LISTEN)]  # the hours may stand in the same run
    assert told == [2, 1, 1]


def parted(html: str) -> str:
    return html.replace(PHONE, PHONE.replace("\u00a0", " "))


PLANTS_RTL: dict[str, Plant] = {
    "plain bdi": lambda html: html.replace(ISOLATED, '<bdi class="ltr">'),
    "plain text": lambda html: re.sub(f"{ISOLATED}(.*?)</bdi>", r"\1", html),
    "phone in plain bdi": lambda html: parted(html).replace(f'{ISOLATED}<a href="tel', '<bdi class="ltr"><a href="tel'),
    "phone in plain text": lambda html: re.sub(f"{ISOLATED}(020 0946 0123)</bdi>", r"\1", parted(html)),
    "phone with + in plain text": lambda html: re.sub(f"{ISOLATED}{PHONE}</bdi>", f"+44{PHONE[1:]}", html),
}


@pytest.mark.parametrize("code", sweep(RTL, ("ar", "ur")))
@pytest.mark.parametrize("plant", PLANTS_RTL.values(), ids=list(PLANTS_RTL))
def test_a_value_that_is_not_isolated_left_to_right_fails(pages: Pages, code: str, plant: Plant) -> None:
    found = pages.planted(code, plant) - {"proof-text-layer", "proof-surplus"}  # bare digits may break the words beside them
    assert found == {"proof-fact"}


def test_the_planted_phone_number_really_prints_in_another_order(pages: Pages) -> None:
    job = pages.job("ar")
    html = PLANTS_RTL["phone in plain bdi"](job.html)
    result = pages.pool.submit(run_job, replace(job, html=html), False).result()
    seen = digits_as_seen(result.pdf)
    assert seen.count(CAMPAIGN) < 2
    assert seen.count("01230946020") == 1


@pytest.mark.parametrize(
    ("code", "zero", "found"),
    [
        ("ar", "\u0660", {"proof-fact", "proof-surplus"}),  # Arabic-Indic digits turn round although they are isolated
        ("ckb", "\u0660", {"proof-fact", "proof-surplus"}),
        ("ur", "\u06f0", {"font-foreign"}),  # no font of Urdu's stack that stands for contacts has them
        ("bn", "\u09e6", {"proof-fact", "proof-surplus"}),  # in the right order, and read as the same number; but nobody wrote it so
    ],
)
def test_digits_of_other_scripts_are_read_as_they_stand(pages: Pages, code: str, zero: str, found: set[str]) -> None:
    native = "".join(chr(ord(zero) + int(char)) if char.isdigit() else " " for char in PHONE)
    assert pages.planted(code, lambda html: html.replace(PHONE, native)) == found


PLANTS: dict[str, tuple[str, Plant]] = {
    "wrong digit": ("proof-fact", lambda html: html.replace(PHONE, PHONE[:-1] + "4")),
    "wrong digit in one of two places": ("proof-fact", lambda html: html.replace(PHONE, PHONE[:-1] + "4", 1)),
    "one digit more": ("proof-fact", lambda html: html.replace(PHONE, PHONE + "4")),
    "one digit more in the middle": ("proof-fact", lambda html: html.replace(PHONE, PHONE.replace("0946", "79946"))),
    "one digit less": ("proof-fact", lambda html: html.replace(PHONE, PHONE[:-1])),
    "value twice": ("proof-fact", lambda html: html.replace("</h2>", f"</h2><p>{ISOLATED}{PHONE}</bdi></p>", 1)),
    "value lost": ("proof-fact", lambda html: re.sub('<a href="mailto:.*?</a>', "", html)),
    "QR of another address": ("proof-qr", lambda html: re.sub("(?s)<svg.*?</svg>", str(qr.svg("https://example.org/x", "QR")), html)),
    "QR lost": ("proof-qr", lambda html: re.sub("(?s)<svg.*?</svg>", "", html)),
    "second QR": (
        "proof-qr",
        lambda html: html.replace("</ul>", f"</ul><div class=online>{qr.svg('https://example.org/x', 'QR')}</div>", 1),
    ),
    "foreign link": ("proof-link", lambda html: html.replace("</h2>", '</h2><p><a href="https://example.com/">.</a></p>', 1)),
    "link to a file": ("proof-link", lambda html: html.replace("</h2>", '</h2><p><a href="file:///etc/passwd">.</a></p>', 1)),
    "path of a machine": ("proof-path", lambda html: html.replace("<title>QR code: ", "<title>/home/somebody/")),
    "another title": ("proof-title", lambda html: html.replace("<title>", "<title>x")),
    "a clip": ("proof-clipped", lambda html: html.replace(WARNING, f'{WARNING}style="overflow: hidden" ')),
    "a picture that says something": (
        "proof-picture",
        lambda html: html.replace('role="img"', 'role="img" alt="x"', 1).replace("<title>QR code", "<title>x", 1),
    ),
    "another page size": ("proof-box", lambda html: html.replace("</head>", "<style>@page { size: 150mm 210mm }</style></head>")),
}


@pytest.mark.parametrize(("found", "plant"), PLANTS.values(), ids=list(PLANTS))
def test_what_is_planted_in_a_page_is_found(pages: Pages, found: str, plant: Plant) -> None:
    assert found in pages.planted("ar", plant)


HIDDEN = {
    "not displayed": "display: none",
    "not visible": "visibility: hidden",
    "no size": "font-size: 0",
    "no opacity": "opacity: 0",
    "cut away": "overflow: hidden; height: 0",
    "beside the page": "position: absolute; left: -500mm",
    "white on white": "color: #fff",
}


@pytest.mark.parametrize("style", HIDDEN.values(), ids=list(HIDDEN))
def test_a_sentence_nobody_can_see_is_found(pages: Pages, style: str) -> None:
    found = pages.planted("ar", lambda html: html.replace(WARNING, f'{WARNING}style="{style}" '))
    assert found
    assert all(code.startswith("proof-") for code in found)


def tree(name: str) -> DictionaryObject:
    """Return a tree of names with one script in it."""
    script = ArrayObject([TextStringObject("x"), names(S="/JavaScript", JS="app.alert(1)")])
    return DictionaryObject({NameObject(name): DictionaryObject({NameObject("/Names"): script})})


CHANGES: dict[str, tuple[set[str], Callable[[pypdf.PdfWriter], object]]] = {
    "nothing": (set(), lambda writer: None),
    "attachment": ({"proof-active"}, lambda writer: writer.add_attachment("list.csv", b"name,number")),
    "JavaScript": ({"proof-active"}, lambda writer: writer.root_object.update({NameObject("/Names"): tree("/JavaScript")})),
    "action when opened": ({"proof-active"}, lambda writer: writer.root_object.update({NameObject("/OpenAction"): names(S="/Named")})),
    "link that starts a program": (
        {"proof-active"},
        lambda writer: annotate(writer, Subtype=NameObject("/Link"), A=names(S="/Launch", F="x")),
    ),
    "link with JavaScript": (
        {"proof-active"},
        lambda writer: annotate(writer, Subtype=NameObject("/Link"), A=names(S="/JavaScript", JS="app.alert(1)")),
    ),
    "file on the page": ({"proof-active"}, lambda writer: annotate(writer, Subtype=NameObject("/FileAttachment"), FS=names(F="list.csv"))),
    "foreign link": (
        {"proof-link"},
        lambda writer: annotate(writer, Subtype=NameObject("/Link"), A=names(S="/URI", URI="https://example.com")),
    ),
    "author": ({"proof-metadata"}, lambda writer: writer.add_metadata({"/Author": "somebody"})),
    "date": ({"proof-metadata"}, lambda writer: writer.add_metadata({"/CreationDate": "D:20261122"})),
    "smaller page": (
        {"proof-box"},
        lambda writer: writer.pages[1].update({NameObject("/MediaBox"): ArrayObject([FloatObject(n) for n in (0, 0, 400, 595)])}),
    ),
    "no language": ({"proof-tags"}, lambda writer: writer.root_object.pop("/Lang")),
    "font taken out": ({"proof-font", "proof-hidden"}, lambda writer: [item.pop("/FontFile2", None) for item in descriptors(writer)]),
}


def descriptors(writer: pypdf.PdfWriter) -> list[DictionaryObject]:
    return [item for item in writer._objects if isinstance(item, DictionaryObject) and item.get("/Type") == "/FontDescriptor"]


@pytest.mark.parametrize(("found", "change"), CHANGES.values(), ids=list(CHANGES))
def test_what_was_added_to_a_finished_file_is_found(
    pages: Pages, found: set[str], change: Callable[[pypdf.PdfWriter], object], shaper: Callable[[str], Shaper]
) -> None:
    pdf = altered(pages.print("ar").pdf, change)
    assert {problem.code for problem in prove_edition(pdf, A5, pages.job("ar").expected, shaper("ar")).problems} == found


def old_numbers(writer: pypdf.PdfWriter) -> None:
    """Give the glyphs of the Chinese fonts other CIDs than their places, as cutting alone leaves them."""
    for item in descriptors(writer):
        stream = item["/FontFile3"].get_object() if "/FontFile3" in item else None
        if stream is not None:
            font = TTFont(BytesIO(stream.get_data()), lazy=True, recalcBBoxes=False)
            top = font["CFF "].cff.topDictIndex[0]
            names = [".notdef", *(f"cid{number + 900:05d}" for number in range(1, len(top.charset)))]
            top.CharStrings.charStrings = {new: top.CharStrings.charStrings[old] for new, old in zip(names, top.charset, strict=True)}
            top.charset = names
            data = BytesIO()
            font.save(data)
            stream.set_data(data.getvalue())


def swapped_glyphs(writer: pypdf.PdfWriter) -> None:
    """Put a map between the CIDs and the glyphs of TrueType fonts, here one that changes nothing."""
    plain = StreamObject()
    plain.set_data(b"".join(number.to_bytes(2, "big") for number in range(65_535)))
    every = [item for item in writer._objects if isinstance(item, DictionaryObject) and item.get("/Subtype") == "/CIDFontType2"]
    for item in every:
        item[NameObject("/CIDToGIDMap")] = writer._add_object(plain)


@pytest.mark.parametrize("change", [old_numbers, swapped_glyphs])
def test_a_font_that_calls_its_glyphs_by_other_numbers_is_named(
    pages: Pages, change: Callable[[pypdf.PdfWriter], None], shaper: Callable[[str], Shaper]
) -> None:
    """PDFium and poppler show such a page, MuPDF, Ghostscript and pdf.js show blanks."""
    pdf = altered(pages.print("zh_Hans").pdf, change)

    found = prove_edition(pdf, A5, pages.job("zh_Hans").expected, shaper("zh_Hans")).problems

    assert {problem.code for problem in found} == {"proof-font-numbers"}
    assert all("L-Noto-Sans" in problem.what for problem in found)


def test_cut_fonts_reach_the_page_with_their_own_numbers(pages: Pages) -> None:
    """The list of CIDs of each embedded CFF font is 1, 2, 3 and so on."""
    fonts_found = [
        item["/FontFile3"].get_object().get_data() for item in every_dictionary(pages.print("zh_Hans").pdf) if "/FontFile3" in item
    ]

    assert fonts_found
    for data in fonts_found:
        names = TTFont(BytesIO(data)).getGlyphOrder()
        assert names == [".notdef", *(f"cid{number:05d}" for number in range(1, len(names)))]


def test_it_is_found_in_a_compressed_file_too(pages: Pages, shaper: Callable[[str], Shaper]) -> None:
    """The files we write keep their dictionaries in object streams: a font that is not embedded must not hide there."""
    pdf = pages.print("es").pdf
    fonts_found = {item["/FontName"] for item in every_dictionary(pdf) if item.get("/Type") == "/FontDescriptor"}

    assert {
        font["/FontName"] for font in pdf_dictionaries(pypdf.PdfReader(BytesIO(pdf))) if font.get("/Type") == "/FontDescriptor"
    } == fonts_found
    assert fonts_found


def every_dictionary(pdf: bytes) -> list[DictionaryObject]:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    return [item for item in writer._objects if isinstance(item, DictionaryObject)]


def test_another_sheet_does_not_pass_as_this_one(pages: Pages, shaper: Callable[[str], Shaper]) -> None:
    found = prove_edition(pages.print("es").pdf, SHIPPED_SHEETS["a4"], pages.job("es").expected, shaper("es")).problems
    assert {problem.code for problem in found} == {"proof-box"}


def test_the_picture_of_the_first_page_is_a_small_png(pages: Pages, tmp_path: Path) -> None:
    from PIL import Image

    picture = Image.open(BytesIO(pages.print("ur").thumbnail))
    assert picture.format == "PNG"
    assert max(picture.size) <= 480
    assert picture.getextrema()[0] < 100  # something is printed on it


def test_a_page_whose_text_runs_off_is_named(pages: Pages, shaper: Callable[[str], Shaper]) -> None:
    def shifted(writer: pypdf.PdfWriter) -> None:
        writer.pages[0].add_transformation(pypdf.Transformation().translate(200, 0))

    found = prove_edition(altered(pages.print("es").pdf, shifted), A5, pages.job("es").expected, shaper("es")).problems

    assert "proof-outside" in {problem.code for problem in found}
