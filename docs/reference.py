"""Write the pages that are made from the program, commands and tables: `make reference`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import click

from generator.campaign.printers import SHIPPED_PRINTERS
from generator.campaign.project import Project
from generator.campaign.sheets import Sheet
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.checks import Check, all_checks
from generator.cli import group
from generator.model import Language

ROOT = Path(__file__).resolve().parent.parent
MADE = "<!-- Made by `make reference`; what you write here is lost. -->"
WIDTH = 80
"""Letters in a line of help, whatever the terminal has."""
COMMANDS = """# All commands

Each command explains itself: `leaflets COMMAND --help` shows what stands here.
`leaflets -C FOLDER COMMAND` works on the campaign in another folder.

A command ends with 0 if all is well, with 1 if something is wrong or withheld,
with 2 if it was called wrongly, and with 130 if you stopped it.
After a stop run the same command again: it goes on from what was finished.
"""
TABLES = """# Tables

What the program knows, made from its own data: the [sheets](#sheets), the [printers](#printers),
the [languages](#languages) and the [checks](#checks).
"""
SAYS = {"error": "stops", "warning": "warns"}
ON = {"source": "English", "translation": "translation", "both": "both"}


def commands() -> str:
    """Return the page of all commands: the help of each, in the order of the work."""
    top = click.Context(group, info_name="leaflets", terminal_width=WIDTH, **group.context_settings)
    parts = [part for context in below(top) for part in described(context)]
    return "\n".join([MADE, "", COMMANDS, *parts])


def below(context: click.Context) -> Iterator[click.Context]:
    """Yield the commands of a group and those below them, without the group itself."""
    command = context.command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found, name
            inner = click.Context(found, parent=context, info_name=name, terminal_width=WIDTH)
            yield inner
            yield from below(inner)


def described(context: click.Context) -> list[str]:
    """Return the lines of one command: its name as a heading, and its help."""
    level = "#" * context.command_path.count(" ")
    return [f"#{level} {context.command_path}", "", "```text", context.get_help(), "```", ""]


def tables() -> str:
    """Return the page of tables."""
    parts = (heading(name, about, make()) for name, (about, make) in PARTS.items())
    return "\n".join([MADE, "", TABLES, *parts])


def heading(name: str, about: str, rows: Iterable[str]) -> str:
    """Return a part of the page of tables."""
    return "\n".join([f"## {name}", "", about, "", *rows, ""])


def table(*rows: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a table; the first row is its head."""
    for number, row in enumerate(rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        if not number:
            yield "| " + " | ".join("---" for _ in row) + " |"


def sheets() -> Iterator[str]:
    """Yield the table of sheets."""
    head = ("sheet", "what it is", "page in mm", "pages", "type in pt")
    return table(head, *(sheet_row(sheet) for sheet in SHIPPED_SHEETS.values()))


def sheet_row(sheet: Sheet) -> tuple[str, ...]:
    """Return the row of a sheet: a booklet or a leaf has pages up to a number."""
    sizes = dict.fromkeys(f"{size:g}" for size in (min(sheet.sizes), max(sheet.sizes)))
    most = "1" if sheet.pages == 1 else f"up to {sheet.pages}"
    size = f"{sheet.width:g} × {sheet.height:g}"
    return f"`{sheet.name}`", sheet.about, size, most, "–".join(sizes)


def printers() -> Iterator[str]:
    """Yield the table of printers."""
    head = ("printer", "who has it", "no ink at the edge", "bleed", "a file for each ink")
    rows = (
        (f"`{one.name}`", one.about, mm(one.clear), mm(one.bleed), ", ".join(one.inks))
        for one in SHIPPED_PRINTERS.values()
    )
    return table(head, *rows)


def mm(length: float) -> str:
    """Return a length with its unit, or nothing for none."""
    return f"{length:g} mm" if length else ""


def languages() -> Iterator[str]:
    """Yield the table of languages, by their English name."""
    project = Project(ROOT)
    head = ("code", "language", "its own name", "written from", "comes with the program")
    rows = sorted(project.languages.values(), key=lambda one: one.english)
    return table(head, *(language_row(one, project.campaign.languages) for one in rows))


def language_row(one: Language, shipped: Collection[str]) -> tuple[str, ...]:
    """Return the row of a language."""
    comes = "yes" if one.code in shipped else ""
    return f"`{one.code}`", one.english, one.endonym, side(one.direction), comes


def side(direction: str) -> str:
    """Return where a line begins."""
    return "the right" if direction == "rtl" else "the left"


def checks() -> Iterator[str]:
    """Yield the table of checks."""
    head = ("check", "looks at", "what it does", "why")
    rows = ((f"`{one.id}`", ON[one.on], weight(one), one.why) for one in all_checks())
    return table(head, *rows)


def weight(one: Check) -> str:
    """Return whether a check asks the reader, warns, or stops a sentence."""
    if one.asks:
        return "asks the reader"
    plain, risky = SAYS[one.severity], SAYS[one.risky or one.severity]
    return plain if plain == risky else f"{plain}; {risky} where it can hurt"


PARTS: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "Sheets": ("`leaflets build not-alone -s a4` prints a leaflet on one of them.", sheets),
    "Printers": ("`leaflets build --printer shop` makes the files for one of them.", printers),
    "Languages": ("`leaflets add language ru` adds one of them to a campaign.", languages),
    "Checks": (
        "`leaflets check` looks with them, and so does every page on which people sign. "
        "What *stops* nobody can sign; what *warns* is signed with a reason.",
        checks,
    ),
}
"""The parts of the page of tables: what stands above each, and what makes its rows."""
PAGES: dict[str, Callable[[], str]] = {"commands.md": commands, "tables.md": tables}
"""The pages, by their file below docs/, and what makes each."""


def main() -> None:
    """Write the pages."""
    for name, make in PAGES.items():
        (ROOT / "docs" / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
