"""Pictures of pages that are not saved yet: the real PDF, the sentence found on it, and nothing that blanks it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from generator.base.recent import RecentlyUsed
from generator.campaign.project import Project
from generator.editions import preview_page, worker
from generator.editions.build import build_editions
from generator.editions.jobs import EditionJob
from generator.editions.plan import BuildRequest
from generator.editions.preview import NoPicture, PreviewQueue, edition_for
from generator.editions.preview_page import AIR, PICTURE_WIDTH, MessagePlace, PagePicture
from generator.editions.preview_worker import PreviewOrder
from generator.editions.render_setup import render_setup
from generator.layout.pool import WorkerPool
from generator.model import Edition
from generator.proof.page_view import page_letters
from generator.review.snapshot import Snapshot
from tests.conftest import sweep

LEAFLET = "if-strangers-come"
SCRIPTS = ("ar", "ur", "ti", "zh_Hans")
SENTENCES = ("title", "steps.argue", "fact.alert_line", "word.online")
READER = "r17"
A5 = 148 * 72 / 25.4
"""Width of the paper in pt."""
WIDE = 2.5
"""A frame is at most this much wider than its letters, in type sizes: Chinese stops leave half of their square white."""
LONG_LINE = 1.2
"""A frame is at most this much higher than the letters of one line need it, in line heights of the language."""


@pytest.fixture(scope="module")
def shipped(four: Path) -> Project:
    """Give the campaign in four scripts: a process that draws reads the fonts of all its languages."""
    return Project(four)


@pytest.fixture(scope="module")
def studio() -> Iterator[PreviewQueue]:
    """Give one process that draws."""
    studio = PreviewQueue()
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def pool(shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    """Give a process that prints editions as a build does."""
    languages = [shipped.languages[code] for code in SCRIPTS]
    with WorkerPool(1, worker.start_worker, (render_setup(shipped, languages, tmp_path_factory.mktemp("press")),), 90) as workers:
        yield workers


def ask(studio: PreviewQueue, snapshot: Snapshot, language: str, leaflet: str = LEAFLET, **typed: str) -> PagePicture:
    """Return the picture of a page with wordings by msgctxt, dots as double underscores."""
    texts = {name.replace("__", "."): text for name, text in typed.items()}
    return studio.picture(studio.order(snapshot, Edition(leaflet, language, "a5"), texts), READER)


def order_of(studio: PreviewQueue, snapshot: Snapshot, language: str) -> tuple[PreviewOrder, EditionJob]:
    order = studio.orders[studio.order(snapshot, Edition(LEAFLET, language, "a5"), {})]
    assert order.job
    return order, order.job


def image(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def difference(before: bytes, after: bytes) -> tuple[float, float, float, float] | None:
    """Return the corners of what differs between two pictures, in pixels."""
    return ImageChops.difference(image(before), image(after)).getbbox()


def codes(picture: PagePicture) -> list[str]:
    return [problem.code for problem in picture.problems]


@pytest.mark.parametrize("code", SCRIPTS)
def test_the_names_of_messages_do_not_change_what_is_printed(pool: Executor, studio: PreviewQueue, shipped: Project, code: str) -> None:
    _, job = order_of(studio, Snapshot(shipped), code)
    bare = re.sub(r' data-message="[^"]*"', "", job.html)
    assert job.html.count("data-message") > 20
    with_names, without = (pool.submit(worker.run_job, replace(job, html=html)).result().pdf for html in (job.html, bare))
    assert with_names[:5] == b"%PDF-"
    assert with_names == without


@pytest.mark.parametrize("leaflet", ["if-strangers-come", "come-to-the-rally", "phone-tree", "solidarity-statement", "food-that-helps"])
def test_every_message_a_page_prints_has_its_place(studio: PreviewQueue, shipped: Project, leaflet: str) -> None:
    snapshot = Snapshot(shipped)
    printed = {message.msgctxt for message in shipped.leaflets[leaflet].messages} | {"word.online", "word.draft"}
    for block in shipped.leaflets[leaflet].blocks:
        for role, fact in block.facts.items():
            labels = (f"fact.{fact}", f"fact.{fact}.detail") if block.kind == "contacts" else (f"word.{role}",)
            printed |= {label for label in labels if label in snapshot.texts("ar", "shared")}
    picture = ask(studio, snapshot, "ar", leaflet)
    assert printed <= {place.name for place in picture.places}
    assert {place.page for place in picture.places} == set(range(1, picture.pages + 1))


@pytest.mark.parametrize("name", SENTENCES)
@pytest.mark.parametrize("code", sweep(SCRIPTS, ("ur", "zh_Hans")))
def test_a_place_surrounds_the_ink_of_its_sentence(studio: PreviewQueue, shipped: Project, code: str, name: str) -> None:
    """The sentence alone is made invisible: what differs between the two pictures is its ink."""
    order, job = order_of(studio, Snapshot(shipped), code)
    seen = studio.process.draw(order, 0)
    html = job.html.replace(f'data-message="{name}"', f'data-message="{name}" style="color: transparent"')
    hidden = studio.process.draw(replace(order, job=replace(job, html=html)), seen.size)
    (place,) = (place for place in seen.places if place.name == name)
    box = difference(preview_page.paint_page(seen.pdf, place.page, ()), preview_page.paint_page(hidden.pdf, place.page, ()))
    assert box
    left, top, right, bottom = (value * A5 / PICTURE_WIDTH for value in box)
    assert place.x - AIR <= left <= right <= place.x + place.width + AIR
    above = 0.4 * seen.size  # the strokes of Nastaliq rise over their line
    assert place.y - AIR - above <= top <= bottom <= place.y + place.height + AIR
    language = shipped.languages[code]
    assert place.width <= right - left + WIDE * seen.size
    assert place.height <= bottom - top + LONG_LINE * language.line_height * seen.size * language.size * (1.65 if name == "title" else 1)


@pytest.mark.parametrize("code", ["ti", "zh_Hans"])
def test_the_letters_in_a_place_are_those_of_the_sentence(studio: PreviewQueue, shipped: Project, code: str) -> None:
    """Only scripts whose text PDFium gives back letter by letter."""
    snapshot = Snapshot(shipped)
    picture = ask(studio, snapshot, code)
    texts = snapshot.edition_texts(Edition(LEAFLET, code, "a5"))
    document = pypdfium2.PdfDocument(picture.pdf)
    pages = [(page.get_height(), list(page_letters(page))) for page in document]
    found = 0
    for place in picture.places:
        msgstr = texts[place.name].msgstr
        if "{" in msgstr or "<" in msgstr:
            continue
        height, chars = pages[place.page - 1]
        inside = [char.char for char in chars if _within(place, (char.left + char.right) / 2, height - char.middle)]
        assert sorted(inside) == sorted(char for char in msgstr if not char.isspace())
        found += 1
    document.close()
    assert found > 12


def _within(place: MessagePlace, x: float, y: float) -> bool:
    return place.x <= x <= place.x + place.width and place.y <= y <= place.y + place.height


@pytest.mark.parametrize("code", SCRIPTS)
def test_the_mark_is_a_frame_around_the_sentence_and_nothing_else(studio: PreviewQueue, shipped: Project, code: str) -> None:
    token = studio.order(Snapshot(shipped), Edition(LEAFLET, code, "a5"), {})
    picture = studio.picture(token, READER)
    (place,) = (place for place in picture.places if place.name == "steps.staff")
    plain, marked = studio.page(token, READER, place.page), studio.marked(token, "steps.staff", READER)
    scale = PICTURE_WIDTH / A5
    expected = [
        (place.x - AIR) * scale,
        (place.y - AIR) * scale,
        (place.x + place.width + AIR) * scale,
        (place.y + place.height + AIR) * scale,
    ]
    box = difference(plain, marked)
    assert box
    assert all(abs(found - wanted) <= 3 for found, wanted in zip(box, expected, strict=True))
    middle = int((box[0] + box[2]) / 2)
    assert image(marked).getpixel((middle, box[1] + 1)) == preview_page.INK


def test_an_unchanged_page_is_the_page_that_is_built_byte_for_byte(studio: PreviewQueue, campaign: Path) -> None:
    project = Project(campaign)
    build_editions(project, BuildRequest((LEAFLET,), ("ur",), ("a5",)), jobs=1)
    picture = ask(studio, Snapshot(project), "ur")
    assert picture.pdf == (campaign / "output" / LEAFLET / f"{LEAFLET}_ur_a5_DRAFT.pdf").read_bytes()


@pytest.mark.parametrize(("code", "text"), [("ar", "ابقوا في غرفكم الآن"), ("ti", "ኣብ ውሽጢ ጽንሑ"), ("zh_Hans", "请留在房间里")])
def test_what_is_typed_stands_on_the_page_and_in_no_file(studio: PreviewQueue, campaign: Path, code: str, text: str) -> None:
    snapshot = Snapshot(Project(campaign))
    files = {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()}
    before, after = ask(studio, snapshot, code), ask(studio, snapshot, code, steps__argue=text)
    assert after.problems == before.problems == ()
    assert difference(preview_page.paint_page(before.pdf, 1, ()), preview_page.paint_page(after.pdf, 1, ()))
    assert (after.size, after.pages) == (before.size, before.pages)
    assert {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()} == files


BROKEN = {
    "too long": ("x y " * 4000, "overflow"),
    "a letter no font has": ("اتصلوا \U00013080", "glyph-missing"),
    "a placeholder that is not in the English": ("اتصلوا {nobody}", "text"),
    "a tag that is not in the English": ("اتصلوا <b>الآن</b>", "text"),
}


@pytest.mark.parametrize(("text", "code"), BROKEN.values(), ids=list(BROKEN))
def test_nothing_that_is_typed_blanks_the_picture(studio: PreviewQueue, shipped: Project, text: str, code: str) -> None:
    picture = ask(studio, Snapshot(shipped), "ar", steps__argue=text)
    assert codes(picture)[0] == code
    assert set(codes(picture)) <= {code, "overflow-sentence"}
    assert picture.pages
    assert "steps.argue" in {place.name for place in picture.places}
    assert all(problem.hint for problem in picture.problems)


def test_missing_sentences_of_a_page_stand_there_in_grey_english_with_one_notice(studio: PreviewQueue, campaign: Path) -> None:
    path = campaign / "locales" / "ar" / "LC_MESSAGES" / f"{LEAFLET}.po"
    text = re.sub(r'(msgctxt "(?:steps|after)\.[^"]*"\nmsgid (?:".*"\n)+)msgstr (?:".*"\n)+', r'\1msgstr ""\n', path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    snapshot = Snapshot(Project(campaign))
    missing = [text for text in snapshot.texts("ar", LEAFLET).values() if not text.msgstr]
    picture = ask(studio, snapshot, "ar", steps__argue="ابقوا في الداخل")
    assert len(missing) > 3
    assert codes(picture) == ["preview-missing"]
    assert picture.problems[0].what.startswith(f"{len(missing) - 1} more sentences")
    assert "placeholder" in order_of(studio, snapshot, "ar")[1].html
    report = build_editions(Project(campaign), BuildRequest((LEAFLET,), ("ar",), ("a5",)), jobs=1)
    assert {problem.code for problem in report.outcomes[0].record.problems} == {"translation-missing"}


def test_a_process_that_died_is_replaced(studio: PreviewQueue, shipped: Project) -> None:
    snapshot = Snapshot(shipped)
    ask(studio, snapshot, "ar", steps__argue="1")
    assert studio.process.workers
    (first,) = studio.process.workers.processes.values()
    first.kill()
    first.join()
    assert ask(studio, snapshot, "ar", steps__argue="2").pages
    (second,) = studio.process.workers.processes.values()
    assert second.pid != first.pid


def test_only_the_newest_text_of_a_reader_is_drawn(studio: PreviewQueue, shipped: Project) -> None:
    snapshot, edition = Snapshot(shipped), Edition(LEAFLET, "ar", "a5")
    tokens = [studio.order(snapshot, edition, {"steps.argue": f"ابقوا {number}"}) for number in range(4)]
    came: dict[str, object] = {}

    def look(token: str, who: str) -> None:
        try:
            came[token] = studio.picture(token, who)
        except NoPicture as error:
            came[token] = error.problems[0].code

    studio.busy = True
    threads = [threading.Thread(target=look, args=(token, who)) for token, who in zip(tokens, ("r1", "r1", "r1", "r2"), strict=True)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    with studio.turn:
        studio.busy = False
        studio.turn.notify_all()
    for thread in threads:
        thread.join(60)
    assert [came[token] for token in tokens[:2]] == ["preview-overtaken"] * 2
    assert all(isinstance(came[token], PagePicture) for token in tokens[2:])
    assert not studio.newest
    assert not any(token in studio.pictures for token in tokens[:2])


def test_what_is_remembered_has_a_limit() -> None:
    recent: RecentlyUsed[int] = RecentlyUsed(2)
    for number in (1, 2, 3):
        recent.keep(str(number), number)
    assert list(recent) == ["2", "3"]


def test_a_word_of_all_leaflets_is_shown_on_the_first_that_prints_it(shipped: Project) -> None:
    snapshot = Snapshot(shipped)
    edition = edition_for(snapshot, "ar", "shared", "fact.alert_line")
    assert edition
    assert "alert_line" in {fact for block in shipped.leaflets[edition.leaflet].blocks for fact in block.facts.values()}
    assert edition_for(snapshot, "ar", "glossary", "asylum") is None
    assert edition_for(snapshot, "ar", LEAFLET, "title") == Edition(LEAFLET, "ar", "a5")
