"""`leaflets doctor`: what this computer lacks."""

import sys
from dataclasses import asdict

import click

from generator.cli import names, show


@click.command("doctor")
@names.json_option
@click.pass_context
def command(context: click.Context, json_: bool) -> None:
    """Say which versions, libraries and fonts are here, what is missing, and what to type.

    \b
    Example:
      leaflets doctor
    """
    from generator.overview.doctor import inspect_machine

    findings = inspect_machine(names.project_of(context))
    if json_:
        show.write_json({"findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            show.write_result(
                f"{finding.what:18} {finding.value}"
                + (f"\n{'':18} → {finding.todo}" if finding.todo else "")
            )
        show.write_next_step(
            "type what stands after the arrows"
            if any(finding.todo for finding in findings)
            else "leaflets build"
        )
    sys.exit(1 if any(finding.todo for finding in findings) else 0)
