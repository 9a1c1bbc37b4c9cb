"""Record a leaflet's sentences, for people who do not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli.options import json_option, meant_code, project_of, reader_option
from generator.cli.output import progress_bar, write_json, write_next_step, write_note, write_result

if TYPE_CHECKING:
    from generator.campaign.project import Project


@click.command("record")
@click.argument("language", metavar="LANG", callback=meant_code)
@click.argument("leaflet")
@click.option(
    "--machine",
    is_flag=True,
    help="Let espeak-ng read what nobody has recorded: drafts, never published as read.",
)
@click.option("--list", "listing", is_flag=True, help="Only list the recordings there are.")
@json_option
@reader_option
@click.option("--no-browser", is_flag=True, help="Only print the link.")
@click.pass_context
def command(
    context: click.Context,
    language: str,
    leaflet: str,
    machine: bool,
    listing: bool,
    json_: bool,
    code: str,
    no_browser: bool,
) -> None:
    """Open a page on which you read LEAFLET aloud in LANG, sentence by sentence.

    The recordings stay in audio/LANG/LEAFLET on this computer, signed with your code. A recording
    holds for exactly the wording that you read; once the sentence changes, it is not used any more.

    \b
    Example:
      leaflets record ti if-strangers-come --as r17
      leaflets record fr not-alone --machine
    """
    from generator.base.names import pick_names

    project = project_of(context)
    pick_names("language", [language], project.campaign.languages)
    pick_names("leaflet", [leaflet], project.leaflets)
    if machine:
        _machine(project, language, leaflet)
    elif listing or json_:
        _list(project, language, leaflet, json_)
    else:
        _page(project, language, leaflet, code, no_browser)


def _machine(project: Project, language: str, leaflet: str) -> None:
    from generator.audio.recorder import speak_missing

    made = 0
    with progress_bar("Reading aloud") as progress:
        for made, _ in enumerate(speak_missing(project, language, leaflet), 1):
            progress(made, made)
    marked = "drafts, marked as such, and never published as read."
    write_result(f"{made} sentences read by a machine: {marked}")
    write_next_step(f"leaflets record {language} {leaflet}")


def _list(project: Project, language: str, leaflet: str, json_: bool) -> None:
    from generator.audio.recorder import leaflet_recordings

    rows = [
        {
            "message": one.message,
            "file": one.path.relative_to(project.root).as_posix(),
            "state": one.state,
            "who": one.who,
        }
        for one in leaflet_recordings(project, language, leaflet)
    ]
    if json_:
        write_json({"recordings": rows})
        return
    for row in rows:
        write_result(f"{row['state']:9}{row['message']:24}{row['file']}")
    write_next_step(f"leaflets record {language} {leaflet}")


def _page(project: Project, language: str, leaflet: str, code: str, no_browser: bool) -> None:
    from generator.review.reader_code import signing_reader
    from generator.review.snapshot import Snapshot
    from generator.web.serve import entry_link, prepare_server
    from generator.web.visitors import User, UserRole

    who = signing_reader(project.root, code, Snapshot(project).codes)
    server = prepare_server(project.root)
    user, screen = User(who, UserRole.ORGANISER), f"/record/{language}/{leaflet}"
    start = entry_link(server.state, user, screen)
    write_result(start)
    write_note("The page is open. Ctrl-C ends it.")
    if not no_browser:
        click.launch(start)
    server.run()
    write_next_step(f"leaflets record {language} {leaflet} --list")
