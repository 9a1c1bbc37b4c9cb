"""Many readers at one page at the same time, and a page that is killed while they sign: nothing that was answered is lost."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.review import ledger
from generator.review.snapshot import Snapshot
from tests.conftest import copy_campaign
from tests.support.browser import Served, serving
from tests.support.volunteers import Volunteer

LANGUAGE = "ar"


def sentences(campaign: Path) -> list[str]:
    """Return the addresses of all sentences of the leaflets that have a text."""
    snapshot = Snapshot(Project(campaign))
    return [
        f"/read/{LANGUAGE}/{slug}/{name}"
        for slug in snapshot.project.leaflets
        for name, text in snapshot.texts(LANGUAGE, slug).items()
        if text.msgstr
    ]


def codes(count: int) -> list[str]:
    """Return example readers, as options of the command."""
    return [word for number in range(count) for word in ("--for", f"r{number}")]


@contextmanager
def everybody(served: Served) -> Iterator[list[Volunteer]]:
    """Let all readers with a link in while the block runs."""
    found = [Volunteer(code, link) for code, link in served.links.items()]
    for one in found:
        one.enter()
    yield found
    for one in found:
        one.leave()


def look(campaign: Path, people: list[Volunteer]) -> None:
    """Be sure that every answered signature stands in the ledger once, and in the catalogue as a comment."""
    project = Project(campaign)
    events = ledger.read_ledger(project.ledger(LANGUAGE))
    lines = project.ledger(LANGUAGE).read_text("utf-8").splitlines()
    assert [line for line, count in Counter(lines).items() if count > 1] == []
    stands = {(event.person, event.key) for event in events if event.file_action in ("approve", "write")}
    snapshot = Snapshot(project)
    entries = {
        (slug, entry.msgctxt): entry
        for slug in project.leaflets
        for entry in pofile.read_catalogue(project.catalogue(LANGUAGE, slug), project.languages[LANGUAGE])
    }
    for one in people:
        for path in (*one.signed, *one.corrected):
            slug, name = path.split("/")[-2:]
            text = snapshot.texts(LANGUAGE, slug)[name]
            key = wording_key(LANGUAGE, name, text.message.msgid, text.msgstr)
            assert (one.code, key) in stands, path
            assert f"# @ok {key[:12]}" in entries[slug, name].comments, path
        for path, wanted in one.corrected.items():
            slug, name = path.split("/")[-2:]
            assert snapshot.texts(LANGUAGE, slug)[name].msgstr == wanted


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a copy of the campaign in the language that they read."""
    return copy_campaign(tmp_path / "campaign", languages=("en", LANGUAGE))


@pytest.mark.parametrize("readers", [4, pytest.param(12, marks=pytest.mark.long)])
def test_many_readers_at_once_lose_nothing(campaign: Path, readers: int) -> None:
    """Each signs other sentences, and all of them sign three of the same."""
    paths = sentences(campaign)[: 5 * readers + 3]
    with serving(campaign, *codes(readers)) as served, everybody(served) as people:

        def work(number: int) -> Counter[int]:
            return Counter(people[number].sign(path) for path in [*paths[number:-3:readers], *paths[-3:]])

        with ThreadPoolExecutor(readers) as pool:
            found = sum(pool.map(work, range(readers)), Counter())

    assert set(found) <= {303, 422}
    assert found[303] > 5 * readers
    assert sum(len(one.signed) for one in people) == found[303]
    look(campaign, people)


@pytest.mark.parametrize("kills", [1, pytest.param(3, marks=pytest.mark.long)])
def test_a_page_that_is_killed_while_readers_sign(campaign: Path, kills: int) -> None:
    """Kills -9 between two answers of six readers: whole files, every answered signature and correction in them."""
    chance = random.Random(20261125)  # noqa: S311 - when to kill
    paths = sentences(campaign)
    people: list[Volunteer] = []
    for round_ in range(kills):
        with serving(campaign, *codes(6)) as served, everybody(served) as now:

            def work(number: int, now: list[Volunteer] = now, round_: int = round_) -> None:
                try:
                    for place in range(round_ * 6 + number, len(paths), 6 * kills):
                        if place % 2:
                            now[number].correct(paths[place], "مرحبا")
                        else:
                            now[number].sign(paths[place])
                except (OSError, HTTPException):
                    pass  # the page is gone

            threads = [Thread(target=work, args=(number,)) for number in range(6)]
            for thread in threads:
                thread.start()
            while sum(len(one.signed) + len(one.corrected) for one in now) < 8 and any(thread.is_alive() for thread in threads):
                sleep(0.01)
            sleep(chance.random() / 4)
            served.process.kill()
            for thread in threads:
                thread.join()
        assert served.process.returncode == -9
        people += now
        look(campaign, people)
    assert sum(len(one.corrected) for one in people) >= kills
