"""Bring POT and PO files in line with the English."""

from __future__ import annotations

import sys
from dataclasses import asdict
from math import ceil
from typing import TYPE_CHECKING

import click

from generator.base.words import count_words
from generator.cli.options import json_option, project_of
from generator.cli.output import (
    coloured,
    problem_objects,
    write_json,
    write_next_step,
    write_note,
    write_problems,
    write_result,
    write_text,
)
from generator.problem import errors_among

if TYPE_CHECKING:
    from generator.review.extract import MessageChange


@click.command("extract")
@click.option(
    "--check", is_flag=True, help="Change nothing; exit with 1 if something would change."
)
@click.option(
    "--retire", is_flag=True, help="Keep texts that have no sentence as obsolete entries."
)
@click.option(
    "--anew",
    is_flag=True,
    help="Make lost catalogues again, without what people wrote in them.",
)
@json_option
@click.pass_context
def command(context: click.Context, check: bool, retire: bool, anew: bool, json_: bool) -> None:
    """Write locales/*.pot and bring every catalogue in line with the English, never by guessing.

    A text is found by its id. One without an id belongs to the sentence that its line
    `#: leaflet:id` names, or that says exactly its msgid. A catalogue with a text that has no
    sentence is left alone.

    What git could not join is settled here: of two texts for one sentence that one stands which
    more people signed, and the other is kept.

    Of every sentence that changed you are told what changed: only its spelling, its meaning, or
    something that can hurt, such as a number or a "not". And how long reading it again takes.

    \b
    Example:
      leaflets extract --check
    """
    from generator.review.extract import extract_messages

    project = project_of(context)
    report = extract_messages(project, check, retire, project.campaign.languages if anew else ())
    if json_:
        rows = [_row(change) for change in report.changes]
        problems = problem_objects(report.problems)
        write_json({"changes": rows, "written": list(report.written), "problems": problems})
    else:
        for change in report.changes:
            _show(change)
        for path in report.written:
            write_result(f"{'would write' if check else 'wrote'} {path}")
        write_problems(report.problems)
        if not report.written and not report.problems:
            write_note("Everything is up to date.")
        cosmetic = any(change.kind == "cosmetic" and change.languages for change in report.changes)
        carry = "leaflets sign --carry --as YOUR-CODE, where only the spelling changed"
        write_next_step(carry if cosmetic else "leaflets status")
    sys.exit(1 if errors_among(report.problems) or (check and report.written) else 0)


def _show(change: MessageChange) -> None:
    from generator.catalogue.change import KIND_WORDS, marked_diff, reasons_in_words

    place = f"{change.domain}/{change.msgctxt}"
    if change.kind is None:
        write_text(f"{change.what:8}  {place}: {change.after or change.before}")
        return
    why = f" ({reasons_in_words(change.reasons)})" if change.reasons else ""
    cost = "nothing to read again"
    if change.seconds:
        minutes = ceil(change.seconds / 60)
        reading = count_words(minutes, "minute")
        cost = f"{count_words(change.languages, 'language')}, about {reading} of reading"
    write_result(f"{coloured(f'{KIND_WORDS[change.kind]:8}', change.kind)}  {place}{why}: {cost}")
    write_text(f"          {marked_diff(change.before, change.after)}")


def _row(change: MessageChange) -> dict[str, object]:
    """Return a change as the JSON object that `--json` promises."""
    from generator.catalogue.change import marked_diff

    row = {"leaflet" if key == "domain" else key: value for key, value in asdict(change).items()}
    minutes = round(row.pop("seconds") / 60, 1)
    return row | {"diff": marked_diff(change.before, change.after), "minutes": minutes}
