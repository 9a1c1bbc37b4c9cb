"""List, add or fetch translation packages."""

from pathlib import Path

import click

from generator.cli.options import json_option, meant_code, project_of
from generator.cli.output import (
    progress_bar,
    write_json,
    write_next_step,
    write_note,
    write_problems,
    write_text,
)


@click.group("models", invoke_without_command=True)
@json_option
@click.pass_context
def command(context: click.Context, json_: bool) -> None:
    """List, add or fetch the translation packages that `leaflets draft` uses.

    Without a command they are listed.

    \b
    Example:
      leaflets models
      leaflets models add translate-en_fr-1_9.argosmodel
      leaflets models fetch fr
    """
    if context.invoked_subcommand is None:
        _list(context, json_)


def _list(context: click.Context, json_: bool) -> None:
    from dataclasses import asdict

    from generator.drafting.models import HUMAN_ONLY, language_models

    project = project_of(context)
    rows, problems = language_models(project)
    if json_:
        write_json({"models": [asdict(row) for row in rows]})
        return
    words = {"offered": "not on this computer: leaflets models fetch {}", "none": HUMAN_ONLY}
    for row in rows:
        state = row.package or words[row.state].format(row.language)
        back = f", and back {row.back}" if row.back else ""
        write_text(f"{project.languages[row.language].english:24} {state}{back}")
        if row.credit:
            write_text(f"{'':24} {' '.join(row.credit.split())[:110]}")
    write_problems(problems)
    get = "leaflets models fetch LANG, or leaflets models add FILE"
    write_next_step("leaflets draft" if any(row.package for row in rows) else get)


@command.command("add")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.pass_context
def add_model(context: click.Context, file: Path) -> None:
    """Check the package FILE (.argosmodel, or an unpacked folder) and keep it for all campaigns.

    \b
    Example:
      leaflets models add translate-en_fr-1_9.argosmodel
    """
    from generator.drafting.models import add_package

    package = add_package(project_of(context), file)
    pair = f"{package.from_name} to {package.to_name}"
    write_text(f"{package.label}: {pair}, sha256 {package.sha256}")
    write_text(" ".join(package.credit.split())[:300])
    write_next_step("commit locales/models.json, then leaflets draft")


@command.command("fetch")
@click.argument("language", callback=meant_code)
@click.option("--back", is_flag=True, help="The package into English, for back-translations.")
@click.option(
    "--from",
    "source",
    default="",
    metavar="PLACE",
    help="A mirror's https address, or a folder with packages and index.json.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def fetch_model(context: click.Context, language: str, back: bool, source: str, yes: bool) -> None:
    """Download the package for LANGUAGE.

    No other command opens a connection. This one says where to, and asks first.

    \b
    Example:
      leaflets models fetch fr
      leaflets models fetch fr --from /media/usb/argos
    """
    from generator.drafting.fetch import PACKAGE_INDEX, download_size
    from generator.drafting.models import argos_code, find_offer, get_package

    project = project_of(context)
    argos_code(project, language)
    place = source or PACKAGE_INDEX
    write_note(f"Looking for a package at {place}")
    if not (yes or source or _agreed("This opens a connection to that address. Go on?")):
        return
    offer = find_offer(project, language, back, place)
    megabytes = download_size(offer) / 1e6
    size = f"{megabytes:.0f} MB" if megabytes >= 1 else "small or of unknown size"
    write_note(f"{offer.label}, {size}")
    write_note(f"from {offer.address}")
    if not (yes or _agreed("Download it?")):
        return
    with progress_bar("Downloading") as progress:
        package = get_package(project, offer, progress)
    write_text(f"{package.label}: sha256 {package.sha256}")
    write_text(" ".join(package.credit.split())[:300])
    write_next_step(f"commit locales/models.json, then leaflets draft {language}")


def _agreed(question: str) -> bool:
    agreed = click.confirm(question, err=True)
    if not agreed:
        write_note("Nothing was fetched.")
    return agreed
