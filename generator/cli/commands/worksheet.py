"""Make a sheet to read and sign on paper, in a spreadsheet or on a phone."""

import click

from generator.base.words import count_words
from generator.cli.options import (
    campaign_of,
    catalogue_domains,
    completion_of,
    leaflets_argument,
    meant_code,
    refuse_language,
)
from generator.cli.output import write_next_step, write_note, write_result


@click.command("worksheet")
@click.argument("language", shell_complete=completion_of("language"), callback=meant_code)
@leaflets_argument
@click.option(
    "--as",
    "code",
    metavar="CODE",
    default="",
    help="For this reader: only what is left for them, and their code on the sheet.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Every sentence, also those that are ready."
)
@click.option(
    "--pdf", "wanted", flag_value="pdf", default="pdf", help="Paper to write on (the default)."
)
@click.option("--xlsx", "wanted", flag_value="xlsx", help="A spreadsheet for LibreOffice or Excel.")
@click.option("--csv", "wanted", flag_value="csv", help="A table for any spreadsheet program.")
@click.option(
    "--html", "wanted", flag_value="html", help="One file for a phone; it needs no connection."
)
@click.pass_context
def command(
    context: click.Context,
    language: str,
    leaflets: tuple[str, ...],
    code: str,
    everything: bool,
    wanted: str,
) -> None:
    """Make a numbered sheet of LANGUAGE: English, translation, and room to answer.

    It has the sentences of LEAFLETS, or of all; in the source language each leaflet as a whole
    before its sentences, and the campaign's rules. Words that belong to no leaflet are asked for by
    name: `review`, `site` and `glossary`. The sheet goes into output/worksheets/; what comes back
    is typed or read in with `leaflets enter`. A sheet is for one person: two people who read the
    same sentences need two sheets.

    \b
    Example:
      leaflets worksheet ti not-alone --as r17
      leaflets worksheet ar --xlsx
      leaflets worksheet ur --html --as r9
    """
    from generator.review.reader_code import admit_code
    from generator.review.snapshot import Snapshot
    from generator.worksheet.formats import WORKSHEET_FORMATS
    from generator.worksheet.worksheet import make_worksheet, save_worksheet, sheet_domains

    project = campaign_of(context)
    refuse_language(project, language, "worksheet")
    snapshot = Snapshot(project)
    who = admit_code(code, snapshot.codes) if code else ""
    domains = catalogue_domains(project, leaflets or sheet_domains(project, language), language)
    sheet = make_worksheet(snapshot, language, domains, who, everything)
    write_note(f"Making a sheet of {count_words(len(sheet.rows), 'sentence')} ...")
    form = WORKSHEET_FORMATS[wanted]
    path = save_worksheet(project, sheet, leaflets, wanted, lambda: form.make(snapshot, sheet))
    write_result(str(path))
    whose = f", for {who}" if who else ""
    write_note(f"{count_words(len(sheet.rows), 'sentence')}, version {sheet.version}{whose}.")

    reader = f" --as {who or 'CODE'}"
    if wanted == "pdf":
        write_next_step(f"leaflets enter{reader}")
    else:  # these files say themselves whose they are
        write_next_step(f"leaflets enter FILE{'' if who else reader}")
