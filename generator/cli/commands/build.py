"""Print PDFs of all leaflets in all languages."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from generator.campaign.made_up import MADE_UP_CODE as MADE_UP
from generator.campaign.made_up import still_made_up
from generator.cli.options import (
    completion_of,
    drawing_project_of,
    json_option,
    languages_option,
    leaflets_argument,
    meant_code,
    sheets_option,
)
from generator.cli.output import (
    coloured,
    printable,
    problem_objects,
    progress_bar,
    write_json,
    write_next_step,
    write_note,
    write_problems,
    write_result,
)
from generator.imposition.pairs import PAIR_LAYOUTS
from generator.layout.stage import EditionState

if TYPE_CHECKING:
    from generator.editions.build import BuildReport
    from generator.editions.build_run import Outcome


@click.command("build")
@leaflets_argument
@languages_option
@sheets_option
@click.option(
    "--with",
    "other",
    default="",
    metavar="LANG",
    shell_complete=completion_of("language"),
    callback=meant_code,
    help="A second language on the same sheet.",
)
@click.option(
    "--layout",
    type=click.Choice(PAIR_LAYOUTS),
    default=PAIR_LAYOUTS[0],
    help="How two languages share the sheet.",
)
@click.option(
    "--printer",
    default="",
    metavar="NAME",
    shell_complete=completion_of("printer"),
    help="For this machine: office (the usual one), copyshop, shop, riso.",
)
@click.option("--marks", is_flag=True, help="With --printer shop: crop marks outside the bleed.")
@click.option(
    "--icc",
    default="",
    metavar="FILE",
    help="With --printer shop: the shop's colour profile, for PDF/X-4.",
)
@click.option(
    "--site",
    default="",
    metavar="CODE",
    help="With the local facts of sites/CODE.yaml; not for the internet.",
)
@click.option(
    "--archive", is_flag=True, help="As PDF/A-3a, to be kept for decades; into output/archive/."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0, 256),
    default=0,
    metavar="N",
    help="Processes to use; 0 means one a core.",
)
@click.option(
    "--executor",
    default="processes",
    metavar="WHERE",
    help="processes, or dask://HOST:PORT for a Dask cluster.",
)
@json_option
@click.pass_context
def command(
    context: click.Context,
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    sheets: tuple[str, ...],
    other: str,
    layout: str,
    printer: str,
    marks: bool,
    icc: str,
    site: str,
    archive: bool,
    jobs: int,
    executor: str,
    json_: bool,
) -> None:
    """Print the LEAFLETS (all, if none is named) into output/, and prove every page before it counts.

    What did not change is not drawn again. A page that fails a proof is withheld, and the reason is shown.

    \b
    Example:
      leaflets build not-alone -l ar -l ur -s a5
      leaflets build not-alone -l ar --with en              Arabic on one side, English on the other
    """
    from generator.editions.build import build_editions
    from generator.editions.plan import BuildRequest

    project = replace(drawing_project_of(context), archive=archive)
    wish = BuildRequest(
        leaflets,
        languages,
        sheets,
        site,
        printer=printer,
        marks=marks,
        profile=icc,
        other=other,
        layout=layout,
    )
    with progress_bar("Printing") as progress:
        report = build_editions(project, wish, jobs, executor, progress)
    if json_:
        write_json({"editions": [_row(outcome) for outcome in report.outcomes]})
    else:
        _table(report)
        if not icc and any(
            project.printers[outcome.record.printer].bleed for outcome in report.outcomes
        ):
            write_note(
                "These are ordinary PDFs with bleed, not PDF/X: for PDF/X-4 add --icc FILE, the shop's colour profile."
            )
        write_next_step(
            f"open {project.output / 'index.html'}"
            if report.ok
            else "mend the lines above, then leaflets build"
        )
    sys.exit(0 if report.ok else 1)


def _row(outcome: Outcome) -> dict[str, object]:
    record = outcome.record
    keys = (
        "leaflet",
        "language",
        "sheet",
        "site",
        "state",
        "path",
        "sha256",
        "seconds",
        "code",
        "pages",
        "printer",
        "other",
        "example",
    )
    return {key: getattr(record, key) for key in keys} | {
        "cached": outcome.cached,
        "prints": [
            {"path": path, "sha256": sha256, "papers": papers}
            for path, sha256, papers in record.prints
        ],
        "problems": problem_objects(record.problems),
    }


def _table(report: BuildReport) -> None:
    from generator.editions.manifest import editions_by_state

    for outcome in report.outcomes:
        for problem in (problem for problem in outcome.record.problems if problem.code != MADE_UP):
            line = printable(f"{outcome.record.edition}: {problem.line()}")
            write_result(
                f"{coloured('withheld', 'failed')} {line}" if problem.severity == "error" else line
            )
    write_problems(report.problems)
    for leaflet in dict.fromkeys(outcome.record.leaflet for outcome in report.outcomes):
        counts = editions_by_state(
            outcome.record for outcome in report.outcomes if outcome.record.leaflet == leaflet
        )
        parts = [
            coloured(f"{counts[state]:>4} {word}", state)
            for state, word in (
                (EditionState.READY, "ready"),
                (EditionState.EXAMPLE, "example"),
                (EditionState.DRAFT, "draft"),
                (EditionState.FAILED, "withheld"),
            )
            if counts[state]
        ]
        write_result(f"{leaflet:24}{' '.join(parts)}")
    if made_up := still_made_up(report.made_up):
        write_problems([made_up])
    cached = sum(outcome.cached for outcome in report.outcomes)
    write_note(
        f"{len(report.outcomes)} editions, {cached} of them unchanged; {len(report.waiting)} more when somebody translates them."
    )
