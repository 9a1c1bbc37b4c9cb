"""Arguments that complete with the Tab key: languages, leaflets, sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.problem import LeafletsError

if TYPE_CHECKING:
    from generator.campaign.project import Project


def project_of(context: click.Context) -> Project:
    """Return the project that a command works on."""
    from generator.base.leftovers import sweep_dead
    from generator.campaign.project import Project

    root = context.find_root().obj or Path()
    project = Project(root)
    for folder, deep in {
        root: False,
        project.leaflets_folder: False,
        project.locales: True,
        root / "sites": False,
    }.items():
        sweep_dead(folder, deep)
    return project


def looked_project_of(context: click.Context) -> Project:
    """Return the project that a command draws pages of; where they do not look as shipped, say so."""
    from generator.campaign.look import own_looks
    from generator.cli import show

    project = project_of(context)
    for look in own_looks(project):
        show.note(look)
    return project


def complete(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return what completes an argument of a kind: leaflet, language, sheet, tag or site."""

    def near(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        from generator.campaign.sheets import SHEETS

        with suppress(LeafletsError):
            project = project_of(context)
            known: dict[str, Callable[[], Iterable[str]]] = {
                "leaflet": lambda: project.slugs,
                "language": lambda: project.campaign.languages,
                "sheet": lambda: SHEETS,
                "tag": lambda: project.languages,
                "site": lambda: project.sites,
            }
            return [name for name in known[kind]() if name.startswith(incomplete)]
        return []

    return near


def code_meant(
    context: click.Context, parameter: click.Parameter, value: str | tuple[str, ...]
) -> str | tuple[str, ...]:
    """Return the table's own code for each language tag that was typed, such as fa for fa-IR; what is none stays as it is."""
    from generator.base.tags import code_of
    from generator.cli import show

    if isinstance(value, tuple):
        return tuple(str(code_meant(context, parameter, one)) for one in value)
    with suppress(LeafletsError):
        code = code_of(value, project_of(context).languages) if value else ""
        if code and code != value.replace("-", "_"):
            show.note(f"{value} is called {code} here.")
        return code or value
    return value


def refuse_language(project: Project, language: str, command: str) -> None:
    """Raise a usage error unless `language` is one that people read and sign; `command` is what was typed."""
    from generator.base.names import pick

    if language == "en":
        raise click.UsageError(
            "English is the original: nobody signs it. Change it in leaflets/*.yaml, then: leaflets extract"
        )
    if language in project.slugs:
        raise click.UsageError(f"Name the language first: leaflets {command} ar {language}")
    pick("language", [language], [code for code in project.campaign.languages if code != "en"])


def domains(project: Project, leaflets: Sequence[str]) -> list[str]:
    """Return the catalogues named, or those of all leaflets, the glossary last; raise UsageError for unknown ones."""
    from generator.base.names import pick
    from generator.campaign.glossary import GLOSSARY

    return pick(
        "leaflet", leaflets or [*project.leaflet_domains, GLOSSARY], [*project.domains, GLOSSARY]
    )


leaflets = click.argument("leaflets", nargs=-1, shell_complete=complete("leaflet"))
languages = click.option(
    "-l",
    "--language",
    "languages",
    multiple=True,
    metavar="LANG",
    shell_complete=complete("language"),
    callback=code_meant,
    help="Only this language; may be repeated.",
)
sheets = click.option(
    "-s",
    "--sheet",
    "sheets",
    multiple=True,
    metavar="SHEET",
    shell_complete=complete("sheet"),
    help="Only this sheet, such as a5, a4-fold or trifold (README, Sheets and folds).",
)
tag = click.argument("tag", shell_complete=complete("tag"))
as_json = click.option(
    "--json", "json_", is_flag=True, help="Write the result as JSON, for other programs."
)
