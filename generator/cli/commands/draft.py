"""Fill missing sentences with drafts of a machine on this computer."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from generator.base.words import count_words
from generator.cli.options import campaign_of, completion_of, json_option, meant_code
from generator.cli.output import (
    problem_objects,
    progress_bar,
    write_json,
    write_next_step,
    write_note,
    write_problems,
    write_result,
    write_text,
)
from generator.problem import errors_among

if TYPE_CHECKING:
    from generator.campaign.project import Project
    from generator.drafting.draft import DraftReport
    from generator.drafting.keep_drafts import DraftItem
    from generator.model import Language


@click.command("draft")
@click.argument(
    "languages", nargs=-1, shell_complete=completion_of("language"), callback=meant_code
)
@click.option(
    "--leaflet",
    "leaflets",
    multiple=True,
    metavar="SLUG",
    shell_complete=completion_of("leaflet"),
    help="Only this leaflet.",
)
@click.option(
    "--engine",
    "name",
    default="argos",
    show_default=True,
    metavar="NAME",
    help="argos, argostranslate, pseudo, or another one.",
)
@click.option("--fast", is_flag=True, help="A quicker, simpler search.")
@click.option(
    "--clear", is_flag=True, help="Take back this engine's drafts that nobody has signed."
)
@json_option
@click.pass_context
def command(
    context: click.Context,
    languages: tuple[str, ...],
    leaflets: tuple[str, ...],
    name: str,
    fast: bool,
    clear: bool,
    json_: bool,
) -> None:
    """Let this computer draft the missing sentences of LANGUAGES, or of all if none is named.

    Only what is missing, and only where campaign.yaml allows it (`drafts:`). Every draft stays a
    draft until people sign it. A sentence that is ready in another leaflet is offered first.

    \b
    Example:
      leaflets draft fr --leaflet not-alone
      leaflets draft --engine pseudo tr
    """
    from generator.base.clock import today
    from generator.drafting.draft import draft_missing
    from generator.drafting.redraft import back_translate, clear_drafts

    project = campaign_of(context)
    if clear:
        count = clear_drafts(project, name, languages, leaflets, today())
        write_note(
            f"{count_words(count, 'draft')} of {name} {'was' if count == 1 else 'were'} taken back."
        )
        return

    engine = _engine(project, name, fast, languages)
    with progress_bar("Drafting", rate="sentences") as progress:
        report = draft_missing(project, engine, languages, leaflets, today(), progress)
    back = back_translate(project, engine, languages)
    if json_:
        drafts = [_row(item) for item in report.items]
        write_json({"drafts": drafts, "problems": problem_objects(report.problems)})
    else:
        _show(report, back, project.languages)
        write_problems(report.problems)
    sys.exit(1 if errors_among(report.problems) or report.refused else 0)


def _engine(project: Project, name: str, fast: bool, languages: tuple[str, ...]) -> Any:
    from generator.drafting.engine import EngineSetup, load_engine
    from generator.drafting.model_store import package_folders
    from generator.drafting.models import require_trusted

    engine = load_engine(name, EngineSetup(project.languages, package_folders(), fast))
    if not engine.offline:
        write_note(f"{name} sends the English sentences over the network.")
    for code in languages or project.campaign.languages:
        require_trusted(project, code)
    return engine


def _show(report: DraftReport, back: int, known: Mapping[str, Language]) -> None:
    from generator.drafting.models import HUMAN_ONLY

    for item in report.refused:
        reasons = "; ".join(item.draft.reasons) if item.draft else ""
        write_text(f"left missing {item.language} {item.domain}/{item.message.msgctxt}: {reasons}")
    for why, count in Counter(item.skipped for item in report.items if item.skipped).items():
        write_result(f"{count:>5} left to people: {why}")
    for origin in dict.fromkeys(item.origin for item in report.done):
        if origin and origin.package:
            licence = " ".join(origin.licence.split())[:120]
            write_text(f"      {': '.join(filter(None, (origin.package, licence)))}")

    if elsewhere := [code for code in report.human_only if known[code].argos]:
        fetch = f"leaflets models fetch {elsewhere[0]}"
        write_result(f"      {', '.join(elsewhere)}: no package on this computer; {fetch}")
    if nowhere := [code for code in report.human_only if not known[code].argos]:
        write_result(f"      {', '.join(nowhere)}: {HUMAN_ONLY}")
    done, refused = len(report.done), len(report.refused)
    write_note(
        f"{count_words(done, 'draft')}, {refused} refused; {count_words(back, 'back-translation')}."
    )
    first = next((item.language for item in report.done), "LANG")
    write_next_step(f"leaflets sign {first} --as YOUR-CODE" if report.done else "leaflets models")


def _row(item: DraftItem) -> dict[str, Any]:
    """Return one message as the JSON object that `--json` promises."""
    made, origin = item.draft, item.origin
    return {
        "leaflet": item.domain,
        "language": item.language,
        "msgctxt": item.message.msgctxt,
        "msgstr": made.msgstr if made else "",
        "path": made.path if made else "",
        "score": made.score if made else None,
        "reasons": list(made.reasons) if made else [],
        "skipped": item.skipped,
        "engine": origin.engine if origin else "",
        "package": origin.package if origin else "",
    }
