"""Show every wording that a sentence ever had, or sign a former one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli.options import (
    campaign_of,
    catalogue_domains,
    completion_of,
    json_option,
    meant_code,
    reader_option,
)
from generator.cli.output import write_json, write_next_step, write_note

if TYPE_CHECKING:
    from generator.campaign.project import Project


@click.command("history")
@click.argument("language", callback=meant_code, shell_complete=completion_of("language"))
@click.argument("leaflet", shell_complete=completion_of("leaflet"))
@click.argument("sentence")
@click.option(
    "--restore",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="Put that wording back, signed by you as of today.",
)
@reader_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    language: str,
    leaflet: str,
    sentence: str,
    restore: int | None,
    code: str,
    json_: bool,
) -> None:
    """Show every wording of a SENTENCE of LEAFLET in LANGUAGE, the newest last.

    You see who wrote, signed or rejected each, when and why. SENTENCE is its id, such as `steps.2`.
    With --restore a former wording stands again; nothing of the past is changed.

    \b
    Example:
      leaflets history ar not-alone offers.go
      leaflets history ar not-alone offers.go --restore 1 --as r17
    """
    from dataclasses import asdict

    from generator.base.names import pick_names
    from generator.cli.history_view import show_history
    from generator.review.snapshot import Snapshot
    from generator.signing.history import past_text, sentence_history
    from generator.signing.sentence_task import task_for

    project = campaign_of(context)
    pick_names("language", [language], project.campaign.languages)
    (domain,) = catalogue_domains(project, [leaflet], language)
    snapshot = Snapshot(project)
    texts = snapshot.texts(language, domain)
    (name,) = pick_names("sentence", [sentence], texts)
    found = sentence_history(snapshot, task_for(snapshot, language, domain, texts[name], code))
    if restore and language == project.campaign.source:
        where = texts[name].message.where
        raise click.UsageError(f"The source is changed in its file: {where}; then sign it.")
    if restore:
        _restore(project, (language, domain, name), past_text(found, restore), code)
    elif json_:
        write_json({"wordings": [asdict(past) for past in found]})
    else:
        show_history(found, source=language == project.campaign.source)
        if not found:
            write_note("There is no wording yet.")
        if language != project.campaign.source:
            again = f"leaflets history {language} {domain} {name} --restore NUMBER --as CODE"
            write_next_step(again)


def _restore(project: Project, place: tuple[str, str, str], text: str, code: str) -> None:
    from generator.cli.sentence_signing import SentenceSigning
    from generator.review.reader_code import signing_reader
    from generator.review.snapshot import Snapshot
    from generator.signing.record_answer import text_instead
    from generator.signing.sentence_task import refuse_outdated, task_for

    language, domain, name = place
    snapshot = Snapshot(project)
    refuse_outdated(snapshot, language, domain)
    who = signing_reader(project.root, code, snapshot.codes)
    task = task_for(snapshot, language, domain, snapshot.texts(language, domain)[name], who)
    signing = SentenceSigning(project, language, [domain], who)
    signing.snapshot = snapshot
    signing.write(task, text)
    if not text_instead(project, task, text):
        write_note(f"That wording stands again, signed by {who}.")
    write_next_step(f"leaflets status -l {language}")
