"""Numbers with their noun, and the words of facts and columns, as people see them on a terminal."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.base.digests import wording_key
from generator.base.words import count_words, pad_columns, screen_width
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.review import ledger
from generator.review.ledger_event import LedgerAction, LedgerEvent
from tests.conftest import copy_campaign

Run = Callable[..., tuple[int, str, str]]
ONE_OF_MANY = re.compile(r"(?<![\w.:,/-])1 (?!is\b|was\b|has\b|as\b|this\b)[a-z-]+s\b")
"""A single one with the noun of many."""
COMMANDS = (
    ("status",),
    ("status", "-l", "fr"),
    ("check", "-l", "fr"),
    ("extract", "--check"),
    ("sign", "fr", "not-alone", "--as", "r41"),
    ("sign", "facts", "--as", "r41"),
    ("sign", "en", "not-alone", "--as", "r41"),
    ("build", "not-alone", "-l", "fr", "-s", "a5", "-j", "1"),
    ("draft", "--engine", "argos", "--clear", "-l", "fr"),
    ("site", "list"),
    ("readers",),
)


def test_the_pattern_finds_what_it_must() -> None:
    assert ONE_OF_MANY.findall("1 sentences; about 1 minutes") == ["1 sentences", "1 minutes"]
    assert ONE_OF_MANY.search("11 sentences, 0.1 words, 1 sentence, r1 signs") is None
    assert (count_words(1, "copy", "copies"), count_words(0, "line")) == ("1 copy", "0 lines")


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign with one leaflet in one language beside the source, where one sentence of it waits for readers."""
    root = copy_campaign(tmp_path_factory.mktemp("one") / "campaign", leaflets=["not-alone"], languages=["en", "fr"])
    project = Project(root)
    entries = [one for one in pofile.read_catalogue(project.catalogue("fr", "not-alone")) if not one.header and one.msgctxt != "help"]
    keys = [wording_key("fr", one.msgctxt, one.msgid, one.msgstr) for one in entries]
    events = [LedgerEvent(key, LedgerAction.SIGN, who, "2026-11-23") for key in keys for who in ("r1", "r2")]
    ledger.append_events(project.ledger("fr"), events)
    return root


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_one_is_never_counted_as_many(one: Path, leaflets_command: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    _, out, err = leaflets_command(*command, cwd=one)

    assert out + err
    assert ONE_OF_MANY.findall(out + err) == []
    if command[:2] == ("sign", "fr"):
        assert "1 sentence for r41" in err


def test_a_fact_that_names_another_shows_its_value(one: Path, leaflets_command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = one / "leaflets" / "facts.yaml"
    path.write_text(path.read_text("utf-8").replace("9460123", "9460124").replace("0946 0123", "0946 0124"), "utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("k\n" * 20))
    _, out, err = leaflets_command("sign", "facts", "--as", "r41", cwd=one)

    assert "(the fact line_hours)" in out, err
    assert "{line_hours}" not in out


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("中文", 4), ("\u0645\u064e", 1), ("e\u0301", 1), ("हिन्दी", 5)])
def test_columns_are_those_of_the_screen(text: str, width: int) -> None:
    assert screen_width(text) == width
    assert screen_width(pad_columns(text, 12)) == 12
