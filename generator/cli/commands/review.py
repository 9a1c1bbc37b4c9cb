"""Open the page for reading, signing and printing."""

from contextlib import suppress

import click

from generator.cli.options import drawing_project_of, reader_option, say_upgrade_first
from generator.cli.output import write_next_step, write_note, write_result

LAN_WARNING = """\
The page is open to the network {address}, without a padlock (no TLS): whoever runs or joins this
Wi-Fi can see what is typed and could copy a link. Use a network you trust, never a hotel's or a
café's. Sites and printing stay on this computer."""


@click.command("review")
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=None,
    help="The port; else that of last time, at first any free one.",
)
@reader_option
@click.option(
    "--lan",
    is_flag=True,
    help="Let readers in from the local network, each by a link of their own (--for).",
)
@click.option(
    "--for",
    "readers",
    metavar="CODE",
    multiple=True,
    help="With --lan: a link for this reader, `new` for a new one; may be repeated.",
)
@click.option(
    "--hours",
    type=click.FloatRange(0, 24, min_open=True),
    default=4.0,
    show_default=True,
    help="How long readers' links work.",
)
@click.option(
    "--address",
    default="",
    help="With --lan: this computer's address in the network, if it has several.",
)
@click.option("--no-browser", is_flag=True, help="Only print the link.")
@click.pass_context
def command(
    context: click.Context,
    port: int | None,
    code: str,
    lan: bool,
    readers: tuple[str, ...],
    hours: float,
    address: str,
    no_browser: bool,
) -> None:
    """Open the page on which sentences are read, corrected and signed, and leaflets are printed.

    Nobody but this computer reaches the page; it opens in your browser, and Ctrl-C ends it. The
    link works once: the browser that opens it stays in until the end. More links, for another
    browser of yours and for readers, are made on the page itself, under /people. With --lan each
    reader comes in on their own phone by a link of their own, and can sign with their own code
    only.

    \b
    Example:
      leaflets review --as r2
      leaflets review --lan --for r17 --for new    two readers, and a new code for the second
    """
    from generator.review.reader_code import admit_code, signing_reader
    from generator.review.snapshot import Snapshot
    from generator.web.serve import entry_link, lan_address, prepare_server, private_address
    from generator.web.visitors import User, UserRole

    if (readers or address) and not lan:
        lan_too = "leaflets review --lan --for r17"
        raise click.UsageError(f"Links for readers need the local network: {lan_too}")
    if lan and not readers:
        raise click.UsageError("Say who reads: leaflets review --lan --for r17 --for new")
    project = drawing_project_of(context)
    say_upgrade_first(project)
    _ = project.campaign  # outside a campaign the command ends here
    codes = Snapshot(project).codes
    who = signing_reader(project.root, code, codes)
    people = list(dict.fromkeys(admit_code(one, codes) for one in readers))
    away = (private_address(address) if address else lan_address()) if lan else ""
    server = prepare_server(project.root, port or 0, away, hours)
    start = entry_link(server.state, User(who, UserRole.ORGANISER))
    write_result(start)
    if people:
        write_note(LAN_WARNING.format(address=server.state.away))
        works = f"It works in one browser, for {hours:g} hours"
        write_note(f"Give each reader their own link. {works}; every signature says whose it was.")
    for one in people:
        write_result(f"{one}  {entry_link(server.state, User(one, UserRole.READER))}")
    if not no_browser:
        click.launch(start)

    asked = True
    with suppress(KeyboardInterrupt):  # the usual way to end it
        write_note("The page is open. Ctrl-C ends it.")
        asked = server.run()
    kept = "The page is closed; everything that was signed is kept."
    write_note(kept if asked else "Nobody used the page for 8 hours, so it was closed.")
    write_next_step("leaflets status")
