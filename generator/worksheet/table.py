"""A worksheet as a table of cells, for spreadsheets.

Every formula is made harmless on the way out; what is doubtful on the way back is named by its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.model import Risk
from generator.problem import refusal
from generator.worksheet.rows import (
    CROSS,
    TICK,
    AnswerMark,
    FilledWorksheet,
    SheetAnswer,
    Worksheet,
    WorksheetRow,
    read_mark,
    read_yes,
)

# First characters that make a program take a text for a formula (OWASP, CSV injection).
#
# Full-width ones too.
FORMULA = "=+-@\t\r＝＋－＠"

# Those among them that no reason written by a person begins with.
FORMULA_ONLY = "=@＝＠"

# Characters that no cell of a workbook can hold (XML 1.0, 2.2).
_NO_CELL_HOLDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# Rows above the headings that are looked at.
HEAD_ROWS = 20


class TableCell(NamedTuple):
    """What stands in a cell; `formula` if the program would compute it."""

    text: str
    formula: bool = False


@dataclass(frozen=True)
class TableColumn:
    """One column: heading, width and script of its letters, and whether a reader writes there."""

    name: str
    width: int
    script: Literal["code", "english", "own"] = "english"
    open: bool = False
    choices: tuple[str, ...] = ()


# Holds the digest of a row, by which the program knows the words that the reader saw.
FINGERPRINT = "Fingerprint"
COLUMNS = (
    TableColumn("Code", 13, "code"),
    TableColumn("Leaflet", 16),
    TableColumn("English", 42),
    TableColumn("Translation", 42, "own"),
    TableColumn("Look at", 36),
    TableColumn("Answer", 9, "code", True, (TICK, CROSS)),
    TableColumn("New text", 42, "own", True),
    TableColumn("Reason", 28, "own", True),
    TableColumn("Compared", 11, "code", True, (TICK,)),
    TableColumn(FINGERPRINT, 36, "code"),
)

# Labels of the cells above the headings.
VERSION, READER = "Worksheet", "Reader's code"
HOW = (
    f"Answer: {TICK} if the translation says the same as the English and sounds right, "
    f"{CROSS} if not. "
    "Better words go into New text, what is wrong (or why what Look at doubts is right) into "
    "Reason. "
    f"Compared: {TICK} if you answered every question in Look at with yes. "
    "Everybody can read what you write, with your code: no names, no numbers."
)


def worksheet_table(sheet: Worksheet) -> list[list[str]]:
    """Return a worksheet as rows of cells.

    Its version, the place for the reader's code, how to fill it in, headings, sentences.
    """
    language = sheet.language
    return [
        [VERSION, sheet.version, f"{language.english} · {language.endonym}"],
        [READER, sheet.who, "Write the code that you were given, never your name."],
        ["", "", HOW],
        [column.name for column in COLUMNS],
        *(
            [
                row.code,
                f"{row.domain} / {row.msgctxt}",
                in_cell(row.msgid),
                in_cell(row.msgstr),
                in_cell(look_at(row)),
                *("", "", "", ""),
                row.digest,
            ]
            for row in sheet.rows
        ),
    ]


def look_at(row: WorksheetRow) -> str:
    """Return what a reader must know about a row besides its two texts, one thing a line."""
    lines = [row.note] if row.note else []
    lines += [f"A wrong word can hurt somebody ({row.risk})."] if row.risk is not Risk.PLAIN else []
    lines += [f"The English was: {row.old}"] if row.old else []
    lines += [f"Wrong: {what}. Write a new text." for what in row.errors]
    lines += [
        f"Odd: {what}. If it is right all the same, write the reason." for what in row.warnings
    ]
    lines += [
        f"Question: {what}. Does the translation say this too? Answer in Compared."
        for what in row.questions
    ]
    return "\n".join(lines)


def in_cell(text: str) -> str:
    r"""Return a text with a mark in the place of every character that no cell can hold.

    >>> in_cell("Free\x01")
    'Free\ufffd'
    """
    return _NO_CELL_HOLDS.sub("\ufffd", text)


def neutralise(text: str) -> str:
    """Return a text that no program takes for a formula; `without_apostrophe` is the way back.

    >>> neutralise("=1+1"), neutralise("'t"), neutralise("Free")
    ("'=1+1", "''t", 'Free')
    """
    return f"'{text}" if text[:1] in (*FORMULA, "'") else text


def without_apostrophe(text: str) -> str:
    """Return a text without the apostrophe of `neutralise`.

    >>> without_apostrophe("'=1+1"), without_apostrophe("''t"), without_apostrophe("'t")
    ('=1+1', "'t", "'t")
    """
    return text[1:] if text[:1] == "'" and text[1:2] in (*FORMULA, "'") else text


def table_answers(rows: Sequence[Sequence[TableCell]]) -> FilledWorksheet:
    """Return what was filled into a table; columns may have moved.

    Raise LeafletsError if it is no worksheet of ours.
    """
    for number, row in enumerate(rows[:HEAD_ROWS], 1):
        # Of two columns with the same heading the first counts.
        places = {
            cell.text.strip().partition("\n")[0].casefold(): place
            for place, cell in reversed(list(enumerate(row)))
        }
        columns = {
            column.name: places[column.name.casefold()]
            for column in COLUMNS
            if column.name.casefold() in places
        }
        if {"Code", "Answer", "New text"} <= columns.keys():
            above, below = rows[: number - 1], rows[number:]
            answers = tuple(_row_answers(below, columns, number + 1))
            return FilledWorksheet(_label(above, VERSION), _label(above, READER), answers)
    hint = (
        "the row with Code, Answer, New text must stay; take a new one: "
        "leaflets worksheet LANG --xlsx"
    )
    raise refusal("sheet-file", "this is no worksheet: the headings are missing", hint=hint)


def _label(rows: Sequence[Sequence[TableCell]], label: str) -> str:
    """Return what stands beside a label above the headings."""
    for row in rows:
        if len(row) > 1 and row[0].text.strip().casefold() == label.casefold():
            return row[1].text.strip()
    return ""


def _row_answers(
    rows: Sequence[Sequence[TableCell]], columns: Mapping[str, int], first: int
) -> Iterator[SheetAnswer]:
    for number, row in enumerate(rows, first):
        cells = {
            name: row[place] if place < len(row) else TableCell("")
            for name, place in columns.items()
        }
        if any(cell.text.strip() for cell in cells.values()):
            yield _cell_answer(cells, f"row {number}")


def _cell_answer(cells: Mapping[str, TableCell], place: str) -> SheetAnswer:
    texts = {name: cell.text.strip() for name, cell in cells.items()}
    words = {name: without_apostrophe(text) for name, text in texts.items()}
    mark = read_mark(texts["Answer"])
    known = {"English", "Translation"} <= words.keys()
    return SheetAnswer(
        texts["Code"],
        mark or AnswerMark.NONE,
        words["New text"],
        words.get("Reason", ""),
        read_yes(texts.get("Compared", "")),
        place,
        texts.get(FINGERPRINT, ""),
        (words["English"], words["Translation"]) if known else None,
        _fault(cells, words, mark),
    )


def _fault(
    cells: Mapping[str, TableCell], words: Mapping[str, str], mark: AnswerMark | None
) -> str:
    """Return what is wrong with the cells of a row, "" if nothing is."""
    new, english, why = (words.get(name, "")[:1] for name in ("New text", "English", "Reason"))
    if found := [name for name, cell in cells.items() if cell.formula]:
        return f"a formula stands in the column {found[0]!r}"
    if mark is None:
        typed = cells["Answer"].text.strip()[:20]
        return f"nobody can tell what {typed!r} in the column 'Answer' means: {TICK} or {CROSS}"
    if new in tuple(FORMULA) and new != english:
        return f"the new text begins with {new!r}, like a formula"
    if why in tuple(FORMULA_ONLY):
        return f"the reason begins with {why!r}, like a formula"
    return ""
