"""Many sites: editions made from a stencil look like those laid out whole, and each of them is read back."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from generator.campaign.project import Project
from generator.editions import record as editions_record
from generator.editions.build import build_editions
from generator.editions.build_run import BuildRun, PendingEdition
from generator.editions.executors import edition_workers
from generator.editions.plan import BuildRequest
from generator.editions.worker import current_worker
from generator.layout.pool import WorkerPool
from generator.model import Edition
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot
from generator.sitemerge.many_sites import _batches, build_sites, run_at_site
from generator.sitemerge.merge_proof import SAME_SHADE, prove_merged
from generator.sitemerge.merge_slots import find_slots
from generator.sitemerge.merge_template import MergeTemplate, SlotValue
from generator.sitemerge.merge_worker import MergeBatch, drawn_glyphs, merge_batch
from tests.conftest import copy_campaign

SITE = """\
facts:
  campaign_phone:
    kind: phone
    value: "+44{number}"
    display: {shown}
    label: Call us
    detail: "Every day, {{line_hours}}."
    source: the people of the house
    verified: 2026-11-22
"""
PHONES = {
    "oak1": ("1632060001", "01632 060001"),
    "oak2": ("1632060002", "01632 060002"),
    "elm3": ("1632000003", "01632 000003"),
    "elm4": ("1632000004", "01632 000004"),
    "ash5": ("2009460005", "020 0946 0005"),
}
"""Four numbers are equally wide; the fifth has one space more."""
LANGUAGES = ("en", "ar", "ur")
WISH = BuildRequest(("not-alone",), LANGUAGES, ("a5",))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign with editions of five sites in three languages."""
    root = copy_campaign(tmp_path_factory.mktemp("many") / "campaign")
    for site, (number, shown) in PHONES.items():
        (root / "sites" / f"{site}.yaml").write_text(SITE.format(number=number, shown=shown), "utf-8")
    report = build_sites(Project(root), dict.fromkeys(PHONES, WISH), jobs=2)
    assert report.ok, [outcome.record.problems for outcome in report.outcomes]
    return root


def pdf(root: Path, language: str, site: str) -> bytes:
    (path,) = (root / "output" / "not-alone").glob(f"not-alone_{language}_a5_{site}*.pdf")
    return path.read_bytes()


def pictures(data: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=2, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_from_a_stencil_looks_like_the_one_laid_out_whole(printed: Path, tmp_path: Path, language: str) -> None:
    root = copy_campaign(tmp_path / "campaign")
    for name in ("elm4.yaml", ".secret"):  # with another secret the codes are others
        (root / "sites" / name).write_bytes((printed / "sites" / name).read_bytes())
    assert build_editions(Project(root), BuildRequest(("not-alone",), (language,), ("a5",), "elm4"), jobs=1).ok

    filled, whole = pdf(printed, language, "elm4"), pdf(root, language, "elm4")

    assert b"SlotBold" not in whole
    assert len(pictures(filled)) == len(pictures(whole))
    for ours, theirs in zip(pictures(filled), pictures(whole), strict=True):
        assert ImageChops.difference(ours, theirs).getextrema()[1] <= SAME_SHADE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_site_has_its_own_number_and_code_and_no_other(printed: Path, language: str) -> None:
    codes = {}
    for site, (_, shown) in PHONES.items():
        found = text(pdf(printed, language, site)).replace("\u00a0", " ")
        numbers = set(re.findall(r"\b0(?:1632|7700|20 0946) ?\d{4,6}\b", found)) - {"01632 000123"}
        codes[site] = set(re.findall(r"\b[A-Z]{2,3}-[0-9A-Z]{5}\b", found))
        assert numbers == {shown}, site

    assert all(len(found) == 1 for found in codes.values())
    assert len(set.union(*codes.values())) == len(PHONES)


def test_every_edition_is_written_down_and_unchanged_ones_are_not_made_again(printed: Path) -> None:
    noted = {(record.language, record.site): record.code for record in editions_record.read_printings(Project(printed))}
    again = build_sites(Project(printed), dict.fromkeys(PHONES, WISH), jobs=1)

    assert noted.keys() == {(language, site) for language in LANGUAGES for site in PHONES}
    assert all(outcome.cached for outcome in again.outcomes)
    assert {(outcome.record.language, outcome.record.site): outcome.record.code for outcome in again.outcomes} == noted


def test_a_site_with_a_fact_in_words_is_laid_out_whole(printed: Path, tmp_path: Path) -> None:
    """A date is printed in the words of a language: it has no slot."""
    root = copy_campaign(tmp_path / "campaign")
    date = "  rally_date:\n    kind: date\n    value: 2027-04-0{}\n    source: the people\n    verified: 2026-11-22\n"
    for number in (1, 2, 3):
        (root / "sites" / f"oak{number}.yaml").write_text("facts:\n" + date.format(number), "utf-8")

    wish = BuildRequest(("come-to-the-rally",), ("en",), ("a5",))
    report = build_sites(Project(root), dict.fromkeys(("oak1", "oak2", "oak3"), wish), jobs=2)

    assert report.ok, [outcome.record.problems for outcome in report.outcomes]
    for path in (root / "output").rglob("*_oak*.pdf"):
        assert b"SlotBold" not in path.read_bytes()
        assert re.search(r"[1-3] April 2027", text(path.read_bytes()))


@pytest.fixture(scope="module")
def bench(printed: Path) -> Iterator[WorkerPool]:
    """Give a process that has a press."""
    project = Project(printed)
    with edition_workers(project, [Edition("not-alone", "ar", "a5", "oak1")], 1, "processes") as pool:
        yield pool


def harmed(batch: MergeBatch, harm: str) -> list[str]:
    """Fill a stencil in the worker process, harm the result, and return the codes of what the proof finds."""
    press = current_worker()
    drawn, _ = press.fit(batch.job)
    found = find_slots(drawn.layout, {name: value.text for name, value in batch.own.items()})
    stencil = MergeTemplate(drawn.pdf, found, batch.own, drawn_glyphs(press))
    other = dict(batch.own)
    if harm == "another number":
        other["campaign_phone"] = replace(other["campaign_phone"], text="01632\u00a0060009")
    if harm == "two digits changed places":
        other["campaign_phone"] = replace(other["campaign_phone"], text="01632\u00a0060010")
    if harm == "another code":
        other["code"] = SlotValue("AR-00000")
    if harm == "another link":
        other["campaign_phone"] = replace(other["campaign_phone"], link="tel:+441632060009")
    filled = stencil.fill(other)
    if harm == "the shared part":
        place = len(stencil.head) // 2
        filled = filled[:place] + bytes([filled[place] ^ 1]) + filled[place + 1 :]
    if harm == "printed backwards":
        line = stencil.glyphs.line("01632\u00a0060001", True)
        assert line is not None
        filled = filled.replace(line.setting, b"".join(reversed(re.findall(rb"<[0-9a-f]{4}>-?\d+", line.setting))))
    if harm == "moved":
        filled = re.sub(rb"BT\n1 0 0 -1 \d+\.\d+ ", lambda found: b"BT\n1 0 0 -1 9".ljust(len(found[0]) - 1) + b" ", filled)
    return [problem.code for problem in prove_merged(filled, stencil, batch.own)]


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        ("nothing", ""),
        ("another number", "proof-fact"),
        ("two digits changed places", "proof-fact"),
        ("another code", "proof-fact"),
        ("another link", "proof-link"),
        ("the shared part", "proof-shared"),
        ("printed backwards", "proof-fact"),
        ("moved", "proof-fact"),
    ],
)
def test_a_harmed_edition_is_found(printed: Path, bench: WorkerPool, harm: str, code: str) -> None:
    batch = batch_of(printed, "ar")

    found = bench.submit(harmed, batch, harm).result()

    assert set(found) == ({code} if code else set())


def batch_of(root: Path, language: str) -> MergeBatch:
    """Return the batch of oak1 and oak2 in one language."""
    first = BuildRun(Project(root), Snapshot(Project(root)), {})
    todo = [PendingEdition(run_at_site(first, site), Edition("not-alone", language, "a5", site), "") for site in ("oak1", "oak2")]
    ((batch, _),) = _batches(todo)
    return batch


def test_a_letter_that_is_not_in_the_case_withholds_nothing_else(printed: Path, bench: WorkerPool) -> None:
    batch = batch_of(printed, "ar")
    places = {"one": {**batch.own, "code": SlotValue("AR-ЖЖЖЖЖ")}, "two": dict(batch.own)}

    found = bench.submit(merge_batch, replace(batch, places=places)).result()

    assert [problem.code for problem in found["one"].problems] == ["no-stencil"]
    assert found["two"].problems == ()
    assert found["two"].pdf


def test_a_stencil_is_not_cut_where_a_value_does_not_stand_as_expected(printed: Path, bench: WorkerPool) -> None:
    """Broken over two lines, or another text: the editions are laid out whole."""
    batch = batch_of(printed, "ar")
    broken = replace(batch, job=replace(batch.job, name="again"), own={**batch.own, "campaign_text": SlotValue("01632\u00a0000124")})

    with pytest.raises(LeafletsError):
        bench.submit(merge_batch, broken).result()


@pytest.mark.tools
def test_qpdf_finds_nothing_wrong(printed: Path, tmp_path: Path) -> None:
    for language in LANGUAGES:
        path = tmp_path / f"{language}.pdf"
        path.write_bytes(pdf(printed, language, "oak2"))

        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)

        assert done.returncode == 0, done.stderr
