"""Start a campaign in a new folder."""

from pathlib import Path

import click

from generator.cli.output import write_next_step, write_result


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Start a campaign in a new FOLDER, with the shipped leaflets and translations to change.

    \b
    Example:
      leaflets new our-town
    """
    from generator.overview.new import new_campaign

    files = new_campaign(folder)
    write_result(f"{folder}: {len(files)} files")
    write_next_step(f"cd {folder} && leaflets build")
