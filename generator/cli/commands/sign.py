"""Read sentences or facts one by one, and sign them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.base.words import count_words
from generator.cli.options import (
    campaign_of,
    catalogue_domains,
    leaflets_argument,
    meant_code,
    reader_option,
    refuse_language,
)
from generator.cli.output import note_problems, write_next_step, write_note, write_text
from generator.problem import LeafletsError

if TYPE_CHECKING:
    from generator.campaign.project import Project

FACTS_WORD = "facts"


@click.command("sign")
@click.argument("language", required=False, default="", callback=meant_code)
@leaflets_argument
@reader_option
@click.option(
    "--sentence",
    default="",
    metavar="ID",
    help="Only this sentence, also if it is signed: so it can be corrected.",
)
@click.option("--site", default="", metavar="CODE", help="With `facts`: those of sites/CODE.yaml.")
@click.option(
    "--carry",
    is_flag=True,
    help="Carry signatures over English changes of case and punctuation only, in all languages.",
)
@click.option(
    "--why", default="", metavar="TEXT", help="With --carry: why nothing changes for a reader."
)
@click.pass_context
def command(
    context: click.Context,
    language: str,
    leaflets: tuple[str, ...],
    code: str,
    sentence: str,
    site: str,
    carry: bool,
    why: str,
) -> None:
    """Read the sentences of LANGUAGE one by one, in LEAFLETS or all: sign, correct or reject each.

    LEAFLETS may also be `shared` (words of the template) and `glossary`. In the source language an
    organiser signs each leaflet as a whole, and before them the campaign's rules (`campaign`);
    labels and words stand in one list and are signed together.
    In place of a language, `facts` shows the numbers, links and dates to look up and sign. Every
    answer is kept at once; stop when you like.

    \b
    Example:
      leaflets sign en --as r2                              what your leaflets say, to begin with
      leaflets sign ar not-alone --as r17
      leaflets sign ar not-alone --as r17 --sentence welcome
      leaflets sign facts --as r2
      leaflets sign --carry --as r2 --why "only a comma"
    """
    from generator.cli.fact_signing import FactSigning
    from generator.cli.sentence_signing import SentenceSigning
    from generator.cli.source_signing import SourceSigning
    from generator.review.reader_code import signing_reader
    from generator.review.snapshot import Snapshot

    project = campaign_of(context)
    if not language and not carry:
        raise click.UsageError("Name a language or `facts`: leaflets sign ar not-alone --as r17")
    if sentence and (carry or language == FACTS_WORD):
        raise click.UsageError("--sentence goes with a language: leaflets sign ar not-alone")
    domains = catalogue_domains(project, leaflets, language)
    if language == FACTS_WORD and leaflets:
        raise click.UsageError("Facts belong to all leaflets: leaflets sign facts --as r2")
    if language and language != FACTS_WORD:
        refuse_language(project, language, "sign")
    who = signing_reader(project.root, code, Snapshot(project).codes)
    if carry:
        _carry(project, language, domains, who, why)
    elif language == FACTS_WORD:
        FactSigning(project, site, who).go()
        write_next_step("leaflets build")
    elif language == project.campaign.source:
        SourceSigning(project, language, domains, who, sentence).go()
        write_next_step("leaflets status")
    else:
        SentenceSigning(project, language, domains, who, sentence).go()
        write_next_step(f"leaflets status -l {language}")


def _carry(project: Project, language: str, domains: list[str], who: str, why: str) -> None:
    from generator.base.clock import today
    from generator.campaign.glossary import GLOSSARY
    from generator.catalogue.change import marked_diff
    from generator.review.catalogue_update import refresh_hints
    from generator.signing.carry import carry_signatures, cosmetic_changes

    translated = [code for code in project.campaign.languages if code != "en"]
    catalogues = [domain for domain in domains if domain != GLOSSARY]
    found = cosmetic_changes(project, [language] if language else [], catalogues)
    for old, new in dict.fromkeys((one.old, one.new) for one in found):
        write_text(f"  {marked_diff(old, new)}")
    if not found:
        for code in [language] if language else translated:
            refresh_hints(project, code)
        write_note("No change of spelling alone waits.")
        return
    # A reason with a name or a number in it is refused; whoever sits there may try another.
    asks = not why and sys.stdin.isatty()
    while True:
        if asks:
            why = click.prompt("Why does nothing change for a reader", err=True)
        try:
            count = carry_signatures(project, found, who, today(), why)
            break
        except LeafletsError as error:
            if not asks:
                raise
            note_problems(error.problems)
    kept = count_words(count, "translation keeps its", "translations keep their")
    write_note(f"{kept} signatures and drafts, by decision of {who}.")
    write_next_step("leaflets build")
