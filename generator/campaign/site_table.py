"""Read a table of many sites (CSV), and turn each row into the text of a site's file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.base.files import read_text
from generator.base.names import SLUG, nearest_name
from generator.campaign.facts import DIALLED_FORM, international_number
from generator.model import Fact
from generator.problem import LeafletsError, Problem

SITE_COLUMNS = (
    *("code", "leaflets", "languages", "sheets", "spare", "printer", "wanted", "source"),
    "verified",
)

# Before the name of a fact in the head of a column.
FACT_PREFIX = "fact:"
LIST_COLUMNS = ("leaflets", "sheets", "wanted")
COLUMNS_HINT = (
    "columns: code, leaflets, languages (en=12 ar=30), sheets, spare, printer, wanted, "
    "fact:NAME, source, verified"
)


@dataclass(frozen=True)
class DraftedSite:
    """One row: the site's code, the text of its file, and where the row stands."""

    code: str
    text: str
    where: str


def read_site_table(path: Path, facts: Mapping[str, Fact]) -> list[DraftedSite]:
    """Return the sites of a CSV file, comma or semicolon, in order; `facts` are the campaign's.

    Raises LeafletsError with the row for an unknown column, for a code that stands there twice,
    and for a cell that no site can have.
    """
    rows = _numbered_rows(path, read_text(path).splitlines())
    head = [cell.strip() for cell in next(rows)[1]]
    _refuse_columns(head, facts, f"{path}:1")
    found: dict[str, DraftedSite] = {}
    for where, row in rows:
        if any(cell.strip() for cell in row[len(head) :]):
            # Languages with commas between them would be lost there.
            hint = (
                "part languages and leaflets by spaces, such as en=12 ar=30; "
                "a cell with a comma in it needs quotation marks"
            )
            raise _wrong("this row has more cells than the first line has names", where, hint)
        cells = {name: cell.strip() for name, cell in zip(head, row, strict=False) if cell.strip()}
        if not cells:
            continue
        code = cells.get("code", "")
        hint = "small letters, digits and hyphens, such as oak-7; not the name of the place"
        if code in found:
            raise _wrong("this code stands in the table twice", where, hint)
        if not SLUG.fullmatch(code):
            raise _wrong("no code, or one that cannot name a site", where, hint)
        found[code] = DraftedSite(code, _site_text(cells, facts, where), where)
    return list(found.values())


def _wrong(what: str, where: str, hint: str) -> LeafletsError:
    return LeafletsError(Problem("site-table", what, where, hint))


def _numbered_rows(path: Path, lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield where each row ends, and its cells."""
    reader = csv.reader(lines, delimiter=";" if lines[0].count(";") > lines[0].count(",") else ",")
    try:
        for row in reader:
            yield f"{path}:{reader.line_num}", row
    except csv.Error as error:
        hint = "look for a quotation mark that is not closed; or save the table as CSV once more"
        where = f"{path}:{reader.line_num}"
        raise _wrong(f"this is no table: {error}", where, hint) from None


def _refuse_columns(head: list[str], facts: Mapping[str, Fact], where: str) -> None:
    for name in head:
        fact = name.removeprefix(FACT_PREFIX)
        if fact == name and name not in SITE_COLUMNS:
            raise _wrong(f"no column {name!r}", where, COLUMNS_HINT)
        if fact != name and fact not in facts:
            hint = nearest_name(fact, facts)
            raise _wrong(f"no fact {fact!r} in leaflets/facts.yaml", where, hint)
    if len(set(head)) < len(head) or "code" not in head:
        what = "the first line must name each column once, `code` among them"
        raise _wrong(what, where, COLUMNS_HINT)


def _site_text(cells: Mapping[str, str], facts: Mapping[str, Fact], where: str) -> str:
    """Return a row as YAML, every value as text."""
    site: dict[str, object] = {name: _parted(cells[name]) for name in LIST_COLUMNS if name in cells}
    if "languages" in cells:
        site["languages"] = dict(_copies(cells["languages"], where))
    site |= {name: cells[name] for name in ("spare", "printer") if name in cells}
    shown = {name: cells[name] for name in ("source", "verified") if name in cells}
    own = {
        name: _fact_values(facts[name], cell) | shown
        for column, cell in cells.items()
        if (name := column.removeprefix(FACT_PREFIX)) != column
    }
    if own and "source" not in shown:
        raise _wrong("facts without 'source'", where, "fill the column `source`")
    return yaml.safe_dump(
        site | ({"facts": own} if own else {}), allow_unicode=True, sort_keys=False, width=1000
    )


def _fact_values(shared: Fact, cell: str) -> dict[str, str]:
    if shared.kind != "phone":
        return {"kind": shared.kind, "value": cell}
    value = international_number(cell) if DIALLED_FORM.fullmatch(cell) else cell
    return {"kind": "phone", "value": value, "display": cell}


def _copies(cell: str, where: str) -> Iterator[tuple[str, str]]:
    for part in _parted(cell):
        code, equals, copies = part.partition("=")
        if not (code and equals and copies):
            hint = "write them like en=12 ar=30"
            raise _wrong(f"{part!r} is no language with copies", where, hint)
        yield code, copies


def _parted(cell: str) -> list[str]:
    return cell.replace(",", " ").split()
