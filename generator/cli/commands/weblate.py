"""Write the configuration for a Weblate server."""

import json
from pathlib import Path

import click

from generator.cli.options import project_of
from generator.cli.output import write_next_step, write_result


@click.command("weblate")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("weblate"))
@click.option(
    "--repository",
    metavar="URL",
    required=True,
    help="The address from which Weblate clones the campaign.",
)
@click.option(
    "--branch", default="main", metavar="NAME", show_default=True, help="The branch it works on."
)
@click.pass_context
def command(context: click.Context, folder: Path, repository: str, branch: str) -> None:
    """Write FOLDER/project.json and FOLDER/components.json for a Weblate server.

    No connection is opened.

    \b
    Example:
      leaflets weblate --repository https://git.example.org/our-town.git
    """
    from generator.base.files import write_file
    from generator.overview.weblate import weblate_components, weblate_project

    project = project_of(context)
    rows = weblate_components(project, repository, branch)
    for name, value in (("project", weblate_project(project)), ("components", rows)):
        write_file(folder / f"{name}.json", json.dumps(value, ensure_ascii=False, indent=1) + "\n")
        write_result(str(folder / f"{name}.json"))
    arguments = f"--project SLUG --main-component {rows[0]['slug']} components.json"
    write_next_step(f"on the server: weblate import_json {arguments}")
