"""Record a leaflet sentence by sentence, and take a voice back."""

from io import BytesIO

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from generator.audio.recorder import (
    UNASKED,
    NewRecording,
    Recording,
    keep_recording,
    leaflet_recordings,
    recording_lines,
)
from generator.audio.recording_state import (
    ANSWERS,
    LARGEST_RECORDING,
    SOUND_NAME,
    SOUND_TYPES,
    Heard,
)
from generator.audio.take_back import VoiceChoice, change_hearing, take_back_voices
from generator.base.files import read_bytes
from generator.problem import Problem, UsageError
from generator.web.helpers import catalogue_title
from generator.web.server_state import current_snapshot, current_user, server_state
from generator.web.speakers import Speaker
from generator.web.visitors import UserRole

screen = Blueprint("recording", __name__)

# Where problems stand that are not about one sentence.
_TOP = "top"


@screen.get("/record/<language>/<leaflet>")
def page(language: str, leaflet: str) -> str:
    """Ask where the voice may be heard, and show the sentences with what was recorded of them."""
    return recording_page(language, leaflet)


@screen.post("/record/<language>/<leaflet>/heard")
def begin(language: str, leaflet: str) -> ResponseReturnValue:
    """Let a speaker begin, who has said where their voice may be heard."""
    if (heard := _answer()) is None:
        return recording_page(language, leaflet, _TOP, (UNASKED,)), 422
    server_state().speakers.begin(current_user().code, heard)
    return _shown(language, leaflet)


@screen.post("/record/<language>/<leaflet>/next")
def end(language: str, leaflet: str) -> ResponseReturnValue:
    """Forget the speaker: somebody else reads now."""
    server_state().speakers.end(current_user().code)
    return _shown(language, leaflet)


@screen.post("/record/<language>/<leaflet>")
def hand_in(language: str, leaflet: str) -> ResponseReturnValue:
    """Keep a recording of the speaker in front of the browser."""
    message, key = request.form.get("message", ""), request.form.get("key", "")
    file = request.files.get("sound")
    sound = file.read() if file else b""
    if (speaker := _speaker()) is None:
        return recording_page(language, leaflet, _TOP, (UNASKED,)), 422
    new = NewRecording(language, leaflet, message, key, sound, speaker.heard, speaker.voice)
    try:
        keep_recording(current_snapshot().project, new)
    except UsageError as error:
        return recording_page(language, leaflet, message, error.problems), 422
    return _shown(language, leaflet, kept=message, _anchor=message)


@screen.post("/record/<language>/<leaflet>/answer")
def answer(language: str, leaflet: str) -> ResponseReturnValue:
    """Enter where a recording may be heard that is older than the question."""
    message, heard = request.form.get("message", ""), _answer()
    _organiser_or_forbidden()
    if heard is None or not message:
        return recording_page(language, leaflet, message or _TOP, (UNASKED,)), 422
    choice = VoiceChoice(language, leaflet, message, unasked=True)
    try:
        change_hearing(current_snapshot().project, choice, heard)
    except UsageError as error:
        return recording_page(language, leaflet, message, error.problems), 422
    return _shown(language, leaflet, _anchor=message)


@screen.post("/record/<language>/<leaflet>/take-back")
def take_back(language: str, leaflet: str) -> ResponseReturnValue:
    """Delete what a speaker's code stands for, one sentence, or all of the leaflet, for good."""
    message, code = request.form.get("message", ""), request.form.get("code", "").strip()
    if code:
        choice = VoiceChoice(code=code)
    elif message or "all" in request.form:
        choice = VoiceChoice(language, leaflet, message)
        _may_delete(language, leaflet, message)
    else:
        return recording_page(language, leaflet, _TOP, (_NO_CODE,)), 422
    try:
        count = take_back_voices(current_snapshot().project, choice)
    except UsageError as error:
        return recording_page(language, leaflet, message or _TOP, error.problems), 422
    return _shown(language, leaflet, gone=count)


_NO_CODE = Problem("recording-code", "there is no code", hint="type the code of your paper")


def _answer() -> Heard | None:
    return next((one for one in ANSWERS if one == request.form.get("heard")), None)


def _speaker() -> Speaker | None:
    return server_state().speakers.now.get(current_user().code)


def _is_organiser() -> bool:
    return current_user().role is UserRole.ORGANISER


def _organiser_or_forbidden() -> None:
    if not _is_organiser():
        abort(403, "organisers")


def _may_delete(language: str, leaflet: str, message: str) -> None:
    """Refuse whoever would delete another person's voice without its code."""
    found = leaflet_recordings(current_snapshot().project, language, leaflet)
    if not all(_own(one) for one in found if message in ("", one.message)):
        _organiser_or_forbidden()


def _own(recording: Recording) -> bool:
    """Tell whether the speaker in front of the browser made a recording."""
    speaker = _speaker()
    return bool(speaker and recording.voice == speaker.voice)


def _audible(recording: Recording) -> bool:
    """Tell whether a recording may be played to whoever is in front of the browser."""
    open_to_all = recording.heard is not Heard.NEVER and recording.confirmed
    return open_to_all or _is_organiser() or _own(recording)


def _shown(language: str, leaflet: str, **more: str | int) -> ResponseReturnValue:
    return redirect(url_for(".page", language=language, leaflet=leaflet, **more), 303)  # type: ignore[arg-type]


@screen.get("/record/<language>/<leaflet>/<name>")
def sound(language: str, leaflet: str, name: str) -> ResponseReturnValue:
    """Return a recording to be played to whoever may hear it."""
    match = SOUND_NAME.fullmatch(name)
    found = leaflet_recordings(current_snapshot().project, language, leaflet) if match else []
    one = next((one for one in found if one.path.name == name and _audible(one)), None)
    if match is None or one is None:
        abort(404)
    return send_file(BytesIO(read_bytes(one.path, LARGEST_RECORDING)), SOUND_TYPES[match["kind"]])


def recording_page(
    language: str, leaflet: str, message: str = "", problems: tuple[Problem, ...] = ()
) -> str:
    """Return the page, with what is wrong beside the sentence it is about."""
    project, speaker = current_snapshot().project, _speaker()
    lines = recording_lines(project, language, leaflet)
    mine = [line.recording for line in lines if line.recording and _own(line.recording)]
    return render_template(
        "recording.html",
        row=project.languages[language],
        leaflet=leaflet,
        title=catalogue_title(project, leaflet),
        lines=lines,
        answers=ANSWERS,
        speaker=speaker,
        mine=mine,
        organiser=_is_organiser(),
        audible=_audible,
        own=_own,
        refused=message,
        problems=problems,
        kept=request.args.get("kept", ""),
        gone=request.args.get("gone", 0, int),
    )
