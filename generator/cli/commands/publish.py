"""Write the website that residents read on their phones."""

from pathlib import Path

import click

from generator.base.words import count_words
from generator.cli.options import drawing_project_of, json_option, say_upgrade_first
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
    """Write the website that residents read on their phones.

    It is static files, for any web server or a USB stick. It shows the leaflets that are ready,
    drafts with a notice if `publish:` in leaflets/campaign.yaml says so, and the PDFs that
    `leaflets build` made. Every file is searched for the private facts of all sites; if one is
    found, nothing is written.

    \b
    Example:
      leaflets publish                        after `leaflets build`
      leaflets publish --to /media/stick/site
    """
    from generator.campaign.made_up import still_made_up
    from generator.website.publish import publish_website

    project = drawing_project_of(context)
    say_upgrade_first(project)
    with progress_bar("Making pages") as progress:
        report = publish_website(project, to, progress)
    if json_:
        keys = ("files", "changed", "bytes", "ready", "drafts", "held", "kept", "languages", "seal")
        row = {"folder": str(report.folder), **{key: getattr(report, key) for key in keys}}
        row["problems"] = problem_objects(report.problems)
        write_json(row | {"made_up": list(report.made_up)})
        return
    write_problems(report.problems)
    if made_up := still_made_up(report.made_up):
        write_problems([made_up])
    ready, drafts = count_words(report.ready, "leaflet"), count_words(report.drafts, "draft")
    write_result(
        f"{ready} ready, {drafts} with a notice, in {count_words(report.languages, 'language')}"
    )
    files = f"{count_words(report.files, 'file')}, {report.bytes / 1e6:.1f} MB"
    write_result(f"{files}, {report.changed} of them new or changed, in {report.folder}")
    write_result(f"sha256 of SHA256SUMS: {report.seal}")
    if report.kept:
        why = "because their leaflet is doubted, withheld or gone"
        kept = count_words(report.kept, "printed address shows", "printed addresses show")
        write_note(f"{kept} only what is sure, {why}")
    if report.held:
        how = "`drafts: yes` under `publish:` in campaign.yaml shows them with a notice"
        write_note(f"{count_words(report.held, 'draft is', 'drafts are')} not on it; {how}")
    if report.old:
        build = "leaflets build, then publish again"
        write_note(f"{report.old} PDFs are missing or older than the texts: {build}")
    write_next_step("leaflets build" if report.old else f"open {report.folder / 'index.html'}")
