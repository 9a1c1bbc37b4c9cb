"""The search for private values in files that are to be published."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.edges.privacy import Secret, leaks

SECRET = Secret("oak-7", "campaign_phone", frozenset({"02079460123"}), frozenset())


@pytest.mark.parametrize("name", ["index.html", "icon.svg", "feed.xml", "notes.txt", "sw.js"])
def test_a_number_is_found_however_it_is_grouped(tmp_path: Path, name: str) -> None:
    text = b"<text>020-7946 0123</text>"

    (problem,) = leaks({name: text}, [SECRET], tmp_path / "cache")

    assert (problem.code, problem.where) == ("private", name)
    assert "7946" not in problem.what
