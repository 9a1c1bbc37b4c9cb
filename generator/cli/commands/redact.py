"""Delete a text for good: a wording, a reason or a comment that must not stand anywhere."""

from __future__ import annotations

import click

from generator.cli.options import campaign_of, completion_of, confirm, meant_code
from generator.cli.output import write_next_step, write_note, write_text

STAYS = (
    "It stays on paper, in PDFs and worksheets that were made, on other computers until they get "
    "your changes, in backups, and in the history of git: docs/organising.md says how to clean it."
)


@click.command("redact")
@click.argument("language", callback=meant_code, shell_complete=completion_of("language"))
@click.argument("text", metavar="TEXT-OR-HASH")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(context: click.Context, language: str, text: str, yes: bool) -> None:
    """Delete a text of LANGUAGE for good, such as a comment with somebody's name in it.

    TEXT is the whole text in quotes, a part that no other text has, or its hash. In place of a
    language, `facts` and `sites` mean former values of facts, and the reasons that were given about
    them. A sentence that says it is missing afterwards. Signatures stay, since they hold no text;
    nothing brings the text back when an older copy is merged.

    \b
    Example:
      leaflets redact ar "the neighbour of"
    """
    from generator.base.names import pick_names
    from generator.signing.redact import FACTS, SITES, find_redaction, redact_text

    project = campaign_of(context)
    pick_names("language", [language], [*project.campaign.languages, FACTS, SITES])
    found = find_redaction(project, language, text)
    write_text(found.text or f"a text that is gone already, {min(found.keys)}")
    for place in found.places:
        write_note(f"  stands in {place}")
    confirm(yes, "Delete it for good?")
    left = redact_text(project, found)
    write_note(f"Deleted. {STAYS}")
    for place in left:
        write_note(f"  it still stands in {place}: delete that file, or change it there")
    write_next_step("leaflets extract")
