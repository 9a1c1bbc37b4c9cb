"""Show what is translated, read and ready."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import json_option, languages_option, leaflets_argument, project_of
from generator.cli.output import (
    coloured,
    note_problems,
    write_json,
    write_next_step,
    write_note,
    write_result,
    write_text,
)
from generator.model import State

if TYPE_CHECKING:
    from generator.model import Language
    from generator.overview.status import StatusReport
    from generator.review.counts import SentenceCount

BAR_WIDTH = 10
# Lines about what is not signed that are shown.
MOST_REMARKS = 5


@click.command("status")
@leaflets_argument
@languages_option
@json_option
@click.option("--markdown", is_flag=True, help="Write a table for a web page.")
@click.option(
    "--chart",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.svg",
    help="Draw leaflets × languages.",
)
@click.pass_context
def command(
    context: click.Context,
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    json_: bool,
    markdown: bool,
    chart: Path | None,
) -> None:
    """Show how much is translated, and how much is ready to hand out.

    There is one line for each language; with LEAFLETS or -l, one for each leaflet.

    \b
    Example:
      leaflets status -l ar
      leaflets status --chart status.svg
    """
    from generator.base.files import write_file
    from generator.overview.chart import status_markdown, svg
    from generator.overview.status import campaign_status

    if chart and chart.suffix != ".svg":
        wrong = f"{chart} must end in .svg: the chart is a drawing"
        raise click.BadParameter(wrong, param_hint="--chart")
    project = project_of(context)
    report = campaign_status(project, languages, leaflets)
    known = {code: f"{row.english} · {row.endonym}" for code, row in project.languages.items()}
    # The source is signed, not translated: a picture of translations leaves it out.
    source = project.campaign.source
    translated = tuple(count for count in report.counts if count.language != source)
    if json_:
        write_json(_json(report))
    elif markdown:
        write_text(status_markdown(translated, known))
    else:
        _table(report, bool(languages or leaflets), project.languages)
    if chart:
        write_file(chart, svg(translated, known))
        write_note(f"drawn: {chart}")
    if not json_ and not markdown:
        _remarks(report)
    note_problems((*report.problems, *report.voices))
    write_next_step(report.next_step)
    sys.exit(1 if report.problems else 0)


def _json(report: StatusReport) -> dict[str, object]:
    """Return the object that `--json` promises."""
    rows = [
        {"leaflet": count.leaflet, "language": count.language, "total": count.total}
        | {str(state): count.states[state] for state in State}
        | {"translated": count.translated, "minutes": round(count.seconds / 60, 1)}
        for count in report.counts
    ]
    pages = [
        {
            "edition": one.record.edition,
            "sha256": one.record.sha256,
            "state": one.record.state,
            "people": list(one.people),
        }
        for one in report.layouts
    ]
    remarks = [problem.row() for problem in report.remarks]
    facts = [{"name": name, "state": state} for name, state in report.facts.items()]
    return {
        "catalogues": rows,
        "facts": facts,
        "layouts": pages,
        "made_up": list(report.made_up),
    } | {"remarks": remarks}


def _table(report: StatusReport, each: bool, known: Mapping[str, Language]) -> None:
    from generator.base.words import pad_columns
    from generator.campaign.made_up import still_made_up
    from generator.review.counts import sum_by_language

    rows: Iterable[SentenceCount] = sum_by_language(report.counts)
    if each:
        rows = sorted(report.counts, key=lambda count: (count.language, count.leaflet))
    second = f"{'leaflet':22} " if each else ""
    write_result(f"{'language':24} {second}{'translated':26} {'ready':26} to read")
    for count in rows:
        language = known[count.language]
        name = f"{language.english} ({count.language})"
        leaflet = f"{pad_columns(count.leaflet, 22)} " if each else ""
        kind = "ready" if count.ready == count.total else "draft"
        ready = coloured(_bar(count.ready, count.total), kind)
        bars = f"{_bar(count.translated, count.total)} {ready}"
        write_result(f"{pad_columns(name, 24)} {leaflet}{bars} {_to_read(count, language)}")
    if report.facts:
        signed = sum(state is State.READY for state in report.facts.values())
        second = " " * 23 if each else ""
        write_result(f"{'facts':24} {second}{'':26} {_bar(signed, len(report.facts))}")
    if problem := still_made_up(report.made_up):
        write_result(problem.what)


def _remarks(report: StatusReport) -> None:
    """Write what is not signed, the first of it: `leaflets check` says all."""
    # What changed since somebody signed it comes first.
    told = sorted(report.remarks, key=lambda problem: problem.code != "source-changed")
    note_problems(told[:MOST_REMARKS])
    if (more := len(report.remarks) - MOST_REMARKS) > 0:
        write_note(f"{more} more: leaflets check")
    if report.alone:
        write_note(report.alone)


def _to_read(count: SentenceCount, language: Language) -> str:
    left = f"{round(count.seconds / 60)} min" if count.seconds else ""
    if count.one_key:
        left += f", {count.one_key} read by one computer alone"
    if count.contested:
        left += f", {count.contested} with two texts: one more reader decides"
    if stale := count.states[State.STALE]:
        left += f", {stale} changed in the source"
    if count.states[State.MISSING] and not language.argos:
        left += ", no machine package: people only"
    return left.removeprefix(", ")


def _bar(part: int, total: int) -> str:
    """Return a bar and its two numbers, 26 columns wide."""
    # A terminal with another encoding has no blocks.
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    full, empty = "█·" if unicode else "#."
    length = part * BAR_WIDTH // max(1, total)
    return f"{full * length}{empty * (BAR_WIDTH - length)} {f'{part} of {total}':15}"
