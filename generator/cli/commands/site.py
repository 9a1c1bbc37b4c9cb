"""List the places you print for, or make many from a table."""

import sys
from pathlib import Path

import click

from generator.base.words import count_words
from generator.cli.options import campaign_of, json_option, project_of
from generator.cli.output import (
    problem_objects,
    write_json,
    write_next_step,
    write_note,
    write_problems,
    write_result,
    write_text,
)


@click.group("site")
def command() -> None:
    """List the sites, or make many from a table.

    \b
    Example:
      leaflets site list
      leaflets site import sites.csv
    """


@command.command("list")
@json_option
@click.pass_context
def list_sites(context: click.Context, json_: bool) -> None:
    """List the sites by code: languages, copies, size of the phone tree, and what is wrong.

    \b
    Example:
      leaflets site list --json
    """
    from generator.problem import LeafletsError, Problem

    project = campaign_of(context)
    rows, wrong = [], list[Problem]()
    for code in project.sites:
        try:
            site = project.site(code)
        except LeafletsError as error:
            wrong += error.problems
            continue
        row = {
            "site": code,
            "leaflets": list(site.leaflets),
            "languages": dict(site.languages),
            "wanted": list(site.wanted),
            "people": len(site.people),
        }
        rows.append(row)
        if not json_:
            copies = " ".join(f"{language}={count}" for language, count in site.languages.items())
            people = f"{len(site.people)} people in the phone tree"
            write_text(f"{code:16} {copies or 'nothing to print'}; {people}")
    if json_:
        write_json({"sites": rows, "problems": problem_objects(wrong)})
    else:
        write_problems(wrong)
        pack = f"leaflets pack {rows[0]['site']}" if rows else "write sites/CODE.yaml"
        write_next_step("leaflets check" if wrong else pack)
    sys.exit(1 if wrong else 0)


@command.command("import")
@click.argument(
    "table", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE.csv"
)
@click.option("--apply", is_flag=True, help="Write the files; without it nothing is written.")
@click.pass_context
def import_table(context: click.Context, table: Path, apply: bool) -> None:
    """Make sites/CODE.yaml from each row of FILE.csv.

    Without --apply you are only told what would be written. The first line names the columns:
    code, leaflets, languages (en=12 ar=30), sheets, spare, printer, wanted, and fact:NAME for facts
    of facts.yaml, with source and verified. A file that is there already is never changed.

    \b
    Example:
      leaflets site import sites.csv
      leaflets site import sites.csv --apply
    """
    from generator.campaign.import_sites import import_sites

    new, problems = import_sites(project_of(context), table, apply)
    write_problems(problems)
    if problems:
        write_note("Nothing was written.")
        write_next_step(f"mend the lines above in {table}, then leaflets site import {table}")
        sys.exit(1)
    for site in new:
        write_result(f"{'wrote' if apply else 'would write'} sites/{site.code}.yaml")
    verb = "written" if apply else "would be written"
    write_note(f"{count_words(len(new), 'site')} {verb}; git ignores them, they stay with you.")
    write_next_step("leaflets pack --all" if apply else f"leaflets site import {table} --apply")
