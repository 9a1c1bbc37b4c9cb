"""Print the card on which people point to their language."""

import sys

import click

from generator.cli.options import drawing_project_of, sheets_option
from generator.cli.output import write_papers


@click.command("point")
@sheets_option
@click.pass_context
def command(context: click.Context, sheets: tuple[str, ...]) -> None:
    """Print "Point to your language" as a card (a5), a page (a4) and a poster (a3-poster).

    Put one on every box of leaflets. All languages of the campaign stand on it, in their own script
    with English beside. A language's sentence is added once enough people have signed it
    (`leaflets sign LANG shared`).

    \b
    Example:
      leaflets point -s a5
    """
    from generator.printrun.point_card import print_point_card

    papers = print_point_card(drawing_project_of(context), sheets)
    write_papers(papers.paths.values(), papers.problems)
    sys.exit(1 if papers.problems else 0)
