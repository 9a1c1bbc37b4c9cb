"""The command line: parse, call a use case, show what it returned. Nothing else."""

import sys
from importlib import import_module
from pathlib import Path

import click

from generator import __version__
from generator.base.names import nearest_name
from generator.problem import LeafletsError

_FOLDER = Path(__file__).parent / "commands"

# How `leaflets --help` lists the commands; one that is not here comes last.
ORDER_OF_WORK = (
    *("new", "status", "extract", "draft", "sign", "history", "review", "worksheet", "enter"),
    *("record", "check", "build", "point", "fold", "site", "pack", "phonetree", "recall", "look"),
    *("publish", "report", "readers", "adopt", "upgrade", "redact", "add", "models", "weblate"),
    *("doctor", "completion"),
)


class CommandFolder(click.Group):
    """The files in `generator/cli/commands/`: the name of a file is that of its command.

    A file is imported when its command is called, so that `--help` is instant.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        names = sorted(path.stem for path in _FOLDER.glob("[!_]*.py"))
        known = [name for name in ORDER_OF_WORK if name in names]
        return [*known, *(name for name in names if name not in known)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return a command, or end with the near names.

        A file whose name begins with `_` is a command that another program calls: no list has it.
        """
        hidden = f"_{cmd_name.replace('-', '_')}"
        if (_FOLDER / f"{hidden}.py").is_file():
            return _command_in(hidden)
        if cmd_name not in self.list_commands(ctx):
            near = nearest_name(cmd_name, self.list_commands(ctx))
            ctx.fail(f"No command {cmd_name!r}: {near}")
        return _command_in(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does: the first line of its file, which is not imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_line(name)) for name in self.list_commands(ctx)])


def _command_in(name: str) -> click.Command:
    command: click.Command = import_module(f"generator.cli.commands.{name}").command
    return command


def _first_line(name: str) -> str:
    with (_FOLDER / f"{name}.py").open(encoding="utf-8") as file:
        return file.readline().strip().strip('"')


@click.group(cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"]})
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
    """Run the command line and exit.

    0 is fine, 1 problems or something withheld, 2 wrong use, 130 interrupted.
    """
    try:
        group.main(arguments, prog_name="leaflets", standalone_mode=False)
    except LeafletsError as error:
        from generator.cli.output import note_problems

        note_problems(error.problems)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        kept = "What was finished is kept; run the command again to go on."
        click.echo(f"Interrupted. {kept}", err=True)
        sys.exit(130)
    except BrokenPipeError:  # `leaflets status | head`: whoever reads has seen enough
        sys.stderr.close()
        sys.exit(0)
