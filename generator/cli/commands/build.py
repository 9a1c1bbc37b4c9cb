"""Print PDFs of all leaflets in all languages."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from generator.base.words import count_words
from generator.cli.options import (
    completion_of,
    drawing_project_of,
    jobs_option,
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

# What `--json` promises of each edition.
_RECORD_KEYS = (
    *("leaflet", "language", "sheet", "site", "state", "path", "sha256", "seconds"),
    *("code", "pages", "printer", "other", "example"),
)
_STATE_WORDS = {
    EditionState.READY: "ready",
    EditionState.EXAMPLE: "example",
    EditionState.DRAFT: "draft",
    EditionState.FAILED: "withheld",
}


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
@jobs_option
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
    """Print LEAFLETS, or all if none is named, into output/, and prove every page.

    What did not change is not drawn again. A page that fails a proof is withheld, and you are told
    why.

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
        rows = [_row(outcome, report) for outcome in report.outcomes]
        write_json({"editions": rows, "remarks": problem_objects(report.remarks)})
    else:
        _table(report)
        printers = {outcome.record.printer for outcome in report.outcomes}
        if not icc and any(project.printers[printer].bleed for printer in printers):
            icc_hint = "for PDF/X-4 add --icc FILE, the shop's colour profile."
            write_note(f"These are ordinary PDFs with bleed, not PDF/X: {icc_hint}")
        mend = "mend the lines above, then leaflets build"
        write_next_step(f"open {project.output / 'index.html'}" if report.ok else mend)
    sys.exit(0 if report.ok else 1)


def _row(outcome: Outcome, report: BuildReport) -> dict[str, object]:
    record = outcome.record
    return {key: getattr(record, key) for key in _RECORD_KEYS} | {
        "cached": outcome.cached,
        "prints": [
            {"path": path, "sha256": sha256, "papers": papers}
            for path, sha256, papers in record.prints
        ],
        "problems": problem_objects(record.problems),
        "why": problem_objects(report.why.get(record.edition, ())),
    }


def _table(report: BuildReport) -> None:
    from generator.campaign.made_up import MADE_UP_CODE, still_made_up
    from generator.editions.manifest import editions_by_state

    records = [outcome.record for outcome in report.outcomes]
    for record in records:
        for problem in record.problems:
            # Made-up facts are told once for all editions, below.
            if problem.code != MADE_UP_CODE:
                withheld = (
                    f"{coloured('withheld', 'failed')} " if problem.severity == "error" else ""
                )
                write_result(withheld + printable(f"{record.edition}: {problem.line()}"))
    write_problems(report.problems)
    for leaflet in dict.fromkeys(record.leaflet for record in records):
        counts = editions_by_state(record for record in records if record.leaflet == leaflet)
        parts = [
            coloured(f"{counts[state]:>4} {word}", state)
            for state, word in _STATE_WORDS.items()
            if counts[state]
        ]
        write_result(f"{leaflet:24}{' '.join(parts)}")
    if made_up := still_made_up(report.made_up):
        write_problems([made_up])
    write_problems(report.remarks)

    cached = sum(outcome.cached for outcome in report.outcomes)
    more = f"{len(report.waiting)} more when somebody translates them."
    write_note(f"{count_words(len(records), 'edition')}, {cached} of them unchanged; {more}")
