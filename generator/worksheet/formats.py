"""The forms in which a worksheet leaves the computer: paper, spreadsheet, table, and a page for a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.review.snapshot import Snapshot
from generator.worksheet.rows import Worksheet


@dataclass(frozen=True)
class WorksheetFormat:
    """How a worksheet is made, and what kind of file it is."""

    make: Callable[[Snapshot, Worksheet], bytes]
    kind: str


def _pdf(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    from generator.worksheet.paper import worksheet_pdf

    return worksheet_pdf(snapshot, sheet)


def _xlsx(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    from generator.worksheet.spreadsheet import worksheet_xlsx

    return worksheet_xlsx(sheet)


def _csv(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    from generator.worksheet.answers import worksheet_csv

    return worksheet_csv(sheet)


def _html(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    from generator.worksheet.paper import worksheet_phone_page

    return worksheet_phone_page(snapshot, sheet).encode()


WORKSHEET_FORMATS = {
    "pdf": WorksheetFormat(_pdf, "application/pdf"),
    "xlsx": WorksheetFormat(
        _xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "csv": WorksheetFormat(_csv, "text/csv"),
    "html": WorksheetFormat(_html, "text/html"),
}
"""By the end of the file's name."""
