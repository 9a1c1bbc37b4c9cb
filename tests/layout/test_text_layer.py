"""What readers take out of our PDFs: the words of every language, and never a number that prints otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from generator.campaign.project import Project
from generator.editions.build_run import BuildRun
from generator.editions.jobs import EditionJob, JobResult
from generator.editions.worker import run_job, start_worker
from generator.layout import fonts
from generator.layout.pool import WorkerPool
from generator.layout.render import ARCHIVE_PDF, RenderSetup
from generator.layout.text_spans import DrawnGlyph, text_spans
from generator.model import Edition
from generator.proof.page_view import view_page
from generator.review.snapshot import Snapshot
from tests.conftest import TIER_ONE, sweep
from tests.support.recall import SAMPLES, pdfium_text, poppler_text, recall, sample_job

LEAST = 0.98
MARKS_APART = {"ar": 0.9, "pnb": 0.95}
"""In PDFium alone: it puts a mark that stands above its letter (tanwin) elsewhere in the word, or takes a steep Nastaliq line for two."""
BLIND = {"rhg"}
"""PDFium does not know that Hanifi Rohingya runs from right to left."""
EVERY = (*TIER_ONE, *SAMPLES)


@pytest.fixture(scope="module")
def setup(shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> RenderSetup:
    """Give what the pages of all these languages share."""
    wanted = [shipped.languages[code] for code in EVERY]
    faces = fonts.needed_faces(wanted, shipped.languages)
    theme = {path.name: path for path in shipped.theme.glob("*.svg")}
    css = fonts.font_css(wanted, faces) + (shipped.theme / "style.css").read_text("utf-8")
    return RenderSetup(tmp_path_factory.mktemp("press"), fonts.font_files(faces) | theme, css)


@pytest.fixture(scope="module")
def pool(setup: RenderSetup) -> Iterator[Executor]:
    """Give a process that draws and proves."""
    with WorkerPool(1, start_worker, (setup,), 90) as workers:
        yield workers


@pytest.fixture(scope="module")
def job_of(shipped: Project) -> Callable[[str], EditionJob]:
    """Give a function from a language to a page: of the shipped leaflet, or of sample sentences."""
    run = BuildRun(shipped, Snapshot(shipped), {})

    def job(code: str) -> EditionJob:
        return sample_job(shipped.languages[code]) if code in SAMPLES else run.compose(Edition("not-alone", code, "a5"))[0]

    return job


@pytest.fixture(scope="module")
def drawn(pool: Executor, job_of: Callable[[str], EditionJob]) -> Callable[[str], JobResult]:
    """Give a function from a language to its page, drawn once."""
    done: dict[str, JobResult] = {}

    def drawn_once(code: str) -> JobResult:
        if code not in done:
            done[code] = pool.submit(run_job, job_of(code)).result()
        return done[code]

    return drawn_once


@pytest.mark.parametrize("code", sweep(EVERY, ("ar", "ur", "ti", "zh_Hans", "km")))
def test_pdfium_finds_the_words_of_every_language(
    code: str, drawn: Callable[[str], JobResult], job_of: Callable[[str], EditionJob], shipped: Project
) -> None:
    result = drawn(code)

    assert result.problems == ()
    found = recall(job_of(code).expected.pieces, pdfium_text(result.pdf), shipped.languages[code])
    assert found >= (0 if code in BLIND else MARKS_APART.get(code, LEAST))


@pytest.mark.tools
@pytest.mark.parametrize("code", EVERY)
def test_poppler_finds_the_words_of_every_language(
    code: str, drawn: Callable[[str], JobResult], job_of: Callable[[str], EditionJob], shipped: Project, tmp_path: Path
) -> None:
    text = poppler_text(drawn(code).pdf, tmp_path)

    assert recall(job_of(code).expected.pieces, text, shipped.languages[code]) >= LEAST


@pytest.mark.parametrize("code", ["ar", "ur", "fa"])
def test_pdfium_reads_a_right_to_left_sentence_in_its_order(
    code: str, drawn: Callable[[str], JobResult], job_of: Callable[[str], EditionJob]
) -> None:
    sentence = next(text for text in job_of(code).expected.pieces if len(text.split()) == 3)
    plain = re.sub("[\u200c\u200d]", "", sentence)

    assert plain in " ".join(pdfium_text(drawn(code).pdf).split())


@pytest.mark.parametrize("code", sweep(EVERY, ("ar", "ur", "ti", "zh_Hans", "km")))
def test_no_digit_and_no_latin_letter_has_a_replacement_text(code: str, drawn: Callable[[str], JobResult]) -> None:
    texts = [text for content in contents(drawn(code).pdf) for text in replaced(content)]

    assert [text for text in texts if re.search(r"[A-Za-z\u00c0-\u024f\d]", text)] == []


@pytest.mark.parametrize("code", sweep(["en", "es", "vi", "ti", "am", "zh_Hans", "ru", "ka", "hy"], ["ti", "zh_Hans"]))
def test_what_reads_well_is_left_alone(code: str, drawn: Callable[[str], JobResult]) -> None:
    assert all(b"ActualText" not in content for content in contents(drawn(code).pdf))


def test_the_structure_holds_right_to_left_runs_in_reading_order_and_the_language_of_each_other_run(
    drawn: Callable[[str], JobResult],
) -> None:
    elements = [item.get_object() for item in every_object(drawn("ur").pdf)]
    told = [item for item in elements if isinstance(item, dict) and item.get("/Type") == "/StructElem"]

    assert any(str(item.get("/ActualText", "")).startswith("آپ تنہا نہیں") for item in told)
    assert {str(item["/Lang"]) for item in told if "/Lang" in item} == {"en"}


def plant(pdf: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Return a PDF whose pages' contents were changed."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    writer.metadata = {"/Title": writer.metadata["/Title"]}
    for page in writer.pages:
        stream = StreamObject()
        stream.set_data(change(page.get_contents().get_data()))
        page[NameObject("/Contents")] = writer._add_object(stream)
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def contents(pdf: bytes) -> list[bytes]:
    """Return the content of each page."""
    return [page.get_contents().get_data() for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def replaced(content: bytes) -> list[str]:
    """Return the replacement texts in a page."""
    return [bytes.fromhex(text.decode()).decode("utf-16-be") for text in re.findall(rb"ActualText<feff([0-9a-f]+)>", content)]


def every_object(pdf: bytes) -> list[object]:
    """Return the objects of a file."""
    return list(pypdf.PdfWriter(clone_from=BytesIO(pdf))._objects)


def spoken(text: str) -> bytes:
    return b"ActualText<feff" + text.encode("utf-16-be").hex().encode() + b">"


def swapped(content: bytes) -> bytes:
    """Give each of the first two different texts the glyphs of the other."""
    first, second = list(dict.fromkeys(text for text in replaced(content) if len(text) > 2))[:2] or ("", "")
    return content.replace(spoken(first), b"\0").replace(spoken(second), spoken(first)).replace(b"\0", spoken(second))


def first_text(new: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """Return a change of the first replacement text of a page."""
    return lambda content: content.replace(spoken(replaced(content)[0]), spoken(new(replaced(content)[0])), 1)


LIES: dict[str, Callable[[bytes], bytes]] = {
    "two words exchanged": swapped,
    "another word": first_text(lambda text: "ক"),
    "a letter more": first_text(lambda text: text + text[0]),
    "a letter less": first_text(lambda text: text[1:]),
    "a digit": first_text(lambda text: text + "1"),
    "in Latin letters": first_text(lambda text: "no"),
    "written in another way": lambda content: content.replace(b"ActualText<", b"ActualText <", 1),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=list(LIES))
@pytest.mark.parametrize("code", sweep(["bn", "ur", "km"], ["ur"]))
def test_a_text_that_its_glyphs_do_not_show_withholds_the_edition(
    code: str, lie: Callable[[bytes], bytes], drawn: Callable[[str], JobResult], job_of: Callable[[str], EditionJob], pool: Executor
) -> None:
    pdf = drawn(code).pdf
    lied = plant(pdf, lie)

    assert contents(lied) != contents(pdf)
    assert pool.submit(found, plant(pdf, bytes), job_of(code)).result() == set()
    assert pool.submit(found, lied, job_of(code)).result() == {"proof-text-layer"}


def test_a_text_in_the_structure_that_is_none_of_the_leaflet_withholds_the_edition(
    drawn: Callable[[str], JobResult], job_of: Callable[[str], EditionJob], pool: Executor
) -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(drawn("ar").pdf))
    writer.metadata = {"/Title": writer.metadata["/Title"]}
    elements = (item for item in writer._objects if isinstance(item, DictionaryObject) and item.get("/Type") == "/StructElem")
    next(elements)[NameObject("/ActualText")] = TextStringObject("اتصلوا بالشرطة")
    data = BytesIO()
    writer.write(data)

    assert pool.submit(found, data.getvalue(), job_of("ar")).result() == {"proof-text-layer"}


@pytest.mark.parametrize("code", ["ar", "ur"])
def test_a_number_that_prints_backwards_is_caught_even_under_a_text_that_says_it_right(
    code: str, job_of: Callable[[str], EditionJob], pool: Executor
) -> None:
    """The positive control of the proof of numbers, whatever PDFium makes of a replacement text."""
    job = job_of(code)
    html = re.sub('<bdi dir="ltr"[^>]*><a href="tel:[^>]*>020.*?</bdi>', '<bdi class="ltr">020 0946 0123</bdi>', job.html)
    assert html != job.html
    backwards = pool.submit(run_job, replace(job, html=html), False).result().pdf
    number = re.compile(rb"(\[(?:<00(?:1[3-9a-c]|03)>-?\d* ?)+\] TJ)")
    lied = plant(backwards, lambda content: number.sub(b"/Span<</%b>>BDC \\1 EMC" % spoken("020 0946 0123"), content))

    assert any(spoken("020 0946 0123") in content for content in contents(lied))
    assert "proof-fact" in pool.submit(found, lied, job).result()
    assert seen(lied) == seen(backwards)


def seen(pdf: bytes) -> list[str]:
    """Return the letters that the proof looks at."""
    return ["".join(letter.char for letter in view_page(page, 20).letters) for page in pypdfium2.PdfDocument(pdf)]


def found(pdf: bytes, job: EditionJob) -> set[str]:
    """Return the codes of what the proof finds; run in the process of the press, which has the fonts open."""
    from generator.editions import worker
    from generator.proof.edition_proof import prove_edition

    return {problem.code for problem in prove_edition(pdf, job.sheet, job.expected, worker.current_worker().shaper(job.language)).problems}


def test_a_word_is_helped_only_where_its_glyphs_would_be_misread() -> None:
    readings = {1: "ক", 2: "ি"}

    def glyphs(*numbers: int) -> list[DrawnGlyph]:
        return [DrawnGlyph(number, place, place + 1, False, False, readings, {}) for place, number in enumerate(numbers)]

    assert text_spans("কক", glyphs(1, 1)) == []
    assert [span.text for span in text_spans("কখ", glyphs(1, 1))] == ["কখ"]
    assert [span.text for span in text_spans("কি", glyphs(1, 2))] == ["কি"]  # marks stand where the eye wants them
    assert text_spans("3a", glyphs(2, 2)) == []


def test_an_archive_file_has_what_its_standard_asks_for(setup: RenderSetup, job_of: Callable[[str], EditionJob]) -> None:
    """Structure only: no validator of PDF/A is at hand."""
    with WorkerPool(1, start_worker, (replace(setup, variant=ARCHIVE_PDF),), 90) as archive:
        first, again = (archive.submit(run_job, job_of("ar")).result() for _ in range(2))
    reader = pypdf.PdfReader(BytesIO(first.pdf))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()

    assert first.problems == ()
    assert first.pdf == again.pdf
    assert 'part="3"' in metadata
    assert 'conformance="A"' in metadata
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ar"
    assert "/ID" in reader.trailer
    assert not any(
        isinstance(item, DictionaryObject) and {"/Pattern", "/Shading"} & {k for k, v in item.items() if v == {}}
        for item in every_object(first.pdf)
    )
