"""Arguments that complete with the Tab key: languages, leaflets, sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.output import write_note
from generator.problem import LeafletsError

if TYPE_CHECKING:
    from generator.campaign.project import Project


def project_of(context: click.Context) -> Project:
    """Return the project that a command works on."""
    from generator.base.leftovers import sweep_dead_leftovers
    from generator.campaign.project import Project

    root = context.find_root().obj or Path()
    project = Project(root)
    for folder, deep in {
        root: False,
        project.leaflets_folder: False,
        project.locales: True,
        root / "sites": False,
    }.items():
        sweep_dead_leftovers(folder, deep)
    return project


def drawing_project_of(context: click.Context) -> Project:
    """Return the project that a command draws pages of; where they do not look as shipped, say so."""
    from generator.campaign.own_templates import own_template_notes

    project = project_of(context)
    for look in own_template_notes(project):
        write_note(look)
    return project


def completion_of(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return what completes an argument of a kind: leaflet, language, sheet, tag or site."""

    def near(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        with suppress(LeafletsError):
            project = project_of(context)
            known: dict[str, Callable[[], Iterable[str]]] = {
                "leaflet": lambda: project.slugs,
                "language": lambda: project.campaign.languages,
                "sheet": lambda: project.sheets,
                "tag": lambda: project.languages,
                "site": lambda: project.sites,
                "printer": lambda: project.printers,
            }
            return [name for name in known[kind]() if name.startswith(incomplete)]
        return []

    return near


def meant_code(
    context: click.Context, parameter: click.Parameter, value: str | tuple[str, ...]
) -> str | tuple[str, ...]:
    """Return the table's own code for each language tag that was typed, such as fa for fa-IR; what is none stays as it is."""
    from generator.base.language_tags import language_code_of

    if isinstance(value, tuple):
        return tuple(str(meant_code(context, parameter, one)) for one in value)
    with suppress(LeafletsError):
        code = language_code_of(value, project_of(context).languages) if value else ""
        if code and code != value.replace("-", "_"):
            write_note(f"{value} is called {code} here.")
        return code or value
    return value


def refuse_language(project: Project, language: str, command: str) -> None:
    """Raise a usage error unless `language` is one that people read and sign; `command` is what was typed."""
    from generator.base.names import pick_names

    if language == "en":
        raise click.UsageError(
            "English is the original: nobody signs it. Change it in leaflets/*.yaml, then: leaflets extract"
        )
    if language in project.slugs:
        raise click.UsageError(f"Name the language first: leaflets {command} ar {language}")
    pick_names(
        "language", [language], [code for code in project.campaign.languages if code != "en"]
    )


def catalogue_domains(project: Project, leaflets: Sequence[str]) -> list[str]:
    """Return the catalogues named, or those of all leaflets, the glossary last; raise UsageError for unknown ones."""
    from generator.base.names import pick_names
    from generator.campaign.glossary import GLOSSARY

    return pick_names(
        "leaflet", leaflets or [*project.leaflet_domains, GLOSSARY], [*project.domains, GLOSSARY]
    )


leaflets_argument = click.argument("leaflets", nargs=-1, shell_complete=completion_of("leaflet"))
languages_option = click.option(
    "-l",
    "--language",
    "languages",
    multiple=True,
    metavar="LANG",
    shell_complete=completion_of("language"),
    callback=meant_code,
    help="Only this language; may be repeated.",
)
sheets_option = click.option(
    "-s",
    "--sheet",
    "sheets",
    multiple=True,
    metavar="SHEET",
    shell_complete=completion_of("sheet"),
    help="Only this sheet, such as a5, a4-fold or trifold (docs/printing.md).",
)
tag_argument = click.argument("tag", shell_complete=completion_of("tag"))
json_option = click.option(
    "--json", "json_", is_flag=True, help="Write the result as JSON, for other programs."
)
