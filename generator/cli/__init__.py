"""The command line: parse, call a use case, show what it returned. Nothing else."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click

from generator import __version__
from generator.base.names import nearest_name
from generator.problem import LeafletsError

COMMANDS = {
    "new": "Start a campaign in a new folder.",
    "status": "Show what is translated, read and ready.",
    "extract": "Bring POT and PO files in line with the English.",
    "draft": "Fill missing sentences with drafts of a machine on this computer.",
    "sign": "Read sentences or facts one by one, and stand behind them.",
    "review": "Open the page for reading, signing and printing.",
    "worksheet": "Make a sheet to read and sign on paper, in a spreadsheet or on a phone.",
    "enter": "Take in what came back from paper, spreadsheet or phone.",
    "record": "Record a leaflet's sentences, for people who do not read.",
    "check": "Look for mistakes in everything people edit.",
    "build": "Print PDFs of all leaflets in all languages.",
    "point": "Print the card on which people point to their language.",
    "fold": "Draw how a leaflet is printed and folded.",
    "site": "List the places you print for, or make many from a table.",
    "pack": "Collect everything to print for a site, with order, labels and checklist.",
    "phonetree": "Lay a call tree for the people of a site, and print it.",
    "recall": "List the printed pages to collect when something on them is wrong.",
    "look": "Say whether the page with a code still holds.",
    "publish": "Write the site that residents read on their phones.",
    "report": "Enter what somebody who holds a leaflet says is wrong.",
    "add": "Add a language or a leaflet.",
    "models": "List, add or fetch translation packages.",
    "weblate": "Write the configuration for a Weblate server.",
    "doctor": "Say what this computer lacks, and what to type.",
    "completion": "Show how to switch on completion with the Tab key.",
}
"""The commands in the order of the work; each is a module of this package, loaded when it is needed."""


class Commands(click.Group):
    """A group that loads a command's module when it is called, so that `--help` is instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or end with the near names."""
        if cmd_name not in COMMANDS:
            ctx.fail(f"No command {cmd_name!r}: {nearest_name(cmd_name, COMMANDS)}")
        command: click.Command = importlib.import_module(f"generator.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leaflets")
@click.option(
    "-C",
    "--campaign",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The campaign's folder, if it is not this one.",
)
@click.pass_context
def group(context: click.Context, campaign: Path) -> None:
    """Print leaflets in many languages, each sentence read by people who speak it.

    \b
    Example:
      leaflets status              what is translated, what is ready
      leaflets build not-alone     one leaflet, all languages, into output/
    """
    context.obj = campaign


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 problems or withheld, 2 wrong use, 130 interrupted."""
    try:
        group.main(arguments, prog_name="leaflets", standalone_mode=False)
    except LeafletsError as error:
        from generator.cli import show

        for problem in error.problems:
            show.write_note(problem.line())
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo(
            "Interrupted. What was finished is kept; run the command again to go on.", err=True
        )
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
