"""`leaflets check`: mistakes in everything people edit."""

import sys

import click

from generator.cli import names, show
from generator.problem import errors


@click.command("check")
@names.languages
@names.as_json
@click.pass_context
def command(context: click.Context, languages: tuple[str, ...], json_: bool) -> None:
    """Look for mistakes in the leaflets, the facts, the catalogues and the fonts, and say how to mend each.

    \b
    Example:
      leaflets check -l ur
    """
    from generator.base.clock import today
    from generator.overview.check import check

    with show.progress("Checking") as progress:
        found = check(names.project_of(context), today(), languages, progress)
    if json_:
        show.as_json({"problems": [problem.row() for problem in found]})
    else:
        show.problems(found)
        wrong = len(errors(found))
        show.note(f"{wrong} errors, {len(found) - wrong} warnings")
        show.next_step("mend the lines above, then leaflets check" if wrong else "leaflets build")
    sys.exit(1 if errors(found) else 0)
