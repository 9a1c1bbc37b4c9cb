"""Drawing: text stays text, any doubt fails the edition, and what does not fit is refused by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from generator.campaign.project import Project
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions import worker
from generator.editions.jobs import EditionJob, JobResult
from generator.editions.worker import run_job, start_worker
from generator.layout import fonts
from generator.layout.compose import PageRequest, compose_page
from generator.layout.pool import WorkerPool
from generator.layout.render import RenderSetup
from generator.model import Edition, Language
from generator.problem import LeafletsError
from generator.proof.page_view import Letter, view_page
from generator.review.paper_keys import paper_keys
from generator.review.snapshot import Snapshot
from tests.conftest import sweep

LANGUAGES = ("en", "ar", "es", "ta", "ur")
SECONDS = 4.0


def work_and_tell(job: EditionJob) -> tuple[JobResult, list[str]]:
    """Draw a job and return with it every address the fetcher refused; runs in a worker."""
    result = run_job(job)
    return result, list(worker.current_worker().renderer.fetcher.blocked)


@pytest.fixture(scope="session")
def setup(shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> RenderSetup:
    """Give what all pages of these tests share."""
    wanted = [shipped.languages[code] for code in LANGUAGES]
    faces = fonts.needed_faces(wanted, shipped.languages)
    theme = {path.name: path for path in shipped.theme.glob("*.svg")}
    css = fonts.font_css(wanted, faces) + (shipped.theme / "style.css").read_text("utf-8")
    return RenderSetup(tmp_path_factory.mktemp("press"), fonts.font_files(faces) | theme, css)


@pytest.fixture(scope="session")
def pool(setup: RenderSetup) -> Iterator[Executor]:
    """Give one process that draws."""
    with WorkerPool(1, start_worker, (setup,), 90) as workers:
        yield workers


@pytest.fixture(scope="session")
def job_of(shipped: Project) -> Callable[..., EditionJob]:
    """Give a function that composes `not-alone`, with other wordings by msgctxt if asked for."""

    def job(code: str = "es", sheet: str = "a5", leaflet: str = "not-alone", **wordings: str) -> EditionJob:
        snapshot, edition = Snapshot(shipped), Edition(leaflet, code, sheet)
        texts = snapshot.edition_texts(edition)
        texts |= {name: replace(texts[name], msgstr=msgstr) for name, msgstr in wordings.items()}
        language = shipped.languages[code]
        page = compose_page(
            PageRequest(
                edition,
                SHIPPED_SHEETS[sheet].printed(shipped.leaflets[leaflet]),
                language,
                SHIPPED_SHEETS[sheet],
                shipped.campaign,
                snapshot.facts,
                texts,
                shipped.theme,
                paper_keys(Snapshot(shipped)),
            )
        )
        return EditionJob(edition.name, page.html, language, SHIPPED_SHEETS[sheet], page.expected)

    return job


def seen(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return text


def bare(text: str) -> str:
    """Return text without white space and the marks of line ends."""
    return re.sub("[\\s\ufffe\x02]", "", text)


def links(pdf: bytes) -> list[str]:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return sorted(str(item.get_object()["/A"]["/URI"]) for page in pages for item in page.get("/Annots", ()))


def dictionaries(pdf: bytes) -> list[dict[str, object]]:
    return [item for item in pypdf.PdfWriter(clone_from=BytesIO(pdf))._objects if isinstance(item, dict)]


HOSTILE = (
    "<img src=file:///etc/passwd>",
    '<img src="asset:phone.svg">',
    '<a href="file:///etc/passwd" rel=attachment>Somos</a>',
    "<link rel=attachment href=file:///etc/passwd>",
    "<style>@import url(file:///etc/passwd);</style>",
    "<script>alert()</script>",
    "<!-- Somos -->",
    "</p></div></body></html>",
    "&lt;b&gt;Somos&lt;/b&gt; &amp; &nbsp; &#60;",
    "%(campaign_phone)s %s %d %n %999999999d %",
    "$campaign_phone $(campaign_phone) `id`",
    "url(file:///etc/passwd) \\0041 */ /*",
    "'; DROP TABLE leaflets; --",
)


@pytest.mark.parametrize("planted", sweep(HOSTILE, HOSTILE[::3]))
def test_what_is_planted_in_a_translation_changes_nothing_but_the_visible_text(
    pool: Executor, job_of: Callable[..., EditionJob], planted: str
) -> None:
    clean, _ = pool.submit(work_and_tell, job_of()).result()
    result, blocked = pool.submit(work_and_tell, job_of(welcome=planted)).result()
    assert result.problems == ()
    assert blocked == []
    assert bare(planted) in bare(seen(result.pdf))
    assert links(result.pdf) == links(clean.pdf)
    kinds = [Counter(str(item.get("/Subtype", item.get("/S", ""))) for item in dictionaries(pdf)) for pdf in (clean.pdf, result.pdf)]
    for kind in ("/FileAttachment", "/JavaScript", "/Link", "/Image", "/Form", "/URI", "/Figure"):
        assert kinds[0][kind] == kinds[1][kind], kind
    assert not any({"/EmbeddedFiles", "/EF", "/AF"} & item.keys() for item in dictionaries(result.pdf))


@pytest.mark.parametrize(
    "planted", ["{{ 7 * 7 }}", "{% include '/etc/passwd' %}", "{0.__class__}", "{campaign_phone}", "{", "{campaign_phone!r:>99999999}"]
)
def test_braces_that_the_english_does_not_have_refuse_the_edition(job_of: Callable[..., EditionJob], planted: str) -> None:
    with pytest.raises(LeafletsError) as refused:
        job_of(welcome=planted)
    assert [(problem.code, problem.msgctxt) for problem in refused.value.problems] == [("text", "welcome")]


@pytest.mark.parametrize("planted", ["<em>Somos</em>", "<b>Somos", "</b>Somos<b>", "<b>Somos</b>"])
def test_tags_that_the_english_does_not_have_refuse_the_edition(job_of: Callable[..., EditionJob], planted: str) -> None:
    with pytest.raises(LeafletsError) as refused:
        job_of(welcome=planted)
    assert [(problem.code, problem.msgctxt) for problem in refused.value.problems] == [("text", "welcome")]


DOUBTS = {
    "file": ("layout", '<img src="file:///etc/passwd" alt="x">'),
    "web": ("layout", '<img src="https://example.org/x.png" alt="x">'),
    "data": ("layout", '<img src="data:image/png;base64,AAAA" alt="x">'),
    "asset not in the table": ("layout", '<img src="asset:passwd.svg" alt="x">'),
    "asset out of the folder": ("layout", '<img src="asset:../../etc/passwd" alt="x">'),
    "attachment": ("layout", '<link rel="attachment" href="file:///etc/passwd">'),
    "style sheet": ("layout", "<style>@import url(file:///etc/passwd);</style>"),
    "foreign font file": ("layout", "<style>@font-face { font-family: x; src: url(file:///etc/passwd) } p { font-family: x }</style>"),
    "picture in a picture": (
        "blocked",
        '<p><svg width="9" height="9" style="display: block"><title>x</title><image href="file:///etc/x" width="9" height="9"/></svg></p>',
    ),
    "character no font has": ("glyph-missing", "<p>\U00013080 \u0e01</p>"),
    "letters of another language's font": ("font-foreign", "<p>\u0bb5\u0ba3</p>"),
    "CSS that is ignored": ("layout-log", "<style>p { filter: blur(1px) }</style>"),
    "relative picture": ("layout-log", '<img src="phone.svg" alt="x">'),
    "relative link": ("proof-link", '<p><a href="page.html">x</a></p>'),
    "picture without words": ("layout-log", '<img src="asset:phone.svg">'),
}


@pytest.mark.parametrize(("code", "html"), DOUBTS.values(), ids=list(DOUBTS))
def test_any_doubt_about_a_page_fails_its_edition_and_no_other(
    pool: Executor, job_of: Callable[..., EditionJob], code: str, html: str
) -> None:
    job = job_of()
    result, _ = pool.submit(work_and_tell, replace(job, html=job.html.replace("</ul>", "</ul>" + html, 1))).result()
    assert code in {problem.code for problem in result.problems}
    assert result.pdf == b""
    assert pool.submit(run_job, job).result().problems == ()


def test_a_style_sheet_that_is_not_understood_stops_before_the_first_page(setup: RenderSetup, job_of: Callable[..., EditionJob]) -> None:
    with WorkerPool(1, start_worker, (replace(setup, css=setup.css + "p { colour: red }"),), 90) as pool:
        error = pool.submit(run_job, job_of()).exception()
    assert isinstance(error, LeafletsError)
    assert [problem.code for problem in error.problems] == ["style"]


USES = "".join(f'<g id="g{level}">' + f'<use href="#g{level - 1}"/>' * 10 + "</g>" for level in range(1, 7))
BOMB = f'<p><svg width="9" height="9" style="display:block"><title>x</title><g id="g0"><rect width="9" height="9"/></g>{USES}</svg></p>'
SLOW = {
    "narrow column": '<div style="width: 5mm; columns: 3">' + "Somos vecinos. " * 3000 + "</div>",
    "picture of itself": BOMB,
}


@pytest.mark.parametrize("html", SLOW.values(), ids=list(SLOW))
def test_a_page_that_takes_too_long_is_refused_and_the_worker_lives_on(
    setup: RenderSetup, job_of: Callable[..., EditionJob], html: str
) -> None:
    job = job_of()
    with WorkerPool(1, start_worker, (replace(setup, seconds=SECONDS),), 90) as pool:
        assert pool.submit(run_job, job).result().problems == ()
        (process,) = pool.processes.values()
        result = pool.submit(run_job, replace(job, html=job.html.replace("</ul>", "</ul>" + html, 1))).result()
        assert result.pdf == b""
        assert "layout" in {problem.code for problem in result.problems}
        assert re.search("too slow|too long", result.problems[0].what)
        assert pool.submit(run_job, job).result().problems == ()
        assert list(pool.processes.values()) == [process]


@pytest.mark.parametrize(("code", "sheet"), [("es", "a5"), ("ur", "a5"), ("ta", "a4")])
def test_too_long_text_names_language_and_percent(pool: Executor, job_of: Callable[..., EditionJob], code: str, sheet: str) -> None:
    job = job_of(code, sheet)
    (paragraph,) = re.findall("(?s)<p data-message[^>]*>[^<]{60,}</p>", job.html)[:1]
    result = pool.submit(run_job, replace(job, html=job.html.replace(paragraph, paragraph * 60, 1))).result()
    (problem,) = result.problems
    assert problem.code == "overflow"
    assert job.language.english in problem.hint
    percent = int(re.search(r"about (\d+) %", problem.hint)[1])  # type: ignore[index]
    pages = int(re.search(r"(\d+) pages instead", problem.what)[1])  # type: ignore[index]
    most = SHIPPED_SHEETS[sheet].pages
    assert pages > most
    assert 100 * (1 - most / (pages - 1)) - 1 <= percent <= 100 * (1 - most / pages) + 1
    assert f"{SHIPPED_SHEETS[sheet].sizes[-1]:g} pt" in problem.what


@pytest.mark.parametrize("sheet", sweep(["a5", "a4", "large-print", "a3-poster", "a4-fold", "trifold", "a5-booklet"], ("a5", "trifold")))
@pytest.mark.parametrize("code", ["en", "ar", *(pytest.param(code, marks=pytest.mark.tools) for code in ("ur", "ta"))])
def test_type_is_as_large_as_the_sheet_says_and_never_below_the_floor(
    pool: Executor, job_of: Callable[..., EditionJob], languages: dict[str, Language], code: str, sheet: str
) -> None:
    leaflet = "if-strangers-come" if sheet == "a3-poster" else "not-alone"
    result = pool.submit(run_job, job_of(code, sheet, leaflet)).result()
    assert result.problems == ()
    assert result.size in SHIPPED_SHEETS[sheet].sizes
    assert result.size >= SHIPPED_SHEETS[sheet].sizes[-1]
    body = result.size * languages[code].size
    assert sum(times for size, times in sizes_in(result.pdf).items() if size == pytest.approx(body, abs=0.1)) > 150


@pytest.mark.parametrize("leaflet", ["not-alone", "come-to-the-rally"])
@pytest.mark.parametrize("sheet", sweep(["a5", "a3-poster", "a6-card", "dl", "trifold", "mini-zine", "wallet"], ("a5", "wallet")))
def test_no_letter_stands_on_another(pool: Executor, job_of: Callable[..., EditionJob], sheet: str, leaflet: str) -> None:
    """A number under its name, and the address under the code, keep clear of what follows."""
    result = pool.submit(run_job, job_of("en", sheet, leaflet)).result()
    assert result.problems == ()
    document = pypdfium2.PdfDocument(result.pdf)
    for page in document:
        letters = [letter for letter in view_page(page, 72).letters if letter.char.isalnum()]
        assert [f"{one.char} on {other.char}" for one, other in combinations(letters, 2) if covers(one, other)] == []
    document.close()


def covers(one: Letter, other: Letter) -> bool:
    """Tell whether two letters share more than a third of the smaller one's box; those of a ligature have one box."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.top, other.top) - max(one.bottom, other.bottom)
    smaller = min((letter.right - letter.left) * (letter.top - letter.bottom) for letter in (one, other))
    return one[1:] != other[1:] and wide > 0 and high > 0 and wide * high > smaller / 3


def test_a_title_too_long_for_its_cover_is_refused_by_name(pool: Executor, job_of: Callable[..., EditionJob]) -> None:
    job = job_of("es", "mini-zine")
    (title,) = re.findall("<h1[^>]*>([^<]+)</h1>", job.html)
    (problem,) = pool.submit(run_job, replace(job, html=job.html.replace(f">{title}</h1>", f">{title * 6}</h1>"))).result().problems
    assert (problem.code, problem.msgctxt) == ("overflow-cover", "title")
    assert "mini-zine" in problem.what


def sizes_in(pdf: bytes) -> Counter[float]:
    """Return how many characters of a file are set in each size, in pt; the band of a draft stands on every page."""
    sizes: Counter[float] = Counter()
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        matrix = pdfium.FS_MATRIX()
        for place in range(text.count_chars()):
            if pdfium.FPDFText_IsGenerated(text, place) == 1 or chr(pdfium.FPDFText_GetUnicode(text, place)).isspace():
                continue
            pdfium.FPDFText_GetMatrix(text, place, matrix)
            sizes[round(pdfium.FPDFText_GetFontSize(text, place) * abs(matrix.d), 2)] += 1
    return sizes


def test_every_face_has_a_private_name_and_its_own_weight(languages: dict[str, Language]) -> None:
    faces = fonts.needed_faces(languages.values(), languages)
    css = fonts.font_css(languages.values(), faces)
    rules = re.findall(r"@font-face \{(.*?)\}", css)
    assert len(rules) == 2 * len(faces) > 20
    pairs = [re.fullmatch(r' font-family: "(L [^"]+)"; font-weight: (400|700); src: url\(asset:([^)]+)\) ', rule) for rule in rules]
    assert all(pairs)
    found = {(pair[1], pair[2]): pair[3] for pair in pairs if pair}
    assert len(found) == len(set(found.values())) == len(rules)  # one file for each name and weight
    named = set(re.findall(r'"([^"]+)"', re.sub(r"@font-face \{.*?\}", "", css)))
    assert named == {family for family, _ in found}
    assert not re.search("sans-serif|system-ui|local\\(", css)
