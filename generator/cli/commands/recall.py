"""List the printed pages to collect when something on them is wrong."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from generator.base.words import count_words
from generator.cli.options import (
    completion_of,
    json_option,
    languages_option,
    printing_project_of,
    say_upgrade_first,
)
from generator.cli.output import write_json, write_next_step, write_note, write_papers, write_text

if TYPE_CHECKING:
    from generator.editions.recall import FoundPrinting


@click.command("recall")
@click.option(
    "--sentence",
    default="",
    metavar="LEAFLET/ID",
    help="The pages with this sentence, such as not-alone/safe.",
)
@click.option(
    "--fact",
    default="",
    metavar="NAME",
    help="The pages with this fact of facts.yaml, or of a site.",
)
@click.option(
    "--leaflet",
    default="",
    metavar="SLUG",
    help="Every page of this leaflet.",
    shell_complete=completion_of("leaflet"),
)
@languages_option
@click.option(
    "--all",
    "all_",
    is_flag=True,
    help="Also the pages that say about it what the campaign says today.",
)
@json_option
@click.pass_context
def command(
    context: click.Context,
    sentence: str,
    fact: str,
    leaflet: str,
    languages: tuple[str, ...],
    all_: bool,
    json_: bool,
) -> None:
    """List the codes, sites and copies to collect, and print notices to hang up.

    There is one in each language concerned. Correct or reject the sentence first, or change the
    fact: pages that say what the campaign says today are left out. Of a site that another computer
    packed for, this one cannot tell whether its numbers hold: ask there.

    \b
    Example:
      leaflets recall --sentence not-alone/safe
      leaflets recall --fact campaign_phone --json
    """
    from generator.editions.recall import printings_to_collect
    from generator.printrun.notice import print_notices
    from generator.review.recall_rules import RecallRequest

    if sum(map(bool, (sentence, fact, leaflet))) != 1:
        ways = "leaflets recall --sentence not-alone/safe, or --fact NAME, or --leaflet SLUG"
        raise click.UsageError(f"Name one thing: {ways}")
    project = printing_project_of(context)
    say_upgrade_first(project)
    found = printings_to_collect(project, RecallRequest(sentence, fact, leaflet, languages))
    wanted = [one for one in found if all_ or not one.today]
    left = len(found) - len(wanted)
    if json_:
        write_json({"editions": [_row(one) for one in wanted], "left": left})
        sys.exit(1 if wanted else 0)
    _table(wanted)
    if left:
        write_note(f"{left} more say about it what the campaign says today; --all lists them too.")
    # A notice says that something is wrong.
    papers = print_notices(project, [one.printed for one in wanted if not one.unsure])
    write_papers(papers.paths.values(), papers.problems)
    build = "leaflets build, then leaflets pack SITE for each site"
    write_next_step(build if wanted else "nothing to collect")
    sys.exit(1 if wanted else 0)


def _row(one: FoundPrinting) -> dict[str, object]:
    from generator.cli.commands.look import printing_row

    reasons = [{"name": reason.name, "what": reason.what} for reason in one.reasons]
    return printing_row(one.printed, one.verdict) | {"copies": one.copies, "reasons": reasons}


def _table(wanted: list[FoundPrinting]) -> None:
    for one in wanted:
        printed = one.printed
        place = f"site {printed.site}" if printed.site else "no site"
        count = count_words(one.copies, "copy", "copies") if one.copies else "copies not counted"
        by = f", replaced by {one.verdict.by}" if one.verdict.by else ""
        edition = f"{printed.leaflet} {printed.language} {printed.sheet}"
        ask = ", ask who packed it" if one.verdict.disposition == "unknown" else ""
        write_text(f"{printed.code:10} {edition}, {place}: {count}{by}{ask}")
        for reason in one.reasons:
            write_text(f"{'':10} {reason.name}: {reason.what}")
    sites = Counter[str]()
    for one in wanted:
        sites[one.printed.site] += one.copies
    for site, copies in sorted(sites.items()):
        codes = len({one.printed.code for one in wanted if one.printed.site == site})
        place = f"site {site}" if site else "no site"
        packed = count_words(copies, "copy", "copies")
        write_text(f"{place}: {count_words(codes, 'code')}, {packed} in packs")
