"""Write the site that residents read on their phones."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.options import drawing_project_of, json_option
from generator.cli.output import (
    problem_objects,
    progress_bar,
    write_json,
    write_next_step,
    write_note,
    write_problems,
    write_result,
)


@click.command("publish")
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The folder to write, instead of output/site.",
)
@json_option
@click.pass_context
def command(context: click.Context, to: Path | None, json_: bool) -> None:
    """Write the site that residents read on their phones: static files, for any web server or a USB stick.

    Only leaflets that are ready, and drafts with a notice if `publish:` in leaflets/campaign.yaml says so. It offers the PDFs that
    `leaflets build` made. Every file is searched for the private facts of all sites; if one is found, nothing is written.

    \b
    Example:
      leaflets publish                        after `leaflets build`
      leaflets publish --to /media/stick/site
    """
    from generator.campaign.made_up import still_made_up
    from generator.website.publish import publish_website

    project = drawing_project_of(context)
    with progress_bar("Making pages") as progress:
        report = publish_website(project, to, progress)
    if json_:
        keys = ("files", "changed", "bytes", "ready", "drafts", "held", "kept", "languages", "seal")
        rows = {"folder": str(report.folder), **{key: getattr(report, key) for key in keys}}
        write_json(
            rows
            | {
                "problems": problem_objects(report.problems),
                "made_up": list(report.made_up),
            }
        )
        return
    write_problems(report.problems)
    if made_up := still_made_up(report.made_up):
        write_problems([made_up])
    write_result(
        f"{report.ready} leaflets ready, {report.drafts} drafts with a notice, in {report.languages} languages"
    )
    write_result(
        f"{report.files} files, {report.bytes / 1e6:.1f} MB, {report.changed} of them new or changed, in {report.folder}"
    )
    write_result(f"sha256 of SHA256SUMS: {report.seal}")
    if report.kept:
        write_note(
            f"{report.kept} printed addresses show only what is sure, because their leaflet is doubted, withheld or gone"
        )
    if report.held:
        write_note(
            f"{report.held} drafts are not on it; `drafts: yes` under `publish:` in campaign.yaml shows them with a notice"
        )
    if report.old:
        write_note(
            f"{report.old} PDFs are missing or older than the texts: leaflets build, then publish again"
        )
    write_next_step("leaflets build" if report.old else f"open {report.folder / 'index.html'}")
