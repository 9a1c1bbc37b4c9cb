"""Values of every length find the place that has room for them, and addresses are read as they are seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.editions.build_run import BuildRun
from generator.editions.render_setup import render_setup
from generator.editions.worker import start_worker
from generator.layout.no_room import rearranged_rows
from generator.layout.pool import WorkerPool
from generator.review.snapshot import Snapshot
from tests.campaign.test_long_values import LEAFLET, Pages
from tests.conftest import copy_campaign, sign_all, sweep

RALLY = "come-to-the-rally"
CODES = ("ur", "ckb", "ar")
LENGTHS = range(20, 44)
QUICK = (26, 27, 28, 29, 30, 31)
"""Around the length from which on a value is put under its label."""
PERSON, DOMAIN = "neighboursandfriendsofthestreet", "@home.internal"
ADDRESSES = ("riverbank-home.internal", "riverbank-neighbours.net", "the-neighbours-of-the-river.bank.internal")


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign of two leaflets, to be changed between tests."""
    return copy_campaign(tmp_path_factory.mktemp("rooms") / "campaign", leaflets=(LEAFLET, RALLY), languages=("en", *CODES))


@pytest.fixture(scope="module")
def pool(usual: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    """Give a process that draws."""
    project = Project(usual)
    setup = render_setup(project, [project.languages[code] for code in CODES], tmp_path_factory.mktemp("press"))
    with WorkerPool(1, start_worker, (setup,), 120) as workers:
        yield workers


def changed(root: Path, pool: WorkerPool, name: str, key: str, value: str) -> Pages:
    """Give the pages of a campaign with one line written anew."""
    path = root / "leaflets" / name
    path.write_text(re.sub(rf"(?m)^({key}).*", lambda match: match[1] + value, path.read_text("utf-8"), count=1), "utf-8")
    sign_all(root)
    project = Project(root)
    return Pages(BuildRun(project, Snapshot(project), {}), pool)


def mailed(root: Path, pool: WorkerPool, length: int) -> Pages:
    """Give the pages with an e-mail of so many letters."""
    email = f"{PERSON[: length - len(DOMAIN)]}{DOMAIN}"
    return changed(root, pool, "facts.yaml", r"campaign_email:\n  kind: email\n  value: ", email)


@pytest.mark.parametrize("language", ["ur", pytest.param("ckb", marks=pytest.mark.tools)])
@pytest.mark.parametrize("length", sweep(LENGTHS, QUICK))
def test_a_value_of_any_length_that_has_room_is_printed(usual: Path, pool: WorkerPool, length: int, language: str) -> None:
    pages = mailed(usual, pool, length)
    assert not pages.print(pages.job(language)).problems


def test_where_a_value_stands_is_only_estimated(usual: Path, pool: WorkerPool) -> None:
    """It is put under its label, and beside it again; a page without long values has one form."""
    job = mailed(usual, pool, 30).job("ur")
    (under,) = rearranged_rows(job.html)
    assert 'class="contacts loose"' in under
    assert re.search(r'class="row email under"', under)
    assert list(rearranged_rows(under)) == [job.html]
    assert not list(rearranged_rows(mailed(usual, pool, 20).job("ur").html))


@pytest.mark.parametrize("language", ["ar", pytest.param("ckb", marks=pytest.mark.tools)])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_over_two_lines_is_read_as_it_is_seen(usual: Path, pool: WorkerPool, address: str, language: str) -> None:
    """PDFium gives the parts of the first line in the other order, since the page runs from the right."""
    pages = changed(usual, pool, "campaign.yaml", "address: ", f"https://{address}")
    assert not pages.print(pages.job(language, "tear-off", RALLY)).problems


def test_an_address_turned_round_is_still_found(usual: Path, pool: WorkerPool) -> None:
    pages = changed(usual, pool, "campaign.yaml", "address: ", f"https://{ADDRESSES[1]}")
    job = pages.job("ar", "tear-off", RALLY)
    html = re.sub(r'(data-value="address">)(.*?)(/<span class="slug">)', r"\1ten.sruobhgien-knabrevir\3", job.html)
    assert html != job.html
    assert {"proof-hidden", "proof-surplus"} <= pages.codes(replace(job, html=html))
