"""Write worksheets as XLSX and read them back; the only module that imports openpyxl.

A file that comes back was on somebody else's computer: it is measured before anything is unpacked,
and whatever is not a cell is refused.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any

from generator.model import Language
from generator.problem import refusal
from generator.worksheet.rows import Worksheet
from generator.worksheet.table import COLUMNS, TableCell, TableColumn, worksheet_table

# Rows down to the headings.
HEAD = 4
EPOCH = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:\w+ [^>]*>)[^<]*(?=<)")

# No time at all: the same sheet gives the same bytes.
DAY = datetime(1980, 1, 1)

# Height of a row of one line, and the most that Excel allows, in pt.
ROW, TALLEST = 18.0, 400.0

# Most files in a workbook, bytes of one, and bytes of all once unpacked.
PARTS, PART, WHOLE = 200, 20_000_000, 40_000_000
MOST_ROWS, WIDE = 5_000, 40

# Parts of a workbook that are no cells: links to files, programs, the network.
FOREIGN = re.compile(
    "externalLinks|embeddings|activeX|ctrlProps|connections|queryTables|vbaProject|macrosheets",
    re.IGNORECASE,
)

# What `zipfile` raises for a file that is damaged or locked.
DAMAGE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError),
    *(OSError, EOFError, ValueError),
)
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def worksheet_xlsx(sheet: Worksheet) -> bytes:
    """Return a worksheet as XLSX; the same sheet gives the same bytes."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = re.sub(r"[\[\]:*?/\\]", " ", sheet.language.english)[:31]
    for number, row in enumerate(worksheet_table(sheet), 1):
        for column, (place, text) in zip(COLUMNS, enumerate(row, 1), strict=False):
            cell = page.cell(number, place)
            cell.value, cell.data_type = text, "s"
            _dress(cell, column, sheet.language, number)
        page.row_dimensions[number].height = _height(row, sheet.language) if number > HEAD else ROW
    _arrange(page, sheet)
    data = BytesIO()
    book.properties.creator, book.properties.created = "", DAY
    book.save(data)
    return _repacked(data.getvalue())


def _dress(cell: Any, column: TableColumn, language: Language, row: int) -> None:
    """Give a cell its font, direction, lock and text format."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    head = row < HEAD
    own = column.script == "own" and row > HEAD
    right = own and language.direction == "rtl"
    size = 12 * language.size if own else 11
    cell.number_format, cell.quotePrefix = "@", bool(cell.value)
    cell.font = Font(
        name=language.face.family if own else "Noto Sans",
        size=size,
        bold=row == HEAD or column.script == "code",
    )
    cell.alignment = Alignment(
        wrap_text=row > 2, vertical="top", horizontal="general", readingOrder=2 if right else 1
    )
    cell.protection = Protection(locked=not _open(cell, column, row))
    if not head:
        line = Side(style="thin", color="999999")
        cell.border = Border(left=line, right=line, top=line, bottom=line)
    if _open(cell, column, row):
        cell.fill = PatternFill("solid", fgColor="FFF6D6")


def _height(row: list[str], language: Language) -> float:
    """Return the height of a row in pt, with one line to spare.

    Neither Excel nor LibreOffice measures wrapped text of a file it did not write.
    """
    heights = [2 * ROW]
    for text, column in zip(row, COLUMNS, strict=True):
        size, line = (language.size, language.line_height) if column.script == "own" else (1, 1.3)
        lines = sum(ceil(len(part) * size / column.width) or 1 for part in text.split("\n")) + 1
        heights.append(lines * 12 * size * line)
    return min(max(heights), TALLEST)


def _open(cell: Any, column: TableColumn, row: int) -> bool:
    """Tell whether a reader may write into a cell: an answer, or the code above them."""
    return (column.open and row > HEAD) or (row == 2 and cell.column == 2)


def _arrange(page: Any, sheet: Worksheet) -> None:
    """Set direction, widths, frozen headings, lists to choose from, protection and print layout."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    last = HEAD + len(sheet.rows)
    page.sheet_view.rightToLeft = sheet.language.direction == "rtl"
    page.freeze_panes = f"A{HEAD + 1}"
    page.merge_cells(start_row=HEAD - 1, end_row=HEAD - 1, start_column=3, end_column=len(COLUMNS))
    page.row_dimensions[HEAD - 1].height = 2 * ROW
    for place, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        if column.choices:
            choice = DataValidation(
                "list",
                formula1=f'"{",".join(column.choices)}"',
                allow_blank=True,
                showErrorMessage=True,
            )
            choice.error = f"Choose {' or '.join(column.choices)}, or leave it empty."
            choice.add(f"{letter}{HEAD + 1}:{letter}{last}")
            page.add_data_validation(choice)
    page.protection.sheet = True  # no password: it keeps fingers off, not people out
    page.protection.formatColumns = page.protection.formatRows = page.protection.formatCells = False
    page.print_title_rows = f"{HEAD}:{HEAD}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _repacked(data: bytes) -> bytes:
    """Return a workbook without the times of its making."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name, EPOCH), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def workbook_cells(data: bytes) -> list[list[TableCell]]:
    """Return the cells of the first sheet of a workbook.

    Raise LeafletsError for one that is damaged, huge, or holds more than cells.
    """
    import openpyxl

    _refuse_hostile(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that are not ours
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
            page = book.worksheets[0]
            if (page.max_row or 0) > MOST_ROWS:
                page.reset_dimensions()  # what the file says of its size may be a lie
            rows = [
                [_cell(cell) for cell in row]
                for row in page.iter_rows(max_row=MOST_ROWS, max_col=WIDE)
            ]
            book.close()
    # Whatever openpyxl meets in a foreign file, the file is refused in words.
    except Exception as error:  # noqa: BLE001
        hint = "open it in LibreOffice or Excel, save it again as .xlsx, then try again"
        raise refusal(
            "sheet-file", f"the workbook cannot be read ({type(error).__name__})", hint=hint
        ) from None
    return rows


def _cell(cell: Any) -> TableCell:
    value = getattr(cell, "value", None)
    return TableCell(
        "" if value is None else str(value), getattr(cell, "data_type", "s") in ("f", "e")
    )


def _refuse_hostile(data: bytes) -> None:
    """Raise LeafletsError for a zip bomb, parts that reach out of the file, and XML with entities.

    That is before openpyxl sees any of it.
    """
    hint = "copy the answers into a fresh worksheet: leaflets worksheet LANG --xlsx"
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            parts = book.infolist()
            sizes = [part.file_size for part in parts]
            if len(parts) > PARTS or max(sizes, default=0) > PART or sum(sizes) > WHOLE:
                what = f"the workbook unpacks to {sum(sizes):,} bytes"
                raise refusal("sheet-bomb", what, hint=hint)
            names = [part.filename for part in parts]
            if "xl/workbook.xml" not in names:
                hint = "save it as Excel 2007-365 (.xlsx) or as CSV"
                raise refusal("sheet-file", "this is no .xlsx workbook", hint=hint)
            if odd := [name for name in names if FOREIGN.search(name)]:
                what = f"the workbook holds more than cells: {odd[0][:80]}"
                raise refusal("sheet-foreign", what, hint=hint)
            for part in parts:
                name, text = part.filename, book.read(part).replace(b"\0", b"")
                if name.endswith((".xml", ".rels")) and ENTITY.search(text):
                    what = f"the workbook defines entities in {name[:80]}"
                    raise refusal("sheet-foreign", what, hint=hint)
    except DAMAGE as error:
        what = f"the workbook is damaged ({type(error).__name__})"
        raise refusal("sheet-file", what, hint=hint) from None
