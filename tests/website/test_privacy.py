"""The search for private values in files that are to be published."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from generator.campaign.project import Project
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.website.privacy import PrivateValue, privacy_leaks, private_values

SECRET = PrivateValue("oak-7", "campaign_phone", frozenset({"02079460123"}), frozenset())


@pytest.mark.parametrize("name", ["index.html", "icon.svg", "feed.xml", "notes.txt", "sw.js"])
def test_a_number_is_found_however_it_is_grouped(tmp_path: Path, name: str) -> None:
    text = b"<text>020-7946 0123</text>"

    (problem,) = privacy_leaks({name: text}, [SECRET], tmp_path / "cache")

    assert (problem.code, problem.where) == ("private", name)
    assert "7946" not in problem.what


def test_a_number_that_is_only_drawn_is_found_in_both_directions(campaign: Path) -> None:
    """Where no link says it, the number stands in a PDF as glyphs of its font alone; the same page without a site holds none."""
    pdfs = {}
    for site in ("example", ""):
        report = build_editions(Project(campaign), BuildRequest(("not-alone",), ("en", "ar"), ("a5",), site), jobs=1)
        pdfs[site] = {f"{one.record.language}.pdf": unlinked(campaign / "output" / one.record.path) for one in report.outcomes}
    private = [one for one in private_values([Project(campaign).site("example")], []) if one.fact == "campaign_phone"]

    found = privacy_leaks(pdfs["example"], private, campaign / "cache")

    assert sorted({problem.where for problem in found}) == ["ar.pdf", "en.pdf"]
    assert privacy_leaks(pdfs[""], private, campaign / "cache") == []


def unlinked(path: Path) -> bytes:
    """Return a PDF without its links."""
    writer = pypdf.PdfWriter(clone_from=path)
    writer.remove_links()
    data = BytesIO()
    writer.write(data)
    return data.getvalue()
