"""Say what this computer lacks, and what to type."""

import sys
from dataclasses import asdict

import click

from generator.cli.options import json_option, project_of
from generator.cli.output import write_json, write_next_step, write_result


@click.command("doctor")
@json_option
@click.pass_context
def command(context: click.Context, json_: bool) -> None:
    """Say which versions, libraries and fonts are here, what is missing, and what to type.

    \b
    Example:
      leaflets doctor
    """
    from generator.overview.doctor import inspect_machine

    findings = inspect_machine(project_of(context))
    if json_:
        write_json({"findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            write_result(
                f"{finding.what:18} {finding.value}"
                + (f"\n{'':18} → {finding.todo}" if finding.todo else "")
            )
        write_next_step(
            "type what stands after the arrows"
            if any(finding.todo for finding in findings)
            else "leaflets build"
        )
    sys.exit(1 if any(finding.todo for finding in findings) else 0)
