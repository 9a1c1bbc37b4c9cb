"""Start a campaign in a new folder."""

from pathlib import Path

import click

from generator.base.words import count_words
from generator.cli.output import write_next_step, write_note, write_result


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--alone", is_flag=True, help="A campaign of one person: one signature is enough everywhere."
)
def command(folder: Path, alone: bool) -> None:
    """Start a campaign in a new FOLDER, with the shipped leaflets and translations to change.

    This computer becomes an organiser's. Print recovery-sheet.html twice, then delete it: with it
    you get the campaign back when this computer is lost.

    \b
    Example:
      leaflets new our-town
      leaflets new my-town --alone
    """
    from generator.overview.new import new_campaign
    from generator.trust.recovery_sheet import RECOVERY_SHEET

    files = new_campaign(folder, alone)
    write_result(f"{folder}: {count_words(len(files), 'file')}")
    sheet = folder / RECOVERY_SHEET
    write_note(f"Print {sheet} twice and delete it: it gets the campaign back, see docs/keys.md.")
    if not alone:
        write_note("Two people sign what matters. You are one person? leaflets new FOLDER --alone")
    write_next_step(f"cd {folder} && leaflets build")
