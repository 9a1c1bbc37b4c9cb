"""Say whether the page with a code still holds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.cli.options import json_option, project_of, say_upgrade_first
from generator.cli.output import coloured, write_json, write_next_step, write_result, write_text

if TYPE_CHECKING:
    from generator.review.printing import Printing
    from generator.review.recall_rules import RecallVerdict

VERDICT_WORDS = {
    "current": ("ready", "still right"),
    "replaced": ("draft", "replaced"),
    "doubted": ("draft", "keep it back"),
    "destroy": ("failed", "destroy it"),
    "unknown": ("draft", "not known here: ask who packed it"),
}


@click.command("look")
@click.argument("code")
@json_option
@click.pass_context
def command(context: click.Context, code: str, json_: bool) -> None:
    """Say whether the page with CODE at its foot still holds, and if not, why.

    It may have been replaced, or it must be destroyed. Small letters, a missing hyphen, O for 0
    and I for 1 are understood.

    \b
    Example:
      leaflets look AR-1W7GY
    """
    from generator.editions.recall import look_up_code

    project = project_of(context)
    say_upgrade_first(project)
    found = look_up_code(project, code)
    if json_:
        write_json({"editions": [printing_row(printed, verdict) for printed, verdict in found]})
    else:
        for printed, verdict in found:
            _tell(printed, verdict)
        write_next_step(_next(*found[0]))
    sys.exit(0 if all(verdict.disposition == "current" for _, verdict in found) else 1)


def printing_row(printed: Printing, verdict: RecallVerdict) -> dict[str, object]:
    """Return a printing as the JSON object that `--json` promises."""
    keys = ("code", "leaflet", "language", "sheet", "site", "state", "built", "dated")
    reasons = [{"name": reason.name, "what": reason.what} for reason in verdict.reasons]
    return {key: getattr(printed, key) for key in keys} | {
        "verdict": str(verdict.disposition),
        "by": verdict.by,
        "reasons": reasons,
    }


def _tell(printed: Printing, verdict: RecallVerdict) -> None:
    kind, words = VERDICT_WORDS[verdict.disposition]
    draft = printed.state != "ready"
    if draft and verdict.disposition == "current":
        kind, words = "draft", "a draft, and no other since"
    joint = " by {}" if verdict.disposition == "replaced" else "; {} takes its place"
    by = joint.format(verdict.by) if verdict.by else ""
    write_result(f"{printed.code} {coloured(words, kind)}{by}")

    site = f", site {printed.site}" if printed.site else ""
    warning = ", a draft: not to be handed out" if draft else ""
    edition = f"{printed.leaflet}, {printed.language}, {printed.sheet}"
    write_text(f"  {edition}{site}, built {printed.built}{warning}")
    for reason in verdict.reasons:
        write_text(f"  {reason.name}: {reason.what}")


def _next(printed: Printing, verdict: RecallVerdict) -> str:
    """Return the command to type next."""
    if verdict.disposition == "current" and printed.state == "ready":
        return "nothing to do"
    if verdict.disposition == "unknown":
        return "ask who packed it, and hand none of it out until they answered"
    if verdict.disposition in ("current", "doubted"):
        return f"leaflets status -l {printed.language}"
    if verdict.disposition == "destroy" and verdict.reasons:
        name = verdict.reasons[0].name
        if "/" in name:
            return f"leaflets recall --sentence {name}"
        if name in printed.facts:
            return f"leaflets recall --fact {name}"
        return f"leaflets recall --leaflet {printed.leaflet}"
    site = f" --site {printed.site}" if printed.site else ""
    return f"leaflets build {printed.leaflet} -l {printed.language}{site}"
