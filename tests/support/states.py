"""One finished page of each case there is, and what must stand on it, word for word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.review import ledger
from generator.review.ledger_event import LedgerEvent
from tests.conftest import ROOT, copy_campaign, one_key, sign_source

FEET = {
    "original": "original",
    "ready": "read and signed by its readers",
    "unread": "draft, nobody has checked it",
    "unknown": "draft, nobody has checked it",
    "missing": "draft, nobody has checked it",
    "source": "draft, its source text is not signed",
    "facts": "draft, its numbers and dates are not signed",
    "doubted": "draft, somebody says that it is wrong",
    "example": "example, made-up numbers",
    "example, unread": "example, nobody has checked it",
}
"""The words at the foot."""
BANDS = {
    "unread": "Draft: a machine translated this page. Nobody has checked it yet. Please do not hand it out.",
    "unknown": "Draft: nobody here has checked this page yet. Please do not hand it out.",
    "missing": "Draft: a machine translated this page. Nobody has checked it yet. Please do not hand it out.",
    "source": "Draft: nobody here has checked this page yet. Please do not hand it out.",
    "facts": "Draft: two people must still check the phone numbers and dates. Please do not hand it out.",
    "doubted": "Draft: somebody has told us that a sentence here is wrong. Please do not hand it out.",
    "example": "EXAMPLE: these numbers are made up. Please do not hand it out.",
    "example, unread": "EXAMPLE: these numbers are made up. Nobody has checked it. Do not hand it out.",
}
"""The sentence in the band."""
STAMPS = dict.fromkeys(BANDS, "DRAFT") | dict.fromkeys(("example", "example, unread"), "EXAMPLE")
CASES = tuple(FEET)


def signed(folder: Path, language: str, domains: tuple[str, ...] = ("not-alone", "shared")) -> Path:
    """Let two readers approve every wording of some catalogues; return the campaign."""
    project = Project(folder)
    entries = [entry for domain in domains for entry in pofile.read_catalogue(project.catalogue(language, domain)) if not entry.header]
    keys = [wording_key(language, entry.msgctxt, entry.msgid, entry.msgstr) for entry in entries]
    ledger.append_events(project.ledger(language), [LedgerEvent(key, "approve", who, "2026-11-23") for key in keys for who in ("r1", "r2")])
    return folder


def many_states(folder: Path) -> dict[str, Path]:
    """Return the PDF of `not-alone` in each case."""
    first = signed(copy_campaign(folder / "first"), "es")
    second = copy_campaign(folder / "second")
    _replace(second / "leaflets" / "facts.yaml", "+442009460123", "+442009460124", "020 0946 0123", "020 0946 0124")
    _replace(second / "leaflets" / "campaign.yaml", "missing: withhold", "missing: english")
    sign_source(second)
    _doubt(second, "fr", "welcome")
    _empty(second, "ps", "welcome")
    _retype(second, "tr", "welcome")
    third = folder / "third"
    for name in ("leaflets", "locales"):
        shutil.copytree(ROOT / name, third / name)
    one_key(third)
    sign_source(third)
    fourth = signed(copy_campaign(folder / "fourth", languages=("en", "es")), "es")
    _replace(fourth / "leaflets" / "campaign.yaml", "missing: withhold", "missing: english")
    return (
        _built(first, {"original": "en", "ready": "es", "unread": "ar"})
        | _built(second, {"facts": "en", "doubted": "fr", "missing": "ps", "unknown": "tr"})
        | _built(third, {"example": "en", "example, unread": "ar"})
        | _built(fourth, {"source": "es"})
    )


def _built(folder: Path, cases: dict[str, str]) -> dict[str, Path]:
    report = build_editions(Project(folder), BuildRequest(("not-alone",), tuple(cases.values()), ("a5",)), jobs=1)
    paths = {outcome.record.language: folder / "output" / outcome.record.path for outcome in report.outcomes}
    assert report.ok, [outcome.record.problems for outcome in report.outcomes]
    return {case: paths[language] for case, language in cases.items()}


def _replace(path: Path, *pairs: str) -> None:
    text = path.read_text("utf-8")
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def _doubt(folder: Path, language: str, name: str) -> None:
    project = Project(folder)
    (entry,) = [entry for entry in pofile.read_catalogue(project.catalogue(language, "not-alone")) if entry.msgctxt == name]
    key = wording_key(language, name, entry.msgid, entry.msgstr)
    ledger.append_events(project.ledger(language), [LedgerEvent(key, "doubt", "r9", "2026-11-23", "wrong")])


def _empty(folder: Path, language: str, name: str) -> None:
    path = Project(folder).catalogue(language, "not-alone")
    pofile.save_catalogue(path, [entry.changed(msgstr="") if entry.msgctxt == name else entry for entry in pofile.read_catalogue(path)])


def _retype(folder: Path, language: str, name: str) -> None:
    """Change a text as another program does: nobody signs, nobody says who wrote it."""
    path = Project(folder).catalogue(language, "not-alone")
    entries = pofile.read_catalogue(path)
    pofile.save_catalogue(
        path, [entry.changed(msgstr=entry.msgstr.replace(".", "!", 1)) if entry.msgctxt == name else entry for entry in entries]
    )


def pages_of(path: Path) -> list[str]:
    """Return the text of each page as PDFium reads it, white space as single spaces."""
    document = pypdfium2.PdfDocument(path)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return texts
