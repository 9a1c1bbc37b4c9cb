"""Add a language or a leaflet."""

import click

from generator.cli.options import project_of, tag_argument
from generator.cli.output import write_next_step, write_note, write_result


@click.group("add")
def command() -> None:
    """Add a language or a leaflet to the campaign.

    \b
    Example:
      leaflets add language ru
      leaflets add leaflet know-your-rights
    """


@command.command("language")
@tag_argument
@click.pass_context
def new_language(context: click.Context, tag: str) -> None:
    """Add the language TAG to campaign.yaml and make its catalogues.

    \b
    Example:
      leaflets add language om
    """
    from generator.overview.new import add_language

    added = add_language(project_of(context), tag)
    folder = f"locales/{added.code}/LC_MESSAGES/"
    write_result(f"{added.code}: {added.english}, {added.endonym}; catalogues in {folder}")
    if not added.words:
        warned = "a text in another language is only warned of"
        how = "CONTRIBUTING.md, A language"
        write_note(f"No words of {added.english} are known yet: {warned}. See {how}.")
    write_next_step(f"leaflets status -l {added.code}")


@command.command("leaflet")
@click.argument("slug")
@click.pass_context
def new_leaflet(context: click.Context, slug: str) -> None:
    """Add a leaflet SLUG to start from, with its catalogues.

    \b
    Example:
      leaflets add leaflet know-your-rights
    """
    from generator.base.clock import today
    from generator.overview.new import add_leaflet

    path = add_leaflet(project_of(context), slug, today())
    write_result(str(path))
    write_next_step(f"open {path}, write, then leaflets extract && leaflets build {slug} -l en")
