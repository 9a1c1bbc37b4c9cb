"""The forms in which a worksheet leaves the computer: paper, spreadsheet, table, phone page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.review.snapshot import Snapshot
from generator.worksheet.answers import worksheet_csv
from generator.worksheet.paper import worksheet_pdf, worksheet_phone_page
from generator.worksheet.rows import Worksheet
from generator.worksheet.spreadsheet import worksheet_xlsx


@dataclass(frozen=True)
class WorksheetFormat:
    """How a worksheet is made, and what kind of file it is."""

    make: Callable[[Snapshot, Worksheet], bytes]
    kind: str


# By the end of the file's name.
WORKSHEET_FORMATS = {
    "pdf": WorksheetFormat(worksheet_pdf, "application/pdf"),
    "xlsx": WorksheetFormat(
        lambda _, sheet: worksheet_xlsx(sheet),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": WorksheetFormat(lambda _, sheet: worksheet_csv(sheet), "text/csv"),
    "html": WorksheetFormat(
        lambda snapshot, sheet: worksheet_phone_page(snapshot, sheet).encode(), "text/html"
    ),
}
