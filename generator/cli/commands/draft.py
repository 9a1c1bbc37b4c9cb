"""Fill missing sentences with drafts of a machine on this computer."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import completion_of, json_option, meant_code, project_of
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
    "--clear",
    is_flag=True,
    help="Take back this engine's drafts that nobody signed, to make them anew.",
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
    """Fill missing sentences of LANGUAGES (all, if none is named) with drafts of a machine on this computer.

    Only what is missing, and only what people allow in campaign.yaml (`drafts:`). Every draft stays a draft until people sign
    it. A sentence that is ready in another leaflet is offered first.

    \b
    Example:
      leaflets draft fr --leaflet not-alone
      leaflets draft --engine pseudo tr
    """
    from generator.base.clock import today
    from generator.drafting.draft import draft_missing
    from generator.drafting.redraft import back_translate
    from generator.drafting.redraft import clear_drafts as take_back

    project = project_of(context)
    _ = project.campaign
    if clear:
        write_note(
            f"{take_back(project, name, languages, leaflets, today())} drafts of {name} were taken back."
        )
        return
    engine = _engine(project, name, fast, languages)
    with progress_bar("Drafting", rate="sentences") as progress:
        report = draft_missing(project, engine, languages, leaflets, today(), progress)
    back = back_translate(project, engine, languages)
    if json_:
        write_json(
            {
                "drafts": [_row(item) for item in report.items],
                "problems": problem_objects(report.problems),
            }
        )
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
    skipped = [item for item in report.items if item.skipped]
    for why in dict.fromkeys(item.skipped for item in skipped):
        write_result(f"{sum(item.skipped == why for item in skipped):>5} left to people: {why}")
    for origin in dict.fromkeys(
        item.origin for item in report.done if item.origin and item.origin.package
    ):
        write_text(
            f"      {': '.join(filter(None, (origin.package, ' '.join(origin.licence.split())[:120])))}"
        )
    nowhere = [code for code in report.human_only if not known[code].argos]
    if elsewhere := [code for code in report.human_only if known[code].argos]:
        write_result(
            f"      {', '.join(elsewhere)}: no package on this computer; leaflets models fetch {elsewhere[0]}"
        )
    if nowhere:
        write_result(f"      {', '.join(nowhere)}: {HUMAN_ONLY}")
    write_note(
        f"{len(report.done)} drafts, {len(report.refused)} refused; {back} back-translations."
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
