"""Say whether the page with a code still holds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.cli.options import json_option, project_of
from generator.cli.output import coloured, write_json, write_next_step, write_result, write_text

if TYPE_CHECKING:
    from generator.review.printing import Printing
    from generator.review.recall_rules import RecallVerdict

VERDICT_WORDS = {
    "current": ("ready", "still right"),
    "replaced": ("draft", "replaced"),
    "doubted": ("draft", "keep it back"),
    "destroy": ("failed", "destroy it"),
}


@click.command("look")
@click.argument("code")
@json_option
@click.pass_context
def command(context: click.Context, code: str, json_: bool) -> None:
    """Say whether the page with the CODE at its foot still holds, was replaced, or must be destroyed, and why.

    Small letters, a missing hyphen, O for 0 and I for 1 are understood.

    \b
    Example:
      leaflets look AR-1W7GY
    """
    from generator.editions.recall import look_up_code

    project = project_of(context)
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
    site = f", site {printed.site}" if printed.site else ""
    draft = "" if printed.state == "ready" else ", a draft: not to be handed out"
    kind, words = (
        (kind, words)
        if printed.state == "ready" or verdict.disposition != "current"
        else ("draft", "a draft, and no other since")
    )
    write_result(
        f"{printed.code} {coloured(words, kind)}{f' by {verdict.by}' if verdict.by else ''}"
    )
    write_text(
        f"  {printed.leaflet}, {printed.language}, {printed.sheet}{site}, built {printed.built}{draft}"
    )
    for reason in verdict.reasons:
        write_text(f"  {reason.name}: {reason.what}")


def _next(printed: Printing, verdict: RecallVerdict) -> str:
    """Return the command to type next."""
    if verdict.disposition == "current":
        return (
            "nothing to do"
            if printed.state == "ready"
            else f"leaflets status -l {printed.language}"
        )
    if verdict.disposition == "doubted":
        return f"leaflets status -l {printed.language}"
    if verdict.disposition == "destroy" and verdict.reasons:
        return _recall(verdict.reasons[0].name, printed)
    site = f" --site {printed.site}" if printed.site else ""
    return f"leaflets build {printed.leaflet} -l {printed.language}{site}"


def _recall(name: str, printed: Printing) -> str:
    if "/" in name:
        return f"leaflets recall --sentence {name}"
    if name in printed.facts:
        return f"leaflets recall --fact {name}"
    return f"leaflets recall --leaflet {printed.leaflet}"
