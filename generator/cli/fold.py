"""`leaflets fold`: a picture of panels, order and direction, before anybody pays a printer."""

from __future__ import annotations

import sys

import click

from generator.cli import names, show


@click.command("fold")
@click.argument("leaflet", shell_complete=names.complete("leaflet"))
@click.option(
    "-l",
    "--language",
    default="en",
    metavar="LANG",
    shell_complete=names.complete("language"),
    callback=names.code_meant,
    help="English if none is named.",
)
@click.option(
    "-s",
    "--sheet",
    required=True,
    metavar="SHEET",
    shell_complete=names.complete("sheet"),
    help="Such as trifold or a4-fold.",
)
@click.pass_context
def command(context: click.Context, leaflet: str, language: str, sheet: str) -> None:
    """Draw how LEAFLET comes out of the printer and how it is folded: both sides, page numbers, steps, reading direction.

    The edition is printed first if it is not there yet.

    \b
    Example:
      leaflets fold not-alone -l ar -s trifold
    """
    from generator.editions.build import build
    from generator.editions.fold import fold
    from generator.editions.plan import Wish

    project = names.project_of(context)
    with show.progress("Printing") as progress:
        report = build(project, Wish((leaflet,), (language,), (sheet,)), 1, progress=progress)
    for problem in report.problems:
        show.note(problem.line())
    if not report.outcomes:
        sys.exit(1)
    path = fold(project, report.outcomes[0].record)
    show.result(str(path))
    show.next_step(f"open {path}")
