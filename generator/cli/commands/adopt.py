"""Let what stands in the files count, after lines were lost or taken out on purpose."""

import sys

import click

from generator.cli.options import campaign_of, confirm
from generator.cli.output import write_next_step, write_note, write_result, write_text


@click.command("adopt")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(context: click.Context, yes: bool) -> None:
    """Let the lines that stand here count, though others are gone: an organiser decides it.

    After a backup was put back, or lines were taken out on purpose, nothing is ready until you say
    so. First try to get the missing lines back from git or another computer. Your decision is
    signed and goes with the files, so other computers follow it.

    \b
    Example:
      leaflets adopt
    """
    from generator.readers.adopt import adopt, adopt_root, losses, other_root
    from generator.readers.own_key import organiser_seed, short_name

    project = campaign_of(context)
    if other_root(project.root):
        write_note("Another organiser stands at the beginning than the one this computer knew.")
        if founders := project.registry.founders:
            first = short_name(founders[0])
            write_note(f"The first organiser's computer is now {first}: ring your organisers up.")
            confirm(yes, f"Do they say the same letters, {first}?")
        else:
            write_note("Nobody stands there now: whoever signs next would be the first organiser.")
            confirm(yes, "Did your organisers really begin anew?")
        adopt_root(project.root)
        write_result("This computer takes them for your organisers now.")
    found = losses(project.root)
    for loss in found:
        write_text(loss.says)
    if not found:
        write_note("No line is missing.")
        sys.exit(0)
    organiser_seed(project.root)
    write_note(
        "Each line was somebody's signature, rejection or decision. It will be gone for all."
    )
    confirm(yes, "Let what stands here count without them?")
    adopt(project.root, found)
    write_result("What stands here counts, also on other computers once they have these files.")
    write_next_step("leaflets check")
