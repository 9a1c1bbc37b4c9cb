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
    "code",
    "leaflets",
    "languages",
    "sheets",
    "spare",
    "printer",
    "wanted",
    "source",
    "verified",
)
FACT_PREFIX = "fact:"
"""Before the name of a fact in the head of a column."""
LIST_COLUMNS = ("leaflets", "sheets", "wanted")
COLUMNS_HINT = "columns: code, leaflets, languages (en=12 ar=30), sheets, spare, printer, wanted, fact:NAME, source, verified"


@dataclass(frozen=True)
class DraftedSite:
    """One row: the site's code, the text of its file, and where the row stands."""

    code: str
    text: str
    where: str


def read_site_table(path: Path, facts: Mapping[str, Fact]) -> list[DraftedSite]:
    """Return the sites of a CSV file, comma or semicolon, in order; `facts` are the campaign's.

    Raises LeafletsError with the row for an unknown column, a code twice, a cell that no site can have.
    """
    lines = read_text(path).splitlines()
    rows = _rows(path, lines)
    head = [cell.strip() for cell in next(rows)[1]]
    _refuse_columns(head, facts, f"{path}:1")
    found: dict[str, DraftedSite] = {}
    for where, row in rows:
        _refuse_more(row[len(head) :], where)
        cells = {name: cell.strip() for name, cell in zip(head, row, strict=False) if cell.strip()}
        if not cells:
            continue
        code = cells.get("code", "")
        if not SLUG.fullmatch(code) or code in found:
            what = (
                "this code stands in the table twice"
                if code in found
                else "no code, or one that cannot name a site"
            )
            raise LeafletsError(
                Problem(
                    "site-table",
                    what,
                    where,
                    "small letters, digits and hyphens, such as oak-7; not the name of the place",
                )
            )
        found[code] = DraftedSite(code, _text(cells, facts, where), where)
    return list(found.values())


def _rows(path: Path, lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield where each row ends, and its cells."""
    reader = csv.reader(lines, delimiter=";" if lines[0].count(";") > lines[0].count(",") else ",")
    try:
        for row in reader:
            yield f"{path}:{reader.line_num}", row
    except csv.Error as error:
        hint = "look for a quotation mark that is not closed; or save the table as CSV once more"
        raise LeafletsError(
            Problem("site-table", f"this is no table: {error}", f"{path}:{reader.line_num}", hint)
        ) from None


def _refuse_more(cells: list[str], where: str) -> None:
    """Raise LeafletsError for what stands under no heading: languages with commas between them would be lost there."""
    if any(cell.strip() for cell in cells):
        hint = "part languages and leaflets by spaces, such as en=12 ar=30; a cell with a comma in it needs quotation marks"
        raise LeafletsError(
            Problem(
                "site-table", "this row has more cells than the first line has names", where, hint
            )
        )


def _refuse_columns(head: list[str], facts: Mapping[str, Fact], where: str) -> None:
    for name in head:
        fact = name.removeprefix(FACT_PREFIX)
        if name.startswith(FACT_PREFIX) and fact not in facts:
            raise LeafletsError(
                Problem(
                    "site-table",
                    f"no fact {fact!r} in leaflets/facts.yaml",
                    where,
                    nearest_name(fact, facts),
                )
            )
        if not name.startswith(FACT_PREFIX) and name not in SITE_COLUMNS:
            raise LeafletsError(Problem("site-table", f"no column {name!r}", where, COLUMNS_HINT))
    if len(set(head)) < len(head) or "code" not in head:
        raise LeafletsError(
            Problem(
                "site-table",
                "the first line must name each column once, `code` among them",
                where,
                COLUMNS_HINT,
            )
        )


def _text(cells: Mapping[str, str], facts: Mapping[str, Fact], where: str) -> str:
    """Return a row as YAML, every value as text."""
    site: dict[str, object] = {
        name: cells[name].replace(",", " ").split() for name in LIST_COLUMNS if name in cells
    }
    if "languages" in cells:
        site["languages"] = dict(_copies(cells["languages"], where))
    site |= {name: cells[name] for name in ("spare", "printer") if name in cells}
    own = {
        name.removeprefix(FACT_PREFIX): cell
        for name, cell in cells.items()
        if name.startswith(FACT_PREFIX)
    }
    if own:
        if "source" not in cells:
            raise LeafletsError(
                Problem("site-table", "facts without 'source'", where, "fill the column `source`")
            )
        shown = {name: cells[name] for name in ("source", "verified") if name in cells}
        site["facts"] = {name: _fact(facts[name], cell) | shown for name, cell in own.items()}
    return yaml.safe_dump(site, allow_unicode=True, sort_keys=False, width=1000)


def _fact(shared: Fact, cell: str) -> dict[str, str]:
    if shared.kind == "phone":
        return {
            "kind": "phone",
            "value": international_number(cell) if DIALLED_FORM.fullmatch(cell) else cell,
            "display": cell,
        }
    return {"kind": shared.kind, "value": cell}


def _copies(cell: str, where: str) -> Iterator[tuple[str, str]]:
    for part in cell.replace(",", " ").split():
        code, equals, copies = part.partition("=")
        if not (code and equals and copies):
            raise LeafletsError(
                Problem(
                    "site-table",
                    f"{part!r} is no language with copies",
                    where,
                    "write them like en=12 ar=30",
                )
            )
        yield code, copies
