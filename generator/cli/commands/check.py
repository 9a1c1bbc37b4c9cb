"""Look for mistakes in everything people edit."""

import sys

import click

from generator.base.words import count_words
from generator.cli.options import json_option, languages_option, project_of
from generator.cli.output import (
    problem_objects,
    progress_bar,
    write_json,
    write_next_step,
    write_note,
    write_problems,
)
from generator.problem import errors_among


@click.command("check")
@languages_option
@json_option
@click.pass_context
def command(context: click.Context, languages: tuple[str, ...], json_: bool) -> None:
    """Look for mistakes in leaflets, facts, catalogues and fonts, and say how to correct each.

    \b
    Example:
      leaflets check -l ur
    """
    from generator.base.clock import today
    from generator.overview.check import check_campaign

    with progress_bar("Checking") as progress:
        found = check_campaign(project_of(context), today(), languages, progress)
    if json_:
        write_json({"problems": problem_objects(found)})
    else:
        write_problems(found)
        wrong = len(errors_among(found))
        write_note(f"{count_words(wrong, 'error')}, {count_words(len(found) - wrong, 'warning')}")
        write_next_step("mend the lines above, then leaflets check" if wrong else "leaflets build")
    sys.exit(1 if errors_among(found) else 0)
