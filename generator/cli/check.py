"""`leaflets check`: mistakes in everything people edit."""

import sys

import click

from generator.cli import names, show
from generator.problem import errors_among


@click.command("check")
@names.languages_option
@names.json_option
@click.pass_context
def command(context: click.Context, languages: tuple[str, ...], json_: bool) -> None:
    """Look for mistakes in the leaflets, the facts, the catalogues and the fonts, and say how to mend each.

    \b
    Example:
      leaflets check -l ur
    """
    from generator.base.clock import today
    from generator.overview.check import check_campaign

    with show.progress_bar("Checking") as progress:
        found = check_campaign(names.project_of(context), today(), languages, progress)
    if json_:
        show.write_json({"problems": [problem.row() for problem in found]})
    else:
        show.write_problems(found)
        wrong = len(errors_among(found))
        show.write_note(f"{wrong} errors, {len(found) - wrong} warnings")
        show.write_next_step(
            "mend the lines above, then leaflets check" if wrong else "leaflets build"
        )
    sys.exit(1 if errors_among(found) else 0)
