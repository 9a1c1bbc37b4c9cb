"""`leaflets extract`: sources to POT to PO."""

import sys

import click

from generator.cli import names, show


@click.command("extract")
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if something would change.")
@click.pass_context
def command(context: click.Context, check: bool) -> None:
    """Write locales/*.pot and bring every catalogue in line with the English, by id, never by guessing.

    \b
    Example:
      leaflets extract
    """
    from generator.usecases.extract import extract

    report = extract(names.project_of(context), check)
    for change in report.changes:
        show.result(show.plain(f"{change.what:8} {change.domain}/{change.msgctxt}: {change.after or change.before}"))
    for path in report.written:
        show.result(f"{'would write' if check else 'wrote'} {path}")
    show.problems(report.problems)
    if not report.written and not report.problems:
        show.note("Everything is up to date.")
    show.next_step("leaflets status")
    sys.exit(1 if report.problems or (check and report.written) else 0)
