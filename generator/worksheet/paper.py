"""Draw a paper worksheet as editions are: their fonts, no silent hole, every code read back."""

from __future__ import annotations

from contextlib import suppress

from generator.base.spaces import collapse_spaces
from generator.campaign.project import PAGE_DOMAINS
from generator.campaign.settings import read_words
from generator.campaign.shipped import shipped_templates
from generator.campaign.shipped_sheets import WORKSHEET_SHEET
from generator.editions.jobs import EditionJob
from generator.editions.render_papers import PaperLook, draw_papers
from generator.model import Message, State
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot
from generator.worksheet.page import SheetWord, paper_html, paper_style, phone_html
from generator.worksheet.rows import Worksheet

FOLDER = shipped_templates("worksheet")

# Wall clock for all pages of one language.
SECONDS = 300


def sheet_words(snapshot: Snapshot, language: str) -> dict[str, SheetWord]:
    """Return the sheets' own lines by name.

    English always, the reader's language where enough people signed it.
    """
    domain = PAGE_DOMAINS[0]
    # A campaign with a page of its own may lack a line that was added since.
    shipped = read_words(shipped_templates(domain) / "words.yaml")
    found = {
        _word_name(message): SheetWord("", message.msgid)
        for message in (*shipped, *snapshot.project.domain(domain))
    }
    if language == snapshot.project.campaign.source:
        return found  # once is enough
    with suppress(LeafletsError):  # a broken catalogue of the page's words costs no sheet
        found |= {
            _word_name(text.message): SheetWord(collapse_spaces(text.msgstr), text.message.msgid)
            for text in snapshot.texts(language, domain).values()
            if text.state is State.READY
        }
    return found


def _word_name(message: Message) -> str:
    return message.msgctxt.removeprefix("word.")


def worksheet_pdf(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    """Return the PDF of a worksheet; raise LeafletsError for whatever would fail an edition."""
    job = worksheet_job(snapshot, sheet)
    look = PaperLook(paper_style(sheet.language, FOLDER))
    found = draw_papers(snapshot.project, [job], look, SECONDS)
    if found.problems:
        raise LeafletsError(*found.problems)
    return found.pdfs[job.name]


def worksheet_job(snapshot: Snapshot, sheet: Worksheet) -> EditionJob:
    """Return what is to be drawn of a worksheet."""
    words, campaign = sheet_words(snapshot, sheet.language.code), snapshot.project.campaign
    html, expected = paper_html(sheet, words, campaign.name, snapshot.today, FOLDER)
    return EditionJob(f"worksheet {sheet.version}", html, sheet.language, WORKSHEET_SHEET, expected)


def worksheet_phone_page(snapshot: Snapshot, sheet: Worksheet) -> str:
    """Return a worksheet as one HTML file for a phone."""
    return phone_html(sheet, sheet_words(snapshot, sheet.language.code), FOLDER)
