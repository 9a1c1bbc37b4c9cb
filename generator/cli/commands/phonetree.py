"""Lay a call tree for the people of a site, and print it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.base.words import count_words
from generator.cli.options import completion_of, drawing_project_of, json_option, languages_option
from generator.cli.output import (
    coloured,
    write_json,
    write_next_step,
    write_papers,
    write_result,
    write_text,
)

if TYPE_CHECKING:
    from generator.campaign.call_tree import CallTree
    from generator.campaign.project import Project
    from generator.editions.render_papers import WrittenPapers


@click.command("phonetree")
@click.argument("site", required=False, default="", shell_complete=completion_of("site"))
@languages_option
@click.option(
    "--private",
    is_flag=True,
    help="Print names and numbers into output/packs/SITE/; without it none leaves the site's file.",
)
@click.option(
    "--encrypt", is_flag=True, help="With --private: lock each PDF with a passphrase, asked here."
)
@click.option(
    "--blank", is_flag=True, help="Print empty boxes and lines, to fill in by hand; for no site."
)
@json_option
@click.pass_context
def command(
    context: click.Context,
    site: str,
    languages: tuple[str, ...],
    private: bool,
    encrypt: bool,
    blank: bool,
    json_: bool,
) -> None:
    """Lay a call tree for the people in sites/SITE.yaml; who calls whom shares a language.

    You are told how many calls the news takes and whom nobody can call, by the lines of the site's
    file, never by name. With --private a paper is printed for each language, with its speakers and
    those next to them, and one with everybody for the organiser.

    \b
    Example:
      leaflets phonetree example
      leaflets phonetree example --private --encrypt
      leaflets phonetree --blank -l ar
    """
    from generator.printrun.phone_tree import (
        call_tree_of,
        outdated_trees,
        print_blank_tree,
        print_phone_tree,
    )

    if bool(site) == blank or (encrypt and not private) or (blank and private):
        blank_too = "leaflets phonetree example --private, or leaflets phonetree --blank"
        raise click.UsageError(f"Name a site, or --blank: {blank_too}")
    project = drawing_project_of(context)
    _ = project.campaign  # outside a campaign the command ends here
    if blank:
        _printed(print_blank_tree(project, languages), "print it, and fill it in by hand")
    found = call_tree_of(project, site)
    if json_:
        write_json(_row(site, found))
    else:
        _tell(project, found)
        for code in outdated_trees(project, site):
            older = "an older paper with other people or numbers"
            write_result(f"{coloured('collect', 'failed')} {code}: {older}")
    if private:
        passphrase = ""
        if encrypt:
            passphrase = click.prompt(
                "Passphrase", hide_input=True, confirmation_prompt=True, err=True
            )
        papers = print_phone_tree(project, site, languages, passphrase)
        _printed(papers, "print it, hand it over, then delete the file")
    write_next_step(f"leaflets phonetree {site} --private")
    sys.exit(1 if found.missing else 0)


def _row(site: str, found: CallTree) -> dict[str, object]:
    from generator.campaign.call_tree import print_names

    return {
        "site": site,
        "people": len(found.people),
        "calls": len(found.deepest) - 1,
        "missing": [found.people[place].where for place in found.missing],
        "prints": print_names(found.people),
    }


def _tell(project: Project, found: CallTree) -> None:
    people, calls = len(found.people), len(found.deepest) - 1
    reached = people - len(found.missing)
    everybody, last = count_words(people, "person is", "people are"), count_words(calls, "call")
    write_result(f"{reached} of {everybody} reached, the last after {last}")
    way = " → ".join(str(place + 1) for place in found.deepest)
    write_text(f"longest way: {way} (places in the list)")
    for place in found.missing:
        person = found.people[place]
        spoken = ", ".join(project.languages[code].english for code in person.languages)
        wanted = f"look for somebody who speaks {spoken} and may call one more"
        write_text(f"{person.where}: nobody can call this person; {wanted}")


def _printed(papers: WrittenPapers, following: str) -> None:
    """Show what was printed, and end."""
    write_papers(papers.paths.values(), papers.problems)
    write_next_step(following if papers.paths else "leaflets check")
    sys.exit(1 if papers.problems else 0)
