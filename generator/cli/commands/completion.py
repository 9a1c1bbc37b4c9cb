"""Show how to switch on completion with the Tab key."""

import click

from generator.cli.output import write_result

SHELL_LINES = {
    "bash": 'eval "$(_LEAFLETS_COMPLETE=bash_source leaflets)"',
    "zsh": 'eval "$(_LEAFLETS_COMPLETE=zsh_source leaflets)"',
    "fish": "_LEAFLETS_COMPLETE=fish_source leaflets | source",
}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(SHELL_LINES)), default="bash")
def command(shell: str) -> None:
    """Show the line that switches on completion in SHELL.

    \b
    Example:
      leaflets completion bash >> ~/.bashrc
    """
    write_result(SHELL_LINES[shell])
