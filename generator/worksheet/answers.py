"""Read a worksheet that came back: spreadsheet, CSV, or what the page for a phone sends."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator.base.files import read_bytes
from generator.problem import LeafletsError, refusal
from generator.worksheet import spreadsheet
from generator.worksheet.rows import (
    ANSWERS_KIND,
    FilledWorksheet,
    SheetAnswer,
    Worksheet,
    read_mark,
)
from generator.worksheet.table import TableCell, neutralise, table_answers, worksheet_table

# Bytes of a file that is looked at; a worksheet of 400 sentences has 200,000.
_LIMIT = 5_000_000
UTF8_MARK = "\ufeff"

# First bytes of files that people send by mistake.
NOT_OURS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)", "save it as .xlsx"),
    (b"%PDF", "a PDF", "type the answers from paper: leaflets enter"),
    (
        b"<",
        "a web page",
        "open it on the phone, answer, press Save, and enter the file that it gives",
    ),
    (b"\x89PNG", "a picture", "type the answers from paper: leaflets enter"),
    (b"\xff\xd8", "a picture", "type the answers from paper: leaflets enter"),
)


def worksheet_csv(sheet: Worksheet) -> bytes:
    """Return a worksheet as CSV in UTF-8, with the byte order mark that Excel needs."""
    text = io.StringIO()
    csv.writer(text).writerows([neutralise(cell) for cell in row] for row in worksheet_table(sheet))
    return (UTF8_MARK + text.getvalue()).encode()


def read_answers(path: Path) -> FilledWorksheet:
    """Return the answers in a file; raise LeafletsError that says what it is, if none of ours."""
    data = read_bytes(path, _LIMIT)
    try:
        return parse_answers(data)
    except LeafletsError as error:
        raise LeafletsError(
            *(problem.at(where=problem.where or str(path)) for problem in error.problems)
        ) from None


def parse_answers(data: bytes) -> FilledWorksheet:
    """Return the answers in the bytes of a file, known by what they are and not by its name."""
    if data[:2] == b"PK":
        return table_answers(spreadsheet.workbook_cells(data))
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    for first, what, hint in NOT_OURS:
        # Whoever sent the wrong file by mistake is told what it is.
        if start.startswith(first):
            raise refusal("sheet-file", f"this is {what}", hint=hint)
    text = _decoded(data)
    is_phone = text.lstrip().startswith("{")
    return _phone_answers(text) if is_phone else table_answers(_csv_cells(text))


def _decoded(data: bytes) -> str:
    """Return text in UTF-8, or in the UTF-16 of Excel's “Unicode Text”.

    Any other encoding would be a guess at letters.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        what = "the letters are in an encoding of one country alone"
        raise refusal("sheet-file", what, hint="save it as “CSV UTF-8”, or as .xlsx") from None


def _csv_cells(text: str) -> list[list[TableCell]]:
    """Return the cells of a CSV file.

    Programs of some countries put `;` or a tab where others put a comma: what gives most columns
    is right.
    """
    text = text.removeprefix(UTF8_MARK)
    if text[:4].casefold() == "sep=":
        text = text.partition("\n")[2]
    found: list[list[list[str]]] = []
    for comma in ",;\t":
        with suppress(csv.Error):
            found.append(list(csv.reader(io.StringIO(text, newline=""), delimiter=comma)))
    if not found:
        hint = "save the worksheet as .xlsx or CSV, and enter that file"
        raise refusal("sheet-file", "this is no table", hint=hint)
    rows = max(found, key=lambda rows: max((len(row) for row in rows[:20]), default=0))
    return [[TableCell(cell) for cell in row] for row in rows[: spreadsheet.MOST_ROWS]]


def _phone_answers(text: str) -> FilledWorksheet:
    try:
        found = json.loads(text)
        rows = found["rows"]
        if found["kind"] != ANSWERS_KIND or len(rows) > spreadsheet.MOST_ROWS:
            raise ValueError(found["kind"])
        answers = tuple(_phone_answer(row, place) for place, row in enumerate(rows, 1))
        return FilledWorksheet(_text(found, "version"), _text(found, "reader"), answers)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        what = "this is not what the page for a phone saves, or a part of it is missing"
        hint = (
            "open the sheet on the phone again and press Save; send the whole file or the whole "
            "text"
        )
        raise refusal("sheet-file", what, hint=hint) from None


def _phone_answer(row: Mapping[str, Any], place: int) -> SheetAnswer:
    mark, compared = read_mark(_text(row, "answer")), row.get("compared", False)
    if mark is None or not isinstance(compared, bool):
        raise ValueError(place)
    code, text, reason = (_text(row, name) for name in ("code", "text", "reason"))
    half = (text, reason) != (row["text"], row["reason"])
    return SheetAnswer(
        code,
        mark,
        text,
        reason,
        compared,
        f"sentence {place}",
        _text(row, "digest") if "digest" in row else "",  # pages made before have none
        fault="half of a sign was cut off" if half else "",
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    """Return a text of a row in which nothing is half.

    A phone that cuts an emoji sends one half of its code, which no file can hold.
    """
    value = row[name]
    if not isinstance(value, str):
        raise ValueError(name)
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
