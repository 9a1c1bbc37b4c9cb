"""What commands share: their project, arguments that the Tab key completes, common options."""

from __future__ import annotations

import sys
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
    """Return the project that a command works on, without what killed runs left behind."""
    from generator.base.leftovers import sweep_dead_leftovers
    from generator.campaign.project import Project
    from generator.review.merge_driver import register_driver

    root = context.find_root().obj or Path()
    project = Project(root)
    register_driver(root)
    for folder in (root, project.leaflets_folder, root / "sites"):
        sweep_dead_leftovers(folder, False)
    sweep_dead_leftovers(project.locales, True)
    return project


def campaign_of(context: click.Context) -> Project:
    """Return the project, its settings read: outside a campaign a command ends here."""
    project = project_of(context)
    _ = project.campaign  # raises the problem with the way in
    return project


def say_upgrade_first(project: Project) -> None:
    """Say what to type where the signatures are those of an earlier version."""
    from generator.trust.old_lines import has_old_signatures

    with suppress(LeafletsError):  # a damaged file is told where it is read
        if not project.registry.campaign and has_old_signatures(project.root):
            write_note(
                "Signatures of an earlier version count for nothing yet. "
                "An organiser types: leaflets upgrade"
            )


def printing_project_of(context: click.Context) -> Project:
    """Return the project whose papers a command counts; say where an older campaign's record is."""
    from generator.editions.takeover import take_over_printings

    project = project_of(context)
    for line in take_over_printings(project):
        write_note(line)
    return project


def drawing_project_of(context: click.Context) -> Project:
    """Return the project that a command draws pages of; say where its templates are its own."""
    from generator.campaign.own_templates import own_template_notes

    project = printing_project_of(context)
    for look in own_template_notes(project):
        write_note(look)
    return project


def completion_of(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return what completes an argument of a kind: leaflet, language, sheet, tag or site."""

    def near(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        # An error would be written into the line that somebody is typing.
        with suppress(LeafletsError):
            project = project_of(context)
            known: dict[str, Callable[[], Iterable[str]]] = {
                "leaflet": lambda: project.slugs,
                "language": lambda: project.campaign.languages,
                "sheet": lambda: project.sheets,
                "tag": lambda: project.languages,
                "site": lambda: project.sites,
            }
            return [name for name in known[kind]() if name.startswith(incomplete)]
        return []

    return near


def meant_code(
    context: click.Context, parameter: click.Parameter, value: str | tuple[str, ...]
) -> str | tuple[str, ...]:
    """Return the table's own code for each language tag that was typed, such as fa for fa-IR.

    What is no language stays as it is, for the command to refuse.
    """
    from generator.base.language_tags import language_code_of

    if isinstance(value, tuple):
        return tuple(str(meant_code(context, parameter, one)) for one in value)
    with suppress(LeafletsError):
        code = language_code_of(value, project_of(context).languages) if value else ""
        if code and code != value.replace("-", "_"):
            write_note(f"{value} is called {code} here.")
        return code or value
    return value


def confirm(yes: bool, question: str) -> None:
    """Ask before what cannot be taken back, unless `yes`; where the answer is no, end with 130."""
    if not yes and not click.confirm(question, err=True):
        write_note("Not done.")
        sys.exit(130)


def refuse_language(project: Project, language: str, command: str) -> None:
    """Raise a usage error unless people read and sign `language`; `command` is what was typed."""
    from generator.base.names import pick_names

    if language in project.slugs:
        raise click.UsageError(f"Name the language first: leaflets {command} ar {language}")
    pick_names("language", [language], project.campaign.languages)


def catalogue_domains(project: Project, leaflets: Sequence[str], language: str = "") -> list[str]:
    """Return the catalogues named, or those of all leaflets, with the glossary last.

    In the source language the campaign's rules come first.
    """
    from generator.base.names import pick_names
    from generator.campaign.glossary import GLOSSARY
    from generator.signing.reading import readable_catalogues

    known = readable_catalogues(project, language)
    policy = [name for name in known if name not in (*project.domains, GLOSSARY)]
    return pick_names("leaflet", leaflets or [*policy, *project.leaflet_domains, GLOSSARY], known)


leaflets_argument = click.argument("leaflets", nargs=-1, shell_complete=completion_of("leaflet"))
tag_argument = click.argument("tag", shell_complete=completion_of("tag"))
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
reader_option = click.option(
    "--as",
    "code",
    metavar="CODE",
    default="",
    help="Your reader's code, such as r17; a folder remembers it.",
)
jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0, 256),
    default=0,
    metavar="N",
    help="Processes to use; 0 means one for each core.",
)
json_option = click.option(
    "--json", "json_", is_flag=True, help="Write the result as JSON, for other programs."
)
