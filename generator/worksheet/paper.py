"""Draw a paper worksheet with the machinery of the editions: no other fonts, no silent hole, every code read back."""

from __future__ import annotations

from contextlib import suppress

from generator.base.spaces import collapse_spaces
from generator.campaign.project import PAGES, shipped_templates
from generator.campaign.settings import read_words
from generator.campaign.sheets import WORKSHEET
from generator.editions.render_papers import Look, drawn
from generator.editions.worker import Job
from generator.model import State
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot
from generator.worksheet.page import Word, paper, phone, style
from generator.worksheet.rows import Worksheet

FOLDER = shipped_templates("worksheet")
SECONDS = 300
"""Wall clock for all pages of one language."""


def words(snapshot: Snapshot, language: str) -> dict[str, Word]:
    """Return the sheets' own lines by name: English always, the reader's language where enough people stand behind it."""
    domain = PAGES[0]
    # A campaign with a page of its own may lack a line that was added since.
    english = [
        *read_words(shipped_templates(domain) / "words.yaml"),
        *snapshot.project.domain(domain),
    ]
    found = {message.msgctxt.removeprefix("word."): Word("", message.msgid) for message in english}
    with suppress(LeafletsError):  # a broken catalogue of the page's words costs no sheet
        ready = [
            text for text in snapshot.texts(language, domain).values() if text.state is State.READY
        ]
        found |= {
            text.message.msgctxt.removeprefix("word."): Word(
                collapse_spaces(text.msgstr), text.message.msgid
            )
            for text in ready
        }
    return found


def draw(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    """Return the PDF of a worksheet; raise LeafletsError for whatever would fail an edition."""
    job = job_of(snapshot, sheet)
    found = drawn(snapshot.project, [job], Look(style(sheet.language, FOLDER)), SECONDS)
    if found.problems:
        raise LeafletsError(*found.problems)
    return found.pdfs[job.name]


def job_of(snapshot: Snapshot, sheet: Worksheet) -> Job:
    """Return what is to be drawn of a worksheet."""
    html, expected = paper(
        sheet,
        words(snapshot, sheet.language.code),
        snapshot.project.campaign.name,
        snapshot.today,
        FOLDER,
    )
    return Job(f"worksheet {sheet.version}", html, sheet.language, WORKSHEET, expected)


def phone_page(snapshot: Snapshot, sheet: Worksheet) -> str:
    """Return a worksheet as one HTML file for a phone."""
    return phone(sheet, words(snapshot, sheet.language.code), FOLDER)
