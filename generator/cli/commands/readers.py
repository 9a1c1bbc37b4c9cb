"""Say who may sign: admit, retire, get a campaign back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.cli.options import campaign_of, confirm, json_option
from generator.cli.output import (
    write_json,
    write_next_step,
    write_note,
    write_result,
    write_text,
)

if TYPE_CHECKING:
    from generator.readers.admit import AskingKey

# How much of a stolen computer's work goes on counting.
_last_good_option = click.option(
    "--last-good",
    "last_good",
    multiple=True,
    metavar="LINE",
    help="The last line before the theft; once for each ledger.",
)
_all_option = click.option(
    "--all", "everything", is_flag=True, help="Nothing that the stolen computer signed counts."
)


@click.group("readers", invoke_without_command=True)
@json_option
@click.pass_context
def command(context: click.Context, json_: bool) -> None:
    """List who may sign here, and say what this computer may do.

    Each computer has a key of its own, made with its first signature. An organiser admits a
    reader's computer once, after a phone call. docs/keys.md explains all of it on one page.

    \b
    Example:
      leaflets readers
      leaflets readers admit r17
    """
    if context.invoked_subcommand:
        return
    from generator.cli.reader_list import readers_object, write_readers

    root = campaign_of(context).root
    if json_:
        write_json(readers_object(root))
    else:
        write_readers(root)


@command.command("admit")
@click.argument("code", default="")
@click.argument("spoken", default="")
@click.option("--organiser", is_flag=True, help="Make the computer an organiser's.")
@click.pass_context
def admit_reader(context: click.Context, code: str, spoken: str, organiser: bool) -> None:
    """Admit the computer of the reader CODE, after comparing twelve letters on the phone.

    Ring the reader up. They type `leaflets readers` and read out the letters: type them as SPOKEN,
    or compare them with what you are shown. With --organiser only the letters are needed.

    \b
    Example:
      leaflets readers admit r17
      leaflets readers admit r17 DG6A-NCWG-BRXT
      leaflets readers admit --organiser 7K3M-QX2A-0PTB
    """
    from generator.readers.admit import (
        admit,
        asking_keys,
        heard,
        make_organiser,
        possible_organisers,
        refuse_nobody,
    )
    from generator.readers.own_key import organiser_seed, short_name
    from generator.trust.readers_file import ORGANISER_CODE

    project = campaign_of(context)
    organiser_seed(project.root)
    if organiser:
        spoken, code = spoken or code, ORGANISER_CODE
    code = code.strip().casefold()
    if not code:
        raise click.UsageError("Name the reader: leaflets readers admit r17")
    if code == ORGANISER_CODE and not organiser:
        raise click.UsageError("For an organiser: leaflets readers admit --organiser LETTERS")
    asking = asking_keys(project.registry, code)
    if organiser and spoken:
        asking = possible_organisers(project.registry)
    refuse_nobody(asking, code)
    one = heard(asking, spoken) if spoken else _compared(asking)
    if organiser:
        make_organiser(project.root, one)
        write_result(f"Computer {short_name(one.key)} is an organiser's now.")
    else:
        admit(project.root, one)
        write_result(f"{one.code} signs with computer {short_name(one.key)} now.")
    write_note("Hand the campaign's files on, with git or as a copy, so that others know it.")


def _compared(asking: list[AskingKey]) -> AskingKey:
    """Return the computer whose letters the reader reads out; end where they are others."""
    for one in asking:
        if len(asking) > 1:
            write_note(f"{len(asking)} computers ask to sign for {one.code}.")
        write_text(f"  {one.spoken}")
        if click.prompt("Does the reader read out these letters? y/n", err=True)[:1].lower() == "y":
            return one
    write_note("Nobody was admitted. If somebody else asks under this code, do not admit them.")
    sys.exit(1)


@command.command("ask")
@click.pass_context
def ask_organiser(context: click.Context) -> None:
    """Ask to become an organiser's computer; readers ask by themselves with their first signature.

    \b
    Example:
      leaflets readers ask
    """
    from generator.readers.own_key import ask_as_organiser

    own = ask_as_organiser(campaign_of(context).root)
    write_result(f"Read out to an organiser: {own.spoken[0]}")
    write_note("First send them the campaign's files, with git or as a copy.")
    write_note(f"They type: leaflets readers admit --organiser {own.spoken[0]}")


@command.command("retire")
@click.argument("code")
@click.argument("key", default="")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def retire_key(context: click.Context, code: str, key: str, yes: bool) -> None:
    """End a computer's key: somebody leaves, or a computer is lost or broken.

    What it has signed until now counts on. Get the newest files first: what is not here yet counts
    for nothing. CODE is a reader's, or `organiser`; KEY names one of several computers.

    \b
    Example:
      leaflets readers retire r17
      leaflets readers retire organiser 3fa2c1d0
    """
    from generator.readers.key_list import meant_key
    from generator.readers.own_key import organiser_seed, own_key, short_name
    from generator.readers.retire import retire

    project = campaign_of(context)
    organiser_seed(project.root)
    meant = meant_key(project.registry, code, key)
    if own_key(project.root).key == meant:
        write_note("This is the computer in front of you: it will sign no more.")
    write_note(f"{code}, computer {short_name(meant)}: what it signed counts, nothing new does.")
    confirm(yes, "End it?")
    retire(project.root, meant)
    write_result(f"Computer {short_name(meant)} signs no more for {code}.")
    write_next_step("leaflets status")


@command.command("revoke")
@click.argument("code")
@click.argument("key", default="")
@_last_good_option
@_all_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def revoke_key(
    context: click.Context,
    code: str,
    key: str,
    last_good: tuple[str, ...],
    everything: bool,
    yes: bool,
) -> None:
    """End the key of a stolen computer: what was signed after the theft counts for nothing.

    Without --last-good or --all you are shown the last lines of each ledger, to choose from.

    \b
    Example:
      leaflets readers revoke r17
      leaflets readers revoke r17 --last-good 5c01aa93e2f7
      leaflets readers revoke r17 --all
    """
    from generator.cli.reader_list import write_signed_lines
    from generator.readers.key_list import meant_key
    from generator.readers.own_key import organiser_seed, short_name
    from generator.readers.retire import revoke

    project = campaign_of(context)
    organiser_seed(project.root)
    meant = meant_key(project.registry, code, key)
    if bool(last_good) == everything:
        write_signed_lines(project, meant)
        write_note("In a ledger of which you name no line nothing of this computer counts.")
        write_next_step(f"leaflets readers revoke {code} {short_name(meant)} --last-good LINE")
        sys.exit(1)
    confirm(yes, f"End {code}, computer {short_name(meant)}?")
    revoke(project.root, meant, last_good)
    write_result(f"Computer {short_name(meant)} is revoked: what it signed later counts no more.")
    write_note("What the thief changed in the files still stands there: put it right.")
    write_next_step("leaflets check, which names it; leaflets recall, if pages were printed since")


@command.command("recover")
@click.option("--stolen", default="", metavar="KEY", help="End this organiser's key with it.")
@_last_good_option
@_all_option
@click.pass_context
def recover_campaign(
    context: click.Context, stolen: str, last_good: tuple[str, ...], everything: bool
) -> None:
    """Make this computer an organiser's with the letters of the recovery sheet.

    With --stolen the key of a stolen organiser's computer ends: what the sheet says comes before
    all that a thief did. Say with --last-good or --all what of it goes on counting. Nothing of the
    sheet is kept on this computer.

    \b
    Example:
      leaflets readers recover
      leaflets readers recover --stolen 3fa2c1d0 --last-good 5c01aa93e2f7
    """
    from generator.cli.reader_list import write_signed_lines
    from generator.readers.key_list import meant_key
    from generator.readers.own_key import short_name
    from generator.readers.recover import recover, sheet_seed
    from generator.trust.readers_file import ORGANISER_CODE

    if not stolen and (last_good or everything):
        raise click.UsageError("--last-good and --all go with --stolen KEY: leaflets readers")
    project = campaign_of(context)
    meant = meant_key(project.registry, ORGANISER_CODE, stolen) if stolen else ""
    if meant and bool(last_good) == everything:
        write_signed_lines(project, meant)
        write_note("Choose the last line before the theft, once for each ledger, or --all.")
        write_next_step(f"leaflets readers recover --stolen {short_name(meant)} --last-good LINE")
        sys.exit(1)
    write_note("Type the 14 groups of the recovery sheet, in one line or several.")
    seed = sheet_seed(project.root, _typed_letters())
    key = recover(project.root, seed, meant, last_good)
    write_result(f"This computer, {short_name(key)}, is an organiser's now.")
    if meant:
        write_result(f"Computer {short_name(meant)} is revoked.")
    write_next_step("leaflets readers, to see who may sign; then hand the files on")


def _typed_letters() -> str:
    """Return 56 letters from the terminal, however many lines they take."""
    from generator.base.short_codes import typed_letters

    typed = ""
    while len(typed_letters(typed)) < 56:
        typed += click.prompt("Letters", err=True)
    return typed


@command.command("forget")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def forget_here(context: click.Context, yes: bool) -> None:
    """Destroy this computer's key, unsent texts and reader's code in this campaign.

    What you signed stays in the campaign and counts on. The campaign's folder stays, too: delete
    it yourself if nobody should find it here.

    \b
    Example:
      leaflets readers forget
    """
    from generator.readers.forget import forget
    from generator.readers.own_key import own_key

    project = campaign_of(context)
    registry, own = project.registry, own_key(project.root)
    if own.key and registry.live_organisers == {own.key}:
        write_note("This is the last organiser's computer: only the recovery sheet helps then.")
    write_note("Texts that you typed and did not sign are lost, and the key cannot be made again.")
    confirm(yes, "Forget this campaign's key and your code on this computer?")
    forget(project.root)
    write_result("Forgotten: this computer's key, unsent texts, your code.")
    write_note("What stays: what you signed, in every copy of the campaign, and this folder.")
