"""Record a leaflet's sentences, for people who do not read, and take voices back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.base.words import count_words
from generator.cli.options import confirm, json_option, meant_code, project_of, reader_option
from generator.cli.output import (
    note_problems,
    progress_bar,
    write_json,
    write_next_step,
    write_note,
    write_result,
)

if TYPE_CHECKING:
    from generator.audio.recording_state import Heard
    from generator.audio.take_back import VoiceChoice
    from generator.campaign.project import Project

# What a speaker may answer, in the words of the question.
_ANSWERS = {
    "house": "in this house only, never on the internet",
    "website": "on the website, by everybody",
    "never": "nowhere; only the organisers listen to it",
}


@click.command("record")
@click.argument("language", metavar="LANG", callback=meant_code, default="")
@click.argument("leaflet", default="")
@click.option(
    "--heard",
    type=click.Choice(list(_ANSWERS)),
    help="Where the speaker's voice may be heard; without it you are asked.",
)
@click.option("--take-back", is_flag=True, help="Delete recordings for good, and their copies.")
@click.option(
    "--code", "voice", metavar="CODE", default="", help="Only those of the speaker with this code."
)
@click.option("--sentence", metavar="ID", default="", help="Only the recording of this sentence.")
@click.option("--yes", is_flag=True, help="Delete without asking again.")
@click.option(
    "--unasked",
    is_flag=True,
    help="With --heard: answer for recordings of which nobody has said where they may be heard.",
)
@click.option(
    "--machine",
    is_flag=True,
    help="Let espeak-ng read what nobody has recorded: drafts, never published as read.",
)
@click.option("--list", "listing", is_flag=True, help="Only list the recordings there are.")
@json_option
@reader_option
@click.option("--no-browser", is_flag=True, help="Only print the link.")
@click.pass_context
def command(
    context: click.Context,
    language: str,
    leaflet: str,
    heard: str | None,
    take_back: bool,
    voice: str,
    sentence: str,
    yes: bool,
    unasked: bool,
    machine: bool,
    listing: bool,
    json_: bool,
    code: str,
    no_browser: bool,
) -> None:
    """Open a page on which you read LEAFLET aloud in LANG, sentence by sentence.

    First say where the voice may be heard: `house` is this house only, never the internet;
    `website` is everybody; `never` is the organisers alone. The recordings stay in
    audio/LANG/LEAFLET on this computer, without a name, a code of a reader or a time. A recording
    holds for exactly the wording that was read. Whoever has read gets a code: with it their voice
    can be taken back, from all leaflets, or be heard somewhere else. --take-back without a code
    deletes one sentence, one LEAFLET, or all of LANG.

    \b
    Example:
      leaflets record ti if-strangers-come --heard website --as r17
      leaflets record --code 7K2QM-04XTP --take-back
      leaflets record --code 7K2QM-04XTP --heard house
      leaflets record fr not-alone --take-back --sentence say
      leaflets record fr not-alone --machine
    """
    from generator.audio.take_back import VoiceChoice

    project = project_of(context)
    choice = VoiceChoice(language, leaflet, sentence, voice, unasked)
    _refuse_wrong_names(project, choice, not (take_back or voice or unasked))
    if take_back:
        _take_back(project, choice, yes)
    elif voice or unasked:
        _change(project, choice, heard)
    elif machine:
        _machine(project, language, leaflet)
    elif listing or json_:
        _list(project, language, leaflet, json_)
    else:
        _page(project, language, leaflet, code, no_browser, _answer(heard))


def _refuse_wrong_names(project: Project, choice: VoiceChoice, both: bool) -> None:
    """Raise a usage error for what there is not, or if LANG or LEAFLET is missing."""
    from generator.base.names import pick_names

    for name, value in (("LANG", choice.language), ("LEAFLET", choice.leaflet)):
        if both and not value:
            raise click.UsageError(f"Missing argument '{name}'.")
    if choice.language:
        pick_names("language", [choice.language], project.campaign.languages)
    if choice.leaflet:
        pick_names("leaflet", [choice.leaflet], project.leaflets)
    if not both and not (choice.language or choice.code):
        raise click.UsageError("Say whose: name a language, or the speaker's code with --code.")


def _answer(heard: str | None) -> Heard:
    """Return where a voice may be heard; ask on a terminal, and refuse to guess elsewhere."""
    from generator.audio.recorder import UNASKED
    from generator.audio.recording_state import Heard
    from generator.problem import UsageError

    if heard is None and not sys.stdin.isatty():
        hint = "ask the speaker, then add --heard house, --heard website or --heard never"
        raise UsageError(UNASKED.at(hint=hint))
    if heard is None:
        for name, meaning in _ANSWERS.items():
            write_note(f"  {name:8} {meaning}")
        question = "Ask the speaker: where may your voice be heard?"
        heard = click.prompt(question, type=click.Choice(list(_ANSWERS)), err=True)
    return Heard(heard)


def _take_back(project: Project, choice: VoiceChoice, yes: bool) -> None:
    from generator.audio.take_back import WHAT_STAYS, take_back_voices

    confirm(yes, "Delete these recordings for good?")
    count = take_back_voices(project, choice)
    write_result(f"{count_words(count, 'recording')} deleted for good")
    write_note(WHAT_STAYS)
    write_next_step("leaflets build, then leaflets publish")


def _change(project: Project, choice: VoiceChoice, heard: str | None) -> None:
    from generator.audio.take_back import change_hearing

    answer = _answer(heard)
    count = change_hearing(project, choice, answer)
    write_result(f"{count_words(count, 'recording')} may be heard {_ANSWERS[answer]}")
    write_next_step("leaflets build, then leaflets publish")


def _machine(project: Project, language: str, leaflet: str) -> None:
    from generator.audio.recorder import speak_missing

    made = 0
    with progress_bar("Reading aloud") as progress:
        for made, _ in enumerate(speak_missing(project, language, leaflet), 1):
            progress(made, made)
    marked = "drafts, marked as such, and never published as read."
    write_result(f"{count_words(made, 'sentence')} read by a machine: {marked}")
    write_next_step(f"leaflets record {language} {leaflet}")


def _list(project: Project, language: str, leaflet: str, json_: bool) -> None:
    from generator.audio.recorder import leaflet_recordings
    from generator.audio.take_back import unasked_problems

    rows = [
        {
            "message": one.message,
            "file": one.path.relative_to(project.root).as_posix(),
            "state": one.state,
            "heard": one.heard,
        }
        for one in leaflet_recordings(project, language, leaflet)
    ]
    if json_:
        write_json({"recordings": rows})
        return
    note_problems(unasked_problems(project))
    for row in rows:
        write_result(f"{row['state']:9}{row['heard']:8} {row['message']:24}{row['file']}")
    write_next_step(f"leaflets record {language} {leaflet}")


def _page(
    project: Project, language: str, leaflet: str, code: str, no_browser: bool, heard: Heard
) -> None:
    from generator.review.reader_code import signing_reader
    from generator.review.snapshot import Snapshot
    from generator.web.serve import entry_link, prepare_server
    from generator.web.visitors import User, UserRole

    who = signing_reader(project.root, code, Snapshot(project).codes)
    server = prepare_server(project.root)
    user, screen = User(who, UserRole.ORGANISER), f"/record/{language}/{leaflet}"
    server.state.speakers.begin(who, heard)
    start = entry_link(server.state, user, screen)
    write_result(start)
    write_note("The page is open. Ctrl-C ends it.")
    if not no_browser:
        click.launch(start)
    server.run()
    write_next_step(f"leaflets record {language} {leaflet} --list")
