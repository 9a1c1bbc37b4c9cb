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
    """Say which versions, libraries and fonts this computer has, what it lacks, and what to type.

    \b
    Example:
      leaflets doctor
    """
    from generator.overview.doctor import inspect_machine

    findings = inspect_machine(project_of(context))
    lacking = any(finding.todo for finding in findings)
    if json_:
        write_json({"findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            write_result(f"{finding.what:18} {finding.value}")
            if finding.todo:
                write_result(f"{'':18} → {finding.todo}")
        write_next_step("type what stands after the arrows" if lacking else "leaflets build")
    sys.exit(1 if lacking else 0)
