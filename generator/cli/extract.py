"""`leaflets extract`: sources to POT to PO."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from generator.cli import names, show
from generator.problem import errors_among

if TYPE_CHECKING:
    from generator.review.extract import MessageChange


@click.command("extract")
@click.option(
    "--check", is_flag=True, help="Change nothing; exit with 1 if something would change."
)
@click.option(
    "--retire", is_flag=True, help="Keep texts that have no sentence in the file as obsolete ones."
)
@click.option(
    "--anew",
    is_flag=True,
    help="Make catalogues again that are gone: what people wrote in them stays lost.",
)
@names.json_option
@click.pass_context
def command(context: click.Context, check: bool, retire: bool, anew: bool, json_: bool) -> None:
    """Write locales/*.pot and bring every catalogue in line with the English, by id, never by guessing.

    A text without an id belongs to the sentence that its line `#: leaflet:id` names, or that says exactly its msgid. A catalogue
    with a text that has no sentence is left alone.

    Says of every sentence that changed whether that is cosmetic, changes the meaning, or is critical, and what reading
    it again costs.

    \b
    Example:
      leaflets extract --check
    """
    from generator.review.extract import extract_messages

    project = names.project_of(context)
    report = extract_messages(project, check, retire, project.campaign.languages if anew else ())
    if json_:
        rows = {
            "changes": [_row(change) for change in report.changes],
            "written": list(report.written),
        }
        show.write_json(rows | {"problems": [problem.row() for problem in report.problems]})
    else:
        for change in report.changes:
            _show(change)
        for path in report.written:
            show.write_result(f"{'would write' if check else 'wrote'} {path}")
        show.write_problems(report.problems)
        if not report.written and not report.problems:
            show.write_note("Everything is up to date.")
        cosmetic = any(change.kind == "cosmetic" and change.languages for change in report.changes)
        show.write_next_step(
            "leaflets sign --carry --as YOUR-CODE, for the cosmetic changes"
            if cosmetic
            else "leaflets status"
        )
    sys.exit(1 if errors_among(report.problems) or (check and report.written) else 0)


def _show(change: MessageChange) -> None:
    place = f"{change.domain}/{change.msgctxt}"
    if change.kind is None:
        show.write_result(
            show.printable(f"{change.what:8}  {place}: {change.after or change.before}")
        )
        return
    from generator.catalogue.change import marked_diff

    why = f" ({', '.join(change.reasons)})" if change.reasons else ""
    cost = (
        f"{change.languages} languages, about {-(-change.seconds // 60)} reader-minutes"
        if change.seconds
        else "nothing to read again"
    )
    show.write_result(f"{show.coloured(f'{change.kind:8}', change.kind)}  {place}{why}: {cost}")
    show.write_result(show.printable(f"          {marked_diff(change.before, change.after)}"))


def _row(change: MessageChange) -> dict[str, object]:
    """Return a change as the JSON object that `--json` promises."""
    from generator.catalogue.change import marked_diff

    row = {
        "leaflet" if key == "domain" else key: value
        for key, value in asdict(change).items()
        if key != "seconds"
    }
    return row | {
        "diff": marked_diff(change.before, change.after),
        "minutes": round(change.seconds / 60, 1),
    }
