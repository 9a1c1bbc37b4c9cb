"""Take a campaign over from an earlier version: its signatures get an organiser's key."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.base.words import count_words
from generator.cli.options import campaign_of
from generator.cli.output import write_next_step, write_note, write_result, write_text

if TYPE_CHECKING:
    from generator.readers.upgrade import Upgrade


@click.command("upgrade")
@click.option("--yes", is_flag=True, help="Do it; without it you are only told what would be done.")
@click.pass_context
def command(context: click.Context, yes: bool) -> None:
    """Take a campaign over from an earlier version, once, on an organiser's computer.

    Signatures of earlier versions carry no keys and count for nothing. This computer's key signs
    them for their readers: look at the numbers, and do it only if you know the campaign. A second
    organiser types the same on a second computer, so that risky sentences have two keys. What is
    changed is kept in .leaflets-before-upgrade.

    \b
    Example:
      leaflets upgrade
      leaflets upgrade --yes
    """
    from generator.readers.upgrade import KEPT_FOLDER, planned_upgrade, upgrade
    from generator.trust.recovery_sheet import RECOVERY_SHEET

    project = campaign_of(context)
    plan = planned_upgrade(project)
    if plan.nothing:
        write_note("There is nothing to take over.")
        sys.exit(0)
    begins = plan.begins
    _write_plan(plan)
    if not yes:
        write_note("Nothing was changed.")
        write_next_step("leaflets upgrade --yes")
        sys.exit(0)
    upgrade(plan)
    write_result("Done.")
    if plan.ledgers or plan.voices:
        write_note(f"What was changed lies in {KEPT_FOLDER}, as it was. Git ignores it.")
    if plan.ledgers:
        write_note("Sentences that need two keys are read, not ready, until a second organiser")
        write_note("types `leaflets upgrade` on a second computer. Facts may have to be signed.")
    if begins:
        write_note(f"Print {RECOVERY_SHEET} twice and delete it: see docs/keys.md.")
    write_next_step("leaflets extract, then leaflets status")


def _write_plan(plan: Upgrade) -> None:
    """Write what would be done, a file a line."""
    if plan.begins:
        write_result("this computer becomes the first organiser's")
    for ledger in plan.ledgers:
        people = ledger.people
        readers = sorted({event.person for event in people})
        drafts = len(ledger.old) - len(people)
        where = ledger.path.relative_to(plan.root)
        write_text(
            f"{where}: sign {count_words(len(people), 'line')} for {', '.join(readers) or 'nobody'}"
        )
        if drafts:
            facts = count_words(drafts, "fact")
            write_text(f"{where}: {facts} that nobody signed: draft from now on")
    for path, rows in plan.again.items():
        write_text(
            f"{path.relative_to(plan.root)}: sign {count_words(len(rows), 'line')} a second time"
        )
    for language, count in plan.voices.items():
        voices = count_words(count, "recording")
        write_text(f"audio/{language}: sign {voices}: listen to them before")
    for name, lines in ((".gitignore", plan.ignored), (".gitattributes", plan.attributes)):
        if lines:
            write_text(f"{name}: add {count_words(len(lines), 'line')}")
