"""Draw how a leaflet is printed and folded."""

import sys

import click

from generator.cli.options import completion_of, meant_code, project_of
from generator.cli.output import note_problems, progress_bar, write_next_step, write_result


@click.command("fold")
@click.argument("leaflet", shell_complete=completion_of("leaflet"))
@click.option(
    "-l",
    "--language",
    default="en",
    metavar="LANG",
    shell_complete=completion_of("language"),
    callback=meant_code,
    help="English if none is named.",
)
@click.option(
    "-s",
    "--sheet",
    required=True,
    metavar="SHEET",
    shell_complete=completion_of("sheet"),
    help="Such as trifold or a4-fold.",
)
@click.pass_context
def command(context: click.Context, leaflet: str, language: str, sheet: str) -> None:
    """Draw how LEAFLET comes out of the printer, and how it is folded.

    The picture shows both sides, page numbers, steps and the direction of reading. The edition is
    printed first if it is not there yet.

    \b
    Example:
      leaflets fold not-alone -l ar -s trifold
    """
    from generator.editions.build import build_editions
    from generator.editions.fold import write_fold_picture
    from generator.editions.plan import BuildRequest

    project = project_of(context)
    wanted = BuildRequest((leaflet,), (language,), (sheet,))
    with progress_bar("Printing") as progress:
        report = build_editions(project, wanted, 1, progress=progress)
    note_problems(report.problems)
    if not report.outcomes:
        sys.exit(1)
    path = write_fold_picture(project, report.outcomes[0].record)
    write_result(str(path))
    write_next_step(f"open {path}")
