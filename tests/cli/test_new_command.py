"""Somebody adds a command to a checkout: one file, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, copy_campaign

MODULE = '''"""Count the leaflets."""

import click

from generator.cli.options import project_of
from generator.cli.output import write_result


@click.command("tally")
@click.pass_context
def command(context: click.Context) -> None:
    """Count the leaflets of the campaign.

    \\b
    Example:
      leaflets tally
    """
    write_result(f"{len(project_of(context).slugs)} leaflets")
'''


def test_a_command_is_one_file(tmp_path: Path) -> None:
    """Its first line stands in the help, last of all; its name is the file's."""
    checkout = tmp_path / "checkout"
    for name in ("generator", "locales", "leaflets"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    (checkout / "generator" / "cli" / "commands" / "tally.py").write_text(MODULE, "utf-8")
    copy_campaign(checkout / "campaign", leaflets=("not-alone",), languages=("en", "fr"))

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "generator", *arguments]
        return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True).stdout

    assert run("--help").splitlines()[-1].split(maxsplit=1) == ["tally", "Count the leaflets."]
    assert "Example:\n    leaflets tally\n" in run("tally", "--help")
    assert run("-C", "campaign", "tally") == "1 leaflets\n"
