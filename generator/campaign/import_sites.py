"""Make the files of many sites from a table: looked at first, written only when asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.base.files import locked_folder, read_bytes, write_file
from generator.base.work_folder import work_folder
from generator.campaign.project import Project
from generator.campaign.site_table import DraftedSite, read_site_table
from generator.problem import LeafletsError, Problem


def import_sites(
    project: Project, table: Path, apply: bool
) -> tuple[list[DraftedSite], list[Problem]]:
    """Return the sites of a table that can be written, and what is wrong with the others.

    With `apply` they are written, unless anything is wrong. A site whose file says the same
    already is left out, and no file is ever overwritten.
    """
    drafted = read_site_table(table, project.facts)
    problems = [problem for site in drafted for problem in _row_problems(project, site)]
    folder = project.root / "sites"
    new = [site for site in drafted if not (folder / f"{site.code}.yaml").exists()]
    if apply and not problems:
        with locked_folder(folder, deep=False):
            for site in new:
                write_file(folder / f"{site.code}.yaml", site.text, private=True)
    return new, problems


def _row_problems(project: Project, site: DraftedSite) -> list[Problem]:
    """Return what is wrong with a row, as it shows when the file that it makes is read."""
    path = project.root / "sites" / f"{site.code}.yaml"
    if path.exists():
        if read_bytes(path).replace(b"\r\n", b"\n") == site.text.encode():
            return []
        what = f"sites/{site.code}.yaml is there already and says something else"
        hint = "change the file by hand, or take the row out of the table"
        return [Problem("exists", what, site.where, hint)]
    with work_folder() as folder:
        write_file(folder / path.name, site.text, private=True)
        try:
            project.read_site(folder / path.name)
        except LeafletsError as error:
            return [replace(problem, where=site.where) for problem in error.problems]
    return []
