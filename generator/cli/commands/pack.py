"""Collect everything to print for a site, with order, labels and checklist."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from generator.base.words import count_words
from generator.cli.options import (
    completion_of,
    drawing_project_of,
    jobs_option,
    json_option,
    say_upgrade_first,
)
from generator.cli.output import (
    coloured,
    problem_objects,
    progress_bar,
    write_json,
    write_next_step,
    write_note,
    write_problems,
    write_result,
    write_text,
)
from generator.problem import LeafletsError

if TYPE_CHECKING:
    from generator.campaign.project import Project
    from generator.printrun.pack_contents import Pack


@click.command("pack")
@click.argument("site", required=False, default="", shell_complete=completion_of("site"))
@click.option("--all", "all_", is_flag=True, help="Every site in sites/.")
@click.option(
    "--draft",
    "drafts",
    multiple=True,
    metavar="LANG",
    help="Take drafts in this language too; may be repeated.",
)
@click.option("--drafts", "every", is_flag=True, help="Take drafts in every language of the site.")
@click.option(
    "--combined",
    is_flag=True,
    help="Also one file for each kind of paper, each leaflet beginning on a front.",
)
@click.option(
    "--again",
    is_flag=True,
    help="The last run was printed, and this is one more: recall counts both.",
)
@jobs_option
@click.option(
    "--executor",
    default="processes",
    metavar="WHERE",
    help="With --all: processes, or dask://HOST:PORT.",
)
@json_option
@click.pass_context
def command(
    context: click.Context,
    site: str,
    all_: bool,
    drafts: tuple[str, ...],
    every: bool,
    combined: bool,
    again: bool,
    jobs: int,
    executor: str,
    json_: bool,
) -> None:
    """Print what sites/SITE.yaml asks for into output/packs/SITE/.

    You get the PDFs, an order for the shop, labels and a checklist. Only what is ready is taken,
    unless you name drafts; what is missing is listed, with who is needed. The folder is for your
    eyes only. Stopped half-way? Run the command again: it goes on where it was.

    \b
    Example:
      leaflets pack example
      leaflets pack example --draft ur --combined
      leaflets pack --all
    """
    from generator.printrun.pack import PackOptions, pack_site, pack_sites
    from generator.printrun.pack_contents import Pack

    project = drawing_project_of(context)
    say_upgrade_first(project)
    if bool(site) == all_:
        raise click.UsageError("Name a site, or --all: leaflets pack example")
    _ = project.campaign  # outside a campaign the command ends here
    wanted = {site: drafts}
    if all_ or every:
        sites = project.sites if all_ else [site]
        wanted = {code: _drafts(project, code, drafts, every) for code in sites}
    if unasked := sorted(set(drafts).difference(*wanted.values())):
        hint = "leaflets site list shows what each asks for."
        raise click.UsageError(f"No site asks for {', '.join(unasked)}; {hint}")
    with progress_bar("Packing") as progress:
        options = PackOptions(combined, again, jobs, executor, progress)
        if all_:
            found = pack_sites(project, wanted, options)
        else:
            found = {site: pack_site(project, site, wanted[site], options)}
    if json_:
        write_json({"packs": [_row(code, result) for code, result in found.items()]})
    else:
        for code, result in found.items():
            _tell(code, result)
        write_next_step(_next(found))
    sys.exit(0 if all(isinstance(pack, Pack) and pack.ok for pack in found.values()) else 1)


def _drafts(project: Project, code: str, named: tuple[str, ...], every: bool) -> tuple[str, ...]:
    """Return the languages whose drafts a site gets: of those it asks for, all or the named."""
    try:
        asked = tuple(project.site(code).languages)
    except LeafletsError:  # packing it says what is wrong
        return ()
    return asked if every else tuple(language for language in named if language in asked)


def _row(code: str, pack: Pack | LeafletsError) -> dict[str, object]:
    if isinstance(pack, LeafletsError):
        return {"site": code, "problems": problem_objects(pack.problems)}
    lines = [
        asdict(line.edition)
        | {"code": line.code, "state": line.state, "copies": line.copies, "path": line.path}
        for line in pack.lines
    ]
    left = [asdict(one.edition) | {"state": one.state, "why": one.why} for one in pack.left]
    collect = [
        {"code": one.printed.code, "copies": one.copies, "verdict": str(one.verdict.disposition)}
        for one in pack.collect
    ]
    return {
        "site": code,
        "folder": str(pack.folder),
        "editions": lines,
        "left": left,
        "wanted": pack.wanted,
        "collect": collect,
        "problems": problem_objects(pack.problems),
    }


def _tell(code: str, pack: Pack | LeafletsError) -> None:
    if isinstance(pack, LeafletsError):
        write_problems(pack.problems)
        return
    for line in pack.lines:
        state = coloured(f"{line.state:8}", line.state)
        edition = f"{line.edition.leaflet} {line.edition.language}"
        write_result(f"{state} {line.code:9} {edition}: {line.words}")
    for one in pack.left:
        edition = f"{one.edition.leaflet} {one.edition.language} {one.edition.sheet}"
        write_result(f"{coloured('left out', 'failed')} {edition} ({one.state})")
        for why in one.why:
            write_text(f"         needed: {why}")
    for name in pack.wanted:
        write_text(f"asked for {name}")
    for old in pack.collect:
        ask = old.verdict.disposition == "unknown"
        todo = "not known here: ask who packed it" if ask else old.verdict.disposition
        there = f"{count_words(old.copies, 'copy', 'copies')} at the site, {todo}"
        write_result(f"{coloured('collect ', 'failed')} {old.printed.code}: {there}")
    write_problems(pack.problems)
    editions = count_words(len(pack.lines), "edition")
    copies = count_words(sum(line.copies for line in pack.lines), "copy", "copies")
    write_note(f"site {code}: {editions}, {copies}; {len(pack.left)} left out")
    write_result(str(pack.folder))


def _next(found: dict[str, Pack | LeafletsError]) -> str:
    for code, pack in found.items():
        if isinstance(pack, LeafletsError):
            return "mend the lines above, then leaflets pack --all"
        if not pack.lines and any(one.state in ("draft", "example") for one in pack.left):
            return f"leaflets pack {code} --drafts, to look at the drafts"
        order = pack.folder / f"order_{code}.pdf"
        again = f"mend the lines above, then leaflets pack {code}"
        return f"open {order}" if order.exists() else again
    return "write a file in sites/, like sites/example.yaml"
