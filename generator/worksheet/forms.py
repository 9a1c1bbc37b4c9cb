"""The forms in which a worksheet leaves the computer: paper, spreadsheet, table, and a page for a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.review.snapshot import Snapshot
from generator.worksheet.rows import Worksheet


@dataclass(frozen=True)
class Form:
    """How a worksheet is made, and what kind of file it is."""

    make: Callable[[Snapshot, Worksheet], bytes]
    kind: str


def _pdf(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    from generator.worksheet.paper import draw

    return draw(snapshot, sheet)


def _xlsx(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    from generator.worksheet.spreadsheet import xlsx

    return xlsx(sheet)


def _csv(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    from generator.worksheet.answers import csv_text

    return csv_text(sheet)


def _html(snapshot: Snapshot, sheet: Worksheet) -> bytes:
    from generator.worksheet.paper import phone_page

    return phone_page(snapshot, sheet).encode()


FORMS = {
    "pdf": Form(_pdf, "application/pdf"),
    "xlsx": Form(_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": Form(_csv, "text/csv"),
    "html": Form(_html, "text/html"),
}
"""By the end of the file's name."""
